"""What a build keeps for the next one, in a folder that a CI cache may carry from machine to machine.

    state.json           keys of all pages, fingerprints of all files, who links to whom
    records/2026.json    what listings know of the stories of a year; on a second line the rest of their pages
    texts/2026.json      their words, for the search index
    times.json           when the folders and pages of the site were last changed

Nothing in it is trusted: what cannot be read, or is not of the same build as the site, counts as not there.
"""

import hashlib
import json
from dataclasses import astuple, dataclass, field, fields
from pathlib import Path
from typing import Any, NamedTuple

from generator.site.records import Unread, make_rows, parse_row
from generator.site.story_page import StoryPage
from generator.site.survey import Survey
from generator.site.times import Times

STAMP = ".taleshelf"  # a file in the site that says which build it is


@dataclass(slots=True)
class State:
    """Everything the next build compares itself with."""

    settings: str = ""  # digest of settings, templates and program
    navigation: str = ""  # digest of what stands in the header of every page
    loose: dict[str, str] = field(default_factory=dict)  # file outside of the bundles -> fingerprint
    pages: dict[str, str] = field(default_factory=dict)  # page -> key
    asked: dict[str, dict[str, bool]] = field(default_factory=dict)  # page -> what it links to, and whether it is there
    anchors: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # page -> page -> anchors it links to
    ids: dict[str, list[str]] = field(default_factory=dict)  # page that is linked to by anchor -> the anchors it has
    parts: dict[str, str] = field(default_factory=dict)  # part of the search index -> key
    records: dict[str, str] = field(default_factory=dict)  # year -> digest of its records
    feeds: dict[str, str] = field(default_factory=dict)  # file of a feed -> key


@dataclass(frozen=True, slots=True)
class Last:
    """The last build: the stamp of its site, its state, and what lay in the site."""

    stamp: str
    state: State
    survey: Survey


class Kept(NamedTuple):
    """A story as it was when it was last read."""

    name: str  # its fingerprint
    story: StoryPage


def read_state(cache: Path) -> Last | None:
    """Read what the last build kept; None when there is nothing that can be used."""
    try:
        head, data = (cache / "state.json").read_bytes().split(b"\n", 1)
        stamp, *figures = json.loads(head)
        last = Last(stamp, State(**json.loads(data)), Survey(*figures)) if stamp == _hash(data) else None
    except (OSError, ValueError, TypeError):
        return None
    return last


def render_state(state: State) -> tuple[str, bytes]:
    """Return a stamp that names this state and no other, and the bytes it is kept as."""
    data = _dump({one.name: getattr(state, one.name) for one in fields(state)})
    return _hash(data), data


def write_state(cache: Path, rendered: tuple[str, bytes], survey: Survey) -> None:
    """Write what the next build needs, in one step."""
    stamp, data = rendered
    _write(cache / "state.json", _dump([stamp, *astuple(survey)]) + b"\n" + data)


def read_times(cache: Path, stamp: str) -> Times:
    """Read the times of the site with that stamp; none when they are not there."""
    try:
        head, data = (cache / "times.json").read_bytes().split(b"\n", 1)
        return dict(json.loads(data)) if head == stamp.encode() else {}
    except (OSError, ValueError, TypeError):
        return {}


def write_times(cache: Path, stamp: str, times: Times) -> None:
    """Write the times of the site with that stamp."""
    _write(cache / "times.json", stamp.encode() + b"\n" + _dump(times, in_order=False))


def write_records(cache: Path, year: str, records: dict[str, Kept]) -> str:
    """Write the records of a year, by the folder of the story, and return their digest."""
    rows, others = {}, {}
    for folder, kept in records.items():
        row, others[folder] = make_rows(kept.story)
        rows[folder] = [*row, kept.story.mark, kept.name]
    data = _dump(rows) + b"\n" + _dump(others)
    _write(cache / "records" / f"{year}.json", data)
    return _hash(data)


def read_records(cache: Path, year: str, digest: str) -> dict[str, Kept] | None:
    """Read the records of a year; None when they are not those with that digest."""
    try:
        data = (cache / "records" / f"{year}.json").read_bytes()
    except OSError:
        return None
    if _hash(data) != digest:
        return None
    first, _, second = data.partition(b"\n")
    rows: dict[str, list[Any]] = json.loads(first)
    others = Unread(second)
    return {folder: Kept(row[-1], parse_row(folder, row[-2], row, others)) for folder, row in rows.items()}


def write_texts(cache: Path, year: str, texts: dict[str, tuple[str, str]]) -> None:
    """Write the words of the stories of a year: folder -> fingerprint and text."""
    _write(cache / "texts" / f"{year}.json", _dump(dict(sorted(texts.items()))))


def read_texts(cache: Path, year: str) -> dict[str, tuple[str, str]]:
    """Read the words of the stories of a year; none when they are not there."""
    try:
        values = json.loads((cache / "texts" / f"{year}.json").read_bytes())
        return {folder: (name, text) for folder, (name, text) in values.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def forget_years(cache: Path, years: set[str]) -> None:
    """Remove the files of years that have no story any more."""
    for kind in ("records", "texts"):
        for path in (cache / kind).glob("*.json"):
            if path.stem not in years:
                path.unlink()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    new.write_bytes(data)
    new.replace(path)


def _hash(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _dump(values: object, *, in_order: bool = True) -> bytes:
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=in_order)
    return text.encode("utf-8", "surrogatepass")
