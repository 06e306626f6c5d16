"""Arms, wings, legs and feet of the upright animals."""

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.figures.art import Art
from generator.illustrators.embedded.figures.geometry import Point, box, oval, path, place, ring, tube
from generator.illustrators.embedded.figures.species import Species
from generator.illustrators.embedded.figures.tones import AMBER, INK, brightness
from generator.illustrators.embedded.figures.wardrobe import draw_boot

Line = tuple[Point, Point, Point]


def draw_arm(art: Art, species: Species, line: Line, near: bool) -> None:
    """Draw an arm from shoulder over elbow to wrist; the far one lies in shadow."""
    limb, paw = find_papers(art, species, near)
    if species.arms == "wing":
        _draw_wing(art, line, limb)
        return
    radii = tuple(radius * species.thick for radius in (5.4, 4.8, 4.2))
    art.sheet.paint(limb, tube(line, *radii))
    if near:
        art.sheet.paint(
            darken(limb, 0.13),
            tube(tuple((x - 3.3 * species.thick, y + 0.6) for x, y in line), 0.9, 1.3, 0.6),
            opacity=0.7,
        )
    if paw != limb:
        art.sheet.paint(
            paw, ring(line, tuple(radius + 0.06 for radius in radii), 0.62, 1.0, 1.4 if species.arms == "paw" else 0.0)
        )
    _draw_hand(art, species, line, paw)


def find_papers(art: Art, species: Species, near: bool, leg: bool = False) -> tuple[str, str]:
    """Return the papers of a limb and of its paw; the far ones lie in shadow."""
    limb = (species.leg_paper if leg and species.leg_paper else species.limb)(art.tones)
    paw = (species.foot_paper if leg and species.foot_paper else species.paw)(art.tones)
    return (limb, paw) if near else (_dim(limb), _dim(paw))


def _dim(colour: str) -> str:
    """Return a paper in shadow, kept warm."""
    return darken(mix(colour, "#a8664a", 0.12 if brightness(colour) > 175 else 0.0), 0.13)


def _draw_hand(art: Art, species: Species, line: Line, paw: str) -> None:
    """Draw what is at the end of an arm."""
    (ex, ey), (x, y) = line[1], line[2]
    length = max(0.1, ((x - ex) ** 2 + (y - ey) ** 2) ** 0.5)
    dx, dy = (x - ex) / length, (y - ey) / length
    size, paint = species.thick, art.sheet.paint
    tip = (x + dx * 1.6, y + dy * 1.6)
    if species.arms == "hoof":
        paint(darken(paw, 0.62), tube(((x - dx, y - dy), (x + dx * 3.4, y + dy * 3.4)), 4.3 * size, 4.0 * size))
        return
    if species.arms == "clamp":
        paint(darken(paw, 0.45), oval(x, y, 4.9, 4.9))
        for way in (-1, 1):
            knuckle = (x + dx * 3.5 - dy * way * 4.6, y + dy * 3.5 + dx * way * 4.6)
            paint(
                darken(paw, 0.3),
                tube(((x, y), knuckle, (x + dx * 8.2 - dy * way * 2.2, y + dy * 8.2 + dx * way * 2.2)), 1.8, 2.0, 1.5),
            )
        return
    if species.arms == "claw":
        for spread in (-4.2, 0.0, 4.2):
            end = (x + dx * 7.4 - dy * spread, y + dy * 7.4 + dx * spread)
            paint(lighten(art.tones.belly, 0.4), tube(((x, y), end), 2.0, 0.4))
    paint(paw, oval(*tip, 4.9 * size, 4.9 * size))
    if species.arms == "hand":
        paint(paw, tube(((x, y), (x + dx * 1.5 + abs(dy) * 4.4, y + dy * 1.0 - abs(dx) * 4.4)), 2.0, 1.6))
        return
    crease = darken(paw, 0.3) if paw != INK else paw
    for spread in (-1.56, 1.56):
        start = (tip[0] + dx * 1.6 - dy * spread, tip[1] + dy * 1.6 + dx * spread)
        paint(crease, tube((start, (start[0] + dx * 2.6, start[1] + dy * 2.6)), 0.42), opacity=0.75)


def _draw_wing(art: Art, line: Line, limb: str) -> None:
    """Draw a wing with three feather tips."""
    (sx, sy), (ex, ey), (x, y) = line
    for share, reach in ((0.62, 0.86), (0.8, 1.02), (1.0, 1.18)):
        end = (sx + (x - sx) * reach + (1 - share) * 9 * (1 if x > sx else -1) * -1, sy + (y - sy) * reach)
        art.sheet.paint(darken(limb, 0.1 + (1 - share) * 0.35), tube(((sx, sy), (ex, ey), end), 4.2, 6.4 * share, 2.4))
    art.sheet.paint(limb, tube(((sx, sy), (ex, ey), (sx + (x - sx) * 0.9, sy + (y - sy) * 0.9)), 4.8, 5.2, 2.6))


