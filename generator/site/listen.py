"""What the player asks of a story beyond its page: cues, scenes, and which story may come next. Pure but for `read_sentences`."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from generator.bundle import SOUND
from generator.media.settings import resolve
from generator.site.shelf import Shelf
from generator.site.story_page import StoryPage
from generator.sound.timing import make_chapters, parse_timing
from generator.story import Sentence

CUES = "narration.vtt"
LISTEN = "listen.json"
TRANSCRIPT = "transcript.vtt"  # for podcast apps: captions of short lines
TRANSCRIPT_PAGE = "transcript.html"
CHAPTERS = "chapters.json"


NOWHERE = ("", "")


class Following(NamedTuple):
    """The addresses of the stories that may be heard after another one; empty where there is none."""

    series: str = ""  # the next of its series
    more: str = ""  # the night before; after a story without a content note, the last night that has none either
    name: str = ""  # of its series
    series_at: str = ""  # where the recordings of the two are in the store, if they are there
    more_at: str = ""


def find_following(shelf: Shelf) -> dict[str, Following]:
    """Find what follows each story that can be heard, by its folder. A new story changes one or two answers."""
    told = [story for story in shelf.stories if story.audio]
    heard = [(story.folder, (story.url, story.stored_as(SOUND)), story.series, shelf.has_note(story)) for story in told]
    more: list[tuple[str, str]] = []  # for each, the oldest first
    night = plain = NOWHERE
    for _, place, _, noted in reversed(heard):
        more.append(night if noted else plain)
        night, plain = place, plain if noted else place
    names = {card.key: card.name for card in shelf.room("series")}
    newer: dict[str, tuple[str, str]] = {}
    following: dict[str, Following] = {}
    for (folder, place, key, _), (older, older_at) in zip(heard, reversed(more), strict=True):
        url, at = newer.get(key, NOWHERE)
        following[folder] = Following(url, older, names.get(key, ""), at, older_at)
        if key:
            newer[key] = place
    return following


def read_sentences(folder: Path) -> tuple[Sentence, ...]:
    """Read the times of a narration; none where they are missing or wrong, which the check of the archive reports."""
    try:
        return parse_timing((folder / "timing.json").read_text("utf-8"))
    except (OSError, ValueError):
        return ()


def render_listen(story: StoryPage, sentences: Sequence[Sentence], following: Following, store: str = "") -> str:
    """Write listen.json: title, length, pictures, scenes as [start, heading, picture, alt], and what may follow.

    `store` is the address of the store; of recordings in it `sound` and `sounds` say where they are.
    """
    ats = ((following.series, following.series_at), (following.more, following.more_at))
    page = story.page
    values: dict[str, object] = {
        "title": story.title,
        "series": following.name,
        "by": page.read_by,
        "seconds": page.seconds,
        "sound": story.beside(SOUND, store) if story.stored_as(SOUND) else "",
        "art": story.beside(story.share, store),
        "thumb": story.beside(story.thumb, store),
        "scenes": _scenes(story, sentences, store),
        "sounds": {url: resolve(store, at) for url, at in ats if at},
        "next": {name: url for name, url in (("series", following.series), ("more", following.more)) if url},
    }
    return json.dumps({key: value for key, value in values.items() if value}, ensure_ascii=False) + "\n"


def _scenes(story: StoryPage, sentences: Sequence[Sentence], store: str) -> list[list[object]]:
    sections = story.page.sections
    chapters = make_chapters(sentences, [section.heading for section in sections], story.page.seconds)
    numbers = sorted({row.scene for row in sentences if row.scene})
    rows: list[list[object]] = [[0, "", story.beside(story.cover, store), story.page.cover_alt]]
    for number, chapter in zip(numbers, chapters, strict=True):
        first = next(row.start for row in sentences if row.scene == number)
        section = sections[number - 1] if number <= len(sections) else None
        shown = section if section and section.picture in story.files else None
        picture = (story.beside(shown.picture, store), shown.alt) if shown else ("", "")
        rows.append([round(first, 3), chapter.title or str(number), *picture])
    return rows
