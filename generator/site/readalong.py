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
from typing import NamedTuple

from generator.site.sanitise import VOID
from generator.story import Sentence

_TAG = re.compile(r"(<[^>]*>)")  # in sanitised HTML no attribute holds ">"
_NAME = re.compile(r"<(/?)([a-z0-9]+)")
_WORD = re.compile(r"&#?\w+;|[^\W_]+")
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


class _Token(NamedTuple):  # there are hundreds in a story
    word: str
    piece: int
    start: int
    end: int


def mark_page(title: str, text: str, moral: str, question: str, sentences: Sequence[Sentence]) -> Marked:
    """Mark the sentences in the sanitised HTML `text` and in the plain texts around it, which are escaped."""
    scenes = [number for number, row in enumerate(sentences) if row.scene]
    first, last = (scenes[0], scenes[-1] + 1) if scenes else (len(sentences), len(sentences))
    body = mark_sentences(text, sentences[first:last])
    after = mark_sentences(f"<p>{escape(moral)}</p><p>{escape(question)}</p>", sentences[last:], _find_ids(text))
    moral, question = after.removeprefix("<p>").removesuffix("</p>").split("</p><p>")
    return Marked(mark_sentences(escape(title), sentences[:first], _find_ids(text)), body, moral, question)


def mark_sentences(html: str, sentences: Sequence[Sentence], taken: frozenset[str] = frozenset()) -> str:
    """Mark in sanitised HTML each sentence that stands there word for word; an id that is taken is left alone."""
    taken |= _find_ids(html)
    pieces = _TAG.split(html)  # text at even places, tags at odd ones
    tokens = list(_read_tokens(pieces))
    marks: dict[int, list[tuple[int, str]]] = {}
    for row, first, last in _align(tokens, sentences):
        if row.id not in taken:
            begin = tokens[first].start - len(_lead(pieces, tokens, first))
            end = tokens[last].end + len(_tail(pieces, tokens, last))
            for number, place in enumerate(_ranges(pieces, (tokens[first].piece, begin), (tokens[last].piece, end))):
                name = "data-s" if number else "id"
                opening = f'<span {name}="{row.id}" data-t="{round(row.start, 3):g}">'
                for piece, offset, tag in zip(place[::2], place[1::2], (opening, "</span>"), strict=True):
                    marks.setdefault(piece, []).append((offset, tag))
    return "".join(_insert(piece, marks.get(number, [])) for number, piece in enumerate(pieces))


def _find_ids(html: str) -> frozenset[str]:
    return frozenset(_ID.findall(html))


def _read_tokens(pieces: Sequence[str]) -> Iterator[_Token]:
    silent = 0
    for number, piece in enumerate(pieces):
        if number % 2:
            closing, name = _name(piece)
            silent += (-1 if closing else 1) if name in _SILENT else 0
        elif not silent:
            for match in _WORD.finditer(piece):
                word = match[0]
                if word[0] != "&":
                    yield _Token(word.casefold(), number, match.start(), match.end())


def _align(tokens: Sequence[_Token], sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, int, int]]:
    """Find each sentence's first and last token; sentences that are not there whole are left out."""
    page = [token.word for token in tokens]
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


def _lead(pieces: Sequence[str], tokens: Sequence[_Token], at: int) -> str:
    """Return the marks before a token that belong to it, such as opening quotes."""
    token = tokens[at]
    inside = at > 0 and tokens[at - 1].piece == token.piece
    gap = pieces[token.piece][tokens[at - 1].end if inside else 0 : token.start]
    parts = re.split(r"\s", gap)
    return "" if inside and len(parts) == 1 else parts[-1]


def _tail(pieces: Sequence[str], tokens: Sequence[_Token], at: int) -> str:
    """Return the marks behind a token that belong to it."""
    token = tokens[at]
    inside = at + 1 < len(tokens) and tokens[at + 1].piece == token.piece
    gap = pieces[token.piece][token.end : tokens[at + 1].start if inside else None]
    return re.split(r"\s", gap, maxsplit=1)[0]


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
