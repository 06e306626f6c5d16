"""Texture shared by all plots: kinds of place, bodies, temperaments, and lines for weather, traits, wishes and closes."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from generator.errors import ConfigError
from generator.story import Genre, TimeOfDay, Weather
from generator.writers.embedded.grammar import check_template
from generator.writers.embedded.script import Move, Paragraph, parse_script, walk
from generator.writers.embedded.words import FURNITURE, KNOWN

FOLDER = Path(__file__).parent / "banks"
BANKS = frozenset({"weather", "place", "trait", "wish_open", "wish_close", "idea", "calm", "settle", "travel"})
FAMILIES = {
    "bold": "rash",
    "stubborn": "rash",
    "merry": "rash",
    "curious": "careful",
    "shy": "careful",
    "kind": "careful",
}
PLACE_MARKS = frozenset({"indoors", "outdoors", "water", "underwater", "sky", "dark", "cold", "high", "people"})
MARKS = (
    PLACE_MARKS
    | frozenset(FAMILIES)
    | frozenset(FAMILIES.values())
    | frozenset(str(value) for group in (Genre, TimeOfDay, Weather) for value in group)
    | frozenset({"idea", "clause", "extra", "child"})
)
_IDEA_KEYS = frozenset({"idea.clause", "idea.extra", "idea.quote", "theme"})


@dataclass(frozen=True, slots=True)
class Ground:
    """A kind of place: what it is like when the card of the place says no more."""

    kind: str
    name: str
    at: str
    look: str
    marks: frozenset[str]
    furniture: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Texture:
    """All banks."""

    grounds: Mapping[str, Ground]
    bodies: Mapping[str, Mapping[str, str]]
    families: Mapping[str, tuple[str, ...]]  # family -> traits
    wishes: tuple[str, ...]
    names: tuple[str, ...]
    lines: Mapping[str, tuple[Move, ...]]
    interludes: tuple[tuple[Paragraph, ...], ...]

    def family(self, trait: str) -> str:
        """Give the family of a trait; a trait nobody foresaw counts as curious."""
        return next((family for family, traits in self.families.items() if trait.lower() in traits), "curious")

    def body(self, kind: str) -> Mapping[str, str]:
        """Give the words for the body of a kind of creature."""
        return self.bodies.get(kind.lower().split(" ")[-1], self.bodies["default"])

    def ground(self, kind: str) -> Ground:
        """Give a kind of place; an unknown one is taken for a village."""
        return self.grounds.get(kind, self.grounds["village"])


@cache
def load_texture(folder: Path = FOLDER) -> Texture:
    """Read and check the banks. Raises ConfigError with all findings."""
    data = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))}
    lines = {name: tuple(walk(parse_script(text, f"lines.toml, {name}"))) for name, text in data["lines"].items()}
    scripts = [
        parse_script(entry["text"], f"interludes.toml, {number}")
        for number, entry in enumerate(data["interludes"]["interlude"], 1)
    ]
    moves = [move for group in lines.values() for move in group] + [move for script in scripts for move in walk(script)]
    if findings := [*_check_moves(moves), *sorted(f"no bank {name}" for name in BANKS - {"travel"} - lines.keys())]:
        raise ConfigError("banks are wrong:\n" + "\n".join(findings), "See plots/AUTHORS.md")
    return Texture(
        grounds={kind: _parse_ground(kind, ground) for kind, ground in data["grounds"].items()},
        bodies=_parse_bodies(data["characters"]["bodies"]),
        families={family: tuple(traits) for family, traits in data["characters"]["families"].items()},
        wishes=tuple(data["characters"]["wishes"]),
        names=tuple(data["characters"]["names"]),
        lines=lines,
        interludes=tuple(scripts),
    )


def _parse_ground(kind: str, data: Mapping[str, Any]) -> Ground:
    marks = frozenset(data["marks"])
    missing = [key for key in FURNITURE if not data.get(key)]
    if missing or marks - PLACE_MARKS:
        raise ConfigError(f"grounds.toml, {kind}: missing {missing}, unknown marks {sorted(marks - PLACE_MARKS)}")
    furniture = {key: tuple([data[key]] if isinstance(data[key], str) else data[key]) for key in FURNITURE}
    return Ground(kind, data["name"], data["at"], data["look"], marks, furniture)


def _parse_bodies(data: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Read `"owl, crow" = "wing wings beak fluttered flutter"`."""
    keys = ("paw", "paws", "nose", "went", "go")
    return {
        kind.strip(): dict(zip(keys, body.split(), strict=True))
        for kinds, body in data.items()
        for kind in kinds.split(",")
    }


def _check_moves(moves: list[Move]) -> Iterator[str]:
    for move in moves:
        if bad := sorted({mark.lstrip("!") for mark in move.marks} - MARKS):
            yield f"{move.where}: unknown marks {bad}"
        for text in move.options:
            yield from (
                f"{move.where}: {text[:50]!r}: {finding}" for finding in check_template(text, KNOWN | _IDEA_KEYS)
            )
