import html
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import BadReply
from generator.sound.passages import MARKUP, cut_clip, cut_text, make_plan
from generator.sound.speech import Line, spoken_form
from generator.story import Clip, Credit, Passage, Word

RATE = 16000
CREDIT = Credit("sample", "tones")
TEXTS = (
    st.text(st.sampled_from("ab. ,\"'!&"), min_size=1).map(spoken_form).filter(lambda text: any(map(str.isalnum, text)))
)


def lines(*spoken: str, voice: str = "") -> list[Line]:
    return [Line(1, text, text, 0.4, voice) for text in spoken]


def test_a_narrator_that_takes_a_line_is_given_each_distinct_one_once() -> None:
    plan = make_plan(lines("One.", "Two.", "One."), voice="Ruth", speed=0.9, language="en-GB")
    assert plan.passages == (
        Passage("One.", "Ruth", 0.9, "en-GB", (), "narrate-1"),
        Passage("Two.", "Ruth", 0.9, "en-GB", (), "narrate-2"),
    )
    assert [[(part.passage, part.line) for part in parts] for parts in plan.parts] == [[(0, 0)], [(1, 0)], [(0, 0)]]


def test_neighbouring_lines_of_one_voice_make_a_passage_up_to_its_limit() -> None:
    script = [*lines("One.", "Two."), *lines("Three.", "Four.", voice="Justin"), *lines("One.", "Two."), *lines("Six.")]
    plan = make_plan([*script[:6], *lines("Ten.", voice="Justin"), *script[6:]], longest=100, voice="Ruth")
    assert [(p.text, p.voice, p.lines, p.name) for p in plan.passages] == [
        ("One. Two.", "Ruth", ("One.", "Two."), "narrate-1"),
        ("Three. Four.", "Justin", ("Three.", "Four."), "narrate-2"),
        ("Ten.", "Justin", (), "narrate-3"),
        ("Six.", "Ruth", (), "narrate-4"),
    ]
    assert [[(part.passage, part.line) for part in parts] for parts in plan.parts[4:6]] == [[(0, 0)], [(0, 1)]]


def test_a_line_in_the_narrators_own_voice_joins_its_neighbours() -> None:
    plan = make_plan([*lines("One."), *lines("Two.", voice="Ruth")], longest=100, voice="Ruth")
    assert [passage.lines for passage in plan.passages] == [("One.", "Two.")]


def test_the_limit_is_that_of_the_billed_characters() -> None:
    first, second = "a" * 1500, "b" * 1399
    assert [len(p.text) for p in make_plan(lines(first, second), longest=2900).passages] == [2900]
    assert [len(p.text) for p in make_plan(lines(first, second + "b"), longest=2900).passages] == [1500, 1400]


def test_escapes_and_marks_are_not_billed_but_have_room() -> None:
    quotes = '"a" ' * 500  # 2,000 billed characters and 7,000 sent
    assert [len(p.text) for p in make_plan(lines(quotes.strip()), longest=2900).passages] == [1655, 343]
    short = lines(*(f"No {n}." for n in range(400)))
    for passage in make_plan(short, longest=2900).passages:
        assert len(html.escape(passage.text)) + MARKUP * (len(passage.lines) - 1) <= 5800


@pytest.mark.parametrize(
    ("text", "longest", "pieces"),
    [
        ("One two. Three four, five.", 0, ["One two. Three four, five."]),
        ("One two. Three four, five.", 26, ["One two. Three four, five."]),
        ("One two. Three four, five.", 25, ["One two.", "Three four, five."]),
        ("One two. Three four, five.", 16, ["One two.", "Three four,", "five."]),
        ("One two. Three four, five.", 9, ["One two.", "Three", "four,", "five."]),
        ("One two. Three four, five.", 8, ["One two.", "Three", "four,", "five."]),
        ("One two. Three four, five.", 4, ["One", "two.", "Thre", "e", "four", "five"]),
        ('"Stop!" he said.', 12, ['"Stop!"', "he said."]),
    ],
)
def test_a_long_line_is_cut_after_sentences_clauses_or_words(text: str, longest: int, pieces: list[str]) -> None:
    found = cut_text(text, longest)
    assert [piece for piece in found if piece != ","] == pieces


@given(st.lists(st.tuples(TEXTS, st.sampled_from(["", "Ruth", "Justin"])), min_size=1), st.integers(0, 80))
def test_every_line_of_any_script_is_spoken_once_in_its_voice_and_no_passage_is_too_long(
    script: list[tuple[str, str]], longest: int
) -> None:
    given_lines = [Line(1, text, text, 0.4, voice) for text, voice in script]
    plan = make_plan(given_lines, longest=longest, voice="Amy")
    assert plan == make_plan(given_lines, longest=longest, voice="Amy")
    assert [passage.name for passage in plan.passages] == [f"narrate-{n + 1}" for n in range(len(plan.passages))]
    assert len({(passage.text, passage.voice, passage.lines) for passage in plan.passages}) == len(plan.passages)
    for line, parts in zip(given_lines, plan.parts, strict=True):
        passages = [plan.passages[part.passage] for part in parts]
        assert {passage.voice for passage in passages} == {line.voice or "Amy"}
        heard = "".join((p.lines or (p.text,))[part.line] for p, part in zip(passages, parts, strict=True))
        assert "".join(filter(str.isalnum, heard)) == "".join(filter(str.isalnum, line.spoken))
    for passage in plan.passages:
        assert passage.text == " ".join(passage.lines or (passage.text,))
        assert len(passage.lines) != 1
        assert not longest or len(passage.text) <= longest


