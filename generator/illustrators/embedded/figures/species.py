"""The plan of an upright animal: its measures and the painters of the parts that make it what it is."""

from collections.abc import Callable
from dataclasses import dataclass

from generator.illustrators.embedded.figures.art import Art
from generator.illustrators.embedded.figures.geometry import Point
from generator.illustrators.embedded.figures.tones import Tones

Painter = Callable[[Art], None]
Paper = Callable[[Tones], str]


def coat(tones: Tones) -> str:
    """Take the coat's paper."""
    return tones.coat


def deep(tones: Tones) -> str:
    """Take the dark paper of socks."""
    return tones.deep


def belly(tones: Tones) -> str:
    """Take the belly's paper."""
    return tones.belly


@dataclass(frozen=True, slots=True)
class Species:
    """An upright animal in units of a figure 100 high.

    `head` paints in head coordinates: origin in the middle of a head about 46 wide and 38 high, facing right. The other
    painters work in torso coordinates: origin between the hips, the torso reaching from y = 6 up to y = 6 - `tall`; asleep
    they work in figure coordinates, where the body is an oval about (-9, -16).
    """

    head: Painter
    size: float = 1.0
    tail: Painter | None = None
    behind: Painter | None = None  # wings, spines: before the torso
    marks: Painter | None = None  # stripes, buttons: upon the torso
    torso: Painter | None = None  # instead of the egg with its belly patch
    girth: float = 16.5
    tall: float = 42.0
    leg: float = 7.0
    neck: float = 0.0
    head_size: float = 1.0
    chin: float = 19.5  # from the middle of the head down to its lowest point
    arms: str = "paw"  # or "wing", "hoof", "claw", "clamp", "hand"
    feet: str = "paw"  # or "bird", "hoof", "web", "shoe"
    limb: Paper = coat
    paw: Paper = coat
    thick: float = 1.0
    leg_paper: Paper | None = None  # where legs differ from arms
    foot_paper: Paper | None = None
    rump: Paper = coat  # the body asleep
    haunch: Paper | None = coat  # the hind leg asleep, if it shows
    roost: bool = False  # sleeps sitting up
    crown: tuple[float, float, float] = (0.0, -17.0, 11.0)  # where a hat sits: x, y and half its width
    bow: tuple[float, float, float] | None = None  # x, y and size of a bow that does not sit beside the crown
    eyes: tuple[Point, Point, float] = ((-4.0, 0.0), (14.0, 0.0), 6.5)  # where glasses sit, and their radius

    @property
    def shoulder(self) -> float:
        """How far a shoulder is from the middle."""
        return self.girth * 0.62

    @property
    def collar(self) -> Point:
        """Where the neck leaves the torso, in torso coordinates."""
        return 1.0, 11.0 - self.tall - 0.8 * min(0.0, self.neck)
