"""Rain, snow, fog and wind, behind and before the figures."""

import math

from generator.illustrators.embedded.colour import lighten, mix
from generator.illustrators.embedded.paper import HEIGHT, WIDTH, Point, box, ellipse, leaf, num, star
from generator.illustrators.embedded.sheet import Sheet
from generator.story import Weather

Box = tuple[float, float, float, float]  # left, top, right, bottom


def draw_weather(sheet: Sheet, ground: float, *, near: bool = False, keep: tuple[Box, ...] = ()) -> None:
    """Draw the weather: the thick of it far off, or (`near`) what falls before the figures but outside `keep`."""
    if sheet.weather is Weather.RAIN:
        _rain(sheet, near, keep)
    elif sheet.weather is Weather.SNOW:
        _snow(sheet, near, keep)
    elif sheet.weather is Weather.FOG:
        _fog(sheet, ground, near)
    elif sheet.weather is Weather.WIND:
        _wind(sheet, near, keep)


def _free(point: Point, keep: tuple[Box, ...], margin: float = 12) -> bool:
    x, y = point
    return not any(a - margin < x < c + margin and b - margin < y < d + margin for a, b, c, d in keep)


def _rain(sheet: Sheet, near: bool, keep: tuple[Box, ...]) -> None:
    rng = sheet.rng
    colour = lighten(mix(sheet.palette.sky[2], "#bcd9f2", 0.6), 0.35)
    strokes: list[str] = []
    for _ in range(80 if near else 260):
        x, y = rng.uniform(-20, WIDTH + 40), rng.uniform(-40, HEIGHT)
        length = rng.uniform(46, 74) if near else rng.uniform(26, 50)
        if _free((x, y), keep, 24) and _free((x - length * 0.25, y + length), keep, 24):
            strokes.append(f"M{num(x)} {num(y)}l{num(-length * 0.25)} {num(length)}")
    if near:
        rings = [(rng.uniform(40, WIDTH - 40), rng.uniform(975, 1150)) for _ in range(16)]
        ripples = "".join(ellipse(x, y, 20, 5) + ellipse(x, y, 9, 2.4) for x, y in rings if _free((x, y), keep, 20))
        sheet.line(ripples, colour, 2, opacity=0.6)
    sheet.line("".join(strokes), colour, 3.8 if near else 3, opacity=0.62 if near else 0.55)


def _snow(sheet: Sheet, near: bool, keep: tuple[Box, ...]) -> None:
    rng = sheet.rng
    flakes: list[str] = []
    for i in range(46 if near else 170):
        x, y = rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT)
        radius = rng.uniform(5, 9) if near else rng.uniform(2, 5.4)
        if not _free((x, y), keep):
            continue
        flakes.append(
            star(x, y, radius * 2.1, rays=6, waist=0.34) if near and i % 3 == 0 else ellipse(x, y, radius, radius)
        )
    sheet.paint("".join(flakes), "#ffffff", opacity=0.9 if near else 0.72)


def _fog(sheet: Sheet, ground: float, near: bool) -> None:
    rng = sheet.rng
    colour = lighten(sheet.palette.haze, 0.25)
    for i in range(2 if near else 4):
        y = ground + 130 + i * 50 if near else ground - 420 + i * 125 + rng.uniform(-20, 20)
        x, width = rng.uniform(250, WIDTH - 250), rng.uniform(620, 900)
        sheet.pool(x, y, width, colour, 0.6 if near else 0.85, flat=0.13)
        sheet.pool(WIDTH - x, y + 34, width, colour, 0.44 if near else 0.7, flat=0.11)
    if not near:
        veil = sheet.vertical(ground - 560, ground + 60, (0, colour, 0), (0.7, colour, 0.34), (1, colour, 0.06))
        sheet.paint(box(0, ground - 560, WIDTH, 640), veil)


def _wind(sheet: Sheet, near: bool, keep: tuple[Box, ...]) -> None:
    rng = sheet.rng
    if not near:
        for _ in range(9):
            x, y, length = rng.uniform(-100, WIDTH - 300), rng.uniform(110, 800), rng.uniform(260, 480)
            curl = length * 0.14
            sheet.line(
                f"M{num(x)} {num(y)}c{num(length * 0.3)} {num(-curl * 0.9)} {num(length * 0.6)} {num(curl * 0.7)} {num(length)} {num(-curl * 0.1)}"
                f"c{num(curl)} {num(-curl * 0.3)} {num(curl)} {num(-curl * 1.6)} {num(curl * 0.1)} {num(-curl * 1.5)}"
                f"c{num(-curl * 0.5)} 0 {num(-curl * 0.6)} {num(curl * 0.7)} {num(-curl * 0.05)} {num(curl * 0.7)}",
                lighten(sheet.palette.sky[1], 0.55),
                5,
                opacity=0.72,
            )
    for _ in range(14 if near else 34):
        x, y, size = rng.uniform(0, WIDTH), rng.uniform(120, HEIGHT - 60), rng.uniform(16, 34)
        if _free((x, y), keep, 40):
            sheet.cut(
                leaf(x, y, size, size * 0.36, rng.uniform(-0.7, math.pi)),
                sheet.leaf_tone(0, rng.choice((1, 2, 2))),
                lift=0.35,
            )
