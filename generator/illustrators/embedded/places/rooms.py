"""What rooms share: floors, windows, falling light, piles of books."""

import math

from generator.illustrators.embedded.colour import darken, lighten
from generator.illustrators.embedded.paper import HEIGHT, box, ellipse, num, polygon
from generator.illustrators.embedded.sheet import Sheet
from generator.illustrators.embedded.terrain import Curve, level
from generator.story import Genre

WALLPAPER = {
    Genre.BEDTIME: "#8a6f9a",
    Genre.ADVENTURE: "#b07a4e",
    Genre.FANTASY: "#6f5aa8",
    Genre.MYSTERY: "#5f7a66",
    Genre.SCIENCE: "#5a83a8",
    Genre.SPOOKY: "#5f4a70",
}
BOOKS = ("#b4483f", "#d99a3f", "#3f7a86", "#6d4a86", "#5a8a5a", "#c9b28a", "#a85a78", "#33548a")


def lay_boards(sheet: Sheet, local: str) -> Curve:
    """Lay a level floor of boards with a rug."""
    rng = sheet.rng
    edge = level(884)
    sheet.land(edge, local, 0.02, lift=0.8)
    seam = darken(sheet.tone(local), 0.3)
    middle = 800 + rng.uniform(-100, 100)
    boards = "".join(f"M{num(middle + k * 92)} 890L{num(middle + k * 190)} {HEIGHT}" for k in range(-12, 13))
    sheet.line(boards, seam, 2.6, opacity=0.55)
    colour = sheet.tone(rng.choice(("#b8504a", "#3f7f86", "#8a5a9a", "#c98a4a")))
    for grow, shade in ((1.0, 0.0), (0.86, 0.28), (0.8, 0.0), (0.5, 0.2), (0.44, 0.0)):
        sheet.cut(ellipse(800, 1010, 560 * grow, 82 * grow), lighten(colour, shade), lift=0.4 if grow == 1.0 else 0.2)
    return level(972)


def draw_view(sheet: Sheet, outline: str, x: float, y: float, size: float, *, disc: bool = True) -> None:
    """Show the sky through a window: colour, stars, the disc and a hill."""
    rng = sheet.rng
    top, middle, low = sheet.palette.sky
    sheet.glow(x, y, size * 2.4, sheet.palette.shine, 0.42)
    sheet.paint(outline, sheet.vertical(y - size, y + size, (0, top, 1), (0.6, middle, 1), (1, low, 1)))
    if sheet.dark:
        for _ in range(14):
            angle, reach = rng.uniform(0, math.tau), size * 0.8 * math.sqrt(rng.random())
            sheet.paint(ellipse(x + math.cos(angle) * reach, y + math.sin(angle) * reach, 2, 2), "#fff6dc", opacity=0.8)
    if disc:
        mx, my = x + size * rng.uniform(-0.2, 0.3), y - size * rng.uniform(0.05, 0.3)
        sheet.glow(mx, my, size * 0.8, sheet.palette.shine, 0.7)
        sheet.cut(ellipse(mx, my, size * 0.3, size * 0.3), sheet.palette.disc, lift=0.4)


def draw_shaft(sheet: Sheet, x: float, y: float, size: float) -> None:
    """Let light fall from a window to the floor."""
    colour = lighten(sheet.palette.shine, 0.25)
    target = x + (800 - x) * 0.9
    fill = sheet.vertical(y, 1080, (0, colour, 0.34), (1, colour, 0.02))
    sheet.paint(
        polygon(((x - size * 0.8, y), (x + size * 0.8, y), (target + size * 2.0, 1080), (target - size * 2.0, 1080))),
        fill,
    )
    sheet.pool(target, 1010, size * 2.4, colour, 0.34)
    for _ in range(26):
        t = sheet.rng.random()
        px = x + (target - x) * t + sheet.rng.uniform(-1, 1) * size * (0.7 + t)
        sheet.paint(ellipse(px, y + (1000 - y) * t, 2.2, 2.2), "#fff8e0", opacity=0.5)


def draw_pile(sheet: Sheet, x: float, y: float) -> None:
    """Draw a pile of books."""
    rng = sheet.rng
    for k in range(5):
        wide = rng.uniform(90, 130)
        sheet.cut(
            box(x - wide / 2 + rng.uniform(-9, 9), y - 26 * (k + 1), wide, 25),
            sheet.tone(rng.choice(BOOKS), 0.06),
            lift=0.5,
        )
