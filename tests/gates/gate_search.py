"""The first search in a large archive: all that comes from opening the page with a question until stories are shown."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figure import Figure
from tests.gates.pages import chromium, open_page, visiting
from tests.gates.sample import BASE, Sample, make_sample
from tests.gates.server import serving

MOST = 300_000  # bytes


def measure(_sample: Sample, _address: str, stories: int = 10_000) -> Iterator[Figure]:
    """Make the large archive and ask it something."""
    with tempfile.TemporaryDirectory(prefix="taleshelf-gates-") as folder:
        large = make_sample(Path(folder), stories, tell=False)
        with serving(large.site, BASE) as address, chromium() as browser:
            yield weigh_search(browser, address + large.pages["search"], stories)


def weigh_search(browser: object, url: str, stories: int) -> Figure:
    """Weigh what comes until the first results are there, with their pictures."""
    with visiting(browser) as (page, traffic):
        open_page(page, url)
        return Figure(f"first search among {stories:,} stories", traffic.bytes / 1000, "kB", at_most=MOST / 1000)
