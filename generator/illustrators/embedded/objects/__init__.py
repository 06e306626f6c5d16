"""The things that stories name, cut out of coloured paper."""

from generator.illustrators.embedded.drawing import Drawing
from generator.illustrators.embedded.objects import home, household, lights, nature, tools, toys, travel
from generator.illustrators.embedded.objects.names import find_objects, resolve_object
from generator.illustrators.embedded.objects.shelf import SHELF

__all__ = ["OBJECTS", "draw_object", "find_objects", "resolve_object"]

ROOMS = (lights, travel, toys, household, home, nature, tools)  # importing a room puts its objects on the shelf
OBJECTS: tuple[str, ...] = tuple(SHELF)


def draw_object(name: str, accent: str) -> Drawing:
    """Draw an object of OBJECTS, its cloth or paint in the accent colour. Raises KeyError for any other name."""
    sketch = SHELF[name]
    left, top, right, bottom = sketch.box
    return Drawing(
        svg=f'<g filter="url(#cut)">{sketch.paint(accent)}</g>',
        left=left,
        right=right,
        top=top,
        bottom=bottom,
        ground=sketch.ground,
        grip=sketch.grip,
        glow=sketch.glow,
    )
