import re
import shutil
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from generator.errors import ArchiveError, BuildError, ConfigError
from generator.findings import Finding
from generator.site.build import BuildReport, build_site
from generator.site.check import check_site
from tests.site import sample
from tests.site.conftest import ATTACK, BASE


def read(report: BuildReport, path: str) -> str:
    return (report.site_dir / path / "index.html").read_text("utf-8")


def test_a_built_site_has_no_findings(built: BuildReport) -> None:
    assert check_site(built.site_dir, BASE) == ()
    assert built.base_path == BASE
    assert built.pages > 50


def test_an_attacked_site_has_no_findings_either(attacked: BuildReport) -> None:
    assert check_site(attacked.site_dir, BASE) == ()


def test_nothing_of_an_attack_is_markup_on_any_page(attacked: BuildReport) -> None:
    pages = {path: path.read_text("utf-8") for path in attacked.site_dir.rglob("*.html")}
    assert any("&lt;img src=x onerror" in text for text in pages.values()), "the attack is there, as text"
    for text in pages.values():
        assert "<img src=x" not in text
        scripts = re.findall(r"<script\b.*?</script>", text, re.DOTALL)
        assert not any("attacked" in script for script in scripts if "application/ld+json" not in script)
        assert not re.search(r"<[^>]*\sonerror=[^>]*>", re.sub(r'"[^"]*"', '""', text))


def test_the_title_of_an_attacked_story_is_shown_as_it_was_written(attacked: BuildReport) -> None:
    title = re.search(r"<title>(.*?)</title>", read(attacked, "stories/2026/11/21-the-lantern-that-stayed"))
    assert title is not None
    assert unescape(title[1]).startswith(ATTACK)


def test_home_shows_tonight_and_then_the_newest(built: BuildReport) -> None:
    home = read(built, ".")
    assert "Come in, the lamp is lit." in home
    found = re.findall(r'<h[13][^>]*>.*?href="(stories/2026/11/\d\d)-', home, re.DOTALL)
    assert found == [f"stories/2026/11/{day:02d}" for day in range(21, 6, -1)], "twelve nights, and two with a note"


def test_a_story_page_has_everything_a_reader_needs(built: BuildReport) -> None:
    page = read(built, "stories/2026/11/20-pip-and-the-river-s-bed")
    for text in (
        '<audio controls preload="none" src="2026-11-20-pip-and-the-river-s-bed.mp3"',
        "3:11",
        'href="2026-11-20-pip-and-the-river-s-bed.mp3" download',
        "embedded hibari-tts 0.2.1 heart",
        "A light is brightest where somebody waits.",
        "What would you leave burning for a friend?",
        'fetchpriority="high"',
        '<link rel="canonical" href="https://example.org/tales/stories/2026/11/20-pip-and-the-river-s-bed/">',
        '<meta property="og:image" content="https://example.org/tales/stories/2026/11/20-',
        '<meta name="description" content="A light that nobody lit, and the fox who wanted to know why.">',
        'rel="next" href="../19-a-coat-for-the-moon/"',
        'rel="prev" href="../21-the-lantern-that-stayed/"',
        'href="../../../../cast/pip/"',
        'href="../../../../tags/night-day/"',
    ):
        assert text in page, text
    assert page.count("<h1") == 1
    assert page.count('src="cover.webp"') == 1
    assert "the night was blue,<br>" in page.replace(" />", ">")


def test_prose_keeps_no_line_breaks(built: BuildReport) -> None:
    assert "<br" not in read(built, "stories/2026/11/21-the-lantern-that-stayed")


def test_long_lists_go_on_from_page_to_page(tmp_path: Path) -> None:
    report = build_site(sample.write_site(tmp_path, 50))
    assert check_site(report.site_dir, BASE) == ()
    assert 'rel="next" href="page/1/"' in read(report, "cast/moss")
    assert 'rel="prev" href="../../"' in read(report, "cast/moss/page/1")
    assert "Stories with Moss, page 1" in read(report, "cast/moss/page/1")
    assert "3 October 2026 to 26 October 2026" in read(report, "cast/moss/page/1")


