"""The rig of the upright animals: puts torso, limbs, head and clothes into a pose."""

from dataclasses import dataclass

from generator.illustrators.embedded.figures.art import Art
from generator.illustrators.embedded.figures.geometry import Frame, Outline, Point, egg, oval, place, tube
from generator.illustrators.embedded.figures.limbs import Line, draw_arm, draw_foot, draw_leg, draw_sole
from generator.illustrators.embedded.figures.species import Species
from generator.illustrators.embedded.figures.wardrobe import (
    draw_apron,
    draw_blanket,
    draw_bow,
    draw_cape,
    draw_collar,
    draw_glasses,
    draw_hat,
    draw_scarf,
)
from generator.story import Pose


@dataclass(frozen=True, slots=True)
class Stance:
    """A pose: turns in degrees, limbs as offsets from hips and shoulders."""

    lean: float  # of the whole upper body
    nod: float  # of the head alone
    feet: tuple[tuple[float, float, float], ...] = ()  # far and near: x, y, turn
    far_arm: tuple[Point, Point] = ((5.0, 9.0), (5.5, 18.0))  # elbow and wrist from the shoulder
    near_arm: tuple[Point, Point] = ((-5.5, 9.0), (-4.5, 18.0))


STANCES = {
    Pose.STAND: Stance(0, 0, ((0.5, 0, 0), (-0.5, 0, 0))),
    Pose.WALK: Stance(6, -3, ((-13.0, -1.2, 24), (12.0, 0, -6)), ((8.0, 6.0), (14.0, 9.5)), ((-7.0, 8.0), (-10.0, 15.5))),
    Pose.HOLD: Stance(1, -3, ((0.5, 0, 0), (-0.5, 0, 0)), ((8.5, 5.0), (18.0, -3.5))),
    Pose.SIT: Stance(-3, 3, (), ((4.5, 8.0), (5.0, 16.0)), ((-4.5, 9.0), (2.5, 16.5))),
}


def draw_upright(art: Art, species: Species) -> Point | None:
    """Draw a species in a pose and return its raised hand, if it raises one, as a point of the sheet."""
    if art.asleep:
        _draw_sleeper(art, species)
        return None
    stance = STANCES[art.pose]
    hip = (0.0, -7.0 if art.pose is Pose.SIT else -species.leg - 6.0)
    sheet, holds = art.sheet, art.pose is Pose.HOLD
    shoulder = (species.shoulder, 17.0 - species.tall)
    far, near = _arm(shoulder, stance.far_arm), _arm((-shoulder[0], shoulder[1]), stance.near_arm)
    with sheet.layer(), sheet.inside(place(*hip, stance.lean)):
        _draw_back(art, species)
        if not holds:
            draw_arm(art, species, far, near=False)
    with sheet.layer():
        _draw_legs(art, species, hip, stance)
        with sheet.inside(place(*hip, stance.lean)):
            _draw_torso(art, species)
        if art.pose is Pose.SIT:
            _draw_lap(art, species)
    with sheet.layer(), sheet.inside(place(*hip, stance.lean)):
        draw_arm(art, species, near, near=True)
        _draw_neckwear(art, species)
    with sheet.layer(), sheet.inside(place(*hip, stance.lean)), sheet.inside(_head_frame(species, stance.nod)):
        _draw_head(art, species)
    if not holds:
        return None
    with sheet.layer(), sheet.inside(place(*hip, stance.lean)):
        draw_arm(art, species, far, near=True)
        return sheet.at((far[2][0] + 2.0, far[2][1] - 2.0))


def _arm(shoulder: Point, bends: tuple[Point, Point]) -> Line:
    """Return the line of an arm."""
    (ex, ey), (wx, wy) = bends
    return shoulder, (shoulder[0] + ex, shoulder[1] + ey), (shoulder[0] + wx, shoulder[1] + wy)


def _head_frame(species: Species, nod: float) -> Frame:
    """Return where the head sits upon the torso."""
    return place(2.0, -9.0 - species.tall - species.neck, nod, species.head_size)


def _body(species: Species) -> Outline:
    """Return the outline of the torso."""
    return egg(0, 6 - species.tall / 2, species.girth, species.tall / 2, 0.13)


def _draw_back(art: Art, species: Species) -> None:
    """Draw what is behind the torso: cape, tail, wings."""
    if art.wears == "cape":
        x, y = species.collar
        draw_cape(art, x, y, species.girth * 0.7, species.tall * 0.72 + (0 if art.pose is Pose.SIT else species.leg * 0.6))
    for part in (species.tail, species.behind):
        if part:
            part(art)


