import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.site.listen import Following, find_following, read_sentences
from generator.site.readalong import mark_page, mark_sentences
from generator.site.sanitise import sanitise
from generator.site.shelf import Shelf
from generator.site.story_page import StoryPage
from generator.sound.timing import render_timing, render_vtt
from generator.story import Genre, Sentence, Word
from tests.site import sample


def rows(*texts: str, scene: int = 1) -> tuple[Sentence, ...]:
    return tuple(Sentence(f"s{n}", scene, float(n), n + 0.5, text) for n, text in enumerate(texts, 1))


def visible(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


@pytest.mark.parametrize(
    ("html", "texts", "expected"),
    [
        (
            "<p>One fox. “Two?” she said.</p>",
            ("One fox.", "“Two?” she said."),
            '<p><span id="s1" data-t="1">One fox.</span> <span id="s2" data-t="2">“Two?” she said.</span></p>',
        ),
        ("<h2>One</h2><p>One.</p>", ("One.",), '<h2>One</h2><p><span id="s1" data-t="1">One.</span></p>'),
        ("<p>AT&amp;T &lt;b&gt;.</p>", ("AT&T <b>.",), '<p><span id="s1" data-t="1">AT&amp;T &lt;b&gt;.</span></p>'),
        (
            "<p>The <em>big</em> owl.</p>",
            ("The big owl.",),
            '<p><span id="s1" data-t="1">The <em>big</em> owl.</span></p>',
        ),
        (
            "<p>In <em>bed. Deep</em> sleep.</p>",
            ("In bed.", "Deep sleep."),
            '<p><span id="s1" data-t="1">In </span><em><span data-s="s1" data-t="1">bed.</span> '
            '<span id="s2" data-t="2">Deep</span></em><span data-s="s2" data-t="2"> sleep.</span></p>',
        ),
        ("<p>High,<br>low.</p>", ("High,\nlow.",), '<p><span id="s1" data-t="1">High,<br>low.</span></p>'),
        ("<p>Quite other words.</p>", ("One fox.",), "<p>Quite other words.</p>"),
        (
            "<p>One—two.</p>",
            ("One", "two."),
            '<p><span id="s1" data-t="1">One—</span><span id="s2" data-t="2">two.</span></p>',
        ),
        ("<p>İzmir slept.</p>", ("İzmir slept.",), '<p><span id="s1" data-t="1">İzmir slept.</span></p>'),
        ("<p>One.</p>", (), "<p>One.</p>"),
        ("", ("One.",), ""),
        ('<h2 id="s1">S1</h2><p>One.</p>', ("One.",), '<h2 id="s1">S1</h2><p>One.</p>'),
    ],
)
def test_a_sentence_is_marked_where_it_stands(html: str, texts: tuple[str, ...], expected: str) -> None:
    assert mark_sentences(html, rows(*texts)) == expected


def test_what_was_edited_is_left_alone_and_what_follows_is_found_again() -> None:
    html = "<p>Pip ran. She sat down. No. The owl blinked. No. Good night.</p>"
    marked = mark_sentences(html, rows("Pip ran.", "She lay down.", "No.", "The owl blinked.", "Good night."))
    assert re.findall(r'id="(s\d)" data-t="[\d.]+">(.*?)</span>', marked) == [
        ("s1", "Pip ran."),
        ("s3", "No."),
        ("s4", "The owl blinked."),
        ("s5", "Good night."),
    ]
    assert visible(marked) == visible(html)


PIECES = st.lists(
    st.sampled_from(
        "One fox.|The owl sat high|, |low.|“Who?” she said.|<p>|</p>|<em>|</em>|<br>|<h2>|</h2>|&amp;|&lt;x&gt;|—| |\n|<ul><li>|</li></ul>"
        '|<span id="s2">|</span>|<a href="x">|</a>|<script>|"|é|二。'.split("|")
    )
)
SPOKEN = st.lists(
    st.sampled_from("One fox.|The owl sat high, low.|“Who?” she said.|high|—|low. One|二。|x & <x>".split("|"))
)


@given(PIECES, SPOKEN)
def test_no_page_changes_its_words_or_loses_its_form(pieces: list[str], spoken: list[str]) -> None:
    html = sanitise("".join(pieces))
    marked = mark_sentences(html, rows(*spoken))
    assert visible(marked) == visible(html)
    assert re.sub(r' data-[ts]="[^"]*"', "", marked) == sanitise(re.sub(r' data-[ts]="[^"]*"', "", marked))
    assert len(ids := re.findall(r' id="([^"]*)"', marked)) == len(set(ids))


def test_title_moral_and_question_are_marked_and_escaped() -> None:
    title, body = Sentence("s1", 0, 0.1, 1, "A <b>"), Sentence("s2", 1, 2, 3, "One.")
    moral, closing = Sentence("s3", 0, 4, 5, "Be kind."), Sentence("s4", 0, 6, 7, "Good night.")
    marked = mark_page("A <b>", "<p>One.</p>", "Be kind.", "Why & how?", (title, body, moral, closing))
    assert marked.title == '<span id="s1" data-t="0.1">A &lt;b&gt;</span>'
    assert marked.text == '<p><span id="s2" data-t="2">One.</span></p>'
    assert marked.moral == '<span id="s3" data-t="4">Be kind.</span>'
    assert marked.question == "Why &amp; how?"


def test_words_stand_in_their_cue_with_their_times() -> None:
    words = (Word("who", 1.0, 1.2), Word("LIT", 1.3, 1.5), Word("gone", 1.6, 1.7), Word("you", 1.8, 1.9))
    row = Sentence("s1", 1, 1.0, 2.0, "“Who lit <you>?”", words)
    assert render_vtt((row,), words=True).endswith("“Who <00:00:01.300>lit &lt;<00:00:01.800>you&gt;?”\n")
    assert render_vtt((row,)).endswith("“Who lit &lt;you&gt;?”\n")


def test_what_follows_is_the_next_of_the_series_and_the_night_before() -> None:
    def story(number: int, audio: bool = True) -> StoryPage:
        page = replace(sample.make_page(0), series="" if number == 2 else "nights")
        return StoryPage(f"stories/{number}", page, ("narration.mp3",) if audio else ())

    found = find_following(Shelf((story(4), story(3, audio=False), story(2), story(1)), ()))
    assert found == {
        "stories/4": Following("", "stories/2/"),
        "stories/2": Following("", "stories/1/"),
        "stories/1": Following("stories/4/", ""),
    }


def test_no_story_with_a_content_note_follows_a_story_without_one() -> None:
    def story(number: int, genre: Genre) -> StoryPage:
        return StoryPage(f"stories/{number}", replace(sample.make_page(0), genre=genre), ("narration.mp3",))

    genres = ((4, Genre.SPOOKY), (3, Genre.BEDTIME), (2, Genre.SPOOKY), (1, Genre.FANTASY))
    found = find_following(Shelf(tuple(story(*one) for one in genres), ()))
    more = {folder: following.more for folder, following in found.items()}
    assert more == {
        "stories/4": "stories/3/",
        "stories/3": "stories/1/",
        "stories/2": "stories/1/",
        "stories/1": "",
    }


@pytest.mark.parametrize("text", [None, "", "[", '[{"id": 3}]'])
def test_times_that_cannot_be_read_are_none(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "timing.json").write_text(text)
    assert read_sentences(tmp_path) == ()


def test_times_are_read(tmp_path: Path) -> None:
    (tmp_path / "timing.json").write_text(render_timing(rows("One.")))
    assert read_sentences(tmp_path) == rows("One.")
