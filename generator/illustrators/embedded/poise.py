"""How a thing rests when nobody holds it, and the string of what would fly away."""

import math
from dataclasses import replace

from generator.illustrators.embedded.drawing import Drawing

LYING = {  # degrees a thing leans over to lie on the ground: on rim and handle, or along its quill
    "umbrella": (43.4, (-30.0, -55.0, 28.0, 1.0), -24.0),
    "feather": (36.0, (-25.0, -22.5, 25.0, 0.0), -12.5),
}
TETHERED = ("kite", "balloon")


def lay_down(name: str, drawing: Drawing) -> Drawing:
    """Return a drawing as it lies on the ground; most things stand as they are drawn."""
    if name not in LYING:
        return drawing
    degrees, (left, top, right, bottom), dx = LYING[name]
    svg = f'<g transform="translate({dx:g} 0) rotate({degrees:g})">{drawing.svg}</g>'
    return replace(drawing, svg=svg, left=left, top=top, right=right, bottom=bottom)


def tie(drawing: Drawing, x: float, y: float) -> Drawing:
    """Tie a string to a drawing's grip; it hangs in a bow to the point (x, y), in the drawing's units."""
    gx, gy = drawing.grip
    sag = 0.12 * math.hypot(x - gx, y - gy)
    bow = f"M{gx:.1f} {gy:.1f}Q{(gx + x) / 2:.1f} {(gy + y) / 2 + sag:.1f} {x:.1f} {y:.1f}"
    cord = f'<path d="{bow}" fill="none" stroke="#f8ecd2" stroke-width="0.9" stroke-linecap="round"/>'
    return replace(
        drawing,
        svg=cord + drawing.svg,
        left=min(drawing.left, x),
        right=max(drawing.right, x),
        bottom=max(drawing.bottom, y),
    )
