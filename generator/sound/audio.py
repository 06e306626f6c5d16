"""Story -> spoken lines -> one sound with exact times -> a mastered, tagged and checked MP3."""

import math
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import numpy as np

from generator.errors import BadReply, TaleshelfError
from generator.sound.ffmpeg import run_ffmpeg
from generator.sound.mp3 import LOUDNESS, PEAK, Measured, check_measured, measure_mp3, parse_loudness
from generator.sound.passages import FADE, HUSH, cut_clip, make_plan
from generator.sound.speech import Line
from generator.sound.tags import Tags, tag_mp3
from generator.story import Clip, Credit, Narration, Passage, Sentence, Word, count_words

with warnings.catch_warnings():
    # pydub looks for an ffmpeg on the PATH, which it is never asked to run here, and carries old escapes and audioop.
    warnings.filterwarnings("ignore", "Couldn't find ffmpeg", RuntimeWarning)
    warnings.filterwarnings("ignore", ".*invalid escape sequence", SyntaxWarning)
    warnings.filterwarnings("ignore", ".*invalid escape sequence", DeprecationWarning)
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
    from pydub import AudioSegment

LEAD = 0.25  # seconds of silence at the start: some players swallow the first moment
EDGE = 0.04  # seconds kept before and after the voice in every clip
BREATH = 0.15  # seconds between the pieces of a line that is too long for one passage
VOICES = 2  # passages spoken at the same time where the narrator does not say; each keeps one core busy
PASSES = 3  # of the encoder, until loudness and peak are right; one is usual
NEAR = 0.7  # LU from the target that need no further pass
LOSS = 0.7  # LU that limiter and encoder take from a voice at -16 LUFS (measured)
OVERSHOOT = 2.2  # dB that the encoder's noise adds to a peak at 64 kbit/s (measured: up to 2)

# 44.1 kHz although the voice has 24: every podcast app and car radio plays it, the file is as large, and the shorter
# frames keep the hardest twentieth of the sound 3 to 4 dB clearer than 24 or 32 kHz would at this bit rate. LAME's
# level 5 sounds like its slower ones; from 7 on it is a third faster, but loud frames break up (all measured).
RATE = 44100
LAME = ["-c:a", "libmp3lame", "-b:a", "64k", "-ac", "1", "-compression_level", "5"]
PLAIN = [
    "-map_metadata",
    "-1",
    "-fflags",
    "+bitexact",
    "-flags:a",
    "+bitexact",
    "-id3v2_version",
    "0",
    "-write_xing",
    "1",
]

Progress = Callable[[str, int, int], None]  # stage, done, total


def _quietly(stage: str, done: int, total: int) -> None:
    """Report to nobody."""


class Speaks(Protocol):
    """A narrator.

    It may say how many characters of neighbouring lines it takes in one passage (`longest: int`; otherwise a line is a
    passage) and how many passages at the same time (`workers: int`).
    """

    name: str

    def speak(self, passage: Passage) -> Clip: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Recording:
    """Joined sound before it is mastered."""

    pcm: bytes  # 16-bit little-endian samples, mono
    rate: int
    sentences: tuple[Sentence, ...]
    credit: Credit
    words: int  # spoken

    @property
    def seconds(self) -> float:
        """The length of the sound."""
        return len(self.pcm) / 2 / self.rate


def narrate(
    narrator: Speaks,
    script: Sequence[Line],
    *,
    tags: Tags | None = None,
    voice: str = "",
    speed: float = 1.0,
    language: str = "en",
    progress: Progress = _quietly,
) -> Narration:
    """Read a script aloud and return the finished narration. Raises ProviderError; nothing half done is returned."""
    recording = record(narrator, script, voice=voice, speed=speed, language=language, progress=progress)
    mp3, measured = master(recording)
    check_measured(measured, words=recording.words, sentences=recording.sentences, provider=narrator.name)
    narration = Narration(mp3, measured.seconds, recording.sentences, recording.credit)
    return narration if tags is None else tag_mp3(narration, tags)


