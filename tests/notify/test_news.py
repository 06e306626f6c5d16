"""What is read of a story for its news."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.config import load_config
from generator.feeds.outlet import read_outlet
from generator.notify.letter import make_bulletin
from generator.notify.news import News, read_news
from tests.notify.test_letter import HOSTILE, check, mail
from tests.site import sample


def read(root: Path, **changes: object) -> News:
    """Write a story, with podcasts of its own for all it could be in, and read it as news."""
    sample.write_site(root, 0)
    (root / "taleshelf.toml").write_text(
        '[podcast]\nseries = ["lantern-nights"]\ncast = ["moss", "quill"]\ngenres = ["bedtime", "spooky"]\nlanguages = ["en", "de"]\n'
    )
    page = replace(sample.make_page(0), **changes)  # type: ignore[arg-type]
    folder = sample.write_story(root / "content", page, size=(800, 600))
    outlet = read_outlet(root, "Tales", load_config(root).site_url, "")
    assert outlet
    return read_news(folder, root / "content", outlet)


def test_news_name_every_feed_the_story_is_in(tmp_path: Path) -> None:
    news = read(tmp_path)
    assert [feed.removeprefix("https://example.org/tales/") for feed in news.feeds] == [
        "podcast.xml",
        "podcast/series/lantern-nights.xml",
        "podcast/cast/moss.xml",
        "podcast/genres/bedtime.xml",
        "podcast/languages/en.xml",
        "feed.xml",
        "feed.json",
    ]
    assert news.series == "Lantern Nights"
    assert news.minutes == "3 minutes"
    assert news.sound.startswith("https://example.org/tales/stories/2026/11/21-the-lantern-that-stayed/")


def test_a_story_that_cannot_be_heard_yet_is_news_for_readers_only(tmp_path: Path) -> None:
    news = read(tmp_path, pending=("narration",), seconds=0.0, read_by="")
    assert (news.sound, news.podcast) == ("", "")
    assert [feed.rpartition("/")[2] for feed in news.feeds] == ["feed.xml", "feed.json"]
    assert "still being made" in news.promise
    assert "Listen" not in make_bulletin(news, ()).letter.html


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.strip("\x00 ")])
def test_a_hostile_story_becomes_one_harmless_mail(tmp_path: Path, text: str) -> None:
    news = read(tmp_path, title=text, description=text, question=text, cover_alt=text, written_by=text)
    check(news)
    assert mail(news)["Message-ID"].startswith("<2026-11-21.")
