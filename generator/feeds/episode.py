"""A story as an episode: everything its item in a feed says, made of its page and its files. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from email.utils import format_datetime

from generator.feeds.description import render_description, render_notes
from generator.feeds.outlet import Outlet
from generator.feeds.text import clean_line
from generator.site.listen import CHAPTERS, TRANSCRIPT, TRANSCRIPT_PAGE
from generator.site.phrases import say_date
from generator.site.story_page import StoryPage

LAST_SECOND = 59


@dataclass(frozen=True, slots=True)
class Person:
    """Who made a part of it: a program, by its name and model."""

    name: str
    group: str  # of the podcast namespace's taxonomy
    role: str


@dataclass(frozen=True, slots=True)
class Episode:
    """What an item says; texts are plain unless they are called HTML."""

    guid: str
    title: str
    url: str  # of its page
    date: str  # RFC 2822
    about: str  # HTML that Apple allows
    notes: str  # HTML
    sound: str  # the address of the recording
    size: int  # bytes
    seconds: int
    season: int
    number: int  # the day of the year; 0 for an extra story
    night: str  # 21 November 2026
    art: str  # a square picture, or empty
    art_alt: str
    art_side: int  # pixels
    transcript: str  # WebVTT, or empty
    transcript_page: str  # HTML, or empty
    chapters: str  # JSON, or empty
    bite: tuple[float, float] | None  # seconds: start and length of a taste of it
    makers: tuple[Person, ...]


def make_episode(story: StoryPage, outlet: Outlet) -> Episode:
    """Make the episode of a story that can be heard."""
    page, media, here = story.page, story.media, story.url
    url = outlet.url + here
    about = render_description(story, url, outlet.title)
    picture = outlet.media_url(story, story.cover) if story.cover else ""
    beside = url if media.timed else ""
    return Episode(
        guid=clean_line(page.guid),
        title=clean_line(page.title),
        url=url,
        date=format_datetime(moment_of(story, outlet)),
        about=about,
        notes=render_notes(story, about, url, picture),
        sound=outlet.media_url(story, story.published, media.hash),
        size=media.size,
        seconds=max(1, round(media.seconds or page.seconds)),
        season=story.day.year,
        number=0 if story.extra else story.day.timetuple().tm_yday,
        night=say_date(story.day),
        art=outlet.media_url(story, story.share, media.art) if media.art else "",
        art_alt=clean_line(page.cover_alt),
        art_side=media.side,
        transcript=beside and beside + TRANSCRIPT,
        transcript_page=beside and beside + TRANSCRIPT_PAGE,
        chapters=beside and beside + CHAPTERS,
        bite=media.bite,
        makers=tuple(_list_makers(story)),
    )


def moment_of(story: StoryPage, outlet: Outlet) -> datetime:
    """Say when a story came out: as its day began where the site is at home, so that it is never in the future.

    The night's own story is the last of its day.
    """
    return datetime.combine(story.day, time(second=_second(story)), outlet.zone)


def list_dated(stories: Iterable[StoryPage]) -> tuple[StoryPage, ...]:
    """Return stories newest first. Of a story that somebody has copied, the copy is left out: its guid is taken."""
    first: dict[str, StoryPage] = {}
    for story in sorted(stories, key=lambda story: (story.day_text, _second(story), story.folder)):
        first.setdefault(story.guid, story)
    return tuple(reversed(first.values()))


def _second(story: StoryPage) -> int:
    return int(story.extra, 16) % LAST_SECOND if story.extra else LAST_SECOND


def _list_makers(story: StoryPage) -> Iterable[Person]:
    made = (
        (story.page.written_by, "writing", "author"),
        (story.page.drawn_by, "visuals", "cover art designer"),
        (story.page.read_by, "cast", "narrator"),
    )
    for name, group, role in made:
        if name := clean_line(name, 128):
            yield Person(name, group, role)
