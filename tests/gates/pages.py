"""Pages as a browser gets them: every size and light, and what came over the wire."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.conftest import ARGUMENTS

SIZES = ((390, 844), (1280, 800), (1920, 1080))
LIGHTS = ("day", "night", "bedtime")


@contextmanager
def chromium() -> Iterator[Any]:
    """Start a browser with a memory of its own."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium")
    if not path:
        sys.exit("no chromium found; `apt-get install chromium` gives one")
    with sync_playwright() as playwright:
        sound = "--autoplay-policy=no-user-gesture-required"
        browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, sound])
        yield browser
        browser.close()


@dataclass(slots=True)
class Traffic:
    """What a page has asked for so far, and what has come."""

    urls: list[str] = field(default_factory=list)
    finished: list[Any] = field(default_factory=list)

    @property
    def bytes(self) -> int:
        """What has come over the wire, bodies as they were packed, with their headers."""
        sizes = [request.sizes() for request in self.finished]
        return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)

    def away_from(self, address: str) -> list[str]:
        """List the requests to anybody but the host of this address."""
        host = urlsplit(address).netloc
        return [url for url in self.urls if urlsplit(url).scheme in {"http", "https"} and urlsplit(url).netloc != host]


@contextmanager
def visiting(browser: Any, size: tuple[int, int] = SIZES[0]) -> Iterator[tuple[Any, Traffic]]:
    """Open a window of a browser that has been nowhere, and note what it asks for."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page, traffic = context.new_page(), Traffic()
    page.on("request", lambda request: traffic.urls.append(request.url))
    page.on("requestfinished", lambda request: traffic.finished.append(request))  # a plain method is none to Playwright
    try:
        yield page, traffic
    finally:
        context.close()


def open_page(page: Any, url: str) -> None:
    """Go there and wait until all has come, and the stories that were asked for are shown."""
    page.goto(url, wait_until="networkidle")
    if urlsplit(url).query:
        page.locator(".ts-found__list li").first.wait_for()
        page.wait_for_load_state("networkidle")
