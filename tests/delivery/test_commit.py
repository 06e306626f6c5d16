import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from generator.archive import Archive, read_page
from generator.bundle import slot_of
from generator.check import check_all
from generator.config import load_config
from generator.delivery.commit import Committed
from generator.delivery.remote import TRIES
from generator.delivery.secrets import check_secrets
from generator.errors import ArchiveError, PublishError, PublishRefused
from generator.feeds.guids import write_pins
from generator.removal import remove_story
from generator.story import Slot
from tests.delivery.conftest import Checkout, edit
from tests.races.field import CANARY, NIGHT, check_no_secret, git, make_clone, tell, variables
from tests.running import command, environment, run

PIP = "content/cast/pip.md"
YESTERDAY = NIGHT - timedelta(days=1)


def subject(remote: Path) -> str:
    return git(remote, "log", "-1", "--format=%B", "main")


def published(remote: Path, path: str) -> str:
    return git(remote, "show", f"main:{path}")


def first_story(checkout: Checkout) -> Path:
    return Archive(checkout.root / "content/stories").folders()[-1]


def test_a_story_is_committed_and_pushed_and_the_checkout_is_level(checkout: Checkout) -> None:
    folder = tell(checkout.root, NIGHT)
    done = checkout.commit()
    assert (done.pushed, done.said, done.lost) == (True, (), ())
    assert checkout.is_level()
    assert subject(checkout.remote) == f"Story of {NIGHT}: {read_page(folder).title}"
    assert git(checkout.remote, "log", "-1", "--format=%an %ae", "main") == "Taleshelf noreply@taleshelf.invalid"
    assert checkout.git("symbolic-ref", "HEAD") == "refs/heads/main"


def test_again_there_is_nothing_new(checkout: Checkout) -> None:
    tell(checkout.root, NIGHT)
    checkout.commit()
    tip = git(checkout.remote, "rev-parse", "main")
    done = checkout.commit()
    assert (done.commit, done.pushed, done.said) == ("", False, ())
    assert git(checkout.remote, "rev-parse", "main") == tip


def test_only_content_is_committed_and_what_else_was_changed_stays_as_it_was(checkout: Checkout) -> None:
    (checkout.root / "mkdocs.yml").write_text("site_name: Mine\n")
    (checkout.root / "notes.txt").write_text("mine\n")
    checkout.git("add", "notes.txt")
    tell(checkout.root, NIGHT)
    assert checkout.commit().pushed
    assert set(git(checkout.remote, "diff", "--name-only", "main~1", "main", "--", ":!content").split()) == set()
    assert checkout.git("status", "--porcelain").splitlines() == ["M mkdocs.yml", "A  notes.txt"]


def test_several_stories_and_cards_are_one_commit(checkout: Checkout) -> None:
    tell(checkout.root, NIGHT)
    tell(checkout.root, NIGHT + timedelta(days=1))
    (checkout.root / PIP).write_text((checkout.root / PIP).read_text() + "\nShe likes rain.\n")
    assert checkout.commit().pushed
    assert subject(checkout.remote).splitlines()[0] == "2 stories"
    assert "She likes rain." in published(checkout.remote, PIP)
    assert checkout.is_level()
    (checkout.root / PIP).write_text((checkout.root / PIP).read_text() + "\nAnd snow.\n")
    checkout.commit()
    assert subject(checkout.remote) == "Cards and pages"


@pytest.mark.parametrize(
    "title",
    [
        "--amend",
        "-F/etc/passwd",
        "A\nSigned-off-by: Mallory <m@example.org>\n\nCo-authored-by: x",
        "[skip ci] @everyone closes #3, ABC-7",
        "\x1b]0;owned\x07 \u202eright to left",
        "$(touch owned) `touch owned`; touch owned",
        "é" * 400,
    ],
)
def test_no_title_says_more_to_git_or_its_host_than_a_title(checkout: Checkout, title: str) -> None:
    folder = tell(checkout.root, NIGHT)
    page = folder / "index.md"
    old = f"title: {json.dumps(read_page(folder).title)}"
    text = page.read_text()
    assert old in text
    page.write_text(text.replace(old, f"title: {json.dumps(title)}"))
    assert checkout.commit().pushed
    said = subject(checkout.remote)
    assert said.startswith(f"Story of {NIGHT}:")
    assert "\n" not in said
    assert len(said) < 140
    assert not set(said) & set("[]#@<>$`\x1b\u202e;/=")
    assert git(checkout.remote, "log", "-1", "--format=%an%(trailers)", "main") == "Taleshelf"


