"""Trees: round, tall, leafy, firs, birches, palms and crooked old ones."""

import math

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.paper import Point, ellipse, leaf, limb, num, pair, polygon, tuft
from generator.illustrators.embedded.sheet import SNOW, Sheet
from generator.story import Genre, Weather

BARK = "#7a5640"


def draw_tree(sheet: Sheet, x: float, y: float, height: float, depth: float, kind: str = "") -> None:
    """Plant a tree with its foot at (x, y); without a `kind` the genre chooses."""
    crooked = sheet.genre is Genre.SPOOKY
    kind = kind or sheet.rng.choice(
        ("crooked", "crooked", "fir", "round") if crooked else ("round", "round", "tall", "fir", "leafy")
    )
    planters = {
        "round": round_tree,
        "tall": tall_tree,
        "fir": fir,
        "leafy": leafy_tree,
        "crooked": crooked_tree,
        "birch": birch,
    }
    planters[kind](sheet, x, y, height, depth)


def _bent(sheet: Sheet, x: float, y: float, height: float, steps: int = 4) -> list[Point]:
    """Return the line of a trunk, bent by the wind."""
    sway = sheet.rng.uniform(-0.03, 0.03)
    return [
        (x + height * (sheet.lean * (i / steps) ** 2 + sway * (i / steps)), y - height * i / steps)
        for i in range(steps + 1)
    ]


def round_tree(sheet: Sheet, x: float, y: float, height: float, depth: float) -> None:
    """Draw a tree with a round crown and branches that shine through it."""
    rng = sheet.rng
    colour = sheet.leaf_tone(depth)
    radius = height * rng.uniform(0.27, 0.34)
    top = x + sheet.lean * height, y - height + radius
    bark = sheet.tone(BARK, depth)
    trunk = _bent(sheet, x, y + 6, height * 0.72)
    sheet.cut(limb(trunk, height * 0.075, height * 0.03), bark, lift=0.6)
    sheet.cut(tuft(rng, top[0], top[1], radius, radius * 1.08, bumps=11), colour, lift=0.8)
    if depth < 0.75:
        sheet.paint(
            tuft(rng, top[0] - radius * 0.12, top[1] - radius * 0.16, radius * 0.7, radius * 0.72),
            lighten(colour, 0.12),
        )
        _veins(sheet, top, radius, mix(bark, colour, 0.35), height)


def _veins(sheet: Sheet, top: Point, radius: float, colour: str, height: float) -> None:
    x, y = top
    twigs = [f"M{pair((x, y + radius * 0.9))}L{pair((x, y - radius * 0.45))}"]
    for side in (-1, 1):
        for start, reach in ((0.55, 0.5), (0.2, 0.48), (-0.12, 0.34)):
            a = (x, y + radius * start)
            b = (x + side * radius * reach, y + radius * (start - reach * 0.85))
            twigs.append(f"M{pair(a)}Q{num(x + side * radius * reach * 0.45)} {num(a[1] - radius * 0.08)} {pair(b)}")
    sheet.line("".join(twigs), colour, max(1.6, height * 0.011), opacity=0.75)


def tall_tree(sheet: Sheet, x: float, y: float, height: float, depth: float) -> None:
    """Draw a poplar: one upright leaf with a midrib."""
    colour = sheet.leaf_tone(depth)
    width = height * sheet.rng.uniform(0.15, 0.2)
    tip, foot = (x + sheet.lean * height, y - height), (x + sheet.lean * height * 0.06, y - height * 0.12)
    sheet.cut(
        limb(_bent(sheet, x, y + 6, height * 0.5, 2), height * 0.05, height * 0.03), sheet.tone(BARK, depth), lift=0.5
    )
    body = f"M{pair(foot)}C{num(x - width * 1.6)} {num(y - height * 0.3)} {num(tip[0] - width)} {num(y - height * 0.78)} {pair(tip)}"
    body += (
        f"C{num(tip[0] + width)} {num(y - height * 0.78)} {num(x + width * 1.6)} {num(y - height * 0.3)} {pair(foot)}Z"
    )
    sheet.cut(body, colour, lift=0.7)
    if depth < 0.75:
        ribs = [f"M{pair(foot)}L{num(x + sheet.lean * height * 0.7)} {num(y - height * 0.86)}"]
        for k in range(1, 6):
            yy = y - height * (0.16 + k * 0.11)
            xx = x + sheet.lean * height * (0.16 + k * 0.11)
            reach = width * (0.75 - k * 0.09)
            ribs += [f"M{num(xx)} {num(yy)}L{num(xx + side * reach)} {num(yy - reach * 1.1)}" for side in (-1, 1)]
        sheet.line("".join(ribs), lighten(colour, 0.22), max(1.4, height * 0.008), opacity=0.8)


