"""Figures that wear clothes or metal all over: child and robot."""

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.figures.art import Art
from generator.illustrators.embedded.figures.face import draw_brows, draw_cheeks, draw_eyes, draw_laugh, draw_smile
from generator.illustrators.embedded.figures.geometry import box, clip, egg, oval, path, tube
from generator.illustrators.embedded.figures.parts import draw_skull
from generator.illustrators.embedded.figures.species import Species
from generator.illustrators.embedded.figures.tones import WHITE, Tones


def skin(tones: Tones) -> str:
    """Return the paper of a child's skin."""
    return mix(tones.belly, "#d99a6c", 0.22)


def _sleeve(tones: Tones) -> str:
    return tones.cloth


def _child_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    hair, face = tones.coat, skin(tones)
    long = art.character.pronouns == "she"
    if long:
        for line in (((18, -6), (27, 2), (25, 16)), ((-17, -6), (-28, 2), (-27, 19))):
            paint(darken(hair, 0.14), tube(line, 5.0, 6.6, 2.2))
            paint(tones.wear, oval(line[0][0] + (line[1][0] - line[0][0]) * 0.62, -1.6, 3.0, 4.0))
    paint(darken(hair, 0.2), egg(-1, -2.6, 22.5, 19.0, 0.02))
    paint(face, oval(-17.4, 3, 4.0, 4.6))
    paint(darken(face, 0.14), oval(-17.2, 3.4, 2.2, 2.8))
    draw_skull(art, 20, 18.4, face, swell=0.06)
    fringe = path(
        "M-24 4 C-26 -12 -14 -24 2 -23.4 C16 -23 24 -13 22.4 0 C20 -3 18.4 -5.6 17.6 -9 C14.6 -6.4 11 -5.6 7.4 -6 C9.6 -8 10 -9 10.4 -11 C4 -6 -4 -4.6 -11.4 -5.4 C-13.6 -3 -14.6 0 -15 4.6 C-17 1.4 -20 0.4 -24 4 Z"
    )
    if art.character.pronouns == "he":
        fringe = path(
            "M-20.4 4 C-24 -6 -21 -15 -14 -19.6 L-15 -24 L-8 -22.4 L-4 -27 L2 -22.8 L9 -25.6 L12 -21.4 L19 -21.6 L18.6 -16 C23 -11 23 -4 20.4 1 C19.4 -4 18 -7 15 -10.4 C10 -6.6 3 -7 -2 -10 C-4 -6.4 -9 -4.6 -14 -5 C-15 -2 -15.4 0 -15.6 3.4 C-17 1.6 -18.6 1.6 -20.4 4 Z"
        )
    paint(hair, fringe)
    paint(tones.light, tube(((-14, -13), (-6, -19), (4, -19.6)), 0.5, 1.5, 0.4), opacity=0.8)
    draw_eyes(art, (-3.8, 1.6), (14.4, 1.4), 3.7, face)
    draw_brows(art, (-4.2, -3.8), (14.4, -4.0), darken(hair, 0.25))
    paint(darken(face, 0.16), tube(((6.6, 5.4), (8.4, 6.6), (7.0, 7.2)), 0.5, 0.8, 0.5))
    if art.asleep:
        draw_smile(art, 6.4, 11, 3.0, "#8d4a45")
    else:
        draw_laugh(art, 6.6, 10.2, 3.8)
    draw_cheeks(art, (-9, 8), (14.6, 7.6), 3.6)
    for x, y in ((-10.6, 5.6), (-8.2, 5.0)):
        paint(darken(face, 0.18), oval(x, y, 0.5, 0.5), opacity=0.7)


def _child_torso(art: Art) -> None:
    tones, sheet = art.tones, art.sheet
    body = egg(0, -13, 16.5, 20, 0.2)
    sheet.paint(tones.cloth, body)
    sheet.shade(darken(tones.cloth, 0.2), body, 2.4, -1.2, 0.98)
    sheet.paint(lighten(tones.cloth, 0.35), clip(tube(((-20, 1.6), (0, 5.0), (20, 1.6)), 1.6), body))
    collar = path("M-8.4 -34 Q1 -27 11 -34 L9.6 -26.4 Q5 -24.6 1.8 -27.4 Q-2 -24.6 -7.4 -26.8 Z")
    sheet.paint(tones.belly, collar)
    for y in (-20, -12.6, -5.2):
        sheet.paint(tones.wear_shade, oval(3.0, y + 0.5, 1.7, 1.7))
        sheet.paint(tones.wear_light, oval(3.0, y, 1.5, 1.5))
    sheet.paint(tones.wear_shade, tube(((-11.6, -8), (-7, -6.8), (-3.4, -7.4)), 0.7))