def test_a_detached_head_publishes_to_the_branch_of_the_remote(remote: Path) -> None:
    checkout = Checkout(remote, make_clone(remote, "here", "--depth=1"))
    checkout.git("checkout", "--quiet", "--detach")
    tell(checkout.root, NIGHT)
    assert checkout.commit().branch == "main"
    assert checkout.is_level()
    assert checkout.git("branch", "--show-current") == ""


@pytest.mark.parametrize("depth", [(), ("--depth=1",)])
def test_a_checkout_that_is_behind_publishes_on_top_and_catches_up(
    remote: Path, other: Checkout, depth: tuple[str, ...]
) -> None:
    checkout = Checkout(remote, make_clone(remote, "here", *depth))
    edit(other, "mkdocs.yml", "site_name: Taleshelf", "site_name: Ours")
    tell(checkout.root, NIGHT)
    assert checkout.commit().said == ()
    assert checkout.is_level()
    assert "site_name: Ours" in (checkout.root / "mkdocs.yml").read_text()
    assert git(remote, "rev-list", "--count", "--merges", "main") == "0"


def test_no_setting_hook_signature_or_identity_of_the_machine_has_a_say(checkout: Checkout) -> None:
    hooks = checkout.root / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("pre-commit", "commit-msg", "pre-push", "post-checkout", "reference-transaction", "post-index-change"):
        (hooks / name).write_text("#!/bin/sh\ntouch hook-ran\nexit 1\n")
        (hooks / name).chmod(0o755)
    (checkout.root.parent / "everything").write_text("*.mp3\n*.webp\n")
    settings = {
        "commit.gpgSign": "true",
        "push.gpgSign": "true",
        "gpg.program": "/bin/false",
        "user.useConfigOnly": "true",
        "core.excludesFile": str(checkout.root.parent / "everything"),
        "core.fsmonitor": "/bin/false",
        "status.showUntrackedFiles": "no",
        "status.branch": "true",
        "push.followTags": "true",
        "push.default": "nothing",
        "fetch.prune": "true",
        "color.ui": "always",
        "i18n.commitEncoding": "latin1",
    }
    for name, value in settings.items():
        checkout.git("config", name, value)
    folder = tell(checkout.root, NIGHT)
    assert checkout.commit().pushed
    there = git(checkout.remote, "ls-tree", "-r", "--name-only", "main", f"content/stories/2026/03/{folder.name}/")
    assert {Path(name).name for name in there.split()} == {path.name for path in folder.iterdir()}
    assert not list(checkout.root.rglob("hook-ran"))
    assert "encoding" not in git(checkout.remote, "cat-file", "commit", "main")


def test_a_lock_that_a_dead_git_left_keeps_no_story_from_its_readers(checkout: Checkout) -> None:
    lock = checkout.root / ".git/index.lock"
    lock.touch()
    tell(checkout.root, NIGHT)
    done = checkout.commit()
    assert done.pushed
    assert "another git is at work here, or died and left .git/index.lock" in done.said[0]
    assert sum(checkout.waits) >= 2
    lock.unlink()
    assert checkout.commit().said == ()
    assert checkout.is_level()


def test_a_remote_that_hangs_is_left_at_the_deadline(checkout: Checkout) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        checkout.git("remote", "set-url", "origin", f"git://127.0.0.1:{server.getsockname()[1]}/tales")
        tell(checkout.root, NIGHT)
        begin = time.monotonic()
        with pytest.raises(PublishError, match=r"origin: git ls-remote did not finish within 2 seconds") as caught:
            checkout.commit(timeout=2)
        assert time.monotonic() - begin < 60
    assert caught.value.exit_code == 4
    checkout.git("remote", "set-url", "origin", f"file://{checkout.remote}")
    assert checkout.commit().pushed


