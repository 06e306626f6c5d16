"""Lake, river, harbour, island, marsh and lighthouse."""

import math

from generator.illustrators.embedded.buildings import draw_house
from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.flora import draw_bush, draw_reeds
from generator.illustrators.embedded.paper import WIDTH, blob, box, ellipse, num, pair, polygon, smooth, star
from generator.illustrators.embedded.places.ground import lay_floor, lay_swell, lay_water, plant_row
from generator.illustrators.embedded.scenery import Scenery
from generator.illustrators.embedded.sheet import Sheet
from generator.illustrators.embedded.sky import draw_sky
from generator.illustrators.embedded.street import draw_boat, draw_lamp
from generator.illustrators.embedded.terrain import hills, peaks
from generator.illustrators.embedded.towers import draw_lighthouse
from generator.illustrators.embedded.trees import draw_palm, draw_tree
from generator.story import Genre

SEA = "#2f86ad"
SAND = "#ecd09a"


def lake(sheet: Sheet) -> Scenery:
    """Draw still water between wooded hills, a jetty and lilies."""
    rng = sheet.rng
    draw_sky(sheet)
    sheet.land(peaks(rng, 610, 190, count=5, rough=0.1), "#6f86a4", 0.92)
    for base, height, depth in ((610, 90, 0.75), (652, 130, 0.5)):
        line = hills(rng, base, 18, dip=70)
        plant_row(sheet, line, height, depth, 17, gap=(600, 1000) if depth < 0.6 else (0, 0))
        sheet.land(line, sheet.palette.leaves[0], depth)
    lay_water(sheet, 676, bottom=960, local=SEA, rows=3, height=5)
    swell = lay_swell(sheet, 834)
    _jetty(sheet, rng.uniform(250, 330))
    for _ in range(7):
        _lily(sheet, rng.uniform(80, 1520), rng.uniform(800, 900))
    for x in (rng.uniform(0, 90), rng.uniform(1380, 1480), rng.uniform(1500, 1600)):
        draw_reeds(sheet, x, 950, rng.uniform(170, 260), 0.1)
    return Scenery(lay_floor(sheet, sheet.palette.leaves[0]), water=swell)


def _jetty(sheet: Sheet, x: float) -> None:
    wood = sheet.tone("#9a7048", 0.14)
    posts = "".join(box(x + dx, y, 13, 100 - dx * 0.1) for dx, y in ((-80, 826), (70, 826), (-104, 880), (96, 880)))
    sheet.cut(posts, darken(wood, 0.25), lift=0.5)
    sheet.cut(polygon(((x - 70, 842), (x + 76, 842), (x + 130, 960), (x - 130, 960))), wood, lift=0.8)
    planks = "".join(f"M{num(x - 74 - k * 11)} {num(862 + k * 21)}H{num(x + 80 + k * 10)}" for k in range(5))
    sheet.line(planks, darken(wood, 0.3), 3, opacity=0.7)


def _lily(sheet: Sheet, x: float, y: float) -> None:
    size = 16 + (y - 780) * 0.22
    green = sheet.leaf_tone(0.2, 0)
    sheet.cut(
        f"M{pair((x, y))}L{pair((x + size, y - size * 0.16))}A{num(size)} {num(size * 0.36)} 0 1 1 {pair((x + size * 0.8, y + size * 0.2))}Z",
        green,
        lift=0.35,
    )
    if sheet.rng.random() < 0.5:
        sheet.cut(
            star(x - size * 0.2, y - size * 0.26, size * 0.5, rays=5, waist=0.5), sheet.tone("#f7c9d4", 0.1), lift=0.3
        )


