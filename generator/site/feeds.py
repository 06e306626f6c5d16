"""The files of all feeds: what each depends on, and how it is made. They are written as pages are, only when they change."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.archive import read_page
from generator.config import read_config
from generator.feeds.channel import Channel, make_channel
from generator.feeds.cover import draw_cover, read_scene
from generator.feeds.episode import list_dated, make_episode
from generator.feeds.jsonfeed import render_json_feed
from generator.feeds.opml import render_opml
from generator.feeds.outlet import Outlet, read_outlet
from generator.feeds.paging import Sheet, split_pages
from generator.feeds.post import Post, ReadPage, make_post
from generator.feeds.rss import render_podcast
from generator.feeds.shows import Show, make_shows
from generator.feeds.subscribe import JSON, OPML, TEXT
from generator.feeds.text_rss import render_text_feed
from generator.feeds.tree import SHEET
from generator.feeds.xsl import render_sheet
from generator.site.leaves import digest
from generator.site.shelf import Shelf
from generator.site.story_page import StoryPage

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

READ = 30  # stories that stand in the feeds for reading with all their words


@dataclass(frozen=True, slots=True)
class Feed:
    """A file of the feeds. It is written again when its key changes."""

    key: str  # of everything it is made of
    make: Callable[[], bytes]


def find_outlet(config: "MkDocsConfig") -> Outlet | None:
    """Return where the feeds of a site are published; None where it does not know its address. Raises ConfigError."""
    root = Path(config.config_file_path or config.docs_dir).absolute().parent
    return read_outlet(root, config.site_name, config.site_url or "", config.site_description or "")


def find_store(config: "MkDocsConfig") -> str:
    """Return where readers find the store of recordings and pictures; empty without one. Raises ConfigError."""
    root = Path(config.config_file_path or config.docs_dir).absolute().parent
    return read_config(root, show=config.site_name, site_url=config.site_url or "").store_url


def make_feeds(shelf: Shelf, content: Path, prints: Mapping[str, str], taken: Container[str] = ()) -> dict[str, Feed]:
    """Make all feeds of an archive, by their path under the site; none where it does not know its address.

    `prints` are the fingerprints of the stories' folders, for what is said of their words. A path that is `taken` by a
    file of the archive is left to it. Raises ConfigError.
    """
    outlet = shelf.outlet
    if not outlet:
        return {}
    stories = list_dated(shelf.stories)
    heard = tuple(story for story in stories if story.heard)
    channels, feeds = [], dict[str, Feed]()
    for show in make_shows(outlet, shelf):
        path = _cover_path(show, outlet)
        if not outlet.cover:
            feeds[path] = Feed(path, partial(draw_cover, outlet.title, "" if show.whole else show.name))
        channel = make_channel(show, outlet, outlet.cover or outlet.url + path)
        channels.append((outlet.url + show.path, channel))
        feeds |= dict(_podcast(show, channel, [story for story in heard if show.has(story)], outlet))
    feeds |= dict(_texts(channels[0][1], stories, outlet, prints, lambda story: read_page(content / story.folder)))
    opml = partial(render_opml, outlet.title, [*channels, (outlet.url + TEXT, _for_reading(channels[0][1]))])
    feeds[OPML] = Feed(digest(repr(channels)), opml)
    sheet = render_sheet(outlet.url)
    feeds[SHEET] = Feed(digest(sheet), sheet.encode)
    return {path: feed for path, feed in feeds.items() if path not in taken}


def write_feeds(feeds: Mapping[str, Feed], paths: Iterable[str], out: Path) -> None:
    """Write these feeds into the folder of a site."""
    for path in paths:
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(feeds[path].make())


def _cover_path(show: Show, outlet: Outlet) -> str:
    """Say where the cover of a show is: under another name when it looks otherwise, for apps look at one once."""
    return f"podcast/cover-{digest(read_scene(), outlet.title, '' if show.whole else show.name)[:12]}.jpg"


def _podcast(show: Show, channel: Channel, stories: list[StoryPage], outlet: Outlet) -> Iterator[tuple[str, Feed]]:
    head = digest(repr(channel), repr(outlet))
    for sheet in split_pages(show.path, stories):
        yield sheet.path, Feed(_key(head, sheet), partial(_print_podcast, channel, sheet, outlet))


def _print_podcast(channel: Channel, sheet: Sheet[StoryPage], outlet: Outlet) -> bytes:
    # Copies, so that what is unpacked of a story goes with the page it stands on.
    return render_podcast(channel, sheet.fill([make_episode(copy(story), outlet) for story in sheet.items]))


def _texts(
    channel: Channel, stories: tuple[StoryPage, ...], outlet: Outlet, prints: Mapping[str, str], read: ReadPage
) -> Iterator[tuple[str, Feed]]:
    """Make the feeds for reading: the first page with all words, the others with what the shelf knows."""
    channel = _for_reading(channel)
    head = digest(repr(channel), repr(outlet))
    pages = (split_pages(path, stories, first=READ) for path in (TEXT, JSON))
    for sheets in zip(*pages, strict=True):  # side by side, so that posts are made once for both
        words = read if sheets[0].path == TEXT else None
        names = [prints.get(story.folder, "") for story in sheets[0].items] if words else []
        for sheet, render in zip(sheets, (render_text_feed, render_json_feed), strict=True):
            make = partial(_print_text, channel, sheet, outlet, words, render)
            yield sheet.path, Feed(_key(head, sheet, *names), make)


def _for_reading(channel: Channel) -> Channel:
    return replace(channel, title=f"{channel.title}: the stories to read", moved_to="")


def _print_text(
    channel: Channel,
    sheet: Sheet[StoryPage],
    outlet: Outlet,
    read: ReadPage | None,
    render: Callable[[Channel, Sheet[Post]], bytes],
) -> bytes:
    return render(channel, sheet.fill(_make_posts(tuple(sheet.items), outlet, read)))


@lru_cache(1)
def _make_posts(stories: tuple[StoryPage, ...], outlet: Outlet, read: ReadPage | None) -> tuple[Post, ...]:
    return tuple(make_post(copy(story), outlet, read) for story in stories)


def _key(head: str, sheet: Sheet[StoryPage], *more: str) -> str:
    marks = (story.mark for story in sheet.items)
    return digest(head, sheet.path, sheet.previous, sheet.next, sheet.last, *marks, "", *more)
