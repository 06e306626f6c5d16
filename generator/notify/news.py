"""A story as news: everything that is said of it, gathered from its folder and the settings."""

import io
from dataclasses import dataclass, field
from pathlib import Path

from generator.cards import read_cards
from generator.feeds.description import say_makers
from generator.feeds.outlet import PODCAST, Outlet
from generator.feeds.subscribe import JSON, TEXT
from generator.feeds.text import clean_line
from generator.media.public import read_file
from generator.site.media import read_media
from generator.site.phrases import make_slug
from generator.site.shelf import read_story
from generator.site.story_page import StoryPage

WIDTH, HEIGHT = 960, 720  # pixels of the cover: twice what a telephone shows
PICTURE_LIMIT = 80_000  # bytes


@dataclass(frozen=True, slots=True)
class News:
    """What is said of a story. Texts are plain, on one line."""

    slot: str
    guid: str
    title: str
    about: str  # one or two sentences
    day: str  # 21 November 2026
    kind: str  # Bedtime story
    age: str  # ages 6 to 8
    minutes: str  # 4 minutes
    series: str  # its name, or empty
    question: str
    makers: str
    promise: str  # what is still being made of it, or empty
    show: str
    site: str  # the address of the home page
    url: str  # of the story
    sound: str  # the address of the recording, or empty
    cover_url: str  # or empty
    podcast: str  # the address of the podcast it is in, or empty
    feeds: tuple[str, ...]  # of all feeds it is in, its own podcast's among them
    cover: bytes = field(default=b"", repr=False)  # a JPEG
    cover_alt: str = ""


def read_news(folder: Path, content: Path, outlet: Outlet) -> News:
    """Read the story of a folder as news. Raises ArchiveError."""
    page = read_story(folder, content)
    story = StoryPage(page.folder, page.page, page.files, media=read_media(folder))
    url = outlet.url + story.url
    return News(
        slot=str(story.page.slot),
        guid=clean_line(story.guid),
        title=clean_line(story.title),
        about=clean_line(story.page.description, 400),
        day=story.date_text,
        kind=story.genre_text,
        age=story.age_text,
        minutes=story.minutes,
        series=_name_series(content, story.series),
        question=clean_line(story.page.question),
        makers=say_makers(story),
        promise=story.promise,
        show=clean_line(outlet.title),
        site=outlet.url,
        url=url,
        sound=outlet.media_url(story, story.published, story.media.hash) if story.heard else "",
        cover_url=outlet.media_url(story, story.cover) if story.cover else "",
        podcast=outlet.url + PODCAST if story.heard else "",
        feeds=tuple(outlet.url + path for path in list_feeds(story, outlet)),
        cover=make_cover(read_file(folder, story.cover, outlet.store)) if story.cover else b"",
        cover_alt=clean_line(story.page.cover_alt),
    )


def list_feeds(story: StoryPage, outlet: Outlet) -> tuple[str, ...]:
    """Return the paths of the feeds that a story is in."""
    of: dict[str, tuple[str, ...]] = {
        "genres": (story.genre,),
        "languages": (make_slug(story.language),),
        "series": (story.series,),
    }
    of["cast"] = tuple(story.cast)
    parts = zip(outlet.podcast.parts, outlet.paths[1:], strict=True)
    named = [path for (kind, key), path in parts if (make_slug(key) if kind == "languages" else key) in of[kind]]
    return (*((PODCAST, *named) if story.heard else ()), TEXT, JSON)


def make_cover(picture: bytes) -> bytes:
    """Return a cover as mail apps can show it, a JPEG; nothing for one that is no picture."""
    from PIL import Image, ImageOps

    from generator.pictures import encode_jpeg, open_picture

    try:
        fitted = ImageOps.fit(open_picture(picture), (WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        return encode_jpeg(fitted, PICTURE_LIMIT)
    except (ValueError, io.UnsupportedOperation):
        return b""


def _name_series(content: Path, key: str) -> str:
    return next((clean_line(card.name) for card in read_cards(content).series if card.key == key), "") if key else ""
