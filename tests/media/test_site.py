"""A site whose recordings and pictures are on another server: built, checked, heard and saved without their bytes at hand."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from generator.archive import read_page
from generator.bundle import SOUND
from generator.check import check_all
from generator.config import load_config
from generator.media.moving import bring_back, put_away
from generator.media.pointers import read_pointers
from generator.site.build import build_site
from tests.media.conftest import Shelf, serving_store, settle
from tests.site.conftest import Visit, serving, visit  # noqa: F401 - a fixture
from tests.site.test_offline import KEPT, PLAY, Host, save

Open = Callable[..., Visit]


@pytest.fixture
def store(shelf: Shelf) -> Iterator[str]:
    """The address of the store that everything was put into."""
    put_away(shelf.folders, shelf.open())
    with serving_store(shelf.there) as address:
        settle(shelf, address)
        yield address


def build(shelf: Shelf) -> Path:
    return build_site(shelf.root / "mkdocs.yml", cache=shelf.root / ".taleshelf/site").site_dir


def story_of(shelf: Shelf) -> str:
    return f"stories/{shelf.folders[0].relative_to(shelf.root / 'content/stories').as_posix()}/"


def hashes(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != ".taleshelf")
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_site_has_no_byte_of_them_and_no_finding(shelf: Shelf, store: str) -> None:
    site = build(shelf)
    assert not [path for path in (site / "stories").rglob("*") if path.suffix in {".mp3", ".webp", ".jpg"}]
    assert check_all(load_config(shelf.root)).findings == ()
    page = (site / story_of(shelf) / "index.html").read_text()
    away = read_pointers(shelf.folders[0])
    for name in ("cover.webp", "scene-1.webp", "cover-small.webp", "share.jpg", SOUND):
        assert store + away[name].at in page, name
    assert 'width="1600" height="1200"' in page
    assert not any(f'"{name}"' in page for name in away)
    config = load_config(shelf.root)
    other = replace(config, media=replace(config.media, base_url="https://elsewhere.example.org/"))
    foreign = check_all(other).findings
    assert "foreign-request" in {finding.rule for finding in foreign}  # another server than the store is found


def test_feeds_say_address_bytes_and_type_of_what_is_not_here(shelf: Shelf, store: str) -> None:
    feed = etree.parse(build(shelf) / "podcast.xml")
    told = {}
    for item in feed.findall("channel/item"):
        enclosure = item.find("enclosure")
        assert enclosure is not None
        told[enclosure.get("url")] = (int(enclosure.get("length", 0)), enclosure.get("type"))
    sounds = [read_pointers(folder)[SOUND] for folder in shelf.folders]
    assert told == {store + sound.at: (sound.size, "audio/mpeg") for sound in sounds}
    assert all((shelf.there / sound.at).stat().st_size == sound.size for sound in sounds)
    assert all(
        abs(sound.seconds - read_page(folder).seconds) < 0.1
        for sound, folder in zip(sounds, shelf.folders, strict=True)
    )


def test_a_site_that_is_built_on_is_the_one_that_is_built_anew(shelf: Shelf, store: str) -> None:
    build(shelf)
    bring_back(shelf.folders[:1], shelf.open())
    assert any(path.suffix == ".mp3" for path in (build(shelf) / "stories").rglob("*"))
    put_away(shelf.folders, shelf.open())
    on_top = hashes(build(shelf))
    assert not [name for name in on_top if name.endswith(".mp3")]
    fresh = shelf.again(shelf.root.parent / "fresh/archive")
    for name in ("site", ".taleshelf"):
        shutil.rmtree(fresh.root / name, ignore_errors=True)
    assert hashes(build(fresh)) == on_top


def test_another_address_of_the_store_is_on_every_page_at_once(shelf: Shelf, store: str) -> None:
    build(shelf)
    settle(shelf, "https://cdn.example.org/m/")
    site = build(shelf)
    pages = [path.read_text() for path in site.rglob("*") if path.suffix in {".html", ".xml", ".json"}]
    assert not any(store in page for page in pages)
    assert sum("https://cdn.example.org/m/2026/" in page for page in pages) > 10


def test_mkdocs_itself_builds_it_too(shelf: Shelf, store: str) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
    done = subprocess.run(command, cwd=shelf.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    page = (shelf.root / "site" / story_of(shelf) / "index.html").read_text()
    assert store + read_pointers(shelf.folders[0])["scene-1.webp"].at in page
    assert not list((shelf.root / "site/stories").rglob("*.webp"))


@pytest.mark.browser
def test_a_story_is_shown_heard_and_followed_by_the_next(shelf: Shelf, store: str, visit: Open) -> None:  # noqa: F811
    with serving(build(shelf), "/") as address:
        seen = visit(address + story_of(shelf))
        page = seen.page
        page.wait_for_function("document.querySelector('.ts-story__cover').naturalWidth > 0")
        page.evaluate("for (const one of document.querySelectorAll('.ts-text img')) one.loading = 'eager'")
        page.wait_for_function("[...document.querySelectorAll('.ts-text img')].every((one) => one.naturalWidth > 0)")
        page.evaluate(PLAY)
        assert page.evaluate("document.querySelector('audio').src") == store + read_pointers(shelf.folders[0])[SOUND].at
        page.wait_for_function("document.querySelector('audio').ended")
        page.keyboard.press("O")  # one more story
        before = store + read_pointers(shelf.folders[1])[SOUND].at
        page.wait_for_function("address => document.querySelector('audio').src === address", arg=before)
        assert seen.problems == []


@pytest.mark.browser
def test_a_story_is_saved_and_heard_with_both_servers_gone(shelf: Shelf, visit: Open) -> None:  # noqa: F811
    put_away(shelf.folders, shelf.open())
    with serving_store(shelf.there) as address:
        settle(shelf, address)
        host = Host(build(shelf))
        page = visit(host.address + story_of(shelf)).page
        save(page)
        kept = page.evaluate(KEPT)
    host.stop()
    away = read_pointers(shelf.folders[0])
    assert all(f"/{away[name].at}" in kept for name in (SOUND, "cover.webp", "scene-1.webp", "cover-thumb.webp"))
    page.reload()
    page.wait_for_function("document.querySelector('.ts-story__cover').naturalWidth > 0")
    page.evaluate(PLAY)
