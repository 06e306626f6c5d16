"""Run the ffmpeg that the imageio-ffmpeg wheel carries (or the one IMAGEIO_FFMPEG_EXE names). There is no ffprobe."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from generator.errors import Unavailable

PATIENCE = 30.0  # seconds for one that does nothing at all; a pass over a long narration takes one or two
PACE = 200_000  # bytes of input a second: what the slowest machine gets through
HINT = "Reinstall imageio-ffmpeg or set IMAGEIO_FFMPEG_EXE to a working ffmpeg"


@dataclass(frozen=True, slots=True)
class Output:
    """What a run left behind."""

    data: bytes  # its standard output
    report: str  # its standard error


def find_ffmpeg() -> str:
    """Return the path of the program. Raises Unavailable when there is none."""
    from imageio_ffmpeg import get_ffmpeg_exe

    try:
        return str(get_ffmpeg_exe())
    except RuntimeError as error:
        raise Unavailable("ffmpeg was not found", HINT, provider="ffmpeg") from error


def run_ffmpeg(arguments: Sequence[str], data: bytes, *, timeout: float | None = None) -> Output:
    """Run ffmpeg with `data` on its standard input. Raises Unavailable when it is missing, fails or hangs."""
    program = find_ffmpeg()
    timeout = PATIENCE + len(data) / PACE if timeout is None else timeout
    command = [program, "-hide_banner", "-nostats", "-y", *arguments]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired as error:
        raise Unavailable(f"ffmpeg did not finish within {timeout:.3g} seconds", HINT, provider="ffmpeg") from error
    except OSError as error:
        raise Unavailable(f"ffmpeg cannot be started: {error}", HINT, provider="ffmpeg") from error
    report = done.stderr.decode("utf-8", "replace")
    if done.returncode:
        last = next((line.strip() for line in reversed(report.splitlines()) if line.strip()), "it gave no reason")
        raise Unavailable(f"ffmpeg failed with status {done.returncode}: {last}", HINT, provider="ffmpeg")
    return Output(done.stdout, report)
