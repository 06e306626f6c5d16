"""Animals of the meadow: hedgehog, mole, deer."""

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
from generator.illustrators.embedded.figures.geometry import clip, egg, oval, path, place, spikes, tube
from generator.illustrators.embedded.figures.parts import (
    draw_muzzle,
    draw_nicks,
    draw_pointed_ear,
    draw_round_ear,
    draw_skull,
    draw_thin_tail,
    tail_line,
)
from generator.illustrators.embedded.figures.species import Species, belly
from generator.illustrators.embedded.figures.tones import INK, WHITE, Tones
from generator.story import Pose


def _draw_spines(art: Art, x: float, y: float, rx: float, ry: float, start: float, end: float) -> None:
    """Draw three rows of spines round an oval, between two angles."""
    tones = art.tones
    for scale, colour, depth, count in (
        (1.0, tones.deep, 0.2, 15),
        (0.86, tones.coat, 0.2, 13),
        (0.66, tones.light, 0.24, 10),
    ):
        art.sheet.paint(colour, (*spikes(x, y, rx * scale, ry * scale, count, depth, start, end), (x, y)))


def _hedgehog_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    _draw_spines(art, -2, -1, 25, 21.5, 105, 338)
    skin = tones.belly
    draw_round_ear(art, 17.5, -11.0, 4.6, darken(skin, 0.16), tones.pink, 0.85)
    draw_round_ear(art, -13.5, -9.5, 6.0, darken(skin, 0.12), tones.pink)
    paint(
        skin,
        path(
            "M-18 6 C-19 -8 -9 -13.5 2 -13.5 C13 -13.5 20 -7 22 1 C26 4 28.4 6.4 28.6 8.6 C28 12 20 12.6 17 14.5 C10 20 -14 20.5 -18 6 Z"
        ),
    )
    paint(
        darken(skin, 0.09),
        path(
            "M-18 6 C-18.4 2 -17.6 -1 -16.6 -3.4 C-16 6 -8 14 3 15.4 C9 16.2 13.6 15 17 12.6 C18 12 24 11.6 28.4 9.4 C27 12 20 12.6 17 14.5 C10 20 -14 20.5 -18 6 Z"
        ),
    )
    paint(
        tones.coat,
        path(
            "M-17.6 -1 C-17 -10 -8 -14.4 2 -14 C10 -13.8 16 -11 19.4 -6.4 L14 -8.6 L13 -4.8 L8.4 -9.4 L6 -5 L1.6 -9.6 L-1.4 -4.8 L-5.4 -8.6 L-9.4 -3 L-12.4 -6 L-15 1 Z"
        ),
    )
    draw_eyes(art, (-2.6, 1), (14.6, 0.2), 3.7)
    draw_cheeks(art, (-9, 8.4), (17.6, 8))
    paint(INK, oval(27, 6.8, 3.1, 2.9))
    paint(WHITE, oval(27.8, 5.7, 1.0, 0.7), opacity=0.8)
    draw_smile(art, 14.6, 10.4, 4.2)


def _hedgehog_back(art: Art) -> None:
    if art.asleep:
        _draw_spines(art, -9, -16.4, 24, 17.0, 90, 360)
        art.sheet.paint(art.tones.coat, oval(-9, -8, 24, 8))
        return
    _draw_spines(art, -4, -17, 18.5, 19.0 if art.pose is Pose.SIT else 21.0, 95, 300)


def _hedgehog_marks(art: Art) -> None:
    if not art.asleep:
        return
    tones = art.tones
    for row, (y, count) in enumerate(((-27, 4), (-22, 6), (-17, 7), (-12, 6))):
        for i in range(count):
            x = -9 + (i - (count - 1) / 2) * 6.2 - 1
            with art.sheet.inside(place(x, y, (x + 9) * 1.2 - 14)):
                art.sheet.paint(
                    tones.light if (row + i) % 2 else tones.deep, path("M-1.5 3 L0 -4.4 L1.5 3 Q0 3.8 -1.5 3 Z")
                )


HEDGEHOG = Species(
    _hedgehog_head,
    haunch=None,
    size=0.82,
    behind=_hedgehog_back,
    marks=_hedgehog_marks,
    girth=16.5,
    tall=36,
    leg=4.5,
    limb=belly,
    paw=belly,
    crown=(1, -17, 10.5),
    eyes=((-2.6, 1), (14.6, 0.2), 6.2),
)


def _mole_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    outline = draw_skull(art, 21.5, 18.6, swell=0.16)
    paint(tones.light, clip(egg(8, 8, 15, 11), outline), opacity=0.55)
    snout = tube(((4, 3), (15, 4), (24.5, 3.6)), 8.6, 7.0, 4.6)
    paint(tones.light, snout)
    paint(tones.shade, tube(((5, 9.8), (15, 9.6), (23, 7.2)), 1.0, 1.4, 0.4), opacity=0.6)
    pink = mix(tones.pink, "#ef8d94", 0.45)
    paint(pink, oval(27, 2.8, 5.0, 4.6))
    paint(lighten(pink, 0.45), oval(28, 1.2, 1.9, 1.2))
    paint(darken(pink, 0.35), oval(29.6, 3.4, 0.7, 0.9))
    draw_eye(art, 1.6, -3.4, 2.5, tones.coat)
    draw_eye(art, 15.4, -5.0, 2.4, tones.coat)
    draw_cheeks(art, (0, 6.6), (13, 8.2), 3.4)
    draw_smile(art, 14, 12.2, 4.4, darken(tones.coat, 0.6))
    draw_whiskers(art, (4, 9), (21, 9.4), tones.light, 6)
    draw_nicks(art, -8, -13, tones.shade, -20)


