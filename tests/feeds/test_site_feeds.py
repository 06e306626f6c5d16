"""The feeds as part of the site: what is written, and when."""

from pathlib import Path

import pytest
from lxml import etree

from generator.feeds.tree import ITUNES, PODCAST
from generator.site.build import build_site
from tests.site import sample

SPACES = {"itunes": ITUNES, "podcast": PODCAST, "atom": "http://www.w3.org/2005/Atom"}


def read(path: Path) -> etree._Element:
    return etree.parse(path).getroot()


def test_every_feed_of_a_site_is_well_formed_and_names_itself(tmp_path: Path) -> None:
    settings = sample.write_site(tmp_path, 4)
    (tmp_path / "taleshelf.toml").write_text(
        '[podcast]\nseries = ["lantern-nights"]\ncast = ["moss"]\ngenres = ["bedtime"]\nlanguages = ["en"]\n'
    )
    site = build_site(settings).site_dir
    feeds = sorted(path.relative_to(site).as_posix() for path in [*site.glob("*.xml"), *site.glob("podcast/**/*.xml")])
    parts = ["cast/moss", "genres/bedtime", "languages/en", "series/lantern-nights"]
    assert [name for name in feeds if name != "sitemap.xml"] == [
        "feed.xml",
        "podcast.xml",
        *(f"podcast/{part}.xml" for part in parts),
    ]
    for name in feeds:
        if name != "sitemap.xml":
            link = read(site / name).find("channel/atom:link[@rel='self']", SPACES)
            assert link is not None
            assert link.get("href") == f"https://example.org/tales/{name}"
    opml = read(site / "feeds.opml")
    assert [row.get("xmlUrl") for row in opml.iter("outline")] == [
        f"https://example.org/tales/{name}"
        for name in (
            "podcast.xml",
            "podcast/series/lantern-nights.xml",
            "podcast/cast/moss.xml",
            "podcast/genres/bedtime.xml",
            "podcast/languages/en.xml",
            "feed.xml",
        )
    ]


@pytest.mark.parametrize("url", ["", "https://example.org/tales/"])
def test_a_site_without_an_address_has_no_feeds(tmp_path: Path, url: str) -> None:
    site = build_site(sample.write_site(tmp_path, 1, url)).site_dir
    assert (site / "podcast.xml").exists() == bool(url)
