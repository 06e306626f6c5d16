"""The square cover of a podcast, drawn by ourselves when its owner has none: a book under the night sky, and the name.

The same names give the same bytes.
"""

import io
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from generator.sharing import CREAM, GOLD, keep_readable, load_font, wrap_text

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

SIDE = 2048  # pixels; apps want 1400 to 3000
LIMIT = 500_000  # bytes
EDGE = 130  # pixels between the name and the border
MIDDLE = 830  # pixels from the top: the middle of the name
SIZES = (300, 260, 220, 190, 160, 130, 100)  # of the name, the largest that fits
HEIGHT = 560  # pixels at most, of its lines together
WIDTH = SIDE - 2 * EDGE
FOOT = 1962  # pixels from the top: where the name of the whole stands on the cover of a part
FOOT_SIZES = (92, 76, 60, 48)
SHADE = (16, 20, 48)


def read_scene() -> str:
    """Return the picture behind the name, as SVG."""
    return (files("generator") / "feeds" / "cover.svg").read_text("utf-8")


@lru_cache(32)
def draw_cover(title: str, part: str = "") -> bytes:
    """Draw the cover of a podcast, or of a part of it that has a name of its own; a JPEG of SIDE by SIDE pixels.

    A name with a sign that our font lacks is left out; the picture speaks then.
    """
    from PIL import ImageDraw

    from generator.pictures import encode_jpeg

    page = _draw_scene().copy()
    pen = ImageDraw.Draw(page)
    if name := keep_readable(part or title):
        _write_name(pen, name)
    if part and (whole := keep_readable(title)):
        size = next((size for size in FOOT_SIZES if load_font(size).getlength(whole) <= WIDTH), FOOT_SIZES[-1])
        _write(pen, FOOT, whole, size, GOLD)
    return encode_jpeg(page, LIMIT)


@cache
def _draw_scene() -> "Image":
    import resvg_py
    from PIL import Image

    png = resvg_py.svg_to_bytes(svg_string=read_scene(), skip_system_fonts=True, width=SIDE)
    with Image.open(io.BytesIO(bytes(png))) as opened:
        return opened.convert("RGB")


def _write_name(pen: "ImageDraw", name: str) -> None:
    """Write the name as large as it fits."""
    for size in SIZES:
        font, step = load_font(size), round(size * 1.1)
        lines = wrap_text(name, font, WIDTH)
        if step * len(lines) <= HEIGHT and all(font.getlength(line) <= WIDTH for line in lines):
            break
    lines = lines[: HEIGHT // step]
    top = MIDDLE - step * len(lines) // 2
    for number, line in enumerate(lines, 1):
        _write(pen, top + step * number - size // 4, line, size, CREAM)


def _write(pen: "ImageDraw", base: int, text: str, size: int, colour: str) -> None:
    place, font = (SIDE // 2, base), load_font(size)
    pen.text((place[0], place[1] + max(3, size // 34)), text, SHADE, font, anchor="ms")
    pen.text(place, text, colour, font, anchor="ms")
