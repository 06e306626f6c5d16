from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.site.build import BuildReport, build_site
from generator.site.check import check_site
from generator.site.phrases import say_genres
from generator.site.shelf import Shelf, make_shelf
from generator.site.views import make_views
from generator.story import Genre
from tests.gates.gate_axe import list_findings
from tests.site import sample
from tests.site.conftest import BASE, Visit, serving
from tests.site.test_listings import CARDS, make_story

SPOOKY = "stories/2026/11/21-the-lantern-that-stayed/"
PLAIN = "Pip and the River’s Bed"
Open = Callable[..., Visit]


def make(genres: list[Genre]) -> Shelf:
    return make_shelf([make_story(number, genre=genre) for number, genre in enumerate(genres)], list(CARDS))


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> BuildReport:
    """A site of thirty nights whose newest story is a spooky one."""
    root = tmp_path_factory.mktemp("noted")
    settings = sample.write_site(root, 30)
    sample.rewrite(next(root.glob("content/stories/2026/11/21-*")), genre=Genre.SPOOKY)
    return build_site(settings)


@pytest.fixture(scope="module")
def noted_address(noted: BuildReport) -> Iterator[str]:
    with serving(noted.site_dir) as address:
        yield address


def test_home_puts_the_newest_story_without_a_note_in_the_place_of_one_with_it() -> None:
    home = make_views(make([Genre.SPOOKY, Genre.SPOOKY, *[Genre.FANTASY] * 20]))["index.md"]
    assert home.story
    assert home.noted
    assert (home.story.page.genre, home.noted.page.genre) == (Genre.FANTASY, Genre.SPOOKY)
    assert len([story for story in home.stories if story.page.genre == Genre.FANTASY]) == 13, (
        "home's own and twelve more"
    )


def test_without_notes_or_with_nothing_else_home_shows_the_newest() -> None:
    shelf = make([Genre.SPOOKY, Genre.FANTASY, Genre.SPOOKY])
    home = make_views(replace(shelf, notes=()))["index.md"]
    assert (home.story, home.noted) == (shelf.stories[0], None)
    home = make_views(make([Genre.SPOOKY, Genre.SPOOKY]))["index.md"]
    assert (home.story and home.story.page.genre, home.noted) == (Genre.SPOOKY, None)


def test_the_cover_of_a_card_is_one_without_a_note_where_there_is_one() -> None:
    shelf = make([Genre.SPOOKY, Genre.FANTASY])
    tiles = {tile.card.key: tile.newest for tile in make_views(shelf)["cast/index.md"].tiles}
    assert tiles["moss"] == shelf.stories[1]


def test_genres_are_named_in_the_middle_of_a_sentence() -> None:
    assert say_genres([Genre.SPOOKY, Genre.MYSTERY]) == "spooky stories and mysteries"


def test_a_site_with_notes_has_no_findings(noted: BuildReport) -> None:
    assert check_site(noted.site_dir, BASE) == ()


def test_an_owner_may_want_no_notes(tmp_path: Path) -> None:
    settings = sample.write_site(tmp_path, 7)
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("content_notes: [spooky]", "content_notes: []"), "utf-8")
    site = build_site(settings).site_dir
    assert not [path for path in site.rglob("*.html") if "data-noted" in path.read_text("utf-8")]
    settings.write_text(text.replace("content_notes: [spooky]", "content_notes: [scary]"), "utf-8")
    with pytest.raises(BuildError, match="content_notes"):
        build_site(settings)


def shown(page: object, where: str) -> list[str]:
    script = f"""[...document.querySelectorAll("{where}")].filter(e => e.checkVisibility()).map(e => e.innerText)"""
    return list(page.evaluate(script))  # type: ignore[attr-defined]


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_the_family_view_is_what_everybody_sees_at_first(visit: Open, noted_address: str, script: bool) -> None:
    page = visit(noted_address, java_script_enabled=script).page
    assert [text.split("\n")[-1].strip() for text in shown(page, "h1")] == [PLAIN]
    assert not [text for text in shown(page, ".ts-card") if "Spooky" in text]
    assert len(shown(page, ".ts-grid:first-of-type > .ts-card")) == 12
    page.goto(noted_address + "stories/")
    assert not [text for text in shown(page, ".ts-card") if "Spooky" in text]
    page.get_by_role("link", name="Spooky stories").first.click()
    page.wait_for_url("**/genres/spooky/")
    assert len(shown(page, ".ts-card")) == 6, "its own shelf is always there"
    assert shown(page, "[data-notes-choice]") == (["Show spooky stories everywhere, in this browser"] if script else [])


@pytest.mark.browser
def test_a_reader_may_choose_to_see_all_and_to_see_them_no_more(visit: Open, noted_address: str) -> None:
    page = visit(noted_address + SPOOKY).page
    choice = page.get_by_role("checkbox", name="Show spooky stories everywhere, in this browser")
    choice.check()
    page.goto(noted_address)
    assert "The Lantern That Stayed" in shown(page, "h1")[0]
    cards = shown(page, "section[aria-labelledby=ts-newest] .ts-card")
    assert PLAIN in cards[0]
    assert len([text for text in cards if "Spooky" in text]) == 2
    page.goto(noted_address + SPOOKY)
    assert choice.is_checked()
    choice.uncheck()
    page.goto(noted_address)
    assert PLAIN in shown(page, "h1")[0]


@pytest.mark.browser
def test_a_story_with_a_note_says_so_and_its_cover_is_not_among_its_neighbours(visit: Open, noted_address: str) -> None:
    page = visit(noted_address + SPOOKY).page
    assert "This is a spooky story" in page.get_by_label("Content note").inner_text()
    page.get_by_role("link", name=f"The night before {PLAIN}").click()
    page.wait_for_url("**/20-pip-and-the-river-s-bed/")
    neighbour = page.get_by_role("link", name="The night after · Spooky story The Lantern That Stayed")
    assert neighbour.locator("img").count() == 0
    assert not [text for text in shown(page, ".ts-related .ts-card") if "Spooky" in text]


@pytest.mark.browser
@pytest.mark.parametrize("path", ["", SPOOKY, "genres/spooky/", "calendar/2026/11/"])
def test_axe_finds_nothing_on_pages_with_notes(visit: Open, noted_address: str, path: str) -> None:
    for palette in ("day", "bedtime"):
        page = visit(noted_address + path, 390, reduced_motion="reduce").page
        page.locator(f"[data-md-color-scheme=taleshelf-{palette}]").last.check(force=True)
        assert list_findings(page) == []
