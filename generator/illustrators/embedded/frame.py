"""The dark paper at the edges through which one looks into the picture."""

import math

from generator.illustrators.embedded.colour import lighten, mix
from generator.illustrators.embedded.flora import draw_grass
from generator.illustrators.embedded.paper import HEIGHT, WIDTH, Point, ellipse, leaf, limb, num, pair, polygon, smooth
from generator.illustrators.embedded.sheet import Sheet
from generator.illustrators.embedded.terrain import Curve, hills
from generator.story import Weather


def draw_frame(sheet: Sheet, kind: str) -> None:
    """Draw a frame: leaves, firs, rock, curtain, beams, kelp, reeds, palms or only a low bank."""
    drawers = {
        "leaves": _leaves,
        "firs": _firs,
        "rock": _rock,
        "curtain": _curtain,
        "kelp": _kelp,
        "reeds": _reeds,
        "palms": _palms,
        "twigs": _twigs,
    }
    if kind in drawers:
        drawers[kind](sheet)


def _bank(sheet: Sheet, local: str, *, low: float = 1165, rise: float = 150) -> Curve:
    """Draw the lowest sheet: it covers the bottom corners and leaves the middle free."""
    curve = hills(sheet.rng, low - rise * 0.42, 12, length=700, dip=rise)
    colour = sheet.palette.front(local)
    if sheet.weather is Weather.SNOW:
        colour = mix(colour, sheet.tone("#dfe8fb"), 0.35)
    edge = lighten(colour, 0.5 if sheet.weather is Weather.SNOW else 0.12)
    sheet.cut(curve.outline(), colour, lift=1.8, edge=edge, rim=8 if sheet.weather is Weather.SNOW else 3)
    return curve


def _spray(sheet: Sheet, start: Point, angle: float, length: float, colour: str, *, size: float = 62) -> None:
    """Draw a branch with paired leaves that grows into the picture."""
    rng = sheet.rng
    points: list[Point] = [start]
    bend = rng.uniform(-0.05, 0.05)
    for _ in range(6):
        angle += bend + rng.uniform(-0.05, 0.05)
        x, y = points[-1]
        points.append((x + math.cos(angle) * length / 6, y + math.sin(angle) * length / 6))
    outlines = [limb(points, 12, 3)]
    for i, (x, y) in enumerate(points[1:], 1):
        for side in (-1, 1):
            reach = size * (1.15 - i * 0.09) * rng.uniform(0.9, 1.15)
            outlines.append(leaf(x, y, reach, reach * 0.34, angle + side * rng.uniform(0.65, 0.95)))
    x, y = points[-1]
    outlines.append(leaf(x, y, size * 0.7, size * 0.22, angle))
    sheet.cut("".join(outlines), colour, lift=1.2)


def _leaves(sheet: Sheet) -> None:
    rng = sheet.rng
    for k, (start, angle) in enumerate(
        (
            ((-30.0, -20.0), 0.75),
            ((-30.0, 190.0), 0.35),
            ((250.0, -40.0), 1.25),
            ((WIDTH + 30.0, -20.0), 2.4),
            ((WIDTH + 30.0, 170.0), 2.8),
            ((WIDTH - 270.0, -40.0), 1.9),
        )
    ):
        length = rng.uniform(190, 280) if k % 3 < 2 else rng.uniform(120, 170)
        _spray(
            sheet,
            start,
            angle + rng.uniform(-0.15, 0.15),
            length,
            sheet.palette.front(sheet.palette.leaves[k % 2]),
            size=rng.uniform(60, 78),
        )
    bank = _bank(sheet, sheet.palette.leaves[0])
    for side in (0, 1):
        for k in range(3):
            x = rng.uniform(-10, 80) if side == 0 else rng.uniform(WIDTH - 80, WIDTH + 10)
            _spray(
                sheet,
                (x, bank.at(x) + 30),
                -math.pi / 2 + (0.35 if side == 0 else -0.35) * k * 0.6 + sheet.lean * 2,
                rng.uniform(130, 195),
                sheet.palette.front(sheet.palette.leaves[k % 2]),
                size=54,
            )
    _blades(sheet, bank)


