import re
import tomllib
from pathlib import Path

import pytest

from generator.config import load_config, parse_config
from generator.errors import ConfigError

ROOT = Path(__file__).parents[1]


def test_the_shipped_settings_are_the_defaults() -> None:
    shipped = tomllib.loads((ROOT / "taleshelf.toml").read_text())
    assert parse_config(shipped, root=ROOT, show="Show") == parse_config({}, root=ROOT, show="Show")


def test_the_shipped_settings_name_every_key() -> None:
    shipped = tomllib.loads((ROOT / "taleshelf.toml").read_text())
    publish = shipped.pop("publish")
    inner = {f"publish.{table}": values for table, values in publish.items() if isinstance(values, dict)}
    own = {"publish": {key: value for key, value in publish.items() if not isinstance(value, dict)}}
    for table, values in (shipped | own | inner).items():
        for key in values:
            outer, _, name = table.rpartition(".")
            wrong = {name: {key: {}}}
            with pytest.raises(ConfigError, match=rf"\[{re.escape(table)}\] {key}: "):
                parse_config({outer: wrong} if outer else wrong, root=ROOT, show="Show")


def test_all_problems_are_reported_together_with_file_and_key() -> None:
    wrong = {
        "stories": {"genres": ["romance"], "catch_up": 99, "ages": [], "minutes": 11, "froms": ["prose"]},
        "site": {"timezone": "Mars/Olympus", "language": "English"},
        "narration": {"speed": "fast", "title": "yes", "voice": 3},
        "storys": {},
    }
    with pytest.raises(ConfigError) as caught:
        parse_config(wrong, root=ROOT, show="Show")
    message = caught.value.message
    assert message.startswith("taleshelf.toml: ")
    for key in ("genres", "catch_up", "ages", "minutes", "timezone", "language", "speed", "title", "voice"):
        assert f"] {key}: " in message
    assert "[stories] froms: unknown (did you mean 'forms'?)" in message
    assert "[storys]: unknown (did you mean 'stories'?)" in message
    assert caught.value.exit_code == 2
    assert caught.value.hint


def test_a_value_is_used() -> None:
    config = parse_config({"site": {"timezone": "Asia/Tokyo"}, "stories": {"minutes": 3}}, root=ROOT, show="Show")
    assert (config.timezone.key, config.minutes) == ("Asia/Tokyo", 3.0)


def test_the_tables_of_providers_are_taken_as_written() -> None:
    tables = {"openai": {"base_url": "http://localhost:11434/v1", "deadline": 90}, "sketch": {"colours": True}}
    assert parse_config({"providers": tables}, root=ROOT, show="Show").providers == tables


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ({"api_key": "x"}, "api_key does not belong into a file"),
        ({"access_token": "x"}, "access_token does not belong into a file"),
        ({"voice": ["a"]}, "voice: ['a'] is neither text nor number nor true or false"),
        ({"deadline": "soon"}, "'soon' is not a number from 1 to 3600"),
        ({"deadline": True}, "True is not a number from 1 to 3600"),
        ({"deadline": 0}, "0 is not a number from 1 to 3600"),
        ("gpt", "write it as a table of its own, [providers.openai]"),
    ],
)
def test_what_no_provider_can_be_told_is_named(table: object, problem: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config({"providers": {"openai": table}}, root=ROOT, show="Show")
    assert problem in caught.value.message
    assert "'x'" not in caught.value.message  # what looks like a key is not repeated


def archive(folder: Path, settings: str = "", mkdocs: str = "site_name: Show\n") -> Path:
    (folder / "taleshelf.toml").write_text(settings)
    (folder / "mkdocs.yml").write_text(mkdocs)
    return folder


def test_settings_that_are_no_toml_are_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"^taleshelf\.toml: .*line 2"):
        load_config(archive(tmp_path, "[site]\ntimezone = UTC\n"))


def test_name_and_path_of_the_site_come_from_mkdocs(tmp_path: Path) -> None:
    mkdocs = "site_name: Night Lamp\nsite_url: !ENV [SITE, 'https://example.org/lamp/']\nmarkdown_extensions:\n  - x: !!python/name:a.b\n"
    config = load_config(archive(tmp_path, mkdocs=mkdocs))
    assert (config.show, config.base_path) == ("Night Lamp", "/lamp/")
    config = load_config(archive(tmp_path, mkdocs="site_name: A\nsite_url: https://example.org/lamp/\n"))
    assert config.base_path == "/lamp/"


@pytest.mark.parametrize(
    "mkdocs", [None, "a: [", "a: \x00", "docs_dir: docs", "site_dir: public", "use_directory_urls: false"]
)
def test_a_missing_or_broken_mkdocs_file_is_one_clear_sentence(tmp_path: Path, mkdocs: str | None) -> None:
    if mkdocs is not None:
        archive(tmp_path, mkdocs=mkdocs)
    with pytest.raises(ConfigError, match=r"mkdocs\.yml"):
        load_config(tmp_path)
