"""What a client must say of the feeds: the stories' own pages, times and recordings, and the settings of the archive.

It is read from the archive and knows nothing of how feeds are made.
"""

import html
import json
import math
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.page import Page, parse_page
from tests.clients.archive import Archive

ZONE = ZoneInfo("Europe/Berlin")
PODCASTS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")  # the namespace of podcast:guid
KINDS = {
    "bedtime": "Bedtime story",
    "adventure": "Adventure",
    "fantasy": "Tale of wonder",
    "mystery": "Mystery",
    "science": "Science story",
    "spooky": "Spooky story",
}
SHOW = {
    "title": "Tales & Lanterns",
    "about": "A story for children every night, with “quotes” & more. Written, drawn and read aloud by AI.",
    "language": "en-GB",
    "author": "The Lantern House",
    "owner": ["Lantern Keeper", "keeper@example.org"],
    "categories": [["Kids & Family", "Stories for Kids"], ["Fiction"]],
    "explicit": False,
    "type": "episodic",
    "copyright": "2026 The Lantern House",
    "medium": "podcast",
    "locked": [True, "keeper@example.org"],
    "license": "cc-by-4.0",
    "funding": [["https://example.org/oil?for=tales&more=1", "Buy us lamp oil"]],
    "frequency": ["Every night", "FREQ=DAILY"],
    "txt": [["ai-content", "true"], ["verify", "code-123"]],
}
SERIES = "lantern-nights"
SERIES_FEED = f"podcast/series/{SERIES}.xml"
SHOWN = 3  # differences that are told

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Episode:
    """A story as it must appear, and its recording."""

    row: Row
    page: Page
    folder: Path

    @property
    def guid(self) -> str:
        """Its identity."""
        return self.page.guid

    @property
    def sound(self) -> bytes:
        """Its recording."""
        return (self.folder / "narration.mp3").read_bytes()


def tell_show(archive: Archive) -> Row:
    """Say what the feed of all stories must say of itself."""
    return SHOW | {"link": archive.site_url, "guid": _make_guid(f"{archive.site_url}podcast.xml")}


def tell_series(archive: Archive) -> Row:
    """Say what the feed of the series must say of itself."""
    return SHOW | {
        "title": "Lantern Nights · Tales & Lanterns",
        "about": f"A card with a few words. {SHOW['about']}",
        "link": f"{archive.site_url}series/{SERIES}/",
        "guid": _make_guid(f"{archive.site_url}{SERIES_FEED}"),
        "frequency": None,
    }


def tell_episodes(archive: Archive, media_url: str = "") -> list[Episode]:
    """Say what the feed must say of every story that can be heard, newest first."""
    episodes = []
    for folder in archive.folders():
        page = parse_page((folder / "index.md").read_text("utf-8"))
        if not page.pending:
            row = _tell(folder, page, archive, media_url or archive.site_url)
            episodes.append(Episode(row, page, folder))
    return sorted(episodes, key=lambda episode: (episode.page.slot.day, not episode.page.slot.extra), reverse=True)


def tell_texts(archive: Archive) -> list[Row]:
    """Say what the feeds for reading must say of every story, also of those that cannot be heard, newest first."""
    told, rows = {episode.guid: episode.row for episode in tell_episodes(archive)}, []
    for folder in archive.folders():
        page = parse_page((folder / "index.md").read_text("utf-8"))
        link = f"{archive.site_url}{folder.relative_to(archive.content).as_posix()}/"
        silent = {"guid": page.guid, "title": page.title, "link": link, "sound": "", "size": 0, "seconds": 0}
        rows.append((page.slot, told.get(page.guid, silent) | {"day": str(page.slot.day)}))
    return [row for _, row in sorted(rows, key=lambda entry: (entry[0].day, not entry[0].extra), reverse=True)]


