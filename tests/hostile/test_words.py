"""Every payload as a value: what becomes of it on its way to a page, a file name, a tag, a commit and a log."""

import html
import io
import json
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen.id3 import ID3

from generator.bundle import FOLDER, bundle_path
from generator.drafts import make_message
from generator.markdown import clean_text, escape_markdown, plain_text, printable
from generator.models.reply import parse_story
from generator.page import Section, parse_page, render_page
from generator.reading import make_slug as make_file_name
from generator.site.phrases import make_slug as make_url_name
from generator.site.sanitise import sanitise
from generator.sound.tags import Tags, tag_mp3
from generator.story import Credit, Narration, Sentence, Slot
from tests.hostile.library import BLOCKS, NEWEST, make_reply, signs
from tests.hostile.payloads import PAYLOADS, UNCLOSED
from tests.running import run
from tests.samples import make_brief
from tests.site.sample import make_mp3, make_page, write_site

EXTENSIONS = (
    "abbr admonition attr_list def_list fenced_code footnotes md_in_html meta nl2br sane_lists tables toc wikilinks "
    "pymdownx.arithmatex pymdownx.betterem pymdownx.blocks.admonition pymdownx.blocks.details pymdownx.blocks.html "
    "pymdownx.blocks.tab pymdownx.caret pymdownx.critic pymdownx.details pymdownx.emoji pymdownx.highlight "
    "pymdownx.inlinehilite pymdownx.keys pymdownx.magiclink pymdownx.mark pymdownx.progressbar "
    "pymdownx.snippets pymdownx.superfences pymdownx.tabbed pymdownx.tasklist pymdownx.tilde"
).split()
SITE = ["toc", "tables", "fenced_code", "attr_list"]  # those of MkDocs itself and of mkdocs.yml
CONTROLS = {"Cc", "Cf", "Cs", "Co", "Cn"}
texts = st.text() | st.lists(st.sampled_from(PAYLOADS) | st.text(max_size=4), max_size=3).map("".join)
DEFAULT = make_page(0)


def one_line(text: str) -> str:
    return " ".join(clean_text(text).split())


def is_clean(text: str) -> bool:
    return not any(unicodedata.category(c) in CONTROLS for c in text)


def render(text: str, extensions: list[str]) -> str:
    return str(markdown.markdown(text, extensions=extensions))


@settings(max_examples=1000, deadline=None)
@given(texts)
def test_any_text_is_exactly_its_heading_and_its_alternative_text(text: str) -> None:
    line = one_line(text)
    heading = re.fullmatch(r'<h2 id="[^"<>]*">([^<>]*)</h2>', render(f"## {escape_markdown(line)}.", SITE))
    assert heading is not None
    assert html.unescape(heading[1]) == f"{line}."
    image = re.fullmatch(
        r'<p><img alt="([^"<>]*)" src="a.webp" /></p>', render(f"![{escape_markdown(line)}](a.webp)", SITE)
    )
    assert image is not None
    assert html.unescape(image[1]) == line


@settings(max_examples=1000, deadline=None)
@given(texts)
def test_any_text_in_any_field_reads_back_from_the_page(text: str) -> None:
    line = one_line(text)
    section = Section(f"{line}.", "scene-1.webp", line, (f"{text}.",))
    page = replace(
        DEFAULT, title=f"{text}.", description=text, moral=text, question=text, written_by=text, drawn_by=text,
        read_by=text, cast=(text,), place=text, series=text, tags=(text,), cover_alt=line, sections=(section,),
    )  # fmt: skip
    clean = clean_text(text)
    said = replace(section, paragraphs=(clean_text(f"{text}."),))
    assert parse_page(render_page(page)) == replace(
        page, title=clean_text(f"{text}."), description=clean, moral=clean, question=clean, written_by=clean,
        drawn_by=clean, read_by=clean, cast=(clean,), place=clean, series=clean, tags=(clean,), sections=(said,),
    )  # fmt: skip


@settings(max_examples=1000, deadline=None)
@given(texts)
def test_any_text_is_a_line_of_a_log_and_of_a_commit(text: str) -> None:
    for line in (printable(text), printable(f"::{text}"), make_message(Slot(NEWEST), text).removesuffix("\n")):
        assert is_clean(line)
        assert line.splitlines() in ([line], [])
        assert not line.strip().startswith("::")
        assert not re.search(r"##\w*\[", line)


def test_a_payload_is_a_plain_paragraph_even_where_every_extension_is_on() -> None:
    converter = markdown.Markdown(extensions=EXTENSIONS)
    for payload in PAYLOADS:
        rendered = converter.reset().convert(escape_markdown(payload))
        shown = re.sub(r"<br ?/?>", "", rendered.removeprefix("<p>").removesuffix("</p>"))
        assert "<" not in shown, payload
        assert signs(html.unescape(shown)) == signs(payload), payload
        assert plain_text(escape_markdown(payload)) == clean_text(payload)


