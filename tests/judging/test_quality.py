from dataclasses import replace

import pytest

from generator.judging.quality import check_story, jaccard, missing_words, shingles
from generator.reading import count_syllables, grade, make_slug, split_sentences
from generator.story import Form, Span, Story
from generator.writers.embedded import EmbeddedWriter
from tests.writers.test_embedded import make_brief


def test_short_words_in_short_sentences_are_for_the_youngest() -> None:
    assert grade("The cat sat. The dog ran. It was fun.") < 1
    assert grade("Extraordinary circumstances necessitated considerable deliberation among the participants.") > 12


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("table", 2), ("hopes", 1), ("wanted", 2), ("moved", 1), ("boxes", 2), ("evening", 3), ("banana", 3)],
)
def test_syllables_are_counted(word: str, count: int) -> None:
    assert count_syllables(word) == count


def test_a_closing_quote_stays_with_its_sentence() -> None:
    assert len(split_sentences("“Come in.” She came. “Why?” he said.")) >= 3


def test_likeness_runs_from_nothing_to_one() -> None:
    one, other = shingles("a fox went over the hill"), shingles("the bear slept in a cave all day")
    assert jaccard(one, one) == 1
    assert jaccard(one, other) == 0
    assert jaccard(frozenset(), frozenset()) == 0


def test_shingles_see_words_and_not_signs() -> None:
    assert shingles("One, two: three!") == shingles("one two three")


def test_a_slug_has_no_apostrophe() -> None:
    assert make_slug("Pip’s Long Night") == "pips-long-night"


def test_an_idea_that_is_nowhere_is_missed() -> None:
    assert missing_words("a purple submarine named Olga", "The fox went home.") == ("purple", "submarine", "Olga")
    assert missing_words("a purple submarine", "The submarine was purple.") == ()


GOOD = EmbeddedWriter().write(make_brief(4))
BRIEF = make_brief(4)


def change_text(text: str) -> Story:
    """Return the good story with a sentence more at the end."""
    *scenes, last = GOOD.scenes
    return replace(
        GOOD, scenes=(*scenes, replace(last, paragraphs=(*last.paragraphs[:-1], f"{last.paragraphs[-1]} {text}")))
    )


def change_picture(**changes: str) -> Story:
    """Return the good story with another cover."""
    return replace(GOOD, cover=replace(GOOD.cover, **changes))  # type: ignore[arg-type]


def test_a_good_story_has_no_problem() -> None:
    assert check_story(GOOD, BRIEF) == ()


@pytest.mark.parametrize(
    ("story", "problem"),
    [
        (change_text("See **this**."), "markup in the text: '*'"),
        (change_text("See <b>this</b>."), "markup in the text: '<b>'"),
        (change_text("See www.example.org now."), "markup in the text: 'www.'"),
        (change_text("Call 0171 234 56 78."), "a telephone number stands in it"),
        (change_text("The witch cooked the children in the oven."), "cruelty, which is not for ages"),
        (replace(GOOD, moral="You idiot."), "bad language"),
        (replace(GOOD, tags=("lamp", "cocaine")), "drugs"),
        (replace(GOOD, question=""), "no question"),
        (change_picture(alt="A fox [here]."), "markup in the text: '['"),
        (change_picture(alt="The corpse of a king."), "cruelty"),
        (change_picture(text="A naked fox."), "in a picture: what is for adults"),
        (change_picture(text=" "), "cover has no prompt"),
        (change_picture(alt="x" * 181), "an alt text of 181 characters"),
    ],
)
def test_each_fault_is_reported(story: Story, problem: str) -> None:
    assert problem in "; ".join(check_story(story, BRIEF))


def test_a_story_in_another_language_is_reported_and_not_graded() -> None:
    german = "Der Fuchs ging auf den Hügel und sah den Mond an. Es war spät, und er hatte noch nicht gegessen. "
    story = change_text(german * 30)
    assert "written in 'de'; 'en' was asked for" in check_story(story, BRIEF)
    problems = check_story(story, replace(BRIEF, language="de", words=Span(0, 9999)))
    assert not [problem for problem in problems if "written in" in problem or "grade" in problem or "death" in problem]


def test_prose_is_no_poem() -> None:
    assert BRIEF.form is Form.PROSE
    assert "prose; rhyming couplets" in "; ".join(check_story(GOOD, replace(BRIEF, form=Form.COUPLETS)))
