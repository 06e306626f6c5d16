"""Covers: format, size, colours."""

import io
from collections.abc import Iterator

from generator.feeds.check.addresses import ending
from generator.feeds.check.rules import Said
from generator.feeds.check.wanted import Wanted

SMALLEST, LARGEST = 1400, 3000  # pixels
HEAVY = 512_000  # bytes
MOST_PIXELS = 8_000 * 8_000  # a larger one is not unpacked
ENDINGS = {"JPEG": {"jpg", "jpeg"}, "PNG": {"png"}}


def check_art(wanted: Wanted, data: bytes) -> Iterator[Said]:
    """Report what is wrong with a picture."""
    from PIL import Image, UnidentifiedImageError

    line, name = wanted.line, wanted.address[-80:]
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as picture:
            form, size, mode, dpi = picture.format or "", picture.size, picture.mode, picture.info.get("dpi")
            if size[0] * size[1] <= MOST_PIXELS:
                picture.load()
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError, Warning) as error:
        yield Said("M11", line, f"{name} cannot be shown: {type(error).__name__}.")
        return
    if size[0] != size[1]:
        yield Said("M12", line, f"{name} is {size[0]}x{size[1]} pixels.")
    if not all(SMALLEST <= side <= LARGEST for side in size):
        yield Said("M13", line, f"{name} is {size[0]}x{size[1]} pixels, {SMALLEST} to {LARGEST} are allowed.")
    if mode != "RGB":
        yield Said("M14", line, f"The colours of {name} are {mode}.")
    if ending(wanted.address) not in ENDINGS.get(form, set()):
        yield Said("M15", line, f"{name} is a {form}.")
    if len(data) > HEAVY:
        yield Said("M16", line, f"{name} has {len(data):,} bytes.")
    if dpi and round(float(dpi[0])) != 72:
        yield Said("M17", line, f"{name} says {float(dpi[0]):.0f} dpi.")
