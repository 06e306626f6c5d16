import json
import shutil
from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from generator.archive import Archive
from generator.backfill import recall_calls
from generator.bundle import MADE, bundle_path
from generator.durable import make_folder, write_durably
from generator.errors import Ambiguous, BudgetExceeded, NotSent, Pending, ProviderError, RateLimited, Refused
from generator.money.budget import Caps, Entry, over_cap, render_money
from generator.money.ledger import Book, State
from generator.money.retry import PAID
from generator.money.spending import read_entries
from generator.money.till import Till
from generator.purchase import Call
from generator.story import Slot
from generator.values import to_json
from tests.tills import Vendor, make_fast_folder, open_over, order

DAY = date(2026, 11, 21)
EXAMPLES, STEPS = 250, 50
STEP_NAMES = ("write-1", "cover", "scene-1", "narrate-1")
SAID = {"provider": "cloud"}


def entry(name: str, amount: int, *, slot: str = "2026-11-21", day: date = DAY) -> Entry:
    return Entry(name, slot, day, spent=amount)


CAPS_OF_100 = Caps(100, 200, 300)


def over(entries: list[Entry], price: int, *, caps: Caps = CAPS_OF_100, slot: str = "2026-11-21") -> str:
    return over_cap(entries, caps, slot=slot, day=DAY, price=price)


def test_a_cap_may_be_reached_and_not_passed() -> None:
    assert over([entry("a", 60)], 40) == ""
    assert over([entry("a", 60)], 41)
    assert over([], 100) == ""
    assert over([], 101)


def test_what_is_spent_in_doubt_and_reserved_counts_alike() -> None:
    one = Entry("a", "2026-11-21", DAY, spent=20, in_doubt=30, reserved=40)
    assert one.amount == 90
    assert over([one], 10) == ""
    assert over([one], 11)


def test_each_cap_counts_its_own() -> None:
    other = "2026-11-20"
    assert "for a story" in over([entry("a", 90)], 20)
    assert over([entry("a", 90, slot=other)], 20) == ""
    assert "for a day" in over([entry("a", 190, slot=other)], 20)
    yesterday = DAY - timedelta(days=1)
    assert over([entry("a", 190, slot=other, day=yesterday)], 20) == ""
    assert "for a month" in over([entry("a", 290, slot=other, day=yesterday)], 20)
    for month_away in (date(2026, 10, 21), date(2025, 11, 21), date(2026, 12, 21)):
        assert over([entry("a", 290, slot=other, day=month_away)], 20) == ""


def test_the_same_call_read_from_two_places_counts_once_and_as_it_was_read_last() -> None:
    assert over([entry("a", 90), entry("a", 50)], 50) == ""
    assert over([entry("a", 90), entry("b", 50)], 1)


def test_an_owner_reads_how_much_is_gone_of_what() -> None:
    caps = Caps(1_000_000, 9_000_000, 9_000_000)
    assert (
        over([entry("a", 950_000)], 60_000, caps=caps)
        == "it may cost $0.06, and $0.95 of the $1.00 for a story are gone"
    )
    assert over([], 2_500_000, caps=caps) == "it may cost $2.50, and $0.00 of the $1.00 for a story is gone"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "$0.00"),
        (10_000, "$0.01"),
        (1_250_000, "$1.25"),
        (12_500, "$0.0125"),
        (1, "$0.000001"),
        (1_000_001, "$1.000001"),
        (300_100, "$0.3001"),
        (2_000_000, "$2.00"),
    ],
)
def test_money_is_read_in_cents_where_they_are_enough(amount: int, text: str) -> None:
    assert render_money(amount) == text


CAPS = st.builds(Caps, st.integers(100, 400), st.integers(150, 700), st.integers(300, 1500))
PURCHASES: dict[str, Any] = {
    "step": st.sampled_from(STEP_NAMES),
    "request": st.sampled_from(["plain", "softened"]),
    "price": st.integers(1, 120),
    "share": st.floats(0, 1),
    "outcome": st.sampled_from(
        [
            *["land"] * 4,
            *["ambiguous"] * 2,
            "not sent",
            "limited once",
            "limited",
            "refused",
            "refused in an answer",
            "useless",
            "pending",
            "killed before",
            "killed while sending",
            "killed when answered",
            "killed when landed",
            "killed when accepted",
        ]
    ),
}


