"""The main path: slot -> Brief -> Story -> (Pictures || Narration) -> Bundle.

Each function adds one concern. Nothing of a story is in the archive before all of it is.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from generator.archive import Archive, read_page
from generator.briefs import Choices, Wish, make_brief
from generator.bundle import bundle_path, make_files, render_credit, write_bundle
from generator.cards import Cards, read_cards
from generator.config import Config
from generator.errors import BadReply, TaleshelfError
from generator.lock import locked
from generator.quality import check_story
from generator.slots import due_slots, make_seed, request_slot
from generator.speech import WORDS_PER_MINUTE
from generator.story import Brief, Narration, Slot, Story
from generator.studio import Illustrator, Narrator, Studio, Writer, ask, open_studio

if TYPE_CHECKING:
    from generator.pictures import Illustration

PAST = 400  # stories a writer hears of: more than a year, so that no plot is told again in the same words
TRIES = 3  # drafts of one writer before the next is asked


class Stopped(BaseException):
    """The other half of the work failed: nobody waits for this one."""


class Hears(Protocol):
    """Whoever is told how the work goes on."""

    def step(self, stage: str, done: int, total: int) -> None: ...  # noqa: D102
    def note(self, text: str) -> None: ...  # noqa: D102


Opening = Callable[[str], AbstractContextManager[Hears]]


@dataclass(frozen=True, slots=True)
class Told:
    """A slot that has its story."""

    slot: Slot
    title: str
    folder: Path
    new: bool  # told by this run


def tell_nights(config: Config, today: date, *, only: date | None, opening: Opening) -> Iterator[Told]:
    """Tell the nights that are due, oldest first, or only one; yield each when it is filed.

    A night that cannot be told does not keep the next from being told; the first failure is raised at the end.
    """
    failures: list[TaleshelfError] = []
    with locked(config.state):
        archive = _open_archive(config)
        slots = (Slot(only),) if only else due_slots(today, archive.told_nights(), catch_up=config.catch_up)
        for slot in slots or (Slot(today),):
            try:
                told = tell_slot(config, archive, slot, Wish(), opening)
            except TaleshelfError as error:
                failures.append(error)
            else:
                yield told
        if failures:
            raise failures[0]


def tell_wish(config: Config, day: date, wish: Wish, *, opening: Opening) -> Told:
    """Tell an extra story; the same wish with the same seed on the same day is told once."""
    with locked(config.state):
        return tell_slot(config, _open_archive(config), request_slot(day, repr(wish)), wish, opening)


def tell_slot(config: Config, archive: Archive, slot: Slot, wish: Wish, opening: Opening) -> Told:
    """Return the story of a slot, and make it first if it is untold."""
    if folder := archive.find(slot):
        return Told(slot, read_page(folder).title, folder, new=False)
    cards = read_cards(config.content)
    studio = open_studio(config.writers, config.illustrators, config.narrators)
    past, titles = archive.past(PAST), archive.titles()
    brief = make_brief(slot, cards, make_choices(config), salt=config.show, past=past, titles=titles, wish=wish)
    with opening(_headline(brief)) as hears:
        story = write_story(brief, studio, hears)
        files = make_assets(brief, story, cards, config, studio, hears)
        folder = bundle_path(archive.stories, slot, story.title)
        hears.step("file", 0, 1)
        write_bundle(folder, files, staging=config.state / "staging" / str(slot))
        hears.step("file", 1, 1)
    return Told(slot, story.title, folder, new=True)


def write_story(brief: Brief, studio: Studio, hears: Hears) -> Story:
    """Return a story that passes every check; a draft that does not is written again, then by the next writer."""

    def write(writer: Writer) -> Story:
        problems: tuple[str, ...] = ()
        for attempt in range(TRIES):
            seed = make_seed(f"{brief.seed} {attempt}", brief.slot) if attempt else brief.seed
            story = writer.write(replace(brief, seed=seed))
            problems = check_story(story, brief)
            if not problems:
                return story
            hears.note(f"draft {attempt + 1} of {writer.name} is put aside: {'; '.join(problems)}")
        raise BadReply(
            f"no draft was good enough: {'; '.join(problems)}",
            "Try another seed, idea or length.",
            provider=writer.name,
        )

    hears.step("write", 0, 1)
    story = ask(studio.writers, write, hears.note)
    hears.step("write", 1, 1)
    return story


def make_assets(
    brief: Brief, story: Story, cards: Cards, config: Config, studio: Studio, hears: Hears
) -> dict[str, bytes]:
    """Draw the pictures in worker processes while a thread reads the story aloud; when one fails the other stops."""
    from generator.pictures import illustrate

    stop = threading.Event()

    def draw(illustrator: Illustrator) -> tuple["Illustration", ...]:
        done = count(1)

        def step(_name: str) -> None:
            hears.step("draw", next(done), len(story.prompts))
            if narration.done():
                narration.result()  # a reading that failed ends the drawing

        hears.step("draw", 0, len(story.prompts))
        return illustrate(illustrator, story.prompts, workers=os.cpu_count() or 1, progress=step)

    with ThreadPoolExecutor(1, thread_name_prefix="reading") as reading:
        narration = reading.submit(read_aloud, brief, story, cards, config, studio, hears, stop)
        try:
            pictures = ask(studio.illustrators, draw, hears.note)
            spoken = narration.result()
        except BaseException:
            stop.set()
            raise
    tagged = tag_narration(brief, story, spoken, pictures, config.show)
    return make_files(brief, story, pictures, tagged, show=config.show)


def read_aloud(
    brief: Brief, story: Story, cards: Cards, config: Config, studio: Studio, hears: Hears, stop: threading.Event
) -> Narration:
    """Return the narration of a story, made by one narrator from its first to its last sentence."""
    from generator.audio import narrate
    from generator.speech import make_script

    script = make_script(
        story,
        cards.cast,
        cards.places,
        show=config.show,
        opening="{title}" if config.spoken_title else "",
        closing=config.closing,
    )

    def step(stage: str, done: int, total: int) -> None:
        """Hear of a sentence; this is where a reading ends that nobody waits for."""
        if stop.is_set():
            raise Stopped
        hears.step(stage, done, total)

    def speak(narrator: Narrator) -> Narration:
        return narrate(narrator, script, voice=config.voice, speed=config.speed, language=brief.language, progress=step)

    hears.step("narrate", 0, len(script))
    return ask(studio.narrators, speak, hears.note)


def tag_narration(
    brief: Brief, story: Story, narration: Narration, pictures: tuple["Illustration", ...], show: str
) -> Narration:
    """Return the narration with its title, show, date, cover, chapters and who made it inside the MP3."""
    from generator.tags import Tags, tag_mp3

    made = (
        f"written by {render_credit(story.credit)}",
        f"drawn by {render_credit(pictures[0].credit)}",
        f"read by {render_credit(narration.credit)}",
    )
    tags = Tags(
        title=story.title,
        show=show,
        date=str(brief.slot.day),
        artist=show,
        language=brief.language,
        note=f"Made with AI: {', '.join(made)}.",
        headings=tuple(scene.heading for scene in story.scenes),
        cover=pictures[0].square or b"",
    )
    return tag_mp3(narration, tags)


def _open_archive(config: Config) -> Archive:
    # What an interrupted run left is never looked at again; the lock says that nobody is writing it.
    shutil.rmtree(config.state / "staging", ignore_errors=True)
    return Archive(config.content / "stories")


def make_choices(config: Config) -> Choices:
    """Return what the settings let the nights choose from."""
    return Choices(
        config.genres, config.forms, config.ages, config.minutes, config.language, WORDS_PER_MINUTE * config.speed
    )


def _headline(brief: Brief) -> str:
    idea = f", about {brief.idea!r}" if brief.idea else ""
    kind = f"{brief.genre} story in {brief.form} for {brief.age}"
    return f"{brief.slot}: {kind}, with {brief.hero.name} and {brief.helper.name} {brief.place.at}{idea}"
