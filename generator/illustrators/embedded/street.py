"""What stands about in streets and harbours: lamps, boats, fences."""

from generator.illustrators.embedded.buildings import ROOFS
from generator.illustrators.embedded.colour import darken, lighten
from generator.illustrators.embedded.paper import box, limb, num, pair, polygon, smooth
from generator.illustrators.embedded.sheet import Sheet


def draw_lamp(sheet: Sheet, x: float, y: float, height: float, depth: float = 0.0) -> None:
    """Draw a street lamp with a swan neck, lit in the evening."""
    iron = sheet.tone("#39404f", depth)
    head = (x + height * 0.13, y - height * 0.86)
    if sheet.dark:
        sheet.glow(*head, height * 0.62, sheet.palette.lamp, 0.75)
        sheet.pool(x, y + 4, height * 0.5, sheet.palette.lamp, 0.4)
    sheet.cut(
        limb([(x, y + 8), (x, y - height * 0.5), (x, y - height * 0.92)], height * 0.05, height * 0.026), iron, lift=0.6
    )
    sheet.line(
        f"M{num(x)} {num(y - height * 0.9)}q{num(height * 0.02)} {num(-height * 0.1)} {num(height * 0.1)} {num(-height * 0.06)}q{num(height * 0.04)} {num(height * 0.03)} {num(height * 0.03)} {num(height * 0.08)}",
        iron,
        max(3, height * 0.022),
    )
    bulb = sheet.palette.lamp if sheet.dark else sheet.tone("#f5ecd2", depth)
    sheet.cut(
        smooth(
            [
                (head[0] - height * 0.045, head[1]),
                (head[0] + height * 0.045, head[1]),
                (head[0] + height * 0.03, head[1] + height * 0.1),
                (head[0] - height * 0.03, head[1] + height * 0.1),
            ]
        ),
        bulb,
        lift=0.3,
    )
    sheet.paint(
        polygon(
            (
                (head[0] - height * 0.06, head[1] + 3),
                (head[0], head[1] - height * 0.05),
                (head[0] + height * 0.06, head[1] + 3),
            )
        ),
        iron,
    )


def draw_boat(sheet: Sheet, x: float, y: float, size: float, depth: float) -> None:
    """Draw a moored sailing boat, `size` wide, on the water at y."""
    rng = sheet.rng
    hull, sail = (
        sheet.tone(rng.choice(ROOFS), depth),
        sheet.tone(rng.choice(("#fbf0da", "#f3c98b", "#e8948a", "#bfd9d4")), depth),
    )
    mast = y - size * 1.15
    sheet.line(f"M{num(x)} {num(y)}V{num(mast)}", sheet.tone("#6b4a34", depth), max(2, size * 0.03))
    sheet.cut(
        f"M{pair((x + size * 0.03, mast))}Q{pair((x + size * 0.42, y - size * 0.6))} {pair((x + size * 0.44, y - size * 0.24))}L{pair((x + size * 0.03, y - size * 0.24))}Z",
        sail,
        lift=0.5,
    )
    sheet.cut(
        polygon(
            (
                (x - size * 0.03, mast + size * 0.16),
                (x - size * 0.36, y - size * 0.24),
                (x - size * 0.03, y - size * 0.24),
            )
        ),
        darken(sail, 0.1),
        lift=0.5,
    )
    sheet.cut(
        f"M{pair((x - size * 0.5, y - size * 0.2))}H{num(x + size * 0.54)}Q{pair((x + size * 0.44, y + size * 0.06))} {pair((x + size * 0.28, y + size * 0.08))}H{num(x - size * 0.3)}Q{pair((x - size * 0.46, y))} {pair((x - size * 0.5, y - size * 0.2))}Z",
        hull,
        lift=0.6,
    )
    sheet.line(
        f"M{num(x - size * 0.47)} {num(y - size * 0.13)}H{num(x + size * 0.5)}",
        lighten(hull, 0.45),
        max(2, size * 0.025),
    )


def draw_fence(
    sheet: Sheet, left: float, right: float, ground: float, height: float, depth: float, *, local: str = "#e9dcc6"
) -> None:
    """Draw a picket fence."""
    colour = sheet.tone(local, depth)
    step = height * 0.36
    count = max(2, int((right - left) / step))
    rails = "".join(box(left, ground - height * at, count * step, height * 0.09) for at in (0.72, 0.32))
    pickets = "".join(
        polygon(
            (
                (left + k * step, ground + 8),
                (left + k * step, ground - height * 0.86),
                (left + (k + 0.3) * step, ground - height),
                (left + (k + 0.6) * step, ground - height * 0.86),
                (left + (k + 0.6) * step, ground + 8),
            )
        )
        for k in range(count)
    )
    sheet.cut(rails, darken(colour, 0.12), lift=0.4)
    sheet.cut(pickets, colour, lift=0.5)