class Killed(BaseException):
    """The process ended here."""


@dataclass
class Bought:
    """A call as the oracle remembers it."""

    slot: Slot
    step: str
    request: str
    day: date
    price: int
    caps: Caps
    state: str  # "running", "accepted", "landed" (not settled yet), "done", "lost", "free"
    amount: int


@dataclass
class Shelf:
    """A slot as the oracle knows it."""

    slot: Slot
    kept: set[tuple[str, str]] = field(default_factory=set)  # steps and requests whose replies are in the inbox
    filed: bool = False
    closed: bool = False


ENDS = (
    ("bought", "land"),
    ("over", "land"),
    ("failed", "ambiguous"),
    ("failed", "pending"),
    ("failed", "refused in an answer"),
    ("killed", "killed when landed"),
    ("killed", "killed when accepted"),
)


class Money(RuleBasedStateMachine):
    """Runs that buy, die, resume, file and forget, beside an oracle that only adds up."""

    steps = 0
    seen: ClassVar[Tally[str]] = Tally()

    @initialize(caps=CAPS)
    def begin(self, caps: Caps) -> None:
        self.root = make_fast_folder()
        self.archive, self.slots = Archive(self.root / "stories"), self.root / "slots"
        self.slots.mkdir()
        self.now = datetime(2026, 11, 28, 2, 10, tzinfo=UTC)
        self.caps = caps
        self.calls: list[Bought] = []
        self.shelves: list[Shelf] = []
        self.till: Till | None = None
        self.shelf: Shelf | None = None
        self.kill_at = ""
        self.changed = True
        self.new_slot(extra=False)

    def teardown(self) -> None:
        if hasattr(self, "root"):
            shutil.rmtree(self.root)

    # What happens

    @rule(months=st.sampled_from([0, 0, 1]), days=st.integers(0, 3), caps=CAPS)
    def time_goes_by(self, months: int, days: int, caps: Caps) -> None:
        """Another day or month comes, or an owner changes the caps."""
        self._end()
        if months:
            self.now = (self.now.replace(day=1) + timedelta(days=32)).replace(day=2)
        self.now += timedelta(days=days)
        self.caps = caps

    @precondition(lambda self: len(self._unfinished()) < 2)
    @rule(extra=st.booleans())
    def new_slot(self, extra: bool) -> None:
        self._end()
        number = sum(shelf.slot.day == self.now.date() for shelf in self.shelves)
        slot = Slot(self.now.date(), f"{number:08x}" if extra or number else "")
        if all(shelf.slot != slot for shelf in self.shelves):
            self.shelves.append(Shelf(slot))
        self._open(self.shelves[-1])

    @precondition(lambda self: self._unfinished())
    @rule(data=st.data())
    def resume(self, data: st.DataObject) -> None:
        self._end()
        self._open(data.draw(st.sampled_from(self._unfinished())))

    @rule(**PURCHASES)
    def buy(self, step: str, request: str, price: int, share: float, outcome: str) -> None:
        self._buy(step, request, price, int(price * share), outcome)

    @rule(**PURCHASES)
    def buy_more(self, step: str, request: str, price: int, share: float, outcome: str) -> None:
        self._buy(step, request, price, int(price * share), outcome)

    def _buy(self, step: str, request: str, price: int, actual: int, outcome: str) -> None:
        if not self.till:
            self._open(self._unfinished()[-1]) if self._unfinished() else self.new_slot(extra=False)
        assert self.till
        if running := self._accepted(step, request):
            price, actual = running.price, min(actual, running.price)
        expected = self._expect(step, request, price, outcome)
        vendor = make_vendor(outcome, actual)
        desk = self.till.desk({})
        vendor.answers = [close_first(answer, desk.close) for answer in vendor.answers]
        self.kill_at = outcome if outcome.startswith("killed") else ""
        happened = "bought"
        try:
            desk.buy(order(vendor, step, request=request, price=price))
        except BudgetExceeded:
            happened = "over"
        except (ProviderError, Killed) as error:
            happened = "killed" if isinstance(error, Killed) else "failed"
        assert (happened, bool(vendor.calls)) == expected[:2], (outcome, expected)
        if expected[2]:
            self.changed = True
            self._remember(step, request, price, actual, outcome)
        if happened == "killed":
            self.till = None
        self.seen[f"{happened}: {outcome}"] += 1

    @precondition(lambda self: self.till and any(c.slot == self.shelf.slot for c in self.calls))
    @rule(whole=st.booleans())
    def file(self, whole: bool) -> None:
        """The story is filed with its calls; what is not whole keeps its ledger."""
        assert self.till
        assert self.shelf
        folder = bundle_path(self.archive.stories, self.shelf.slot, "A story")
        make_folder(folder)
        write_durably(folder / MADE, json.dumps({"calls": [to_json(call) for call in self.till.calls]}).encode())
        self.shelf.filed = self.changed = True
        if whole:
            self.till.book.close()
            self.shelf.kept.clear()
            self.shelf.closed = True
            self._end()

    @precondition(lambda self: any(shelf.filed and not shelf.closed for shelf in self.shelves))
    @rule(data=st.data())
    def lose_the_disk(self, data: st.DataObject) -> None:
        """The runner's disk is thrown away once everything on it was filed; replies that were kept are gone."""
        shelf = data.draw(st.sampled_from([s for s in self.shelves if s.filed and not s.closed]))
        if shelf is self.shelf and self.till:
            self.file(False)
            self._end()
        if not any(call.slot == shelf.slot and call.state == "running" for call in self.calls) and self._filed(shelf):
            shutil.rmtree(self._folder(shelf))
            shelf.kept.clear()
            self.changed = True

    # What must hold

    @invariant()
    def the_books_agree_and_no_cap_was_passed(self) -> None:
        type(self).steps += 1
        today = self.now.date()
        if self.changed:  # on the disk or in the calendar: reading everything takes its time
            self.entries = {entry.id: entry for entry in read_entries(self.archive, self.slots, today)}
            self.changed = False
        entries = self.entries.values()
        if self.till:  # nothing is known to the till only
            assert {f"{self.shelf and self.shelf.slot} {call.id}" for call in self.till.calls} <= {
                e.id for e in entries
            }
        for cap, ours, theirs in (
            ("day", [c for c in self.calls if c.day == today], [e for e in entries if e.day == today]),
            (
                "month",
                [c for c in self.calls if same_month(c.day, today)],
                [e for e in entries if same_month(e.day, today)],
            ),
            *(
                ("story", [c for c in self.calls if c.slot == s.slot], [e for e in entries if e.slot == str(s.slot)])
                for s in self._unfinished()
            ),
        ):
            assert sum(entry.amount for entry in theirs) == sum(call.amount for call in ours), cap
            assert sum(call.amount for call in ours) <= max((getattr(call.caps, cap) for call in ours), default=0)

    # The oracle

    def _expect(self, step: str, request: str, price: int, outcome: str) -> tuple[str, bool, bool]:
        """Return how a purchase must end, whether anybody is called, and whether there is anything to remember."""
        assert self.shelf
        if (step, request) in self.shelf.kept:
            return "bought", False, False
        mine = [call for call in self.calls if call.slot == self.shelf.slot]
        accepted = self._accepted(step, request)
        if not accepted:
            today = self.now.date()
            sums = (
                (self.caps.story, mine),
                (self.caps.day, [c for c in self.calls if c.day == today]),
                (self.caps.month, [c for c in self.calls if same_month(c.day, today)]),
            )
            paid = sum(call.step == step and call.state != "free" for call in mine)
            if paid >= PAID or any(sum(call.amount for call in some) + price > cap for cap, some in sums):
                return "over", False, False
        if accepted and outcome == "killed when accepted":
            return "failed", True, True  # it says that it was accepted only once
        ends = {"land": "bought", "limited once": "bought"}
        happened = ends.get(outcome, "killed" if outcome.startswith("killed") else "failed")
        return happened, outcome != "killed before", True

    def _accepted(self, step: str, request: str) -> Bought | None:
        """Return the call with that request that the vendor is still at work on."""
        assert self.shelf
        wanted = (self.shelf.slot, step, request, "accepted")
        return next((c for c in self.calls if (c.slot, c.step, c.request, c.state) == wanted), None)

    def _remember(self, step: str, request: str, price: int, actual: int, outcome: str) -> None:
        assert self.shelf
        call = self._accepted(step, request)
        if call is None:
            call = Bought(self.shelf.slot, step, request, self.now.date(), price, self.caps, "running", price)
            self.calls.append(call)
        was_accepted = call.state == "accepted"
        if outcome in {"land", "limited once"}:
            call.state, call.amount = "done", actual
            self.shelf.kept.add((step, request))
        elif outcome in {"ambiguous", "useless", "refused in an answer"} or (outcome == "refused" and was_accepted):
            call.state = "lost"
        elif outcome in {"pending", "killed when accepted"} or was_accepted:
            call.state = "accepted"
        elif outcome in {"not sent", "limited", "refused"}:
            call.state, call.amount = "free", 0
        if outcome == "killed when landed":
            call.state = "landed"
            self.shelf.kept.add((step, request))

    def _open(self, shelf: Shelf) -> None:
        """Begin a run at a slot, as the main path does."""
        self.changed = True
        book, folder = Book(self._folder(shelf)), self.archive.find(shelf.slot)
        if folder:
            recall_calls(folder, book, shelf.slot)
        elsewhere = read_entries(self.archive, self.slots, self.now.date())
        self.till = open_over(
            book.folder, slot=shelf.slot, caps=self.caps, elsewhere=elsewhere, now=self.now, reach=self._reach
        )
        self.shelf = shelf
        assert not any(record.state is State.SENT for record in self.till.calls)
        for call in self.calls:
            if call.slot == shelf.slot and call.state in {"running", "landed"}:
                call.state = "done" if call.state == "landed" else "lost"

    def _reach(self, name: str) -> None:
        points = {"killed before": "reserved", "killed when answered": "answered", "killed when landed": "landed"}
        if self.kill_at and name.endswith(points.get(self.kill_at, "accepted")):
            raise Killed

    def _end(self) -> None:
        self.till = None
        self.changed = True

    def _folder(self, shelf: Shelf) -> Path:
        return self.slots / str(shelf.slot)

    def _filed(self, shelf: Shelf) -> bool:
        """Return whether the bundle knows every call of the ledger."""
        folder = self.archive.find(shelf.slot)
        book = Book(self._folder(shelf))
        if not folder or not book.folder.is_dir():
            return False
        calls = {call["id"]: call for call in json.loads((folder / MADE).read_bytes())["calls"]}
        return all(calls.get(record.id) == to_json(record) for record in book.read(shelf.slot).records)

    def _unfinished(self) -> list[Shelf]:
        """Return the slots that a run looks at again."""
        first = self.now.date() - timedelta(days=14)
        return [shelf for shelf in self.shelves if not shelf.closed and shelf.slot.day >= first]


