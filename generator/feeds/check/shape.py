"""The shape of a feed: its root, its namespaces, and where which elements may stand."""

import re
from collections import Counter
from collections.abc import Iterator

from generator.feeds.check.markup import ATOM, CONTENT, ITUNES, PODCAST, PODCAST_OLD, Node
from generator.feeds.check.pages import Page
from generator.feeds.check.rules import Said
from generator.feeds.check.terms import elements, words

RIGHT = {"itunes": ITUNES, "podcast": PODCAST, "atom": ATOM, "content": CONTENT}


def check_shape(page: Page) -> Iterator[Said]:
    """Report what is wrong with the XML and with the elements of a page."""
    yield from page.parsed.said
    yield from _check_namespaces(page.parsed.bound)
    root = page.parsed.root
    if root is None:
        return
    if root.name != "rss" or root.get("version") != "2.0":
        yield Said("X03", root.line, f"The root is <{root.name[:60]}> of version {root.get('version')[:20]!r}.")
    channels = len(root.all("channel"))
    if channels != 1:
        yield Said("X09", root.line, f"There are {channels} channels.")
    if page.channel:
        yield from _check_elements(page.channel, "channel")
    for item in page.items:
        yield from _check_elements(item, "item")


def _check_namespaces(bound: tuple[tuple[str, str, int], ...]) -> Iterator[Said]:
    for prefix, address, line in bound:
        if address == PODCAST_OLD:
            yield Said("X05", line)
        elif address not in RIGHT.values():
            meant = next((name for name, right in RIGHT.items() if _bare(right) == _bare(address)), "")
            meant = meant or (prefix if prefix in RIGHT else "")
            if meant:
                yield Said("X04", line, f"The {meant} namespace is {RIGHT[meant]}, and not {address[:100]}.")


def _bare(address: str) -> str:
    """Return what is left of an address when one is careless."""
    return re.sub(r"^https?://(www\.)?", "", address.lower()).rstrip("/")


def _check_elements(parent: Node, kind: str) -> Iterator[Said]:
    counts = Counter(child.name for child in parent.children)
    for child in parent.children:
        prefix, _, local = child.name.rpartition(":") if not child.name.startswith("{") else ("{", "", "")
        if prefix in {"", "itunes", "podcast"}:
            yield from _check_place(child, prefix, local, kind)
    for name in sorted(words("once", kind)):
        if counts[name] > 1:
            line = parent.all(name)[1].line
            yield Said("X10", line, f"{name} stands {counts[name]} times in one {kind}.")


def _check_place(node: Node, prefix: str, local: str, kind: str) -> Iterator[Said]:
    namespace = prefix or "rss"
    other = "item" if kind == "channel" else "channel"
    if local in elements(namespace, kind):
        return
    if local in elements(namespace, other):
        yield Said("X11", node.line, f"{node.name} belongs into the {other}, not into the {kind}.")
    elif namespace == "rss":
        yield Said("X06", node.line, f"RSS knows no <{local[:60]}> in the {kind}.")
    else:
        yield Said("X07", node.line, f"The {prefix} namespace knows no {node.name[:60]} in the {kind}.")
