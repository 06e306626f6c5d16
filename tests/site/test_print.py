import re
from collections.abc import Callable

import pytest

from tests.site.conftest import Visit

pytestmark = pytest.mark.browser

STORY = "stories/2026/11/21-the-lantern-that-stayed/"


def test_a_story_prints_as_a_booklet_of_a5_pages(visit: Callable[..., Visit], address: str) -> None:
    page = visit(address + STORY).page
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    sizes = re.findall(rb"/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)", pdf)
    assert {tuple(round(float(side) / 72 * 25.4) for side in size) for size in sizes} == {(148, 210)}
    assert 3 <= len(re.findall(rb"/Type /Page\b", pdf)) <= 6
    assert pdf.count(b"/Subtype /Image") >= 3, "the cover and the pictures of both scenes"


@pytest.mark.parametrize("palette", ["day", "bedtime"])
def test_paper_is_white_and_has_the_story_only(visit: Callable[..., Visit], address: str, palette: str) -> None:
    page = visit(address + STORY).page
    page.locator(f"[data-md-color-scheme=taleshelf-{palette}]").last.check(force=True)
    page.emulate_media(media="print")
    seen = page.evaluate(
        """["body", "h1", ".ts-text"].map(e => getComputedStyle(document.querySelector(e)))
        .map((style, at) => at ? style.color : style.backgroundColor)"""
    )
    assert seen == ["rgb(255, 255, 255)", "rgb(0, 0, 0)", "rgb(0, 0, 0)"]
    shown = page.evaluate(
        """[...document.querySelectorAll("nav, header, footer, form, audio, button, .ts-related, .ts-chips, a")]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().height).map(e => e.className)"""
    )
    assert shown == ["ts-band ts-band--story", "ts-close"]
    assert page.get_by_text("This story was made with AI").is_visible()
    assert page.get_by_text("embedded hibari-tts 0.2.1 heart").is_visible()
