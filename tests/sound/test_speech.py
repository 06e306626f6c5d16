import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ConfigError
from generator.markdown import plain_text
from generator.sound.sentences import split_sentences
from generator.sound.speech import Line, Pauses, make_script, spoken_form
from generator.story import Speech, Story
from tests.samples import HOLLOW, MOSS, PIP, make_story

WORDS = st.sampled_from(
    "Pip said “Stop!” “No,” the owl… Mr. Dr. J. P. I. No. 4 3.5 went! “What?!” home. (so) * — – ' ’s ‘Hm.’ e.g. \n ?! … A".split(
        " "
    )
)
PARAGRAPHS = st.lists(st.tuples(WORDS, st.sampled_from([" ", " ", " ", "\n", "  "]))).map(
    lambda parts: "".join(word + gap for word, gap in parts).strip()
)


@given(PARAGRAPHS | st.text())
def test_no_word_is_lost_or_read_twice(paragraph: str) -> None:
    sentences = split_sentences(paragraph)
    if re.search(r"[^\W_]", paragraph):
        assert "".join("".join(sentences).split()) == "".join(paragraph.split())
        place = 0
        for sentence in sentences:  # each is found on the page as it stands
            place = paragraph.index(sentence, place) + len(sentence)
    else:
        assert sentences == ()


