"""What the check knows from elsewhere: what was published before, which guid is pinned, how many pages there are."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from generator.feeds.check.chain import MOST_FAULTS, MOST_PAGES, read_published
from generator.feeds.check.feed import Demands, check_feed, check_page
from generator.feeds.check.pages import make_page
from generator.feeds.check.rules import Said
from generator.feeds.check.source import Opened
from generator.feeds.check.wanted import Wanted
from generator.feeds.check.web import Silence
from tests.feeds.sample import FIRST_PAGE, NOW, SECOND_PAGE, make_art, make_files, make_guid

BASE = "https://example.org/tales/"


@dataclass(slots=True)
class Texts:
    """A feed in memory, without the files it links."""

    pages: dict[str, bytes] = field(default_factory=lambda: dict(make_files(BASE)))
    threads: int = 1

    def open(self, address: str) -> Opened:
        name = address.removeprefix(BASE)
        if name not in self.pages:
            raise Silence("H01", f"{address} is answered with 404.")
        return Opened(name, address, self.pages[name])

    def sees(self, address: str) -> bool:
        return address.endswith((".xml", "cover.jpg"))

    def fetch(self, address: str) -> bytes | None:
        return self.pages.get(address.removeprefix(BASE))

    def look(self, wanted: Wanted) -> Iterator[Said]:
        return iter(())

    def change(self, old: str, new: str, page: str = FIRST_PAGE) -> None:
        assert old.encode() in self.pages[page]
        self.pages[page] = self.pages[page].replace(old.encode(), new.encode(), 1)


def codes(now: Texts, before: Texts | None = None, guid: str = "") -> list[str]:
    published = read_published(BASE + FIRST_PAGE, before) if before else None
    report = check_feed(BASE + FIRST_PAGE, now, Demands(NOW, guid, published))
    return sorted({fault.rule.code for fault in report.faults})


def cut(text: str, start: str, end: str) -> str:
    """Return the part of a text from `start` to `end`."""
    begin = text.index(start)
    return text[begin : text.index(end, begin) + len(end)]


def item(texts: Texts, page: str = FIRST_PAGE) -> str:
    return cut(texts.pages[page].decode(), "<item>", "</item>")


def test_a_feed_that_did_not_change_is_not_complained_about() -> None:
    assert codes(Texts(), Texts()) == []


def test_an_episode_that_moved_to_an_older_page_has_not_vanished() -> None:
    now = Texts()
    one = cut(now.pages[FIRST_PAGE].decode().rpartition("<item>")[2].join(["<item>", ""]), "<item>", "</item>")
    now.change(one, "")
    now.change("<item>", f"{one}\n<item>", SECOND_PAGE)
    assert codes(now, Texts()) == []


def test_an_episode_that_vanished_is_missed() -> None:
    now = Texts()
    now.change(item(now), "")
    assert codes(now, Texts()) == ["C01"]


def test_an_episode_is_not_missed_when_not_all_pages_could_be_read() -> None:
    now = Texts()
    del now.pages[SECOND_PAGE]
    assert codes(now, Texts()) == ["A06"]


@pytest.mark.parametrize("more", ["", "<title>Gus", "<link>https://example.org/tales/stories/5/"])
def test_an_episode_with_another_guid_is_known_by_its_sound_its_page_or_its_name(more: str) -> None:
    now, before = Texts(), Texts()
    now.change(
        cut(item(now), "<guid", "</guid>"), '<guid isPermaLink="false">6f1b2c3d-1111-4222-8333-444455556666</guid>'
    )
    if more:
        now.change(more, more + " again" if more.startswith("<title") else more + "again/")
    assert codes(now, before) == ["C02"]


def test_a_date_that_changed_is_noticed() -> None:
    now = Texts()
    now.change("<pubDate>Sat, 21 Nov 2026 18:00", "<pubDate>Sat, 21 Nov 2026 17:00")
    assert codes(now, Texts()) == ["C03"]
    now = Texts()
    now.change("<pubDate>Sat, 21 Nov 2026 18:00:00 +0000", "<pubDate>Sat, 21 Nov 2026 19:00:00 +0100")
    assert codes(now, Texts()) == []


def test_a_title_and_a_sound_may_change_under_the_same_guid() -> None:
    now = Texts()
    now.change("<title>Gus &amp; the Snow", "<title>Gus and the Snow")
    now.change(f"{BASE}5-", "https://media.example.net/5-")
    assert codes(now, Texts()) == []


def test_a_sound_that_was_replaced_under_its_address_is_noticed() -> None:
    now, before = Texts(), Texts()
    length = cut(item(now), 'length="', '" ')
    now.change(length, 'length="170000" ')
    assert codes(now, before) == ["C05"]


def test_a_cover_that_was_replaced_under_its_address_is_noticed() -> None:
    now = Texts()
    now.pages["cover.jpg"] = make_art(size=(1500, 1500))
    assert codes(now, Texts()) == ["C08"]
    del now.pages["cover.jpg"]
    assert codes(now, Texts()) == []  # that it is gone is said by another rule


def test_a_feed_that_is_all_wrong_does_not_fill_the_memory() -> None:
    now = Texts()
    now.change("<item>", "<item/>\n" * 3000 + "<item>")
    report = check_feed(BASE + FIRST_PAGE, now, Demands(NOW))
    assert sum(fault.rule.code == "I04" for fault in report.faults) == MOST_FAULTS


def test_the_guid_of_the_show_is_kept_for_ever() -> None:
    now, other = Texts(), "9b024349-ccf0-5f69-a609-6b82873eab3c"
    for page in (FIRST_PAGE, SECOND_PAGE):
        now.change(make_guid(BASE + FIRST_PAGE), other, page)
    assert codes(now) == ["P04"]
    assert codes(now, guid=other) == []
    assert codes(now, guid=make_guid(BASE + FIRST_PAGE)) == ["P05"]
    assert codes(now, before=Texts()) == ["C04", "P04"]
    assert codes(now, before=now) == []  # a show that has moved keeps its guid


def test_the_examples_of_the_specification_have_the_guids_it_gives_them() -> None:
    assert make_guid("https://podnews.net/rss") == "9b024349-ccf0-5f69-a609-6b82873eab3c"
    assert make_guid("http://mp3s.nashownotes.com/pc20rss.xml") == "917393e3-1b1e-5cef-ace4-edaa54e1f810"


def test_another_address_needs_a_word_to_apple() -> None:
    now, before = Texts(), Texts()
    before.change(
        f'rel="self" type="application/rss+xml" href="{BASE}',
        'rel="self" type="application/rss+xml" href="https://old.example/',
    )
    assert codes(now, before) == ["C06"]
    now.change("<itunes:type>", f"<itunes:new-feed-url>{BASE}podcast.xml</itunes:new-feed-url><itunes:type>")
    assert codes(now, before) == []


def test_an_old_story_that_is_told_late_is_mentioned() -> None:
    now, before = Texts(), Texts()
    before.change(item(before, SECOND_PAGE), "", SECOND_PAGE)
    assert codes(now, before) == ["C07"]


def test_an_archive_that_is_empty_is_said_to_be() -> None:
    now = Texts()
    for page in (FIRST_PAGE, SECOND_PAGE):
        text = now.pages[page].decode()
        now.pages[page] = (text[: text.index("<item>")] + "</channel></rss>").encode()
    assert codes(now) == ["A12", "R13"]


def test_a_page_of_more_than_a_hundred_is_too_long() -> None:
    now, one = Texts(), item(Texts(), SECOND_PAGE)
    many = "".join(
        one.replace(cut(one, "<guid", "</guid>"), f"<guid>https://example.org/{n}</guid>") for n in range(101)
    )
    now.change(one, many, SECOND_PAGE)
    assert "A10" in codes(now)


def test_a_chain_of_pages_without_end_is_given_up() -> None:
    now, page = Texts(), Texts().pages[SECOND_PAGE].decode()
    page = page[: page.index("<item>")] + "</channel></rss>"
    for number in range(2, MOST_PAGES + 2):
        now.pages[f"podcast-{number}.xml"] = page.replace('rel="prev"', 'rel="next"').replace(
            f'rel="next" href="{BASE}podcast.xml', f'rel="next" href="{BASE}podcast-{number + 1}.xml'
        ).encode()  # fmt: skip
    report = check_feed(BASE + FIRST_PAGE, now, Demands(NOW))
    assert report.pages == MOST_PAGES
    assert "A14" in {fault.rule.code for fault in report.faults}


def test_a_serial_show_needs_numbers() -> None:
    now = Texts()
    now.change("<itunes:type>episodic", "<itunes:type>serial")
    assert codes(now) == []
    now.change("<itunes:episode>5</itunes:episode>", "")
    assert codes(now) == ["T13"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", {"B01"}),
        (b" \n", {"B01"}),
        ("\ufeffx".encode("utf-16-le"), {"B02", "B03", "X01"}),
        ("<?xml version='1.0' encoding='latin-1'?><rss>ü".encode("latin-1"), {"B03", "B04", "X01"}),
        (b"<html><body>404</body></html>", {"X03", "X09"}),
        (b"<rss version='2.0'/>", {"X09"}),
    ],
)
def test_bytes_that_are_no_feed_are_named(data: bytes, expected: set[str]) -> None:
    assert {said.code for said in check_page(make_page("x", "", data), NOW)} == expected


def test_a_finding_names_line_rule_hint_and_source(tmp_path: Path) -> None:
    now = Texts()
    now.change("<itunes:explicit>false", "<itunes:explicit>no")
    report = check_feed(BASE + FIRST_PAGE, now, Demands(NOW))
    text = now.pages[FIRST_PAGE].decode()
    line = text[: text.index("<itunes:explicit>no")].count("\n") + 1
    assert list(report.lines()) == [
        f"podcast.xml:{line}: error T08: itunes:explicit is 'no', neither true nor false. yes, no and clean are of the "
        "past. (Apple, A Podcaster's Guide to RSS: itunes:explicit)"
    ]
    (finding,) = report.as_json()["findings"]  # type: ignore[misc]
    assert set(finding) == {"place", "line", "code", "severity", "what", "hint", "source", "url"}


def test_a_rule_that_is_broken_all_over_is_told_five_times() -> None:
    now = Texts()
    now.change("<item>", "<item/>\n" * 9 + "<item>", SECOND_PAGE)
    lines = list(check_feed(BASE + FIRST_PAGE, now, Demands(NOW)).lines())
    assert sum(" I04: " in line for line in lines) == 5
    assert "podcast.xml: and 4 more of I04 (see --json)" in lines
