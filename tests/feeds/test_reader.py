"""What gPodder's parser reads of a feed is what the stories' own pages say. `make clients` asks whole programs."""

from typing import Any

import podcastparser
import pytest

from generator.feeds.tree import PODCAST
from generator.site.build import build_site
from tests.clients.archive import ODD, UNHEARD, Archive, write_archive
from tests.clients.truth import compare, drop_version, name_day, read_lines, tell_episodes, tell_show

URL = "https://example.org/tales/"
MEDIA = "https://media.example.org/2026/"
NIGHTS = 7
OLD_NAME = "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"  # the one this parser knows


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = write_archive(tmp_path_factory.mktemp("reader"), URL, NIGHTS)
    archive.host_media(MEDIA)
    build_site(archive.settings)
    return archive


@pytest.fixture(scope="module")
def feed(archive: Archive) -> dict[str, Any]:
    path = archive.root / "site" / "podcast.xml"
    text = path.read_text("utf-8").replace(PODCAST, OLD_NAME)
    path = path.with_name("old.xml")
    path.write_text(text, "utf-8")
    with path.open("rb") as file:
        found: dict[str, Any] = podcastparser.parse(f"{URL}podcast.xml", file)
    return found


def test_a_reader_finds_every_story_that_can_be_heard_with_all_its_fields(
    archive: Archive, feed: dict[str, Any]
) -> None:
    told = [episode.row for episode in tell_episodes(archive, MEDIA)]
    rows = [read_episode(episode) for episode in feed["episodes"]]
    assert compare(told, rows) == []
    assert len(rows) == NIGHTS  # one of which is extra: one has no recording
    assert ODD in [row["title"] for row in rows]
    assert UNHEARD < NIGHTS


def test_a_reader_finds_what_the_owner_says_of_the_show(archive: Archive, feed: dict[str, Any]) -> None:
    show = {
        "guid": tell_show(archive)["guid"],  # it reads none
        "title": feed["title"],
        "about": feed["description"],
        "link": feed["link"],
        "language": feed["language"],
        "author": feed["itunes_author"],
        "owner": [feed["itunes_owner"]["name"], feed["itunes_owner"]["email"]],
        "categories": feed["itunes_categories"],
        "explicit": feed["explicit"],
        "type": feed["type"],
        "locked": [feed["import_prohibited"], "keeper@example.org"],
    }
    assert compare([tell_show(archive)], [show]) == []


def read_episode(episode: dict[str, Any]) -> dict[str, object]:
    """Return what the parser says under the names of truth.py."""
    sound = episode["enclosures"][0]
    row = {
        "guid": episode["guid"],
        "title": episode["title"],
        "link": episode["link"],
        "day": name_day(episode["published"]),
        "about": read_lines(episode["description_html"])[:-1],  # the notes; they end with what a story leaves one with
        "author": episode["itunes_author"],
        "explicit": episode["explicit"],
        "sound": drop_version(sound["url"]),
        "size": sound["file_size"],
        "mime": sound["mime_type"],
        "seconds": episode["total_time"],
        "episode": episode.get("number"),
        "kind": episode["type"],
        "image": drop_version(episode["episode_art_url"]),
        "persons": [[person["name"], person["role"], person["group"]] for person in episode["persons"]],
    }
    if url := episode.get("chapters_json_url"):
        row["chapters"] = [url, "application/json+chapters"]
    return row
