"""Stories that an archive keeps for a time only: the oldest are taken down as `taleshelf remove` does it."""

from collections.abc import Iterator
from datetime import date, timedelta

from generator.archive import Archive
from generator.bundle import slot_of
from generator.config import Config
from generator.removal import remove_story
from generator.story import Slot


def find_expired(config: Config, today: date, keep: int) -> tuple[Slot, ...]:
    """Return the slots of stories of more than `keep` nights ago, oldest first. Tonight's is the first that is kept."""
    first = today - timedelta(days=keep - 1)
    slots = {slot for folder in Archive(config.content / "stories").folders() if (slot := slot_of(folder))}
    return tuple(sorted((slot for slot in slots if slot.day < first), key=str))


def expire_stories(config: Config, slots: tuple[Slot, ...], today: date) -> Iterator[Slot]:
    """Take stories down, one after the other; yield each. After a crash on the way a second run ends it."""
    for slot in slots:
        remove_story(config, slot, today)
        yield slot
