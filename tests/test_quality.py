import pytest

from generator.quality import jaccard, missing_words, shingles
from generator.reading import count_syllables, grade, make_slug, split_sentences


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