def fir(sheet: Sheet, x: float, y: float, height: float, depth: float) -> None:
    """Draw a fir of stacked skirts; in winter with snow on them."""
    rng = sheet.rng
    colour = sheet.leaf_tone(depth, 0)
    width = height * rng.uniform(0.42, 0.52)
    tiers = 4 if height > 130 else 3
    sheet.cut(
        polygon(((x - height * 0.03, y + 6), (x + height * 0.03, y + 6), (x, y - height * 0.3))),
        sheet.tone(BARK, depth),
        lift=0.4,
    )
    for i in range(tiers):
        share = i / tiers
        foot = y - height * (0.1 + 0.78 * share)
        top = foot - height * (0.42 - 0.1 * share)
        if i == tiers - 1:
            top = y - height
        half = width * (1 - share * 0.72) / 2
        bend_foot, bend_top = sheet.lean * (y - foot), sheet.lean * (y - top)
        face = lighten(mix(colour, sheet.palette.shine, 0.05 * i), 0.035 * i)
        outline = _skirt((x + bend_top, top), (x + bend_foot, foot), half)
        sheet.cut(outline, face, lift=0.45 if depth > 0.3 else 0.6)
        if sheet.weather is Weather.SNOW and depth < 0.9:
            sheet.paint(
                _skirt((x + bend_top, top), (x + bend_foot, foot - (foot - top) * 0.42), half * 0.55),
                sheet.tone(SNOW, depth * 0.7),
            )


def _skirt(top: Point, foot: Point, half: float) -> str:
    x, y = foot
    hem = [(x + half - 2 * half * i / 5, y + (7 if i in (0, 5) else 0)) for i in range(6)]
    parts = [f"M{pair(top)}Q{num((top[0] + x) / 2 + half * 0.3)} {num((top[1] + y) / 2)} {pair(hem[0])}"]
    for i in range(5):
        a, b = hem[i], hem[i + 1]
        parts.append(f"Q{num((a[0] + b[0]) / 2)} {num(y + half * 0.22)} {pair(b)}")
    parts.append(f"Q{num((top[0] + x) / 2 - half * 0.3)} {num((top[1] + y) / 2)} {pair(top)}Z")
    return "".join(parts)


def leafy_tree(sheet: Sheet, x: float, y: float, height: float, depth: float) -> None:
    """Draw a tree whose branches carry single large leaves."""
    rng = sheet.rng
    bark = sheet.tone(BARK, depth)
    line = _bent(sheet, x, y + 6, height * 0.92, 6)
    sheet.cut(limb(line, height * 0.06, height * 0.012), bark, lift=0.6)
    which = rng.choice((0, 1, 1, 2))
    for i in range(2, 7):
        a = line[i]
        for side in (-1, 1):
            angle = -math.pi / 2 + side * rng.uniform(0.6, 1.0)
            reach = height * (0.3 - 0.032 * i)
            b = (a[0] + math.cos(angle) * reach + sheet.lean * reach, a[1] + math.sin(angle) * reach)
            sheet.line(f"M{pair(a)}L{pair(b)}", bark, max(2, height * 0.02))
            for spread in (-0.7, 0.0, 0.7):
                size = height * rng.uniform(0.13, 0.17)
                colour = lighten(sheet.leaf_tone(depth, which), rng.uniform(0, 0.16))
                sheet.cut(leaf(b[0], b[1], size, size * 0.42, angle + spread), colour, lift=0.3)


def birch(sheet: Sheet, x: float, y: float, height: float, depth: float) -> None:
    """Draw a slim white trunk with dark notches and a light crown."""
    rng = sheet.rng
    line = _bent(sheet, x, y + 6, height * 0.95, 6)
    crown = lighten(sheet.leaf_tone(depth, 1), 0.08)
    for a in line[3:]:
        size = height * rng.uniform(0.1, 0.15)
        sheet.cut(tuft(rng, a[0] + rng.uniform(-0.06, 0.06) * height, a[1], size * 1.2, size, bumps=8), crown, lift=0.5)
    white = sheet.tone("#f3eadb", depth)
    sheet.cut(limb(line, height * 0.045, height * 0.016), white, lift=0.6)
    notches = "".join(
        f"M{pair((a[0] - height * 0.015, a[1] + height * dy))}h{num(height * 0.018)}"
        for a in line[:-1]
        for dy in (0.0, -0.06, -0.1)
    )
    sheet.line(notches, sheet.tone("#4c4450", depth), max(1.4, height * 0.009), opacity=0.75)


