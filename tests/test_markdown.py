import html
import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markdown import clean_text, escape_markdown, plain_text, render_front_matter, split_front_matter

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
