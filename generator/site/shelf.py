"""The archive as the site sees it: stories and cards, read once from the pages of `content/`.

Everything else of the site works on a Shelf. Paths and URLs are relative to the site, with forward slashes.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from generator.archive import Archive, read_page
from generator.cards import Cards, read_cards
from generator.errors import ArchiveError
from generator.media.pointers import read_pointers
from generator.site.media import read_media
from generator.site.phrases import GENRES
from generator.site.story_page import COVER, StoryPage, has_cover
from generator.story import Character, Genre, Place, Series

if TYPE_CHECKING:
    from generator.feeds.outlet import Outlet

ROOMS = ("cast", "places", "series")
NOTES: tuple[str, ...] = (Genre.SPOOKY,)  # the genres that carry a content note unless an owner says otherwise


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
    if COVER not in names and has_cover(page.pending, page.cover):
        hint = "Restore the file from git, or remove the whole folder."
        raise ArchiveError(f"{folder.name}: {COVER} is missing", hint, path=folder / COVER)
    return StoryPage(folder.relative_to(content).as_posix(), page, names)


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
