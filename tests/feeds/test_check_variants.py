"""What is right although it is written in another way, and what no text can do to the check."""

import io
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.feeds.check.dates import parse_date
from generator.feeds.check.feed import check_page
from generator.feeds.check.pages import make_page
from generator.feeds.check.rules import load_rules
from generator.feeds.check.source import check_file
from generator.feeds.check.tags import find_tags
from generator.feeds.check.terms import lists
from generator.feeds.check.wanted import Kind, Wanted, find_wanted
from tests.feeds.document import PAGE, render_page
from tests.feeds.sample import FIRST_PAGE, NOW, make_art, make_files, make_sound

BASE = "https://example.org/tales/"
CLEAN = make_files(BASE)[FIRST_PAGE].decode()
PREFIXES = {"itunes": "i", "podcast": "p", "atom": "a", "content": "c"}


def codes(text: str) -> set[str]:
    return {said.code for said in check_page(make_page("x", BASE + FIRST_PAGE, text.encode()), NOW)}


def renamed() -> str:
    """The feed with other prefixes for the same namespaces."""
    text = CLEAN
    for long, short in PREFIXES.items():
        for mark in ("<", "</", "xmlns:"):
            text = text.replace(
                f"{mark}{long}:" if mark != "xmlns:" else f"xmlns:{long}=",
                f"{mark}{short}:" if mark != "xmlns:" else f"xmlns:{short}=",
            )
    return text


def swapped(old: str, new: str) -> str:
    assert old in CLEAN
    return CLEAN.replace(old, new)


VARIANTS = {
    "as it is": CLEAN,
    "other prefixes": renamed(),
    "the namespaces where they are needed": swapped(
        ' xmlns:atom="http://www.w3.org/2005/Atom"', ""
    ).replace("<atom:link ", '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" '),
    "no declaration": CLEAN.partition("?>")[2].lstrip(),
    "apostrophes": swapped('<?xml version="1.0" encoding="UTF-8"?>', "<?xml version='1.0' encoding='utf-8' standalone='yes'?>"),
    "carriage returns": CLEAN.replace("\n", "\r\n"),
    "no white space": CLEAN.replace(">\n<", "><"),
    "comments and instructions": swapped("<channel>", '<?xml-stylesheet type="text/xsl" href="feed.xsl"?><!-- hello --><channel>'),
    "CDATA for a title": swapped("<title>Gus &amp; the Snow</title>", "<title><![CDATA[Gus & the Snow]]></title>"),
    "an explicit show": CLEAN.replace("<itunes:explicit>false", "<itunes:explicit>true"),
    "a category alone": swapped('<itunes:category text="Stories for Kids"/>\n', ""),
    "a category in CDATA's place": swapped('text="Kids &amp; Family"', 'text="Kids &#38; Family"'),
    "more links": swapped('<atom:link rel="hub"', '<atom:link rel="hub" href="https://hub.example.org/"/><atom:link rel="alternate" href="https://example.org/tales/"/><atom:link rel="hub"'),
    "the moved feed at its new address": swapped("<itunes:type>", f"<itunes:new-feed-url>{BASE}{FIRST_PAGE}</itunes:new-feed-url><itunes:type>"),
    "a serial with capital letters": swapped("<itunes:type>episodic", "<itunes:type>Serial"),
    "elements of other namespaces": swapped("<channel>", '<channel><sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">daily</sy:updatePeriod>'),
    "a language with a country": swapped("<language>en<", "<language>en-GB<"),
    "Japanese": swapped("One bedtime story every night", "毎晩ひとつのお話"),
    "German": swapped("One bedtime story every night", "Jede Nacht – „eine“ Geschichte, à propos"),
    "dates without seconds and with a named zone": swapped("21 Nov 2026 18:00:00 +0000", "21 Nov 2026 18:00 GMT"),
    "dates of another zone without a day": swapped("Sat, 21 Nov 2026 18:00:00 +0000", "21 Nov 2026 20:00:00 +0200"),
    "a permanent link as guid": swapped('<guid isPermaLink="false">', '<guid isPermaLink="true">https://example.org/permanent/'),
    "a tag URI as guid": swapped('<guid isPermaLink="false">', '<guid isPermaLink="false">tag:example.org,2026:'),
    "an M4A": swapped('.mp3"', '.m4a"').replace('type="audio/mpeg"', 'type="audio/x-m4a"'),
    "a query behind the file": swapped('.mp3"', '.mp3?from=feed&amp;n=1"'),
    "a rule with days": swapped("FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,-1FR;UNTIL=20301231T000000Z"),
    "a rule with a count": swapped('rrule="FREQ=DAILY"', 'rrule="FREQ=DAILY;COUNT=10" dtstart="2026-11-21T00:00:00.000Z"'),
    "an album": swapped("<podcast:medium>podcast", "<podcast:medium>musicL"),
    "a role with capital letters": swapped('role="narrator" group="cast"', 'role="Cover Art Designer" group="Visuals"'),
    "a licence of one's own": swapped("cc-by-4.0", "lantern-licence-1"),
    "a trailer, an image and a place": swapped(
        "<podcast:medium>",
        '<podcast:trailer url="https://example.org/t.mp3" pubdate="Thu, 01 Apr 2021 08:00:00 EST">Soon</podcast:trailer>'
        '<podcast:image href="https://example.org/i.jpg" alt="A lantern" aspect-ratio="16/9" width="1200"/>'
        '<podcast:location geo="geo:0,0">Amber Hollow</podcast:location><podcast:podping usesPodping="true"/><podcast:medium>',
    ),
    "a verification instead of a mailbox": swapped("<itunes:email>owner@example.org</itunes:email>", '').replace(
        "<podcast:medium>", '<podcast:txt purpose="verify">S6lpp-7ZCn8</podcast:txt><podcast:medium>'
    ),
    "a plain description": swapped("<b>lantern</b>", "lantern &amp; a moth &lt;3 of them"),
    "lists and breaks": swapped("<b>lantern</b>", "<br/><ul><li>lantern</li></ul><em>and</em><br>"),
    "a story that is called like the show": swapped("<title>Gus &amp; the Snow", "<title>The Lantern &amp; Ink Thief"),
    "signs that are no markup": swapped("<title>Gus &amp; the Snow", "<title>Gus &lt; Snow &gt; 3 &amp; more"),
    "entities of HTML in a description": swapped("<b>lantern</b>", "<b>lantern &amp; &quot;ink&quot;</b>"),
    "a plain description with an entity of HTML": swapped("One bedtime story every night", "<![CDATA[One &amp; every night]]>"),
    "pictures and tables in the full text": swapped("<h2>One</h2>", '<h2 style="x">One</h2><table><tr><td><img src="https://example.org/a.jpg" alt=""></td></tr></table>'),
    "half numbers": swapped('<podcast:episode display="Night 5">5', '<podcast:episode display="Night 5">4.5'),
}  # fmt: skip


