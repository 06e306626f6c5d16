"""Read a feed page by page, and remember of each what is needed when all have been read."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from generator.feeds.check.addresses import is_address
from generator.feeds.check.pages import Entry, Page, Show, make_entries, make_page, make_show
from generator.feeds.check.paging import same
from generator.feeds.check.rules import Fault, Said, make_fault
from generator.feeds.check.source import Opened, Source
from generator.feeds.check.wanted import Wanted, find_wanted
from generator.feeds.check.web import Silence

MOST_PAGES = 500
MOST_FAULTS = 200  # that are remembered of one rule in one document; one that is all wrong must not fill the memory


@dataclass(frozen=True, slots=True)
class Published:
    """A feed as it was read, without its bytes."""

    shows: tuple[Show, ...]  # one a page
    entries: tuple[Entry, ...]
    whole: bool  # whether the last page was reached
    cover: str  # the hash of the show's cover; empty when it could not be had


@dataclass(slots=True)
class Chain:
    """What has come together while pages are read."""

    pages: list[tuple[str, str, int]] = field(default_factory=list)  # name, address, number of items
    shows: list[Show] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    said: Counter[tuple[str, str]] = field(default_factory=Counter)  # by document and rule
    items: int = 0
    whole: bool = False

    def add(self, opened: Opened, page: Page, newest: int | None) -> None:
        """Remember a page, and the files of the newest items."""
        left = None if newest is None else max(0, newest - self.items)
        self.wanted += find_wanted(page, left)
        self.entries += make_entries(page, len(self.pages))
        self.pages.append((page.name, opened.address, len(page.items)))
        self.shows.append(make_show(page))
        self.items += len(page.items)

    def say(self, place: str, said: Iterable[Said]) -> None:
        """Remember what is wrong with a document."""
        for one in said:
            self.said[place, one.code] += 1
            if self.said[place, one.code] <= MOST_FAULTS:
                self.faults.append(make_fault(place, one))


def read_published(first: str, source: Source) -> Published:
    """Read a feed to compare another one with. Raises Silence."""
    chain = Chain()
    for opened, page in read_pages(first, source, chain):
        chain.add(opened, page, 0)
    cover = hash_cover(chain.shows[0].cover, source)
    return Published(tuple(chain.shows), tuple(chain.entries), chain.whole, cover)


def hash_cover(address: str, source: Source) -> str:
    """Return the hash of a cover; empty when it cannot be had."""
    data = source.fetch(address) if is_address(address) and source.sees(address) else None
    return sha256(data).hexdigest() if data else ""


def read_pages(first: str, source: Source, chain: Chain) -> Iterator[tuple[Opened, Page]]:
    """Yield the first page and those that follow it, and remember why there is no further one. Raises Silence."""
    opened = source.open(first)
    while True:
        page = make_page(opened.name, opened.address, opened.data)
        yield opened, page
        further = page.link("next")
        if not is_address(further):
            chain.whole = not further and page.channel is not None
            return
        if not source.sees(further):
            return
        links = page.channel.all("atom:link") if page.channel else ()
        line = next(node.line for node in links if node.get("rel") == "next")
        if any(same(further, known) for _, known, _ in chain.pages):
            chain.say(page.name, [Said("A07", line, f"{further[:100]} is a page that was read already.")])
            return
        if len(chain.pages) >= MOST_PAGES:
            chain.say(page.name, [Said("A14", line)])
            return
        try:
            opened = source.open(further)
        except Silence as silence:
            chain.say(page.name, [Said("A06", line, f"The next page cannot be read: {silence.why}")])
            return
