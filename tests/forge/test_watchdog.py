import json
import random
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from generator.errors import PublishError
from generator.forge.alarms import LABEL, sound_alarms
from generator.forge.api import Forge, make_forge
from generator.forge.host import Host, Night, look_at_host
from generator.forge.letters import Finding
from generator.forge.site import Seen, Told, look_at_site
from generator.forge.watch import KINDS, Watched, list_findings, list_looked
from tests.fakes.github import TOKEN, Fault, GitHub, Row, open_github
from tests.running import Ran, answering, command, environment, run

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = date(2026, 3, 14)
NOW = datetime(2026, 3, 14, 12, 37, tzinfo=BERLIN)
FEED = "https://example.org/tales/feed.json"
STORY = Told(NIGHT, "The Lantern That Stayed", "https://example.org/tales/stories/2026/03/14-the-lantern/")
FINE = Watched(NOW, time(8), Seen(FEED, "200", silent=False, nights=(STORY,), recording="https://example.org/a.mp3"))
OLD = replace(STORY, night=NIGHT - timedelta(days=1))
HOME = "https://github.com/owner/tales"


def make_night(state: str) -> Night:
    return Night(state, datetime(2026, 3, 14, 5, 29, tzinfo=UTC), f"{HOME}/actions/runs/7")


def find(watched: Watched) -> dict[str, Finding]:
    return {finding.kind: finding for finding in list_findings(watched)}


def without_story(watched: Watched = FINE, **host: Any) -> Watched:
    return replace(watched, seen=replace(FINE.seen, nights=(OLD,)), host=Host(**host), home=HOME)


def test_a_site_with_tonights_story_has_no_findings() -> None:
    assert find(FINE) == {}


@pytest.mark.parametrize(
    ("hour", "nights", "missing"),
    [(7, (OLD,), False), (8, (OLD,), True), (12, (OLD,), True), (7, (), True), (12, (STORY,), False)],
)
def test_a_story_is_missing_from_the_set_hour_on(hour: int, nights: tuple[Told, ...], missing: bool) -> None:
    watched = replace(FINE, moment=NOW.replace(hour=hour, minute=0), seen=replace(FINE.seen, nights=nights))
    assert ("story" in find(watched)) is missing


def test_a_night_whose_story_was_taken_down_is_not_missing() -> None:
    assert find(replace(without_story(), down=frozenset({NIGHT}))) == {}


@pytest.mark.parametrize(
    ("host", "words"),
    [
        ({"schedule": "disabled_inactivity"}, "Enable workflow"),
        ({"schedule": "disabled_fork"}, "new copy (fork)"),
        ({"runs": (make_night("failure"),)}, "red mark"),
        ({"runs": (make_night("success"),)}, "Settings › Pages"),
        ({"runs": (make_night("in progress"),)}, "A run is at work"),
        ({"runs": ()}, "No run has told it"),
        ({}, "No run has told it"),
    ],
)
def test_what_to_do_depends_on_what_was_seen(host: dict[str, Any], words: str) -> None:
    finding = find(without_story(**host))["story"]
    assert words in finding.text
    assert finding.title == "No story on the site for Saturday, 14 March 2026"
    assert "by 08:00 (CET)" in finding.text
    assert "“The Lantern That Stayed”, of Friday, 13 March 2026" in finding.text


def test_where_stories_wait_for_a_word_the_word_is_asked_for() -> None:
    finding = find(replace(without_story(runs=(make_night("success"),)), review=True))["story"]
    assert f"look at [the pull requests]({HOME}/pulls), read the story, and press **Merge**" in finding.text


def test_hours_are_those_of_the_archive() -> None:
    assert "on Saturday, 14 March 2026 at 06:29" in find(without_story(runs=(make_night("failure"),)))["story"].text


@pytest.mark.parametrize(("size", "band"), [(699_999_999, None), (700_000_000, "70"), (1_300_000_000, "100")])
def test_a_limit_is_warned_of_from_seventy_percent_on(size: int, band: str | None) -> None:
    site = find(replace(FINE, size=size)).get("site")
    assert (site and site.reason) == band
    assert site is None or ("There is time" in site.text) is (size < 1_000_000_000)
    repository = find(replace(FINE, host=Host(repository=size))).get("repository")
    assert (repository and repository.reason) == band
    assert find(replace(FINE, host=Host(repository=size), pages=False)) == {}


