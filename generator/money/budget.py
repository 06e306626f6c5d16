"""What may be spent: caps for a story, a day and a month, in micro-dollars. Pure.

An amount is reserved before a call and settled after it. What nobody can tell whether it was billed stays in doubt and
counts in full, so that spent + in doubt + reserved never passes a cap.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

DOLLAR = 1_000_000  # micro-dollars


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that may be spent, in micro-dollars."""

    story: int
    day: int
    month: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What one call has cost, may have cost or may yet cost."""

    id: str  # the same call read from two places is one
    slot: str
    day: date  # on which the call was made
    spent: int = 0
    in_doubt: int = 0
    reserved: int = 0

    @property
    def amount(self) -> int:
        """All that counts against a cap."""
        return self.spent + self.in_doubt + self.reserved


def over_cap(entries: Iterable[Entry], caps: Caps, *, slot: str, day: date, price: int) -> str:
    """Return which cap a call of that price would pass, as a sentence; empty when it may be made."""
    known = {entry.id: entry for entry in entries}.values()
    sums = (
        ("story", caps.story, [entry for entry in known if entry.slot == slot]),
        ("day", caps.day, [entry for entry in known if entry.day == day]),
        ("month", caps.month, [e for e in known if (e.day.year, e.day.month) == (day.year, day.month)]),
    )
    for name, cap, counted in sums:
        total = sum(entry.amount for entry in counted)
        if total + price > cap:
            return (
                f"it may cost {render_money(price)}, and {render_money(total)} of the {render_money(cap)} "
                f"for a {name} {'are' if total else 'is'} gone"
            )
    return ""


def render_money(amount: int) -> str:
    """Return micro-dollars as a person reads them: cents where they are enough, else as many places as are needed."""
    dollars = amount / DOLLAR
    return f"${dollars:.2f}" if amount % 10_000 == 0 else f"${dollars:.6f}".rstrip("0")
