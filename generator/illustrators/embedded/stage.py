"""Assemble a picture: place, figures, objects, frame and weather, as one SVG."""

from collections.abc import Sequence
from random import Random

from generator.illustrators.embedded.colour import lighten, mix
from generator.illustrators.embedded.compose import POND, Actor, Placed, Prop, Spot, compose
from generator.illustrators.embedded.figures import draw_figure
from generator.illustrators.embedded.frame import draw_frame
from generator.illustrators.embedded.objects import draw_object, resolve_object
from generator.illustrators.embedded.palette import make_palette
from generator.illustrators.embedded.paper import HEIGHT, WIDTH, box, num, waves
from generator.illustrators.embedded.places import draw_place
from generator.illustrators.embedded.scenery import Scenery
from generator.illustrators.embedded.sheet import Sheet
from generator.illustrators.embedded.sky import disc_radius
from generator.illustrators.embedded.weather import draw_weather
from generator.story import PicturePrompt, Pose, TimeOfDay

Box = tuple[float, float, float, float]
NEAREST = 1.16  # how much larger than on the whole stage a scene may be shown
ROOM = 40  # around those who are in it

# The cloth and paint of objects.
ACCENTS = ("#c8602b", "#2f7f83", "#b4483f", "#8a5a9a", "#d09a35", "#3f6fa0", "#5d8a4a")

CUT = (
    '<filter id="cut" x="-6%" y="-6%" width="112%" height="115%" color-interpolation-filters="sRGB">'
    '<feDropShadow dx="0.6" dy="1.2" stdDeviation="1.2" flood-color="#0c0c24" flood-opacity="0.42"/></filter>'
)


def render_svg(prompt: PicturePrompt) -> str:
    """Return the whole picture as SVG; the same prompt gives the same text."""
    rng = Random(prompt.seed)
    sheet = make_sheet(prompt, rng)
    scenery = draw_place(sheet, prompt.place.kind)
    if not (scenery.indoors or scenery.airless):
        draw_weather(sheet, scenery.floor.at(WIDTH / 2))
    slot = sheet.slot or len(sheet.parts)
    halves = ["".join(sheet.parts[:slot]), "".join(sheet.parts[slot:])]
    if rng.random() < 0.5:
        halves = [f'<g transform="translate({WIDTH} 0) scale(-1 1)">{half}</g>' for half in halves]
        scenery = scenery.flip()
        sheet.light = (WIDTH - sheet.light[0], sheet.light[1])
    placed = compose(make_actors(prompt), make_props(prompt), scenery, rng, cover=sheet.cover, light=sheet.light[0])
    sheet.parts = halves[:1]
    if placed:
        _light_clearing(sheet, placed, scenery)
    for item in placed:
        if item.spot is Spot.WATER:
            _draw_placed(sheet, item)
    sheet.add(halves[1])
    _draw_cast(sheet, placed, scenery)
    draw_frame(sheet, scenery.frame)
    if not (scenery.indoors or scenery.airless):
        draw_weather(sheet, scenery.floor.at(WIDTH / 2), near=True, keep=tuple(p.box for p in placed))
    _draw_mood(sheet, prompt, placed)
    view = " ".join(num(edge) for edge in aim(prompt, [*(item.box for item in placed), *_find_disc(sheet, scenery)]))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="{view}">'
        f"<defs>{CUT}</defs>{''.join(sheet.parts)}</svg>"
    )