@pytest.mark.parametrize(
    ("paragraph", "sentences"),
    [
        ("“Stop!” said Pip. He ran.", ["“Stop!” said Pip.", "He ran."]),
        ("“Stop!” Pip said. He ran.", ["“Stop!” Pip said.", "He ran."]),
        ("“Who?” The old owl asked nobody.", ["“Who?” The old owl asked nobody."]),
        ("“Stop!” Pip ran home.", ["“Stop!”", "Pip ran home."]),
        ("\"Stop!\" said Pip. 'Why?' asked Moss.", ['"Stop!" said Pip.', "'Why?' asked Moss."]),
        ("“Stop. Go home,” said Pip.", ["“Stop.", "Go home,” said Pip."]),
        ("“Go home.” Moss went.", ["“Go home.”", "Moss went."]),
        ("“Wait…” whispered Moss. Well… maybe.", ["“Wait…” whispered Moss.", "Well… maybe."]),
        (
            "Mr. Toad met Mrs. Mole and Dr. J. P. Owl. They bowed.",
            ["Mr. Toad met Mrs. Mole and Dr. J. P. Owl.", "They bowed."],
        ),
        ("So do I. Then he slept.", ["So do I.", "Then he slept."]),
        ("He lived at No. 4. “No.” It was late.", ["He lived at No. 4.", "“No.”", "It was late."]),
        ("It was 3.5 miles. “What?!” he cried. Oh!!", ["It was 3.5 miles.", "“What?!” he cried.", "Oh!!"]),
        ("Whoosh! Off it went! “Yay!”", ["Whoosh!", "Off it went!", "“Yay!”"]),
        ("It was dark. * * *", ["It was dark. * * *"]),
        ("No end", ["No end"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(paragraph: str, sentences: list[str]) -> None:
    assert list(split_sentences(paragraph)) == sentences


def test_a_couplet_is_read_in_one_breath_and_a_long_sentence_of_verse_couplet_by_couplet() -> None:
    couplet = "The owl sat high upon the bough,\nand wondered what to wonder now."
    assert split_sentences(couplet) == (couplet,)
    verse = "The moon came up\nto light the hill,\nand all the leaves\nlay soft and still."
    assert split_sentences(verse) == ("The moon came up\nto light the hill,", "and all the leaves\nlay soft and still.")


def test_lines_of_verse_are_not_glued_together() -> None:
    assert spoken_form("The moon came up\nto light the hill") == "The moon came up, to light the hill."
    verse = "The moon came up\nto light the hill\nand all the leaves\nlay soft and still."
    story = make_story()
    script = make_script(replace(story, scenes=(replace(story.scenes[0], paragraphs=(verse,)),)), opening="")
    assert [line.spoken for line in script][:2] == [
        "The moon came up, to light the hill,",
        "and all the leaves, lay soft and still.",
    ]
    assert [line.pause_after for line in script][:2] == [Pauses().verse, Pauses().scene]


def test_the_script_reads_title_scenes_moral_question_and_closing_line_and_no_heading() -> None:
    script = make_script(make_story(), [PIP, MOSS], [HOLLOW], show="Lantern Nights", closing="This was {show}.")
    assert [(line.scene, line.text) for line in script] == [
        (0, "The Lantern That Stayed"),
        (1, "Pip had a lantern."),
        (1, "“Stay,” said Pip & Moss."),
        (2, "It was 3 o'clock."),
        (0, "Light is for sharing."),
        (0, "Who shares with you?"),
        (0, "This was Lantern Nights."),
    ]
    pauses = Pauses()
    assert [line.pause_after for line in script] == [
        pauses.title,
        pauses.paragraph,
        pauses.scene,
        pauses.scene,
        pauses.paragraph,
        pauses.scene,
        pauses.paragraph,
    ]
    assert script[0].spoken == "The Lantern That Stayed."
    assert script[2].spoken == '"Stay," said Pip and Moss.'


def test_title_and_closing_line_can_be_left_out() -> None:
    texts = [line.text for line in make_script(make_story(), opening="", closing="")]
    assert texts[0] == "Pip had a lantern."
    assert texts[-1] == "Who shares with you?"


def test_names_are_spoken_as_their_cards_say_and_shown_as_they_are_spelled() -> None:
    sayings = {"Pip": "PEEP", "Pippa": "pip-ah", "Amber Hollow": "amba hollo"}
    assert spoken_form("Pip's map shows Pippa in Amber Hollow, Pipkin.", sayings) == (
        "Peep's map shows Pip-ah in Amba hollo, Pipkin."
    )
    script = make_script(make_story(), [replace(PIP, say="peep")])
    assert (script[1].text, script[1].spoken) == ("Pip had a lantern.", "Peep had a lantern.")


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("“Don’t,” said Pip’s aunt.", "\"Don't,\" said Pip's aunt."),
        ("‘No.’ And the foxes’ den…", '"No." And the foxes\' den…'),
        ("’Twas late", "'Twas late."),
        ("Wait--no -- yes – well—hm", "Wait — no — yes — well — hm."),
        ("“But—” said Moss.", '"But —" said Moss.'),
        ("Pages 2–3", "Pages 2 to 3."),
        ("So . . . what?!!", "So… what?"),
        ("Salt & pepper, 5 % at 20 °C", "Salt and pepper, 5 percent at 20 degrees Celsius."),
        ("Two + two = four 🙂 ★", "Two plus two equals four."),
        ("STOP! The AI is on TV.", "Stop! The AI is on TV."),
        ("**Bold** `code` # not <b>", "Bold code not."),
        ("Whoosh!", "Whoosh!"),
    ],
)
def test_a_voice_gets_plain_marks_and_words(text: str, spoken: str) -> None:
    assert spoken_form(text) == spoken


@given(st.text())
def test_no_markup_reaches_the_voice(text: str) -> None:
    spoken = spoken_form(text)
    assert not set(spoken) & set("*_#`[]{}<>|\\~^“”‘’\n\t&%=+@")
    assert spoken == " ".join(spoken.split())


PAGE = """It was *late*, and **Pip** had [a __map__](https://example.org/a_b "The map") &amp; <b>a kite</b>.

> ![A kite](kite.webp){ .wide } “Up!” said \\*Moss\\*. <!-- secret -->
"""


def test_markdown_of_a_page_edited_by_hand_is_not_read_aloud() -> None:
    paragraphs = tuple(plain_text(block) for block in PAGE.split("\n\n"))
    story = make_story()
    story = replace(story, scenes=(replace(story.scenes[0], paragraphs=paragraphs),))
    assert [line.spoken for line in make_script(story, opening="")][:2] == [
        "It was late, and Pip had a map and a kite.",
        '"Up!" said Moss.',
    ]


@pytest.mark.parametrize("seconds", [-0.1, 3.6, float("nan"), float("inf")])
def test_a_pause_is_never_as_long_as_four_seconds(seconds: float) -> None:
    with pytest.raises(ConfigError, match="'scene'"):
        Pauses(scene=seconds)


VOICES = {"pip": "Justin", "moss": "Matthew"}


def talk(*paragraphs: str, speeches: tuple[Speech, ...]) -> Story:
    """Return a story of one scene."""
    story = make_story()
    return replace(story, scenes=(replace(story.scenes[0], paragraphs=paragraphs, speeches=speeches),))


def said(paragraph: str, *speeches: tuple[str, str], voices: dict[str, str] = VOICES) -> list[Line]:
    """Return the lines of a paragraph whose speeches are given as what is said and by whom."""
    places = ((paragraph.index(words), words, who) for words, who in speeches)
    story = talk(paragraph, speeches=tuple(Speech(0, start, start + len(words), who) for start, words, who in places))
    return [line for line in make_script(story, opening="", voices=voices) if line.scene == 1]


def test_a_character_says_its_words_and_the_narrator_who_says_them() -> None:
    script = said("“Stay! Go home,” said Pip. “No.” Moss sat down.", ("“Stay! Go home,”", "pip"), ("“No.”", "moss"))
    assert [(line.voice, line.text, line.spoken) for line in script] == [
        ("Justin", "“Stay!", '"Stay!'),
        ("Justin", "Go home,”", 'Go home,"'),
        ("", "said Pip.", "said Pip."),
        ("Matthew", "“No.”", '"No."'),
        ("", "Moss sat down.", "Moss sat down."),
    ]
    pauses = Pauses()
    assert [line.pause_after for line in script] == [
        pauses.sentence,
        pauses.speech,
        pauses.sentence,
        pauses.sentence,
        pauses.scene,
    ]
    assert pauses.speech == 0.15


@pytest.mark.parametrize(
    ("paragraph", "speech", "texts"),
    [
        ("“Stay,” said Pip.", "Stay", ["*“Stay,”", "said Pip."]),
        ("“Stay,” said Pip.", "tay,", ["*“Stay,”", "said Pip."]),
        ("Pip said, “Stay.”", "Stay.", ["Pip said,", "*“Stay.”"]),
        ("Pip’s friend said “don’t” and left.", "don", ["Pip’s friend said", "*“don’t”", "and left."]),
        ("Pip’s friend said “don’t” and left.", "t” and", ["Pip’s friend said", "*“don’t” and", "left."]),
        ("(“Hm…” said Pip.)", "“Hm…”", ["*(“Hm…”", "said Pip.)"]),
        ("“Well”—said Pip—“no.”", "“Well”", ["*“Well”", "—said Pip—“no.”"]),
        ("“Hoo,” said Pip.", "“", ["*“Hoo,”", "said Pip."]),
        ("“Hoo.” * * *", "* *", ["“Hoo.” * * *"]),
        ("“Yes,\nI do,”\nsaid Pip.", "“Yes,\nI do,”", ["*“Yes,\nI do,”", "said Pip."]),
    ],
)
def test_a_speech_is_parted_at_words_and_takes_its_marks_along(paragraph: str, speech: str, texts: list[str]) -> None:
    script = said(paragraph, (speech, "pip"))
    assert ["*" * bool(line.voice) + line.text for line in script] == texts


@pytest.mark.parametrize(
    ("paragraph", "speech", "spoken"),
    [
        ("“Stay,” said Pip.", "“Stay,”", ['"Stay,"', "said Pip."]),
        ("“Stay” was all.", "“Stay”", ['"Stay",', "was all."]),
        ("“Stay!” said Pip", "“Stay!”", ['"Stay!"', "said Pip."]),
        ("Pip said “Stay”", "“Stay”", ["Pip said,", '"Stay".']),
    ],
)
def test_a_sentence_is_not_closed_where_its_voice_changes(paragraph: str, speech: str, spoken: list[str]) -> None:
    assert [line.spoken for line in said(paragraph, (speech, "pip"))] == spoken


def test_two_speeches_of_one_voice_are_not_parted() -> None:
    script = said("“Yes, yes,” said Pip.", ("“Yes,", "pip"), ("yes,”", "pip"))
    assert [(line.text, line.voice) for line in script] == [("“Yes, yes,”", "Justin"), ("said Pip.", "")]


def test_a_speech_belongs_to_its_paragraph() -> None:
    story = talk("No one spoke.", "“Go,” said Pip.", speeches=(Speech(1, 0, 5, "pip"), Speech(9, 0, 5, "pip")))
    script = [line for line in make_script(story, opening="", voices=VOICES) if line.scene]
    assert [(line.text, line.voice) for line in script] == [
        ("No one spoke.", ""),
        ("“Go,”", "Justin"),
        ("said Pip.", ""),
    ]


@pytest.mark.parametrize("voices", [{}, {"moss": "Matthew"}, {"pip": ""}])
def test_a_character_without_a_voice_is_read_by_the_narrator(voices: dict[str, str]) -> None:
    (line,) = said("“Stay,” said Pip.", ("“Stay,”", "pip"), voices=voices)
    assert (line.text, line.voice, line.spoken) == ("“Stay,” said Pip.", "", '"Stay," said Pip.')


SPEECHES = st.lists(
    st.builds(
        Speech, st.integers(0, 2), st.integers(-5, 60), st.integers(-5, 90), st.sampled_from(["pip", "moss", "x"])
    )
)


@given(st.lists(PARAGRAPHS | st.text(), min_size=1, max_size=3), SPEECHES)
def test_the_lines_of_any_paragraph_are_its_text_whoever_says_them(
    paragraphs: list[str], speeches: list[Speech]
) -> None:
    for number, paragraph in enumerate(paragraphs):
        own = tuple(replace(speech, paragraph=0) for speech in speeches if speech.paragraph == number)
        story = talk(paragraph, speeches=own)
        plain, voiced = ([line for line in make_script(story, voices=voices) if line.scene] for voices in ({}, VOICES))
        texts = [line.text for line in voiced]
        assert "".join("".join(texts).split()) == "".join("".join(line.text for line in plain).split())
        if re.search(r"[^\W_]", paragraph):
            assert "".join("".join(texts).split()) == "".join(paragraph.split())
        place = 0
        for text in texts:  # each is found on the page as it stands
            place = paragraph.index(text, place) + len(text)
        assert all(re.search(r"[^\W_]", text) for text in texts)
        assert plain == [line for line in make_script(talk(paragraph, speeches=())) if line.scene]
