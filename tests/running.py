"""Run the real command line in a real process."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import HTTPServer
from pathlib import Path

TIMEOUT = 180  # seconds; a night takes a few


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


def command(*arguments: str) -> list[str]:
    """Return the command line of `taleshelf` in this interpreter."""
    return [sys.executable, "-m", "generator", *arguments]


def environment(root: Path, **extra: str) -> dict[str, str]:
    """Return an environment in which `taleshelf` works in `root`."""
    return os.environ | {"TALESHELF_ROOT": str(root)} | extra


def run(root: Path, *arguments: str, **extra: str) -> Ran:
    """Run `taleshelf` in an archive and wait for its end."""
    done = subprocess.run(
        command(*arguments),
        env=environment(root, **extra),
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def hear_interrupts() -> None:
    """Undo what a shell does to whatever it starts in the background: have it ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def snapshot(folder: Path) -> dict[str, bytes | None]:
    """Return every file and folder below with its bytes, but for the state of unfinished work and the built site."""
    paths = (
        path for path in sorted(folder.rglob("*")) if path.relative_to(folder).parts[0] not in {".taleshelf", "site"}
    )
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in paths}


@contextmanager
def answering(server: HTTPServer, base: str) -> Iterator[str]:
    """Let a server answer in a thread of its own; yield the address of what it serves under `base`."""
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{base}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
