"""What was bought for one slot: its ledger, and the replies that landed. One folder a slot, every change durable.

    .taleshelf/slots/2026-11-21/
      ledger.json                              the brief, and a record of every call; renamed into place
      inbox/scene-2-<request>-<sha256>.webp    a reply; the rename that gives it this name is what completes the call
      story.json                               the story once it passed every check

A record is on the disk before its call is made. One that says "sent" in a ledger that nobody works on is in doubt: the
process died between the two, and the call may be on the bill.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from generator.durable import make_folder, sync_folder, write_durably
from generator.errors import ArchiveError
from generator.money.budget import Entry
from generator.story import Brief, Slot, Story
from generator.values import from_json, to_json

LEDGER, INBOX, STORY = "ledger.json", "inbox", "story.json"
LANDED = re.compile(r"(?P<step>[a-z0-9-]+)-(?P<key>[0-9a-f]{16})-(?P<sha>[0-9a-f]{64})\.(?P<kind>[a-z0-9]{1,8})")
INTERRUPTED = "Interrupted"


class State(StrEnum):
    """How far a call has come."""

    SENT = "sent"  # about to be made, or being made
    ACCEPTED = "accepted"  # the vendor works on it and gave it an id
    LANDED = "landed"  # the reply is in the inbox
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Record:
    """One call of a vendor's API."""

    id: str  # "<request>-<number>-<digits of chance>": two runs never give two calls the same
    step: str
    provider: str
    model: str
    key: str  # the first 16 digits of the request's digest
    at: str  # "2026-11-21T02:10:07+01:00", when it was made
    state: State
    reserved: int  # micro-dollars: the most it can cost
    cost: int = 0  # micro-dollars: what it did cost; in doubt it is what was reserved
    doubt: bool = False  # it may be on the bill, and nothing came of it
    remote: str = ""
    error: str = ""  # the class of what went wrong
    units: dict[str, float] = field(default_factory=dict)

    @property
    def billed(self) -> bool:
        """Whether the asset may have been paid for by this call."""
        return self.state is not State.FAILED or self.doubt


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that is known of an unfinished slot."""

    slot: Slot
    brief: Brief | None = None
    records: tuple[Record, ...] = ()
    tries: int = 0  # runs that have taken up the slot

    def put(self, record: Record) -> "Ledger":
        """Return the ledger with a record added, or in the place of an earlier state of the same call."""
        known = [one for one in self.records if one.id != record.id]
        at = next((at for at, one in enumerate(self.records) if one.id == record.id), len(known))
        return replace(self, records=(*known[:at], record, *known[at:]))

    def billed(self, step: str, provider: str) -> int:
        """Return how often a provider may have been paid for an asset."""
        return sum(one.billed for one in self.records if (one.step, one.provider) == (step, provider))

    def accepted(self, key: str) -> Record | None:
        """Return the call with that request that the vendor is still at work on."""
        return next((one for one in self.records if one.key == key and one.state is State.ACCEPTED), None)


def make_key(step: str, provider: str, model: str, request: Mapping[str, object]) -> str:
    """Return the digest by which a request is known: the same request has the same on every machine."""
    text = json.dumps([step, provider, model, request], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def role_of(step: str) -> str:
    """Return whose work a step is: "write", "illustrate", "narrate", or "check" for everything around them."""
    kind = step.partition("-")[0]
    return {"write": "write", "cover": "illustrate", "scene": "illustrate", "narrate": "narrate"}.get(kind, "check")


def make_entries(slot: str, records: Iterable[Record]) -> tuple[Entry, ...]:
    """Return the records as the budget counts them."""
    return tuple(
        Entry(
            id=f"{slot} {one.id}",
            slot=slot,
            day=date.fromisoformat(one.at[:10]),
            spent=one.cost if not one.doubt else 0,
            in_doubt=one.cost if one.doubt else 0,
            reserved=one.reserved if one.state in (State.SENT, State.ACCEPTED) else 0,
        )
        for one in records
    )


def settle_interrupted(ledger: Ledger, landed: AbstractSet[str]) -> Ledger:
    """Return the ledger as a new run finds it; `landed` are the keys of the replies in the inbox.

    A call that was being made is complete if its reply landed, and else in doubt; both at the full price.
    """
    for one in ledger.records:
        if one.state in (State.SENT, State.ACCEPTED) and one.key in landed:
            ledger = ledger.put(replace(one, state=State.LANDED, cost=one.reserved))
        elif one.state is State.SENT:
            ledger = ledger.put(replace(one, state=State.FAILED, error=INTERRUPTED, doubt=True, cost=one.reserved))
    return ledger


def merge_ledgers(ours: Ledger, theirs: Ledger) -> Ledger:
    """Return one ledger with the calls of both; of the same call the state that is further on, and the dearer one."""
    merged = ours
    for record in theirs.records:
        known = next((one for one in merged.records if one.id == record.id), record)
        merged = merged.put(max(known, record, key=_progress))
    return replace(merged, brief=ours.brief or theirs.brief, tries=max(ours.tries, theirs.tries))


def _progress(record: Record) -> tuple[int, int, bool, str]:
    """Return how far a call has come: one that landed did so, though another run took it for lost."""
    order = (State.SENT, State.ACCEPTED, State.FAILED, State.LANDED)
    return order.index(record.state), record.cost, record.doubt, json.dumps(to_json(record), sort_keys=True)


def render_ledger(ledger: Ledger) -> bytes:
    """Return ledger.json."""
    return (json.dumps(to_json(ledger), ensure_ascii=False, indent=1) + "\n").encode()


def parse_ledger(data: bytes) -> Ledger:
    """Read ledger.json. Raises ValueError, also for one that could not be counted."""
    ledger = from_json(Ledger, json.loads(data))
    make_entries(str(ledger.slot), ledger.records)
    return ledger


def merge_bytes(ours: bytes, theirs: bytes) -> bytes:
    """Return ledger.json with the calls of two runs at the same slot. Raises ValueError."""
    return render_ledger(merge_ledgers(parse_ledger(theirs), parse_ledger(ours)))


@dataclass(frozen=True, slots=True)
class Book:
    """The folder of one unfinished slot."""

    folder: Path

    def read(self, slot: Slot) -> Ledger:
        """Return the ledger, an empty one where there is none. Raises ArchiveError for one that cannot be read."""
        path = self.folder / LEDGER
        try:
            return parse_ledger(path.read_bytes())
        except FileNotFoundError:
            return Ledger(slot)
        except (OSError, ValueError) as error:
            raise ArchiveError(
                f"the ledger of {slot} cannot be read: {error}",
                f"Look into {path.parent.name}/{LEDGER}; without the folder the story is made anew, and paid again.",
                path=path,
            ) from error

    def tries(self) -> int:
        """Return how many runs have taken up the slot; 0 where the ledger cannot be read, so that a run says why."""
        try:
            return parse_ledger((self.folder / LEDGER).read_bytes()).tries
        except (OSError, ValueError):
            return 0

    def write(self, ledger: Ledger) -> None:
        """Put the ledger in place. Raises OSError."""
        make_folder(self.folder / INBOX)
        write_durably(self.folder / LEDGER, render_ledger(ledger))

    def land(self, step: str, key: str, kind: str, body: bytes) -> None:
        """Put a reply into the inbox; from then on the call is complete. Raises OSError."""
        name = f"{step}-{key}-{hashlib.sha256(body).hexdigest()}.{kind}"
        write_durably(self.folder / INBOX / name, body)

    def find(self, step: str, key: str) -> Iterator[tuple[bytes, str]]:
        """Yield body and kind of the replies that landed whole; one whose bytes are not what its name says is removed."""
        for path in sorted((self.folder / INBOX).glob(f"{step}-{key}-*")):
            match = LANDED.fullmatch(path.name)
            body = path.read_bytes()
            if match and hashlib.sha256(body).hexdigest() == match["sha"]:
                yield body, match["kind"]
            else:
                path.unlink()
                sync_folder(path.parent)

    def landed(self) -> frozenset[str]:
        """Return the keys of the requests whose replies are in the inbox."""
        matches = (LANDED.fullmatch(path.name) for path in (self.folder / INBOX).glob("*"))
        return frozenset(match["key"] for match in matches if match)

    def write_story(self, story: Story) -> None:
        """Keep the story that passed every check. Raises OSError."""
        make_folder(self.folder)
        write_durably(self.folder / STORY, (json.dumps(to_json(story), ensure_ascii=False) + "\n").encode())

    def read_story(self) -> Story | None:
        """Return the story that was kept, or None where there is none, or none that can be read."""
        try:
            return from_json(Story, json.loads((self.folder / STORY).read_bytes()))
        except (OSError, ValueError):
            return None

    def close(self) -> None:
        """Remove the folder: the story is filed with all it cost."""
        shutil.rmtree(self.folder, ignore_errors=True)


def list_bought(slots: Path) -> Iterator[tuple[Slot, Path]]:
    """Yield every unfinished slot for which something was, or may have been, bought, with its folder. Raises ArchiveError."""
    for folder in sorted(slots.glob("*")):
        try:
            slot = Slot.parse(folder.name)
        except ValueError:
            continue
        if any(record.billed and record.reserved for record in Book(folder).read(slot).records):
            yield slot, folder
