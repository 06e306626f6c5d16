"""The site as a public host serves it: gzipped, kept by browsers for ten minutes, under a path."""

import gzip
import sys
from contextlib import AbstractContextManager
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import IO

from generator.site.serve import Pages
from tests.running import answering

PACKED = ("text/", "application/json", "application/manifest+json", "application/xml", "image/svg+xml")

pack = lru_cache(maxsize=256)(partial(gzip.compress, compresslevel=6, mtime=0))


class Hosted(Pages):
    """Pages as GitHub Pages sends them."""

    disable_nagle_algorithm = True

    def _send(
        self, status: HTTPStatus, headers: dict[str, str], data: IO[bytes], length: int | None, body: bool
    ) -> None:
        headers["Cache-Control"] = "max-age=600"
        whole = status in {HTTPStatus.OK, HTTPStatus.NOT_FOUND} and length
        if whole and headers["Content-Type"].startswith(PACKED) and "gzip" in self.headers.get("Accept-Encoding", ""):
            packed = pack(data.read())
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            data, length = BytesIO(packed), len(packed)
        super()._send(status, headers, data, length, body)


class Host(ThreadingHTTPServer):
    """A host that is not astonished when a browser goes away."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def serving(site_dir: Path, base: str) -> AbstractContextManager[str]:
    """Serve a site on a free port of this machine; yield its address, which ends with `base`."""
    return answering(Host(("127.0.0.1", 0), partial(Hosted, root=site_dir.resolve(), base=base)), base)
