"""The commands, in processes of their own: an archive whose git never sees a recording."""

import json
import os
import shutil
import signal
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.archive import Archive, read_page
from generator.bundle import SOUND, bundle_path, make_files, write_bundle
from generator.forge.proposal import read_proposal, render_proposal
from generator.media.pointers import read_pointers
from generator.media.public import read_file
from generator.media.settings import Kind, MediaSettings
from generator.repository import Repository
from generator.story import Slot
from generator.synthetic import write_night
from tests.media.conftest import KINDS, NEWEST, Shelf, serving_store, settle, write_settings
from tests.races.field import IGNORED, git, stock, variables
from tests.running import Ran, command
from tests.samples import make_brief
from tests.test_backfill import pictures, tale

every_store = pytest.mark.parametrize("shelf", KINDS, indirect=True)


def run(shelf: Shelf, *arguments: str, **extra: str) -> Ran:
    """Run `taleshelf` in the archive as a machine without git's settings does."""
    cloud = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    environment = {**variables(shelf.remotes), **cloud, "TALESHELF_ROOT": str(shelf.root), **extra}
    done = subprocess.run(
        command(*arguments), env=environment, capture_output=True, text=True, timeout=180, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


def found(shelf: Shelf) -> Path:
    """Make the archive a checkout of a remote that has everything but the stories."""
    (shelf.root / ".gitignore").write_text(IGNORED)
    stories = shelf.root / "content/stories"
    aside = Path(shutil.move(stories, shelf.remotes / "aside"))
    git(shelf.root, "init", "--quiet")
    git(shelf.root, "add", ".")
    git(shelf.root, "commit", "--quiet", "-m", "Welcome")
    git(shelf.remotes, "clone", "--quiet", "--bare", str(shelf.root), "remote.git")
    git(shelf.root, "remote", "add", "origin", f"file://{shelf.remotes}/remote.git")
    shutil.move(aside, stories)
    return shelf.remotes / "remote.git"


def list_committed(remote: Path) -> set[str]:
    """Return the names of all files that any commit has under content/stories."""
    paths = git(remote, "log", "--all", "--name-only", "--pretty=", "--", "content/stories").splitlines()
    return {path.rpartition("/")[2] for path in paths}


@every_store
def test_a_commit_brings_new_media_to_the_store_and_git_never_sees_it(shelf: Shelf) -> None:
    remote = found(shelf)
    ran = run(shelf, "commit")
    assert ran.code == 0, ran.err
    assert f"{shelf.config.media.store}: " in ran.out
    assert list_committed(remote) == {"index.md", "story.json", "timing.json"}
    assert git(shelf.root, "status", "--porcelain") == ""
    assert run(shelf, "commit").out.endswith("nothing new\n")
    seen = run(shelf, "media", "check", "--bytes", "--json")
    report = json.loads(seen.out)
    assert seen.code == 0
    assert report["files"] == report["read"] > 20
    git(shelf.remotes, "clone", "--quiet", f"file://{remote}", "fresh")  # a checkout without a byte of media
    fresh = Shelf(shelf.remotes / "fresh", shelf.config, shelf.outside, shelf.bucket, shelf.remotes)
    assert run(fresh, "check").code == 0
    assert run(fresh, "media", "move", "--to", "git").code == 0
    whole = {path.name: path.read_bytes() for path in (fresh.root / "content/stories/2026/01").glob("*/*.mp3")}
    assert list(whole) == [SOUND]


def test_killed_before_the_pointer_is_noted_the_next_commit_ends_it(shelf: Shelf) -> None:
    remote = found(shelf)
    for point in ("media.sent", "media.verified", "media.noted", "media.freed:5"):
        assert run(shelf, "commit", TALESHELF_FAILPOINT=point).code == -signal.SIGKILL
        assert git(remote, "rev-list", "--count", "main") == "1"  # media first, then the pointers
    assert run(shelf, "commit").code == 0
    assert list_committed(remote) == {"index.md", "story.json", "timing.json"}
    assert run(shelf, "media", "check", "--bytes").code == 0


def test_killed_on_the_way_back_the_same_command_ends_it(shelf: Shelf) -> None:
    before = {path.name: path.read_bytes() for path in shelf.folders[0].iterdir()}
    assert run(shelf, "media", "move").code == 0
    for point in ("media.filled:3", "media.forgotten:1"):
        assert run(shelf, "media", "move", "--to", "git", TALESHELF_FAILPOINT=point).code == -signal.SIGKILL
        assert run(shelf, "check").code == 0
    assert run(shelf, "media", "move", "--to", "git").code == 0
    assert all(not read_pointers(folder) for folder in shelf.folders)
    after = {path.name: path.read_bytes() for path in shelf.folders[0].iterdir()}
    assert {name for name in before if name != "story.json" and before[name] != after.get(name)} == set()


def test_a_commit_that_cannot_reach_the_store_pushes_nothing(shelf: Shelf) -> None:
    remote = found(shelf)
    shelf.there.write_text("a file where the folder should be")
    ran = run(shelf, "commit")
    assert ran.code == 4
    assert "recordings and pictures" in ran.err
    assert git(remote, "rev-list", "--count", "main") == "1"


def test_a_check_asks_the_address_that_readers_use(shelf: Shelf) -> None:
    assert run(shelf, "media", "move").code == 0
    with serving_store(shelf.there) as address:
        settle(shelf, address)
        ran = run(shelf, "media", "check", "--public", "--bytes")
        assert (ran.code, ran.err) == (0, "")
        here = shelf.folders[0]
        sound = shelf.there / read_pointers(here)[SOUND].at
        assert read_file(here, SOUND, address) == sound.read_bytes()  # for a mail that shows it
        assert read_file(here, "index.md", address) == (here / "index.md").read_bytes()
        assert read_file(here, "no.webp", address) == read_file(here, SOUND, "") == b""
        sound.rename(sound.with_suffix(".gone"))
        ran = run(shelf, "media", "check", "--public")
        assert ran.code == 1
        assert "answers with status 404" in ran.err
        assert read_file(here, SOUND, address) == b""
    with serving_store(shelf.there, allowed="") as address:
        settle(shelf, address)
        assert "without Access-Control-Allow-Origin" in run(shelf, "media", "check", "--public").err
    assert "does not answer" in run(shelf, "media", "check", "--public").err


def test_a_dry_run_says_what_would_be_moved_and_a_second_move_finds_nothing(shelf: Shelf) -> None:
    assert "would be moved" in run(shelf, "media", "move", "--dry-run").out
    assert not shelf.there.exists()
    moved = json.loads(run(shelf, "media", "move", "--json").out)
    assert moved["stories"] == 3
    assert run(shelf, "media", "move").out == "folder: nothing to move\n"


def test_without_a_store_there_is_nothing_to_move_to(shelf: Shelf) -> None:
    write_settings(shelf.root, MediaSettings())
    ran = run(shelf, "media", "move", "--to", "folder")
    assert ran.code == 2
    assert "store is not set" in ran.err
    assert run(shelf, "media", "move").code == 0
    assert run(shelf, "media", "check").code == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('store = "ftp"', "none of folder, s3, pages"),
        ('store = "folder"', "needs a folder"),
        ('store = "s3"\nbucket = "abc"', "needs a base_url"),
        ('store = "pages"\nbase_url = "https://x.example/"', "needs a remote"),
        ('remote = "ext::sh -c id"', "is not an address"),
        ('remote = "-oProxyCommand=id"', "is not an address"),
        ('remote = "https://me:password@x.example/m.git"', "password"),
        ('base_url = "https://x.example/{year}/"', "needs a store"),
    ],
)
def test_a_setting_that_cannot_work_is_named(shelf: Shelf, line: str, said: str) -> None:
    (shelf.root / "taleshelf.toml").write_text(f"[media]\n{line}\n")
    ran = run(shelf, "status")
    assert ran.code == 2
    assert said in ran.err


