"""Parts of a paragraph, each with who says it -> the paragraph as it is printed, and where in it somebody speaks. Pure.

A model names the speaker of every part; the quotation marks are ours. A part that comes with marks of its own is not
marked twice.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.markdown import clean_text
from generator.story import Speech

NARRATOR = "narrator"
_DOUBLE = re.compile(r"[\"“”„«»]")
_QUOTED = re.compile(r"“[^“”]+”")
_FOREIGN = tuple(re.compile(rf"{a}\s*([^{a}{b}]{{1,2000}}?)\s*[{b}]") for a, b in (("«", "»"), ("»", "«"), ("„", "“”")))
_CLOSING = re.compile(r"[,.;:!?…)”—]|’s\b")  # stands close to the word before
_OPENS = re.compile(r"[(“‘—\n]$")  # the next word stands close to it


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a paragraph and who says them: NARRATOR, the key of a card, or the name of anybody else."""

    speaker: str
    text: str


def join_parts(parts: Sequence[Part], number: int, keys: Iterable[str]) -> tuple[str, tuple[Speech, ...]]:
    """Return paragraph `number` of a scene and the speeches in it of those who have a card.

    A speech runs from its opening to its closing quotation mark, both included.
    """
    known = frozenset(keys)
    paragraph, speeches = "", list[Speech]()
    for part, text in zip(parts, _clean_parts(parts), strict=True):
        body, spoken = (text.strip(), ()) if part.speaker == NARRATOR else _quote(text.strip())
        if not body:
            continue
        paragraph += _gap(paragraph, body, text)
        if part.speaker in known:
            at = len(paragraph)
            speeches += (Speech(number, at + start, at + end, part.speaker) for start, end in spoken)
        paragraph += body + ("\n" if text.endswith("\n") else "")
    return paragraph.rstrip("\n"), tuple(speeches)


def typographic(text: str) -> str:
    """Return the text with curly quotation marks and apostrophes and with one sign for an ellipsis."""
    text = text.replace("...", "…").replace("--", "—")
    for pair in _FOREIGN:
        text = pair.sub(r"“\1”", text)
    text = re.sub(r"(?<![^\s(\[—–‘'])\"", "“", text).replace('"', "”")
    text = re.sub(r"(?<=\w)['´`](?=\w)|['`](?=(?:t(?:is|was|il)|em)\b)", "’", text, flags=re.IGNORECASE)
    text = re.sub(r"(?<![^\s(\[—–“])['`](?=\w)", "‘", text)
    return re.sub(r"['´`]", "’", text)


def _clean_parts(parts: Sequence[Part]) -> list[str]:
    """Clean each part; a line break at its edge stays, a mark that belongs to the neighbour's speech goes."""
    texts = [_clean(part.text) for part in parts]
    for at, (one, other) in enumerate(pairwise(parts)):
        if one.speaker == NARRATOR != other.speaker and _is_lone(texts[at], texts[at].rstrip()[-1:]):
            texts[at] = texts[at].rstrip()[:-1]
        if one.speaker != NARRATOR == other.speaker and _is_lone(texts[at + 1], texts[at + 1].lstrip()[:1]):
            texts[at + 1] = texts[at + 1].lstrip()[1:]
    return [typographic(text) for text in texts]


def _clean(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    head, tail = ("\n" if re.match(r"[ \t]*\n", text) else ""), ("\n" if re.search(r"\n[ \t]*$", text) else "")
    body = clean_text(text)
    return f"{head}{body}{tail}" if body else ""


def _is_lone(text: str, mark: str) -> bool:
    return bool(_DOUBLE.fullmatch(mark)) and len(_DOUBLE.findall(text)) % 2 == 1


def _quote(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Put a speech in quotation marks unless it has its own; give the ranges that are said."""
    found = tuple(match.span() for match in _QUOTED.finditer(text))
    if found and len(_DOUBLE.findall(text)) == 2 * len(found):
        return text, found
    bare = _DOUBLE.sub("", text).strip()
    return (f"“{bare}”", ((0, len(bare) + 2),)) if bare else ("", ())


def _gap(before: str, body: str, text: str) -> str:
    if not before or before.endswith("\n"):
        return ""
    if text.startswith("\n"):
        return "\n"
    return "" if _CLOSING.match(body) or _OPENS.search(before) else " "
