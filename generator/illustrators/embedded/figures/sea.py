"""Animals of the sea: whale and octopus. What lies under water has positive y."""

from generator.illustrators.embedded.colour import darken
from generator.illustrators.embedded.figures.art import Art
from generator.illustrators.embedded.figures.face import draw_cheeks, draw_eye, draw_eyes, draw_smile
from generator.illustrators.embedded.figures.geometry import Point, egg, oval, path, place, tube
from generator.illustrators.embedded.figures.outfit import Outfit, draw_outfit
from generator.story import Pose

WHALE_OUTFIT = Outfit((38, -64, 15, 4), (8, -22, 40, 84), ((52, -24), (86, -26), 8.5), 0.0)


def draw_whale(art: Art) -> Point | None:
    """Draw a whale that swims with its back, face and tail above the water."""
    turn = {Pose.WALK: -5.0, Pose.HOLD: -7.0, Pose.SLEEP: 2.0}.get(art.pose, 0.0)
    rise = {Pose.WALK: -3.0, Pose.SLEEP: 9.0}.get(art.pose, 0.0)
    sheet = art.sheet
    with sheet.inside(place(0, rise, turn)):
        with sheet.layer():
            _draw_fluke(art)
        with sheet.layer():
            _draw_whale_body(art)
        _draw_whale_face(art)
        draw_outfit(art, WHALE_OUTFIT)
        if not art.asleep and art.wears != "hat":
            _draw_spout(art)
        with sheet.layer():
            return _draw_fin(art)