def _blades(sheet: Sheet, bank: Curve, step: int = 62) -> None:
    colour = sheet.palette.front(sheet.palette.leaves[0])
    for x in range(-10, WIDTH + 20, step):
        spot = x + sheet.rng.uniform(-20, 20)
        reach = 30 + 50 * abs(spot / WIDTH - 0.5) * 2
        draw_grass(sheet, spot, bank.at(spot) + 4, reach, colour)


def _firs(sheet: Sheet) -> None:
    rng = sheet.rng
    colour = sheet.palette.front(sheet.palette.leaves[0])
    for side in (-1, 1):
        edge = 0 if side < 0 else WIDTH
        for k in range(4):
            y = -30 + k * 105 + rng.uniform(-15, 15)
            length = rng.uniform(180, 250) - k * 28
            points: list[Point] = [(edge + side * 30, y)]
            points += [(edge - side * length * t, y + length * 0.3 * t * t) for t in (0.35, 0.7, 1.0)]
            outline = limb(points, 10, 3)
            for i in range(1, 12):
                t = i / 12
                x, yy = edge - side * length * t, y + length * 0.3 * t * t
                outline += leaf(x, yy, 74 * (1.1 - t), 11, math.pi / 2 - side * 0.35)
            sheet.cut(outline, colour, lift=1.0)
    _blades(sheet, _bank(sheet, sheet.palette.leaves[0]), 90)


def _rock(sheet: Sheet) -> None:
    rng = sheet.rng
    colour = sheet.palette.front("#77707c")
    for side in (-1, 1):
        edge = -40.0 if side < 0 else WIDTH + 40.0
        points = [(edge, -40.0)]
        for k in range(9):
            reach = (
                (150 if k in (0, 7, 8) else 75) + rng.uniform(-28, 40) + (110 if k == 0 else 0) + (70 if k == 8 else 0)
            )
            points.append((edge - side * reach, -30 + k * 155 + rng.uniform(-40, 40)))
        points.append((edge, HEIGHT + 40.0))
        sheet.cut(polygon(points), colour, lift=1.7, edge=lighten(colour, 0.14))
    _bank(sheet, "#77707c", rise=110)


def _curtain(sheet: Sheet) -> None:
    rng = sheet.rng
    cloth = sheet.palette.front(rng.choice(("#a8454b", "#3f6d86", "#6d4a86", "#3f7a66")))
    for side in (-1, 1):
        edge = -30 if side < 0 else WIDTH + 30
        for k, reach in enumerate((215.0, 150.0, 92.0)):
            wide = edge - side * reach
            waist = edge - side * reach * 0.5
            outline = f"M{pair((edge, -30))}H{num(wide)}C{pair((wide, 330))} {pair((waist, 520))} {pair((waist - side * 8, 700))}C{pair((waist, 860))} {pair((wide + side * 60, 1000))} {pair((wide + side * 46, HEIGHT + 30))}H{num(edge)}Z"
            sheet.cut(outline, lighten(cloth, 0.05 * k), lift=1.1)
        sheet.cut(
            smooth([(edge, 672), (edge - side * 120, 690), (edge - side * 122, 716), (edge, 706)]),
            sheet.tone("#d9a94e"),
            lift=0.5,
        )
    sheet.cut("M-40 -40H1640V62" + "q-84 66 -168 0" * 10 + "Z", lighten(cloth, 0.06), lift=1.2)


def _kelp(sheet: Sheet) -> None:
    rng = sheet.rng
    for k in range(10):
        side = -1 if k % 2 else 1
        near = rng.uniform(-20, 120)
        x = near if side > 0 else WIDTH - near
        height = rng.uniform(380, 900) * (1 - near / 320)
        sway = rng.uniform(14, 30)
        colour = sheet.palette.front(sheet.palette.leaves[k % 3])
        points = [(x + math.sin(i * 1.3 + k) * sway, HEIGHT + 20 - height * i / 7) for i in range(8)]
        outline = limb(points, 16, 4)
        for i in range(1, 8):
            for turn in (-1, 1):
                outline += leaf(points[i][0], points[i][1], 66 - i * 3, 16, -math.pi / 2 + turn * 0.8)
        sheet.cut(outline, colour, lift=1.1)
    _bank(sheet, "#3f6f7c", rise=110)


