"""The player in a real browser, with real sound: one story is read by the embedded voice, the others are short tones."""

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from generator.site.build import BuildReport, build_site
from generator.site.check import check_site
from tests.gates.gate_axe import list_findings
from tests.site import heard
from tests.site.conftest import BASE, Visit, serving

pytestmark = pytest.mark.browser

STORY = "stories/2026/11/21-the-lantern-that-stayed/"
BEFORE = "stories/2026/11/20-pip-and-the-river-s-bed/"
FIRST = "stories/2026/11/17-the-door-behind-the-bakery/"  # of the series that tonight's story ends
Open = Callable[..., Visit]


@pytest.fixture(scope="module")
def heard_site(tmp_path_factory: pytest.TempPathFactory) -> BuildReport:
    return build_site(heard.write_site(tmp_path_factory.mktemp("heard")))


@pytest.fixture(scope="module")
def address(heard_site: BuildReport) -> Iterator[str]:
    with serving(heard_site.site_dir) as address:
        yield address


@pytest.fixture(scope="module")
def cues(heard_site: BuildReport) -> dict[str, float]:
    """When each sentence of tonight's story begins."""
    rows = json.loads((heard_site.site_dir / STORY / "timing.json").read_text("utf-8"))
    return {row["id"]: row["start"] for row in rows}


@pytest.fixture
def tune(visit: Open, address: str) -> Iterator[Callable[..., Visit]]:
    """Open a page of the site; at the end nothing was asked of another host and nothing went wrong."""
    seen: list[Visit] = []

    def open_page(path: str = STORY, width: int = 1280, **options: Any) -> Visit:
        options = {"reduced_motion": "reduce"} | options
        seen.append(visit(address + path, width, **options))
        seen[-1].page.wait_for_selector(".ts-dock audio", state="attached")
        return seen[-1]

    yield open_page
    for one in seen:
        assert {urlsplit(url).netloc for url in one.requests} == {urlsplit(address).netloc}
        assert one.problems == []


def sound(page: Any, what: str) -> Any:
    return page.evaluate(f"document.querySelector('audio').{what}")


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def hear(page: Any, time: float) -> None:
    """Wait until the sound has come so far."""
    page.wait_for_function("time => document.querySelector('audio').currentTime >= time", arg=time)


def listen(page: Any, time: float = 0.3) -> None:
    page.locator(".ts-player .ts-play").first.click()
    hear(page, time)


def keep_places(page: Any) -> dict[str, Any]:
    return dict(page.evaluate(f"JSON.parse(localStorage['{BASE}player.places'] ?? '{{}}')"))


def test_the_site_has_no_findings(heard_site: BuildReport) -> None:
    assert check_site(heard_site.site_dir, BASE) == ()


def test_what_plays_sets_and_saves_is_at_most_14_kb_of_modules() -> None:
    folder = Path(__file__).parents[2] / "site_template/assets/taleshelf"
    search = {"find.js", "page.js"}
    modules = [path for path in sorted(folder.rglob("*.js")) if path.name not in search]
    assert len(modules) == 13
    assert len(gzip.compress(b"".join(path.read_bytes() for path in modules), 9)) <= 14_000