@pytest.mark.parametrize("name", VARIANTS)
def test_what_is_written_in_another_way_is_not_complained_about(name: str) -> None:
    assert codes(VARIANTS[name]) == set()


def test_every_category_of_apple_is_known_by_its_name() -> None:
    pairs = [(top, sub) for top, subs in lists("categories").items() for sub in (*subs, "")]
    assert len(lists("categories")) == 19
    assert len(pairs) == 19 + 91
    for top, sub in pairs:
        inner = f'<itunes:category text="{sub.replace("&", "&amp;")}"/>' if sub else ""
        text = swapped('text="Kids &amp; Family"', f'text="{top.replace("&", "&amp;")}"')
        assert codes(text.replace('<itunes:category text="Stories for Kids"/>', inner)) == set(), (top, sub)


@pytest.mark.parametrize(
    "text", ["Sat, 21 Nov 2026 18:00:00 +0000", "21 Nov 2026 18:00 UT", "Sat, 21 Nov 2026 19:00:00 +0100"]
)
def test_dates_are_compared_in_one_zone(text: str) -> None:
    assert parse_date(text).isoformat() == "2026-11-21T18:00:00+00:00"


@given(st.binary(max_size=300))
@example(b"\xff\xfe<\x00")
@example(b"<?xml version='1.0' encoding='utf-7'?><rss/>")
@settings(max_examples=300, deadline=None)
def test_no_bytes_make_the_check_fail(data: bytes) -> None:
    known = load_rules()
    assert all(said.code in known for said in check_page(make_page("x", "", data), NOW, "", "text/xml; charset=x"))


NAMES = sorted({part.split()[0].strip("</>") for part in CLEAN.split("<") if part and part[0].isalpha()} - {"rss"})
VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "http://[",
            "https://",
            "javascript:x",
            "\u0663",
            "1" * 5000,
            "-1",
            "1e999",
            "00:00",
            "<p",
            "<![CDATA[",
            "&amp;#x110000;",
        ]
    ),
)


