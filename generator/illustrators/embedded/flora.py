"""Bushes, grasses, flowers and other small things that grow."""

import math

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.paper import ellipse, leaf, limb, num, pair, polygon, scallops, smooth
from generator.illustrators.embedded.sheet import Sheet
from generator.story import Genre


def draw_bush(sheet: Sheet, x: float, y: float, size: float, depth: float, which: int | None = None) -> None:
    """Draw a low round bush, sometimes with berries."""
    rng = sheet.rng
    colour = sheet.leaf_tone(depth, which)
    points = [(x - size, y + 10)]
    points += [
        (
            x + size * math.cos(math.pi * (1 - i / 6)) * 0.95,
            y - size * 0.75 * math.sin(math.pi * i / 6) * rng.uniform(0.85, 1.1),
        )
        for i in range(1, 6)
    ]
    points += [(x + size, y + 10)]
    sheet.cut(scallops(points).rsplit("A", 1)[0] + "Z", colour, lift=0.7)
    if depth < 0.5 and rng.random() < 0.6:
        berry = sheet.tone(rng.choice(("#e4574c", "#f6c453", "#f2efe6")), depth)
        dots = "".join(
            ellipse(x + rng.uniform(-0.7, 0.7) * size, y - rng.uniform(0.1, 0.5) * size, size * 0.05, size * 0.05)
            for _ in range(7)
        )
        sheet.paint(dots, berry)


def draw_grass(sheet: Sheet, x: float, y: float, size: float, colour: str) -> None:
    """Draw a tuft of bent blades."""
    rng = sheet.rng
    blades = []
    for i in range(5):
        lean = (i - 2) * 0.32 + rng.uniform(-0.1, 0.1) + sheet.lean * 4
        tip = (x + lean * size, y - size * rng.uniform(0.7, 1.1))
        blades.append(
            f"M{pair((x + i * 3 - 9, y + 5))}Q{num(x + lean * size * 0.2)} {num(y - size * 0.5)} {pair(tip)}Q{num(x + lean * size * 0.4 + 4)} {num(y - size * 0.3)} {pair((x + i * 3 - 3, y + 5))}Z"
        )
    sheet.paint("".join(blades), colour)


def draw_flower(sheet: Sheet, x: float, y: float, size: float, depth: float = 0.0) -> None:
    """Draw a flower with round petals on a stem with two leaves."""
    rng = sheet.rng
    head = (x + sheet.lean * size * 2 + rng.uniform(-3, 3), y - size)
    green = sheet.leaf_tone(depth, 0)
    sheet.line(f"M{pair((x, y + 4))}Q{pair((x, y - size * 0.5))} {pair(head)}", green, max(2, size * 0.06))
    sheet.paint(
        leaf(x, y - size * 0.1, size * 0.45, size * 0.14, -0.6)
        + leaf(x, y - size * 0.1, size * 0.45, size * 0.14, -2.5),
        green,
    )
    petal = sheet.tone(rng.choice(("#f4f0e4", "#f2a7a0", "#f6c453", "#b9a5e8", sheet.palette.leaves[2])), depth)
    petals = "".join(
        ellipse(
            head[0] + math.cos(k * math.tau / 5) * size * 0.17,
            head[1] + math.sin(k * math.tau / 5) * size * 0.17,
            size * 0.14,
            size * 0.14,
        )
        for k in range(5)
    )
    sheet.cut(petals, petal, lift=0.35)
    sheet.paint(ellipse(head[0], head[1], size * 0.1, size * 0.1), sheet.tone("#f0b440", depth))


