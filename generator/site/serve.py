"""A small static server for one reader: answers ranges, so that one can seek in a narration."""

import mimetypes
import re
from email.utils import formatdate, parsedate_to_datetime
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mp3": "audio/mpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


class Unsatisfiable(Exception):
    """A range that begins behind the end of the file."""


def make_server(site_dir: Path, port: int = 0, base_path: str = "/") -> ThreadingHTTPServer:
    """Make a server of a folder on 127.0.0.1, under `base_path`; port 0 takes a free one (`server_address[1]`)."""
    pages = partial(Pages, root=site_dir.resolve(), base=base_path)
    server = ThreadingHTTPServer(("127.0.0.1", port), pages)
    server.daemon_threads = True
    return server


def find_file(root: Path, base: str, target: str) -> Path | None:
    """Find the file a request names; None when there is none, or when it lies outside of `root`."""
    path = unquote(urlsplit(target).path)
    if not path.startswith(base) or "\0" in path:
        return None
    try:
        file = (root / path.removeprefix(base).lstrip("/")).resolve()
        if file.is_dir() and path.endswith("/"):
            file = (file / "index.html").resolve()
        elif path.endswith("/"):
            return None
        return file if file.is_file() and file.is_relative_to(root) else None
    except OSError:
        return None


def parse_range(header: str, size: int) -> tuple[int, int] | None:
    """Read a Range header: first and last byte, or None when the whole file answers it. Raises Unsatisfiable."""
    match = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", header.strip())
    if not match or not (match[1] or match[2]):
        return None  # a unit we do not know, or more than one range: the whole file is a right answer
    if not match[1]:
        first, last = max(0, size - int(match[2])), size - 1
    else:
        first, last = int(match[1]), min(int(match[2] or size), size - 1)
        if match[2] and int(match[2]) < first:
            return None
    if first >= size:
        raise Unsatisfiable
    return first, last


class Pages(BaseHTTPRequestHandler):
    """What answers a request for a file of the site."""

    protocol_version = "HTTP/1.1"
    server_version = "taleshelf"
    sys_version = ""
    timeout = 30

    def __init__(self, *args: object, root: Path, base: str) -> None:
        self._root, self._base = root, base
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Send a file."""
        self._answer(body=True)

    def do_HEAD(self) -> None:
        """Send what there is to say of a file."""
        self._answer(body=False)

    def log_message(self, *args: object) -> None:
        """Say nothing: the terminal belongs to the command line."""

    def _answer(self, body: bool) -> None:
        path = urlsplit(self.path).path
        if path == "/" != self._base:
            self._redirect(self._base)
        elif not path.endswith("/") and not find_file(self._root, self._base, path) and self._is_folder(path):
            self._redirect("/" + path.lstrip("/") + "/")
        elif file := find_file(self._root, self._base, self.path):
            self._send_file(file, HTTPStatus.OK, body)
        elif (missing := self._root / "404.html").is_file():
            self._send_file(missing, HTTPStatus.NOT_FOUND, body)
        else:
            self._send(HTTPStatus.NOT_FOUND, {"Content-Type": "text/plain"}, BytesIO(b"Not found\n"), 10, body)

    def _is_folder(self, path: str) -> bool:
        return find_file(self._root, self._base, path + "/index.html") is not None

    def _redirect(self, where: str) -> None:
        self._send(HTTPStatus.MOVED_PERMANENTLY, {"Location": where}, BytesIO(), 0, body=False)

    def _send_file(self, file: Path, status: HTTPStatus, body: bool) -> None:
        stat = file.stat()
        guessed = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        headers = {
            "Content-Type": TYPES.get(file.suffix.lower(), guessed),
            "Last-Modified": formatdate(stat.st_mtime, usegmt=True),
            "ETag": f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"',
            "Accept-Ranges": "bytes",
            "Cache-Control": "no-cache",
        }
        if status is HTTPStatus.OK and self._is_fresh(headers["ETag"], stat.st_mtime):
            self._send(HTTPStatus.NOT_MODIFIED, headers, BytesIO(), None, body=False)
            return
        try:
            wanted = (
                parse_range(self.headers.get("Range", ""), stat.st_size) if self._may_range(headers["ETag"]) else None
            )
        except Unsatisfiable:
            headers["Content-Range"] = f"bytes */{stat.st_size}"
            self._send(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers, BytesIO(), 0, body=False)
            return
        first, last = wanted if wanted and status is HTTPStatus.OK else (0, stat.st_size - 1)
        if wanted and status is HTTPStatus.OK:
            status = HTTPStatus.PARTIAL_CONTENT
            headers["Content-Range"] = f"bytes {first}-{last}/{stat.st_size}"
        with file.open("rb") as data:
            data.seek(first)
            self._send(status, headers, data, last - first + 1, body)

    def _is_fresh(self, etag: str, modified: float) -> bool:
        if tags := self.headers.get("If-None-Match"):
            return tags.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in tags.split(","))
        try:
            since = parsedate_to_datetime(self.headers.get("If-Modified-Since", ""))
            return int(modified) <= since.timestamp()
        except ValueError:
            return False

    def _may_range(self, etag: str) -> bool:
        """Tell whether a range is asked of the file as it is now."""
        return self.headers.get("If-Range", etag) == etag

    def _send(
        self, status: HTTPStatus, headers: dict[str, str], data: IO[bytes], length: int | None, body: bool
    ) -> None:
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if length is not None:
                self.send_header("Content-Length", str(length))
            self.end_headers()
            left = length if body and length else 0
            while left and (chunk := data.read(min(left, 1 << 16))):
                self.wfile.write(chunk)
                left -= len(chunk)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the reader went on to something else
