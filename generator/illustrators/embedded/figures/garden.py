"""Animals of pond and garden: frog, rabbit, mouse."""

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.figures.art import Art
from generator.illustrators.embedded.figures.face import (
    draw_cheeks,
    draw_eye,
    draw_eyes,
    draw_mouth,
    draw_nose,
    draw_smile,
    draw_whiskers,
)
from generator.illustrators.embedded.figures.geometry import clip, egg, oval, path, spikes, tube
from generator.illustrators.embedded.figures.parts import (
    draw_muzzle,
    draw_nicks,
    draw_round_ear,
    draw_skull,
    draw_thin_tail,
    tail_line,
)
from generator.illustrators.embedded.figures.species import Species
from generator.illustrators.embedded.figures.tones import WHITE, Tones


def _frog_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    for x, size in ((18, 8.2), (-8, 8.8)):
        paint(tones.coat, oval(x, -13.5, size, size))
        paint(tones.light, oval(x + 0.5, -14.5, size * 0.82, size * 0.8))
    outline = egg(2, 3, 27, 15.5, 0.16)
    paint(tones.coat, outline)
    art.sheet.shade(tones.shade, outline, 2.0, -1.8, 0.99)
    paint(tones.belly, clip(egg(6, 15.5, 26, 9), outline))
    for eye, white in ((18.4, 6.0), (-7.4, 6.4)):
        if not art.asleep:
            paint(WHITE, oval(eye, -14, white, white))
        draw_eye(art, eye + 1.0, -13.6, 4.1 if not art.asleep else 4.8, WHITE)
    paint(darken(tones.coat, 0.5), tube(((-17, 3), (-8, 8.2), (6, 10), (19, 8), (26, 2.6)), 0.7, 0.9, 0.7))
    for nostril in (6.4, 12.4):
        paint(tones.shade, oval(nostril, -1.6, 0.9, 1.2))
    draw_cheeks(art, (-12, 1.6), (23.4, 1), 3.6)
    for wart, y, r in ((-17, -4, 1.8), (-12.6, -6.4, 1.2), (0, -7.4, 1.5)):
        paint(tones.shade, oval(wart, y, r, r * 0.85), opacity=0.7)


FROG = Species(
    _frog_head,
    size=0.8,
    girth=16.5,
    tall=36,
    leg=5.5,
    feet="web",
    thick=0.9,
    crown=(5, -12, 9),
    bow=(5, 20, 0.8),
    eyes=((-7, -13.8), (18.6, -13.8), 7.6),
    chin=18.6,
    paw=lambda tones: tones.shade,
)


def _rabbit_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    if art.asleep:
        far, near = ((9, -13), (-6, -23), (-25, -25)), ((1, -13), (-15, -17), (-33, -13))
    else:
        far, near = ((13, -12), (18, -30), (24, -44)), ((-6, -13), (-11, -31), (-9, -50))
    for line, colour in ((far, tones.shade), (near, tones.coat)):
        paint(colour, tube(line, 5.4, 7.4, 4.2))
        paint(
            tones.pink,
            tube(
                (
                    (line[0][0], line[0][1]),
                    line[1],
                    (line[1][0] * 0.25 + line[2][0] * 0.75, line[1][1] * 0.25 + line[2][1] * 0.75),
                ),
                2.8,
                4.4,
                2.4,
            ),
        )
        paint(darken(tones.pink, 0.12), tube((line[0], line[1]), 1.6, 2.6))
    draw_skull(art, 22, 18.6, swell=0.1)
    for x, rx in ((2.4, 8.2), (14.8, 7.2)):
        draw_muzzle(art, x, 9.0, rx, 6.6, lighten(tones.belly, 0.3))
    paint(WHITE, path("M6.4 11 L11 11 L10.6 16 Q9 16.6 8.8 15.6 Q8.4 16.6 6.8 16 Z"))
    paint("#cfc4b8", path("M8.5 11.6 L8.9 11.6 L8.9 16 L8.6 16 Z"))
    draw_eyes(art, (-5.4, -1), (16.8, -1.4), 4.0)
    pink = mix(tones.pink, "#e0777c", 0.6)
    draw_nose(art, 8.7, 5.4, 2.9, pink)
    draw_mouth(art, 8.7, 9.8, 4.0)
    draw_cheeks(art, (-11.5, 6.8), (20.4, 6.2))
    draw_whiskers(art, (-4.5, 9.8), (19.6, 9.6), tones.deep, 9)
    draw_nicks(art, -15, 2, tones.shade, 40, 0.9)