def test_what_is_not_for_readers_is_not_on_the_site(built: BuildReport) -> None:
    assert not list(built.site_dir.rglob("story.json"))
    assert list(built.site_dir.rglob("timing.json"))
    assert "not for readers" not in "".join(path.read_text("utf-8") for path in built.site_dir.rglob("*.html"))


def test_no_page_says_how_the_site_was_generated(built: BuildReport) -> None:
    assert 'name="generator"' not in read(built, ".")


def test_the_same_archive_gives_the_same_site(built: BuildReport, tmp_path: Path) -> None:
    again = build_site(built.site_dir.parent / "mkdocs.yml", tmp_path / "again")

    def contents(folder: Path) -> dict[str, bytes]:
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    one, two = contents(built.site_dir), contents(again.site_dir)
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []


def test_an_archive_without_stories_is_a_site_that_says_so(tmp_path: Path) -> None:
    report = build_site(sample.write_site(tmp_path, 0))
    assert check_site(report.site_dir, BASE) == ()
    assert "The shelf is still empty" in read(report, ".")
    assert "The shelf is still empty" in read(report, "stories")


def test_the_projects_own_pages_build_without_findings(tmp_path: Path) -> None:
    sample.write_story(sample.copy_content(tmp_path), replace(sample.make_page(0), cast=("pip",)))
    report = build_site(sample.write_settings(tmp_path, "https://example.org/"))
    assert check_site(report.site_dir, "/") == ()


def test_nothing_is_printed(built: BuildReport, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    build_site(built.site_dir.parent / "mkdocs.yml", tmp_path / "again")
    assert capfd.readouterr() == ("", "")


@pytest.fixture
def small(tmp_path: Path) -> tuple[Path, Path]:
    """A settings file and the folder of its newest story; the site is built."""
    settings = sample.write_site(tmp_path, 2)
    build_site(settings)
    (tmp_path / "site/mark.txt").write_text("the old site")
    return settings, next(tmp_path.glob("content/stories/2026/11/21-*"))


def spoil_front_matter(story: Path) -> None:
    path = story / "index.md"
    path.write_text(path.read_text("utf-8").replace('title: "', 'title: ["'), "utf-8")


def spoil_link(story: Path) -> None:
    with (story / "index.md").open("a", encoding="utf-8") as page:
        page.write("\n[further](nowhere.md)\n")


def spoil_anchor(story: Path) -> None:
    (story.parents[3] / "about.md").write_text("---\ntitle: About\n---\n\n[x](index.md#nowhere)\n", "utf-8")


def spoil_card(story: Path) -> None:
    (story.parents[3] / "cast/pip.md").write_text("---\nkind: fox\n---\n", "utf-8")


@pytest.mark.parametrize(
    ("spoil", "error", "message"),
    [
        (spoil_front_matter, ArchiveError, "21-the-lantern-that-stayed/index.md"),
        (lambda story: (story / "cover.webp").unlink(), ArchiveError, "cover.webp"),
        (lambda story: (story / "index.md").unlink(), ArchiveError, "index.md"),
        (lambda story: (story / "scene-1.webp").unlink(), BuildError, "scene-1.webp"),
        (spoil_link, BuildError, "nowhere.md"),
        (spoil_anchor, BuildError, "#nowhere"),
        (spoil_card, ConfigError, "pip.md"),
        (lambda story: shutil.rmtree(story.parents[3] / "places"), ConfigError, "places"),
    ],
)
def test_a_broken_page_is_named_and_the_old_site_stays(
    small: tuple[Path, Path], spoil: object, error: type[Exception], message: str
) -> None:
    settings, story = small
    spoil(story)  # type: ignore[operator]
    with pytest.raises(error, match=re.escape(message)) as caught:
        build_site(settings)
    assert caught.value.hint  # type: ignore[attr-defined]
    assert (settings.parent / "site/mark.txt").read_text() == "the old site"
    assert sorted(path.name for path in settings.parent.iterdir()) == ["content", "mkdocs.yml", "site"]


@pytest.mark.parametrize("text", ["site_name: [", "site_nam: x", "site_name: x\nplugins: [none-such]"])
def test_settings_that_cannot_be_used_are_one_clear_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text)
    with pytest.raises(BuildError, match=r"mkdocs\.yml"):
        build_site(tmp_path / "mkdocs.yml")


