"""Where the faults are played: archives, settings, fake clouds, a cheap provider of somebody else, and runs of the command."""

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.fakes.clouds import Clouds
from tests.samples import ROOT, make_archive

LIMIT = 120.0  # seconds of a night in which nothing has to be waited for, on a machine with much else to do
SETTINGS = """
[stories]
ages = ["3-5"]
catch_up = 0
[studio]
writers = {writers}
illustrators = {illustrators}
narrators = {narrators}
moderators = {moderators}
[narration]
closing = ""
[money]
story = 20
day = 500
month = 1000
"""

# Somebody else's package: pictures and a voice that cost next to nothing, for the nights that are about something else.
SKETCH = {
    "pyproject.toml": """
        [build-system]
        requires = ["setuptools"]
        build-backend = "setuptools.build_meta"
        [project]
        name = "sketch"
        version = "1"
        [project.entry-points."taleshelf.illustrators"]
        sketch = "sketch:Illustrator"
        [project.entry-points."taleshelf.narrators"]
        sketch = "sketch:Narrator"
    """,
    "sketch.py": """
        import io
        import zlib
        import numpy as np
        from PIL import Image
        from generator.story import Clip, Credit, Picture, count_words

        CREDIT = Credit("sketch", "1")
        PACE = 0.36  # seconds of a word

        class Illustrator:
            name = "sketch"
            processes = False
            def draw(self, prompt):
                colour = zlib.crc32(prompt.name.encode()) & 0xFFFFFF
                out = io.BytesIO()
                Image.new("RGB", (640, 480), f"#{colour:06x}").save(out, "PNG")
                return Picture(out.getvalue(), 640, 480, CREDIT)

        class Narrator:
            name = "sketch"
            processes = False
            languages = ("*",)
            def speak(self, passage):
                time = np.arange(int(8000 * (0.4 + PACE * count_words(passage.text)))) / 8000
                sound = np.sin(2 * np.pi * 220 * time) * np.abs(np.sin(2 * np.pi * 1.4 * time)) * 9000
                return Clip(sound.astype("<i2").tobytes(), 8000, CREDIT)
    """,
}


@dataclass(frozen=True, slots=True)
class Studio:
    """Who works on the stories of an archive."""

    writers: tuple[str, ...] = ("embedded",)
    illustrators: tuple[str, ...] = ("sketch",)
    narrators: tuple[str, ...] = ("sketch",)
    moderators: tuple[str, ...] = ()
    settings: Mapping[str, Mapping[str, object]] = field(default_factory=dict)  # of providers

    def render(self) -> str:
        """Return taleshelf.toml."""
        lists = {
            name: json.dumps(list(getattr(self, name)))
            for name in ("writers", "illustrators", "narrators", "moderators")
        }
        tables = [
            f"[providers.{name}]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in table.items())
            for name, table in self.settings.items()
        ]
        return SETTINGS.format(**lists) + "".join(tables)


CLOUDY = Studio(("openai",), ("openai",), ("polly",))
OTHER = Studio(("bedrock",), ("replicate",), ("openai",))
OFFLINE = Studio(("embedded",), ("embedded",), ("embedded",))
PLAIN = Studio()


@dataclass(frozen=True, slots=True)
class Night:
    """How a run ended."""

    code: int | str  # "late" for one that had to be ended
    seconds: float
    out: str
    err: str


