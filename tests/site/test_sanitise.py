import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.site.facts import parse_facts
from generator.site.sanitise import ALLOWED, is_local, is_safe_link, sanitise

HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script/x>alert(1)</script>",
    "<script>alert(1)",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror='alert(1)'",
    "<img/src=x/onerror=alert(1)>",
    '<img src="javascript:alert(1)">',
    "<img src=data:image/svg+xml;base64,PHN2Zz4=>",
    "<img src=//evil.example/pixel.gif>",
    "<img src=https://evil.example/pixel.gif>",
    "<img src='\\\\evil.example\\x.gif'>",
    "<img src=/\\evil.example/x.gif>",
    "<img srcset='https://evil.example/x 1x' src=cover.webp>",
    '<img alt="x" alt="onerror=alert(1)" src=a.webp onload=alert(1)>',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    '<iframe srcdoc="<script>alert(1)</script>">',
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='javascript&colon;alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<a href='/\\evil.example'>x</a>",
    "<a href='http://evil.example'>x</a>",
    "<a href='x' onmouseover=alert(1) style='position:fixed;inset:0'>x</a>",
    "<a href='x' target=_blank ping=https://evil.example>x</a>",
    "<form action=https://evil.example><input name=q autofocus onfocus=alert(1)></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<base href=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<style>@import url(https://evil.example/x.css)</style>",
    "<p style='background:url(https://evil.example)'>x</p>",
    "<table background=javascript:alert(1)><td>x</td></table>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><img src=x onerror=alert(1)></template>",
    "<title><img src=x onerror=alert(1)></title>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml <img src=x onerror=alert(1)>?>",
    "<!DOCTYPE x [<!ENTITY y '<script>alert(1)</script>'>]>",
    "<p id=__config>x</p>",
    "<span id=ts-content class='md-overlay'>x</span>",
    "<h2 id='x\" onclick=\"alert(1)'>x</h2>",
    "<x-widget onclick=alert(1)>x</x-widget>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<p>a < b <b onclick=alert(1)>c</b></p>",
    "<figure onpointerenter=alert(1)><img src=a.webp></figure>",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<isindex type=image src=1 onerror=alert(1)>",
    "<a href='https://evil.example\"onclick=alert(1)'>x</a>",
]
ATTRIBUTES = {"href", "src", "alt", "title", "width", "height", "loading", "decoding", "class", "id"}
TAG = re.compile(r"<(/?)([a-z0-9]+)((?: [a-z]+=\"[^\"<>]*\")*)>")


def assert_harmless(html: str) -> None:
    rest = TAG.sub("", html)
    assert "<" not in rest, "only whole, plain tags may be left"
    for match in TAG.finditer(html):
        assert match[2] in ALLOWED
        for name, value in re.findall(r' ([a-z]+)="([^"]*)"', match[3]):
            assert name in ATTRIBUTES
            if name in {"href", "src"}:
                assert not re.match(r"(?i)\s*(?!https:)[a-z+.-]+:|//", value)
                assert name == "href" or not value.startswith("http")


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_hostile_is_left(html: str) -> None:
    clean = sanitise(f"<p>Once</p>{html}")
    assert_harmless(clean)
    assert clean.startswith("<p>Once</p>")
    assert "evil.example" not in re.sub(r">[^<]*<", "><", clean) or "https://evil" in html


@given(
    st.lists(st.sampled_from([*HOSTILE, "<p>", "</p>", "<em>", "</span>", "'", '"', ">", "<", "&", "&lt;"]), max_size=6)
)
def test_pieces_of_attacks_put_together_are_harmless_too(parts: list[str]) -> None:
    clean = sanitise("".join(parts))
    assert_harmless(clean)
    assert sanitise(clean) == clean


@given(st.text())
def test_any_text_comes_out_harmless_and_stays_as_it_is_the_second_time(text: str) -> None:
    clean = sanitise(text)
    assert_harmless(clean)
    assert sanitise(clean) == clean


@pytest.mark.parametrize(
    "html",
    [
        "<p>A <em>soft</em> and <strong>strong</strong> word.<br>Next line.</p>",
        '<h2 id="the-hill">The hill</h2>',
        '<p><img alt="A fox &amp; an owl" src="scene-1.webp"></p>',
        '<p><a href="../20-a-coat/">before</a> <a href="https://example.org/">out</a></p>',
        "<blockquote><p>x</p></blockquote><ul><li>1</li></ul><ol><li>2</li></ol><hr>",
        '<figure><img src="a.webp" alt="x" width="4" height="3" loading="lazy" decoding="async"></figure>',
        '<p><span class="said" id="s12">“Hush.”</span> 3 &lt; 4 &amp; 5</p>',
    ],
)
def test_what_a_story_is_made_of_is_kept_as_it_is(html: str) -> None:
    assert sanitise(html) == html


def test_what_is_left_open_is_closed_and_what_was_never_open_is_dropped() -> None:
    assert sanitise("<p>a<em>b</p>c</strong>") == "<p>a<em>b</em></p>c"


def test_headings_of_other_levels_become_the_two_a_story_has() -> None:
    assert sanitise("<h1>a</h1><h4>b</h4>") == "<h2>a</h2><h3>b</h3>"


def test_an_id_stands_only_once() -> None:
    assert sanitise('<h2 id="a">x</h2><h2 id="a">y</h2>') == '<h2 id="a">x</h2><h2>y</h2>'


def test_text_after_an_embedded_thing_is_not_lost() -> None:
    assert sanitise("<embed src=x><p>On they went.</p>") == "<p>On they went.</p>"


@pytest.mark.parametrize("url", ["a.webp", "../x/", "#moral", "x?y=z", "/x", "./a:b"])
def test_urls_of_this_site_are_local(url: str) -> None:
    assert is_local(url)
    assert is_safe_link(url)


@pytest.mark.parametrize("url", ["", "//x", "a b", "x:y", "http://x", "\\\\x", "java\tscript:x"])
def test_urls_of_other_places_are_not(url: str) -> None:
    assert not is_local(url)
    assert not is_safe_link(url)


def test_the_facts_of_a_page_see_what_the_sanitiser_would_drop() -> None:
    facts = parse_facts('<html lang="en"><div data-story-text><p onclick="x">a<br><b>b</b></p></div><i>c</i></html>')
    assert facts.story_tags == ["p", "br", "b"]
    assert facts.story_scripts == ["onclick"]
