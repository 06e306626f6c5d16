"""Chromium: the page to subscribe on, the feed as a person sees it, and a story's chapters and captions in players."""

import html
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlsplit

from tests.clients.processes import Failed
from tests.clients.stage import Stage, Step, check_all
from tests.clients.tools import FOLDER, find
from tests.conftest import ARGUMENTS

NEEDS = ("chromium", "npm")
SHOTS = FOLDER / "shots"
WIDTHS = (390, 1280)
PLAYER = Path(__file__).with_name("player.html")
SCRIPTS = (
    "@octopodcasting/player/distribution/octopod-player.js",
    "video.js/dist/video.min.js",
    "video.js/dist/video-js.min.css",
)
WAIT = 30_000  # milliseconds
LATE = 20.0  # seconds into the story: in its last chapter
CAPTIONS = (
    "Array.from(Array.from(videojs('words').textTracks()).find((track) => track.kind === 'captions')?.cues ?? [])"
)
DRAWN = ".vjs-text-track-cue"
SEEN = "rows => rows.filter((row) => row.getClientRects().length).map((row) => row.textContent)"  # others are hidden
WIDE = """() => [...document.querySelectorAll("main *, header h1")]
  .filter((part) => part.getBoundingClientRect().right > innerWidth && !part.closest(".ts-sky, svg"))
  .slice(0, 3).map((part) => part.className || part.localName).join(", ")"""


@dataclass
class Visit:
    """An open page, and what it asked for and complained about."""

    page: Any
    hosts: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)

    def hear(self, kind: str, text: str) -> None:
        """Note what a page complains about; that XSLT will go some day is known, and there is a style sheet for then."""
        if kind in {"error", "warning"} and not text.startswith("XSLTProcessor and XSLT Processing Instructions"):
            self.problems.append(text)


def steps(stage: Stage) -> Iterator[Step]:
    """Look at the pages that show the feed, then hear a story in players of others."""
    yield "shows the page to subscribe on", partial(_subscribe, stage)
    yield "shows the feed to a person", partial(_read_feed, stage)
    yield "shows it also where there is no XSLT any more", partial(_read_plainly, stage)
    yield "plays chapters in octopod-player", partial(_show_chapters, stage)
    yield "plays the transcript in video.js", partial(_show_captions, stage)


@contextmanager
def visiting(url: str, width: int = WIDTHS[-1], *flags: str) -> Iterator[Visit]:
    """Open a page in a fresh browser."""
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find("chromium"), args=[*ARGUMENTS, *flags])
        page = browser.new_page(viewport={"width": width, "height": 844})
        page.set_default_timeout(WAIT)
        visit = Visit(page)
        page.on("request", lambda request: visit.hosts.add(urlsplit(request.url).netloc))
        page.on("pageerror", lambda error: visit.problems.append(f"{error}"))
        page.on("console", lambda line: visit.hear(line.type, line.text))
        try:
            page.goto(url, wait_until="load")
            yield visit
        except Error as error:
            raise Failed(f"{url}: {error.message.splitlines()[0]}") from error
        finally:
            browser.close()


def _subscribe(stage: Stage) -> str:
    bare = stage.feed.partition("://")[2]
    for width in WIDTHS:
        with visiting(f"{stage.server.site_url}subscribe/", width) as visit:
            _check(visit, stage, width, "subscribe")
            links = visit.page.locator(".ts-subscribe__apps a").evaluate_all("rows => rows.map((row) => row.href)")
            address = visit.page.locator("#ts-address").input_value()
    if (
        address != stage.feed
        or len(links) < 4
        or not all(bare in link.replace("%2F", "/").replace("%3A", ":") for link in links)
    ):
        raise Failed(f"it offers {address} and {links}")
    return f"{len(links)} apps, address, code, at {' and '.join(map(str, WIDTHS))} pixels"


def _read_feed(stage: Stage) -> str:
    told = stage.episodes()
    for width in WIDTHS:
        with visiting(stage.feed, width) as visit:
            _check(visit, stage, width, "feed")
            titles = visit.page.locator("main li h3").all_inner_texts()
            if titles != [episode.page.title for episode in told[: len(titles)]] or len(titles) != 100:
                raise Failed(f"{len(titles)} titles: {titles[:3]}")
            visit.page.get_by_role("link", name="Older stories").click()
            visit.page.wait_for_url("**/podcast/1.xml")
            older = visit.page.locator("main li h3").all_inner_texts()
    if len(titles) + len(older) != len(told):
        raise Failed(f"{len(older)} titles on the second page")
    return (
        f"{len(titles)} stories, and {len(older)} older ones behind a link, at {' and '.join(map(str, WIDTHS))} pixels"
    )


