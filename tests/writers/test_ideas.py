"""What a person asks for is in the story, in prose and in verse."""

from datetime import date
from pathlib import Path

import pytest

from generator.briefs import Choices, Wish, make_brief
from generator.cards import read_cards
from generator.judging.quality import check_story, missing_words, text_of
from generator.slots import request_slot
from generator.story import AgeBand, Form, Genre
from generator.writers.embedded import EmbeddedWriter

CARDS = read_cards(Path(__file__).parents[2] / "content")
CHOICES = Choices(tuple(Genre), tuple(Form), tuple(AgeBand))
IDEAS = (
    "a lantern that is afraid of the dark",
    "a hedgehog called Bramble who finds a violin in the rain",
    "why the sea is salty",
    "grandma's secret recipe for pancakes",
    "a snowman in summer",
    "two snails race to the moon",
    "a boy who is afraid of the dark",
    "a dinosaur who cannot sleep",
    "learning to share",
    "my first tooth fell out today",
    "Otis the whale and a lighthouse keeper named Mara build a paper boat",
    "Grandma's bicycle is lost in the snow and Theo wants it back",
    "what do clouds eat for breakfast?",
    "a very long train that goes all the way around the world and never ever stops because nobody has told it how",
    "\U0001f438\U0001f319",
    "{hero} & <script>alert(1)</script> {{ config }} ${HOME}",
)


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("idea", IDEAS)
def test_an_idea_is_honoured(idea: str, form: Form) -> None:
    for seed, age in enumerate((*AgeBand, AgeBand.MIDDLE)):
        wish = Wish(idea=idea, form=form, age=age, seed=seed)
        brief = make_brief(request_slot(date(2026, 11, 21), f"{idea}{seed}"), CARDS, CHOICES, salt="x", wish=wish)
        story = EmbeddedWriter().write(brief)
        problems = [p for p in check_story(story, brief) if not p.startswith("reading grade")]
        assert problems == []
        assert missing_words(idea, f"{story.title} {text_of(story)}") == ()


def test_names_and_kinds_of_an_idea_become_those_who_act() -> None:
    wish = Wish(idea="a hedgehog called Bramble who finds a violin in the rain", age=AgeBand.MIDDLE, form=Form.PROSE)
    story = EmbeddedWriter().write(
        make_brief(request_slot(date(2026, 11, 21), "x"), CARDS, CHOICES, salt="x", wish=wish)
    )
    hero = story.cover.figures[0].character
    assert (hero.name, hero.kind) == ("Bramble", "hedgehog")
    assert text_of(story).count("Bramble") >= 5
    assert text_of(story).count("violin") >= 3
    assert any("violin" in prompt.objects for prompt in story.prompts)
