"""Captions, the words as a page, chapters, and the taste of a story."""

import json
import re
from dataclasses import replace
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from generator.feeds.cover import LIMIT, SIDE, draw_cover
from generator.feeds.outlet import Outlet
from generator.feeds.qr import QUIET, make_code
from generator.feeds.transcript import render_captions, render_chapters, render_transcript_page
from generator.site.media import choose_bite
from generator.sound.timing import parse_timing, render_timing
from generator.story import Sentence
from tests.feeds.library import FILES, MEDIA, OUTLET, URL, make_light, make_page

LONG = (
    "The lantern on the hill, which had burned since before the hill had a name, looked down at the fox & said nothing at all. "
    * 3
)
ROWS = (
    Sentence("s1", 0, 0.5, 2.0, "A Tale."),
    Sentence("s2", 1, 3.0, 12.0, LONG.strip()),
    Sentence("s3", 1, 12.5, 20.0, "“Stay,” it said."),
    Sentence("s4", 2, 21.0, 40.0, "She stayed."),
)
CUE = re.compile(r"(\S+)\n(\d\d):(\d\d):([\d.]+) --> (\d\d):(\d\d):([\d.]+)\n(.*)", re.DOTALL)


def parse(vtt: str) -> list[tuple[float, float, str]]:
    head, *cues = vtt.strip().split("\n\n")
    assert head == "WEBVTT"
    found = []
    for cue in cues:
        match = CUE.fullmatch(cue)
        assert match, cue
        start, end = (int(match[n]) * 3600 + int(match[n + 1]) * 60 + float(match[n + 2]) for n in (2, 5))
        found.append((start, end, match[8]))
    return found


def test_captions_are_short_and_follow_each_other() -> None:
    cues = parse(render_captions(ROWS))
    assert all(len(line) <= 65 for _, _, text in cues for line in text.split("\n"))
    assert all(text.count("\n") < 2 for _, _, text in cues)
    assert all(start < end for start, end, _ in cues)
    assert all(one[1] <= two[0] for one, two in pairwise(cues))
    words = " ".join(unescape(text) for _, _, text in cues).split()
    assert words == " ".join(row.text for row in ROWS).split()


@given(st.lists(st.text(min_size=1, max_size=300).filter(str.strip), min_size=1, max_size=4))
def test_no_text_breaks_captions_or_page(texts: list[str]) -> None:
    rows = [Sentence(f"s{n}", 1, n * 10.0, n * 10.0 + 9, text) for n, text in enumerate(texts, 1)]
    rows = list(parse_timing(render_timing(rows)))
    vtt = render_captions(rows)
    assert vtt.count("-->") >= len(rows)
    page = html.document_fromstring(render_transcript_page(make_light(make_page()), rows, OUTLET))
    assert len(page.findall("body/p")) == 1


def test_the_transcript_page_is_a_whole_page_that_leads_to_the_story() -> None:
    story = make_light(make_page(title="Ink & <Paper>"))
    page = html.document_fromstring(render_transcript_page(story, ROWS, OUTLET))
    assert page.get("lang") == "en"
    assert page.findtext("head/title") == "Transcript: Ink & <Paper> (2026-11-21)"
    link = page.find("head/link[@rel='canonical']")
    assert link is not None
    assert link.get("href") == f"{URL}{story.url}"
    assert [p.text for p in page.findall("body/p")][2:] == ["She stayed."]


@pytest.mark.parametrize("media", [URL, "https://media.example.org/"])
def test_chapters_are_scenes_with_their_pictures(media: str) -> None:
    outlet: Outlet = replace(OUTLET, media=media)
    story = make_light(make_page(), files=(*FILES, "scene-1.webp"))
    chapters = json.loads(render_chapters(story, ROWS, outlet))
    folder = f"{media}{story.url}"
    assert chapters["version"] == "1.2.0"
    assert chapters["chapters"] == [
        {"startTime": 0.0, "title": "Scene 1", "img": f"{folder}scene-1.webp"},
        {"startTime": 21.0, "title": "Scene 2", "img": f"{folder}cover.webp"},
    ]


def test_a_taste_begins_with_the_story_and_ends_with_a_sentence() -> None:
    assert choose_bite(ROWS) == (3.0, 17.0)
    assert choose_bite(ROWS[:2]) is None, "nine seconds are too short"
    assert choose_bite((Sentence("s1", 0, 0.0, 40.0, "A title."),)) is None
    assert choose_bite((Sentence("s1", 1, 0.0, 400.0, "On and on."),)) is None


def test_the_cover_is_what_apps_take_and_always_the_same() -> None:
    from io import BytesIO

    from PIL import Image

    for names in (("Tales",), ("Tales", "Lantern Nights"), ("物語",), ("A " + "very " * 30 + "long name",)):
        data = draw_cover(*names)
        assert data == draw_cover.__wrapped__(*names)
        picture = Image.open(BytesIO(data))
        assert (picture.size, picture.mode, picture.format) == ((SIDE, SIDE), "RGB", "JPEG")
        assert picture.info["dpi"] == (72, 72)
        assert len(data) <= LIMIT
    assert len({draw_cover("Tales"), draw_cover("Tales", "Pip"), draw_cover("Stories")}) == 3
    assert MEDIA.side in range(1400, 3001)


def test_a_code_is_drawn_as_its_squares_are() -> None:
    import segno

    code, matrix = make_code(URL), segno.make(URL, error="m", micro=False).matrix
    dark = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", code.path):
        dark |= {(int(x) + step, int(y)) for step in range(int(length))}
    assert code.side == len(matrix) + 2 * QUIET
    assert dark == {(x + QUIET, y + QUIET) for y, row in enumerate(matrix) for x, bit in enumerate(row) if bit}
