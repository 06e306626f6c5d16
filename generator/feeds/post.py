"""A story as an item of the feeds for reading. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from email.utils import format_datetime

from generator.feeds.description import render_close, render_words, say_makers
from generator.feeds.episode import moment_of
from generator.feeds.outlet import Outlet
from generator.feeds.text import clean_line
from generator.page import Page
from generator.site.story_page import StoryPage

ReadPage = Callable[[StoryPage], Page]


@dataclass(frozen=True, slots=True)
class Post:
    """What an item says; texts are plain unless they are called HTML."""

    guid: str
    title: str
    url: str
    date: str  # RFC 2822
    moment: str  # the same as RFC 3339
    about: str  # what happens, and that it was made with AI
    words: str  # HTML: the whole story; empty on an old page of a feed
    picture: str
    author: str
    tags: tuple[str, ...]
    language: str
    sound: str  # the address of the recording, or empty
    size: int  # bytes
    seconds: int


def make_post(story: StoryPage, outlet: Outlet, read: ReadPage | None) -> Post:
    """Make the post of a story; `read` brings its page with all its words, where they are wanted."""
    page, media, moment, here = story.page, story.media, moment_of(story, outlet), story.url
    return Post(
        guid=clean_line(page.guid),
        title=clean_line(page.title),
        url=outlet.url + here,
        date=format_datetime(moment),
        moment=moment.isoformat(),
        about=clean_line(f"{page.description} {say_makers(story)}", 2000),
        words=_write_words(story, read(story), outlet) if read else "",
        picture=outlet.media_url(story, story.cover) if story.cover else "",
        author=clean_line(page.written_by, 128),
        tags=tuple(clean_line(tag) for tag in (story.genre_text, *page.tags)),
        language=page.language,
        sound=outlet.media_url(story, story.published, media.hash) if story.heard else "",
        size=media.size if story.heard else 0,
        seconds=max(1, round(media.seconds or page.seconds)) if story.heard else 0,
    )


def _write_words(story: StoryPage, page: Page, outlet: Outlet) -> str:
    cover = ("", outlet.media_url(story, story.cover), page.cover_alt, ()) if story.cover else ("", "", "", ())
    sections = (
        (
            section.heading,
            outlet.media_url(story, section.picture) if section.picture in story.files else "",
            section.alt,
            section.paragraphs,
        )
        for section in page.sections
    )
    return render_words((cover, *sections), render_close(story))
