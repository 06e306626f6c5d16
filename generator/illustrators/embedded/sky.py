"""The sky: colour, stars, sun or moon, and clouds of paper."""

import math

from generator.illustrators.embedded.colour import lighten, mix
from generator.illustrators.embedded.paper import HEIGHT, WIDTH, box, ellipse, num, polygon, scallops, star
from generator.illustrators.embedded.sheet import Sheet
from generator.story import Genre, TimeOfDay, Weather

LIDDED = (Weather.RAIN, Weather.CLOUDY)  # a lid of clouds hangs along the upper edge


def draw_sky(sheet: Sheet, horizon: float = 720, *, clouds: bool = True) -> None:
    """Draw the whole sky down to `horizon`."""
    top, middle, low = sheet.palette.sky
    fill = sheet.vertical(0, horizon, (0, top, 1), (0.55, middle, 1), (1, low, 1))
    sheet.paint(box(0, 0, WIDTH, HEIGHT), fill)
    hidden = sheet.weather in (Weather.RAIN, Weather.FOG, Weather.SNOW)
    if sheet.time is TimeOfDay.NIGHT or (sheet.time is TimeOfDay.DUSK and sheet.genre is not Genre.SCIENCE):
        draw_stars(sheet, horizon * 0.8, (70 if sheet.time is TimeOfDay.NIGHT else 26) // (3 if hidden else 1))
    if sheet.genre is Genre.FANTASY and sheet.time is TimeOfDay.NIGHT and not hidden:
        draw_aurora(sheet, horizon)
    sheet.pool(WIDTH / 2, horizon - 60, 1250, lighten(low, 0.12), 0.75 if sheet.palette.dark else 0.5, flat=0.22)
    if sheet.weather in LIDDED and not sheet.cover:
        sheet.light = (sheet.light[0], max(sheet.light[1], disc_radius(sheet) + 130))
    draw_disc(sheet)
    if clouds:
        draw_clouds(sheet, horizon)


def draw_stars(sheet: Sheet, bottom: float, count: int) -> None:
    """Scatter pinholes and a few cut stars."""
    rng = sheet.rng
    for _ in range(count):
        x, y = rng.uniform(0, WIDTH), rng.uniform(10, bottom) * rng.uniform(0.4, 1)
        alpha = rng.uniform(0.35, 0.95)
        sheet.add(
            f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(rng.uniform(1, 2.6))}" fill="#fff6dc" fill-opacity="{alpha:.2f}"/>'
        )
    for _ in range(count // 8):
        x, y, size = rng.uniform(60, WIDTH - 60), rng.uniform(40, bottom * 0.75), rng.uniform(8, 17)
        sheet.glow(x, y, size * 2.6, "#fff3cf", 0.35)
        sheet.paint(star(x, y, size, waist=0.22), "#fff6dc")


def draw_aurora(sheet: Sheet, horizon: float) -> None:
    """Hang two ribbons of northern light."""
    rng = sheet.rng
    for colour in (sheet.palette.spark, "#b18cff"):
        base, phase = rng.uniform(170, 330), rng.uniform(0, math.tau)
        tops = [(x, base + math.sin(x / 260 + phase) * 60 - 120) for x in range(-40, WIDTH + 60, 50)]
        feet = [(x, y + 210 + math.sin(x / 130 + phase) * 40) for x, y in reversed(tops)]
        fill = sheet.vertical(
            base - 180, min(base + 240, horizon), (0, colour, 0), (0.75, colour, 0.28), (1, colour, 0.02)
        )
        sheet.paint(polygon([*tops, *feet]), fill)


def draw_disc(sheet: Sheet) -> None:
    """Draw the sun or the moon with rings of light like stacked paper."""
    x, y = sheet.light
    palette = sheet.palette
    covered = sheet.weather in (Weather.CLOUDY, Weather.RAIN, Weather.FOG, Weather.SNOW)
    radius = disc_radius(sheet)
    strength = 0.4 if covered else 0.75
    sheet.glow(x, y, radius * 5.2, palette.shine, strength)
    if sheet.time in (TimeOfDay.DAY, TimeOfDay.DAWN) and not covered:
        draw_beams(sheet, x, y, radius)
    for ring, alpha in ((2.5, 0.08), (1.95, 0.1), (1.45, 0.14)):
        sheet.paint(ellipse(x, y, radius * ring, radius * ring), palette.shine, opacity=alpha * (0.6 if covered else 1))
    disc = mix(palette.disc, palette.sky[1], (0.55 if sheet.weather is Weather.RAIN else 0.3) if covered else 0)
    sheet.cut(ellipse(x, y, radius, radius), disc, lift=0.7, edge=lighten(disc, 0.5))
    if sheet.time is TimeOfDay.NIGHT:
        draw_craters(sheet, x, y, radius, disc)
    elif not covered:
        sheet.glow(x, y, radius * 0.98, "#ffffff", 0.5)


def disc_radius(sheet: Sheet) -> float:
    """Return how large sun or moon is: large on covers and in spooky nights."""
    if sheet.cover:
        return 225
    if sheet.genre is Genre.SPOOKY and sheet.dark:
        return 138
    return 96 if sheet.palette.dark else 78


def draw_beams(sheet: Sheet, x: float, y: float, radius: float) -> None:
    """Cut a ring of paper rays around the sun."""
    turn = sheet.rng.uniform(0, 1)
    for i in range(18):
        angle = math.tau * (i + turn) / 18
        length = radius * (3.6 if i % 2 else 2.7)
        corners = [
            (x + math.cos(angle + side) * radius * 1.2, y + math.sin(angle + side) * radius * 1.2)
            for side in (-0.07, 0.07)
        ]
        tips = [(x + math.cos(angle + side) * length, y + math.sin(angle + side) * length) for side in (0.09, -0.09)]
        sheet.paint(polygon([*corners, *tips]), sheet.palette.disc, opacity=0.16)


def draw_craters(sheet: Sheet, x: float, y: float, radius: float, disc: str) -> None:
    """Give the moon its seas."""
    colour = mix(disc, "#b9a77f", 0.32)
    for dx, dy, size in (
        (-0.35, -0.25, 0.2),
        (0.28, 0.12, 0.15),
        (-0.12, 0.42, 0.12),
        (0.42, -0.38, 0.09),
        (-0.55, 0.2, 0.08),
    ):
        sheet.paint(
            ellipse(x + dx * radius, y + dy * radius, size * radius, size * radius * 0.92), colour, opacity=0.55
        )


def draw_clouds(sheet: Sheet, horizon: float) -> None:
    """Hang clouds: few in clear air, a lid of them in rain."""
    rng = sheet.rng
    counts = {Weather.CLEAR: 2, Weather.CLOUDY: 8, Weather.RAIN: 11, Weather.SNOW: 5, Weather.FOG: 2, Weather.WIND: 5}
    count = counts[sheet.weather]
    heavy = sheet.weather in LIDDED
    brow = sheet.light[1] - disc_radius(sheet) - 16  # no cloud cuts the disc in two
    for i in range(count):
        x = WIDTH * (i + rng.uniform(0.1, 0.9)) / count
        y = rng.uniform(40, 215) if heavy else rng.uniform(90, min(430, horizon * 0.62))
        if sheet.weather in (Weather.CLEAR, Weather.WIND) and abs(x - sheet.light[0]) < 230:
            y = max(y, sheet.light[1] + 120)
        width = rng.uniform(380, 600) if heavy else rng.uniform(190, 340)
        if heavy and abs(x - sheet.light[0]) < width * 0.7 + disc_radius(sheet):
            y = min(y, brow)
        draw_cloud(sheet, x, y, width, depth=rng.uniform(0.35, 0.75))


def draw_cloud(sheet: Sheet, x: float, y: float, width: float, *, depth: float = 0.5) -> None:
    """Cut one cloud of two sheets; (x, y) is the middle of its flat base."""
    local = "#8b93ac" if sheet.weather is Weather.RAIN else "#fffdf6"
    if sheet.weather is Weather.CLOUDY:
        local = "#dfe3ee"
    colour = mix(sheet.tone(local, 0.1), sheet.palette.sky[1], 0.2 + depth * 0.5)
    stretch = 1.5 if sheet.weather is Weather.WIND else 1.0
    for shift, size, share in ((width * 0.18, 0.72, 0.35), (0.0, 1.0, 0.0)):
        face = mix(colour, sheet.palette.sky[1], share)
        fill = sheet.vertical(y - width * 0.36 * size, y, (0, face, 1), (1, mix(face, sheet.palette.sky[1], 0.45), 1))
        edge = mix(face, sheet.palette.disc, 0.45)
        sheet.cut(
            _cloud_outline(sheet, x + shift, y - share * 26, width * size * stretch, width * 0.3 * size),
            fill,
            lift=0.7,
            edge=edge,
        )


def _cloud_outline(sheet: Sheet, x: float, y: float, width: float, height: float) -> str:
    rng = sheet.rng
    bumps = rng.randint(4, 6)
    points = [(x - width * 0.46, y), (x - width * 0.49, y - height * 0.26)]
    for i in range(1, bumps):
        share = i / bumps
        points.append((x - width / 2 + width * share, y - math.sin(share * math.pi) * height * rng.uniform(0.65, 1)))
    points += [(x + width * 0.49, y - height * 0.26), (x + width * 0.46, y)]
    return scallops(points, bulge=0.56).removesuffix("Z").rsplit("A", 1)[0] + "Z"
