"""What the listings know of a story, small enough to be kept for ten thousand: StoryPage <-> a row of JSON. Pure."""

import hashlib
import json
from dataclasses import replace
from typing import Any

from generator.page import Page, Section
from generator.site.shelf import StoryPage
from generator.story import AgeBand, Form, Genre, Slot

Row = list[Any]


def lighten(story: StoryPage) -> StoryPage:
    """Take the paragraphs out of a story that was just read, and give it its mark."""
    sections = tuple(replace(section, paragraphs=()) for section in story.page.sections)
    light = replace(story, page=replace(story.page, sections=sections), words=story.page.word_count)
    return replace(light, mark=mark_row(light.folder, make_row(light)))


def mark_row(folder: str, row: Row) -> str:
    """Return a short text that changes with a story's folder or row."""
    return hashlib.blake2b(f"{folder}\n{json.dumps(row)}".encode(), digest_size=9).hexdigest()


def make_row(story: StoryPage) -> Row:
    """Return the values of a light story as JSON knows them, its folder and mark excluded."""
    page = story.page
    return [
        str(page.slot),
        page.title,
        page.description,
        page.genre.value,
        page.form.value,
        page.age.value,
        page.language,
        list(page.cast),
        page.place,
        page.series,
        list(page.tags),
        page.seconds,
        page.moral,
        page.question,
        page.guid,
        page.written_by,
        page.drawn_by,
        page.read_by,
        page.cover,
        page.cover_alt,
        [[section.heading, section.picture, section.alt] for section in page.sections],
        list(page.pending),
        list(story.files),
        story.words,
    ]


def parse_row(folder: str, mark: str, row: Row) -> StoryPage:
    """Make a light story of a row that make_row() wrote."""
    slot, title, about, genre, form, age, language, cast, place, series, tags, *rest = row
    seconds, moral, question, guid, wrote, drew, read, cover, cover_alt, sections, pending, files, words = rest
    front = (
        Slot.parse(slot),
        title,
        about,
        Genre(genre),
        Form(form),
        AgeBand(age),
        language,
        tuple(cast),
        place,
        series,
    )
    made = (tuple(tags), seconds, moral, question, guid, wrote, drew, read, cover, cover_alt)
    page = Page(
        *front, *made, tuple(Section(heading, picture, alt, ()) for heading, picture, alt in sections), tuple(pending)
    )
    return StoryPage(folder, page, tuple(files), words, mark)
