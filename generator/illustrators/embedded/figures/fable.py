"""Upright figures of fable: the dragon, and the small woodland sprite that stands in for kinds nobody has drawn yet."""

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.figures.art import Art
from generator.illustrators.embedded.figures.face import draw_cheeks, draw_eyes, draw_laugh, draw_nose, draw_smile
from generator.illustrators.embedded.figures.geometry import Point, clip, curve, egg, oval, path, spikes, tube
from generator.illustrators.embedded.figures.parts import draw_muzzle, draw_round_ear, draw_skull, tail_line
from generator.illustrators.embedded.figures.species import Species
from generator.illustrators.embedded.figures.tones import INK, WHITE, Tones
from generator.story import Pose


def _spine(tones: Tones) -> str:
    """Return the paper of crests and wing skins."""
    return mix(tones.wear, tones.belly, 0.3)


def _dragon_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    crest = _spine(tones)
    for x, y, tx, ty in ((-20, 4, -30, 2), (-20.5, -4, -31, -9), (-16, -11, -25, -20), (-9, -16, -14, -26)):
        paint(crest, path(f"M{x - 1} {y + 4.4} Q{tx} {ty + 3} {tx} {ty} Q{tx + 6} {ty - 1} {x + 5} {y - 4} Z"))
    horn = lighten(tones.belly, 0.3)
    for line in (((14, -14), (18, -22), (16.5, -31)), ((-2, -15), (-4, -25), (-9, -33))):
        paint(horn, tube(line, 3.6, 2.8, 0.7))
        paint(darken(horn, 0.2), tube(((line[0][0] - 3, line[0][1] - 2.4), (line[0][0] + 2.6, line[0][1] - 3.2)), 0.55))
        paint(
            darken(horn, 0.2), tube(((line[1][0] - 2.2, line[1][1] + 0.6), (line[1][0] + 2.2, line[1][1] + 0.2)), 0.5)
        )
    for drawn in ("M-17 -5 C-24 -10 -31 -8 -35 -3 L-29 -1.6 L-31 3 L-25 2.4 L-25 7 C-21 6.4 -18 2 -17 -5 Z",):
        paint(tones.shade, path(drawn))
    draw_skull(art, 20.5, 18.6, swell=0.0)
    snout = path(
        "M0 3 C5 -3 16 -4.4 25 -2.4 C33 -0.6 35.4 5 34 10 C32 17.6 21 19.6 12 19.4 C3 19.2 -4 15 -4 9.6 C-4 6.6 -2 5 0 3 Z"
    )
    paint(tones.coat, snout)
    paint(tones.light, path("M3 3 C8 -1.4 17 -2.8 25 -1 C29 0 31.6 2 32.6 4.4 C25 1 13 0.6 3 3 Z"), opacity=0.75)
    paint(tones.belly, path("M-3.6 11.4 C6 15 22 14.6 33.4 11.4 C30 18.4 20 19.6 12 19.4 C4 19.2 -2 16.4 -3.6 11.4 Z"))
    paint(tones.deep, tube(((-1, 11), (6, 13.6), (18, 14.4), (28, 12.8), (33, 9.4)), 0.5, 0.8, 0.7, 0.5))
    paint(WHITE, path("M20 14 L24 13.4 L22.4 17 Z"))
    for x in (25, 30.6):
        paint(tones.deep, oval(x, 2.4, 1.2, 1.7, 20))
    draw_eyes(art, (-5, -4.6), (14, -6), 4.0, tones.coat)
    draw_cheeks(art, (-9.6, 6), (22.6, 7.4), 3.6)


def _dragon_wings(art: Art) -> None:
    tones = art.tones
    skin = _spine(tones)
    if art.asleep:
        _draw_wing(art, ((-4, -22), (-16, -45), (-34, -40), (-41, -24)), darken(skin, 0.06))
        return
    lift = 4 if art.pose is Pose.WALK else 0
    _draw_wing(art, ((6, -26), (19, -47 - lift), (34, -41 - lift), (38, -25)), darken(skin, 0.16))
    _draw_wing(art, ((-6, -26), (-22, -50 - lift), (-43, -44 - lift), (-49, -24)), skin)


def _draw_wing(art: Art, bones: tuple[Point, Point, Point, Point], skin: str) -> None:
    """Draw a wing of skin from its shoulder over its wrist to two tips."""
    root, wrist, tip, end = bones
    low = (root[0] + (end[0] - root[0]) * 0.4, root[1] + 12)
    arc = f"M{root[0]} {root[1]} L{wrist[0]} {wrist[1]} L{tip[0]} {tip[1]} Q{(tip[0] + wrist[0]) / 2} {tip[1] + 8} {end[0]} {end[1]} Q{(end[0] + low[0]) / 2} {end[1] - 4} {low[0]} {low[1]} Q{root[0]} {root[1] + 5} {root[0]} {root[1] + 10} Z"
    art.sheet.paint(skin, path(arc))
    bone = art.tones.shade
    for line in ((root, wrist), (wrist, tip), (wrist, end), (wrist, low)):
        art.sheet.paint(bone, tube(line, 1.7, 0.9))
    art.sheet.paint(art.tones.coat, oval(*wrist, 2.4, 2.4))


