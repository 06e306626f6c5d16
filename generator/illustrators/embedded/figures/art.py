"""What every drawing function gets: the sheet, the papers and the pose."""

from dataclasses import dataclass

from generator.illustrators.embedded.figures.sheet import Sheet
from generator.illustrators.embedded.figures.tones import Tones
from generator.story import Character, Pose


@dataclass(frozen=True, slots=True)
class Art:
    """One figure in the making."""

    sheet: Sheet
    tones: Tones
    character: Character
    pose: Pose

    @property
    def asleep(self) -> bool:
        """Whether the eyes are closed."""
        return self.pose is Pose.SLEEP

    @property
    def wears(self) -> str:
        """What the card says it wears."""
        return self.character.wears
