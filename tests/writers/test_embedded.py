from dataclasses import replace
from datetime import date, timedelta

import pytest

from generator.briefs import renew_brief
from generator.errors import ConfigError
from generator.judging.quality import check_story, text_of
from generator.reading import make_slug
from generator.rehearse import rehearse
from generator.story import AgeBand, Brief, Character, Form, Genre, Past, Place, Slot, Span, Weather
from generator.writers.embedded import EmbeddedWriter
from generator.writers.embedded.grammar import check_template, render, with_article
from generator.writers.embedded.idea import parse_idea
from generator.writers.embedded.plots import FOLDER, check_plot, load_plots, parse_plot, read_plot
from generator.writers.embedded.script import parse_script
from generator.writers.embedded.words import KNOWN

PIP = Character("pip", "Pip", "fox", "she", ("curious",), ("to find out where the river sleeps",), "a small red fox")
BRAM = Character("bram", "Bram", "bear", "he", ("stubborn",), ("to be asked along",), "a big brown bear")
DOT = Character("dot", "Dot", "robot", "they", ("bold",), ("to count all the stars",), "a robot")
CAST = (PIP, BRAM, DOT)
KINDS = ("forest", "harbour", "attic", "moon", "castle", "marsh")
PLACES = tuple(
    Place(kind, f"Old {kind.title()}", kind, f"at Old {kind.title()}", ("a red door", "the smell of rain"))
    for kind in KINDS
)


def make_brief(night: int, **changes: object) -> Brief:
    age = tuple(AgeBand)[night % 3]
    brief = Brief(
        Slot(date(2026, 1, 1) + timedelta(night)),
        night,
        Genre.BEDTIME if night % 2 else Genre.ADVENTURE,
        Form.PROSE,
        age,
        age.words,
        CAST[night % 3],
        CAST[(night + 1) % 3],
        PLACES[night % len(PLACES)],
    )
    return replace(brief, **changes)  # type: ignore[arg-type]


def make_year(nights: int) -> list[Brief]:
    writer, past, titles, briefs = EmbeddedWriter(), (), set(), []
    for night in range(nights):
        brief = make_brief(night, past=past, titles=frozenset(titles))
        story = writer.write(brief)
        keys = (brief.hero.key, brief.helper.key, brief.place.key)
        past = (Past(brief.slot, story.title, *keys, story.plot, story.telling), *past)
        titles.add(make_slug(story.title))
        briefs.append(brief)
    return briefs


def test_every_plot_that_ships_is_sound() -> None:
    assert [finding for plot in load_plots() for finding in check_plot(plot)] == []


def test_a_plot_is_named_like_its_file() -> None:
    assert all(read_plot(path).name == path.stem for path in FOLDER.rglob("*.toml"))


def test_the_same_brief_gives_the_same_story() -> None:
    assert EmbeddedWriter().write(make_brief(7)) == EmbeddedWriter().write(make_brief(7))


def test_a_month_has_no_failures_and_no_title_twice() -> None:
    figures = rehearse(EmbeddedWriter().write, make_year(30))
    assert figures.failures == ()
    assert figures.distinct_titles == 30


def test_another_draft_has_another_plot_and_other_words_once_all_plots_have_had_their_turn() -> None:
    brief = make_brief(5, genre=Genre.SCIENCE, form=Form.COUPLETS)
    stories = [EmbeddedWriter().write(replace(brief, draft=draft)) for draft in range(1, 30)]
    plots = len({story.plot for story in stories})
    assert 1 < plots < 15
    assert len({story.plot for story in stories[:plots]}) == plots
    assert [story.telling for story in stories if story.plot == stories[0].plot][:2] == [5, 6]
    assert len({(story.plot, story.telling) for story in stories}) == len(stories)


def test_a_story_begun_long_ago_is_not_told_in_the_words_of_those_told_since() -> None:
    writer, past, begun = EmbeddedWriter(), (), None
    for night in range(12):
        brief = make_brief(night, genre=Genre.SCIENCE, form=Form.COUPLETS, past=past)
        if night == 6:
            begun = brief
        else:
            story = writer.write(brief)
            past = (Past(brief.slot, story.title, "pip", "bram", "forest", story.plot, story.telling), *past)
    assert begun
    told = {(one.plot, one.telling) for one in past}
    old = writer.write(begun)
    assert (old.plot, old.telling) in told, "what was begun knows nothing of the nights since"
    new = renew_brief(begun, past, frozenset({make_slug(old.title)}))
    story = writer.write(new)
    assert (story.plot, story.telling) not in told
    assert make_slug(story.title) != make_slug(old.title)
    assert new.past[: len(begun.past)] == begun.past
    assert sorted(map(str, (one.slot for one in new.past))) == sorted(str(one.slot) for one in past)


def test_what_an_idea_names_is_what_the_story_turns_on() -> None:
    idea = "A dragon named Ember finds a golden key on a rainy night in the lighthouse"
    brief = make_brief(1, idea=idea)
    story = EmbeddedWriter().write(brief)
    assert "Ember" in text_of(story)
    assert "golden key" in text_of(story)
    assert story.cover.figures[0].character.kind == "dragon"
    assert story.cover.place.kind == "lighthouse"
    assert story.cover.weather is Weather.RAIN
    assert check_story(story, brief) == ()


@pytest.mark.parametrize(("low", "high"), [(270, 330), (360, 440), (800, 900), (1350, 1550)])
def test_any_length_between_two_and_ten_minutes_can_be_had(low: int, high: int) -> None:
    brief = make_brief(5, words=Span(low, high))
    assert EmbeddedWriter().write(brief).word_count in brief.words


def test_plots_take_turns() -> None:
    told = [EmbeddedWriter().write(brief).plot for brief in make_year(6)]
    assert len(set(told)) > 1


def test_they_takes_were_and_others_take_was() -> None:
    words = {"hero": "Dot", "hero.they": "they", "hero.was": "were"}
    assert (
        render("{hero.they} {hero.was} here. {hero.they} {hero|runs|run}.", words, lambda _: 0)
        == "They were here. They run."
    )


def test_an_unknown_slot_is_reported() -> None:
    assert list(check_template("{hero} saw {nobody}.", KNOWN)) == ["unknown slot {nobody}"]


@pytest.mark.parametrize(
    ("noun", "phrase"),
    [
        ("owl", "an owl"),
        ("unicorn", "a unicorn"),
        ("hour", "an hour"),
        ("umbrella", "an umbrella"),
        ("one-eyed cat", "a one-eyed cat"),
    ],
)
def test_articles_follow_the_sound(noun: str, phrase: str) -> None:
    assert with_article(noun) == phrase


def test_a_line_without_a_head_is_named_with_its_place() -> None:
    with pytest.raises(ConfigError, match=r"x\.toml, scene 1, line 2"):
        parse_script("all: One.\nTwo.", "x.toml, scene 1")


def test_a_plot_with_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown keys"):
        parse_plot('nmae = "x"', "x.toml")


def test_an_idea_is_taken_apart() -> None:
    idea = parse_idea("Mia wants to learn to swim with her dog Toby and a blue bucket")
    assert idea.names == ("Mia", "Toby")
    assert idea.named == (("Toby", "dog"),)
    assert idea.things == ("blue bucket",)
    assert idea.wish == "to learn to swim"
