import json
import os
import tarfile
from pathlib import Path

import pytest

from generator.delivery.pages import LIMIT, prepare_pages, render_prepared
from generator.errors import ConfigError, PublishRefused
from tests.delivery.sites import as_published, make_plain_site
from tests.running import run


def test_files_and_folders_get_what_pages_needs(tmp_path: Path) -> None:
    site = make_plain_site(tmp_path / "site")
    (site / "index.html").chmod(0o600)
    (site / "stories").chmod(0o700)
    os.link(site / "stories/a/cover.webp", site / "stories/a/again.webp")
    before = as_published(site)
    prepared = prepare_pages(site)
    assert (prepared.files, prepared.size) == (8, sum(map(len, before.values())))
    assert as_published(site) == before
    for path in (site, *site.rglob("*")):
        if path.name != ".taleshelf":
            assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path
            assert path.is_dir() or path.stat().st_nlink == 1


def test_the_tar_holds_the_site_and_is_the_same_each_time(tmp_path: Path) -> None:
    site, tar = make_plain_site(tmp_path / "site"), tmp_path / "out/artifact.tar"
    prepare_pages(site, tar)
    first = tar.read_bytes()
    with tarfile.open(tar) as archive:
        members = archive.getmembers()
        texts = {
            member.name.removeprefix("./"): data.read().decode()
            for member in members
            if (data := archive.extractfile(member))
        }
    assert texts == as_published(site)
    assert all(member.isreg() or member.isdir() for member in members)
    assert {oct(member.mode) for member in members} == {"0o644", "0o755"}
    for path in site.rglob("*"):
        os.utime(path, (1, 1))
    prepare_pages(site, tar)
    assert tar.read_bytes() == first
    assert [path.name for path in tar.parent.iterdir()] == ["artifact.tar"]


def test_over_a_gigabyte_it_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    site = make_plain_site(tmp_path / "site")
    with (site / "large.mp3").open("wb") as file:
        file.truncate(LIMIT)
    with pytest.raises(PublishRefused, match="the site has 1000 MB, and GitHub Pages takes 1000 MB") as caught:
        prepare_pages(site, tmp_path / "a.tar")
    assert caught.value.exit_code == 5
    assert not list(tmp_path.glob("*a.tar*"))


def test_links_are_refused(tmp_path: Path) -> None:
    site = make_plain_site(tmp_path / "site")
    (site / "leak.txt").symlink_to("/etc/passwd")
    with pytest.raises(PublishRefused, match="no plain file"):
        prepare_pages(site)
    with pytest.raises(ConfigError, match="no built site"):
        prepare_pages(tmp_path)


def test_hidden_files_are_told_of(tmp_path: Path) -> None:
    site = make_plain_site(tmp_path / "site")
    (site / ".well-known").mkdir()
    (site / ".well-known/security.txt").write_text("hello")
    assert prepare_pages(site).hidden == 1
    assert "1 begin with a dot: set include-hidden-files" in render_prepared(prepare_pages(site))


def test_the_command_prints_figures_for_people_and_programs_and_warns_in_time(archive: Path) -> None:
    site = make_plain_site(archive / "site")
    assert run(archive, "publish", "pages").out == "7 files, 0.0 MB, 0% of what GitHub Pages takes\n"
    with (site / "large.mp3").open("wb") as file:
        file.truncate(LIMIT * 3 // 4)
    ran = run(archive, "publish", "pages", "--json")
    assert json.loads(ran.out) == {"files": 8, "size": LIMIT * 3 // 4 + 76, "hidden": 0, "share": 0.75}
    assert "it is soon too large" in ran.err
