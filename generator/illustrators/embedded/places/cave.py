"""The cave: rock within rock, and crystals."""

import math

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.paper import Point, polygon
from generator.illustrators.embedded.places.ground import lay_floor, rays
from generator.illustrators.embedded.places.rooms import WALLPAPER
from generator.illustrators.embedded.scenery import Scenery
from generator.illustrators.embedded.sheet import Sheet
from generator.illustrators.embedded.sky import draw_sky
from generator.illustrators.embedded.terrain import hills


def cave(sheet: Sheet) -> Scenery:
    """Draw rock within rock, an opening to the sky, crystals and a pool."""
    rng = sheet.rng
    draw_sky(sheet, 800)
    sheet.land(hills(rng, 720, 40), sheet.palette.leaves[0], 0.85)
    rock = mix(mix("#8d7886", WALLPAPER[sheet.genre], 0.5), sheet.palette.sky[0], 0.15)
    middle = 800.0 if sheet.cover else rng.uniform(640, 960)
    sheet.glow(middle, 640, 620, sheet.palette.shine, 0.6)
    for k, depth in enumerate((0.66, 0.36, 0.08)):
        _cave_wall(sheet, middle, 330 + k * 150, 480 + k * 66, rock, depth)
        if k == 0:
            rays(sheet, middle, 250, count=5, length=700, strength=0.2)
    lay_pool = rng.random() < 0.6
    for x, size in (
        (rng.uniform(180, 300), 1.1),
        (rng.uniform(1290, 1420), 1.3),
        (rng.uniform(60, 130), 0.8),
        (rng.uniform(1490, 1560), 0.9),
    ):
        _crystals(sheet, x, 930, 100 * size)
    if lay_pool:
        sheet.glow(middle, 900, 420, sheet.palette.spark, 0.2)
    return Scenery(lay_floor(sheet, rock, decor="stones"), frame="rock", indoors=True, ceiling=240)


def _cave_wall(sheet: Sheet, x: float, width: float, height: float, local: str, depth: float) -> None:
    """Cut a jagged opening around x into a sheet of rock, with stalactites."""
    rng = sheet.rng
    colour = darken(sheet.tone(local, depth), 0.34 * (1 - depth))
    points: list[Point] = []
    for i in range(25):
        angle = math.pi * (1 - i / 24)
        reach = rng.uniform(0.94, 1.05)
        spot = (x + math.cos(angle) * width * reach * 1.08, 905 - math.sin(angle) ** 0.7 * height * 1.4 * reach)
        points.append(spot)
        if 5 < i < 19 and i % 2 and rng.random() < 0.5:
            wide, drop = rng.uniform(13, 22), rng.uniform(50, 140)
            points += [(spot[0] + wide, spot[1] + drop), (spot[0] + wide * 2, spot[1] + rng.uniform(-6, 14))]
    hole = polygon([(x - width * 1.15, 1000), *points, (x + width * 1.15, 1000)])
    face = sheet.vertical(0, 950, (0, darken(colour, 0.42), 1), (1, colour, 1))
    sheet.shadow(hole, 1.6)
    sheet.add(f'<path d="M-40 -40H1640V1100H-40Z{hole}" fill="{face}" fill-rule="evenodd"/>')
    sheet.line(polygon(points).removesuffix("Z"), lighten(mix(colour, sheet.palette.shine, 0.3), 0.1), 3, opacity=0.8)


def _crystals(sheet: Sheet, x: float, y: float, size: float) -> None:
    tint = sheet.palette.spark
    sheet.glow(x, y - size * 0.6, size * 2.6, tint, 0.5)
    for dx, height, lean in ((-0.45, 0.9, -0.35), (0.5, 1.0, 0.4), (0.0, 1.6, 0.02)):
        colour = mix(tint, sheet.rng.choice(("#b78cff", "#6fd0e8", "#ff9fc0")), 0.4)
        foot, tip = x + dx * size, x + (dx + lean) * size
        top = y - height * size
        wide = size * 0.26
        sheet.cut(
            polygon(
                (
                    (foot - wide, y + 20),
                    (tip - wide * 0.9, top + size * 0.3),
                    (tip, top),
                    (tip + wide * 0.9, top + size * 0.36),
                    (foot + wide, y + 20),
                )
            ),
            colour,
            lift=0.7,
        )
        sheet.paint(
            polygon(((foot, y + 20), (tip, top), (tip + wide * 0.9, top + size * 0.36), (foot + wide, y + 20))),
            "#3a2f6a",
            opacity=0.22,
        )
