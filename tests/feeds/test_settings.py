"""What an owner may say about the podcast."""

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from generator.config import parse_config
from generator.errors import ConfigError
from generator.feeds.guids import is_public, make_guid
from generator.feeds.outlet import pin_guids, read_outlet
from generator.feeds.settings import Category, Podcast
from generator.feeds.shows import make_shows
from generator.site.shelf import make_shelf
from tests.feeds.library import CARDS


def parse(**podcast: object) -> Podcast:
    return parse_config({"podcast": podcast}, root=Path(), show="Show").podcast


def test_a_fork_without_any_setting_has_a_podcast() -> None:
    assert parse() == Podcast()


def test_categories_are_spelt_as_apple_spells_them() -> None:
    parsed = parse(categories=["Kids & Family > Stories for Kids", "Fiction", "Arts>Books"])
    assert parsed.categories == (
        Category("Kids & Family", "Stories for Kids"),
        Category("Fiction"),
        Category("Arts", "Books"),
    )


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("categories", ["Kids and Family"], "'Kids and Family' is none of Apple's categories"),
        ("categories", ["Fiction > Stories for Kids"], "'Stories for Kids' is not in 'Fiction'"),
        ("categories", [], "give a list of one to three"),
        ("categories", ["Arts"] * 4, "give a list of one to three"),
        ("explicit", "no", "'no' is neither true nor false"),
        ("email", "somebody", "'somebody' is not an address"),
        ("funding_url", "example.org", "'example.org' is not an address"),
        ("hub", "javascript:alert(1)", "is not an address"),
        ("moved_to", "https://example.org/?a=1", "is not the address of a folder"),
        ("guid", "abc", "'abc' is not a UUID"),
        ("rrule", "daily", "'daily' is not a rule"),
        ("series", "lantern-nights", "give a list of names in quotes"),
        ("genres", ["romance"], "'romance' is none of"),
        ("cover", "../cover.jpg", "is not a JPEG or PNG in content/"),
        ("cover", "/etc/cover.jpg", "is not a JPEG or PNG in content/"),
        ("colour", "blue", "unknown"),
        ("license", "All rights reserved", "needs a license_url"),
        ("funding", "Lamp oil", "needs a funding_url"),
    ],
)
def test_what_cannot_be_is_named(key: str, value: object, problem: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(**{key: value})
    assert f"[podcast] {key}: " in caught.value.message
    assert problem in caught.value.message


def test_the_address_of_the_media_is_that_of_a_folder() -> None:
    config = parse_config({"media": {"base_url": "https://media.example.org/tales"}}, root=Path(), show="Show")
    assert config.media_url == "https://media.example.org/tales/"


@pytest.mark.parametrize(
    ("url", "guid"),
    [
        ("https://podnews.net/rss", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ("http://podnews.net/rss/", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ("http://mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
    ],
)
def test_the_guid_of_a_podcast_follows_the_rule_of_the_namespace(url: str, guid: str) -> None:
    assert make_guid(url) == guid


def write_archive(root: Path, settings: str = "") -> Path:
    (root / "content").mkdir(exist_ok=True)
    (root / "taleshelf.toml").write_text(settings)
    return root


def test_a_guid_is_pinned_once_and_survives_a_move(tmp_path: Path) -> None:
    root = write_archive(tmp_path, '[podcast]\nseries = ["lantern-nights"]\nlanguages = ["en-GB"]\n')
    first = read_outlet(root, "Tales", "https://tales.somewhere.net/", "")
    assert first
    assert pin_guids(first, root / "content")
    moved = read_outlet(root, "Tales", "https://elsewhere.net/tales/", "")
    assert moved
    assert [moved.find_guid(path) for path in first.paths] == [make_guid(first.url + path) for path in first.paths]
    assert not pin_guids(moved, root / "content")
    assert [show.path for show in make_shows(first, make_shelf([], CARDS))] == list(first.paths)


def test_a_new_feed_is_pinned_beside_the_old_ones(tmp_path: Path) -> None:
    outlet = read_outlet(write_archive(tmp_path), "Tales", "https://tales.somewhere.net/", "")
    assert outlet
    assert pin_guids(outlet, tmp_path / "content")
    write_archive(tmp_path, '[podcast]\ncast = ["pip"]\nguid = "9B024349-ccf0-5f69-a609-6b82873eab3c"\n')
    more = read_outlet(tmp_path, "Tales", "https://tales.somewhere.net/", "")
    assert more
    assert pin_guids(more, tmp_path / "content")
    assert more.find_guid("podcast.xml") == "9b024349-ccf0-5f69-a609-6b82873eab3c"


@pytest.mark.parametrize(
    "url", ["https://example.org/", "http://localhost:8000/", "http://127.0.0.1/", "https://a.test/"]
)
def test_an_address_that_is_nobodys_is_not_pinned(tmp_path: Path, url: str) -> None:
    assert not is_public(url)
    outlet = read_outlet(write_archive(tmp_path), "Tales", url, "")
    assert outlet
    assert not pin_guids(outlet, tmp_path / "content")
    assert not list((tmp_path / "content").iterdir())


@pytest.mark.parametrize("text", ["", "[]", '{"podcast.xml": "abc"}', "\xff"])
def test_pins_that_somebody_has_spoilt_are_an_error(tmp_path: Path, text: str) -> None:
    write_archive(tmp_path)
    (tmp_path / "content/.podcast.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigError, match=r"\.podcast\.json cannot be read"):
        read_outlet(tmp_path, "Tales", "https://tales.somewhere.net/", "")


def test_a_card_that_is_not_there_is_named(tmp_path: Path) -> None:
    outlet = read_outlet(write_archive(tmp_path, '[podcast]\nseries = ["late"]\n'), "Tales", "https://a.net/", "")
    assert outlet
    with pytest.raises(ConfigError, match="there is no card 'late'"):
        make_shows(outlet, make_shelf([], CARDS))


def test_a_cover_of_ones_own_has_a_new_address_when_it_changes(tmp_path: Path) -> None:
    write_archive(tmp_path)
    addresses = set()
    for data in (b"one", b"two"):
        (tmp_path / "content/podcast.png").write_bytes(data)
        outlet = read_outlet(tmp_path, "Tales", "https://a.net/", "")
        assert outlet
        assert outlet.cover.startswith("https://a.net/podcast.png?v=")
        addresses.add(outlet.cover)
    assert len(addresses) == 2
    write_archive(tmp_path, '[podcast]\ncover = "art/mine.jpg"\n')
    with pytest.raises(ConfigError, match=r"there is no content/art/mine\.jpg"):
        read_outlet(tmp_path, "Tales", "https://a.net/", "")


def test_the_document_shows_every_setting_with_its_default() -> None:
    text = (Path(__file__).parents[2] / "docs/podcast.md").read_text("utf-8")
    tables = tomllib.loads(text.split("```toml\n")[1].split("```")[0])
    assert parse_config(tables, root=Path(), show="Show") == parse_config({}, root=Path(), show="Show")
    assert set(tables["podcast"]) == {field.name for field in fields(Podcast)}