@pytest.mark.parametrize(("days", "warned"), [(44, False), (45, True), (70, True)])
def test_a_schedule_that_will_be_switched_off_is_warned_of_in_time(days: int, warned: bool) -> None:
    found = find(replace(FINE, commit=NOW - timedelta(days=days)))
    assert ("quiet" in found) is warned


def test_what_nobody_could_look_at_is_not_healed() -> None:
    assert list_looked(replace(FINE, size=1, commit=NOW, host=Host(repository=1))) == set(KINDS)
    silent = replace(FINE, seen=Seen(FEED, "500", silent=True))
    assert list_looked(silent) == {"story"}
    assert set(find(silent)) == {"story"}


# Issues


def test_there_is_one_issue_that_is_told_what_is_new_and_closed_at_the_end(hub: GitHub, forge: Forge) -> None:
    for _ in range(2):
        list(sound_alarms(forge, list_findings(without_story(runs=())), {"story"}))
    assert (len(hub.issues), hub.labels(1), hub.said(1)) == (1, [LABEL], [])
    for _ in range(2):
        list(sound_alarms(forge, list_findings(without_story(runs=(make_night("failure"),))), {"story"}))
    assert (len(hub.issues), len(hub.said(1))) == (1, 1)
    later = replace(without_story(runs=(make_night("failure"),)), moment=NOW + timedelta(days=1))
    list(sound_alarms(forge, list_findings(later), {"story"}))
    assert len(hub.said(1)) == 1  # another night, and still the same reason
    for _ in range(2):
        list(sound_alarms(forge, (), {"story"}))
    assert (hub.issue(1)["state"], len(hub.said(1))) == ("closed", 2)
    list(sound_alarms(forge, list_findings(without_story(runs=())), {"story"}))
    assert len(hub.issues) == 2


def test_an_issue_that_was_closed_by_hand_stays_closed_until_there_is_news(hub: GitHub, forge: Forge) -> None:
    missing = without_story(runs=())
    list(sound_alarms(forge, list_findings(missing), {"story"}))
    hub.issue(1)["state"] = "closed"
    list(sound_alarms(forge, list_findings(missing), {"story"}))
    assert len(hub.issues) == 1
    list(sound_alarms(forge, list_findings(replace(missing, moment=NOW + timedelta(days=1))), {"story"}))
    assert len(hub.issues) == 2


def test_each_kind_has_its_own_issue_and_what_was_not_looked_at_stays(hub: GitHub, forge: Forge) -> None:
    broken = replace(
        FINE, size=800_000_000, seen=replace(FINE.seen, faults=("podcast.xml answers 500",), fault="is gone")
    )
    list(sound_alarms(forge, list_findings(broken), set(KINDS)))
    assert len(hub.issues) == 3
    list(sound_alarms(forge, (), {"site"}))
    assert [row["state"] for row in hub.issues].count("closed") == 1


def test_no_stranger_keeps_the_watchdog_quiet(hub: GitHub, forge: Forge) -> None:
    (finding,) = list_findings(without_story(runs=()))
    mark = f"<!-- taleshelf watchdog story {finding.since} {finding.digest} -->"
    hub.open_issue(mark, LABEL)
    list(sound_alarms(forge, [finding], {"story"}))
    assert len(hub.issues) == 2
    hub.comment(2, "<!-- taleshelf watchdog story over 00000000 -->")
    assert list(sound_alarms(forge, [finding], {"story"})) == []
    list(sound_alarms(forge, (), {"story"}))
    assert [row["state"] for row in hub.issues] == ["open", "closed"]


def test_two_issues_of_two_runs_at_once_become_one(hub: GitHub, forge: Forge) -> None:
    with open_github() as second:
        other = make_forge(second.environment(), lambda _seconds: None, random.Random(2), seconds=1)
        for one in (forge, other):
            list(sound_alarms(one, list_findings(without_story(runs=())), {"story"}))
        hub.issues.append({**second.issues[0], "number": 2})
    list(sound_alarms(forge, list_findings(without_story(runs=())), {"story"}))
    assert [row["state"] for row in hub.issues] == ["open", "closed"]


