"""The rig of the upright animals: puts torso, limbs, head and clothes into a pose."""

from dataclasses import dataclass

from generator.illustrators.embedded.colour import darken
from generator.illustrators.embedded.figures.art import Art
from generator.illustrators.embedded.figures.geometry import Frame, Outline, Point, egg, oval, place, tube
from generator.illustrators.embedded.figures.limbs import Line, draw_arm, draw_foot, draw_leg, draw_sole, find_papers
from generator.illustrators.embedded.figures.species import Species
from generator.illustrators.embedded.figures.wardrobe import (
    draw_apron,
    draw_blanket,
    draw_boot,
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
    Pose.WALK: Stance(
        6, -3, ((-13.0, -4.2, 24), (12.0, 0, -6)), ((8.0, 6.0), (14.0, 9.5)), ((-7.0, 8.0), (-10.0, 15.5))
    ),
    Pose.HOLD: Stance(1, -3, ((0.5, 0, 0), (-0.5, 0, 0)), ((8.5, 5.0), (18.0, -3.5))),
    Pose.SIT: Stance(-3, 3, (), ((5.5, 7.0), (8.5, 14.0)), ((-4.5, 9.0), (2.5, 16.5))),
}

ROOST = Stance(-2, 14, (), ((3.5, 9.0), (2.0, 18.0)), ((-3.5, 9.0), (-1.0, 18.0)))  # how a bird sleeps
LOW = (Pose.SIT, Pose.SLEEP)


def draw_upright(art: Art, species: Species) -> Point | None:
    """Draw a species in a pose and return its raised hand, if it raises one, as a point of the sheet."""
    if art.asleep and not species.roost:
        _draw_sleeper(art, species)
        return None
    stance = ROOST if art.asleep else STANCES[art.pose]
    hip = (0.0, -7.0 if art.pose in LOW else -species.leg - 6.0)
    sheet, holds = art.sheet, art.pose is Pose.HOLD
    shoulder = (species.shoulder, 17.0 - species.tall)
    reach = max(1.0, species.thick) if holds else 1.0
    far = _arm(shoulder, stance.far_arm, reach)
    near = _arm((-shoulder[0], shoulder[1]), stance.near_arm, 1.0)
    with sheet.layer(), sheet.inside(place(*hip, stance.lean)):
        _draw_back(art, species)
        if not holds:
            draw_arm(art, species, far, near=False)
    with sheet.layer():
        _draw_legs(art, species, hip, stance)
        with sheet.inside(place(*hip, stance.lean)):
            _draw_torso(art, species)
        if art.pose in LOW:
            _draw_lap(art, species)
    with sheet.layer(), sheet.inside(place(*hip, stance.lean)):
        draw_arm(art, species, near, near=True)
        _draw_neckwear(art, species)
    with sheet.layer(), sheet.inside(place(*hip, stance.lean)), sheet.inside(_head_frame(species, stance)):
        _draw_head(art, species)
    if not holds:
        return None
    with sheet.layer(), sheet.inside(place(*hip, stance.lean)):
        draw_arm(art, species, far, near=True)
        return sheet.at((far[2][0] + 2.0, far[2][1] - 2.0))


def _arm(shoulder: Point, bends: tuple[Point, Point], reach: float) -> Line:
    """Return the line of an arm; `reach` 1 is that of a slender one."""
    (ex, ey), (wx, wy) = bends
    return shoulder, (shoulder[0] + ex * reach, shoulder[1] + ey), (shoulder[0] + wx * reach, shoulder[1] + wy)


def _head_frame(species: Species, stance: Stance) -> Frame:
    """Return where the head sits upon the torso."""
    sunk = 6.0 if stance is ROOST else 0.0
    return place(2.0 + sunk / 3, sunk - 7.6 - species.tall - species.neck, stance.nod, species.head_size)


def _body(species: Species) -> Outline:
    """Return the outline of the torso."""
    return egg(0, 6 - species.tall / 2, species.girth, species.tall / 2, 0.13)


def _draw_back(art: Art, species: Species) -> None:
    """Draw what is behind the torso: cape, tail, wings."""
    if art.wears == "cape":
        x, y = species.collar
        draw_cape(art, x, y, species.girth * 0.92, species.tall * 0.78 + (0 if art.pose in LOW else species.leg * 0.6))
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
    if art.pose in LOW:
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
    if species.feet == "bird":
        for near, x in ((False, girth * 0.45), (True, -girth * 0.4)):
            if art.wears == "boots":
                draw_boot(art, (x - 0.6, -6.5), (x, 0.0), 0, species.thick, near)
            else:
                draw_foot(art, species, (x, 0.0), 0, "", near)
        return
    for near, start, reach in ((False, girth * 0.3, girth + 10.0), (True, -girth * 0.5, girth * 0.45 + 6.0)):
        y = -5.6 * size
        line = ((start, y - 2.0), ((start + reach) / 2, y - 0.6), (reach - 1.0, y))
        limb, _ = find_papers(art, species, near, leg=True)
        art.sheet.paint(limb, tube(line, 7.4 * size, 6.2 * size, 5.2 * size))
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
        draw_bow(art, *(species.bow or (x - half * 0.95, y + 0.5, 0.85)))
    if art.wears == "glasses":
        draw_glasses(art, *species.eyes)


def _draw_sleeper(art: Art, species: Species) -> None:
    """Draw a figure curled up on the ground, its head on its paws at the right."""
    sheet, tones = art.sheet, art.tones
    rx, ry = 15.0 + species.tall * 0.3, species.girth
    body = egg(-9, -ry, rx, ry, 0.08)
    with sheet.layer():
        if species.behind:
            species.behind(art)
        rump = species.rump(tones)
        sheet.paint(rump, body)
        sheet.shade(darken(rump, 0.13), body, 2.4, -2.6, 0.98)
        if species.marks:
            species.marks(art)
        if art.wears in ("cape", "apron"):
            draw_blanket(art, -9, -ry, rx, ry)
        if species.arms == "wing":
            draw_arm(art, species, ((-4, -24), (-17, -17), (-29, -13)), near=True)
        elif species.haunch:
            haunch = species.haunch(tones)
            sheet.paint(darken(haunch, 0.13), oval(-20, -9.4, 11.5, 9.4))
            sheet.paint(haunch, oval(-19, -9.7, 11.0, 9.2))
    with sheet.layer():
        draw_foot(art, species, (-10, 0), 0, find_papers(art, species, True, leg=True)[1])
        if species.tail:
            species.tail(art)
        if art.wears == "boots":
            draw_boot(art, (-12.5, -10.5), (-10, 0), 0, species.thick, near=True)
    with sheet.layer():
        if art.wears == "scarf":
            draw_scarf(art, -6, -ry, ry * 0.9, 66)
        if species.arms != "wing":
            draw_arm(art, species, ((2, -7), (10, -5.6), (16, -5.4)), near=False)
    with sheet.layer(), sheet.inside(place(17, -1.5 - species.chin * species.head_size, 5, species.head_size)):
        _draw_head(art, species)
    if species.arms == "wing":
        return
    reach = {"clamp": 4.0, "hoof": 5.0}.get(species.arms, 14.0)
    with sheet.layer():
        draw_arm(art, species, ((reach - 14, -6.2), (reach - 6, -5.6), (reach, -5.6)), near=True)
