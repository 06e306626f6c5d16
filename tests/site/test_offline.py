"""Stories saved for offline, in a real browser, with a server that really goes away."""

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.site.build import BuildReport
from generator.site.shell import write_shell
from tests.gates.gate_axe import list_findings
from tests.site.conftest import BASE, Visit
from tests.site.test_shell import read_list

pytestmark = pytest.mark.browser

STORY = "stories/2026/11/21-the-lantern-that-stayed/"
SOUND = "2026-11-21-the-lantern-that-stayed.mp3"
OTHER = "stories/2026/11/20-pip-and-the-river-s-bed/"
SERIES = "series/lantern-nights/"
DOCS = Path(__file__).parents[2] / "docs/architecture.md"
Open = Callable[..., Visit]

SERVE = """
import pathlib, sys
from generator.site.serve import make_server
server = make_server(pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
print(server.server_address[1], flush=True)
server.serve_forever()
"""
# Play the story of this page, with the player where there is one.
PLAY = """async () => {
  const audio = document.querySelector("audio");
  const button = document.querySelector(".ts-story .ts-play");
  audio.muted = true;
  const playing = new Promise((done) => audio.addEventListener("playing", done, { once: true }));
  button ? button.click() : audio.play();
  await playing;
}"""
SEEK = """async (time) => {
  const audio = document.querySelector("audio");
  const seeked = new Promise((done) => audio.addEventListener("seeked", done, { once: true }));
  audio.currentTime = time;
  await seeked;
  const from = audio.currentTime;
  await new Promise((done) => audio.addEventListener("timeupdate", () => audio.currentTime > from && done()));
  return [audio.currentTime, audio.duration];
}"""
PART = """async ([url, range]) => {
  const reply = await fetch(url, range ? { headers: { range } } : {});
  return [reply.status, (await reply.arrayBuffer()).byteLength, reply.headers.get("content-range")];
}"""
KEPT = """async () => {
  const kept = {};
  for (const name of await caches.keys())
    for (const reply of await (await caches.open(name)).matchAll()) kept[new URL(reply.url).pathname] = reply.status;
  return kept;
}"""
WORKERS = "navigator.serviceWorker.getRegistrations().then((all) => all.map((one) => one.scope))"


class Host:
    """A site on a server of its own, in a process that can be ended and begun again at the same address."""

    def __init__(self, site: Path) -> None:
        self.site, self.port = site, 0
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-c", SERVE, str(self.site), str(self.port), BASE]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        self.port = int(self._process.stdout.readline())
        self.address = f"http://127.0.0.1:{self.port}{BASE}"

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()


@pytest.fixture
def host(built: BuildReport, tmp_path: Path) -> Iterator[Host]:
    """A copy of the site that a test may change."""
    host = Host(shutil.copytree(built.site_dir, tmp_path / "site"))
    yield host
    host.stop()


def is_at(page: Any, heading: str) -> None:
    """Wait until a page shows its heading."""
    page.get_by_role("heading", level=1, name=heading).wait_for()


def save(page: Any) -> None:
    page.locator(".ts-save button").click()
    page.locator(".ts-save").get_by_role("link", name="Saved").wait_for()


def test_a_saved_story_is_read_heard_and_sought_in_without_a_server(visit: Open, host: Host) -> None:
    page = visit(host.address + STORY).page
    save(page)
    host.stop()
    page.reload()
    assert page.locator("h1").inner_text() == "The Lantern That Stayed"
    assert page.evaluate("getComputedStyle(document.querySelector('.ts-text')).fontFamily").startswith("Literata")
    for picture in page.locator(".ts-story img").all():
        picture.scroll_into_view_if_needed()
        picture.evaluate("async image => { await image.decode() }")
    page.evaluate(PLAY)
    time, length = page.evaluate(SEEK, 2)
    assert 2 < time < 3
    assert 3.9 < length < 4.3
    neighbour = page.locator(".ts-neighbour img").first
    neighbour.scroll_into_view_if_needed()
    neighbour.evaluate("async image => { await image.decode() }")  # not saved: a picture of our own


