"""Look into a finished MP3: its frames, its loudness and its silences, and whether it is fit to be published."""

import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from generator.errors import BadReply
from generator.sound.ffmpeg import run_ffmpeg
from generator.story import Sentence, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BITRATE = 64  # kbit/s, constant: a player can seek without reading the whole file
LOUDNESS = -16.0  # LUFS, what podcast apps expect
TOLERANCE = 1.0  # LU
PEAK = -1.5  # dBTP at most
SILENCE = 4.0  # seconds at most
QUIET = 10 ** (-50 / 20)  # of full scale; below this a player is heard as silent
PACE = Span(0.2, 0.9)  # seconds a word

# MPEG-1 Layer III: kbit/s and samples a second by their number in a frame's header.
BITRATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
RATES = (44100, 48000, 32000)


@dataclass(frozen=True, slots=True)
class Frames:
    """What the headers of all frames say."""

    count: int
    bitrates: frozenset[int]  # kbit/s
    rate: int  # samples a second
    mono: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of a decoded narration."""

    seconds: float
    lufs: float
    peak: float  # dBTP
    longest_silence: float  # seconds
    frames: Frames


def measure_seconds(mp3: bytes) -> float:
    """Return the length a recording has by its own frames; 0 for one that is no MP3."""
    from mutagen import MutagenError
    from mutagen.mp3 import MP3

    try:
        info = MP3(io.BytesIO(mp3)).info
    except (MutagenError, ValueError):
        return 0.0
    length = float(info.length) if info else 0.0
    return length if math.isfinite(length) else 0.0


def parse_frames(mp3: bytes) -> Frames:
    """Read every frame header of an MPEG-1 Layer III file. Raises ValueError where a frame should begin and does not."""
    place = 0
    if mp3[:3] == b"ID3" and len(mp3) > 10:
        place = 10 + sum(byte << 7 * (3 - n) for n, byte in enumerate(mp3[6:10]))
    end = len(mp3) - 128 if mp3[-128:-125] == b"TAG" else len(mp3)
    count, rate, bitrates, mono = 0, 0, set(), True
    while place < end:
        header = int.from_bytes(mp3[place : place + 4], "big")
        bitrate, rate_number = header >> 12 & 15, header >> 10 & 3
        if header >> 17 != 0xFFFB >> 1 or bitrate in (0, 15) or rate_number == 3:
            raise ValueError(f"no MPEG-1 Layer III frame at byte {place}")
        if rate and rate != RATES[rate_number]:
            raise ValueError(f"the sample rate changes at byte {place}")
        rate = RATES[rate_number]
        bitrates.add(BITRATES[bitrate])
        mono = mono and header >> 6 & 3 == 3
        place += 144 * 1000 * BITRATES[bitrate] // rate + (header >> 9 & 1)
        count += 1
    if not count or place != end:
        raise ValueError("the last frame is cut off" if count else "there is no frame")
    return Frames(count, frozenset(bitrates), rate, mono)


def measure_mp3(mp3: bytes) -> Measured:
    """Decode an MP3 and measure it. Raises BadReply for a file that is none."""
    import numpy as np

    try:
        frames = parse_frames(mp3)
    except ValueError as error:
        raise BadReply(f"the narration is not a whole MP3: {error}", provider="ffmpeg") from error
    rate = frames.rate
    decode = [
        "-f",
        "mp3",
        "-i",
        "pipe:0",
        "-af",
        "ebur128=framelog=quiet",
        "-ac",
        "1",
        "-f",
        "s16le",
        "pipe:1",
    ]
    output = run_ffmpeg(decode, mp3)
    samples = np.frombuffer(output.data[: len(output.data) // 2 * 2], "<i2")
    block = rate // 100
    blocks = np.abs(samples[: samples.size // block * block].reshape(-1, block)).max(axis=1)
    loud = np.flatnonzero(blocks > QUIET * 32768)
    edges = np.concatenate(([-1], loud, [blocks.size]))
    return Measured(
        seconds=samples.size / rate,
        lufs=parse_loudness(output.report),
        peak=true_peak(samples),
        longest_silence=float(np.diff(edges).max() - 1) / 100,
        frames=frames,
    )


def parse_loudness(report: str) -> float:
    """Find the integrated loudness (LUFS) in what ffmpeg's ebur128 filter printed. Raises BadReply."""
    found = re.findall(r"^\s+I:\s+(-?[\d.]+) LUFS", report, re.MULTILINE)
    if not found:
        raise BadReply(
            "ffmpeg did not measure the sound", "set IMAGEIO_FFMPEG_EXE to a whole ffmpeg", provider="ffmpeg"
        )
    return float(found[-1])


def true_peak(samples: "NDArray[np.int16]") -> float:
    """Return the highest point (dBTP) of the curve through 16-bit samples, four times oversampled.

    ffmpeg does the same for every sample; looking only where the sound is loudest takes a tenth of the time.
    """
    import numpy as np

    centre, margin, loudest = 64, 96, 2000
    width = centre + 2 * margin
    padded = np.pad(samples.astype(np.float32) / 32768, (margin, margin + centre))
    blocks = np.abs(samples[: samples.size // centre * centre].reshape(-1, centre).astype(np.float32)).max(axis=1)
    starts = np.argsort(blocks)[-loudest:] * centre
    windows = np.lib.stride_tricks.sliding_window_view(padded, width)[starts]
    taper = np.ones(width, np.float32)
    taper[:margin] = np.sin(np.linspace(0, np.pi / 2, margin)) ** 2
    taper[-margin:] = taper[margin - 1 :: -1]
    curves = np.fft.irfft(np.fft.rfft(windows * taper), 4 * width)[:, 4 * margin : 4 * (margin + centre)] * 4
    return float(20 * np.log10(max(np.abs(curves).max(initial=0), 1e-6)))


def check_mp3(mp3: bytes, *, words: int, sentences: Sequence[Sentence], provider: str = "narration") -> Measured:
    """Measure a narration of so many spoken words and return its figures. Raises BadReply with all that is wrong."""
    return check_measured(measure_mp3(mp3), words=words, sentences=sentences, provider=provider)


def check_measured(measured: Measured, *, words: int, sentences: Sequence[Sentence], provider: str) -> Measured:
    """Do the same with figures that are known already."""
    problems = list(_problems(measured, words, sentences))
    if problems:
        raise BadReply(f"the narration is not fit to be published: {', '.join(problems)}", provider=provider)
    return measured


def _problems(measured: Measured, words: int, sentences: Sequence[Sentence]) -> list[str]:
    say, seconds, frames = partial(str.format), measured.seconds, measured.frames
    checks = (
        (frames.bitrates == {BITRATE}, say("it is not constant {} kbit/s but {}", BITRATE, sorted(frames.bitrates))),
        (frames.mono, "it is not mono"),
        (
            PACE.low * words <= seconds <= PACE.high * words + 5,
            say("{} words take {:.1f} seconds", words, seconds),
        ),
        (abs(measured.lufs - LOUDNESS) <= TOLERANCE, say("its loudness is {:.1f} LUFS", measured.lufs)),
        (measured.peak <= PEAK, say("its peak is {:.1f} dBTP", measured.peak)),
        (measured.longest_silence <= SILENCE, say("it is silent for {:.1f} seconds", measured.longest_silence)),
        (bool(sentences) and sentences[-1].end <= seconds + 0.05, "its last sentence ends after the sound"),
    )
    return [problem for good, problem in checks if not good]
