"""Rhymed plots: a couplet is written `first line / second line` where a prose plot has a sentence."""

import re
from collections.abc import Iterator

from generator.reading import count_syllables

_SLOT = re.compile(r"\{[^{}]*\}")


def check_couplet(text: str) -> Iterator[str]:
    """Report a couplet that does not have two lines of much the same length, or that ends in a slot."""
    lines = [line.strip() for line in text.split(" / ")]
    if len(lines) != 2:
        yield f"{len(lines)} lines; a couplet has two, parted by ' / '"
        return
    first, second = (_syllables(line) for line in lines)
    if abs(first - second) > 3:
        yield f"lines of {first} and {second} syllables"
    if any(line.rstrip(".,;:!?…”’—").endswith("}") for line in lines):
        yield "a line that ends in a slot cannot rhyme"


def lay_out(couplets: list[str]) -> str:
    """Make one stanza of couplets: a line of text for each line of verse."""
    return "\n".join(line.strip() for couplet in couplets for line in couplet.split(" / "))


def _syllables(line: str) -> int:
    slots = len(_SLOT.findall(line))
    return 2 * slots + sum(
        count_syllables(word) for word in re.findall(r"[^\W\d_]+(?:’[^\W\d_]+)*", _SLOT.sub(" ", line))
    )
