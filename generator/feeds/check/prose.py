"""Descriptions and the full text of episodes: how long, which markup, and where its links lead."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.feeds.check.addresses import is_address
from generator.feeds.check.channel import TAG
from generator.feeds.check.markup import Node
from generator.feeds.check.pages import Page
from generator.feeds.check.rules import Said
from generator.feeds.check.tags import find_tags

LIMIT = 4000  # bytes
SHOWN = set("p ol ul li a b i strong em br".split())
RUNS = set("script iframe frame object embed form base meta link".split())  # nowhere
ACTIVE = RUNS | set("style input button audio video source svg".split())  # not in a description
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
    tags = find_tags(node.text)
    if strange := sorted(tags.names - SHOWN - ACTIVE) if short else []:
        yield Said("D03", node.line, f"The description has markup that Apple does not show: {', '.join(strange)[:80]}.")
    if active := sorted(tags.names & (ACTIVE if short else RUNS) | tags.handlers):
        yield Said("D04", node.line, f"{node.name} has {', '.join(active)[:80]}.")
    if tags.unclosed:
        yield Said(
            "D05", node.line, f"<{tags.unclosed[:30]}> of {node.name} is not closed, or closed where it is not open."
        )
    for link in tags.links:
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
