"""What the listings know of a story, small enough to be kept for ten thousand: StoryPage <-> a row of JSON. Pure."""

import hashlib
import json
from dataclasses import replace
from typing import Any

from generator.site.media import NO_MEDIA, Media, pack_media
from generator.site.shelf import StoryPage, pack_page

Row = list[Any]  # the values of the page, the files, the number of words, those of the media


def lighten(story: StoryPage, media: Media = NO_MEDIA) -> StoryPage:
    """Take the paragraphs out of a story that was just read, and give it its media and its mark."""
    sections = tuple(replace(section, paragraphs=()) for section in story.page.sections)
    page, words = replace(story.page, sections=sections), story.page.word_count
    row = [*pack_page(page), list(story.files), words, pack_media(media)]
    return StoryPage(story.folder, page, story.files, words, mark_row(story.folder, row), media)


def mark_row(folder: str, row: Row) -> str:
    """Return a short text that changes with a story's folder or row."""
    return hashlib.blake2b(f"{folder}\n{json.dumps(row)}".encode(), digest_size=9).hexdigest()


def make_row(story: StoryPage) -> Row:
    """Return the values of a light story as JSON knows them, its folder and mark excluded."""
    page = story.packed or pack_page(story.page)
    return [*page, list(story.files), story.words, pack_media(story.media)]


def parse_row(folder: str, mark: str, row: Row) -> StoryPage:
    """Make a light story of a row that make_row() wrote; its page is unpacked when somebody asks."""
    *page, files, words, media = row
    return StoryPage(folder, page, tuple(files), words, mark, media)
