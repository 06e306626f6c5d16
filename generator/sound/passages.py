"""Lines of a script <-> the passages a narrator is asked for: what is sent together, and how its sound is parted again."""

import html
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from generator.errors import BadReply
from generator.sound.speech import Line
from generator.story import Clip, Passage, Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

HUSH = 0.005  # of a clip's peak (-46 dB): softer is silence
REACH = 0.6  # seconds before the beginning of a line in which the silence before it is looked for
LATE = 0.05  # seconds after which a voice may have begun before the time it gives
FADE = 0.005  # seconds, so that no cut clicks
MARKUP = 40  # characters a narrator may spend on marking where the next line of a passage begins

# The best place to cut a text is the last one of the first kind: after a sentence, a clause, a word.
_CUTS = tuple(map(re.compile, (r"(?<=[.!?…])[\"')]*\s", r"(?<=[,;:—])[\"')]*\s", r"\s")))


@dataclass(frozen=True, slots=True)
class Part:
    """Where a line of the script is spoken, or a piece of one that is too long for a passage."""

    passage: int  # index in Plan.passages
    line: int  # index in that passage


@dataclass(frozen=True, slots=True)
class Plan:
    """Every distinct passage of a reading, and where each line of the script is found in them."""

    passages: tuple[Passage, ...]
    parts: tuple[tuple[Part, ...], ...]  # one tuple a line of the script; most hold one part


def make_plan(
    script: Sequence[Line], *, longest: int = 0, voice: str = "", speed: float = 1.0, language: str = "en"
) -> Plan:
    """Group neighbouring lines of one voice into passages of at most `longest` characters; 0 sends every line alone.

    A line goes to its own voice, or to `voice`. The same script gives the same passages with the same names.
    """
    numbers: dict[tuple[str, tuple[str, ...]], int] = {}
    parts: list[list[Part]] = [[] for _ in script]
    for speaker, pieces in _group(script, longest, voice):
        number = numbers.setdefault((speaker, tuple(text for _, text in pieces)), len(numbers))
        for place, (line, _) in enumerate(pieces):
            parts[line].append(Part(number, place))
    passages = (
        Passage(" ".join(texts), speaker, speed, language, texts if len(texts) > 1 else (), f"narrate-{number}")
        for number, (speaker, texts) in enumerate(numbers, 1)
    )
    return Plan(tuple(passages), tuple(map(tuple, parts)))


def cut_text(text: str, longest: int) -> tuple[str, ...]:
    """Cut a text that is too long for one passage after sentences, clauses or words; 0 leaves it whole."""
    pieces = []
    while longest and not _fits((text,), longest):
        lengths = range(min(len(text), longest), 1, -1)
        room = next((length for length in lengths if _fits((text[:length],), longest)), 1)
        ends = (max((match.end() for match in cut.finditer(text, 0, room + 1)), default=0) for cut in _CUTS)
        end = next(filter(None, ends), room)
        pieces.append(text[:end].rstrip())
        text = text[end:]
    # A mark that is left over cannot be spoken.
    return tuple(piece for piece in (*pieces, text) if re.search(r"\w", piece)) or (text,)


def cut_clip(clip: Clip, passage: Passage, provider: str) -> tuple[Clip, ...]:
    """Part the sound of a passage in the silences between its lines. Raises BadReply for times that cannot be."""
    _check_clip(clip, passage, provider)
    if not passage.lines:
        return (replace(clip, starts=()),)
    samples = np.frombuffer(clip.pcm, "<i2")
    borders = [0]
    for number in range(1, len(passage.lines)):
        borders.append(_find_border(clip, samples, number, borders[-1]))
    sounds = (_faded(samples[begin:end], clip.rate) for begin, end in pairwise((*borders, samples.size)))
    words = _share_out(clip, [border / clip.rate for border in borders])
    return tuple(Clip(sound.tobytes(), clip.rate, clip.credit, own) for sound, own in zip(sounds, words, strict=True))