def _mole_paw(tones: Tones) -> str:
    return mix(tones.pink, "#eb9a98", 0.4)


def _mole_tail(art: Art) -> None:
    draw_thin_tail(
        art, tail_line(art, ((-10.0, 1.0), (-17.0, 4.0), (-23.0, 1.0)), 2.2), 2.2, 1.9, 1.2, colour=_mole_paw(art.tones)
    )


MOLE = Species(
    _mole_head,
    size=0.84,
    tail=_mole_tail,
    girth=18.5,
    tall=40,
    leg=3.5,
    arms="claw",
    paw=_mole_paw,
    thick=1.15,
    crown=(-1, -16.5, 10),
    eyes=((1.6, -3.4), (15.4, -5.0), 5.4),
    chin=19,
)


def _deer_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    horn = darken(mix(tones.belly, "#a5794f", 0.6), 0.1)
    for x, way, size in ((11.5, 1, 0.92), (-4, -1, 1.0)):
        stem = ((x, -13), (x + way * 4 * size, -24 * size), (x + way * 8 * size, -36 * size))
        paint(horn, tube(stem, 2.0, 1.8, 1.1))
        paint(
            horn,
            tube((stem[1], (x + way * 10.5 * size, -25.5 * size), (x + way * 12.5 * size, -31 * size)), 1.6, 1.4, 0.9),
        )
        paint(horn, tube(((x + way * 2, -19), (x - way * 2.6 * size, -26 * size)), 1.5, 0.9))
    for start, end, tip in (((17, -11), (20, 0), (37, -16)), ((-13, -12), (-18, 0), (-36, -14))):
        draw_pointed_ear(art, start, end, tip, tones.coat, tones.pink, 0.42)
    paint(
        tones.coat,
        path(
            "M-18 -5 C-18 -15 -8 -18.6 2 -18.6 C13 -18.6 21.5 -14 21.5 -5 C21.5 3 18.6 6 18 11 C17.4 17 13.6 19.5 8.6 19.5 C3 19.5 -2.6 18.4 -5.5 12 C-8 6 -17.6 4 -18 -5 Z"
        ),
    )
    paint(
        tones.shade,
        path("M-18 -5 C-17.6 4 -8 6 -5.5 12 C-2.6 18.4 3 19.5 8.6 19.5 C3.6 18 0 15.6 -2 10.6 C-5 4 -14.6 3 -18 -5 Z"),
        opacity=0.8,
    )
    draw_muzzle(art, 9.4, 12.4, 9.0, 7.0, tones.belly)
    paint(
        tones.light,
        path("M4.6 -18 C8 -18.4 11 -18 13 -17 C12 -9 12 -3 12.6 3 Q9 5 6 3 C7 -4 6.6 -11 4.6 -18 Z"),
        opacity=0.55,
    )
    for x, y in ((-8.4, -11.4), (-3.4, -14), (17, -12.4)):
        paint(tones.belly, oval(x, y, 1.2, 1.2), opacity=0.85)
    draw_eyes(art, (-5.6, -1.6), (18.2, -2.2), 4.0)
    draw_nose(art, 9.8, 9.4, 3.9)
    draw_mouth(art, 9.8, 14.4, 3.4)
    draw_cheeks(art, (-3.4, 5.6), (16.0, 5.2), 2.8)


def _deer_marks(art: Art) -> None:
    spots = (
        ((-26, -22), (-19, -27), (-12, -24), (-27, -14), (-6, -28))
        if art.asleep
        else ((-11, -26), (-13, -18), (-9.5, -11), (-13.6, -6))
    )
    for x, y in spots:
        art.sheet.paint(art.tones.belly, oval(x, y, 1.6, 1.7), opacity=0.9)


def _deer_neck(art: Art) -> None:
    if not art.asleep:
        art.sheet.paint(art.tones.coat, tube(((0.5, -30), (2, -48)), 9.6, 7.6))
        art.sheet.paint(art.tones.belly, tube(((4.6, -30), (5.2, -46)), 5.0, 4.2))


def _deer_tail(art: Art) -> None:
    line = (
        ((-32.0, -20.0), (-37.0, -22.0), (-40.0, -27.0))
        if art.asleep
        else ((-10.0, -3.0), (-17.0, -6.0), (-20.0, -13.0))
    )
    art.sheet.paint(art.tones.coat, tube(line, 3.4, 4.4, 1.2))
    art.sheet.paint(lighten(art.tones.belly, 0.4), tube(tuple((x - 1.2, y + 1) for x, y in line), 2.0, 2.6, 0.8))


DEER = Species(
    _deer_head,
    size=1.05,
    tail=_deer_tail,
    behind=_deer_neck,
    marks=_deer_marks,
    girth=14.0,
    tall=44,
    leg=15,
    neck=4,
    arms="hoof",
    feet="hoof",
    thick=0.84,
    crown=(3.5, -16.5, 8),
    eyes=((-5.6, -1.6), (18.2, -2.2), 6.8),
    chin=20,
)