@pytest.mark.parametrize(
    ("wanted", "status", "length", "said"),
    [
        ("", 200, 0, None),
        ("bytes=0-", 206, 0, "bytes 0-{last}/{size}"),
        ("bytes=1000-1999", 206, 1000, "bytes 1000-1999/{size}"),
        ("bytes=-500", 206, 500, "bytes {tail}-{last}/{size}"),
        ("bytes=1000-9999999", 206, -1000, "bytes 1000-{last}/{size}"),
        ("bytes=9999999-", 416, None, "bytes */{size}"),
        ("bytes=-0", 416, None, "bytes */{size}"),
        ("pages=1-2", 200, 0, None),
    ],
)
def test_a_part_of_a_saved_sound_is_answered_as_a_server_would(
    visit: Open, host: Host, wanted: str, status: int, length: int | None, said: str | None
) -> None:
    size = (host.site / STORY / SOUND).stat().st_size
    page = visit(host.address + STORY).page
    save(page)
    host.stop()
    got = page.evaluate(PART, [SOUND, wanted])
    expected = 0 if length is None else length if length > 0 else size + length
    assert got == [status, expected, said and said.format(size=size, last=size - 1, tail=size - 500)]


def test_only_whole_files_are_kept_and_all_the_page_needs(visit: Open, host: Host) -> None:
    page = visit(host.address + STORY).page
    page.evaluate(PLAY)
    page.evaluate(SEEK, 1)  # the browser has asked for parts by now
    save(page)
    kept = page.evaluate(KEPT)
    assert set(kept.values()) == {200}
    files = {path.removeprefix(BASE + STORY) for path in kept if path.startswith(BASE + STORY)}
    needed = {"", "cover.webp", "scene-1.webp", "scene-2.webp", SOUND, "cover-thumb.webp"}
    for the_player in ("narration.vtt", "listen.json"):
        needed |= {the_player} if (host.site / STORY / the_player).exists() else set()
    assert files == needed
    shell = {path.removeprefix(BASE) for path in kept} - {STORY + file for file in files}
    assert shell == {path for path in read_list(host.site / "sw.js") if "opendyslexic" not in path}


def test_everything_a_page_asks_of_the_site_itself_is_kept(visit: Open, host: Host) -> None:
    shell = read_list(host.site / "sw.js")
    for path in ("", STORY, "offline/"):
        seen = visit(host.address + path)
        asked = {url.removeprefix(host.address) for url in seen.requests if "/assets/" in url}
        assert {path for path in asked if not path.endswith(".png")} <= shell.keys()


def test_the_letters_a_reader_uses_are_kept_too(visit: Open, host: Host) -> None:
    page = visit(host.address + STORY).page
    save(page)
    page.get_by_role("button", name="Reading settings").click()
    page.get_by_role("radio", name="OpenDyslexic").check(force=True)
    page.evaluate("document.fonts.ready")
    page.wait_for_function(
        f"({KEPT})().then((kept) => Object.keys(kept).some((path) => path.includes('opendyslexic')))"
    )
    host.stop()
    page.reload()
    assert page.evaluate("document.fonts.load('20px OpenDyslexic').then((fonts) => fonts[0].status)") == "loaded"


def test_a_page_that_is_not_saved_leads_to_those_that_are_and_back(visit: Open, host: Host) -> None:
    page = visit(host.address + STORY).page
    save(page)
    host.stop()
    page.goto(host.address + OTHER + "?t=1")
    assert page.url.startswith(host.address + "offline/?from=")
    assert page.locator("h1").inner_text() == "Saved stories"
    assert page.get_by_text("That page cannot be reached just now").is_visible()
    assert page.get_by_role("link", name="Try again").get_attribute("href") == host.address + OTHER
    page.get_by_role("link", name="The Lantern That Stayed").click()
    page.wait_for_url(host.address + STORY)
    is_at(page, "The Lantern That Stayed")
    page.go_back()
    is_at(page, "Saved stories")
    page.go_back()
    is_at(page, "The Lantern That Stayed")
    page.go_forward()
    is_at(page, "Saved stories")
    page.go_forward()
    is_at(page, "The Lantern That Stayed")
    host.start()
    page.go_back()
    page.get_by_role("link", name="Try again").click()
    page.wait_for_url(host.address + OTHER)


