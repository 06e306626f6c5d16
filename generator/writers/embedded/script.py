"""The script of a scene: paragraphs of moves, each move a choice between wordings, tagged by age.

    all: One evening {hero} found {a:thing}.
       | On the step stood {a:thing}.
       | {a:thing} had been left at the door.
    6+? wind: The wind tried the latch twice.
       | Somewhere a shutter knocked.

A head is `ages[?] [marks]:`; `?` makes the move an extra, marks are conditions (`!mark` for "not"). A blank line ends
a paragraph. `@name` as the only text takes a line from a bank.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from generator.errors import ConfigError
from generator.story import AgeBand

_Y, _M, _O = AgeBand.YOUNG, AgeBand.MIDDLE, AgeBand.OLDER
AGES = {"all": (_Y, _M, _O), "3-5": (_Y,), "3-8": (_Y, _M), "6-8": (_M,), "6+": (_M, _O), "9+": (_O,)}
_HEAD = re.compile(r"(all|3-5|3-8|6-8|6\+|9\+)(\??)((?:\s+!?[a-z]+)*):\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class Move:
    """One step of a scene and the ways to say it."""

    ages: tuple[AgeBand, ...]
    extra: bool
    marks: tuple[str, ...]
    options: tuple[str, ...]
    where: str  # file, part and line; also the name of its deck of wordings

    def fits(self, age: AgeBand, marks: Collection[str]) -> bool:
        """Tell whether the move belongs in a story of that age under these marks."""
        return age in self.ages and all(
            (mark[1:] not in marks) if mark[0] == "!" else mark in marks for mark in self.marks
        )

    @property
    def bank(self) -> str:
        """The name of the bank the move draws from, or nothing."""
        return self.options[0][1:] if self.options[0].startswith("@") else ""


Paragraph = tuple[Move, ...]


def parse_script(text: str, where: str) -> tuple[Paragraph, ...]:
    """Read a script. Raises ConfigError naming `where` and the line."""
    paragraphs: list[list[Move]] = [[]]
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line:
            paragraphs.append([])
        elif line.startswith("|") and paragraphs[-1]:
            paragraphs[-1][-1] = _with_option(paragraphs[-1][-1], line[1:].strip())
        elif not line.startswith("#"):
            paragraphs[-1].append(_parse_move(line, f"{where}, line {number}"))
    return tuple(tuple(moves) for moves in paragraphs if moves)


def walk(paragraphs: tuple[Paragraph, ...]) -> Iterator[Move]:
    """Give all moves in order."""
    for paragraph in paragraphs:
        yield from paragraph


def _parse_move(line: str, where: str) -> Move:
    match = _HEAD.fullmatch(line)
    if not match:
        raise ConfigError(f"{where}: {line[:50]!r} is not a move", "write it as 'all: text', '6+?: text' or '| text'")
    return Move(AGES[match[1]], bool(match[2]), tuple(match[3].split()), (match[4],), where)


def _with_option(move: Move, text: str) -> Move:
    return Move(move.ages, move.extra, move.marks, (*move.options, text), move.where)
