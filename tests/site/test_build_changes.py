"""What a build on top of another does, what makes it build everything, and the parts it is made of."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from generator.archive import Archive
from generator.config import load_config
from generator.errors import ArchiveError, BuildError
from generator.site.build import BuildReport, build_site
from generator.site.cbor import parse_cbor, render_cbor
from generator.site.check import check_site
from generator.site.feeds import READ
from generator.site.fingerprints import UNKNOWN, hash_folder, read_checkout
from generator.site.hearing import load_settings
from generator.site.inventory import find_bundles
from generator.site.keep import read_times
from generator.site.library import read_one
from generator.site.pagefind import MAGIC, Entry, make_index
from generator.site.pictures import parse_webp_size, read_size
from generator.site.press import open_templates, warm_up
from generator.site.records import make_rows, parse_row
from generator.site.sitemap import render_sitemap
from generator.site.survey import Survey, survey_folder
from generator.site.times import is_untouched, renew_times, take_times
from generator.synthetic import write_shelf
from tests.samples import make_archive
from tests.site import sample
from tests.site.conftest import BASE
from tests.site.test_build_equality import commit, contents

GIT = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("grown")
    sample.write_site(root, 30)
    build(root)
    return root


@pytest.fixture
def root(grown: Path, tmp_path: Path) -> Path:
    """An archive of thirty nights whose site is built, with a cache; brought here from elsewhere."""
    return shutil.copytree(grown, tmp_path / "archive", copy_function=shutil.copyfile)


def build(root: Path, **options: object) -> BuildReport:
    return build_site(root / "mkdocs.yml", root / "site", cache=root / "cache", **options)  # type: ignore[arg-type]


def inodes(site: Path) -> dict[str, int]:
    return {path.relative_to(site).as_posix(): path.stat().st_ino for path in site.rglob("*") if path.is_file()}


def test_a_new_story_changes_its_neighbour_and_the_listings_it_enters_and_touches_nothing_else(root: Path) -> None:
    before = inodes(root / "site")
    story = sample.write_story(root / "content", replace(sample.make_page(-1), title="A New Night"))
    report = build(root)
    after = inodes(root / "site")
    printed = {name for name in after if after[name] != before.get(name) and name.endswith("index.html")}
    assert not report.whole
    assert report.printed == len(printed)
    assert f"stories/2026/11/{story.name}/index.html" in printed
    assert [name for name in printed if name.startswith("stories/2026/11/2")] != []
    assert sum(name.startswith("stories/2026/") and name.count("/") == 4 for name in printed) == 2
    assert {"index.html", "stories/index.html", "stories/2026/index.html", "cast/index.html"} <= printed
    assert not any(name.startswith("stories/2026/10/") for name in printed)
    untouched = {name for name in before if before[name] == after.get(name)}
    assert {name for name in before if name.endswith(("webp", "mp3"))} <= untouched
    assert check_site(root / "site", BASE) == ()


def test_nothing_new_prints_nothing(root: Path) -> None:
    assert (build(root).printed, build(root).whole) == (0, False)


@contextmanager
def hear_opens() -> Iterator[list[str]]:
    """Hear of every file that this process opens meanwhile."""
    opened: list[str] = []
    hearing = [opened]
    sys.addaudithook(lambda event, args: [one.append(str(args[0])) for one in hearing] if event == "open" else None)  # type: ignore[func-returns-value]
    yield opened
    hearing.clear()


def test_unchanged_stories_are_not_read(root: Path) -> None:
    commit(root, GIT)
    build(root, environment=GIT)
    (root / "content/about.md").write_text("---\ntitle: About\n---\n\nNew.\n")
    with hear_opens() as opened:
        assert build(root, environment=GIT).printed == 1
    assert any("content/about.md" in path for path in opened)
    assert not [path for path in opened if "content/stories" in path]


def test_beside_a_new_story_only_its_neighbour_and_what_the_text_feed_holds_is_read_and_nothing_copied(
    root: Path,
) -> None:
    commit(root, GIT)
    build(root, environment=GIT)
    neighbour = max(path.parent for path in root.glob("content/stories/*/*/*/index.md"))
    story = sample.write_story(root / "content", replace(sample.make_page(-1), title="A New Night"))
    with hear_opens() as opened:
        assert build(root, environment=GIT).printed > 1
    read = {Path(path) for path in opened if "content/stories/" in path}
    newest = sorted((path.parent for path in root.glob("content/stories/*/*/*/index.md")), reverse=True)[:READ]
    assert {path.parent for path in read} <= {story, neighbour, *newest}
    assert {path.name for path in read if path.parent not in (story, neighbour)} == {"index.md"}
    assert {path.name for path in read if path.parent == neighbour and path.suffix not in {".webp", ".json"}} == {
        "index.md"
    }
    written = {path for path in opened if "/.site.new/stories/" in path and path.endswith((".mp3", ".webp", ".jpg"))}
    assert {Path(path).parent.name for path in written} == {story.name}


def test_a_fresh_clone_with_a_restored_cache_builds_only_what_is_new(root: Path, tmp_path: Path) -> None:
    commit(root, GIT)
    build(root, environment=GIT)
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", root, clone], check=True, env=GIT)
    shutil.copy(root / "mkdocs.yml", clone / "mkdocs.yml")
    for name in ("site", "cache"):
        shutil.copytree(root / name, clone / name, copy_function=shutil.copyfile)
    sample.write_story(clone / "content", replace(sample.make_page(-1), title="A New Night"))
    report = build(clone, environment=GIT)
    assert not report.whole
    assert report.printed < 25


def test_what_was_filed_and_is_committed_afterwards_is_not_built_again(root: Path) -> None:
    commit(root, GIT)
    build(root, environment=GIT)
    sample.write_story(root / "content", replace(sample.make_page(-1), title="A New Night"))
    assert build(root, environment=GIT).printed > 0
    commit(root, GIT)
    assert build(root, environment=GIT).printed == 0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda root: (root / "site/.taleshelf").unlink(),
        lambda root: (root / "site/about/index.html").unlink(),
        lambda root: (root / "site/stranger.txt").write_text("x"),
        lambda root: (root / "site/index.html").write_text("x"),
        lambda root: shutil.rmtree(root / "site"),
        lambda root: shutil.rmtree(root / "cache"),
        lambda root: (root / "cache/state.json").write_text("{"),
        lambda root: (root / "cache/state.json").write_text('["x"]\n{}'),
        lambda root: (root / "cache/records/2026.json").write_text("{}"),
        lambda root: (root / "mkdocs.yml").write_text((root / "mkdocs.yml").read_text() + "copyright: me\n"),
    ],
)
def test_a_site_that_does_not_fit_the_cache_or_the_settings_is_built_anew(root: Path, spoil: object) -> None:
    good = contents(root / "site")
    spoil(root)  # type: ignore[operator]
    assert build(root).whole
    if "copyright" not in (root / "mkdocs.yml").read_text():
        assert contents(root / "site") == good
    assert not build(root).whole


def move_without_times(root: Path) -> None:
    shutil.copytree(root / "site", root / "copy", copy_function=shutil.copyfile)
    shutil.rmtree(root / "site")
    (root / "copy").rename(root / "site")


@pytest.mark.parametrize(
    "spoil",
    [
        move_without_times,
        lambda root: os.utime(root / "site/index.html", (1, 1)),
        lambda root: (root / "cache/times.json").unlink(),
        lambda root: (root / "cache/times.json").write_text("{"),
        lambda root: (root / "cache/times.json").write_text("another stamp\n{}"),
        lambda root: (root / "cache/times.json").write_text(
            (root / "site/.taleshelf").read_text() + '{"\\u0000": 1, "index.html": null}'
        ),
    ],
)
def test_a_site_whose_times_tell_nothing_is_looked_through_instead(root: Path, spoil: object) -> None:
    good = contents(root / "site")
    spoil(root)  # type: ignore[operator]
    report = build(root)
    assert (report.printed, report.whole, contents(root / "site")) == (0, False, good)
    stamp = (root / "site/.taleshelf").read_text().strip()
    assert read_times(root / "cache", stamp) == take_times(root / "site")
    assert len(read_times(root / "cache", stamp)) > report.pages


def test_times_tell_what_was_touched(tmp_path: Path) -> None:
    for name in ("a/b/x.html", "a/c/y.txt", "d/z.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    times = take_times(tmp_path)
    assert times.keys() == {".", "a", "a/b", "a/b/x.html", "a/c", "d", "d/z.html"}
    assert is_untouched(tmp_path, times)
    (tmp_path / "a/c/y.txt").write_text("of no account")
    assert is_untouched(tmp_path, times)
    shutil.rmtree(tmp_path / "a/b")
    assert not is_untouched(tmp_path, times)
    times = renew_times(times, tmp_path, ["a/b"], ["a/b/x.html"])
    assert times == take_times(tmp_path)
    (tmp_path / "d/e/f").mkdir(parents=True)
    (tmp_path / "d/e/f/new.html").write_text("x")
    (tmp_path / "d/z.html").unlink()
    assert renew_times(times, tmp_path, [], ["d/e/f/new.html", "d/z.html"]) == take_times(tmp_path)
    assert not is_untouched(tmp_path, {})
    assert not is_untouched(tmp_path / "gone", times)


def test_a_change_of_a_template_builds_everything_by_itself(root: Path) -> None:
    shutil.copytree(sample.REPOSITORY / "site_template", root / "site_template")
    text = (root / "mkdocs.yml").read_text().replace(str(sample.REPOSITORY / "site_template"), "site_template")
    (root / "mkdocs.yml").write_text(text)
    assert (build(root).whole, build(root).whole) == (True, False)
    with (root / "site_template/partials/taleshelf/footer.html").open("a") as template:
        template.write("<p>New at the foot.</p>\n")
    assert build(root).whole
    assert "New at the foot." in (root / "site/about/index.html").read_text()
    assert not build(root).whole


def test_templates_are_compiled_while_something_is_waited_for_and_no_longer() -> None:
    config = load_settings(sample.REPOSITORY / "mkdocs.yml", [])
    env = open_templates(config)
    warm_up(env, config, iter([False] * 5 + [True]).__next__)
    assert len(env.cache or ()) == 5
    warm_up(env, config, lambda: False)
    assert len(env.cache or ()) >= len(list((sample.REPOSITORY / "site_template").rglob("*.html")))


def test_a_template_that_cannot_be_compiled_stops_the_build_in_a_sentence(root: Path) -> None:
    shutil.copytree(sample.REPOSITORY / "site_template", root / "site_template")
    text = (root / "mkdocs.yml").read_text().replace(str(sample.REPOSITORY / "site_template"), "site_template")
    (root / "mkdocs.yml").write_text(text)
    (root / "site_template/story.html").write_text("{% block content %}never closed")
    with pytest.raises(BuildError, match="could not be built"):
        build(root, environment=GIT)


@pytest.mark.parametrize("package", ["", "pagefind-bin"])
def test_a_change_of_the_program_or_of_what_it_is_built_on_builds_everything_by_itself(
    root: Path, tmp_path: Path, package: str
) -> None:
    other = tmp_path / "other"
    shutil.copytree(sample.REPOSITORY / "generator", other / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    options = f"Path({str(root / 'mkdocs.yml')!r}), Path({str(root / 'site')!r}), cache=Path({str(root / 'cache')!r})"
    code = f"from pathlib import Path; from generator.site.build import build_site; print(build_site({options}).whole)"

    def build_elsewhere() -> str:
        environment = os.environ | {"PYTHONPATH": str(other), "NO_MKDOCS_2_WARNING": "1"}
        command = [sys.executable, "-c", code]
        return subprocess.run(
            command, env=environment, cwd=other, check=True, capture_output=True, text=True
        ).stdout.strip()

    assert build_elsewhere() == "False"  # the same program in another place
    if package:  # of another version, as far as anybody can tell
        (other / f"{package.replace('-', '_')}-99.0.dist-info").mkdir()
        (other / f"{package.replace('-', '_')}-99.0.dist-info/METADATA").write_text(f"Name: {package}\nVersion: 99.0\n")
    else:
        with (other / "generator/site/phrases.py").open("a") as module:
            module.write("# another release\n")
    assert (build_elsewhere(), build_elsewhere()) == ("True", "False")


def test_it_can_be_told_to_build_everything(root: Path) -> None:
    assert build(root, full=True).whole


def test_a_broken_page_leaves_the_site_and_a_mended_one_goes_on_from_there(root: Path) -> None:
    good = contents(root / "site")
    about = root / "content/about.md"
    text = about.read_text()
    about.write_text(text + "\n[x](gone.md)\n")
    with pytest.raises(BuildError, match=r"gone\.md"):
        build(root)
    assert contents(root / "site") == good
    about.write_text(text + "\nMore.\n")
    assert (build(root).printed, build(root).printed) == (1, 0)


def test_a_link_to_a_page_that_goes_away_is_found_on_the_page_that_has_not_changed(root: Path) -> None:
    (root / "content/more.md").write_text("# More\n")
    story = next(root.glob("content/stories/2026/10/2*"))
    with (story / "index.md").open("a") as page:
        page.write("\n[more](../../../../more.md)\n")
    build(root)
    (root / "content/more.md").unlink()
    with pytest.raises(BuildError, match=story.name):
        build(root)


def test_a_link_to_a_place_that_goes_away_is_found_on_the_page_that_has_not_changed(root: Path) -> None:
    story = next(root.glob("content/stories/2026/10/2*"))
    with (story / "index.md").open("a") as page:
        page.write("\n[privacy](../../../../about.md#privacy)\n")
    build(root)
    (root / "content/about.md").write_text("---\ntitle: About\n---\n\nNothing more.\n")
    with pytest.raises(BuildError, match=r"about\.md#privacy"):
        build(root)


def test_two_pages_with_one_address_are_named(root: Path) -> None:
    (root / "content/about").mkdir()
    (root / "content/about/index.md").write_text("# About\n")
    with pytest.raises(BuildError, match=r"about\.md and about/index\.md"):
        build(root)


def test_several_processes_print_what_one_does(tmp_path: Path) -> None:
    settings = sample.write_site(tmp_path, 0)
    for number in range(70):
        sample.write_story(tmp_path / "content", sample.make_page(number * 7), 0, (16, 12))
    one = build_site(settings, tmp_path / "one", workers=1)
    two = build_site(settings, tmp_path / "two", workers=2)
    assert one.printed > 100
    assert replace(two, site_dir=one.site_dir) == one
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_mkdocs_alone_prints_the_same_pages(root: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(root / "mkdocs.yml"), "-d", str(root / "plain")]
    subprocess.run(command, check=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, capture_output=True)
    ours, theirs = contents(root / "site"), contents(root / "plain")
    assert {name: data for name, data in ours.items() if name.endswith(".html")} == {
        name: data for name, data in theirs.items() if name.endswith(".html")
    }
    assert theirs.keys() - ours.keys() == {"sitemap.xml.gz"}


def test_with_plugins_of_others_mkdocs_builds_it_all(root: Path) -> None:
    text = (root / "mkdocs.yml").read_text().replace("plugins:\n", "plugins:\n  - search\n")
    (root / "mkdocs.yml").write_text(text)
    assert (build(root).whole, build(root).whole) == (True, True)
    assert (root / "site/search/search_index.json").is_file()
    assert (root / "site/find/2026/pagefind-entry.json").is_file()


def test_a_story_is_indexed_in_the_part_of_its_year_and_other_parts_stay(root: Path) -> None:
    sample.write_story(root / "content", sample.make_page(400))
    build(root)
    assert json.loads((root / "site/find/parts.json").read_text()) == {"parts": ["2026", "2025"]}
    before = inodes(root / "site/find")
    sample.rewrite(next(root.glob("content/stories/2025/*/*")), title="Another Title")
    build(root)
    after = inodes(root / "site/find")
    assert {name for name in after if before.get(name) != after[name] and name.startswith("2026")} == set()
    assert {name for name in after if before.get(name) != after[name] and name.startswith("2025")} != set()
    shutil.rmtree(root / "content/stories/2025")
    build(root)
    assert not (root / "site/find/2025").exists()


def test_the_same_entries_give_the_same_index() -> None:
    filters = {"cast": ["Pip", "Moss"], "age": ["3-5"], "genre": ["a", "b", "c"], "place": ["x", "y"]}
    entries = [
        Entry(f"stories/{n}/", "en", f"A lantern number {n}", {"title": str(n)}, filters, {"day": "2026"})
        for n in range(9)
    ]
    one, two, three = (make_index(entries) for _ in range(3))
    assert one == two == three
    entry = json.loads(one["pagefind-entry.json"])
    assert entry["languages"]["en"]["page_count"] == 9
    meta = parse_cbor(gzip.decompress(one[f"pagefind.{entry['languages']['en']['hash']}.pf_meta"])[len(MAGIC) :])
    assert isinstance(meta, list)
    assert all(f"filter/{name}.pf_filter" in one for _, name in meta[3])  # type: ignore[union-attr, misc]


@pytest.mark.parametrize("value", [0, 23, 24, 255, 256, 65_536, 1 << 40, "", "é" * 30, [], [1, ["a", [2] * 300]]])
def test_cbor_is_read_as_it_was_written(value: object) -> None:
    assert parse_cbor(render_cbor(value)) == value  # type: ignore[arg-type]


@pytest.mark.parametrize("data", [b"", b"\x00\x00", b"\x81", b"\xa0", b"\x5f", b"\x1f"])
def test_cbor_of_another_kind_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"ends too early|follow|not used"):
        parse_cbor(data)


def test_a_folder_has_the_fingerprint_that_git_gives_it(tmp_path: Path) -> None:
    for name in ("b/c/deep.txt", "b.txt", "b-c/x", "z/run.sh"):
        (tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / name).write_text(name)
    (tmp_path / "content/z/run.sh").chmod(0o755)
    (tmp_path / "content/b/empty").mkdir()
    assert read_checkout(tmp_path / "content", [""], GIT) is None
    commit(tmp_path, GIT)
    known = read_checkout(tmp_path / "content", ["", "gone", "b", "b.txt", "b/c"], GIT)
    assert known == {name: hash_folder(tmp_path / "content" / name) for name in ("b", "b/c", "b-c", "z")}
    (tmp_path / "content/b/c/new.txt").write_text("new")
    (tmp_path / "content/z/run.sh").unlink()
    assert read_checkout(tmp_path / "content", ["", "b"], GIT) == {"b-c": known["b-c"]}
    (tmp_path / "content/b-c/link").symlink_to("x")
    assert hash_folder(tmp_path / "content/b-c") == UNKNOWN


def test_what_git_ignores_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "content/a").mkdir(parents=True)
    (tmp_path / "content/a/page.md").write_text("x")
    (tmp_path / ".gitignore").write_text("*.mp3\n")
    commit(tmp_path, GIT)
    assert read_checkout(tmp_path / "content", [""], GIT) is not None
    (tmp_path / "content/a/sound.mp3").write_text("x")
    assert read_checkout(tmp_path / "content", [""], GIT) == {}


def test_the_stories_are_those_the_archive_knows(tmp_path: Path) -> None:
    good = ("2026/02/28-a", "2026/02/01-x-1a2b3c4d-b", "2024/02/29-leap")
    for name in (*good, "2026/02/29-a", "2026/02/00-a", "2026/13/01-a", "26/02/01-a", "2026/02/1-a", "2026/02/01_a"):
        (tmp_path / "stories" / name).mkdir(parents=True)
    (tmp_path / "stories/2026/02/03-file").write_text("x")
    known = {path.relative_to(tmp_path).as_posix() for path in Archive(tmp_path / "stories").folders()}
    assert set(find_bundles(tmp_path)) == known == {f"stories/{name}" for name in good}


def test_a_survey_can_be_kept_up_to_date(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b.html").write_text("x")
    (tmp_path / "c.txt").write_text("four")
    whole, inner = survey_folder(tmp_path), survey_folder(tmp_path / "a", "a/")
    assert (whole.files, whole.pages, whole.size) == (2, 1, 5)
    assert whole == survey_folder(tmp_path, deep=False) + inner
    assert survey_folder(tmp_path, sized=False).is_like(whole)
    (tmp_path / "a/b.html").rename(tmp_path / "a/d.html")
    changed = survey_folder(tmp_path)
    assert changed != whole
    assert changed == whole - inner + survey_folder(tmp_path / "a", "a/")
    assert survey_folder(tmp_path / "gone") == Survey()


def test_a_record_gives_the_story_back_without_its_text(root: Path) -> None:
    folder = next(root.glob("content/stories/2026/11/20-*"))
    light = read_one(folder.relative_to(root / "content").as_posix(), root / "content").story
    row, others = json.loads(json.dumps(make_rows(light)))
    again = parse_row(light.folder, light.mark, [*row, "more"], {light.folder: others})
    assert again == light
    assert make_rows(again) == make_rows(light)
    assert light.words > 50
    assert [section.paragraphs for section in light.page.sections] == [(), ()]


@pytest.mark.parametrize("options", [{}, {"lossless": True}, {"exif": b"Exif\0\0"}])
def test_the_size_of_a_webp_is_read_from_its_head(tmp_path: Path, options: dict[str, object]) -> None:
    Image.new("RGB", (321, 123)).save(tmp_path / "x.webp", **options)  # type: ignore[arg-type]
    assert parse_webp_size((tmp_path / "x.webp").read_bytes()[:30]) in ((321, 123), None)
    assert read_size(tmp_path / "x.webp") == (321, 123)


def test_the_sitemap_names_pages_by_their_address() -> None:
    text = render_sitemap([("index.md", ""), ("a b/é.md", "2026-11-21"), ("x/README.md", "")], "https://example.org/t")
    assert "<loc>https://example.org/t/</loc></url>" in text
    assert "<loc>https://example.org/t/a%20b/%C3%A9/</loc><lastmod>2026-11-21</lastmod>" in text
    assert "<loc>https://example.org/t/x/</loc>" in text
    assert "<url>" not in render_sitemap([("index.md", "")], "")
    assert "<url>" not in render_sitemap([("today/index.md", "2026-11-21")], "https://example.org/t")


def test_a_synthetic_archive_is_whole_and_the_same_for_the_same_seed(tmp_path: Path) -> None:
    from generator.check import check_all

    config = load_config(make_archive(tmp_path / "ours"))
    for name in ("one", "two"):
        write_shelf(config, tmp_path / name, 4, date(2026, 11, 21))
    assert contents(tmp_path / "one" / "content") == contents(tmp_path / "two" / "content")
    made = load_config(tmp_path / "one")
    build_site(made.mkdocs, made.site)
    assert check_all(made).findings == ()


def test_a_story_that_cannot_be_read_is_named_also_when_others_read_it(tmp_path: Path) -> None:
    settings = sample.write_site(tmp_path, 2)
    (next(tmp_path.glob("content/stories/*/*/21-*")) / "index.md").write_text("no page")
    with pytest.raises(ArchiveError, match="21-the-lantern"):
        build_site(settings, workers=2)
