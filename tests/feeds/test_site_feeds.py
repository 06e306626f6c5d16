"""The feeds as part of the site: what is written, when, and what a listener's app sees of a change."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree

from generator.feeds.tree import ITUNES, PODCAST
from generator.site.build import BuildReport, build_site
from generator.site.check import check_site
from generator.site.feeds import make_feeds, write_feeds
from generator.site.shelf import make_shelf
from generator.story import Slot
from tests.feeds.library import CARDS, NEWEST, OUTLET, make_library, make_light, make_page
from tests.running import run
from tests.site import heard, sample

SPACES = {"itunes": ITUNES, "podcast": PODCAST, "atom": "http://www.w3.org/2005/Atom"}
URL = "https://example.org/tales/"
PARTS = ["cast/moss", "genres/bedtime", "languages/en", "series/lantern-nights"]
SETTINGS = """
[podcast]
series = ["lantern-nights"]
cast = ["moss"]
genres = ["bedtime"]
languages = ["en"]
"""


def build(root: Path, **options: object) -> BuildReport:
    return build_site(root / "mkdocs.yml", root / "site", cache=root / "cache", **options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("feeds")
    heard.write_site(root)
    (root / "taleshelf.toml").write_text(SETTINGS)
    build(root)
    return root


@pytest.fixture
def root(grown: Path, tmp_path: Path) -> Path:
    """An archive of six nights whose site is built."""
    return shutil.copytree(grown, tmp_path / "archive", copy_function=shutil.copyfile)


def story_of(root: Path, number: int = 0) -> Path:
    return next(root.glob(f"content/stories/{sample.make_page(number).slot.day:%Y/%m/%d}-*"))


def read(root: Path, name: str = "podcast.xml") -> etree._Element:
    return etree.parse(root / "site" / name).getroot()


def list_guids(root: Path, name: str = "podcast.xml") -> list[str]:
    return [row.text or "" for row in read(root, name).iter("guid")]


def find_item(root: Path, guid: str) -> dict[str, str]:
    """Return what an app keeps of an item."""
    for item in read(root).iter("item"):
        if item.findtext("guid") == guid:
            enclosure = item.find("enclosure")
            assert enclosure is not None
            return {"title": item.findtext("title") or "", **{str(k): str(v) for k, v in enclosure.attrib.items()}}
    raise LookupError(guid)


def feeds_of(root: Path) -> dict[str, bytes]:
    site = root / "site"
    names = [*site.glob("*.xml"), *site.glob("feed*.*"), *site.rglob("podcast/**/*")]
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(set(names)) if path.is_file()}


def inodes(root: Path) -> dict[str, int]:
    return {name: (root / "site" / name).stat().st_ino for name in feeds_of(root)}


def test_every_feed_of_a_site_is_well_formed_and_names_itself(grown: Path) -> None:
    feeds = [name for name in feeds_of(grown) if name.endswith(".xml") and name != "sitemap.xml"]
    assert sorted(feeds) == sorted(["feed.xml", "podcast.xml", *(f"podcast/{part}.xml" for part in PARTS)])
    for name in feeds:
        link = read(grown, name).find("channel/atom:link[@rel='self']", SPACES)
        assert link is not None
        assert link.get("href") == f"{URL}{name}"
    listed = [row.get("xmlUrl") for row in read(grown, "feeds.opml").iter("outline")]
    assert listed[0] == f"{URL}podcast.xml"
    assert sorted(map(str, listed)) == sorted(f"{URL}{name}" for name in feeds)
    assert json.loads((grown / "site/feed.json").read_text())["feed_url"] == f"{URL}feed.json"


def test_everything_a_feed_leads_to_is_on_the_site_with_the_bytes_it_says(grown: Path) -> None:
    for item in read(grown).iter("item"):
        enclosure = item.find("enclosure")
        assert enclosure is not None
        named = [enclosure.get("url"), item.findtext("link") + "index.html"]
        named += [row.get("url") for row in item.findall("podcast:transcript", SPACES)]
        named += [row.get("url") for row in item.findall("podcast:chapters", SPACES)]
        assert len(named) == 5
        files = [grown / "site" / urlsplit(str(url)).path.removeprefix("/tales/") for url in named]
        assert all(file.is_file() for file in files)
        assert files[0].stat().st_size == int(enclosure.get("length", 0))
    cover = read(grown).find("channel/itunes:image", SPACES)
    assert cover is not None
    assert (grown / "site" / str(cover.get("href")).removeprefix(URL)).is_file()
    names = [urlsplit(str(row.get("url"))).path.rpartition("/")[2] for row in read(grown).iter("enclosure")]
    assert len(set(names)) == len(names) == 6, "apps keep all recordings in one folder"


def test_the_length_is_that_of_the_recording(grown: Path) -> None:
    from mutagen.mp3 import MP3

    told = [int(row.text or 0) for row in read(grown).iter(f"{{{ITUNES}}}duration")]
    info = MP3(story_of(grown) / "narration.mp3").info
    assert info
    assert told == [round(info.length), 4, 4, 4, 4, 4]


def test_parts_hold_the_stories_of_their_kind(grown: Path) -> None:
    guids = [f"taleshelf:{NEWEST - timedelta(days=number)}" for number in range(6)]
    assert list_guids(grown) == list_guids(grown, "podcast/cast/moss.xml") == guids
    assert list_guids(grown, "podcast/series/lantern-nights.xml") == [guids[0], guids[4]]
    assert list_guids(grown, "podcast/genres/bedtime.xml") == [guids[0]]


def test_a_new_story_rewrites_the_feeds_it_enters_and_no_others(root: Path) -> None:
    before = inodes(root)
    page = replace(sample.make_page(0), slot=Slot(NEWEST + timedelta(days=1)), title="Another", guid="new", series="")
    sample.write_story(root / "content", replace(page, genre=sample.make_page(1).genre))
    build(root)
    after = inodes(root)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {
        "feed.json", "feed.xml", "podcast.xml", "podcast/cast/moss.xml", "podcast/languages/en.xml", "sitemap.xml",
    }  # fmt: skip
    assert list_guids(root)[0] == "new"
    kept = feeds_of(root)
    build(root, full=True)
    assert feeds_of(root) == kept


def test_a_night_without_news_rewrites_nothing(root: Path) -> None:
    before = inodes(root)
    assert build(root).printed == 0
    assert {name for name, node in inodes(root).items() if node != before[name]} <= {"sitemap.xml"}


def test_a_guid_survives_another_title_another_recording_and_another_host(root: Path) -> None:
    first, guids = find_item(root, "taleshelf:2026-11-21"), list_guids(root)
    folder = story_of(root)
    sample.rewrite(folder, title="The Light That Stayed")
    folder.rename(folder.with_name("21-the-light-that-stayed"))
    build(root)
    retitled = find_item(root, "taleshelf:2026-11-21")
    assert retitled["title"] == "The Light That Stayed"
    assert retitled["url"] != first["url"]
    (story_of(root) / "narration.mp3").write_bytes(sample.make_mp3(6))
    build(root)
    read_again = find_item(root, "taleshelf:2026-11-21")
    assert read_again["length"] != first["length"]
    assert urlsplit(read_again["url"]).path == urlsplit(retitled["url"]).path
    assert read_again["url"] != retitled["url"], "an app asks for a recording once"
    sample.write_settings(root, "https://elsewhere.example.net/")
    build(root)
    assert find_item(root, "taleshelf:2026-11-21")["url"].startswith("https://elsewhere.example.net/stories/")
    assert list_guids(root) == guids


def test_recordings_and_pictures_may_be_elsewhere(root: Path) -> None:
    (root / "taleshelf.toml").write_text('[media]\nbase_url = "https://media.example.net/t"\n')
    build(root)
    for item in read(root).iter("item"):
        enclosure = item.find("enclosure")
        assert enclosure is not None
        assert str(enclosure.get("url")).startswith("https://media.example.net/t/stories/2026/11/")
        assert str(item.findtext("link")).startswith(URL)
        transcript = item.find("podcast:transcript", SPACES)
        assert transcript is not None
        assert str(transcript.get("url")).startswith(URL), "a page may read captions of its own host only"
    folder = story_of(root).relative_to(root / "content")
    chapters = json.loads((root / "site" / folder / "chapters.json").read_text())["chapters"]
    assert chapters[1]["img"] == f"https://media.example.net/t/{folder.as_posix()}/scene-2.webp"


def test_a_story_that_nobody_has_read_aloud_is_in_the_feeds_for_reading_only(root: Path) -> None:
    sample.rewrite(story_of(root, 2), pending=("narration",))
    build(root)
    guid = "taleshelf:2026-11-19"
    assert guid not in list_guids(root)
    assert guid in list_guids(root, "feed.xml")
    items = {item["id"]: item for item in json.loads((root / "site/feed.json").read_text())["items"]}
    assert "attachments" not in items[guid]
    assert "leaned in to hear her better" in items[guid]["content_html"].replace("leans", "leaned")


def test_a_word_that_changes_in_a_story_changes_in_the_feeds_for_reading(root: Path) -> None:
    before = feeds_of(root)
    with (story_of(root) / "index.md").open("a", encoding="utf-8") as page:
        page.write("\nAnd the lantern burned on.\n")
    build(root)
    after = feeds_of(root)
    assert {name for name in after if after[name] != before[name]} == {"feed.json", "feed.xml"}
    assert b"And the lantern burned on." in after["feed.xml"]


def test_a_feed_that_nobody_names_any_more_is_gone_with_its_cover(root: Path) -> None:
    before = feeds_of(root)
    (root / "taleshelf.toml").write_text(SETTINGS.replace('["moss"]', "[]"))
    build(root)
    gone = before.keys() - feeds_of(root).keys()
    assert "podcast/cast/moss.xml" in gone
    assert len(gone) == 2


def test_a_copied_story_is_no_second_episode(root: Path) -> None:
    story = story_of(root, 1)
    shutil.copytree(story, story.with_name(f"{story.name}-copied"))
    build(root)
    assert len(list_guids(root)) == len(set(list_guids(root))) == 6


def test_mkdocs_alone_writes_the_same_feeds(root: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(root / "mkdocs.yml"), "-d", str(root / "plain")]
    subprocess.run(command, check=True, capture_output=True, cwd=sample.REPOSITORY)
    for name, data in feeds_of(root).items():
        if name != "sitemap.xml":
            assert (root / "plain" / name).read_bytes() == data, name
    folder = story_of(root).relative_to(root / "content")
    for name in ("transcript.vtt", "transcript.html", "chapters.json", "2026-11-21-the-lantern-that-stayed.mp3"):
        assert (root / "plain" / folder / name).read_bytes() == (root / "site" / folder / name).read_bytes()


def test_an_owners_own_feed_and_cover_stand(root: Path) -> None:
    (root / "content/feed.json").write_text("{}")
    shutil.copy(story_of(root) / "cover-square.jpg", root / "content/podcast.jpg")
    build(root)
    assert (root / "site/feed.json").read_text() == "{}"
    cover = read(root).find("channel/itunes:image", SPACES)
    assert cover is not None
    assert str(cover.get("href")).startswith(f"{URL}podcast.jpg?v=")
    assert not list((root / "site/podcast").glob("cover-*"))
    (root / "content/feed.json").unlink()
    build(root)
    assert json.loads((root / "site/feed.json").read_text())["items"]


@pytest.mark.parametrize("url", ["", URL])
def test_a_site_without_an_address_has_no_feeds(tmp_path: Path, url: str) -> None:
    site = build_site(sample.write_site(tmp_path, 1, url)).site_dir
    for name in ("podcast.xml", "feed.xml", "subscribe/index.html"):
        assert (site / name).exists() == bool(url), name
    assert ("podcast.xml" in (site / "index.html").read_text()) == bool(url)


def test_the_check_of_the_site_finds_nothing_wrong(grown: Path) -> None:
    assert check_site(grown / "site", "/tales/") == ()


def test_one_more_story_among_many_touches_two_pages_of_each_feed(tmp_path: Path) -> None:
    shelf = make_library(tmp_path, 350)
    more = make_light(make_page(slot=Slot(NEWEST + timedelta(days=1)), guid="new", series=""))
    grown = make_shelf([more, *shelf.stories], CARDS, outlet=OUTLET)
    before, after = make_feeds(shelf, tmp_path, {}), make_feeds(grown, tmp_path, {})
    changed = {path for path in after if path not in before or after[path].key != before[path].key}
    assert changed == {
        *("podcast.xml", "podcast/3.xml"), *("feed.xml", "feed/4.xml"), *("feed.json", "feed/4.json"),
    }  # fmt: skip


def test_following_the_pages_of_a_feed_finds_every_story(tmp_path: Path) -> None:
    shelf = make_library(tmp_path / "content", 250)
    feeds = make_feeds(shelf, tmp_path / "content", {})
    write_feeds(feeds, feeds, tmp_path / "site")
    guids: list[str] = []
    for path in follow(tmp_path / "site", "podcast.xml"):
        guids += [row.text or "" for row in etree.parse(path).getroot().iter("guid")]
    assert guids == [make_page(number).guid for number in range(250)]


def follow(site: Path, name: str) -> Iterator[Path]:
    while name:
        yield site / name
        link = etree.parse(site / name).getroot().find("channel/atom:link[@rel='next']", SPACES)
        name = str(link.get("href")).removeprefix(OUTLET.url) if link is not None else ""


def test_the_build_command_pins_the_guids_of_a_site_with_an_address_of_its_own(tmp_path: Path) -> None:
    sample.write_site(tmp_path, 1)
    assert ".podcast.json" not in run(tmp_path, "build").out
    sample.write_settings(tmp_path, "https://tales.somewhere.net/")
    first = run(tmp_path, "build")
    assert (first.code, ".podcast.json" in first.out) == (0, True)
    guid = read(tmp_path).find("channel/podcast:guid", SPACES)
    sample.write_settings(tmp_path, "https://elsewhere.net/tales/")
    assert ".podcast.json" not in run(tmp_path, "build").out
    moved = read(tmp_path).find("channel/podcast:guid", SPACES)
    assert guid is not None
    assert moved is not None
    assert moved.text == guid.text
    assert not list((tmp_path / "site").rglob(".podcast*"))
