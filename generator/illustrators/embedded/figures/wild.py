"""Big animals: bear, panda, lion, elephant."""

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.figures.art import Art
from generator.illustrators.embedded.figures.face import (
    draw_brows,
    draw_cheeks,
    draw_eyes,
    draw_mouth,
    draw_nose,
    draw_smile,
)
from generator.illustrators.embedded.figures.geometry import Point, clip, egg, oval, path, scallop, spikes, tube
from generator.illustrators.embedded.figures.parts import (
    draw_chest,
    draw_muzzle,
    draw_nicks,
    draw_round_ear,
    draw_skull,
    draw_thin_tail,
    tail_line,
)
from generator.illustrators.embedded.figures.species import Species, belly
from generator.illustrators.embedded.figures.tones import WHITE, Tones
from generator.story import Pose


def _bear_head(art: Art) -> None:
    tones = art.tones
    draw_round_ear(art, 18.5, -14.5, 7.4, tones.coat, tones.pink, 0.88)
    draw_round_ear(art, -16, -15.5, 8.2, tones.coat, tones.pink)
    draw_skull(art, 23.5, 19, swell=0.1)
    draw_cheeks(art, (-11.5, 6.4), (20.0, 7.0), 3.4)
    draw_muzzle(art, 9, 8.2, 11.4, 9.2, tones.belly)
    draw_eyes(art, (-5, -3), (18.6, -3.4), 3.5, tones.coat)
    draw_nose(art, 9.4, 4.2, 4.8)
    draw_mouth(art, 9.4, 11.4, 5.0)
    draw_nicks(art, -15, 7, tones.shade, 25)
    draw_nicks(art, 2, -13, tones.shade)


def _bear_tail(art: Art) -> None:
    x, y = (-35, -14) if art.asleep else (-17.5, -1.0)
    art.sheet.paint(art.tones.shade, oval(x, y, 5.6, 5.2))


BEAR = Species(
    _bear_head,
    size=1.4,
    tail=_bear_tail,
    marks=draw_chest,
    girth=20,
    tall=45,
    leg=6.5,
    thick=1.2,
    crown=(2, -17, 9.6),
    eyes=((-5, -3), (18.6, -3.4), 6.2),
    chin=19.6,
)


def _panda_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    draw_round_ear(art, 19, -14.5, 7.4, tones.coat, tones.light, 0.88)
    draw_round_ear(art, -16.5, -15.5, 8.2, tones.coat, tones.light)
    draw_skull(art, 24.5, 19, tones.belly, swell=0.12)
    paint(tones.coat, oval(-6.4, -0.4, 6.2, 8.2, 28))
    paint(tones.coat, oval(19, -1, 5.4, 7.6, -28))
    draw_muzzle(art, 7.6, 8.6, 8.4, 6.4, lighten(tones.belly, 0.6))
    draw_eyes(art, (-5.2, -1.2), (18.2, -1.8), 3.6, tones.coat)
    draw_nose(art, 7.6, 5.6, 3.9)
    draw_mouth(art, 7.6, 11, 4.0)
    draw_cheeks(art, (-12, 9.4), (18.2, 9.0), 3.6)


def _panda_torso(art: Art) -> None:
    tones, sheet = art.tones, art.sheet
    body = egg(0, -16.5, 19.5, 22.5, 0.13)
    sheet.paint(tones.belly, body)
    sheet.shade(tones.belly_shade, body, 2.6, -1.6, 0.97)
    sheet.paint(tones.coat, clip(path("M-24 -44 L24 -44 L24 -25 Q2 -17 -24 -25 Z"), body))


def _panda_marks(art: Art) -> None:
    if art.asleep:
        art.sheet.paint(
            art.tones.coat, clip(path("M1 -42 C-6 -28 -6 -12 1 2 L30 2 L30 -42 Z"), egg(-9, -19.5, 28.5, 19.5, 0.08))
        )


PANDA = Species(
    _panda_head,
    rump=belly,
    size=1.22,
    torso=_panda_torso,
    marks=_panda_marks,
    girth=19.5,
    tall=45,
    leg=5.5,
    thick=1.16,
    crown=(2, -17, 9.6),
    eyes=((-5.2, -1.2), (18.2, -1.8), 6.6),
    chin=20,
)


def _mane(tones: Tones) -> str:
    return darken(mix(tones.coat, "#8a3d16", 0.55), 0.12)


def _lion_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    mane = _mane(tones)
    paint(darken(mane, 0.24), scallop(2, -1, 34, 30, 15, 0.16, 6))
    paint(mane, scallop(2.4, -1.6, 31.5, 27.6, 15, 0.16, 18))
    paint(lighten(mane, 0.14), scallop(2.8, -1.4, 27, 23.4, 13, 0.14))
    draw_round_ear(art, 19.4, -13.4, 6.2, tones.coat, tones.pink, 0.9)
    draw_round_ear(art, -14, -14.4, 6.8, tones.coat, tones.pink)
    draw_skull(art, 20.5, 17.6, swell=0.04)
    paint(tones.light, path("M4.4 -12 Q9 -14 13 -12 L12 4 L6.4 4 Z"), opacity=0.6)
    draw_cheeks(art, (-9.4, 5), (20, 4.2), 3.2)
    for x, rx in ((3.6, 7.8), (14.6, 7.0)):
        draw_muzzle(art, x, 8.8, rx, 6.6, tones.belly)
    paint(tones.belly, oval(9.2, 14, 5.6, 4.6))
    draw_eyes(art, (-4, -2), (17.4, -2.4), 3.6, tones.coat)
    draw_brows(art, (-4.4, -8.4), (17.4, -8.6), mane)
    draw_nose(art, 9.2, 4.2, 4.2, darken(mix(mane, "#7a3030", 0.4), 0.3))
    draw_mouth(art, 9.2, 10.2, 4.4)
    for x in (0.6, 3.2, 15.6, 18.0):
        paint(mane, oval(x, 8.4 + (x % 2) * 0.7, 0.55, 0.55))


