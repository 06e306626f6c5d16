"""What several places share: the ground one stands on, water, rows of trees."""

from collections.abc import Callable

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.flora import draw_flower, draw_grass, draw_mushroom
from generator.illustrators.embedded.paper import HEIGHT, WIDTH, blob, box, ellipse, num, polygon, waves
from generator.illustrators.embedded.sheet import Sheet
from generator.illustrators.embedded.terrain import Curve, floor_line, level
from generator.illustrators.embedded.trees import draw_tree
from generator.story import Weather

SINK = 16.0  # figures stand this far below the upper edge of the floor


def lay_floor(sheet: Sheet, local: str, *, base: float = 932, decor: str = "grass") -> Curve:
    """Lay the floor and what lies on it; return the line on which feet stand."""
    edge = floor_line(sheet.rng, base)
    sheet.land(edge, local, 0.0, lift=1.7)
    if decor == "grass":
        _meadow_floor(sheet, edge, local)
    elif decor == "stones":
        _stones(sheet, edge, local)
    elif decor == "planks":
        _planks(sheet, edge, local)
    elif decor == "cobbles":
        _cobbles(sheet, edge, local)
    return edge.shift(SINK)


def _snowy(sheet: Sheet) -> bool:
    return sheet.weather is Weather.SNOW


def _meadow_floor(sheet: Sheet, edge: Curve, local: str) -> None:
    rng = sheet.rng
    blade = lighten(sheet.tone(local), 0.12)
    for _ in range(26):
        x = rng.uniform(0, WIDTH)
        draw_grass(sheet, x, edge.at(x) + 4, rng.uniform(10, 20), mix(blade, sheet.palette.shine, 0.15))
    for _ in range(16):
        x = rng.uniform(60, WIDTH - 60)
        draw_grass(sheet, x, edge.at(x) + rng.uniform(50, 150), rng.uniform(16, 28), darken(sheet.tone(local), 0.14))
    if _snowy(sheet):
        return
    for _ in range(12):
        x = rng.choice((rng.uniform(30, 420), rng.uniform(WIDTH - 420, WIDTH - 30), rng.uniform(0, WIDTH)))
        draw_flower(sheet, x, edge.at(x) + rng.uniform(60, 140), rng.uniform(24, 40))
    for _ in range(rng.randint(0, 3)):
        x = rng.choice((rng.uniform(60, 300), rng.uniform(WIDTH - 300, WIDTH - 60)))
        draw_mushroom(sheet, x, edge.at(x) + rng.uniform(20, 70), rng.uniform(34, 56))


def _stones(sheet: Sheet, edge: Curve, local: str) -> None:
    rng = sheet.rng
    for _ in range(20):
        x, size = rng.uniform(0, WIDTH), rng.uniform(8, 26)
        y = edge.at(x) + rng.uniform(34, 200)
        shade = mix(sheet.tone(local), sheet.palette.shine, rng.uniform(0, 0.2))
        sheet.cut(blob(rng, x, y, size * 1.5, size * 0.7), darken(shade, rng.uniform(0, 0.25)), lift=0.4)


def _planks(sheet: Sheet, edge: Curve, local: str) -> None:
    rng = sheet.rng
    colour = darken(sheet.tone(local), 0.32)
    y = edge.at(800) + 46
    gap = 36.0
    while y < HEIGHT:
        sheet.line(f"M0 {num(y)}H{WIDTH}", colour, 2.4, opacity=0.6)
        ends = "".join(f"M{num(rng.uniform(0, WIDTH))} {num(y)}v{num(gap * 1.3)}" for _ in range(4))
        sheet.line(ends, colour, 2, opacity=0.5)
        gap *= 1.3
        y += gap


def _cobbles(sheet: Sheet, edge: Curve, local: str) -> None:
    rng = sheet.rng
    tone = sheet.tone(local)
    y, size = 40.0, 26.0
    while y < 270:
        x = rng.uniform(-size, 0)
        outlines: tuple[list[str], list[str]] = ([], [])
        while x < WIDTH + size:
            outlines[rng.random() < 0.4].append(ellipse(x, edge.at(x) + y, size * 0.9, size * 0.36))
            x += size * 2.1
        sheet.paint("".join(outlines[0]), lighten(tone, 0.12), opacity=0.55)
        sheet.paint("".join(outlines[1]), darken(tone, 0.18), opacity=0.55)
        y += size * 0.95
        size *= 1.16


