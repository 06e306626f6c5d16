import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.site.build import BuildReport, build_site
from generator.site.check import check_site
from generator.site.search import (
    FACETS,
    language_of,
    make_entry,
    make_facets,
    render_parts,
    text_of,
)
from generator.site.shelf import Shelf, make_shelf
from generator.site.views import make_views
from generator.story import AgeBand, Genre, Slot
from tests.gates.gate_axe import list_findings
from tests.site import sample
from tests.site.conftest import ATTACK, BASE, SCRIPT, Visit, serving
from tests.site.test_listings import CARDS, make_story

Open = Callable[..., Visit]
CODE = sample.REPOSITORY / "site_template/assets/taleshelf"
STATUS = ".ts-found [role=status]"


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return make_shelf([make_story(number) for number in range(60)], list(CARDS))


def test_the_newest_part_is_named_first() -> None:
    assert json.loads(render_parts(["2024", "2026", "2025"])) == {"parts": ["2026", "2025", "2024"]}


def test_every_facet_of_every_story_can_be_chosen_and_every_choice_has_a_list(shelf: Shelf) -> None:
    views = make_views(shelf)
    offered = {facet.name: {chip.label for chip in facet.chips} for facet in views["find/index.md"].facets}
    found: dict[str, set[str]] = {}
    for story in shelf.stories:
        for facet, names in make_facets(story, shelf).items():
            found.setdefault(facet, set()).update(names)
    assert found == offered
    assert set(offered) == set(FACETS) - {"narrator"}, "none of these has a narration"
    urls = {chip.url for facet in views["find/index.md"].facets for chip in facet.chips}
    assert urls <= {path.removesuffix("index.md").removesuffix(".md").rstrip("/") + "/" for path in views}


def test_tonights_story_changes_the_search_page_only_when_it_brings_a_new_list(shelf: Shelf) -> None:
    before = make_views(replace(shelf, stories=shelf.stories[1:]))["find/index.md"]
    assert make_views(shelf)["find/index.md"] == before


def test_an_entry_says_what_a_result_shows() -> None:
    story = make_story(1, ("cover.webp", "cover-thumb.webp"))
    entry = make_entry(story, text_of(story), make_shelf([], list(CARDS)), "en")
    assert entry.meta == {
        "title": "Pip and the River’s Bed",
        "about": "A light that nobody lit, and the fox who wanted to know why.",
        "day": "20 November 2026",
        "facts": "Adventure · ages 6 to 8 · 1 minute",
        "image": "stories/2026/11/20-story-1/cover-thumb.webp",
    }
    assert entry.filters["cast"] == ["Pip", "Moss"]
    assert entry.text.startswith("The hill\nThe lantern on the hill")


def test_a_key_whose_card_is_gone_is_no_facet() -> None:
    assert "place" not in make_facets(make_story(1, place="gone"), make_shelf([], list(CARDS)))


def test_a_part_has_the_language_of_most_of_its_stories() -> None:
    stories = [make_story(1), make_story(2, language="de"), make_story(3, language="de")]
    assert language_of(stories) == "de"
    assert language_of(stories[:2]) == "de", "of two alike the first by name"
    assert language_of([]) == "en"


def test_the_modules_are_light() -> None:
    sizes = {name: len(gzip.compress((CODE / f"{name}.js").read_bytes(), 9)) for name in ("find", "page")}
    assert sizes["find"] <= 2100
    assert sizes["page"] <= 700


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> BuildReport:
    """A site of stories in three years, one of them hostile."""
    root = tmp_path_factory.mktemp("library")
    settings = sample.write_site(root, 12)
    content = root / "content"
    for number, day in enumerate((date(2025, 5, 1), date(2025, 5, 2), date(2024, 2, 29))):
        page = replace(sample.make_page(number), slot=Slot(day), title=f"An Older Night {number}")
        text = ("A walrus came by.",) if day.year == 2024 else ("Snow fell on the roof.",)
        genre, age = Genre.FANTASY, AgeBand.OLDER
        section = replace(page.sections[0], paragraphs=text)
        sample.write_story(content, replace(page, genre=genre, age=age, sections=(section,)), number)
    hostile = next(content.glob("stories/2026/11/12-*"))
    page = sample.make_page(9)
    words = replace(page.sections[0], paragraphs=(f"Zebra {SCRIPT} and {ATTACK} zebra.",))
    sample.rewrite(hostile, title=f"Zebra {ATTACK}", description=f"{SCRIPT} zebra", sections=(words,))
    return build_site(settings)


@pytest.fixture(scope="module")
def shelves(library: BuildReport) -> Iterator[str]:
    with serving(library.site_dir) as address:
        yield address


def titles(page: Any) -> list[str]:
    return list(page.locator(".ts-found__list h2").all_inner_texts())