def test_a_remote_that_is_away_is_a_sentence_and_the_story_waits(checkout: Checkout) -> None:
    moved = checkout.remote.with_name("away.git")
    checkout.remote.rename(moved)
    folder = tell(checkout.root, NIGHT)
    with pytest.raises(PublishError, match=r"origin: git ls-remote: ") as caught:
        checkout.commit()
    assert caught.value.exit_code == 4
    assert folder.is_dir()
    moved.rename(checkout.remote)
    assert checkout.commit().pushed
    assert checkout.is_level()


def test_a_protected_branch_is_a_sentence_and_nothing_moves(checkout: Checkout) -> None:
    hook = checkout.remote / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'GH006: Protected branch update failed' >&2\nexit 1\n")
    hook.chmod(0o755)
    before = checkout.git("rev-parse", "HEAD")
    folder = tell(checkout.root, NIGHT)
    with pytest.raises(PublishRefused, match=r"main was not pushed: .*GH006: Protected branch") as caught:
        checkout.commit()
    assert caught.value.exit_code == 5
    assert checkout.git("rev-parse", "HEAD") == before
    assert folder.is_dir()
    hook.unlink()
    assert checkout.commit().pushed
    assert checkout.is_level()


def test_a_remote_that_others_push_to_all_the_time_is_tried_so_often_and_no_more(
    checkout: Checkout, other: Checkout
) -> None:
    other.git("config", "gc.auto", "0")
    tell(checkout.root, NIGHT)

    def push(point: str) -> None:
        if point == "commit.made":
            other.git("commit", "--quiet", "--allow-empty", "-m", "Quicker")
            other.git("push", "--quiet")

    with pytest.raises(PublishError, match="pushed to by others all the time"):
        checkout.commit(reach=push)
    assert len(checkout.waits) == TRIES - 1
    assert max(checkout.waits) < 8
    assert checkout.commit().pushed
    assert checkout.is_level()


class Crash(BaseException):
    """The end of a process."""


@pytest.mark.parametrize("point", ["commit.made", "commit.pushed"])
def test_a_crash_on_the_way_costs_one_more_run(checkout: Checkout, point: str) -> None:
    def crash(reached: str) -> None:
        if reached == point:
            raise Crash

    tell(checkout.root, NIGHT)
    with pytest.raises(Crash):
        checkout.commit(reach=crash)
    assert checkout.commit().said == ()
    assert checkout.is_level()
    assert git(checkout.remote, "rev-list", "--count", "main") == "2"


def test_of_two_stories_of_a_night_the_first_stays_and_the_second_is_dropped(
    checkout: Checkout, other: Checkout
) -> None:
    winner, loser = tell(other.root, NIGHT, 2), tell(checkout.root, NIGHT)
    assert other.commit().pushed
    done = checkout.commit()
    assert (done.pushed, [str(slot) for slot in done.lost]) == (False, [str(NIGHT)])
    assert done.said == (f"{NIGHT}: another run has published its story; this one is dropped",)
    assert not loser.exists()
    assert (checkout.root / winner.relative_to(other.root) / "index.md").is_file()
    assert checkout.is_level()


def test_what_an_owner_changed_in_a_story_stays_when_a_run_adds_pictures_to_it(
    checkout: Checkout, other: Checkout
) -> None:
    folder = first_story(checkout)
    page = read_page(folder)
    place = folder.relative_to(checkout.root).as_posix()
    edit(other, f"{place}/index.md", page.sections[0].paragraphs[0][:12], "Changed words, ")
    (folder / "index.md").write_text((folder / "index.md").read_text().replace("seconds: 1.0", "seconds: 1.01"))
    (folder / "cover-thumb.webp").write_bytes((folder / "scene-1.webp").read_bytes())
    done = checkout.commit()
    assert done.pushed
    assert "the words changed on the remote meanwhile; they stay" in done.said[0]
    assert checkout.is_level()
    joined = read_page(folder)
    assert "Changed words, " in joined.sections[0].paragraphs[0]
    assert joined.seconds == 1.01


