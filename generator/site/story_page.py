"""A story as listings and pages of the site know it, made of a row of values. Pure.

Paths and URLs are relative to the site, with forward slashes.
"""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from generator.bundle import SOUND, slot_of
from generator.media.settings import resolve
from generator.page import Page, Section
from generator.sharing import SHARE
from generator.site.media import NO_MEDIA, Media, unpack_media
from generator.site.phrases import (
    GENRE,
    round_length,
    say_ages,
    say_clock,
    say_date,
    say_minutes,
    say_narrator,
    say_promise,
)
from generator.story import AgeBand, Form, Genre, Slot

Row = Sequence[Any]  # values as JSON knows them
COVER = "cover.webp"
SLOT, TITLE, GENRE_OF, AGE, LANGUAGE, CAST, PLACE, SERIES, TAGS, LENGTH, GUID, READ_BY, COVER_OF, PENDING = range(14)
READING_PACE = 130 / 60  # words a second, read aloud
is_plain = re.compile(r"[A-Za-z0-9/_.~-]*").fullmatch  # an address that stands for itself


class Others(Protocol):
    """What only a page that is shown asks for: rows by the folder of their story."""

    def __getitem__(self, folder: str, /) -> Row:
        """Return one of them."""


class StoryPage:
    """One story: its page, its folder and the files in it. It is not changed once it is made.

    On a shelf the page lacks the paragraphs of its sections, so that an archive of any size fits into memory; and it is
    made of its row only when somebody asks for it, because most stories are just counted and put in order.
    """

    __slots__ = ("_audio", "_media", "_others", "_page", "_row", "files", "folder", "mark", "words")

    def __init__(
        self,
        folder: str,  # "stories/2026/11/21-the-lantern-that-stayed"
        page: Page | Row,  # or the row of what is asked of every story
        files: tuple[str, ...],
        words: int = 0,  # of the paragraphs that the page lacks
        mark: str = "",  # changes with everything else here; empty for a story that is on no shelf
        media: Media | Row = NO_MEDIA,  # or the row that stands for it
        others: "Others | None" = None,  # what a row lacks
    ) -> None:
        self.folder, self.files, self.words, self.mark = folder, files, words, mark
        self._page: Page | None = page if isinstance(page, Page) else None
        self._row: Row | None = None if isinstance(page, Page) else page
        self._media, self._others = media, others
        self._audio: str | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StoryPage) and self._values == other._values

    def __hash__(self) -> int:
        return hash(self.folder)

    def __repr__(self) -> str:
        return f"StoryPage({self.folder!r}, {self.mark!r})"

    @property
    def _values(self) -> tuple[object, ...]:
        return self.folder, self.page, self.files, self.words, self.mark, self.media

    @property
    def packed(self) -> tuple[Row, Row] | None:
        """What its page is made of, if it is made of rows: what pack_page() returned; the first may go on."""
        return (self._row, self._others[self.folder]) if self._row and self._others is not None else None

    @property
    def page(self) -> Page:
        """What its page says."""
        if self._page is None:
            self._page = unpack_page(*(self.packed or ((), ())))
        return self._page

    @property
    def media(self) -> Media:
        """What its recording and its pictures are like."""
        if not isinstance(self._media, Media):
            self._media = unpack_media(self._media)
        return self._media

    @property
    def guid(self) -> str:
        """The identity it keeps under any title and address."""
        return str(self._row[GUID]) if self._row else self.page.guid

    @property
    def path(self) -> str:
        """The path of its page under content/."""
        return f"{self.folder}/index.md"

    @property
    def url(self) -> str:
        """The address of its page under the root of the site."""
        return (self.folder if is_plain(self.folder) else quote(self.folder)) + "/"

    @property
    def day(self) -> date:
        """The day it was due."""
        return date.fromisoformat(self._row[SLOT][:10]) if self._row else self.page.slot.day

    @property
    def day_text(self) -> str:
        """The same as 2026-11-21."""
        return str(self._row[SLOT][:10]) if self._row else self.page.slot.day.isoformat()

    @property
    def title(self) -> str:
        """Its title."""
        return str(self._row[TITLE]) if self._row else self.page.title

    @property
    def cast(self) -> Sequence[str]:
        """Who is in it, by key."""
        return self._row[CAST] if self._row else self.page.cast

    @property
    def place(self) -> str:
        """Where it happens, by key."""
        return self._row[PLACE] if self._row else self.page.place

    @property
    def series(self) -> str:
        """The key of its series, or nothing."""
        return self._row[SERIES] if self._row else self.page.series

    @property
    def tags(self) -> Sequence[str]:
        """What it is about."""
        return self._row[TAGS] if self._row else self.page.tags

    @property
    def genre(self) -> str:
        """Its genre."""
        return self._row[GENRE_OF] if self._row else self.page.genre

    @property
    def age(self) -> str:
        """The age band it is for."""
        return self._row[AGE] if self._row else self.page.age

    @property
    def language(self) -> str:
        """The language it is told in."""
        return self._row[LANGUAGE] if self._row else self.page.language

    @property
    def seconds(self) -> float:
        """The length of its narration."""
        return self._row[LENGTH] if self._row else self.page.seconds

    @property
    def pending(self) -> Sequence[str]:
        """What is still being made of it: "pictures", "narration"."""
        return self._row[PENDING] if self._row else self.page.pending

    @property
    def extra(self) -> str:
        """The number of the request, of a story that was asked for beside the one of its night."""
        return str(self._row[SLOT])[13:] if self._row else self.page.slot.extra

    @property
    def audio(self) -> str:
        """The name of its narration; nothing while it is pending, also when a part of it lies there already."""
        if self._audio is None:  # it is asked for a few times of every story
            self._audio = "" if "narration" in self.pending else self._file(SOUND)
        return self._audio

    @property
    def heard(self) -> bool:
        """Whether it is an episode: its narration is finished, and not empty."""
        size = self._media.size if isinstance(self._media, Media) else self._media[0]
        return bool(size and self.audio)

    @property
    def published(self) -> str:
        """The name its narration is published under, or nothing."""
        return self.audio and publish_name(self.folder)

    @property
    def cover(self) -> str:
        """The name of its cover, or nothing while it is pending."""
        shown = self._row[COVER_OF] if self._row else self.page.cover
        return self._file(COVER) if has_cover(self.pending, shown) else ""

    @property
    def thumb(self) -> str:
        """The name of its small cover, or nothing."""
        return self.cover and (self._file("cover-thumb.webp") or self.cover)

    def small(self, name: str) -> str:
        """Return the name of the same picture half as wide, or nothing."""
        return self._file(name.removesuffix(".webp") + "-small.webp")

    @property
    def share(self) -> str:
        """The name of the square cover that players and podcast apps show, or nothing."""
        return self.cover and (self._file("cover-square.jpg") or self.cover)

    @property
    def preview(self) -> str:
        """The name of the card that other sites show, or else of the cover, or nothing."""
        return self.cover and (self._file(SHARE) or self.share)

    @property
    def promise(self) -> str:
        """What is still being made, in a sentence for readers; empty when nothing is."""
        there = bool(self.cover), *(bool(section.picture) for section in self.page.sections)
        missing = there.count(False) if "pictures" in self.pending else 0
        return say_promise(missing, len(there), narration="narration" in self.pending)

    @property
    def date_text(self) -> str:
        """The day in words."""
        return say_date(self.day)

    @property
    def genre_text(self) -> str:
        """The genre in words."""
        return GENRE[Genre(self.genre)]

    @property
    def age_text(self) -> str:
        """The age band in words."""
        return say_ages(AgeBand(self.age))

    @property
    def clock(self) -> str:
        """The length of the narration as a player shows it."""
        return say_clock(self.seconds)

    @property
    def minutes(self) -> str:
        """How long it takes to hear it, or to read it aloud when there is no narration."""
        return say_minutes(self._seconds)

    @property
    def about_minutes(self) -> int:
        """About how many minutes that is: 3, 5 or 10."""
        return round_length(self._seconds)

    @property
    def narrator(self) -> str:
        """Who reads it, or nothing."""
        return say_narrator(self._row[READ_BY] if self._row else self.page.read_by) if self.audio else ""

    @property
    def _seconds(self) -> float:
        return self.seconds if self.audio else (self.words or self.page.word_count) / READING_PACE

    @property
    def away(self) -> Sequence[Sequence[str]]:
        """Its files that lie in the store: their names here and there."""
        return self._media.away if isinstance(self._media, Media) else self._media[-1]

    def stored_as(self, name: str) -> str:
        """Return the name one of its files has in the store; nothing for one that is with its page."""
        wanted = SOUND if name.endswith(".mp3") else name
        return next((there for here, there in self.away if here == wanted), "")

    def locate(self, name: str, store: str) -> str:
        """Return the address of one of its files: under the root of the site, or in the store at the address `store`."""
        at = self.stored_as(name)
        return resolve(store, at) if at else self.url + name

    def beside(self, name: str, store: str) -> str:
        """Return the same as its own page may say it."""
        return self.locate(name, store) if self.stored_as(name) else name

    def _file(self, name: str) -> str:
        return name if name in self.files else ""


