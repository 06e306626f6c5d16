"""Mountain and snowfield."""

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.paper import WIDTH, ellipse, polygon
from generator.illustrators.embedded.places.ground import lay_floor, plant_row
from generator.illustrators.embedded.scenery import Scenery
from generator.illustrators.embedded.sheet import SNOW, Sheet
from generator.illustrators.embedded.sky import draw_sky
from generator.illustrators.embedded.terrain import Curve, hills, peaks
from generator.story import Weather


def mountain(sheet: Sheet) -> Scenery:
    """Draw snowy summits behind dark firs and a rocky ledge."""
    rng = sheet.rng
    draw_sky(sheet)
    for base, rise, depth, count in ((660, 380, 0.86, 5), (740, 330, 0.58, 4)):
        high = rise * (0.55 if sheet.cover else 1.0)  # the large disc of a cover stays whole above them
        line = peaks(rng, base, high, count=count)
        _summits(sheet, line, base, high, depth)
    for base, height, depth in ((770, 130, 0.42), (848, 210, 0.2)):
        line = hills(rng, base, 30, dip=70)
        plant_row(
            sheet,
            line,
            height,
            depth,
            16 if depth > 0.3 else 13,
            kinds=("fir",),
            gap=(540, 1060) if depth < 0.3 else (0, 0),
        )
        sheet.land(line, sheet.palette.leaves[0], depth)
    return Scenery(lay_floor(sheet, mix("#8b8a92", sheet.palette.leaves[0], 0.25), decor="stones"), frame="firs")


def _summits(sheet: Sheet, line: Curve, base: float, rise: float, depth: float) -> None:
    """Draw a range with facets of shade and caps of snow."""
    rock = mix("#6f7690", sheet.palette.sky[0], 0.25)
    sheet.land(line, rock, depth, mist=0.7)
    points = line.points
    snow, shade = sheet.tone(SNOW, depth * 0.55), darken(sheet.tone(rock, depth), 0.14)
    for i in range(4, len(points) - 4):
        x, y = points[i]
        if y > base - rise * 0.45 or y != min(p[1] for p in points[i - 4 : i + 5]):
            continue
        drop = (base - y) * 0.34
        left = next((p for p in reversed(points[:i]) if p[1] > y + drop), points[0])
        right = next((p for p in points[i:] if p[1] > y + drop), points[-1])
        face = [p for p in points if x <= p[0] <= right[0] + 160]
        sheet.paint(
            polygon([(x, y), *face, (right[0] + 60, base + 40), (x + 30, base - drop), (x - 14, y + drop)]),
            shade,
            opacity=0.5,
        )
        ridge = [p for p in points if left[0] <= p[0] <= right[0]]
        width = right[0] - left[0]
        hem = [
            (right[0] - width * k / 6, right[1] + (left[1] - right[1]) * k / 6 + (26 if k % 2 else -20) * (0 < k < 6))
            for k in range(7)
        ]
        sheet.cut(polygon([*ridge, *hem]), snow, lift=0.4)


def snowfield(sheet: Sheet) -> Scenery:
    """Draw white drifts, firs under snow and blocks of blue ice."""
    rng = sheet.rng
    draw_sky(sheet)
    white = "#e9effc"
    _summits(sheet, peaks(rng, 690, 260, count=5), 690, 260, 0.85)
    for base, height, depth in ((690, 120, 0.7), (762, 190, 0.45), (842, 270, 0.2)):
        line = hills(rng, base, 30, dip=50)
        _snow_firs(sheet, line, height, depth)
        sheet.land(line, white, depth, mist=0.25)
    for x in (rng.uniform(60, 330), rng.uniform(1270, 1540)):
        _ice(sheet, x, 930, rng.uniform(80, 130))
    floor = lay_floor(sheet, white, decor="none")
    for _ in range(9):
        x = rng.uniform(0, WIDTH)
        sheet.paint(
            ellipse(x, floor.at(x) + rng.uniform(40, 180), rng.uniform(70, 160), 9), sheet.tone("#b9c9ee"), opacity=0.5
        )
    return Scenery(floor, frame="firs")


def _snow_firs(sheet: Sheet, line: Curve, height: float, depth: float) -> None:
    weather, sheet.weather = sheet.weather, Weather.SNOW
    plant_row(sheet, line, height, depth, 13, kinds=("fir",), gap=(560, 1040) if depth < 0.6 else (0, 0))
    sheet.weather = weather


def _ice(sheet: Sheet, x: float, y: float, size: float) -> None:
    for dx, height, tint in ((-0.5, 0.9, 0.3), (0.55, 0.7, 0.2), (0, 1.35, 0.0)):
        blue = lighten(sheet.tone("#8fc7e8", 0.1), tint)
        foot, top = x + dx * size, y - height * size
        sheet.cut(
            polygon(
                (
                    (foot - size * 0.4, y + 30),
                    (foot - size * 0.3, top + size * 0.3),
                    (foot, top),
                    (foot + size * 0.28, top + size * 0.4),
                    (foot + size * 0.4, y + 30),
                )
            ),
            blue,
            lift=0.8,
        )
        sheet.paint(
            polygon(
                (
                    (foot, top),
                    (foot + size * 0.28, top + size * 0.4),
                    (foot + size * 0.4, y + 30),
                    (foot + size * 0.06, y + 30),
                )
            ),
            "#ffffff",
            opacity=0.22,
        )
