"""Where figures and objects go: pure arithmetic, no SVG."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

from generator.illustrators.embedded.drawing import Drawing, Ground
from generator.illustrators.embedded.poise import TETHERED, lay_down, tie
from generator.illustrators.embedded.scenery import Scenery
from generator.story import Pose

UNIT = 4.6  # pixels a unit: a child-sized figure of 100 units is 460 pixels high
HERO = (380.0, 486.0)  # the height of a standing hero, in pixels
OTHER = (270.0, 480.0)
WIDEST = 620.0
POND = 1092.0  # where the water stands that is laid into places without any
SUNK_FEET = 3.0
HANDY = 0.36  # what is held is at most this share of its holder's height, so that the face stays in sight
ARCHES = ("rainbow",)  # spans the far sky behind everybody
SHELTERS = ("umbrella",)  # held over the head, and large enough for it


class Spot(StrEnum):
    """How something is placed."""

    LAND = "land"
    WATER = "water"  # on the water of the place, behind the floor
    POND = "pond"  # on the water that is laid in front
    AIR = "air"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Actor:
    """A figure that is to be placed; `tall` is its height in units when it stands."""

    name: str
    drawing: Drawing
    tall: float
    pose: Pose = Pose.STAND


@dataclass(frozen=True, slots=True)
class Prop:
    """An object that is to be placed."""

    name: str
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class Placed:
    """A drawing with the pixel on which its origin lies, its scale and its direction."""

    name: str
    drawing: Drawing
    x: float
    y: float
    scale: float
    spot: Spot
    figure: bool = False
    mirrored: bool = False  # faces left

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom in pixels."""
        left, right = self.drawing.left, self.drawing.right
        if self.mirrored:
            left, right = -right, -left
        return (
            self.x + left * self.scale,
            self.y + self.drawing.top * self.scale,
            self.x + right * self.scale,
            self.y + self.drawing.bottom * self.scale,
        )

    @property
    def hand(self) -> tuple[float, float]:
        """The pixel of the raised hand."""
        x, y = self.drawing.hand or (self.drawing.right, self.drawing.top / 2)
        return self.x + (-x if self.mirrored else x) * self.scale, self.y + y * self.scale


@dataclass(frozen=True, slots=True)
class _Item:
    """A place in the row, before it has an x."""

    placed: Placed
    held: Placed | None = None

    def reach(self) -> tuple[float, float]:
        """How far it extends to the left and right of its x, what it holds included."""
        boxes = [self.placed.box] + ([self.held.box] if self.held else [])
        return min(b[0] for b in boxes) - self.placed.x, max(b[2] for b in boxes) - self.placed.x

    def at(self, x: float) -> "_Item":
        dx = x - self.placed.x
        held = replace(self.held, x=self.held.x + dx) if self.held else None
        return _Item(replace(self.placed, x=x), held)


def compose(
    actors: Sequence[Actor],
    props: Sequence[Prop],
    scenery: Scenery,
    rng: Random,
    *,
    cover: bool = False,
    light: float = 800.0,
) -> tuple[Placed, ...]:
    """Place at most three figures and all props, back to front; nothing floats that should stand."""
    actors = list(actors[:3])
    holder, held = _find_held(actors, props)
    rest = [Prop(prop.name, lay_down(prop.name, prop.drawing)) for prop in props if prop is not held]
    flyers = [prop for prop in rest if prop.drawing.ground is Ground.AIR]
    grounded = [prop for prop in rest if prop.drawing.ground is not Ground.AIR]
    mirrored = rng.random() < 0.5
    limits = (235.0, 1365.0) if cover else (225.0, 1375.0)
    focus = 800.0 if cover else 800 + rng.uniform(-110, 110)
    if not cover and len(actors) == 1 and abs(focus - light) < 300:  # no sun sits on the head of one who is alone
        focus = light - 300 if light > 800 else light + 300
    shrink = 1.0
    for _ in range(12):
        row = _order(
            [
                _actor_item(a, i, scenery, shrink * (1.14 if cover else 1), held if i == holder else None)
                for i, a in enumerate(actors)
            ],
            [_prop_item(p, scenery, shrink) for p in grounded],
        )
        row = [_face(item, i, row, mirrored) for i, item in enumerate(row)]
        if mirrored:
            row.reverse()
        placed = _spread(row, _focus(row, focus) if cover else focus, limits, rng)
        if placed:
            break
        shrink *= 0.92
    standing = tuple(_settle(item, scenery) for item in placed)
    result = [p for item in standing for p in ([item.placed, item.held] if item.held else [item.placed])]
    for prop in sorted(flyers, key=lambda flyer: flyer.name in ARCHES):
        arch = prop.name in ARCHES and not scenery.indoors
        result.append(_span(prop, scenery, focus) if arch else _hover(prop, result, scenery, limits))
    order = (Spot.AIR, Spot.WATER, Spot.LAND, Spot.HELD, Spot.POND)
    return tuple(sorted(result, key=lambda p: (order.index(p.spot), p.figure is False and p.spot is Spot.LAND)))