def _draw_fluke(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    turn = 14.0 if art.pose in (Pose.WALK, Pose.SLEEP) else 0.0
    with art.sheet.inside(place(-74, -24, -turn)):
        paint(tones.coat, tube(((16, 1), (-3, -9), (-13, -25)), 15, 10.4, 6))
        paint(
            tones.shade,
            path(
                "M-13 -22 C-22 -24 -34 -31 -37 -43 C-30 -44 -19 -41 -13 -33 C-8 -42 3 -48 13 -46 C12 -36 1 -26 -8 -22 Z"
            ),
        )
        paint(
            tones.coat,
            path(
                "M-12 -20 C-19 -25 -32 -31 -37 -43 C-28 -42 -18 -38 -12.6 -30 C-8 -39 2 -45 13 -46 C9 -38 0 -28 -8 -20 Z"
            ),
        )


def _draw_whale_body(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    body = path("M-84 -22 C-66 -32 -50 -60 10 -65 C62 -69 102 -48 104 -16 C105 12 84 26 36 28 C-20 30 -70 14 -84 -22 Z")
    paint(tones.coat, body)
    paint(
        tones.light,
        path(
            "M-44 -42 C-24 -57 -4 -62.5 14 -63.6 C54 -66 84 -55 97 -36 C76 -55 44 -60 14 -57 C-8 -56 -28 -50 -44 -42 Z"
        ),
        opacity=0.8,
    )
    paint(
        tones.belly, path("M104 -15 C103 12 84 26 36 28 C-10 29 -46 19 -66 2 C-40 10 0 10 24 2 C48 -6 80 -4 104 -15 Z")
    )
    for i, y in enumerate((3, 9, 15)):
        paint(
            tones.belly_shade,
            tube(
                ((98 - i * 5, y - 10), (72, y - 1), (40, y + 2), (4 + i * 8, y + 7), (-24 + i * 12, y + 7)),
                0.4,
                1.1,
                1.1,
                0.4,
            ),
        )
    for x, y, r in ((-12, -44, 2.2), (-2, -50, 1.5), (-20, -36, 1.4), (-30, -38, 2.0)):
        paint(tones.light, oval(x, y, r, r), opacity=0.7)


def _draw_whale_face(art: Art) -> None:
    tones, paint = art.tones, art.sheet.paint
    draw_eye(art, 52, -24, 6.2, tones.coat)
    draw_eye(art, 86, -26, 5.8, tones.coat)
    paint(tones.deep, tube(((46, -6), (56, -2.4), (74, -4.2), (90, -8), (97, -15)), 0.7, 1.3, 1.3, 0.7))
    paint(tones.deep, tube(((44, -8.4), (46, -5.6), (47.6, -3.6)), 0.7))
    draw_cheeks(art, (43, -14), (95, -19), 6.0)


def _draw_spout(art: Art) -> None:
    """Draw the fountain from the blowhole."""
    paint = art.sheet.paint
    water, pale = "#a9d6e3", "#d9eef2"
    reach = 1.0 if art.pose is not Pose.HOLD else 0.84
    with art.sheet.inside(place(34, -64, 0, reach)):
        for way, tone in ((1, water), (-1, pale)):
            paint(
                tone,
                tube(
                    ((0, 2), (way * 2, -20), (way * 10, -32), (way * 19, -30), (way * 22, -21)), 2.6, 2.6, 3.2, 3.0, 1.6
                ),
            )
        paint(pale, tube(((0, 2), (0, -22), (0, -36)), 2.0, 2.4, 1.6))
        for x, y, r in ((-14, -38, 1.8), (9, -41, 2.0), (25, -14, 1.7), (-25, -15, 1.9)):
            paint(water, oval(x, y, r, r * 1.25))


def _draw_fin(art: Art) -> Point | None:
    tones, paint = art.tones, art.sheet.paint
    if art.pose is Pose.HOLD:
        line: tuple[Point, ...] = ((54, 8), (82, 6), (108, -8), (117, -22))
        paint(tones.shade, tube(line, 8, 10, 7, 3.4))
        paint(tones.coat, tube(tuple((x + 0.6, y - 1.4) for x, y in line), 7, 9, 6, 3))
        return art.sheet.at((116, -22))
    paint(tones.shade, path("M16 -2 C24 -6 34 -4 38 2 C34 14 20 24 4 25 C2 16 8 4 16 -2 Z"))
    paint(tones.coat, path("M17 -3 C25 -7 34 -5 38 1 C32 11 20 19 7 20 C6 12 11 2 17 -3 Z"))
    return None


OCTOPUS_OUTFIT = Outfit((-3, -71, 15, -8), (0, -13, 21, 0), ((-7, -29), (17, -29), 8.6))


def draw_octopus(art: Art) -> Point | None:
    """Draw an octopus that bobs in the water, its arms curling about it."""
    sheet, tones, paint = art.sheet, art.tones, art.sheet.paint
    rise = {Pose.WALK: -4.0, Pose.SLEEP: 14.0, Pose.SIT: 5.0}.get(art.pose, 0.0)
    with sheet.inside(place(0, rise)):
        with sheet.layer():
            for line in _far_arms(art):
                paint(tones.shade, tube(line, 8, 6.6, 5, 3.4, 1.8))
        with sheet.layer():
            head = egg(2, -41, 31, 32, -0.08)
            paint(tones.coat, head)
            sheet.shade(tones.shade, head, 3, -2, 0.985)
            sheet.shade(tones.light, head, -0.8, 1.4)
            paint(tones.coat, path("M-24 -24 C-27 -8 -22 6 -12 12 L18 12 C28 6 31 -8 29 -24 Z"))
            for x, y, r in ((-14, -58, 4.0), (-4, -65, 2.4), (-20, -47, 2.6), (20, -60, 2.2)):
                paint(tones.light, oval(x, y, r, r * 0.85, -30), opacity=0.75)
        draw_eyes(art, (-7, -29), (17, -29), 6.4, tones.coat)
        if art.asleep:
            draw_smile(art, 5.4, -17, 3.6, darken(tones.coat, 0.6))
        else:
            draw_smile(art, 5.4, -19, 6.0, darken(tones.coat, 0.6))
        draw_cheeks(art, (-15, -20), (25, -20), 5.4)
        draw_outfit(art, OCTOPUS_OUTFIT)
        with sheet.layer():
            for line in _near_arms(art):
                _draw_sucker_arm(art, line)
        if art.pose is not Pose.HOLD:
            return None
        _draw_sucker_arm(art, ((22, 4), (40, 4), (52, -12), (54, -30), (61, -40)))
        return sheet.at((61, -40))


def _far_arms(art: Art) -> tuple[tuple[Point, ...], ...]:
    if art.asleep:
        return ((-14, 0), (-34, 4), (-50, -4), (-58, -4), (-61, -9)), ((18, 0), (38, 4), (53, -4), (60, -4), (63, -9))
    left: tuple[Point, ...] = ((-14, 0), (-36, 2), (-47, -14), (-58, -18), (-63, -10))
    right: tuple[Point, ...] = ((18, 0), (40, 2), (50, -14), (61, -19), (66, -11))
    if art.pose is Pose.WALK:
        left = ((-14, 0), (-36, 2), (-52, -6), (-64, -20), (-58, -29))
    return (left,) if art.pose is Pose.HOLD else (left, right)


def _near_arms(art: Art) -> tuple[tuple[Point, ...], ...]:
    low = 2.0 if art.pose is Pose.WALK else 0.0
    return (
        ((-16, 0), (-30, 10 - low), (-44, 10), (-51, 2), (-46, -4)),
        ((20, 0), (32, 10), (46, 11 - low), (54, 4), (50, -2)),
        ((-6, 2), (-14, 14), (-26, 18), (-34, 15), (-36, 9)),
        ((11, 2), (16, 14), (26, 18), (35, 16), (38, 10)),
    )


def _draw_sucker_arm(art: Art, line: tuple[Point, ...]) -> None:
    """Draw an arm with pale suckers along its lower side."""
    art.sheet.paint(art.tones.coat, tube(line, 9, 7.4, 5.4, 3.8, 2.2))
    for share, radius in ((0.42, 1.7), (0.56, 1.5), (0.7, 1.3), (0.84, 1.0)):
        at = share * (len(line) - 1)
        i = min(int(at), len(line) - 2)
        (ax, ay), (bx, by) = line[i], line[i + 1]
        x, y = ax + (bx - ax) * (at - i), ay + (by - ay) * (at - i)
        art.sheet.paint(art.tones.belly, oval(x, y + 1.2, radius, radius))
