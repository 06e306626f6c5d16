import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.hostile.library import Told, write_library
from tests.running import Ran, run

POLICY = (
    "default-src 'self' data:; script-src-elem 'self' 'unsafe-inline'; script-src-attr 'none'; style-src 'self' "
    "'unsafe-inline'; object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'"
)
WATCH = """
  window.__broken = [];
  addEventListener('securitypolicyviolation', event => __broken.push(event.effectiveDirective + ' ' + event.blockedURI));
"""


@dataclass(frozen=True, slots=True)
class Library:
    """A built archive of payloads."""

    root: Path
    www: Path  # what is served: the site stands below, in tales/
    told: tuple[Told, ...]
    build: Ran

    @property
    def site(self) -> Path:
        """The built site."""
        return self.www / "tales"


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Every payload in every field, built by the real command."""
    root = tmp_path_factory.mktemp("hostile")
    told = write_library(root / "archive")
    www = root / "www"
    www.mkdir()
    return Library(root / "archive", www, told, run(root / "archive", "build", "--out", str(www / "tales")))


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args: object) -> None:
        """Say nothing of a reader that went on before a picture had come."""


class _Pages(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy-Report-Only", POLICY)
        super().end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def address(library: Library) -> Iterator[str]:
    server = _Server(("127.0.0.1", 0), partial(_Pages, directory=str(library.www)))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/tales/"
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass
class Reader:
    """One tab that goes from page to page and remembers whatever a payload made happen."""

    page: Any
    host: str
    happened: list[str] = field(default_factory=list)

    def note(self, what: str) -> None:
        self.happened.append(f"{urlsplit(self.page.url).path}: {what}")

    def heard(self, dialog: Any) -> None:
        self.note(f"dialog {dialog.message}")
        dialog.dismiss()

    def asked(self, request: Any) -> None:
        if urlsplit(request.url).netloc != self.host and urlsplit(request.url).scheme != "data":
            self.note(f"request {request.url}")


@pytest.fixture
def reader(chromium: Any, address: str) -> Iterator[Reader]:
    context = chromium.new_context(viewport={"width": 1280, "height": 844})
    context.add_init_script(WATCH)
    reader = Reader(context.new_page(), urlsplit(address).netloc)
    reader.page.on("dialog", reader.heard)
    reader.page.on("pageerror", lambda error: reader.note(f"error {error}"))
    context.on("request", reader.asked)
    context.on("page", lambda page: reader.note(f"window {page.url}"))
    yield reader
    context.close()
