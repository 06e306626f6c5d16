"""A page of a feed, and what is remembered of it when the next one is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from generator.feeds.check.dates import parse_date
from generator.feeds.check.markup import Node, Parsed, parse_markup
from generator.feeds.check.octets import LARGEST, decode


@dataclass(frozen=True, slots=True)
class Page:
    """One document of a feed."""

    name: str  # what findings call it
    address: str  # where it is published; empty when nobody knows
    data: bytes
    parsed: Parsed
    channel: Node | None
    items: tuple[Node, ...]

    def link(self, rel: str) -> str:
        """Return the address of the first atom:link of that kind."""
        links = self.channel.all("atom:link") if self.channel else ()
        return next((link.get("href").strip() for link in links if link.get("rel") == rel), "")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is remembered of an item."""

    place: str  # the name of its page
    page: int  # from 0
    line: int
    guid: str
    title: str
    link: str
    sound: str  # the address of its enclosure
    length: str  # as written
    date: datetime | None
    number: tuple[str, str]  # season and episode


@dataclass(frozen=True, slots=True)
class Show:
    """What is remembered of a channel."""

    title: str
    guid: str
    address: str  # the one it names as its own
    moved: str  # itunes:new-feed-url
    cover: str  # its address
    links: Mapping[str, str]  # rel -> address


def make_page(name: str, address: str, data: bytes) -> Page:
    """Read a document as far as it can be read."""
    parsed = parse_markup(decode(data[:LARGEST]).encode("utf-8", "replace"))
    root = parsed.root
    channel = root.first("channel") if root is not None and root.name == "rss" else None
    return Page(name, address, data, parsed, channel, channel.all("item") if channel else ())


def make_show(page: Page) -> Show:
    """Return what is remembered of a page's channel."""
    rels = ("self", "next", "prev", "previous", "first", "last")
    links = {rel: page.link(rel) for rel in rels if page.link(rel)}
    cover = page.channel.first("itunes:image") if page.channel else None
    return Show(
        said(page.channel, "title"),
        said(page.channel, "podcast:guid"),
        links.get("self", ""),
        said(page.channel, "itunes:new-feed-url"),
        cover.get("href").strip() if cover else "",
        links,
    )


def make_entries(page: Page, number: int) -> tuple[Entry, ...]:
    """Return what is remembered of a page's items."""
    return tuple(_make_entry(page.name, number, item) for item in page.items)


def _make_entry(place: str, number: int, item: Node) -> Entry:
    enclosure = item.first("enclosure")
    try:
        date = parse_date(said(item, "pubDate"))
    except ValueError:
        date = None
    return Entry(
        place,
        number,
        item.line,
        said(item, "guid"),
        said(item, "title"),
        said(item, "link"),
        enclosure.get("url").strip() if enclosure else "",
        enclosure.get("length").strip() if enclosure else "",
        date,
        (said(item, "itunes:season"), said(item, "itunes:episode")),
    )


def said(node: Node | None, name: str) -> str:
    """Return the text of a child, empty when there is none."""
    child = node.first(name) if node is not None else None
    return child.value if child is not None else ""
