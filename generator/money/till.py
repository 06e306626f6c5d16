"""Where everything is paid: a call is reserved, written down, sent, landed and settled, in this order.

A reply that landed is never bought again, an asset of one provider is paid for at most twice (the second time only after
an answer that nobody saw whole), and no call is made that could pass a cap.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue
from typing import Protocol, TypeVar

from generator.durable import explained
from generator.errors import (
    Ambiguous,
    BadReply,
    BudgetExceeded,
    NotSent,
    Pending,
    ProviderError,
    Refused,
    Unavailable,
)
from generator.money.budget import Caps, Entry, over_cap
from generator.money.ledger import Book, Ledger, Record, State, make_entries, make_key, role_of, settle_interrupted
from generator.money.retry import PAID, may_be_billed, wait_before_retry
from generator.outside import Outside
from generator.purchase import Purchase, Reply
from generator.story import Brief, Slot, Story

T = TypeVar("T")


class Stopped(BaseException):
    """The work this belongs to has failed or was interrupted: nobody waits for it, and it must not spend."""


class Prices(Protocol):
    """What calls cost."""

    def cost(self, provider: str, model: str, units: Mapping[str, float]) -> int:
        """Return the price in micro-dollars, rounded up. Raises BudgetExceeded for one that is not known."""
        ...


@dataclass
class Till:
    """The money of one slot; threads may share it."""

    book: Book
    ledger: Ledger
    caps: Caps
    prices: Prices
    elsewhere: Sequence[Entry]  # what other slots have spent and may spend
    outside: Outside
    keep: Callable[[], None]  # called after each paid reply landed, and with each id a vendor gave; may raise nothing
    lock: threading.RLock = field(default_factory=threading.RLock)
    waiting: "set[_Attempt]" = field(default_factory=set)
    desks: "list[Counter]" = field(default_factory=list)
    stopped: bool = False

    @property
    def calls(self) -> tuple[Record, ...]:
        """Every call for this slot that is on record."""
        return self.ledger.records

    def keep_story(self, story: Story) -> None:
        """Keep the story that passed every check. Raises ArchiveError."""
        with explained("the story cannot be kept", "Make room on the disk and run it again.", self.book.folder):
            self.book.write_story(story)

    def desk(self, settings: Mapping[str, object]) -> "Counter":
        """Return the desk of one provider."""
        desk = Counter(self, settings, self.outside.environment)
        with self.lock:
            self.desks.append(desk)
            if self.stopped:
                desk.close(Stopped())
        return desk

    def stop(self) -> None:
        """Wait for nothing any more: what is being sent stays in doubt. For interrupted runs."""
        with self.lock:
            self.stopped = True
            for desk in self.desks:
                desk.close(Stopped())
            for attempt in self.waiting:
                attempt.result.put(Stopped())

    def reserve(self, purchase: Purchase[T], key: str) -> Record:
        """Reserve the price of a call and write the call down before it is made. Raises BudgetExceeded."""
        with self.lock:
            running = self.ledger.accepted(key)
            if running:
                return running
            if purchase.units and self.ledger.billed(purchase.step, purchase.provider) >= PAID:
                raise BudgetExceeded(
                    f"{purchase.step} may have been paid for {PAID} times already",
                    "Look at the vendor's bill; the next provider of the list takes over.",
                    provider=purchase.provider,
                )
            price = self.prices.cost(purchase.provider, purchase.model, purchase.units) if purchase.units else 0
            self.check(purchase, price)
            now = self.outside.moment()
            number = sum(one.key == key for one in self.ledger.records) + 1
            record = Record(
                id=f"{key}-{number}-{self.outside.rng.getrandbits(32):08x}",
                step=purchase.step,
                provider=purchase.provider,
                model=purchase.model,
                key=key,
                at=now.isoformat(timespec="seconds"),
                state=State.SENT,
                reserved=price,
            )
            self.put(record)
            return record

    def check(self, purchase: Purchase[T], price: int) -> None:
        """Raise BudgetExceeded if a call of that price could pass a cap."""
        slot = str(self.ledger.slot)
        known = (*self.elsewhere, *make_entries(slot, self.ledger.records))
        day = self.outside.moment().date()
        if price and (problem := over_cap(known, self.caps, slot=slot, day=day, price=price)):
            raise BudgetExceeded(
                f"{purchase.step} is not bought: {problem}",
                "Raise the cap under [money] in taleshelf.toml, or wait.",
                provider=purchase.provider,
            )

    def put(self, record: Record) -> None:
        """Write a record down durably. Raises ArchiveError, and then nothing has been sent."""
        with self.lock:
            ledger = self.ledger.put(record)
            hint = "Nothing is bought without it: make room on the disk and run it again."
            with explained(f"the ledger of {ledger.slot} cannot be written", hint, self.book.folder):
                self.book.write(ledger)
            self.ledger = ledger

    def settle(self, record: Record, purchase: Purchase[T], reply: Reply) -> None:
        """Land a good reply and write down what it cost."""
        what, hint = f"the answer for {purchase.step} cannot be kept", "Make room on the disk and run it again."
        with explained(what, hint, self.book.folder):
            self.book.land(purchase.step, record.key, reply.kind, reply.body)
        self.outside.reach(f"{role_of(purchase.step)}.landed")
        units = reply.units or purchase.units
        self.put(replace(record, state=State.LANDED, cost=self.bill(record, purchase, units), units=dict(units)))
        if purchase.units:
            self.keep()

    def bill(self, record: Record, purchase: Purchase[T], units: Mapping[str, float]) -> int:
        """Return what a call has cost; in full when it is billed in units that have no price."""
        try:
            return self.prices.cost(purchase.provider, purchase.model, units) if purchase.units else 0
        except BudgetExceeded:
            return record.reserved

    def fail(self, record: Record, error: ProviderError, *, paid: bool, answered: bool) -> None:
        """Write down how a call ended; what may be on the bill stays in doubt."""
        accepted = record.state is State.ACCEPTED
        if accepted and not isinstance(error, Ambiguous | BadReply | Refused):
            return  # the vendor is still at work on it: it stays accepted, with its price reserved
        # Declined at the door is free; declined in an answer, or after the work was begun, is not.
        billed = may_be_billed(error) or (isinstance(error, Refused) and (answered or accepted))
        doubt = paid and billed
        cost = record.reserved if doubt else 0
        self.put(replace(record, state=State.FAILED, error=type(error).__name__, doubt=doubt, cost=cost, remote=""))


@dataclass
class Counter:
    """The desk of one provider (purchase.Desk)."""

    till: Till
    settings: Mapping[str, object]
    environment: Mapping[str, str]
    closed: threading.Event = field(default_factory=threading.Event)
    reason: BaseException = field(default_factory=Stopped)
    mended: set[tuple[str, bool]] = field(default_factory=set)  # steps that were refused, or useless, once already

    def close(self, error: BaseException) -> None:
        """Sell nothing more: an asset of this provider failed, and the others are of no use without it."""
        with self.till.lock:
            if not self.closed.is_set():
                self.reason = error
                self.closed.set()

    def buy(self, purchase: Purchase[T]) -> T:
        """Return what the purchase reads from its reply, paying at most once for it. Raises ProviderError."""
        key = make_key(purchase.step, purchase.provider, purchase.model, purchase.request)
        landed = self._find(purchase, key)
        if landed is not None:
            return landed[0]
        tries = 0
        while True:
            tries += 1
            record = self._reserve(purchase, key)
            try:
                return self._attempt(purchase, record)
            except ProviderError as error:
                wait = wait_before_retry(error, tries, key=key) if self._may_retry(purchase, error) else None
                if wait is None:
                    self._close_if_final(purchase, error)
                    raise
                self.closed.wait(wait)

    def _reserve(self, purchase: Purchase[T], key: str) -> Record:
        """Reserve the price of a call, unless the desk is closed: whoever comes after that spends nothing."""
        with self.till.lock:
            if self.closed.is_set():
                raise self.reason
            try:
                return self.till.reserve(purchase, key)
            except BudgetExceeded as error:
                self.close(error)
                raise

    def _close_if_final(self, purchase: Purchase[T], error: ProviderError) -> None:
        """Close the desk unless the provider may still mend this: soften a refused request, repair a useless reply."""
        if isinstance(error, Pending):
            return
        if isinstance(error, Unavailable) and not isinstance(error, NotSent | Ambiguous):
            return  # nothing was billed; the provider may know a plainer request, and says so itself when it does not
        if isinstance(error, Refused) or (isinstance(error, BadReply) and not purchase.again):
            mended = (purchase.step, isinstance(error, Refused))
            if mended not in self.mended:
                self.mended.add(mended)
                return
        self.close(error)

    def _may_retry(self, purchase: Purchase[T], error: ProviderError) -> bool:
        """Return whether the asset may be paid for once more; the first error says more than a refusal to pay."""
        if isinstance(error, BadReply) and not purchase.again:
            return False
        if not may_be_billed(error) or not purchase.units:
            return True
        return self.till.ledger.billed(purchase.step, purchase.provider) < PAID

    def _find(self, purchase: Purchase[T], key: str) -> tuple[T] | None:
        """Return the value of a reply that landed earlier, if it still reads well. Raises ArchiveError."""
        hint = "Look at the disk and run it again; it is not bought anew while it is there."
        with explained(f"the answer for {purchase.step} cannot be read", hint, self.till.book.folder):
            for body, kind in self.till.book.find(purchase.step, key):
                with suppress(ProviderError):
                    return (purchase.read(Reply(body, kind)),)
        return None

    def _attempt(self, purchase: Purchase[T], record: Record) -> T:
        """Make one call, and settle or fail it."""
        role = role_of(purchase.step)
        self.till.outside.reach(f"{role}.reserved")
        attempt = _Attempt(self.till, record, self.till.outside.clock() + purchase.deadline)
        answered = False
        try:
            reply = attempt.run(purchase)
            answered = True
            self.till.outside.reach(f"{role}.answered")
            value = purchase.read(reply)
        except ProviderError as error:
            self.till.fail(attempt.record, error, paid=bool(purchase.units), answered=answered)
            raise
        self.till.settle(attempt.record, purchase, reply)
        return value


class _Attempt:
    """One call (purchase.Call): it runs in a thread of its own, which is left behind at the deadline."""

    def __init__(self, till: Till, record: Record, end: float) -> None:
        self.till = till
        self.record = record
        self.end = end
        self.result: SimpleQueue[Reply | BaseException] = SimpleQueue()
        self.over = threading.Event()

    @property
    def remote(self) -> str:
        return self.record.remote

    @property
    def seconds(self) -> float:
        return max(0.001, self.end - self.till.outside.clock())

    def accept(self, remote: str) -> None:
        with self.till.lock:
            if self.over.is_set():
                raise Stopped  # the deadline has passed: the record is settled and must not come to life again
            self.record = replace(self.record, state=State.ACCEPTED, remote=remote)
            self.till.put(self.record)
        self.till.keep()
        self.till.outside.reach("accepted")

    def wait(self, seconds: float) -> None:
        if self.over.wait(min(seconds, self.seconds)):
            raise Stopped

    def run(self, purchase: Purchase[T]) -> Reply:
        """Return the reply, or raise what the call raised; Ambiguous when the deadline passes first."""
        with self.till.lock:
            if self.till.stopped:
                raise Stopped
            self.till.waiting.add(self)
        threading.Thread(target=self._send, args=(purchase,), name=f"call {purchase.step}", daemon=True).start()
        try:
            result = self.result.get(timeout=self.seconds)
        except Empty:
            with self.till.lock:
                self.over.set()  # from here on the call cannot be accepted any more
            raise self._too_late(purchase) from None
        finally:
            with self.till.lock:
                self.over.set()
                self.till.waiting.discard(self)
        if isinstance(result, BaseException):
            raise result
        return result

    def _too_late(self, purchase: Purchase[T]) -> ProviderError:
        """Return the error of a call that took too long; one with an id at the vendor is asked for again later."""
        kind = Pending if self.record.state is State.ACCEPTED else Ambiguous
        return kind(
            f"no whole answer for {purchase.step} within {purchase.deadline:g} seconds", provider=purchase.provider
        )

    def _send(self, purchase: Purchase[T]) -> None:
        try:
            self.result.put(purchase.send(self))
        except BaseException as error:  # noqa: BLE001 - the thread that waits decides what it means
            self.result.put(error)


def open_till(
    book: Book,
    brief: Brief,
    *,
    caps: Caps,
    prices: Prices,
    elsewhere: Sequence[Entry],
    outside: Outside,
    keep: Callable[[], None],
) -> Till:
    """Open the till of a slot; a brief that an earlier run wrote down goes before this one. Raises ArchiveError."""
    slot: Slot = brief.slot
    found = settle_interrupted(book.read(slot), book.landed())
    ledger = replace(found, brief=found.brief or brief, tries=found.tries + 1)
    till = Till(book, ledger, caps, prices, elsewhere, outside, keep)
    with explained(f"{book.folder.name} cannot be written", "Make room on the disk.", book.folder):
        book.write(ledger)
    return till
