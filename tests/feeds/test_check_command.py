"""`taleshelf feed check`, run as a person runs it."""

import json
import shutil
from pathlib import Path

import pytest

from tests.feeds.sample import FIRST_PAGE, make_files, write_site
from tests.feeds.server import Podcast, serve
from tests.running import Ran, run
from tests.site.sample import write_settings

BASE = "https://example.org/tales/"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive with a built podcast and nothing else."""
    root = tmp_path / "archive"
    root.mkdir()
    write_settings(root, BASE)
    write_site(root / "site", BASE)
    return root


def check(root: Path, *arguments: str) -> Ran:
    return run(root, "feed", "check", *arguments)


def break_feed(root: Path, old: str, new: str) -> Path:
    page = root / "site" / FIRST_PAGE
    assert old in page.read_text()
    page.write_text(page.read_text().replace(old, new, 1))
    return page


def test_the_feed_of_the_built_site_is_checked_without_an_argument(archive: Path) -> None:
    ran = check(archive)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "All is well: 0 errors, 0 warnings and 0 hints in 2 pages, 5 items and 26 linked files.\n"


def test_an_error_ends_with_1_and_names_its_line(archive: Path) -> None:
    page = break_feed(archive, "<itunes:explicit>false", "<itunes:explicit>no")
    ran = check(archive)
    assert ran.code == 1
    line = page.read_text().partition("<itunes:explicit>no")[0].count("\n") + 1
    assert f"{page}:{line}: error T08: " in ran.out
    assert "1 errors, 0 warnings" in ran.err


def test_a_warning_ends_with_0_but_not_where_one_is_strict(archive: Path) -> None:
    break_feed(archive, "<itunes:author>The Lantern Makers</itunes:author>", "")
    assert check(archive).code == 0
    assert check(archive, "--strict").code == 1


def test_json_is_for_programs(archive: Path) -> None:
    break_feed(archive, "<podcast:medium>podcast", "<podcast:medium>stories")
    ran = check(archive, "--json")
    (report,) = json.loads(ran.out)["feeds"]
    assert ran.code == 1
    assert (report["errors"], report["warnings"], report["pages"], report["items"]) == (1, 0, 2, 5)
    assert report["findings"][0]["code"] == "P13"
    assert report["findings"][0]["url"].endswith("docs/tags/medium.md")


def test_all_feeds_of_the_site_are_checked_and_their_files_once(archive: Path) -> None:
    text = (archive / "site" / FIRST_PAGE).read_text()
    series = text.replace(f"{BASE}{FIRST_PAGE}", f"{BASE}series/podcast.xml")
    (archive / "site" / "series").mkdir()
    (archive / "site" / "series" / FIRST_PAGE).write_text(series)
    (archive / "site" / "feed.xml").write_text("<rss version='2.0'><channel><title>To read</title></channel></rss>")
    ran = check(archive)
    assert ran.code == 0, ran.out + ran.err
    assert "P04" in ran.out  # it has the podcast:guid of the other show
    assert "2 feeds: 4 pages, 10 items and 26 linked files" in ran.out
    assert "series/podcast.xml:" in ran.out
    guid = text.partition("<podcast:guid>")[2].partition("<")[0]
    (archive / "content").mkdir()
    (archive / "content" / ".podcast.json").write_text(json.dumps({"series/podcast.xml": guid}))
    assert "P04" not in check(archive).out, "it is the guid that is pinned"


def test_a_page_alone_is_checked_without_what_it_links(archive: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone.xml"
    shutil.copy(archive / "site" / FIRST_PAGE, alone)
    ran = check(tmp_path, str(alone))
    assert ran.code == 0
    assert "1 page, 3 items and 0 linked files, 16 not looked at" in ran.out


def test_what_was_published_before_is_compared(archive: Path, tmp_path: Path) -> None:
    before = tmp_path / "before.xml"
    shutil.copy(archive / "site" / FIRST_PAGE, before)
    assert check(archive, "--before", str(before)).code == 0
    break_feed(archive, '<guid isPermaLink="false">', '<guid isPermaLink="false">urn:again:')
    ran = check(archive, "--before", str(before))
    assert ran.code == 1
    assert "error C02" in ran.out


def test_a_pinned_guid_is_compared(archive: Path) -> None:
    assert check(archive, "--guid", "9b024349-ccf0-5f69-a609-6b82873eab3c").code == 1


def test_what_is_not_there_is_bad_input(archive: Path) -> None:
    assert check(archive, "nothing.xml").code == 2
    assert check(archive, "--before", "nothing.xml").code == 2
    shutil.rmtree(archive / "site")
    ran = check(archive)
    assert ran.code == 2
    assert "taleshelf build" in ran.err


def test_a_server_is_asked_and_one_that_is_not_there_ends_with_4(tmp_path: Path) -> None:
    with serve(Podcast()) as podcast:
        podcast.files |= make_files(podcast.base)
        address = podcast.base + FIRST_PAGE
        ran = check(tmp_path, address, "--newest", "1", "--before", address)
        assert ran.code == 0, ran.out + ran.err
        assert "2 pages, 5 items and 6 linked files, 4 not looked at" in ran.out
        gone = check(tmp_path, podcast.base + "other.xml")
        assert gone.code == 1
        assert f"{podcast.base}other.xml:0: error H01" in gone.out
    silent = check(tmp_path, address)
    assert silent.code == 4
    assert "cannot be reached" in silent.err


def test_what_a_stranger_writes_does_nothing_to_a_terminal(archive: Path) -> None:
    break_feed(archive, "<podcast:medium>podcast", "<podcast:medium>\u009b31m\u202e")
    for ran in (check(archive), check(archive, "--json")):
        assert "P13" in ran.out
        assert "\u009b" not in ran.out
        assert "\u202e" not in ran.out