def draw_mushroom(sheet: Sheet, x: float, y: float, size: float) -> None:
    """Draw a toadstool with dots; it glows a little in fantasy."""
    cap = sheet.tone("#5ad0c0" if sheet.genre is Genre.FANTASY else "#d1503f")
    if sheet.genre is Genre.FANTASY and sheet.dark:
        sheet.glow(x, y - size * 0.7, size * 1.6, sheet.palette.spark, 0.35)
    sheet.cut(
        polygon(
            (
                (x - size * 0.14, y + 4),
                (x + size * 0.14, y + 4),
                (x + size * 0.1, y - size * 0.7),
                (x - size * 0.1, y - size * 0.7),
            )
        ),
        sheet.tone("#f2e6d0"),
        lift=0.4,
    )
    sheet.cut(
        f"M{pair((x - size * 0.5, y - size * 0.55))}Q{pair((x - size * 0.4, y - size * 1.15))} {pair((x, y - size * 1.15))}Q{pair((x + size * 0.4, y - size * 1.15))} {pair((x + size * 0.5, y - size * 0.55))}Q{pair((x, y - size * 0.42))} {pair((x - size * 0.5, y - size * 0.55))}Z",
        cap,
        lift=0.4,
    )
    sheet.paint(
        "".join(
            ellipse(x + dx * size, y - dy * size, size * 0.06, size * 0.05)
            for dx, dy in ((-0.22, 0.75), (0.02, 0.95), (0.24, 0.72))
        ),
        sheet.tone("#fff4e2"),
    )


def draw_reeds(sheet: Sheet, x: float, y: float, height: float, depth: float) -> None:
    """Draw a clump of reeds with brown cigars."""
    rng = sheet.rng
    green, brown = sheet.leaf_tone(depth, 0), sheet.tone("#7b4f33", depth)
    for i in range(6):
        foot = x + (i - 2.5) * height * 0.07
        lean = (rng.uniform(-0.1, 0.12) + sheet.lean) * height
        size = height * rng.uniform(0.7, 1)
        sheet.paint(
            f"M{pair((foot - 4, y))}Q{pair((foot, y - size * 0.6))} {pair((foot + lean, y - size))}Q{pair((foot + 6, y - size * 0.5))} {pair((foot + 5, y))}Z",
            green,
        )
        if i % 2:
            tip = (foot + lean * 0.8, y - size * 1.04)
            sheet.line(f"M{pair((foot, y))}Q{pair((foot, y - size * 0.6))} {pair(tip)}", green, 3)
            sheet.line(f"M{pair(tip)}l{num(lean * 0.05)} {num(-height * 0.16)}", brown, max(6, height * 0.045))


def draw_cactus(sheet: Sheet, x: float, y: float, height: float, depth: float) -> None:
    """Draw a cactus with two arms and a flower."""
    green = sheet.tone(mix("#3f8f66", sheet.palette.leaves[0], 0.4), depth)
    wide = height * 0.17
    arms = []
    for side, at, up in ((-1, 0.42, 0.34), (1, 0.55, 0.26)):
        elbow = (x + side * height * 0.22, y - height * at)
        arms.append(
            limb(
                [
                    (x, elbow[1] + height * 0.04),
                    (x + side * height * 0.12, elbow[1] + height * 0.03),
                    elbow,
                    (elbow[0], elbow[1] - height * up),
                ],
                wide * 0.7,
                wide * 0.62,
            )
        )
        arms.append(ellipse(elbow[0], elbow[1] - height * up, wide * 0.33, wide * 0.33))
    body = limb([(x, y + 8), (x, y - height * 0.5), (x, y - height * 0.92)], wide, wide * 0.84) + ellipse(
        x, y - height * 0.92, wide * 0.44, wide * 0.44
    )
    sheet.cut("".join(arms), darken(green, 0.1), lift=0.6)
    sheet.cut(body, green, lift=0.7)
    ribs = "".join(f"M{num(x + dx * wide)} {num(y)}V{num(y - height * 0.88)}" for dx in (-0.22, 0.02, 0.26))
    sheet.line(ribs, lighten(green, 0.25), 2, opacity=0.6)
    sheet.paint(
        smooth([(x - 12, y - height), (x, y - height - 16), (x + 12, y - height), (x, y - height + 8)]),
        sheet.tone("#f0708a", depth),
    )