def draw_leg(art: Art, species: Species, hip: Point, foot: Point, turn: float, near: bool) -> None:
    """Draw a leg from the hip to a sole at `foot`, the toes lifted by -`turn` degrees."""
    limb, paw = find_papers(art, species, near, leg=True)
    size = species.thick
    ankle = (foot[0] - 0.6, foot[1] - 5.4 * size)
    bird = species.feet == "bird"
    if species.feet != "none":
        tone = darken(AMBER, 0.12) if bird else limb
        radii = (2.0, 1.7) if bird else (6.4 * size, 5.2 * size)
        art.sheet.paint(tone, tube((hip, ankle), *radii))
        if paw != limb and not bird:
            art.sheet.paint(
                paw,
                ring(
                    (hip, ((hip[0] + ankle[0]) / 2, (hip[1] + ankle[1]) / 2), ankle),
                    (6.4 * size, 5.8 * size, 5.25 * size),
                    0.4,
                    1.0,
                    1.4 if species.feet == "paw" else 0.0,
                ),
            )
    if art.wears == "boots":
        draw_boot(art, ((hip[0] + ankle[0]) / 2, min(foot[1] - 8.5, (hip[1] + ankle[1]) / 2)), foot, turn, size, near)
        return
    draw_foot(art, species, foot, turn, paw, near)


def draw_foot(art: Art, species: Species, foot: Point, turn: float, paw: str, near: bool = True) -> None:
    """Draw a foot whose sole is at `foot`."""
    paint = art.sheet.paint
    with art.sheet.inside(place(*foot, turn, species.thick)):
        if species.feet in ("bird", "web"):
            tone = AMBER if species.feet == "bird" else paw
            tone = tone if near else darken(tone, 0.17)
            paint(
                tone,
                path(
                    "M-4 -2.2 C-2 -4.6 1 -4.8 3 -4.4 L12.5 -1.2 Q12 0.2 9.6 0 L8 -0.6 Q6.6 0.6 4.4 0 L2.6 -0.5 Q0.6 0.6 -2 0 Q-5.4 0 -4 -2.2 Z"
                ),
            )
            paint(darken(tone, 0.2), tube(((2, -3.4), (7.6, -1)), 0.4), tube(((0, -3), (2.4, -0.9)), 0.4))
        elif species.feet == "hoof":
            paint(darken(paw, 0.62), path("M-4.8 -5 L4.6 -5.4 L7.2 0 L-5.2 0 Z"))
            paint(darken(paw, 0.75), path("M2 -3.4 L3.6 0 L2.6 0 Z"))
        elif species.feet == "clamp":
            paint(darken(paw, 0.42), box(2.5, -3, 8.6, 3, 2.2))
            paint(darken(paw, 0.25), box(2.5, -4.6, 7.6, 1.4, 1.2))
        else:
            paint(
                paw,
                path(
                    "M-6 -2.6 C-6.4 -6.6 -1 -8 3 -7.4 C8 -6.8 11 -4 10.4 -1.6 C10 0 8 0 6 0 L-3.6 0 C-5.4 0 -6 -1 -6 -2.6 Z"
                ),
            )
            crease = darken(paw, 0.32)
            if species.feet == "paw":
                paint(crease, tube(((7.4, -4), (8.6, -1.4)), 0.42), tube(((4.4, -3.6), (5.2, -1)), 0.42), opacity=0.8)
            else:
                paint(crease, path("M-5.9 -1.5 L10.2 -1.5 C10 0 8 0 6 0 L-3.6 0 C-5 0 -5.8 -0.6 -5.9 -1.5 Z"))


def draw_sole(art: Art, species: Species, x: float, y: float, near: bool) -> None:
    """Draw a foot of a sitting figure, its toes up; (x, y) is the middle of the heel on the ground."""
    _, paw = find_papers(art, species, near, leg=True)
    paint, size = art.sheet.paint, species.thick
    if art.wears == "boots" or species.feet not in ("paw", "shoe"):
        if art.wears == "boots":
            draw_boot(art, (x - 7 * size, y - 5.6), (x - 0.5, y), 0, size, near)
        else:
            draw_foot(art, species, (x - 2, y), 0, paw, near)
        return
    paint(paw, oval(x, y - 7.4 * size, 5.2 * size, 7.4 * size, 12))
    if species.feet == "paw":
        pad = lighten(art.tones.pink, 0.05) if near else darken(art.tones.pink, 0.15)
        paint(pad, oval(x + 0.9, y - 5.6 * size, 2.7 * size, 3.1 * size, 12))
        for dx, dy in ((-1.4, -10.6), (1.1, -11.6), (3.6, -10.2)):
            paint(pad, oval(x + dx * size, y + dy * size, 1.05 * size, 1.25 * size))
    else:
        paint(darken(paw, 0.3), oval(x + 1.2, y - 7.2 * size, 3.2 * size, 5.6 * size, 12))
