"""A round: which stories nobody was told of, whether readers can see them, and everybody told; or an owner told of a failure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from generator.archive import Archive
from generator.bundle import slot_of
from generator.errors import ArchiveError, ConfigError, PublishError, PublishRefused
from generator.feeds.outlet import Outlet
from generator.notify.alarm import Failure, make_alarm
from generator.notify.board import Board
from generator.notify.channel import Channel, Fate
from generator.notify.desks import Opened
from generator.notify.letter import make_bulletin
from generator.notify.live import wait_until_live
from generator.notify.news import News, read_news
from generator.notify.notices import Claimant, Notice, list_open
from generator.notify.settings import Notify
from generator.notify.telling import Report, Telling, pass_over
from generator.outside import Outside
from generator.story import Slot

AGAIN = "Run it again later: who has been told is not told twice."
ACT = "See to what the sentence names, and run it again; docs/notify.md explains each channel. Nobody is told twice."


@dataclass(frozen=True, slots=True)
class Round:
    """What a round works with."""

    notify: Notify
    archive: Archive
    outlet: Outlet
    board: Board = field(repr=False)
    opened: Opened
    readers: tuple[str, ...] = field(repr=False)
    outside: Outside = field(repr=False)
    say: Callable[[str], None] = field(repr=False)


def tell_stories(work: Round, slots: Sequence[Slot]) -> tuple[Report, ...]:
    """Tell of these stories, or of those nobody was told of. Raises PublishError when something is left to do."""
    if not work.opened.channels:
        conclude((), work.opened.problems, work.say)
    who = make_claimant(work)
    folders = choose_folders(work, slots)
    known = work.board.read([_key(folder) for folder in folders])
    reports: list[Report] = []
    failed = list(work.opened.problems)
    end = work.outside.clock() + work.notify.wait * 60
    for folder in folders:
        channels = _choose_channels(work, known.get(_key(folder)), who, named=bool(slots))
        if not channels:
            work.say(f"{_key(folder)}: everybody was told before, or is being told")
            continue
        news = read_news(folder, work.archive.stories.parent, work.outlet)
        if fault := wait_until_live(news, max(0.0, end - work.outside.clock()), work.outside.clock, work.outside.sleep):
            failed.append(f"{news.slot} cannot be read yet: {fault.rstrip('.')}")
            continue
        reports += _tell(work, news, channels, who)
    conclude(reports, failed, work.say)
    return tuple(reports)


def _tell(work: Round, news: News, channels: Sequence[Channel], who: Claimant) -> Iterator[Report]:
    telling = Telling(work.board, replace(who, moment=work.outside.moment()), channels, work.outside.reach)
    yield from telling.tell(make_bulletin(news, work.readers))


def choose_folders(work: Round, slots: Sequence[Slot]) -> tuple[Path, ...]:
    """Return the folders of these slots, or of the last days, oldest first.

    The first time anybody is told anything, only the newest is news: whatever was there before is passed over.
    """
    recent = list_recent(work.archive, work.outside.moment().date(), work.notify.days)
    chosen = tuple(_find(work.archive, slot) for slot in slots) or recent
    if work.board.is_empty():
        newest = max((_slot(folder).day for folder in chosen), default=None)
        chosen = chosen if slots else tuple(folder for folder in chosen if _slot(folder).day == newest)
        pass_over(work.board, [_key(folder) for folder in recent if folder not in chosen])
    return chosen


def list_recent(archive: Archive, today: date, days: int) -> tuple[Path, ...]:
    """Return the folders of the stories of the last days, oldest first, one for each slot."""
    first = today - timedelta(days=days)
    found = {_key(folder): folder for folder in archive.folders() if _slot(folder).day >= first}
    return tuple(reversed(found.values()))


def _find(archive: Archive, slot: Slot) -> Path:
    folder = archive.find(slot)
    if not folder:
        raise ConfigError(f"there is no story of {slot}", "taleshelf status lists the slots.")
    return folder


def _slot(folder: Path) -> Slot:
    slot = slot_of(folder)
    if slot is None:
        raise ArchiveError(f"{folder.name} is no story", "taleshelf check lists what is wrong.", path=folder)
    return slot


def _key(folder: Path) -> str:
    return str(_slot(folder))


def _choose_channels(work: Round, notice: Notice | None, who: Claimant, *, named: bool) -> tuple[Channel, ...]:
    """Return the channels that have yet to tell. A story that is named is news for a channel that was set since, too."""
    channels = work.opened.channels
    names = tuple(channel.name for channel in channels)
    if notice and named:
        notice = replace(notice, wanted=names)
    harmless = frozenset(channel.name for channel in channels if channel.harmless)
    left = list_open(notice, names, who, harmless)
    return tuple(channel for channel in channels if channel.name in left)


def make_claimant(work: Round) -> Claimant:
    """Return who tells: a run that is like no other."""
    outside = work.outside
    return Claimant(f"{outside.rng.getrandbits(64):016x}", outside.moment(), work.notify.in_doubt == "resend")


def tell_failure(
    work: Round, failure: Failure, owners: tuple[str, ...], spare: Callable[[], Board]
) -> tuple[Report, ...]:
    """Tell the owners of a failure, once a day for each kind of it. Raises PublishError.

    Where the remote is what has failed, `spare` remembers in its place.
    """
    bulletin, who = make_alarm(failure, owners), make_claimant(work)
    board = work.board
    try:
        notice = board.read([bulletin.key]).get(bulletin.key)
    except PublishError as error:
        work.say(f"{error.message}; this machine remembers instead")
        board = spare()
        notice = board.read([bulletin.key]).get(bulletin.key)
    channels = _choose_channels(work, notice, who, named=True)
    if not channels and not work.opened.problems:
        work.say("the owner was told of this today")
    reports = list(Telling(board, who, channels, work.outside.reach).tell(bulletin))
    conclude(reports, list(work.opened.problems), work.say)
    return tuple(reports)


def conclude(reports: Sequence[Report], failed: Sequence[str], say: Callable[[str], None]) -> None:
    """Say how it went. Raises PublishError for what a later run may do, PublishRefused for what waits for a person."""
    for report in reports:
        why = f" ({report.outcome.why})" if report.outcome.why else ""
        say(f"{report.key}: {report.channel}: {_WORDS[report.outcome.fate]}{why}")
    later = [report for report in reports if report.outcome.fate is Fate.LATER]
    sentences = [*failed, *(f"{report.channel} did not tell of {report.key}: {report.outcome.why}" for report in later)]
    if not sentences:
        return
    waits = any(not report.outcome.act for report in later) or any(
        "cannot be read yet" in sentence for sentence in failed
    )
    raise PublishError("; ".join(sentences), AGAIN) if waits else PublishRefused("; ".join(sentences), ACT)


_WORDS = {
    Fate.TOLD: "told",
    Fate.LATER: "not told yet",
    Fate.DOUBT: "may have been told, and is not told again",
    Fate.REFUSED: "told, but for those who refuse",
}


def write_letters(news: News, message: bytes, folder: Path, html: str) -> tuple[Path, ...]:
    """Write a mail for looking at: as the message, and as a page with its picture beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {f"{news.slot}.eml": message, f"{news.slot}.html": html.replace("cid:cover", f"{news.slot}.jpg").encode()}
    files |= {f"{news.slot}.jpg": news.cover} if news.cover else {}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return tuple(folder / name for name in files)