def _check_clip(clip: Clip, passage: Passage, provider: str) -> None:
    """Raise BadReply for sound or times that nobody can use."""
    name = repr(passage.text[:40])
    if len(clip.pcm) % 2 or clip.rate < 8000:
        raise BadReply(f"the sound of {name} is not 16-bit mono", provider=provider)
    lines, starts = len(passage.lines) or 1, clip.starts
    if len(starts) != lines and (starts or lines > 1):
        raise BadReply(f"{len(starts)} beginnings came back for the {lines} lines of {name}", provider=provider)
    if not _in_order((0.0, *starts)) or len(set(starts)) < len(starts) or (starts and not starts[-1] < clip.seconds):
        raise BadReply(f"the lines of {name} do not begin one after another inside the sound", provider=provider)
    whole = all(word.start <= word.end < math.inf for word in clip.words)
    if not whole or not _in_order([word.start for word in clip.words]):
        raise BadReply(f"the words of {name} are not spoken one after another", provider=provider)


def _in_order(times: Sequence[float]) -> bool:
    """Whether no time is before the one in front of it; nothing that is no number is in order."""
    return all(math.isfinite(time) for time in times) and all(before <= after for before, after in pairwise(times))


def _find_border(clip: Clip, samples: "NDArray[np.int16]", number: int, before: int) -> int:
    """Find the sample between two lines: the middle of the longest silence shortly before the second begins."""
    start = clip.starts[number]
    # Past the beginning of the last word: a pause in front of it may be as long as the one that is meant.
    last = max((word.start for word in clip.words if word.start < start - LATE), default=0.0)
    block = clip.rate // 100
    low = max(before, round(max(clip.starts[number - 1], last, start - REACH) * clip.rate))
    high = min(samples.size, round(min(start + LATE, *clip.starts[number + 1 : number + 2], clip.seconds) * clip.rate))
    count = (high - low) // block
    if count < 1:
        return max(before, round(start * clip.rate))
    levels = np.abs(samples[low : low + count * block].astype(np.int32)).reshape(-1, block).max(axis=1)
    quiet = levels <= max(2 * levels.min(), HUSH * np.abs(samples.astype(np.int32)).max())
    edges = np.flatnonzero(np.diff(np.concatenate(([0], quiet, [0]))))
    begins, ends = edges[::2], edges[1::2]
    longest = len(begins) - 1 - int(np.argmax((ends - begins)[::-1]))  # of equal ones the last
    return low + block * int(begins[longest] + ends[longest]) // 2


def _faded(samples: "NDArray[np.int16]", rate: int) -> "NDArray[np.int16]":
    """Fade both ends, for a voice that leaves no silence between two lines."""
    length = min(round(FADE * rate), samples.size // 2)
    gain = np.ones(samples.size, np.float32)
    gain[:length] = np.linspace(0, 1, length, dtype=np.float32)
    gain[samples.size - length :] = gain[:length][::-1]
    return (samples * gain).astype("<i2")


def _share_out(clip: Clip, borders: Sequence[float]) -> Iterator[tuple[Word, ...]]:
    """Yield the words of each line, in seconds from the border (seconds) in front of it."""
    # A line that is marked a little before its sound, or a little after, has its first word marked there as well.
    bounds = [0.0, *map(min, borders[1:], clip.starts[1:]), math.inf]
    for border, (low, high) in zip(borders, pairwise(bounds), strict=True):
        own = (word for word in clip.words if low <= max(word.start, 0) < high)
        yield tuple(Word(word.text, word.start - border, word.end - border) for word in own)


def _group(script: Sequence[Line], longest: int, voice: str) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Yield the voice and the pieces of each passage: the index of a line, and what of it is spoken."""
    speaker, pieces = "", list[tuple[int, str]]()
    for number, line in enumerate(script):
        for text in cut_text(line.spoken, longest):
            follows = longest and (line.voice or voice) == speaker
            if pieces and not (follows and _fits((*(text for _, text in pieces), text), longest)):
                yield speaker, pieces
                pieces = []
            speaker = line.voice or voice
            pieces.append((number, text))
    if pieces:
        yield speaker, pieces


def _fits(lines: Sequence[str], longest: int) -> bool:
    """Whether lines make one passage: by what is billed, and with room for markup, which vendors limit to the double."""
    text = " ".join(lines)
    return len(text) <= longest and len(html.escape(text)) + MARKUP * (len(lines) - 1) <= 2 * longest
