"""Animals of the wood with a mask: fox, wolf, raccoon."""

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.figures.art import Art
from generator.illustrators.embedded.figures.face import (
    draw_brows,
    draw_cheeks,
    draw_eyes,
    draw_mouth,
    draw_nose,
)
from generator.illustrators.embedded.figures.geometry import clip, egg, path, ring
from generator.illustrators.embedded.figures.parts import (
    draw_bushy_tail,
    draw_chest,
    draw_muzzle,
    draw_pointed_ear,
    draw_round_ear,
    tail_line,
)
from generator.illustrators.embedded.figures.species import Species, deep
from generator.illustrators.embedded.figures.tones import WHITE


def _fox_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    for start, end, tip in (
        ((9.0, -13.0), (23.5, -3.0), (24.0, -34.0)),
        ((-21.5, -3.0), (-3.0, -14.0), (-18.5, -36.0)),
    ):
        draw_pointed_ear(art, start, end, tip, tones.coat, tones.pink)
        black = tuple((tip[0] + (x - tip[0]) * 0.34, tip[1] + (y - tip[1]) * 0.34) for x, y in (start, tip, end))
        paint(tones.deep, (black[0], tip, black[2], ((black[0][0] + black[2][0]) / 2, black[0][1] - 2.4)))
    face = path(
        "M-27 5 C-24 0 -22 -17 0 -18 C19 -18 25 -5 28.5 4.5 L23.5 5.8 L24 10 L18.5 10.5 C14 16 11 18.8 7 18.8 C0 18.8 -10 15.5 -15.5 11.6 L-21.5 11.8 L-21 7.6 Z"
    )
    paint(tones.coat, face)
    paint(
        tones.belly,
        path(
            "M-27 5 C-19 3 -11 -1 -3 4.5 C1 7.5 3.5 9.5 5.5 11 L11 11 C13 8 15 4.5 19 3 C22 2 25.5 3.6 28.5 4.5 L23.5 5.8 L24 10 L18.5 10.5 C14 16 11 18.8 7 18.8 C0 18.8 -10 15.5 -15.5 11.6 L-21.5 11.8 L-21 7.6 Z"
        ),
    )
    paint(
        tones.belly_shade,
        path(
            "M-21.3 10 L-15.5 9.6 C-10 13.6 0 17 7 17 C11 17 14 14.4 17.5 10 L18.5 10.5 C14 16 11 18.8 7 18.8 C0 18.8 -10 15.5 -15.5 11.6 L-21.5 11.8 Z"
        ),
    )
    paint(tones.light, path("M-17 -9.4 C-12 -15.5 -6 -17.4 2 -17.2 C-5 -15.6 -11 -13 -17 -9.4 Z"))
    draw_eyes(art, (-4.5, -1), (16.5, -1.4))
    draw_cheeks(art, (-12.5, 7.2), (20, 6.4))
    draw_nose(art, 8.2, 8.6, 3.5)
    draw_mouth(art, 8.2, 13.2, 3.9)


def _fox_tail(art: Art) -> None:
    line = tail_line(art, ((-8.0, 0.0), (-21.0, 5.0), (-33.0, -4.0), (-35.0, -21.0), (-28.0, -31.0)), 7.5)
    draw_bushy_tail(art, line, (3.0, 7.0, 9.0, 7.0, 1.2), art.tones.belly)


FOX = Species(
    _fox_head,
    tail=_fox_tail,
    marks=draw_chest,
    limb=lambda tones: tones.coat,
    paw=deep,
    crown=(0, -15, 9.5),
    eyes=((-4.5, -1), (16.5, -1.4), 6.6),
)


def _wolf_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    draw_pointed_ear(art, (8, -13), (22, -6), (20, -30), tones.shade, tones.pink)
    draw_pointed_ear(art, (-20, -6), (-4, -14), (-16, -32), tones.coat, tones.pink)
    ruff = path(
        "M-30 8 L-24 5 L-26 -1 L-21 -2 C-19 -14 -9 -18 1 -18 C13 -18 21 -13 23 -3 L28 -1 L26.5 5 L31 8.5 L25.5 10.5 L26 15 L19.5 14.5 C14 19.5 -2 20 -12 15.5 L-18.5 18 L-18.5 13.5 L-26 14.5 L-24.5 10 Z"
    )
    paint(tones.coat, ruff)
    paint(
        tones.belly,
        path(
            "M-26 14.5 L-24.5 10 L-28 8.4 C-20 6 -16 -6 -7 -6.5 C0 -6.5 2 0 5 4 L11 4 C13 0 14 -6 19 -6 C24 -4 24 4 29 8 L25.5 10.5 L26 15 L19.5 14.5 C14 19.5 -2 20 -12 15.5 L-18.5 18 L-18.5 13.5 Z"
        ),
    )
    paint(
        tones.deep,
        path("M-6 -17.4 C0 -18.4 6 -18.2 11 -16.8 C9.5 -11 9.5 -4 10 3 L6 3 C5 -5 1 -11 -6 -17.4 Z"),
        opacity=0.55,
    )
    draw_muzzle(art, 9, 9.5, 10.5, 8.4, lighten(tones.belly, 0.35))
    paint(tones.coat, path("M3.6 2.5 Q8.5 -3 14 2.5 Q13 7.4 9 8 Q5 7.6 3.6 2.5 Z"))
    draw_eyes(art, (-5, -0.5), (18, -0.8), 3.6)
    draw_brows(art, (-5.5, -8.4), (17.6, -8.4), tones.belly, 3.0)
    draw_nose(art, 9.2, 5.6, 4.3)
    draw_mouth(art, 9.2, 11.6, 4.6)
    draw_cheeks(art, (-13, 8), (22.5, 7.4), 3.6)


