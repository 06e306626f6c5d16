"""Towers, castles, lighthouses and mills."""

import math

from generator.illustrators.embedded.buildings import draw_window
from generator.illustrators.embedded.colour import darken, lighten
from generator.illustrators.embedded.paper import arch, box, ellipse, num, pair, polygon
from generator.illustrators.embedded.sheet import Sheet


def draw_tower(
    sheet: Sheet,
    x: float,
    y: float,
    width: float,
    height: float,
    depth: float,
    *,
    wall: str = "#c9bfb4",
    roof: str = "",
    flag: bool = False,
) -> None:
    """Draw a round tower with battlements and, if `roof` is given, a pointed hat."""
    face = sheet.tone(wall, depth)
    half, top = width / 2, y - height
    sheet.cut(box(x - half, top, width, height + 14), face, lift=0.9)
    sheet.paint(box(x + half * 0.35, top, half * 0.65, height + 14), darken(face, 0.16), opacity=0.6)
    crown = [(x - half * 1.2, top + width * 0.22), (x - half * 1.2, top - width * 0.12)]
    for k in range(5):
        left = x - half * 1.2 + width * 1.2 * k / 5
        crown += [
            (left, top - width * 0.12),
            (left + width * 0.14, top - width * 0.12),
            (left + width * 0.14, top + 2),
            (left + width * 0.24, top + 2),
        ]
    crown += [(x + half * 1.2, top + width * 0.22)]
    sheet.cut(polygon(crown), lighten(face, 0.08), lift=0.6)
    if roof:
        sheet.cut(
            polygon(((x - half * 1.25, top), (x, top - width * 1.5), (x + half * 1.25, top))),
            sheet.tone(roof, depth),
            lift=0.7,
        )
    if flag:
        tip = top - width * (1.5 if roof else 0.1)
        sheet.line(f"M{num(x)} {num(tip + 4)}v{num(-width * 0.55)}", sheet.tone("#5a4636", depth), max(2, width * 0.04))
        sheet.cut(
            polygon(((x, tip - width * 0.52), (x + width * 0.55, tip - width * 0.36), (x, tip - width * 0.2))),
            sheet.tone("#e0574a", depth),
            lift=0.3,
        )
    bricks = "".join(
        f"M{num(x + dx * width)} {num(top + dy * height)}h{num(width * 0.16)}"
        for dx, dy in ((-0.38, 0.3), (0.1, 0.42), (-0.3, 0.62), (0.16, 0.78), (-0.36, 0.88))
    )
    sheet.line(bricks, darken(face, 0.3), max(1.5, width * 0.03), opacity=0.6)
    draw_window(sheet, x, top + height * 0.36 + width * 0.2, width * 0.24, width * 0.46, depth)


def draw_castle(sheet: Sheet, x: float, y: float, size: float, depth: float) -> None:
    """Draw a castle with five towers, a gate and flags; about `size` wide, its foot at (x, y)."""
    rng = sheet.rng
    roof = rng.choice(("#7b4a86", "#b4553f", "#3f6d8e"))
    wall = rng.choice(("#cfc4ba", "#d9c4a8", "#b9b5c8"))
    draw_tower(sheet, x - size * 0.2, y, size * 0.13, size * 0.62, depth + 0.08, wall=wall, roof=roof)
    draw_tower(sheet, x + size * 0.17, y, size * 0.12, size * 0.52, depth + 0.08, wall=wall, roof=roof)
    draw_tower(sheet, x, y, size * 0.19, size * 0.72, depth + 0.04, wall=wall, roof=roof, flag=True)
    face = sheet.tone(wall, depth)
    top = y - size * 0.26
    crown = [(x - size * 0.42, y + 14)]
    for k in range(13):
        left = x - size * 0.42 + size * 0.84 * k / 13
        crown += [
            (left, top),
            (left + size * 0.038, top),
            (left + size * 0.038, top + size * 0.03),
            (left + size * 0.0646, top + size * 0.03),
        ]
    crown += [(x + size * 0.42, y + 14)]
    sheet.cut(polygon(crown), face, lift=0.9)
    draw_tower(sheet, x - size * 0.41, y, size * 0.15, size * 0.4, depth, wall=wall, roof=roof, flag=True)
    draw_tower(sheet, x + size * 0.41, y, size * 0.15, size * 0.44, depth, wall=wall, roof=roof)
    sheet.cut(arch(x, y + 14, size * 0.14, size * 0.2), darken(face, 0.5), lift=0.4)
    for dx in (-0.24, 0.24):
        draw_window(sheet, x + dx * size, y - size * 0.08, size * 0.04, size * 0.07, depth)


