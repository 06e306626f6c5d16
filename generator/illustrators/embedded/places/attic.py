"""The attic: beams, a round window, trunks."""

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.paper import HEIGHT, WIDTH, box, ellipse, limb, num, polygon, smooth
from generator.illustrators.embedded.places.rooms import WALLPAPER, draw_pile, draw_shaft, draw_view, lay_boards
from generator.illustrators.embedded.scenery import Scenery
from generator.illustrators.embedded.sheet import Sheet


def attic(sheet: Sheet) -> Scenery:
    """Draw slanting beams, a round window with the moon, trunks and old things."""
    sheet.palette = sheet.palette.indoors()
    wall = WALLPAPER[sheet.genre]
    far = sheet.tone(wall, 0.12)
    sheet.paint(box(0, 0, WIDTH, HEIGHT), sheet.vertical(0, 900, (0, darken(far, 0.3), 1), (1, far, 1)))
    boards = "".join(f"M{x} 0V884" for x in range(40, 1600, 74))
    sheet.line(boards, darken(far, 0.25), 2.5, opacity=0.5)
    x, y, size = (800.0, 450.0, 215.0) if sheet.cover else (sheet.light[0] * 0.4 + 480, 420.0, 176.0)
    draw_view(sheet, ellipse(x, y, size, size), x, y, size)
    wood = sheet.tone("#8a5f3f", 0.05)
    ring = ellipse(x, y, size + 18, size + 18) + ellipse(x, y, size - 4, size - 4)
    sheet.add(f'<path d="{ring}" fill="{wood}" fill-rule="evenodd"/>')
    sheet.line(f"M{num(x)} {num(y - size)}v{num(size * 2)}M{num(x - size)} {num(y)}h{num(size * 2)}", wood, 13)
    draw_shaft(sheet, x, y, size * 0.8)
    _roof(sheet)
    _clutter(sheet)
    return Scenery(lay_boards(sheet, "#9a6f4a"), frame="none", indoors=True, ceiling=330)


def _roof(sheet: Sheet) -> None:
    """Draw the slanting roof, its rafters and a cross beam."""
    rng = sheet.rng
    wood = sheet.tone("#7a5236", 0.0)
    slope = darken(sheet.tone(WALLPAPER[sheet.genre], 0.02), 0.32)
    peak = 800 + rng.uniform(-40, 40)
    for side in (-1, 1):
        edge = -40 if side < 0 else WIDTH + 40
        sheet.cut(
            polygon(
                (
                    (edge, -40),
                    (peak, -40),
                    (peak - side * -0, 20),
                    (edge - side * 110, 640),
                    (edge - side * 90, 890),
                    (edge, 890),
                )
            ),
            slope,
            lift=1.4,
        )
        for k in (0.1, 0.55):
            a = (peak + (edge - peak) * k * 0.9, 0)
            b = (edge + (peak - edge) * (0.05 + k * 0.02), 330 + k * 330)
            sheet.cut(limb([a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), b], 30, 30), darken(wood, 0.12), lift=0.7)
        post = edge - side * 190
        sheet.cut(box(post - 22, 300, 44, 600), wood, lift=1.0)
        sheet.cut(limb([(post, 470), (post - side * 70, 370), (post - side * 160, 268)], 26, 26), wood, lift=0.8)
    beam = polygon(((-40, 214), (WIDTH + 40, 206), (WIDTH + 40, 262), (-40, 270)))
    sheet.cut(beam, lighten(wood, 0.05), lift=1.2)
    sheet.line("M60 236q200 -12 420 2M620 246q260 8 500 -8M1200 238q140 8 300 -2", darken(wood, 0.25), 3, opacity=0.6)
    for x in (rng.uniform(330, 480), rng.uniform(1120, 1270)):
        sheet.line(f"M{num(x)} 262v{num(rng.uniform(40, 70))}", darken(wood, 0.3), 4)
        sheet.cut(
            smooth([(x - 26, 390), (x - 10, 318), (x + 10, 318), (x + 26, 390), (x, 404)]),
            sheet.leaf_tone(0.1),
            lift=0.5,
        )


def _clutter(sheet: Sheet) -> None:
    """Stand trunks, boxes, a mirror and a pile of books along the walls."""
    rng = sheet.rng
    for x, kind in (
        (rng.uniform(190, 260), 0),
        (rng.uniform(390, 430), 1),
        (rng.uniform(1190, 1240), 2),
        (rng.uniform(1360, 1420), rng.choice((0, 3))),
    ):
        (_trunk, draw_pile, _crate, _mirror)[kind](sheet, x, 900)


def _trunk(sheet: Sheet, x: float, y: float) -> None:
    leather, brass = sheet.tone("#8f4f3a", 0.06), sheet.tone("#e0b65a", 0.06)
    sheet.cut(
        f"M{num(x - 110)} {num(y)}V{num(y - 96)}Q{num(x - 108)} {num(y - 150)} {num(x - 60)} {num(y - 152)}H{num(x + 60)}Q{num(x + 108)} {num(y - 150)} {num(x + 110)} {num(y - 96)}V{num(y)}Z",
        leather,
        lift=1.0,
    )
    sheet.line(
        f"M{num(x - 110)} {num(y - 92)}h220M{num(x - 66)} {num(y)}v-150M{num(x + 66)} {num(y)}v-150",
        darken(leather, 0.3),
        7,
    )
    sheet.cut(box(x - 15, y - 108, 30, 34), brass, lift=0.4)


def _crate(sheet: Sheet, x: float, y: float) -> None:
    wood = sheet.tone("#b08a5a", 0.08)
    sheet.cut(box(x - 80, y - 120, 160, 124), wood, lift=0.8)
    sheet.line(
        f"M{num(x - 80)} {num(y - 80)}h160M{num(x - 80)} {num(y - 40)}h160M{num(x - 72)} {num(y - 116)}l144 114",
        darken(wood, 0.25),
        5,
        opacity=0.8,
    )
    ball = sheet.tone("#d9774a", 0.06)
    sheet.cut(ellipse(x + 14, y - 162, 43, 43), ball, lift=0.6)
    sheet.line(f"M{num(x - 29)} {num(y - 162)}q43 26 86 0", lighten(ball, 0.45), 7)


def _mirror(sheet: Sheet, x: float, y: float) -> None:
    gold = sheet.tone("#c99a4a", 0.06)
    sheet.cut(
        ellipse(x, y - 200, 84, 128) + polygon(((x - 50, y), (x - 12, y - 90), (x + 12, y - 90), (x + 50, y))),
        gold,
        lift=0.9,
    )
    sheet.cut(ellipse(x, y - 200, 66, 110), mix(sheet.tone("#9fb8c9", 0.05), sheet.palette.sky[1], 0.4), lift=0.3)
    sheet.line(f"M{num(x - 30)} {num(y - 250)}l34 -34M{num(x - 34)} {num(y - 206)}l66 -66", "#ffffff", 6, opacity=0.4)
