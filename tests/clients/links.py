"""What apps do with the addresses of a feed: HEAD, Range and If-None-Match, and what they find there."""

import html
import io
import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from http.client import HTTPConnection, HTTPResponse
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.clients.processes import DEADLINE, Failed
from tests.clients.stage import Stage, Step, check_all
from tests.clients.truth import Episode

NEEDS: tuple[str, ...] = ()
LINE = 65  # signs of a line of captions, as the podcast namespace wants it
ADDRESS = re.compile(r'(?:href|url)="(http://127[^"]+)"')
TYPES = {
    ".mp3": "audio/mpeg",
    ".jpg": "image/jpeg",
    ".vtt": "text/vtt; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json+chapters",
    ".xml": "application/xml",
}


class Answer(NamedTuple):
    """An answer of the server."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def steps(stage: Stage) -> Iterator[Step]:
    """Ask as apps do, then follow every link."""
    yield "HEAD, Range and If-None-Match are answered", partial(_ask, stage)
    yield "every address in the feed is right", partial(_follow, stage)
    yield "chapters and transcripts are the stories' own", partial(_read_companions, stage)


def ask(url: str, method: str = "GET", **headers: str) -> Answer:
    """Send a request; names of headers are written with _ for -."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=DEADLINE)
    try:
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer: HTTPResponse = connection.getresponse()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()


def _ask(stage: Stage) -> str:
    feed, packed = ask(stage.feed), ask(stage.feed, Accept_Encoding="gzip")
    again = ask(stage.feed, If_None_Match=feed.headers["etag"])
    newest = stage.episodes()[0]
    sound = str(newest.row["sound"])
    head, part = ask(sound, "HEAD"), ask(sound, Range="bytes=1000-1999")
    size = len(newest.sound)
    shown = {
        "the feed is packed": packed.headers.get("content-encoding") == "gzip"
        and len(packed.body) * 4 < len(feed.body),
        "a feed that is known is not sent again": again.status == 304 and not again.body,
        "HEAD tells length and type": (head.headers["content-length"], head.headers["content-type"])
        == (f"{size}", "audio/mpeg"),
        "a part is sent": (part.status, part.body) == (206, newest.sound[1000:2000]),
        "a part says what it is": part.headers["content-range"] == f"bytes 1000-1999/{size}"
        and part.headers["content-type"] == "audio/mpeg",
    }
    check_all([f"not so: {what}" for what, good in shown.items() if not good])
    return f"{len(shown)} of {len(shown)}; the feed is {len(feed.body)} bytes, {len(packed.body)} packed"


def _follow(stage: Stage) -> str:
    pages = [ask(url).body.decode() for url in (stage.feed, f"{stage.server.site_url}podcast/1.xml")]
    urls = {html.unescape(url) for page in pages for url in ADDRESS.findall(page)}
    problems = []
    for url in sorted(urls):
        answer, path = ask(url, "HEAD"), urlsplit(url).path
        kind = TYPES.get(path[path.rfind(".") :], TYPES[".html"])
        if (answer.status, answer.headers.get("content-type")) != (200, kind):
            problems.append(f"{url}: {answer.status} {answer.headers.get('content-type')}")
    check_all(problems[:3])
    sides = {_measure(url) for url in urls if "/cover-" in url and url.partition("?")[0].endswith(".jpg")}
    if not all(mode == "RGB" and width == height and 1400 <= width <= 3000 for mode, width, height in sides):
        raise Failed(f"pictures are {sides}")
    return f"{len(urls)} addresses with the right types; pictures {sorted(sides)}"


def _measure(url: str) -> tuple[str, int, int]:
    from PIL import Image

    with Image.open(io.BytesIO(ask(url).body)) as picture:
        return (picture.mode, *picture.size)


def _read_companions(stage: Stage) -> str:
    timed = [episode for episode in stage.episodes() if episode.row["chapters"]]
    counts = [_read_chapters(episode) + _read_captions(episode) for episode in timed]
    return f"{len(timed)} stories, {sum(counts)} chapters and captions"


def _read_chapters(episode: Episode) -> int:
    told = json.loads(ask(f"{episode.row['link']}chapters.json").body)
    chapters = told["chapters"]
    shown = {
        "version": told["version"].startswith("1.2"),
        "titles": [chapter["title"] for chapter in chapters] == [section.heading for section in episode.page.sections],
        "order": chapters[0]["startTime"] == 0
        and all(one["startTime"] < two["startTime"] for one, two in pairwise(chapters)),
        "end": chapters[-1]["startTime"] < episode.page.seconds,
        "pictures": all(ask(chapter["img"], "HEAD").status == 200 for chapter in chapters),
    }
    check_all([f"the chapters of {episode.guid} have another {what}" for what, good in shown.items() if not good])
    return len(chapters)


def _read_captions(episode: Episode) -> int:
    rows = json.loads((episode.folder / "timing.json").read_text("utf-8"))
    words = " ".join(row["text"] for row in rows).split()
    vtt = ask(f"{episode.row['link']}transcript.vtt").body.decode()
    head, *blocks = [block.splitlines() for block in vtt.strip().split("\n\n")]
    lines = [line for block in blocks for line in block[block.index(next(row for row in block if "-->" in row)) + 1 :]]
    page = re.sub(r"(?s)<head>.*</head>|<[^>]*>", " ", ask(f"{episode.row['link']}transcript.html").body.decode())
    shown = {
        "kind": head[0] == "WEBVTT",
        "words": html.unescape(" ".join(lines)).split() == words,
        "lines": max(map(len, lines)) <= LINE,
        "page": html.unescape(page).split()[len(episode.page.title.split()) :] == words,
    }
    check_all([f"the transcript of {episode.guid} has another {what}" for what, good in shown.items() if not good])
    return len(blocks)
