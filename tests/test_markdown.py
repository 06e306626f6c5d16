import html
import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markdown import (
    clean_text,
    escape_markdown,
    plain_text,
    printable,
    render_front_matter,
    split_front_matter,
)

EXTENSIONS = [
    "attr_list",
    "md_in_html",
    "admonition",
    "def_list",
    "footnotes",
    "tables",
    "abbr",
    "toc",
    "fenced_code",
    "nl2br",
    "sane_lists",
]
TRICKY = [
    "# a",
    "- a",
    "1. a",
    "> a",
    "=====",
    "---",
    "*a*",
    "_a_",
    "`a`",
    "[a](b)",
    "![a](b)",
    "<b>",
    "&amp;",
    "!!! note",
    "??? x",
    ": def",
    "a | b",
    "~~~",
    "{#id}",
    "\\*",
    "    code",
    "*[HTML]: x",
    "[^1]: note",
    "<!-- x -->",
    "1) a",
    "+ a",
    "a\n===",
    "a\n---",
    "<script>alert(1)</script>",
    "--8<-- 'mkdocs.yml'",
]
texts = st.text() | st.lists(st.sampled_from(TRICKY), max_size=3).map("\n".join)


@given(texts)
def test_any_text_is_a_plain_paragraph_in_markdown_and_reads_back(text: str) -> None:
    clean = clean_text(text)
    rendered = markdown.markdown(escape_markdown(text), extensions=EXTENSIONS)
    shown = re.sub(r"<br ?/?>\n?", "\n", rendered.removeprefix("<p>").removesuffix("</p>"))
    assert "<" not in shown
    assert html.unescape(shown) == clean
    assert plain_text(escape_markdown(text)) == clean


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("*Whoosh!* went the **kite**.", "Whoosh! went the kite."),
        ("See [the pier](../pier.md) and ![a boat](boat.webp) now", "See the pier and now"),
        ("Fish &amp; chips <br> `here`", "Fish & chips here"),
        ("snake_case_stays and 2 * 3 * 4 too", "snake_case_stays and 2 * 3 * 4 too"),
        ("- one\n- two", "one\ntwo"),
        (r"a \*star\*", "a *star*"),
        ("before <!-- a note --> after", "before after"),
    ],
)
def test_markdown_by_hand_is_read_as_a_reader_reads_it(written: str, read: str) -> None:
    assert plain_text(written) == read


@given(
    st.dictionaries(
        st.from_regex(r"[a-z_]{1,12}", fullmatch=True),
        st.text() | st.lists(st.text(), max_size=3) | st.integers() | st.floats(0, 1e6).map(lambda x: round(x, 3)),
    ),
    st.text(),
)
def test_front_matter_reads_back(values: dict[str, object], body: str) -> None:
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    cleaned = {
        key: clean_text(value)
        if isinstance(value, str)
        else [clean_text(v) for v in value]
        if isinstance(value, list)
        else value
        for key, value in values.items()
        if key not in {"y", "n", "on", "off", "yes", "no", "true", "false", "null"}
    }
    assert split_front_matter(render_front_matter(cleaned) + body) == (cleaned, body)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("title: x", "line 1: the page does not begin"),
        ("---\ntitle: x", "line 1: .* not closed"),
        ("---\ntitle: x\nother: [\n---\n", "line 4"),
        ("---\n- a\n---\n", "line 2"),
        ("---\ntitle: 'x\n---\n", "line "),
    ],
)
def test_broken_front_matter_says_which_line(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        split_front_matter(text)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("  a\t b\u00a0c \n\n\n d ", "a b c\nd"),
        ("cafe\u0301", "café"),
        ("ri\x07ng", "ring"),  # a control character
        ("zero\u200bwidth \u202eturned", "zerowidth turned"),  # format characters
        ("half \ud800 a pair", "half a pair"),
        ("some \ue000 font's own", "some font's own"),
        ("nothing \u0378 yet", "nothing yet"),
        ("🦊 stays", "🦊 stays"),
    ],
)
def test_a_clean_text_has_only_what_can_be_seen(text: str, clean: str) -> None:
    assert clean_text(text) == clean


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("“Stay,” said Pip (softly) – it's 5% colder…", "“Stay,” said Pip (softly) – it's 5% colder…"),
        ("Łucja çalled Ægir", "Łucja çalled Ægir"),
        ('"Why?" she asked', '"Why?" she asked'),
        ("(aside) 1,000. 2) and - so", "(aside) 1,000. 2) and - so"),
        ("12. Night", "12&#46; Night"),
        ("3) Night\n4) Day", "3&#41; Night\n4&#41; Day"),
        ("- one\n- two", "&#45; one\n&#45; two"),
        ("!!! note", "&#33;&#33;&#33; note"),
        ("???+ x", "&#63;&#63;&#63;&#43; x"),
        ("*[a]* <b> & `c` _d_", "&#42;&#91;a&#93;&#42; &#60;b&#62; &#38; &#96;c&#96; &#95;d&#95;"),
    ],
)
def test_prose_stays_readable_and_what_could_be_markup_becomes_numbers(text: str, written: str) -> None:
    assert escape_markdown(text) == written


