"""One picture from an address a vendor gave, fetched so that the address can do no harm.

The address is part of a model's output, so it is not trusted: https and the vendor's hosts only, every address the name
resolves to must be public, the connection goes to the very address that was checked, nothing is followed, and both the
bytes and the wall clock are limited. What the server says about the content is not looked at: models/gates.py decodes it.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from generator.errors import Ambiguous, BadReply, NotSent
from generator.models.gates import MOST_BYTES

CHUNK = 65_536  # bytes
CONNECTING = 10.0  # seconds, at most, until somebody answers the telephone
PORTS = {"https": 443, "http": 80}
# IPv6 networks whose addresses end in the IPv4 address they lead to: compatible, mapped, NAT64.
LEADING_ON = tuple(map(IPv6Network, ("::/96", "::ffff:0:0/96", "64:ff9b::/96")))
LATER = (408, 425, 429)  # statuses besides the 500s after which the same file may yet come


@dataclass(frozen=True, slots=True)
class Target:
    """Where a picture lies."""

    scheme: str
    host: str
    port: int
    path: str  # with its query

    @property
    def origin(self) -> tuple[str, str, int]:
        """What has to be the same for two addresses to be of one server."""
        return self.scheme, self.host, self.port


def fetch_picture(
    address: str, *, hosts: Sequence[str], left: Callable[[], float], provider: str, also: str = ""
) -> bytes:
    """Return the bytes behind the address, at most 20 MB, before `left()` seconds are over.

    Allowed are `hosts` and what is below them; and exactly the origin of `also`, a base address the owner has set, which
    may be in the owner's own network. Raises NotSent when no server was reached, Ambiguous when no whole answer came and
    BadReply when the address is not to be trusted or has no picture.
    """
    target = parse_target(address, hosts, also, provider)
    private = bool(also) and target.origin == split_address(also).origin
    try:
        sock = connect(target, _resolve(target, provider, private=private), left())
    except OSError as error:
        raise NotSent(
            f"the picture's server {target.host} cannot be reached ({_reason(error)})", provider=provider
        ) from error
    with sock, limited(sock, left()) as over:
        try:
            body = _read(sock, target, provider)
        except (OSError, http.client.HTTPException) as error:
            why = "the time is up" if over.is_set() else _reason(error)
            raise Ambiguous(f"no whole picture came from {target.host} ({why})", provider=provider) from error
        if over.is_set():
            raise Ambiguous(f"no whole picture came from {target.host} (the time is up)", provider=provider)
        return body


def parse_target(address: str, hosts: Sequence[str], also: str, provider: str) -> Target:
    """Read an address that may be fetched. Raises BadReply for any other."""
    try:
        target, owner = split_address(address), split_address(also) if also else None
    except ValueError:
        raise BadReply("the picture's address is none", provider=provider) from None
    if owner and target.origin == owner.origin:
        return target
    trusted = any(target.host == host or target.host.endswith(f".{host}") for host in hosts)
    if target.scheme != "https" or target.port != PORTS["https"] or not trusted:
        raise BadReply(f"the picture lies on {target.host[:60]!r}, which is not asked", provider=provider)
    return target


def split_address(address: str) -> Target:
    """Part an address. Raises ValueError for one that is not plain http or https."""
    if not address.isascii() or any(char <= " " or char == "\x7f" for char in address):
        raise ValueError("not an address")
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc or "\\" in address:
        raise ValueError("not an address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, parts.hostname, parts.port or PORTS[parts.scheme], path)


def _resolve(target: Target, provider: str, *, private: bool) -> tuple[str, ...]:
    """Return the addresses of the host. Raises BadReply unless all of them are public, or may be private."""
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not private and not all(is_public(address) for address in addresses):
        raise BadReply(f"{target.host[:60]!r} is an address in a private network", provider=provider)
    return addresses


def is_public(address: str) -> bool:
    """Return whether an address is one of the open internet, also where it stands for an IPv4 address inside."""
    try:
        ip = ip_address(address)
    except ValueError:  # one with a scope: of this machine's own links
        return False
    return all(one.is_global and not one.is_multicast for one in (ip, *_inner(ip)))


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine itself, by name or address."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _inner(ip: IPv4Address | IPv6Address) -> tuple[IPv4Address, ...]:
    """Return the IPv4 addresses an IPv6 address leads to."""
    if isinstance(ip, IPv4Address):
        return ()
    low = IPv4Address(int(ip) & 0xFFFF_FFFF)
    last = (low,) if any(ip in network for network in LEADING_ON) else ()
    return tuple(one for one in (*last, ip.sixtofour, *(ip.teredo or ())) if one is not None)


def connect(target: Target, addresses: Sequence[str], seconds: float) -> socket.socket:
    """Return a connection to the first of the addresses that answers. Raises OSError."""
    failure: OSError = OSError("it has no address")
    for address in addresses:
        try:
            return socket.create_connection((address, target.port), timeout=max(0.001, min(CONNECTING, seconds)))
        except OSError as error:
            failure = error
    raise failure


@contextmanager
def limited(sock: socket.socket, seconds: float) -> Iterator[threading.Event]:
    """End a connection when so many seconds are over, whatever is read from it; the event tells that it was so."""
    over, twin = threading.Event(), sock.dup()  # encryption takes the socket itself over

    def hang_up() -> None:
        over.set()
        with suppress(OSError):
            twin.shutdown(socket.SHUT_RDWR)

    sock.settimeout(None)
    alarm = threading.Timer(max(0.001, seconds), hang_up)
    alarm.daemon = True
    alarm.start()
    try:
        yield over
    finally:
        alarm.cancel()
        twin.close()


def _read(sock: socket.socket, target: Target, provider: str) -> bytes:
    """Ask for the file and return it whole. Raises OSError, HTTPException, Ambiguous or BadReply."""
    secure = target.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    with closing(kind(target.host, target.port)) as connection:
        # The certificate has to be the name's, although the connection was made to an address.
        context = ssl.create_default_context()
        connection.sock = context.wrap_socket(sock, server_hostname=target.host) if secure else sock
        connection.request("GET", target.path, headers={"Accept": "image/*", "User-Agent": "taleshelf"})
        with connection.getresponse() as response:
            return _read_body(response, target, provider)


def _read_body(response: http.client.HTTPResponse, target: Target, provider: str) -> bytes:
    """Return the body of an answer that is a file of a size we want."""
    if response.status >= 500 or response.status in LATER:
        raise Ambiguous(f"{target.host} answered {response.status} for the picture", provider=provider)
    if response.status != 200:
        raise BadReply(f"{target.host} answered {response.status} instead of a picture", provider=provider)
    if (response.length or 0) > MOST_BYTES:
        raise BadReply(f"a picture of {response.length:,} bytes is offered", provider=provider)
    body = bytearray()
    while piece := response.read1(CHUNK):
        body += piece
        if len(body) > MOST_BYTES:
            raise BadReply(f"a picture of more than {MOST_BYTES:,} bytes came", provider=provider)
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)
    return bytes(body)


def _reason(error: Exception) -> str:
    """Return why, without what the server has written."""
    return (error.strerror if isinstance(error, OSError) else "") or type(error).__name__