def _rabbit_tail(art: Art) -> None:
    x, y = (-35, -13) if art.asleep else (-16.5, -1.0)
    art.sheet.paint(art.tones.belly_shade, spikes(x, y, 7.4, 7.0, 11, 0.14))
    art.sheet.paint(lighten(art.tones.belly, 0.45), spikes(x + 0.6, y - 0.8, 6.0, 5.6, 11, 0.14))


RABBIT = Species(
    _rabbit_head,
    size=0.92,
    tail=_rabbit_tail,
    girth=15.5,
    tall=41,
    crown=(3.5, -16.4, 9),
    eyes=((-5.4, -1), (16.8, -1.4), 7.0),
)


def _mouse_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    draw_round_ear(art, 20.5, -18, 12.0, tones.shade, tones.pink, 0.82)
    draw_round_ear(art, -17, -19, 13.6, tones.coat, tones.pink, 0.96)
    paint(
        tones.coat,
        path(
            "M-21 2 C-22 -12 -11 -18 1 -18 C13 -18 19.6 -11 22 -2 C25.6 2 28.6 5 28.6 8 C28 12 20 13.6 16.6 15.2 C9 20 -18 20.5 -21 2 Z"
        ),
    )
    paint(
        tones.shade,
        path(
            "M-21 2 C-21.4 -2 -20.6 -5.6 -19 -8.4 C-19.6 4 -10 14 4 15.6 C9 16 13 14.8 16.6 13.2 C20 11.8 27 11 28.4 8.8 C27.6 12 20 13.6 16.6 15.2 C9 20 -18 20.5 -21 2 Z"
        ),
    )
    paint(
        tones.belly,
        path("M4 15.8 C2 10 8 6 15 6 C21 6 26 7.6 28.4 8.8 C27 12 20 13.6 16.6 15.2 C12.6 17.6 8 17.6 4 15.8 Z"),
    )
    draw_eyes(art, (-2.8, -0.6), (15, -1.6), 3.9)
    pink = mix(tones.pink, "#e5767d", 0.6)
    paint(pink, oval(27.4, 5.6, 3.3, 3.0))
    paint(WHITE, oval(28.2, 4.5, 1.1, 0.7), opacity=0.8)
    draw_cheeks(art, (-7, 7.4), (17, 6.4), 3.8)
    draw_smile(art, 17, 11.2, 3.6)
    draw_whiskers(art, (7, 9.2), (22.6, 9.6), tones.deep, 8.5)


def _mouse_tail(art: Art) -> None:
    line = tail_line(art, ((-8.0, 2.0), (-20.0, 8.0), (-31.0, 4.0), (-33.0, -8.0), (-27.0, -14.0)), 1.8)
    draw_thin_tail(art, line, 1.9, 1.7, 1.4, 1.1, 0.7, colour=darken(art.tones.pink, 0.08))


def _tiny(tones: Tones) -> str:
    return mix(tones.pink, tones.belly, 0.2)


MOUSE = Species(
    _mouse_head,
    size=0.72,
    tail=_mouse_tail,
    girth=14.5,
    tall=36,
    leg=5,
    thick=0.82,
    paw=_tiny,
    crown=(1, -16.2, 8.6),
    eyes=((-2.8, -0.6), (15, -1.6), 6.6),
)
