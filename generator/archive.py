"""Find and read the bundles of an archive. The folders are the only index there is."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.bundle import FOLDER, MADE, PAGE, slot_of
from generator.errors import ArchiveError
from generator.page import Page, parse_page
from generator.story import Past, Slot, Turns
from generator.tombstones import find_removed


@dataclass(frozen=True, slots=True)
class Archive:
    """The stories under one folder (content/stories)."""

    stories: Path

    def folders(self) -> tuple[Path, ...]:
        """Return the folders of all stories, newest first; extras of a day come before the night's own story."""
        found = [(slot_of(folder), folder) for folder in self.stories.glob("[0-9]*/[0-9]*/[0-9]*") if folder.is_dir()]
        dated = [(slot.day, slot.extra, folder) for slot, folder in found if slot]
        return tuple(folder for _, _, folder in sorted(dated, reverse=True))

    def find(self, slot: Slot) -> Path | None:
        """Return the folder of a slot's story, or None while it is untold."""
        return next(iter(self.find_all(slot)), None)

    def find_all(self, slot: Slot) -> tuple[Path, ...]:
        """Return all folders of a slot's story; more than one is a fault that `taleshelf check` reports."""
        month = self.stories / f"{slot.day:%Y}" / f"{slot.day:%m}"
        return tuple(folder for folder in sorted(month.glob(f"{slot.day:%d}-*")) if slot_of(folder) == slot)

    def month(self, day: date) -> tuple[Path, ...]:
        """Return the folders of the stories of that day's month."""
        return tuple(folder for folder in (self.stories / f"{day:%Y}" / f"{day:%m}").glob("*") if slot_of(folder))

    def told_nights(self) -> frozenset[date]:
        """Return the nights that have their story; extras do not count."""
        slots = (slot_of(folder) for folder in self.folders())
        return frozenset(slot.day for slot in slots if slot and not slot.extra)

    def removed(self) -> frozenset[Slot]:
        """Return the slots whose stories were taken down; they are not told again."""
        return find_removed(self.stories.parent)

    def past_nights(self) -> frozenset[date]:
        """Return the nights on which nothing is due any more: told, or told and taken down."""
        return self.told_nights() | {slot.day for slot in self.removed() if not slot.extra}

    def titles(self) -> frozenset[str]:
        """Return the slugs of all titles."""
        return frozenset(match["slug"] for folder in self.folders() if (match := FOLDER.fullmatch(folder.name)))

    def past(self, limit: int) -> tuple[Past, ...]:
        """Return what a writer should know of the latest stories, newest first."""
        return tuple(read_past(folder) for folder in self.folders()[:limit])

    def pages(self) -> Iterator[tuple[Path, Page]]:
        """Read every story's page, newest first."""
        for folder in self.folders():
            yield folder, read_page(folder)


def read_page(folder: Path) -> Page:
    """Read the page of a bundle. Raises ArchiveError that names the file and what to mend."""
    path = folder / PAGE
    try:
        return parse_page(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ArchiveError(
            f"{folder.name}: {PAGE} is missing", "Restore it from git, or remove the folder.", path=path
        ) from None
    except (ValueError, OSError) as error:
        where = "/".join(path.parts[-5:])
        raise ArchiveError(
            f"{where}: {error}", "Mend the lines between the two '---', or restore the file from git.", path=path
        ) from None


def read_made(folder: Path) -> dict[str, object]:
    """Read story.json of a bundle. Raises ArchiveError."""
    path = folder / MADE
    try:
        made = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ArchiveError(f"{folder.name}/{MADE}: {error}", "Restore the file from git.", path=path) from None
    if not isinstance(made, dict):
        raise ArchiveError(f"{folder.name}/{MADE}: not a JSON object", "Restore the file from git.", path=path)
    return made


def read_past(folder: Path) -> Past:
    """Read what later stories should know of this one."""
    page, made = read_page(folder), read_made(folder)
    brief, turns, telling = (made.get(key) for key in ("brief", "turns", "telling"))
    asked = brief if isinstance(brief, dict) else {}
    served = turns if isinstance(turns, dict) else {}
    return Past(
        slot=page.slot,
        title=page.title,
        hero=str(asked.get("hero", "")),
        helper=str(asked.get("helper", "")),
        place=str(asked.get("place", "")),
        plot=str(made.get("plot", "")),
        telling=telling if isinstance(telling, int) else 0,
        opening=page.opening,
        turns=Turns(*(_keys(served.get(role)) for role in ("heroes", "helpers", "places"))),
    )


def _keys(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
