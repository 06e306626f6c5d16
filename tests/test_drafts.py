import hashlib
import os
import random
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.drafts import LARGEST, TRIES, Drafts, make_message
from generator.errors import ArchiveError
from generator.git import ask_git, explain, make_environment, run_git
from generator.repository import Repository
from generator.story import Slot

SLOT = Slot.parse("2026-03-14")
EXTRA = Slot.parse("2026-03-14-x-1a2b3c4d")
CANARY = "sk-canary-7f3a9b"
BUNDLE = {"index.md": b"# A story\n", "cover.webp": b"RIFF\0\1\2"}
WHERE = "content/stories/2026/03/14-the-lantern"


def variables(home: Path, **extra: str) -> dict[str, str]:
    """An environment without the settings of this machine, with a secret in it."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
        "OPENAI_API_KEY": CANARY,
        "GIT_AUTHOR_NAME": CANARY,
        **extra,
    }


def git(root: Path, *arguments: str, stdin: bytes = b"") -> str:
    who = ("-c", "user.name=Owner", "-c", "user.email=owner@example.org", "-c", "init.defaultBranch=main")
    command = ["git", *who, "-C", str(root), *arguments]
    environment = {"PATH": os.environ["PATH"], "HOME": str(root.parent), "GIT_CONFIG_NOSYSTEM": "1"}
    return (
        subprocess.run(command, input=stdin, env=environment, check=True, capture_output=True).stdout.decode().strip()
    )


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A bare remote whose main has two commits."""
    work, bare = tmp_path / "seed", tmp_path / "remote.git"
    work.mkdir()
    git(work, "init", "--quiet")
    (work / ".gitignore").write_text(".taleshelf/\n")
    (work / "content").mkdir()
    for number in (1, 2):
        (work / "content" / "index.md").write_text(f"Welcome {number}\n")
        git(work, "add", ".")
        git(work, "commit", "--quiet", "-m", f"Welcome {number}")
    git(tmp_path, "clone", "--quiet", "--bare", str(work), str(bare))
    return bare


@pytest.fixture
def clone(remote: Path, tmp_path: Path) -> "Clone":
    return Clone(remote, tmp_path / "clone")


