"""What the podcast namespace asks of a channel, and what shows and episodes have both."""

import re
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID, uuid5

from generator.feeds.check.addresses import check_address, is_address, is_mailbox
from generator.feeds.check.dates import parse_date
from generator.feeds.check.markup import Node
from generator.feeds.check.pages import Page
from generator.feeds.check.rules import Said
from generator.feeds.check.terms import lists, words

PODCASTS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
LICENCE = re.compile(r"cc0-1\.0|cc-by(-nc)?(-sa|-nd)?-[1-4]\.[05](-[a-z]+)?|pod-v4v-1\.0|arr|mit|apache-2\.0|pddl-1\.0")
FREQUENCIES = "SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY"
PART = re.compile(
    rf"FREQ=({FREQUENCIES})|(COUNT|INTERVAL)=[1-9]\d*|UNTIL=\d{{4}}[-\dTZ:.]+|WKST=(MO|TU|WE|TH|FR|SA|SU)"
    r"|BYDAY=[+-]?\d*(MO|TU|WE|TH|FR|SA|SU)[A-Z]?(,[+-]?\d*(MO|TU|WE|TH|FR|SA|SU))*"
    r"|BY(SECOND|MINUTE|HOUR|MONTHDAY|YEARDAY|WEEKNO|MONTH|SETPOS)=[+-]?\d+(,[+-]?\d+)*"
)
# The longest value between the tags, and the attribute that must be an address.
LIMITS = {"podcast:txt": 4000} | dict.fromkeys(
    (
        "podcast:person",
        "podcast:funding",
        "podcast:soundbite",
        "podcast:updateFrequency",
        "podcast:license",
        "podcast:trailer",
    ),
    128,
)
ADDRESSES = {
    "podcast:funding": ("url",),
    "podcast:transcript": ("url",),
    "podcast:chapters": ("url",),
    "podcast:trailer": ("url",),
    "podcast:image": ("href",),
}
MAYBE = {"podcast:person": ("href", "img"), "podcast:license": ("url",)}
ATTRIBUTES = {("podcast:txt", "purpose"): 128, ("podcast:season", "name"): 128, ("podcast:episode", "display"): 32}


def make_guid(address: str) -> str:
    """Return the podcast:guid of a feed's address, as the specification makes it."""
    return str(uuid5(PODCASTS, re.sub(r"^[A-Za-z][A-Za-z0-9+.-]*://", "", address.strip()).rstrip("/")))


def check_podcasting(page: Page, pinned: str) -> Iterator[Said]:
    """Report what is wrong with the podcast namespace of a channel; `pinned` is the guid the owner knows, or empty."""
    channel = page.channel
    if channel is None:
        return
    yield from _check_guid(page, channel, pinned)
    yield from _check_locked(channel)
    yield from _check_disclosure(page, channel)
    for node in channel.all("podcast:medium"):
        if node.value.removesuffix("L") not in words("other", "mediums") and node.value != "mixed":
            yield Said("P13", node.line, f"podcast:medium is {node.value[:40]!r}.")
    yield from _check_frequency(channel)
    for node in channel.all("podcast:trailer"):
        yield from _check_trailer(node)
    for node in channel.all("podcast:podping"):
        if node.get("usesPodping") not in {"true", "false"}:
            yield Said("P29", node.line)
    for parent in (channel, *page.items):
        yield from _check_shared(parent)


def _check_guid(page: Page, channel: Node, pinned: str) -> Iterator[Said]:
    node = channel.first("podcast:guid")
    if node is None:
        yield Said("P01", channel.line)
        return
    try:
        guid = UUID(node.value) if len(node.value) == 36 else None
    except ValueError:
        guid = None
    address = page.link("first") or page.link("self") or page.address
    if guid is None:
        yield Said("P02", node.line, f"podcast:guid is {node.value[:60]!r}, no UUID.")
    elif guid.version != 5:
        yield Said("P03", node.line, f"podcast:guid is a UUID of version {guid.version}, not 5.")
    elif pinned and node.value.lower() != pinned.lower():
        yield Said("P05", node.line, f"podcast:guid is {node.value}, pinned is {pinned}.")
    elif not pinned and address and node.value.lower() != make_guid(address):
        yield Said("P04", node.line, f"podcast:guid is not {make_guid(address)}, which belongs to {address[:100]}.")


def _check_locked(channel: Node) -> Iterator[Said]:
    for node in channel.all("podcast:locked"):
        if node.value not in {"yes", "no"}:
            yield Said("P06", node.line, f"podcast:locked is {node.value[:30]!r}, neither yes nor no.")
        if not node.get("owner").strip():
            yield Said("P07", node.line)
        elif not is_mailbox(node.get("owner")):
            yield Said("P08", node.line)