def aim(prompt: PicturePrompt, boxes: Sequence[Box]) -> Box:
    """Choose how near the camera stands in a scene: left, top, width and height of what is seen.

    The scenes of a story play in one place; each has a framing of its own, in which everybody stays wholly in sight.
    """
    if not prompt.name.startswith("scene"):
        return 0, 0, WIDTH, HEIGHT
    rng = Random(f"{prompt.seed} {prompt.name}")
    left, top = (
        min((box[0] for box in boxes), default=WIDTH) - ROOM,
        min((box[1] for box in boxes), default=HEIGHT) - ROOM,
    )
    right, bottom = max((box[2] for box in boxes), default=0) + ROOM, max((box[3] for box in boxes), default=0) + ROOM
    nearest = min(WIDTH / max(right - left, 1), HEIGHT / max(bottom - top, 1), NEAREST)
    zoom = rng.uniform(1, max(nearest, 1))
    width, height = WIDTH / zoom, HEIGHT / zoom
    x = _between(rng, right - width, left, WIDTH - width)
    y = _between(rng, bottom - height, top, HEIGHT - height)
    return x, y, width, height


def _between(rng: Random, low: float, high: float, most: float) -> float:
    """Choose an edge of the view, from 0 to `most`, that leaves what lies between in sight."""
    low = min(max(low, 0), most)
    return rng.uniform(low, max(min(high, most), low))


def _find_disc(sheet: Sheet, scenery: Scenery) -> list[Box]:
    """Return the box of the sun or the moon where it hangs in the open, as far as it is on the stage."""
    if scenery.indoors or scenery.sunk:
        return []
    (x, y), reach = sheet.light, 190 if scenery.airless else disc_radius(sheet)
    return [(max(x - reach, 0), max(y - reach, 0), min(x + reach, WIDTH), y + reach)]


def make_sheet(prompt: PicturePrompt, rng: Random) -> Sheet:
    """Choose the colours and where the light stands."""
    cover = prompt.name == "cover"
    side = rng.choice((rng.uniform(390, 600), rng.uniform(1000, 1210), rng.uniform(600, 1000)))
    light = (WIDTH / 2, 430.0) if cover else (side, rng.uniform(150, 270))
    if prompt.time in (TimeOfDay.DUSK, TimeOfDay.DAWN) and not cover:
        light = (side, rng.uniform(300, 430))
    words = f"{prompt.place.name} {prompt.place.look}"
    palette = make_palette(prompt.time, prompt.genre, prompt.weather, words)
    return Sheet(rng, palette, prompt.time, prompt.genre, prompt.weather, light, cover)


def make_actors(prompt: PicturePrompt) -> list[Actor]:
    """Draw the figures."""
    return [
        Actor(f.character.key, draw_figure(f.character, f.pose), draw_figure(f.character, Pose.STAND).height, f.pose)
        for f in prompt.figures
    ]


def make_props(prompt: PicturePrompt) -> list[Prop]:
    """Draw the objects that can be drawn, each once."""
    accent = Random(prompt.seed).choice(ACCENTS)  # the same in every scene, whoever is in it
    names = dict.fromkeys(found for name in prompt.objects if (found := resolve_object(name)))
    return [Prop(name, draw_object(name, accent)) for name in names]


def _draw_cast(sheet: Sheet, placed: Sequence[Placed], scenery: Scenery) -> None:
    """Draw figures and objects with their light and shadow."""
    if placed:
        _light_floor(sheet, placed, scenery)
    for item in placed:
        if item.drawing.glow:
            _draw_glow(sheet, item, scenery)
    for item in placed:
        if item.spot not in (Spot.WATER, Spot.POND):
            _draw_shadow(sheet, item, scenery)
            _draw_placed(sheet, item)
    ponds = [p for p in placed if p.spot is Spot.POND]
    if ponds:
        _draw_pond(sheet, ponds)
    for item in placed:
        if item.drawing.glow:
            x, y = _heart(item)
            sheet.glow(x, y, 210, item.drawing.glow, 0.26 if sheet.dark else 0.1)


def _heart(item: Placed) -> tuple[float, float]:
    left, top, right, bottom = item.box
    return (left + right) / 2, (top + bottom) / 2


def _clearing(placed: Sequence[Placed]) -> tuple[float, float]:
    """Return the middle of the group and how far its light reaches."""
    left, right = min(p.box[0] for p in placed), max(p.box[2] for p in placed)
    return (left + right) / 2, max(430.0, (right - left) * 0.62)


