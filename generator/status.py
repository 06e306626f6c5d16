"""What is told, what is due and what it weighs."""

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from generator.archive import Archive, read_page
from generator.bundle import slot_of
from generator.config import Config
from generator.errors import ArchiveError
from generator.slots import due_slots

LATEST = 14  # stories that are listed one by one
EVERY = 36_500  # nights: as far back as there may be stories


@dataclass(frozen=True, slots=True)
class Row:
    """One slot."""

    slot: str
    state: str  # "told", "due", "missed" or "broken"
    title: str
    seconds: float
    bytes: int


@dataclass(frozen=True, slots=True)
class Status:
    """The archive at a glance; rows are newest first."""

    stories: int
    extras: int
    due: int  # nights that the next run would tell
    missed: int  # nights without a story, whether or not they will be told
    unfinished: int  # folders that an interrupted run left behind
    bytes: int
    rows: tuple[Row, ...]

    def as_json(self) -> dict[str, object]:
        """Return the status for programs."""
        return asdict(self)


def make_status(config: Config, today: date) -> Status:
    """Look at every slot from the first story to tonight."""
    archive = Archive(config.content / "stories")
    folders = archive.folders()
    told = archive.told_nights()
    due = {slot.day for slot in due_slots(today, told, catch_up=config.catch_up)}
    missed = {slot.day for slot in due_slots(today, told, catch_up=EVERY)} - {today}
    rows = [_read_row(folder) for folder in folders]
    rows += [Row(str(day), "due" if day in due else "missed", "", 0, 0) for day in missed | (due & {today})]
    return Status(
        stories=len(folders),
        extras=len(folders) - len(told),
        due=len(due),
        missed=len(missed),
        unfinished=sum(1 for _ in (config.state / "staging").glob("*")),
        bytes=sum(row.bytes for row in rows),
        rows=tuple(sorted(rows, key=lambda row: row.slot, reverse=True)),
    )


def _read_row(folder: Path) -> Row:
    size = sum(file.lstat().st_size for file in folder.iterdir())
    try:
        page = read_page(folder)
    except ArchiveError as error:
        return Row(str(slot_of(folder)), "broken", error.message, 0, size)
    return Row(str(page.slot), "told", page.title, page.seconds, size)


def render_status(status: Status) -> str:
    """Return the status as lines for a person."""
    lines = [
        f"{row.slot:<22} {row.state:<7} {_clock(row.seconds):>6} {_size(row.bytes):>9}  {row.title}".rstrip()
        for row in status.rows[:LATEST]
    ]
    if len(status.rows) > LATEST:
        lines.append(f"... and {len(status.rows) - LATEST} more")
    lines.append(
        f"{status.stories} {'story' if status.stories == 1 else 'stories'} ({status.extras} extra), {_size(status.bytes) or 'nothing yet'}; "
        f"{status.due} due, {status.missed} missed, {status.unfinished} unfinished"
    )
    return "\n".join(lines)


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}" if seconds else ""


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count else ""
