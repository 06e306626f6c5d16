from generator.errors import BadReply
from generator.rehearse import rehearse, render_figures
from generator.story import Brief, Story
from generator.writers.embedded import EmbeddedWriter
from tests.writers.test_embedded import make_brief


def test_a_story_told_twice_is_found_as_the_worst_pair() -> None:
    figures = rehearse(EmbeddedWriter().write, [make_brief(1), make_brief(2), make_brief(1)])
    assert figures.max_jaccard == 1
    assert figures.distinct_titles == 2
    assert figures.worst_pair[0] == figures.worst_pair[1]
    assert figures.hero_gap == 2


def test_a_writer_that_fails_is_a_failure_of_its_night() -> None:
    def write(brief: Brief) -> Story:
        raise BadReply("nothing came", provider="test")

    figures = rehearse(write, [make_brief(3)])
    assert figures.written == 0
    assert figures.failures == ("2026-01-04: nothing came",)


def test_the_figures_can_be_read() -> None:
    text = render_figures(rehearse(EmbeddedWriter().write, [make_brief(0), make_brief(1)]))
    assert "nights            2 (2 written)" in text
    assert "failures          0" in text
