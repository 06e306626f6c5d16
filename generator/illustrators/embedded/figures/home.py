"""Animals of house and farm: cat, dog, pig, sheep."""

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.figures.art import Art
from generator.illustrators.embedded.figures.face import (
    draw_cheeks,
    draw_eyes,
    draw_mouth,
    draw_nose,
    draw_smile,
    draw_whiskers,
)
from generator.illustrators.embedded.figures.geometry import blob, clip, egg, oval, path, ring, scallop, tube
from generator.illustrators.embedded.figures.parts import (
    draw_bushy_tail,
    draw_muzzle,
    draw_nicks,
    draw_pointed_ear,
    draw_skull,
    draw_thin_tail,
    tail_line,
)
from generator.illustrators.embedded.figures.species import Species, belly
from generator.illustrators.embedded.figures.tones import Tones, brightness


def _stripe(tones: Tones) -> str:
    """Return the paper of stripes: darker than the coat, or lighter on a black one."""
    return darken(tones.coat, 0.38) if brightness(tones.coat) > 80 else lighten(tones.coat, 0.16)


def _cat_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    draw_pointed_ear(art, (8, -13), (23, -4), (23, -29), tones.coat, tones.pink, 0.08)
    draw_pointed_ear(art, (-21, -4), (-4, -14), (-18, -31), tones.coat, tones.pink, 0.08)
    for x, y, way in ((-22, 7, -1), (24, 6, 1)):
        paint(
            tones.coat,
            path(
                f"M{x} {y - 6} L{x + way * 4.6} {y - 1} L{x + way * 1} {y + 0.6} L{x + way * 2.6} {y + 4} L{x - way * 6} {y + 5} Z"
            ),
        )
    outline = draw_skull(art, 24, 18.6, swell=0.1)
    stripe = _stripe(tones)
    for drawn in (
        "M4.4 -19 L7.4 -9.4 L10 -19 Z",
        "M-3.4 -19 L1.4 -11 L1.6 -19 Z",
        "M17 -18 L12.6 -11 L12.4 -19 Z",
        "M-26 -3.4 L-15.6 -1.4 L-26 1.2 Z",
        "M-26 3.2 L-17 4 L-26 7.2 Z",
    ):
        paint(stripe, clip(path(drawn), outline))
    for pad, rx in ((3.6, 7.4), (13.6, 6.6)):
        draw_muzzle(art, pad, 9.2, rx, 6.2, tones.belly)
    paint(tones.belly, oval(8.6, 13.4, 5.6, 4.4))
    draw_eyes(art, (-5.2, -0.6), (17, -1), 4.1, tones.coat)
    draw_nose(art, 8.6, 5.6, 2.7, mix(tones.pink, "#d9636c", 0.55))
    draw_mouth(art, 8.6, 9.6, 3.9)
    draw_whiskers(
        art, (-3.5, 9.4), (19.4, 9.2), lighten(tones.belly, 0.7) if brightness(tones.coat) < 150 else tones.deep, 12.5
    )
    draw_cheeks(art, (-12.5, 7), (19.6, 6.8), 3.4)


def _cat_tail(art: Art) -> None:
    line = tail_line(
        art, ((-8.0, 1.0), (-22.0, 7.0), (-33.0, -1.0), (-32.0, -17.0), (-23.0, -22.0), (-20.0, -14.0)), 4.6
    )
    radii = (4.4, 4.4, 4.2, 4.0, 3.8, 3.4)
    art.sheet.paint(art.tones.coat, tube(line, *radii))
    for share in (0.3, 0.46, 0.62, 0.78):
        art.sheet.paint(_stripe(art.tones), ring(line, tuple(radius + 0.1 for radius in radii), share, share + 0.07))
    art.sheet.paint(art.tones.belly, ring(line, tuple(radius + 0.1 for radius in radii), 0.9, 1.0, 1.4))


CAT = Species(
    _cat_head,
    size=1.02,
    tail=_cat_tail,
    girth=15.0,
    tall=41,
    paw=belly,
    crown=(2.5, -16.5, 8.6),
    eyes=((-5.2, -0.6), (17, -1), 7.0),
    thick=0.9,
)


