"""The moon and the bottom of the sea."""

import math
from dataclasses import replace

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.paper import HEIGHT, WIDTH, blob, box, ellipse, leaf, limb, num, pair
from generator.illustrators.embedded.places.ground import lay_floor, rays
from generator.illustrators.embedded.scenery import Scenery
from generator.illustrators.embedded.sheet import Sheet
from generator.illustrators.embedded.sky import draw_stars
from generator.illustrators.embedded.terrain import hills


def moon(sheet: Sheet) -> Scenery:
    """Draw craters under a black sky, with the earth over the horizon."""
    rng = sheet.rng
    top, middle, low = sheet.palette.sky
    deep = darken(top, 0.72 if not sheet.palette.dark else 0.45)
    fade = mix(deep, middle, 0.55)
    sheet.paint(
        box(0, 0, WIDTH, HEIGHT),
        sheet.vertical(0, 760, (0, deep, 1), (0.6, mix(deep, middle, 0.3), 1), (1, mix(fade, low, 0.4), 1)),
    )
    draw_stars(sheet, 700, 110)
    x, y = sheet.light
    radius = 230 if sheet.cover else rng.uniform(110, 150)
    _earth(sheet, x, y + (0 if sheet.cover else 40), radius)
    if rng.random() < 0.7:
        _ringed(sheet, (x + rng.uniform(650, 900)) % WIDTH, rng.uniform(130, 250), rng.uniform(34, 50))
    dust = mix("#cfc8d6", sheet.palette.sky[1], 0.22)
    for base, rise, depth in ((660, 60, 0.62), (748, 44, 0.4), (838, 30, 0.18)):
        line = hills(rng, base, rise, length=800)
        sheet.land(line, darken(dust, depth * 0.5), depth * 0.7, mist=0.2)
        for _ in range(5):
            cx = rng.uniform(0, WIDTH)
            _crater(
                sheet,
                cx,
                line.at(cx) + rng.uniform(34, 64),
                rng.uniform(40, 90) * (1.2 - depth),
                darken(sheet.tone(dust, depth * 0.5), depth * 0.3),
            )
    floor = lay_floor(sheet, dust, decor="stones")
    for cx in (rng.uniform(120, 380), rng.uniform(650, 950), rng.uniform(1220, 1480)):
        _crater(sheet, cx, floor.at(cx) + rng.uniform(80, 120), rng.uniform(80, 130), sheet.tone(dust))
    return Scenery(floor, frame="rock", airless=True)


def _crater(sheet: Sheet, x: float, y: float, size: float, colour: str) -> None:
    sheet.cut(ellipse(x, y, size, size * 0.26), lighten(colour, 0.2), lift=0.35)
    sheet.paint(ellipse(x, y + 2, size * 0.86, size * 0.2), darken(colour, 0.3))
    sheet.paint(ellipse(x + size * 0.08, y + size * 0.06, size * 0.7, size * 0.13), darken(colour, 0.14))


def _earth(sheet: Sheet, x: float, y: float, radius: float) -> None:
    rng = sheet.rng
    sheet.glow(x, y, radius * 3, "#9fd0ff", 0.6)
    sheet.cut(ellipse(x, y, radius, radius), "#4f9fd8", lift=0.9)
    for dx, dy, rx, ry in (
        (-0.36, -0.36, 0.36, 0.28),
        (0.36, 0.06, 0.3, 0.36),
        (-0.26, 0.42, 0.28, 0.2),
        (0.12, -0.66, 0.22, 0.1),
    ):
        sheet.cut(
            blob(rng, x + dx * radius, y + dy * radius, rx * radius, ry * radius, corners=8, wobble=0.2),
            "#8ac06a",
            lift=0.3,
        )
    for dy, reach in ((-0.12, 0.5), (0.56, 0.4), (-0.56, 0.34)):
        sheet.line(
            f"M{num(x - reach * radius)} {num(y + dy * radius)}q{num(reach * radius)} {num(-radius * 0.12)} {num(reach * radius * 1.8)} {num(radius * 0.02)}",
            "#ffffff",
            radius * 0.09,
            opacity=0.75,
        )
    shade = sheet.radial(
        x - radius * 0.4,
        y - radius * 0.4,
        radius * 1.7,
        (0, "#0a1236", 0),
        (0.55, "#0a1236", 0.05),
        (1, "#0a1236", 0.75),
    )
    sheet.paint(ellipse(x, y, radius, radius), shade)


def _ringed(sheet: Sheet, x: float, y: float, radius: float) -> None:
    colour = sheet.rng.choice(("#e8b06a", "#d98aa8", "#8fb8e8"))
    sheet.cut(ellipse(x, y, radius, radius), colour, lift=0.5)
    sheet.line(
        f"M{num(x - radius * 1.6)} {num(y + radius * 0.3)}Q{num(x)} {num(y + radius * 0.75)} {num(x + radius * 1.6)} {num(y - radius * 0.3)}",
        lighten(colour, 0.4),
        radius * 0.2,
    )