def test_no_word_of_a_reply_is_lost_and_nothing_but_text_is_left() -> None:
    for number in range(len(BLOCKS)):
        reply = json.loads(make_reply(number))
        story = parse_story(make_reply(number), make_brief(), Credit("a", "b"))
        pairs = [(reply[key], getattr(story, key)) for key in ("title", "summary", "moral", "question")]
        for asked, scene in zip(reply["scenes"], story.scenes, strict=True):
            said = "".join(part["text"] for paragraph in asked["paragraphs"] for part in paragraph["parts"])
            picture = asked["picture"]
            pairs += [(asked["heading"], scene.heading), (said, "".join(scene.paragraphs))]
            pairs += [(picture["description"], scene.picture.text), (picture["alt"], scene.picture.alt)]
            assert {figure.character.key for figure in scene.picture.figures} <= {"pip", "moss"}
            assert not [word for word in scene.picture.objects if re.search(r"[!-&(-,./:-@\[-`{-~]", word)]
        for written, read in pairs:
            assert is_clean(read.replace("\n", "")), written
            # The tags a model puts around emphasis are no words; entities are the characters they stand for.
            wanted = re.sub(r"(?i)</?(?:b|i|em|strong|u|q|p)\s*>", "", html.unescape(written))
            assert signs(read) == signs(wanted), written


def test_a_payload_is_never_a_path() -> None:
    for payload in PAYLOADS:
        folder = bundle_path(Path("stories"), Slot(NEWEST), payload)
        assert folder.parent == Path("stories/2026/11")
        assert FOLDER.fullmatch(folder.name), payload
        assert len(folder.name) <= 80
        for name in (make_file_name(payload), make_url_name(clean_text(payload))):
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name), payload


def test_the_tags_of_a_narration_hold_one_clean_line_each() -> None:
    for at, payloads in enumerate(BLOCKS):
        block = tuple(payload for payload in payloads if one_line(payload))
        sentences = tuple(Sentence(f"s{n}", n, n / 10, n / 10 + 0.1, "x") for n, _ in enumerate(block, 1))
        text = " ".join(block)
        tags = Tags(text, text, "2026-11-21", text, block[0], text, block)
        sound = tag_mp3(Narration(make_mp3(), 4.0, sentences, Credit("a", "b")), tags).mp3
        frames = ID3(io.BytesIO(sound))
        values = [value for frame in frames.values() for value in getattr(frame, "text", ())]
        chapters = [
            chapter.sub_frames["TIT2"].text for chapter in sorted(frames.getall("CHAP"), key=lambda one: one.start_time)
        ]
        assert frames.getall("TIT2")[0].text == [one_line(text)], at
        assert [one for (one,) in chapters] == [one_line(one) for one in block]
        assert all(is_clean(str(value)) for value in values)


@pytest.mark.parametrize("payload", UNCLOSED)
@pytest.mark.parametrize(
    "form", ["Before.\n\n{}\n\nAfter.", "Before. {} one\n\nAfter.", "Before.\n\n<p>{}</p>\n\nAfter."]
)
def test_what_is_never_closed_takes_no_text_with_it(payload: str, form: str) -> None:
    clean = sanitise(render(form.format(payload), ["attr_list"]))
    assert "Before." in clean
    assert "After." in clean


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object/apply:os.system ['true']",
        "!!python/name:os.system",
        "!ENV HOME",
        "*a",
        "{a: b}",
        "!!binary aGk=",
    ],
)
def test_front_matter_makes_texts_only(tag: str) -> None:
    text = render_page(DEFAULT).replace('title: "The Lantern That Stayed"', f"title: {tag}")
    with pytest.raises(ValueError, match=r"line 2|title"):
        parse_page(text)


def test_a_key_that_a_theme_would_obey_is_refused() -> None:
    for payload in ("template: evil.html", "hide: [navigation]", '"::error::x": 1', "<<: {template: x}"):
        with pytest.raises(ValueError, match="unknown"):
            parse_page(render_page(DEFAULT).replace("---\n", f"---\n{payload}\n", 1))


def test_the_commands_print_no_command_and_no_control_character(tmp_path: Path) -> None:
    settings = write_site(tmp_path, 3)
    pages = sorted(tmp_path.glob("content/stories/*/*/*/index.md"))
    bad = "\\n::add-mask::x\\x1b[31m\\x9b2J ##[group]y"
    for page, line in zip(
        pages, (f'title: "a{bad}"', f'title: b\n"k{bad}": 1', f'title: c\nage: "{bad}"'), strict=True
    ):
        before, _, after = page.read_text("utf-8").partition("title: ")
        page.write_text(f"{before}{line}\n{after.partition(chr(10))[2]}", "utf-8")
    (pages[0].parent / "x\n::error::y\x1b[2J").touch()
    word = "\n::add-mask::x\x1b[31m"
    commands = (["status"], ["check"], ["build"], ["write", "--place", word], ["write", "--idea", word * 99])
    for command in [*commands, ["write", "--cast", word], ["write", "--date", word], ["status", "--json"]]:
        ran = run(settings.parent, *command)
        for line in (ran.out + ran.err).split("\n"):
            assert not line.strip().startswith("::"), command
            assert is_clean(line), (command, line)
    assert "Traceback" not in ran.err
