from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from generator.site.build import BuildReport
from tests.gates.gate_axe import list_findings
from tests.site.conftest import Visit, serving

pytestmark = pytest.mark.browser

STORY = "stories/2026/11/21-the-lantern-that-stayed/"
VERSE = "stories/2026/11/20-pip-and-the-river-s-bed/"
PAGES = {
    "home": "",
    "story": STORY,
    "verse": VERSE,
    "all": "stories/",
    "month": "stories/2026/11/",
    "cast": "cast/",
    "character": "cast/pip/",
    "tag": "tags/friendship/",
    "place": "places/lantern-hill/",
    "series": "series/lantern-nights/",
    "length": "lengths/about-3-minutes/",
    "calendar": "calendar/2026/11/",
    "year": "calendar/2026/",
    "calendars": "calendar/",
    "find": "find/",
    "about": "about/",
    "missing": "nothing/here/",
}
PALETTES = ("day", "night", "bedtime")
Open = Callable[..., Visit]


@pytest.mark.parametrize(
    "name", [name for name in PAGES if name not in {"all", "length", "verse"}]
)  # as month and story
def test_axe_finds_nothing_in_any_palette_on_a_phone_and_a_desk(visit: Open, address: str, name: str) -> None:
    page = visit(address + PAGES[name], 390, reduced_motion="reduce").page
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        for palette in PALETTES:
            page.locator(f"[data-md-color-scheme=taleshelf-{palette}]").last.check(force=True)
            assert page.evaluate("document.body.dataset.mdColorScheme") == f"taleshelf-{palette}"
            assert list_findings(page) == [], f"{palette} at {width}"


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_asks_nobody_but_its_own_site_and_fits_every_screen(visit: Open, address: str, path: str) -> None:
    seen = visit(address + path, 320)
    for width in (320, 390, 1280, 1920):
        seen.page.set_viewport_size({"width": width, "height": 844})
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert {urlsplit(url).netloc for url in seen.requests} == {urlsplit(address).netloc}
    assert not [url for url in seen.requests if url.endswith((".mp3", "search_index.json"))]
    assert [line for line in seen.problems if "404" not in line] == []


@pytest.mark.parametrize(
    "path", [PAGES["home"], PAGES["story"], PAGES["cast"], PAGES["calendar"], PAGES["year"], PAGES["find"]]
)
def test_everything_to_press_is_large_enough_for_a_finger(visit: Open, address: str, path: str) -> None:
    page = visit(address + path, 390).page
    small = page.evaluate(
        """[...document.querySelectorAll("a, button, .ts-palette__choice")].filter(e => e.checkVisibility())
        .filter(e => !e.closest(".ts-text, .ts-prose, .ts-credits, .ts-lead, h1, h2, h3, .md-skip, [data-md-component=skip]"))
        .map(e => [e.textContent.trim() || e.className, e.getBoundingClientRect()])
        .filter(([, box]) => box.height && box.height < 43.9).map(([text, box]) => [text, box.height])"""
    )
    assert small == []


def test_without_javascript_a_story_reads_and_plays(visit: Open, address: str) -> None:
    page = visit(address + STORY, java_script_enabled=False).page
    assert page.locator("h1").inner_text() == "The Lantern That Stayed"
    assert page.get_by_text("the way a friend leans in to hear you better").first.is_visible()
    assert page.locator("audio[controls]").is_visible()
    assert not page.locator(".ts-palette").is_visible()
    source = page.locator("audio").get_attribute("src")
    reply = page.request.get(address + STORY + source, headers={"Range": "bytes=0-99"})
    assert (reply.status, len(reply.body())) == (206, 100)
    for picture in page.locator("img").all():
        assert page.request.get(address + STORY + (picture.get_attribute("src") or "")).ok


def test_without_javascript_the_system_chooses_between_day_and_night_and_the_menu_opens(
    visit: Open, address: str
) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    day, night = (
        visit(address, 390, java_script_enabled=False, color_scheme=scheme).page for scheme in ("light", "dark")
    )
    assert (day.evaluate(ground), night.evaluate(ground)) == ("rgb(251, 243, 225)", "rgb(18, 22, 43)")
    assert not day.locator(".ts-nav").is_visible()
    day.get_by_role("button", name="Menu").click()
    day.get_by_role("link", name="Characters", exact=True).first.click()
    assert day.locator("h1").inner_text() == "Characters"


@pytest.mark.parametrize(("scheme", "palette"), [("light", "day"), ("dark", "night")])
def test_without_a_choice_the_system_chooses(visit: Open, address: str, scheme: str, palette: str) -> None:
    page = visit(address, color_scheme=scheme).page
    assert page.evaluate("document.body.dataset.mdColorScheme") == f"taleshelf-{palette}"
    assert page.locator(".ts-palette input:checked").get_attribute("aria-label") == palette.capitalize()


def test_a_chosen_palette_stays_from_page_to_page(visit: Open, address: str) -> None:
    page = visit(address).page
    page.get_by_role("radio", name="Bedtime").check(force=True)
    page.get_by_role("link", name="Read the story").click()
    page.wait_for_url("**/stories/**")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "taleshelf-bedtime"
    assert page.get_by_role("radio", name="Bedtime").is_checked()


def test_a_story_plays_and_seeks(visit: Open, address: str) -> None:
    page = visit(address + STORY).page
    page.get_by_role("button", name="Listen").click()
    page.wait_for_function("document.querySelector('audio').currentTime > 0")
    time = page.evaluate(
        """async () => { const audio = document.querySelector("audio"); audio.muted = true;
        audio.currentTime = 2.5; await new Promise(done => audio.onseeked = done); return [audio.currentTime, audio.duration] }"""
    )
    assert time[0] >= 2.5
    assert 3.9 < time[1] < 4.3


def test_pictures_load_and_keep_their_room(visit: Open, address: str) -> None:
    page = visit(address + STORY).page
    for picture in page.locator(".ts-page img").all():
        picture.scroll_into_view_if_needed()
        picture.evaluate("async image => { await image.decode() }")
        assert picture.evaluate("image => image.naturalWidth > 0 && image.hasAttribute('width')")


def test_the_first_tab_offers_to_skip_to_the_content(visit: Open, address: str) -> None:
    page = visit(address + STORY).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to content"
    page.keyboard.press("Enter")
    assert page.url.endswith("#ts-content")


@pytest.mark.parametrize("path", ["", STORY, "cast/pip/", "stories/", "stories/2026/11/", "tags/", "cast/"])
def test_an_attack_in_a_story_or_a_card_does_nothing(visit: Open, attacked: BuildReport, path: str) -> None:
    with serving(attacked.site_dir) as address:
        seen = visit(address + path)
        seen.page.mouse.move(200, 400)
        marks: Any = seen.page.evaluate("[document.documentElement.dataset.attacked, document.images.length]")
    assert marks[0] is None
    assert seen.problems == []
    assert {urlsplit(url).netloc for url in seen.requests} == {urlsplit(address).netloc}
    assert not [url for url in seen.requests if url.endswith("/x")]
