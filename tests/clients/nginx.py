"""A real web server for the built site: nginx on loopback, with a folder of its own for all it writes."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from string import Template

from tests.clients.processes import Failed
from tests.clients.tools import find

STARTING = 20  # seconds it may take
CONFIGURATION = Path(__file__).with_name("nginx.conf")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the server saw it."""

    port: int
    method: str
    path: str
    status: int
    agent: str


@dataclass(frozen=True, slots=True)
class Server:
    """Where the site is served, and where its recordings and pictures are as well."""

    folder: Path  # with its settings and logs
    port: int
    media_port: int

    @property
    def site_url(self) -> str:
        """The address of the site."""
        return f"http://127.0.0.1:{self.port}/tales/"

    @property
    def players_url(self) -> str:
        """The address of what is shown beside the site."""
        return f"http://127.0.0.1:{self.port}/players/"

    @property
    def media_url(self) -> str:
        """Where the same recordings and pictures are, and nothing else."""
        return f"http://127.0.0.1:{self.media_port}/shelf/"

    def read_requests(self) -> list[Asked]:
        """Return all requests so far."""
        rows = (line.split("\t", 4) for line in (self.folder / "access.log").read_text("utf-8").splitlines())
        return [Asked(int(port), method, path, int(status), agent) for port, method, path, status, agent in rows]


def plan_server(folder: Path) -> Server:
    """Choose free ports."""
    with socket.socket() as one, socket.socket() as other:
        for socket_ in (one, other):
            socket_.bind(("127.0.0.1", 0))
        return Server(folder, one.getsockname()[1], other.getsockname()[1])


@contextmanager
def serving(server: Server, site: Path, players: Path) -> Iterator[None]:
    """Serve the folder of a site, and a folder of pages that show players."""
    server.folder.mkdir(parents=True, exist_ok=True)
    values = {"PORT": server.port, "MEDIA": server.media_port, "SITE": site, "PLAYERS": players}
    (server.folder / "nginx.conf").write_text(
        Template(CONFIGURATION.read_text("utf-8")).safe_substitute(values), "utf-8"
    )
    command = [find("nginx") or "nginx", "-p", f"{server.folder}/", "-c", "nginx.conf", "-e", "error.log"]
    process = subprocess.Popen(command, cwd=server.folder, stdin=subprocess.DEVNULL)
    try:
        _wait(process, server)
        yield
    finally:
        process.terminate()
        process.wait(STARTING)


def _wait(process: "subprocess.Popen[bytes]", server: Server) -> None:
    """Wait until it answers."""
    end = time.monotonic() + STARTING
    while time.monotonic() < end:
        if process.poll() is not None:
            raise Failed(f"nginx ended with {process.returncode}: {(server.folder / 'error.log').read_text('utf-8')}")
        try:
            socket.create_connection(("127.0.0.1", server.media_port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise Failed(f"nginx did not answer in {STARTING} seconds")