def test_the_page_to_try_again_is_always_one_of_the_site(visit: Open, host: Host) -> None:
    for bad in ("javascript:alert(1)", "//evil.example/", "https://evil.example/", "/elsewhere/", "../../", ""):
        page = visit(f"{host.address}offline/?from={bad}").page
        assert page.evaluate("document.querySelector('.ts-away a').href") == host.address


def test_what_is_saved_is_listed_with_its_size_and_can_be_deleted(visit: Open, host: Host) -> None:
    page = visit(host.address + STORY).page
    save(page)
    page.goto(host.address + OTHER)
    save(page)
    page.get_by_role("link", name="Saved").click()
    page.wait_for_url("**/offline/")
    rows = page.locator(".ts-kept li")
    rows.nth(1).wait_for()
    assert rows.locator("a").all_inner_texts() == ["The Lantern That Stayed", "Pip and the River’s Bed"]
    unseen = ("cover-square.jpg", "timing.json")
    size = sum(file.stat().st_size for file in (host.site / STORY).iterdir() if file.name not in unseen)
    assert rows.first.locator("span").inner_text() == f"{size / 1e6:.1f} MB"
    status = page.locator("[data-kept]")
    assert status.inner_text().startswith("Stories saved in this browser: 2, ")
    page.get_by_role("button", name="Delete The Lantern That Stayed").click()
    page.wait_for_function(
        "document.querySelector('[data-kept]').textContent.includes('was deleted. Stories saved in this browser: 1, ')"
    )
    host.stop()
    page.goto(host.address + STORY)
    assert page.locator("h1").inner_text() == "Saved stories", "it is gone"
    page.get_by_role("button", name="Delete Pip").click()
    page.wait_for_function(f"Promise.all([caches.keys(), {WORKERS}]).then((all) => all.flat().length === 0)")
    assert "saved in this browser: none" in status.inner_text()


def test_who_saves_nothing_has_no_worker_and_keeps_nothing(visit: Open, host: Host) -> None:
    page = visit(host.address + STORY).page
    page.goto(host.address + "offline/")
    page.wait_for_function("document.querySelector('[data-kept]').textContent !== ''")
    assert "saved in this browser: none" in page.locator("[data-kept]").inner_text()
    assert page.evaluate(WORKERS) == []
    assert page.evaluate("caches.keys()") == []


@pytest.mark.parametrize(
    ("path", "count", "label"), [("", 8, "Save tonight and the last seven"), (SERIES, 8, "Save these 8 stories")]
)
def test_tonight_with_the_last_seven_or_a_series_is_saved_at_once(
    visit: Open, host: Host, path: str, count: int, label: str
) -> None:
    page = visit(host.address + path).page
    assert page.locator(".ts-save button").inner_text().strip() == label
    cards = page.locator(".ts-tonight h1 a, .ts-card__title a[href*=stories]").all()
    links = [card for card in cards if path or card.is_visible()][:count]
    urls = [link.evaluate("link => link.href") for link in links]
    save(page)
    host.stop()
    for url in urls[::3]:
        page.goto(url)
        assert page.locator(".ts-story h1").is_visible()
    names = [name for name in page.evaluate("caches.keys()") if ":story:" in name]
    assert {host.address + name.split(":story:")[1] for name in names} == set(urls)


