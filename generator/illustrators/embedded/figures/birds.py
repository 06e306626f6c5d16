"""Birds on two feet: owl, penguin, duck."""

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.figures.art import Art
from generator.illustrators.embedded.figures.face import draw_cheeks, draw_eyes
from generator.illustrators.embedded.figures.geometry import clip, egg, oval, path, scallop, tube
from generator.illustrators.embedded.figures.parts import draw_pointed_ear, draw_skull
from generator.illustrators.embedded.figures.species import Species
from generator.illustrators.embedded.figures.tones import AMBER
from generator.story import Pose


def _owl_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    draw_pointed_ear(art, (9, -16.5), (22.5, -5), (29, -23), tones.coat, tones.shade, -0.1)
    draw_pointed_ear(art, (-21, -5), (-5, -17), (-26, -24), tones.coat, tones.shade, -0.1)
    outline = draw_skull(art, 24, 19.4, swell=0.06)
    paint(
        tones.deep,
        clip(path("M-16 -20 Q4 -14 7 0 Q12 -14 24 -20 L24 -15 Q14 -8 7.6 5 Q-1 -9 -18 -15 Z"), outline),
        opacity=0.55,
    )
    for x, rx in ((17.4, 10.4), (-4.6, 12.0)):
        paint(tones.deep, clip(scallop(x, 0.6, rx + 1.2, 13.4, 14, 0.1), outline), opacity=0.5)
        paint(tones.belly, clip(scallop(x, 0.2, rx, 12.2, 14, 0.08), outline))
        paint(tones.belly_shade, oval(x, 0.2, rx * 0.68, 8.2))
        paint(lighten(tones.belly, 0.5), oval(x + 0.2, 0, rx * 0.6, 7.4))
    draw_eyes(art, (-3.6, 0), (16.6, -0.2), 5.4)
    paint(darken(AMBER, 0.18), path("M3.4 3 Q7.4 0 11.6 3 Q11 9 7.6 13 Q4 9 3.4 3 Z"))
    paint(AMBER, path("M4.4 3 Q7.4 0.4 11.2 3 Q10.6 8 7.8 10.6 Q5 8 4.4 3 Z"))
    draw_cheeks(art, (-13.5, 11), (18.4, 10.8), 2.6)


def _owl_chest(art: Art) -> None:
    for row, (y, half) in enumerate(((-26, 7), (-20, 9), (-14, 10), (-8, 9))):
        for i in range(3 if row % 2 else 4):
            x = 3.2 + (i - (1 if row % 2 else 1.5)) * half * 0.62
            art.sheet.paint(
                art.tones.shade,
                path(f"M{x - 2.2:.2f} {y} Q{x:.2f} {y + 1} {x + 2.2:.2f} {y} Q{x:.2f} {y + 5.4} {x - 2.2:.2f} {y} Z"),
                opacity=0.85,
            )


def _owl_tail(art: Art) -> None:
    low = 2.5 if art.pose in (Pose.SIT, Pose.SLEEP) else 5.0
    base = ((-7, -1), (-14, low - 1), (-20, low))
    art.sheet.paint(art.tones.deep, tube(base, 5.0, 4.2, 3.0))


OWL = Species(
    _owl_head,
    size=0.92,
    tail=_owl_tail,
    marks=_owl_chest,
    girth=20.5,
    tall=44,
    leg=3.5,
    neck=-6,
    roost=True,
    arms="wing",
    feet="bird",
    thick=0.9,
    limb=lambda tones: tones.shade,
    crown=(2, -17, 10.5),
    eyes=((-3.8, 0), (16.8, -0.2), 8.6),
    chin=20,
)


def _penguin_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    outline = draw_skull(art, 21, 19, swell=0.04)
    face = path("M6.4 -5 C3 -12 -11 -12.6 -14 -1 C-15.4 9 -6 17.6 6 18 C17 18 22.6 9 21 0 C19 -11.6 9.6 -12 6.4 -5 Z")
    paint(tones.belly, clip(face, outline))
    paint(tones.belly_shade, clip(path("M-14 -1 C-15.4 9 -6 17.6 6 18 L20 20 L-20 20 L-18 0 Z"), outline), opacity=0.5)
    draw_eyes(art, (-3.8, -0.4), (15.4, -0.8), 3.7)
    paint(darken(AMBER, 0.22), path("M2.6 6.4 Q9 3 17 8 Q10 13.4 4.6 11.6 Q2 9.4 2.6 6.4 Z"))
    paint(AMBER, path("M2.6 6 Q9 2 18 7.4 Q10 9.6 3.4 9 Q2.4 7.8 2.6 6 Z"))
    draw_cheeks(art, (-6.6, 8.6), (17, 5.6), 3.0)
    for dx in (-2, 0.4, 2.6):
        paint(tones.coat, tube(((2 + dx * 0.4, -18), (1 + dx * 1.3, -22.4)), 1.2, 0.4))


