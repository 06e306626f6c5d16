"""The files a feed links: which, and what the feed says of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from generator.feeds.check.addresses import is_address
from generator.feeds.check.apple import parse_duration
from generator.feeds.check.extras import plain_type
from generator.feeds.check.markup import Node
from generator.feeds.check.pages import Page, said


class Kind(StrEnum):
    """What a file is for."""

    SOUND = "sound"
    ART = "picture"
    TRANSCRIPT = "transcript"
    CHAPTERS = "chapters"


LINKS = {
    "enclosure": (Kind.SOUND, "url"),
    "itunes:image": (Kind.ART, "href"),
    "podcast:transcript": (Kind.TRANSCRIPT, "url"),
    "podcast:chapters": (Kind.CHAPTERS, "url"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file, and what the feed promises of it."""

    place: str  # the name of the page that links it
    line: int
    kind: Kind
    address: str
    type: str  # the media type, empty when the feed names none
    length: int | None  # bytes, of sounds
    seconds: int  # of the episode; nought when the feed does not say


def find_wanted(page: Page, newest: int | None = None) -> Iterator[Wanted]:
    """Yield the files of a page, the show's own first; of so many items, or of all."""
    for parent in (page.channel, *page.items[:newest]) if page.channel else ():
        seconds = parse_duration(said(parent, "itunes:duration"))
        for node in parent.children:
            if node.name in LINKS and is_address(node.get(LINKS[node.name][1])):
                yield _make_wanted(page.name, node, seconds)


def _make_wanted(place: str, node: Node, seconds: int) -> Wanted:
    kind, attribute = LINKS[node.name]
    length = node.get("length").strip()
    return Wanted(
        place,
        node.line,
        kind,
        node.get(attribute).strip(),
        plain_type(node.get("type")),
        int(length) if kind is Kind.SOUND and length.isascii() and length.isdigit() and len(length) < 16 else None,
        seconds,
    )
