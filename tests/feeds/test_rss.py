"""podcast.xml and feed.xml: whatever the words of a story are, a reader gets them back; and what Apple demands is kept."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from generator.feeds.channel import make_channel
from generator.feeds.description import ALLOWED
from generator.feeds.episode import make_episode
from generator.feeds.jsonfeed import render_json_feed
from generator.feeds.opml import render_opml
from generator.feeds.paging import Sheet, split_pages
from generator.feeds.post import make_post
from generator.feeds.rss import render_podcast
from generator.feeds.shows import make_shows
from generator.feeds.text import LONGEST_DESCRIPTION, clean_line, clean_xml, clip_bytes
from generator.feeds.text_rss import render_text_feed
from generator.feeds.tree import CONTENT, ITUNES, PODCAST
from generator.page import Page, Section
from generator.site.media import Media
from generator.site.shelf import make_shelf
from generator.story import Slot
from tests.feeds.library import CARDS, NEWEST, OUTLET, URL, make_light, make_page

SPACES = {"itunes": ITUNES, "podcast": PODCAST, "content": CONTENT, "atom": "http://www.w3.org/2005/Atom"}
ANY = st.text(st.characters(), max_size=80)  # surrogates, controls and all
SHOW = make_shows(OUTLET, make_shelf([], CARDS))[0]
CHANNEL = make_channel(SHOW, OUTLET, URL + "podcast/cover.jpg")


def write(*pages: Page, media: Media | None = None) -> etree._Element:
    """Write a feed of these stories and read it again."""
    stories = [make_light(page, media) if media else make_light(page) for page in pages]
    sheet = Sheet("podcast.xml", "podcast.xml", "", "", "", [make_episode(story, OUTLET) for story in stories])
    return etree.fromstring(render_podcast(CHANNEL, sheet))


def find(element: etree._Element, path: str) -> str:
    found = element.find(path, SPACES)
    assert found is not None, path
    return found.text or ""


@given(title=ANY, description=ANY, question=ANY, who=ANY, alt=ANY)
def test_any_text_comes_back_as_it_was_but_for_what_xml_forbids(
    title: str, description: str, question: str, who: str, alt: str
) -> None:
    page = make_page(title=title, description=description, question=question, written_by=who, cover_alt=alt)
    item = write(page).find("channel/item")
    assert item is not None
    assert find(item, "title") == find(item, "itunes:title") == clean_line(title)
    told = unescape(re.sub("<[^>]*>", "\n", find(item, "description")))
    for text in (description, question):
        assert clean_line(text) in told
    if line := clean_line(who, 128):
        assert find(item, "podcast:person[@role='author']") == line
    image = item.find("podcast:image", SPACES)
    assert image is not None
    assert image.get("alt") == clean_line(alt)


@given(title=ANY, heading=ANY, paragraph=ANY, tag=ANY)
def test_any_words_of_a_story_come_back_from_the_feeds_for_reading(
    title: str, heading: str, paragraph: str, tag: str
) -> None:
    page = make_page(title=title, tags=(tag,), sections=(Section(heading, "", "", (paragraph,)),))
    post = make_post(make_light(page), OUTLET, lambda _story: page)
    sheet = Sheet("feed.xml", "feed.xml", "", "", "", [post])
    item = etree.fromstring(render_text_feed(CHANNEL, sheet)).find("channel/item")
    assert item is not None
    assert find(item, "title") == clean_line(title)
    words = find(item, "content:encoded")
    kept = json.loads(render_json_feed(CHANNEL, sheet))["items"][0]
    assert kept.get("title", "") == clean_line(title)
    assert kept["content_html"] == words
    told = " ".join(unescape(re.sub("<[^>]*>", " ", words)).split())
    for text in (heading, paragraph):
        assert clean_line(text) in told


@given(ANY, ANY)
def test_any_name_of_a_feed_comes_back_from_the_list_of_all(title: str, about: str) -> None:
    channel = replace(CHANNEL, title=title, about=about)
    row = etree.fromstring(render_opml(title, [(URL, channel)])).find("body/outline")
    assert row is not None
    assert row.get("text") == clean_xml(title)


@given(st.text(st.characters(), max_size=6000))
def test_a_description_never_exceeds_what_apple_takes(text: str) -> None:
    item = write(make_page(description=text, question=text, written_by=text)).find("channel/item")
    assert item is not None
    about = find(item, "description")
    assert len(about.encode()) <= LONGEST_DESCRIPTION
    assert "made with AI" in about
    assert len(clip_bytes(clean_xml(text)).encode()) <= LONGEST_DESCRIPTION


def test_a_description_holds_no_element_that_apple_does_not_show() -> None:
    item = write(make_page(description="<script>x</script> <p onclick=1>")).find("channel/item")
    assert item is not None
    parts = html.fragments_fromstring(find(item, "description"))
    assert {element.tag for part in parts for element in part.iter()} <= ALLOWED
    assert {name for part in parts for element in part.iter() for name in element.attrib} <= {"href"}


def test_an_item_says_everything_an_app_asks() -> None:
    item = write(make_page()).find("channel/item")
    assert item is not None
    here = f"{URL}stories/2026/11/21-a-tale/"
    assert (find(item, "guid"), find(item, "link")) == ("6a0f3a5e-3f57-5d0c-9a53-000000000000", here)
    assert find(item, "pubDate") == "Sat, 21 Nov 2026 00:00:59 +0100"
    enclosure = item.find("enclosure")
    assert enclosure is not None
    assert dict(enclosure.attrib) == {
        "url": f"{here}2026-11-21-a-tale.mp3?v=4c7349a3efa8",
        "length": "2900000",
        "type": "audio/mpeg",
    }
    assert (find(item, "itunes:duration"), find(item, "itunes:explicit")) == ("362", "false")
    assert (find(item, "itunes:season"), find(item, "itunes:episode")) == ("2026", "325")
    assert find(item, "itunes:episodeType") == "full"
    image = item.find("itunes:image", SPACES)
    assert image is not None
    assert image.get("href") == f"{here}cover-square.jpg?v=b1946ac92492"
    transcripts = [(row.get("url"), row.get("type")) for row in item.findall("podcast:transcript", SPACES)]
    assert transcripts == [(f"{here}transcript.vtt", "text/vtt"), (f"{here}transcript.html", "text/html")]
    chapters = item.find("podcast:chapters", SPACES)
    assert chapters is not None
    assert (chapters.get("url"), chapters.get("type")) == (f"{here}chapters.json", "application/json+chapters")
    bite = item.find("podcast:soundbite", SPACES)
    assert bite is not None
    assert (bite.get("startTime"), bite.get("duration")) == ("3.2", "21.7")
    people = [(row.get("role"), row.text) for row in item.findall("podcast:person", SPACES)]
    assert people == [
        ("author", "openai gpt-5.4-mini-2026-03-05"),
        ("cover art designer", "embedded paper-cut 1"),
        ("narrator", "embedded hibari-tts 0.2.1 heart"),
    ]
    assert find(item, "podcast:txt[@purpose='ai-content']") == "true"


def test_what_a_story_lacks_is_left_out() -> None:
    item = write(make_page(written_by="", drawn_by="", read_by=""), media=Media(100, "0f", 12.0)).find("channel/item")
    assert item is not None
    for name in (
        "itunes:image",
        "podcast:image",
        "podcast:transcript",
        "podcast:chapters",
        "podcast:soundbite",
        "podcast:person",
    ):
        assert item.find(name, SPACES) is None, name
    assert find(item, "itunes:duration") == "12"


def test_an_extra_story_is_a_bonus_that_comes_before_the_story_of_its_night() -> None:
    extra = make_page(slot=Slot(NEWEST, "1a2b3c4d"), guid="another")
    item = write(extra).find("channel/item")
    assert item is not None
    assert item.find("itunes:episode", SPACES) is None
    assert find(item, "itunes:episodeType") == "bonus"
    assert find(item, "pubDate").startswith("Sat, 21 Nov 2026 00:00:")
    assert find(item, "pubDate") < "Sat, 21 Nov 2026 00:00:59 +0100"


def test_the_head_says_only_what_the_owner_has_told() -> None:
    bare = replace(OUTLET, podcast=replace(OUTLET.podcast, email="", series=()))
    head = etree.fromstring(
        render_podcast(make_channel(SHOW, bare, URL), Sheet("podcast.xml", "podcast.xml", "", "", "", []))
    )
    for name in (
        "itunes:owner",
        "podcast:locked",
        "podcast:license",
        "podcast:funding",
        "itunes:new-feed-url",
        "copyright",
    ):
        assert head.find(f"channel/{name}", SPACES) is None, name
    told = replace(
        OUTLET.podcast, license="cc-by-4.0", funding="Lamp oil", funding_url="https://example.org/give", locked=True,
        verify="abc", hub="https://hub.example.org/", moved_to="https://new.example.org/", copyright="© us",
    )  # fmt: skip
    channel = make_channel(SHOW, replace(OUTLET, podcast=told), URL)
    full = etree.fromstring(render_podcast(channel, Sheet("podcast.xml", "podcast.xml", "", "", "", []))).find(
        "channel"
    )
    assert full is not None
    assert find(full, "itunes:owner/itunes:email") == "owner@example.org"
    assert find(full, "podcast:locked[@owner='owner@example.org']") == "yes"
    assert find(full, "podcast:license") == "cc-by-4.0"
    assert find(full, "podcast:funding[@url='https://example.org/give']") == "Lamp oil"
    assert find(full, "podcast:txt[@purpose='verify']") == "abc"
    assert find(full, "itunes:new-feed-url") == "https://new.example.org/podcast.xml"
    assert find(full, "copyright") == "© us"
    assert full.find("atom:link[@rel='hub']", SPACES) is not None
    assert find(full, "podcast:updateFrequency[@rrule='FREQ=DAILY']") == "Every night"


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 199, 200, 201, 250, 1000])
def test_pages_hold_everything_once_and_lead_from_one_to_the_next(count: int) -> None:
    sheets = {sheet.path: sheet for sheet in split_pages("podcast.xml", list(range(count, 0, -1)))}
    path, seen, before = "podcast.xml", list[int](), ""
    while path:
        sheet = sheets[path]
        assert len(sheet.items) <= 100
        assert (sheet.first, sheet.previous) == ("podcast.xml", before)
        seen += sheet.items
        before, path = path, sheet.next
    assert seen == list(range(count, 0, -1))
    assert sheets["podcast.xml"].last == (before if count > 100 else "")
    assert len(sheets["podcast.xml"].items) == min(100, count)


def test_a_new_item_changes_the_first_page_and_the_newest_of_the_old_ones() -> None:
    before, after = (
        {sheet.path: sheet for sheet in split_pages("podcast.xml", list(range(count, 0, -1)))} for count in (350, 351)
    )
    assert [path for path in after if after[path] != before.get(path)] == ["podcast.xml", "podcast/3.xml"]


def test_days_are_those_of_the_place_where_the_site_is_at_home() -> None:
    item = write(make_page(slot=Slot(NEWEST - timedelta(days=150)))).find("channel/item")
    assert item is not None
    assert find(item, "pubDate").endswith("00:00:59 +0200")


def test_a_picture_in_the_notes_is_found_on_the_site(tmp_path: Path) -> None:
    item = write(make_page()).find("channel/item")
    assert item is not None
    assert f'<img src="{URL}stories/2026/11/21-a-tale/cover.webp"' in find(item, "content:encoded")


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ("Tales of washing machines.", "Tales of washing machines. Written, drawn and read aloud by AI."),
        ("Told by AI.", "Told by AI."),
        ("Written by machines, with love.", "Written by machines, with love."),
        ("A" * 5000, "A" * 3899 + "… Written, drawn and read aloud by AI."),
    ],
)
def test_a_podcast_says_that_it_is_made_with_ai(about: str, told: str) -> None:
    assert make_channel(replace(SHOW, about=about), OUTLET, URL).about == told
