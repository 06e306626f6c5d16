"""Those that flutter and hover: bat and ghost."""

from generator.illustrators.embedded.colour import darken
from generator.illustrators.embedded.figures.art import Art
from generator.illustrators.embedded.figures.face import draw_cheeks, draw_eyes, draw_laugh, draw_smile
from generator.illustrators.embedded.figures.geometry import Outline, Point, clip, egg, path, place, tube
from generator.illustrators.embedded.figures.outfit import Outfit, draw_outfit
from generator.illustrators.embedded.figures.parts import draw_pointed_ear, draw_skull
from generator.illustrators.embedded.figures.tones import WHITE
from generator.story import Pose

BAT_OUTFIT = Outfit((-1, -50.5, 8.4, -4), (0.5, -18.4, 7.6, 0), ((-4, -36), (10.5, -36.2), 5.8), 13.0)


def draw_bat(art: Art) -> Point | None:
    """Draw a bat: fluttering above the ground, or on it with its wings about itself."""
    sheet = art.sheet
    folded = art.pose in (Pose.SLEEP, Pose.SIT)
    with sheet.inside(place(0, 0 if folded else -12, 0, 1.08)):
        if not folded:
            with sheet.layer():
                _draw_bat_wings(art)
        with sheet.layer():
            _draw_bat_body(art, folded)
        if folded:
            with sheet.layer():
                _draw_bat_cloak(art)
        with sheet.layer(), sheet.inside(place(0, 0, 6 if art.asleep else 0)):
            _draw_bat_head(art)
            draw_outfit(art, BAT_OUTFIT)
        return sheet.at((43, -27)) if art.pose is Pose.HOLD else None


