"""What can be searched for: the parts of the index, what is in them of each story, and what a search can be narrowed by.

A part is a year, so that only the year of a changed story is indexed again; a browser loads the newest part first and
merges the others when a reader asks for all years. Pure.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from generator.site.leaves import digest
from generator.site.pagefind import Entry, make_index
from generator.site.phrases import GENRES, say_about, say_language
from generator.site.shelf import Shelf
from generator.site.story_page import StoryPage

FOLDER = "find"
PARTS = f"{FOLDER}/parts.json"
FACETS = {
    "genre": "What kind?",
    "age": "How old?",
    "length": "How long?",
    "cast": "Who is in it?",
    "place": "Where?",
    "series": "Which series?",
    "language": "Which language?",
    "narrator": "Whose voice?",
}
KINDS = {"place": "places"}  # the kind of listing, where it is not called as the facet is


def make_facets(story: StoryPage, shelf: Shelf) -> dict[str, list[str]]:
    """Return what a search can be narrowed by: the names of the listings that a story is on, by facet."""
    page = story.page
    cards = {"cast": page.cast, "place": (page.place,), "series": (page.series,)}
    named = {
        facet: [card.name for key in keys if (card := shelf.by_key.get((KINDS.get(facet, facet), key)))]
        for facet, keys in cards.items()
    }
    facets = {
        "genre": [GENRES[page.genre]],
        "age": [story.age_text.capitalize()],
        "length": [say_about(story.about_minutes)],
        "language": [say_language(story.language)],
        "narrator": [story.narrator] if story.narrator else [],
        **named,
    }
    return {facet: names for facet, names in facets.items() if names}


def make_entry(story: StoryPage, text: str, shelf: Shelf, language: str) -> Entry:
    """Make what the index keeps of a story; `text` are its words, `language` is that of the part."""
    meta = {"title": story.title, "about": story.page.description, "day": story.date_text, "facts": _facts(story)}
    meta |= {"image": story.locate(story.thumb, shelf.store)} if story.thumb else {}
    return Entry(story.url, language, text, meta, make_facets(story, shelf), {"day": story.day.isoformat()})


def _facts(story: StoryPage) -> str:
    return f"{story.genre_text} · {story.age_text} · {story.minutes}"


def text_of(story: StoryPage) -> str:
    """Return the words of a story that are searched; title and description are, as they are shown, besides."""
    sections = ((section.heading, *section.paragraphs) for section in story.page.sections)
    return "\n".join(text for group in sections for text in group if text)


def language_of(stories: Iterable[StoryPage]) -> str:
    """Return the language of most stories: a part has one, for a browser asks each part in one language only."""
    counts = Counter(story.language for story in stories)
    return min(counts, key=lambda language: (-counts[language], language), default="en")


def render_parts(parts: Iterable[str]) -> str:
    """Write what a search asks for first: the names of the parts, the newest first."""
    return json.dumps({"parts": sorted(parts, reverse=True)}) + "\n"


def key_part(stories: Sequence[tuple[str, StoryPage]], shelf: Shelf) -> str:
    """Return a text that changes with anything in the part of these stories, given with their fingerprints."""
    keys = {("cast", key) for _, story in stories for key in story.cast}
    keys |= {("places", story.place) for _, story in stories}
    keys |= {("series", story.series) for _, story in stories}
    names = (
        f"{room} {key} {shelf.by_key[room, key].name}" for room, key in sorted(keys) if (room, key) in shelf.by_key
    )
    return digest(*names, *sorted(f"{story.mark} {name}" for name, story in stories))


def make_part(stories: Sequence[StoryPage], texts: Mapping[str, str], shelf: Shelf) -> dict[str, bytes]:
    """Make the files of the part of some stories; their words are given by folder. Raises BuildError."""
    language = language_of(stories)
    return make_index([make_entry(story, texts[story.folder], shelf, language) for story in stories])
