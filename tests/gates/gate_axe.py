"""axe finds nothing wrong, and nothing it cannot judge: every page, size and light, with menu, settings and player open."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.bench.figure import Figure
from tests.gates.pages import LIGHTS, SIZES, chromium, open_page, visiting
from tests.gates.sample import Sample

KINDS = ("violations", "incomplete")
CHOOSE = "light => globalThis.taleshelf && taleshelf.show(Object.assign(taleshelf.settings, { light }))"
MISSING = "404"
PICTURED = ("home", "story")  # the view of the pictures covers what is under it
NARROW = 960  # pixels below which the navigation is a menu


def open_menu(page: Any) -> None:
    page.locator(".ts-menu").click()
    page.locator(".ts-nav:popover-open").wait_for()


def open_settings(page: Any) -> None:
    page.locator("[data-settings]").click()
    page.locator("#ts-settings[open]").wait_for()


def open_player(page: Any) -> None:
    url = page.url
    if not page.locator(".ts-play").count():  # it plays on where one comes with it
        page.locator(".ts-logo").click()
        page.locator(".ts-play").first.wait_for()
    page.locator(".ts-play").first.click()
    page.locator("#ts-dock").wait_for()
    if page.url != url:
        page.locator(".ts-footer a").first.evaluate("(link, url) => { link.href = url; link.click(); }", url)
        page.wait_for_url(url)
        page.wait_for_load_state("networkidle")
    page.locator("#ts-dock").wait_for()
    page.wait_for_function("document.querySelector('#ts-dock audio').currentTime > 0")
    page.evaluate("document.querySelector('#ts-dock audio').pause()")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # elsewhere the bar lies over a line or two, as bars do


def open_panel(page: Any) -> None:
    page.get_by_label("Listening", exact=True).first.click()
    page.locator("#ts-options:popover-open").wait_for()


def open_pictures(page: Any) -> None:
    page.keyboard.press("Escape")
    page.get_by_label("Pictures", exact=True).click()
    page.wait_for_function("document.querySelector('.ts-stage .ts-now').complete")


OPEN: Mapping[str, Callable[[Any], None]] = {
    "menu": open_menu,
    "settings": open_settings,
    "player": open_player,
    "player's choices": open_panel,
    "pictures": open_pictures,
}


def measure(sample: Sample, address: str) -> Iterator[Figure]:
    """Look at every page at every size."""
    with chromium() as browser:
        for name, path in sample.pages.items():
            for size in SIZES:
                with visiting(browser, size) as (page, _):
                    notes = tuple(look(page, address + path, states_of(name, size[0])))
                yield Figure(f"axe: {name}, {size[0]}x{size[1]}", len(notes), at_most=0, notes=notes)


def states_of(name: str, width: int) -> tuple[str, ...]:
    """Name what is opened on a page; a missing one is no page that one turns to while something plays."""
    playing = () if name == MISSING else ("player", "player's choices")
    return (*(("menu",) if width < NARROW else ()), "settings", *playing, *(("pictures",) if name in PICTURED else ()))


def look(page: Any, url: str, states: tuple[str, ...]) -> Iterator[str]:
    """Yield what axe finds on a page as it comes, and then with one thing after the other open, in every light."""
    open_page(page, url)
    yield from look_in_every_light(page, "")
    for state in states:
        OPEN[state](page)
        yield from look_in_every_light(page, f" with {state}")
        if state in {"menu", "settings"}:
            page.keyboard.press("Escape")


def look_in_every_light(page: Any, where: str) -> Iterator[str]:
    """Yield what axe finds in each light."""
    for light in LIGHTS:
        page.evaluate(CHOOSE, f"taleshelf-{light}")
        for found in list_findings(page):
            yield f"{light}{where}: {found}"


def list_findings(page: Any) -> list[str]:
    """List what axe finds on the page as it stands, a line each."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"resultTypes": list(KINDS)}).response
    return [
        f"{kind} {rule['id']} at {node['target'][0]}"
        for kind in KINDS
        for rule in found[kind]
        for node in rule["nodes"]
    ]