def lay_water(
    sheet: Sheet, top: float, *, bottom: float = 1000, local: str = "#3f8fb0", rows: int = 5, height: float = 9
) -> None:
    """Lay a sea from the horizon at `top`, row by row of paper waves, with the light on it."""
    rng, palette = sheet.rng, sheet.palette
    far = mix(sheet.tone(local, 0.5), palette.sky[2], 0.35)
    near = sheet.tone(local, 0.0)
    sheet.water = mix(far, near, 0.62)
    fill = sheet.vertical(top, bottom, (0, far, 1), (1, near, 1))
    sheet.cut(box(-20, top, WIDTH + 40, bottom - top + 200), fill, lift=0.5, edge=lighten(far, 0.3))
    x = sheet.light[0]
    glitter = []
    for i in range(34):
        y = top + 8 + (bottom - top) * (i / 34) ** 1.2
        reach = 16 + (y - top) * 0.5
        glitter.append(box(x + rng.uniform(-1, 1) * reach, y, rng.uniform(16, 40) + (y - top) * 0.12, 3.4))
    sheet.paint("".join(glitter), mix(palette.disc, palette.shine, 0.3), opacity=0.55)
    for i in range(rows):
        share = (i + 1) / (rows + 0.6)
        y = top + (bottom - top) * share**1.25
        colour = mix(far, near, share)
        crest = lighten(mix(colour, palette.shine, 0.25), 0.2)
        length = 50 + 90 * share
        face = sheet.vertical(y - 20, y + 110, (0, lighten(colour, 0.07), 1), (1, colour, 0))
        start = -60 - rng.uniform(0, length)
        outline = waves(y, start, WIDTH + 120, length=length, height=height * (0.5 + share), bottom=y + 110)
        sheet.shadow(outline, 0.35)
        sheet.paint(outline, crest, opacity=0.55)
        sheet.add(f'<path d="{outline}" fill="{face}" transform="translate(0 3)"/>')
        sheet.paint(
            waves(y + 3, start, WIDTH + 120, length=length, height=height * (0.5 + share), bottom=y + 100),
            colour,
            opacity=0.6,
        )


def lay_swell(sheet: Sheet, y: float) -> Curve:
    """Lay the waves before what floats, and return the line on which it floats."""
    rng = sheet.rng
    sheet.slot = len(sheet.parts)
    for k, dy in enumerate((0, 44)):
        colour = mix(sheet.water, sheet.palette.shadow, 0.06 * k)
        outline = waves(
            y + dy, -60 - rng.uniform(0, 100), WIDTH + 140, length=96 + 20 * k, height=10 + 3 * k, bottom=1010
        )
        fill = sheet.vertical(y + dy, y + dy + 90, (0, lighten(colour, 0.12), 1), (1, colour, 1))
        sheet.cut(outline, fill, lift=0.4, edge=lighten(mix(colour, sheet.palette.shine, 0.25), 0.22))
    return level(y + 4)


def plant_row(
    sheet: Sheet,
    line: Curve,
    height: float,
    depth: float,
    count: int,
    *,
    gap: tuple[float, float] = (0, 0),
    kinds: tuple[str, ...] = (),
    planter: Callable[..., None] = draw_tree,
) -> None:
    """Plant trees along a line, back to front, leaving the gap (left, right) free."""
    rng = sheet.rng
    spots = [WIDTH * (i + rng.uniform(0.15, 0.85)) / count for i in range(count)]
    for x in spots:
        if gap[0] < x < gap[1]:
            continue
        size = height * rng.uniform(0.72, 1.12)
        planter(sheet, x, line.at(x) + 6, size, depth, *([rng.choice(kinds)] if kinds else []))


def rays(sheet: Sheet, x: float, y: float, *, count: int = 6, length: float = 1100, strength: float = 0.2) -> None:
    """Let broad beams fall from the light."""
    rng = sheet.rng
    colour = lighten(sheet.palette.shine, 0.3)
    for i in range(count):
        target = x + (WIDTH / 2 - x) * 0.8 + (i - (count - 1) / 2) * 190 + rng.uniform(-40, 40)
        wide = rng.uniform(30, 80)
        fill = sheet.vertical(y, y + length, (0, colour, strength), (1, colour, 0))
        sheet.paint(
            polygon(
                ((x - 10 + i * 4, y), (x + 10 + i * 4, y), (target + wide, y + length), (target - wide, y + length))
            ),
            fill,
        )