@st.composite
def trees(draw: st.DrawFn, depth: int = 2) -> str:
    """Some XML of the elements a feed has, with anything in them."""
    from xml.sax.saxutils import escape, quoteattr

    name = draw(st.sampled_from(NAMES))
    clean = "".join(
        char
        for char in draw(VALUES)
        if char >= " " and not 0xD800 <= ord(char) <= 0xDFFF and char not in "\ufffe\uffff"
    )
    attributes = {
        key: draw(VALUES)
        for key in draw(
            st.lists(
                st.sampled_from("url href type length rel text startTime duration rrule dtstart isPermaLink".split()),
                unique=True,
                max_size=4,
            )
        )
    }
    written = "".join(
        f" {key}={quoteattr(''.join(c for c in value if c >= ' ' and c not in chr(0xFFFE) + chr(0xFFFF)))}"
        for key, value in attributes.items()
    )
    inner = "".join(draw(st.lists(trees(depth - 1), max_size=4))) if depth else ""
    return f"<{name}{written}>{escape(clean)}{inner}</{name}>"


@given(st.lists(trees(), max_size=4))
@settings(max_examples=60, deadline=None)
def test_no_xml_makes_the_check_fail(parts: list[str]) -> None:
    head = CLEAN[: CLEAN.index("<channel>")]
    page = make_page(
        "x", BASE, f"{head}<channel>{''.join(parts)}<item>{''.join(parts)}</item></channel></rss>".encode()
    )
    assert page.channel is not None
    assert {said.code for said in check_page(page, NOW)} <= set(load_rules())
    assert all(wanted.address for wanted in find_wanted(page))


STARTS = [
    b"",
    b"WEBVTT\n\n",
    b'{"version": "1", "chapters": [',
    b"ID3\x04\x00\x00\x00\x00\x00\x0a",
    make_sound("x")[:3000],
    make_art()[:400],
    make_art("PNG")[:60],
]


@given(
    st.sampled_from(STARTS),
    st.binary(max_size=300),
    st.sampled_from(list(Kind)),
    st.sampled_from(["audio/mpeg", "text/vtt", "application/json", "text/html", "application/srt"]),
)
@settings(max_examples=300, deadline=None)
def test_no_file_makes_the_check_fail(start: bytes, data: bytes, kind: Kind, media: str) -> None:
    wanted = Wanted("x", 1, kind, BASE + "x.mp3", media, 20, 20)
    assert all(said.code in load_rules() for said in check_file(wanted, start + data, listen=False))


BROKEN_HTML = (
    "<",
    "<a",
    "<!",
    "<!--",
    "</",
    "<a b=",
    '<a b="',
    "<a b='",
    "&",
    "<![",
    "<?",
    "<a/>",
    "<p>",
    "</p>",
    "-->",
    "=\"'",
)


@pytest.mark.parametrize("piece", BROKEN_HTML)
def test_broken_html_is_read_in_one_pass(piece: str) -> None:
    tags = find_tags(piece * 200_000)  # what reads anything twice would not end
    assert tags.names <= {"a", "p"}


@given(st.text(alphabet="<>/!-='\"ab &;[]?\n", max_size=60))
@settings(max_examples=300, deadline=None)
def test_no_html_makes_the_check_fail(text: str) -> None:
    assert all(name.startswith(("a", "b")) for name in find_tags(text).names)


def test_every_rule_is_broken_by_a_test_and_every_code_has_a_rule() -> None:
    import re

    folder, known = Path(__file__).parent, set(load_rules())
    tests = "".join(path.read_text() for path in folder.glob("*.py") if path != Path(__file__))
    missing = {code for code in known if f'"{code}"' not in tests}
    assert missing == set()
    source = "".join(path.read_text() for path in (folder.parents[1] / "generator/feeds/check").glob("*.py"))
    assert set(re.findall(r'"([A-Z]\d\d)"', source)) == known


def test_the_document_tells_every_rule_as_it_is() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert render_page(page) == page
    assert all(f"| {code} |" in page for code in load_rules())


def test_a_large_picture_is_not_unpacked() -> None:
    from PIL import Image

    file = io.BytesIO()
    Image.new("1", (14_000, 14_000)).save(file, "PNG")
    wanted = Wanted("x", 1, Kind.ART, BASE + "x.png", "", None, 0)
    assert "M11" in {said.code for said in check_file(wanted, file.getvalue(), listen=False)}
