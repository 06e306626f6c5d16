"""The note a publication leaves beside the site: under which rules it was sent, and what CloudFront has yet to forget. Pure.

It is written before the first change and again after the last one, so that a run after one that was cut off knows what
edges may still remember, although the files no longer tell. It also says that the place is ours.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

KEY = ".taleshelf/publish.json"
ALL = "*"  # under the base of the site: everything


@dataclass(frozen=True, slots=True)
class Note:
    """What the last publication says."""

    rules: str = ""  # digest of the headers its files were sent with
    stale: frozenset[str] = frozenset()  # addresses


def render_note(note: Note) -> bytes:
    """Write a note."""
    return (json.dumps({"rules": note.rules, "stale": sorted(note.stale)}, indent=1) + "\n").encode()


def parse_note(data: bytes, base: str) -> Note:
    """Read a note; of one that cannot be read it is known that anything may be stale, and nothing of how it was sent."""
    try:
        match json.loads(data):
            case {"rules": str(rules), "stale": list(stale)} if _are_addresses(stale):
                return Note(rules, frozenset(stale))
    except ValueError:
        pass
    return Note("", frozenset((base + ALL,)))


def _are_addresses(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) and value.startswith("/") and value.isascii() for value in values)
