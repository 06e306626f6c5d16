"""Forest and meadow."""

import math

from generator.illustrators.embedded.buildings import draw_house
from generator.illustrators.embedded.colour import darken, lighten
from generator.illustrators.embedded.flora import draw_bush
from generator.illustrators.embedded.paper import WIDTH, limb, num, pair, polygon, scallops
from generator.illustrators.embedded.places.ground import lay_floor, plant_row, rays
from generator.illustrators.embedded.scenery import Scenery
from generator.illustrators.embedded.sheet import Sheet
from generator.illustrators.embedded.sky import draw_sky
from generator.illustrators.embedded.terrain import Curve, hills
from generator.illustrators.embedded.towers import draw_mill
from generator.illustrators.embedded.trees import BARK, draw_tree
from generator.story import Genre


def forest(sheet: Sheet) -> Scenery:
    """Draw a clearing between trees that rise to both sides: an old, a mixed, a fir or a birch wood."""
    rng = sheet.rng
    spooky = sheet.genre is Genre.SPOOKY
    wood = rng.choice(((), (), ("round", "tall"), ("fir",), ("birch", "leafy"))) if not spooky else ()
    draw_sky(sheet)
    ground = sheet.palette.leaves[0]
    for base, height, depth, count, free in (
        (640, 230, 0.92, 15, 0),
        (715, 330, 0.7, 11, 150),
        (790, 460, 0.46, 9, 300),
    ):
        line = hills(rng, base, 22, dip=rng.uniform(20, 60))
        middle = WIDTH / 2 + rng.uniform(-120, 120)
        plant_row(sheet, line, height, depth, count, gap=(middle - free, middle + free), kinds=wood)
        sheet.land(line, ground, depth)
    rays(sheet, *sheet.light, strength=0.14 if sheet.palette.dark else 0.24)
    if spooky or rng.random() < 0.6:
        _great_trunks(sheet)
    else:
        _wings(sheet, wood)
    line = hills(rng, 868, 14, dip=40)
    for x in (rng.uniform(-20, 130), rng.uniform(180, 330), rng.uniform(1290, 1420), rng.uniform(1480, 1620)):
        draw_bush(sheet, x, line.at(x) + 12, rng.uniform(60, 110), 0.2)
    sheet.land(line, ground, 0.18)
    return Scenery(lay_floor(sheet, ground), frame="twigs" if sheet.genre is Genre.SPOOKY else "leaves")


def _wings(sheet: Sheet, wood: tuple[str, ...]) -> None:
    """Stand whole tall trees at both sides, under an open sky."""
    rng = sheet.rng
    for x in (rng.uniform(10, 90), rng.uniform(190, 290), rng.uniform(1300, 1400), rng.uniform(1510, 1600)):
        kind = rng.choice(wood or ("round", "tall", "fir", "leafy", "birch"))
        draw_tree(sheet, x, 915, rng.uniform(520, 700), 0.26, kind)
    if rng.random() < 0.5:
        x = rng.uniform(640, 960)
        draw_house(sheet, x, 800, 120, 130, 0.42)


def _great_trunks(sheet: Sheet) -> None:
    """Draw two or three trunks so tall that their crowns close the picture above."""
    rng = sheet.rng
    if sheet.genre is Genre.SPOOKY:
        for x in (rng.uniform(60, 200), rng.uniform(1390, 1540)):
            draw_tree(sheet, x, 930, rng.uniform(700, 820), 0.22, "crooked")
        return
    bark = sheet.tone(BARK, 0.24)
    for x in (rng.uniform(-10, 90), rng.uniform(170, 290), rng.uniform(1320, 1420), rng.uniform(1510, 1610)):
        thick = rng.uniform(54, 92)
        line = [(x + rng.uniform(-10, 10), 950 - k * 190) for k in range(7)]
        roots = polygon(
            ((x - thick * 0.9, 960), (x - thick * 0.3, 830), (x + thick * 0.3, 830), (x + thick * 0.9, 960))
        )
        outline = limb(line, thick, thick * 0.62)
        for k in (2, 3, 4):
            side = rng.choice((-1, 1))
            a = line[k]
            outline += limb([a, (a[0] + side * 70, a[1] - 50), (a[0] + side * 150, a[1] - 70)], thick * 0.3, 6)
        sheet.cut(outline + roots, bark, lift=1.2)
        marks = "".join(
            f"M{num(x + rng.uniform(-0.25, 0.2) * thick)} {num(rng.uniform(260, 860))}v{num(rng.uniform(26, 60))}"
            for _ in range(9)
        )
        sheet.line(marks, darken(bark, 0.25), 3.4, opacity=0.7)
    for k in range(9):
        spot = WIDTH * k / 8 + rng.uniform(-60, 60)
        aside = abs(spot - WIDTH / 2) / (WIDTH / 2)
        y = -90 + 110 * aside**1.5 + rng.uniform(-20, 20)
        points = [(spot + 150 * math.cos(i * math.tau / 10), y + 110 * math.sin(i * math.tau / 10)) for i in range(10)]
        sheet.cut(scallops(points), sheet.leaf_tone(0.26), lift=0.9)


def meadow(sheet: Sheet) -> Scenery:
    """Draw wide rolling hills with a path, a lone tree and a mill or a farm."""
    rng = sheet.rng
    draw_sky(sheet)
    greens = sheet.palette.leaves
    for base, rise, depth, which in ((600, 55, 0.9, 0), (668, 52, 0.68, 1), (742, 44, 0.44, 0), (828, 34, 0.2, 1)):
        line = hills(rng, base, rise, length=1000)
        if depth > 0.6:
            plant_row(sheet, line, 74, depth, 18, kinds=("round", "tall", "fir"), gap=(500, 1000))
        if depth == 0.68:
            x = rng.uniform(930, 1180)
            if rng.random() < 0.5:
                draw_mill(sheet, x, line.at(x) + 6, 240, depth * 0.7)
            else:
                draw_house(sheet, x, line.at(x) + 6, 120, 130, depth * 0.7)
                draw_house(sheet, x + 110, line.at(x + 110) + 6, 84, 84, depth * 0.7)
        if depth == 0.44:
            x = rng.uniform(200, 420)
            draw_tree(sheet, x, line.at(x) + 8, rng.uniform(330, 420), depth * 0.6)
        sheet.land(line, greens[which], depth)
        if depth < 0.8:
            _furrows(sheet, line, greens[which], depth)
    for _ in range(5):
        x = rng.choice((rng.uniform(0, 300), rng.uniform(1300, 1600)))
        draw_bush(sheet, x, 930, rng.uniform(40, 70), 0.12)
    return Scenery(lay_floor(sheet, greens[0]))


def _furrows(sheet: Sheet, line: Curve, local: str, depth: float) -> None:
    """Draw curved rows that follow a hill."""
    colour = lighten(sheet.tone(local, depth), 0.16)
    for k in (1, 2, 3):
        points = [(x, y + k * 19 + 6 * math.sin(x / 170 + k)) for x, y in line.points[::3]]
        sheet.line("M" + "L".join(pair(p) for p in points), colour, 2.4, opacity=0.5)