class Clone:
    """A checkout of the remote, with a slot's folder in it."""

    def __init__(self, remote: Path, root: Path, *options: str) -> None:
        git(root.parent, "clone", "--quiet", *options, f"file://{remote}", str(root))
        self.root = root
        self.folder = root / ".taleshelf" / "slots" / str(SLOT)
        self.waits: list[float] = []

    def drafts(self, merge: Callable[[bytes, bytes], bytes] | None = None, **extra: str) -> Drafts:
        repository = Repository(self.root, variables(self.root.parent, **extra))
        rng = random.Random(1)
        if merge:
            return Drafts(repository, self.waits.append, rng, merge)
        return Drafts(repository, self.waits.append, rng)

    def write(self, name: str, data: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def files(self) -> dict[str, bytes]:
        paths = (path for path in self.folder.rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in paths}

    def state(self) -> tuple[str, ...]:
        """What a run must leave alone."""
        index = hashlib.sha256((self.root / ".git/index").read_bytes()).hexdigest()
        branches = git(self.root, "for-each-ref", "refs/heads", "refs/tags")
        head = (self.root / ".git/HEAD").read_text()
        config = (self.root / ".git/config").read_text()
        return (git(self.root, "status", "--porcelain"), branches, head, config, index)


def on_branch(remote: Path, slot: Slot = SLOT) -> dict[str, bytes]:
    """The files of a draft branch by their whole paths."""
    names = git(remote, "ls-tree", "-r", "--name-only", f"drafts/{slot}").splitlines()
    return {
        name: subprocess.run(
            ["git", "-C", str(remote), "cat-file", "blob", f"drafts/{slot}:{name}"], check=True, capture_output=True
        ).stdout
        for name in names
    }


def drafted(remote: Path, slot: Slot = SLOT) -> dict[str, bytes]:
    top = f".taleshelf/slots/{slot}/"
    return {name.removeprefix(top): data for name, data in on_branch(remote, slot).items()}


def plant_branch(remote: Path, entries: list[tuple[str, str, bytes]], slot: Slot = SLOT) -> None:
    """Write a draft branch whose slot folder has exactly these (mode, name, content), however hostile."""

    def tree(rows: list[tuple[str, str, str]]) -> str:
        raw = b"".join(f"{mode} {name}\0".encode() + bytes.fromhex(oid) for mode, name, oid in rows)
        return git(remote, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=raw)

    rows = [(mode, name, git(remote, "hash-object", "-w", "--stdin", stdin=data)) for mode, name, data in entries]
    oid = tree(rows)
    for name in (str(slot), "slots", ".taleshelf"):
        oid = tree([("40000", name, oid)])
    commit = git(remote, "commit-tree", oid, "-m", "hostile")
    git(remote, "update-ref", f"refs/heads/drafts/{slot}", commit)


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


# Checkpoints


def test_a_checkpoint_comes_back_on_another_machine(clone: Clone, remote: Path, tmp_path: Path) -> None:
    clone.write("ledger.json", b'{"cover": 1}')
    clone.write("inbox/cover-1a2b.png", bytes(range(256)) + b"\r\n\0")
    assert clone.drafts().push(SLOT, clone.folder)
    other = Clone(remote, tmp_path / "other")
    assert other.drafts().pull(SLOT, other.folder)
    assert other.files() == clone.files()


def test_checkpoints_follow_each_other_and_the_first_has_no_parent(clone: Clone, remote: Path) -> None:
    drafts = clone.drafts()
    for number in (1, 2, 3):
        clone.write("ledger.json", b"%d" % number)
        clone.write(f"inbox/scene-{number}.png", b"%d" % number)
        assert drafts.push(SLOT, clone.folder)
    assert git(remote, "rev-list", "--count", f"drafts/{SLOT}") == "3"
    assert git(remote, "log", "--format=%an <%ae> %cn %s", "-1", f"drafts/{SLOT}") == (
        f"Taleshelf <noreply@taleshelf.invalid> Taleshelf Draft of {SLOT}"
    )
    assert drafted(remote) == clone.files()


def test_a_checkpoint_without_news_is_not_pushed(clone: Clone, remote: Path) -> None:
    drafts = clone.drafts()
    assert not drafts.push(SLOT, clone.folder)
    clone.write("ledger.json", b"{}")
    assert drafts.push(SLOT, clone.folder)
    assert not drafts.push(SLOT, clone.folder)
    assert not clone.drafts().push(SLOT, clone.folder)
    assert git(remote, "rev-list", "--count", f"drafts/{SLOT}") == "1"


def test_only_new_files_travel(clone: Clone, remote: Path) -> None:
    drafts = clone.drafts()
    clone.write("ledger.json", b"1")
    clone.write("inbox/cover.png", random.Random(2).randbytes(300_000))
    assert drafts.push(SLOT, clone.folder)
    git(remote, "config", "receive.maxInputSize", "20k")
    clone.write("ledger.json", b"2")
    clone.write("inbox/scene-1.png", random.Random(3).randbytes(5_000))
    assert drafts.push(SLOT, clone.folder)
    assert drafted(remote) == clone.files()
    clone.write("inbox/scene-2.png", random.Random(4).randbytes(50_000))
    with pytest.raises(ArchiveError):
        drafts.push(SLOT, clone.folder)


def test_worktree_index_head_and_branches_are_left_alone(clone: Clone, remote: Path) -> None:
    (clone.root / "content" / "index.md").write_text("edited, not committed\n")
    (clone.root / "staged.md").write_text("staged\n")
    git(clone.root, "add", "staged.md")
    (clone.root / ".git" / "index.lock").write_text("")  # another git died here
    before = clone.state()
    main = git(remote, "rev-parse", "main")
    drafts = clone.drafts()
    clone.write("ledger.json", b"{}")
    drafts.push(SLOT, clone.folder)
    drafts.pull(SLOT, clone.folder)
    drafts.propose(SLOT, BUNDLE, WHERE, "The lantern")
    drafts.proposed(SLOT)
    drafts.drop(SLOT)
    assert clone.state() == before
    assert not (clone.root / ".git" / "FETCH_HEAD").exists()
    assert git(remote, "rev-parse", "main") == main
    assert git(remote, "for-each-ref", "--format=%(refname)") == "refs/heads/main"


@pytest.mark.parametrize("options", [("--depth=1",), ("--depth=1", "--no-tags"), ("--filter=blob:none",)])
def test_a_shallow_detached_checkout_pushes_pulls_and_proposes(
    remote: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    git(remote, "config", "uploadpack.allowFilter", "true")
    first = Clone(remote, tmp_path / "first", *options)
    git(first.root, "checkout", "--quiet", "--detach")
    drafts = first.drafts()
    for number in (1, 2):
        first.write("ledger.json", b"%d" % number)
        assert drafts.push(SLOT, first.folder)
    second = Clone(remote, tmp_path / "second", *options)
    git(second.root, "checkout", "--quiet", "--detach")
    drafts = second.drafts()
    assert drafts.pull(SLOT, second.folder)
    second.write("ledger.json", b"3")
    assert drafts.push(SLOT, second.folder)
    assert git(remote, "rev-list", "--count", f"drafts/{SLOT}") == "3"
    assert drafts.propose(SLOT, BUNDLE, WHERE, "The lantern")
    assert Clone(remote, tmp_path / "third", *options).drafts().proposed(SLOT)
    assert git(remote, "rev-list", "--count", f"main..drafts/{SLOT}") == "1"
    git(remote, "fsck", "--strict", "--no-dangling")
    for clone in (first, second):
        git(clone.root, "fsck", "--strict", "--no-dangling")


def test_a_shallow_checkout_does_not_fetch_the_past(remote: Path, tmp_path: Path) -> None:
    author = Clone(remote, tmp_path / "author")
    author.drafts().propose(SLOT, BUNDLE, WHERE, "The lantern")
    (author.root / "content" / "index.md").write_text("Welcome 3\n")
    git(author.root, "commit", "--quiet", "-am", "Welcome 3")
    git(author.root, "push", "--quiet", "origin", "main")
    first = git(author.root, "rev-parse", "main~2")
    runner = Clone(remote, tmp_path / "runner", "--depth=1")
    assert runner.drafts().proposed(SLOT)
    assert first not in git(runner.root, "cat-file", "--batch-all-objects", "--batch-check")


def test_files_that_are_being_written_or_lead_elsewhere_stay_behind(clone: Clone, remote: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    clone.write("ledger.json", b"{}")
    clone.write("inbox/.cover.png.part", b"half")
    clone.write("inbox/Cover (1).png", b"odd")
    clone.write("a/b/c.png", b"deep")
    (clone.folder / "inbox" / "link.png").symlink_to(tmp_path / "secret")
    with (clone.folder / "inbox" / "huge.pcm").open("wb") as file:
        file.truncate(LARGEST + 1)
    assert clone.drafts().push(SLOT, clone.folder)
    assert drafted(remote) == {"ledger.json": b"{}"}


def test_an_archive_below_the_top_of_its_repository_keeps_to_its_folder(
    clone: Clone, remote: Path, tmp_path: Path
) -> None:
    root = clone.root / "tales"
    root.mkdir()
    drafts = Drafts(Repository(root, variables(tmp_path)), clone.waits.append, random.Random(1))
    clone.write("ledger.json", b"{}")
    assert drafts.push(SLOT, clone.folder)
    assert list(on_branch(remote)) == [f"tales/.taleshelf/slots/{SLOT}/ledger.json"]
    assert drafts.pull(SLOT, tmp_path / "back")
    assert drafts.propose(SLOT, BUNDLE, WHERE, "The lantern")
    assert f"tales/{WHERE}/index.md" in on_branch(remote)


def test_settings_and_hooks_of_the_owner_do_not_get_in_the_way(clone: Clone, remote: Path, tmp_path: Path) -> None:
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("pre-push", "reference-transaction", "pre-commit", "commit-msg"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {tmp_path}/ran-{name}\nexit 1\n")
        (hooks / name).chmod(0o755)
    git(clone.root, "tag", "-a", "v1", "-m", "v1")
    for key, value in {
        "core.hooksPath": str(hooks),
        "push.followTags": "true",
        "push.gpgSign": "if-asked",
        "commit.gpgSign": "true",
        "fetch.prune": "true",
        "core.autocrlf": "true",
        "fetch.writeCommitGraph": "true",
    }.items():
        git(clone.root, "config", key, value)
    clone.write("ledger.json", b"a\r\nb\n")
    assert clone.drafts().push(SLOT, clone.folder)
    assert drafted(remote) == {"ledger.json": b"a\r\nb\n"}
    assert not list(tmp_path.glob("ran-*"))
    assert not git(remote, "tag")


# Two runs of one slot


def join(ours: bytes, theirs: bytes) -> bytes:
    return b"\n".join(sorted({*ours.split(b"\n"), *theirs.split(b"\n")}))


def test_the_later_of_two_runs_adds_its_files_and_takes_nothing_away(
    clone: Clone, remote: Path, tmp_path: Path
) -> None:
    other = Clone(remote, tmp_path / "other")
    ours, theirs = clone.drafts(join), other.drafts(join)
    clone.write("ledger.json", b"start")
    assert ours.push(SLOT, clone.folder)
    assert theirs.pull(SLOT, other.folder)
    other.write("ledger.json", b"start\nscene-1 by them")
    other.write("inbox/cover.png", b"their cover")
    other.write("inbox/scene-1.png", b"their scene")
    assert theirs.push(SLOT, other.folder)
    clone.write("ledger.json", b"start\nscene-2 by us")
    clone.write("inbox/cover.png", b"our cover, the same request")
    clone.write("inbox/scene-2.png", b"our scene")
    assert ours.push(SLOT, clone.folder)
    assert drafted(remote) == {
        "ledger.json": b"scene-1 by them\nscene-2 by us\nstart",
        "inbox/cover.png": b"their cover",
        "inbox/scene-1.png": b"their scene",
        "inbox/scene-2.png": b"our scene",
    }
    assert len(clone.waits) == 1
    clone.write("ledger.json", b"start\nscene-2 by us\nscene-3 by us")
    assert ours.push(SLOT, clone.folder)
    assert b"scene-1 by them" in drafted(remote)["ledger.json"]


def test_a_ledger_is_ours_where_nobody_says_how_to_merge(clone: Clone, remote: Path, tmp_path: Path) -> None:
    other = Clone(remote, tmp_path / "other")
    clone.write("ledger.json", b"ours")
    other.write("ledger.json", b"theirs")
    other.write("inbox/cover.png", b"theirs")
    other.drafts().push(SLOT, other.folder)
    clone.drafts().push(SLOT, clone.folder)
    assert drafted(remote) == {"ledger.json": b"ours", "inbox/cover.png": b"theirs"}


def test_pulling_merges_the_ledger_and_keeps_what_only_we_have(clone: Clone, remote: Path, tmp_path: Path) -> None:
    other = Clone(remote, tmp_path / "other")
    other.write("ledger.json", b"theirs")
    other.write("inbox/cover.png", b"theirs")
    other.drafts().push(SLOT, other.folder)
    clone.write("ledger.json", b"ours")
    clone.write("inbox/scene-1.png", b"ours")
    clone.write("inbox/cover.png", b"torn")
    assert clone.drafts(join).pull(SLOT, clone.folder)
    assert clone.files() == {
        "ledger.json": b"ours\ntheirs",
        "inbox/cover.png": b"theirs",
        "inbox/scene-1.png": b"ours",
    }


def test_a_ledger_that_cannot_be_merged_is_an_error_and_changes_nothing(
    clone: Clone, remote: Path, tmp_path: Path
) -> None:
    def fail(ours: bytes, theirs: bytes) -> bytes:
        raise ValueError("not JSON")

    other = Clone(remote, tmp_path / "other")
    other.write("ledger.json", b"rubbish")
    other.drafts().push(SLOT, other.folder)
    clone.write("ledger.json", b"ours")
    for verb in (clone.drafts(fail).push, clone.drafts(fail).pull):
        with pytest.raises(ArchiveError, match="cannot be read: not JSON"):
            verb(SLOT, clone.folder)
    assert clone.files() == {"ledger.json": b"ours"}
    assert drafted(remote) == {"ledger.json": b"rubbish"}


def test_a_folder_that_cannot_be_written_is_an_error_of_the_archive(clone: Clone, remote: Path, tmp_path: Path) -> None:
    clone.write("inbox/cover.png", b"x")
    clone.drafts().push(SLOT, clone.folder)
    (tmp_path / "back").mkdir()
    (tmp_path / "back" / "inbox").write_text("a file where a folder belongs")
    with pytest.raises(ArchiveError, match="was not written"):
        clone.drafts().pull(SLOT, tmp_path / "back")


def test_a_file_with_the_same_bytes_is_not_written_again(clone: Clone) -> None:
    clone.write("inbox/cover.png", b"same")
    before = (clone.folder / "inbox" / "cover.png").stat()
    drafts = clone.drafts()
    drafts.push(SLOT, clone.folder)
    assert drafts.pull(SLOT, clone.folder)
    after = (clone.folder / "inbox" / "cover.png").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_branch_that_never_stands_still_is_given_up_after_eight_tries(clone: Clone, remote: Path) -> None:
    clone.write("ledger.json", b"{}")
    clone.drafts().push(SLOT, clone.folder)
    seen = remote / "hooks" / "pre-receive"
    # Whoever pushes, somebody else was a moment quicker.
    seen.write_text(
        "#!/bin/sh\nunset GIT_QUARANTINE_PATH\nwhile read old new ref; do\n"
        'next=$(env -u GIT_OBJECT_DIRECTORY -u GIT_ALTERNATE_OBJECT_DIRECTORIES git -c user.name=x -c user.email=x@example.org commit-tree -p "$old" -m other "$old^{tree}")\n'
        'git update-ref "$ref" "$next"\ndone\n'
    )
    seen.chmod(0o755)
    clone.write("ledger.json", b"news")
    with pytest.raises(ArchiveError, match="8 times in a row"):
        clone.drafts().push(SLOT, clone.folder)
    assert len(clone.waits) == TRIES - 1
    assert all(0.05 <= wait <= 10 for wait in clone.waits)
    assert len(set(clone.waits)) == TRIES - 1
    seen.unlink()
    assert clone.drafts().push(SLOT, clone.folder)


def test_a_branch_that_was_deleted_meanwhile_is_made_anew(clone: Clone, remote: Path) -> None:
    drafts = clone.drafts()
    clone.write("ledger.json", b"1")
    drafts.push(SLOT, clone.folder)
    git(remote, "update-ref", "-d", f"refs/heads/drafts/{SLOT}")
    clone.write("ledger.json", b"2")
    assert drafts.push(SLOT, clone.folder)
    assert drafted(remote) == {"ledger.json": b"2"}


def test_threads_share_one_set_of_drafts(clone: Clone, remote: Path) -> None:
    drafts, failed = clone.drafts(), []

    def buy(number: int) -> None:
        clone.write(f"inbox/scene-{number}.png", b"%d" % number)
        try:
            drafts.push(SLOT, clone.folder)
        except ArchiveError as error:
            failed.append(error)

    threads = [threading.Thread(target=buy, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert not clone.waits
    assert drafted(remote) == clone.files()


# A remote that cannot be used


def test_a_remote_that_says_no_is_asked_once_and_quoted(clone: Clone, remote: Path) -> None:
    hook = remote / "hooks" / "pre-receive"
    hook.write_text(f"#!/bin/sh\necho x >> {remote}/asked\necho 'drafts are closed' >&2\nexit 1\n")
    hook.chmod(0o755)
    clone.write("ledger.json", b"{}")
    with pytest.raises(ArchiveError, match="pre-receive hook declined; drafts are closed"):
        clone.drafts().push(SLOT, clone.folder)
    assert (remote / "asked").read_text() == "x\n"
    hook.unlink()
    assert clone.drafts().push(SLOT, clone.folder)


def test_a_remote_that_is_gone_is_one_clear_sentence_for_every_verb(clone: Clone, remote: Path) -> None:
    clone.write("ledger.json", b"1")
    drafts = clone.drafts()
    drafts.push(SLOT, clone.folder)
    remote.rename(remote.with_name("moved.git"))
    clone.write("ledger.json", b"2")
    for verb in (
        lambda: drafts.push(SLOT, clone.folder),
        lambda: drafts.pull(SLOT, clone.folder),
        lambda: drafts.drop(SLOT),
        lambda: drafts.propose(SLOT, BUNDLE, WHERE, "T"),
        lambda: drafts.proposed(SLOT),
        lambda: drafts.waiting(),
    ):
        with pytest.raises(ArchiveError) as caught:
            verb()
        assert "does not appear to be a git repository" in caught.value.message
        assert "\n" not in caught.value.message
        assert caught.value.hint
    remote.with_name("moved.git").rename(remote)
    assert drafts.push(SLOT, clone.folder)
    assert drafted(remote) == {"ledger.json": b"2"}


def test_a_folder_without_repository_and_a_machine_without_git_are_told_apart(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.mkdir()
    with pytest.raises(ArchiveError, match="'origin' does not appear to be a git repository") as caught:
        Drafts(Repository(plain, variables(tmp_path)), lambda _: None, random.Random(1)).waiting()
    assert "git repository with a remote" in caught.value.hint
    with pytest.raises(ArchiveError, match="git cannot be started"):
        run_git(plain / "gone", "status", environment=variables(tmp_path))


def test_a_remote_is_a_name_and_never_an_option_or_an_address(tmp_path: Path) -> None:
    for name in ("--upload-pack=touch x", "-o", "ext::sh -c id", "../x", "", "a\nb"):
        with pytest.raises(ArchiveError, match="not the name of a remote"):
            Repository(tmp_path, {}, name)


def test_a_git_that_hangs_is_ended_with_its_helpers(clone: Clone, tmp_path: Path) -> None:
    ssh = tmp_path / "ssh"
    ssh.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\nexec sleep 600\n")
    ssh.chmod(0o755)
    git(clone.root, "remote", "set-url", "origin", "ssh://host.invalid/x.git")
    repository = Repository(clone.root, variables(tmp_path, GIT_SSH=str(ssh), GIT_SSH_VARIANT="simple"), timeout=1.5)
    with pytest.raises(ArchiveError, match="did not finish within"):
        Drafts(repository, clone.waits.append, random.Random(1)).waiting()
    helper = int((tmp_path / "pid").read_text())
    deadline = time.monotonic() + 20
    while is_alive(helper):
        assert time.monotonic() < deadline, "a helper of git was left behind"
        time.sleep(0.01)


# What a remote may not do


HOSTILE = {
    "a parent's name": ("100644", "..", b"x"),
    "a path": ("100644", "../../../evil.md", b"x"),
    "an absolute path": ("100644", "/tmp/evil", b"x"),
    "a hook": ("100755", "run.sh", b"#!/bin/sh"),
    "a link": ("120000", "ledger.json", b"/etc/passwd"),
    "git's own folder": ("100644", ".git", b"x"),
    "a name for another system": ("100644", "GIT~1", b"x"),
    "a line break": ("100644", "a\nb", b"x"),
    "a hidden file": ("100644", ".netrc", b"x"),
    "a module": ("160000", "inbox", b"x"),
}


@pytest.mark.parametrize(("mode", "name", "data"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_branch_is_refused_whole(clone: Clone, remote: Path, mode: str, name: str, data: bytes) -> None:
    plant_branch(remote, [("100644", "cover.png", b"fine"), (mode, name, data)])
    before = sorted(clone.root.parent.rglob("*.md"))
    drafts = clone.drafts()
    for verb in (drafts.pull, drafts.push):
        with pytest.raises(ArchiveError) as caught:
            verb(SLOT, clone.folder)
        assert "\n" not in caught.value.message
    assert not clone.folder.exists()
    assert sorted(clone.root.parent.rglob("*.md")) == before
    drafts.drop(SLOT)
    clone.write("ledger.json", b"{}")
    assert drafts.push(SLOT, clone.folder)


@pytest.mark.parametrize("rows", [501, 1])
def test_a_branch_with_too_much_in_it_is_refused(clone: Clone, remote: Path, rows: int) -> None:
    data = b"x" if rows > 1 else bytes(LARGEST + 1)
    oid = git(remote, "hash-object", "-w", "--stdin", stdin=data)
    lines = "".join(f"100644 blob {oid}\tf{number:03}\n" for number in range(rows))
    tree = git(remote, "mktree", stdin=lines.encode())
    for name in (str(SLOT), "slots", ".taleshelf"):
        tree = git(remote, "mktree", stdin=f"040000 tree {tree}\t{name}\n".encode())
    git(remote, "update-ref", f"refs/heads/drafts/{SLOT}", git(remote, "commit-tree", tree, "-m", "large"))
    with pytest.raises(ArchiveError):
        clone.drafts().pull(SLOT, clone.folder)
    assert not clone.folder.exists()


def test_a_link_on_our_side_is_not_followed(clone: Clone, remote: Path, tmp_path: Path) -> None:
    plant_branch(remote, [("100644", "ledger.json", b"{}")])
    outside = tmp_path / "outside"
    outside.mkdir()
    clone.folder.parent.mkdir(parents=True)
    clone.folder.symlink_to(outside)
    with pytest.raises(ArchiveError, match="is a link"):
        clone.drafts().pull(SLOT, clone.folder)
    assert not list(outside.iterdir())


def test_no_object_holds_anything_of_the_environment(clone: Clone, remote: Path) -> None:
    drafts = clone.drafts()
    clone.write("ledger.json", b"{}")
    drafts.push(SLOT, clone.folder)
    drafts.propose(SLOT, BUNDLE, WHERE, "The lantern")
    for root in (clone.root, remote):
        objects = subprocess.run(
            ["git", "-C", str(root), "cat-file", "--batch-all-objects", "--batch"], check=True, capture_output=True
        ).stdout
        assert b"noreply@taleshelf.invalid" in objects
        assert CANARY.encode() not in objects


def test_git_gets_no_repository_of_the_caller_and_no_traces() -> None:
    handed = {
        "GIT_DIR": "/elsewhere",
        "GIT_INDEX_FILE": "/elsewhere/index",
        "GIT_TRACE_CURL": "1",
        "GIT_CONFIG_PARAMETERS": "'core.pager=x'",
        "GIT_ASKPASS": "/bin/ask",
        "GIT_SSH_COMMAND": "ssh -i key",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "http.extraheader",
        "GIT_CONFIG_VALUE_0": "x",
        "HOME": "/home/owner",
    }
    given_to_git = make_environment(handed)
    assert {name for name in handed if name in given_to_git} == {
        "GIT_ASKPASS",
        "GIT_SSH_COMMAND",
        "GIT_CONFIG_COUNT",
        "GIT_CONFIG_KEY_0",
        "GIT_CONFIG_VALUE_0",
        "HOME",
    }
    assert given_to_git["GIT_TERMINAL_PROMPT"] == "0"


@pytest.mark.parametrize(
    ("report", "reason"),
    [
        (
            "fatal: unable to access 'https://x:tok@en@example.org/a.git/': down\n",
            "unable to access 'https://example.org/a.git/': down",
        ),
        ("remote: \x1b[31mno\x1b[0m\nerror: failed to push some refs to 'x'\nhint: pull\n", "[31mno [0m"),
        ("hint: nothing\n", ""),
        ("", ""),
        ("fatal: " + "x" * 999, "x" * 300),
    ],
)
def test_a_report_of_git_is_one_sentence_without_credentials(report: str, reason: str) -> None:
    assert explain(report) == reason


def test_a_failure_keeps_its_status_when_git_says_nothing(clone: Clone) -> None:
    answer = ask_git(clone.root, "diff", "--quiet", "HEAD~1", "HEAD", environment=variables(clone.root.parent))
    assert (answer.status, answer.reason) == (1, "git ended with status 1")


# Proposals


def test_a_proposal_is_one_commit_that_adds_the_story_to_what_is_published(clone: Clone, remote: Path) -> None:
    drafts = clone.drafts()
    clone.write("ledger.json", b"{}")
    drafts.push(SLOT, clone.folder)
    assert not drafts.proposed(SLOT)
    assert drafts.propose(SLOT, BUNDLE, WHERE, "The lantern")
    assert drafts.proposed(SLOT)
    assert git(remote, "log", "--format=%s", f"main..drafts/{SLOT}") == f"Story of {SLOT}: The lantern"
    assert git(remote, "diff", "--name-status", f"main...drafts/{SLOT}").splitlines() == [
        f"A\t{WHERE}/cover.webp",
        f"A\t{WHERE}/index.md",
    ]
    assert on_branch(remote)[f"{WHERE}/cover.webp"] == BUNDLE["cover.webp"]
    git(remote, "fsck", "--strict", "--no-dangling")


def test_a_proposal_stands_on_the_newest_published_story_not_on_the_checkout(
    clone: Clone, remote: Path, tmp_path: Path
) -> None:
    other = Clone(remote, tmp_path / "other")
    (other.root / "content" / "newer.md").write_text("newer\n")
    git(other.root, "add", ".")
    git(other.root, "commit", "--quiet", "-m", "newer")
    git(other.root, "push", "--quiet", "origin", "main")
    assert clone.drafts().propose(SLOT, BUNDLE, WHERE, "The lantern")
    assert git(remote, "rev-parse", f"drafts/{SLOT}~1") == git(remote, "rev-parse", "main")
    assert "content/newer.md" in on_branch(remote)


def test_a_story_is_proposed_once_and_an_owners_edit_of_it_stays(clone: Clone, remote: Path, tmp_path: Path) -> None:
    assert clone.drafts().propose(SLOT, BUNDLE, WHERE, "The lantern")
    owner = Clone(remote, tmp_path / "owner", "--branch", f"drafts/{SLOT}")
    (owner.root / WHERE / "index.md").write_text("# Edited\n")
    git(owner.root, "commit", "--quiet", "-am", "Edit")
    git(owner.root, "push", "--quiet")
    again = Clone(remote, tmp_path / "again", "--depth=1").drafts()
    assert again.proposed(SLOT)
    assert not again.propose(SLOT, BUNDLE, WHERE, "The lantern")
    clone.write("ledger.json", b"{}")
    with pytest.raises(ArchiveError, match="waits for review"):
        again.push(SLOT, clone.folder)
    assert not again.pull(SLOT, tmp_path / "none")
    assert on_branch(remote)[f"{WHERE}/index.md"] == b"# Edited\n"


def test_a_story_that_is_published_as_it_is_is_not_proposed(clone: Clone, remote: Path) -> None:
    drafts = clone.drafts()
    drafts.propose(SLOT, BUNDLE, WHERE, "The lantern")
    git(remote, "update-ref", "refs/heads/main", f"drafts/{SLOT}")
    drafts.drop(SLOT)
    assert not drafts.propose(SLOT, BUNDLE, WHERE, "The lantern")
    assert drafts.waiting() == ()


def test_another_branch_can_be_the_published_one(clone: Clone, remote: Path, tmp_path: Path) -> None:
    git(remote, "branch", "live", "main~1")
    repository = Repository(clone.root, variables(tmp_path))
    Drafts(repository, clone.waits.append, random.Random(1), published="live").propose(SLOT, BUNDLE, WHERE, "T")
    assert git(remote, "rev-parse", f"drafts/{SLOT}~1") == git(remote, "rev-parse", "live")
    with pytest.raises(ArchiveError, match="has no branch 'gone'"):
        Drafts(repository, clone.waits.append, random.Random(1), published="gone").propose(EXTRA, BUNDLE, WHERE, "T")


@pytest.mark.parametrize(
    "folder", ["../x", "content//x", "/content/x", ".git/hooks", "content/.taleshelf", "", "a/./b"]
)
def test_a_proposal_stays_inside_the_archive(clone: Clone, remote: Path, folder: str) -> None:
    with pytest.raises(ArchiveError, match="is no name"):
        clone.drafts().propose(SLOT, BUNDLE, folder, "The lantern")
    with pytest.raises(ArchiveError, match="is no name"):
        clone.drafts().propose(SLOT, {f"{folder}/x": b""}, WHERE, "The lantern")
    assert clone.drafts().waiting() == ()


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("The Lantern That Stayed", "The Lantern That Stayed"),
        ("Fixes #3, closes GH-4", "Fixes 3, closes GH 4"),
        ("[skip ci] @octocat", "skip ci octocat"),
        ("One\n\nCo-authored-by: X <x@example.org>", "One Co-authored-by X x example.org"),
        ("Nain’s Tŷ—and “more”", "Nain’s Tŷ—and more"),
        ("x" * 500, "x" * 100),
    ],
)
def test_a_title_is_words_and_orders_nothing(title: str, words: str) -> None:
    assert make_message(SLOT, title) == f"Story of {SLOT}: {words}\n"


@given(st.text())
def test_a_message_is_one_line_whatever_the_title(title: str) -> None:
    message = make_message(SLOT, title)
    assert len(message.splitlines()) == 1
    assert not set("#@[]<>$`\\\0\x1b") & set(message)
    message.encode()


# The list


def test_the_slots_with_a_branch_are_listed_and_strangers_are_not(clone: Clone, remote: Path) -> None:
    drafts = clone.drafts()
    assert drafts.waiting() == ()
    for slot in (EXTRA, SLOT, Slot.parse("2025-12-31")):
        clone.write("ledger.json", b"{}")
        drafts.push(slot, clone.folder)
    for name in ("drafts/the-garden", "drafts/2026-03-14-x-1", "drafts/2026-99-99", f"old/drafts/{SLOT}"):
        git(remote, "update-ref", f"refs/heads/{name}", "main")
    assert [str(slot) for slot in drafts.waiting()] == ["2025-12-31", "2026-03-14", "2026-03-14-x-1a2b3c4d"]


def test_dropping_a_branch_twice_is_no_error_and_touches_no_other(clone: Clone, remote: Path) -> None:
    drafts = clone.drafts()
    clone.write("ledger.json", b"{}")
    drafts.push(SLOT, clone.folder)
    drafts.push(EXTRA, clone.folder)
    drafts.drop(SLOT)
    drafts.drop(SLOT)
    assert drafts.waiting() == (EXTRA,)
    assert not drafts.pull(SLOT, clone.folder)
    assert drafts.push(SLOT, clone.folder)
