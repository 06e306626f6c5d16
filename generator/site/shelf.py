"""The archive as the site sees it: stories and cards, read once from the pages of `content/`.

Everything else of the site works on a Shelf. Paths and URLs are relative to the site, with forward slashes.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from generator.errors import ArchiveError
from generator.site.front import Front, read_front
from generator.site.phrases import GENRE, say_ages, say_clock, say_date, say_minutes
from generator.story import AgeBand, Form, Genre, Slot

ROOMS = ("cast", "places", "series")


@dataclass(frozen=True, slots=True)
class StoryPage:
    """One story as its page tells it."""

    folder: str  # "stories/2026/11/21-the-lantern-that-stayed"
    slot: Slot
    title: str
    description: str
    genre: Genre
    form: Form
    age: AgeBand
    language: str
    hero: str  # key of a card, as are the next three
    cast: tuple[str, ...]
    place: str
    series: str
    tags: tuple[str, ...]
    words: int
    seconds: float
    moral: str
    question: str
    cover_alt: str
    written_by: str
    drawn_by: str
    read_by: str
    files: tuple[str, ...]  # the names in its folder

    @property
    def page(self) -> str:
        """The path of its page under content/."""
        return f"{self.folder}/index.md"

    @property
    def url(self) -> str:
        """The address of its page under the root of the site."""
        return quote(self.folder) + "/"

    @property
    def day(self) -> date:
        """The day it was due."""
        return self.slot.day

    @property
    def audio(self) -> str:
        """The name of its narration, or nothing."""
        return self._file("narration.mp3")

    @property
    def thumb(self) -> str:
        """The name of its small cover."""
        return self._file("cover-thumb.webp") or "cover.webp"

    @property
    def share(self) -> str:
        """The name of the cover that other sites show."""
        return self._file("cover-square.jpg") or "cover.webp"

    @property
    def people(self) -> tuple[str, ...]:
        """The keys of all who appear, the hero first, nobody twice."""
        return tuple(dict.fromkeys((self.hero, *self.cast)))

    @property
    def date_text(self) -> str:
        """The day in words."""
        return say_date(self.day)

    @property
    def genre_text(self) -> str:
        """The genre in words."""
        return GENRE[self.genre]

    @property
    def age_text(self) -> str:
        """The age band in words."""
        return say_ages(self.age)

    @property
    def clock(self) -> str:
        """The length of the narration as a player shows it."""
        return say_clock(self.seconds)

    @property
    def minutes(self) -> str:
        """How long it takes to hear it, or to read it aloud when there is no narration."""
        return say_minutes(self.seconds if self.audio else self.words / 130 * 60)

    def _file(self, name: str) -> str:
        return name if name in self.files else ""


@dataclass(frozen=True, slots=True)
class Card:
    """One page of the cast, the places or the series."""

    room: str  # one of ROOMS
    key: str
    name: str
    kind: str  # "fox", "forest"; the genre of a series
    about: str  # the first paragraph, as plain text
    at: str = ""  # the name of a place with its preposition
    say: str = ""  # how the name is spoken, where that differs
    words: tuple[str, ...] = ()  # traits or details
    wishes: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()  # of a character: coat, belly, what it wears
    portrait: str = ""  # URL of a picture that lies next to the card

    @property
    def page(self) -> str:
        """The path of its page under content/."""
        return f"{self.room}/{self.key}.md"

    @property
    def url(self) -> str:
        """The address of its page under the root of the site."""
        return f"{self.room}/{quote(self.key)}/"

    @property
    def initial(self) -> str:
        """The first letter of the name."""
        return self.name[:1].upper()


@dataclass(frozen=True)
class Shelf:
    """All stories, newest first, and all cards, by name."""

    stories: tuple[StoryPage, ...]
    cards: tuple[Card, ...]

    @cached_property
    def by_key(self) -> dict[tuple[str, str], Card]:
        """The cards by room and key."""
        return {(card.room, card.key): card for card in self.cards}

    def room(self, room: str) -> tuple[Card, ...]:
        """The cards of one room."""
        return tuple(card for card in self.cards if card.room == room)


def read_shelf(content: Path) -> Shelf:
    """Read all stories and cards. Raises ArchiveError for the first page that cannot be read as one."""
    stories = [_read_story(path, content) for path in sorted(content.glob("stories/*/*/*/index.md"))]
    stories.sort(key=lambda story: (story.day, not story.slot.extra, story.folder), reverse=True)
    cards = [_read_card(path, room) for room in ROOMS for path in sorted((content / room).glob("*.md")) if path.stem != "index"]
    cards.sort(key=lambda card: (card.room, card.name.casefold(), card.key))
    return Shelf(tuple(stories), tuple(cards))


def _read_story(path: Path, content: Path) -> StoryPage:
    names = tuple(sorted(file.name for file in path.parent.iterdir()))
    if "cover.webp" not in names:
        raise ArchiveError(f"{path.parent} has no cover.webp", "restore the file, or remove the whole folder", path=path)
    return make_story_page(read_front(path), path.parent.relative_to(content).as_posix(), names)


def make_story_page(front: Front, folder: str, files: tuple[str, ...]) -> StoryPage:
    """Make a story of its front matter. Raises ArchiveError that names the key."""
    return StoryPage(
        folder=folder,
        slot=front.one("slot", Slot.parse, "a day like 2026-11-21"),
        title=front.text("title"),
        description=front.text("description"),
        genre=front.one("genre", Genre, "one of " + ", ".join(Genre)),
        form=front.one("form", Form, "one of " + ", ".join(Form)),
        age=front.one("age", AgeBand, "one of " + ", ".join(AgeBand)),
        language=front.one("language", _parse_language, 'a language code like "en"'),
        hero=front.text("hero"),
        cast=front.texts("cast"),
        place=front.text("place", ""),
        series=front.text("series", ""),
        tags=front.texts("tags"),
        words=int(front.number("words")),
        seconds=front.number("seconds"),
        moral=front.text("moral", ""),
        question=front.text("question", ""),
        cover_alt=front.text("cover_alt"),
        written_by=front.text("written_by", ""),
        drawn_by=front.text("drawn_by", ""),
        read_by=front.text("read_by", ""),
        files=files,
    )


def _parse_language(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise ValueError(text)
    return text


def _read_card(path: Path, room: str) -> Card:
    portrait = path.with_suffix(".webp")
    return make_card(read_front(path), room, path.stem, f"{room}/{quote(portrait.name)}" if portrait.is_file() else "")


def make_card(front: Front, room: str, key: str, portrait: str = "") -> Card:
    """Make a card of its front matter. Raises ArchiveError that names the key."""
    name = front.text("name")
    say = front.text("say", "")
    return Card(
        room=room,
        key=key,
        name=name,
        kind=front.text("genre" if room == "series" else "kind", ""),
        about=_first_paragraph(front.body),
        at=front.text("at", "") or f"in {name}",
        say="" if say.casefold() == name.casefold() else say,
        words=front.texts("traits") or front.texts("details"),
        wishes=front.texts("wishes"),
        colours=tuple(colour for colour in front.texts("colours") if re.fullmatch(r"#[0-9a-fA-F]{6}", colour)),
        portrait=portrait,
    )


def _first_paragraph(body: str) -> str:
    blocks = (block for block in body.strip().split("\n\n") if block.strip() and not block.startswith(("#", "!", "<", "---")))
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", next(blocks, ""))
    return " ".join(re.sub(r"[*_`]", "", text).split())
