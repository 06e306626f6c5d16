"""What Apple Podcasts asks of a show and of its episodes."""

import re
from collections.abc import Iterator

from generator.feeds.check.addresses import check_address, ending, is_address, is_mailbox
from generator.feeds.check.markup import Node
from generator.feeds.check.pages import Page, said
from generator.feeds.check.rules import Said
from generator.feeds.check.terms import lists, words

ENDINGS = {"jpg", "jpeg", "png"}


def check_apple(page: Page) -> Iterator[Said]:
    """Report what Apple would say to a page."""
    channel = page.channel
    if channel is None:
        return
    if channel.first("itunes:image") is None:
        yield Said("T01", channel.line)
    yield from _check_words(channel)
    yield from _check_categories(channel)
    if channel.first("itunes:explicit") is None:
        yield Said("T07", channel.line)
    if not said(channel, "itunes:author"):
        yield Said("T09", channel.line)
    yield from _check_owner(channel)
    yield from _check_type(channel, page)
    yield from _check_moved(channel, page)
    for item in page.items:
        yield from _check_words(item)
        yield from _check_episode(item)


def _check_words(parent: Node) -> Iterator[Said]:
    """Check what shows and episodes have both."""
    for node in parent.all("itunes:image"):
        yield from _check_image(node)
    for node in parent.all("itunes:explicit"):
        if node.value not in {"true", "false"}:
            yield Said("T08", node.line, f"itunes:explicit is {node.value[:30]!r}, neither true nor false.")
    for node in parent.all("itunes:title"):
        if not node.value:
            yield Said("T16", node.line)
    for name in ("itunes:block", "itunes:complete"):
        for node in parent.all(name):
            if node.value.lower() == "yes":
                yield Said("T15", node.line, f"{name} {'hides this' if name.endswith('block') else 'ends the show'}.")
            else:
                yield Said("T15", node.line, f"{name} means nothing with the value {node.value[:30]!r}.")
    for node in parent.children:
        if node.name in words("other", "retired"):
            yield Said("T17", node.line, f"Apple does not read {node.name} any more.")


def _check_image(node: Node) -> Iterator[Said]:
    address = node.get("href").strip()
    if not is_address(address):
        where = " (it stands between the tags instead of in href)" if is_address(node.value) else ""
        yield Said("T02", node.line, f"The cover has no full address{where}: {address[:80]!r}.")
        return
    if ending(address) not in ENDINGS:
        yield Said("T02", node.line, f"The address of the cover ends neither in .jpg nor in .png: {address[-80:]!r}.")
    yield from check_address(address, node.line, "the cover")


def _check_categories(channel: Node) -> Iterator[Said]:
    known, found = lists("categories"), channel.all("itunes:category")
    if not found:
        yield Said("T03", channel.line)
    for node in found:
        name = node.get("text")
        if name not in known:
            where = next((top for top, subs in known.items() if name in subs), "")
            more = f"; it is a subcategory of {where}" if where else ""
            yield Said("T04", node.line, f"Apple has no category {name[:60]!r}{more}.")
            continue
        for sub in node.all("itunes:category"):
            if sub.get("text") not in known[name]:
                yield Said("T05", sub.line, f"{sub.get('text')[:60]!r} is no subcategory of {name}.")
    if len(found) > 1:
        yield Said("T06", found[1].line)


def _check_owner(channel: Node) -> Iterator[Said]:
    owner = channel.first("itunes:owner")
    verified = any(
        node.get("purpose").lower() in {"verify", "applepodcastsverify"} for node in channel.all("podcast:txt")
    )
    verified = verified or channel.first("itunes:applepodcastsverify") is not None
    mail = said(owner, "itunes:email")
    if not mail and not verified:
        yield Said("T10", owner.line if owner else channel.line)
    elif mail and not is_mailbox(mail):
        yield Said("T11", owner.line if owner else 0, f"The owner's mail address is none: {mail[:60]!r}.")
    elif owner is not None and not said(owner, "itunes:name"):
        yield Said("T10", owner.line, "itunes:owner has no itunes:name.")


def _check_type(channel: Node, page: Page) -> Iterator[Said]:
    node = channel.first("itunes:type")
    kind = node.value.lower() if node else "episodic"
    if node and kind not in {"episodic", "serial"}:
        yield Said("T12", node.line, f"itunes:type is {node.value[:30]!r}, neither episodic nor serial.")
    if kind != "serial":
        return
    for item in page.items:
        if item.first("itunes:episode") is None and said(item, "itunes:episodeType").lower() in {"", "full"}:
            yield Said("T13", item.line)


def _check_moved(channel: Node, page: Page) -> Iterator[Said]:
    for node in channel.all("itunes:new-feed-url"):
        if not is_address(node.value):
            yield Said("T14", node.line, f"itunes:new-feed-url is no full address: {node.value[:80]!r}.")
        elif node.value not in {page.address, page.link("self"), page.link("first")}:
            yield Said("T14", node.line, f"The feed says that it has moved to {node.value[:100]}.")


def _check_episode(item: Node) -> Iterator[Said]:
    duration = item.first("itunes:duration")
    if duration is None:
        yield Said("T20", item.line)
    else:
        yield from _check_duration(duration)
    for name in ("itunes:episode", "itunes:season"):
        for node in item.all(name):
            if not re.fullmatch(r"[1-9]\d*", node.value, re.ASCII):
                yield Said("T23", node.line, f"{name} is {node.value[:30]!r}, not a whole number from 1.")
    for node in item.all("itunes:episodeType"):
        if node.value.lower() not in {"full", "trailer", "bonus"}:
            yield Said("T24", node.line, f"itunes:episodeType is {node.value[:30]!r}.")
    if item.first("itunes:explicit") is None:
        yield Said("T25", item.line)
    if item.first("itunes:image") is None:
        yield Said("T26", item.line)


def _check_duration(node: Node) -> Iterator[Said]:
    if re.fullmatch(r"(\d+:)?\d{1,2}:\d\d", node.value, re.ASCII):
        yield Said("T22", node.line, f"The duration is written as {node.value}.")
    elif parse_duration(node.value) == 0:
        yield Said(
            "T21", node.line, f"The duration is {node.value[:30]!r}, not a whole number of seconds above nought."
        )


def parse_duration(text: str) -> int:
    """Return the seconds of "312", "5:12" or "1:05:12"; nought for anything else."""
    if not re.fullmatch(r"\d{1,9}(:\d{1,2}){0,2}", text, re.ASCII):
        return 0
    seconds = 0
    for part in text.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds
