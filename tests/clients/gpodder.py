"""gPodder's command line: it subscribes, follows the pages of a feed, downloads, and keeps everything in SQLite."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.clients.processes import Failed, run
from tests.clients.stage import Stage, Step, agree
from tests.clients.truth import Episode, Row, drop_version, name_day

NEEDS = ("gpo",)
COLUMNS = "guid title link published url file_size mime_type total_time description_html episode_art_url".split()


@dataclass(frozen=True, slots=True)
class Gpodder:
    """A gPodder with a home of its own."""

    home: Path

    def call(self, *arguments: str) -> str:
        """Give a command."""
        return run(["gpo", *arguments], self.home)

    def episodes(self) -> list[sqlite3.Row]:
        """Return all it knows, newest first."""
        with closing(sqlite3.connect(self.home / "gPodder" / "Database")) as database:
            database.row_factory = sqlite3.Row
            return database.execute(
                f"SELECT {', '.join(COLUMNS)}, download_filename FROM episode ORDER BY published DESC"
            ).fetchall()

    def files(self) -> list[Path]:
        """Return what it has downloaded."""
        return sorted((self.home / "gPodder" / "Downloads").rglob("*.mp3"))


def steps(stage: Stage) -> Iterator[Step]:
    """Subscribe, compare everything, download, ask again."""
    app = Gpodder(stage.home("gpodder"))
    yield "subscribes and follows the second page", partial(_subscribe, app, stage)
    yield "knows every story as it is", partial(_compare, app, stage.episodes())
    yield "downloads the newest and the oldest", partial(_download, app, stage)
    yield "is told that nothing changed", partial(_ask_again, app, stage)


def _subscribe(app: Gpodder, stage: Stage) -> str:
    app.call("subscribe", stage.feed)
    app.call("update")
    pages = sorted({asked.path for asked in stage.server.read_requests() if asked.agent.startswith("gPodder")})
    if pages != ["/tales/podcast.xml", "/tales/podcast/1.xml"]:
        raise Failed(f"it asked for {pages}")
    pending = app.call("pending")
    return f"{pending.strip().splitlines()[-1]}, pages {', '.join(pages)}"


def _compare(app: Gpodder, told: list[Episode]) -> str:
    return agree(told, [_read(row) for row in app.episodes()])


def _read(row: sqlite3.Row) -> Row:
    return {
        "guid": row["guid"],
        "title": row["title"],
        "link": row["link"],
        "day": name_day(row["published"]),
        "sound": drop_version(row["url"]),
        "size": row["file_size"],
        "mime": row["mime_type"],
        "seconds": row["total_time"],
        "image": drop_version(row["episode_art_url"]),
    }


def _download(app: Gpodder, stage: Stage) -> str:
    told = stage.episodes()
    wanted = [told[0], told[-1]]
    for episode in wanted:
        app.call("download", stage.feed, episode.guid)
    found = [path.read_bytes() for path in app.files()]
    if sorted(found) != sorted(episode.sound for episode in wanted):
        raise Failed(f"{len(found)} files, not byte for byte those of the archive")
    return f"{len(found)} files, {sum(map(len, found))} bytes, the same as in the archive"


def _ask_again(app: Gpodder, stage: Stage) -> str:
    before = len(app.episodes())
    app.call("update")
    last = [asked for asked in stage.server.read_requests() if asked.agent.startswith("gPodder")][-1]
    if last.status != 304 or len(app.episodes()) != before:
        raise Failed(f"{last.path} was answered with {last.status}; {len(app.episodes())} stories")
    return f"304, still {before} stories"
