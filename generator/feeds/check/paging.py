"""The links of a page to itself and to its neighbours (Atom, RFC 5005)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urldefrag, urlsplit, urlunsplit

from generator.feeds.check.addresses import check_address, is_address
from generator.feeds.check.pages import Page, Show
from generator.feeds.check.rules import Said

SINGLE = ("self", "next", "prev", "previous", "first", "last")
FULL = 100  # items of a page


def same(one: str, other: str) -> bool:
    """Return whether two addresses are the same but for what no server sees."""
    return _normal(one) == _normal(other)


def _normal(address: str) -> str:
    try:
        parts = urlsplit(urldefrag(address.strip())[0])
        port = "" if parts.port in {None, 80 if parts.scheme == "http" else 443} else f":{parts.port}"
        return urlunsplit((parts.scheme, f"{parts.hostname or ''}{port}", parts.path or "/", parts.query, ""))
    except ValueError:
        return address


def check_links(page: Page) -> Iterator[Said]:
    """Report what is wrong with the links of one page."""
    channel = page.channel
    if channel is None:
        return
    links = channel.all("atom:link")
    counts = Counter(node.get("rel") for node in links)
    for node in links:
        if is_address(node.get("href")):
            yield from check_address(node.get("href"), node.line, f"the link {node.get('rel')[:20]}")
        else:
            yield Said(
                "A04", node.line, f"The link {node.get('rel')[:20]!r} has no full address: {node.get('href')[:80]!r}."
            )
    for rel in SINGLE:
        if counts[rel] > 1:
            line = [node for node in links if node.get("rel") == rel][1].line
            yield Said("A05", line, f"There are {counts[rel]} links with rel={rel!r}.")
    own = next((node for node in links if node.get("rel") == "self"), None)
    if own is None:
        yield Said("A01", channel.line)
    elif page.address and is_address(own.get("href")) and not same(own.get("href"), page.address):
        yield Said(
            "A02",
            own.line,
            f"The feed names {own.get('href')[:100]} as its own address, and is at {page.address[:100]}.",
        )
    if own is not None and own.get("type") not in {"application/rss+xml", "application/xml", "text/xml"}:
        yield Said("A03", own.line)
    if len(page.items) > FULL:
        yield Said("A10", channel.line, f"The page has {len(page.items)} items.")


def check_chain(shows: Sequence[Show], addresses: Sequence[str], sizes: Sequence[int]) -> Iterator[tuple[int, Said]]:
    """Report what is wrong between pages, each with the number of its page."""
    for number, show in enumerate(shows):
        if number and not sizes[number]:
            yield number, Said("A12", 0)
        if number and (show.title, show.guid) != (shows[0].title, shows[0].guid):
            yield (
                number,
                Said("A11", 0, f"The page is of {show.title[:60]!r}, the first one of {shows[0].title[:60]!r}."),
            )
        before = addresses[number - 1] if number else ""
        expected = {"prev": before, "previous": before, "first": addresses[0], "last": addresses[-1]}
        for rel, address in expected.items():
            found = show.links.get(rel, "")
            if found and not same(found, address):
                where = address or "no page, for this is the first one"
                yield number, Said("A09", 0, f"rel={rel!r} leads to {found[:100]}, and not to {where[:100]}.")
