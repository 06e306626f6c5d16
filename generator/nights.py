"""A rehearsal of many nights: each brief knows what the nights before it told, as in a real archive."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from generator.briefs import make_brief
from generator.cards import Cards, read_cards
from generator.config import Config
from generator.drafting import Judges, write_story
from generator.pipeline import PAST, make_choices
from generator.reading import make_slug
from generator.rehearse import Figures, rehearse
from generator.story import Brief, Past, Slot, Story
from generator.studio import open_studio


class Rehearsal:
    """A year in memory: hands out briefs, hears the stories, writes their texts."""

    def __init__(self, config: Config, cards: Cards, out: Path) -> None:
        self.config = config
        self.cards = cards
        self.out = out
        self.studio = open_studio()  # a rehearsal of a year costs nothing: the embedded writer alone writes it
        self.past: list[Past] = []
        self.titles: set[str] = set()

    def briefs(self, first: date, nights: int) -> Iterator[Brief]:
        """Yield one brief a night; each is made when the story before it is known."""
        choices = make_choices(self.config)
        for night in range(nights):
            slot = Slot(first + timedelta(days=night))
            yield make_brief(
                slot, self.cards, choices, salt=self.config.show, past=self.past[:PAST], titles=frozenset(self.titles)
            )

    def write(self, brief: Brief) -> Story:
        """Write a night's story and remember it. Raises ProviderError."""
        story = write_story(brief, self.studio, Judges((), frozenset(), lambda _text: ()), self.note, None)
        told = Past(
            slot=brief.slot,
            title=story.title,
            hero=brief.hero.key,
            helper=brief.helper.key,
            place=brief.place.key,
            plot=story.plot,
            telling=story.telling,
            turns=brief.turns,
        )
        self.past.insert(0, told)
        self.titles.add(make_slug(story.title))
        (self.out / f"{brief.slot}-{make_slug(story.title)}.md").write_text(render_text(brief, story), encoding="utf-8")
        return story

    def step(self, stage: str, done: int, total: int) -> None:
        """Hear of a step; a rehearsal is silent."""

    def note(self, text: str) -> None:
        """Hear of a draft that was put aside."""


def rehearse_nights(config: Config, first: date, nights: int, out: Path) -> Figures:
    """Write so many nights from `first` on as text files into `out` and measure them. The archive is left alone."""
    out.mkdir(parents=True, exist_ok=True)
    rehearsal = Rehearsal(config, read_cards(config.content), out)
    return rehearse(rehearsal.write, rehearsal.briefs(first, nights))


def render_text(brief: Brief, story: Story) -> str:
    """Return a story as a page to be proof-read."""
    facts = f"{brief.slot} · {brief.genre} · {brief.form} · {brief.age} · {story.word_count} words · {story.plot}"
    scenes = (f"## {scene.heading}\n\n" + "\n\n".join(scene.paragraphs) for scene in story.scenes)
    ending = f"*{story.moral}*\n\n*{story.question}*"
    return "\n\n".join([f"# {story.title}", facts, story.summary, *scenes, ending]) + "\n"