def _child_blanket(art: Art) -> None:
    if not art.asleep:
        return
    tones, sheet = art.tones, art.sheet
    body = egg(-9, -16, 26.4, 16, 0.08)
    for x in (-28, -18, -8, 2, 12):
        sheet.paint(tones.wear_light, clip(tube(((x, -36), (x - 5, -16), (x - 2, 2)), 1.0), body), opacity=0.55)
    sheet.paint(tones.belly, clip(tube(((8, -34), (4, -18), (9, 2)), 2.6), body))


def _shoe(tones: Tones) -> str:
    return darken(mix(tones.wear, "#7a4a32", 0.6), 0.15)


def _trousers(tones: Tones) -> str:
    return darken(mix(tones.wear, "#33405c", 0.65), 0.1)


CHILD = Species(
    _child_head,
    size=1.13,
    torso=_child_torso,
    marks=_child_blanket,
    girth=16.0,
    tall=38,
    leg=13,
    arms="hand",
    feet="shoe",
    limb=_sleeve,
    paw=skin,
    leg_paper=_trousers,
    foot_paper=_shoe,
    rump=_sleeve,
    haunch=None,
    thick=0.86,
    crown=(0.5, -18.4, 12),
    eyes=((-3.8, 1.6), (14.4, 1.4), 6.2),
    chin=19.4,
)


def _robot_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    light = tones.wear if art.asleep else lighten(tones.wear, 0.25)
    paint(tones.deep, tube(((1, -16), (1, -27)), 1.2))
    paint(light, oval(1, -29, 3.8, 3.8))
    paint(WHITE, oval(2.2, -30.2, 1.2, 1.1), opacity=0.85)
    for x in (-23, 24):
        paint(tones.deep, box(x, 0, 3.6, 6.6, 2.4))
        paint(tones.wear, box(x, 0, 2.2, 4.4, 1.6))
    head = box(0.5, 0, 22, 18.4, 8.5)
    paint(tones.coat, head)
    art.sheet.shade(tones.shade, head, 1.8, -2.0, 0.985)
    art.sheet.shade(tones.light, head, -0.6, 1.0)
    screen = box(4.6, 0.6, 16.4, 12.6, 6.4)
    paint(tones.belly_shade, box(4.4, 1.2, 17.2, 13.4, 7))
    paint(tones.belly, screen)
    draw_eyes(art, (-3.4, -1), (13.4, -1), 4.2, tones.belly)
    draw_smile(art, 5, 7, 4.2)
    draw_cheeks(art, (-6.6, 6.6), (16.4, 6.6), 2.8)
    for rivet in ((-17.0, -13.6), (18.4, -14.4), (-17.4, 13.6)):
        paint(tones.deep, oval(*rivet, 1.1, 1.1), opacity=0.7)


def _robot_torso(art: Art) -> None:
    tones, sheet = art.tones, art.sheet
    sheet.paint(tones.deep, box(0, -32, 7, 6, 2))
    body = box(0, -12.6, 17, 18.4, 8)
    sheet.paint(tones.coat, body)
    sheet.shade(tones.shade, body, 2.2, -1.6, 0.985)
    sheet.shade(tones.light, body, -0.6, 0.9)
    _draw_panel(art, 3, -13)


def _draw_panel(art: Art, x: float, y: float) -> None:
    """Draw the robot's dial, heart and lamps."""
    tones, paint = art.tones, art.sheet.paint
    paint(tones.belly_shade, box(x, y + 0.6, 10.8, 11.2, 3.6))
    paint(tones.belly, box(x, y, 10.2, 10.4, 3.2))
    paint(
        tones.wear,
        path(
            f"M{x} {y + 3.6} C{x - 8} {y - 2} {x - 5} {y - 8} {x} {y - 3.6} C{x + 5} {y - 8} {x + 8} {y - 2} {x} {y + 3.6} Z"
        ),
    )
    paint(tones.wear_light, oval(x - 2.6, y - 3.2, 1.1, 0.9))
    for dx, tone in ((-5, "#e0695f"), (0, "#efc04f"), (5, "#63b587")):
        paint(tone, oval(x + dx, y + 7.0, 1.5, 1.5))


def _robot_marks(art: Art) -> None:
    if not art.asleep:
        return
    tones, sheet = art.tones, art.sheet
    sheet.paint(tones.wear, box(-9, -25, 19, 1.6, 1.4))
    for x in (-24, -9):
        sheet.paint(tones.deep, oval(x, -20.6, 1.1, 1.1), opacity=0.7)


ROBOT = Species(
    _robot_head,
    torso=_robot_torso,
    marks=_robot_marks,
    size=0.98,
    girth=17,
    tall=42,
    leg=7,
    neck=1.5,
    arms="clamp",
    feet="clamp",
    limb=lambda tones: darken(tones.coat, 0.34),
    thick=0.8,
    crown=(0.5, -17.4, 11),
    eyes=((-3.4, -1), (13.4, -1), 6.4),
)
