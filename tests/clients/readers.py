"""Two readers from npm print all they read of a feed; every field must be the story's own."""

import json
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from tests.clients.processes import Failed, run
from tests.clients.stage import Stage, Step, agree, check_all
from tests.clients.truth import (
    SERIES,
    SERIES_FEED,
    Episode,
    Row,
    compare,
    drop_version,
    name_day,
    read_lines,
    tell_series,
    tell_show,
    tell_texts,
)

NEEDS = ("node", "npm")
WHOLE = 30  # stories with all their words in the feeds for reading
LAST_WORDS = "Then Pip slept &amp; the lantern watched."
SCRIPTS = Path(__file__).with_name("npm")


def steps_partytime(stage: Stage) -> Iterator[Step]:
    """Read with podcast-partytime."""
    return _steps("partytime", stage)


def steps_feedsmith(stage: Stage) -> Iterator[Step]:
    """Read with feedsmith, also what is not a podcast."""
    yield from _steps("feedsmith", stage)
    yield "reads the feeds for reading and the list of all", partial(_compare_texts, stage)


def _steps(name: str, stage: Stage) -> Iterator[Step]:
    for script in SCRIPTS.glob("*.mjs"):
        shutil.copy(script, stage.tools.node)
    yield "reads every field of every story", partial(_compare_stories, name, stage)
    yield "reads every field of the show", partial(_compare_show, name, stage)
    yield "reads the feed of a series", partial(_compare_series, name, stage)


def _read(name: str, stage: Stage, url: str) -> dict[str, Any]:
    said = run(["node", stage.tools.node / f"{name}.mjs", url], stage.home(name))
    found: dict[str, Any] = json.loads(said)
    return found


def _compare_stories(name: str, stage: Stage) -> str:
    found = _read(name, stage, stage.feed)
    if found["pages"] != 2:
        raise Failed(f"{found['pages']} pages instead of 2")
    return _check_rows(found, stage.episodes())


def _check_rows(found: dict[str, Any], told: list[Episode]) -> str:
    return f"{agree(told, [_tidy(row) for row in found['episodes']])}, pages: {found['pages']}"


def _tidy(row: dict[str, Any]) -> Row:
    day, lines = name_day(row.pop("date")), read_lines(row.pop("html"))
    return row | {"day": day, "about": lines} | {name: drop_version(row[name]) for name in ("sound", "image")}


def _compare_show(name: str, stage: Stage) -> str:
    return _check_show(_read(name, stage, stage.feed), tell_show(stage.archive), stage)


def _check_show(found: dict[str, Any], told: Row, stage: Stage) -> str:
    show = found["show"]
    cover = show.pop("cover")
    if not cover.startswith(f"{stage.server.site_url}podcast/cover-"):
        raise Failed(f"the cover is {cover!r}")
    check_all(compare([told], [show]))
    return f"{len(show) + 1} fields"


def _compare_series(name: str, stage: Stage) -> str:
    found = _read(name, stage, stage.server.site_url + SERIES_FEED)
    show = _check_show(found, tell_series(stage.archive), stage)
    told = [episode for episode in stage.episodes() if episode.page.series == SERIES]
    return f"{_check_rows(found, told)}, {show} of the show"


def _compare_texts(stage: Stage) -> str:
    found, told = _read("texts", stage, stage.server.site_url), tell_texts(stage.archive)
    for kind in ("rss", "json"):
        rows = [_tidy_text(row) for row in found[kind]]
        whole = [row.pop("words") for row in rows]
        if not all(LAST_WORDS in words for words in whole[:WHOLE]) or any(whole[WHOLE:]):
            raise Failed(f"{kind}: the newest {WHOLE} stories, and no others, must stand there with all their words")
        check_all(compare(told, rows))
    names = [["Tales & Lanterns", "podcast.xml"], ["Lantern Nights · Tales & Lanterns", SERIES_FEED]]
    names += [["Tales & Lanterns: the stories to read", "feed.xml"]]
    if found["opml"] != [[title, stage.server.site_url + path] for title, path in names]:
        raise Failed(f"the list of all feeds is {found['opml']}")
    return f"{len(told)} stories, {len(found['rss'][0])} fields in RSS, {len(found['json'][0])} in JSON; {len(names)} feeds"


def _tidy_text(row: dict[str, Any]) -> dict[str, Any]:
    if "sound" in row:
        row["sound"] = drop_version(row["sound"])
    return row | {"day": name_day(row.pop("date"))}
