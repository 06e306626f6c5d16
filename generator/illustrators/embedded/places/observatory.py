"""The observatory: a dome that is open to the stars."""

import math

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.paper import WIDTH, box, ellipse, num, pair, polygon, star
from generator.illustrators.embedded.places.rooms import WALLPAPER, lay_boards
from generator.illustrators.embedded.scenery import Scenery
from generator.illustrators.embedded.sheet import Sheet
from generator.illustrators.embedded.sky import draw_clouds, draw_sky, draw_stars
from generator.illustrators.embedded.terrain import hills
from generator.story import TimeOfDay, Weather


def observatory(sheet: Sheet) -> Scenery:
    """Draw a dome open to the stars, with a great telescope."""
    rng = sheet.rng
    sheet.light = (800 + (sheet.light[0] - 800) * 0.45, 430.0 if sheet.cover else 300.0)
    draw_sky(sheet, 760, clouds=False)
    if sheet.time is not TimeOfDay.DAY:
        draw_stars(sheet, 800, 40)
    if sheet.weather is not Weather.CLEAR:
        draw_clouds(sheet, 400)
    sheet.land(hills(rng, 760, 30), sheet.palette.leaves[0], 0.8)
    sheet.palette = sheet.palette.indoors()
    wall = mix(WALLPAPER[sheet.genre], "#8a93a8", 0.4)
    _dome(sheet, wall)
    side = -1 if sheet.light[0] > 800 else 1
    _telescope(sheet, 800 + side * rng.uniform(450, 520), -side)
    _charts(sheet, 800 - side * 560)
    return Scenery(lay_boards(sheet, "#6f5a52"), frame="none", indoors=True, ceiling=260)


def _dome(sheet: Sheet, local: str) -> None:
    """Cut the slit of the dome into its wall."""
    near, far = sheet.tone(local, 0.0), sheet.tone(local, 0.2)
    for grow, colour in ((60, lighten(far, 0.1)), (0, near)):
        hole = f"M{num(330 - grow * 0)} {num(770)}C{num(330 - grow)} 420 {num(430)} {num(60 - grow)} 800 {num(40 - grow)}C{num(1170)} {num(60 - grow)} {num(1270 + grow)} 420 1270 770Z"
        shape = (
            f"M-40 -40H1640V1000H-40Z{hole}"
            if grow == 0
            else "M-40 -40H1640V1000H-40ZM390 790C390 460 480 120 800 100C1120 120 1210 460 1210 790Z"
        )
        face = sheet.vertical(0, 900, (0, darken(colour, 0.25), 1), (1, colour, 1))
        sheet.shadow(hole if grow == 0 else "M390 790C390 460 480 120 800 100C1120 120 1210 460 1210 790Z", 1.2)
        sheet.add(f'<path d="{shape}" fill="{face}" fill-rule="evenodd"/>')
    ribs = "M150 900C150 480 330 160 640 -30M1450 900C1450 480 1270 160 960 -30M-20 620C60 400 200 180 420 -30M1620 620C1540 400 1400 180 1180 -30"
    sheet.line(ribs, darken(near, 0.22), 9, opacity=0.8)
    rivets = "".join(ellipse(300 - 0 + 1000 * k, 300 + j * 90, 5, 5) for k in (0, 1) for j in range(6))
    sheet.paint(rivets, lighten(near, 0.3), opacity=0.7)
    sheet.cut(box(-20, 770, WIDTH + 40, 130), darken(near, 0.12), lift=0.9)
    sheet.line("M0 800H1600", lighten(near, 0.2), 5, opacity=0.7)


def _telescope(sheet: Sheet, x: float, side: float) -> None:
    """Point a brass telescope through the slit; `side` is the direction it looks to."""
    brass, dark = sheet.tone("#d9a650"), sheet.tone("#4a4f66")
    sheet.cut(polygon(((x - 90, 930), (x - 14, 640), (x + 14, 640), (x + 90, 930))), dark, lift=1.0)
    ux, uy = side * math.cos(0.95), -math.sin(0.95)
    foot = (x - ux * 150, 620 - uy * 150)
    for start, end, a, b, colour in (
        (0, 240, 50, 64, dark),
        (180, 590, 82, 104, brass),
        (560, 606, 122, 122, darken(brass, 0.2)),
        (170, 200, 98, 98, darken(brass, 0.2)),
    ):
        p = (foot[0] + ux * start, foot[1] + uy * start)
        q = (foot[0] + ux * end, foot[1] + uy * end)
        sheet.cut(
            polygon(
                (
                    (p[0] - uy * a / 2, p[1] + ux * a / 2),
                    (q[0] - uy * b / 2, q[1] + ux * b / 2),
                    (q[0] + uy * b / 2, q[1] - ux * b / 2),
                    (p[0] + uy * a / 2, p[1] - ux * a / 2),
                )
            ),
            colour,
            lift=0.7,
        )
    sheet.cut(ellipse(x, 625, 42, 42), lighten(dark, 0.15), lift=0.6)


def _charts(sheet: Sheet, x: float) -> None:
    paper = sheet.tone("#f0e2c0")
    sheet.cut(box(x - 90, 470, 180, 220), paper, lift=0.8)
    ink = sheet.tone("#33548a")
    spots = [(x - 50, 640), (x - 20, 580), (x + 24, 600), (x + 40, 530), (x + 62, 510)]
    sheet.line("M" + "L".join(pair(p) for p in spots), ink, 2.4)
    for spot in spots:
        sheet.paint(star(*spot, 10), ink)
