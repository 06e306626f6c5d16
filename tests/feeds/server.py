"""A server of a podcast on this machine that can be told to misbehave."""

import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TYPES = {
    "xml": "application/rss+xml",
    "jpg": "image/jpeg",
    "png": "image/png",
    "mp3": "audio/mpeg",
    "vtt": "text/vtt",
    "html": "text/html",
    "json": "application/json+chapters",
}
DATE = "Sat, 21 Nov 2026 18:00:00 GMT"
SLOW = 30.0  # seconds; nobody waits as long


@dataclass(slots=True)
class Podcast:
    """What a server has, how it misbehaves, and what it was asked."""

    base: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    manners: dict[str, str] = field(default_factory=dict)  # name of a file -> what goes wrong
    asked: list[tuple[str, str]] = field(default_factory=list)  # method and name
    closing: threading.Event = field(default_factory=threading.Event)


@contextmanager
def serve(podcast: Podcast) -> Iterator[Podcast]:
    """Serve a podcast on loopback, and set its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Server, podcast=podcast))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    podcast.base = f"http://127.0.0.1:{server.server_address[1]}/tales/"
    try:
        yield podcast
    finally:
        podcast.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10

    def __init__(self, *args: object, podcast: Podcast) -> None:
        self._podcast = podcast
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def _answer(self, *, body: bool) -> None:
        name = self.path.removeprefix("/tales/")
        self._podcast.asked.append((self.command, name))
        manner = self._podcast.manners.get(name, "")
        data = self._podcast.files.get(name)
        if manner == "slow":
            self._podcast.closing.wait(SLOW)
        if manner == "drip":
            self._drip()
        elif manner.startswith("->"):
            self._send(302, {"Location": manner[2:].format(base=self._podcast.base)}, b"", body=body)
        elif manner.isdigit():
            self._send(int(manner), {"Content-Type": "text/plain"}, b"no", body=body)
        elif manner == "no-head" and not body:
            self._send(405, {"Allow": "GET"}, b"", body=False)
        elif data is None:
            self._send(404, {"Content-Type": "text/html"}, b"<p>not here", body=body)
        else:
            self._send_file(name, data, manner, body=body)

    def _send_file(self, name: str, data: bytes, manner: str, *, body: bool) -> None:
        headers = {
            "Content-Type": TYPES[name.rpartition(".")[2]],
            "ETag": f'"{len(data)}"',
            "Last-Modified": DATE,
            "Access-Control-Allow-Origin": "*",
        }
        headers |= _changed(manner, headers, body=body)
        headers = {key: value for key, value in headers.items() if value}
        if self.headers.get("If-None-Match") == headers.get("ETag", "-") and manner != "always-200":
            self._send(304, headers, b"", body=False)
            return
        found = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if not found or manner == "no-range":
            self._send(200, headers, data, body=body, manner=manner)
            return
        first, last = int(found[1]), min(int(found[2]), len(data) - 1)
        total = len(data) + (7 if manner == "wrong-range" else 0)
        headers["Content-Range"] = f"bytes {first}-{last}/{total}" if manner != "no-content-range" else ""
        self._send(206, headers, data[first : last + 1], body=body)

    def _send(self, status: int, headers: Mapping[str, str], data: bytes, *, body: bool, manner: str = "") -> None:
        length = len(data) + {"short": 100, "head-length": 0 if body else 5}.get(manner, 0)
        self.send_response_only(status)
        for key, value in headers.items():
            self.send_header(key, value)
        if status != 304:
            self.send_header("Content-Length", str(length))
        self.end_headers()
        if body:
            self.wfile.write(data)
        if manner == "short":
            self.close_connection = True

    def _drip(self) -> None:
        """Send a letter now and then, so that no single wait is long."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        started = time.monotonic()
        while not self._podcast.closing.wait(0.05) and time.monotonic() < started + SLOW:
            try:
                self.wfile.write(b".")
            except OSError:
                break
        self.close_connection = True


def _changed(manner: str, headers: Mapping[str, str], *, body: bool) -> dict[str, str]:
    """Return the headers that are wrong; empty ones are left out."""
    kind = headers["Content-Type"]
    return {
        "octets": {"Content-Type": "application/octet-stream"},
        "no-type": {"Content-Type": ""},
        "text-xml": {"Content-Type": "text/xml"},
        "latin": {"Content-Type": f"{kind}; charset=iso-8859-1"},
        "html": {"Content-Type": "text/html"},
        "no-etag": {"ETag": "", "Last-Modified": ""},
        "no-cors": {"Access-Control-Allow-Origin": ""},
        "head-type": {"Content-Type": kind if body else "text/plain"},
    }.get(manner, {})