def _dog_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    ear = darken(tones.coat, 0.34)
    outline = draw_skull(art, 22.5, 19, swell=0.02)
    paint(
        tones.belly,
        clip(path("M4 -20 C6 -10 5.4 -4 1 2 L0 20 L24 20 C19 10 16 6 13.4 2 C10.4 -4 10.6 -12 12 -20 Z"), outline),
    )
    paint(darken(tones.coat, 0.2), clip(egg(18, -1.4, 8.0, 9.0), outline), opacity=0.7)
    for drawn in (
        "M17 -14.6 C26 -18 33 -10 33.5 0 C34 9 31 14 27 13.4 C22.6 12.4 23.6 4 21.6 -2 C20.4 -6 18 -8.6 17 -14.6 Z",
        "M-11.5 -16.4 C-21 -20.4 -30 -13 -31.5 -1 C-32.5 10 -29.6 16.4 -24.6 15.6 C-18.6 14.4 -18.6 5 -16 -1 C-14.2 -5.4 -11 -9.4 -11.5 -16.4 Z",
    ):
        outline = path(drawn)
        paint(ear, outline)
        paint(
            darken(ear, 0.2),
            tuple((x * 0.99, y) for x, y in outline),
            tuple((x * 0.985 + 0.9, y - 1.4) for x, y in outline),
            opacity=0.5,
        )
    draw_cheeks(art, (-9, 8.6), (19.2, 8.6), 3.0)
    for x, rx in ((3.8, 8.6), (14.8, 7.8)):
        draw_muzzle(art, x, 9.6, rx, 7.2, lighten(tones.belly, 0.35))
    if not art.asleep:
        paint("#e8858a", path("M5.6 13.4 L13 13.4 C13.4 18 12 20.6 9.4 20.6 C6.6 20.6 5.4 18 5.6 13.4 Z"))
        paint("#c9626d", tube(((9.3, 13.4), (9.4, 18)), 0.5, 0.3))
    draw_eyes(art, (-5, -1.4), (17.4, -1.8), 4.0, "#ffffff")
    draw_nose(art, 9.2, 4.6, 4.6)
    draw_mouth(art, 9.2, 11.4, 5.6)


def _dog_tail(art: Art) -> None:
    line = tail_line(art, ((-9.0, 1.0), (-21.0, -2.0), (-28.0, -13.0), (-26.0, -22.0)), 4.4)
    draw_bushy_tail(
        art, line, (4.4, 4.6, 4.0, 2.0) if not art.asleep else (4.4, 4.4, 4.2, 3.6, 1.4), art.tones.belly, 0.7
    )


def _dog_chest(art: Art) -> None:
    if not art.asleep:
        draw_nicks(art, 4, -26, art.tones.belly_shade)


DOG = Species(
    _dog_head,
    size=1.06,
    tail=_dog_tail,
    marks=_dog_chest,
    girth=16.5,
    paw=belly,
    crown=(3, -17.4, 10),
    eyes=((-5, -1.4), (17.4, -1.8), 6.8),
    chin=20.2,
)


def _pig_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    inner = darken(mix(tones.coat, "#e0656f", 0.35), 0.06)
    draw_skull(art, 23.5, 19, swell=0.1)
    for drawn, fold in (
        (
            "M11 -15.5 C16 -25 25 -27 30 -24 C31 -15 28 -8 21.6 -6 C16 -8 12.6 -11.4 11 -15.5 Z",
            "M14.6 -13.4 C18 -16 22.6 -21 30 -24 C29 -15 27 -10 21.6 -6 C18 -7.6 16 -10 14.6 -13.4 Z",
        ),
        (
            "M-4 -16.4 C-9 -26 -18 -28 -24 -25 C-26 -16 -22.6 -8.4 -15.6 -6 C-9.4 -8 -5.6 -12 -4 -16.4 Z",
            "M-8 -13.6 C-12 -17 -17 -22 -24 -25 C-24 -16 -21 -9.6 -15.6 -6 C-11.6 -7.6 -9 -10.4 -8 -13.6 Z",
        ),
    ):
        paint(darken(tones.coat, 0.1), path(drawn))
        paint(inner, path(fold))
    draw_cheeks(art, (-12, 6.6), (20.4, 8.6), 3.6)
    snout = oval(10.5, 6.2, 10.6, 8.0)
    paint(darken(tones.coat, 0.15), oval(10.1, 7.2, 10.8, 8.2))
    paint(mix(lighten(tones.coat, 0.16), "#ee9a9c", 0.3), snout)
    for x in (7.2, 14.4):
        paint(darken(inner, 0.4), oval(x, 5.8, 1.7, 2.7))
    draw_eyes(art, (-6.2, -3.6), (20, -4), 3.6, tones.coat)
    draw_smile(art, 6.6, 15.2, 3.4)


def _pig_tail(art: Art) -> None:
    if art.asleep:
        line: tuple[tuple[float, float], ...] = (
            (-33.0, -16.0),
            (-38.0, -17.0),
            (-40.5, -21.0),
            (-37.5, -24.0),
            (-35.5, -20.5),
            (-40.0, -18.0),
            (-44.0, -20.0),
        )
    else:
        line = (
            (-13.0, -2.0),
            (-19.0, -2.0),
            (-22.5, -6.0),
            (-20.0, -10.0),
            (-17.0, -6.5),
            (-21.5, -3.4),
            (-26.0, -6.0),
        )
    draw_thin_tail(art, line, 1.9, 1.9, 1.7, 1.6, 1.5, 1.3, 0.8)


