"""What the listings know of a story, small enough to be kept for ten thousand: StoryPage <-> rows of JSON. Pure.

A row has the values that are asked of every story, its files, the number of its words, and its media. What only a page
that is shown asks for is two thirds of it all: it is a row of its own, which is read when somebody asks.
"""

import hashlib
import json
from dataclasses import replace
from functools import lru_cache
from typing import Any

from generator.site.media import NO_MEDIA, Media, pack_media
from generator.site.story_page import PENDING, Others, Row, StoryPage, pack_page

PARTS = PENDING + 1  # the values of a page in a row


class Unread:
    """The other values of the pages of a year: JSON until the first one is asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._rows: dict[str, Row] | None = None

    def __getitem__(self, folder: str) -> Row:
        if self._rows is None:
            self._rows = json.loads(self._data)
        return self._rows[folder]


def lighten(story: StoryPage, media: Media = NO_MEDIA) -> StoryPage:
    """Take the paragraphs out of a story that was just read, and give it its media and its mark."""
    sections = tuple(replace(section, paragraphs=()) for section in story.page.sections)
    page, words = replace(story.page, sections=sections), story.page.word_count
    light = StoryPage(story.folder, page, story.files, words, "", media)
    return StoryPage(story.folder, page, story.files, words, mark_rows(story.folder, *make_rows(light)), media)


def mark_rows(folder: str, row: Row, others: Row) -> str:
    """Return a short text that changes with a story's folder or rows."""
    return hashlib.blake2b(f"{folder}\n{json.dumps([row, others])}".encode(), digest_size=9).hexdigest()


def make_rows(story: StoryPage) -> tuple[list[Any], Row]:
    """Return the values of a light story as JSON knows them, its folder and mark excluded: its row, and the others."""
    row, others = story.packed or pack_page(story.page)
    return [*row[:PARTS], "/".join(story.files), story.words, pack_media(story.media)], others


def parse_row(folder: str, mark: str, row: Row, others: Others) -> StoryPage:
    """Make a light story of rows that make_rows() wrote; its page is unpacked when somebody asks. The row may go on."""
    files, words, media = row[PARTS : PARTS + 3]
    return StoryPage(folder, row, _split(files), words, mark, media, others)


@lru_cache(maxsize=4096)
def _split(files: str) -> tuple[str, ...]:
    """Part names of files; most stories have the same."""
    return tuple(files.split("/")) if files else ()