def record(
    narrator: Speaks,
    script: Sequence[Line],
    *,
    voice: str = "",
    speed: float = 1.0,
    language: str = "en",
    progress: Progress = _quietly,
    workers: int = 0,
) -> Recording:
    """Speak every passage once and join the lines with the pauses between them. Raises ProviderError.

    `workers` passages are spoken at the same time; 0 leaves that to the narrator.
    """
    if not script:
        raise BadReply("there is nothing to read aloud", provider=narrator.name)
    longest: int = getattr(narrator, "longest", 0)
    plan = make_plan(script, longest=longest, voice=voice, speed=speed, language=language)
    clips: list[Clip] = []
    with closing(_speak_all(narrator, plan.passages, workers or getattr(narrator, "workers", VOICES))) as spoken:
        for done, clip in enumerate(spoken, 1):
            clips.append(clip)
            progress("narrate", done, len(plan.passages))
    rate, credit = _check_alike(clips, plan.passages, narrator.name)
    heard = [
        tuple(_trim_lines(clip, passage, narrator.name)) for clip, passage in zip(clips, plan.passages, strict=True)
    ]
    voiced = [_breathe([heard[part.passage][part.line] for part in parts], rate) for parts in plan.parts]
    pcm, sentences = _join(script, voiced, rate)
    return Recording(pcm, rate, sentences, credit, sum(count_words(line.spoken) for line in script))


def _speak_all(narrator: Speaks, passages: Iterable[Passage], workers: int) -> Generator[Clip]:
    """Yield the clips in order; when one fails or the caller stops, no further passage is begun."""
    failures: list[BaseException] = []

    def speak(passage: Passage) -> Clip:
        if failures:
            raise failures[0]
        try:
            return narrator.speak(passage)
        except BaseException as error:
            failures.append(error)
            raise

    pool = ThreadPoolExecutor(workers, thread_name_prefix="narrator")
    try:
        yield from pool.map(speak, passages)
    finally:
        pool.shutdown(cancel_futures=True)


def _check_alike(clips: Sequence[Clip], passages: Sequence[Passage], provider: str) -> tuple[int, Credit]:
    """Return the rate of all clips and the credit of the voice that says most. Raises BadReply for two narrators."""
    if len({(clip.rate, clip.credit.provider) for clip in clips}) > 1:
        raise BadReply("the voice or its sample rate changed in the middle of the story", provider=provider)
    said = Counter[Credit]()
    for clip, passage in zip(clips, passages, strict=True):
        said[clip.credit] += len(passage.text)
    return clips[0].rate, said.most_common(1)[0][0]


@dataclass(frozen=True, slots=True)
class _Voiced:
    """The sound of a line without the silence around it."""

    sound: AudioSegment
    words: tuple[Word, ...]  # in seconds of this sound, never outside of it or over each other


def _trim_lines(clip: Clip, passage: Passage, provider: str) -> Iterator[_Voiced]:
    for part, text in zip(cut_clip(clip, passage, provider), passage.lines or (passage.text,), strict=True):
        yield _trim(part, text, provider)


def _trim(clip: Clip, text: str, provider: str) -> _Voiced:
    """Cut the silence around the voice down to EDGE (or fill it up) and fade both ends. Raises BadReply for silence."""
    samples = np.frombuffer(clip.pcm, "<i2").astype(np.float32)
    loudness = np.abs(samples)
    if not samples.size or loudness.max() < 32:
        raise BadReply(f"nothing is heard of {text[:40]!r}", provider=provider)
    heard = np.flatnonzero(loudness > loudness.max() * HUSH)
    edge, fade = round(EDGE * clip.rate), round(FADE * clip.rate)
    padded = np.pad(samples, edge)[heard[0] : heard[-1] + 1 + 2 * edge]
    ramp = np.linspace(0, 1, fade, dtype=np.float32)
    padded[:fade] *= ramp
    padded[-fade:] *= ramp[::-1]
    words = _place_words(clip.words, (edge - int(heard[0])) / clip.rate, padded.size / clip.rate)
    return _Voiced(_segment(padded.astype("<i2").tobytes(), clip.rate), words)


def _place_words(words: Sequence[Word], later: float, seconds: float) -> tuple[Word, ...]:
    """Move words by the silence that was cut, keep them inside the sound and end each before the next begins."""
    ends = [min(before.end, after.start) for before, after in pairwise(words)] + [word.end for word in words[-1:]]
    return tuple(
        Word(word.text, *(min(max(time + later, 0.0), seconds) for time in (word.start, end)))
        for word, end in zip(words, ends, strict=True)
        if word.text.strip()
    )


