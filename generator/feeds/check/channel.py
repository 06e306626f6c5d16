"""What RSS 2.0 asks of a channel, and of plain text anywhere."""

import re
from collections.abc import Iterator
from datetime import datetime

from generator.feeds.check.addresses import check_address, is_address, is_mailbox
from generator.feeds.check.dates import parse_date
from generator.feeds.check.markup import Node
from generator.feeds.check.pages import Page
from generator.feeds.check.rules import Said
from generator.feeds.check.terms import words

LONGEST = 255  # characters
NEEDED = {"title": "R01", "link": "R02", "description": "R03", "language": "R04"}
PLAIN = (
    "title",
    "itunes:title",
    "itunes:author",
    "copyright",
    "podcast:person",
    "podcast:funding",
    "podcast:soundbite",
)
FREE = {"description", "content:encoded", "itunes:summary", "podcast:txt", "item", "itunes:owner", "image"}
TWICE = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9a-f]+);", re.IGNORECASE)
TAG = re.compile(r"<(?:/?[a-z]|!--)", re.IGNORECASE)


def check_channel(page: Page, now: datetime) -> Iterator[Said]:
    """Report what is wrong with the channel of a page."""
    channel = page.channel
    if channel is None:
        return
    for name, code in NEEDED.items():
        node = channel.first(name)
        if node is None or not node.value:
            yield Said(code, node.line if node else channel.line)
    yield from _check_link(channel)
    yield from _check_language(channel)
    yield from _check_dates(channel, now)
    yield from _check_small(channel)
    yield from check_plain(channel)
    if not page.items:
        yield Said("R13", channel.line)


def check_plain(parent: Node) -> Iterator[Said]:
    """Report values that are too long, have blanks around them, or are not the plain text they should be."""
    for node in parent.children:
        if node.name in FREE and node.name not in {"description", "content:encoded"}:
            continue
        if node.value and node.text != node.value and not node.children:
            yield Said("R07", node.line, f"{node.name} begins or ends with a blank.")
        if node.name not in FREE and len(node.value) > LONGEST:
            yield Said(
                "R06", node.line, f"{node.name} has {len(node.value)} characters, at most {LONGEST} are allowed."
            )
        if node.name in PLAIN and TAG.search(node.text):
            yield Said("R08", node.line, f"Markup stands in {node.name}: {node.value[:60]!r}.")
        if node.name in PLAIN and (found := TWICE.search(node.text)):
            yield Said("R09", node.line, f"{node.name} was escaped twice: {found[0]} is left in it.")


def _check_link(channel: Node) -> Iterator[Said]:
    for node in channel.all("link"):
        if node.value and not is_address(node.value):
            yield Said("R02", node.line, f"The link of the show is no full address: {node.value[:80]!r}.")
        elif node.value:
            yield from check_address(node.value, node.line, "the show's site")


def _check_language(channel: Node) -> Iterator[Said]:
    node = channel.first("language")
    if node is None or not node.value:
        return
    code = node.value.lower()
    if not re.fullmatch(r"[a-z]{2}(-[a-z0-9]{2,8})*", code, re.ASCII) or code[:2] not in words("other", "languages"):
        yield Said("R05", node.line, f"{node.value[:40]!r} is no language code that Apple knows.")


def _check_dates(channel: Node, now: datetime) -> Iterator[Said]:
    moments = {}
    for name in ("pubDate", "lastBuildDate"):
        for node in channel.all(name):
            try:
                moments[name] = parse_date(node.value)
            except ValueError as error:
                yield Said("R10", node.line, f"{name} of the channel: {error}.")
            else:
                if moments[name] > now:
                    yield Said("R15", node.line, f"{name} lies in the future.")
    built = channel.first("lastBuildDate")
    if built is not None and "lastBuildDate" in moments and moments["lastBuildDate"] < _newest(channel, now):
        yield Said("R15", built.line, "lastBuildDate is earlier than the date of the newest item.")


def _newest(channel: Node, now: datetime) -> datetime:
    """Return the newest date of an item that is not in the future; the earliest there is without any."""
    newest = datetime.min.replace(tzinfo=now.tzinfo)
    for item in channel.all("item"):
        node = item.first("pubDate")
        try:
            date = parse_date(node.value if node else "")
        except ValueError:
            continue
        newest = max(newest, date) if date <= now else newest
    return newest


def _check_small(channel: Node) -> Iterator[Said]:
    for node in channel.all("image"):
        if lacking := [name for name in ("url", "title", "link") if not (part := node.first(name)) or not part.value]:
            yield Said("R11", node.line, f"The RSS image lacks {', '.join(lacking)}.")
    for node in channel.all("ttl"):
        if not re.fullmatch(r"\d+", node.value, re.ASCII):
            yield Said("R12", node.line)
    for node in channel.all("copyright"):
        if re.search(r"copyright|©|\(c\)|\b(19|20)\d\d\b", node.value, re.IGNORECASE):
            yield Said("R16", node.line, f"The copyright is {node.value[:60]!r}.")
    for name in ("managingEditor", "webMaster"):
        for node in channel.all(name):
            if node.value and not is_mailbox(node.value.partition(" ")[0]):
                yield Said("R14", node.line, f"{name} is no mail address.")
