"""Pieces of background for a brief: which paragraphs of content/lore say something about what the story will be about.

A piece is plain text of at most PIECE characters. The pieces are weighed by the words they share with the idea, the place
and the cast: a word that few pieces have says more than one that many have, and the tenth time it comes says little.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.errors import ConfigError
from generator.judging.quality import COMMON
from generator.markdown import plain_text, split_front_matter
from generator.sound.sentences import split_sentences
from generator.story import Brief

PIECE = 600  # characters
PIECES = 5
NEAR = 0.3  # of the best score: a piece with less has a word in common and no more
SATURATION, SHORTNESS = 1.4, 0.6  # how soon repeated words stop counting, and how much long pieces are held back

_WORD = re.compile(r"[^\W\d_]{3,}")


def read_lore(folder: Path) -> tuple[str, ...]:
    """Read the pieces of all pages in a folder, in the order of their names. Raises ConfigError that names the page."""
    pieces: list[str] = []
    for path in sorted(folder.glob("*.md")):
        if path.stem == "index":
            continue
        try:
            pieces += parse_lore(path.read_text(encoding="utf-8"))
        except (ValueError, OSError) as error:
            raise ConfigError(
                f"content/lore/{path.name}: {error}", "Edit the file, or compare it with another page of the folder."
            ) from None
    return tuple(pieces)


def parse_lore(text: str) -> tuple[str, ...]:
    """Cut a page into pieces at the ends of paragraphs, and of sentences where a paragraph is too long."""
    values, body = split_front_matter(text)
    title = plain_text(str(values.get("title") or ""))
    begin = f"{title}: " if title else ""
    pieces: list[str] = []
    for paragraph in re.split(r"\n[ \t]*\n", body):
        words = "" if paragraph.lstrip().startswith(("#", "!")) else " ".join(plain_text(paragraph).split())
        pieces += (begin + piece for piece in _cut(words, PIECE - len(begin)))
    return tuple(pieces)


def choose_lore(pieces: Sequence[str], brief: Brief) -> tuple[str, ...]:
    """Return the pieces that say most about the brief, the best first; the same brief always gets the same."""
    wanted = _query(brief)
    counts = [Counter(_stems(piece)) for piece in pieces]
    spread = Counter(word for count in counts for word in count)
    usual = sum(map(Counter.total, counts)) / len(counts) if counts else 0.0

    def score(count: Counter[str]) -> float:
        damp = SATURATION * (1 - SHORTNESS + SHORTNESS * count.total() / usual)
        return sum(
            weight
            * math.log(1 + (len(pieces) + 0.5) / (spread[word] + 0.5))
            * count[word]
            * (SATURATION + 1)
            / (count[word] + damp)
            for word, weight in wanted.items()
            if word in count
        )

    ranked = sorted((-score(count), number) for number, count in enumerate(counts) if wanted.keys() & count.keys())
    return tuple(pieces[number] for points, number in ranked[:PIECES] if points <= NEAR * ranked[0][0])


def _query(brief: Brief) -> Mapping[str, float]:
    """Return the words of a brief with their weight: an idea says more than a place, a place more than the cast."""
    place, cast = brief.place, (brief.hero, brief.helper)
    fields = (
        (4.0, brief.idea),
        (2.0, f"{place.name} {place.kind}"),
        (0.5, " ".join(place.details)),
        (1.5, " ".join(f"{who.name} {who.kind}" for who in cast)),
        (0.3, " ".join(wish for who in cast for wish in who.wishes)),
    )
    weights: dict[str, float] = {}
    for weight, text in fields:
        for word in _stems(text):
            weights[word] = max(weight, weights.get(word, 0.0))
    return weights


def _stems(text: str) -> list[str]:
    return [word.removesuffix("s") for word in _WORD.findall(text.lower()) if word not in COMMON]


def _cut(text: str, most: int) -> list[str]:
    pieces: list[str] = []
    for sentence in split_sentences(text) if text else ():
        short = sentence[:most]
        if pieces and len(pieces[-1]) + 1 + len(short) <= most:
            pieces[-1] += f" {short}"
        else:
            pieces.append(short)
    return pieces
