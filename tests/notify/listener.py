"""A program on loopback that is told of things: it keeps every request, and answers as it is told to."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.running import answering


@dataclass(frozen=True, slots=True)
class Heard:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Listener:
    """What was heard, and the statuses it answers with: the next of them, then always 204."""

    url: str = ""
    heard: list[Heard] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    location: str = ""
    deaf: threading.Event | None = None  # what it waits for before it answers
    drops: int = 0  # so many requests are heard and not answered


@contextmanager
def open_listener(tls: ssl.SSLContext | None = None) -> Iterator[Listener]:
    """Let one listen, in the clear or over TLS."""
    listener = Listener()

    class Ear(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            listener.heard.append(Heard(self.command, self.path, dict(self.headers.items()), body))
            if listener.drops:
                listener.drops -= 1
                self.close_connection = True
                return
            if listener.deaf:
                listener.deaf.wait(30)
            self.send_response(listener.statuses.pop(0) if listener.statuses else 204)
            if listener.location:
                self.send_header("Location", listener.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET  # noqa: N815

    server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    with answering(server, "/") as url:
        listener.url = url.replace("http:", "https:") if tls else url
        yield listener
