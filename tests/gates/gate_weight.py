"""What comes over the wire: a story before it is played, and the scripts of the whole site."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.figure import Figure
from tests.gates.pages import SIZES, chromium, open_page, visiting
from tests.gates.sample import Sample

STORY = 250  # KiB
SCRIPTS = 14_000  # bytes


def measure(sample: Sample, address: str) -> Iterator[Figure]:
    """Open the story in windows of every size, and pack the scripts."""
    with chromium() as browser:
        yield from weigh_story(browser, address + sample.pages["story"])
    yield from weigh_scripts(sample.site / "assets/taleshelf")


def weigh_story(browser: Any, url: str) -> Iterator[Figure]:
    """Open a page in windows of every size."""
    for size in SIZES:
        with visiting(browser, size) as (page, traffic):
            open_page(page, url)
            name = f"a story before it is played, {size[0]}x{size[1]}"
            yield Figure(name, traffic.bytes / 1024, "KiB", at_most=STORY)


def weigh_scripts(folder: Path) -> Iterator[Figure]:
    """Pack all scripts in one stream, and each by itself."""
    paths = [*sorted(folder.glob("*/*.js")), *sorted(folder.glob("*.js"))]
    scripts = [path.read_bytes() for path in paths]
    yield Figure("scripts packed together", len(gzip.compress(b"".join(scripts), 9)), "bytes", at_most=SCRIPTS)
    yield Figure("scripts packed one by one", sum(len(gzip.compress(script, 9)) for script in scripts), "bytes")