def test_of_two_runs_that_complete_a_story_the_first_stays(checkout: Checkout, other: Checkout) -> None:
    for one, word in ((other, "first"), (checkout, "second")):
        folder = first_story(one)
        made = json.loads((folder / "story.json").read_text())
        (folder / "story.json").write_text(json.dumps(made | {"plot": word}))
        (folder / "scene-9.webp").write_bytes(word.encode())
    assert other.commit().pushed
    assert "another run has completed the story" in checkout.commit().said[0]
    assert checkout.is_level()
    assert (first_story(checkout) / "scene-9.webp").read_bytes() == b"first"
    assert git(checkout.remote, "for-each-ref", "refs/heads/kept") == ""


def test_a_page_that_cannot_be_joined_gives_way_whole_and_is_kept_on_a_branch(
    checkout: Checkout, other: Checkout
) -> None:
    folder = first_story(checkout)
    place = folder.relative_to(checkout.root).as_posix()
    edit(other, f"{place}/index.md", "---\ntitle:", "---\nnonsense: [\ntitle:")
    (folder / "index.md").write_text((folder / "index.md").read_text().replace("seconds: 1.0", "seconds: 1.01"))
    (folder / "scene-9.webp").write_bytes(b"new")
    done = checkout.commit()
    assert not done.pushed
    assert checkout.is_level()
    assert "nonsense" in (folder / "index.md").read_text()
    assert not (folder / "scene-9.webp").exists()
    branch = next(word for word in done.said[1].split() if word.startswith("kept/"))
    assert git(checkout.remote, "show", f"{branch}:{place}/scene-9.webp") == "new"
    assert git(checkout.remote, "fsck", "--strict", "--no-dangling") == ""


def test_both_sides_of_a_card_are_joined_where_they_touch_different_lines(checkout: Checkout, other: Checkout) -> None:
    text = (checkout.root / PIP).read_text()
    edit(other, PIP, text, text.replace("---\n", "---\n", 1) + "\nFrom afar.\n")
    (checkout.root / PIP).write_text(text.replace("name:", "# ours\nname:", 1))
    assert checkout.commit().said == ()
    joined = published(checkout.remote, PIP)
    assert "# ours" in joined
    assert "From afar." in joined
    assert checkout.is_level()


def test_a_card_that_was_changed_in_the_same_lines_stays_as_its_owner_wrote_it(
    checkout: Checkout, other: Checkout
) -> None:
    name = next(line for line in (checkout.root / PIP).read_text().splitlines() if line.startswith("name:"))
    edit(other, PIP, name, "name: Pippa")
    file = checkout.root / PIP
    file.write_text(file.read_text().replace(name, "name: Pipkin"))
    tell(checkout.root, NIGHT)
    done = checkout.commit()
    assert done.pushed
    assert "name: Pippa" in published(checkout.remote, PIP)
    branch = done.said[1].split("branch ")[1].split()[0]
    assert "name: Pipkin" in git(checkout.remote, "show", f"{branch}:{PIP}")
    assert checkout.is_level()
    assert (checkout.root / "content/stories/2026/03").glob(f"{NIGHT:%d}-*")


def test_commits_an_owner_made_and_did_not_push_go_along(checkout: Checkout) -> None:
    (checkout.root / PIP).write_text((checkout.root / PIP).read_text() + "\nMine.\n")
    checkout.git("commit", "--quiet", "--all", "-m", "Mine")
    tell(checkout.root, NIGHT)
    assert checkout.commit().pushed
    assert git(checkout.remote, "log", "--format=%s", "main").splitlines()[1] == "Mine"
    assert checkout.is_level()


