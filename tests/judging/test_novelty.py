import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.judging.novelty import Fingerprint, compare, make_fingerprint, parse_fingerprint, render_fingerprint
from generator.judging.quality import text_of
from generator.reading import make_slug
from generator.story import Past, Story
from generator.writers.embedded import EmbeddedWriter
from tests.writers.test_embedded import make_brief

BED = """There had always been a snow globe by Edith’s bed. Nobody knew why. Today Edith fell over it. So she took it away and set it
down by the hollow in the dune. A periwinkle looked out from the hollow in the dune and went in again.

Edith shut her eyes. It was still light in there. It shone right on her nose.

“I cannot sleep here,” said Edith, and got up, and took hold of the bed by one leg. Edith pulled it up as far as the lookout rock
and lay down with a plop. It was high, and there was a draught. The blanket flew away.

“Is it moving day?” said Nils, in his nightcap. He picked up the foot of the bed.

“I do not know,” said Edith. “I was fine last night.” They both stopped. “And what did you move today?” asked Nils. Edith thought.
“Only the snow globe.”

The bed had left four small dents. They put its four feet into them. Then they stood the snow globe beside it. At once a soft
shadow lay down on the pillow. Edith lay down in it. Her own pillow. Her own dents. It all fitted again.

“Good night to you, Nils,” said Edith. “And good night, snow globe. Do stay.”"""
PARAPHRASE = """Beside the place where Edith slept stood a snow globe, and it had stood there for as long as anyone could remember. That
morning she tripped on it. Cross and sore, she carried the globe off and left it near a dip in the dunes, where a periwinkle had a
look at it and crept back inside.

When night came, Edith closed her eyes, but everything stayed bright. A beam was shining straight at her nose. “Nobody could sleep
like this,” she sighed, so she climbed out and dragged her bed away by a leg. Up by the lookout rock she tried again. It was windy
there, much too high, and soon her blanket had sailed off.

Nils came along wearing his nightcap. “Are you moving house?” he asked, and lifted the other end of the bed. “I slept well
yesterday,” Edith told him. “What has changed?” “Well, what did you carry away today?” said Nils. It had been nothing but the globe.

In the sand they found the four dents where the bed had always been, and they set its feet back in. Next to it they put the snow
globe. A gentle shadow fell across the pillow at once, and Edith nestled into it. Her pillow, her dents, her shadow.

“Good night, Nils. Good night, globe, and please stay,” she murmured."""


@pytest.fixture(scope="module")
def year() -> tuple[Fingerprint, ...]:
    """Return the fingerprints of a hundred nights of the embedded writer."""
    told: list[tuple[Past, Story]] = []
    for night in range(100):
        past, titles = tuple(past for past, _ in reversed(told)), frozenset(make_slug(story.title) for _, story in told)
        brief = replace(make_brief(night), past=past, titles=titles)
        story = EmbeddedWriter().write(brief)
        hero, helper, place = brief.hero.key, brief.helper.key, brief.place.key
        told.append((Past(brief.slot, story.title, hero, helper, place, story.plot, story.telling), story))
    return tuple(make_fingerprint(story.title, text_of(story)) for _, story in told)


def test_a_story_is_new_to_an_empty_archive() -> None:
    assert compare(make_fingerprint("The Bed", BED), (), strict=True) == ()
    assert compare(make_fingerprint("Nothing", ""), (make_fingerprint("One", ""),), strict=True) == ()


def test_the_same_words_are_found_whatever_the_names() -> None:
    renamed = BED.replace("Edith", "Magda").replace("Nils", "Otto")
    (problem,) = compare(make_fingerprint("A New Name", renamed), (make_fingerprint("The Bed", BED),))
    assert problem == "it is told in the words of 'The Bed': write every sentence anew"


