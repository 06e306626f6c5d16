"""What a place tells the rest of the stage: where one stands, floats and hovers."""

from dataclasses import dataclass, replace

from generator.illustrators.embedded.terrain import Curve


@dataclass(frozen=True, slots=True)
class Scenery:
    """A drawn background and its measures, in pixels."""

    floor: Curve  # the line on which feet stand
    frame: str = "leaves"  # what frames the picture in front
    water: Curve | None = None  # a water surface behind the floor, for what floats
    indoors: bool = False  # neither rain nor wind
    sunk: bool = False  # all under water: what floats swims
    airless: bool = False  # no weather at all
    ceiling: float = 130.0  # nothing hovers above this height

    def flip(self) -> "Scenery":
        """Return the measures of the picture in a mirror."""
        return replace(self, floor=self.floor.flip(), water=self.water.flip() if self.water else None)