def _reeds(sheet: Sheet) -> None:
    rng = sheet.rng
    bank = _bank(sheet, sheet.palette.leaves[0], rise=130)
    for k in range(26):
        near = rng.uniform(0, 1) ** 1.6 * 210
        x = near if k % 2 else WIDTH - near
        height = rng.uniform(240, 470) * (1 - near / 420)
        lean = (rng.uniform(-0.08, 0.1) + sheet.lean) * height
        foot = bank.at(x) + 12
        colour = sheet.palette.front(sheet.palette.leaves[k % 2])
        sheet.cut(
            f"M{pair((x - 7, foot))}Q{pair((x - 2, foot - height * 0.6))} {pair((x + lean, foot - height))}Q{pair((x + 9, foot - height * 0.5))} {pair((x + 8, foot))}Z",
            colour,
            lift=0.5,
        )
        if k % 3 == 0:
            top = foot - height * 0.92
            sheet.line(
                f"M{num(x)} {num(foot)}Q{num(x)} {num(foot - height * 0.5)} {num(x + lean * 0.7)} {num(top)}", colour, 4
            )
            sheet.line(f"M{num(x + lean * 0.7)} {num(top)}v-46", sheet.palette.front("#8f5a3a"), 17)
    _blades(sheet, bank, 80)


def _palms(sheet: Sheet) -> None:
    rng = sheet.rng
    colour = sheet.palette.front(sheet.palette.leaves[0])
    for side in (-1, 1):
        edge = -40 if side < 0 else WIDTH + 40
        for k in range(4):
            angle = (0.1 + k * 0.34 + rng.uniform(-0.08, 0.08)) if side < 0 else math.pi - (0.1 + k * 0.34)
            length = rng.uniform(270, 360) - k * 20
            spine = [
                (edge + math.cos(angle) * length * t, -30 + math.sin(angle) * length * t + 90 * t * t)
                for t in (0, 0.25, 0.5, 0.75, 1)
            ]
            outline = limb(spine, 12, 3)
            for i in range(1, 11):
                t = i / 11
                x, y = edge + math.cos(angle) * length * t, -30 + math.sin(angle) * length * t + 90 * t * t
                for turn in (-1, 1):
                    outline += leaf(x, y, 96 * (1.15 - t), 12, angle + 0.3 + turn * 0.85)
            sheet.cut(outline, colour, lift=1.0)
    bank = _bank(sheet, sheet.palette.leaves[0], rise=120)
    _blades(sheet, bank, 150)


def _twigs(sheet: Sheet) -> None:
    rng = sheet.rng
    colour = sheet.palette.front("#4c3a55")
    for side in (-1, 1):
        edge = -30 if side < 0 else WIDTH + 30
        for k in range(3):
            y = rng.uniform(-10, 60) + k * 130
            length = rng.uniform(200, 300) - k * 45
            line = [(edge - side * length * t, y + math.sin(t * 5 + k) * 26 - 30 * t) for t in (0, 0.3, 0.6, 0.85, 1)]
            outline = limb(line, 26 - k * 4, 3)
            for i in (1, 2, 3):
                x, yy = line[i]
                outline += limb(
                    [(x, yy), (x - side * 36, yy + 34), (x - side * 80, yy + 40), (x - side * 96, yy + 66)], 9, 2
                )
                outline += limb([(x, yy), (x - side * 22, yy - 40), (x - side * 62, yy - 62)], 8, 2)
            sheet.cut(outline, colour, lift=1.2)
            x, yy = line[2]
            sheet.cut(leaf(x, yy, 44, 15, 1.3), sheet.palette.front(sheet.palette.leaves[2]), lift=0.5)
    bank = _bank(sheet, "#3c4a44", rise=140)
    _blades(sheet, bank, 70)
    for _ in range(5):
        x = rng.choice((rng.uniform(0, 190), rng.uniform(WIDTH - 190, WIDTH)))
        sheet.paint(ellipse(x, bank.at(x) + 20, 26, 18), colour)
