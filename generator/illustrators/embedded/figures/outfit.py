"""Clothes for bodies that do not stand upright: what does not fit them becomes a scarf."""

from dataclasses import dataclass

from generator.illustrators.embedded.figures.art import Art
from generator.illustrators.embedded.figures.geometry import Point, place
from generator.illustrators.embedded.figures.wardrobe import draw_bow, draw_glasses, draw_hat, draw_scarf


@dataclass(frozen=True, slots=True)
class Outfit:
    """Where things sit: crown and neck as x, y, half width and turn in degrees; eyes with their radius."""

    crown: tuple[float, float, float, float]
    neck: tuple[float, float, float, float]
    eyes: tuple[Point, Point, float]
    drop: float = 22.0  # how far the ends of a scarf may hang


def draw_outfit(art: Art, outfit: Outfit) -> None:
    """Draw what the character wears."""
    x, y, half, turn = outfit.crown
    if art.wears == "hat":
        with art.sheet.inside(place(x, y, turn)):
            draw_hat(art, 0, 0, half)
    elif art.wears == "bow":
        draw_bow(art, x - half * 0.3, y, half / 10, turn - 12)
    elif art.wears == "glasses":
        draw_glasses(art, *outfit.eyes)
    elif art.wears:
        x, y, half, turn = outfit.neck
        draw_scarf(art, x, y, half, turn, outfit.drop)
