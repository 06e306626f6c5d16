"""A story that is told again under another title, read again, moved, and hosted elsewhere is still the one that apps know."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from generator.page import parse_page, render_page
from tests.clients import mails, newsboat
from tests.clients.archive import record
from tests.clients.gpodder import Gpodder
from tests.clients.links import ask
from tests.clients.processes import Failed
from tests.clients.stage import Stage, Step, check_all
from tests.clients.truth import compare, drop_version

NEEDS = ("gpo", "newsboat", "r2e")
PAGE = newsboat.PAGE
TITLE = "The Lantern That Came Back"
SECONDS = 31  # of the new recording


def steps(stage: Stage) -> Iterator[Step]:
    """Subscribe, change the newest story and the host of all recordings, and ask again."""
    app = Gpodder(stage.home("again-gpo"))
    yield "gpo, newsboat and rss2email know the stories", partial(_subscribe, app, stage)
    yield "a story is retitled, moved and read again, all are hosted elsewhere", partial(_tell_again, stage)
    yield "gpo shows no second copy", partial(_update, app, stage)
    yield "newsboat shows no second copy", partial(_reload, stage)
    yield "rss2email writes no second letter", partial(_write, stage)


def _subscribe(app: Gpodder, stage: Stage) -> str:
    app.call("subscribe", stage.feed)
    app.call("download", stage.feed, stage.episodes()[0].guid)
    newsboat.reload(stage.home("again-newsboat"), stage.feed)
    mails.subscribe(stage.home("again-mails"), stage.feed)
    mails.call(stage.home("again-mails"), "run")
    return f"{len(app.episodes())} stories, {len(newsboat.read_items(stage.home('again-newsboat')))} articles, {_count(stage)} letters"


def _tell_again(stage: Stage) -> str:
    before = stage.episodes()[0]
    old = before.sound
    page = parse_page((before.folder / "index.md").read_text("utf-8"))
    folder = before.folder.rename(before.folder.with_name(f"{page.slot.day.day}-the-lantern-that-came-back"))
    (folder / "index.md").write_text(render_page(replace(page, title=TITLE)), "utf-8")
    record(folder, SECONDS)
    stage.archive.host_media(stage.server.media_url)
    stage.build()
    after = stage.episodes(stage.server.media_url)[0]
    if after.guid != before.guid or after.row["sound"] == before.row["sound"] or after.sound == old:
        raise Failed("the story is not another")
    if ask(str(after.row["sound"])).body != after.sound:
        raise Failed(f"{after.row['sound']} is not its new recording")
    return f"{before.row['sound']} is now {after.row['sound']}"


def _update(app: Gpodder, stage: Stage) -> str:
    app.call("update")
    # Only at its first visit it looks behind the first page; later it forgets what stands there and was not downloaded.
    told, rows = stage.episodes(stage.server.media_url)[:PAGE], app.episodes()
    found = [
        {"guid": row["guid"], "title": row["title"], "sound": drop_version(row["url"]), "link": row["link"]}
        for row in rows
    ]
    check_all(compare((episode.row for episode in told), found))
    pending = app.call("pending").strip().splitlines()[-1]
    if pending != f"{len(told) - 1} new episodes":  # all but the one that was downloaded
        raise Failed(f"it has {pending!r}")
    app.call("download", stage.feed, told[1].guid)
    if told[1].sound not in [path.read_bytes() for path in app.files()]:
        raise Failed(f"{told[1].row['sound']} was not downloaded")
    return (
        f"still {len(rows)} stories and {pending}, “{rows[0]['title']}” not among them; another comes from the new host"
    )


def _reload(stage: Stage) -> str:
    newsboat.reload(stage.home("again-newsboat"), stage.feed)
    items = newsboat.read_items(stage.home("again-newsboat"))
    if (
        len({item["guid"] for item in items}) != len(items)
        or len(items) != min(PAGE, len(stage.episodes()))
        or items[0]["title"] != TITLE
    ):
        raise Failed(f"{len(items)} articles, the newest is {items[0]['title']!r}")
    return f"still {len(items)} articles; the newest is “{items[0]['title']}”"


def _write(stage: Stage) -> str:
    before = _count(stage)
    mails.call(stage.home("again-mails"), "run")
    if _count(stage) != before:
        raise Failed(f"{_count(stage)} letters instead of {before}")
    return f"still {before} letters"


def _count(stage: Stage) -> int:
    return len(mails.read_letters(stage.home("again-mails")))
