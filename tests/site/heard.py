"""An archive that can be heard: one story read by the embedded voice, the others a few seconds of a tone with times."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from generator.narrators.embedded import EmbeddedNarrator
from generator.page import Page, Section, render_page
from generator.sound.audio import narrate
from generator.sound.sentences import split_sentences
from generator.sound.speech import Line, spoken_form
from generator.sound.timing import render_timing
from generator.story import Narration, Sentence, Word
from tests.site import sample

SECTIONS = (
    Section(
        "The hill",
        "scene-1.webp",
        "A fox looks up at a lantern.",
        (
            "Pip saw a light. “Who lit you?” she asked.",
            "The lantern said nothing. It only leaned in to hear her better.",
        ),
    ),
    Section(
        "The way home",
        "scene-2.webp",
        "A path in the dark.",
        ("The night was deep. One small light went with her all the way.", "Then Pip slept & the lantern watched."),
    ),
)


def write_site(root: Path, nights: int = 6) -> Path:
    """Write an archive of so many nights and return its mkdocs.yml; the stories of nights 0 and 4 are of one series."""
    settings = sample.write_site(root, nights)
    for number in range(nights):
        folder = next(root.glob(f"content/stories/{sample.make_page(number).slot.day:%Y/%m/%d}-*"))
        page = replace(sample.make_page(number), sections=SECTIONS)
        narration = read_page(page) if number == 0 else None
        rows = narration.sentences if narration else spread(page, 4.0)
        page = replace(page, seconds=narration.seconds if narration else 4.0)
        (folder / "index.md").write_text(render_page(page), "utf-8")
        (folder / "timing.json").write_text(render_timing(add_words(rows)), "utf-8")
        if narration:
            (folder / "narration.mp3").write_bytes(narration.mp3)
    return settings


def make_lines(page: Page) -> Iterator[tuple[int, str]]:
    """List what is read of a page, with the number of its scene."""
    yield 0, page.title
    for number, section in enumerate(page.sections, 1):
        for paragraph in section.paragraphs:
            yield from ((number, text) for text in split_sentences(paragraph))
    yield from ((0, text) for text in (page.moral, page.question, "This story was made with AI."))


@cache
def read_page(page: Page) -> Narration:
    """Read a page aloud with the embedded voice."""
    lines = [Line(scene, text, spoken_form(text), 0.3) for scene, text in make_lines(page)]
    return narrate(EmbeddedNarrator(), lines)


def spread(page: Page, seconds: float) -> tuple[Sentence, ...]:
    """Give every sentence of a page an equal share of so many seconds."""
    lines = list(make_lines(page))
    share = seconds / len(lines)
    return tuple(
        Sentence(f"s{n + 1}", scene, round(n * share + 0.02, 3), round((n + 1) * share - 0.02, 3), text)
        for n, (scene, text) in enumerate(lines)
    )


def add_words(rows: Iterable[Sentence]) -> list[Sentence]:
    """Give every word an equal share of its sentence."""
    return [replace(row, words=tuple(_words(row))) for row in rows]


def _words(row: Sentence) -> Iterator[Word]:
    texts = row.text.split()
    share = (row.end - row.start) / len(texts)
    for number, text in enumerate(texts):
        start = round(row.start + number * share, 3)
        yield Word(text.strip("“”.,?&") or "and", start, round(min(start + share / 2, row.end), 3))
