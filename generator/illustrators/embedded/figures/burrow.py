"""Animals of burrow, tree and bank: badger, squirrel, otter."""

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.figures.art import Art
from generator.illustrators.embedded.figures.face import (
    draw_cheeks,
    draw_eyes,
    draw_mouth,
    draw_nose,
    draw_whiskers,
)
from generator.illustrators.embedded.figures.geometry import clip, egg, oval, path, ring, tube
from generator.illustrators.embedded.figures.parts import (
    draw_bushy_tail,
    draw_chest,
    draw_muzzle,
    draw_pointed_ear,
    draw_round_ear,
    draw_skull,
    tail_line,
)
from generator.illustrators.embedded.figures.species import Species, deep
from generator.illustrators.embedded.figures.tones import INK, WHITE, Tones
from generator.story import Pose


def _badger_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    pale = lighten(tones.belly, 0.5)
    black = darken(mix(tones.coat, "#26222c", 0.6), 0.45)
    for x, y, squeeze in ((19.5, -12, 0.85), (-17, -13, 1.0)):
        paint(black, oval(x, y, 6.4 * squeeze, 6.6))
        paint(
            pale,
            path(
                f"M{x - 5.6 * squeeze} {y - 2.6} Q{x} {y - 9.5} {x + 5.6 * squeeze} {y - 2.6} Q{x} {y - 4.4} {x - 5.6 * squeeze} {y - 2.6} Z"
            ),
        )
    paint(
        pale,
        path(
            "M-27 9 L-22 5 C-23 -10 -14 -18.6 1 -18.6 C16 -18.6 23 -10 24.5 4 L28.5 8 L23 10 C17 18.4 11 20 7 19.6 C-4 20 -14 17 -20 11.4 Z"
        ),
    )
    paint(
        darken(pale, 0.1),
        path(
            "M-27 9 L-22.6 6.5 C-16 14 -4 17.6 8 17.6 C13 17.2 19 14 24 7.5 L28.5 8 L23 10 C17 18.4 11 20 7 19.6 C-4 20 -14 17 -20 11.4 Z"
        ),
    )
    paint(
        black,
        path(
            "M-13.6 -14.6 C-10.5 -17 -8.4 -17.8 -6 -18.2 C-3.4 -9 1.2 -1 4.6 8.4 C1 9 -4 8 -7.2 5.2 C-11 1.4 -13 -6 -13.6 -14.6 Z"
        ),
    )
    paint(
        black,
        path(
            "M19 -13 C17.4 -15.4 16 -16.2 14.2 -17 C12.4 -8 11.4 0 11.8 8.4 C14.6 8.8 17 7.4 18.4 4.6 C20.2 0.6 20 -6 19 -13 Z"
        ),
    )
    draw_eyes(art, (-4.4, 0), (15.8, -0.4), 3.3, black)
    draw_nose(art, 8.4, 9.6, 4.2)
    draw_mouth(art, 8.4, 14.6, 3.8)
    draw_cheeks(art, (-13.5, 9), (20.4, 8.4), 3.4)


def _badger_tail(art: Art) -> None:
    line = tail_line(art, ((-9.0, 1.0), (-18.0, 3.0), (-25.0, 0.0)), 5.0)
    draw_bushy_tail(art, line, (4.0, 5.0, 2.5), art.tones.belly, 0.7)


BADGER = Species(
    _badger_head,
    size=1.02,
    tail=_badger_tail,
    marks=draw_chest,
    girth=18.5,
    limb=deep,
    paw=deep,
    crown=(2, -17, 10.5),
    eyes=((-4.4, 0), (15.8, -0.4), 6.4),
    chin=19.8,
)


def _squirrel_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    for start, end, tip in (((10, -13), (21, -8), (20, -30)), ((-18, -8), (-5, -14), (-15, -32))):
        draw_pointed_ear(art, start, end, tip, tones.coat, tones.pink, 0.2)
        for dx in (-2.6, 0.2, 2.8):
            paint(tones.deep, tube(((tip[0] + dx * 0.3, tip[1] + 4), (tip[0] + dx, tip[1] - 3.4)), 1.3, 0.3))
    draw_skull(art, 22, 18.4)
    draw_muzzle(art, -7, 8.4, 10.5, 8.6, tones.belly)
    draw_muzzle(art, 18, 8.0, 5.2, 7.6, tones.belly)
    draw_muzzle(art, 8.6, 9.4, 9.0, 8.0, tones.belly)
    draw_eyes(art, (-4.2, -1.6), (16.2, -2), 4.1)
    draw_nose(art, 8.6, 5.6, 2.9, darken(mix(tones.coat, INK, 0.5), 0.2))
    draw_mouth(art, 8.6, 10.2, 3.6)
    paint(WHITE, path("M6.8 10.6 L10.4 10.6 L10.2 14.2 L8.7 14.2 L8.6 13.6 L8.4 14.2 L7 14.2 Z"))
    draw_cheeks(art, (-10.5, 6.6), (19.4, 6))
    draw_whiskers(art, (-9, 9.5), (18.5, 9.2), tones.deep, 8.5)


