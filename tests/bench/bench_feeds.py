"""The feeds of 1,000 and 10,000 stories: all of them written anew, and what one more story rewrites; time and memory."""

import os
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

from generator.site.feeds import Feed, make_feeds, write_feeds
from generator.site.shelf import Shelf, make_shelf
from tests.bench.figure import Figure
from tests.feeds.library import OUTLET, make_library

SIZES = tuple(map(int, os.environ.get("TALESHELF_BENCH_EPISODES", "1000,10000").split(",")))


def measure() -> Iterator[Figure]:
    """Write the feeds of archives of these sizes."""
    peaks = {}
    for stories in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            shelf = make_library(Path(folder, "content"), stories)
            name = f"{stories:,} episodes"
            begun = time.process_time()
            yield Figure(f"{name}: all feeds", write_all(shelf, Path(folder)), "s")
            cpu = time.process_time() - begun
            yield Figure(f"{name}: all feeds, processor time", cpu, "s", at_most=2.0 if stories <= 10_000 else None)
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


def write_all(shelf: Shelf, folder: Path) -> float:
    begun = time.perf_counter()
    feeds: dict[str, Feed] = make_feeds(shelf, folder / "content", {})
    write_feeds(feeds, [path for path in feeds if not path.endswith(".jpg")], folder / "site")
    return time.perf_counter() - begun


def find_changed(shelf: Shelf, folder: Path) -> Iterator[str]:
    """Name the files that are not as they were before the newest story."""
    before = make_feeds(make_shelf(list(shelf.stories[1:]), list(shelf.cards), outlet=OUTLET), folder, {})
    after = make_feeds(shelf, folder, {})
    yield from (path for path, feed in after.items() if path not in before or before[path].key != feed.key)


def count_feeds(shelf: Shelf, folder: str) -> int:
    return len(make_feeds(shelf, Path(folder), {}))


def size_of(site: Path) -> int:
    return sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
