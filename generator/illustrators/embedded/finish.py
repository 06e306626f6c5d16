"""The last touch: the grain of the paper, laid over the rendered pixels."""

import io
from functools import cache
from random import Random

from PIL import Image, ImageChops, ImageFilter

TILE = 512
STRENGTH = 6  # how far the grain departs from grey, of 255


@cache
def make_grain(seed: int = 7) -> Image.Image:
    """Return a grey tile of TILE x TILE pixels with the fibres of rough paper; it joins itself without a seam."""
    noise = Image.frombytes("L", (TILE, TILE), Random(seed).randbytes(TILE * TILE))
    wide = Image.new("L", (TILE * 2, TILE * 2))
    for x in (0, TILE):
        for y in (0, TILE):
            wide.paste(noise, (x, y))
    half = TILE // 2
    fine = wide.filter(ImageFilter.GaussianBlur(0.9)).crop((half, half, half + TILE, half + TILE))
    fibre = wide.filter(ImageFilter.BoxBlur((4, 1))).crop((half, half, half + TILE, half + TILE))
    both = Image.blend(fine, fibre, 0.55)
    return both.point(lambda v: max(0, min(255, round(128 + (v - 128) * STRENGTH / 30))))


def finish(png: bytes) -> tuple[bytes, int, int]:
    """Lay the grain over a rendered picture; return PNG bytes, width and height."""
    with Image.open(io.BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    sheet = Image.new("L", picture.size)
    grain = make_grain()
    for x in range(0, picture.width, TILE):
        for y in range(0, picture.height, TILE):
            sheet.paste(grain, (x, y))
    textured = ImageChops.overlay(picture, Image.merge("RGB", (sheet, sheet, sheet)))
    out = io.BytesIO()
    textured.save(out, "PNG", compress_level=1)
    return out.getvalue(), picture.width, picture.height
