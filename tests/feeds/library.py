"""A shelf of any size, as it comes from the records of a site, and the settings of its feeds."""

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.feeds.outlet import Outlet
from generator.feeds.settings import Podcast
from generator.page import Page, Section, render_page
from generator.site.feeds import READ
from generator.site.media import Media
from generator.site.records import lighten, make_rows, parse_row
from generator.site.shelf import Card, Shelf, make_shelf
from generator.site.story_page import StoryPage
from generator.story import AgeBand, Form, Genre, Slot

URL = "https://example.org/tales/"
NEWEST = date(2026, 11, 21)
FILES = ("cover-square.jpg", "cover.webp", "index.md", "narration.mp3", "timing.json")
MEDIA = Media(2_900_000, "4c7349a3efa8", 361.5, "b1946ac92492", 1400, timed=True, bite=(3.2, 21.7))
CARDS = [
    Card("series", "lantern-nights", "Lantern Nights", "", "Stories by lantern light."),
    Card("cast", "pip", "Pip", "fox", "A fox."),
]
PODCAST = Podcast(email="owner@example.org", series=("lantern-nights",))
OUTLET = Outlet(URL, URL, "Tales", "A story a night.", "en", ZoneInfo("Europe/Berlin"), PODCAST)


def make_light(page: Page, media: Media = MEDIA, files: tuple[str, ...] = FILES, folder: str = "") -> StoryPage:
    """Make a story as it comes from the records."""
    folder = folder or f"stories/{page.slot.day:%Y/%m/%d}-a-tale"
    light = lighten(StoryPage(folder, page, files), media)
    row, others = make_rows(light)
    return parse_row(folder, light.mark, row, {folder: others})


def make_library(content: Path, stories: int, outlet: Outlet = OUTLET) -> Shelf:
    """Make so many stories, and write the pages of those that stand in a feed with all their words."""
    kept = []
    for number in range(stories):
        story = make_light(make_page(number))
        kept.append(story)
        if number < READ:
            (content / story.folder).mkdir(parents=True, exist_ok=True)
            (content / story.path).write_text(render_page(make_page(number)), "utf-8")
    return make_shelf(kept, CARDS, outlet=outlet)


def make_page(number: int = 0, **changes: object) -> Page:
    """Make the page of the story so many nights before the newest."""
    words = ("The lantern on the hill had burned since before the hill had a name.",) * 12
    values: dict[str, object] = {
        "slot": Slot(NEWEST - timedelta(days=number)),
        "title": f"A Tale & Song of Night {number}",
        "description": "A light that nobody lit, and the fox who wanted to know why it never went out.",
        "genre": list(Genre)[number % len(Genre)],
        "form": Form.PROSE,
        "age": list(AgeBand)[number % 3],
        "language": "en",
        "cast": ("pip", "moss"),
        "place": "amber-hollow",
        "series": "lantern-nights" if number % 7 == 0 else "",
        "tags": ("friendship", "night"),
        "seconds": 361.5,
        "moral": "A light is brightest where somebody waits.",
        "question": "What would you leave burning for a friend?",
        "guid": f"6a0f3a5e-3f57-5d0c-9a53-{number:012d}",
        "written_by": "openai gpt-5.4-mini-2026-03-05",
        "drawn_by": "embedded paper-cut 1",
        "read_by": "embedded hibari-tts 0.2.1 heart",
        "cover": "cover.webp",
        "cover_alt": "A fox under a lantern on a hill, looking up.",
        "sections": tuple(Section(f"Scene {n}", f"scene-{n}.webp", "A hill.", words) for n in range(1, 5)),
    }
    return Page(**{**values, **changes})  # type: ignore[arg-type]
