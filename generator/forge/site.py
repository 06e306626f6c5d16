"""The published site, looked at from outside as a reader's browser does."""

import json
import re
from dataclasses import dataclass
from datetime import date

from generator.feeds.check.extras import plain_type
from generator.feeds.check.markup import parse_markup
from generator.feeds.check.octets import decode
from generator.feeds.check.web import Answer, Silence, Web
from generator.forge.api import pick_text
from generator.outside import Outside

LOOK_EACH = 10.0  # seconds between two looks at a page that is being published
READING, PODCAST, TEXT = "feed.json", "podcast.xml", "feed.xml"
STORY = re.compile(r"/stories/(\d{4})/(\d\d)/(\d\d)-(?!x-[0-9a-f]{8}-)[a-z0-9-]+/$", re.ASCII)  # no extra ones
PART = 1024  # bytes that are asked of a recording
SOUNDS = ("audio/mpeg", "audio/mp3")


@dataclass(frozen=True, slots=True)
class Told:
    """A night's story as the feed for reading has it."""

    night: date
    title: str
    page: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What the site showed."""

    feed: str  # the address of the feed for reading
    answer: str  # what it answered: "200", or why there was none
    silent: bool  # it did not answer with a feed that can be read, so nothing can be said of stories
    nights: tuple[Told, ...] = ()  # newest first
    faults: tuple[str, ...] = ()  # of feeds that are not well-formed: "podcast.xml answers 500"
    recording: str = ""  # the address of the newest one
    fault: str = ""  # of the newest recording


def look_at_site(site_url: str) -> Seen:
    """Ask the site for its feeds and its newest recording."""
    address = f"{site_url.rstrip('/')}/{READING}"
    try:
        web = Web(address)
        answer = web.ask(address)
        items = read_items(answer.body) if answer.status == 200 else ()
    except Silence as silence:
        return Seen(address, silence.why.rstrip("."), silent=True)
    except ValueError:
        return Seen(address, "200, with something that is no feed", silent=True)
    if answer.status != 200:
        return Seen(address, str(answer.status), silent=True)
    nights = sorted(filter(None, map(read_told, items)), key=lambda told: told.night, reverse=True)
    recording = next(filter(None, map(find_recording, items)), "")
    base = address.removesuffix(READING)
    faults = tuple(fault for name in (PODCAST, TEXT) if (fault := _check_feed(web, base, name)))
    fault = _check_recording(web, recording) if recording else ""
    return Seen(address, "200", silent=False, nights=tuple(nights), faults=faults, recording=recording, fault=fault)


def read_items(data: bytes) -> tuple[object, ...]:
    """Return the items of a JSON feed. Raises ValueError."""
    value = json.loads(data)
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(items, list):
        raise ValueError("no items")
    return tuple(items)


def read_told(item: object) -> Told | None:
    """Return the night that an item tells; None for an extra story and for whatever is none."""
    found = STORY.search(pick_text(item, "url"))
    try:
        return found and Told(date(*map(int, found.groups())), pick_text(item, "title"), pick_text(item, "url"))
    except ValueError:
        return None


def find_recording(item: object) -> str:
    """Return the address of an item's recording; empty while it has none."""
    attached = item.get("attachments") if isinstance(item, dict) else None
    return pick_text(attached[0], "url") if isinstance(attached, list) and attached else ""


def _check_feed(web: Web, base: str, name: str) -> str:
    """Return what is wrong with a feed, in a few words that stay the same as long as it is the same."""
    try:
        answer = web.ask(base + name)
    except Silence:
        return f"{name} does not answer"
    if answer.status != 200:
        return f"{name} answers {answer.status}"
    parsed = parse_markup(decode(answer.body).encode("utf-8", "replace"))
    return f"{name} is cut off" if answer.short else f"{name} is not well-formed" if parsed.root is None else ""


def _check_recording(web: Web, address: str) -> str:
    try:
        answer = web.ask(address, headers={"Range": f"bytes=0-{PART - 1}"}, most=PART + 1)
    except Silence:
        return "does not answer"
    return judge_recording(answer)


def judge_recording(answer: Answer) -> str:
    """Return what is wrong with the answer to a request for the beginning of a recording, or nothing."""
    if answer.status != 206:
        return f"answers {answer.status} where players ask for a part of it (206)"
    kind = plain_type(answer.get("content-type"))
    return "" if kind in SOUNDS else f"is sent as {kind[:40] or 'nothing'}, not as audio/mpeg"


def is_live(address: str, outside: Outside, deadline: float) -> bool:
    """Whether a page answers, or does so before the clock shows `deadline`."""
    while not _answers(address):
        if outside.clock() + LOOK_EACH > deadline:
            return False
        outside.sleep(LOOK_EACH)
    return True


def _answers(address: str) -> bool:
    try:
        return Web(address).ask(address, "HEAD").status == 200
    except Silence:
        return False
