"""The clients themselves: from Debian where that is allowed, from PyPI and npm into an ignored folder of the repository."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / ".cache" / "clients"
PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/games"))
DEBIAN = {  # program -> package
    "nginx": "nginx-light",
    "gpo": "gpodder",
    "newsboat": "newsboat",
    "podboat": "newsboat",
    "podget": "podget",
    "r2e": "rss2email",
    "node": "nodejs",
    "npm": "npm",
    "chromium": "chromium",
}
PYTHON_LOCK = HERE / "requirements.txt"
NODE_LOCK = HERE / "npm" / "package-lock.json"
LONG = 900  # seconds an installation may take


@dataclass(frozen=True, slots=True)
class Tools:
    """Where the clients of PyPI and npm are, and which programs are missing."""

    python: Path  # the folder of its programs
    node: Path  # the folder of its packages and of our scripts
    missing: frozenset[str]


def install(programs: Iterable[str]) -> Tools:
    """Install what is needed for these programs, as far as this machine lets us."""
    wanted = set(programs)
    packages = {DEBIAN[name] for name in wanted if name in DEBIAN and not find(name)}
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        _install_debian(sorted(packages))
    missing = {name for name in wanted if name in DEBIAN and not find(name)}
    python, node = FOLDER / "python" / "bin", FOLDER / "npm"
    if "podcast-archiver" in wanted and not _once(PYTHON_LOCK, FOLDER / "python", _install_python):
        missing.add("podcast-archiver")
    if wanted & {"npm"} and "npm" not in missing and not _once(NODE_LOCK, node, _install_node):
        missing.add("npm")
    return Tools(python, node, frozenset(missing))


def find(program: str) -> str | None:
    """Return where a program is."""
    return shutil.which(program, path=PATH)


def say_missing(missing: Iterable[str]) -> str:
    """Say what to install."""
    names = sorted({DEBIAN.get(name, name) for name in missing})
    return f"Not played, because this machine lacks it and does not let us install it: {', '.join(names)}."


def _install_debian(packages: list[str]) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run(
            ["apt-get", "-qq", *command], env=environment, stdout=subprocess.DEVNULL, timeout=LONG, check=False
        )


def _once(lock: Path, folder: Path, step: Callable[[Path], None]) -> bool:
    """Install what a lock file names, unless that was done before; say whether it is there."""
    mark, digest = folder / ".lock", hashlib.sha256(lock.read_bytes()).hexdigest()
    if mark.is_file() and mark.read_text("utf-8") == digest:
        return True
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        step(folder)
    except subprocess.CalledProcessError as error:
        sys.stderr.write(
            f"{error.cmd[0]} could not install {lock.name}: {error.stderr[-300:].decode(errors='replace')}\n"
        )
        return False
    mark.write_text(digest, "utf-8")
    return True


def _install_python(folder: Path) -> None:
    _call([sys.executable, "-m", "venv", str(folder)])
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _call([*pip, "--require-hashes", "-r", str(PYTHON_LOCK)])


def _install_node(folder: Path) -> None:
    for name in ("package.json", NODE_LOCK.name):
        shutil.copy(NODE_LOCK.with_name(name), folder / name)
    _call(["npm", "ci", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"])


def _call(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=LONG)
