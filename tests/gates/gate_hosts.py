"""No page asks anybody but its own host for anything, whatever is read, heard or searched."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.bench.figure import Figure
from tests.gates.gate_axe import open_player
from tests.gates.pages import chromium, open_page, visiting
from tests.gates.sample import Sample


def measure(sample: Sample, address: str) -> Iterator[Figure]:
    """Open every page, play the story, and look where the requests went."""
    with chromium() as browser:
        yield from look(browser, address, sample.pages)


def look(browser: Any, address: str, pages: Mapping[str, str]) -> Iterator[Figure]:
    """Look at some pages, down to their ends."""
    for name, path in pages.items():
        with visiting(browser) as (page, traffic):
            open_page(page, address + path)
            if name == "story":
                open_player(page)
            page.mouse.wheel(0, 20_000)  # the pictures further down
            page.wait_for_load_state("networkidle")
            away = tuple(traffic.away_from(address))
        yield Figure(f"requests to other hosts: {name}", len(away), at_most=0, notes=away)
