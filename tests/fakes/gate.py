"""A gate in front of a server: it counts what passes, and may close at a request, as if the power had gone."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOP = frozenset(("connection", "keep-alive", "transfer-encoding", "expect"))


@dataclass(frozen=True, slots=True)
class Passed:
    """A request that came to the gate."""

    method: str
    path: str
    size: int  # bytes of its body
    head: int  # bytes of its line and headers


@dataclass(frozen=True, slots=True)
class Done:
    """A request that was answered."""

    method: str
    path: str
    body: bytes
    status: int


@dataclass
class Gate:
    """What has passed, and who is asked before anything does."""

    address: str
    target: str
    passed: list[Passed] = field(default_factory=list)
    ask: Callable[[int], bool] = lambda _number: True  # is given the number of the request, from 1
    answer: Callable[[int], int] = lambda _number: 0  # a status to answer with in the place of the server
    says: bytes = b""  # the body of such an answer
    lose: Callable[[int], bool] = lambda _number: False  # whether the answer of the server gets lost
    done: Callable[["Done"], None] = lambda _done: None  # hears of every request that the server has answered
    etag: str = ""  # what every answer says in the place of the server's
    busy: int = 0  # requests that have passed and are not answered
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, passed: Passed) -> int:
        """Write a request down and return its number; 0 when it may not pass."""
        with self.lock:
            self.passed.append(passed)
            number = len(self.passed)
            passes = self.ask(number)
            self.busy += passes
            return number if passes else 0

    def settle(self) -> None:
        """Wait until the server has answered whatever passed."""
        deadline = time.monotonic() + 30
        while self.busy:
            assert time.monotonic() < deadline, "a request is never answered"
            time.sleep(0.005)


class _Porter(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    gate: Gate

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        head = len(self.raw_requestline) + len(bytes(self.headers))
        number = self.gate.note(Passed(self.command, self.path, len(body), head))
        if not number:
            self.close_connection = True
            return
        try:
            self._forward(number, body)
        finally:
            with self.gate.lock:
                self.gate.busy -= 1

    def _forward(self, number: int, body: bytes) -> None:
        if status := self.gate.answer(number):
            self._answer(status, [], self.gate.says)
            return
        connection = http.client.HTTPConnection(urlsplit(self.gate.target).netloc, timeout=60)
        with suppress(BrokenPipeError, ConnectionResetError):
            headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
            connection.request(self.command, self.path, body, headers)
            reply = connection.getresponse()
            kept = [(k, v) for k, v in reply.getheaders() if k.lower() not in {*HOP, "content-length"}]
            if self.gate.etag:
                kept = [(k, self.gate.etag if k.lower() == "etag" else v) for k, v in kept]
            data = reply.read()
            self.gate.done(Done(self.command, self.path, body, reply.status))
            if self.gate.lose(number):
                self.close_connection = True
            else:
                self._answer(reply.status, kept, data)
        connection.close()

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = _pass  # noqa: N815 - the names the base class looks for


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args: object) -> None:
        """Say nothing: who came was killed."""


@contextmanager
def open_gate(target: str) -> Iterator[Gate]:
    """Open a gate in front of a server on this machine."""
    porter = type("Porter", (_Porter,), {})
    with _Server(("127.0.0.1", 0), porter) as server:
        porter.gate = Gate(f"http://127.0.0.1:{server.server_address[1]}", target)  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield porter.gate  # type: ignore[attr-defined]
        server.shutdown()
        thread.join()