def publish_name(folder: str) -> str:
    """Return the name of a story's narration on the site: apps keep recordings under it, all in one folder."""
    return "-".join(folder.split("/")[1:]) + ".mp3"


def publish_path(path: str) -> str | None:
    """Return where a file of the archive is published, where that is not by its own name."""
    folder, _, name = path.rpartition("/")
    ours = name == SOUND and folder.startswith("stories/") and folder.count("/") == 3 and slot_of(Path(folder))
    return f"{folder}/{publish_name(folder)}" if ours else None


def pack_page(page: Page) -> tuple[list[Any], list[Any]]:
    """Return the values of a page, but for its paragraphs: those that are asked of every story, and the others."""
    kind = (page.genre.value, page.age.value, page.language)
    cards = (list(page.cast), page.place, page.series, list(page.tags))
    asked = [str(page.slot), page.title, *kind, *cards, page.seconds, page.guid, page.read_by, page.cover]
    sections = [[section.heading, section.picture, section.alt] for section in page.sections]
    told = [page.description, page.form.value, page.moral, page.question]
    return [*asked, list(page.pending)], [*told, page.written_by, page.drawn_by, page.cover_alt, sections]


def unpack_page(row: Row, others: Row) -> Page:
    """Make the page of what pack_page() returned; the row may go on."""
    slot, title, genre, age, language, cast, place, series, tags, seconds, guid, read_by, cover, pending, *_ = row
    description, form, moral, question, written_by, drawn_by, cover_alt, sections = others
    return Page(
        slot=Slot.parse(slot),
        title=title,
        description=description,
        genre=Genre(genre),
        form=Form(form),
        age=AgeBand(age),
        language=language,
        cast=tuple(cast),
        place=place,
        series=series,
        tags=tuple(tags),
        seconds=seconds,
        moral=moral,
        question=question,
        guid=guid,
        written_by=written_by,
        drawn_by=drawn_by,
        read_by=read_by,
        cover=cover,
        cover_alt=cover_alt,
        sections=tuple(Section(heading, picture, alt, ()) for heading, picture, alt in sections),
        pending=tuple(pending),
    )


def has_cover(pending: Sequence[str], shown: str) -> bool:
    """Whether a story must have a cover: one that waits for pictures has it when its page shows it."""
    return "pictures" not in pending or shown == COVER
