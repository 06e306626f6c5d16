"""What apps show beside an episode, made of the times of its sentences: captions, the words as a page, chapters. Pure."""

import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape

from generator.feeds.outlet import Outlet
from generator.site.story_page import StoryPage
from generator.sound.timing import make_chapters, render_transcript, render_vtt
from generator.story import Sentence

LINE = 60  # signs; with its entities a line stays within the 65 of the podcast namespace
LINES = 2  # of a caption
PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>Transcript: {title} ({slot})</title>
<meta name="description" content="Every word of the recording of “{title}”.">
<link rel="canonical" href="{url}">
</head>
<body>
<h1>{title}</h1>
{text}
</body>
</html>
"""


def render_captions(sentences: Iterable[Sentence]) -> str:
    """Write WebVTT with short lines; a long sentence is several captions, each for its share of the time."""
    return render_vtt(caption for row in sentences for caption in _cut(row))


def render_transcript_page(story: StoryPage, sentences: Iterable[Sentence], outlet: Outlet) -> str:
    """Write every word that is heard as a plain page of its own."""
    paragraphs = render_transcript(sentences).strip().split("\n\n")
    return PAGE.format(
        language=escape(story.page.language),
        title=escape(story.title),
        slot=story.page.slot,
        url=escape(outlet.url + story.url),
        text="\n".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs),
    )


def render_chapters(story: StoryPage, sentences: Sequence[Sentence], outlet: Outlet) -> str:
    """Write the chapters of the podcast namespace: the scenes, each with its picture."""
    sections = story.page.sections
    chapters = make_chapters(sentences, [section.heading for section in sections], story.media.seconds)
    numbers = sorted({row.scene for row in sentences if row.scene})
    rows = []
    for number, chapter in zip(numbers, chapters, strict=True):
        row: dict[str, object] = {"startTime": round(chapter.start, 3), "title": chapter.title or str(number)}
        picture = sections[number - 1].picture if number <= len(sections) else ""
        picture = picture if picture in story.files else story.cover
        rows.append(row | ({"img": outlet.media_url(story, picture)} if picture else {}))
    values = {"version": "1.2.0", "title": story.title, "podcastName": outlet.title, "chapters": rows}
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def _fill(text: str) -> list[str]:
    """Break a text into lines; words are only cut where one is longer than a line, as in scripts without spaces."""
    words = text.split()
    if max(map(len, words), default=0) > LINE:
        return textwrap.wrap(text, LINE)
    lines, line = [], ""
    for word in words:
        if line and len(line) + len(word) >= LINE:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line] if line else lines


def _cut(row: Sentence) -> Iterator[Sentence]:
    """Cut a sentence into captions that follow each other without a gap."""
    lines = _fill(row.text) or [row.text]
    texts = ["\n".join(lines[at : at + LINES]) for at in range(0, len(lines), LINES)]
    whole, said = sum(map(len, texts)), 0
    for number, text in enumerate(texts, 1):
        start, end = (row.start + (row.end - row.start) * part / whole for part in (said, said + len(text)))
        said += len(text)
        name = row.id if len(texts) == 1 else f"{row.id}-{number}"
        yield replace(row, id=name, start=start, end=end, text=text, words=())