def test_histories_that_went_apart_are_for_a_person_to_bring_together(checkout: Checkout, other: Checkout) -> None:
    edit(other, "mkdocs.yml", "site_name: Taleshelf", "site_name: Ours")
    checkout.git("commit", "--quiet", "--allow-empty", "-m", "Mine")
    folder = tell(checkout.root, NIGHT)
    with pytest.raises(PublishRefused, match="went one way here and another on origin") as caught:
        checkout.commit()
    assert "git pull --rebase" in caught.value.hint
    assert folder.is_dir()
    checkout.git("stash", "--quiet", "--include-untracked")
    checkout.git("pull", "--quiet", "--rebase")
    checkout.git("stash", "pop", "--quiet")
    assert checkout.commit().pushed
    assert checkout.is_level()


def test_a_file_outside_of_content_that_both_changed_holds_the_checkout_back_and_no_story(
    checkout: Checkout, other: Checkout
) -> None:
    edit(other, "mkdocs.yml", "site_name: Taleshelf", "site_name: Ours")
    (checkout.root / "mkdocs.yml").write_text("site_name: Mine\n")
    folder = tell(checkout.root, NIGHT)
    done = checkout.commit()
    assert done.pushed
    assert "'mkdocs.yml' was changed here, and by what was pushed" in done.said[0]
    assert (checkout.root / "mkdocs.yml").read_text() == "site_name: Mine\n"
    assert folder.is_dir()
    checkout.git("checkout", "--quiet", "--", "mkdocs.yml")
    assert checkout.commit().said == ()
    assert checkout.is_level()


def test_amid_a_merge_a_person_is_asked_to_finish_it(checkout: Checkout, other: Checkout) -> None:
    edit(other, PIP, "---\nname", "---\n# theirs\nname")
    edit_here = checkout.root / PIP
    edit_here.write_text(edit_here.read_text().replace("---\nname", "---\n# ours\nname"))
    checkout.git("commit", "--quiet", "--all", "-m", "Mine")
    checkout.git("fetch", "--quiet")
    with pytest.raises(subprocess.CalledProcessError):
        checkout.git("merge", "--quiet", "origin/main")
    with pytest.raises(PublishRefused, match="amid a merge"):
        checkout.commit()


def test_without_a_remote_it_commits_here(checkout: Checkout) -> None:
    checkout.git("remote", "remove", "origin")
    tell(checkout.root, NIGHT)
    done = checkout.commit()
    assert not done.pushed
    assert done.said == ("there is no remote 'origin': nothing was pushed",)
    assert checkout.git("rev-parse", "HEAD") == done.commit
    assert checkout.git("status", "--porcelain") == ""


def test_a_remote_of_another_name_is_not_taken_for_it(checkout: Checkout) -> None:
    checkout.git("remote", "rename", "origin", "upstream")
    tell(checkout.root, NIGHT)
    with pytest.raises(PublishRefused, match="there is no remote 'origin' here, only upstream"):
        checkout.commit()


def test_what_was_committed_without_a_push_is_pushed_by_the_next(checkout: Checkout) -> None:
    tell(checkout.root, NIGHT)
    done = checkout.commit(push=False)
    assert not done.pushed
    assert git(checkout.remote, "rev-list", "--count", "main") == "1"
    assert checkout.commit().pushed
    assert checkout.is_level()
    assert git(checkout.remote, "rev-parse", "main") == done.commit


def test_a_new_archive_is_pushed_to_an_empty_remote(remote: Path, checkout: Checkout, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "empty.git")
    shutil.rmtree(checkout.root / ".git")
    checkout.git("init", "--quiet")
    checkout.git("remote", "add", "origin", f"file://{tmp_path / 'empty.git'}")
    assert checkout.commit().pushed
    assert git(tmp_path / "empty.git", "ls-tree", "--name-only", "main").split() == ["content"]
    assert checkout.commit().said == ()


