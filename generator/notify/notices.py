"""What is known of one piece of news: which channels were to tell it, and how each of them went. Pure.

A mark is claimed before the first message of a channel goes out, and settled after the last; one that stays claimed is in
doubt. There is nothing in it of who is told: "left" holds tags.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from generator.notify.channel import Fate, Outcome
from generator.notify.settings import SES, SMTP

CLAIMED = "claimed"
STATES = (CLAIMED, *Fate)
MAIL = (SMTP, SES)  # who changes from one to the other does not want their readers to be told twice
DEAD = timedelta(hours=6)  # after which whoever claimed is surely gone; no workflow's job lasts longer
TAG = re.compile(r"[\w:/.~%?=&+-]{1,500}")  # of a person, or the address of a feed


@dataclass(frozen=True, slots=True)
class Mark:
    """How it stands with one channel."""

    state: str
    by: str  # which run; no two have the same
    at: str  # when, in ISO 8601
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """How it stands with one piece of news; `wanted` are the channels that were set when it was new."""

    wanted: tuple[str, ...] = ()
    marks: Mapping[str, Mark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claimant:
    """A run that tells."""

    by: str
    moment: datetime
    resend: bool  # whether what is in doubt is told again


def parse_notice(data: bytes) -> Notice:
    """Read a notice. Raises ValueError."""
    values = json.loads(data)
    if not isinstance(values, dict) or not isinstance(values.get("channels"), dict):
        raise ValueError("it is no notice")
    wanted, marks = values.get("wanted", []), {}
    for name, row in values["channels"].items():
        left = tuple(map(str, row.get("left", ())))
        if row.get("state") not in STATES or not all(map(TAG.fullmatch, left)):
            raise ValueError(f"{name!a} is in no state that we know")
        marks[str(name)] = Mark(str(row["state"]), str(row.get("by", "")), str(row.get("at", "")), left)
    return Notice(tuple(map(str, wanted)), marks)


def render_notice(notice: Notice) -> bytes:
    """Write a notice."""
    channels = {
        name: {"state": str(mark.state), "by": mark.by, "at": mark.at}
        | ({"left": list(mark.left)} if mark.left else {})
        for name, mark in notice.marks.items()
    }
    return (json.dumps({"wanted": list(notice.wanted), "channels": channels}, indent=1, sort_keys=True) + "\n").encode()


def claim(notice: Notice, name: str, who: Claimant, wanted: tuple[str, ...], *, harmless: bool) -> Notice:
    """Return the notice with the channel claimed, or as it is when somebody else has told it, or is at it."""
    mark, other = notice.marks.get(name), _find_other_way(notice, name)
    if (mark and not may_claim(mark, who, harmless=harmless)) or (not mark and _has_told(other)):
        return notice
    left = mark.left if mark else other.left if other else ()
    ours = Mark(CLAIMED, who.by, who.moment.isoformat(timespec="seconds"), left)
    names = notice.wanted if notice.marks else wanted
    return Notice(tuple(dict.fromkeys((*names, name))), {**notice.marks, name: ours})


def _find_other_way(notice: Notice, name: str) -> Mark | None:
    """Return how it stands with the other channel that writes to the same letterboxes, if it has begun."""
    return notice.marks.get(MAIL[1 - MAIL.index(name)]) if name in MAIL else None


def _has_told(mark: Mark | None) -> bool:
    """Whether a channel has told, or may have."""
    return mark is not None and mark.state != Fate.LATER


def may_claim(mark: Mark, who: Claimant, *, harmless: bool) -> bool:
    """Whether a channel is to be told once more.

    A claim of a time to come is one of a clock that was put back since: it holds.
    """
    if mark.state == Fate.LATER:
        return True
    if mark.state != CLAIMED or not (who.resend or harmless):
        return False
    try:
        return who.moment - datetime.fromisoformat(mark.at) > DEAD
    except (ValueError, TypeError):
        return False


def settle(notice: Notice, name: str, who: Claimant, outcome: Outcome) -> Notice:
    """Return the notice with how our claim ended; one that is not ours any more stays as it is."""
    mark = notice.marks.get(name)
    if not mark or mark.by != who.by or mark.state != CLAIMED:
        return notice
    left = outcome.left if outcome.fate is Fate.LATER else ()
    return Notice(notice.wanted, {**notice.marks, name: replace(mark, state=outcome.fate, left=left)})


def list_open(
    notice: Notice | None, channels: tuple[str, ...], who: Claimant, harmless: frozenset[str]
) -> tuple[str, ...]:
    """Return the channels that have yet to tell a piece of news, of those that are set."""
    if notice is None:
        return channels
    return tuple(
        name
        for name in channels
        if (name in notice.wanted and name not in notice.marks and not _has_told(_find_other_way(notice, name)))
        or ((mark := notice.marks.get(name)) and may_claim(mark, who, harmless=name in harmless))
    )