def says(page: Any, text: str) -> None:
    """Wait until the number of results is announced; the search runs once nobody types any more."""
    script = "([where, text]) => document.querySelector(where)?.textContent === text"
    try:
        page.wait_for_function(script, arg=[STATUS, text], timeout=15_000)
    except Exception:  # noqa: BLE001 - what is announced instead says more
        assert page.locator(STATUS).inner_text() == text


def test_a_library_has_a_part_for_each_year(library: BuildReport) -> None:
    assert check_site(library.site_dir, BASE) == ()
    parts = json.loads((library.site_dir / "find/parts.json").read_text("utf-8"))["parts"]
    assert parts == ["2026", "2025", "2024"]
    assert all((library.site_dir / "find" / year / "pagefind-entry.json").is_file() for year in parts)


@pytest.mark.browser
def test_nothing_of_the_search_is_loaded_before_somebody_turns_to_it(visit: Open, shelves: str) -> None:
    seen = visit(shelves + "find/")
    assert not [url for url in seen.requests if "find.js" in url or "/find/2" in url or "parts.json" in url]
    with seen.page.expect_response("**/find/2026/pagefind.js"):
        seen.page.get_by_label("What should the story be about?").focus()
    assert not [url for url in seen.requests if "/find/2025/" in url]


@pytest.mark.browser
def test_words_are_found_as_one_types_and_the_address_keeps_them(visit: Open, shelves: str) -> None:
    seen = visit(shelves + "find/")
    page = seen.page
    page.get_by_label("What should the story be about?").fill("buttons")
    says(page, "1 story found in 2026")
    assert titles(page) == ["Seven Buttons and a Boat"]
    assert page.url.endswith("find/?q=buttons")
    assert page.locator(".ts-found__list .ts-facts").inner_text().startswith("15 November 2026")
    page.get_by_role("link", name="Seven Buttons and a Boat").click()
    page.wait_for_url("**/stories/2026/11/15-seven-buttons-and-a-boat/")
    page.go_back()
    says(page, "1 story found in 2026")
    assert page.get_by_label("What should the story be about?").input_value() == "buttons"
    page.go_back()
    page.go_forward()
    assert seen.problems == []


@pytest.mark.browser
def test_the_search_works_under_a_strict_content_policy(visit: Open, shelves: str) -> None:
    seen = visit("about:blank")
    policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"

    def guard(route: Any) -> None:
        reply = route.fetch()
        route.fulfill(response=reply, headers=reply.headers | {"content-security-policy": policy})

    seen.page.route(f"{shelves}find/?q=buttons", guard)
    seen.page.goto(shelves + "find/?q=buttons")
    says(seen.page, "1 story found in 2026")
    assert seen.problems == []
    seen.page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: '1' }))")
    assert any("Content Security Policy" in problem for problem in seen.problems), "the policy is in force"


@pytest.mark.browser
def test_older_years_are_searched_when_asked_or_when_a_choice_needs_them(visit: Open, shelves: str) -> None:
    seen = visit(shelves + "find/?q=walrus")
    says(seen.page, "No stories found in 2026")
    assert not [url for url in seen.requests if "/find/2025/" in url]
    seen.page.get_by_label("Search all years, not only 2026").check()
    says(seen.page, "1 story found")
    assert titles(seen.page) == ["An Older Night 2"]
    assert seen.page.url.endswith("find/?q=walrus&years=all")
    page = visit(shelves + "find/?q=night").page
    says(page, "9 stories found in 2026")
    page.get_by_label("Search all years, not only 2026").check()
    says(page, "12 stories found")
    page = visit(shelves + "find/?age=Ages+9+to+12&genre=Tales+of+wonder&place=Lantern+Hill").page
    says(page, "1 story found")
    assert titles(page) == ["An Older Night 0"]


@pytest.mark.browser
def test_a_search_is_narrowed_by_everything_there_is(visit: Open, shelves: str) -> None:
    page = visit(shelves + "find/?q=lantern").page
    page.get_by_text("Narrow it down").click()
    for label, choice in {
        "What kind?": "Adventures",
        "How old?": "Ages 6 to 8",
        "How long?": "About 3 minutes",
        "Who is in it?": "Pip",
        "Where?": "Amber Hollow",
        "Which language?": "English",
        "Whose voice?": "embedded hibari-tts heart",
    }.items():
        page.get_by_label(label).select_option(choice)
    says(page, "2 stories found in 2026")
    assert sorted(titles(page)) == ["Pip and the River’s Bed", "The Lantern That Stayed 7"]
    page.get_by_label("Who is in it?").select_option("Moss")
    page.get_by_label("Which series?").select_option("Lantern Nights")
    says(page, "No stories found in 2026")
    assert titles(page) == []
    page.goto(shelves + "find/?series=Lantern+Nights&age=Ages+3+to+5")
    says(page, "1 story found in 2026")
    assert page.get_by_label("Which series?").input_value() == "Lantern Nights", "the choices are shown"