def same_month(one: date, other: date) -> bool:
    return (one.year, one.month) == (other.year, other.month)


def accept(call: Call) -> bytes:
    if not call.remote:
        call.accept("remote-1")
    raise Pending("still at work", **SAID)


def make_vendor(outcome: str, actual: int) -> Vendor:
    """Return a vendor that lets a call end so."""
    answers: dict[str, list[bytes | BaseException | Callable[[Call], bytes]]] = {
        "ambiguous": [Ambiguous("cut off", **SAID)],
        "not sent": [NotSent("nobody there", **SAID)],
        "limited": [RateLimited("slow down", retry_after=0, **SAID)],
        "limited once": [RateLimited("slow down", retry_after=0, **SAID), b"picture"],
        "refused": [Refused("no", **SAID)],
        "refused in an answer": [b"no"],
        "useless": [b"bad"],
        "pending": [accept],
        "killed when accepted": [accept],
        "killed while sending": [Killed()],
    }
    return Vendor(answers.get(outcome, [b"picture"]), bill={"images": actual})


def close_first(
    answer: bytes | BaseException | Callable[[Call], bytes], close: Callable[[BaseException], None]
) -> bytes | BaseException | Callable[[Call], bytes]:
    """Let another asset of the desk fail meanwhile, so that nobody waits for a second try."""
    if answer != b"bad" and not isinstance(answer, Ambiguous | NotSent):
        return answer

    def send(call: Call) -> bytes:
        close(NotSent("another one failed", **SAID))
        if isinstance(answer, BaseException):
            raise answer
        assert isinstance(answer, bytes)
        return answer

    return send


def test_ten_thousand_steps_of_runs_that_buy_die_and_resume_never_pass_a_cap() -> None:
    Money.steps = 0
    profile = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        phases=(Phase.generate,),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Money, settings=profile)
    assert Money.steps >= 10_000
    assert min(Money.seen[f"{end}: {outcome}"] for end, outcome in ENDS) > 5
