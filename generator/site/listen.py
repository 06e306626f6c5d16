"""What the player asks of a story beyond its page: cues, scenes, and which story may come next. Pure but for `read_sentences`."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from generator.site.shelf import Shelf, StoryPage
from generator.story import Sentence
from generator.timing import make_chapters, parse_timing

CUES = "narration.vtt"
LISTEN = "listen.json"


class Following(NamedTuple):
    """The addresses of the stories that may be heard after another one; empty where there is none."""

    series: str = ""  # the next of its series
    more: str = ""  # the night before; after a story without a content note, the last night that has none either
    name: str = ""  # of its series


def find_following(shelf: Shelf) -> dict[str, Following]:
    """Find what follows each story that can be heard, by its folder. A new story changes one or two answers."""
    heard = [(story.folder, story.url, story.series, shelf.has_note(story)) for story in shelf.stories if story.audio]
    more: list[str] = []  # for each, the oldest first
    night = plain = ""
    for _, url, _, noted in reversed(heard):
        more.append(night if noted else plain)
        night, plain = url, plain if noted else url
    names = {card.key: card.name for card in shelf.room("series")}
    newer: dict[str, str] = {}
    following: dict[str, Following] = {}
    for (folder, url, key, _), older in zip(heard, reversed(more), strict=True):
        following[folder] = Following(newer.get(key, ""), older, names.get(key, ""))
        if key:
            newer[key] = url
    return following


def read_sentences(folder: Path) -> tuple[Sentence, ...]:
    """Read the times of a narration; none where they are missing or wrong, which the check of the archive reports."""
    try:
        return parse_timing((folder / "timing.json").read_text("utf-8"))
    except (OSError, ValueError):
        return ()


def render_listen(story: StoryPage, sentences: Sequence[Sentence], following: Following) -> str:
    """Write listen.json: title, length, pictures, scenes as [start, heading, picture, alt], and what may follow."""
    page = story.page
    values: dict[str, object] = {
        "title": story.title,
        "series": following.name,
        "by": page.read_by,
        "seconds": page.seconds,
        "art": story.share,
        "thumb": story.thumb,
        "scenes": _scenes(story, sentences),
        "next": {name: url for name, url in (("series", following.series), ("more", following.more)) if url},
    }
    return json.dumps({key: value for key, value in values.items() if value}, ensure_ascii=False) + "\n"


def _scenes(story: StoryPage, sentences: Sequence[Sentence]) -> list[list[object]]:
    sections = story.page.sections
    chapters = make_chapters(sentences, [section.heading for section in sections], story.page.seconds)
    numbers = sorted({row.scene for row in sentences if row.scene})
    rows: list[list[object]] = [[0, "", story.cover, story.page.cover_alt]]
    for number, chapter in zip(numbers, chapters, strict=True):
        first = next(row.start for row in sentences if row.scene == number)
        section = sections[number - 1] if number <= len(sections) else None
        picture = (section.picture, section.alt) if section and section.picture in story.files else ("", "")
        rows.append([round(first, 3), chapter.title or str(number), *picture])
    return rows