def tones(*stretches: float, level: float = 0.3, noise: float = 0.0) -> bytes:
    """Return sound and silence in turns, so many seconds each."""
    parts = []
    for number, seconds in enumerate(stretches):
        t = np.arange(round(seconds * RATE)) / RATE
        parts.append(level * (number % 2 == 0) * np.sin(2 * math.pi * 500 * t + 0.3))
    sound = np.concatenate(parts)
    sound += noise * np.random.default_rng(1).uniform(-1, 1, sound.size)
    return (sound * 32767).astype("<i2").tobytes()


def cut(clip: Clip, count: int = 2) -> tuple[Clip, ...]:
    texts = tuple(f"Line {n}." for n in range(count))
    return cut_clip(clip, Passage(" ".join(texts), lines=texts), "sample")


def energy(clip: Clip) -> float:
    return float(np.square(np.frombuffer(clip.pcm, "<i2").astype(float)).sum())


@pytest.mark.parametrize("noise", [0.0, 0.0005, 0.01])
@pytest.mark.parametrize("gap", [0.03, 0.1, 0.4, 1.5])
@pytest.mark.parametrize("off", [-0.04, 0.0, 0.04])
def test_a_clip_is_parted_in_the_silence_although_the_time_is_a_little_off(
    gap: float, off: float, noise: float
) -> None:
    start = 0.5 + gap + off
    if off < -gap:
        return
    first, second = cut(Clip(tones(0.5, gap, 0.8, noise=noise), RATE, CREDIT, starts=(0.0, start)))
    border = first.seconds
    assert 0.5 - 0.011 <= border <= 0.5 + gap + 0.011
    assert border + second.seconds == pytest.approx(1.3 + gap)
    for part, seconds in ((first, 0.5), (second, 0.8)):
        assert energy(part) == pytest.approx((0.3 * 32767) ** 2 / 2 * seconds * RATE, rel=0.02)


def test_a_pause_before_the_last_word_of_a_line_is_not_taken_for_its_end() -> None:
    pcm = tones(0.5, 0.2, 0.15, 0.1, 0.8)  # “… well, hm.” “Yes”
    words = (Word("well", 0.0, 0.5), Word("hm", 0.7, 0.85), Word("Yes", 0.95, 1.75))
    first, second = cut(Clip(pcm, RATE, CREDIT, words, (0.0, 0.95)))
    assert 0.85 <= first.seconds <= 0.95
    assert [word.text for word in first.words] == ["well", "hm"]
    (yes,) = second.words
    assert yes.start == pytest.approx(0.95 - first.seconds)
    assert yes.end == pytest.approx(1.75 - first.seconds)


def test_without_a_silence_the_cut_is_quiet_and_at_the_time_given() -> None:
    first, second = cut(Clip(tones(1.0), RATE, CREDIT, starts=(0.0, 0.5)))
    assert first.seconds == pytest.approx(0.5, abs=0.06) or first.seconds < 0.5
    assert first.seconds + second.seconds == pytest.approx(1.0)
    for part in (first, second):
        samples = np.frombuffer(part.pcm, "<i2")
        assert abs(int(samples[0])) < 200
        assert abs(int(samples[-1])) < 200


@pytest.mark.parametrize("start", [0.48, 0.76, 0.84])
def test_a_line_that_is_marked_late_or_early_has_its_own_sound_and_words(start: float) -> None:
    words = (Word("One", 0.0, 0.5), Word("two", start, 1.3))
    first, second = cut(Clip(tones(0.5, 0.3, 0.5), RATE, CREDIT, words, (0.0, start)))
    assert 0.5 <= first.seconds <= 0.8
    assert [[word.text for word in part.words] for part in (first, second)] == [["One"], ["two"]]


def test_the_sound_of_one_line_stays_as_it_is() -> None:
    clip = Clip(tones(0.5), RATE, CREDIT, (Word("Hm", 0.1, 0.4),))
    for starts in ((), (0.1,)):
        assert cut_clip(replace(clip, starts=starts), Passage("Hm."), "sample") == (clip,)


@pytest.mark.parametrize(
    "starts",
    [(), (0.0,), (0.0, 0.5, 0.6), (0.5, 0.5), (0.5, 0.2), (-0.1, 0.5), (0.0, 1.0), (0.0, 99.0), (0.0, math.nan),
     (math.nan, 0.5), (0.0, math.inf)],
)  # fmt: skip
def test_beginnings_that_cannot_be_are_a_bad_reply(starts: tuple[float, ...]) -> None:
    with pytest.raises(BadReply, match=r"'Line 0\. Line 1\.'") as caught:
        cut(Clip(tones(1.0), RATE, CREDIT, starts=starts))
    assert caught.value.provider == "sample"


@pytest.mark.parametrize("starts", [(0.0, 0.5), (1.5,), (math.nan,)])
def test_beginnings_that_one_line_cannot_have_are_a_bad_reply(starts: tuple[float, ...]) -> None:
    with pytest.raises(BadReply, match=r"'Hm\.'"):
        cut_clip(Clip(tones(1.0), RATE, CREDIT, starts=starts), Passage("Hm."), "sample")


@pytest.mark.parametrize(
    "words",
    [
        (Word("a", 0.5, 0.6), Word("b", 0.4, 0.7)),
        (Word("a", 0.5, 0.4),),
        (Word("a", math.nan, 0.4),),
        (Word("a", 0.1, math.nan),),
        (Word("a", 0.1, math.inf),),
    ],
)
def test_words_out_of_order_are_a_bad_reply(words: tuple[Word, ...]) -> None:
    with pytest.raises(BadReply, match="the words of"):
        cut(Clip(tones(1.0), RATE, CREDIT, words, (0.0, 0.5)))
