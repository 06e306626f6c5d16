"""Values and files the tests share; everything is made here, nothing is stored."""

from datetime import date

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