def _read_plainly(stage: Stage) -> str:
    with visiting(stage.feed, WIDTHS[0], "--disable-features=XSLT") as visit:
        _shoot(visit, "feed-plain")
        _complain(visit, stage)
        root = visit.page.evaluate("document.documentElement.localName")
        titles = visit.page.locator("item > title").evaluate_all(SEEN)
        hidden = visit.page.locator("item > guid").first.is_hidden()
    if root != "rss" or titles != [episode.page.title for episode in stage.episodes()[: len(titles)]] or not hidden:
        raise Failed(f"it shows {root} with {titles[:3]}")
    return f"{len(titles)} stories by style sheet alone"


def _show_chapters(stage: Stage) -> str:
    with visiting(_write_player(stage)) as visit:
        page = visit.page
        page.wait_for_function("document.querySelector('octopod-player').chapters?.length")
        shown = page.evaluate(
            "document.querySelector('octopod-player').chapters.map((row) => [row.startTime, row.title, row.img])"
        )
        told = [[row["startTime"], row["title"], row["img"]] for row in _read_chapters(stage)]
        check_all([] if shown == told else [f"{shown} instead of {told}"])
        page.evaluate(f"document.querySelector('octopod-player').currentTime = {LATE}")
        page.wait_for_function(
            f"document.querySelector('octopod-player').currentChapter?.title === {json.dumps(told[-1][1])}"
        )
        page.wait_for_load_state("networkidle")
        _shoot(visit, "chapters")
        _complain(visit, stage)
    return f"{len(shown)} chapters with their pictures; “{shown[-1][1]}” at {LATE:g} s"


def _show_captions(stage: Stage) -> str:
    with visiting(_write_player(stage)) as visit:
        page = visit.page
        page.wait_for_function(f"window.videojs && {CAPTIONS}.length")
        cues = page.evaluate(f"{CAPTIONS}.map((cue) => cue.text)")
        page.evaluate("videojs('words').muted(true), videojs('words').play()")
        page.wait_for_function(f"videojs('words').readyState() > 1 && (videojs('words').currentTime({LATE}), true)")
        page.wait_for_function(f"document.querySelector({DRAWN!r}) && videojs('words').currentTime() >= {LATE}")
        page.evaluate("videojs('words').pause()")
        shown = page.locator(DRAWN).inner_text()
        _shoot(visit, "captions")
        _complain(visit, stage)
    rows = json.loads((stage.episodes()[0].folder / "timing.json").read_text("utf-8"))
    if html.unescape(" ".join(cues)).split() != " ".join(row["text"] for row in rows).split():
        raise Failed(f"the captions say {' '.join(cues)[:80]!r}")
    said = [row["text"] for row in rows if row["end"] >= LATE]
    if not any(" ".join(shown.split()) in text for text in said):
        raise Failed(f"after {LATE:g} s it shows {shown!r} while {said} is said")
    return f"{len(cues)} captions, every word of the recording; {shown!r} after {LATE:g} s"


def _write_player(stage: Stage) -> str:
    """Write a page with somebody else's player of the newest story, and return its address."""
    row, sound = stage.episodes()[0].row, stage.episodes()[0].row["sound"]
    values = {"sound": sound, "image": row["image"], "home": row["link"]}
    for script in SCRIPTS:
        shutil.copy(stage.tools.node / "node_modules" / script, stage.players)
    (stage.players / PLAYER.name).write_text(Template(PLAYER.read_text("utf-8")).substitute(values), "utf-8")
    return f"{stage.server.players_url}{PLAYER.name}"


def _read_chapters(stage: Stage) -> list[dict[str, Any]]:
    """Say what the chapters must be: the scenes by their times, with their headings and pictures."""
    episode = stage.episodes()[0]
    rows = json.loads((episode.folder / "timing.json").read_text("utf-8"))
    starts = [next(row["start"] for row in rows if row["scene"] == number) for number in (1, 2)]
    return [
        {
            "startTime": round(start, 3) if number else 0,
            "title": section.heading,
            "img": f"{episode.row['link']}{section.picture}",
        }
        for number, (start, section) in enumerate(zip(starts, episode.page.sections, strict=True))
    ]


def _check(visit: Visit, stage: Stage, width: int, name: str) -> None:
    """Keep a picture of the page, and raise Failed for what is wrong with any page."""
    _shoot(visit, f"{name}-{width}")
    _complain(visit, stage)
    if wide := visit.page.evaluate(WIDE):
        raise Failed(f"on a screen of {width} pixels the right edge is crossed by {wide}")


def _complain(visit: Visit, stage: Stage) -> None:
    own = {f"127.0.0.1:{port}" for port in (stage.server.port, stage.server.media_port)}
    check_all(visit.problems + [f"it asks {host}" for host in sorted(visit.hosts - own - {""})])


def _shoot(visit: Visit, name: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    visit.page.screenshot(path=SHOTS / f"{name}.png")
