"""The archive as the site sees it: stories and cards, read once from the pages of `content/`.

Everything else of the site works on a Shelf. Paths and URLs are relative to the site, with forward slashes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from generator.archive import Archive, read_page
from generator.bundle import SOUND, slot_of
from generator.cards import Cards, read_cards
from generator.errors import ArchiveError
from generator.media.pointers import read_pointers
from generator.media.settings import resolve
from generator.page import Page, Section
from generator.sharing import SHARE
from generator.site.media import NO_MEDIA, Media, read_media, unpack_media
from generator.site.phrases import (
    GENRE,
    GENRES,
    round_length,
    say_ages,
    say_clock,
    say_date,
    say_minutes,
    say_narrator,
    say_promise,
)
from generator.story import AgeBand, Character, Form, Genre, Place, Series, Slot

if TYPE_CHECKING:
    from generator.feeds.outlet import Outlet

ROOMS = ("cast", "places", "series")
COVER = "cover.webp"
NOTES: tuple[str, ...] = (Genre.SPOOKY,)  # the genres that carry a content note unless an owner says otherwise
SLOT, TITLE, GENRE_OF, AGE, LANGUAGE, CAST, PLACE, SERIES, TAGS, LENGTH = 0, 1, 3, 5, 6, 7, 8, 9, 10, 11  # where they
GUID, READ_BY, COVER_OF, PENDING = 14, 17, 18, 21  # stand in a row
READING_PACE = 130 / 60  # words a second, read aloud
is_plain = re.compile(r"[A-Za-z0-9/_.~-]*").fullmatch  # an address that stands for itself


class StoryPage:
    """One story: its page, its folder and the files in it. It is not changed once it is made.

    On a shelf the page lacks the paragraphs of its sections, so that an archive of any size fits into memory; and it is
    made of its row only when somebody asks for it, because most stories are just counted and put in order.
    """

    __slots__ = ("_audio", "_media", "_page", "_row", "files", "folder", "mark", "words")

    def __init__(
        self,
        folder: str,  # "stories/2026/11/21-the-lantern-that-stayed"
        page: Page | Sequence[Any],  # or the row that stands for it
        files: tuple[str, ...],
        words: int = 0,  # of the paragraphs that the page lacks
        mark: str = "",  # changes with everything else here; empty for a story that is on no shelf
        media: Media | Sequence[Any] = NO_MEDIA,  # or the row that stands for it
    ) -> None:
        self.folder, self.files, self.words, self.mark = folder, files, words, mark
        self._page: Page | None = page if isinstance(page, Page) else None
        self._row: Sequence[Any] | None = None if isinstance(page, Page) else page
        self._media = media
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
    def packed(self) -> Sequence[Any] | None:
        """The row its page is made of, where there is one."""
        return self._row

    @property
    def page(self) -> Page:
        """What its page says."""
        if self._page is None:
            self._page = unpack_page(self._row or ())
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
        return self._file(COVER) if _has_cover(self.pending, shown) else ""

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


@dataclass(frozen=True, slots=True)
class Card:
    """One page of the cast, the places or the series."""

    room: str  # one of ROOMS
    key: str
    name: str
    kind: str  # "fox", "forest"; of a series what its stories are
    about: str  # the words on the card, as plain text on one line
    at: str = ""  # the name of a place with its preposition
    say: str = ""  # how the name is spoken, where that differs
    words: tuple[str, ...] = ()  # traits or details
    wishes: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()  # of a character: coat, belly, what it wears
    portrait: str = ""  # URL of a picture that lies next to the card

    @property
    def path(self) -> str:
        """The path of its page under content/."""
        return f"{self.room}/{self.key}.md"

    @property
    def url(self) -> str:
        """The address of its page under the root of the site."""
        return f"{self.room}/{self.key}/"

    @property
    def initial(self) -> str:
        """The first letter of the name."""
        return self.name[:1].upper()


@dataclass(frozen=True)
class Shelf:
    """All stories, newest first, and all cards, by name."""

    stories: tuple[StoryPage, ...]
    cards: tuple[Card, ...]
    notes: tuple[str, ...] = NOTES  # the genres whose stories carry a content note
    outlet: "Outlet | None" = None  # of the feeds, where the site knows its address
    store: str = ""  # where readers find the store of recordings and pictures

    @cached_property
    def by_key(self) -> dict[tuple[str, str], Card]:
        """The cards by room and key."""
        return {(card.room, card.key): card for card in self.cards}

    def has_note(self, story: StoryPage) -> bool:
        """Whether a story is kept out of the family view."""
        return story.genre in self.notes

    def room(self, room: str) -> tuple[Card, ...]:
        """Return the cards of one room."""
        return tuple(card for card in self.cards if card.room == room)


def read_shelf(content: Path, notes: tuple[str, ...] = NOTES, outlet: "Outlet | None" = None, store: str = "") -> Shelf:
    """Read all stories and cards. Raises ArchiveError or ConfigError for a page that cannot be read as one."""
    from generator.site.records import lighten

    folders = Archive(content / "stories").folders()
    stories = [lighten(read_story(folder, content), read_media(folder)) for folder in folders]
    return make_shelf(stories, read_site_cards(content), notes, outlet, store)


def make_shelf(
    stories: list[StoryPage],
    cards: list[Card],
    notes: tuple[str, ...] = NOTES,
    outlet: "Outlet | None" = None,
    store: str = "",
) -> Shelf:
    """Put stories and cards in order. A night's own story comes before the extra ones of its day."""
    stories = sorted(stories, key=lambda story: (story.day_text, not story.extra, story.folder), reverse=True)
    cards = sorted(cards, key=lambda card: (card.room, card.name.casefold(), card.key))
    return Shelf(tuple(stories), tuple(cards), notes, outlet, store)