def _light_clearing(sheet: Sheet, placed: Sequence[Placed], scenery: Scenery) -> None:
    """Let the middle of the picture be the brightest place behind the figures."""
    x, reach = _clearing(placed)
    strength = 0.42 if sheet.palette.dark else 0.3
    sheet.glow(x, scenery.floor.at(x) - 190, reach, lighten(sheet.palette.shine, 0.1), strength)


def _light_floor(sheet: Sheet, placed: Sequence[Placed], scenery: Scenery) -> None:
    """Let light lie on the ground around the feet."""
    x, reach = _clearing(placed)
    strength = 0.34 if sheet.palette.dark else 0.24
    sheet.pool(x, scenery.floor.at(x) + 40, reach * 1.2, lighten(sheet.palette.shine, 0.1), strength, flat=0.17)


def _draw_glow(sheet: Sheet, item: Placed, scenery: Scenery) -> None:
    x, y = _heart(item)
    strong = 0.85 if sheet.dark else 0.45
    sheet.glow(x, y, 360, item.drawing.glow, strong)
    sheet.pool(x, scenery.floor.at(x) + 16, 420, item.drawing.glow, strong * 0.6, flat=0.16)


def _draw_shadow(sheet: Sheet, item: Placed, scenery: Scenery) -> None:
    if item.spot is Spot.HELD:
        return
    floor = scenery.floor.at(item.x)
    left, _, right, _ = item.box
    lifted = item.spot is Spot.AIR
    if lifted and not item.figure:
        return
    y = floor + 18 if lifted else item.y - 1
    sheet.pool(
        (left + right) / 2,
        y,
        (right - left) * (0.5 if lifted else 0.58),
        sheet.palette.shadow,
        0.3 if lifted else 0.62,
        flat=0.13,
    )


def _draw_placed(sheet: Sheet, item: Placed) -> None:
    sign = "-" if item.mirrored else ""
    kind = "figure" if item.figure else "object"
    scale = f"{item.scale:.3f}"
    sheet.add(
        f'<g data-{kind}="{item.name}" transform="translate({num(item.x)} {num(item.y)}) scale({sign}{scale} {scale})">{item.drawing.svg}</g>'
    )


def _water_tone(sheet: Sheet) -> str:
    return sheet.water or sheet.tone("#2f86ad", 0.12)


def _draw_pond(sheet: Sheet, ponds: Sequence[Placed]) -> None:
    """Lay water along the lower edge, with what floats between its waves."""
    base = _water_tone(sheet)
    for k, dy in enumerate((-34, 4, 40)):
        face = mix(lighten(mix(base, sheet.palette.shine, 0.2), 0.12), sheet.palette.front("#2f86ad"), k * 0.28)
        start = -60 - sheet.rng.uniform(0, 90)
        outline = waves(POND + dy, start, WIDTH + 140, length=112, height=17)
        sheet.cut(outline, face, lift=0.9, edge=lighten(face, 0.35))
        if k == 0:
            for item in ponds:
                _draw_placed(sheet, item)


def _draw_mood(sheet: Sheet, prompt: PicturePrompt, placed: Sequence[Placed]) -> None:
    """Darken the edges a little, and more where somebody sleeps."""
    calm = any(figure.pose is Pose.SLEEP for figure in prompt.figures[:1])
    left, right = (min(p.box[0] for p in placed), max(p.box[2] for p in placed)) if placed else (700.0, 900.0)
    x = (left + right) / 2
    colour = sheet.palette.shadow
    strength = 0.58 if calm else 0.4 if sheet.palette.dark else 0.28
    fill = sheet.radial(
        x * 0.5 + 400, 640, 1080, (0, colour, 0), (0.5, colour, 0.12 if calm else 0.02), (1, colour, strength)
    )
    sheet.paint(box(0, 0, WIDTH, HEIGHT), fill)
    if calm:
        sheet.glow(x, 900, 460, "#ffb86b", 0.2)
