"""The reading settings, in a real browser."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from generator.site.build import BuildReport
from tests.gates.gate_axe import list_findings
from tests.site.conftest import Visit

pytestmark = pytest.mark.browser

STORY = "stories/2026/11/21-the-lantern-that-stayed/"
PALETTES = ("day", "night", "bedtime")
DYSLEXIA = "opendyslexic"
AFTERNOON = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)
Open = Callable[..., Visit]

CHOICES = [
    ("Size of the text", "150 %", "fontSize"),
    ("Size of the text", "90 %", "fontSize"),
    ("Letters", "Atkinson", "fontFamily"),
    ("Letters", "OpenDyslexic", "fontFamily"),
    ("Between letters and words", "Wide", "letterSpacing"),
    ("Between letters and words", "Wider", "wordSpacing"),
    ("Between lines", "Narrow", "lineHeight"),
    ("Between lines", "Wider", "lineHeight"),
]
WATCH = """
  window.seen = [];
  const look = () => {
    const text = document.querySelector(".ts-text");
    if (document.body) seen.push([document.body.dataset.mdColorScheme, text && getComputedStyle(text).fontFamily.split(",")[0]]);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
"""


def measure(page: Any, style: str) -> str:
    value: str = page.evaluate("style => getComputedStyle(document.querySelector('.ts-text'))[style]", style)
    return value


def open_settings(page: Any) -> Any:
    page.get_by_role("button", name="Reading settings").click()
    return page.get_by_role("dialog", name="Reading settings")


def light(page: Any) -> str:
    scheme: str = page.evaluate("document.body.dataset.mdColorScheme")
    assert page.locator(".ts-palette input:checked").get_attribute("value") == scheme
    return scheme.removeprefix("taleshelf-")


@pytest.mark.parametrize(("group", "choice", "style"), CHOICES)
def test_a_setting_changes_the_text_and_stays_in_every_tab(
    visit: Open, address: str, group: str, choice: str, style: str
) -> None:
    page = visit(address + STORY).page
    other = page.context.new_page()
    other.goto(address + STORY)
    usual = measure(page, style)
    assert measure(other, style) == usual
    open_settings(page).get_by_role("group", name=group).get_by_role("radio", name=choice, exact=True).check(force=True)
    chosen = measure(page, style)
    assert chosen != usual
    other.wait_for_function(f"getComputedStyle(document.querySelector('.ts-text')).{style} === {chosen!r}")
    page.reload()
    assert measure(page, style) == chosen
    third = page.context.new_page()
    third.goto(address + "about/")
    radio = open_settings(third).get_by_role("group", name=group).get_by_role("radio", name=choice, exact=True)
    assert radio.is_checked()
    open_settings(page).get_by_role("button", name="As it was").click()
    assert measure(page, style) == usual
    third.wait_for_function("radio => !radio.checked", arg=radio.element_handle())


def test_letters_and_words_move_apart_together(visit: Open, address: str) -> None:
    page = visit(address + STORY).page
    open_settings(page).get_by_role("radio", name="Wide", exact=True).first.check(force=True)
    size, letters, words = (
        float(measure(page, style).removesuffix("px")) for style in ("fontSize", "letterSpacing", "wordSpacing")
    )
    assert letters >= 0.05 * size
    assert words >= 2 * letters


def test_the_large_letters_are_fetched_only_where_they_are_chosen(visit: Open, address: str) -> None:
    seen = visit(address + STORY)
    seen.page.goto(address + "about/")
    dialog = open_settings(seen.page)
    assert not [url for url in seen.requests if DYSLEXIA in url]
    with seen.page.expect_request(f"**/*{DYSLEXIA}*.woff2"):
        dialog.get_by_role("radio", name="OpenDyslexic").check(force=True)
    assert seen.page.evaluate("document.fonts.ready.then(() => document.fonts.check('20px OpenDyslexic'))")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_ever_seen_in_another_light_or_other_letters(visit: Open, address: str, scheme: str) -> None:
    page = visit(address + STORY, color_scheme=scheme).page
    page.get_by_role("radio", name="Bedtime").check(force=True)
    open_settings(page).get_by_role("radio", name="Atkinson").check(force=True)
    page.add_init_script(WATCH)
    for path in (STORY, "about/", STORY):
        page.goto(address + path, wait_until="load")
        page.wait_for_function("seen.length > 3")
        seen = page.evaluate("seen")
        assert {light for light, _ in seen} == {"taleshelf-bedtime"}
        assert {letters for _, letters in seen} - {None} in ({'"Atkinson Hyperlegible"'}, set())
        assert page.locator(".ts-palette input:checked").get_attribute("aria-label") == "Bedtime"


def test_bedtime_comes_and_goes_at_the_hour_the_reader_sets(visit: Open, address: str) -> None:
    page = visit("about:blank", timezone_id="UTC", color_scheme="light").page
    page.clock.install(time=AFTERNOON)
    page.goto(address + STORY)
    open_settings(page).get_by_label("Bedtime light").select_option("from 19:00")
    page.keyboard.press("Escape")
    hours = {16: "day", 18: "day", 19: "bedtime", 22: "bedtime", 25: "bedtime", 29: "bedtime", 30: "day", 42: "day"}
    for hour, expected in ((hour, light) for hour, light in hours.items() if hour > 16):
        page.clock.set_system_time(AFTERNOON.replace(hour=0, minute=0) + timedelta(hours=hour, seconds=1))
        page.clock.run_for(30_000)
        assert light(page) == expected, f"{hour % 24}:00"
        page.reload()
        assert light(page) == expected, f"{hour % 24}:00, on a new page"


def test_a_light_chosen_at_night_stays_until_the_next_evening(visit: Open, address: str) -> None:
    page = visit("about:blank", timezone_id="UTC", color_scheme="light").page
    page.clock.install(time=AFTERNOON)
    page.goto(address + STORY)
    page.get_by_role("radio", name="Night").check(force=True)
    open_settings(page).get_by_label("Bedtime light").select_option("from 17:00")
    assert light(page) == "night"
    page.keyboard.press("Escape")
    for hour, choose, expected in (
        (18, "", "bedtime"),
        (20, "Day", "day"),
        (23, "", "day"),
        (36, "", "day"),
        (42, "", "bedtime"),
    ):
        page.clock.set_system_time(AFTERNOON.replace(hour=0, minute=0) + timedelta(hours=hour))
        page.clock.run_for(30_000)
        if choose:
            page.get_by_role("radio", name=choose).check(force=True)
        assert light(page) == expected, str(hour)


def test_an_hour_that_is_set_later_than_it_counts_at_once(visit: Open, address: str) -> None:
    page = visit("about:blank", timezone_id="UTC", color_scheme="light").page
    page.clock.install(time=AFTERNOON.replace(hour=21))
    page.goto(address)
    page.get_by_role("radio", name="Day").check(force=True)
    open_settings(page).get_by_label("Bedtime light").select_option("from 20:00")
    assert light(page) == "bedtime"


def test_without_a_choice_the_light_follows_the_system_also_later(visit: Open, address: str) -> None:
    page = visit(address, color_scheme="light").page
    page.reload()
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.body.dataset.mdColorScheme === 'taleshelf-night'")
    assert light(page) == "night"
    assert page.evaluate("localStorage.length") == 0


def test_the_keyboard_does_it_all(visit: Open, address: str) -> None:
    page = visit(address + STORY, 390).page
    page.get_by_role("button", name="Reading settings").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Reading settings")
    assert dialog.is_visible()
    before = measure(page, "fontSize")
    for _ in range(20):
        if page.evaluate("document.activeElement.name") == "size":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert measure(page, "fontSize") > before
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert page.evaluate("document.activeElement.ariaLabel") == "Reading settings"


def test_a_press_beside_the_dialog_or_on_its_cross_closes_it(visit: Open, address: str) -> None:
    page = visit(address).page
    dialog = open_settings(page)
    page.mouse.click(100, 400)
    assert not dialog.is_visible()
    open_settings(page).get_by_role("button", name="Close").click()
    assert not dialog.is_visible()


@pytest.mark.parametrize("width", [320, 390, 1280, 1920])
def test_axe_finds_nothing_with_the_dialog_open_and_all_of_it_can_be_reached(
    visit: Open, address: str, width: int
) -> None:
    page = visit(address + STORY, width, reduced_motion="reduce").page
    for palette in PALETTES:
        page.locator(f".ts-palette [data-md-color-scheme=taleshelf-{palette}]").check(force=True)
        dialog = open_settings(page)
        for size in ("100 %", "180 %"):
            dialog.get_by_role("radio", name=size).check(force=True)
            assert list_findings(page) == [], palette
        for control in dialog.locator("input, select, button, a").all():
            control.scroll_into_view_if_needed()
            box = control.bounding_box()
            assert box["height"] > 43.9
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
        page.keyboard.press("Escape")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_nothing_of_it_is_seen(visit: Open, address: str) -> None:
    page = visit(address + STORY, java_script_enabled=False).page
    assert not page.get_by_role("button", name="Reading settings").is_visible()
    assert not page.locator("dialog").is_visible()
    assert not page.locator(".ts-save").is_visible()
    assert page.get_by_role("link", name="Saved stories").count() == 0


def test_no_page_has_a_script_or_a_style_of_its_own(built: BuildReport) -> None:
    inline = re.compile(r"<script(?![^>]*(?: src=|application/(?:ld\+)?json))[^>]*>|<style|<[^>]+\s(?:style|on\w+)=")
    pages = list(built.site_dir.rglob("*.html"))
    assert len(pages) > 50
    assert [(page, inline.findall(page.read_text("utf-8"))) for page in pages if inline.search(page.read_text())] == []


def test_a_strict_content_policy_breaks_nothing(visit: Open, address: str) -> None:
    seen = visit("about:blank")

    def guard(route: Any) -> None:
        reply = route.fetch()
        route.fulfill(response=reply, headers=reply.headers | {"content-security-policy": "default-src 'self'"})

    seen.page.route(f"{address}**/", guard)
    seen.page.goto(address + STORY)
    open_settings(seen.page).get_by_role("radio", name="Wider").first.check(force=True)
    assert "js" in seen.page.evaluate("[...document.documentElement.classList]")
    assert seen.problems == []


def test_a_row_of_another_feature_is_remembered_and_told_of(visit: Open, address: str) -> None:
    row = '<label><input type="checkbox" name="spooky" value="show"> Show spooky stories</label>'

    def add(route: Any) -> None:
        reply = route.fetch()
        foot = '<p class="ts-settings__foot">'
        route.fulfill(response=reply, body=reply.text().replace(foot, row + foot))

    page = visit("about:blank").page
    page.route(f"{address}**/", add)
    page.goto(address)
    page.evaluate("document.addEventListener('taleshelf', () => window.told = taleshelf.settings.spooky)")
    box = open_settings(page).get_by_label("Show spooky stories")
    box.check()
    assert page.evaluate("told") == "show"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.tsSpooky") == "show"
    assert open_settings(page).get_by_label("Show spooky stories").is_checked()
    box.uncheck()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.tsSpooky") == ""


def test_a_browser_that_keeps_nothing_still_shows_everything(visit: Open, address: str) -> None:
    seen = visit("about:blank")
    seen.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    seen.page.goto(address + STORY)
    usual = measure(seen.page, "fontSize")
    open_settings(seen.page).get_by_role("radio", name="150 %").check(force=True)
    assert measure(seen.page, "fontSize") != usual
    assert seen.problems == []


@pytest.mark.parametrize(("motion", "time"), [("reduce", "0s"), ("no-preference", "0.15s")])
def test_who_wants_less_motion_gets_none(visit: Open, address: str, motion: str, time: str) -> None:
    page = visit(address, reduced_motion=motion).page
    assert time in page.evaluate("getComputedStyle(document.querySelector('.ts-page .ts-button')).transitionDuration")
