"""Those that carry their house: turtle and snail."""

import math

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.figures.art import Art
from generator.illustrators.embedded.figures.face import draw_cheeks, draw_eye, draw_eyes, draw_smile
from generator.illustrators.embedded.figures.geometry import Point, egg, oval, path, place, tube
from generator.illustrators.embedded.figures.outfit import Outfit, draw_outfit
from generator.story import Pose


def draw_turtle(art: Art) -> Point | None:
    """Draw a turtle on four feet under its dome; the coat is the shell, the belly its skin."""
    sheet = art.sheet
    skin = _turtle_skin(art)
    low = {Pose.SIT: 7.0, Pose.SLEEP: 9.0}.get(art.pose, 0.0)
    hand = None
    with sheet.layer():
        sheet.paint(
            darken(skin, 0.12),
            path(f"M-38 {-14 + low} Q-50 {-10 + low} -54 {-3 + low * 0.3} Q-44 {-4 + low * 0.3} -34 {-8 + low} Z"),
        )
        _draw_turtle_leg(art, -16, low, darken(skin, 0.16), -5.0)
        _draw_turtle_leg(art, 24, low, darken(skin, 0.16), 5.0)
        x, y = _turtle_head_at(art)
        sheet.paint(darken(skin, 0.08), tube(((18, -20 + low), (32, -21 + low * 0.6), (x - 4, y + 6)), 8.6, 7.8, 7.2))
    with sheet.layer(), sheet.inside(place(0, low)):
        _draw_shell(art)
    with sheet.layer():
        _draw_turtle_leg(art, -27, low, skin, 5.0)
        if art.pose is Pose.HOLD:
            line = ((15, -13), (30, -9), (44, -15), (52, -24))
            sheet.paint(skin, tube(line, 7.4, 6.6, 5.4, 4.4))
            hand = sheet.at((53, -25))
        else:
            _draw_turtle_leg(art, 14, low, skin, -5.0)
    _draw_turtle_head(art, skin, low)
    return hand


def _turtle_head_at(art: Art) -> Point:
    return {Pose.SLEEP: (50.0, -15.5), Pose.SIT: (45.0, -42.0), Pose.WALK: (50.0, -46.0)}.get(art.pose, (46.0, -49.0))


def _turtle_skin(art: Art) -> str:
    return mix(art.tones.belly, art.tones.coat, 0.28)


def _draw_turtle_leg(art: Art, x: float, low: float, skin: str, swing: float) -> None:
    step = swing if art.pose is Pose.WALK else 0.0
    if low:
        art.sheet.paint(skin, tube(((x, -7), (x + 5, -5), (x + 12, -4.6)), 6.4, 5.4, 4.4))
        return
    art.sheet.paint(skin, tube(((x, -14), (x + step, -6.4)), 7.4, 6.4))
    for dx in (-3.6, 0.2, 4.0):
        art.sheet.paint(darken(skin, 0.34), oval(x + step + dx, -1.3, 1.3, 1.2))