def river(sheet: Sheet) -> Scenery:
    """Draw a river that winds down from the hills to the front, with a bridge."""
    rng = sheet.rng
    draw_sky(sheet)
    greens = sheet.palette.leaves
    for base, height, depth in ((620, 110, 0.88), (690, 170, 0.64)):
        line = hills(rng, base, 40)
        plant_row(sheet, line, height, depth, 13, gap=(650, 950))
        sheet.land(line, greens[0], depth)
    line = hills(rng, 742, 16)
    sheet.land(line, greens[1], 0.42)
    _winding(sheet, rng.uniform(700, 900))
    _bridge(sheet, 800 + rng.uniform(-40, 40))
    for x in (rng.uniform(40, 200), rng.uniform(260, 380), rng.uniform(1240, 1360), rng.uniform(1420, 1570)):
        draw_tree(sheet, x, 850, rng.uniform(250, 400), 0.26)
    lay_water(sheet, 842, bottom=960, local=SEA, rows=2, height=8)
    swell = lay_swell(sheet, 876)
    for x in (rng.uniform(0, 150), rng.uniform(1450, 1600)):
        draw_reeds(sheet, x, 950, rng.uniform(160, 230), 0.1)
    return Scenery(lay_floor(sheet, greens[0]), frame="reeds", water=swell)


def _winding(sheet: Sheet, x: float) -> None:
    colour, bright = sheet.tone(SEA, 0.35), lighten(mix(sheet.palette.sky[2], sheet.palette.shine, 0.4), 0.1)
    outline = f"M{pair((x - 8, 700))}C{num(x + 120)} 730 {num(x + 90)} 760 {num(x - 60)} 780S{num(x - 300)} 820 {num(x - 340)} 870H{num(x + 330)}C{num(x + 250)} 830 {num(x + 40)} 810 {num(x + 110)} 780S{num(x + 180)} 725 {pair((x + 10, 700))}Z"
    sheet.cut(outline, colour, lift=0.6, edge=bright)


def _bridge(sheet: Sheet, x: float) -> None:
    stone = sheet.tone("#b8a894", 0.3)
    outline = f"M{pair((x - 330, 850))}L{pair((x - 330, 800))}Q{pair((x, 690))} {pair((x + 330, 800))}V850H{num(x + 180)}A180 96 0 0 0 {num(x - 180)} 850Z"
    sheet.cut(outline, stone, lift=1.0)
    sheet.line(f"M{num(x - 330)} 800Q{pair((x, 690))} {pair((x + 330, 800))}", lighten(stone, 0.25), 12)
    marks = "".join(f"M{num(x + k * 46)} {num(778 + abs(k) * 6)}v22" for k in range(-5, 6))
    sheet.line(marks, darken(stone, 0.25), 3, opacity=0.6)


def harbour(sheet: Sheet) -> Scenery:
    """Draw a row of houses with lit windows, boats, a quay with lamp posts and bollards."""
    rng = sheet.rng
    draw_sky(sheet)
    sheet.land(hills(rng, 600, 40), sheet.palette.leaves[0], 0.9)
    left = rng.random() < 0.5
    bank = hills(rng, 648, 6)
    x = -30.0 if left else 560.0
    end = 1000 if left else 1640
    while x < end:
        width = rng.uniform(90, 140)
        draw_house(sheet, x + width / 2, 660, width, rng.uniform(150, 250), 0.52)
        x += width * rng.uniform(0.98, 1.1)
    sheet.land(bank, "#a79a8a", 0.55)
    if rng.random() < 0.7:
        draw_lighthouse(sheet, 1400 if left else 190, 672, 300, 0.6)
    lay_water(sheet, 676, bottom=960, local=SEA, rows=4, height=7)
    for x, y, size in (
        (rng.uniform(180, 420), 742, 150),
        (rng.uniform(640, 960), 726, 120),
        (rng.uniform(1180, 1400), 760, 175),
    ):
        draw_boat(sheet, x, y, size, 0.34)
        _ripple(sheet, x, y + size * 0.06, size)
    swell = lay_swell(sheet, 834)
    floor = lay_floor(sheet, "#b09c88", decor="cobbles")
    for x in (rng.uniform(90, 190), rng.uniform(1400, 1490)):
        draw_lamp(sheet, x, floor.at(x) - 6, rng.uniform(430, 500))
    for x in (330, 1270):
        _bollard(sheet, x + rng.uniform(-30, 30), floor.at(x) - 8)
    return Scenery(floor, frame="none", water=swell)


