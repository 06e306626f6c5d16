"""The pictures and the narration of a story, made side by side; what cannot be made now is left for a later run."""

import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Protocol, TypeVar

from generator.bundle import render_credit
from generator.cards import Cards
from generator.config import Config
from generator.errors import BadReply, Pending, ProviderError, TaleshelfError
from generator.money.till import Stopped
from generator.story import Brief, Narration, Picture, PicturePrompt, Story
from generator.studio import Desks, Illustrator, Narrator, Studio, ask, load

if TYPE_CHECKING:
    from generator.pictures import Illustration
    from generator.sound.speech import Line

T = TypeVar("T")


class Hears(Protocol):
    """Whoever is told how the work goes on."""

    def step(self, stage: str, done: int, total: int) -> None: ...  # noqa: D102
    def note(self, text: str) -> None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Job:
    """Everything that making the assets of one story needs."""

    config: Config
    cards: Cards
    studio: Studio
    desks: Desks
    hears: Hears
    moderate: Callable[[str, tuple[bytes, ...]], tuple[str, ...]]
    reach: Callable[[str], None]
    abandon: Callable[[], None]  # ends every call that is being waited for


@dataclass(frozen=True, slots=True)
class Assets:
    """What was made; a picture or a narration that is missing is pending."""

    pictures: tuple["Illustration", ...]
    narration: Narration | None


def warm_up(studio: Studio) -> None:
    """Load what drawing and reading will need, while the writer's answer is waited for. Nothing that fails matters here."""
    with suppress(ProviderError):
        load(studio.writers.entries[0])  # the other thread is at it: nothing may keep it from asking
    import generator.pictures
    import generator.sound.audio  # noqa: F401

    for role in (studio.illustrators, studio.narrators):
        with suppress(ProviderError):
            factory = load(role.entries[0])
            if prepare := getattr(factory, "prepare", None):
                prepare()


def make_assets(brief: Brief, story: Story, job: Job, *, pictures: frozenset[str], narration: bool) -> Assets:
    """Make the named pictures, and the narration if it is wanted; a failure of one leaves the other alone."""
    stop = threading.Event()
    with ThreadPoolExecutor(1, thread_name_prefix="reading") as reading:
        spoken = reading.submit(_try, lambda: read_aloud(brief, story, job, stop), job) if narration else None
        try:
            prompts = tuple(prompt for prompt in story.prompts if prompt.name in pictures)
            drawn = (_try(lambda: draw(prompts, job), job) if prompts else ()) or ()
            job.reach("pictures.made")
            heard = spoken.result() if spoken else None
            job.reach("narration.made")
        except BaseException:
            stop.set()
            job.abandon()
            raise
    tagged = heard and tag_narration(brief, story, heard, drawn, job.config.show)
    return Assets(drawn, tagged)


def _try(work: Callable[[], T], job: Job) -> T | None:
    """Return what the work makes, or nothing when nobody can make it now; the reason is told."""
    try:
        return work()
    except Pending as error:
        job.hears.note(f"{error.message}; the next run asks for it again")
    except TaleshelfError as error:
        job.hears.note(f"{error.message}. {error.hint}".strip())
    except OSError as error:  # no room for a temporary file, no descriptors for a process
        job.hears.note(f"this machine cannot make it now: {error.strerror or error}")
    return None


def draw(prompts: tuple[PicturePrompt, ...], job: Job) -> tuple["Illustration", ...]:
    """Return the pictures, made by one illustrator; those its vendor is still at work on are missing. Raises ProviderError."""
    from generator.pictures import illustrate

    def work(illustrator: Illustrator) -> tuple["Illustration", ...]:
        done = count(1)
        buys = getattr(illustrator, "buys", False)
        watched = Watched(illustrator.name, illustrator, job.moderate) if buys else illustrator
        workers = getattr(illustrator, "workers", len(prompts)) if buys else os.cpu_count() or 1
        job.hears.step("draw", 0, len(prompts))
        return illustrate(
            watched, prompts, workers=workers, progress=lambda _name: job.hears.step("draw", next(done), len(prompts))
        )

    return ask(job.studio.illustrators, work, job.hears.note, job.desks)


@dataclass(slots=True)
class Watched:
    """An illustrator whose pictures are shown to the moderators before anybody else sees them."""

    name: str
    illustrator: Illustrator
    moderate: Callable[[str, tuple[bytes, ...]], tuple[str, ...]]
    processes: bool = False

    def draw(self, prompt: PicturePrompt) -> Picture:
        """Return the picture if it may be seen. Raises ProviderError."""
        picture = self.illustrator.draw(prompt)
        if problems := self.moderate("", (picture.data,)):
            raise BadReply(f"{prompt.name} is not for children: {'; '.join(problems)}", provider=self.name)
        return picture


def read_aloud(brief: Brief, story: Story, job: Job, stop: threading.Event) -> Narration:
    """Return the narration of a story, made by one narrator from its first to its last sentence. Raises ProviderError."""
    from generator.sound.audio import narrate
    from generator.sound.speech import make_script

    config = job.config

    def script(voices: Mapping[str, str]) -> tuple["Line", ...]:
        return make_script(
            story,
            job.cards.cast,
            job.cards.places,
            show=config.show,
            opening="{title}" if config.spoken_title else "",
            closing=config.closing,
            voices=voices,
        )

    def step(stage: str, done: int, total: int) -> None:
        """Hear of a sentence; this is where a reading ends that nobody waits for."""
        if stop.is_set():
            raise Stopped
        job.hears.step(stage, done, total)

    def speak(narrator: Narrator) -> Narration:
        # Only who knows several voices is given the dialogue line by line.
        several = config.cast_voices and hasattr(narrator, "voices")
        lines = script(cast_voices(job.cards) if several else {})
        return narrate(narrator, lines, voice=config.voice, speed=config.speed, language=brief.language, progress=step)

    job.hears.step("narrate", 0, len(script({})))
    return ask(job.studio.narrators, speak, job.hears.note, job.desks)


def cast_voices(cards: Cards) -> Mapping[str, str]:
    """Return the voices that the cards of the cast name, by key."""
    return {character.key: character.voice for character in cards.cast if character.voice}


def tag_narration(
    brief: Brief,
    story: Story,
    narration: Narration,
    pictures: tuple["Illustration", ...],
    show: str,
    *,
    drawn_by: str = "",
    cover: bytes = b"",
) -> Narration:
    """Return the narration with its title, show, date, cover, chapters and who made it inside the MP3.

    `drawn_by` and `cover` are those of pictures that are filed already.
    """
    from generator.sound.tags import Tags, tag_mp3

    drawn_by = drawn_by or (render_credit(pictures[0].credit) if pictures else "")
    cover = next((picture.square for picture in pictures if picture.square), cover)
    made = [f"written by {render_credit(story.credit)}", f"read by {render_credit(narration.credit)}"]
    if drawn_by:
        made.insert(1, f"drawn by {drawn_by}")
    tags = Tags(
        title=story.title,
        show=show,
        date=str(brief.slot.day),
        artist=show,
        language=brief.language,
        note=f"Made with AI: {', '.join(made)}.",
        headings=tuple(scene.heading for scene in story.scenes),
        cover=cover,
    )
    return tag_mp3(narration, tags)