def _draw_shell(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    rim = tube(((-42, -15), (-20, -11), (8, -11), (31, -16)), 5.2, 5.6, 5.6, 4.6)
    dome = path("M-43 -15 C-43 -42 -26 -58 -5 -58 C16 -58 31 -42 32 -16 Q-6 -8 -43 -15 Z")
    paint(tones.coat, dome)
    art.sheet.shade(tones.shade, dome, 2.4, -2.0, 0.985)
    art.sheet.shade(tones.light, dome, -0.6, 1.1)
    plate = lighten(tones.coat, 0.22)
    middle = ((-14, -50), (4, -50), (10, -36), (-5, -26), (-20, -36))
    left = ((-24, -46), (-18, -48), (-24, -35), (-21, -24), (-36, -22), (-38, -32))
    right = ((8, -49), (14, -46), (27, -31), (28, -22), (12, -23), (14, -35))
    for corners in (middle, left, right):
        paint(plate, corners)
        cx, cy = sum(x for x, _ in corners) / len(corners), sum(y for _, y in corners) / len(corners)
        paint(darken(plate, 0.1), tuple((cx + (x - cx) * 0.6, cy + (y - cy) * 0.6 + 0.8) for x, y in corners))
    paint(darken(tones.coat, 0.26), rim)
    paint(tones.belly, tube(((-38, -12.6), (-18, -9.6), (8, -9.6), (28, -13.4)), 1.5))


def _draw_turtle_head(art: Art, skin: str, low: float) -> None:
    sheet, paint = art.sheet, art.sheet.paint
    x, y = _turtle_head_at(art)
    with sheet.layer():
        if art.wears in ("scarf", "cape", "apron", "boots"):
            turn = 70.0 if art.asleep else 18.0
            with sheet.inside(place((x - 5 + 34) / 2, (y - 12 + low * 0.4) / 2 - 4, 0, 0.8)):
                draw_outfit(art, Outfit((0, 0, 1, 0), (0, 4, 10, turn), ((0, 0), (1, 0), 1), 13.0))
    with sheet.layer(), sheet.inside(place(x, y, 4 if art.asleep else -2, 0.86)):
        head = egg(0, 0, 18.5, 16.4, 0.1)
        paint(skin, head)
        sheet.shade(darken(skin, 0.1), head, 1.8, -1.6, 0.985)
        for dx, dy, r in ((-11, -8, 1.7), (-7, -11.6, 1.2), (-13, -3, 1.1)):
            paint(darken(skin, 0.14), oval(dx, dy, r, r))
        draw_eyes(art, (-2, -2), (12, -2.4), 4.0, skin)
        draw_smile(art, 5.6, 6.0, 5.0)
        draw_cheeks(art, (-7, 5), (14.0, 4.8), 2.8)
        for nostril in (4.4, 7.4):
            paint(darken(skin, 0.4), oval(nostril, 2.6, 0.55, 0.7))
        if art.wears in ("hat", "bow", "glasses"):
            draw_outfit(art, Outfit((0, -14.4, 9, 0), (0, 0, 1, 0), ((-2, -2), (12, -2.4), 6.2)))


def draw_snail(art: Art) -> Point | None:
    """Draw a snail; the coat is the house, the belly its body."""
    sheet, tones, paint = art.sheet, art.tones, art.sheet.paint
    body = tones.belly
    asleep = art.asleep
    stretch = 5.0 if art.pose in (Pose.WALK, Pose.HOLD) else 0.0
    head = (39.0 + stretch, -12.0) if asleep else (37.0 + stretch, -20.0 if art.pose is Pose.SIT else -27.0)
    with sheet.layer():
        foot = path(
            f"M-50 -1 C-46 -7 -34 -10 -20 -10 L20 -12 C24 -14 26 -22 {head[0] - 9} {head[1]} L{head[0] + 9} {head[1] + 2} C{head[0] + 10} -14 {head[0] + 8} -4 {head[0] + 2} 0 L-48 0 Q-51 0 -50 -1 Z"
        )
        paint(body, foot)
        paint(
            darken(body, 0.12),
            path(f"M-50 -1 C-30 -4.4 10 -4.4 {head[0] - 2} -3 L{head[0] + 2} 0 L-48 0 Q-51 0 -50 -1 Z"),
        )
        _draw_stalks(art, head, body)
        skull = egg(*head, 12.5, 11.5, 0.06)
        paint(body, skull)
        sheet.shade(darken(body, 0.09), skull, 1.4, -1.4, 0.985)
    with sheet.layer():
        _draw_house(art)
    x, y = head
    draw_smile(art, x + 3.4, y + 2.4, 4.4)
    draw_cheeks(art, (x - 5, y + 2.4), (x + 9, y + 2.0), 2.4)
    near, far = _snail_eyes(head, asleep)
    draw_outfit(art, Outfit((-9, -56, 10, -4), (x - 2.6, y / 2 + 1.4, 7.4, 8), (near, far, 6.0), 8.0))
    if art.pose is not Pose.HOLD:
        return None
    with sheet.layer():
        paint(darken(body, 0.06), tube(((x + 2, -11), (x + 11, -10), (x + 19, -16)), 4.4, 3.6, 3.0))
    return sheet.at((x + 19.6, -16.6))


def _snail_eyes(head: Point, asleep: bool) -> tuple[Point, Point]:
    x, y = head
    return ((x - 6.5, y - 14), (x + 8, y - 13)) if asleep else ((x - 7, y - 27), (x + 9.5, y - 25))


def _draw_stalks(art: Art, head: Point, body: str) -> None:
    x, y = head
    for (ex, ey), root in zip(_snail_eyes(head, art.asleep), (x - 4.5, x + 5.0), strict=True):
        art.sheet.paint(
            darken(body, 0.06),
            tube(((root, y - 6), ((root + ex) / 2 + 0.6, (y + ey) / 2 - 3), (ex, ey)), 3.2, 2.5, 2.6),
        )
        art.sheet.paint(lighten(body, 0.4), oval(ex, ey, 5.6, 5.8))
        draw_eye(art, ex + 0.7, ey + 0.2, 4.0)


def _draw_house(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    shell = egg(-9, -31.5, 27.5, 26.5, 0.03)
    paint(tones.coat, shell)
    art.sheet.shade(tones.shade, shell, 2.2, -2.0, 0.985)
    art.sheet.shade(tones.light, shell, -0.6, 1.1)
    turns = []
    for step in range(30):
        angle, radius = step * 0.44 + 0.9, 1.4 + step * 0.79
        turns.append((-8.0 + radius * math.cos(angle), -31.0 + radius * math.sin(angle) * 0.97))
    paint(darken(tones.coat, 0.32), tube(tuple(turns), 0.8, 1.4, 1.7, 1.7, 1.2))