def test_a_save_that_was_cut_off_goes_on_where_it_was(visit: Open, host: Host) -> None:
    page = visit(host.address + STORY).page
    sound = host.site / STORY / SOUND
    aside = sound.rename(sound.with_suffix(".aside"))
    page.locator(".ts-save button").click()
    page.get_by_text("Press again to go on").wait_for()
    page.goto(host.address + "offline/")
    page.get_by_role("link", name="A story that is not whole").wait_for()
    aside.rename(sound)
    page.goto(host.address + STORY)
    assert page.locator(".ts-save button").is_visible()
    save(page)
    host.stop()
    page.reload()
    page.evaluate(PLAY)
    assert page.evaluate(SEEK, 2)[0] > 2


def test_a_page_is_that_of_today_while_there_is_a_connection(visit: Open, host: Host) -> None:
    page = visit(host.address + STORY).page
    save(page)
    file = host.site / STORY / "index.html"
    file.write_text(file.read_text("utf-8").replace("The Lantern That Stayed", "The Lantern That Left"), "utf-8")
    page.goto(host.address + STORY)
    assert page.locator("h1").inner_text() == "The Lantern That Left"
    page.wait_for_function(
        "caches.match(location.href).then((reply) => reply.text()).then((text) => text.includes('That Left'))"
    )
    host.stop()
    page.reload()
    assert page.locator("h1").inner_text() == "The Lantern That Left", "what was seen is what is kept"


def test_a_connection_that_says_nothing_is_not_waited_for(visit: Open, host: Host) -> None:
    page = visit(host.address + STORY).page
    save(page)
    host.stop()
    with socket.create_server(("127.0.0.1", host.port), reuse_port=False):  # it listens, and never answers
        page.goto(host.address + STORY, wait_until="commit", timeout=60_000)
        assert page.locator("h1").inner_text() == "The Lantern That Stayed"


def change_site(site: Path, colour: str) -> None:
    """Publish the site anew with another style sheet."""
    with (site / "assets/taleshelf/story.css").open("a", encoding="utf-8") as style:
        style.write(f"\n.ts-text {{ color: {colour}; }}\n")
    write_shell(site)


def test_an_update_waits_while_something_plays_in_any_tab_and_reloads_nothing(visit: Open, host: Host) -> None:
    page = visit(host.address + STORY).page
    save(page)
    other = page.context.new_page()
    other.goto(host.address + OTHER)
    page.evaluate(
        "window.mark = 1; navigator.serviceWorker.addEventListener('controllerchange', () => (window.changed = 1))"
    )
    page.evaluate(PLAY)
    page.evaluate(
        "() => { const audio = document.querySelector('audio'); audio.loop = true;"
        " audio.addEventListener('pause', () => (window.paused = 1)); }"
    )
    change_site(host.site, "rgb(1, 2, 3)")
    other.reload()
    other.evaluate("navigator.serviceWorker.ready.then((found) => found.update())")
    other.wait_for_function("navigator.serviceWorker.ready.then((found) => found.waiting?.state === 'installed')")
    other.reload()
    other.wait_for_load_state("networkidle")
    assert other.evaluate("navigator.serviceWorker.ready.then((found) => !!found.waiting)"), "somebody listens"
    assert page.evaluate("[window.mark, window.changed, window.paused]") == [1, None, None]
    time = page.evaluate("document.querySelector('audio').currentTime")
    page.wait_for_function("time => document.querySelector('audio').currentTime !== time", arg=time)
    page.evaluate("document.querySelector('audio').pause()")
    page.wait_for_function("window.changed")
    assert page.evaluate("window.mark") == 1, "the page was not loaded again"
    host.stop()
    page.reload()
    assert page.evaluate("getComputedStyle(document.querySelector('.ts-text')).color") == "rgb(1, 2, 3)"
    page.evaluate(PLAY)
    assert page.evaluate(SEEK, 2)[0] > 2


