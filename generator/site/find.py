"""The search index: a part for each year, so that only the year of a changed story is indexed again."""

import json
from collections.abc import Iterable, Mapping, Sequence

from generator.page import Page
from generator.site.leaves import digest
from generator.site.pagefind import Entry, make_index
from generator.site.phrases import GENRES, say_ages
from generator.site.shelf import Shelf, StoryPage

FOLDER = "find"
PARTS = f"{FOLDER}/parts.json"
ROOMS = {"cast": "cast", "place": "places", "series": "series"}  # filter -> room of its cards
LENGTHS = (("Up to 3 minutes", 3), ("4 to 6 minutes", 6), ("7 minutes or more", 1000))


def text_of(page: Page) -> str:
    """Return the words of a page as they are indexed."""
    parts = ((section.heading, *section.paragraphs) for section in page.sections)
    return "\n".join([page.title, page.description, *(part for group in parts for part in group if part)])


def key_part(stories: Sequence[tuple[str, StoryPage]], shelf: Shelf) -> str:
    """Return a text that changes with anything in the part of these stories, given with their fingerprints."""
    keys = {("cast", key) for _, story in stories for key in story.cast}
    keys |= {("places", story.place) for _, story in stories}
    keys |= {("series", story.series) for _, story in stories}
    names = (
        f"{room} {key} {shelf.by_key[room, key].name}" for room, key in sorted(keys) if (room, key) in shelf.by_key
    )
    return digest(*names, *sorted(f"{story.mark} {name}" for name, story in stories))


def make_part(stories: Iterable[StoryPage], texts: Mapping[str, str], shelf: Shelf) -> dict[str, bytes]:
    """Make the files of the part of some stories; their words are given by folder. Raises BuildError."""
    return make_index([_make_entry(story, texts[story.folder], shelf) for story in stories])


def render_parts(years: Iterable[str]) -> str:
    """Write what a search page asks for first: the parts, the newest first."""
    return json.dumps({"parts": sorted(years, reverse=True)}) + "\n"


def _make_entry(story: StoryPage, text: str, shelf: Shelf) -> Entry:
    minutes = int(story.minutes.split()[0])
    length = next(name for name, most in LENGTHS if minutes <= most)
    page = story.page
    filters = {
        "age": [say_ages(page.age).capitalize()],
        "genre": [GENRES[page.genre]],
        "length": [length],
        "language": [page.language],
        "narrator": [page.read_by] if story.audio and page.read_by else [],
        **_find_names(story, shelf),
    }
    meta = {"title": story.title, "about": page.description, "day": story.date_text, "length": story.minutes}
    if story.thumb:
        meta["image"] = story.url + story.thumb
    return Entry(
        story.url,
        page.language,
        text,
        meta,
        {name: values for name, values in filters.items() if values},
        {"day": story.day.isoformat()},
    )


def _find_names(story: StoryPage, shelf: Shelf) -> dict[str, list[str]]:
    """Return the names on the cards of a story; a key whose card is gone is not searched for."""
    rooms = {"cast": story.page.cast, "place": (story.page.place,), "series": (story.page.series,)}
    cards = {name: [shelf.by_key.get((ROOMS[name], key)) for key in keys] for name, keys in rooms.items()}
    return {name: [card.name for card in found if card] for name, found in cards.items()}
