"""What has been spent: read from the stories that are filed and from the ledgers of those that are not."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from generator.archive import Archive, read_made
from generator.bundle import slot_of
from generator.errors import ArchiveError
from generator.money.budget import DOLLAR, Entry, render_money
from generator.money.ledger import LEDGER, Record, make_entries, parse_ledger
from generator.values import from_json


def read_calls(made: Mapping[str, object]) -> tuple[Record, ...]:
    """Return the calls that story.json records. Raises ValueError."""
    calls = made.get("calls") or []
    if not isinstance(calls, list):
        raise ValueError("calls: not a list")
    return tuple(from_json(Record, call) for call in calls)


def read_entries(archive: Archive, slots: Path, today: date) -> tuple[Entry, ...]:
    """Return what counts for the caps of today: this month's and last month's stories, and all that is unfinished.

    A night is told on its day or a few days later, so no other folder can hold a call of this month; what is told for a
    day longer ago counts while it is unfinished only. Raises ArchiveError for a record that cannot be read.
    """
    last_month = today.replace(day=1) - timedelta(days=1)
    folders = (*archive.month(today), *archive.month(last_month))
    return (*(entry for folder in folders for entry in _of_bundle(folder)), *_of_ledgers(slots))


def _of_bundle(folder: Path) -> tuple[Entry, ...]:
    try:
        return make_entries(str(slot_of(folder)), read_calls(read_made(folder)))
    except ValueError as error:
        raise ArchiveError(
            f"{folder.name}/story.json: {error}", "Restore the file from git.", path=folder / "story.json"
        ) from error


def _of_ledgers(slots: Path) -> Iterator[Entry]:
    for path in sorted(slots.glob(f"*/{LEDGER}")):
        try:
            ledger = parse_ledger(path.read_bytes())
        except (OSError, ValueError) as error:
            raise ArchiveError(
                f"the ledger of {path.parent.name} cannot be read: {error}",
                "Nothing is bought while it is unknown what was spent: restore the file, or remove its folder.",
                path=path,
            ) from error
        yield from make_entries(str(ledger.slot), ledger.records)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one provider's model has cost in a month, in micro-dollars."""

    month: str  # "2026-11"
    provider: str
    model: str
    calls: int
    stories: int
    spent: int
    in_doubt: int


def make_costs(calls: Iterable[tuple[str, Record]], month: str = "") -> tuple[Cost, ...]:
    """Sum up calls, given with their slots, by month, provider and model; newest month first."""
    sums: dict[tuple[str, str, str], list[tuple[str, Record]]] = {}
    for slot, call in {f"{slot} {call.id}": (slot, call) for slot, call in calls}.values():
        if call.at.startswith(month) and call.reserved:
            sums.setdefault((call.at[:7], call.provider, call.model), []).append((slot, call))
    costs = (
        Cost(
            *key,
            calls=len(made),
            stories=len({slot for slot, _ in made}),
            spent=sum(call.cost for _, call in made if not call.doubt),
            in_doubt=sum(call.cost for _, call in made if call.doubt),
        )
        for key, made in sorted(sums.items())
    )
    return tuple(sorted(costs, key=lambda cost: cost.month, reverse=True))


def read_all_calls(archive: Archive, slots: Path) -> Iterator[tuple[str, Record]]:
    """Yield every call that is on record, with its slot. Raises ArchiveError."""
    for folder in archive.folders():
        try:
            yield from ((str(slot_of(folder)), call) for call in read_calls(read_made(folder)))
        except ValueError as error:
            raise ArchiveError(f"{folder.name}/story.json: {error}", "Restore it from git.", path=folder) from error
    for path in sorted(slots.glob(f"*/{LEDGER}")):
        try:
            ledger = parse_ledger(path.read_bytes())
        except (OSError, ValueError) as error:
            raise ArchiveError(f"the ledger of {path.parent.name} cannot be read: {error}", path=path) from error
        yield from ((str(ledger.slot), record) for record in ledger.records)


def render_costs(costs: tuple[Cost, ...], caps_month: int) -> str:
    """Return the costs as lines for a person."""
    if not costs:
        return "Nothing was bought."
    lines = [
        f"{cost.month}  {cost.provider:<10} {cost.model:<36} {cost.calls:>5} calls {cost.stories:>4} stories "
        f"{render_money(cost.spent):>12}" + (f"  and {render_money(cost.in_doubt)} in doubt" if cost.in_doubt else "")
        for cost in costs
    ]
    total = sum(cost.spent + cost.in_doubt for cost in costs)
    return "\n".join([*lines, f"{render_money(total)} in all; the cap for a month is {render_money(caps_month)}"])


def as_json(costs: tuple[Cost, ...]) -> str:
    """Return the costs for programs; amounts in US dollars."""
    rows = [
        {
            "month": cost.month,
            "provider": cost.provider,
            "model": cost.model,
            "calls": cost.calls,
            "stories": cost.stories,
            "spent": cost.spent / DOLLAR,
            "in_doubt": cost.in_doubt / DOLLAR,
        }
        for cost in costs
    ]
    return json.dumps(rows, indent=2)