def compare(expected: Iterable[Row], found: Sequence[Row], key: str = "guid") -> list[str]:
    """Say where rows of a client differ from those expected, field by field, in every field that the client knows."""
    wanted = list(expected)
    if [row[key] for row in wanted] != [row.get(key) for row in found]:
        missing = {str(row[key]) for row in wanted} ^ {str(row.get(key)) for row in found}
        return [f"{len(found)} items instead of {len(wanted)}, or in another order: {sorted(missing)[:SHOWN]}"]
    problems = [
        f"{want[key]} {name}: {value!r} instead of {want.get(name)!r}"
        for want, row in zip(wanted, found, strict=True)
        for name, value in row.items()
        if value != want.get(name)
    ]
    return problems[:SHOWN]


def name_day(value: str | float) -> str:
    """Return the day of a moment where the site is at home; the moment is in seconds or as ISO 8601."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else datetime.fromtimestamp(value, UTC)
    return str(moment.astimezone(ZONE).date())


def read_lines(markup: str) -> list[str]:
    """Return the paragraphs of a description as a reader sees them; other elements than Apple's would be seen."""
    lines = (
        html.unescape(re.sub(r"</?(?:p|a|img|strong)\b[^>]*>", "", block)).strip() for block in markup.split("</p>")
    )
    return [line for line in lines if line]


def drop_version(url: str) -> str:
    """Return an address without the part that changes with the bytes behind it."""
    return url.partition("?")[0]


def _make_guid(url: str) -> str:
    return str(uuid.uuid5(PODCASTS, url.partition("://")[2]))


def _tell(folder: Path, page: Page, archive: Archive, media: str) -> Row:
    place = folder.relative_to(archive.content).as_posix()
    home, there, day = f"{archive.site_url}{place}/", f"{media}{place}/", page.slot.day
    name = place.removeprefix("stories/").replace("/", "-")
    timed = bool(json.loads((folder / "timing.json").read_text("utf-8")))
    makers = zip(
        (page.written_by, page.drawn_by, page.read_by),
        (("author", "writing"), ("cover art designer", "visuals"), ("narrator", "cast")),
        strict=True,
    )
    return {
        "guid": page.guid,
        "title": page.title,
        "link": home,
        "day": str(day),
        "about": _describe(page),
        "author": SHOW["author"],
        "explicit": False,
        "sound": f"{there}{name}.mp3",
        "size": (folder / "narration.mp3").stat().st_size,
        "mime": "audio/mpeg",
        "seconds": round(page.seconds),
        "season": [day.year, f"Nights of {day.year}"],
        "episode": None if page.slot.extra else day.timetuple().tm_yday,
        "display": None if page.slot.extra else f"{day.day} {day:%B %Y}",
        "apple": [day.year, None if page.slot.extra else day.timetuple().tm_yday],
        "heading": page.title,
        "kind": "bonus" if page.slot.extra else "full",
        "image": f"{there}cover-square.jpg",
        "alt": page.cover_alt,
        "side": 1400,
        "transcripts": [[f"{home}transcript.{end}", f"text/{end}"] for end in ("vtt", "html")] if timed else [],
        "chapters": [f"{home}chapters.json", "application/json+chapters"] if timed else None,
        "soundbite": _taste(folder),
        "persons": [[who, *what] for who, what in makers],
        "txt": [["ai-content", "true"]],
    }


def _describe(page: Page) -> list[str]:
    minutes = max(1, round(page.seconds / 60))
    ages = page.age.value.replace("-", " to ")
    return [
        page.description,
        f"{KINDS[page.genre]}, ages {ages}, {minutes} minute{'s' if minutes > 1 else ''}.",
        f"To talk about: {page.question}",
        f"Read along, with the pictures: {page.title} ({SHOW['title']})",
        "This story was made with AI: "
        f"written by {page.written_by}, drawn by {page.drawn_by} and read by {page.read_by}.",
    ]


def _taste(folder: Path) -> list[float] | None:
    """Say where a taste of the story is: from its first scene to the first end of a sentence after 15 seconds."""
    rows = [row for row in json.loads((folder / "timing.json").read_text("utf-8")) if row["scene"]]
    lengths = [row["end"] - rows[0]["start"] for row in rows]
    length = next((length for length in lengths if 15 <= length <= 60), None)
    return [round(rows[0]["start"], 1), math.ceil(length * 10) / 10] if length else None  # a tenth is all that is said
