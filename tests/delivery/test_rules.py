"""What each file is served with, in which order it goes, and what CloudFront is told: pure rules."""

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.delivery.headers import FOREVER, NEVER, PAGE, RARELY, SHORTLY, Headers, is_hashed, make_headers
from generator.delivery.invalidation import MOST, STARS, gather, make_addresses, weigh
from generator.delivery.note import Note, parse_note, render_note
from generator.delivery.order import make_removals, make_waves
from generator.infra import read_aws_template

HEADERS = {
    "index.html": ("text/html; charset=utf-8", PAGE),
    "404.html": ("text/html; charset=utf-8", PAGE),
    "stories/2026/11/21-x/index.html": ("text/html; charset=utf-8", PAGE),
    "stories/2026/11/21-x/narration.mp3": ("audio/mpeg", RARELY),
    "stories/2026/11/21-x/narration.vtt": ("text/vtt; charset=utf-8", SHORTLY),
    "stories/2026/11/21-x/cover.webp": ("image/webp", RARELY),
    "stories/2026/11/21-x/listen.json": ("application/json", SHORTLY),
    "podcast.xml": ("application/xml; charset=utf-8", SHORTLY),
    "feed.json": ("application/json", SHORTLY),
    "feeds.opml": ("text/x-opml; charset=utf-8", SHORTLY),
    "sitemap.xml": ("application/xml; charset=utf-8", SHORTLY),
    "manifest.webmanifest": ("application/manifest+json", SHORTLY),
    "sw.js": ("text/javascript; charset=utf-8", NEVER),
    "assets/taleshelf/sw.js": ("text/javascript; charset=utf-8", NEVER),
    "assets/taleshelf/player/dock.js": ("text/javascript; charset=utf-8", SHORTLY),
    "assets/taleshelf/frame.css": ("text/css; charset=utf-8", SHORTLY),
    "assets/stylesheets/main.57a0d79d.min.css": ("text/css; charset=utf-8", FOREVER),
    "assets/javascripts/bundle.a1b2c3d4.min.js.map": ("application/json", FOREVER),
    "assets/fonts/literata-latin-400-normal.woff2": ("font/woff2", RARELY),
    "find/2026/fragment/en_0a1b2c3.pf_fragment": ("application/octet-stream", FOREVER),
    "find/2026/pagefind.en_0a1b2c3d4e.pf_meta": ("application/octet-stream", FOREVER),
    "find/2026/pagefind-entry.json": ("application/json", SHORTLY),
    "media/narration-0123456789abcdef0123.mp3": ("audio/mpeg", FOREVER),
    "downloads/colouring.zip": ("application/zip", SHORTLY),
    "LICENSE": ("application/octet-stream", SHORTLY),
}


@pytest.mark.parametrize("path", HEADERS)
def test_a_file_has_the_type_and_the_lifetime_of_its_kind(path: str) -> None:
    assert make_headers(path) == Headers(*HEADERS[path])


@pytest.mark.parametrize(
    "path", ["stories/2026/11/21-x-1a2b3c4d/cover.webp", "cast/decade.webp", "assets/taleshelf/icon-192.png"]
)
def test_a_name_that_only_looks_like_a_hash_may_change(path: str) -> None:
    assert not is_hashed(path)


def test_waves_bring_what_is_linked_before_what_links() -> None:
    new = ("stories/4/index.html", "stories/4/cover.webp", "stories/4/listen.json", "podcast/pip.xml")
    replaced = ("index.html", "stories/index.html", "stories/3/listen.json", "assets/taleshelf/frame.css", "feed.json")
    assert make_waves(new, replaced) == (
        ("stories/4/cover.webp", "stories/4/listen.json"),
        ("stories/4/index.html",),
        ("assets/taleshelf/frame.css",),
        ("podcast/pip.xml",),
        ("stories/index.html",),
        ("feed.json", "stories/3/listen.json"),
        ("index.html",),
    )
    assert make_removals(("stories/2/cover.webp", "stories/2/index.html")) == (
        ("stories/2/index.html",),
        ("stories/2/cover.webp",),
    )


def test_a_new_page_of_a_feed_arrives_before_the_feed_and_before_the_pages_that_name_it() -> None:
    new = ("feed/1.xml", "podcast/1.xml", "podcast/pip.xml", "podcast/1/index.html")
    replaced = ("feed.xml", "podcast.xml", "subscribe/index.html", "index.html")
    assert make_waves(new, replaced) == (
        ("podcast/1/index.html",),
        ("feed/1.xml", "podcast/1.xml", "podcast/pip.xml"),
        ("subscribe/index.html",),
        ("feed.xml", "podcast.xml"),
        ("index.html",),
    )


