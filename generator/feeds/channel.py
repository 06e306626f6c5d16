"""What a feed says of itself: the values of its channel, made of a show and the settings. Pure."""

import re
from dataclasses import dataclass

from generator.feeds.outlet import Outlet
from generator.feeds.settings import Category, Podcast
from generator.feeds.shows import Show
from generator.feeds.text import clean_line, clip_bytes

AI = "Written, drawn and read aloud by AI."
SAID = re.compile(r"\bAI\b|\bby machines\b")


@dataclass(frozen=True, slots=True)
class Channel:
    """The head of a feed. All texts are plain; addresses are whole."""

    root: str  # the address of the site
    title: str
    link: str
    about: str
    language: str
    cover: str  # the address of a square picture
    guid: str
    author: str
    owner: str
    email: str
    moved_to: str  # where this feed is now, or empty
    nightly: bool  # whether it is the feed that the rhythm of the settings is about
    told: Podcast

    @property
    def categories(self) -> tuple[Category, ...]:
        """Apple's categories."""
        return self.told.categories


def make_channel(show: Show, outlet: Outlet, cover: str) -> Channel:
    """Make the channel of a show; `cover` is the address of its picture."""
    told = outlet.podcast
    return Channel(
        root=outlet.url,
        title=clean_line(show.title),
        link=outlet.url + show.link,
        about=clip_bytes(_disclose(show.about if show.whole else f"{show.about} {outlet.about}")),
        language=show.language,
        cover=cover,
        guid=outlet.find_guid(show.path),
        author=clean_line(outlet.author),
        owner=clean_line(told.owner or outlet.author),
        email=told.email,
        moved_to=told.moved_to and told.moved_to + show.path,
        nightly=show.whole,
        told=told,
    )


def _disclose(about: str) -> str:
    """Add that it is made with AI to a description that does not say so."""
    line = clean_line(about, 3900)
    return line if SAID.search(line) else f"{line} {AI}".strip()