def _find_held(actors: Sequence[Actor], props: Sequence[Prop]) -> tuple[int, Prop | None]:
    """Return who holds what: the first raised hand takes the first thing that fits into it."""
    for index, actor in enumerate(actors):
        if actor.pose is Pose.HOLD and actor.drawing.hand:
            for prop in (p for p in props if p.name not in TETHERED):
                drawing = prop.drawing
                if prop.name in SHELTERS:
                    return index, prop
                small = drawing.height < 70 and drawing.width < 62 and drawing.ground is not Ground.WATER
                if small or (drawing.ground is Ground.AIR and drawing.width < 60):
                    return index, prop
    return -1, None


def _actor_item(actor: Actor, index: int, scenery: Scenery, shrink: float, held: Prop | None) -> _Item:
    low, high = HERO if index == 0 else OTHER
    target = min(max(100 * UNIT * (actor.tall / 100) ** 0.6, low), high)
    scale = min(target / actor.tall, WIDEST / actor.drawing.width) * shrink
    placed = Placed(actor.name, actor.drawing, 0, 0, scale, _spot(actor.drawing, scenery, figure=True), figure=True)
    if not held:
        return _Item(placed)
    size = min(scale, 4.3) * (1.2 if held.drawing.height < 26 else 1.0)
    x, y = placed.hand
    gx, gy = held.drawing.grip
    # What is broad is held by its near edge, so that it never hides the face.
    if held.name in SHELTERS:
        size, y = size * 1.6, y - 11 * scale
        return _Item(placed, Placed(held.name, held.drawing, x - gx * size, y - gy * size, size, Spot.HELD))
    size = min(size, HANDY * actor.tall * scale / max(held.drawing.width, held.drawing.height))
    out = max(0.0, (gx - held.drawing.left) * size - placed.scale * 4) if held.drawing.width > 24 else 0.0
    return _Item(placed, Placed(held.name, held.drawing, x - gx * size + out, y - gy * size, size, Spot.HELD))


def _prop_item(prop: Prop, scenery: Scenery, shrink: float) -> _Item:
    height = max(prop.drawing.height, 10)
    scale = 3.7 * min(max((36 / height) ** 0.4, 0.72), 1.45) * shrink
    return _Item(Placed(prop.name, prop.drawing, 0, 0, scale, _spot(prop.drawing, scenery, figure=False)))


def _spot(drawing: Drawing, scenery: Scenery, *, figure: bool) -> Spot:
    if drawing.ground is Ground.LAND:
        return Spot.LAND
    if drawing.ground is Ground.AIR:
        return Spot.AIR
    if scenery.sunk or scenery.airless:
        return Spot.AIR if figure else Spot.LAND
    if scenery.water:
        return Spot.WATER
    return Spot.LAND if scenery.indoors and not figure else Spot.POND


def _order(actors: list[_Item], props: list[_Item]) -> list[_Item]:
    """Line up: hero, first object, the others, and what is left at both ends."""
    row = actors[:1] + props[:1] + actors[1:]
    for i, prop in enumerate(props[1:]):
        row.insert(0 if i % 2 == 0 else len(row), prop)
    return row


def _face(item: _Item, index: int, row: list[_Item], mirrored: bool) -> _Item:
    """Turn everybody towards the middle of the group."""
    figures = [i for i, other in enumerate(row) if other.placed.figure]
    left = item.placed.figure and len(figures) > 1 and index != figures[0]
    return _flip(item) if left != mirrored else item