def test_an_archive_in_a_folder_of_a_larger_repository_publishes_its_own(tmp_path: Path, checkout: Checkout) -> None:
    large = tmp_path / "large"
    shutil.copytree(checkout.root, large / "tales", ignore=shutil.ignore_patterns(".git"))
    (large / "code.txt").write_text("code\n")
    git(large, "init", "--quiet")
    git(large, "add", ".")
    git(large, "commit", "--quiet", "-m", "All")
    git(tmp_path, "clone", "--quiet", "--bare", str(large), "large.git")
    git(large, "remote", "add", "origin", f"file://{tmp_path / 'large.git'}")
    inner = Checkout(tmp_path / "large.git", large / "tales")
    (large / "code.txt").write_text("changed\n")
    (large / "content").mkdir()
    (large / "content/stray.md").write_text("not the archive's\n")
    tell(inner.root, NIGHT)
    assert inner.commit().pushed
    names = git(inner.remote, "diff", "--name-only", "main~1", "main").splitlines()
    assert names
    assert all(name.startswith("tales/content/stories/") for name in names)


def test_links_secret_names_and_files_being_written_stay_behind(checkout: Checkout) -> None:
    (checkout.root / "content/cast/passwd.md").symlink_to("/etc/passwd")
    (checkout.root / "content/cast/.pip.md.new").write_text("half")
    (checkout.root / "content/cast/a\nb.md").write_text("odd")
    tell(checkout.root, NIGHT)
    done = checkout.commit()
    assert done.pushed
    assert len(done.said) == 2
    names = git(checkout.remote, "diff", "--name-only", "main~1", "main", "--", "content/cast")
    assert names == ""
    assert (checkout.root / "content/cast/.pip.md.new").exists()


def test_the_identities_of_the_feeds_are_committed_although_their_name_has_a_dot(checkout: Checkout) -> None:
    pins = {"podcast.xml": "917393e3-1b1e-5cef-ace4-edaa54e1f810"}
    write_pins(checkout.root / "content", pins)
    assert checkout.commit().pushed
    assert json.loads(published(checkout.remote, "content/.podcast.json")) == pins
    assert checkout.is_level()


def test_a_file_that_holds_a_secret_of_the_environment_is_not_committed(checkout: Checkout) -> None:
    (checkout.root / PIP).write_text((checkout.root / PIP).read_text() + f"\n{CANARY}\n")
    with pytest.raises(PublishRefused, match=r"'content/cast/pip\.md' holds the value of OPENAI_API_KEY") as caught:
        checkout.commit()
    assert CANARY not in caught.value.message + caught.value.hint
    check_no_secret(checkout.root)
    check_no_secret(checkout.remote)


