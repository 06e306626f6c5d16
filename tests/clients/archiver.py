"""podcast-archiver: keeps a whole podcast with a file of metadata beside each recording."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from tests.clients.processes import Failed, run
from tests.clients.stage import Stage, Step, agree
from tests.clients.truth import Row, drop_version, name_day, read_lines

NEEDS = ("podcast-archiver",)


def steps(stage: Stage) -> Iterator[Step]:
    """Archive everything, then compare."""
    home = stage.home("archiver")
    yield "archives every page of the feed", partial(_archive, home, stage)
    yield "writes every story's metadata as it is", partial(_compare, home, stage)


def _archive(home: Path, stage: Stage) -> str:
    (home / "sounds").mkdir()
    program = stage.tools.python / "podcast-archiver"
    run([program, "--dir", "sounds", "-f", stage.feed, "--write-info-json", "--quiet"], home)
    found = sorted(path.read_bytes() for path in home.rglob("*.mp3"))
    if found != sorted(episode.sound for episode in stage.episodes()):
        raise Failed(f"{len(found)} files, not byte for byte those of the archive")
    return f"{len(found)} files, {sum(map(len, found))} bytes, the same as in the archive"


def _compare(home: Path, stage: Stage) -> str:
    infos = {info["guid"]: info for info in (json.loads(path.read_text("utf-8")) for path in home.rglob("*.info.json"))}
    told = stage.episodes()
    return agree(told, [_read(infos[episode.guid]) for episode in told])


def _read(info: dict[str, Any]) -> Row:
    return {
        "guid": info["guid"],
        "title": info["title"],
        "link": next(link["href"] for link in info["links"] if link["rel"] == "alternate"),
        "day": name_day(info["published_time"]),
        "about": read_lines(info["summary"]),
        "author": info["author"],
        "sound": drop_version(info["enclosure"]["href"]),
        "size": info["enclosure"]["length"],
        "mime": info["enclosure"]["link_type"],
        "seconds": int(info["duration"]),
        "episode": info["episode_number"],
        "kind": info["episode_type"],
    }
