"""Ask a server, as an app does, so that no answer can do harm.

Bytes, wall clock and redirects are limited; a redirect never leads from https to http or to anything else, and never from
the open internet into a private network. A feed that is itself in a private network may link what it likes.
"""

import http.client
import socket
import ssl
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urljoin

from generator.download import CHUNK, Target, connect, is_public, limited, split_address

MOVED = (301, 302, 303, 307, 308)
REDIRECTS = 5
SECONDS = 20.0  # for one answer


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said in the end."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    hops: tuple[str, ...]  # the addresses that were asked, the last one answered
    short: bool = False  # the connection ended before the body did

    def get(self, name: str) -> str:
        """Return a header, empty when it was not sent."""
        return self.headers.get(name, "").strip()


class Silence(Exception):
    """No answer that can be used; knows the code of the rule and says why."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code, self.why = code, why


class Web:
    """The servers of a feed."""

    def __init__(self, first: str, seconds: float = SECONDS) -> None:
        """Take the address of the feed: where it lies decides whether private networks may be asked."""
        self._seconds = seconds
        self._private = not all(map(is_public, _resolve(_target(first))))

    def ask(
        self,
        address: str,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        *,
        most: int = 1 << 25,
        patience: float = 1,
    ) -> Answer:
        """Return the answer to one request, at most `most` bytes of it; `patience` makes time for a large one. Raises Silence."""
        hops = [address.strip()]
        while True:
            answer = self._ask_once(hops, method, headers or {}, most, self._seconds * patience)
            place = answer.get("location")
            if answer.status not in MOVED or not place:
                return answer
            further = _join(hops[-1], place)
            if further in hops or len(hops) > REDIRECTS:
                raise Silence("H03", f"{address} leads in a circle, or on and on: {further[:100]}.")
            if not further.startswith("https:") and hops[-1].startswith("https:"):
                raise Silence("H04", f"{address} leads to {further[:100]}.")
            hops.append(further)

    def _ask_once(self, hops: list[str], method: str, headers: Mapping[str, str], most: int, seconds: float) -> Answer:
        target = _target(hops[-1])
        addresses = _resolve(target)
        if not self._private and not all(map(is_public, addresses)):
            raise Silence("H04", f"{hops[-1][:100]} is in a private network.")
        try:
            sock = connect(target, addresses, seconds)
        except OSError as error:
            raise Silence("H02", f"{target.host} cannot be reached: {_reason(error)}.") from error
        with sock, limited(sock, seconds) as over:
            try:
                answer = _exchange(sock, target, method, headers, most, tuple(hops))
                if over.is_set():  # the connection was ended by us, which looks like an end of the body
                    raise TimeoutError
            except (OSError, http.client.HTTPException, ValueError) as error:
                why = f"it took more than {seconds:g} seconds" if over.is_set() else _reason(error)
                raise Silence("H02", f"There is no whole answer to {method} {hops[-1][:100]}: {why}.") from error
            return answer


def _exchange(
    sock: socket.socket, target: Target, method: str, headers: Mapping[str, str], most: int, hops: tuple[str, ...]
) -> Answer:
    """Send one request and read its answer. Raises OSError, HTTPException or ValueError."""
    secure = target.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    with closing(kind(target.host, target.port)) as connection:
        connection.sock = (
            ssl.create_default_context().wrap_socket(sock, server_hostname=target.host) if secure else sock
        )
        sent = {"User-Agent": "taleshelf feed check", "Accept": "*/*", "Accept-Encoding": "identity"} | dict(headers)
        connection.request(method, target.path, headers=sent)
        with connection.getresponse() as response:
            body = bytearray()
            while len(body) < most and (piece := response.read1(min(CHUNK, most - len(body)))):
                body += piece
            short = len(body) < most and bool(response.length) and method != "HEAD"
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, bytes(body), hops, short)


def _target(address: str) -> Target:
    try:
        return split_address(address)
    except ValueError:
        raise Silence("H02", f"{address[:100]!r} is no address that can be asked.") from None


def _join(address: str, place: str) -> str:
    try:
        return urljoin(address, place)
    except ValueError:
        raise Silence("H04", f"{address[:100]} leads to {place[:100]!r}.") from None


def _resolve(target: Target) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Silence("H02", f"{target.host[:100]} is not known: {_reason(error)}.") from error
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def _reason(error: Exception) -> str:
    """Return why, without what the server has written."""
    return (error.strerror if isinstance(error, OSError) else "") or type(error).__name__
