"""A connection to the fake clouds: requests in, answers out, whole or as a fault has them."""

import re
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from types import ModuleType
from urllib.parse import urlsplit

from tests.fakes import bedrock, openai, polly, replicate
from tests.fakes.doors import Door, reset
from tests.fakes.faults import Rule
from tests.fakes.media import BIG, PAGE, BigMedia, BombMedia, Media, PageMedia, ShortMedia, SilentMedia
from tests.fakes.wire import KINDS, Answer, Asked, State

VENDORS: Mapping[str, ModuleType] = {"openai": openai, "bedrock": bedrock, "polly": polly, "replicate": replicate}
TRAP = "trap"
MEDIA: Mapping[str, Media] = {
    "html-as-image": PageMedia(),
    "silent": SilentMedia(),
    "short-sound": ShortMedia(),
    "pixel-bomb": BombMedia(),
    "oversize": BigMedia(),
}
NOISE = bytes((n * n * 31 + 7 * n + 131) % 256 for n in range(2048))
_ROUTES = tuple((method, re.compile(pattern), kind) for one in VENDORS.values() for method, pattern, kind in one.ROUTES)


class Visit(BaseHTTPRequestHandler):
    """A connection; it may ask many times."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "clouds", ""
    timeout = 60

    def __init__(self, connection: socket.socket, door: str, serve: "Callable[[Visit], None]") -> None:
        self.door, self._serve = door, serve
        self.shuts: list[Door] = []  # what to shut with the next answer
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().__init__(connection, connection.getpeername(), None)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self._serve(self)

    def do_POST(self) -> None:
        self._serve(self)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def read(self) -> Asked:
        """Return the request."""
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        kind, names = find_kind(self.command, urlsplit(self.path).path, body)
        kind = TRAP if self.door == TRAP else kind
        origin = f"http://127.0.0.1:{self.connection.getsockname()[1]}"
        return Asked(kind, self.command, self.path, names, headers, body, origin)

    def send(self, answer: Answer, *, length: int | None = None) -> None:
        """Send an answer, or one that claims to be longer than it is."""
        self.begin(answer, {"Content-Length": str(len(answer.body) if length is None else length)})
        for door in self.shuts:  # before the answer, so that the guest's next request finds it shut
            self.close_connection = True
            door.shut(but=self.connection)
        self.shuts = []
        self.wfile.write(self._head + answer.body)

    def begin(self, answer: Answer, extra: Mapping[str, str]) -> None:
        """Make the status line and the headers of an answer; they go out in one piece with the body."""
        closes = {"Connection": "close"} if self.shuts else {}
        fields = {"Content-Type": answer.content_type, **answer.headers, **extra, **closes}
        reason = self.responses.get(answer.status, ("Status", ""))[0]
        lines = (f"HTTP/1.1 {answer.status} {reason}", *(f"{name}: {value}" for name, value in fields.items()))
        self._head = "".join(f"{line}\r\n" for line in (*lines, "")).encode()

    def drip(self, answer: Answer, pause: float, ended: threading.Event) -> None:
        """Send an answer, and spaces for ever after, a byte at a time."""
        self.begin(answer, {"Transfer-Encoding": "chunked"})
        self.wfile.write(self._head)
        place = 0
        while not ended.wait(pause):
            self.wfile.write(b"1\r\n" + (answer.body[place : place + 1] or b" ") + b"\r\n")
            place += 1


def find_kind(method: str, path: str, body: bytes) -> tuple[str, tuple[str, ...]]:
    for verb, pattern, kind in _ROUTES:
        if verb == method and (match := pattern.fullmatch(path)):
            marks = kind == "polly.speech" and b'"json"' in body
            return ("polly.marks" if marks else kind), match.groups()
    return "unknown", ()


def make_answer(asked: Asked, state: State, rule: Rule | None, trap: str) -> Answer:
    """Return what goes out: the vendor's answer, or what the rule makes of it."""
    if asked.kind == TRAP:
        return Answer(200, Media().picture("trap", 512, 512), "image/png")
    if asked.kind not in KINDS:
        return Answer(404, b'{"message": "nothing is here", "error": {"message": "nothing is here"}}')
    fault = rule.fault if rule else ""
    answer: Callable[..., Answer] = VENDORS[asked.kind.split(".")[0]].answer
    whole = answer(asked, state, MEDIA.get(fault, Media()), rule)
    if fault == "oversize" and len(whole.body) < BIG:
        return replace(whole, body=whole.body + b" " * (BIG - len(whole.body)))
    if fault == "html":
        return Answer(200, PAGE, "text/html; charset=utf-8")
    if fault == "redirect":
        return Answer(302, b"", "text/plain", {"Location": str((rule and rule.argument) or trap)})
    if fault in ("empty", "garbage"):
        return Answer(200, NOISE if fault == "garbage" else b"", whole.content_type)
    return whole


def send(visit: Visit, whole: Answer, rule: Rule | None, ended: threading.Event) -> None:
    """Send an answer, or do with the connection what the rule says."""
    fault = rule.fault if rule else ""
    visit.close_connection = visit.close_connection or fault in ("reset", "close-after-accept", "truncated", "drip")
    if fault == "reset":
        reset(visit.connection)
    elif fault == "truncated":
        visit.send(replace(whole, body=whole.body[: len(whole.body) // 2]), length=len(whole.body))
    elif fault == "drip" and rule:
        visit.drip(whole, rule.number(0.2), ended)
    elif fault != "close-after-accept":
        visit.send(whole)
