"""The times of a narration and everything derived from them: timing.json, captions, chapters, transcript. Pure."""

import html
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generator.story import Sentence, Word

KEYS: dict[str, type | tuple[type, ...]] = {
    "id": str,
    "scene": int,
    "start": (int, float),
    "end": (int, float),
    "text": str,
}
WORDS = "words"  # only in rows whose voice gives the times of words


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a narration; the parts follow each other without a gap."""

    title: str
    start: float  # seconds
    end: float


def render_timing(sentences: Sequence[Sentence]) -> str:
    """Write timing.json: one row a sentence, times in milliseconds' precision, words as [text, start, end]."""
    rows = (json.dumps(_make_row(row), ensure_ascii=False) for row in sentences)
    return "[\n" + ",\n".join(rows) + "\n]\n"


def parse_timing(text: str, seconds: float = math.inf) -> tuple[Sentence, ...]:
    """Read timing.json of a narration that lasts `seconds`. Raises ValueError that says what is wrong in which row."""
    try:
        rows = json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno} is no JSON: {error.msg}") from error
    if not isinstance(rows, list):
        raise ValueError("it is not a list of rows")
    sentences: list[Sentence] = []
    for number, row in enumerate(rows, 1):
        sentence = _parse_row(row, number)
        _check_times(sentence, number, sentences[-1].end if sentences else 0.0, seconds)
        sentences.append(sentence)
    return tuple(sentences)


def make_chapters(sentences: Sequence[Sentence], headings: Sequence[str], seconds: float) -> tuple[Chapter, ...]:
    """Make a chapter of each scene that is read; the spoken title opens the first, the moral closes the last."""
    starts = {sentence.scene: sentence.start for sentence in reversed(sentences) if sentence.scene}
    numbers = sorted(starts)
    bounds = [0.0, *(starts[number] for number in numbers[1:]), seconds]
    titles = [headings[number - 1] if number <= len(headings) else f"{number}" for number in numbers]
    return tuple(map(Chapter, titles, bounds, bounds[1:]))


def render_vtt(sentences: Iterable[Sentence], *, words: bool = False) -> str:
    """Write WebVTT captions; a cue bears the id of its sentence. With `words` the times of words stand in the text."""
    cues = (_cue(row.id, row.start, row.end, row.text, _find_words(row) if words else ()) for row in sentences)
    return "WEBVTT\n" + "".join(cues)


def render_chapters(chapters: Iterable[Chapter]) -> str:
    """Write WebVTT chapters."""
    cues = (_cue(f"c{n}", row.start, row.end, row.title) for n, row in enumerate(chapters, 1))
    return "WEBVTT\n" + "".join(cues)


def render_transcript(sentences: Iterable[Sentence]) -> str:
    """Write what is heard as plain text: a scene is a paragraph, and so is every line outside of the scenes."""
    text, before = "", 0
    for row in sentences:
        gap = " " if row.scene and row.scene == before else "\n\n"
        text += (gap if text else "") + " ".join(row.text.split())
        before = row.scene
    return text + "\n" if text else ""


def _make_row(sentence: Sentence) -> dict[str, object]:
    row: dict[str, object] = {
        "id": sentence.id,
        "scene": sentence.scene,
        "start": round(sentence.start, 3),
        "end": round(sentence.end, 3),
        "text": sentence.text,
    }
    if sentence.words:
        row[WORDS] = [[word.text, round(word.start, 3), round(word.end, 3)] for word in sentence.words]
    return row


def _parse_row(row: object, number: int) -> Sentence:
    if not isinstance(row, dict) or set(row) - {WORDS} != set(KEYS):
        raise ValueError(f"row {number} must have exactly: {', '.join(KEYS)} (and {WORDS} where the voice gives them)")
    for key, kind in KEYS.items():
        if not isinstance(row[key], kind) or isinstance(row[key], bool):
            raise ValueError(f"row {number}: {key!r} has the wrong kind of value: {row[key]!r:.40}")
    if row["id"] != f"s{number}":
        raise ValueError(f"row {number}: 'id' is {row['id']!r:.40}, expected 's{number}'")
    if row["scene"] < 0:
        raise ValueError(f"row {number}: 'scene' is negative")
    if not row["text"].strip():
        raise ValueError(f"row {number}: 'text' is empty")
    start, end = _seconds(row["start"], "start", number), _seconds(row["end"], "end", number)
    sentence = Sentence(row["id"], row["scene"], start, end, row["text"])
    return replace(sentence, words=_parse_words(row[WORDS], sentence, number)) if WORDS in row else sentence


def _parse_words(rows: object, sentence: Sentence, number: int) -> tuple[Word, ...]:
    if not isinstance(rows, list) or not rows:
        raise ValueError(f"row {number}: {WORDS!r} is no list of words")
    words: list[Word] = []
    for row in rows:
        if (
            not isinstance(row, list)
            or [_kind(value) for value in row] != ["text", "number", "number"]
            or not row[0].strip()
        ):
            raise ValueError(f"row {number}: a word is a text and two times, not {row!r:.40}")
        word = Word(row[0], _seconds(row[1], WORDS, number), _seconds(row[2], WORDS, number))
        if not (words[-1].end if words else sentence.start) <= word.start <= word.end <= sentence.end:
            raise ValueError(f"row {number}: the word {word.text!r:.40} is not spoken in its turn in the sentence")
        words.append(word)
    return tuple(words)


def _kind(value: object) -> str:
    numbers = isinstance(value, (int, float)) and not isinstance(value, bool)
    return "number" if numbers else "text" if isinstance(value, str) else ""


def _seconds(value: int | float | str, key: str, number: int) -> float:
    try:
        seconds = float(value)
    except OverflowError:
        seconds = math.inf
    if not math.isfinite(seconds):
        raise ValueError(f"row {number}: {key!r} is no time")
    return seconds


def _check_times(sentence: Sentence, number: int, before: float, seconds: float) -> None:
    if sentence.start < before:
        raise ValueError(f"row {number}: starts at {sentence.start} s, before the row above ends")
    if sentence.end <= sentence.start:
        raise ValueError(f"row {number}: ends at {sentence.end} s, not after its start")
    if sentence.end > seconds + 0.05:
        raise ValueError(f"row {number}: ends at {sentence.end} s, after the sound ({seconds:g} s)")


def _find_words(row: Sentence) -> Iterable[tuple[int, float]]:
    """Say where in the text of a sentence each word after the first begins, and when; one that is not there is left out."""
    text, place, time = row.text.casefold(), 0, row.start
    if len(text) != len(row.text):
        return
    for word in row.words:
        found = text.find(word.text.casefold(), place)
        if found >= 0:
            if place and round(word.start, 3) > round(time, 3):
                yield found, word.start
            place, time = found + len(word.text), max(time, word.start)


def _cue(name: str, start: float, end: float, text: str, words: Iterable[tuple[int, float]] = ()) -> str:
    parts, at = [], 0
    for place, time in words:
        parts += [html.escape(text[at:place], quote=False), f"<{_clock(time)}>"]
        at = place
    parts.append(html.escape(text[at:], quote=False))
    lines = "\n".join(" ".join(line.split()) for line in "".join(parts).splitlines() if line.strip())
    return f"\n{name}\n{_clock(start)} --> {_clock(end)}\n{lines}\n"


def _clock(seconds: float) -> str:
    minutes, milliseconds = divmod(round(seconds * 1000), 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{milliseconds // 1000:02}.{milliseconds % 1000:03}"
