"""Village, city, castle and observatory hill: where people have built."""

from generator.illustrators.embedded.buildings import draw_block, draw_house
from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.flora import draw_bush
from generator.illustrators.embedded.paper import WIDTH, box, ellipse, num, pair, polygon
from generator.illustrators.embedded.places.ground import lay_floor, plant_row
from generator.illustrators.embedded.scenery import Scenery
from generator.illustrators.embedded.sheet import Sheet
from generator.illustrators.embedded.sky import draw_sky
from generator.illustrators.embedded.street import draw_fence, draw_lamp
from generator.illustrators.embedded.terrain import hills, peaks
from generator.illustrators.embedded.towers import draw_castle, draw_tower
from generator.illustrators.embedded.trees import draw_tree


def village(sheet: Sheet) -> Scenery:
    """Draw crooked little houses around a green, a church spire, washing lines of light."""
    rng = sheet.rng
    draw_sky(sheet)
    sheet.land(hills(rng, 590, 50), sheet.palette.leaves[0], 0.92)
    line = hills(rng, 660, 26)
    spire = rng.uniform(560, 1040)
    draw_tower(sheet, spire, line.at(spire) + 8, 62, 190, 0.62, wall="#e6d8c0", roof="#6c5a86")
    for x in (60.0 + 150 * k for k in range(11)):
        if abs(x - spire) > 70:
            draw_house(
                sheet, x + rng.uniform(-20, 20), line.at(x) + 10, rng.uniform(90, 130), rng.uniform(100, 150), 0.66
            )
    sheet.land(line, sheet.palette.leaves[0], 0.62)
    line = hills(rng, 770, 18, dip=30)
    for x in (-10.0, 150.0, 330.0, 1260.0, 1440.0, 1610.0):
        draw_house(sheet, x + rng.uniform(-20, 20), line.at(x) + 14, rng.uniform(140, 180), rng.uniform(220, 310), 0.34)
    sheet.land(line, sheet.palette.leaves[1], 0.34)
    line = hills(rng, 862, 10, dip=20)
    for x in (rng.uniform(40, 120), rng.uniform(1480, 1560)):
        draw_tree(sheet, x, line.at(x) + 10, rng.uniform(330, 420), 0.18, "round")
    draw_fence(sheet, -20, 380, 900, 80, 0.16)
    draw_fence(sheet, 1230, 1640, 900, 80, 0.16)
    sheet.land(line, sheet.palette.leaves[0], 0.17)
    floor = lay_floor(sheet, sheet.palette.leaves[1])
    _path(sheet, rng.uniform(700, 900))
    _string_lights(sheet)
    x = rng.choice((190, 1410)) + rng.uniform(-30, 30)
    draw_lamp(sheet, x, floor.at(x) - 6, 440)
    return Scenery(floor)


def _path(sheet: Sheet, x: float) -> None:
    """Draw a pale path that comes forward."""
    colour = sheet.tone("#e6cfa4", 0.05)
    fill = sheet.vertical(946, 1200, (0, colour, 0.25), (1, colour, 0.75))
    sheet.paint(
        f"M{pair((x - 130, 950))}C{num(x - 100)} 1010 {num(x - 260)} 1080 {num(x - 330)} 1210H{num(x + 330)}C{num(x + 230)} 1090 {num(x + 130)} 1020 {num(x + 130)} 950Z",
        fill,
    )


def _string_lights(sheet: Sheet) -> None:
    """Hang paper lanterns across the street."""
    rng = sheet.rng
    left, right, sag = rng.uniform(300, 360), rng.uniform(330, 400), rng.uniform(70, 120)
    sheet.line(
        f"M-20 {num(left)}Q800 {num((left + right) / 2 + sag * 2)} 1620 {num(right)}", sheet.tone("#4a3f4a", 0.2), 3
    )
    for k in range(1, 14):
        t = k / 14
        x = -20 + 1640 * t
        y = left * (1 - t) ** 2 + ((left + right) / 2 + sag * 2) * 2 * t * (1 - t) + right * t * t
        colour = rng.choice(("#ffd27a", "#ff9f7a", "#9fe0d0", "#f7b7d0"))
        if sheet.dark:
            sheet.glow(x, y + 18, 58, colour, 0.5)
        sheet.cut(ellipse(x, y + 18, 13, 16), colour if sheet.dark else sheet.tone(colour), lift=0.35)


