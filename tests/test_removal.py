import random
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from generator.archive import Archive, read_page
from generator.bundle import slot_of
from generator.check import check_all
from generator.config import load_config
from generator.drafts import Drafts
from generator.errors import ConfigError
from generator.outside import Outside
from generator.pipeline import Run, list_unfinished
from generator.removal import parse_slot, remove_story
from generator.repository import Repository
from generator.slots import due_slots
from generator.status import make_status
from generator.story import Slot
from generator.tombstones import Tombstone, find_removed, parse_tombstone, render_tombstone
from tests.races.field import NIGHT, git, make_clone, make_remote, tell, variables
from tests.running import run

SLOT = Slot(NIGHT)
STONE = f"content/tombstones/{NIGHT}.md"


def test_a_story_that_is_taken_down_leaves_a_tombstone_and_nothing_else(archive: Path) -> None:
    guid = read_page(tell(archive, NIGHT)).guid
    kept = tell(archive, NIGHT - timedelta(days=1))
    (archive / f".taleshelf/slots/{NIGHT}/inbox").mkdir(parents=True)
    config = load_config(archive)
    removed = remove_story(config, SLOT, date(2026, 5, 1))
    assert [folder.parent.as_posix() for folder in removed.folders] == ["content/stories/2026/03"]
    assert Archive(archive / "content/stories").folders() == (kept,)
    assert not (archive / f".taleshelf/slots/{NIGHT}").exists()
    assert not list((archive / ".taleshelf").glob("staging/*"))
    stone = parse_tombstone((archive / STONE).read_text())
    assert stone == Tombstone(SLOT, guid, date(2026, 5, 1))
    assert check_all(config).findings == ()


def test_its_night_is_neither_due_nor_missed_and_its_row_says_removed(archive: Path) -> None:
    for back in range(3):
        tell(archive, NIGHT - timedelta(days=back))
    config = load_config(archive)
    remove_story(config, Slot(NIGHT - timedelta(days=1)), NIGHT)
    past = Archive(config.content / "stories").past_nights()
    assert due_slots(NIGHT + timedelta(days=1), past, catch_up=3) == (Slot(NIGHT + timedelta(days=1)),)
    status = make_status(config, NIGHT)
    assert (status.stories, status.due, status.missed) == (2, 0, 0)
    assert [row.state for row in status.rows] == ["told", "removed", "told"]


def test_it_is_told_again_once_its_tombstone_is_deleted_and_no_sooner(archive: Path) -> None:
    tell(archive, NIGHT)
    assert run(archive, "remove", str(NIGHT)).code == 0
    again = run(archive, "tonight", "--date", str(NIGHT))
    assert again.code == 0
    assert f"{NIGHT}: taken down, nothing to do" in again.out
    (archive / STONE).unlink()
    assert Archive(archive / "content/stories").past_nights() == frozenset()


def test_what_was_begun_of_it_is_neither_finished_here_nor_left_on_a_branch(tmp_path: Path) -> None:
    remote = make_remote(tmp_path)
    root = make_clone(remote, "here")
    drafts = Drafts(Repository(root, variables(tmp_path)), lambda _: None, random.Random(1))
    folder = root / f".taleshelf/slots/{NIGHT}"
    folder.mkdir(parents=True)
    (folder / "ledger.json").write_text("{}")
    assert drafts.push(SLOT, folder)
    tell(root, NIGHT)
    config = load_config(root)
    remove_story(config, SLOT, NIGHT)
    world = Outside(lambda: datetime(2026, 3, 15, tzinfo=UTC), lambda: 0, lambda _: None, random.Random(1))
    assert list_unfinished(Run(config, world, nullcontext, lambda _: None, drafts), NIGHT) == ()  # type: ignore[arg-type]
    assert git(remote, "for-each-ref", "refs/heads/drafts") == ""


def test_the_command_says_what_stays_in_the_history(archive: Path) -> None:
    folder = tell(archive, NIGHT).relative_to(archive).as_posix()
    git(archive, "init", "--quiet")
    git(archive, "add", ".")
    git(archive, "commit", "--quiet", "-m", "All")
    ran = run(archive, "remove", str(NIGHT))
    assert (ran.code, ran.err) == (0, "")
    assert f"{NIGHT}: taken down: {folder}" in ran.out
    assert "stay in 1 commit of the history" in ran.out
    assert f"git filter-repo --invert-paths --path {folder}" in ran.out
    assert run(archive, "remove", str(NIGHT)).out == f"{NIGHT}: was taken down before, nothing to do\n"


def test_a_crash_between_tombstone_and_folder_is_ended_by_a_second_run(archive: Path) -> None:
    tell(archive, NIGHT)
    config = load_config(archive)
    stone = archive / STONE
    stone.parent.mkdir()
    stone.write_text(render_tombstone(Tombstone(SLOT, "", NIGHT)))
    assert [finding.rule for finding in check_all(config).findings] == ["removed"]
    assert remove_story(config, SLOT, NIGHT).folders
    assert check_all(config).findings == ()


def test_a_story_whose_page_cannot_be_read_is_taken_down_too(archive: Path) -> None:
    (tell(archive, NIGHT) / "index.md").write_text("---\nbroken: [\n")
    remove_story(load_config(archive), SLOT, NIGHT)
    assert find_removed(archive / "content") == {SLOT}
    assert parse_tombstone((archive / STONE).read_text()).guid == ""


@pytest.mark.parametrize("text", ["yesterday", "../2026-03-14", "2026-02-30", "", "2026-03-14-x-zz"])
def test_what_is_no_slot_is_named(text: str) -> None:
    with pytest.raises(ConfigError, match="is no slot"):
        parse_slot(text)


def test_an_untold_night_cannot_be_taken_down(archive: Path) -> None:
    with pytest.raises(ConfigError, match="there is no story of 2026-03-14"):
        remove_story(load_config(archive), SLOT, NIGHT)
    assert not (archive / STONE).exists()


def test_what_is_wrong_with_tombstones_is_found(archive: Path) -> None:
    stones = archive / "content/tombstones"
    stones.mkdir()
    (stones / "notes.txt").write_text("?")
    (stones / "2026-01-01.md").write_text("---\nslot: 2026-01-02\nremoved: 2026-03-01\n---\n")
    (stones / "2026-01-03.md").write_text("gone")
    found = {(finding.path, finding.rule) for finding in check_all(load_config(archive)).findings}
    assert found == {
        ("content/tombstones/notes.txt", "stranger"),
        ("content/tombstones/2026-01-01.md", "slot"),
        ("content/tombstones/2026-01-03.md", "unreadable"),
    }


def test_the_site_forgets_the_story_and_shows_no_tombstone(archive: Path) -> None:
    for back in range(2):
        tell(archive, NIGHT - timedelta(days=back))
    assert run(archive, "build").code == 0
    page = next((archive / "site/stories/2026/03").glob(f"{NIGHT:%d}-*"))
    assert run(archive, "remove", str(NIGHT)).code == 0
    assert run(archive, "build").code == 0
    assert not page.exists()
    assert not (archive / "site/tombstones").exists()
    named = (path for path in (archive / "site").rglob("*") if path.suffix in {".html", ".xml", ".json"})
    assert not [path for path in named if page.name in path.read_text(errors="replace")]
    assert "was taken down" in (archive / "site/404.html").read_text()
    assert slot_of(page.parent / page.name) == SLOT
    assert check_all(load_config(archive)).findings == ()
