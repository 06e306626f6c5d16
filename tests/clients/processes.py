"""Running a client: in a home of its own, with nothing but loopback to talk to, and not for ever."""

import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.clients.tools import PATH

DEADLINE = 180  # seconds; none takes a tenth of it on an idle machine
NOWHERE = "http://127.0.0.1:9"  # a proxy that is not there: who asks for more than loopback gets nothing
SHOWN = 400  # characters of what a client said that are shown when it fails


class Failed(Exception):
    """A client did not do what was wanted, or says something else than the archive."""


def make_environment(home: Path) -> dict[str, str]:
    """Return the variables of a user whose home this is."""
    inside = {name: str(home / name.lower()) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    for folder in (home, *map(Path, inside.values())):
        folder.mkdir(parents=True, exist_ok=True)
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), NOWHERE)
    own = {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TERM": "xterm",
        "no_proxy": "127.0.0.1",
        "PYTHONUTF8": "1",
    }
    return {"PATH": PATH} | inside | proxies | own


def run(command: Sequence[str | Path], home: Path, *, deadline: float = DEADLINE, codes: Sequence[int] = (0,)) -> str:
    """Run a client to its end and return all it says. Raises Failed when it ends otherwise or not in time."""
    process = subprocess.Popen(
        list(map(str, command)),
        cwd=home,
        env=make_environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        said = process.communicate(timeout=deadline)[0].decode(errors="replace")
    except subprocess.TimeoutExpired:
        raise Failed(f"{command[0]} did not end in {deadline:g} seconds") from None
    finally:
        _end(process)
    if process.returncode not in codes:
        raise Failed(f"{command[0]} ended with {process.returncode}: {said[-SHOWN:].strip()}")
    return said


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process that still runs, with those it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