def _penguin_torso(art: Art) -> None:
    tones, sheet = art.tones, art.sheet
    body = egg(0, -17, 18.5, 23, 0.16)
    sheet.paint(tones.coat, body)
    sheet.shade(tones.light, body, -0.7, 1.0)
    front = egg(3.6, -14, 14.2, 20.4, 0.16)
    sheet.paint(tones.belly, clip(front, body))
    sheet.shade(tones.belly_shade, clip(front, body), 0.9, -1.8)


def _penguin_tail(art: Art) -> None:
    low = 3.0 if art.pose in (Pose.SIT, Pose.SLEEP) else 5.4
    base = ((-9, 0), (-20, low))
    art.sheet.paint(art.tones.deep, tube(base, 4.6, 2.0))


PENGUIN = Species(
    _penguin_head,
    size=0.86,
    tail=_penguin_tail,
    torso=_penguin_torso,
    girth=18.5,
    tall=46,
    leg=2.5,
    neck=-5,
    roost=True,
    arms="wing",
    feet="bird",
    crown=(2, -16.6, 10),
    eyes=((-3.8, -0.4), (15.4, -0.8), 6.4),
)


def _duck_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    for end in ((-6, -27), (0.5, -28), (6, -25)):
        paint(tones.coat, tube(((1.5, -15), (end[0] * 0.8, -21), end), 2.6, 1.6, 0.5))
    draw_skull(art, 20.5, 18.8, swell=0.06)
    draw_eyes(art, (-2.6, -3), (14.4, -3.6), 4.0, tones.coat)
    paint(darken(AMBER, 0.26), path("M5 7 C10 12 18 14.4 27.4 11 C28 14.6 18 18 11.6 15.6 C7 13.8 4.6 10.6 5 7 Z"))
    paint(
        AMBER,
        path("M3.4 6.4 C5 1.6 11 0.6 15 2.6 C20 5.4 26 5 31.4 7.6 C33.6 10.4 28 13 22 12.6 C14 12 7 10.4 3.4 6.4 Z"),
    )
    paint(lighten(AMBER, 0.4), path("M7 4.4 C10 2 13 2.6 16 4.4 C12 4.4 9.6 4.6 7 4.4 Z"), opacity=0.8)
    for x in (13.4, 17.4):
        paint(darken(AMBER, 0.45), oval(x, 6.2 + (x - 13) * 0.1, 0.9, 0.6))
    draw_cheeks(art, (-7.4, 6.4), (16.6, 0.8), 3.0)


def _duck_tail(art: Art) -> None:
    x, y = (-34, -18) if art.asleep else (-13, -2)
    for dx, dy, tone in ((-13, 1, art.tones.shade), (-12, -5, art.tones.coat), (-8, -10, art.tones.coat)):
        art.sheet.paint(tone, tube(((x, y), (x + dx * 0.6, y + dy * 0.4 + 1), (x + dx, y + dy)), 5.4, 4.4, 1.0))


def _duck_torso(art: Art) -> None:
    tones, sheet = art.tones, art.sheet
    body = egg(-0.5, -14, 19, 20, 0.22)
    sheet.paint(tones.coat, body)
    sheet.shade(tones.shade, body, 2.4, -1.8, 0.98)
    sheet.paint(tones.belly, clip(egg(7, -11, 12, 15.6, 0.2), body))
    sheet.paint(
        mix(tones.belly, WHITE_TIP, 0.4), clip(tube(((1, -18), (4, -15.4), (8, -16.4)), 0.7), body), opacity=0.8
    )


WHITE_TIP = "#fffdf6"
DUCK = Species(
    _duck_head,
    size=0.88,
    tail=_duck_tail,
    torso=_duck_torso,
    girth=18.5,
    tall=40,
    leg=5,
    neck=-1,
    arms="wing",
    feet="bird",
    limb=lambda tones: mix(tones.coat, "#c8742a", 0.28),
    crown=(1, -16, 9.6),
    eyes=((-2.6, -3), (14.4, -3.6), 6.6),
    chin=19.4,
)
