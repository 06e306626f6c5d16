"""Check a whole feed: page by page, then what they link, then what stood there before."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime

from generator.feeds.check.addresses import is_address
from generator.feeds.check.apple import check_apple
from generator.feeds.check.channel import check_channel
from generator.feeds.check.earlier import check_entries, check_show
from generator.feeds.check.episodes import check_episodes, check_together
from generator.feeds.check.extras import check_extras
from generator.feeds.check.octets import check_octets
from generator.feeds.check.pages import Entry, Page, Show, make_entries, make_page, make_show
from generator.feeds.check.paging import check_chain, check_links, same
from generator.feeds.check.podcasting import check_podcasting
from generator.feeds.check.prose import check_prose
from generator.feeds.check.report import Report
from generator.feeds.check.rules import Fault, Said, make_fault
from generator.feeds.check.shape import check_shape
from generator.feeds.check.source import Opened, Source
from generator.feeds.check.wanted import Wanted, find_wanted
from generator.feeds.check.web import Silence

MOST_PAGES = 500


@dataclass(frozen=True, slots=True)
class Published:
    """A feed as it was read, without its bytes."""

    shows: tuple[Show, ...]  # one a page
    entries: tuple[Entry, ...]
    whole: bool  # whether the last page was reached


@dataclass(frozen=True, slots=True)
class Demands:
    """What is known about a feed from elsewhere, and how much of it is looked at."""

    moment: datetime
    guid: str = ""  # the pinned podcast:guid; empty when nobody has told
    before: Published | None = None  # what stood there earlier
    newest: int | None = None  # episodes whose files are looked at; None: all
    seen: set[Wanted] = field(default_factory=set)  # files that were looked at already, as other feeds link them


@dataclass(slots=True)
class _Reading:
    """What has come together while pages are read."""

    pages: list[tuple[str, str, int]] = field(default_factory=list)  # name, address, number of items
    shows: list[Show] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    items: int = 0
    whole: bool = False

    def add(self, opened: Opened, page: Page, newest: int | None) -> None:
        """Remember a page."""
        left = None if newest is None else max(0, newest - self.items)
        self.wanted += find_wanted(page, left)
        self.entries += make_entries(page, len(self.pages))
        self.pages.append((page.name, opened.address, len(page.items)))
        self.shows.append(make_show(page))
        self.items += len(page.items)

    def say(self, place: str, said: Iterable[Said]) -> None:
        """Remember what is wrong with a document."""
        self.faults += [make_fault(place, one) for one in said]


def read_published(first: str, source: Source) -> Published:
    """Read a feed to compare another one with. Raises Silence."""
    reading = _Reading()
    for opened, page in _read_pages(source.open(first), source, reading):
        reading.add(opened, page, 0)
    return Published(tuple(reading.shows), tuple(reading.entries), reading.whole)


def check_feed(first: str, source: Source, demands: Demands) -> Report:
    """Check the feed at an address or path. Raises Silence when its first page cannot be had."""
    reading = _Reading()
    for opened, page in _read_pages(source.open(first), source, reading):
        reading.add(opened, page, demands.newest)
        guid = _known_guid(demands, reading.shows[-1])
        reading.say(page.name, [*opened.said, *check_page(page, demands.moment, guid, opened.content_type)])
    _check_whole(reading, demands.before)
    wanted = list({(one.kind, one.address): one for one in reversed(reading.wanted)}.values())
    seen = [one for one in wanted if source.sees(one.address)]
    fresh = [one for one in seen if _bare(one) not in demands.seen]
    reading.faults += _check_files(fresh, source)
    demands.seen.update(map(_bare, fresh))
    unseen = len(wanted) - len(seen) + (0 if demands.newest is None else max(0, reading.items - demands.newest))
    order = {name: number for number, (name, _, _) in reversed(list(enumerate(reading.pages)))}
    faults = sorted(set(reading.faults), key=lambda one: (order.get(one.place, 0), one.line, one.rule.code, one.what))
    return Report(reading.pages[0][0], len(reading.pages), reading.items, len(fresh), unseen, tuple(faults))


def check_page(page: Page, now: datetime, guid: str = "", content_type: str = "") -> Iterator[Said]:
    """Report everything that one page says of itself."""
    yield from check_octets(page.data, content_type)
    if not page.data.strip():
        return
    yield from check_shape(page)
    yield from check_channel(page, now)
    yield from check_apple(page)
    yield from check_podcasting(page, guid)
    yield from check_extras(page)
    yield from check_prose(page)
    yield from check_links(page)
    yield from check_episodes(page, now)


def _read_pages(opened: Opened, source: Source, reading: _Reading) -> Iterator[tuple[Opened, Page]]:
    """Yield the first page and those that follow it, and remember why there is no further one."""
    while True:
        page = make_page(opened.name, opened.address, opened.data)
        yield opened, page
        further = page.link("next")
        if not is_address(further):
            reading.whole = not further and page.channel is not None
            return
        if not source.sees(further):
            return
        line = next(
            node.line for node in (page.channel.all("atom:link") if page.channel else ()) if node.get("rel") == "next"
        )
        if any(same(further, known or name) for name, known, _ in reading.pages):
            reading.say(page.name, [Said("A07", line, f"{further[:100]} is a page that was read already.")])
            return
        if len(reading.pages) >= MOST_PAGES:
            reading.say(page.name, [Said("A14", line)])
            return
        try:
            opened = source.open(further)
        except Silence as silence:
            reading.say(page.name, [Said("A06", line, f"The next page cannot be read: {silence.why}")])
            return


def _bare(wanted: Wanted) -> Wanted:
    """Return a file without where it is linked, so that what is promised of it in the same way is looked at once."""
    return replace(wanted, place="", line=0)


def _known_guid(demands: Demands, show: Show) -> str:
    """Return the guid that is right for the show, empty when only its address can tell."""
    if demands.guid or not demands.before:
        return demands.guid
    before = demands.before.shows[0].guid
    return before if before.lower() == show.guid.lower() else ""


def _check_whole(reading: _Reading, before: Published | None) -> None:
    """Remember what is wrong between items, between pages, and since the feed was published before."""
    first = reading.pages[0][0]
    for entry, said in check_together(reading.entries):
        reading.say(entry.place, [said])
    names, addresses, sizes = zip(*reading.pages, strict=True)
    if reading.whole and all(addresses):
        for number, said in check_chain(reading.shows, addresses, sizes):
            reading.say(names[number], [said])
    if before:
        for changed, said in check_entries(before.entries, reading.entries, whole=reading.whole):
            reading.say(changed.place if changed else first, [said])
        reading.say(first, check_show(before.shows[0], reading.shows[0]))


def _check_files(wanted: Sequence[Wanted], source: Source) -> Iterator[Fault]:
    """Yield what is wrong with the files, several of them at the same time where that helps."""

    def look(one: Wanted) -> tuple[Fault, ...]:
        return tuple(make_fault(one.place, said) for said in source.look(one))

    if source.threads == 1:
        for one in wanted:
            yield from look(one)
        return
    with ThreadPoolExecutor(source.threads) as pool:
        for faults in pool.map(look, wanted):
            yield from faults