def test_a_page_is_remembered_under_two_addresses_and_a_hashed_file_under_none() -> None:
    paths = ("index.html", "tags/a b/index.html", "x/cover.webp", "find/2026/index/en_0a1b2c3.pf_index")
    assert make_addresses(paths, "/tales/") == {
        "/tales/",
        "/tales/index.html",
        "/tales/tags/a%20b/",
        "/tales/tags/a%20b/index.html",
        "/tales/x/cover.webp",
    }


def test_many_addresses_become_stars_where_little_else_is_forgotten() -> None:
    site = [f"tags/{tag}/{name}" for tag in range(20) for name in ("index.html", "1/index.html")]
    site += [f"stories/2026/{night}/{name}" for night in range(300) for name in ("index.html", "a.mp3", "b.webp")]
    changed = [f"tags/{tag}/index.html" for tag in range(20)] + ["stories/2026/299/index.html", "index.html"]
    told = gather(make_addresses(changed, "/"), weigh(site, "/"))
    assert told == ("/", "/index.html", "/stories/2026/299/", "/stories/2026/299/index.html", "/tags/*")


def test_a_few_addresses_too_many_do_not_make_edges_forget_everything() -> None:
    site = [f"{folder}/{at}/x.html" for folder in range(30) for at in range(4)]
    changed = [f"{folder}/{at}/x.html" for folder in range(16) for at in range(2)]
    told = gather(make_addresses(changed, "/"), weigh(site, "/"))
    assert [address for address in told if address.endswith("*")] == ["/10/*", "/11/*"]
    assert len(told) == MOST


def test_when_all_pages_change_stars_cover_the_folders_they_are_in() -> None:
    site = [
        f"stories/{year}/{night}/{name}" for year in range(9) for night in range(365) for name in ("index.html", "a")
    ]
    told = gather(make_addresses([*site[::2], "index.html"], "/"), weigh([*site, "index.html", "b/c"], "/"))
    assert told == ("/", "/index.html", *(f"/stories/{year}/*" for year in range(9)))


PATHS = st.lists(
    st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=5).map(lambda parts: "/".join(parts) + ".x"),
    max_size=120,
    unique=True,
)


@given(PATHS, st.integers(1, 40))
def test_what_is_told_covers_every_address_and_is_never_more_than_allowed(paths: list[str], most: int) -> None:
    addresses = make_addresses(paths, "/")
    told = gather(addresses, weigh(paths, "/"), most)
    assert len(told) <= most
    assert sum(address.endswith("*") for address in told) <= STARS
    assert all(any(a == t or (t[-1] == "*" and a.startswith(t[:-1])) for t in told) for a in addresses)
    assert not any(a != b and b[-1] == "*" and a.startswith(b[:-1]) for a, b in itertools.product(told, told))
    if len(addresses) <= most:
        assert set(told) == addresses


def test_the_document_for_owners_states_the_rules_as_they_are() -> None:
    text = (Path(__file__).parents[2] / "docs/aws.md").read_text()
    assert re.findall(r"^\| [^|]+ \| `([^`]+)` \|$", text, re.MULTILINE)[-5:] == [FOREVER, PAGE, RARELY, SHORTLY, NEVER]
    assert f"more than {MOST} addresses" in text
    outputs = set(re.findall(r"^  ([A-Za-z]+):$", read_aws_template().partition("\nOutputs:")[2], re.MULTILINE))
    assert set(re.findall(r"`([A-Z][A-Za-z]+)`", text)) >= outputs


def test_a_month_of_publications_stays_within_what_is_free() -> None:
    assert 31 * MOST < 1000
    assert STARS < 15


def test_a_note_comes_back_as_it_was_written_and_a_strange_one_says_that_anything_may_be_stale() -> None:
    note = Note("abc", frozenset(("/", "/x/")))
    assert parse_note(render_note(note), "/") == note
    for strange in (b"", b"[]", b'{"rules": 1, "stale": []}', b'{"rules": "a", "stale": ["x"]}', b"\xff"):
        assert parse_note(strange, "/tales/") == Note("", frozenset(("/tales/*",)))
