"""The papers a figure is cut from: every tone is derived from the three colours of the character's card."""

from dataclasses import dataclass

from generator.illustrators.embedded.colour import darken, lighten, mix, parse_colour
from generator.story import Character

INK = "#231c2e"
WHITE = "#fffdf6"
AMBER = "#f0a23c"  # beaks and bird feet
ROSE = "#e4756f"


@dataclass(frozen=True, slots=True)
class Tones:
    """Coat, belly and clothes with their shadows, lights and depths."""

    coat: str
    belly: str
    wear: str
    cloth: str  # what a child is dressed in

    @property
    def shade(self) -> str:
        """The coat in shadow."""
        return darken(mix(self.coat, "#b5532f", 0.08), 0.14)

    @property
    def deep(self) -> str:
        """The coat in the folds: socks, ear backs, stripes."""
        return darken(self.coat, 0.5)

    @property
    def light(self) -> str:
        """The coat where the light falls."""
        return lighten(self.coat, 0.2)

    @property
    def belly_shade(self) -> str:
        """The belly in shadow."""
        return mix(darken(self.belly, 0.08), self.coat, 0.16)

    @property
    def wear_shade(self) -> str:
        """The clothes in shadow."""
        return darken(self.wear, 0.22)

    @property
    def wear_light(self) -> str:
        """The trimmings of the clothes."""
        return lighten(self.wear, 0.35)

    @property
    def pink(self) -> str:
        """The inside of ears, and paw pads."""
        return mix(lighten(self.belly, 0.2), "#e0807c", 0.5)


def make_tones(character: Character) -> Tones:
    """Take the papers from a card."""
    coat, belly, wear = (colour.lower() for colour in character.colours)
    draped = character.wears in ("scarf", "cape", "apron")
    return Tones(coat, belly, wear, mix(lighten(wear, 0.3), belly, 0.4) if draped else wear)


def brightness(colour: str) -> float:
    """Return how bright a colour looks, 0 to 255."""
    red, green, blue = parse_colour(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue
