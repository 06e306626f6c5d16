"""One request to an address an owner has set: https, or a server of this machine; no redirect is followed, and time is limited."""

import http.client
import socket
import ssl
from collections.abc import Mapping
from contextlib import closing

from generator.download import connect, is_loopback, limited, split_address
from generator.notify.channel import Fate, Outcome

SECONDS = 30.0  # for the whole of it
MOST = 65_536  # bytes of an answer that are read
LATER = (408, 425, 429)  # statuses besides the 500s after which the same may yet be taken


def send(address: str, method: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Outcome:
    """Send a request and return what its status means."""
    try:
        target = split_address(address)
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
        if target.scheme != "https" and not all(map(is_loopback, addresses)):
            return Outcome(Fate.LATER, "the address is not https", act=True)
        sock = connect(target, addresses, SECONDS)
    except (OSError, ValueError) as error:
        return Outcome(Fate.LATER, f"nobody was reached ({explain(error)})")
    begun = False
    with sock, limited(sock, SECONDS) as over:
        kind = http.client.HTTPSConnection if target.scheme == "https" else http.client.HTTPConnection
        with closing(kind(target.host, target.port)) as connection:
            try:
                context = ssl.create_default_context()
                connection.sock = (
                    context.wrap_socket(sock, server_hostname=target.host) if target.scheme == "https" else sock
                )
                begun = True
                connection.request(method, target.path, body or None, {"User-Agent": "taleshelf"} | dict(headers or {}))
                with connection.getresponse() as response:
                    response.read(MOST)
                    return judge(response.status)
            except (OSError, http.client.HTTPException, ValueError) as error:
                why = "the time is up" if over.is_set() else explain(error)
                fate = Fate.DOUBT if begun else Fate.LATER
                return Outcome(
                    fate, f"no whole answer came ({why})", act=isinstance(error, ssl.SSLCertVerificationError)
                )


def judge(status: int) -> Outcome:
    """Return what the status of an answer means."""
    if 200 <= status < 300:
        return Outcome(Fate.TOLD)
    if 300 <= status < 400:
        return Outcome(Fate.LATER, f"{status}: a redirect, which is not followed", act=True)
    return Outcome(Fate.LATER, f"the answer is {status}", act=status < 500 and status not in LATER)


def explain(error: Exception) -> str:
    """Return why, without what the server has written."""
    return (error.strerror if isinstance(error, OSError) else "") or type(error).__name__
