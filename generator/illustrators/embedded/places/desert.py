"""The desert: dunes, a rock arch, cacti."""

from generator.illustrators.embedded.colour import darken, lighten
from generator.illustrators.embedded.flora import draw_cactus
from generator.illustrators.embedded.paper import num, pair, polygon
from generator.illustrators.embedded.places.ground import lay_floor
from generator.illustrators.embedded.scenery import Scenery
from generator.illustrators.embedded.sheet import Sheet
from generator.illustrators.embedded.sky import draw_sky
from generator.illustrators.embedded.terrain import hills


def desert(sheet: Sheet) -> Scenery:
    """Draw dunes, a rock arch and cacti."""
    rng = sheet.rng
    draw_sky(sheet)
    sand = "#e8b878"
    rock = "#c06a48"
    line = hills(rng, 650, 16)
    for x in (rng.uniform(120, 420), rng.uniform(1150, 1500)):
        _mesa(sheet, x, 680, rng.uniform(200, 340), rng.uniform(150, 240), rock, 0.78)
    sheet.land(line, sand, 0.8)
    _dune(sheet, 730, 0.55, sand)
    _rock_arch(sheet, rng.uniform(1080, 1300), 800, rng.uniform(330, 420), rock, 0.34)
    _dune(sheet, 800, 0.3, "#e2a866")
    for x, size in (
        (rng.uniform(130, 260), rng.uniform(220, 330)),
        (rng.uniform(330, 460), rng.uniform(110, 150)),
        (rng.uniform(1380, 1500), rng.uniform(170, 260)),
    ):
        draw_cactus(sheet, x, 905, size, 0.16)
    _dune(sheet, 872, 0.12, sand)
    floor = lay_floor(sheet, "#e0a660", decor="stones")
    for k in range(5):
        y = floor.at(800) + 40 + k * 34
        ripple = "".join(f"q60 {10 - (i % 2) * 20} 120 0" for i in range(14))
        sheet.line(
            f"M{num(-rng.uniform(0, 120))} {num(y)}{ripple}", lighten(sheet.tone("#e0a660"), 0.25), 2.4, opacity=0.4
        )
    return Scenery(floor, frame="rock")


def _dune(sheet: Sheet, base: float, depth: float, local: str) -> None:
    """Draw a dune with a shaded lee side."""
    rng = sheet.rng
    line = hills(rng, base, 42, length=1100)
    sheet.land(line, local, depth)
    points = line.points
    top = min(range(12, len(points) - 24), key=lambda i: points[i][1])
    x, y = points[top]
    lee = [
        (x, y + 3),
        *[(p[0], p[1] + 3) for p in points[top : top + 22]],
        (x + 300, y + 170),
        (x + 60, y + 130),
        (x + 90, y + 60),
    ]
    sheet.paint(polygon(lee), darken(sheet.tone(local, depth), 0.2), opacity=0.45)


def _mesa(sheet: Sheet, x: float, y: float, width: float, height: float, local: str, depth: float) -> None:
    colour = sheet.tone(local, depth)
    half = width / 2
    sheet.cut(
        polygon(
            (
                (x - half, y),
                (x - half * 0.8, y - height * 0.5),
                (x - half * 0.7, y - height),
                (x + half * 0.65, y - height),
                (x + half * 0.8, y - height * 0.45),
                (x + half, y),
            )
        ),
        colour,
        lift=0.7,
    )
    for k in (0.3, 0.6):
        sheet.line(
            f"M{num(x - half * 0.76)} {num(y - height * k)}H{num(x + half * 0.76)}", darken(colour, 0.2), 4, opacity=0.5
        )


def _rock_arch(sheet: Sheet, x: float, y: float, size: float, local: str, depth: float) -> None:
    colour = sheet.tone(local, depth)
    half = size / 2
    outline = (
        f"M{pair((x - half, y + 30))}C{pair((x - half * 1.1, y - size * 0.5))} {pair((x - half * 0.5, y - size * 0.86))} {pair((x + half * 0.1, y - size * 0.82))}"
        f"C{pair((x + half * 0.8, y - size * 0.78))} {pair((x + half * 1.15, y - size * 0.4))} {pair((x + half, y + 30))}H{num(x + half * 0.5)}"
        f"C{pair((x + half * 0.6, y - size * 0.3))} {pair((x + half * 0.4, y - size * 0.52))} {pair((x, y - size * 0.52))}"
        f"C{pair((x - half * 0.4, y - size * 0.52))} {pair((x - half * 0.5, y - size * 0.3))} {pair((x - half * 0.36, y + 30))}Z"
    )
    sheet.cut(outline, colour, lift=1.0)
    bands = f"M{pair((x - half * 0.96, y - size * 0.2))}q{num(half * 0.25)} 12 {num(half * 0.5)} 0M{pair((x - half * 0.84, y - size * 0.5))}q{num(half * 0.2)} 14 {num(half * 0.4)} 0M{pair((x + half * 0.5, y - size * 0.3))}q{num(half * 0.25)} 12 {num(half * 0.45)} -4"
    sheet.line(bands, darken(colour, 0.22), 4, opacity=0.6)
