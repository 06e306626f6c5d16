"""The cast as paper figures: every kind of character in every pose, in the colours of its own card."""

from generator.illustrators.embedded.drawing import Drawing, Ground
from generator.illustrators.embedded.figures.art import Art
from generator.illustrators.embedded.figures.kinds import OTHERS, UPRIGHT, resolve_kind
from generator.illustrators.embedded.figures.rig import draw_upright
from generator.illustrators.embedded.figures.sheet import Sheet
from generator.illustrators.embedded.figures.tones import make_tones
from generator.story import Character, Pose

__all__ = ["KINDS", "draw_figure", "resolve_kind"]

KINDS: tuple[str, ...] = (*UPRIGHT, *OTHERS)


def draw_figure(character: Character, pose: Pose) -> Drawing:
    """Draw a character in a pose; a kind that nobody knows is drawn as a woodland sprite."""
    kind = resolve_kind(character.kind)
    size, painter = (UPRIGHT[kind].size, None) if kind in UPRIGHT else OTHERS[kind]
    sheet = Sheet(size)
    art = Art(sheet, make_tones(character), character, pose)
    hand = painter(art) if painter else draw_upright(art, UPRIGHT[kind])
    return sheet.drawing(find_ground(kind, pose), hand)


def find_ground(kind: str, pose: Pose) -> Ground:
    """Return where a figure belongs: the sea, the air, or the ground."""
    if kind in ("whale", "octopus"):
        return Ground.WATER
    flies = kind == "bat" and pose not in (Pose.SIT, Pose.SLEEP)
    return Ground.AIR if flies else Ground.LAND
