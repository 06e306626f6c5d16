from pathlib import Path

from generator.site.pages import drop_heading, find_heading
from generator.site.pictures import frame_pictures, read_size
from tests.site.sample import draw

SIZES = {"scene-1.webp": (1600, 1200)}


def test_a_picture_on_its_own_is_framed_and_has_its_size() -> None:
    html = frame_pictures('<p><img alt="A fox" src="scene-1.webp"></p><p>Text.</p>', SIZES.get)
    assert html == (
        '<figure><img alt="A fox" src="scene-1.webp" width="1600" height="1200" loading="lazy" decoding="async">'
        "</figure><p>Text.</p>"
    )


def test_a_picture_with_a_copy_half_as_wide_leaves_the_choice_to_the_browser() -> None:
    html = frame_pictures('<img alt="A fox" src="scene-1.webp">', SIZES.get, lambda _name: "scene-1-small.webp")
    assert ' srcset="scene-1-small.webp 800w, scene-1.webp 1600w" sizes="' in html
    odd = '<img alt="A fox" src="a, b.webp">'
    assert "srcset" not in frame_pictures(odd, lambda _name: (1600, 1200), lambda _name: "a, b-small.webp")


def test_the_cover_is_taken_out_of_the_text() -> None:
    assert frame_pictures('<p><img alt="x" src="cover.webp"></p>\n<p>Text.</p>', SIZES.get) == "\n<p>Text.</p>"


def test_a_picture_inside_a_sentence_stays_there_and_an_unknown_one_has_no_size() -> None:
    html = frame_pictures('<p>See <img alt="x" src="other.webp" width="9" loading="eager"> here.</p>', SIZES.get)
    assert html == '<p>See <img alt="x" src="other.webp" loading="lazy" decoding="async"> here.</p>'


def test_sizes_are_read_from_pictures_only(tmp_path: Path) -> None:
    (tmp_path / "a.webp").write_bytes(draw(0, (32, 24)))
    (tmp_path / "b.webp").write_bytes(b"not a picture")
    (tmp_path / "c.mp3").write_bytes(b"")
    assert read_size(tmp_path / "a.webp") == (32, 24)
    assert [read_size(tmp_path / name) for name in ("b.webp", "c.mp3", "gone.webp")] == [None, None, None]


def test_the_heading_of_an_authored_page_is_found_and_taken_out() -> None:
    html = '<h1 id="a">About &amp; <em>more</em></h1>\n<p>Text.</p>'
    assert find_heading(html) == "About & more"
    assert drop_heading(html) == "<p>Text.</p>"
    assert find_heading("<p>Text.</p>") == ""
