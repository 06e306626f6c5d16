"""What a figure or an object looks like before it is put on a stage."""

from dataclasses import dataclass
from enum import StrEnum


class Ground(StrEnum):
    """Where a drawing belongs, so that nothing floats that should stand."""

    LAND = "land"
    WATER = "water"
    AIR = "air"


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG fragment with its measures.

    The origin is the point on the ground (or on the water) below the middle of the drawing; x grows to the right, y grows
    downwards, so that what stands on the ground has negative y. A standing child-sized figure is 100 units high. The fragment
    faces right; the stage mirrors it where needed. It has no ids, no scripts, no text, and refers to nothing but the filter
    `url(#cut)` (a soft paper shadow, costly: at most six uses in a fragment), which every stage defines.
    """

    svg: str
    left: float  # extents in the same units: everything drawn lies inside
    right: float
    top: float  # negative: above the ground
    bottom: float = 0.0  # positive only for what hangs into water or ground
    ground: Ground = Ground.LAND
    hand: tuple[float, float] | None = None  # where a held object's grip goes (figures in Pose.HOLD)
    grip: tuple[float, float] = (0.0, 0.0)  # the point of an object that goes into a hand
    glow: str = ""  # the colour of the light it gives, or nothing

    @property
    def width(self) -> float:
        """The width in units."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """The height above the ground in units."""
        return -self.top
