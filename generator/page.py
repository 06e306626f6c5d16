"""index.md <-> Page: what a reader sees of a story, readable again after any edit by hand. Pure.

The front matter has fixed keys with JSON values (which is YAML); the body is the cover, then for each scene a heading, its
picture and its paragraphs. A line break inside a paragraph is a line of verse.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from generator.markdown import (
    clean_text,
    escape_markdown,
    plain_text,
    printable,
    render_front_matter,
    split_front_matter,
)
from generator.reading import split_sentences
from generator.story import AgeBand, Form, Genre, Slot, count_words

IMAGE = re.compile(
    r"^!\[(?P<alt>(?:[^\[\]]|\[[^\]]*\])*)\]"  # brackets may stand inside
    r"\(\s*<?(?:\./)?(?P<file>[^)\s>]+)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)\s*(?:\{[^}]*\})?$"  # a title may follow
)
RULE = re.compile(r"^(?:(?:[-*_][ \t]*){3,}|#{1,6})$")
HEADING = re.compile(r"^#{1,6}\s+(?P<text>.*?)\s*#*$")
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: plain text, as a reader reads it."""

    heading: str  # empty for text that stands before the first heading
    picture: str  # a file of the bundle, or empty
    alt: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A story's page."""

    slot: Slot
    title: str
    description: str
    genre: Genre
    form: Form
    age: AgeBand
    language: str
    cast: tuple[str, ...]  # keys of cards, the hero first
    place: str
    series: str  # empty when it stands alone
    tags: tuple[str, ...]
    seconds: float  # the length of the narration; 0 while there is none
    moral: str
    question: str
    guid: str
    written_by: str
    drawn_by: str
    read_by: str
    cover: str  # a file of the bundle, or empty
    cover_alt: str
    sections: tuple[Section, ...]
    pending: tuple[str, ...] = ()  # "pictures", "narration": what is still being made

    @property
    def opening(self) -> str:
        """The first sentence."""
        paragraphs = (paragraph for section in self.sections for paragraph in section.paragraphs)
        return split_sentences(next(paragraphs, ""))[0]

    @property
    def word_count(self) -> int:
        """The words of the text as it stands now, headings excluded."""
        return sum(count_words(paragraph) for section in self.sections for paragraph in section.paragraphs)

    @property
    def pictures(self) -> tuple[tuple[str, str], ...]:
        """File and alt text of every picture, the cover first."""
        return tuple(
            (file, alt)
            for file, alt in ((self.cover, self.cover_alt), *((s.picture, s.alt) for s in self.sections))
            if file
        )


def render_page(page: Page) -> str:
    """Return the text of index.md."""
    front = render_front_matter(
        {
            "title": clean_text(page.title),
            "description": clean_text(page.description),
            "slot": str(page.slot),
            "date": str(page.slot.day),
            "genre": page.genre,
            "form": page.form,
            "age": page.age,
            "language": page.language,
            "cast": _clean(page.cast),
            "place": clean_text(page.place),
            "series": clean_text(page.series),
            "tags": _clean(page.tags),
            "seconds": page.seconds,
            "moral": clean_text(page.moral),
            "question": clean_text(page.question),
            "guid": page.guid,
            "written_by": clean_text(page.written_by),
            "drawn_by": clean_text(page.drawn_by),
            "read_by": clean_text(page.read_by),
        }
        | ({"pending": page.pending} if page.pending else {})
    )
    blocks = [f"![{_inline(page.cover_alt)}]({page.cover})"] if page.cover else []
    for section in page.sections:
        blocks += [f"## {_inline(section.heading)}"] if section.heading else []
        blocks += [f"![{_inline(section.alt)}]({section.picture})"] if section.picture else []
        blocks += [escape_markdown(paragraph) for paragraph in section.paragraphs]
    return front + "\n" + "\n\n".join(blocks) + "\n"


def _inline(text: str) -> str:
    return escape_markdown(_one_line(text))


def _one_line(text: str) -> str:
    return " ".join(clean_text(text).split())


