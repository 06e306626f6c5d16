"""Take a story down: its folder with all media goes, a tombstone stays."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.archive import Archive, read_page
from generator.config import Config
from generator.durable import explained, make_folder, sync_folder, write_durably
from generator.errors import ArchiveError, ConfigError
from generator.lock import locked
from generator.story import Slot
from generator.tombstones import Tombstone, path_of, render_tombstone

HINT = "Free some space or make the archive writable, and run it again."


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken down."""

    slot: Slot
    folders: tuple[Path, ...]  # where it was, relative to the archive; nothing when it was down before


def remove_story(config: Config, slot: Slot, today: date) -> Removed:
    """Take the story of a slot down, and whatever was begun of it. Raises ConfigError when there is none.

    The tombstone comes first: after a crash on the way the night is not told again, and a second run ends it.
    """
    archive, stone = Archive(config.content / "stories"), path_of(config.content, slot)
    with locked(config.state), explained(f"{slot} was not taken down", HINT, stone):
        folders = archive.find_all(slot)
        if not folders and not stone.exists():
            raise ConfigError(f"there is no story of {slot}", "taleshelf status lists the slots.")
        if not stone.exists():
            _lay_tombstone(stone, Tombstone(slot, _find_guid(folders), today))
        for folder in folders:
            _take_away(folder, config.state / "staging" / folder.name)
        shutil.rmtree(config.state / "slots" / str(slot), ignore_errors=True)
        return Removed(slot, tuple(folder.relative_to(config.root) for folder in folders))


def skip_slot(config: Config, slot: Slot, today: date) -> None:
    """Leave a tombstone for a slot that never had a story here, and forget whatever was begun of it."""
    stone = path_of(config.content, slot)
    with locked(config.state), explained(f"{slot} was not skipped", HINT, stone):
        _lay_tombstone(stone, Tombstone(slot, "", today))
        shutil.rmtree(config.state / "slots" / str(slot), ignore_errors=True)


def _lay_tombstone(path: Path, stone: Tombstone) -> None:
    """Write a tombstone. Raises OSError."""
    make_folder(path.parent)
    write_durably(path, render_tombstone(stone).encode())


def _find_guid(folders: tuple[Path, ...]) -> str:
    for folder in folders:
        try:
            return read_page(folder).guid
        except ArchiveError:  # it may be for that that it is taken down
            continue
    return ""


def _take_away(folder: Path, aside: Path) -> None:
    """Remove a folder so that it is whole or gone. Raises OSError."""
    shutil.rmtree(aside, ignore_errors=True)
    aside.parent.mkdir(parents=True, exist_ok=True)
    folder.rename(aside)
    sync_folder(folder.parent)
    shutil.rmtree(aside)


def parse_slot(text: str) -> Slot:
    """Read a slot as an owner types it. Raises ConfigError."""
    try:
        return Slot.parse(text)
    except ValueError:
        raise ConfigError(
            f"{text!r} is no slot", "Write it as status shows it, for example 2026-11-21 or 2026-11-21-x-1a2b3c4d."
        ) from None


def render_removed(removed: Removed, commits: int) -> Iterator[str]:
    """Yield what was taken down, what is left to do, and what stays in the history of git, line by line."""
    if not removed.folders:
        yield f"{removed.slot}: was taken down before, nothing to do"
        return
    places = [folder.as_posix() for folder in removed.folders]
    yield f"{removed.slot}: taken down: {', '.join(places)}"
    yield "Readers lose it with: taleshelf commit, taleshelf build, and publishing the site again."
    if commits:
        held = f"{commits} {'commit' if commits == 1 else 'commits'}"
        yield f"Its words and pictures stay in {held} of the history. To purge them, in a fresh clone after that:"
        yield f"git filter-repo --invert-paths {' '.join(f'--path {place}' for place in places)}"
        yield "and then git push --force; docs/publishing.md says what else holds a copy."
