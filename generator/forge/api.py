"""GitHub's REST API, as far as it is needed here: one connection a request, limits on time and bytes, no redirects.

A read is tried again when GitHub is busy or away; a write never, because nobody knows whether it has happened: whoever
writes looks first whether it is there already, and the next run looks again. The token goes into one header and nowhere else.
"""

import http.client
import json
import random
import re
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from generator.download import CHUNK, connect, limited, split_address
from generator.errors import ConfigError, PublishError, PublishRefused
from generator.markdown import printable

BASE = "https://api.github.com"
SECONDS = 20.0  # for one answer
TRIES = 4  # of a read
FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0  # seconds; the second is also the longest that GitHub may ask for
LARGEST = 16 * 2**20  # bytes of an answer
EACH, MOST_PAGES = 100, 20  # rows of a list's page, and pages that are read of it
HOME = ("localhost", "127.0.0.1", "::1")  # where a server may be asked without encryption
AGAIN = "Run the same again later; nothing is done twice."


class Missing(PublishRefused):
    """GitHub has nothing there, or does not show it to whoever asks."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What GitHub answered."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes


@dataclass(frozen=True, slots=True)
class Forge:
    """The API of one repository. Every method raises PublishError when GitHub is away and PublishRefused when it says no."""

    repository: str  # "owner/name"
    token: str = field(repr=False)
    wait: Callable[[float], None]  # sleeps so many seconds
    rng: random.Random  # spreads the tries of runs that meet
    base: str = BASE
    seconds: float = SECONDS

    @property
    def owner(self) -> str:
        """Whose repository it is."""
        return self.repository.partition("/")[0]

    def get(self, path: str, **query: object) -> object:
        """Return what is at a path below the repository. Raises Missing where there is nothing."""
        asked = f"{path}?{urlencode(query)}" if query else path
        for number in range(TRIES):
            last = number + 1 == TRIES
            try:
                reply = self._ask("GET", asked, None)
                if last or not is_busy(reply):
                    return self._judge("GET", path, reply)
                pause = read_pause(reply)
                if pause > LONGEST_WAIT:
                    return self._judge("GET", path, reply)
            except _Silence as silence:
                if last:
                    raise PublishError(f"GitHub did not answer GET {path}: {silence}", AGAIN) from silence
                pause = 0.0
            self.wait(max(pause, FIRST_WAIT * 2**number) * self.rng.uniform(1, 1.5))
        raise AssertionError("the last try ends it")

    def list(self, path: str, key: str = "", **query: object) -> Iterator[Mapping[str, object]]:
        """Yield the rows of a list, page by page, as long as they are wanted; `key` names the list where it is inside."""
        for page in range(1, MOST_PAGES + 1):
            value = self.get(path, **query, per_page=EACH, page=page)
            rows = value.get(key) if key and isinstance(value, dict) else value
            if not isinstance(rows, list):
                raise PublishError(f"GitHub answered GET {path} with something else than a list", AGAIN)
            yield from (row for row in rows if isinstance(row, dict))
            if len(rows) < EACH:
                return

    def send(self, method: str, path: str, value: Mapping[str, object] | None = None) -> object:
        """Ask for a change, once, and return what GitHub answers."""
        try:
            return self._judge(method, path, self._ask(method, path, value))
        except _Silence as silence:
            raise PublishError(f"nobody knows whether GitHub did {method} {path}: {silence}", AGAIN) from silence

    def _judge(self, method: str, path: str, reply: Reply) -> object:
        """Return the value of an answer that is one. Raises PublishError, PublishRefused or Missing."""
        what = f"GitHub answered {method} {path} with {reply.status}"
        if 200 <= reply.status < 300:
            return _parse(reply.body, what)
        said = self._quote(reply)
        if is_busy(reply) or reply.status >= 500:
            raise PublishError(f"{what}{said}", AGAIN)
        if reply.status in {404, 410}:
            raise Missing(f"{what}{said}", "Look whether it is there, and whether the token may see it.")
        hints = {
            401: "The token is not accepted: give a new one in GITHUB_TOKEN.",
            403: "Let the job, or the token, do that: docs/requests.md names the permission each command needs.",
            422: "GitHub does not take it as it is.",
        }
        moved = "The repository has moved: set GITHUB_REPOSITORY to its new name."
        raise PublishRefused(f"{what}{said}", hints.get(reply.status, moved if reply.status < 400 else AGAIN))

    def _quote(self, reply: Reply) -> str:
        """Return what GitHub gives as the reason, without the token whatever comes back."""
        try:
            value = json.loads(reply.body)
        except ValueError:
            return ""
        said = value.get("message") if isinstance(value, dict) else None
        return f": {printable(said.replace(self.token, '***'))[:200]}" if isinstance(said, str) and said else ""

    def _ask(self, method: str, path: str, value: Mapping[str, object] | None) -> Reply:
        """Send one request and return its whole answer. Raises _Silence."""
        target = split_address(f"{self.base}/repos/{self.repository}/{path}".rstrip("/"))
        try:
            found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
            sock = connect(target, [str(entry[4][0]) for entry in found], self.seconds)
        except OSError as error:
            raise _Silence(error.strerror or "it cannot be reached") from error
        secure = target.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        with sock, limited(sock, self.seconds) as over, closing(kind(target.host, target.port)) as connection:
            try:
                context = ssl.create_default_context() if secure else None
                connection.sock = context.wrap_socket(sock, server_hostname=target.host) if context else sock
                body = None if value is None else json.dumps(value).encode()
                connection.request(method, target.path, body, self._headers)
                reply = _read(connection.getresponse())
            except (OSError, http.client.HTTPException, ValueError) as error:
                why = getattr(error, "strerror", None) or type(error).__name__
                raise _Silence(f"it took more than {self.seconds:g} seconds" if over.is_set() else why) from error
            if over.is_set():
                raise _Silence(f"it took more than {self.seconds:g} seconds")
            return reply

    @property
    def _headers(self) -> dict[str, str]:
        return {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self.token}",
            "User-Agent": "taleshelf",
            "X-GitHub-Api-Version": "2022-11-28",
            "Content-Type": "application/json",
        }


class _Silence(Exception):
    """No whole answer came; says why."""


def _read(response: http.client.HTTPResponse) -> Reply:
    body = bytearray()
    while piece := response.read1(CHUNK):
        body += piece
        if len(body) > LARGEST:
            raise ValueError("too large")
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)
    return Reply(response.status, {name.lower(): text for name, text in response.getheaders()}, bytes(body))


def _parse(body: bytes, what: str) -> object:
    try:
        return json.loads(body) if body.strip() else None
    except (ValueError, RecursionError):
        raise PublishError(f"{what} and no JSON", AGAIN) from None


def is_busy(reply: Reply) -> bool:
    """Whether GitHub may answer the same read a little later: it is in trouble, or asks for patience."""
    limit = "retry-after" in reply.headers or reply.headers.get("x-ratelimit-remaining") == "0"
    garbled = reply.status == 200 and not reply.body.lstrip().startswith((b"{", b"["))
    return reply.status in {429, 500, 502, 503, 504} or (reply.status == 403 and limit) or garbled


def read_pause(reply: Reply) -> float:
    """Return the seconds GitHub asks to wait; far too many when the limit of an hour is used up."""
    asked = reply.headers.get("retry-after", "")
    if re.fullmatch(r"\d{1,6}", asked, re.ASCII):
        return float(asked)
    return 2 * LONGEST_WAIT if reply.headers.get("x-ratelimit-remaining") == "0" else 0.0


def make_forge(
    environment: Mapping[str, str], wait: Callable[[float], None], rng: random.Random, seconds: float = SECONDS
) -> Forge:
    """Return the repository that the variables of GitHub Actions name. Raises ConfigError."""
    repository, token = environment.get("GITHUB_REPOSITORY", ""), environment.get("GITHUB_TOKEN", "")
    base = (environment.get("GITHUB_API_URL") or BASE).rstrip("/")
    if not re.fullmatch(r"[\w.-]{1,100}/[\w.-]{1,100}", repository, re.ASCII):
        raise ConfigError(
            "GITHUB_REPOSITORY is not set" if not repository else f"GITHUB_REPOSITORY: {repository!a} is no repository",
            "In a workflow it is set; elsewhere: export GITHUB_REPOSITORY=owner/name",
        )
    if not re.fullmatch(r"[!-~]{1,1000}", token):
        raise ConfigError(
            "GITHUB_TOKEN is not set, or is none", "In a workflow: env: GITHUB_TOKEN: ${{ github.token }}"
        )
    try:
        target = split_address(base)
    except ValueError:
        target = None
    if not target or (target.scheme == "http" and target.host not in HOME):
        raise ConfigError(f"GITHUB_API_URL: {base[:100]!a} is no address with https", f"GitHub's own is {BASE}")
    return Forge(repository, token, wait, rng, base, seconds)


def part(name: str) -> str:
    """Return a name as one part of a path."""
    return quote(name, safe="")


def pick(value: object, *keys: str) -> object:
    """Return what lies in objects inside of objects; None where there is no such thing."""
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def pick_text(value: object, *keys: str) -> str:
    """Return a text inside of objects; empty where there is none."""
    found = pick(value, *keys)
    return found if isinstance(found, str) else ""


def pick_number(value: object, *keys: str) -> int:
    """Return a whole number inside of objects; 0 where there is none."""
    found = pick(value, *keys)
    return found if isinstance(found, int) and not isinstance(found, bool) else 0