def _clean(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(clean_text(text) for text in texts)


def parse_page(text: str) -> Page:
    """Read an index.md, also one that was edited by hand. Raises ValueError that says what is wrong and where."""
    values, body = split_front_matter(text)
    reader = _Front(values)
    cover, sections = _parse_body(body)
    page = Page(
        slot=reader.slot(),
        title=reader.text("title", required=True),
        description=reader.text("description"),
        genre=reader.choice("genre", Genre),
        form=reader.choice("form", Form),
        age=reader.choice("age", AgeBand),
        language=reader.text("language") or "en",
        cast=reader.texts("cast"),
        place=reader.text("place"),
        series=reader.text("series"),
        tags=reader.texts("tags"),
        seconds=reader.seconds(),
        moral=reader.text("moral"),
        question=reader.text("question"),
        guid=reader.text("guid", required=True),
        written_by=reader.text("written_by"),
        drawn_by=reader.text("drawn_by"),
        read_by=reader.text("read_by"),
        cover=cover[0],
        cover_alt=cover[1],
        sections=sections,
        pending=reader.texts("pending"),
    )
    reader.finish()
    return page


def _parse_body(body: str) -> tuple[tuple[str, str], tuple[Section, ...]]:
    cover = ("", "")
    sections: list[Section] = []
    heading, picture, paragraphs = "", ("", ""), list[str]()
    # A heading ends the paragraph above it without a blank line, too; the last one closes the last section.
    spaced = re.sub(r"\n(?=#{1,6}\s)", "\n\n", body.strip()) + "\n\n## ."
    for block in re.split(r"\n[ \t]*\n", spaced):
        lines = [line for line in (line.strip() for line in block.strip().split("\n")) if not RULE.match(line)]
        if not lines:
            continue
        if title := HEADING.match(lines[0]):
            if heading or picture[0] or paragraphs:
                sections.append(Section(heading, *picture, tuple(paragraphs)))
            heading, picture, paragraphs = plain_text(title["text"]), ("", ""), []
            lines = lines[1:]
        if lines and (image := IMAGE.match(lines[0])):
            found = (image["file"], plain_text(image["alt"]))
            if not (sections or heading or paragraphs or cover[0] or found[0].startswith("scene-")):
                cover = found
            elif not picture[0]:
                picture = found
            lines = lines[1:]
        if paragraph := plain_text("\n".join(lines)):
            paragraphs.append(paragraph)
    return cover, tuple(sections)


def keep_edits(before: Page, page: Page) -> Page:
    """Return the page as it stands, with what is new: whatever an owner wrote by hand stays."""
    sections = before.sections
    if len(sections) == len(page.sections):
        sections = tuple(
            replace(old, picture=old.picture or new.picture, alt=old.alt or new.alt)
            for old, new in zip(sections, page.sections, strict=True)
        )
    return replace(
        before,
        sections=sections,
        cover=before.cover or page.cover,
        cover_alt=before.cover_alt or page.cover_alt,
        seconds=page.seconds,
        drawn_by=page.drawn_by,
        read_by=page.read_by,
        pending=page.pending,
    )


class _Front:
    """Takes known keys out of the front matter."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self.values = values
        self.known = {"date"}

    def take(self, key: str) -> object:
        self.known.add(key)
        return self.values.get(key)

    def text(self, key: str, *, required: bool = False) -> str:
        value = self.take(key)
        if value is None or value == "":
            if required:
                raise ValueError(f"{key}: missing")
            return ""
        if not isinstance(value, str | int | float | date) or isinstance(value, bool):  # YAML knows dates and numbers
            raise ValueError(f"{key}: {value!r} is not text; put it in quotes")
        return clean_text(str(value))

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ValueError(f"{key}: not a list of texts")
        return _clean(tuple(value))

    def choice(self, key: str, kind: type[E]) -> E:
        value = self.text(key, required=True)
        if value not in list(kind):
            raise ValueError(f"{key}: {value!r} is none of {', '.join(kind)}")
        return kind(value)

    def seconds(self) -> float:
        value = self.take("seconds") or 0
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 36_000:
            raise ValueError(f"seconds: {value!r} is not a length in seconds")
        return float(value)

    def slot(self) -> Slot:
        try:
            slot = Slot.parse(self.text("slot", required=True))
        except ValueError as error:
            raise ValueError(f"slot: {error}") from None
        if str(self.values.get("date", slot.day)) != str(slot.day):
            raise ValueError(f"date: {self.values['date']} is not the day of the slot {slot}; a story keeps its day")
        return slot

    def finish(self) -> None:
        for key in self.values:
            if key not in self.known:
                raise ValueError(f"{printable(key)}: unknown; known are {', '.join(sorted(self.known))}")
