"""A till over a real folder, with prices of one micro-dollar a unit, and purchases whose vendors are plain functions."""

import math
import random
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from generator.errors import BadReply, BudgetExceeded, Refused
from generator.money.budget import Caps, Entry
from generator.money.ledger import Book
from generator.money.till import Till, open_till
from generator.outside import Outside
from generator.purchase import Call, Purchase, Reply
from generator.story import Slot
from tests.samples import make_brief

NOW = datetime(2026, 11, 21, 2, 10, tzinfo=UTC)
CAPS = Caps(story=1_000, day=2_000, month=9_000)
PRICELESS = "priceless"  # a model without a row in the table


class OneEach:
    """Prices: a micro-dollar for each unit."""

    def cost(self, provider: str, model: str, units: Mapping[str, float]) -> int:
        """Return the number of units."""
        if model == PRICELESS or "wishes" in units:
            raise BudgetExceeded(f"nobody knows what {model!r} costs", provider=provider)
        return math.ceil(sum(units.values()))


def make_fast_folder() -> Path:
    """Return a new folder, in memory where that can be: tests flush a lot. To be removed by the caller."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="taleshelf-", dir=memory if memory.is_dir() else None))


def open_over(
    folder: Path,
    *,
    slot: Slot | None = None,
    caps: Caps = CAPS,
    elsewhere: Sequence[Entry] = (),
    now: datetime = NOW,
    keep: Callable[[], None] = lambda: None,
    reach: Callable[[str], None] = lambda _name: None,
) -> Till:
    """Open the till of a slot whose folder this is."""
    outside = Outside(
        moment=lambda: now,
        clock=time.monotonic,
        sleep=time.sleep,
        rng=random.Random(),
        environment={"CLOUD_KEY": "set"},
        reach=reach,
    )
    return open_till(
        Book(folder), make_brief(slot), caps=caps, prices=OneEach(), elsewhere=elsewhere, outside=outside, keep=keep
    )


@dataclass
class Vendor:
    """Answers each call with the next of its answers (the last for ever): bytes, an error, or a function of the call."""

    answers: Sequence[bytes | BaseException | Callable[[Call], bytes]] = (b"picture",)
    calls: list[str] = field(default_factory=list)  # the remote id that each call was told
    bill: Mapping[str, float] = field(default_factory=dict)

    def send(self, call: Call) -> Reply:
        """Answer one call."""
        self.calls.append(call.remote)
        answer = self.answers[min(len(self.calls), len(self.answers)) - 1]
        if isinstance(answer, BaseException):
            raise answer
        return Reply(answer if isinstance(answer, bytes) else answer(call), "bin", self.bill)


def read(reply: Reply) -> bytes:
    """Return the body; "bad..." is useless, and "no..." says that the vendor will not."""
    if reply.body.startswith(b"no"):
        raise Refused("not in these words", provider="cloud")
    if reply.body.startswith(b"bad"):
        raise BadReply("nothing to be seen", provider="cloud")
    return reply.body


def order(
    vendor: Vendor,
    step: str = "cover",
    *,
    request: str = "a fox",
    price: float = 100,
    deadline: float = 20,
    again: bool = True,
    model: str = "m1",
    read: Callable[[Reply], bytes] = read,
) -> Purchase[bytes]:
    """Return a purchase of that price; one of price 0 is free."""
    units = {"images": price} if price else {}
    return Purchase(step, "cloud", model, {"text": request}, units, deadline, vendor.send, read, again)