def read_story(folder: Path, content: Path) -> StoryPage:
    """Read one story with all its text. Raises ArchiveError."""
    page = read_page(folder)
    names = tuple(sorted({*(file.name for file in folder.iterdir()), *read_pointers(folder)}))
    if COVER not in names and _has_cover(page.pending, page.cover):
        hint = "Restore the file from git, or remove the whole folder."
        raise ArchiveError(f"{folder.name}: {COVER} is missing", hint, path=folder / COVER)
    return StoryPage(folder.relative_to(content).as_posix(), page, names)


def pack_page(page: Page) -> list[Any]:
    """Return the values of a page, but for its paragraphs, as JSON knows them."""
    front = (page.title, page.description, page.genre.value, page.form.value, page.age.value, page.language)
    lists = (list(page.cast), page.place, page.series, list(page.tags))
    made = (page.seconds, page.moral, page.question, page.guid, page.written_by, page.drawn_by, page.read_by)
    sections = [[section.heading, section.picture, section.alt] for section in page.sections]
    return [str(page.slot), *front, *lists, *made, page.cover, page.cover_alt, sections, list(page.pending)]


def unpack_page(row: Sequence[Any]) -> Page:
    """Make the page of what pack_page() returned."""
    slot, title, description, genre, form, age, language, cast, place, series, tags, *made, sections, pending = row
    front: list[Any] = [Slot.parse(slot), title, description, Genre(genre), Form(form), AgeBand(age), language]
    shown = tuple(Section(heading, picture, alt, ()) for heading, picture, alt in sections)
    return Page(*[*front, tuple(cast), place, series, tuple(tags), *made, shown, tuple(pending)])


def _has_cover(pending: Sequence[str], shown: str) -> bool:
    """Whether a story must have a cover: one that waits for pictures has it when its page shows it."""
    return "pictures" not in pending or shown == COVER


def read_site_cards(content: Path) -> list[Card]:
    """Read the cast, the places and the series. Raises ConfigError."""
    cards: Cards = read_cards(content)
    return [
        *(_make_character(card, _find_portrait(content, "cast", card.key)) for card in cards.cast),
        *(_make_place(card, _find_portrait(content, "places", card.key)) for card in cards.places),
        *(_make_series(card, _find_portrait(content, "series", card.key)) for card in cards.series),
    ]


def _find_portrait(content: Path, room: str, key: str) -> str:
    return f"{room}/{key}.webp" if (content / room / f"{key}.webp").is_file() else ""


def _make_character(card: Character, portrait: str = "") -> Card:
    return Card(
        "cast",
        card.key,
        card.name,
        card.kind,
        _one_line(card.about),
        say=_spoken(card.name, card.say),
        words=card.traits,
        wishes=card.wishes,
        colours=card.colours,
        portrait=portrait,
    )


def _make_place(card: Place, portrait: str = "") -> Card:
    about = _one_line(card.about)
    say = _spoken(card.name, card.say)
    return Card("places", card.key, card.name, card.kind, about, card.at, say, card.details, portrait=portrait)


def _make_series(card: Series, portrait: str = "") -> Card:
    kinds = (GENRES[card.genre] if card.genre else "", "Rhymes" if card.form == "couplets" else "")
    return Card("series", card.key, card.name, ", ".join(filter(None, kinds)), _one_line(card.about), portrait=portrait)


def _spoken(name: str, say: str) -> str:
    return "" if say.casefold() == name.casefold() else say


def _one_line(text: str) -> str:
    return " ".join(text.split())