def _wolf_tail(art: Art) -> None:
    line = tail_line(art, ((-8.0, 0.0), (-20.0, 2.0), (-29.0, 6.0), (-37.0, 2.0)), 7.0)
    draw_bushy_tail(art, line, (3.5, 7.0, 7.5, 4.5, 1.0), art.tones.deep, 0.72)


def _wolf_chest(art: Art) -> None:
    if art.asleep:
        return
    bib = path("M-9 -36 L14 -36 L15 -26 L11 -28 L9.5 -21 L6 -25 L3 -18 L0 -25 L-4 -21.5 L-5 -28 L-9.5 -26 Z")
    art.sheet.paint(lighten(art.tones.belly, 0.3), clip(bib, egg(0, -15, 16.6, 20.6, 0.13)))


WOLF = Species(
    _wolf_head,
    size=1.08,
    tail=_wolf_tail,
    marks=_wolf_chest,
    girth=17,
    crown=(1, -16, 9.5),
    eyes=((-5, -0.5), (18, -0.8), 6.8),
    chin=20,
)


def _raccoon_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    for x, y, squeeze in ((19, -14.5, 0.85), (-16, -15.5, 1.0)):
        draw_round_ear(art, x, y, 7.6, tones.deep, lighten(tones.belly, 0.3), squeeze)
    paint(
        tones.coat,
        path(
            "M-29 7 L-23 4 C-23 -10 -13 -18.6 1 -18.6 C16 -18.6 24 -10 25.5 3.4 L30 6.6 L25 9 L26 13 L19.5 13.2 C13 19.6 -6 20 -15.5 13.6 L-22 14.4 L-21.5 9.8 Z"
        ),
    )
    paint(
        lighten(tones.belly, 0.45),
        path(
            "M-28 7 C-22 -8 -14 -9.5 -7 -9 C0 -8 4 -4 7 -3 C10 -4 13 -8.6 18 -8.6 C23 -8 25 -1 29 6.6 L25 9 L26 13 L19.5 13.2 C13 19.6 -6 20 -15.5 13.6 L-22 14.4 L-21.5 9.8 Z"
        ),
    )
    mask = darken(mix(tones.coat, "#2b2530", 0.55), 0.45)
    paint(
        mask,
        path("M-25.5 6.5 C-20 -3 -12 -6.6 -5 -6 C0 -5.6 4 -2.4 5 1.5 C4 6.4 -1 8.4 -6 8 C-12 8 -18 9.5 -25.5 6.5 Z"),
    )
    paint(
        mask,
        path("M28 6.2 C24 -3 21 -6 17 -5.8 C13 -5.4 11.5 -2.4 10.6 1.5 C11.5 6 15 8 18 7.8 C22 7.6 24.5 8.2 28 6.2 Z"),
    )
    paint(tones.deep, path("M4.6 -18.4 Q8 -18.5 10.6 -17.4 Q8.6 -8 8.6 1 L6.4 1 Q6.6 -9 4.6 -18.4 Z"), opacity=0.7)
    draw_muzzle(art, 8.4, 9.6, 8.6, 7.0, WHITE)
    draw_eyes(art, (-4.2, 1), (16.8, 0.8), 3.6, mask)
    draw_nose(art, 8.6, 5.8, 3.5)
    draw_mouth(art, 8.6, 11.2, 3.8)


def _raccoon_tail(art: Art) -> None:
    line = tail_line(art, ((-8.0, 0.0), (-21.0, 5.0), (-33.0, -3.0), (-36.0, -19.0), (-31.0, -30.0)), 7.2)
    radii = (4.0, 7.0, 8.2, 7.4, 4.0)
    draw_bushy_tail(art, line, radii, art.tones.deep, 0.84)
    grown = tuple(radius + 0.1 for radius in radii)
    for share in (0.2, 0.41, 0.62):
        art.sheet.paint(art.tones.deep, ring(line, grown, share, share + 0.1))


RACCOON = Species(
    _raccoon_head,
    size=0.95,
    tail=_raccoon_tail,
    marks=draw_chest,
    paw=deep,
    girth=17,
    crown=(1.5, -16.5, 10),
    eyes=((-4.2, 1), (16.8, 0.8), 6.4),
)