@pytest.mark.browser
def test_without_words_the_newest_come_first_and_more_follow(visit: Open, shelves: str) -> None:
    page = visit(shelves + "find/?language=English").page
    says(page, "10 stories found in 2026")
    assert titles(page)[:3] == ["The Lantern That Stayed", "Pip and the River’s Bed", "A Coat for the Moon"]
    assert len(titles(page)) == 8
    page.get_by_role("button", name="More stories").click()
    page.wait_for_function("document.querySelectorAll('.ts-found__list > li').length === 10")
    assert page.evaluate(
        "document.activeElement.closest('li') === document.querySelectorAll('.ts-found__list > li')[8]"
    )
    assert not page.get_by_role("button", name="More stories").is_visible()


@pytest.mark.browser
def test_the_keyboard_goes_from_the_words_to_the_stories_and_back(visit: Open, shelves: str) -> None:
    page = visit(shelves + "find/").page
    page.get_by_label("What should the story be about?").focus()
    page.keyboard.insert_text("river")  # at once: on a slow machine letters are words of their own, each searched for
    says(page, "2 stories found in 2026")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == titles(page)[1]
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "ts-words"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("words", "found", "next_stop"), [("river", "2 stories", "a"), ("zzzzz", "No stories", "input")]
)
def test_who_is_in_the_list_when_others_are_found_is_not_lost(
    visit: Open, shelves: str, words: str, found: str, next_stop: str
) -> None:
    page = visit(shelves + "find/?q=lantern").page
    says(page, "9 stories found in 2026")
    script = """words => {
      const field = document.querySelector("#ts-words");
      field.value = words;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      document.querySelector(".ts-found__list a").focus(); // at once: the search waits for a pause
      return document.activeElement.localName;
    }"""
    assert page.evaluate(script, words) == "a"
    says(page, f"{found} found in 2026")
    assert page.evaluate("document.activeElement.localName") == next_stop
    assert page.evaluate("document.activeElement.textContent") == next(iter(titles(page)), "")


@pytest.mark.browser
def test_the_family_view_holds_for_the_search(visit: Open, shelves: str) -> None:
    page = visit(shelves + "find/?q=lantern").page
    says(page, "9 stories found in 2026")
    page.get_by_text("Narrow it down").click()
    page.get_by_label("Show spooky stories everywhere, in this browser").check()
    says(page, "11 stories found in 2026")
    page.get_by_label("Show spooky stories everywhere, in this browser").uncheck()
    says(page, "9 stories found in 2026")
    page.get_by_label("What kind?").select_option("Spooky stories")
    says(page, "2 stories found in 2026")


@pytest.mark.browser
def test_hostile_text_stays_text_in_a_result(visit: Open, shelves: str) -> None:
    seen = visit(shelves + "find/?q=zebra")
    says(seen.page, "1 story found in 2026")
    assert titles(seen.page) == [f"Zebra {ATTACK}"]
    assert "alert(2)" in seen.page.locator(".ts-found__list .ts-card__about").inner_text()
    assert seen.page.locator(".ts-found__list script, .ts-found__list img[src=x]").count() == 0
    assert seen.page.evaluate("document.documentElement.dataset.attacked") is None
    assert seen.problems == []


@pytest.mark.browser
def test_without_javascript_there_are_lists_instead_of_a_form(visit: Open, shelves: str) -> None:
    page = visit(shelves + "find/", java_script_enabled=False).page
    assert not page.locator(".ts-find").is_visible()
    assert page.get_by_text("Every story is on these lists as well").is_visible()
    page.get_by_role("link", name="About 3 minutes").click()
    assert page.locator("h1").inner_text() == "Stories of about 3 minutes"


@pytest.mark.browser
def test_a_search_that_cannot_be_reached_says_so_and_works_again(visit: Open, shelves: str) -> None:
    page = visit(shelves + "find/").page
    page.route("**/parts.json", lambda route: route.abort())
    page.get_by_label("What should the story be about?").fill("bakery")
    says(page, "The search cannot be reached now.")
    page.unroute("**/parts.json")
    page.get_by_role("button", name="Find", exact=True).click()
    says(page, "1 story found in 2026")


@pytest.mark.browser
def test_axe_finds_nothing_on_the_search_with_results_and_choices_open(visit: Open, shelves: str) -> None:
    page = visit(shelves + "find/?q=lantern&age=Ages+6+to+8", reduced_motion="reduce").page
    says(page, "4 stories found in 2026")
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        for palette in ("day", "night", "bedtime"):
            page.locator(f"[data-md-color-scheme=taleshelf-{palette}]").last.check(force=True)
            assert list_findings(page) == [], f"{palette} at {width}"


def test_a_part_is_the_same_in_every_build(library: BuildReport, tmp_path: Path) -> None:
    again = build_site(library.site_dir.parent / "mkdocs.yml", tmp_path / "again").site_dir

    def contents(site: Path) -> dict[str, bytes]:
        return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.glob("find/2*/**/*.*")}

    assert contents(again) == contents(library.site_dir)