def crooked_tree(sheet: Sheet, x: float, y: float, height: float, depth: float) -> None:
    """Draw a bare old tree that waves with its twigs, more comical than grim."""
    rng = sheet.rng
    colour = darken(sheet.tone("#5b4660", depth), 0.18 * (1 - depth))
    side = rng.choice((-1, 1))
    line = [
        (
            x + side * math.sin(i * 1.15) * height * 0.06 + sheet.lean * height * (i / 6) ** 2,
            y + 8 - height * 0.82 * i / 6,
        )
        for i in range(7)
    ]
    outlines = [limb(line, height * 0.12, height * 0.02)]
    for i in range(2, 7):
        reach = height * (0.36 - i * 0.032)
        outlines.append(_twig(line[i], (-1) ** i * side, reach, height * 0.045))
        if i > 3:
            outlines.append(_twig(line[i], -((-1) ** i) * side, reach * 0.7, height * 0.03))
    sheet.cut("".join(outlines), colour, lift=0.8)
    if depth < 0.3:
        hole = line[2]
        sheet.paint(ellipse(hole[0], hole[1], height * 0.022, height * 0.034), darken(colour, 0.5))
    for i in range(3, 7):
        if rng.random() < 0.7:
            spot = line[i]
            sheet.cut(
                leaf(spot[0], spot[1], height * 0.07, height * 0.026, rng.uniform(0, 3)),
                sheet.leaf_tone(depth, 2),
                lift=0.3,
            )


def _twig(start: Point, side: float, reach: float, thick: float) -> str:
    x, y = start
    line = [
        (x, y),
        (x + side * reach * 0.45, y - reach * 0.1),
        (x + side * reach * 0.75, y - reach * 0.42),
        (x + side * reach, y - reach * 0.5),
    ]
    curl = [line[1], (x + side * reach * 0.62, y - reach * 0.0), (x + side * reach * 0.82, y + reach * 0.06)]
    hook = [line[2], (x + side * reach * 0.72, y - reach * 0.66), (x + side * reach * 0.82, y - reach * 0.82)]
    return limb(line, thick, 2) + limb(curl, thick * 0.4, 1.5) + limb(hook, thick * 0.4, 1.5)


def draw_palm(sheet: Sheet, x: float, y: float, height: float, depth: float) -> None:
    """Draw a palm that leans over the beach."""
    rng = sheet.rng
    side = rng.choice((-1, 1))
    line = [(x + side * height * 0.26 * (i / 6) ** 1.7, y + 8 - height * i / 6) for i in range(7)]
    sheet.cut(limb(line, height * 0.075, height * 0.04), sheet.tone("#9a6b45", depth), lift=0.8)
    rings = "".join(
        f"M{pair((a[0] - height * 0.024, a[1]))}q{num(height * 0.024)} {num(height * 0.014)} {num(height * 0.048)} 0"
        for a in line[1:-1]
    )
    sheet.line(rings, sheet.tone("#6d4930", depth), 2.5, opacity=0.7)
    head = line[-1]
    for k, angle in enumerate((-2.9, -2.45, -1.9, -1.25, -0.7, -0.25, 0.25, -3.4)):
        reach = height * rng.uniform(0.36, 0.46)
        droop = reach * 0.4
        tip = (head[0] + math.cos(angle) * reach + sheet.lean * reach, head[1] + math.sin(angle) * reach * 0.55 + droop)
        mid = (head[0] + math.cos(angle) * reach * 0.55, head[1] + math.sin(angle) * reach * 0.6 - reach * 0.12)
        low = (mid[0] - math.sin(angle) * 4, mid[1] + reach * 0.24)
        sheet.cut(
            f"M{pair(head)}Q{pair(mid)} {pair(tip)}Q{pair(low)} {pair(head)}Z",
            sheet.leaf_tone(depth, 1 if k % 3 == 0 else 0),
            lift=0.5,
        )
    sheet.paint(
        "".join(ellipse(head[0] + dx, head[1] + 10, height * 0.026, height * 0.026) for dx in (-9, 8)),
        sheet.tone("#6d4930", depth),
    )
