"""Read-along: mark in the HTML of a page where each sentence of its narration stands. Pure.

A sentence becomes `<span id="s12" data-t="34.52">`; where it crosses the border of another element the later pieces are
`<span data-s="s12" data-t="34.52">`. What was edited by hand since it was read is left as it is, and what follows is
found again. The visible text never changes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from itertools import groupby

from generator.site.sanitise import VOID
from generator.story import Sentence

_TAG = re.compile(r"(<[^>]*>)")  # in sanitised HTML no attribute holds ">"
_NAME = re.compile(r"<(/?)([a-z0-9]+)")
_WORD = re.compile(r"&#?\w+;|[^\W_]+")
_SPACE = re.compile(r"\s")
_ID = re.compile(r'\bid="([^"]*)"')
_SILENT = frozenset({"h2", "h3", "figcaption"})  # headings are not read aloud
_INLINE = frozenset({"a", "em", "strong", "span", "br"})


@dataclass(frozen=True, slots=True)
class Marked:
    """The parts of a page that are read aloud, as HTML."""

    title: str
    text: str
    moral: str
    question: str


_Place = tuple[int, int, int]  # of a word: the piece it stands in, its start and its end there


def mark_page(title: str, text: str, moral: str, question: str, sentences: Sequence[Sentence]) -> Marked:
    """Mark the sentences in the sanitised HTML `text` and in the plain texts around it, which are escaped."""
    scenes = [number for number, row in enumerate(sentences) if row.scene]
    first, last = (scenes[0], scenes[-1] + 1) if scenes else (len(sentences), len(sentences))
    ids = frozenset(_ID.findall(text))
    body = _mark(text, sentences[first:last], ids)
    after = _mark(f"<p>{escape(moral)}</p><p>{escape(question)}</p>", sentences[last:], ids)
    moral, question = after.removeprefix("<p>").removesuffix("</p>").split("</p><p>")
    return Marked(_mark(escape(title), sentences[:first], ids), body, moral, question)


def mark_sentences(html: str, sentences: Sequence[Sentence]) -> str:
    """Mark in sanitised HTML each sentence that stands there word for word; an id that is taken is left alone."""
    return _mark(html, sentences, frozenset(_ID.findall(html)))


def _mark(html: str, sentences: Sequence[Sentence], taken: frozenset[str]) -> str:
    pieces = _TAG.split(html)  # text at even places, tags at odd ones
    words, places = _read_words(pieces)
    marks: dict[int, list[tuple[int, str]]] = {}
    for row, first, last in _align(words, sentences):
        if row.id not in taken:
            begin = (places[first][0], places[first][1] - len(_lead(pieces, places, first)))
            end = (places[last][0], places[last][2] + len(_tail(pieces, places, last)))
            for number, place in enumerate(_ranges(pieces, begin, end)):
                name = "data-s" if number else "id"
                opening = f'<span {name}="{row.id}" data-t="{round(row.start, 3):g}">'
                for piece, offset, tag in zip(place[::2], place[1::2], (opening, "</span>"), strict=True):
                    marks.setdefault(piece, []).append((offset, tag))
    return "".join(_insert(piece, marks[number]) if number in marks else piece for number, piece in enumerate(pieces))


def _read_words(pieces: Sequence[str]) -> tuple[list[str], list[_Place]]:
    """Return all words that can be read aloud, and where they stand; there are hundreds in a story."""
    words: list[str] = []
    places: list[_Place] = []
    silent = 0
    for number, piece in enumerate(pieces):
        if number % 2:
            closing, name = _name(piece)
            silent += (-1 if closing else 1) if name in _SILENT else 0
        elif not silent:
            found = [(match[0], number, *match.span()) for match in _WORD.finditer(piece)]
            if "&" in piece:
                found = [one for one in found if one[0][0] != "&"]
            words += [one[0] for one in found]
            places += [one[1:] for one in found]
    return "\n".join(words).casefold().splitlines(), places


def _align(page: list[str], sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, int, int]]:
    """Find each sentence's first and last word; sentences that are not there whole are left out."""
    words = [[word.casefold() for word in _WORD.findall(escape(row.text)) if word[0] != "&"] for row in sentences]
    spoken = [word for row in words for word in row]
    blocks = _match(page, spoken)
    at = 0
    for row, own in zip(sentences, words, strict=True):
        shift = next((a - b for a, b, size in blocks if own and b <= at and at + len(own) <= b + size), None)
        if shift is not None:
            yield row, at + shift, at + shift + len(own) - 1
        at += len(own)


def _match(page: list[str], spoken: list[str]) -> list[tuple[int, int, int]]:
    """Return where runs of words agree; a page nobody edited agrees from its start to its end, which is quickly seen."""
    if page == spoken[: len(page)]:
        return [(0, 0, len(page))]
    return [(a, b, size) for a, b, size in SequenceMatcher(None, page, spoken, autojunk=False).get_matching_blocks()]


def _lead(pieces: Sequence[str], places: Sequence[_Place], at: int) -> str:
    """Return the marks before a word that belong to it, such as opening quotes."""
    piece, start, _ = places[at]
    inside = at > 0 and places[at - 1][0] == piece
    gap = pieces[piece][places[at - 1][2] if inside else 0 : start]
    parts = _SPACE.split(gap)
    return "" if inside and len(parts) == 1 else parts[-1]


def _tail(pieces: Sequence[str], places: Sequence[_Place], at: int) -> str:
    """Return the marks behind a word that belong to it."""
    piece, _, end = places[at]
    inside = at + 1 < len(places) and places[at + 1][0] == piece
    return _SPACE.split(pieces[piece][end : places[at + 1][1] if inside else None], maxsplit=1)[0]


def _ranges(pieces: Sequence[str], begin: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[int, int, int, int]]:
    """Cut a stretch of text into ranges that cross no border of an element: piece, offset, piece, offset."""
    if begin[0] == end[0] or _is_whole(pieces[begin[0] + 1 : end[0] : 2]):
        yield *begin, *end
        return
    for piece in range(begin[0], end[0] + 1, 2):
        start = begin[1] if piece == begin[0] else 0
        stop = end[1] if piece == end[0] else len(pieces[piece])
        if pieces[piece][start:stop].strip():
            yield piece, start, piece, stop


def _is_whole(tags: Iterable[str]) -> bool:
    """Whether tags are inline and every element that opens among them closes among them."""
    depth = 0
    for closing, name in map(_name, tags):
        depth += 0 if name in VOID else -1 if closing else 1
        if depth < 0 or name not in _INLINE:
            return False
    return depth == 0


def _name(tag: str) -> tuple[bool, str]:
    match = _NAME.match(tag)
    return (bool(match[1]), match[2]) if match else (False, "")


def _insert(piece: str, marks: list[tuple[int, str]]) -> str:
    """Put tags into a text; where one closes and another opens at the same place they keep their order."""
    at, out = 0, []
    for offset, group in groupby(marks, key=lambda mark: mark[0]):
        out += [piece[at:offset], *(tag for _, tag in group)]
        at = offset
    return "".join([*out, piece[at:]])
