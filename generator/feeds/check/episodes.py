"""The items of a page: title, guid, date, enclosure, link."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from generator.feeds.check.addresses import check_address, ending, is_address
from generator.feeds.check.apple import parse_duration
from generator.feeds.check.channel import check_plain
from generator.feeds.check.dates import parse_date
from generator.feeds.check.extras import plain_type
from generator.feeds.check.markup import Node
from generator.feeds.check.pages import Entry, Page, said
from generator.feeds.check.rules import Said
from generator.feeds.check.terms import lists

NUMBERED = re.compile(r"(?:(?:episode|ep\.?|folge|épisode|s\d+\s*e)\s*#?\d+|#\s*\d+)\b", re.IGNORECASE)
SMALLEST = 10_000  # bytes; a second of speech has more, and no story is as many seconds long
PATIENCE = timedelta(minutes=5)  # that clocks may differ


def check_episodes(page: Page, now: datetime) -> Iterator[Said]:
    """Report what is wrong with the items of a page, each by itself."""
    show = said(page.channel, "title")
    for item in page.items:
        yield from check_plain(item)
        yield from _check_title(item, show)
        yield from _check_guid(item)
        yield from _check_date(item, now)
        yield from _check_enclosure(item)
        yield from _check_link(item)


def check_together(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Said]]:
    """Report what is wrong between the items of all pages, each with the item it is said of."""
    guids: dict[str, Entry] = {}
    sounds: dict[str, Entry] = {}
    for entry in entries:
        first = guids.setdefault(entry.guid, entry) if entry.guid else entry
        if first.page != entry.page:
            yield entry, Said("A08", entry.line, f"The item {entry.guid[:80]!r} stands on an earlier page too.")
        elif first is not entry:
            yield (
                entry,
                Said("I05", entry.line, f"The guid {entry.guid[:80]!r} was given in line {first.line} already."),
            )
        first = sounds.setdefault(entry.sound, entry) if entry.sound else entry
        if first is not entry and first.guid != entry.guid:
            yield entry, Said("I20", entry.line, f"The sound is that of {first.title[:60]!r}: {entry.sound[-80:]}.")
    titles = Counter(entry.title for entry in {entry.guid: entry for entry in entries}.values())
    numbers = Counter(entry.number for entry in entries if entry.number[1])
    for entry in entries:
        if entry.title and titles[entry.title] > 1:
            titles[entry.title] = 0
            yield entry, Said("I23", entry.line, f"More than one episode is called {entry.title[:60]!r}.")
        if numbers[entry.number] > 1:
            numbers[entry.number] = 0
            yield (
                entry,
                Said("T27", entry.line, f"More than one episode has the number {' '.join(entry.number).strip()}."),
            )
    yield from _check_order(entries)


def _check_order(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Said]]:
    dated = [entry for entry in entries if entry.date]
    for before, after in pairwise(dated):
        if before.date and after.date and after.date > before.date:
            code = "I12" if before.page == after.page else "A13"
            yield after, Said(code, after.line, f"{after.title[:60]!r} is newer than the item before it.")
            return


def _check_title(item: Node, show: str) -> Iterator[Said]:
    node = item.first("title")
    if node is None or not node.value:
        yield Said("I01", node.line if node else item.line)
        return
    if NUMBERED.match(node.value):
        yield Said("I02", node.line, f"The title begins with the number of the episode: {node.value[:60]!r}.")
    if show and re.search(rf"^{re.escape(show)}\s*[-:|–—]|[-:|–—]\s*{re.escape(show)}$", node.value, re.IGNORECASE):
        yield Said("I03", node.line, f"The title repeats the name of the show: {node.value[:60]!r}.")


def _check_guid(item: Node) -> Iterator[Said]:
    node = item.first("guid")
    if node is None or not node.value:
        yield Said("I04", node.line if node else item.line)
        return
    permanent = node.attributes.get("isPermaLink", "true")
    if permanent not in {"true", "false"} or (permanent == "true" and not is_address(node.value)):
        yield Said("I06", node.line, f"The guid {node.value[:60]!r} has isPermaLink={permanent[:20]!r}.")
    enclosure = item.first("enclosure")
    if enclosure is not None and node.value == enclosure.get("url").strip():
        yield Said("I07", node.line, "The guid is the address of the sound.")
    elif is_address(node.value) and node.value == said(item, "link"):
        yield Said("I07", node.line, "The guid is the address of the page, which changes when the site moves.")
    elif not is_address(node.value) and not _is_unique(node.value):
        yield Said("I08", node.line, f"The guid is {node.value[:60]!r}.")


def _is_unique(guid: str) -> bool:
    """Return whether a guid is a UUID, or a URI like tag:host,2026:name or urn:..."""
    if re.match(r"(tag:[^,\s]+\.[^,\s]+,\d{4}|urn:[a-z0-9-]+:)", guid, re.IGNORECASE):
        return True
    try:
        return str(UUID(guid)) == guid.lower()
    except ValueError:
        return False


def _check_date(item: Node, now: datetime) -> Iterator[Said]:
    node = item.first("pubDate")
    if node is None or not node.value:
        yield Said("I09", node.line if node else item.line)
        return
    try:
        date = parse_date(node.value)
    except ValueError as error:
        yield Said("I10", node.line, f"The date of the episode: {error}.")
        return
    if date > now + PATIENCE:
        yield Said("I11", node.line, f"The date of the episode, {node.value}, lies in the future.")


def _check_enclosure(item: Node) -> Iterator[Said]:
    nodes = item.all("enclosure")
    if not nodes:
        yield Said("I13", item.line)
        return
    if len(nodes) > 1:
        yield Said("I14", nodes[1].line)
    node = nodes[0]
    address = node.get("url").strip()
    if is_address(address):
        yield from check_address(address, node.line, "the sound")
    else:
        yield Said("I15", node.line, f"The enclosure has no full address: {address[:80]!r}.")
    yield from _check_length(node, said(item, "itunes:duration"))
    yield from _check_type(node)


def _check_length(node: Node, duration: str) -> Iterator[Said]:
    text = node.get("length")
    if not re.fullmatch(r"[1-9]\d*", text, re.ASCII) or len(text) > 15:
        yield Said("I16", node.line, f"The length of the enclosure is {text[:30]!r}.")
    elif int(text) == parse_duration(duration) or int(text) < SMALLEST:
        yield Said("I17", node.line, f"The length of the enclosure is {text}; these are no bytes of a sound.")


def _check_type(node: Node) -> Iterator[Said]:
    kind, endings = plain_type(node.get("type")), lists("enclosures")
    if kind not in endings:
        yield Said("I18", node.line, f"The type of the enclosure is {node.get('type')[:40]!r}.")
    elif node.get("url") and ending(node.get("url")) not in endings[kind]:
        yield Said(
            "I19",
            node.line,
            f"The address of the enclosure ends in {ending(node.get('url'))[:20]!r}, its type is {kind}.",
        )


def _check_link(item: Node) -> Iterator[Said]:
    node = item.first("link")
    if node is None or not is_address(node.value):
        yield Said("I22", node.line if node else item.line)
    else:
        yield from check_address(node.value, node.line, "the episode's page")
