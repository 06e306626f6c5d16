"""The record of a run, as values: what each command said and how it ended."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.values import from_json

MOST_LINES, LONGEST = 60, 600  # lines that are kept of what a command said, and characters of each


@dataclass(frozen=True, slots=True)
class Entry:
    """A command of a run."""

    command: str  # "tonight", "publish s3"
    begun: str  # "2026-11-21T02:13:07.250+00:00"
    seconds: float = 0.0
    status: int | None = None  # how it ended; None for one that has not
    slots: tuple[str, ...] = ()  # stories it told, completed or found told
    out: tuple[str, ...] = ()  # what it said
    err: tuple[str, ...] = ()  # what it remarked


def parse_journal(texts: Iterable[str]) -> tuple[Entry, ...]:
    """Return the commands of a run in their order, from one or several records; a line that cannot be read is left out."""
    entries: dict[tuple[str, str], Entry] = {}
    for text in texts:
        for entry in _parse_lines(text):
            key = (entry.begun, entry.command)
            if key not in entries or entry.status is not None:
                entries[key] = entry
    return tuple(sorted(entries.values(), key=lambda entry: entry.begun))


def find_failure(entries: Iterable[Entry]) -> Entry | None:
    """Return the first command that failed; one that left something pending did not, and one that did not end may be at work."""
    return next((entry for entry in entries if entry.status not in (None, 0, 3)), None)


def _parse_lines(text: str) -> Iterator[Entry]:
    for line in text.split("\n"):
        try:
            yield from_json(Entry, json.loads(line))
        except (ValueError, RecursionError):
            continue