def test_settings_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"mkdocs\.yml"):
        build_site(tmp_path / "mkdocs.yml")


def test_a_new_site_takes_the_place_of_the_old_one(small: tuple[Path, Path]) -> None:
    build_site(small[0])
    assert not (small[0].parent / "site/mark.txt").exists()
    assert not list(small[0].parent.glob(".site*"))


PAGE = '<html lang="en"><title>{0}</title><meta name="description" content="d"><body>{1}</body></html>'


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ('<a href="gone/">x</a>', "broken-link"),
        ('<a href="/outside/">x</a>', "broken-link"),
        ('<a href="../../">x</a>', "broken-link"),
        ('<img src="gone.webp" alt="x">', "broken-link"),
        ('<audio src="gone.mp3"></audio>', "broken-link"),
        ('<a href="#gone">x</a>', "broken-anchor"),
        ('<img src="cover.webp">', "no-alt"),
        ('<div data-story-text><img src="cover.webp" alt=""></div>', "no-alt"),
        ('<script src="https://evil.example/x.js"></script>', "foreign-request"),
        ('<img src="//evil.example/x.gif" alt="x">', "foreign-request"),
        ('<link rel="stylesheet" href="https://evil.example/x.css">', "foreign-request"),
        ('<a href="javascript:alert(1)">x</a>', "unsafe-link"),
        ('<a href="data:text/html,x">x</a>', "unsafe-link"),
        ('<i id="a"></i><i id="a"></i>', "duplicate-id"),
        ("<div data-story-text><table></table></div>", "html-not-allowed"),
        ('<div data-story-text><p style="color:red">x</p></div>', "html-not-allowed"),
        ("x" * 210_000, "too-large"),
    ],
)
def test_a_check_finds_what_is_wrong(tmp_path: Path, body: str, rule: str) -> None:
    (tmp_path / "cover.webp").write_bytes(b"x")
    (tmp_path / "index.html").write_text(PAGE.format("t", body))
    assert [(finding.path, finding.rule) for finding in check_site(tmp_path, BASE)] == [("index.html", rule)]


def test_a_check_asks_for_title_description_and_language(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<html><svg><title>moon</title></svg></html>")
    assert [finding.rule for finding in check_site(tmp_path)] == ["no-description", "no-language", "no-title"]


def test_a_check_finds_pages_with_the_same_title_and_styles_that_load_from_elsewhere(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(PAGE.format("t", "x"))
    (tmp_path / "x.css").write_text('@import "https://evil.example/x.css"; a { background: url(data:x) }')
    assert [(finding.path, finding.rule) for finding in check_site(tmp_path)] == [
        ("b.html", "same-title"),
        ("x.css", "foreign-request"),
    ]


def test_links_outside_of_the_site_and_good_anchors_are_no_findings(tmp_path: Path) -> None:
    body = '<i id="a"></i><a href="https://example.org/">x</a><a href="#a">x</a><a href="/tales/?x=1#a">x</a>'
    (tmp_path / "index.html").write_text(PAGE.format("t", body))
    assert check_site(tmp_path, BASE) == ()


def test_a_finding_reads_as_one_line() -> None:
    assert str(Finding("a.html", "no-title", "the page has no title")) == "a.html: no-title: the page has no title"
