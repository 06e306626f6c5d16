import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.delivery.folder import NOTE, Report, publish_folder
from generator.errors import ConfigError, PublishError, PublishRefused
from tests.delivery.sites import as_published, make_plain_site, read_folder
from tests.running import run


def published(target: Path) -> dict[str, str]:
    return read_folder(target, NOTE)


def test_a_site_is_published_into_a_new_folder_for_everybody_to_read(tmp_path: Path) -> None:
    site = make_plain_site(tmp_path / "site")
    (site / "index.html").chmod(0o600)
    report = publish_folder(site, tmp_path / "www")
    assert published(tmp_path / "www") == as_published(site)
    assert report == Report(7, 7, sum(map(len, as_published(site).values())), 0)
    assert all(path.stat().st_mode & 0o444 == 0o444 for path in (tmp_path / "www").rglob("*"))


def test_only_what_changed_is_written_whatever_file_times_say(tmp_path: Path) -> None:
    site, target = make_plain_site(tmp_path / "site"), tmp_path / "www"
    publish_folder(site, target)
    before = {path: path.stat().st_ino for path in target.rglob("*") if path.is_file()}
    make_plain_site(site, stories__a__cover_webp="x")
    (site / "stories/a/cover.webp").write_text("cover B")  # as long as before
    for path in site.rglob("*"):
        os.utime(path, (1, 1))
    report = publish_folder(site, target)
    assert report.sent == 2
    assert published(target) == as_published(site)
    after = {path.relative_to(target).as_posix() for path in target.rglob("*") if before.get(path) != path.stat().st_ino and path.is_file()}  # fmt: skip
    assert after == {"stories/a/cover.webp", "stories/a/cover_webp", NOTE}


def test_again_nothing_is_written_at_all(tmp_path: Path) -> None:
    site, target = make_plain_site(tmp_path / "site"), tmp_path / "www"
    publish_folder(site, target)
    before = {path: path.stat().st_ino for path in target.rglob("*")}
    assert publish_folder(site, target) == Report(7, 0, 0, 0)
    assert {path: path.stat().st_ino for path in target.rglob("*")} == before


def test_what_is_gone_is_removed_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    site, target = make_plain_site(tmp_path / "site", stories__b__index="b"), tmp_path / "www"
    publish_folder(site, target)
    (target / ".htaccess").write_text("theirs")
    (target / "stories/a/notes.txt").write_text("theirs")
    shutil.rmtree(site / "stories")
    assert publish_folder(site, target).removed == 3
    assert published(target) == as_published(site) | {".htaccess": "theirs", "stories/a/notes.txt": "theirs"}
    assert not (target / "stories/b").exists()


class Crash(BaseException):
    """The end of a process."""


def change(site: Path) -> None:
    """Have a site gain, change and lose files, a folder become a file and a file a folder."""
    shutil.rmtree(site / "find")
    (site / "find").write_text("a file now")
    (site / "404.html").unlink()
    (site / "404.html").mkdir()
    (site / "404.html/index.html").write_text("a folder now")
    shutil.rmtree(site / "stories/a")
    make_plain_site(site / "x")
    (site / "index.html").write_text("<a href='x/'>home</a>")


def test_cut_off_anywhere_a_second_run_ends_it(tmp_path: Path) -> None:
    before, after = make_plain_site(tmp_path / "before"), make_plain_site(tmp_path / "after")
    change(after)
    for number in range(100):
        target, left = tmp_path / f"www{number}", number
        publish_folder(before, target)

        def crash(_point: str) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise Crash

        try:
            publish_folder(after, target, reach=crash)
        except Crash:
            (target / ".taleshelf.new").write_text("half a file")
            names = published(target)
            assert names["index.html"] in {as_published(before)["index.html"], as_published(after)["index.html"]}
            if names["index.html"] == as_published(after)["index.html"]:  # the home page comes after what it shows
                assert {name for name in as_published(after) if name.startswith("x/")} <= names.keys()
        else:
            assert number > 10
            break
        publish_folder(after, target)
        assert published(target) == as_published(after)
        assert publish_folder(after, target) == Report(len(as_published(after)), 0, 0, 0)
    else:
        pytest.fail("it never came to its end")


