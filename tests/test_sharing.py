import io
import json
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from generator.archive import read_made
from generator.backfill import lacks_share, make_share
from generator.bundle import complete_bundle
from generator.check import check_bundle
from generator.errors import ArchiveError
from generator.sharing import LIMIT, SHARE, SIZE, draw_share
from tests.fakes.media import Media
from tests.test_backfill import ALL, SHOW, bytes_of, file

TITLE = "The Lantern That Stayed"


def cover(kind: str = "WEBP") -> bytes:
    out = io.BytesIO()
    Image.effect_noise((1600, 1200), 90).convert("RGB").save(out, kind)
    return out.getvalue()


def opened(card: bytes) -> Image.Image:
    return Image.open(io.BytesIO(card), formats=("JPEG",)).convert("RGB")


def differ(one: bytes, two: bytes) -> bool:
    return ImageChops.difference(opened(one), opened(two)).getbbox() is not None


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        "Oh",
        "W" * 300,
        "Pip " * 70,
        "A Night Long Enough for Everybody Who Could Not Find the Other Shoe, or the Other Foot, or the Way",
        "",
        "Zwölf  Füchse\n– „schlafen“",
    ],
)
def test_a_card_has_its_size_and_fits_its_limit_with_any_title_on_a_restless_cover(title: str) -> None:
    card = draw_share(cover(), title, "Taleshelf")
    assert opened(card).size == SIZE
    assert len(card) <= LIMIT


def test_the_same_values_give_the_same_card_and_another_title_another() -> None:
    picture = Media().picture("cover", 640, 480)
    assert draw_share(picture, TITLE, SHOW) == draw_share(picture, TITLE, SHOW)
    assert differ(draw_share(picture, TITLE, SHOW), draw_share(picture, "The Lantern That Left", SHOW))
    assert differ(draw_share(picture, TITLE, SHOW), draw_share(picture, TITLE, "Another"))


def test_a_title_that_our_font_cannot_write_is_left_to_the_picture() -> None:
    picture = Media().picture("cover", 640, 480)
    assert draw_share(picture, "海の話", SHOW) == draw_share(picture, "", SHOW)
    assert differ(draw_share(picture, "Ça va, Zoë?", SHOW), draw_share(picture, "", SHOW))


def test_text_stays_within_the_card() -> None:
    plain = Image.new("RGB", (800, 600), "white")
    out = io.BytesIO()
    plain.save(out, "PNG")
    blank = opened(draw_share(out.getvalue(), "", ""))
    written = opened(draw_share(out.getvalue(), "Mmmm " * 60, "M" * 200))
    box = ImageChops.difference(blank, written).convert("L").point(lambda value: 255 * (value > 40)).getbbox()
    assert box is not None
    assert box[0] >= 56
    assert box[1] >= 100
    assert box[2] <= SIZE[0] - 56
    assert box[3] <= SIZE[1] - 40


def test_a_cover_that_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="no PNG"):
        draw_share(b"cover", TITLE, SHOW)


def test_a_story_is_filed_with_its_card(tmp_path: Path) -> None:
    folder = file(tmp_path, *ALL, voice=True)
    assert opened((folder / SHARE).read_bytes()).size == SIZE
    assert not lacks_share(folder)
    assert [finding for finding in check_bundle(folder) if SHARE in finding] == []


def test_a_story_that_was_filed_without_a_card_is_given_the_same_one(tmp_path: Path) -> None:
    folder = file(tmp_path, *ALL, voice=True)
    before = bytes_of(folder)
    made = read_made(folder)
    files = made["files"]
    assert isinstance(files, dict)
    del files[SHARE]
    (folder / "story.json").write_text(json.dumps(made), "utf-8")
    (folder / SHARE).unlink()
    assert lacks_share(folder)
    complete_bundle(folder, make_share(folder, show=SHOW), reach=lambda _name: None)
    assert bytes_of(folder) == before


def test_a_story_that_waits_for_its_pictures_waits_for_its_card(tmp_path: Path) -> None:
    folder = file(tmp_path, "scene-1", voice=True)
    assert not (folder / SHARE).exists()
    assert not lacks_share(folder)


def test_a_broken_cover_is_named(tmp_path: Path) -> None:
    folder = file(tmp_path, *ALL, voice=True)
    (folder / SHARE).unlink()
    (folder / "cover.webp").write_bytes(b"RIFF")
    with pytest.raises(ArchiveError, match=r"cover\.webp"):
        make_share(folder, show=SHOW)
