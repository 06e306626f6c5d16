"""What a letter says, whatever the story is called, and what it looks like."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.notify.amazon import make_topic_subject
from generator.notify.bulletin import LEAVING
from generator.notify.channel import Fate
from generator.notify.letter import make_bulletin
from generator.notify.mail import Desk, Roster, Told, make_message, tell_each
from generator.notify.news import PICTURE_LIMIT, News, make_cover
from generator.notify.settings import Notify
from tests.notify.look import draw_letter

DESK = Desk(Notify(sender="Tales <tales@example.org>"), "Tales", datetime(2026, 11, 21, 19, tzinfo=UTC))
READER = "ann@example.org"
HOSTILE = (
    "Pip\r\nBcc: everybody@example.org\r\n\r\nspam",
    "Pip\nBcc: x@example.org",
    "Pip\u2028Bcc: x@example.org",
    '"><script>alert(1)</script><img src=x onerror=alert(1)>',
    "=?utf-8?b?DQpCY2M6IHg=?=",
    "{unsubscribe} {0} %s ${x} {{amazonSESUnsubscribeUrl}}",
    "\x00unsubscribe\x00",
    "x" * 5000,
    "a\u202eb\u200bc\x07",
    ".\r\n.\r\nQUIT",
)


def make_news(**changes: Any) -> News:
    """Return news of a story."""
    news = News(
        slot="2026-11-21",
        guid="taleshelf:2026-11-21",
        title="The Lantern That Stayed",
        about="A light that nobody lit, and the fox who wanted to know why.",
        day="21 November 2026",
        kind="Bedtime story",
        age="ages 6 to 8",
        minutes="4 minutes",
        series="Lantern Nights",
        question="What would you leave burning for a friend?",
        makers="This story was made with AI: written by embedded planner 1.",
        promise="",
        show="Tales",
        site="https://tales.example.org/",
        url="https://tales.example.org/stories/2026/11/21-the-lantern-that-stayed/",
        sound="https://tales.example.org/stories/2026/11/21-the-lantern-that-stayed/2026-11-21.mp3",
        cover_url="https://tales.example.org/cover.webp",
        podcast="https://tales.example.org/podcast.xml",
        feeds=("https://tales.example.org/podcast.xml",),
        cover=draw_cover(),
        cover_alt="A fox under a lantern.",
    )
    return replace(news, **changes)


@cache
def draw_cover() -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").resize((1600, 1200)).convert("RGB").save(out, "WEBP")
    return make_cover(out.getvalue())


def mail(news: News) -> Any:
    message = make_message(make_bulletin(news, (READER,)), DESK, READER)
    return message_from_bytes(bytes(message), policy=default)


@cache
def read_plain() -> Any:
    """Return a mail with nothing odd in it."""
    return mail(make_news())


class Seen(HTMLParser):
    """The elements and addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def check(news: News) -> None:
    plain, found = read_plain(), mail(news)
    assert found.keys() == plain.keys()
    assert found["To"] == READER
    assert all("\n" not in value and "\r" not in value for value in found.values())
    assert len(found["Subject"]) <= 150
    html = found.get_body(("html",)).get_content()
    seen, usual = Seen(html), Seen(plain.get_body(("html",)).get_content())
    assert set(seen.tags) <= set(usual.tags)
    assert not {name for name, _ in seen.attributes} - {name for name, _ in usual.attributes}
    assert all(value.startswith(("https://", "mailto:")) for name, value in seen.attributes if name == "href")
    assert [value for name, value in seen.attributes if name == "src"] == ["cid:cover"] * (1 if news.cover else 0)
    assert LEAVING not in html
    assert "\0" not in html
    topic = make_topic_subject(make_bulletin(news, ()).letter.subject)
    assert 0 < len(topic) <= 100
    assert topic.isascii()
    assert topic.isprintable()


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_story_becomes_a_header_or_an_element(text: str) -> None:
    from generator.feeds.text import clean_line

    line = clean_line(text)  # as news are read
    check(make_news(title=line, about=line, series=line, question=line, makers=line, cover_alt=line, show=line))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_whatever_a_story_is_called_the_mail_is_one_mail(title: str, about: str) -> None:
    from generator.feeds.text import clean_line

    check(make_news(title=clean_line(title), about=clean_line(about), cover=b""))