names = st.sampled_from(["a", "b", "a/x", "a/y", "b/x/y", "c.html", "d.xml"])


@given(st.lists(st.dictionaries(names, st.sampled_from(["1", "2", "3"])), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_after_any_row_of_sites_the_folder_is_the_last_one(
    tmp_path_factory: pytest.TempPathFactory, sites: list[dict[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("row")
    for number, files in enumerate(sites):
        site = make_plain_site(folder / str(number))
        for name, text in files.items():
            path = site / name
            if not any(parent.is_file() for parent in path.parents) and not path.is_dir():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
        publish_folder(site, folder / "www")
        assert published(folder / "www") == as_published(site)


def test_a_folder_that_is_no_site_is_refused_and_left_alone(tmp_path: Path) -> None:
    site = make_plain_site(tmp_path / "site")
    home = tmp_path / "home"
    home.mkdir()
    (home / "letter.txt").write_text("dear")
    for target in (home, site, site / "assets", tmp_path, home / "letter.txt"):
        with pytest.raises(ConfigError) as caught:
            publish_folder(site, target)
        assert caught.value.hint
    assert read_folder(home) == {"letter.txt": "dear"}
    with pytest.raises(ConfigError, match="there is no built site"):
        publish_folder(home, tmp_path / "www")


def test_a_site_that_was_put_there_by_hand_is_taken_over_and_loses_nothing(tmp_path: Path) -> None:
    site = make_plain_site(tmp_path / "site")
    target = make_plain_site(tmp_path / "www", old="by hand")
    (target / ".taleshelf").unlink()
    assert publish_folder(site, target).sent == 0
    assert published(target) == as_published(site) | {"old": "by hand"}


def test_a_note_that_cannot_be_read_removes_nothing_and_leads_nowhere(tmp_path: Path) -> None:
    site, target = make_plain_site(tmp_path / "site"), tmp_path / "www"
    publish_folder(site, target)
    (tmp_path / "precious").write_text("mine")
    for text in ("", "[]", '{"files": 3}', '{"files": ["../precious", "/etc/passwd", "a/../../precious", 3, ""]}'):
        (target / NOTE).write_text(text)
        publish_folder(site, target)
        assert published(target) == as_published(site)
    assert (tmp_path / "precious").read_text() == "mine"


def test_links_are_neither_published_nor_followed(tmp_path: Path) -> None:
    site, target = make_plain_site(tmp_path / "site"), tmp_path / "www"
    publish_folder(site, target)
    (site / "leak.txt").symlink_to("/etc/passwd")
    with pytest.raises(PublishRefused, match=r"'leak\.txt' in the site is no plain file"):
        publish_folder(site, target)
    (site / "leak.txt").unlink()
    (site / "leak").symlink_to("/etc")
    with pytest.raises(PublishRefused, match="'leak' in the site is no plain file"):
        publish_folder(site, target)
    (site / "leak").unlink()
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(target / "stories", elsewhere)
    shutil.rmtree(target / "stories")
    (target / "stories").symlink_to(elsewhere)
    (site / "stories/a/cover.webp").write_text("new")
    with pytest.raises(PublishRefused, match="'stories' is in the way"):
        publish_folder(site, target)
    assert (elsewhere / "a/cover.webp").read_text() == "cover a"


def test_a_disk_that_will_not_take_it_is_a_sentence(tmp_path: Path) -> None:
    site = make_plain_site(tmp_path / "site")
    (tmp_path / "www").symlink_to("/dev/full/www")
    with pytest.raises(PublishError, match="'www' was not written to: ") as caught:
        publish_folder(site, tmp_path / "www")
    assert caught.value.exit_code == 4


def test_the_command_says_what_it_did(archive: Path, tmp_path: Path) -> None:
    assert run(archive, "publish", "folder", str(tmp_path / "www")).code == 2
    make_plain_site(archive / "site")
    ran = run(archive, "publish", "folder", str(tmp_path / "www"))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("www/: 7 of 7 files (0.0 MB)\n")
    assert run(archive, "publish", "folder", str(tmp_path / "www")).out.endswith("www/: nothing new\n")
    (archive / "site/404.html").unlink()
    assert run(archive, "publish", "folder", str(tmp_path / "www")).out.endswith("www/: nothing new, 1 removed\n")