def test_short_values_and_names_of_settings_are_no_secrets(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("true user.signingkey")
    names = {"SECRET_THING": "true", "GIT_CONFIG_KEY_0": "user.signingkey", "MY_TOKEN": ""}
    check_secrets({"a": tmp_path / "a"}, names)


def test_a_story_that_was_taken_down_there_is_not_put_back_from_here(checkout: Checkout, other: Checkout) -> None:
    folder = first_story(checkout)
    slot = slot_of(folder)
    assert slot
    remove_story(load_config(other.root), slot, NIGHT)
    assert other.commit().pushed
    assert subject(other.remote) == f"Take down {slot}"
    (folder / "index.md").write_text((folder / "index.md").read_text().replace("seconds: 1.0", "seconds: 1.01"))
    assert "taken down meanwhile" in checkout.commit().said[0]
    assert not folder.exists()
    assert checkout.is_level()
    tell(checkout.root, YESTERDAY, 2)
    assert "taken down meanwhile" in checkout.commit().said[0]
    assert checkout.is_level()
    assert check_all(load_config(checkout.root)).findings == ()


def test_a_night_whose_tombstone_was_deleted_is_told_and_published_again(checkout: Checkout) -> None:
    tell(checkout.root, NIGHT)
    slot = Slot(NIGHT)
    remove_story(load_config(checkout.root), slot, NIGHT)
    assert checkout.commit().pushed
    (checkout.root / f"content/tombstones/{slot}.md").unlink()
    folder = tell(checkout.root, NIGHT, 2)
    done = checkout.commit()
    assert (done.pushed, done.said) == (True, ())
    assert folder.is_dir()
    assert checkout.is_level()


def test_what_an_owner_writes_while_it_is_pushed_is_not_overwritten(checkout: Checkout, other: Checkout) -> None:
    name = next(line for line in (checkout.root / PIP).read_text().splitlines() if line.startswith("name:"))
    edit(other, PIP, name, "name: Pippa")
    file = checkout.root / PIP
    file.write_text(file.read_text().replace(name, "name: Pipkin"))

    def go_on(point: str) -> None:
        if point == "commit.pushed":
            file.write_text(file.read_text().replace("name: Pipkin", "name: Pipistrel"))

    done = checkout.commit(reach=go_on)
    assert "was changed here, and by what was pushed" in done.said[-1]
    assert "name: Pipistrel" in file.read_text()


def once_it_is_dead(checkout: Checkout) -> Committed:
    """Commit as soon as the last git of a killed run has come to its end, and the lock is gone with it."""
    for _ in range(200):
        with contextlib.suppress(ArchiveError):
            if not (checkout.root / ".git/index.lock").exists():
                return checkout.commit()
        time.sleep(0.05)
    return checkout.commit()


@pytest.mark.parametrize("seed", range(6))
def test_killed_at_any_moment_it_is_ended_by_the_next_run(checkout: Checkout, seed: int) -> None:
    tell(checkout.root, NIGHT)
    told = {"HOME": str(checkout.root.parent), "GIT_CONFIG_NOSYSTEM": "1"}
    begin = time.monotonic()
    whole = run(make_clone(checkout.remote, f"whole-{seed}"), "commit", "--no-push", **told)
    length = time.monotonic() - begin
    assert whole.code == 0
    process = subprocess.Popen(command("commit"), env=environment(checkout.root, **told), stdout=subprocess.PIPE)
    time.sleep(length * (0.4 + seed / 10))
    process.kill()
    process.communicate()
    assert once_it_is_dead(checkout).said == ()
    assert checkout.is_level()
    assert git(checkout.remote, "rev-list", "--count", "main") == "2"


def test_a_takedown_also_takes_what_was_added_to_the_story_meanwhile(checkout: Checkout, other: Checkout) -> None:
    folder = first_story(other)
    slot = slot_of(folder)
    assert slot
    (folder / "scene-9.webp").write_bytes(b"new")
    (folder / "index.md").write_text((folder / "index.md").read_text().replace("seconds: 1.0", "seconds: 1.01"))
    assert other.commit().pushed
    remove_story(load_config(checkout.root), slot, NIGHT)
    assert checkout.commit().pushed
    assert git(checkout.remote, "ls-tree", "-r", "--name-only", "main", "content/stories/") == ""
    assert checkout.is_level()


def test_a_remote_behind_a_socket_is_published_to_as_well(checkout: Checkout) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    told = ("--listen=127.0.0.1", f"--port={port}", "--reuseaddr", "--export-all", "--enable=receive-pack")
    command = ["git", "daemon", *told, f"--base-path={checkout.remote.parent}", str(checkout.remote.parent)]
    daemon = subprocess.Popen(command, env=variables(checkout.remote.parent), start_new_session=True)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        checkout.git("remote", "set-url", "origin", f"git://127.0.0.1:{port}/remote.git")
        tell(checkout.root, NIGHT)
        assert checkout.commit().pushed
        assert checkout.is_level()
    finally:
        os.killpg(daemon.pid, 15)
        daemon.wait()


def test_the_command_says_where_and_its_exit_codes_are_those_of_the_documents(checkout: Checkout) -> None:
    told = {"HOME": str(checkout.root.parent), "GIT_CONFIG_NOSYSTEM": "1"}
    tell(checkout.root, NIGHT)
    ran = run(checkout.root, "commit", **told)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"origin/main: {git(checkout.remote, 'rev-parse', 'main')[:12]}\n"
    assert run(checkout.root, "commit", **told).out == "main: nothing new\n"
    assert run(checkout.root, "commit", "--branch", "other", **told).code == 5
    checkout.remote.rename(checkout.remote.with_name("away.git"))
    away = run(checkout.root, "commit", **told)
    assert away.code == 4
    assert away.err.startswith("Error: origin: ")
    assert "\nHint: What was made is whole here." in away.err
    assert sys.executable not in away.err