def _flip(item: _Item) -> _Item:
    placed, held = item.placed, item.held
    turned = replace(placed, mirrored=not placed.mirrored)
    if held:
        held = replace(held, x=2 * placed.x - held.x, mirrored=not held.mirrored)
    return _Item(turned, held)


def _focus(row: list[_Item], focus: float) -> float:
    """Shift the middle of a cover's row so that a hero who is alone stands right before the light."""
    heroes = [i for i, item in enumerate(row) if item.placed.figure]
    if len(heroes) != 1:
        return focus
    widths = [item.reach()[1] - item.reach()[0] + 44 for item in row]
    before, after = sum(widths[: heroes[0]]), sum(widths[heroes[0] + 1 :])
    return focus + (after - before) / 2


def _spread(row: list[_Item], focus: float, limits: tuple[float, float], rng: Random) -> list[_Item]:
    """Give every item an x around `focus`; return nothing if the row is too long."""
    if not row:
        return []
    reaches = [item.reach() for item in row]
    gaps = [rng.uniform(26, 62) for _ in row[1:]]
    total = sum(right - left for left, right in reaches) + sum(gaps)
    room = limits[1] - limits[0]
    if total > room:
        return []
    x = min(max(focus - total / 2, limits[0]), limits[1] - total)
    result = []
    for item, (left, right), gap in zip(row, reaches, [*gaps, 0.0], strict=True):
        result.append(item.at(x - left))
        x += right - left + gap
    return result


def _settle(item: _Item, scenery: Scenery) -> _Item:
    """Set an item down on the ground, the water or into the air."""
    placed = item.placed
    floor = scenery.floor.at(placed.x)
    heights = {
        Spot.LAND: floor + SUNK_FEET + (0 if placed.figure else 12),
        Spot.WATER: scenery.water.at(placed.x) if scenery.water else POND,
        Spot.POND: POND,
        Spot.AIR: floor - (150 if placed.figure else 120),
    }
    y = heights[placed.spot]
    held = replace(item.held, y=item.held.y + y - placed.y) if item.held else None
    return _Item(replace(placed, y=y), held)


def _hover(prop: Prop, others: Sequence[Placed], scenery: Scenery, limits: tuple[float, float]) -> Placed:
    """Let something hang in the air near the hero, above the heads and clear of everything else."""
    drawing = prop.drawing
    scale = 3.4 * min(max((50 / max(drawing.height, 10)) ** 0.3, 0.8), 1.25)
    hero = next((p for p in others if p.figure), None)
    aim = hero.x + (-190 if hero.mirrored else 190) if hero else 800
    best: tuple[float, Placed] | None = None
    for step in range(41):
        x = limits[0] + 60 + (limits[1] - limits[0] - 120) * step / 40
        half = drawing.width * scale / 2 + 24
        tops = [p.box[1] for p in others if p.box[0] < x + half and p.box[2] > x - half]
        y = min([top - 46 for top in tops] + [scenery.floor.at(x) - 330])
        placed = Placed(prop.name, drawing, x, max(y, scenery.ceiling + drawing.height * scale), scale, Spot.AIR)
        cost = abs(x - aim) + 3 * (placed.y - y) + 0.4 * max(0.0, 560 - y)
        if best is None or cost < best[0]:
            best = (cost, placed)
    assert best is not None  # noqa: S101 - the loop runs at least once
    if prop.name not in TETHERED:
        return best[1]
    return _tether(best[1], next((p for p in others if p.figure and p.drawing.hand), None), scenery)


def _span(prop: Prop, scenery: Scenery, focus: float) -> Placed:
    """Let an arch stand far behind the figures, both feet in the distance."""
    x = min(max(focus, 700.0), 900.0)
    return Placed(prop.name, prop.drawing, x, scenery.floor.at(x) - 285, 7.6, Spot.AIR)


def _tether(flyer: Placed, keeper: Placed | None, scenery: Scenery) -> Placed:
    """Tie what would fly away to a raised hand, or to the ground if there is none."""
    x, y = keeper.hand if keeper else (flyer.x + 40, scenery.floor.at(flyer.x + 40) + 4)
    return replace(flyer, drawing=tie(flyer.drawing, (x - flyer.x) / flyer.scale, (y - flyer.y) / flyer.scale))
