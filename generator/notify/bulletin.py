"""What is told: the same news as a letter, as words for a telephone, and as values for a program. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.feeds.text import clean_line

SUBJECT = 150  # characters
LEAVING = "\0unsubscribe\0"  # in a letter: the address where its reader leaves the list; no text of a story can hold it


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail, but for its addresses."""

    subject: str
    text: str
    html: str
    picture: bytes = field(default=b"", repr=False)  # a JPEG that the HTML shows as cid:cover
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One piece of news."""

    key: str  # "2026-11-21", or "failures/2026-11-21-0a1b2c3d"
    letter: Letter
    short: str  # plain text for a channel without HTML
    facts: Mapping[str, object] = field(default_factory=dict)  # for a program
    feeds: tuple[str, ...] = ()  # the addresses of the feeds that have changed
    podcast: str = ""  # the address of the podcast, when it has changed
    to: tuple[str, ...] = field(default=(), repr=False)  # who gets the mail
    listed: bool = True  # whether it goes to a list that one can leave


def make_subject(*parts: str) -> str:
    """Return a subject of one line without control characters."""
    line = clean_line(" ".join(parts))
    plain = "".join(c if c.isprintable() else " " for c in line).replace("=?", "= ?")  # which mail apps would decode
    return clean_line(plain, SUBJECT)
