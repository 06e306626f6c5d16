"""Every link of the site leads somewhere, asked for as a reader's browser asks: pages, anchors, pictures, feeds, cards."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from urllib.request import urlopen

from generator.site.facts import parse_facts
from tests.bench.figure import Figure
from tests.gates.sample import PUBLISHED, Sample

STARTS = ("", "404.html", "sitemap.xml", "offline/", "today/")
FULL = re.compile(re.escape(PUBLISHED) + r"[^\s\"'<>\\)]*")
STYLED = re.compile(r"url\([\"']?([^\"')]+)")
READ = ("text/", "application/json", "application/manifest+json", "application/xml", "application/rss+xml")


@dataclass(slots=True)
class Walk:
    """What was seen on a walk over all links."""

    seen: dict[str, frozenset[str]] = field(default_factory=dict)  # by URL: the anchors there
    broken: list[str] = field(default_factory=list)
    anchors: list[tuple[str, str, str]] = field(default_factory=list)  # from where, to which URL and anchor


def measure(sample: Sample, address: str) -> Iterator[Figure]:
    """Walk over the site."""
    walk = walk_links(address)
    yield Figure("links: addresses asked for", len(walk.seen))
    yield Figure("links: broken", len(walk.broken), at_most=0, notes=tuple(walk.broken))


def walk_links(address: str) -> Walk:
    """Follow all links from the first page, and what no page links to, within the site."""
    walk = Walk()
    waiting = [(urljoin(address, start), "") for start in STARTS]
    while waiting:
        url, source = waiting.pop()
        if url in walk.seen:
            continue
        kind, text = fetch(url)
        walk.seen[url] = frozenset(parse_facts(text).ids) if kind.startswith("text/html") else frozenset()
        if not kind:
            walk.broken.append(f"{source or 'the site itself'} leads to {url}")
        for link in list_links(url, kind, text, address):
            target, anchor = urldefrag(link)
            if not target.startswith(address):
                continue
            waiting.append((target, url))
            if anchor:
                walk.anchors.append((url, target, unquote(anchor)))
    for source, target, anchor in walk.anchors:
        if anchor not in walk.seen[target]:
            walk.broken.append(f"{source} leads to #{anchor}, which {target} does not have")
    return walk


def fetch(url: str) -> tuple[str, str]:
    """Return the type and, where it can name others, the text of an address; nothing for what is not there."""
    try:
        with urlopen(url, timeout=30) as reply:
            kind = reply.headers["Content-Type"]
            return (kind, reply.read().decode("utf-8", "replace") if kind.startswith(READ) else "")
    except HTTPError as error:
        if error.code >= HTTPStatus.BAD_REQUEST:
            return "", ""
        raise


def list_links(url: str, kind: str, text: str, address: str) -> Iterator[str]:
    """Yield all that a file names of its own site: links, sources, and full addresses anywhere in it."""
    own = [full.replace(PUBLISHED, address, 1) for full in FULL.findall(text)]
    if kind.startswith("text/html"):
        own += [link.url for link in parse_facts(text).links]
    elif kind.startswith("text/css"):
        own += STYLED.findall(text)
    elif kind.startswith("application/manifest"):
        manifest = json.loads(text)
        own += [manifest["start_url"], *(icon["src"] for icon in manifest["icons"])]
    return (urljoin(url, link) for link in own if urlsplit(link).scheme in {"", "http", "https"})