def _squirrel_tail(art: Art) -> None:
    tones = art.tones
    if art.pose is Pose.SLEEP:
        line = tail_line(art, (), 8.6)
        radii: tuple[float, ...] = (7.0, 8.6, 8.6, 8.0, 3.0)
    else:
        line = ((-7.0, 2.0), (-24.0, 3.0), (-28.0, -22.0), (-21.0, -44.0), (-33.0, -60.0), (-45.0, -50.0))
        radii = (4.0, 9.0, 12.0, 13.0, 10.0, 5.0)
        if art.pose is Pose.SIT:
            line = tuple((x, y - 5) for x, y in line)
    art.sheet.paint(tones.coat, tube(line, *radii))
    art.sheet.paint(tones.light, ring(line, tuple(radius * 0.55 for radius in radii), 0.22, 0.96, 4.0))
    art.sheet.paint(tones.belly, ring(line, tuple(radius * 0.26 for radius in radii), 0.4, 0.94, 3.0), opacity=0.7)


SQUIRREL = Species(
    _squirrel_head,
    size=0.88,
    tail=_squirrel_tail,
    girth=15.5,
    tall=38,
    marks=draw_chest,
    crown=(2, -16, 9),
    eyes=((-4.2, -1.6), (16.2, -2), 6.8),
)


def _otter_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    draw_round_ear(art, 22.5, -9.5, 4.6, tones.shade, tones.pink, 0.9)
    draw_round_ear(art, -20.5, -9.5, 5.0, tones.shade, tones.pink)
    outline = draw_skull(art, 24, 18.2, swell=0.1)
    paint(tones.belly, clip(egg(4, 15, 25, 12.5), outline))
    for x, rx in ((1.2, 9.6), (15.8, 8.4)):
        draw_muzzle(art, x, 7.4, rx, 7.4, lighten(tones.belly, 0.4))
    draw_eyes(art, (-6.8, -3.4), (19, -3.6), 3.5)
    paint(INK, path("M3.4 -0.6 Q8.8 -3.4 14.2 -0.6 Q14.4 2.2 11 4.2 Q8.8 5.4 6.6 4.2 Q3.2 2.2 3.4 -0.6 Z"))
    paint(WHITE, oval(9.4, -0.3, 2.4, 0.7), opacity=0.75)
    draw_mouth(art, 8.8, 7.4, 5.0)
    for x in (-2.6, 0.4, 17.4, 20.0):
        paint(tones.deep, oval(x, 6.6 + (x % 2), 0.55, 0.55), opacity=0.7)
    draw_whiskers(art, (-6, 8.5), (21.5, 8.2), tones.deep, 9.5)
    draw_cheeks(art, (-13, 3.4), (20.4, 3.4), 3.0)


def _otter_tail(art: Art) -> None:
    if art.pose is Pose.SLEEP:
        line = tail_line(art, (), 4.4)
        art.sheet.paint(art.tones.shade, tube(line, 7.0, 5.2, 4.4, 3.4, 1.2))
        return
    low = 3.4 if art.pose is Pose.SIT else 9.0
    line = ((-5.0, -2.0), (-15.0, low - 3.0), (-27.0, low), (-41.0, low + 0.6))
    art.sheet.paint(art.tones.shade, tube(line, 9.0, 7.0, 4.6, 1.4))
    art.sheet.paint(art.tones.coat, tube(tuple((x + 0.4, y - 1.4) for x, y in line), 7.4, 5.0, 2.8, 0.6))


def _web(tones: Tones) -> str:
    return darken(tones.coat, 0.28)


OTTER = Species(
    _otter_head,
    size=0.92,
    tail=_otter_tail,
    girth=14.5,
    tall=50,
    leg=4.5,
    paw=_web,
    feet="web",
    crown=(2, -16.5, 10),
    eyes=((-6.8, -3.4), (19, -3.6), 6.4),
    marks=draw_chest,
)