@pytest.mark.parametrize("what", ["reset", "lost"])
def test_cut_off_anywhere_the_next_run_ends_it_and_nothing_is_there_twice(hub: GitHub, forge: Forge, what: str) -> None:
    failed, over = list(list_findings(without_story(runs=(make_night("failure"),)))), 0
    for findings in (list_findings(without_story(runs=())), failed, ()):
        wanted = list(findings)
        for cut in range(9):
            hub.faults = [Fault("*", "", what, skip=cut)]
            try:
                list(sound_alarms(forge, wanted, {"story"}))
            except PublishError:
                over += 1
                continue
            break
    assert over >= 6
    assert (len(hub.issues), len(hub.said(1)), hub.issue(1)["state"]) == (1, 2, "closed")


# The site and GitHub


class Pages(BaseHTTPRequestHandler):
    """A site whose answers a test sets: path -> status, type and bytes."""

    protocol_version = "HTTP/1.1"
    pages: dict[str, tuple[int, str, bytes]]

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        status, kind, data = self.pages.get(self.path, (404, "text/html", b"gone"))
        self.send_response_only(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def open_site(**pages: tuple[int, str, bytes]) -> Iterator[tuple[str, dict[str, tuple[int, str, bytes]]]]:
    """Serve a site; yields its address and its pages."""
    desk = type("Desk", (Pages,), {"pages": {}})
    with answering(ThreadingHTTPServer(("127.0.0.1", 0), desk), "/tales/") as address:
        desk.pages |= make_pages(address, NIGHT)  # type: ignore[attr-defined]
        yield address, desk.pages  # type: ignore[attr-defined]


def make_pages(address: str, *nights: date) -> dict[str, tuple[int, str, bytes]]:
    def item(night: date, extra: str = "", **more: object) -> Row:
        return {"url": f"{address}stories/{night:%Y/%m/%d}-{extra}the-lantern/", "title": "The Lantern", **more}

    sound = {"url": f"{address}a.mp3", "mime_type": "audio/mpeg"}
    items = [item(nights[0], "x-1a2b3c4d-", attachments=[sound]), *map(item, nights), {"url": 7}, 3]
    return {
        "/tales/feed.json": (200, "application/json", json.dumps({"items": items}).encode()),
        "/tales/podcast.xml": (200, "application/xml", b"<rss/>"),
        "/tales/feed.xml": (200, "application/xml", b"<rss/>"),
        "/tales/a.mp3": (206, "audio/mpeg", b"x" * 1024),
    }


def test_a_site_is_seen_as_it_is() -> None:
    with open_site() as (address, _pages):
        seen = look_at_site(address)
    assert (seen.silent, seen.faults, seen.fault) == (False, (), "")
    assert [(told.night, told.title) for told in seen.nights] == [(NIGHT, "The Lantern")]


@pytest.mark.parametrize(
    ("path", "answer", "said"),
    [
        ("feed.json", (500, "text/html", b""), "500"),
        ("feed.json", (404, "text/html", b""), "404"),
        ("feed.json", (200, "text/html", b"<html>"), "200, with something that is no feed"),
        ("feed.json", (200, "application/json", b"[]"), "200, with something that is no feed"),
        ("podcast.xml", (500, "text/html", b""), "podcast.xml answers 500"),
        ("podcast.xml", (200, "application/xml", b"<rss>"), "podcast.xml is not well-formed"),
        ("feed.xml", (200, "application/xml", b"<!DOCTYPE x><rss/>"), "feed.xml is not well-formed"),
        ("a.mp3", (200, "audio/mpeg", b"x"), "answers 200 where players ask for a part of it (206)"),
        ("a.mp3", (206, "text/html", b"x"), "is sent as text/html, not as audio/mpeg"),
        ("a.mp3", (404, "text/html", b"x"), "answers 404 where players ask for a part of it (206)"),
    ],
)
def test_whatever_is_wrong_with_a_site_is_named(path: str, answer: tuple[int, str, bytes], said: str) -> None:
    with open_site() as (address, pages):
        pages[f"/tales/{path}"] = answer
        seen = look_at_site(address)
    assert said in {seen.answer, *seen.faults, seen.fault}
    assert seen.silent is (path == "feed.json")


def test_a_site_that_is_away_is_silent() -> None:
    with open_site() as (address, _pages):
        pass
    seen = look_at_site(address)
    assert seen.silent
    assert "cannot be reached" in seen.answer
    assert look_at_site("https://nowhere.invalid/tales/").silent


def test_what_github_shows_is_read_and_what_it_does_not_show_is_left_out(hub: GitHub, forge: Forge) -> None:
    hub.runs = [
        {"conclusion": "failure", "created_at": "2026-03-14T05:29:00Z", "html_url": f"{HOME}/actions/runs/7"},
        {"conclusion": None, "created_at": "2026-03-14T04:29:00Z", "html_url": "javascript:alert(1)"},
        {"created_at": "soon"},
    ]
    hub.artifacts = [{"name": "github-pages", "size_in_bytes": 750_000_000}]
    host = look_at_host(forge)
    assert host.runs
    assert [(one.state, one.address) for one in host.runs] == [
        ("failure", f"{HOME}/actions/runs/7"),
        ("in progress", ""),
    ]
    assert (host.schedule, host.repository, host.artifact) == ("active", 1_024_000, 750_000_000)
    hub.faults = [Fault("GET", "actions", "403"), Fault("GET", "^$", "404")]
    assert look_at_host(forge) == Host()
    hub.faults = [Fault("GET", "", "500")]
    with pytest.raises(PublishError):
        look_at_host(forge)


# The command


def point_at(root: Path, address: str) -> None:
    """Let an archive know where its site is."""
    settings = root / "mkdocs.yml"
    text = settings.read_text().splitlines()
    settings.write_text(
        "\n".join([f"site_url: {address}", *(line for line in text if not line.startswith("site_url:"))])
    )


def tell_now(address: str, pages: dict[str, tuple[int, str, bytes]]) -> None:
    """Put the story that is due on the site, whatever the time is: those of yesterday, today and tomorrow."""
    today = datetime.now(UTC).date()
    pages |= make_pages(address, *(today + timedelta(days=days) for days in (-1, 0, 1)))


def watch(root: Path, address: str, hub: GitHub | None = None, *options: str) -> Ran:
    point_at(root, address)
    variables = hub.environment() if hub else {"GITHUB_TOKEN": ""}
    ran = run(root, "watchdog", *options, **variables)
    assert TOKEN not in ran.out + ran.err
    return ran


def test_the_command_keeps_an_issue_and_closes_it(archive: Path, hub: GitHub) -> None:
    with open_site() as (address, pages):
        ran = watch(archive, address, hub)
        assert (ran.code, len(hub.issues)) == (0, 1), ran.err
        assert "issue 1: opened" in ran.out
        tell_now(address, pages)
        assert "closed" in watch(archive, address, hub).out
        assert hub.issue(1)["state"] == "closed"


def test_killed_after_a_word_was_said_it_is_not_said_again(archive: Path, hub: GitHub) -> None:
    with open_site() as (address, pages):
        point_at(archive, address)
        for wanted, todays in (("/issues", False), ("/issues/1/comments", True)):
            if todays:
                tell_now(address, pages)
            kill_after(archive, hub, ("POST", wanted))
            again = watch(archive, address, hub)
            assert again.code == 0, again.err
    assert [path for method, path in hub.writes() if method == "POST"] == ["/issues", "/issues/1/comments"]
    assert (len(hub.issues), hub.issue(1)["state"]) == (1, "closed")


def kill_after(root: Path, hub: GitHub, request: tuple[str, str]) -> None:
    """Run the command and kill it when GitHub has done a request and has not answered."""
    process = subprocess.Popen(
        command("watchdog"), env=environment(root, **hub.environment()), stdout=subprocess.DEVNULL
    )

    def kill(_number: int) -> None:
        if hub.requests[-1] == request:
            process.kill()
            process.wait()

    hub.passed = kill
    assert process.wait(timeout=180) == -signal.SIGKILL
    hub.passed = lambda _number: None


def test_without_github_it_prints_and_fails(archive: Path) -> None:
    with open_site() as (address, _pages):
        ran = watch(archive, address)
    assert ran.code == 1
    assert "What to do" in ran.err
    assert "story: No story on the site for" in ran.out


def test_an_archive_nobody_commits_to_any_more_is_noticed(archive: Path) -> None:
    before = datetime.now(UTC) - timedelta(days=50)
    who = ("-c", "user.name=Owner", "-c", "user.email=owner@example.org")
    subprocess.run(["git", "init", "--quiet"], cwd=archive, check=True)
    dated = {"GIT_COMMITTER_DATE": before.isoformat(), "GIT_AUTHOR_DATE": before.isoformat(), "PATH": "/usr/bin:/bin"}
    subprocess.run(["git", *who, "commit", "-q", "--allow-empty", "-m", "x"], cwd=archive, check=True, env=dated)
    with open_site() as (address, _pages):
        assert "quiet: GitHub switches the nightly schedule off on" in watch(archive, address).out
