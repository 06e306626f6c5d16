"""Eyes, noses, mouths and cheeks, in the coordinates of a head (origin in its middle, about 46 wide)."""

from generator.illustrators.embedded.colour import lighten, mix
from generator.illustrators.embedded.figures.art import Art
from generator.illustrators.embedded.figures.geometry import Point, blob, oval, path, tube
from generator.illustrators.embedded.figures.tones import INK, ROSE, WHITE, brightness

DARK = 92  # a paper as dark as this needs a light rim about its eyes


def draw_eyes(art: Art, near: Point, far: Point, size: float = 3.7, on: str = "#ffffff") -> None:
    """Draw both eyes; `on` is the paper they lie on, so that they show on a dark face."""
    draw_eye(art, *near, size, on)
    draw_eye(art, *far, size * 0.96, on)


def draw_eye(art: Art, x: float, y: float, size: float = 3.7, on: str = "#ffffff") -> None:
    """Draw one eye, open or asleep."""
    if art.asleep:
        _draw_lid(art, x, y, size, on)
        return
    paint = art.sheet.paint
    if brightness(on) < DARK:
        paint(lighten(on, 0.6), oval(x, y, size * 1.02, size * 1.16))
    paint(INK, oval(x, y, size * 0.86, size))
    paint(mix(INK, "#9a6a4a", 0.55), oval(x + size * 0.04, y + size * 0.46, size * 0.52, size * 0.36))
    paint(WHITE, oval(x + size * 0.28, y - size * 0.36, size * 0.33, size * 0.36))
    paint(WHITE, oval(x - size * 0.36, y + size * 0.3, size * 0.15, size * 0.16), opacity=0.85)


def _draw_lid(art: Art, x: float, y: float, size: float, on: str) -> None:
    """Draw a closed eye with its lashes."""
    colour = INK if brightness(on) >= DARK else lighten(on, 0.72)
    drop = size * 0.72
    art.sheet.paint(colour, tube(((x - size, y), (x, y + drop), (x + size, y)), 0.35, 0.75, 0.35))
    for dx, dy, tx, ty in ((-0.55, 0.45, -0.95, 1.1), (0.05, 0.72, 0.05, 1.45), (0.6, 0.45, 1.0, 1.1)):
        start, end = (x + size * dx, y + size * dy), (x + size * tx, y + size * ty)
        art.sheet.paint(colour, tube((start, end), 0.42, 0.25))


def draw_cheeks(art: Art, near: Point, far: Point, size: float = 4.0) -> None:
    """Draw rosy cheeks."""
    art.sheet.paint(ROSE, oval(*near, size, size * 0.66), opacity=0.5)
    art.sheet.paint(ROSE, oval(*far, size * 0.8, size * 0.62), opacity=0.5)


def draw_nose(art: Art, x: float, y: float, width: float = 3.4, colour: str = INK) -> None:
    """Draw a soft three-cornered nose with a light on it."""
    w, h = width, width * 0.76
    art.sheet.paint(
        colour,
        blob(
            (x - w, y - h * 0.6),
            (x, y - h),
            (x + w, y - h * 0.6),
            (x + w * 0.35, y + h * 0.7),
            (x - w * 0.35, y + h * 0.7),
        ),
    )
    art.sheet.paint(WHITE, oval(x + w * 0.15, y - h * 0.48, w * 0.38, h * 0.2), opacity=0.75)


def draw_mouth(art: Art, x: float, y: float, width: float = 4.2, colour: str = INK) -> None:
    """Draw the smile under a nose: a short line and two curves."""
    w = width
    lines = (
        ((x, y - w * 0.55), (x, y)),
        ((x, y), (x - w * 0.5, y + w * 0.38), (x - w, y + w * 0.02)),
        ((x, y), (x + w * 0.5, y + w * 0.38), (x + w, y + w * 0.02)),
    )
    for line in lines:
        art.sheet.paint(colour, tube(line, 0.5, 0.42))


def draw_smile(art: Art, x: float, y: float, width: float = 5.0, colour: str = INK) -> None:
    """Draw a plain wide smile; an open laughing mouth while awake in a walk."""
    w = width
    art.sheet.paint(
        colour,
        tube(
            ((x - w, y), (x - w * 0.5, y + w * 0.42), (x, y + w * 0.55), (x + w * 0.5, y + w * 0.42), (x + w, y)),
            0.4,
            0.6,
            0.4,
        ),
    )


def draw_laugh(art: Art, x: float, y: float, width: float = 3.6) -> None:
    """Draw a small open mouth with a tongue."""
    w = width
    art.sheet.paint(
        "#7c2f3a",
        path(
            f"M{x - w} {y} Q{x} {y + w * 0.3} {x + w} {y} Q{x + w * 0.7} {y + w * 1.3} {x} {y + w * 1.3} Q{x - w * 0.7} {y + w * 1.3} {x - w} {y} Z"
        ),
    )
    art.sheet.paint("#e98b86", oval(x, y + w * 0.88, w * 0.48, w * 0.34))


def draw_whiskers(art: Art, near: Point, far: Point, colour: str, length: float = 11.0) -> None:
    """Draw three fine whiskers on each side."""
    for (x, y), way in ((near, -1), (far, 1)):
        for lift in (-1, 0, 1):
            end = (x + way * length, y + lift * 3.6 - 0.6)
            middle = (x + way * length * 0.5, y + lift * 1.6 - 0.9)
            art.sheet.paint(colour, tube(((x, y + lift * 0.7), middle, end), 0.42, 0.22))


def draw_brows(art: Art, near: Point, far: Point, colour: str, width: float = 2.6) -> None:
    """Draw two small friendly brows."""
    for x, y in (near, far):
        art.sheet.paint(colour, tube(((x - width, y + 0.5), (x, y - 0.6), (x + width, y + 0.3)), 0.5, 0.8, 0.5))
