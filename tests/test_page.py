import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markdown import clean_text
from generator.page import Page, Section, parse_page, render_page
from generator.story import AgeBand, Form, Genre, Slot

texts = st.text(max_size=60).map(clean_text)
lines = texts.map(lambda text: " ".join(text.split()))
filled = lines.filter(bool)
keys = st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True)
sections = st.builds(
    Section,
    heading=filled,
    picture=keys.map("{}.webp".format),
    alt=lines,
    paragraphs=st.lists(texts.filter(bool), min_size=1, max_size=3).map(tuple),
)
pages = st.builds(
    Page,
    slot=st.builds(Slot, st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["", "0123abcd"])),
    title=texts.filter(bool),
    description=texts,
    genre=st.sampled_from(Genre),
    form=st.sampled_from(Form),
    age=st.sampled_from(AgeBand),
    language=st.just("en"),
    cast=st.lists(keys, max_size=3).map(tuple),
    place=keys,
    series=st.just("") | keys,
    tags=st.lists(filled, max_size=3).map(tuple),
    seconds=st.floats(0, 3000).map(lambda x: round(x, 3)),
    moral=texts,
    question=texts,
    guid=keys,
    written_by=texts,
    drawn_by=texts,
    read_by=texts,
    cover=st.just("cover.webp"),
    cover_alt=lines,
    sections=st.lists(sections, min_size=1, max_size=4).map(tuple),
)


@given(pages)
def test_a_page_reads_back_as_it_was_written(page: Page) -> None:
    assert parse_page(render_page(page)) == page


@given(pages, st.sampled_from(["\r\n", "\r"]), st.booleans(), st.booleans())
def test_a_page_reads_back_after_any_editor_saved_it(page: Page, ending: str, bom: bool, trim: bool) -> None:
    text = render_page(page)
    text = "\n".join(line.rstrip() + ("" if trim else "  ") for line in text.split("\n")).rstrip("\n")
    assert parse_page("\ufeff" * bom + text.replace("\n", ending)) == page


PAGE = """---
title: The Kite
slot: 2026-11-21
genre: bedtime
form: prose
age: 6-8
guid: abc
---
![A kite](cover.webp)

An opening *before* any heading.

## One ##
![A hill](hill.webp){ width=300 }
Right below the picture,
in two lines.

* a list item

### Two
Text with a [link](https://example.org/).
"""


def test_a_page_written_by_hand_is_read() -> None:
    page = parse_page(PAGE)
    assert page.slot == Slot(date(2026, 11, 21))
    assert page.pictures == (("cover.webp", "A kite"), ("hill.webp", "A hill"))
    assert page.sections == (
        Section("", "", "", ("An opening before any heading.",)),
        Section("One", "hill.webp", "A hill", ("Right below the picture,\nin two lines.", "a list item")),
        Section("Two", "", "", ("Text with a link.",)),
    )
    assert page.word_count == 19


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("title: The Kite", "", "title: missing"),
        ("title: The Kite", "titel: The Kite", "title: missing"),
        ("guid: abc", "guid: abc\ntemplate: sitemap.xml", "template: unknown"),
        ("genre: bedtime", "genre: romance", "genre: 'romance' is none of"),
        ("slot: 2026-11-21", "slot: tonight", "slot: not a slot"),
        ("slot: 2026-11-21", "slot: 2026-11-21\ndate: 2026-11-22", "date: 2026-11-22 is not the day"),
        ("guid: abc", "guid: abc\nseconds: long", "seconds: 'long' is not"),
        ("guid: abc", "guid: abc\ncast: pip", "cast: not a list"),
        ("guid: abc", "guid: [abc]", "guid: .* is not text"),
        ("title: The Kite", "title: 'The Kite", "line "),
    ],
)
def test_a_page_broken_by_hand_says_what_is_wrong(old: str, new: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        parse_page(PAGE.replace(old, new))


def test_pages_are_values() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        parse_page(PAGE).title = "x"  # type: ignore[misc]