def test_an_update_fetches_only_what_has_changed_and_old_versions_do_not_pile_up(visit: Open, host: Host) -> None:
    page = visit(host.address + STORY).page
    save(page)
    listed = read_list(host.site / "sw.js")
    for number in range(4):
        change_site(host.site, f"rgb({number}, 0, 0)")
        version = re.search(r'VERSION = "(\w+)"', (host.site / "sw.js").read_text("utf-8"))[1]  # type: ignore[index]
        page.evaluate("navigator.serviceWorker.ready.then((found) => found.update())")
        page.wait_for_function(
            "version => Promise.all([navigator.serviceWorker.ready, caches.keys()]).then(([found, names]) =>"
            " !found.waiting && !found.installing && names.some((name) => name.endsWith(version)))",
            arg=version,
        )
    assert {path for path, name in read_list(host.site / "sw.js").items() if listed[path] != name} == {
        "assets/taleshelf/story.css"
    }
    page.wait_for_function(
        "caches.keys().then((names) => names.filter((name) => name.includes(':shell:')).length === 3)"
    )


def test_an_old_saved_page_still_finds_the_style_sheet_of_its_day(visit: Open, host: Host) -> None:
    page = visit(host.address + STORY).page
    save(page)
    old, new = "assets/taleshelf/frame.css", "assets/taleshelf/frame.2.css"
    (host.site / old).rename(host.site / new)
    listing = host.site / "offline/index.html"
    listing.write_text(listing.read_text("utf-8").replace(old, new), "utf-8")
    write_shell(host.site)
    page.evaluate("navigator.serviceWorker.ready.then((found) => found.update())")
    page.wait_for_function(
        "caches.keys().then((names) => names.filter((name) => name.includes(':shell:')).length === 2)"
    )
    page.wait_for_function("navigator.serviceWorker.ready.then((found) => !found.waiting && !found.installing)")
    host.stop()
    page.reload()
    assert page.evaluate("getComputedStyle(document.querySelector('.md-skip')).opacity") == "0", "the style of its day"


def test_the_search_and_other_sites_of_the_host_are_left_alone(visit: Open, host: Host) -> None:
    for name in ("find/parts.json", "pagefind/pagefind.js", "feed.xml"):
        (host.site / name).parent.mkdir(exist_ok=True)
        (host.site / name).write_text("{}", "utf-8")
    page = visit(host.address + STORY).page
    save(page)
    page.reload()
    assert page.evaluate("!!navigator.serviceWorker.controller")

    def is_answered_by_the_worker(url: str) -> bool:
        with page.expect_response(url) as found:
            page.evaluate("url => fetch(url).then((reply) => reply.text())", url)
        return bool(found.value.from_service_worker)

    for name in ("find/parts.json", "pagefind/pagefind.js", "feed.xml"):
        assert not is_answered_by_the_worker(host.address + name)
    assert not is_answered_by_the_worker(host.address.removesuffix(BASE) + "/elsewhere/")
    assert is_answered_by_the_worker(host.address + "about/")
    assert not [path for path in page.evaluate(KEPT) if "find/" in path or "find.js" in path or "about" in path]


def test_the_worker_can_be_taken_back_as_the_docs_say(visit: Open, host: Host) -> None:
    page = visit(host.address + STORY).page
    save(page)
    code = re.search(r"```js\n(// content/sw\.js.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert code
    (host.site / "sw.js").write_text(code[1], "utf-8")
    page.evaluate("navigator.serviceWorker.ready.then((found) => found.update())")
    page.wait_for_function(f"{WORKERS}.then((all) => all.length === 0)")
    page.reload()
    names = page.evaluate("caches.keys()")
    assert [name.split(":")[2] for name in names] == ["story"], "what was saved is still there"


def test_the_page_of_saved_stories_passes_axe_in_all_lights(visit: Open, host: Host) -> None:
    seen = visit(host.address + STORY, reduced_motion="reduce")
    page = seen.page
    save(page)
    page.goto(host.address + "offline/?from=about/")
    page.locator(".ts-kept li").wait_for()
    for width in (320, 390, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for palette in ("day", "night", "bedtime"):
            page.locator(f".ts-palette [data-md-color-scheme=taleshelf-{palette}]").check(force=True)
            assert list_findings(page) == [], f"{palette} at {width}"
    assert seen.problems == []
