"""Stories that were taken down: a small file for each, so that their nights are not told again.

content/tombstones/<slot>.md says which slot it was, the guid that feeds knew it by, and the day; nothing of the story.
Deleting the file gives the night back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.findings import Finding
from generator.markdown import render_front_matter, split_front_matter
from generator.story import Slot

FOLDER = "tombstones"  # under content/
WORDS = "The story of this night was taken down. Delete this file to have the night told again."


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is remembered of a story that was taken down."""

    slot: Slot
    guid: str  # empty when its page could not be read
    removed: date


def path_of(content: Path, slot: Slot) -> Path:
    """Return where the tombstone of a slot stands."""
    return content / FOLDER / f"{slot}.md"


def find_removed(content: Path) -> frozenset[Slot]:
    """Return the slots whose stories were taken down. The names of the files say it, whatever is in them."""
    return frozenset(slot for path in (content / FOLDER).glob("*.md") if (slot := slot_of_name(path.name)))


def slot_of_name(name: str) -> Slot | None:
    """Return the slot that a file of the folder is named after."""
    try:
        return Slot.parse(name.removesuffix(".md"))
    except ValueError:
        return None


def render_tombstone(stone: Tombstone) -> str:
    """Return the text of the file."""
    front = render_front_matter({"slot": str(stone.slot), "guid": stone.guid, "removed": str(stone.removed)})
    return f"{front}\n{WORDS}\n"


def parse_tombstone(text: str) -> Tombstone:
    """Read the text of the file. Raises ValueError."""
    values, _ = split_front_matter(text)
    guid = str(values.get("guid") or "")
    if not re.fullmatch(r"[\w.:@/-]{0,200}", guid):
        raise ValueError(f"guid: {guid!r} is none")
    return Tombstone(Slot.parse(str(values.get("slot", ""))), guid, date.fromisoformat(str(values.get("removed", ""))))


def check_tombstones(content: Path, told: frozenset[Slot]) -> Iterator[Finding]:
    """Yield what is wrong with the tombstones; `told` are the slots that have a story."""
    for path in sorted((content / FOLDER).glob("*")):
        place, slot = f"{content.name}/{FOLDER}/{path.name}", slot_of_name(path.name)
        if not slot or path.suffix != ".md" or not path.is_file():
            yield Finding(place, "stranger", "this is no tombstone")
            continue
        try:
            stone = parse_tombstone(path.read_text(encoding="utf-8"))
        except (ValueError, OSError) as error:
            yield Finding(place, "unreadable", str(error))
            continue
        if stone.slot != slot:
            yield Finding(place, "slot", f"it says {stone.slot}")
        if slot in told:
            yield Finding(place, "removed", f"the story is still there; `taleshelf remove {slot}` takes it down")
