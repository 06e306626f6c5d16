"""Lines -> SSML, and Polly's speech marks -> when each word and line is said. Pure.

A mark names bytes of the SSML that was sent, tags and entities counted.
"""

import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from xml.sax.saxutils import escape

from generator.errors import BadReply
from generator.narrators.polly.voices import NAME
from generator.story import Clip, Word

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0


@dataclass(frozen=True, slots=True)
class Markup:
    """A passage as Polly takes it."""

    ssml: str
    starts: tuple[int, ...]  # bytes of the SSML: where each line begins
    billed: int  # characters, at most


def make_markup(lines: Sequence[str], speed: float = 1.0) -> Markup:
    """Return lines as SSML, in which whatever they say is text and nothing else."""
    rate = min(200, max(20, round(100 * speed)))
    before, after = ("<speak>", "</speak>")
    if rate != 100:
        before, after = f'{before}<prosody rate="{rate}%">', f"</prosody>{after}"
    texts = [escape(clean_line(line)) for line in lines]
    starts, at = [], len(before)
    for text in texts:
        starts.append(at)
        at += len(text.encode()) + 1
    spoken = " ".join(texts)
    return Markup(f"{before}{spoken}{after}", tuple(starts), len(spoken))


def clean_line(line: str) -> str:
    """Return a line in single spaces and without what XML cannot hold."""
    return " ".join(_ILLEGAL.sub("", line).split())


@dataclass(frozen=True, slots=True)
class Mark:
    """When something of a passage is said."""

    line: int  # index
    seconds: float
    word: str  # empty for the beginning of a sentence


def parse_marks(body: bytes, markup: Markup) -> tuple[Mark, ...]:
    """Return the marks of a passage in the order of time. Raises BadReply unless every line has its beginning."""
    marks = [_parse_mark(row, markup) for row in body.split(b"\n") if row.strip()]
    begins = [_begin(marks, line) for line in range(len(markup.starts))]
    spoken = [mark.seconds for mark in marks if mark.word]
    if any(late <= soon for soon, late in pairwise(begins)) or any(late < soon for soon, late in pairwise(spoken)):
        raise BadReply("Amazon Polly: the times of the words are out of order", provider=NAME)
    return tuple(marks)


def _parse_mark(row: bytes, markup: Markup) -> Mark:
    bad = BadReply("Amazon Polly: the times of the words cannot be read", provider=NAME)
    try:
        value = json.loads(row)
        kind, time, start, end = (value[key] for key in ("type", "time", "start", "end"))
    except (ValueError, TypeError, KeyError, RecursionError):
        raise bad from None
    sent = markup.ssml.encode()
    if kind not in ("word", "sentence") or any(type(number) is not int for number in (time, start, end)):
        raise bad
    if not (0 <= time <= 3_600_000 and 0 <= start < end <= len(sent)):
        raise bad
    # Of our own text, not of the reply: a word can be nothing that was not sent.
    word = html.unescape(sent[start:end].decode(errors="ignore")) if kind == "word" else ""
    line = sum(first <= start for first in markup.starts) - 1
    return Mark(max(0, line), time / 1000, word)


def _begin(marks: Sequence[Mark], line: int) -> float:
    """Return when a line begins: with its first word, or with its sentence where it has no words."""
    own = [mark for mark in marks if mark.line == line]
    found = next((mark for mark in own if mark.word), None) or next(iter(own), None)
    if found is None:
        raise BadReply(f"Amazon Polly: no time came for line {line + 1} of the passage", provider=NAME)
    return found.seconds


def time_clip(clip: Clip, marks: Sequence[Mark], lines: int) -> Clip:
    """Return the sound of a passage of so many lines (0 for one) with its times. Raises BadReply for times beyond the sound."""
    spoken = [mark for mark in marks if mark.word]
    begins = tuple(_begin(marks, line) for line in range(lines))
    if any(seconds >= clip.seconds for seconds in (*begins, *(mark.seconds for mark in spoken))):
        raise BadReply("Amazon Polly: the times of the words go beyond the sound", provider=NAME)
    nexts = [*(mark.seconds for mark in spoken[1:]), clip.seconds]
    words = (
        Word(mark.word, mark.seconds, min(follows, mark.seconds + _longest(mark.word)))
        for mark, follows in zip(spoken, nexts, strict=True)
    )
    return replace(clip, words=tuple(words), starts=begins)


def _longest(word: str) -> float:
    """Return how many seconds a word takes at most: Polly says when it begins, and a pause may follow."""
    return 0.3 + 0.12 * len(word)
