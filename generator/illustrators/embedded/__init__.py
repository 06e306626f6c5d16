"""The embedded illustrator: paper-cut pictures, composed as SVG and rendered on this machine."""

import resvg_py

from generator.illustrators.embedded.finish import finish
from generator.illustrators.embedded.stage import render_svg
from generator.story import Credit, Picture, PicturePrompt


class EmbeddedIllustrator:
    """Draws every prompt without key or network; the same prompt gives the same bytes."""

    name = "embedded"
    processes = True  # work for the processor: drawn in worker processes

    def draw(self, prompt: PicturePrompt, *, width: int | None = None) -> Picture:
        """Draw a picture of 1600 x 1200 pixels, or smaller if a `width` is given; PNG."""
        svg = render_svg(prompt)
        png = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, width=width)  # the height follows
        data, wide, high = finish(bytes(png))
        return Picture(data, wide, high, Credit("embedded", "paper-cut 1"))