def _ripple(sheet: Sheet, x: float, y: float, size: float) -> None:
    light = lighten(sheet.palette.shine, 0.2)
    sheet.line(
        f"M{num(x - size * 0.6)} {num(y)}q{num(size * 0.3)} 9 {num(size * 0.6)} 0t{num(size * 0.6)} 0",
        light,
        4,
        opacity=0.5,
    )


def _bollard(sheet: Sheet, x: float, y: float) -> None:
    iron = sheet.tone("#4a4650")
    sheet.cut(polygon(((x - 20, y + 6), (x - 15, y - 42), (x + 15, y - 42), (x + 20, y + 6))), iron, lift=0.6)
    sheet.cut(ellipse(x, y - 44, 24, 10), lighten(iron, 0.12), lift=0.4)
    sheet.line(f"M{num(x - 17)} {num(y - 18)}h34M{num(x - 18)} {num(y - 10)}h36", sheet.tone("#d8bd8a"), 5)


def island(sheet: Sheet) -> Scenery:
    """Draw a beach with palms, a far island and shells in the sand."""
    rng = sheet.rng
    draw_sky(sheet)
    lay_water(sheet, 620, bottom=940, local="#2fa3b8", rows=6, height=11)
    _islet(sheet, rng.uniform(300, 620), 664)
    if rng.random() < 0.8:
        x = rng.uniform(900, 1300)
        draw_boat(sheet, x, 704, rng.uniform(90, 130), 0.45)
        _ripple(sheet, x, 712, 110)
    swell = lay_swell(sheet, 812)
    for x, height in ((rng.uniform(60, 200), rng.uniform(520, 620)), (rng.uniform(1330, 1540), rng.uniform(440, 600))):
        draw_palm(sheet, x, 950, height, 0.08)
    for x in (rng.uniform(0, 150), rng.uniform(1480, 1600)):
        draw_bush(sheet, x, 940, rng.uniform(60, 100), 0.1, 0)
    floor = lay_floor(sheet, SAND, decor="none")
    edge = floor.shift(-14)
    sheet.line("M" + "L".join(pair(p) for p in edge.points), lighten(sheet.tone("#dff3f2"), 0.2), 9, opacity=0.75)
    for _ in range(9):
        _beach_find(sheet, rng.uniform(60, 1540), floor.at(800) + rng.uniform(50, 170))
    return Scenery(floor, frame="palms", water=swell)


def _islet(sheet: Sheet, x: float, y: float) -> None:
    green = sheet.leaf_tone(0.62, 0)
    sheet.cut(
        smooth([(x - 190, y), (x - 120, y - 60), (x - 40, y - 150), (x + 20, y - 130), (x + 70, y - 70), (x + 180, y)]),
        green,
        lift=0.7,
    )
    sheet.paint(
        smooth(
            [
                (x - 60, y - 124),
                (x - 40, y - 150),
                (x + 20, y - 130),
                (x + 30, y - 108),
                (x, y - 122),
                (x - 30, y - 108),
            ]
        ),
        sheet.tone("#9a8578", 0.6),
    )
    sheet.cut(ellipse(x, y + 4, 215, 12), sheet.tone(SAND, 0.5), lift=0.4)


def _beach_find(sheet: Sheet, x: float, y: float) -> None:
    rng = sheet.rng
    kind = rng.randrange(3)
    if kind == 0:
        sheet.cut(star(x, y, 22, rays=5, waist=0.45, turn=rng.uniform(0, 1)), sheet.tone("#e8825c"), lift=0.35)
    elif kind == 1:
        sheet.cut(
            f"M{pair((x, y + 10))}L{pair((x - 20, y - 6))}Q{pair((x, y - 26))} {pair((x + 20, y - 6))}Z",
            sheet.tone("#f4d9d2"),
            lift=0.35,
        )
        sheet.line(
            f"M{pair((x, y + 8))}l-10 -18M{pair((x, y + 8))}v-21M{pair((x, y + 8))}l10 -18", sheet.tone("#c98f8a"), 2
        )
    else:
        sheet.cut(blob(rng, x, y, 20, 10), darken(sheet.tone(SAND), 0.22), lift=0.35)