class Zygote:
    """The forking process (zygote.py); one run at a time."""

    def __init__(self, library: Path, *before: str) -> None:
        path = os.pathsep.join((str(library), str(ROOT)))
        self._process = subprocess.Popen(
            [*before, sys.executable, "-m", "tests.faults.zygote"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=_clean_environment() | {"PYTHONPATH": path},
        )
        self.library = library
        self.cpu = 0.0  # seconds of processor of the last run

    def begin(self, **asked: object) -> int:
        """Start a run and return its process."""
        return int(self._ask(asked)["pid"])

    def end(self) -> tuple[int | str, float]:
        """Wait for the run that was started; return its code and its seconds."""
        values = self._hear()
        self.cpu = values["cpu"]
        return values["code"], values["seconds"]

    def shell(self, text: str) -> str:
        """Run a shell command in the namespace of this process; return what it prints. Raises RuntimeError."""
        values = self._ask({"shell": text})
        if values["code"]:
            raise RuntimeError(values["text"])
        return str(values["text"])

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def close(self) -> None:
        """End it."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(timeout=30)
        assert self._process.stdout
        self._process.stdout.close()

    def _ask(self, values: Mapping[str, object]) -> dict[str, Any]:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(values) + "\n")
        self._process.stdin.flush()
        return self._hear()

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the zygote is gone")
        found: dict[str, Any] = json.loads(line)
        return found


@dataclass
class Stage:
    """Clouds, a forking process and a folder for archives; one thread uses it at a time."""

    folder: Path
    clouds: Clouds
    zygote: Zygote
    day: str
    starter: Path  # an archive to copy
    count: int = 0

    def open_archive(self, studio: Studio) -> Path:
        """Return a new archive without a story."""
        self.count += 1
        root = self.folder / f"archive-{self.count}"
        shutil.copytree(self.starter, root)
        (root / "taleshelf.toml").write_text(studio.render(), encoding="utf-8")
        return root

    def tonight(self, root: Path, **options: Any) -> Night:
        """Tell the night of this stage in an archive."""
        return self.run(root, "tonight", "--date", self.day, **options)

    def begin(
        self,
        root: Path,
        *arguments: str,
        extra: Mapping[str, str] | None = None,
        limit: float = LIMIT,
        stopped: bool = False,
        files: int = 0,
    ) -> int:
        """Start a command."""
        environment = _clean_environment() | self.clouds.environment() | {"TALESHELF_ROOT": str(root), **(extra or {})}
        environment["PYTHONPATH"] = os.pathsep.join((str(self.zygote.library), str(ROOT)))
        return self.zygote.begin(
            arguments=arguments,
            environment=environment,
            folder=str(ROOT),
            out=str(self.folder / "out"),
            err=str(self.folder / "err"),
            limit=limit,
            stopped=stopped,
            files=files,
        )

    def end(self) -> Night:
        """Wait for the command that was started."""
        code, seconds = self.zygote.end()
        return Night(
            code,
            seconds,
            *((self.folder / name).read_text(encoding="utf-8", errors="replace") for name in ("out", "err")),
        )

    def run(self, root: Path, *arguments: str, **options: Any) -> Night:
        """Run a command to its end."""
        self.begin(root, *arguments, **options)
        return self.end()

    def drop(self, root: Path) -> None:
        """Remove an archive that is done with."""
        shutil.rmtree(root, ignore_errors=True)


def _clean_environment() -> dict[str, str]:
    """Return the variables of this process without anything of a vendor's."""
    vendors = ("OPENAI", "AWS_", "REPLICATE", "TALESHELF")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(vendors)}
    return kept | {"OPENBLAS_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}


def install_sketch(folder: Path, pace: float = 0.36) -> Path:
    """Install somebody else's package and return the folder it is in; its voice takes `pace` seconds for a word."""
    source, library = folder / "sketch", folder / "library"
    source.mkdir()
    for name, text in SKETCH.items():
        quick = textwrap.dedent(text).replace("PACE = 0.36", f"PACE = {pace}")
        (source / name).write_text(quick, encoding="utf-8")
    options = ("--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check")
    command = [sys.executable, "-m", "pip", "install", *options, "--target", str(library), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    return library


@contextmanager
def open_stage(folder: Path, library: Path, *before: str) -> Iterator[Stage]:
    """Open a stage; `before` is a command in front of the forking process."""
    folder.mkdir(parents=True, exist_ok=True)
    zygote = Zygote(library, *before)
    try:
        with Clouds() as clouds:
            starter = make_archive(folder / "starter")
            shutil.rmtree(starter / "site_template")  # of no interest to a night
            yield Stage(folder, clouds, zygote, yesterday(), starter)
    finally:
        zygote.close()


def yesterday() -> str:
    """Return a day that stays in the past however long the tests take."""
    return str((datetime.now(UTC) - timedelta(days=1)).date())


def wait_until(true: Any, seconds: float = 10.0) -> None:
    """Wait for something another process does. Raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.002)


def strace(pid: int, log: Path, *options: Sequence[str] | str) -> "subprocess.Popen[bytes]":
    """Attach strace to a process that stops itself, and let it go on."""
    status = Path(f"/proc/{pid}/status")
    wait_until(lambda: "State:\tT" in status.read_text())
    command = ["strace", "-qq", "-o", str(log), "-p", str(pid), *map(str, options)]
    tracer = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until(lambda: "TracerPid:\t0\n" not in status.read_text())
    os.kill(pid, signal.SIGCONT)
    return tracer
