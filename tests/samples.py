"""Values and files the tests share; everything is made here, nothing is stored."""

import shutil
from datetime import date
from pathlib import Path

from generator import briefs
from generator.cards import read_cards
from generator.config import load_config
from generator.pipeline import make_choices
from generator.story import (
    AgeBand,
    Brief,
    Character,
    Credit,
    Form,
    Genre,
    Narration,
    PicturePrompt,
    Place,
    Scene,
    Sentence,
    Slot,
    Story,
)

ROOT = Path(__file__).parents[1]
PIP = Character("pip", "Pip", "fox", pronouns="she")
MOSS = Character("moss", "Moss", "turtle", pronouns="he")
HOLLOW = Place("amber-hollow", "Amber Hollow", "forest", at="in Amber Hollow")
CREDIT = Credit("embedded", "sample 1")


def make_brief(slot: Slot | None = None) -> Brief:
    """Return a brief."""
    slot = slot or Slot(date(2026, 11, 21))
    return Brief(slot, 7, Genre.BEDTIME, Form.PROSE, AgeBand.MIDDLE, AgeBand.MIDDLE.words, PIP, MOSS, HOLLOW)


def make_prompt(name: str) -> PicturePrompt:
    """Return a prompt."""
    return PicturePrompt(name, "A fox in a wood.", "Pip stands in the wood.", HOLLOW, ())


def make_story(title: str = "The Lantern That Stayed") -> Story:
    """Return a short story of two scenes."""
    scenes = (
        Scene("A Light", ("Pip had a lantern.", "“Stay,” said Pip & Moss."), make_prompt("scene-1")),
        Scene("A Wind", ("It was 3 o'clock.",), make_prompt("scene-2")),
    )
    return Story(
        title, "A lantern stays.", make_prompt("cover"), scenes, "Light is for sharing.", "Who shares with you?", CREDIT
    )


def make_narration() -> Narration:
    """Return a narration whose sound is not one."""
    return Narration(b"mp3", 2.5, (Sentence("s1", 1, 0.25, 2.0, "Pip had a lantern."),), CREDIT)


def make_archive(folder: Path) -> Path:
    """Copy the starter archive, without any story, into a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("content", "site_template"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("stories"))
    for name in ("mkdocs.yml", "taleshelf.toml"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def make_starter_brief(day: date = date(2026, 11, 21)) -> Brief:
    """Return a night's brief with the starter cards and default settings."""
    config = load_config(ROOT)
    return briefs.make_brief(Slot(day), read_cards(config.content), make_choices(config), salt="tests")
