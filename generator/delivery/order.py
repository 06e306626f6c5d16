"""In which order a site is published, so that no page ever points at what is not there. Pure.

    new media, new pages, replaced media, new lists, replaced pages, feeds and other lists, the home page;
    then pages go, then media

A new page is seen by nobody before a replaced one or a list names it, and what it shows arrived before it. What only
lists others comes after all they list, a new page of a feed before the feed that names it; the home page after
everything, so that it never speaks of a story too early.
"""

import re
from collections.abc import Iterable

HOME = "index.html"
LISTS = re.compile(r".*\.(?:xml|xsl|opml|rss|atom|m3u8?|gz)|feed[^/]*\.json")  # feeds, the sitemap, playlists
DATA = re.compile(r".*\.json|sw\.js|.*\.webmanifest")  # of the search, the player, the worker: they name other files


def make_waves(new: Iterable[str], replaced: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Sort what is to be sent into waves: all of one must have arrived before the next begins."""
    waves = [list[str]() for _ in range(7)]
    for paths, is_new in ((new, True), (replaced, False)):
        for path in paths:
            waves[_rank(path, is_new)].append(path)
    return tuple(tuple(sorted(wave)) for wave in waves if wave)


def make_removals(gone: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Sort what is to be removed into waves: pages before the media they show."""
    pages, others = list[str](), list[str]()
    for path in sorted(gone):
        (pages if path.endswith(".html") else others).append(path)
    return tuple(tuple(wave) for wave in (pages, others) if wave)


def _rank(path: str, new: bool) -> int:
    """Return the wave of a file. New data beside a new story is part of it; data that is replaced names what is new."""
    if path == HOME:
        return 6
    if LISTS.fullmatch(path) and new and "/" in path:
        return 3
    if LISTS.fullmatch(path) or (DATA.fullmatch(path) and (not new or "/" not in path)):
        return 5
    if path.endswith(".html"):
        return 1 if new else 4
    return 0 if new else 2
