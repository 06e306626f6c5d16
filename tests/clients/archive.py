"""The archive that the clients are shown: more stories with sound than one page of a feed holds, and some odd ones."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator.page import Page, parse_page, render_page
from generator.reading import make_slug
from generator.sound.tags import Tags, tag_mp3
from generator.sound.timing import render_timing
from generator.story import Credit, Narration, Slot
from tests.site import heard, sample

NIGHTS = 104
SECONDS = 24  # of a recording; long enough for a taste of it
SQUARE = (1400, 1400)
DRAWN = 12  # pictures that differ
ODD = "Tom & Moss <3 “gold”: 日本の灯 🌙"
UNTIMED, UNHEARD = 5, 3  # nights ago: a recording without times, and none
EXTRA = "1a2b3c4d"
CREDIT = Credit("embedded", "tone 1")
SETTINGS = """[site]
language = "en-GB"
timezone = "Europe/Berlin"

[podcast]
title = "Tales & Lanterns"
description = "A story for children every night, with “quotes” & more."
author = "The Lantern House"
owner = "Lantern Keeper"
email = "keeper@example.org"
categories = ["Kids & Family > Stories for Kids", "Fiction"]
copyright = "2026 The Lantern House"
license = "cc-by-4.0"
funding = "Buy us lamp oil"
funding_url = "https://example.org/oil?for=tales&more=1"
locked = true
frequency = "Every night"
rrule = "FREQ=DAILY"
verify = "code-123"
series = ["lantern-nights"]

[media]
base_url = "{media}"
"""


@dataclass(frozen=True, slots=True)
class Archive:
    """A repository of stories with its settings."""

    root: Path
    site_url: str

    @property
    def content(self) -> Path:
        """The folder of what is published."""
        return self.root / "content"

    @property
    def settings(self) -> Path:
        """The configuration of its site."""
        return self.root / "mkdocs.yml"

    def folders(self) -> list[Path]:
        """Return the folders of all stories, newest first."""
        return sorted((path.parent for path in self.content.glob("stories/*/*/*/index.md")), reverse=True)

    def host_media(self, url: str = "") -> None:
        """Say where recordings and pictures are; with nothing they are on the site."""
        (self.root / "taleshelf.toml").write_text(SETTINGS.format(media=url), "utf-8")


def write_archive(root: Path, site_url: str, nights: int = NIGHTS) -> Archive:
    """Write the archive of so many nights whose site is at this address."""
    archive = Archive(root, site_url)
    sample.write_site(root, 0, site_url)
    archive.host_media()
    for number, page in list_pages(nights):
        folder = sample.write_story(archive.content, replace(page, title=make_slug(page.title)), number)
        (folder / "index.md").write_text(render_page(page), "utf-8")
        (folder / "cover-square.jpg").write_bytes(sample.draw(number % DRAWN, SQUARE, "JPEG"))
        record(folder, untimed=number == UNTIMED)
    return archive


def list_pages(nights: int) -> Iterator[tuple[int, Page]]:
    """Make the pages of all stories with their numbers."""
    for number in range(nights):
        page = replace(sample.make_page(number), sections=heard.SECTIONS, seconds=float(SECONDS))
        if number == 2:
            page = replace(page, title=ODD, description=f"{ODD} Who would have thought?", cover_alt=ODD)
        if number == UNHEARD:
            page = replace(page, seconds=0.0, read_by="", pending=("narration",))
        yield number, page
        if number == 0:
            extra = {"slot": Slot(page.slot.day, EXTRA), "title": "One More Story", "guid": f"taleshelf:x-{EXTRA}"}
            yield number, replace(page, **extra)  # type: ignore[arg-type]


def record(folder: Path, seconds: int = SECONDS, *, untimed: bool = False) -> None:
    """Record the story of a folder: a tone with its times, tagged as narrations are. One that is pending stays so."""
    page = parse_page((folder / "index.md").read_text("utf-8"))
    if "narration" in page.pending:
        (folder / "narration.mp3").unlink()
        return
    rows = heard.spread(page, float(seconds))
    told = Narration(sample.make_mp3(seconds), float(seconds), rows, CREDIT)
    headings = tuple(section.heading for section in page.sections)
    cover = (folder / "cover-square.jpg").read_bytes()
    tags = Tags(page.title, "Tales & Lanterns", str(page.slot.day), page.read_by, headings=headings, cover=cover)
    (folder / "narration.mp3").write_bytes(tag_mp3(told, tags).mp3)
    (folder / "timing.json").write_text("[]" if untimed else render_timing(rows), "utf-8")
    (folder / "index.md").write_text(render_page(replace(page, seconds=float(seconds))), "utf-8")
