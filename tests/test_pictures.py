"""Pictures: what is let in, what comes out, and what happens when drawing goes wrong."""

import io
import multiprocessing
import os
import random
import signal
import struct
import subprocess
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from generator.errors import Refused, Unavailable
from generator.pictures import (
    ALGORITHMIC,
    encode_small,
    encode_square,
    encode_thumb,
    encode_webp,
    illustrate,
    make_xmp,
    open_picture,
)
from generator.story import Credit, Picture, PicturePrompt, Place

ROOT = Path(__file__).parent.parent


def encode(picture: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def make_noise(width: int = 800, height: int = 600) -> Image.Image:
    return Image.frombytes("RGB", (width, height), random.Random(7).randbytes(width * height * 3))


def make_bomb(side: int) -> bytes:
    """Make a one-bit PNG of side x side pixels that is small as a file."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compress(bytes((side // 8 + 1) * side), 9)
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_whole_picture_is_opened_as_rgb(form: str) -> None:
    picture = open_picture(encode(make_noise(40, 30), form))
    assert (picture.mode, picture.size) == ("RGB", (40, 30))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("missing", [20, 2000])
def test_a_picture_that_lacks_its_end_is_not_opened(form: str, missing: int) -> None:
    with pytest.raises(ValueError, match="picture is"):
        open_picture(encode(make_noise(80, 60), form)[:-missing])


def test_a_picture_of_four_hundred_megapixels_is_not_decoded() -> None:
    bomb = make_bomb(20_000)
    assert len(bomb) < 100_000
    with pytest.raises(ValueError, match="more than 16,000,000"):
        open_picture(bomb)


def test_a_picture_just_over_the_limit_is_named_with_its_size() -> None:
    with pytest.raises(ValueError, match="4008 x 4008"):
        open_picture(make_bomb(4008))


@pytest.mark.parametrize("data", [b"", b"no picture", encode(make_noise(8, 8), "GIF"), encode(make_noise(8, 8), "BMP")])
def test_what_is_no_png_jpeg_or_webp_is_not_opened(data: bytes) -> None:
    with pytest.raises(ValueError, match="no PNG, JPEG or WebP"):
        open_picture(data)


def test_transparent_parts_become_white() -> None:
    picture = open_picture(encode(Image.new("RGBA", (4, 4), (200, 0, 0, 0)), "PNG"))
    assert picture.getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize("size", [(1600, 1200), (640, 900), (2000, 500), (31, 17)])
def test_every_picture_comes_out_in_the_size_of_the_page(size: tuple[int, int]) -> None:
    webp = encode_webp(encode(Image.new("RGB", size, "#446688"), "PNG"))
    with Image.open(io.BytesIO(webp)) as picture:
        assert (picture.format, picture.size) == ("WEBP", (1600, 1200))


def test_the_noisiest_picture_fits_its_limits() -> None:
    noise = encode(make_noise(1600, 1200), "PNG")
    assert len(encode_webp(noise)) <= 150_000
    assert len(encode_square(noise)) <= 500_000
    assert len(encode_thumb(noise)) <= 20_000


def test_a_limit_that_cannot_be_met_is_said() -> None:
    with pytest.raises(ValueError, match="does not fit into 100 bytes"):
        encode_webp(encode(make_noise(), "PNG"), limit=100)


def test_a_limit_costs_no_more_quality_than_it_must() -> None:
    soft = encode(make_noise(160, 120).resize((1600, 1200)), "PNG")
    free = len(encode_webp(soft, limit=10_000_000))
    tight = free * 2 // 3
    assert 0.8 * tight < len(encode_webp(soft, limit=tight)) <= tight


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = encode(make_noise(), "JPEG")
    assert encode_webp(data) == encode_webp(data)
    assert encode_square(data) == encode_square(data)


def test_the_square_is_the_middle_of_the_picture() -> None:
    wide = Image.new("RGB", (400, 200), "red")
    wide.paste("blue", (100, 0, 300, 200))
    with Image.open(io.BytesIO(encode_square(encode(wide, "PNG")))) as square:
        assert (square.format, square.mode, square.size, square.info["dpi"]) == ("JPEG", "RGB", (1400, 1400), (72, 72))
        assert "progressive" not in square.info
        for corner in ((4, 4), (1395, 4), (4, 1395), (1395, 1395), (700, 700)):
            red, _, blue = square.getpixel(corner)
            assert red < 40 < 200 < blue


def test_the_thumbnail_is_small() -> None:
    with Image.open(io.BytesIO(encode_thumb(encode(make_noise(), "PNG")))) as thumb:
        assert (thumb.format, thumb.size) == ("WEBP", (480, 360))


def test_the_copy_for_telephones_is_half_as_wide_and_light() -> None:
    data = encode_small(encode(make_noise(), "PNG"))
    assert len(data) <= 50_000
    with Image.open(io.BytesIO(data)) as small:
        assert (small.format, small.size) == ("WEBP", (800, 600))


def test_a_picture_says_how_it_was_made_and_nothing_it_was_told() -> None:
    exif = Image.Exif()
    exif[0x010E] = "a secret note"
    data = encode(make_noise(60, 40), "JPEG", exif=exif, comment=b"a secret note")
    for out in (encode_webp(data, source_type=ALGORITHMIC), encode_square(data)):
        assert b"secret" in data
        assert b"secret" not in out
    with Image.open(io.BytesIO(encode_webp(data, source_type=ALGORITHMIC))) as picture:
        assert b"http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia" in picture.info["xmp"]
        assert "exif" not in picture.info
    with Image.open(io.BytesIO(encode_webp(data))) as picture:
        assert b"/trainedAlgorithmicMedia" in picture.info["xmp"]


def test_an_unknown_source_type_is_rejected() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        make_xmp('nonsense"')


def make_prompts(count: int) -> tuple[PicturePrompt, ...]:
    place = Place("hill", "Lantern Hill", "hills")
    return tuple(
        PicturePrompt(f"scene-{at}" if at else "cover", "", f"Picture {at}", place, (), seed=at) for at in range(count)
    )


@dataclass
class PlainIllustrator:
    """Fills a page with the shade its seed names; odd things happen at the seed `odd`."""

    name: str = "plain"
    processes: bool = False
    odd: int = -1
    how: str = ""

    def draw(self, prompt: PicturePrompt) -> Picture:
        if prompt.seed == self.odd:
            if self.how == "die":
                os.kill(os.getpid(), signal.SIGKILL)
            if self.how == "wait":
                signal.pause()
            raise Refused("not this one", "ask for another", provider=self.name)
        page = Image.new("RGB", (160, 120), (prompt.seed * 40, 0, 200))
        return Picture(encode(page, "PNG"), 160, 120, Credit(self.name, f"pid {os.getpid()}"))


@pytest.mark.parametrize("processes", [False, True])
def test_all_pictures_are_drawn_in_order_and_the_cover_gets_its_extras(processes: bool) -> None:
    done: list[str] = []
    pictures = illustrate(PlainIllustrator(processes=processes), make_prompts(4), workers=2, progress=done.append)
    assert [picture.name for picture in pictures] == ["cover", "scene-1", "scene-2", "scene-3"]
    assert sorted(done) == ["cover", "scene-1", "scene-2", "scene-3"]
    for at, picture in enumerate(pictures):
        with Image.open(io.BytesIO(picture.webp)) as page:
            assert abs(page.convert("RGB").getpixel((800, 600))[0] - at * 40) < 8
    assert [picture.square is not None and picture.thumb is not None for picture in pictures] == [True] + [False] * 3
    assert all(picture.small for picture in pictures)
    assert all((picture.credit.model == f"pid {os.getpid()}") is not processes for picture in pictures)
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("processes", [False, True])
def test_the_first_failure_is_raised_as_it_is(processes: bool) -> None:
    with pytest.raises(Refused, match="not this one") as caught:
        illustrate(PlainIllustrator(processes=processes, odd=1), make_prompts(4), workers=2)
    assert (caught.value.provider, caught.value.hint) == ("plain", "ask for another")
    assert not multiprocessing.active_children()


def test_what_has_not_begun_after_a_failure_is_never_drawn() -> None:
    done: list[str] = []
    with pytest.raises(Refused):
        illustrate(PlainIllustrator(odd=0), make_prompts(40), workers=1, progress=done.append)
    assert len(done) < 39


def test_a_worker_that_dies_makes_the_illustrator_unavailable() -> None:
    with pytest.raises(Unavailable) as caught:
        illustrate(PlainIllustrator(processes=True, odd=2, how="die"), make_prompts(4), workers=2)
    assert caught.value.provider == "plain"
    assert "workers" in caught.value.hint
    assert not multiprocessing.active_children()


SCRIPT = """
from generator.pictures import illustrate
from tests.test_pictures import PlainIllustrator, make_prompts
if __name__ == "__main__":
    illustrator = PlainIllustrator(processes=True, odd=2, how="wait")
    illustrate(illustrator, make_prompts(3), workers=2, progress=lambda name: print(name, flush=True))
"""


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGKILL])
def test_an_ended_run_leaves_no_worker_behind_and_no_noise_of_them(kind: signal.Signals, tmp_path: Path) -> None:
    script = tmp_path / "draw.py"
    script.write_text(SCRIPT)
    run = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    assert run.stdout
    assert {run.stdout.readline(), run.stdout.readline()} == {"cover\n", "scene-1\n"}
    if kind == signal.SIGINT:
        os.killpg(run.pid, kind)  # as a terminal does: to all of them
    else:
        os.kill(run.pid, kind)
    # The pipes end when the last process that holds them is gone: workers hold them as well.
    _, noise = run.communicate(timeout=20)
    assert noise.count("Traceback") == (1 if kind == signal.SIGINT else 0)
    assert "SpawnProcess" not in noise
