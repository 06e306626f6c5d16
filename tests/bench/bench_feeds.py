"""The feeds of 1,000 and 10,000 stories: all of them written anew, and what one more story rewrites; time and memory."""

import os
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.feeds.outlet import Outlet
from generator.feeds.settings import Podcast
from generator.page import Page, Section, render_page
from generator.site.feeds import READ, Feed, make_feeds, write_feeds
from generator.site.media import Media
from generator.site.records import lighten, make_row, parse_row
from generator.site.shelf import Card, Shelf, StoryPage, make_shelf
from generator.story import AgeBand, Form, Genre, Slot
from tests.bench.figure import Figure

SIZES = tuple(map(int, os.environ.get("TALESHELF_BENCH_EPISODES", "1000,10000").split(",")))
NEWEST = date(2026, 11, 21)
FILES = ("cover-square.jpg", "cover.webp", "index.md", "narration.mp3", "timing.json")
MEDIA = Media(2_900_000, "4c7349a3efa8", 361.5, "b1946ac92492", 1400, timed=True, bite=(3.2, 21.7))
CARDS = [Card("series", "lantern-nights", "Lantern Nights", "", "Stories by lantern light.")]
PODCAST = Podcast(email="owner@example.org", series=("lantern-nights",))
OUTLET = Outlet(
    "https://example.org/", "https://example.org/", "Tales", "A story a night.", "en", ZoneInfo("UTC"), PODCAST
)


def measure() -> Iterator[Figure]:
    """Write the feeds of archives of these sizes."""
    peaks = {}
    for stories in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            shelf = make_archive(Path(folder, "content"), stories)
            seconds, _ = write_all(shelf, Path(folder))
            name = f"{stories:,} episodes"
            yield Figure(f"{name}: all feeds", seconds, "s", at_most=2.0 if stories <= 10_000 else None)
            yield Figure(f"{name}: size of all feeds", size_of(Path(folder, "site")) / 1e6, "MB")
            tracemalloc.start()
            write_all(shelf, Path(folder))
            peaks[stories] = tracemalloc.get_traced_memory()[1] / 1e6
            tracemalloc.stop()
            yield Figure(f"{name}: memory while writing", peaks[stories], "MB")
            changed = list(find_changed(shelf, Path(folder)))
            yield Figure(
                f"{name}: files one more story rewrites", len(changed), "of " + str(count_feeds(shelf, folder))
            )
    yield Figure("memory at most / at least", peaks[SIZES[-1]] / peaks[SIZES[0]], "", at_most=4.0)


def write_all(shelf: Shelf, folder: Path) -> tuple[float, dict[str, Feed]]:
    begun = time.perf_counter()
    feeds = make_feeds(shelf, folder / "content", {})
    write_feeds(feeds, [path for path in feeds if not path.endswith(".jpg")], folder / "site")
    return time.perf_counter() - begun, feeds


def find_changed(shelf: Shelf, folder: Path) -> Iterator[str]:
    """Name the files that are not as they were before the newest story."""
    before = make_feeds(make_shelf(list(shelf.stories[1:]), list(shelf.cards), outlet=OUTLET), folder, {})
    after = make_feeds(shelf, folder, {})
    yield from (path for path, feed in after.items() if path not in before or before[path].key != feed.key)


def count_feeds(shelf: Shelf, folder: str) -> int:
    return len(make_feeds(shelf, Path(folder), {}))


def size_of(site: Path) -> int:
    return sum(path.stat().st_size for path in site.rglob("*") if path.is_file())


def make_archive(content: Path, stories: int) -> Shelf:
    """Make the records of so many stories, and the pages of those that stand in a feed with all their words."""
    kept = []
    for number in range(stories):
        page = make_page(number)
        folder = f"stories/{page.slot.day:%Y/%m/%d}-a-tale-of-the-night-{number}"
        light = lighten(StoryPage(folder, page, FILES), MEDIA)
        kept.append(parse_row(folder, light.mark, make_row(light)))
        if number < READ:
            (content / folder).mkdir(parents=True)
            (content / folder / "index.md").write_text(render_page(page), "utf-8")
    return make_shelf(kept, CARDS, outlet=OUTLET)


def make_page(number: int) -> Page:
    words = ("The lantern on the hill had burned since before the hill had a name.",) * 12
    return Page(
        slot=Slot(NEWEST - timedelta(days=number)),
        title=f"A Tale & Song of Night {number}",
        description="A light that nobody lit, and the fox who wanted to know why it never went out.",
        genre=list(Genre)[number % len(Genre)],
        form=Form.PROSE,
        age=list(AgeBand)[number % 3],
        language="en",
        cast=("pip", "moss"),
        place="amber-hollow",
        series="lantern-nights" if number % 7 == 0 else "",
        tags=("friendship", "night"),
        seconds=361.5,
        moral="A light is brightest where somebody waits.",
        question="What would you leave burning for a friend?",
        guid=f"6a0f3a5e-3f57-5d0c-9a53-{number:012d}",
        written_by="openai gpt-5.4-mini-2026-03-05",
        drawn_by="embedded paper-cut 1",
        read_by="embedded hibari-tts 0.2.1 heart",
        cover="cover.webp",
        cover_alt="A fox under a lantern on a hill, looking up.",
        sections=tuple(Section(f"Scene {scene}", f"scene-{scene}.webp", "A hill.", words) for scene in range(1, 5)),
    )