def test_the_marked_sentence_follows_its_cue_within_50_ms(tune: Open, cues: dict[str, float]) -> None:
    page = tune().page
    page.evaluate(
        """() => { const audio = document.querySelector("audio"); window.seen = [];
        audio.addEventListener("story", () => { const cues = audio.textTracks[0]; cues.oncuechange ??= null;
          cues.addEventListener("cuechange", () => { const at = audio.currentTime; const [cue] = cues.activeCues;
            if (cue) requestAnimationFrame(() => seen.push([cue.id, at - cue.startTime, document.querySelector(".ts-read")?.id ?? ""])) }) },
          { once: true }) }"""
    )
    listen(page, 9.0)
    seen = page.evaluate("seen")
    assert [row[0] for row in seen] == [f"s{n}" for n in range(1, len(seen) + 1)]
    assert len(seen) >= 6
    assert [row for row in seen if row[2] != row[0]] == []
    assert sorted(late for _, late, _ in seen)[len(seen) // 2] < 0.05, seen
    assert page.locator(".ts-read").inner_text() in (
        "The night was deep.",
        "One small light went with her all the way.",
    )


def test_a_tapped_sentence_is_played_from_its_start(tune: Open, cues: dict[str, float]) -> None:
    page = tune().page
    page.locator("#s6").click()
    hear(page, cues["s6"] + 0.2)
    assert sound(page, "currentTime") < cues["s7"]
    assert page.locator(".ts-read").get_attribute("id") == "s6"
    page.locator("#s3").click()
    page.wait_for_function("document.querySelector('.ts-read')?.id === 's3'")
    assert cues["s3"] - 0.06 <= sound(page, "currentTime") < cues["s4"]
    assert not sound(page, "paused")


def test_previous_and_next_go_from_sentence_to_sentence(tune: Open, cues: dict[str, float]) -> None:
    page = tune().page
    listen(page)
    press(page, "Pause")
    for name, expected in (("Next sentence", "s2"), ("Next sentence", "s3"), ("Previous sentence", "s2")):
        press(page, name)
        page.wait_for_function("id => document.querySelector('.ts-read')?.id === id", arg=expected)
        assert sound(page, "currentTime") == pytest.approx(cues[expected], abs=0.06)
    assert sound(page, "paused")


def test_play_begins_with_a_whole_sentence_also_on_another_day(tune: Open, cues: dict[str, float]) -> None:
    page = tune().page
    listen(page, cues["s4"] + 0.4)
    press(page, "Pause")
    assert keep_places(page)[STORY]["time"] == pytest.approx(cues["s4"], abs=0.06)
    press(page, "Play")
    page.wait_for_function("document.querySelector('audio').currentTime > 0 && !document.querySelector('audio').paused")
    assert sound(page, "currentTime") < cues["s5"]
    page.reload()
    assert page.locator(".ts-play").first.inner_text() == "Go on at 0:04"
    listen(page, cues["s4"])
    assert sound(page, "currentTime") < cues["s5"] + 0.5


def test_the_home_page_offers_to_go_on(tune: Open, cues: dict[str, float]) -> None:
    page = tune().page
    listen(page, cues["s4"])
    page.goto(page.url.removesuffix(STORY))
    row = page.get_by_role("region", name="Continue listening")
    assert row.get_by_role("link").inner_text() == "The Lantern That Stayed"
    row.get_by_role("button", name="Go on with The Lantern That Stayed").click()
    hear(page, cues["s4"])
    assert page.locator(".ts-dock a").inner_text() == "The Lantern That Stayed"


def test_a_story_heard_to_its_end_is_not_offered_again(tune: Open) -> None:
    page = tune(BEFORE).page
    listen(page, 3.9)
    page.wait_for_function("document.querySelector('audio').ended")
    assert keep_places(page) == {}
    page.goto(page.url.removesuffix(BEFORE))
    assert not page.get_by_role("heading", name="Continue listening").is_visible()


def test_a_page_that_is_turned_to_has_its_style(tune: Open) -> None:
    page = tune().page
    page.locator(".ts-footer, footer").get_by_role("link").first.evaluate("link => (link.href = '/tales/calendar/')")
    page.locator("a[href='/tales/calendar/']").first.click()
    page.wait_for_selector(".ts-calendar")
    assert page.evaluate("getComputedStyle(document.querySelector('.ts-calendar h2')).marginTop") == "0px"
    page.go_back()
    page.wait_for_selector(".ts-text")
    page.emulate_media(media="print")
    assert not page.locator(".ts-header").is_visible()


def test_it_plays_on_from_page_to_page_back_and_forward(tune: Open) -> None:
    page = tune().page
    page.evaluate("window.mark = 1; window.stops = 0; document.querySelector('audio').onpause = () => stops++; null")
    listen(page, 1.0)
    times = [sound(page, "currentTime")]
    page.get_by_role("link", name="Characters").first.click()
    page.wait_for_url("**/cast/")
    assert page.locator(".ts-nav [aria-current]").inner_text() == "Characters"
    times.append(sound(page, "currentTime"))
    page.get_by_role("link", name="Moss", exact=True).first.click()
    page.wait_for_url("**/cast/moss/")
    times.append(sound(page, "currentTime"))
    page.go_back()
    page.wait_for_url("**/cast/")
    page.go_back()
    page.wait_for_url("**/" + STORY)
    page.wait_for_selector(".ts-read")
    times.append(sound(page, "currentTime"))
    page.go_forward()
    page.wait_for_url("**/cast/")
    times.append(sound(page, "currentTime"))
    assert times == sorted(times)
    assert page.evaluate("[mark, stops, document.querySelectorAll('audio').length]") == [1, 0, 1]
    page.locator(".ts-dock a").click()
    page.wait_for_url("**/" + STORY)
    page.get_by_role("button", name="Pause").first.wait_for()
    assert page.title().startswith("The Lantern That Stayed")
    page.keyboard.press("n")
    page.wait_for_url("**/" + BEFORE)
    assert page.locator("h1").inner_text() == "Pip and the River’s Bed"
    assert page.evaluate("[mark, stops, document.activeElement.id]") == [1, 0, "ts-content"]


def test_back_leads_to_where_one_was_and_a_missing_page_is_shown_as_one(tune: Open) -> None:
    seen = tune("stories/")
    page = seen.page
    page.evaluate("window.mark = 1; scrollTo(0, 300)")
    page.locator(".ts-card a").last.evaluate("link => link.click()")
    page.wait_for_url("**/2026/11/16-*/")
    page.wait_for_function("scrollY === 0")
    page.go_back()
    page.wait_for_url("**/stories/")
    page.wait_for_function("scrollY === 300")
    page.locator(".ts-footer a").first.click()
    page.wait_for_selector(".ts-tonight")
    page.go_back()
    page.wait_for_selector(".ts-pager, .ts-browse")
    assert page.evaluate("mark") == 1
    page.evaluate("document.links[3].href = '../nowhere/'; null")
    page.evaluate("document.links[3].click()")
    page.get_by_role("heading", name="This page is not on the shelf").wait_for()
    seen.problems.clear()  # the browser reports the page that is missing


def test_playing_in_one_tab_silences_the_other(tune: Open) -> None:
    one = tune().page
    listen(one)
    two = one.context.new_page()
    two.goto(one.url)
    listen(two)
    one.wait_for_function("document.querySelector('audio').paused")
    assert not sound(two, "paused")
    one.bring_to_front()
    press(one, "Play")
    two.wait_for_function("document.querySelector('audio').paused")


def test_the_timer_fades_and_stops_and_play_begins_it_anew(tune: Open, cues: dict[str, float]) -> None:
    page = tune().page
    listen(page)
    page.evaluate("import('../../../../assets/taleshelf/player/end.js').then(end => end.arm(2.4))")
    page.wait_for_function("document.querySelector('audio').volume < 0.6")
    page.wait_for_function("document.querySelector('audio').paused && !document.querySelector('audio').seeking")
    assert sound(page, "volume") == 1
    assert sound(page, "currentTime") in [pytest.approx(time, abs=0.06) for time in cues.values()]
    assert keep_places(page)[STORY]["time"] == pytest.approx(sound(page, "currentTime"), abs=0.1)
    before = sound(page, "currentTime")
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelector('audio').paused === false")
    hear(page, before + 0.5)
    page.wait_for_function("document.querySelector('audio').paused")


def test_where_the_volume_is_the_devices_the_timer_waits_for_the_end_of_a_sentence(
    tune: Open, cues: dict[str, float]
) -> None:
    page = tune().page
    page.evaluate("Object.defineProperty(document.querySelector('audio'), 'volume', { get: () => 1, set() {} })")
    listen(page)
    page.evaluate("import('../../../../assets/taleshelf/player/end.js').then(end => end.arm(1))")
    page.wait_for_function("document.querySelector('audio').paused && !document.querySelector('audio').seeking")
    assert sound(page, "currentTime") in [pytest.approx(time, abs=0.06) for time in cues.values()]


def test_the_timer_stops_after_so_many_stories(tune: Open) -> None:
    page = tune(BEFORE).page
    listen(page)
    press(page, "Listening")
    page.get_by_label("Sleep timer").select_option("end of 2 stories")
    page.wait_for_function("document.querySelector('.ts-dock a').textContent === 'A Coat for the Moon'")
    page.wait_for_function("document.querySelector('audio').ended")
    assert "19-a-coat" in sound(page, "src")
    page.wait_for_timeout(300)
    assert sound(page, "ended")


def test_the_end_of_a_story_is_the_end_unless_one_more_is_wished(tune: Open) -> None:
    page = tune(BEFORE).page
    press(page, "Listen")
    hear(page, 0.2)
    press(page, "Listening")
    page.get_by_label("Afterwards").select_option("one more story")
    page.wait_for_function("document.querySelector('audio').src.includes('19-a-coat')")
    hear(page, 0.2)
    assert page.locator(".ts-dock a").get_attribute("href") == page.url.replace(
        BEFORE, "stories/2026/11/19-a-coat-for-the-moon/"
    )
    page.get_by_role("button", name="One more story").click()
    page.wait_for_function("document.querySelector('audio').src.includes('18-moss')")


def test_a_series_plays_from_its_first_story_to_the_next(tune: Open) -> None:
    page = tune("series/lantern-nights/").page
    press(page, "Play the series from the first")
    page.wait_for_function("document.querySelector('.ts-dock a').textContent === 'The Door Behind the Bakery'")
    page.wait_for_function("document.querySelector('.ts-dock a').textContent === 'The Lantern That Stayed'")
    hear(page, 0.3)
    assert not sound(page, "paused")


def test_scenes_are_chapters(tune: Open, cues: dict[str, float]) -> None:
    page = tune().page
    listen(page)
    press(page, "Listening")
    page.get_by_role("button", name="The way home").click()
    hear(page, cues["s6"])
    assert page.get_by_role("button", name="The way home").get_attribute("aria-current") == "true"
    assert "The way home" in page.locator(".ts-dock p").nth(1).inner_text()


def test_the_speed_is_kept_and_the_pitch_with_it(tune: Open) -> None:
    page = tune().page
    listen(page)
    press(page, "Listening")
    page.get_by_label("Speed").fill("0.7")
    assert sound(page, "playbackRate") == pytest.approx(0.7)
    assert sound(page, "preservesPitch") is True
    page.goto(page.url.replace(STORY, BEFORE))
    listen(page, 0.1)
    assert sound(page, "playbackRate") == pytest.approx(0.7)


def test_a_word_is_marked_where_the_reader_wishes_it(tune: Open) -> None:
    page = tune().page
    listen(page)
    press(page, "Listening")
    page.get_by_label("Mark").select_option("words")
    page.keyboard.press("Escape")
    word = "[...(CSS.highlights.get('ts-word') ?? [])].join()"
    for expected in ("saw", "“Who", "lit", "you?”"):
        page.wait_for_function(f"{word} === {json.dumps(expected)}", polling=20)
    press(page, "Listening")
    page.get_by_label("Mark").select_option("nothing")
    assert page.evaluate("[CSS.highlights.has('ts-word'), document.querySelectorAll('.ts-read').length]") == [False, 0]


def test_every_key_of_the_list_does_what_it_says(tune: Open, cues: dict[str, float]) -> None:
    page = tune().page
    listen(page)
    page.locator("h1").click(position={"x": 1, "y": 1})
    page.keyboard.press("Space")
    assert sound(page, "paused")

    def at(key: str, time: float) -> None:
        page.keyboard.press(key)
        page.wait_for_function("time => Math.abs(document.querySelector('audio').currentTime - time) < 0.06", arg=time)

    at("ArrowRight", cues["s2"])
    at("Shift+ArrowRight", cues["s6"])
    at("ArrowLeft", cues["s5"])
    at("l", cues["s5"] + 10)
    at("j", cues["s5"])
    at("Shift+ArrowLeft", cues["s2"])
    page.keyboard.press("+")
    assert sound(page, "playbackRate") == pytest.approx(1.1)
    page.keyboard.press("-")
    page.keyboard.press("-")
    assert sound(page, "playbackRate") == pytest.approx(0.9)
    page.keyboard.press("m")
    assert sound(page, "muted")
    page.keyboard.press("t")
    assert "☾ 5:00" in page.locator(".ts-dock p").nth(1).inner_text()
    page.keyboard.press("?")
    listed = page.locator(".ts-dock kbd").all_inner_texts()
    assert listed == [
        "Space",
        "Left",
        "Right",
        "Shift Left",
        "Shift Right",
        "J",
        "L",
        "-",
        "+",
        "T",
        "V",
        "M",
        "O",
        "N",
        "P",
        "X",
        "?",
    ]
    page.get_by_label("Use these keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    assert page.locator(".ts-dock").is_visible()
    press(page, "Listening")
    page.get_by_label("Use these keys").check()
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    page.wait_for_function("document.querySelector('audio').src.includes('20-pip')")
    page.keyboard.press("x")
    assert not page.locator(".ts-dock").is_visible()
    assert sound(page, "paused")


def test_every_control_is_reached_with_tab(tune: Open) -> None:
    page = tune().page
    listen(page)
    page.get_by_role("slider", name="Place in the story").focus()
    names = []
    for _ in range(8):
        names.append(page.evaluate("(document.activeElement.ariaLabel ?? document.activeElement.textContent)"))
        page.keyboard.press("Tab")
    assert names == [
        "Place in the story", "The Lantern That Stayed", "Previous sentence", "Pause", "Next sentence", "Pictures", "Listening", "Close",
    ]  # fmt: skip


def test_the_picture_view_shows_scene_and_sentence_and_keeps_the_rest_out_of_reach(
    tune: Open, cues: dict[str, float]
) -> None:
    page = tune().page
    page.evaluate(
        """() => { const lock = navigator.wakeLock, ask = lock.request.bind(lock);
        lock.request = async (kind) => (window.lock = await ask(kind)) }"""
    )
    listen(page)
    page.keyboard.press("v")
    page.wait_for_function("document.querySelector('.ts-stage .ts-now')?.src.endsWith('cover.webp')")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_function("document.querySelector('.ts-stage .ts-now').src.endsWith('scene-2.webp')")
    assert page.locator(".ts-stage .ts-now").get_attribute("alt") == "A path in the dark."
    page.wait_for_function("document.querySelector('.ts-stage__line').textContent === 'The night was deep.'")
    assert page.evaluate("[document.querySelector('.ts-header').inert, lock.released]") == [True, False]
    page.keyboard.press("Escape")
    page.wait_for_function("document.querySelector('.ts-stage').hidden")
    page.wait_for_function("lock.released")
    assert page.evaluate("document.querySelector('.ts-header').inert") is False


@pytest.mark.parametrize(
    ("link", "sentence"), [("#s6", "s6"), ("?t=8.7", "s6"), ("?t=x", "s1"), ("?t=-4", "s1"), ("#s600", "s1")]
)
def test_a_link_leads_into_a_story(tune: Open, cues: dict[str, float], link: str, sentence: str) -> None:
    page = tune(STORY + link).page
    assert page.locator(".ts-play").first.inner_text() == ("Go on at 0:08" if sentence != "s1" else "Listen · 0:21")
    listen(page, cues[sentence] + 0.1)
    assert page.locator(".ts-read").get_attribute("id") == sentence


def test_the_lock_screen_knows_the_story(tune: Open, address: str) -> None:
    page = tune().page
    listen(page)
    page.wait_for_function("navigator.mediaSession.metadata?.album === 'Lantern Nights'")
    found = page.evaluate(
        "(({ title, artist, artwork }) => [title, artist, artwork[0].src])(navigator.mediaSession.metadata)"
    )
    assert found == ["The Lantern That Stayed", "embedded hibari-tts 0.2.1 heart", address + STORY + "cover-square.jpg"]


def test_a_narration_that_cannot_be_reached_says_so(tune: Open) -> None:
    seen = tune()
    seen.page.route("**/*.mp3", lambda route: route.abort())
    seen.page.locator(".ts-player .ts-play").click()
    seen.page.get_by_text("The narration cannot be reached just now").wait_for()
    seen.problems.clear()  # the browser reports the request that failed


@pytest.mark.parametrize(("width", "palette"), [(390, "day"), (1280, "night"), (390, "bedtime")])
def test_axe_finds_nothing_with_the_player_open(tune: Open, width: int, palette: str) -> None:
    def check(where: str) -> None:
        assert list_findings(page) == [], where

    page = tune(STORY, width).page
    page.locator(f"[data-md-color-scheme=taleshelf-{palette}]").last.check(force=True)
    listen(page, 2.5)
    page.locator(".ts-dock").get_by_role("button", name="Pause").click()
    press(page, "Listening")
    page.locator(".ts-dock summary").click()
    check("panel")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Pictures").click()
    check("pictures")
