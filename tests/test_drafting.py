"""What becomes of drafts: which one is a story, and what is said of the others."""

from dataclasses import replace

import pytest

from generator.drafting import EMBEDDED_TRIES, Judges, write_story
from generator.errors import ProviderError
from generator.judging.novelty import Fingerprint, make_fingerprint
from generator.judging.quality import text_of
from generator.story import Brief, Form, Genre, Story
from generator.studio import open_studio
from generator.writers.embedded import EmbeddedWriter
from tests.writers.test_embedded import make_brief

BRIEF = make_brief(5, genre=Genre.SCIENCE, form=Form.COUPLETS)


def approve(_text: str) -> tuple[str, ...]:
    return ()


def write(brief: Brief, judges: Judges) -> tuple[Story, list[str]]:
    notes: list[str] = []
    return write_story(brief, open_studio(), judges, notes.append, None), notes


def mark(story: Story, title: str) -> Fingerprint:
    return make_fingerprint(title, text_of(story))


def test_a_plot_in_words_that_were_heard_is_put_aside_for_the_next_one() -> None:
    first, _ = write(BRIEF, Judges((), frozenset(), approve))
    story, notes = write(BRIEF, Judges((mark(first, "Another Title"),), frozenset(), approve))
    assert story.plot != first.plot
    assert notes == [
        "draft 1 of embedded is put aside: it is told in the words of 'Another Title': write every sentence anew"
    ]


def know_all(brief: Brief) -> tuple[Fingerprint, ...]:
    """Return the marks of every wording of every plot that the drafts of a brief can come to."""
    drafts = range(1, 200)
    return tuple(mark(EmbeddedWriter().write(replace(brief, draft=draft)), f"Draft {draft}") for draft in drafts)


def test_plots_that_were_all_heard_are_told_again_rather_than_nothing() -> None:
    first, _ = write(BRIEF, Judges((), frozenset(), approve))
    story, notes = write(BRIEF, Judges(know_all(BRIEF), frozenset(), approve))
    assert story == first
    assert len(notes) == EMBEDDED_TRIES + 1
    assert notes[-1] == "draft 1 is taken all the same: the plots of embedded have been told often"


def test_what_is_unfit_for_children_is_never_taken_for_want_of_something_else() -> None:
    def refuse(_text: str) -> tuple[str, ...]:
        return ("it frightens",)

    with pytest.raises(ProviderError, match="no draft was good enough: it frightens"):
        write(BRIEF, Judges((), frozenset(), refuse))
    with pytest.raises(ProviderError, match="no draft was good enough"):
        write(BRIEF, Judges(know_all(BRIEF), frozenset(), refuse))