def draw_lighthouse(sheet: Sheet, x: float, y: float, height: float, depth: float, *, beam: float = 0) -> None:
    """Draw a striped lighthouse; `beam` gives the direction (1 right, -1 left) of its light."""
    lamp = (x, y - height * 0.9)
    if sheet.dark:
        for side in (-1, 1):
            fill = sheet.radial(*lamp, 1000, (0, sheet.palette.lamp, 0.6), (1, sheet.palette.lamp, 0))
            reach = 1100 * side
            sheet.paint(
                polygon((lamp, (x + reach, lamp[1] - 190), (x + reach, lamp[1] + 120))),
                fill,
                opacity=0.75 if side == beam else 0.4,
            )
    low, high = height * 0.125, height * 0.075
    stripe, white = sheet.tone("#c9473f", depth), sheet.tone("#f6eddd", depth)
    top = y - height * 0.82
    sheet.cut(polygon(((x - low, y + 14), (x - high, top), (x + high, top), (x + low, y + 14))), white, lift=1.0)
    for k in range(1, 7, 2):
        a, b = k / 7, (k + 1) / 7
        wa, wb = low + (high - low) * a, low + (high - low) * b
        ya, yb = y + (top - y) * a, y + (top - y) * b
        sheet.paint(polygon(((x - wa, ya), (x - wb, yb), (x + wb, yb), (x + wa, ya))), stripe)
    sheet.paint(
        polygon(((x + low * 0.3, y + 14), (x + high * 0.3, top), (x + high, top), (x + low, y + 14))),
        sheet.palette.shadow,
        opacity=0.16,
    )
    sheet.cut(box(x - high * 1.5, top - 8, high * 3, 14), stripe, lift=0.6)
    sheet.cut(
        box(x - high * 0.8, top - height * 0.11, high * 1.6, height * 0.1),
        sheet.palette.lamp if sheet.dark else sheet.tone("#bfe0ea", depth),
        lift=0.4,
    )
    sheet.line(f"M{num(x)} {num(top - 8)}v{num(-height * 0.1)}", stripe, 4)
    sheet.cut(
        f"M{pair((x - high * 1.2, top - height * 0.105))}Q{pair((x, top - height * 0.2))} {pair((x + high * 1.2, top - height * 0.105))}Z",
        stripe,
        lift=0.5,
    )
    sheet.cut(arch(x, y + 14, low * 0.7, low * 1.5), sheet.tone("#5a4048", depth), lift=0.3)
    for share in (0.36, 0.62):
        draw_window(sheet, x, y - height * share * 0.82, high * 0.55, high * 0.8, depth)
    if sheet.dark:
        sheet.glow(*lamp, height * 0.42, sheet.palette.lamp, 0.8)


def draw_mill(sheet: Sheet, x: float, y: float, height: float, depth: float) -> None:
    """Draw a windmill with four latticed sails."""
    face = sheet.tone("#e6d3b4", depth)
    hub = (x, y - height * 0.72)
    sheet.cut(
        polygon(
            (
                (x - height * 0.2, y + 10),
                (x - height * 0.12, y - height * 0.74),
                (x + height * 0.12, y - height * 0.74),
                (x + height * 0.2, y + 10),
            )
        ),
        face,
        lift=0.7,
    )
    sheet.cut(
        f"M{pair((x - height * 0.15, y - height * 0.72))}Q{pair((x, y - height * 1.02))} {pair((x + height * 0.15, y - height * 0.72))}Z",
        sheet.tone("#8f4a3f", depth),
        lift=0.6,
    )
    turn = sheet.rng.uniform(0.2, 1.2)
    for k in range(4):
        angle = turn + k * math.pi / 2
        ux, uy = math.cos(angle), math.sin(angle)
        corners = [
            (hub[0] + ux * height * a - uy * height * b, hub[1] + uy * height * a + ux * height * b)
            for a, b in ((0.1, 0.0), (0.52, 0.0), (0.52, 0.11), (0.1, 0.09))
        ]
        sheet.cut(polygon(corners), sheet.tone("#fbf0da", depth), lift=0.4)
        sheet.line(
            f"M{pair(hub)}L{pair((hub[0] + ux * height * 0.54, hub[1] + uy * height * 0.54))}",
            sheet.tone("#6b4a34", depth),
            max(2, height * 0.016),
        )
    sheet.paint(ellipse(*hub, height * 0.03, height * 0.03), sheet.tone("#6b4a34", depth))
    draw_window(sheet, x, y - height * 0.36, height * 0.09, height * 0.13, depth)