def underwater(sheet: Sheet) -> Scenery:
    """Draw shafts of light, corals, kelp, bubbles and shoals."""
    rng = sheet.rng
    sea = mix("#1f8fae", sheet.palette.leaves[0], 0.2)
    bright = mix(lighten(sea, 0.35), sheet.palette.shine, 0.25)
    if sheet.palette.dark:
        bright, sea = mix(bright, sheet.palette.air, 0.42), mix(sea, sheet.palette.air, 0.55)
    sheet.paint(
        box(0, 0, WIDTH, HEIGHT), sheet.vertical(0, 950, (0, bright, 1), (0.45, sea, 1), (1, darken(sea, 0.35), 1))
    )
    sheet.palette = replace(sheet.palette, haze=mix(sea, bright, 0.35))
    sheet.glow(sheet.light[0], -40, 760, lighten(sheet.palette.shine, 0.3), 0.6)
    rays(sheet, sheet.light[0], -60, count=8, length=1050, strength=0.3)
    _shoal(sheet)
    for base, depth, height in ((730, 0.82, 170), (800, 0.55, 240), (866, 0.26, 330)):
        line = hills(rng, base, 40, dip=80)
        for k in range(9):
            x = rng.uniform(0, WIDTH)
            if depth < 0.6 and abs(x - 800) < 380:
                continue
            (_seaweed if k % 3 else _coral)(sheet, x, line.at(x) + 12, height * rng.uniform(0.6, 1.1), depth)
        sheet.land(line, mix("#c9a878", sea, 0.3), depth, mist=0.6)
    floor = lay_floor(sheet, mix("#e0c08a", sea, 0.25), decor="stones")
    for x in (rng.uniform(40, 200), rng.uniform(230, 330), rng.uniform(1270, 1380), rng.uniform(1420, 1560)):
        _coral(sheet, x, floor.at(x), rng.uniform(110, 190), 0.04)
    for _ in range(26):
        _bubble(sheet, rng.uniform(60, 1540), rng.uniform(60, 900), rng.uniform(5, 19))
    return Scenery(floor, frame="kelp", sunk=True, airless=True, ceiling=180)


def _seaweed(sheet: Sheet, x: float, y: float, height: float, depth: float) -> None:
    rng = sheet.rng
    phase = rng.uniform(0, 6)
    points = [(x + math.sin(i * 1.1 + phase) * height * 0.06 * i / 3, y - height * i / 7) for i in range(8)]
    outline = limb(points, height * 0.07, 3)
    for i in range(1, 7):
        for side in (-1, 1):
            outline += leaf(points[i][0], points[i][1], height * 0.15, height * 0.045, -math.pi / 2 + side * 0.9)
    sheet.cut(outline, sheet.leaf_tone(depth), lift=0.5)


def _coral(sheet: Sheet, x: float, y: float, height: float, depth: float) -> None:
    rng = sheet.rng
    colour = sheet.tone(rng.choice(("#f0786a", "#f2a65a", "#d67ac0", "#f4d06a")), depth * 0.9)
    if rng.random() < 0.35:
        for dx, size in ((-0.28, 0.32), (0.3, 0.28), (0.0, 0.44)):
            sheet.cut(
                ellipse(x + dx * height, y - size * height * 0.6, size * height * 0.6, size * height * 0.66),
                colour,
                lift=0.5,
            )
            sheet.line(
                "".join(
                    f"M{num(x + (dx + k * 0.09) * height)} {num(y - size * height * 0.2)}q{num(k * 8)} {num(-size * height * 0.3)} 0 {num(-size * height * 0.62)}"
                    for k in (-1, 0, 1)
                ),
                darken(colour, 0.18),
                3,
                opacity=0.7,
            )
        return
    outline = ""
    for k in range(5):
        angle = -math.pi / 2 + (k - 2) * 0.36 + rng.uniform(-0.1, 0.1)
        reach = height * rng.uniform(0.75, 1)
        mid = (x + math.cos(angle) * reach * 0.5 + (k - 2) * 4, y - abs(math.sin(angle)) * reach * 0.45)
        tip = (x + math.cos(angle) * reach, y + math.sin(angle) * reach)
        outline += limb([(x, y + 10), mid, tip], height * 0.14, height * 0.08) + ellipse(
            *tip, height * 0.055, height * 0.055
        )
        side = (mid[0] + math.cos(angle + 0.8) * reach * 0.32, mid[1] + math.sin(angle + 0.8) * reach * 0.32)
        outline += limb([mid, side], height * 0.08, height * 0.06) + ellipse(*side, height * 0.04, height * 0.04)
    sheet.cut(outline, colour, lift=0.6)


def _bubble(sheet: Sheet, x: float, y: float, radius: float) -> None:
    sheet.paint(ellipse(x, y, radius, radius), "#ffffff", opacity=0.16)
    sheet.line(ellipse(x, y, radius, radius), "#ffffff", 2, opacity=0.5)
    sheet.paint(ellipse(x - radius * 0.35, y - radius * 0.35, radius * 0.22, radius * 0.22), "#ffffff", opacity=0.8)


def _shoal(sheet: Sheet) -> None:
    """Draw two shoals of small fish far away."""
    rng = sheet.rng
    for _ in range(2):
        cx, cy, side = rng.uniform(250, 1350), rng.uniform(200, 470), rng.choice((-1, 1))
        colour = mix(sheet.tone(rng.choice(("#f2c45a", "#f0908a", "#e8f0f2")), 0.3), sheet.palette.haze, 0.3)
        fish = []
        for _ in range(9):
            x, y, size = cx + rng.uniform(-150, 150), cy + rng.uniform(-70, 70), rng.uniform(16, 26)
            fish.append(
                f"M{pair((x + side * size, y))}Q{pair((x, y - size * 0.6))} {pair((x - side * size * 0.6, y))}L{pair((x - side * size * 1.1, y - size * 0.4))}V{num(y + size * 0.4)}L{pair((x - side * size * 0.6, y))}Q{pair((x, y + size * 0.6))} {pair((x + side * size, y))}Z"
            )
        sheet.cut("".join(fish), colour, lift=0.3)
