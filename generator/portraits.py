"""Portraits for the cards of cast and places that have none: content/cast/<key>.webp, content/places/<key>.webp."""

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.cards import Cards, read_cards
from generator.config import Config
from generator.errors import ArchiveError
from generator.lock import locked
from generator.pictures import encode_webp, open_picture
from generator.story import Figure, PicturePrompt, Place, Pose, TimeOfDay
from generator.studio import Illustrator, Studio, ask, open_studio

LIMIT = 40_000  # bytes
INDOORS = ("attic", "library", "cave")  # too busy behind a face
LIGHTS = (TimeOfDay.DAY, TimeOfDay.DUSK, TimeOfDay.NIGHT, TimeOfDay.DAWN)


@dataclass(frozen=True, slots=True)
class Sitting:
    """A portrait that may have to be drawn."""

    path: Path
    prompt: PicturePrompt
    width: int  # pixels
    height: int


def draw_portraits(config: Config) -> Iterator[Path]:
    """Draw what is missing and yield each file that was written.

    A portrait is never drawn again: delete it to have a new one, or put a picture of your own in its place.
    """
    with locked(config.state):
        studio = open_studio()  # what our own illustrator draws fits all it draws later, and costs nothing
        for sitting in make_sittings(config.content, read_cards(config.content)):
            if not sitting.path.exists():
                yield _draw(sitting, studio)


def make_sittings(content: Path, cards: Cards) -> Iterator[Sitting]:
    """Yield a portrait for each card: a character alone outdoors, a place without anybody."""
    outdoors = [place for place in cards.places if place.kind not in INDOORS] or list(cards.places)
    for character in cards.cast:
        place = random.Random(character.key).choice(outdoors)
        alt = f"{character.name} the {character.kind} {place.at}."
        prompt = _make_prompt("cover", f"{character.look}. {place.look}", alt, place, Figure(character, Pose.STAND))
        yield Sitting(content / "cast" / f"{character.key}.webp", prompt, 480, 480)
    for place in cards.places:
        prompt = _make_prompt("place", place.look, f"{place.name}.", place)
        yield Sitting(content / "places" / f"{place.key}.webp", prompt, 480, 360)


def _make_prompt(name: str, text: str, alt: str, place: Place, *figures: Figure) -> PicturePrompt:
    chance = random.Random(f"portrait {alt}")
    return PicturePrompt(name, text, alt, place, figures, time=chance.choice(LIGHTS), seed=chance.randrange(2**32))


def _draw(sitting: Sitting, studio: Studio) -> Path:
    def draw(illustrator: Illustrator) -> bytes:
        return illustrator.draw(sitting.prompt).data

    data = ask(studio.illustrators, draw, lambda _note: None)
    if sitting.prompt.figures:
        data = _step_closer(data)
    try:
        sitting.path.write_bytes(encode_webp(data, width=sitting.width, height=sitting.height, limit=LIMIT))
    except OSError as error:
        hint = "Look at the disk and run it again."
        raise ArchiveError(f"{sitting.path.name} was not written: {error.strerror}", hint, path=sitting.path) from error
    return sitting.path


def _step_closer(data: bytes) -> bytes:
    """Cut out the square in which a lone figure stands: the middle of the lower part."""
    picture = open_picture(data)
    side = round(picture.height * 0.7)
    left, top = (picture.width - side) // 2, round(picture.height * 0.22)
    out = io.BytesIO()
    picture.crop((left, top, left + side, top + side)).save(out, "PNG")
    return out.getvalue()