def test_no_name_between_colons_is_left_for_an_engine_that_knows_pictures_by_name() -> None:
    assert not re.search(r":[\w+-]+:", escape_markdown("a :smile: and :+1: here"))
    assert html.unescape(escape_markdown("a :smile: here")) == "a :smile: here"
    assert escape_markdown("She said: come") == "She said: come"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("before <!-- a\nnote --> after", "before after"),
        ("<DIV class='x'>in</DIV> <b>bold</b>", "in bold"),
        ("# Title {#id}\nText{: .big }", "Title\nText"),
        ("a [link][1] here", "a link here"),
        ("***all*** ~~gone~~ __two *in* one__", "all gone two in one"),
    ],
)
def test_what_an_owner_marked_up_is_read_without_its_marks(written: str, read: str) -> None:
    assert plain_text(written) == read


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\nb  c", "a b c"),
        ("::error::x", "| ::error::x"),
        ("\u200b::set-env name=x::", "| ::set-env name=x::"),
        ("a ::b", "a ::b"),
        ("##[group]x", "# #[group]x"),
        ("see ##vso[task.x]", "see # #vso[task.x]"),
        ("## two", "## two"),
        ("\x1b[31mred", "[31mred"),
    ],
)
def test_a_line_for_a_log_is_one_line_and_no_command(text: str, line: str) -> None:
    assert printable(text) == line


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_front_matter_is_read_with_any_line_ending_mark_and_trailing_space(end: str) -> None:
    text = end.join(["\ufeff--- ", "title: Łucja", "---  ", "one", "two"])
    assert split_front_matter(text) == ({"title": "Łucja"}, "one\ntwo")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (" ---\ntitle: x\n---\n", "^line 1: the page does not begin with '---'$"),
        ("---\ntitle: x\n ---\n", "^line 1: the front matter is not closed by a second '---'$"),
        ("---\na: 1\nb: 'x\n  y\n---\n", "^line 4: found unexpected end of stream$"),
        ("---\na: 1\nb: c: d\n---\n", "^line 3: mapping values are not allowed"),
        ("---\na: \x07\n---\n", "^the front matter is not YAML: [^\n]+$"),
        ("---\nday: 2026-13-45\n---\n", "^the front matter is not YAML: month must be in"),
        ("---\n1: a\n---\n", "^line 2: the front matter is not a list of 'key: value' lines$"),
        ("---\njust words\n---\n", "^line 2: the front matter is not a list of 'key: value' lines$"),
    ],
)
def test_an_owner_reads_what_is_wrong_with_the_front_matter_and_where(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        split_front_matter(text)


def test_empty_front_matter_is_no_mistake() -> None:
    assert split_front_matter("---\n---\ntext") == ({}, "text")


def test_front_matter_is_for_people_too() -> None:
    assert render_front_matter({"title": "Łucja", "cast": ("a", "b")}) == '---\ntitle: "Łucja"\ncast: ["a", "b"]\n---\n'
