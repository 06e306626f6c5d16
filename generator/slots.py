"""Which stories are due: plain dates in, slots out."""

import hashlib
import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date, timedelta

from generator.story import Slot


def due_slots(today: date, told: AbstractSet[date], *, catch_up: int) -> tuple[Slot, ...]:
    """Return the nights without a story, oldest first: tonight, and up to `catch_up` missed ones.

    Nights before the first story were never due, and neither are those more than `catch_up` nights ago: a run after
    this one finds nothing left to do. A clock that shows a day before the first story is wrong: then nothing is due.
    """
    if told and today < min(told):
        return ()
    begin = max(min(told, default=today), today - timedelta(days=catch_up))
    return tuple(Slot(day) for day in (*_days(begin, today), today) if day not in told)


def _days(begin: date, end: date) -> list[date]:
    return [begin + timedelta(days=n) for n in range((end - begin).days)]


def request_slot(day: date, request: str) -> Slot:
    """Return the slot of a request: the same day and the same words always give the same slot."""
    return Slot(day, hashlib.sha256(request.encode()).hexdigest()[:8])


def find_request(slot: Slot, known: Iterable[Slot]) -> Slot:
    """Return the slot that a request was given before, on whichever day, or this one."""
    return next((one for one in sorted(known, key=str) if one.extra == slot.extra), slot)


def find_zones(workflow: str) -> set[str]:
    """Return the time zones by which the text of a workflow is started."""
    return set(re.findall(r"^\s+timezone:\s*[\"']?([\w+/-]+)", workflow, re.MULTILINE))


def make_seed(salt: str, slot: Slot) -> int:
    """Return the seed of a slot; `salt` keeps two archives from telling the same story on the same night."""
    return int.from_bytes(hashlib.sha256(f"{salt}\n{slot}".encode()).digest()[:6])
