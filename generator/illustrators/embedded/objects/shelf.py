"""The shelf on which every drawable object stands, filled by the modules that draw them."""

from collections.abc import Callable
from dataclasses import dataclass

from generator.illustrators.embedded.drawing import Ground


@dataclass(frozen=True, slots=True)
class Sketch:
    """How an object is drawn, with its measures in units."""

    paint: Callable[[str], str]  # the colour of its cloth or paint -> SVG
    box: tuple[float, float, float, float]  # left, top, right, bottom
    grip: tuple[float, float]
    ground: Ground
    glow: str


SHELF: dict[str, Sketch] = {}


def sketch(
    name: str,
    box: tuple[float, float, float, float] = (-60, -130, 60, 30),
    grip: tuple[float, float] = (0, 0),
    ground: Ground = Ground.LAND,
    glow: str = "",
) -> Callable[[Callable[[str], str]], Callable[[str], str]]:
    """Put the decorated drawing on the shelf under a name."""

    def keep(paint: Callable[[str], str]) -> Callable[[str], str]:
        SHELF[name] = Sketch(paint, box, grip, ground, glow)
        return paint

    return keep