PIG = Species(
    _pig_head,
    size=0.98,
    tail=_pig_tail,
    girth=18.5,
    tall=40,
    leg=6,
    arms="hoof",
    feet="hoof",
    crown=(3, -17, 9.4),
    eyes=((-6.2, -3.6), (20, -4), 6.0),
    chin=19.8,
)


def _sheep_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    face = _sheep_face(tones)
    wool, shadow = tones.coat, darken(tones.coat, 0.12)
    paint(shadow, scallop(0, -4, 24.5, 19, 13, 0.16))
    paint(wool, scallop(0.5, -5, 23.2, 17.6, 13, 0.16))
    for start, tip, end in (((18, -6), (37, -1), (20, 2)), ((-13, -6), (-33, 0), (-14, 3))):
        paint(
            darken(face, 0.16),
            blob(start, ((start[0] + tip[0]) / 2, start[1] - 2.5), tip, ((end[0] + tip[0]) / 2, end[1] + 3), end),
        )
        paint(
            tones.pink,
            blob(
                ((start[0] * 0.7 + tip[0] * 0.3), start[1] + 3),
                ((start[0] + tip[0]) / 2, start[1] + 2),
                (tip[0] * 0.85 + start[0] * 0.15, tip[1] + 0.6),
                ((end[0] + tip[0]) / 2, end[1]),
            ),
            opacity=0.75,
        )
    paint(
        face,
        path(
            "M-14 -4 C-14 -12 -4 -14 4.6 -14 C14 -14 21 -11 21 -3 C21 5 18.6 9 16.4 13 C14 18 11 19.6 7 19.6 C2 19.6 -2.6 18 -5.6 13 C-8.6 8 -14 5 -14 -4 Z"
        ),
    )
    paint(
        darken(face, 0.1),
        path("M-14 -4 C-14 5 -8.6 8 -5.6 13 C-2.6 18 2 19.6 7 19.6 C2 18.4 -0.6 15 -3.4 11 C-6 7 -12.6 5 -14 -4 Z"),
    )
    for x, y, r in ((-9, -13, 6.4), (-1, -16.4, 7.0), (8, -16.6, 6.8), (16, -13.4, 6.0), (3.4, -12, 6.0)):
        paint(shadow, oval(x, y + 0.9, r, r * 0.9))
        paint(lighten(wool, 0.18), oval(x, y, r, r * 0.9))
    draw_eyes(art, (-4.4, -0.6), (15.4, -1), 3.8, face)
    ink = darken(face, 0.72) if brightness(face) > 100 else lighten(face, 0.65)
    draw_nose(art, 7, 8.6, 3.0, ink)
    draw_mouth(art, 7, 13.4, 3.6, ink)
    draw_cheeks(art, (-5.4, 6.6), (15.6, 6), 3.2)


def _sheep_face(tones: Tones) -> str:
    """Return the face's paper: the belly's, kept apart from the wool."""
    near = abs(brightness(tones.belly) - brightness(tones.coat)) < 28
    return mix(tones.belly, "#8f6a52", 0.42) if near else tones.belly


def _sheep_wool(art: Art) -> None:
    wool, shadow = art.tones.coat, darken(art.tones.coat, 0.12)
    x, y, rx, ry = (-9, -17.5, 27, 17.0) if art.asleep else (0, -15, 18.5, 21)
    art.sheet.paint(shadow, scallop(x, y, rx, ry, 15, 0.14))
    art.sheet.paint(wool, scallop(x + 0.6, y - 1.1, rx * 0.96, ry * 0.95, 15, 0.14))
    for dx, dy in ((-0.45, -0.35), (0.15, -0.5), (0.5, -0.05), (-0.2, 0.0), (-0.55, 0.3), (0.12, 0.42), (0.5, 0.5)):
        cx, cy = x + dx * rx, y + dy * ry
        art.sheet.paint(
            shadow,
            tube(
                ((cx - 3, cy), (cx - 2, cy + 2.6), (cx + 1, cy + 2.8), (cx + 2.4, cy + 0.6), (cx + 0.6, cy - 0.6)),
                0.6,
                0.6,
                0.4,
            ),
        )


SHEEP = Species(
    _sheep_head,
    size=1.02,
    torso=_sheep_wool,
    marks=lambda art: _sheep_wool(art) if art.asleep else None,
    girth=18,
    tall=42,
    leg=8,
    arms="hoof",
    feet="hoof",
    limb=_sheep_face,
    paw=_sheep_face,
    thick=0.84,
    crown=(3, -18, 9),
    eyes=((-4.4, -0.6), (15.4, -1), 6.2),
    chin=20.2,
)
