"""Houses with windows, doors and smoke."""

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.paper import arch, box, ellipse, num, pair, polygon
from generator.illustrators.embedded.sheet import SNOW, Sheet
from generator.story import Genre, Weather

WALLS = ("#f0d9b5", "#e8b48a", "#c9d6c3", "#e6c8c4", "#b9cbd9", "#f3e7cf")
ROOFS = ("#b4553f", "#8f4a56", "#4f6d86", "#6c5a86", "#a9743c")


def draw_window(
    sheet: Sheet, x: float, y: float, width: float, height: float, depth: float, *, lit: bool | None = None
) -> None:
    """Draw a window with a cross and a sill; behind it there is light in the evening. (x, y) is the middle of the sill."""
    glows = sheet.dark and sheet.rng.random() < 0.75 if lit is None else lit
    if glows:
        sheet.glow(x, y - height / 2, width * 2.1, sheet.palette.lamp, 0.5)
    pane = mix(sheet.palette.lamp, sheet.palette.haze, depth * 0.35) if glows else sheet.tone("#5b7f95", depth)
    sheet.paint(arch(x, y, width, height), pane)
    frame = sheet.tone("#6b4a3c", depth)
    sheet.line(
        f"M{num(x)} {num(y)}v{num(-height)}M{num(x - width / 2)} {num(y - height * 0.45)}h{num(width)}",
        frame,
        max(1.5, width * 0.08),
    )
    sheet.line(f"M{num(x - width * 0.62)} {num(y)}h{num(width * 1.24)}", lighten(frame, 0.3), max(2, width * 0.13))


def draw_house(
    sheet: Sheet, x: float, y: float, width: float, height: float, depth: float, *, wall: str = "", roof: str = ""
) -> None:
    """Draw a gabled house with its foot at (x, y); `height` includes the roof."""
    rng = sheet.rng
    wall = sheet.tone(wall or rng.choice(WALLS), depth)
    roof = sheet.tone(roof or rng.choice(ROOFS), depth)
    rise = height * rng.uniform(0.34, 0.46)
    eaves = y - height + rise
    half = width / 2
    crook = width * 0.12 if sheet.genre is Genre.SPOOKY else 0
    if rng.random() < 0.6:
        chimney = x + half * 0.45
        sheet.cut(box(chimney, y - height * 0.98, width * 0.13, rise), darken(wall, 0.25), lift=0.5)
        if sheet.weather is not Weather.WIND:
            draw_smoke(sheet, chimney + width * 0.06, y - height, width * 0.12)
    sheet.cut(box(x - half, eaves - 2, width, y - eaves + 14), wall, lift=0.8)
    outline = polygon(((x - half * 1.2, eaves + 4), (x + crook, y - height), (x + half * 1.2, eaves + 4)))
    sheet.cut(outline, roof, lift=0.7)
    if sheet.weather is Weather.SNOW:
        cap = polygon(
            (
                (x - half * 0.95, eaves - rise * 0.16),
                (x + crook, y - height - 4),
                (x + half * 0.95, eaves - rise * 0.16),
            )
        )
        sheet.paint(cap, sheet.tone(SNOW, depth * 0.6))
    else:
        rows = "".join(
            f"M{num(x - half * 1.1 * k)} {num(eaves - rise * (1 - k))}h{num(half * 2.2 * k)}" for k in (0.45, 0.72)
        )
        sheet.line(rows, lighten(roof, 0.2), 2, opacity=0.6)
    _house_front(sheet, x, y, width, y - eaves, depth)


def _house_front(sheet: Sheet, x: float, y: float, width: float, height: float, depth: float) -> None:
    size = min(width * 0.19, height * 0.3)
    rows = max(1, min(3, int(height / (size * 2.3))))
    for row in range(rows):
        sill = y - height + size * 1.75 + row * size * 2.1
        for k in (-0.27, 0.27):
            if row < rows - 1 or k < 0 or rows == 1:
                draw_window(sheet, x + k * width, sill, size, size * 1.35, depth)
    door = x + (0.24 if rows > 1 else 0.0) * width
    sheet.cut(arch(door, y + 8, size * 1.15, size * 2), sheet.tone("#7a4a3a", depth), lift=0.3)


def draw_smoke(sheet: Sheet, x: float, y: float, size: float) -> None:
    """Draw three rings of smoke that rise from a chimney."""
    for k in range(3):
        sheet.paint(
            ellipse(x + k * size * 0.8, y - size * (0.9 + k * 1.5), size * (0.6 + k * 0.25), size * (0.5 + k * 0.2)),
            sheet.tone("#ffffff", 0.4),
            opacity=0.5 - k * 0.13,
        )


def draw_block(sheet: Sheet, x: float, y: float, width: float, height: float, depth: float) -> None:
    """Draw a town house with a flat, stepped or pointed top and rows of windows."""
    rng = sheet.rng
    wall = sheet.tone(rng.choice(WALLS + ROOFS), depth)
    style = rng.choice(("step", "flat", "dome", "point"))
    half, top = width / 2, y - height
    caps = {
        "step": polygon(
            (
                (x - half, top),
                (x - half * 0.6, top),
                (x - half * 0.6, top - half * 0.4),
                (x - half * 0.25, top - half * 0.4),
                (x - half * 0.25, top - half * 0.75),
                (x + half * 0.25, top - half * 0.75),
                (x + half * 0.25, top - half * 0.4),
                (x + half * 0.6, top - half * 0.4),
                (x + half * 0.6, top),
                (x + half, top),
                (x + half, top + 4),
                (x - half, top + 4),
            )
        ),
        "flat": box(x - half * 1.08, top - 10, width * 1.08, 14),
        "dome": f"M{pair((x - half * 0.9, top + 3))}C{pair((x - half, top - half))} {pair((x - half * 0.2, top - half))} {pair((x, top - half * 1.5))}C{pair((x + half * 0.2, top - half))} {pair((x + half, top - half))} {pair((x + half * 0.9, top + 3))}Z",
        "point": polygon(((x - half * 1.1, top + 4), (x, top - half * 1.3), (x + half * 1.1, top + 4))),
    }
    sheet.cut(box(x - half, top, width, height + 14), wall, lift=0.8)
    sheet.cut(caps[style], wall if style == "step" else sheet.tone(rng.choice(ROOFS), depth), lift=0.6)
    columns = max(2, int(width / 46))
    size = width / columns * 0.42
    for row in range(int((height - size) / (size * 2.2))):
        for k in range(columns):
            left = x - half + width * (k + 0.5) / columns
            lit = sheet.dark and rng.random() < 0.55
            pane = mix(sheet.palette.lamp, sheet.palette.haze, depth * 0.4) if lit else darken(wall, 0.25)
            sheet.paint(arch(left, top + size * 2 + row * size * 2.2, size, size * 1.4), pane)
