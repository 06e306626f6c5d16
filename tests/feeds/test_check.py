"""Every way to break a feed is found, and nothing is found where nothing is wrong."""

import re
from pathlib import Path

import pytest

from generator.feeds.check.feed import Demands, check_feed
from generator.feeds.check.report import Report
from generator.feeds.check.source import Folder
from tests.feeds.broken import TEXTS, Broken
from tests.feeds.sample import FIRST_PAGE, NOW, make_guid, write_site

BASE = "https://example.org/tales/"
QUICK = Demands(NOW, newest=1)  # the files of one episode, for the sake of time


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The podcast as it should be; not to be changed."""
    return write_site(tmp_path_factory.mktemp("feed") / "site", BASE)


@pytest.fixture
def lent(site: Path, tmp_path: Path) -> Path:
    """A copy of it to break; the files are the same ones, so that it costs nothing."""
    for path in site.iterdir():
        if path.suffix == ".xml":
            (tmp_path / path.name).write_bytes(path.read_bytes())
        else:
            (tmp_path / path.name).hardlink_to(path)
    return tmp_path


def check(site: Path, demands: Demands | None = None) -> Report:
    return check_feed(str(site / FIRST_PAGE), Folder(site, (BASE,), lambda path: path.name), demands or Demands(NOW))


def codes(report: Report) -> list[str]:
    return sorted({fault.rule.code for fault in report.faults})


def fill(text: str, page: str) -> str:
    """Put in what a change can only name: guids, digests and lengths as they stand in the page."""
    guids = re.findall(r'<guid isPermaLink="false">(.*?)</guid>', page)
    files = re.findall(r'<enclosure url="[^"]*/(\d)-(.*?)\.mp3" length="(\d+)"', page)
    words = {"guid": make_guid(BASE + FIRST_PAGE)}
    for guid, (number, digest, length) in zip(guids, files, strict=True):
        words |= {f"guid{number}": guid, f"digest{number}": digest, f"length{number}": length}
    return re.sub(r"\{(\w+)\}", lambda found: words[found[1]], text)


def test_a_feed_that_is_right_is_not_complained_about(site: Path) -> None:
    report = check(site)
    assert list(report.lines()) == []
    assert (report.pages, report.items, report.files, report.unseen) == (2, 5, 26, 0)


@pytest.mark.parametrize("broken", TEXTS, ids=str)
def test_a_broken_feed_is_found_out_and_nothing_else_is_said(broken: Broken, lent: Path, site: Path) -> None:
    both = "".join((site / name).read_text() for name in (FIRST_PAGE, "podcast-2.xml"))
    text = (site / broken.page).read_text()
    old, new = fill(broken.old, both), fill(broken.new, both)
    assert old in text
    (lent / broken.page).write_text(text.replace(old, new, 1), encoding="utf-8")
    report = check(lent, QUICK)
    assert codes(report) == sorted({broken.code, *broken.also}), [*report.lines()]
    lines = text.count("\n") + 3
    assert all(0 <= fault.line <= lines for fault in report.faults)
