"""Descriptions and the full text of episodes: how long, which markup, and where its links lead."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

from generator.feeds.check.addresses import is_address
from generator.feeds.check.channel import TAG
from generator.feeds.check.markup import Node
from generator.feeds.check.pages import Page
from generator.feeds.check.rules import Said

LIMIT = 4000  # bytes
LOOKED = 50_000  # characters of a text whose markup is looked at; the parser takes its time over what is broken
SHOWN = set("p ol ul li a b i strong em br".split())
RUNS = set("script iframe frame object embed form base meta link".split())  # nowhere
ACTIVE = RUNS | set("style input button audio video source svg".split())  # not in a description
EMPTY = set("br hr img wbr input source link meta base embed area col param track".split())
DISCLOSED = re.compile(
    r"\b(AI|KI|IA|GPT)\b|artificial|künstlich|artificiel|人工知能|\b(model|machine|computer|maschine|m[áa]quina|ordinateur)",
    re.IGNORECASE,
)


def check_prose(page: Page) -> Iterator[Said]:
    """Report what is wrong with the texts of a page."""
    channel = page.channel
    if channel is None:
        return
    for node in channel.all("description"):
        yield from _check_description(node)
        if TAG.search(node.text):
            yield Said("D10", node.line)
    yield from _check_disclosure(channel)
    for item in page.items:
        texts = item.all("description")
        if not any(node.value or node.children for node in texts):
            yield Said("D01", texts[0].line if texts else item.line)
        for node in texts:
            yield from _check_description(node)
        for node in item.all("content:encoded"):
            yield from _check_markup(node, short=False)


def _check_disclosure(channel: Node) -> Iterator[Said]:
    made = any(
        node.get("purpose").lower() == "ai-content" and node.value == "true" for node in channel.all("podcast:txt")
    )
    for node in channel.all("description"):
        if made and not DISCLOSED.search(node.text):
            yield Said("D13", node.line)


def _check_description(node: Node) -> Iterator[Said]:
    size = len(node.text.encode("utf-8", "replace"))
    if size > LIMIT:
        yield Said("D02", node.line, f"The description has {size:,} bytes, at most {LIMIT:,} are allowed.")
    yield from _check_markup(node, short=True)


def _check_markup(node: Node, *, short: bool) -> Iterator[Said]:
    if node.children:
        yield Said("D07", node.line, f"{node.name} has the XML element <{node.children[0].name[:40]}> inside.")
    if not TAG.search(node.text):
        return
    reader, whole = _Reader(), len(node.text) <= LOOKED
    reader.feed(node.text[:LOOKED])
    reader.close()
    if strange := sorted(reader.seen - SHOWN - ACTIVE) if short else []:
        yield Said("D03", node.line, f"The description has markup that Apple does not show: {', '.join(strange)[:80]}.")
    if active := sorted(reader.seen & (ACTIVE if short else RUNS) | reader.handlers):
        yield Said("D04", node.line, f"{node.name} has {', '.join(active)[:80]}.")
    if whole and (reader.unclosed or reader.open):
        name = (reader.unclosed or reader.open)[0]
        yield Said("D05", node.line, f"<{name[:30]}> of {node.name} is not closed, or closed where it is not open.")
    for link in reader.links:
        if not _leads(link):
            yield Said("D06", node.line, f"A link of {node.name} is no full address: {link[:80]!r}.")
    if short and not node.cdata:
        yield Said("D09", node.line)


def _leads(link: str) -> bool:
    """Return whether an app can follow a link."""
    try:
        return is_address(link) or urlsplit(link.strip()).scheme == "mailto"
    except ValueError:
        return False


class _Reader(HTMLParser):
    """What is noted of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.unclosed: list[str] = []
        self.seen: set[str] = set()
        self.handlers: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and what it does."""
        self.seen.add(tag)
        self.handlers |= {name for name, _ in attrs if name.startswith("on")}
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that is written as empty."""
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.unclosed.append(self.open.pop())

    def handle_endtag(self, tag: str) -> None:
        """Note the end of an element."""
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif tag not in EMPTY:
            self.unclosed.append(tag)
