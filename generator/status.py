"""What is told, what is due and what it weighs."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from generator.archive import Archive, read_page
from generator.bundle import slot_of
from generator.config import Config
from generator.errors import ArchiveError
from generator.markdown import printable
from generator.money.budget import DOLLAR, render_money
from generator.money.ledger import Book, make_entries
from generator.slots import due_slots
from generator.story import Slot

LATEST = 14  # stories that are listed one by one
EVERY = 36_500  # nights: as far back as there may be stories


@dataclass(frozen=True, slots=True)
class Row:
    """One slot."""

    slot: str
    state: str  # "told", "pending", "unfinished", "due", "missed", "removed" or "broken"
    title: str
    seconds: float
    bytes: int
    pending: tuple[str, ...] = ()  # "pictures", "narration": what a story that is filed still lacks
    calls: int = 0  # made for what is not finished yet
    spent: int = 0  # micro-dollars, what may have been billed included
    reserved: int = 0  # micro-dollars: the most that calls without an answer yet can cost


@dataclass(frozen=True, slots=True)
class Status:
    """The archive at a glance; rows are newest first."""

    stories: int
    extras: int
    due: int  # nights that the next run would tell
    missed: int  # nights without a story, whether or not they will be told
    pending: int  # stories that are filed without all pictures or without their narration
    unfinished: int  # slots that were begun and have no story yet
    bytes: int
    rows: tuple[Row, ...]

    def as_json(self) -> dict[str, object]:
        """Return the status for programs; amounts in US dollars."""
        money = [{"spent": row.spent / DOLLAR, "reserved": row.reserved / DOLLAR} for row in self.rows]
        return asdict(self) | {"rows": [asdict(row) | sums for row, sums in zip(self.rows, money, strict=True)]}


def make_status(config: Config, today: date) -> Status:
    """Look at every slot from the first story to tonight."""
    archive = Archive(config.content / "stories")
    folders = archive.folders()
    told = archive.told_nights()
    past = archive.past_nights()
    due = {slot.day for slot in due_slots(today, past, catch_up=config.catch_up)}
    missed = {slot.day for slot in due_slots(today, past, catch_up=EVERY)} - {today}
    begun = {row.slot: row for row in _read_begun(config.state / "slots")}
    filed = [_with_calls(_read_row(folder), begun) for folder in folders]
    rows = [*filed, *(row for slot, row in begun.items() if slot not in {row.slot for row in filed})]
    rows += [
        Row(str(day), "due" if day in due else "missed", "", 0, 0)
        for day in missed | (due & {today})
        if str(day) not in begun
    ]
    rows += [Row(str(slot), "removed", "", 0, 0) for slot in archive.removed() - {slot_of(one) for one in folders}]
    return Status(
        stories=len(folders),
        extras=len(folders) - len(told),
        due=len(due),
        missed=len(missed),
        pending=sum(row.state == "pending" for row in rows),
        unfinished=sum(row.state == "unfinished" for row in rows),
        bytes=sum(row.bytes for row in filed),
        rows=tuple(sorted(rows, key=lambda row: row.slot, reverse=True)),
    )


def _read_row(folder: Path) -> Row:
    size = sum(file.lstat().st_size for file in folder.iterdir())
    try:
        page = read_page(folder)
    except ArchiveError as error:
        return Row(str(slot_of(folder)), "broken", error.message, 0, size)
    state = "pending" if page.pending else "told"
    return Row(str(page.slot), state, page.title, page.seconds, size, page.pending)


def _with_calls(row: Row, begun: Mapping[str, Row]) -> Row:
    """Return the row of a filed story with what was bought to complete it."""
    work = begun.get(row.slot)
    if not work or row.state != "pending":
        return row
    return replace(row, calls=work.calls, spent=work.spent, reserved=work.reserved)


def _read_begun(slots: Path) -> Iterator[Row]:
    """Yield a row for every slot whose work was begun; the folder goes when its story is whole."""
    for folder in slots.glob("*"):
        try:
            slot = Slot.parse(folder.name)
        except ValueError:
            continue
        book = Book(folder)
        size = sum(file.lstat().st_size for file in folder.rglob("*") if file.is_file())
        try:
            entries = make_entries(str(slot), book.read(slot).records)
        except ArchiveError as error:
            yield Row(str(slot), "broken", error.message, 0, size)
            continue
        story = book.read_story()
        yield Row(
            str(slot),
            "unfinished",
            story.title if story else "",
            0,
            size,
            calls=len(entries),
            spent=sum(entry.spent + entry.in_doubt for entry in entries),
            reserved=sum(entry.reserved for entry in entries),
        )


def render_status(status: Status) -> str:
    """Return the status as lines for a person."""
    lines = [
        f"{row.slot:<22} {row.state:<10} {_clock(row.seconds):>6} {_size(row.bytes):>9}  {_describe(row)}".rstrip()
        for row in status.rows[:LATEST]
    ]
    if len(status.rows) > LATEST:
        lines.append(f"... and {len(status.rows) - LATEST} more")
    lines.append(
        f"{status.stories} {'story' if status.stories == 1 else 'stories'} ({status.extras} extra), {_size(status.bytes) or 'nothing yet'}; "
        f"{status.due} due, {status.missed} missed, "
        f"{status.pending} pending, {status.unfinished} unfinished"
    )
    return "\n".join(lines)


def _describe(row: Row) -> str:
    """Return the title with what is missing and what was bought."""
    parts = [printable(row.title)] if row.title else []
    if row.pending:
        parts.append(f"without {' and '.join(row.pending)} as yet")
    if row.state == "unfinished" or row.calls:
        parts.append(f"{row.calls} {'call' if row.calls == 1 else 'calls'}")
    if row.spent:
        parts.append(f"{render_money(row.spent)} spent")
    if row.reserved:
        parts.append(f"up to {render_money(row.reserved)} open")
    return ", ".join(parts)


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}" if seconds else ""


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count else ""
