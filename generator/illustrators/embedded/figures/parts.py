"""Ears, skulls, muzzles and tails that several animals share."""

from generator.illustrators.embedded.colour import darken, lighten
from generator.illustrators.embedded.figures.art import Art
from generator.illustrators.embedded.figures.geometry import Outline, Point, egg, oval, path, place, ring, tube
from generator.story import Pose


def draw_skull(art: Art, rx: float = 23.0, ry: float = 19.0, colour: str = "", swell: float = 0.06) -> Outline:
    """Draw a round head with a shadow and a lit rim; return its convex outline."""
    colour = colour or art.tones.coat
    outline = egg(0, 0, rx, ry, swell)
    art.sheet.paint(colour, outline)
    art.sheet.shade(darken(colour, 0.13), outline, 2.0, -2.0, 0.985)
    art.sheet.shade(lighten(colour, 0.22), outline, -0.5, 0.9)
    return outline


def draw_pointed_ear(
    art: Art, start: Point, end: Point, tip: Point, colour: str, inner: str, bulge: float = 0.12
) -> None:
    """Draw an ear whose base runs from `start` to `end`."""
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    outline = _ear(start, end, tip, bulge)
    art.sheet.paint(colour, outline)
    small = tuple((middle[0] + (x - middle[0]) * 0.62, middle[1] + (y - middle[1]) * 0.74) for x, y in outline)
    art.sheet.paint(inner, small)
    edge = tuple((middle[0] + (x - middle[0]) * 0.3 - 1.4, middle[1] + (y - middle[1]) * 0.58) for x, y in outline)
    art.sheet.paint(darken(inner, 0.14), edge)


def _ear(start: Point, end: Point, tip: Point, bulge: float) -> Outline:
    """Return the outline of a pointed ear with bulging sides."""
    (sx, sy), (ex, ey), (tx, ty) = start, end, tip
    wide_x, wide_y = (sx - ex) * bulge, (sy - ey) * bulge
    lx, ly = (sx + tx) / 2 + wide_x, (sy + ty) / 2 + wide_y
    rx, ry = (ex + tx) / 2 - wide_x, (ey + ty) / 2 - wide_y
    return path(f"M{sx} {sy} Q{lx:.2f} {ly:.2f} {tx} {ty} Q{rx:.2f} {ry:.2f} {ex} {ey} Z")


def draw_round_ear(art: Art, x: float, y: float, radius: float, colour: str, inner: str, squeeze: float = 1.0) -> None:
    """Draw a round ear."""
    art.sheet.paint(colour, oval(x, y, radius * squeeze, radius))
    art.sheet.paint(inner, oval(x + radius * 0.08, y + radius * 0.16, radius * 0.62 * squeeze, radius * 0.64))
    art.sheet.paint(
        darken(inner, 0.14), oval(x - radius * 0.06, y + radius * 0.34, radius * 0.42 * squeeze, radius * 0.42)
    )


def draw_muzzle(art: Art, x: float, y: float, rx: float, ry: float, colour: str) -> None:
    """Draw the pale oval that carries nose and mouth."""
    outline = egg(x, y, rx, ry, 0.08)
    art.sheet.paint(colour, outline)
    art.sheet.shade(darken(colour, 0.09), outline, 0.7, -1.3)


def draw_nicks(art: Art, x: float, y: float, colour: str, turn: float = 0.0, size: float = 1.0) -> None:
    """Cut three small nicks of fur into the paper."""
    with art.sheet.inside(place(x, y, turn, size)):
        for dx, dy in ((-3.2, 0.0), (0.0, 1.2), (3.2, 0.0)):
            art.sheet.paint(colour, path(f"M{dx - 1.1} {dy} Q{dx} {dy + 0.6} {dx + 1.1} {dy} L{dx} {dy + 3.0} Z"))


def tail_line(art: Art, awake: tuple[Point, ...], low: float = 6.5) -> tuple[Point, ...]:
    """Return a tail's line: `awake` behind the body, on the ground while sitting, about the body asleep."""
    if art.pose is Pose.SLEEP:
        return (-31.0, -15.0), (-35.5, -low - 1.0), (-22.0, -low), (-6.0, -low), (5.0, -low - 1.5)
    if art.pose is Pose.SIT:
        return tuple((x, min(y, 6.5 - low) if i else y) for i, (x, y) in enumerate(awake))
    return awake


def draw_bushy_tail(
    art: Art, line: tuple[Point, ...], radii: tuple[float, ...], tip: str, share: float = 0.68, colour: str = ""
) -> None:
    """Draw a thick tail whose tip is cut from another paper."""
    colour = colour or art.tones.coat
    art.sheet.paint(colour, tube(line, *radii))
    shadow = tuple(radius * 0.36 for radius in radii)
    side = tuple(
        (x - radii[min(i, len(radii) - 1)] * 0.42, y + radii[min(i, len(radii) - 1)] * 0.42)
        for i, (x, y) in enumerate(line)
    )
    art.sheet.paint(darken(colour, 0.12), ring(side, shadow, 0.12, 0.8), opacity=0.8)
    grown = tuple(radius + 0.15 for radius in radii)
    art.sheet.paint(tip, ring(line, grown, share, 1.0, radii[-2] * 0.55))


def draw_thin_tail(art: Art, line: tuple[Point, ...], *radii: float, colour: str = "") -> None:
    """Draw a thin tail."""
    art.sheet.paint(colour or art.tones.shade, tube(line, *radii))


def draw_chest(art: Art) -> None:
    """Cut two rows of fur into the belly of a figure that is up."""
    if not art.asleep:
        draw_nicks(art, 4.5, -24, art.tones.belly_shade)
        draw_nicks(art, 1.5, -16, art.tones.belly_shade)