def _dragon_tail(art: Art) -> None:
    tones = art.tones
    line = tail_line(art, ((-7.0, 0.0), (-21.0, 8.0), (-37.0, 5.0), (-46.0, -6.0), (-43.0, -17.0)), 5.0)
    crest = curve(line, 3)
    if not art.asleep:
        for (x, y), lean in zip(crest[3:-3:2], (-60, -30, 0, 20, 30), strict=False):
            art.sheet.paint(_spine(tones), path(f"M{x - 5} {y - 1} L{x + lean * 0.04 - 2} {y - 11} L{x + 5} {y - 1} Z"))
    art.sheet.paint(tones.coat, tube(line, 9.0, 6.6, 4.8, 3.0, 1.6))
    art.sheet.paint(tones.shade, tube(tuple((x - 0.6, y + 2.6) for x, y in line[:-1]), 4.0, 3.4, 2.2, 0.8), opacity=0.7)
    x, y = line[-1]
    if art.asleep:
        art.sheet.paint(
            _spine(tones),
            path(f"M{x - 1} {y - 3} L{x + 11} {y + 1} L{x - 1} {y + 6} Q{x + 2} {y + 1.4} {x - 1} {y - 3} Z"),
        )
    else:
        art.sheet.paint(_spine(tones), path(f"M{x} {y - 11} L{x + 6.4} {y + 3} Q{x} {y - 0.6} {x - 6.4} {y + 3} Z"))


def _dragon_belly(art: Art) -> None:
    if art.asleep:
        for x in (-27, -18, -9, 0):
            art.sheet.paint(
                _spine(art.tones),
                path(
                    f"M{x - 4.4} {-36 + abs(x + 9) * 0.12} L{x - 3} {-44 + abs(x + 9) * 0.2} L{x + 4.4} {-36 + abs(x + 9) * 0.12} Z"
                ),
            )
        return
    patch = egg(4.2, -16, 12.4, 19.4, 0.16)
    for y in (-28, -22, -16, -10, -4):
        art.sheet.paint(art.tones.belly_shade, clip(tube(((-14, y - 1), (4, y + 2), (20, y - 1)), 0.75), patch))


DRAGON = Species(
    _dragon_head,
    size=1.26,
    tail=_dragon_tail,
    behind=_dragon_wings,
    marks=_dragon_belly,
    girth=19,
    tall=46,
    leg=6.5,
    thick=1.1,
    crown=(5.5, -17, 8),
    eyes=((-5, -4.6), (14, -6), 6.4),
    chin=20,
)


def _sprite_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    leaf = mix(tones.wear, "#6f9a4c", 0.5)
    paint(darken(leaf, 0.3), tube(((1, -16), (0, -24), (2, -29)), 1.1))
    for drawn, tone in (
        ("M2 -27 C-4 -38 -16 -38 -20 -33 C-16 -26 -6 -24 2 -27 Z", leaf),
        ("M2 -28 C6 -39 17 -41 22 -37 C19 -29 10 -25 2 -28 Z", lighten(leaf, 0.18)),
    ):
        paint(tone, path(drawn))
    paint(
        darken(leaf, 0.2),
        tube(((1, -27.6), (-8, -31.6), (-16, -33)), 0.5),
        tube(((3, -28.4), (11, -33), (18, -36)), 0.5),
    )
    draw_round_ear(art, 21, -9, 6.0, tones.shade, tones.pink, 0.9)
    draw_round_ear(art, -19, -9.6, 6.6, tones.coat, tones.pink)
    paint(tones.coat, spikes(0, 1, 22, 17, 19, 0.11))
    draw_skull(art, 22.5, 18, swell=0.08)
    draw_muzzle(art, 6.5, 3.5, 16.6, 12.4, tones.belly)
    draw_eyes(art, (-3.4, 0), (15.4, -0.4), 4.1)
    draw_nose(art, 6.6, 5.4, 2.4, mix(INK, tones.coat, 0.3))
    if art.asleep:
        draw_smile(art, 6.6, 9.6, 3.2)
    else:
        draw_laugh(art, 6.6, 9.2, 3.0)
    draw_cheeks(art, (-7, 8), (17, 7.8), 3.4)


def _sprite_tail(art: Art) -> None:
    x, y = (-36, -10) if art.asleep else (-16, 0)
    art.sheet.paint(art.tones.shade, spikes(x, y, 6.6, 6.2, 9, 0.2))


SPRITE = Species(
    _sprite_head,
    size=0.78,
    tail=_sprite_tail,
    girth=16.5,
    tall=36,
    leg=5,
    crown=(1, -16.4, 9.6),
    eyes=((-3.4, 0), (15.4, -0.4), 6.6),
    chin=20,
)