def test_old_stories_go_and_what_they_had_leaves_the_store(shelf: Shelf) -> None:
    remote = found(shelf)
    write_night(stock(1), shelf.root / "content/stories", NEWEST + timedelta(days=200))
    assert run(shelf, "commit").code == 0
    assert "Stories are kept for ever" in run(shelf, "expire").out
    ran = run(shelf, "expire", "--keep", "36500")
    assert (ran.code, ran.out) == (0, "Nothing is older than 36500 nights.\n")
    path = shelf.root / "taleshelf.toml"
    path.write_text(path.read_text().replace("keep_nights = 0", "keep_nights = 1"))
    told = run(shelf, "expire", "--dry-run").out
    assert told.count("would be taken down") == len(shelf.folders)
    assert run(shelf, "expire").code == 0
    assert not Archive(shelf.root / "content/stories").folders()
    stones = sorted(path.stem for path in (shelf.root / "content/tombstones").iterdir())
    assert stones == ["2025-12-30", "2025-12-31", "2026-01-01", "2026-07-20"]
    assert run(shelf, "commit").code == 0
    assert git(remote, "ls-tree", "-r", "--name-only", "main", "--", "content/stories") == ""
    assert run(shelf, "media", "prune", "--dry-run").out.endswith("would be removed.\n")
    assert list(shelf.there.rglob("*.mp3"))
    assert run(shelf, "media", "prune").code == 0
    assert not list(shelf.there.rglob("*.mp3"))