def marsh(sheet: Sheet) -> Scenery:
    """Draw pools, reeds, willows and little lights over the water."""
    rng = sheet.rng
    draw_sky(sheet)
    greens = sheet.palette.leaves
    for base, height, depth in ((650, 180, 0.86), (704, 270, 0.56)):
        line = hills(rng, base, 12)
        plant_row(
            sheet,
            line,
            height,
            depth,
            11,
            kinds=("crooked", "round") if sheet.genre is Genre.SPOOKY else ("round", "tall", "leafy"),
            gap=(560, 1040) if depth < 0.6 else (0, 0),
        )
        sheet.land(line, mix(greens[0], "#7a7a4a", 0.35), depth)
    lay_water(sheet, 726, bottom=970, local=mix("#3f7f7a", greens[0], 0.3), rows=3, height=4)
    swell = lay_swell(sheet, 850)
    for k in range(6):
        x, y = WIDTH * (k + rng.uniform(0.2, 0.8)) / 6, rng.uniform(770, 880)
        sheet.cut(
            blob(rng, x, y, rng.uniform(70, 130), 15, corners=10),
            sheet.tone(mix(greens[0], "#6b6a3c", 0.3), 0.3),
            lift=0.5,
        )
        draw_reeds(sheet, x, y, rng.uniform(110, 190), 0.28)
    for _ in range(8):
        _lily(sheet, rng.uniform(60, 1540), rng.uniform(800, 905))
    if sheet.dark:
        for _ in range(9):
            x, y = rng.uniform(100, 1500), rng.uniform(560, 860)
            sheet.glow(x, y, 42, sheet.palette.spark, 0.7)
            sheet.paint(ellipse(x, y, 4, 4), "#fffbe0")
    return Scenery(lay_floor(sheet, mix(greens[0], "#6b6a3c", 0.35)), frame="reeds", water=swell)


def lighthouse(sheet: Sheet) -> Scenery:
    """Draw a lighthouse on its rock, the sea around it and gulls."""
    rng = sheet.rng
    draw_sky(sheet)
    lay_water(sheet, 640, bottom=950, local=SEA, rows=6, height=13)
    x = rng.uniform(330, 430)
    stone = "#7d7683"
    sheet.cut(
        polygon(
            [
                (x - 300, 860),
                (x - 250, 770),
                (x - 150, 730),
                (x - 90, 700),
                (x + 90, 704),
                (x + 170, 740),
                (x + 230, 800),
                (x + 320, 860),
            ]
        ),
        sheet.tone(stone, 0.3),
        lift=1.0,
    )
    draw_house(sheet, x + 128, 742, 110, 110, 0.3, wall="#f3ead8", roof="#b4553f")
    draw_lighthouse(sheet, x, 712, 560, 0.26, beam=1)
    sheet.cut(
        polygon([(x - 340, 890), (x - 200, 812), (x - 60, 780), (x + 60, 800), (x + 240, 850), (x + 360, 890)]),
        sheet.tone(stone, 0.16),
        lift=0.9,
    )
    swell = lay_swell(sheet, 846)
    for _ in range(5):
        _gull(sheet, rng.uniform(620, 1450), rng.uniform(150, 480), rng.uniform(18, 34))
    return Scenery(
        lay_floor(sheet, mix(stone, sheet.palette.leaves[0], 0.3), decor="stones"), frame="rock", water=swell
    )


def _gull(sheet: Sheet, x: float, y: float, size: float) -> None:
    rise = math.copysign(size * 0.5, 1)
    sheet.line(
        f"M{num(x - size)} {num(y - rise * 0.4)}q{num(size * 0.5)} {num(-rise)} {num(size)} {num(rise * 0.5)}q{num(size * 0.5)} {num(-rise * 1.4)} {num(size)} {num(-rise * 0.4)}",
        sheet.tone("#fdfaf2", 0.2),
        max(3, size * 0.14),
    )