def city(sheet: Sheet) -> Scenery:
    """Draw roofs behind roofs, a clock tower, lamps and a paved square."""
    rng = sheet.rng
    draw_sky(sheet)
    for base, height, depth in ((680, 300, 0.9), (760, 330, 0.62), (850, 370, 0.32)):
        x = -60.0
        while x < WIDTH + 60:
            width = rng.uniform(90, 150) * (1.25 - depth * 0.4)
            side = abs(x + width / 2 - 800) / 800
            tall = height * rng.uniform(0.55, 0.95) * (0.5 + 0.75 * side if depth < 0.7 else 1)
            draw_block(sheet, x + width / 2, base, width, tall, depth)
            x += width * rng.uniform(0.96, 1.06)
        if depth == 0.62:
            _clock_tower(sheet, rng.uniform(560, 1040), base, 430, 0.5)
        sheet.land(hills(rng, base, 3), "#8f8a96", depth)
    for x in (rng.uniform(220, 330), rng.uniform(1270, 1380)):
        draw_tree(sheet, x, 905, 240, 0.18, "round")
    floor = lay_floor(sheet, "#a79c9c", decor="cobbles")
    for x in (rng.uniform(100, 180), rng.uniform(1410, 1480)):
        draw_lamp(sheet, x, floor.at(x) - 6, rng.uniform(440, 500))
    return Scenery(floor, frame="none")


def _clock_tower(sheet: Sheet, x: float, y: float, height: float, depth: float) -> None:
    draw_tower(sheet, x, y, 92, height, depth, wall="#d9c4a8", roof="#4f6d86")
    top = y - height + 66
    face = sheet.palette.lamp if sheet.dark else sheet.tone("#fff6e2", depth)
    if sheet.dark:
        sheet.glow(x, top, 96, sheet.palette.lamp, 0.6)
    sheet.cut(ellipse(x, top, 33, 33), face, lift=0.4)
    sheet.line(f"M{num(x)} {num(top)}v-22M{num(x)} {num(top)}l14 8", "#4a3a44", 4)


def castle(sheet: Sheet) -> Scenery:
    """Draw a castle on its rock, with a road that winds up to the gate."""
    rng = sheet.rng
    draw_sky(sheet)
    sheet.land(peaks(rng, 650, 210, count=6), "#7f86a6", 0.92)
    line = hills(rng, 680, 28)
    plant_row(sheet, line, 110, 0.75, 15)
    sheet.land(line, sheet.palette.leaves[0], 0.75)
    x = 800.0 if sheet.cover else rng.uniform(560, 1040)
    sheet.glow(x, 420, 420, sheet.palette.shine, 0.28)
    draw_castle(sheet, x, 610, 540, 0.42)
    _crag(sheet, x)
    for base, height, depth in ((800, 190, 0.42), (872, 280, 0.18)):
        line = hills(rng, base, 16, dip=50)
        plant_row(sheet, line, height, depth, 12, gap=(x - 330, x + 330) if depth > 0.3 else (330, 1270))
        sheet.land(line, sheet.palette.leaves[0 if depth > 0.3 else 1], depth)
    for x in (rng.uniform(0, 160), rng.uniform(1440, 1600)):
        draw_bush(sheet, x, 940, rng.uniform(60, 90), 0.1)
    floor = lay_floor(sheet, sheet.palette.leaves[0])
    _path(sheet, rng.uniform(700, 900))
    return Scenery(floor)


def _crag(sheet: Sheet, x: float) -> None:
    """Draw the rock under the castle."""
    rng = sheet.rng
    stone = sheet.tone("#857c8a", 0.5)
    points = [
        (x - 420, 860),
        (x - 370, 740),
        (x - 300, 690),
        (x - 275, 630),
        (x - 240, 606),
        (x + 240, 606),
        (x + 280, 650),
        (x + 330, 700),
        (x + 380, 770),
        (x + 420, 860),
    ]
    fill = sheet.vertical(600, 850, (0, stone, 1), (1, mix(stone, sheet.palette.haze, 0.5), 1))
    sheet.cut(polygon([(a + rng.uniform(-14, 14), b) for a, b in points]), fill, lift=1.1, edge=lighten(stone, 0.2))
    for dx, dy, size in ((-170, 660, 70), (60, 650, 90), (190, 720, 80), (-80, 740, 90)):
        sheet.paint(
            polygon(
                (
                    (x + dx, dy),
                    (x + dx + size * 0.7, dy + 16),
                    (x + dx + size * 0.4, dy + size),
                    (x + dx - size * 0.2, dy + size * 0.6),
                )
            ),
            darken(stone, 0.16),
            opacity=0.5,
        )
    road = f"M{num(x)} 612C{num(x + 120)} 650 {num(x - 180)} 680 {num(x - 60)} 720S{num(x + 160)} 760 {num(x + 60)} 830"
    sheet.line(road, sheet.tone("#d8c39a", 0.45), 17, opacity=0.85)
    sheet.line(f"M{num(x - 150)} 606h300", sheet.tone("#6f8a5a", 0.5), 9)
    sheet.paint(box(x - 240, 602, 480, 8), sheet.tone(sheet.palette.leaves[0], 0.5))