def test_without_recording_cover_or_series_a_letter_promises_none() -> None:
    news = make_news(sound="", cover=b"", series="", question="", promise="The reading is still being made.")
    letter = make_bulletin(news, ()).letter
    assert "Listen" not in letter.html + letter.text
    assert "cid:" not in letter.html
    assert "still being made" in letter.html
    assert "still being made" in letter.text


def test_the_same_news_have_the_same_id_for_a_reader_and_another_for_the_next() -> None:
    bulletin = make_bulletin(make_news(), ())
    ids = [
        make_message(bulletin, DESK, address)["Message-ID"] for address in (READER, READER.upper(), "bob@example.org")
    ]
    assert ids[0] == ids[1] != ids[2]
    assert ids[0].startswith("<2026-11-21.")
    assert ids[0].endswith("@example.org>")


def test_a_tag_tells_nothing_without_the_whole_list() -> None:
    whole, part = Roster((READER, "bob@example.org")), Roster((READER,))
    assert whole.tags()[READER] != part.tags()[READER]
    assert whole.tags()[READER] == Roster(("bob@example.org", READER.upper())).tags()[READER.upper()]
    keyed = Roster(whole.people, b"a password").tags()
    assert keyed[READER] not in (whole.tags()[READER], Roster(whole.people, b"another").tags()[READER])
    assert keyed[READER] == Roster((READER,), b"a password").tags()[READER]  # who else reads does not matter then


def test_who_is_left_of_a_list_that_changed_is_not_guessed() -> None:
    def send(address: str) -> Told:
        return Told(Fate.LATER if address == READER else Fate.TOLD, "busy")

    people = (READER, "bob@example.org")
    first = tell_each(Roster(people), None, send)
    assert (first.fate, len(first.left)) == (Fate.LATER, 1)
    asked: list[str] = []
    again = tell_each(
        Roster((*people, "cyd@example.org")), first.left, lambda one: asked.append(one) or Told(Fate.TOLD)
    )
    assert asked == []
    assert "has changed" in again.why
    assert tell_each(Roster(people), first.left, lambda one: asked.append(one) or Told(Fate.TOLD)).fate is Fate.TOLD
    assert asked == [READER]


def test_a_cover_is_small_enough_and_one_that_is_no_picture_is_left_out() -> None:
    noise = BytesIO()
    Image.effect_noise((1600, 1200), 90).convert("RGB").save(noise, "WEBP", quality=95)
    assert 0 < len(make_cover(noise.getvalue())) <= PICTURE_LIMIT
    assert make_cover(b"no picture") == b""


@pytest.mark.browser
def test_a_letter_fits_a_telephone_and_a_desk_in_the_light_and_in_the_dark(chromium: Any, tmp_path: Path) -> None:
    news = make_news(title="The Very Long Night of the Incomprehensibilities " + "Donaudampfschifffahrtsgesellschaft")
    html = make_bulletin(news, ()).letter.html
    (tmp_path / "cover.jpg").write_bytes(news.cover)
    (tmp_path / "letter.html").write_text(html.replace("cid:cover", "cover.jpg").replace(LEAVING, "mailto:x@y.zz"))
    pictures = [Image.open(path) for path in draw_letter(chromium, tmp_path / "letter.html", tmp_path / "seen")]
    assert [picture.width for picture in pictures] == [390, 390, 700, 700]
    light, dark = (
        sum(picture.convert("L").resize((1, 1)).getpixel((0, 0)) for picture in pictures[n::2]) for n in (0, 1)
    )  # type: ignore[misc]
    assert light > dark + 40
    page = chromium.new_page(viewport={"width": 390, "height": 800})
    page.goto((tmp_path / "letter.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()