def _check_disclosure(page: Page, channel: Node) -> Iterator[Said]:
    shows, items = _find_disclosures(channel), [node for item in page.items for node in _find_disclosures(item)]
    for node in (*shows, *items):
        if node.value not in {"true", "false"}:
            yield Said("P10", node.line, f"ai-content is {node.value[:30]!r}, neither true nor false.")
    if not shows:
        yield Said("P09", channel.line)
    if any(node.value == "true" for node in items) and all(node.value == "false" for node in shows):
        yield Said("P11", shows[0].line if shows else channel.line)


def _find_disclosures(parent: Node) -> list[Node]:
    return [node for node in parent.all("podcast:txt") if node.get("purpose").strip().lower() == "ai-content"]


def _check_frequency(channel: Node) -> Iterator[Said]:
    for node in channel.all("podcast:updateFrequency"):
        rule, start = node.get("rrule"), node.get("dtstart")
        parts = rule.removeprefix("RRULE:").split(";")
        if "rrule" in node.attributes and not (
            all(PART.fullmatch(part) for part in parts) and sum(part.startswith("FREQ=") for part in parts) == 1
        ):
            yield Said("P15", node.line, f"The rule of podcast:updateFrequency cannot be read: {rule[:60]!r}.")
        if node.attributes.get("complete", "true") not in {"true", "false"}:
            yield Said("P16", node.line)
        if ("COUNT=" in rule and not start) or (start and not _is_moment(start)):
            yield Said("P17", node.line)


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _check_trailer(node: Node) -> Iterator[Said]:
    try:
        parse_date(node.get("pubdate"))
    except ValueError as error:
        yield Said("P26", node.line, f"podcast:trailer: {error}.")
    if not node.value:
        yield Said("P26", node.line, "podcast:trailer has no title.")


def _check_shared(parent: Node) -> Iterator[Said]:
    for node in parent.children:
        if not node.name.startswith("podcast:"):
            continue
        yield from _check_limits(node)
        yield from _check_addresses(node)
        if node.name == "podcast:license":
            yield from _check_licence(node)
        elif node.name == "podcast:person":
            yield from _check_person(node)
        elif node.name == "podcast:funding" and not node.value:
            yield Said("P25", node.line)
        elif node.name == "podcast:images":
            yield Said("P27", node.line)
        elif node.name == "podcast:image":
            yield from _check_measures(node)


def _check_limits(node: Node) -> Iterator[Said]:
    limit = LIMITS.get(node.name)
    if limit and len(node.value) > limit:
        yield Said("P30", node.line, f"{node.name} has {len(node.value)} characters, apps keep {limit}.")
    for (name, attribute), most in ATTRIBUTES.items():
        if node.name == name and len(node.get(attribute)) > most:
            yield Said("P30", node.line, f"{attribute} of {name} is longer than {most} characters.")


def _check_addresses(node: Node) -> Iterator[Said]:
    needed = ADDRESSES.get(node.name, ())
    for attribute in (*needed, *MAYBE.get(node.name, ())):
        if attribute not in node.attributes and attribute not in needed:
            continue
        if is_address(node.get(attribute)):
            yield from check_address(node.get(attribute), node.line, node.name)
        else:
            yield Said(
                "P24", node.line, f"{attribute} of {node.name} is no full address: {node.get(attribute)[:80]!r}."
            )


def _check_licence(node: Node) -> Iterator[Said]:
    known = LICENCE.fullmatch(node.value.lower())
    if not known and not node.get("url"):
        yield Said("P19", node.line, f"The licence {node.value[:40]!r} is not known, and no address tells what it is.")
    elif known and node.value != node.value.lower():
        yield Said("P20", node.line)


def _check_person(node: Node) -> Iterator[Said]:
    groups, role, group = lists("roles"), node.get("role").strip().lower(), node.get("group").strip().lower()
    if not node.value:
        yield Said("P21", node.line)
    if role and not any(role in roles for roles in groups.values()):
        yield Said("P22", node.line, f"The taxonomy knows no role {role[:40]!r}.")
    if group and group.rstrip(".") not in {name.rstrip(".") for name in groups}:
        yield Said("P23", node.line, f"The taxonomy knows no group {group[:40]!r}.")


def _check_measures(node: Node) -> Iterator[Said]:
    shapes = {"width": r"[1-9]\d*", "height": r"[1-9]\d*", "aspect-ratio": r"\d+(\.\d+)?(\s*/\s*\d+(\.\d+)?)?"}
    for name, shape in shapes.items():
        if name in node.attributes and not re.fullmatch(shape, node.get(name), re.ASCII):
            yield Said("P28", node.line, f"{name} of podcast:image is {node.get(name)[:30]!r}.")
