"""The lines of the land: curves that know their height at every x."""

import math
from dataclasses import dataclass
from random import Random

from generator.illustrators.embedded.paper import HEIGHT, WIDTH, polygon

STEP = 16
START = -48
COUNT = (WIDTH - 2 * START) // STEP + 1


@dataclass(frozen=True, slots=True)
class Curve:
    """A line across the picture: heights (y, downwards) every STEP pixels from START."""

    heights: tuple[float, ...]

    def at(self, x: float) -> float:
        """Return y at x; beyond the ends the line goes on level."""
        place = min(max((x - START) / STEP, 0), COUNT - 1)
        index = min(int(place), COUNT - 2)
        share = place - index
        return self.heights[index] * (1 - share) + self.heights[index + 1] * share

    def flip(self) -> "Curve":
        """Return the line as seen in a mirror."""
        return Curve(tuple(reversed(self.heights)))

    def shift(self, distance: float) -> "Curve":
        """Return the line further down by `distance`."""
        return Curve(tuple(y + distance for y in self.heights))

    @property
    def points(self) -> list[tuple[float, float]]:
        """The corners of the line."""
        return [(START + STEP * i, y) for i, y in enumerate(self.heights)]

    def outline(self, bottom: float = HEIGHT + 20) -> str:
        """Return path data of everything below the line."""
        return polygon([*self.points, (WIDTH - START, bottom), (START, bottom)])


def level(y: float) -> Curve:
    """Return a straight line."""
    return Curve((float(y),) * COUNT)


def hills(rng: Random, base: float, rise: float, *, length: float = 900, dip: float = 0.0) -> Curve:
    """Return rolling land around `base`; `dip` sinks (or, negative, lifts) the middle against the sides."""
    phases = [rng.uniform(0, math.tau) for _ in range(3)]
    length *= rng.uniform(0.8, 1.25)
    heights = []
    for i in range(COUNT):
        x = START + STEP * i
        swing = sum(
            math.sin(x * math.tau / (length * share) + phase) * weight
            for phase, share, weight in zip(phases, (1.0, 0.53, 0.27), (0.62, 0.28, 0.1), strict=True)
        )
        side = abs(x - WIDTH / 2) / (WIDTH / 2)
        heights.append(base - swing * rise - dip * (side**1.6 - 0.5))
    return Curve(tuple(heights))


def peaks(rng: Random, base: float, rise: float, *, count: int = 5, rough: float = 0.16) -> Curve:
    """Return a mountain range: `count` summits up to `rise` above `base`."""
    corners: list[tuple[float, float]] = [(-300.0, base)]
    gap = (WIDTH + 400) / count
    for i in range(count):
        x = -200 + gap * (i + 0.5) + rng.uniform(-0.25, 0.25) * gap
        corners.append((x, base - rise * rng.uniform(0.55, 1)))
        corners.append((x + gap * rng.uniform(0.4, 0.6), base - rise * rng.uniform(0.05, 0.3)))
    corners.append((WIDTH + 400.0, base))
    heights = []
    for i in range(COUNT):
        x = START + STEP * i
        right = next(k for k, corner in enumerate(corners) if corner[0] >= x)
        (x0, y0), (x1, y1) = corners[right - 1], corners[right]
        share = (x - x0) / (x1 - x0)
        heights.append(y0 + (y1 - y0) * share + rng.uniform(-1, 1) * rise * rough * 0.25)
    return Curve(tuple(heights))


def floor_line(rng: Random, base: float = 948, rise: float = 16) -> Curve:
    """Return the gentle ground on which figures stand."""
    return hills(rng, base + rng.uniform(-10, 10), rise, length=1300, dip=rng.uniform(-10, 24))
