import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sound.timing import (
    make_chapters,
    parse_timing,
    render_chapters,
    render_timing,
    render_transcript,
    render_vtt,
)
from generator.story import Sentence, Word

ROWS = (
    Sentence("s1", 0, 0.25, 1.5, "The Lantern"),
    Sentence("s2", 1, 2.5, 4.0, "Pip & Moss said <nothing>."),
    Sentence("s3", 2, 5.25, 3661.5, "The owl sat high,\nthe moon was bright."),
    Sentence("s4", 0, 3662.0, 3663.0, "Light is for sharing."),
)
SPOKEN = Sentence("s1", 0, 0.25, 1.5, "The Lantern", (Word("The", 0.29, 0.5), Word("Lantern", 0.5, 1.5)))
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip)


@st.composite
def sentences(draw: st.DrawFn) -> tuple[Sentence, ...]:
    steps = draw(st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 30_000), st.integers(0, 6), TEXTS)))
    rows, place = [], 0
    for number, (gap, length, scene, text) in enumerate(steps, 1):
        start, end = place + gap, place + gap + length
        times = sorted(draw(st.lists(st.integers(start, end), max_size=6)))
        words = tuple(Word(draw(TEXTS), a / 1000, b / 1000) for a, b in zip(times[::2], times[1::2], strict=False))
        rows.append(Sentence(f"s{number}", scene, start / 1000, end / 1000, text, words))
        place = end
    return tuple(rows)


@given(sentences())
def test_times_are_read_back_as_they_were_written(rows: tuple[Sentence, ...]) -> None:
    assert parse_timing(render_timing(rows)) == rows


@given(sentences())
def test_no_text_breaks_out_of_its_cue(rows: tuple[Sentence, ...]) -> None:
    vtt = render_vtt(rows)
    blocks = vtt.removesuffix("\n").split("\n\n")
    assert blocks[0] == "WEBVTT"
    assert len(blocks) == 1 + len(rows)
    assert vtt.count("-->") == len(rows)
    for row, block in zip(rows, blocks[1:], strict=True):
        assert block.splitlines()[0] == row.id
        assert "<" not in block


def test_a_row_is_a_line() -> None:
    lines = render_timing(ROWS).splitlines()
    assert len(lines) == len(ROWS) + 2
    assert json.loads(lines[1].rstrip(",")) == {
        "id": "s1",
        "scene": 0,
        "start": 0.25,
        "end": 1.5,
        "text": "The Lantern",
    }


def test_words_are_listed_only_where_the_voice_gives_them() -> None:
    first, second = json.loads(render_timing((SPOKEN, ROWS[1])))
    assert first["words"] == [["The", 0.29, 0.5], ["Lantern", 0.5, 1.5]]
    assert "words" not in second


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ([], "row 1: 'words' is no list of words"),
        ({}, "row 1: 'words' is no list of words"),
        (None, "row 1: 'words' is no list of words"),
        (["The"], "row 1: a word is a text and two times, not 'The'"),
        ([["The", 0.3]], "row 1: a word is"),
        ([["The", 0.3, 0.4, 0.5]], "row 1: a word is"),
        ([["The", "0.3", 0.4]], "row 1: a word is"),
        ([["The", 0.3, True]], "row 1: a word is"),
        ([[3, 0.3, 0.4]], "row 1: a word is"),
        ([[" ", 0.3, 0.4]], "row 1: a word is"),
        ([["The", float("nan"), 0.4]], "row 1: 'words' is no time"),
        ([["The", 0.3, 10**400]], "row 1: 'words' is no time"),
        ([["The", 0.24, 0.4]], "row 1: the word 'The' is not spoken in its turn"),
        ([["The", 0.3, 1.51]], "row 1: the word 'The' is not spoken in its turn"),
        ([["The", 0.4, 0.3]], "row 1: the word 'The' is not spoken in its turn"),
        ([["The", 0.3, 0.5], ["Lantern", 0.4, 0.6]], "row 1: the word 'Lantern' is not spoken in its turn"),
    ],
)
def test_wrong_words_are_refused_with_their_row(words: object, complaint: str) -> None:
    row = json.loads(render_timing((SPOKEN,)))[0] | {"words": words}
    with pytest.raises(ValueError, match=complaint):
        parse_timing(json.dumps([row]))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"start": -1}, "row 2: starts"),
        ({"start": 1.2}, "row 2: starts at 1.2 s, before the row above ends"),
        ({"end": 2.5}, "row 2: ends"),
        ({"end": 99999}, "row 2: ends at 99999.0 s, after the sound"),
        ({"end": float("nan")}, "row 2: 'end' is no time"),
        ({"end": float("inf")}, "row 2: 'end' is no time"),
        ({"end": 10**400}, "row 2: 'end' is no time"),
        ({"start": "2"}, "row 2: 'start' has the wrong kind"),
        ({"start": True}, "row 2: 'start' has the wrong kind"),
        ({"scene": -1}, "row 2: 'scene' is negative"),
        ({"scene": 1.5}, "row 2: 'scene' has the wrong kind"),
        ({"id": "s7"}, "row 2: 'id' is 's7', expected 's2'"),
        ({"text": " "}, "row 2: 'text' is empty"),
        ({"more": 1}, "row 2 must have exactly: id, scene, start, end, text"),
    ],
)
def test_a_wrong_row_is_refused_with_its_number(change: dict[str, object], complaint: str) -> None:
    rows = json.loads(render_timing(ROWS[:2]))
    rows[1] |= change
    with pytest.raises(ValueError, match=complaint):
        parse_timing(json.dumps(rows), seconds=4.0)


@pytest.mark.parametrize("text", ["", "{", "{}", "[1]", "[[]]", "null", "[" * 100_000, '[{"id": "s1"}]'])
def test_rubbish_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"line|list|row|nested"):
        parse_timing(text)


def test_captions_bear_the_ids_and_escape_the_text() -> None:
    assert render_vtt(ROWS[1:3]) == (
        "WEBVTT\n\ns2\n00:00:02.500 --> 00:00:04.000\nPip &amp; Moss said &lt;nothing&gt;.\n\n"
        "s3\n00:00:05.250 --> 01:01:01.500\nThe owl sat high,\nthe moon was bright.\n"
    )


def test_chapters_follow_each_other_from_the_first_second_to_the_last() -> None:
    chapters = make_chapters(ROWS, ("A Light", "A --> Wind"), 3664.0)
    assert [(c.title, c.start, c.end) for c in chapters] == [("A Light", 0.0, 5.25), ("A --> Wind", 5.25, 3664.0)]
    assert render_chapters(chapters).endswith("c2\n00:00:05.250 --> 01:01:04.000\nA --&gt; Wind\n")
    assert make_chapters((), (), 3.0) == ()


def test_a_transcript_is_what_is_heard() -> None:
    assert render_transcript(ROWS) == (
        "The Lantern\n\nPip & Moss said <nothing>.\n\nThe owl sat high, the moon was bright.\n\nLight is for sharing.\n"
    )
    assert render_transcript(()) == ""
