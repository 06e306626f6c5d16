"""What stands before the bucket, as CloudFront does: nginx where there is one, else a small server of our own."""

import http.client
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from tests.clients.tools import find
from tests.fakes.aws import REGION
from tests.notify.post_office import find_port
from tests.running import answering

CONFIGURATION = Path(__file__).with_name("nginx.conf")
STARTING = 20.0  # seconds a server may take
# The server of S3 wants to see some signature, and looks at none.
SIGNED = f"AWS4-HMAC-SHA256 Credential=site/20260101/{REGION}/s3/aws4_request, SignedHeaders=host, Signature={'0' * 64}"
KEPT = ("content-type", "content-range", "etag", "last-modified", "cache-control")


@contextmanager
def serving(folder: Path, moto: str, bucket: str) -> Iterator[str]:
    """Serve a bucket to readers; every folder has a page."""
    folder.mkdir(parents=True)
    program = find("nginx")
    if not program:
        front = type("Front", (_Front,), {"moto": moto, "bucket": bucket})
        with answering(ThreadingHTTPServer(("127.0.0.1", 0), front), "") as address:
            yield address
        return
    port = find_port()
    values = {"PORT": port, "MOTO": moto, "BUCKET": bucket, "SIGNED": SIGNED}
    (folder / "nginx.conf").write_text(Template(CONFIGURATION.read_text()).safe_substitute(values))
    command = [program, "-p", f"{folder}/", "-c", "nginx.conf", "-e", "error.log"]
    process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(STARTING)


def _wait(address: str) -> None:
    """Wait until somebody answers, whatever it is."""
    end = time.monotonic() + STARTING
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return


class _Front(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    moto: str
    bucket: str

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Ask the bucket."""
        path = urlsplit(self.path).path
        path += "index.html" if path.endswith("/") else ""
        asked = {"Authorization": SIGNED}
        if part := self.headers.get("Range"):
            asked["Range"] = part
        connection = http.client.HTTPConnection(urlsplit(self.moto).netloc, timeout=60)
        connection.request("GET", f"/{self.bucket}{path}", headers=asked)
        reply = connection.getresponse()
        data = reply.read()
        connection.close()
        self.send_response_only(reply.status)
        for name in KEPT:
            if value := reply.getheader(name):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