def _draw_torso(art: Art, species: Species) -> None:
    """Draw the torso with belly, marks and apron."""
    tones, sheet, body = art.tones, art.sheet, _body(species)
    if species.torso:
        species.torso(art)
    else:
        sheet.paint(tones.coat, body)
        sheet.shade(tones.shade, body, 2.6, -1.4, 0.97)
        patch = egg(species.girth * 0.2, 7.5 - species.tall / 2, species.girth * 0.64, species.tall * 0.42, 0.16)
        sheet.paint(tones.belly, patch)
        sheet.shade(tones.belly_shade, patch, 0.9, -2.0)
    if species.marks:
        species.marks(art)
    if art.wears == "apron":
        draw_apron(art, body, species.girth * 0.14, 15 - species.tall, species.girth * 0.72)


def _draw_legs(art: Art, species: Species, hip: Point, stance: Stance) -> None:
    """Draw both legs of a standing or walking figure."""
    if art.pose is Pose.SIT:
        return
    apart = species.girth * 0.46
    for near, side in ((False, apart + 1.0), (True, -apart)):
        dx, y, turn = stance.feet[1 if near else 0]
        start = (side * (0.5 if art.pose is Pose.WALK else 1.0), hip[1] + 1.0)
        base = 0.0 if art.pose is Pose.WALK else side
        draw_leg(art, species, start, (base + dx, y), turn, near)


def _draw_lap(art: Art, species: Species) -> None:
    """Draw the legs of a sitting figure, stretched out to the right."""
    girth, size = species.girth, species.thick
    limb = species.limb(art.tones)
    if species.feet == "none":
        return
    for near, start, reach in ((False, girth * 0.3, girth + 10.0), (True, -girth * 0.5, girth * 0.45 + 6.0)):
        y = -5.6 * size
        if species.feet != "bird":
            line = ((start, y - 2.0), ((start + reach) / 2, y - 0.6), (reach - 1.0, y))
            shadow = art.tones.shade if species.limb(art.tones) == art.tones.coat else limb
            art.sheet.paint(limb if near else shadow, tube(line, 7.4 * size, 6.2 * size, 5.2 * size))
            if near:
                art.sheet.paint(art.tones.shade, tube(((start + 1, -1.0), (reach - 6, -1.0)), 0.7), opacity=0.45)
        draw_sole(art, species, reach, 0.0, near)


def _draw_neckwear(art: Art, species: Species) -> None:
    """Draw the scarf or the cape's collar."""
    x, y = species.collar
    if art.wears == "scarf":
        draw_scarf(art, x, y, species.girth * 0.74)
    if art.wears == "cape":
        draw_collar(art, x, y, species.girth * 0.66)


def _draw_head(art: Art, species: Species) -> None:
    """Draw the head and what is worn on it."""
    species.head(art)
    x, y, half = species.crown
    if art.wears == "hat":
        draw_hat(art, x, y, half)
    if art.wears == "bow":
        draw_bow(art, x - half * 0.75, y + 3.0)
    if art.wears == "glasses" and not art.asleep:
        draw_glasses(art, *species.eyes)


def _draw_sleeper(art: Art, species: Species) -> None:
    """Draw a figure curled up on the ground, its head on its paws at the right."""
    sheet, tones = art.sheet, art.tones
    rx, ry = 15.0 + species.tall * 0.3, species.girth
    body = egg(-9, -ry, rx, ry, 0.08)
    with sheet.layer():
        if species.behind:
            species.behind(art)
        sheet.paint(tones.coat, body)
        sheet.shade(tones.shade, body, 2.4, -2.6, 0.98)
        if species.marks:
            species.marks(art)
        if art.wears in ("cape", "apron"):
            draw_blanket(art, -9, -ry, rx, ry)
        sheet.paint(tones.shade, oval(-20, -9.4, 11.5, 9.4))
        sheet.paint(species.limb(tones), oval(-19, -9.6, 11.0, 9.2))
    with sheet.layer():
        if art.wears == "boots":
            draw_leg(art, species, (-14, -9), (-8, 0), 0, near=True)
        else:
            draw_foot(art, species, (-10, 0), 0, species.paw(tones))
        if species.tail:
            species.tail(art)
    with sheet.layer():
        if art.wears == "scarf":
            draw_scarf(art, 4, -ry * 1.02, ry * 0.72, 62)
        draw_arm(art, species, ((2, -7), (10, -5), (16, -5)), near=False)
    with sheet.layer(), sheet.inside(place(17, -1.5 - species.chin * species.head_size, 5, species.head_size)):
        _draw_head(art, species)
    with sheet.layer():
        draw_arm(art, species, ((0, -6), (8, -4.6), (14, -5.2)), near=True)