def _breathe(pieces: Sequence[_Voiced], rate: int) -> _Voiced:
    """Join the pieces of a line that is too long for one passage."""
    sound, words = pieces[0].sound.raw_data, list(pieces[0].words)
    for piece in pieces[1:]:
        sound += _silence(BREATH - 2 * EDGE, rate).raw_data
        words += _shifted(piece.words, len(sound) / 2 / rate)
        sound += piece.sound.raw_data
    return _Voiced(_segment(sound, rate), tuple(words)) if len(pieces) > 1 else pieces[0]


def _shifted(words: Iterable[Word], seconds: float, end: float = math.inf) -> Iterator[Word]:
    """Move words, but none past `end`; times in milliseconds' precision, like those of the sentence around them."""
    for word in words:
        yield Word(word.text, *(min(round(time + seconds, 3), end) for time in (word.start, word.end)))


def _join(script: Sequence[Line], clips: Sequence[_Voiced], rate: int) -> tuple[bytes, tuple[Sentence, ...]]:
    """Lay the clips one after another; what is heard between two voices is the pause of the line."""
    parts, sentences = [_silence(LEAD - EDGE, rate)], list[Sentence]()
    place = len(parts[0].raw_data)
    for number, (line, clip) in enumerate(zip(script, clips, strict=True), 1):
        gap = _silence(line.pause_after - 2 * EDGE, rate)
        start, end = place / 2 / rate, round((place + len(clip.sound.raw_data)) / 2 / rate, 3)
        words = tuple(_shifted(clip.words, start, end))
        sentences.append(Sentence(f"s{number}", line.scene, round(start, 3), end, line.text, words))
        parts += [clip.sound, gap]
        place += len(clip.sound.raw_data) + len(gap.raw_data)
    return b"".join(part.raw_data for part in parts), tuple(sentences)


def _silence(seconds: float, rate: int) -> AudioSegment:
    return _segment(bytes(2 * max(0, round(seconds * rate))), rate)


def _segment(pcm: bytes, rate: int) -> AudioSegment:
    return AudioSegment(pcm, sample_width=2, frame_rate=rate, channels=1)


def master(recording: Recording) -> tuple[bytes, Measured]:
    """Encode at -16 LUFS with peaks below -1.5 dBTP; return the MP3 and what it measures when decoded again.

    One gain for the whole sound keeps a whisper a whisper; a limiter at 96 kHz takes the few peaks between the samples.
    The result decides: the encoder moves both figures a little, and another pass corrects what is off.
    """
    gain = LOUDNESS - _measure_pcm(recording) + LOSS
    ceiling = PEAK - OVERSHOOT
    for _ in range(PASSES):
        mp3 = _encode(recording, gain, ceiling)
        measured = measure_mp3(mp3)
        if abs(measured.lufs - LOUDNESS) <= NEAR and measured.peak <= PEAK:
            break
        gain += LOUDNESS - measured.lufs
        ceiling -= max(0.0, measured.peak - PEAK + 0.3)
    return mp3, measured


def _measure_pcm(recording: Recording) -> float:
    output = run_ffmpeg([*_raw(recording.rate), "-af", "ebur128=framelog=quiet", "-f", "null", "-"], recording.pcm)
    return parse_loudness(output.report)


def _encode(recording: Recording, gain: float, ceiling: float) -> bytes:
    """Return the MP3. It goes through a file: only there ffmpeg can complete the header with the encoder's delay."""
    limiter = f"alimiter=limit={ceiling:.2f}dB:level=0:attack=5:release=60:latency=1"
    filters = f"volume={gain:.2f}dB,aresample=96000,{limiter},aresample={RATE}"
    try:
        with tempfile.TemporaryDirectory(prefix="narration-") as folder:
            path = Path(folder, "narration.mp3")
            run_ffmpeg([*_raw(recording.rate), "-af", filters, *LAME, *PLAIN, "-f", "mp3", str(path)], recording.pcm)
            return path.read_bytes() if path.is_file() else b""
    except OSError as error:
        raise TaleshelfError(
            f"the MP3 cannot be written: {error}", "Make room in the folder for temporary files"
        ) from error


def _raw(rate: int) -> list[str]:
    return ["-f", "s16le", "-ar", str(rate), "-ac", "1", "-i", "pipe:0"]