@pytest.mark.parametrize("shelf", [Kind.S3], indirect=True)
def test_a_site_that_is_published_beside_the_store_leaves_it_alone(shelf: Shelf) -> None:
    place = shelf.config.media.place
    site = shelf.root / "site"
    site.mkdir()
    (site / "index.html").write_text("home")
    text = (shelf.root / "taleshelf.toml").read_text().replace(f'prefix = "{place.prefix}"', 'prefix = "beside/media/"')
    (shelf.root / "taleshelf.toml").write_text(text)
    assert run(shelf, "media", "move").code == 0
    ran = run(shelf, "publish", "s3", "--bucket", place.bucket, "--region", place.region, "--prefix", "beside")
    assert ran.code == 0, ran.err
    assert run(shelf, "media", "check", "--bytes").code == 0


def test_a_story_that_lacks_its_voice_is_finished_though_its_pictures_are_away(shelf: Shelf) -> None:
    brief = make_brief(Slot(date(2026, 3, 14)))
    files = make_files(brief, tale(), pictures(), None, show="Tales")
    folder = bundle_path(shelf.root / "content/stories", brief.slot, tale().title)
    write_bundle(folder, files, staging=shelf.remotes / "staging")
    assert run(shelf, "media", "move").code == 0
    assert not (folder / "cover.webp").exists()
    assert run(shelf, "tonight", "--date", "2026-03-14").code == 0
    assert not read_page(folder).pending
    assert {name: (folder / name).read_bytes() for name in files if name.endswith(".webp")} == {
        name: data for name, data in files.items() if name.endswith(".webp")
    }
    assert (folder / SOUND).exists()
    assert run(shelf, "media", "move").code == 0
    assert run(shelf, "check").code == 0
    assert run(shelf, "media", "check", "--bytes").code == 0


def test_a_story_that_waits_for_review_is_proposed_without_its_media(shelf: Shelf) -> None:
    path = shelf.root / "taleshelf.toml"
    path.write_text(path.read_text().replace("review = false", "review = true"))
    remote = found(shelf)
    ran = run(shelf, "tonight", "--date", "2026-03-14")
    assert ran.code == 0, ran.err
    branch = "drafts/2026-03-14"
    proposed = git(remote, "ls-tree", "-r", "--name-only", branch, "--", "content/stories").splitlines()
    assert sorted(name.rpartition("/")[2] for name in proposed) == ["index.md", "story.json", "timing.json"]
    repository = Repository(shelf.root, variables(shelf.remotes))
    proposal = read_proposal(repository, shelf.archive.stories, Slot(date(2026, 3, 14)))
    body = render_proposal(proposal, "https://forge.example/me/tales", "https://media.example.org/")
    assert f"https://media.example.org/{proposal.away[SOUND]}" in body
    assert f"https://media.example.org/{proposal.away['cover.webp']}" in body
    assert "?raw=true" not in body
    git(remote, "update-ref", "refs/heads/main", branch)  # its owner says yes
    git(shelf.remotes, "clone", "--quiet", f"file://{remote}", "fresh")
    fresh = Shelf(shelf.remotes / "fresh", shelf.config, shelf.outside, shelf.bucket, shelf.remotes)
    assert run(fresh, "media", "check", "--bytes").code == 0
    assert run(fresh, "check").code == 0


def test_an_archives_own_repository_is_no_store(shelf: Shelf) -> None:
    remote = found(shelf)
    media = MediaSettings(store=Kind.PAGES, base_url="https://x.example/", remote=f"file://{remote}")
    write_settings(shelf.root, media)
    path = shelf.root / "taleshelf.toml"
    path.write_text(path.read_text() + 'branch = "main"\n')
    ran = run(shelf, "media", "move")
    assert ran.code == 2
    assert "holds an archive" in ran.err
    assert git(remote, "rev-list", "--count", "main") == "1"
    assert list(shelf.root.rglob("content/stories/*/*/*/*.mp3"))
