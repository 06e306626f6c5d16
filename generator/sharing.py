"""The share card: what other sites show of a story when somebody passes its address on. Cover, title, name of the show."""

import io
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

SHARE = "share.jpg"
SIZE = (1200, 630)  # pixels, as crawlers want it
LIMIT = 100_000  # bytes
FONT = "fraunces-latin-600-normal.woff2"
EDGE = 64  # pixels between text and border
SIZES = (84, 76, 68, 60, 52, 44)  # of the title, the largest that fits
LINES = 3
NIGHT, CREAM, GOLD = (16, 18, 44), "#fdf1d8", "#f4c15d"


def draw_share(cover: bytes, title: str, show: str) -> bytes:
    """Draw the card of a story as a JPEG of SIZE in at most LIMIT bytes. The same values give the same bytes.

    A text with a sign that our font lacks is left out; the picture speaks then. Raises ValueError for a cover that is no
    picture.
    """
    from PIL import Image, ImageDraw, ImageOps

    from generator.pictures import encode_jpeg, open_picture

    picture = ImageOps.fit(open_picture(cover), SIZE, Image.Resampling.LANCZOS, centering=(0.5, 0.4))
    card = Image.composite(Image.new("RGB", SIZE, NIGHT), picture, _make_shade())
    pen = ImageDraw.Draw(card)
    bottom = SIZE[1] - EDGE
    if show := keep_readable(show):
        font = load_font(32)
        pen.text((EDGE, bottom), _shorten(show, font), GOLD, font, anchor="ls")
        bottom -= 52
    if title := keep_readable(title):
        _write_title(pen, title, bottom)
    return encode_jpeg(card, LIMIT)


def _make_shade() -> "Image":
    """Make the dusk that rises from the lower edge, on which the text stands."""
    from PIL import Image

    column = Image.new("L", (1, SIZE[1]))
    column.putdata([round(235 * min(1, max(0, (y - 190) / 330)) ** 1.2) for y in range(SIZE[1])])
    return column.resize(SIZE)


def _write_title(pen: "ImageDraw", title: str, bottom: int) -> None:
    for size in SIZES:
        font = load_font(size)
        lines = wrap_text(title, font, _width())
        if len(lines) <= (LINES if size == SIZES[-1] else 2) and all(
            font.getlength(line) <= _width() for line in lines
        ):
            break
    lines = [*lines[: LINES - 1], " ".join(lines[LINES - 1 :])] if len(lines) > LINES else lines
    for number, line in enumerate(reversed(lines)):
        pen.text((EDGE, bottom - number * size * 1.12), _shorten(line, font), CREAM, font, anchor="ls")


def wrap_text(text: str, font: "FreeTypeFont", width: int) -> list[str]:
    """Break a text into lines of at most so many pixels; a word that is longer has a line of its own."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _shorten(text: str, font: "FreeTypeFont") -> str:
    if font.getlength(text) <= _width():
        return text
    while text and font.getlength(f"{text}…") > _width():
        text = text[:-1].rstrip()
    return f"{text}…"


def _width() -> int:
    return SIZE[0] - 2 * EDGE


def keep_readable(text: str) -> str:
    """Return the text on one line, or nothing when the font lacks one of its signs."""
    text = " ".join(text.split())[:300]
    return text if all(_has_sign(sign) for sign in set(text) - {" "}) else ""


@cache
def _has_sign(sign: str) -> bool:
    font = load_font(32)
    return bytes(font.getmask(sign)) != bytes(font.getmask("\U000e0fff"))  # what is drawn for a sign that is not there


@cache
def load_font(size: int) -> "FreeTypeFont":
    """Load the font of our pictures."""
    from PIL import ImageFont

    data = (files("generator") / "fonts" / FONT).read_bytes()
    return ImageFont.truetype(io.BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)
