"""Garden and orchard: what people have planted."""

import math

from generator.illustrators.embedded.buildings import draw_house
from generator.illustrators.embedded.colour import darken
from generator.illustrators.embedded.flora import draw_bush, draw_flower
from generator.illustrators.embedded.paper import WIDTH, blob, box, ellipse, leaf, limb, num, polygon
from generator.illustrators.embedded.places.ground import lay_floor, plant_row
from generator.illustrators.embedded.scenery import Scenery
from generator.illustrators.embedded.sheet import Sheet
from generator.illustrators.embedded.sky import draw_sky
from generator.illustrators.embedded.street import draw_fence
from generator.illustrators.embedded.terrain import hills
from generator.illustrators.embedded.trees import round_tree
from generator.story import Genre


def garden(sheet: Sheet) -> Scenery:
    """Draw flower beds, a trellis arch, a hedge and a cottage."""
    rng = sheet.rng
    draw_sky(sheet)
    greens = sheet.palette.leaves
    line = hills(rng, 660, 34)
    plant_row(sheet, line, 150, 0.75, 12)
    sheet.land(line, greens[0], 0.75)
    x = rng.uniform(1050, 1250)
    draw_house(sheet, x, 800, 300, 330, 0.36, wall="#f0d9b5")
    line = hills(rng, 780, 14)
    sheet.land(line, greens[1], 0.4)
    for x in range(-20, 1640, 120):
        draw_bush(sheet, x + rng.uniform(-20, 20), 838, 84, 0.3, 0)
    draw_fence(sheet, -20, 1640, 862, 90, 0.22)
    _trellis(sheet, rng.uniform(330, 460), 905, 0.14)
    line = hills(rng, 880, 8)
    sheet.land(line, greens[1], 0.14)
    for k in range(26):
        x = rng.uniform(0, 380) if k % 2 else rng.uniform(1220, 1600)
        draw_flower(sheet, x, 940 + rng.uniform(-14, 20), rng.uniform(60, 120), 0.05)
    return Scenery(lay_floor(sheet, greens[0]))


def _trellis(sheet: Sheet, x: float, y: float, depth: float) -> None:
    """Draw a rose arch."""
    rng = sheet.rng
    wood = sheet.tone("#f2e6d2", depth)
    outline = f"M{num(x - 90)} {num(y + 10)}V{num(y - 250)}A90 90 0 0 1 {num(x + 90)} {num(y - 250)}V{num(y + 10)}"
    sheet.line(outline, sheet.palette.shadow, 22, opacity=0.2)
    sheet.line(outline, wood, 14)
    for k in range(22):
        angle = math.pi * (1 - k / 21)
        px, py = (
            (x + 90 * math.cos(angle), y - 250 - 90 * math.sin(angle))
            if 4 < k < 17
            else (x + (-90 if k <= 4 else 90), y - 50 * (k if k <= 4 else 21 - k) - 20)
        )
        sheet.cut(leaf(px, py, 40, 15, rng.uniform(0, 6.2)), sheet.leaf_tone(depth), lift=0.3)
        if k % 2:
            sheet.cut(
                blob(rng, px, py, 15, 14, corners=6),
                sheet.tone(rng.choice(("#e8707f", "#f7b7b0", "#f4eadf")), depth),
                lift=0.3,
            )


def orchard(sheet: Sheet) -> Scenery:
    """Draw rows of fruit trees, ladders and baskets."""
    rng = sheet.rng
    draw_sky(sheet)
    greens = sheet.palette.leaves
    line = hills(rng, 640, 40)
    sheet.land(line, greens[1], 0.85)
    for base, height, depth, count in ((700, 170, 0.68, 11), (772, 270, 0.42, 8), (862, 420, 0.16, 6)):
        line = hills(rng, base, 14)
        free = 360 if depth < 0.3 else 130 if depth < 0.5 else 0
        for i in range(count):
            x = WIDTH * (i + 0.5) / count + rng.uniform(-24, 24)
            if abs(x - WIDTH / 2) >= free:
                _fruit_tree(sheet, x, line.at(x) + 10, height * rng.uniform(0.92, 1.06), depth)
        sheet.land(line, greens[1 if depth > 0.5 else 0], depth)
    _ladder(sheet, rng.choice((rng.uniform(260, 330), rng.uniform(1290, 1350))), 925)
    return Scenery(lay_floor(sheet, greens[1]))


def _fruit_tree(sheet: Sheet, x: float, y: float, height: float, depth: float) -> None:
    rng = sheet.rng
    state = rng.random()
    round_tree(sheet, x, y, height, depth)
    fruit = sheet.tone("#e2503f" if sheet.genre is not Genre.FANTASY else "#f0b8ff", depth)
    if sheet.genre is Genre.SPOOKY:
        fruit = sheet.tone("#f08a3c", depth)
    radius = height * 0.27
    dots = "".join(
        ellipse(
            x + sheet.lean * height + math.cos(k * 2.4 + state * 6) * radius * math.sqrt(k / 13),
            y - height + radius * 1.1 + math.sin(k * 2.4 + state * 6) * radius * math.sqrt(k / 13),
            height * 0.026,
            height * 0.026,
        )
        for k in range(1, 13)
    )
    sheet.cut(dots, fruit, lift=0.3)


def _ladder(sheet: Sheet, x: float, y: float) -> None:
    wood = sheet.tone("#a8754a", 0.08)
    rails = limb([(x - 46, y), (x - 26, y - 150), (x - 10, y - 300)], 11, 8) + limb(
        [(x + 46, y), (x + 26, y - 150), (x + 10, y - 300)], 11, 8
    )
    rungs = "".join(box(x - 40 + k * 5, y - 36 - k * 44, 80 - k * 10, 8) for k in range(6))
    sheet.cut(rails + rungs, wood, lift=0.6)
    basket = sheet.tone("#b98a52")
    sheet.cut("".join(ellipse(x + 96 + dx, y - 34, 13, 13) for dx in (-22, 0, 22)), sheet.tone("#e2503f"), lift=0.3)
    sheet.cut(polygon(((x + 56, y - 34), (x + 136, y - 34), (x + 124, y + 12), (x + 68, y + 12))), basket, lift=0.5)
    sheet.line(f"M{num(x + 60)} {num(y - 18)}h72M{num(x + 64)} {num(y - 4)}h64", darken(basket, 0.25), 3)
