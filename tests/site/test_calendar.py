from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from generator.site.build import BuildReport
from generator.site.calendar import make_calendar
from generator.site.phrases import round_length, say_language, say_narrator
from generator.site.shelf import make_shelf
from generator.site.story_page import StoryPage
from generator.site.views import make_views
from generator.story import Slot
from tests.site.conftest import Visit, serving
from tests.site.test_listings import CARDS, make_story

SHELF = make_shelf([make_story(number) for number in range(400)], list(CARDS))


def test_every_story_stands_on_its_day_and_on_no_other() -> None:
    found = [
        (date(month.year, month.number, day.number), story.folder)
        for year in make_calendar(SHELF.stories)
        for month in year.months
        for week in month.weeks
        for day in week
        for story in day.stories
    ]
    assert sorted(found) == sorted((story.day, story.folder) for story in SHELF.stories)


def test_a_week_begins_on_monday_and_days_of_other_months_are_blank() -> None:
    november = make_calendar(SHELF.stories)[0].months[0]
    assert (november.heading, november.url) == ("November 2026", "calendar/2026/11/")
    assert [day.number for day in november.weeks[0]] == [0, 0, 0, 0, 0, 0, 1]
    assert [day.number for day in november.weeks[-1]] == [30, 0, 0, 0, 0, 0, 0]


def test_a_leap_day_has_its_field() -> None:
    story = make_story(0, slot=Slot(date(2028, 2, 29)))
    assert make_calendar([story])[0].months[0].weeks[-1][1].stories == (story,)


def test_extra_stories_share_the_day_after_the_nights_own() -> None:
    day = date(2026, 11, 21)
    shelf = make_shelf([make_story(0, slot=Slot(day, "1a2b3c4d")), make_story(0)], [])
    fields = [day for week in make_calendar(shelf.stories)[0].months[0].weeks for day in week if day.stories]
    assert [[story.page.slot.extra for story in field.stories] for field in fields] == [["", "1a2b3c4d"]]


def test_tonights_story_changes_no_calendar_but_those_of_its_month_and_year() -> None:
    views, before = make_views(SHELF), make_views(replace(SHELF, stories=SHELF.stories[1:]))
    changed = {path for path in views if path.startswith("calendar/") and views[path] != before.get(path)}
    assert changed == {"calendar/2026/11/index.md", "calendar/2026/index.md"}


def test_calendars_lead_to_the_one_before_and_the_one_after() -> None:
    view = make_views(SHELF)["calendar/2026/01/index.md"]
    assert view.earlier
    assert view.later
    assert (view.earlier.url, view.later.url) == ("calendar/2025/12/", "calendar/2026/02/")


def test_an_archive_without_stories_has_no_calendar_and_no_today() -> None:
    views = make_views(make_shelf([], []))
    assert not [path for path in views if path.startswith(("calendar", "today"))]


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 3), (191, 3), (240, 3), (241, 5), (300, 5), (450, 5), (451, 10), (900, 10)]
)
def test_a_length_is_rounded_to_the_nearest_of_three(seconds: float, minutes: int) -> None:
    assert round_length(seconds) == minutes


def test_languages_are_named_as_those_who_speak_them_do() -> None:
    assert [say_language(code) for code in ("de", "pt-BR", "en_GB", "tlh")] == [
        "Deutsch",
        "Português (BR)",
        "English (GB)",
        "tlh",
    ]


def test_a_narrator_keeps_the_name_from_version_to_version() -> None:
    assert say_narrator("embedded hibari-tts 0.2.1 heart") == say_narrator("embedded hibari-tts 0.3.0 heart")
    assert say_narrator("openai gpt-4o-mini-tts shimmer") == "openai gpt-4o-mini-tts shimmer"


def test_stories_are_listed_by_length_language_and_narrator() -> None:
    stories = [make_story(1), make_story(2, seconds=620.0, language="de"), make_story(3, seconds=0.0)]
    stories[0] = StoryPage(stories[0].folder, stories[0].page, ("cover.webp", "narration.mp3"))
    views = make_views(make_shelf(stories, []))
    assert [story.title for story in views["lengths/about-3-minutes/index.md"].stories] == [
        "Pip and the River’s Bed",
        "A Coat for the Moon",
        "Moss Keeps the Minutes",
    ]
    assert [story.title for story in views["languages/de/index.md"].stories] == ["A Coat for the Moon"]
    voice = views["narrators/embedded-hibari-tts-heart/index.md"]
    assert [story.title for story in voice.stories] == ["Pip and the River’s Bed"]
    assert voice.heading == "Stories read by embedded hibari-tts heart"


@pytest.mark.browser
def test_today_leads_to_the_newest_story_with_and_without_javascript(
    visit: Callable[..., Visit], built: BuildReport
) -> None:
    with serving(built.site_dir) as address:
        for script in (True, False):
            page = visit(address + "today/", java_script_enabled=script).page
            page.wait_for_url("**/stories/2026/11/21-the-lantern-that-stayed/")
    text = (built.site_dir / "today/index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://example.org/tales/stories/2026/11/21-the-lantern-that-stayed/">' in text
    assert "<script" not in text


@pytest.mark.browser
def test_the_calendar_is_a_table_that_is_read_by_day(visit: Callable[..., Visit], address: str) -> None:
    page = visit(address + "calendar/2026/11/", 390).page
    table = page.get_by_role("table", name="November 2026")
    assert [cell.inner_text().split()[-1] for cell in table.get_by_role("columnheader").all()][:2] == [
        "Monday",
        "Tuesday",
    ]
    table.get_by_role("link", name="19 A Coat for the Moon").click()
    page.wait_for_url("**/stories/2026/11/19-a-coat-for-the-moon/")
