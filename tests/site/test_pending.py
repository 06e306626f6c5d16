"""Stories on the site while pictures or the narration are still being made."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator.errors import ArchiveError
from generator.page import Page, render_page
from generator.site.build import BuildReport, build_site
from generator.site.check import check_site
from generator.site.phrases import say_promise
from tests.gates.gate_axe import list_findings
from tests.site import sample
from tests.site.conftest import BASE, Visit, serving

WAITING = "assets/taleshelf/waiting.svg"
ALT = "The picture of this story is still being made."
BARE = "stories/2026/11/21-the-lantern-that-stayed"
VOICELESS = "stories/2026/11/20-pip-and-the-river-s-bed"
COVERLESS = "stories/2026/11/19-a-coat-for-the-moon"
ONE_SHORT = "stories/2026/11/18-moss-keeps-the-minutes"
WHOLE = "stories/2026/11/17-the-door-behind-the-bakery"


def take(content: Path, number: int, *missing: str) -> None:
    """Take pictures ("cover", "scene-1") and the narration from a story of the sample; its page says they are pending."""
    page: Page = sample.make_page(number)
    folder = next((content / "stories").glob(f"{page.slot.day:%Y/%m/%d}-*"))
    for name in missing:
        for file in (*folder.glob(f"{name}*"), *(folder.glob("timing.json") if name == "narration" else ())):
            file.unlink()
    if "cover" in missing:
        page = replace(page, cover="", cover_alt="")
    if "narration" in missing:
        page = replace(page, seconds=0, read_by="")
    sections = (
        replace(section, picture="", alt="") if section.picture.removesuffix(".webp") in missing else section
        for section in page.sections
    )
    kinds = {"narration" if name == "narration" else "pictures" for name in missing}
    page = replace(page, sections=tuple(sections), pending=tuple(sorted(kinds, reverse=True)))
    (folder / "index.md").write_text(render_page(page), encoding="utf-8")


@pytest.fixture(scope="module")
def pending(tmp_path_factory: pytest.TempPathFactory) -> BuildReport:
    """A site of five nights; the four newest lack something."""
    root = tmp_path_factory.mktemp("pending")
    settings = sample.write_site(root, 5)
    content = root / "content"
    take(content, 0, "cover", "scene-1", "scene-2", "narration")
    take(content, 1, "narration")
    take(content, 2, "cover", "scene-1")
    take(content, 3, "scene-2")
    return build_site(settings)


@pytest.fixture(scope="module")
def address(pending: BuildReport) -> Iterator[str]:
    with serving(pending.site_dir) as address:
        yield address


def read(report: BuildReport, path: str) -> str:
    return (report.site_dir / path / "index.html").read_text("utf-8")


def test_a_site_with_pending_stories_has_no_findings(pending: BuildReport) -> None:
    assert check_site(pending.site_dir, BASE) == ()


def test_the_picture_of_our_own_is_light(pending: BuildReport) -> None:
    assert (pending.site_dir / WAITING).stat().st_size < 5_000


@pytest.mark.parametrize(
    ("path", "promise", "player", "pictures", "waiting"),
    [
        (BARE, "The pictures and the reading of this story are still being made;", 0, 0, 2),
        (VOICELESS, "The reading of this story is still being made; it will be", 0, 3, 2),
        (COVERLESS, "Two pictures are still being painted; they will be", 1, 1, 1),
        (ONE_SHORT, "One picture is still being painted; it will be", 1, 2, 1),
        (WHOLE, "", 1, 3, 0),
    ],
)
def test_a_story_says_what_is_still_being_made(
    pending: BuildReport, path: str, promise: str, player: int, pictures: int, waiting: int
) -> None:
    page = read(pending, path)
    assert (page.count("ts-promise"), promise in page) == (bool(promise), True)
    assert page.count("<audio") == player
    assert page.count("narration.mp3") == player * 5
    assert len(re.findall(r'<img[^>]* src="(?:cover|scene-\d)\.webp"', page)) == pictures
    own = re.findall(rf'<img[^>]* src="[./]*{WAITING}" alt="{re.escape(ALT)}"', page)
    assert (len(own), page.count(WAITING)) == (waiting, waiting), (
        "the cover of the page, those of its neighbours and of related stories"
    )


def test_other_sites_are_told_of_no_picture_that_is_not_there(pending: BuildReport) -> None:
    for path in (BARE, COVERLESS):
        assert "og:image" not in read(pending, path)
        assert 'name="twitter:card" content="summary"' in read(pending, path)
    for path in (".", "stories", "cast"):
        assert re.search(r'og:image" content="[^"]*/(?:20-pip|18-moss)[^"]*/cover-square\.jpg"', read(pending, path))


def test_lists_show_the_waiting_picture_and_how_long_reading_takes(pending: BuildReport) -> None:
    page = read(pending, "stories")
    assert page.count(f'src="../{WAITING}" alt="{ALT}"') == 2
    assert re.findall(r"<span>([^<]*minutes?)</span>", page) == [
        "1 minute",
        "1 minute",
        "3 minutes",
        "3 minutes",
        "3 minutes",
    ]


def test_a_place_shows_the_newest_cover_there_is(pending: BuildReport) -> None:
    tiles = re.findall(r'ts-card__cover" src="\.\./(stories/[^"]*)"', read(pending, "places"))
    assert tiles == [f"{VOICELESS}/cover-thumb.webp", f"{ONE_SHORT}/cover-thumb.webp"]


def test_a_half_way_file_is_not_shown_before_its_page_knows_it(tmp_path: Path) -> None:
    settings = sample.write_site(tmp_path, 1)
    take(tmp_path / "content", 0, "cover", "narration")
    folder = tmp_path / "content" / BARE
    (folder / "narration.mp3").write_bytes(sample.make_mp3())
    (folder / "cover.webp").write_bytes(sample.draw(0, (160, 120)))
    page = read(build_site(settings), BARE)
    assert WAITING in page
    assert "<audio" not in page


def test_a_cover_that_the_page_shows_must_be_there_whatever_is_pending(tmp_path: Path) -> None:
    settings = sample.write_site(tmp_path, 1)
    take(tmp_path / "content", 0, "scene-2")
    (tmp_path / "content" / BARE / "cover.webp").unlink()
    with pytest.raises(ArchiveError, match=r"cover\.webp is missing"):
        build_site(settings)


@pytest.mark.parametrize(
    ("missing", "pictures", "narration", "said"),
    [
        (0, 5, False, ""),
        (1, 5, False, "One picture is still being painted; it will be here after one of the next nights."),
        (5, 5, False, "The pictures are still being painted; they will be here after one of the next nights."),
        (1, 1, False, "One picture is still being painted; it will be here after one of the next nights."),
        (13, 14, False, "13 pictures are still being painted; they will be here after one of the next nights."),
    ],
)
def test_a_promise_counts_in_words(missing: int, pictures: int, narration: bool, said: str) -> None:
    assert say_promise(missing, pictures, narration=narration) == said


@pytest.mark.browser
@pytest.mark.parametrize("path", ["", BARE + "/", COVERLESS + "/", "stories/"])
def test_pending_pages_are_whole_in_a_browser_in_every_palette(
    visit: Callable[..., Visit], address: str, path: str
) -> None:
    seen = visit(address + path, 390, reduced_motion="reduce")
    page = seen.page
    for picture in page.locator(".ts-page img").all():
        picture.scroll_into_view_if_needed()
        picture.evaluate("async image => { await image.decode() }")
        box = picture.bounding_box()
        assert box["width"] > 40
        assert box["height"] > 40
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for palette in ("day", "night", "bedtime"):
            page.locator(f"[data-md-color-scheme=taleshelf-{palette}]").last.check(force=True)
            assert list_findings(page) == [], f"{palette} at {width}"
    assert seen.problems == [], "a request that fails is an error in the console"
    assert all(page.request.get(url).ok for url in set(seen.requests))
