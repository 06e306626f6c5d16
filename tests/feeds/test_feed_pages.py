"""What people see: the page to subscribe on, and a feed that somebody opens in a browser."""

import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from generator.site.build import build_site
from tests.conftest import ARGUMENTS
from tests.site import heard
from tests.site.conftest import Visit, serving, visit  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]
PALETTES = ("day", "night", "bedtime")
POLICY = "default-src 'self'; frame-ancestors 'none'"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("pages")
    settings = heard.write_site(root, 3)
    (root / "taleshelf.toml").write_text('[podcast]\nseries = ["lantern-nights"]\n')
    with serving(build_site(settings).site_dir) as address:
        yield address


def test_every_app_is_offered_the_address(visit: Open, address: str) -> None:  # noqa: F811
    page = visit(address + "subscribe/").page
    links = {
        link.inner_text().split("\n")[0].strip(): link.get_attribute("href")
        for link in page.locator(".ts-subscribe li a").all()
    }
    assert links == {
        "Apple Podcasts": "podcast://example.org/tales/podcast.xml",
        "Overcast": "overcast://x-callback-url/add?url=https%3A%2F%2Fexample.org%2Ftales%2Fpodcast.xml",
        "Pocket Casts": "pktc://subscribe/example.org/tales/podcast.xml",
        "AntennaPod": "antennapod-subscribe://example.org/tales/podcast.xml",
    }
    assert page.get_by_role("img", name="QR code with the address of the podcast").is_visible()
    assert (
        page.get_by_role("link", name="Lantern Nights")
        .get_attribute("href")
        .endswith("podcast/series/lantern-nights.xml")
    )
    for name in ("RSS", "JSON Feed", "OPML"):
        where = page.get_by_role("link", name=name, exact=True).get_attribute("href")
        assert page.request.get(f"{address}subscribe/{where}").ok


def test_the_address_is_copied_with_a_button_and_there_without_javascript(visit: Open, address: str) -> None:  # noqa: F811
    page = visit(address + "subscribe/", permissions=["clipboard-read", "clipboard-write"]).page
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "https://example.org/tales/podcast.xml"
    plain = visit(address + "subscribe/", java_script_enabled=False).page
    assert plain.get_by_label("Any other app asks for this address:").input_value().endswith("/podcast.xml")
    assert not plain.get_by_role("button", name="Copy").is_visible()


def test_every_page_names_the_feeds_and_leads_to_the_page_to_subscribe_on(visit: Open, address: str) -> None:  # noqa: F811
    seen = visit(address + "cast/pip/")
    page = seen.page
    page.wait_for_load_state("networkidle")
    assert not [url for url in seen.requests if url.endswith((".xml", "feed.json"))], "the theme asks for none of them"
    kinds = page.evaluate("[...document.querySelectorAll('link[rel~=alternate]')].map(e => [e.type, e.href])")
    assert kinds == [
        ["application/rss+xml", address + "podcast.xml"],
        ["application/rss+xml", address + "feed.xml"],
        ["application/feed+json", address + "feed.json"],
    ]
    page.get_by_role("contentinfo").get_by_role("link", name="Subscribe").click()
    page.wait_for_url("**/subscribe/")
    assert page.locator("h1").inner_text() == "Subscribe"


@pytest.mark.parametrize("name", ["podcast.xml", "feed.xml"])
def test_a_feed_in_a_browser_explains_itself_in_every_palette(visit: Open, address: str, name: str) -> None:  # noqa: F811
    from axe_playwright_python.sync_playwright import Axe

    seen = visit(address, 390, reduced_motion="reduce")
    page = seen.page
    for palette in PALETTES:
        page.goto(address)
        page.locator(f"[data-md-color-scheme=taleshelf-{palette}]").last.check(force=True)
        page.goto(address + name)
        assert page.evaluate("document.body.dataset.mdColorScheme") == f"taleshelf-{palette}"
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            found = Axe().run(page).response
            assert [(v["id"], v["nodes"]) for v in found["violations"]] == []
            assert [(v["id"], v["nodes"]) for v in found["incomplete"]] == []
    assert {urlsplit(url).netloc for url in seen.requests} == {urlsplit(address).netloc}
    assert page.get_by_role("link", name="The Lantern That Stayed").get_attribute("href").startswith("/tales/stories/")
    assert not page.locator("xslt-warning-banner").is_visible()


def test_somebody_who_opened_the_feed_can_subscribe_and_listen(visit: Open, address: str) -> None:  # noqa: F811
    page = visit(address + "podcast.xml").page
    assert page.locator("code").inner_text() == "https://example.org/tales/podcast.xml"
    source = page.locator("audio").first.get_attribute("src")
    assert page.request.head(address.removesuffix("/tales/") + source).ok
    page.get_by_role("link", name="Subscribe").click()
    page.wait_for_url("**/subscribe/")


@pytest.mark.parametrize("path", ["podcast.xml", "subscribe/"])
def test_a_strict_security_policy_is_kept(visit: Open, address: str, path: str) -> None:  # noqa: F811
    seen = visit(address)
    page = seen.page

    def guard(route: Any) -> None:
        reply = route.fetch()
        route.fulfill(response=reply, headers=reply.headers | {"content-security-policy": POLICY})

    page.route(address + path, guard)
    page.goto(address + path)
    assert page.locator("h1").inner_text() in {"Taleshelf", "Subscribe"}
    assert page.evaluate("document.documentElement.classList.contains('js')")
    banner = "inline" if path.endswith(".xml") else "-"  # Chromium's own, over everything made by XSL; ours follows
    assert not re.search(r"""\s(?:style|on\w+)=["']""", page.request.get(address + "feed.xsl").text())
    assert [line for line in seen.problems if "Security Policy" in line and banner not in line] == []
    ours = "script:not([src]):not([type='application/json']), style, [style]:not(xslt-warning-banner)"
    assert page.evaluate("selector => document.querySelectorAll(selector).length", ours) == 0


def test_a_browser_that_knows_no_xsl_shows_what_the_feed_is(chromium: Any, address: str) -> None:
    arguments = [*ARGUMENTS, "--disable-blink-features=XSLT"]
    browser = chromium.browser_type.launch(executable_path=shutil.which("chromium"), args=arguments)
    page = browser.new_page()
    page.goto(address + "podcast.xml")
    words = page.evaluate("getComputedStyle(document.documentElement, '::before').content")
    shown = page.evaluate(
        "[...document.querySelectorAll('item > *')].map(e => [e.tagName, getComputedStyle(e).display])"
    )
    browser.close()
    assert "This is a feed" in words
    assert {tag for tag, display in shown if display != "none"} == {"title", "link", "pubDate"}