def test_a_part_that_was_copied_is_found(year: tuple[Fingerprint, ...]) -> None:
    half = BED[: len(BED) * 3 // 4] + " " + " ".join(f"And then came thing number {n} of many." for n in "abcde")
    (problem,) = compare(make_fingerprint("A New Name", half), (*year, make_fingerprint("The Bed", BED)))
    assert "of 'The Bed'" in problem


def test_a_paraphrase_is_found_among_a_hundred_others(year: tuple[Fingerprint, ...]) -> None:
    retold, shelf = make_fingerprint("The Globe", PARAPHRASE), (*year, make_fingerprint("The Bed", BED))
    assert compare(retold, shelf) == ()  # not one sentence is the same
    (problem,) = compare(retold, shelf, strict=True, known=("Edith", "Nils"))
    assert problem.startswith("it tells the events of 'The Bed' in other words (")
    assert "globe" in problem
    assert compare(retold, year, strict=True, known=("Edith", "Nils")) == ()


def test_stories_of_the_embedded_writer_are_new_to_each_other(year: tuple[Fingerprint, ...]) -> None:
    assert [problem for at, one in enumerate(year) for problem in compare(one, year[:at])] == []


def test_a_title_may_not_come_again_nor_almost() -> None:
    shelf = (make_fingerprint("The Lantern That Stayed", BED),)
    fresh = "Bees woke early. " * 9
    assert "find another title" in compare(make_fingerprint("The lantern that stayed!", fresh), shelf)[0]
    assert compare(make_fingerprint("A Lantern Stays", fresh), shelf) == ()
    assert "almost" in compare(make_fingerprint("A Lantern Stays", fresh), shelf, strict=True)[0]
    assert compare(make_fingerprint("The Bee That Stayed", fresh), shelf, strict=True) == ()


def test_a_first_sentence_may_not_come_again_unless_it_is_short() -> None:
    shelf = (make_fingerprint("One", "On the last day of summer a bell rang. And so on."),)
    again = make_fingerprint("Two", "On the last day of winter a bell rang! Bees came.")
    assert "begins like 'One'" in compare(again, shelf, strict=True)[0]
    rain = [make_fingerprint(title, f"It was raining. {title} went out.") for title in ("Three", "Four")]
    assert compare(rain[0], rain[1:], strict=True) == ()


def test_an_invented_name_wears_out_and_a_known_one_does_not() -> None:
    shelf = tuple(make_fingerprint(f"Tale {n}", f"There sat Elara on {n} Monday. The Moon saw Pip.") for n in "abc")
    new = make_fingerprint("Other", "Near a pond sat Elara with Pip and the Moon, on a Monday.")
    assert compare(new, shelf, strict=True, known=("Pip",)) == (
        "the name Elara comes in other stories: invent another, or use none",
    )
    assert compare(new, shelf[:2], strict=True, known=("Pip",)) == ()
    assert "Elara, Pip" in compare(new, shelf, strict=True)[0]


@given(st.text(max_size=40), st.text(max_size=400))
def test_a_fingerprint_survives_the_file(title: str, text: str) -> None:
    line = render_fingerprint(make_fingerprint(title, text))
    assert "\n" not in line
    assert parse_fingerprint(line) == make_fingerprint(title, text)


@pytest.mark.parametrize("line", ["", "[]", "{}", "null", '{"title": 1}', "[" * 99, "x", "3"])
def test_what_is_no_fingerprint_is_a_value_error(line: str) -> None:
    with pytest.raises(ValueError):
        parse_fingerprint(line)


@pytest.mark.parametrize(
    "change", [{"runs": "AAA="}, {"runs": "A" * 4000}, {"terms": []}, {"terms": {"a": "b"}}, {"names": 3}]
)
def test_a_spoilt_fingerprint_is_a_value_error(change: dict[str, object]) -> None:
    data = json.loads(render_fingerprint(make_fingerprint("The Bed", BED))) | change
    with pytest.raises(ValueError):
        parse_fingerprint(json.dumps(data))


def test_a_shelf_of_ten_thousand_is_compared(year: tuple[Fingerprint, ...]) -> None:
    shelf = tuple(replace(one, title=f"{one.title} {n}", slug=f"{one.slug}-{n}") for n in range(100) for one in year)
    bed = make_fingerprint("The Bed", BED)
    assert len(shelf) == 10_000
    assert compare(bed, shelf, strict=True, known=("Edith", "Nils")) == ()
    assert compare(make_fingerprint("X", PARAPHRASE), (*shelf, bed), strict=True, known=("Edith", "Nils")) != ()