def _lion_tail(art: Art) -> None:
    line = tail_line(art, ((-8.0, 1.0), (-22.0, 8.0), (-34.0, 1.0), (-35.0, -14.0), (-30.0, -22.0)), 4.0)
    art.sheet.paint(art.tones.coat, tube(line, 2.8, 2.6, 2.4, 2.2))
    x, y = line[-1]
    art.sheet.paint(_mane(art.tones), spikes(x, min(y, -5.6) if art.asleep else y, 6.6, 5.4, 9, 0.2))
    art.sheet.paint(lighten(_mane(art.tones), 0.14), oval(x + 0.6, (min(y, -5.6) if art.asleep else y) - 0.6, 3.6, 3.0))


LION = Species(
    _lion_head,
    size=1.28,
    tail=_lion_tail,
    marks=draw_chest,
    girth=17,
    tall=42,
    crown=(2.5, -20, 10.5),
    eyes=((-4, -2), (17.4, -2.4), 6.4),
    chin=32,
    neck=3,
)


def _elephant_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    inner = mix(tones.pink, tones.coat, 0.35)
    paint(tones.shade, path("M14 -15 C26 -24 39 -16 38 0 C37 13 28 18 21 13 C16 8 13 -4 14 -15 Z"))
    paint(darken(inner, 0.1), path("M18 -11 C26 -18 35 -12 34 0 C33 9 28 13 23 9.6 C19 6 17 -2 18 -11 Z"))
    paint(tones.coat, path("M-8 -15 C-20 -29 -41 -22 -42 -2 C-42 15 -30 23 -19 17 C-11 12 -7 -2 -8 -15 Z"))
    paint(inner, path("M-12 -11 C-21 -22 -36 -16 -36.6 -1 C-37 11 -28 17 -20.4 12.6 C-14 8 -11 -2 -12 -11 Z"))
    draw_skull(art, 20, 19.4, swell=-0.04)
    for x in (-3, 8):
        paint(WHITE, path(f"M{x + 1} 8 C{x} 13 {x + 2} 17 {x + 7.4} 18 C{x + 5.4} 15 {x + 5.6} 11 {x + 6.4} 7.6 Z"))
    trunk = _trunk(art)
    radii = (8.2, 6.6, 5.0, 4.0, 3.6)
    paint(tones.shade, tube(tuple((x - 1.0, y + 0.9) for x, y in trunk), *radii))
    paint(tones.coat, tube(trunk, *radii))
    for i in (1, 2):
        (ax, ay), (bx, by) = trunk[i], trunk[i + 1]
        for share in (0.0, 0.5):
            cx, cy = ax + (bx - ax) * share, ay + (by - ay) * share
            wide = radii[i] * 0.74
            paint(tones.shade, tube(((cx - wide, cy - 0.4), (cx, cy + 1.5), (cx + wide * 0.7, cy)), 0.5))
    paint(inner, oval(*trunk[-1], 2.2, 2.4))
    draw_eyes(art, (-5.4, -2), (15.4, -2.4), 3.5, tones.coat)
    draw_brows(art, (-6, -8.2), (15.4, -8.4), tones.shade)
    draw_cheeks(art, (-8.6, 6.6), (15.6, 4.6), 3.4)
    for dx in (-2.2, 0.6, 3.2):
        paint(tones.deep, tube(((3 + dx * 0.4, -18.6), (3 + dx, -22.6)), 0.7, 0.3))


def _trunk(art: Art) -> tuple[Point, ...]:
    """Return the line of the trunk: hanging, or lying on the ground asleep."""
    if art.asleep:
        return (7.0, 1.0), (9.5, 9.0), (15.0, 13.6), (24.0, 14.4), (30.0, 10.4)
    if art.pose is Pose.HOLD:
        return (7.0, 1.0), (9.0, 12.0), (8.0, 23.0), (2.0, 30.0), (-5.0, 28.0)
    if art.pose is Pose.WALK:
        return (7.0, 1.0), (10.5, 11.0), (19.0, 17.5), (28.0, 13.5), (29.5, 6.0)
    return (7.0, 1.0), (9.0, 12.0), (13.0, 21.0), (21.0, 24.5), (27.0, 20.0)


def _elephant_tail(art: Art) -> None:
    line = tail_line(art, ((-12.0, -4.0), (-22.0, -4.0), (-26.0, 4.0)), 2.4)
    draw_thin_tail(art, line, 2.2, 1.8, 1.4)
    x, y = line[-1]
    art.sheet.paint(art.tones.deep, oval(x, y, 2.4, 3.2, 20) if not art.asleep else oval(x, y, 3.4, 2.4))


def _elephant_toes(art: Art) -> None:
    if not art.asleep:
        draw_smile(art, 3.5, -8, 2.0, art.tones.belly_shade)


ELEPHANT = Species(
    _elephant_head,
    size=1.4,
    tail=_elephant_tail,
    girth=20.5,
    tall=44,
    leg=7,
    thick=1.3,
    marks=_elephant_toes,
    crown=(1.5, -17.5, 9.6),
    eyes=((-5.4, -2), (15.4, -2.4), 6.2),
    chin=20.4,
    paw=lambda tones: tones.coat,
)
