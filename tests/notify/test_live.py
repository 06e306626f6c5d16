"""Nobody is told of a story before readers can see all of it."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from generator.notify.live import find_fault, wait_until_live
from generator.notify.news import News
from generator.site.serve import make_server
from tests.notify.conftest import BASE, NEWEST, READERS, Published, Teller
from tests.notify.post_office import PostOffice
from tests.notify.test_letter import make_news
from tests.running import answering

Break = Callable[[Path, Path], None]


@contextmanager
def serving(site: Path) -> Iterator[str]:
    with answering(make_server(site, 0, BASE), BASE) as url:
        yield url


def lose_page(story: Path, _site: Path) -> None:
    (story / "index.html").unlink()


def keep_old_page(story: Path, _site: Path) -> None:
    (story / "index.html").write_text("<!doctype html><title>Soon</title>")


def lose_feed(_story: Path, site: Path) -> None:
    (site / "podcast.xml").unlink()


def keep_old_feed(_story: Path, site: Path) -> None:
    feed = site / "podcast.xml"
    feed.write_text(feed.read_text().replace(f"taleshelf:{NEWEST}</guid>", "taleshelf:another</guid>"))


def lose_sound(story: Path, _site: Path) -> None:
    next(story.glob("*.mp3")).unlink()


def empty_sound(story: Path, _site: Path) -> None:
    next(story.glob("*.mp3")).write_bytes(b"")


@pytest.fixture
def site(published: Published, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published.site, tmp_path / "site"))


def look(published: Published, url: str) -> str:
    """Look for the newest story of the built site at another address; what it links stays where it was."""
    from generator.archive import Archive
    from generator.feeds.outlet import read_outlet
    from generator.notify.news import read_news

    outlet = read_outlet(published.root, "Tales", published.url, "")
    assert outlet
    folder = Archive(published.root / "content/stories").folders()[0]
    news = read_news(folder, published.root / "content", outlet)
    return find_fault(move(news, published.url, url))


def move(news: News, old: str, new: str) -> News:
    return replace(
        news, url=news.url.replace(old, new), site=new, sound=news.sound.replace(old, new), podcast=f"{new}podcast.xml"
    )


def rebase(site: Path, old: str, new: str) -> None:
    for path in (*site.glob("stories/*/*/*/index.html"), site / "podcast.xml"):
        path.write_text(path.read_text().replace(old, new))


def test_a_whole_story_can_be_told_of(published: Published, site: Path) -> None:
    with serving(site) as url:
        rebase(site, published.url, url)
        assert look(published, url) == ""


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lose_page, "answers 404"),
        (keep_old_page, "does not show the story yet"),
        (lose_feed, "podcast.xml answers 404"),
        (keep_old_feed, "does not have the story yet"),
        (lose_sound, "players need 206 audio/mpeg"),
        (empty_sound, "players need 206 audio/mpeg"),
    ],
)
def test_a_story_of_which_something_is_missing_is_not(
    published: Published, site: Path, spoil: Break, said: str
) -> None:
    with serving(site) as url:
        rebase(site, published.url, url)
        spoil(next(site.glob(f"stories/{NEWEST:%Y/%m/%d}-*")), site)
        assert said in look(published, url)


def test_an_older_story_is_found_on_a_later_page_of_the_feed(published: Published, site: Path) -> None:
    with serving(site) as url:
        rebase(site, published.url, url)
        (site / "podcast").mkdir(exist_ok=True)
        (site / "podcast.xml").rename(site / "podcast/1.xml")
        (site / "podcast.xml").write_text(f'<rss><atom:link rel="next" href="{url}podcast/1.xml"/></rss>')
        assert look(published, url) == ""
        (site / "podcast.xml").write_text(f'<rss><atom:link rel="next" href="{url}podcast.xml"/></rss>')
        assert "does not have the story yet" in look(published, url)


def test_it_waits_with_growing_patience_and_gives_up_in_the_end() -> None:
    news = replace(make_news(), url="http://127.0.0.1:9/tales/", site="http://127.0.0.1:9/")
    naps: list[float] = []
    assert "cannot be reached" in wait_until_live(news, 120, lambda: sum(naps), naps.append)
    assert sum(naps) == 120
    assert naps[0] == 5
    assert max(naps) <= 30
    assert naps[:-1] == sorted(naps[:-1])


def test_a_story_that_appears_while_it_waits_is_told_of(
    teller: Teller, published: Published, site: Path, office: PostOffice
) -> None:
    teller.set("smtp")
    story = next(site.glob(f"stories/{NEWEST:%Y/%m/%d}-*"))
    hidden = story.rename(site / "hidden")
    with serving(site) as url:
        rebase(site, published.url, url)
        page = hidden / "index.html"
        page.write_text(page.read_text().replace(published.url, url))
        settings = teller.root / "mkdocs.yml"
        settings.write_text(settings.read_text().replace(published.url, url))
        assert teller.run("--wait", "0") == 4
        assert f"{NEWEST} cannot be read yet" in teller.said
        assert office.mails == []
        assert teller.states(NEWEST) == {}
        appearing = threading.Timer(1, lambda: hidden.rename(story))
        appearing.start()
        assert teller.run("--wait", "2") == 0
        appearing.join()
        assert office.readers == sorted(READERS)