def _draw_bat_wings(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    lift = {Pose.WALK: -12.0, Pose.HOLD: -2.0}.get(art.pose, -6.0)
    for way in (-1, 1):
        with art.sheet.inside(place(0, 0, 0, 1, way)):
            top, tip, low = (24, -37 + lift), (52, -31 + lift), (46, -9 + lift)
            if art.pose is Pose.HOLD and way == 1:
                top, tip, low = (26, -36), (45, -29), (40, -10)
            paint(
                tones.shade,
                path(
                    f"M6 -23 L{top[0]} {top[1]} L{tip[0]} {tip[1]} Q{tip[0] - 8} {tip[1] + 7} {low[0]} {low[1]} Q{low[0] - 10} {low[1] - 7} {low[0] - 15} {low[1] + 4} Q{low[0] - 24} {low[1] - 4} 7 -7 Z"
                ),
            )
            for end in (tip, low, (low[0] - 15, low[1] + 4)):
                paint(tones.deep, tube((top, end), 1.1, 0.5))
            paint(tones.coat, tube(((6, -22), top), 2.4, 1.6))
            paint(tones.belly, tube((top, (top[0] + 2, top[1] - 4.6)), 1.2, 0.4))


def _draw_bat_body(art: Art, folded: bool) -> None:
    tones, paint = art.tones, art.sheet.paint
    for x in (-5.4, 5.4):
        foot = -1.6 if folded else 0.4
        for dx in (-2, 0.4, 2.8):
            paint(tones.deep, tube(((x, foot - 4), (x + dx, foot)), 1.3, 0.9))
    body = egg(0, -15, 12.5, 14, 0.08)
    paint(tones.coat, body)
    art.sheet.shade(tones.shade, body, 1.8, -1.2, 0.97)
    paint(tones.belly, clip(egg(2, -13.4, 8, 10, 0.1), body))


def _draw_bat_cloak(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    for way in (1, -1):
        with art.sheet.inside(place(0, 0, 0, 1, way)):
            paint(
                tones.shade if way > 0 else darken(tones.coat, 0.1),
                path(
                    "M3 -25 C14 -27 18 -20 18 -10 Q17 -5 13 -3.4 Q11.6 -7.4 8.6 -3.4 Q6 -7 3.4 -4.4 Q0.6 -8 -3.4 -6 C2 -12 4 -18 3 -25 Z"
                ),
            )
            paint(
                tones.deep,
                tube(((12, -23), (13.6, -13), (13, -4)), 0.6, 0.5),
                tube(((10, -22), (9, -13), (8.4, -4)), 0.6, 0.5),
            )


def _draw_bat_head(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    with art.sheet.inside(place(0, -36, 0, 0.84)):
        draw_pointed_ear(art, (7, -11), (22, -1), (27, -32), tones.coat, tones.pink, 0.34)
        draw_pointed_ear(art, (-21, -1), (-5, -12), (-24, -34), tones.coat, tones.pink, 0.34)
        draw_skull(art, 21, 17.6, swell=0.06)
        paint(tones.light, egg(5, 4, 13, 9.6), opacity=0.5)
        draw_eyes(art, (-4.6, -0.4), (12.6, -0.6), 4.1, tones.coat)
        paint(tones.pink, path("M1.4 6 Q4.6 1.6 8 6 Q6.4 8 4.7 7 Q3 8 1.4 6 Z"))
        draw_smile(art, 4.8, 9.0, 4.6, darken(tones.coat, 0.7))
        paint(WHITE, path("M1.8 10.8 L3.9 11.4 L2.8 14 Z"), path("M5.8 11.4 L7.9 10.8 L6.9 14 Z"))
        draw_cheeks(art, (-10, 6.4), (15, 6.4), 3.2)


GHOST_OUTFIT = Outfit((-1, -93, 12, -4), (0, -41, 23, 0), ((-4.5, -66), (16.5, -66), 7.6))


def draw_ghost(art: Art) -> Point | None:
    """Draw a friendly ghost: a sheet with a wavy hem and two stubby arms."""
    sheet, tones, paint = art.sheet, art.tones, art.sheet.paint
    turn = {Pose.WALK: 7.0, Pose.HOLD: -2.0}.get(art.pose, 0.0)
    squat = {Pose.SIT: 0.84, Pose.SLEEP: 0.7}.get(art.pose, 1.0)
    hold = art.pose is Pose.HOLD
    arms = {Pose.HOLD: ((20, -44), (34, -46), (42, -56)), Pose.WALK: ((20, -44), (33, -44), (39, -48))}
    right = arms.get(art.pose, ((20, -40), (31, -36), (36, -30)))
    with sheet.inside(place(0, 0, turn, squat, 1.0 / squat**0.7)):
        with sheet.layer():
            if not hold:
                paint(tones.shade, tube(right, 8, 7, 4.6))
        with sheet.layer():
            robe = _robe()
            paint(tones.coat, robe)
            paint(
                tones.shade,
                path(
                    "M-28 -50 C-30 -30 -33 -16 -38 -6 Q-32 0 -26 -3.4 Q-20 -9 -14 -3 Q-11 0 -8 -1 C-18 -16 -23 -34 -22 -62 Z"
                ),
                opacity=0.8,
            )
            paint(
                tones.belly,
                path("M12 -10 C20 -30 26 -50 24 -68 C30 -52 30 -30 33 -9 Q27 -9 22 -4 Q17 -6 12 -10 Z"),
                opacity=0.65,
            )
            paint(tones.belly, tube(((-19, -76), (-12, -88), (-2, -92)), 0.8, 2.2, 0.8), opacity=0.9)
        draw_eyes(art, (-4.5, -66), (16.5, -66), 5.6, tones.coat)
        if art.asleep:
            draw_smile(art, 6, -53, 3.4)
        else:
            draw_laugh(art, 6, -55, 4.6)
        draw_cheeks(art, (-13, -57), (21.5, -57), 4.6)
        with sheet.layer():
            draw_outfit(art, GHOST_OUTFIT)
            left = ((-19, -42), (-26, -36), (-27, -28)) if not hold else ((-20, -40), (-31, -36), (-34, -28))
            paint(darken(tones.coat, 0.07), tube(left, 7.6, 6.8, 4.6))
            if hold:
                paint(darken(tones.coat, 0.05), tube(right, 8, 7, 4.6))
        return sheet.at((43, -57)) if hold else None


def _robe() -> Outline:
    """Return the outline of the ghost's sheet."""
    return path(
        "M-28 -60 C-28 -84 -14 -98 2 -98 C20 -98 30 -82 30 -60 C30 -36 33 -18 39 -8 Q32 -1 26 -5 Q20 -10 14 -3 Q8 3 2 -3 Q-3 -9 -9 -2 Q-14 2 -20 -4 Q-25 -8 -38 -4 C-32 -18 -28 -36 -28 -60 Z"
    )
