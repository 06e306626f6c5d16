"""Check a whole feed: page by page, then what they link, then what stood there before."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime

from generator.feeds.check.apple import check_apple
from generator.feeds.check.chain import Chain, Published, hash_cover, read_pages
from generator.feeds.check.channel import check_channel
from generator.feeds.check.earlier import check_entries, check_show
from generator.feeds.check.episodes import check_episodes, check_together
from generator.feeds.check.extras import check_extras
from generator.feeds.check.octets import check_octets
from generator.feeds.check.pages import Page, Show
from generator.feeds.check.paging import check_chain, check_links
from generator.feeds.check.podcasting import check_podcasting
from generator.feeds.check.prose import check_prose
from generator.feeds.check.report import Report
from generator.feeds.check.rules import Said
from generator.feeds.check.shape import check_shape
from generator.feeds.check.source import Source
from generator.feeds.check.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Demands:
    """What is known about a feed from elsewhere, and how much of it is looked at."""

    moment: datetime
    guid: str = ""  # the pinned podcast:guid; empty when nobody has told
    before: Published | None = None  # what stood there earlier
    newest: int | None = None  # episodes whose files are looked at; None: all
    most: int | None = None  # files that are looked at; None: all
    seen: set[Wanted] = field(default_factory=set)  # files that were looked at already, as other feeds link them


def check_feed(first: str, source: Source, demands: Demands) -> Report:
    """Check the feed at an address or path. Raises Silence when its first page cannot be had."""
    chain = Chain()
    for opened, page in read_pages(first, source, chain):
        chain.add(opened, page, demands.newest)
        guid = _known_guid(demands, chain.shows[-1])
        chain.say(page.name, opened.said)
        chain.say(page.name, check_page(page, demands.moment, guid, opened.content_type))
    _check_whole(chain, demands.before)
    if demands.before:
        _check_cover(chain, demands.before, source)
    looked, unseen = _check_files(chain, source, demands)
    order = {name: number for number, (name, _, _) in reversed(list(enumerate(chain.pages)))}
    faults = sorted(set(chain.faults), key=lambda one: (order.get(one.place, 0), one.line, one.rule.code, one.what))
    return Report(chain.pages[0][0], len(chain.pages), chain.items, looked, unseen, tuple(faults))


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


def _bare(wanted: Wanted) -> Wanted:
    """Return a file without where it is linked, so that what is promised of it in the same way is looked at once."""
    return replace(wanted, place="", line=0)


def _known_guid(demands: Demands, show: Show) -> str:
    """Return the guid that is right for the show, empty when only its address can tell."""
    if demands.guid or not demands.before:
        return demands.guid
    before = demands.before.shows[0].guid
    return before if before.lower() == show.guid.lower() else ""


def _check_whole(chain: Chain, before: Published | None) -> None:
    """Remember what is wrong between items, between pages, and since the feed was published before."""
    first = chain.pages[0][0]
    for entry, said in check_together(chain.entries):
        chain.say(entry.place, [said])
    names, addresses, sizes = zip(*chain.pages, strict=True)
    if chain.whole and all(addresses):
        for number, said in check_chain(chain.shows, addresses, sizes):
            chain.say(names[number], [said])
    if before:
        for changed, said in check_entries(before.entries, chain.entries, whole=chain.whole):
            chain.say(changed.place if changed else first, [said])
        chain.say(first, check_show(before.shows[0], chain.shows[0]))


def _check_cover(chain: Chain, before: Published, source: Source) -> None:
    """Remember that a cover was replaced under its address."""
    was, now = before.shows[0].cover, chain.shows[0].cover
    if before.cover and was == now and before.cover != (hash_cover(now, source) or before.cover):
        chain.say(chain.pages[0][0], [Said("C08", 0, f"{now[-100:]} is another picture than before.")])


def _check_files(chain: Chain, source: Source, demands: Demands) -> tuple[int, int]:
    """Remember what is wrong with the files; returns how many were looked at, and how many were not."""
    wanted = list({(one.kind, one.address): one for one in reversed(chain.wanted)}.values())
    seen = [one for one in wanted if source.sees(one.address)]
    fresh = [one for one in seen if _bare(one) not in demands.seen][: demands.most]
    demands.seen.update(map(_bare, fresh))
    if source.threads == 1:
        for one in fresh:
            chain.say(one.place, source.look(one))
    else:
        with ThreadPoolExecutor(source.threads) as pool:
            for one, said in zip(fresh, pool.map(lambda one: tuple(source.look(one)), fresh), strict=True):
                chain.say(one.place, said)
    older = 0 if demands.newest is None else max(0, chain.items - demands.newest)
    return len(fresh), len(wanted) - len(seen) + older + max(0, len(seen) - (demands.most or len(seen)))
