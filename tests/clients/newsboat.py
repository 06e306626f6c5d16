"""Newsboat reads the first page into SQLite and queues the recordings; podboat, in a terminal of its own, fetches them."""

import os
import pty
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from tests.clients.processes import DEADLINE, Failed, make_environment, run
from tests.clients.stage import Stage, Step, agree
from tests.clients.truth import Episode, Row, drop_version, name_day, read_lines

NEEDS = ("newsboat", "podboat")
PAGE = 100  # stories on the first page; it does not look at others
ITEMS = "SELECT guid, title, url, pubDate, content, enclosure_url, enclosure_type FROM rss_item ORDER BY pubDate DESC"


def steps(stage: Stage) -> Iterator[Step]:
    """Reload, compare everything, fetch the queue."""
    home = stage.home("newsboat")
    told = stage.episodes()[:PAGE]
    yield "reloads in batch", partial(reload, home, stage.feed)
    yield "knows every story of the first page as it is", partial(_compare, home, told)
    yield "podboat downloads the queue", partial(_download, home, told)


def reload(home: Path, feed: str) -> str:
    """Read the feed and say how many are unread."""
    (home / ".newsboat").mkdir(exist_ok=True)
    (home / "urls").write_text(f"{feed}\n", "utf-8")
    (home / "config").write_text(f'download-path "{home}/sounds"\npodcast-auto-enqueue yes\nmax-downloads 4\n', "utf-8")
    return run([*_newsboat(home), "-q", "-x", "reload", "print-unread"], home).strip()


def read_items(home: Path) -> list[sqlite3.Row]:
    """Return all it knows, newest first."""
    with closing(sqlite3.connect(home / "cache.db")) as database:
        database.row_factory = sqlite3.Row
        return database.execute(ITEMS).fetchall()


def _newsboat(home: Path) -> list[str]:
    return ["newsboat", "-u", f"{home}/urls", "-C", f"{home}/config", "-c", f"{home}/cache.db"]


def _compare(home: Path, told: list[Episode]) -> str:
    return agree(told, [_read(row) for row in read_items(home)])


def _read(row: sqlite3.Row) -> Row:
    return {
        "guid": row["guid"],
        "title": row["title"],
        "link": row["url"],
        "day": name_day(row["pubDate"]),
        "about": read_lines(row["content"])[:-1],  # the notes; they end with what a story leaves one with
        "sound": drop_version(row["enclosure_url"]),
        "mime": row["enclosure_type"],
    }


def _download(home: Path, told: list[Episode]) -> str:
    (home / "sounds").mkdir()
    screen, terminal = pty.openpty()
    process = subprocess.Popen(
        ["podboat", "-a", "-C", f"{home}/config"],
        cwd=home,
        env=make_environment(home),
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )
    os.close(terminal)
    try:
        _watch(process, screen, home, len(told))
    finally:
        process.kill()
        process.wait()
        os.close(screen)
    found = sorted(path.read_bytes() for path in (home / "sounds").glob("*.mp3"))
    if found != sorted(episode.sound for episode in told):
        raise Failed(f"{len(found)} files, not byte for byte those of the archive")
    return f"{len(found)} files, {sum(map(len, found))} bytes, the same as in the archive"


def _watch(process: "subprocess.Popen[bytes]", screen: int, home: Path, count: int) -> None:
    """Read what it draws until all files are there, then press q."""
    os.set_blocking(screen, False)
    end, quitting = time.monotonic() + DEADLINE, False
    while process.poll() is None:
        if time.monotonic() > end:
            raise Failed(f"podboat did not end in {DEADLINE} seconds")
        try:
            os.read(screen, 1 << 16)
        except OSError:  # nothing to read yet, or its end
            time.sleep(0.05)
        if not quitting and len(list((home / "sounds").glob("*.mp3"))) == count:
            os.write(screen, b"q")
            quitting = True
