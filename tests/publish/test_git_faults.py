"""Every way to a remote with everything that goes wrong with git: it lands, or it is a sentence and lands afterwards."""

import random
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.delivery.branch import Publishing, publish_branch
from generator.drafts import Drafts
from generator.errors import ArchiveError, PublishError, PublishRefused, PushRefused, TaleshelfError
from generator.repository import Repository
from generator.story import Slot
from tests.publish.conftest import Checkout
from tests.publish.sites import make_site
from tests.races.field import NIGHT, git, make_clone, tell, variables

SLOT = Slot(NIGHT)


@dataclass(frozen=True)
class Way:
    """One of those who push."""

    name: str
    ref: str  # the branch of the remote that it pushes to
    away: type[TaleshelfError]  # what it raises while the remote is away
    refused: type[TaleshelfError]  # and when the remote does not take it


COMMIT = Way("commit", "main", PublishError, PublishRefused)
BRANCH = Way("branch", "gh-pages", PublishError, PublishRefused)
DRAFT = Way("draft", f"drafts/{SLOT}", ArchiveError, PushRefused)
WAYS = pytest.mark.parametrize("way", [COMMIT, BRANCH, DRAFT], ids=lambda way: way.name)


def prepare(root: Path, way: Way, word: str = "ours") -> None:
    """Make what is to be pushed."""
    if way is COMMIT:
        tell(root, NIGHT, 1 if word == "ours" else 2)
    elif way is BRANCH:
        make_site(root / "site", **{word: word})
    else:
        folder = root / ".taleshelf/slots" / str(SLOT)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{word}.bin").write_text(word)


def push(root: Path, way: Way, timeout: float = 60) -> None:
    """Push it as the command does."""
    repository = Repository(root, variables(root.parent), timeout=timeout)
    if way is COMMIT:
        Checkout(root.parent / "remote.git", root).commit(timeout=timeout)
    elif way is BRANCH:
        publish_branch(Publishing(repository, root / ".taleshelf", _wait, random.Random(1)), root / "site", way.ref)
    else:
        Drafts(repository, _wait, random.Random(1)).push(SLOT, root / ".taleshelf/slots" / str(SLOT))


def _wait(_seconds: float) -> None:
    """Go on at once."""


def tip(remote: Path, way: Way) -> str:
    return git(remote, "for-each-ref", "--format=%(objectname)", f"refs/heads/{way.ref}")


def check_landed(remote: Path, way: Way, word: str = "ours") -> None:
    """Check that it is there, and that the remote is sound."""
    names = git(remote, "ls-tree", "-r", "--name-only", way.ref)
    assert {COMMIT: f"stories/{NIGHT:%Y/%m/%d}-", BRANCH: "index.html", DRAFT: f"{word}.bin"}[way] in names
    assert git(remote, "fsck", "--strict", "--full", "--no-dangling") == ""


@contextmanager
def hanging(root: Path, remote: Path) -> Iterator[None]:
    """A remote that takes the call and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        git(root, "remote", "set-url", "origin", f"git://127.0.0.1:{server.getsockname()[1]}/tales")
        yield
    git(root, "remote", "set-url", "origin", f"file://{remote}")


@contextmanager
def hooked(remote: Path, script: str) -> Iterator[None]:
    """A remote that runs a script before it takes anything."""
    hook = remote / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n{script}\n")
    hook.chmod(0o755)
    yield
    hook.unlink()


REJECTING = "echo 'not today' >&2; exit 1"
HANGING_UP = "kill -9 $PPID"


@contextmanager
def gone(root: Path, remote: Path) -> Iterator[None]:
    """A remote that is not there."""
    moved = remote.rename(remote.with_name("gone.git"))
    yield
    moved.rename(remote)


@pytest.mark.parametrize("fault", [hanging, gone])
@WAYS
def test_a_remote_that_is_away_is_a_sentence_and_the_next_run_lands(
    checkout: Checkout, way: Way, fault: Callable[..., "Iterator[None]"]
) -> None:
    prepare(checkout.root, way)
    with fault(checkout.root, checkout.remote), pytest.raises(way.away) as caught:  # type: ignore[attr-defined]
        push(checkout.root, way, timeout=2)
    assert not isinstance(caught.value, way.refused)
    assert caught.value.hint
    push(checkout.root, way)
    check_landed(checkout.remote, way)


@pytest.mark.parametrize("script", [REJECTING, HANGING_UP])
@WAYS
def test_a_remote_that_takes_nothing_is_left_as_it_was_and_the_next_run_lands(
    checkout: Checkout, way: Way, script: str
) -> None:
    prepare(checkout.root, way)
    before = tip(checkout.remote, way)
    with hooked(checkout.remote, script), pytest.raises(way.refused) as caught:
        push(checkout.root, way)
    assert "was not pushed" in caught.value.message
    assert tip(checkout.remote, way) == before
    push(checkout.root, way)
    check_landed(checkout.remote, way)


@pytest.mark.parametrize("lock", ["index.lock", "HEAD.lock", "config.lock", "packed-refs.lock", "shallow.lock"])
@WAYS
def test_a_lock_that_a_dead_git_left_here_keeps_nothing_from_the_remote(
    checkout: Checkout, way: Way, lock: str
) -> None:
    prepare(checkout.root, way)
    (checkout.root / ".git" / lock).touch()
    push(checkout.root, way)
    check_landed(checkout.remote, way)
    (checkout.root / ".git" / lock).unlink()
    push(checkout.root, way)
    assert checkout.git("fsck", "--no-dangling") == ""


@WAYS
def test_a_lock_that_a_dead_git_left_there_is_waited_for_and_then_a_sentence(checkout: Checkout, way: Way) -> None:
    prepare(checkout.root, way)
    lock = checkout.remote / "refs/heads" / f"{way.ref}.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    lock.touch()
    with pytest.raises(way.away, match="pushed to by others"):
        push(checkout.root, way)
    lock.unlink()
    push(checkout.root, way)
    check_landed(checkout.remote, way)


@pytest.mark.parametrize("options", [("--depth=1",), ("--depth=1", "--no-single-branch"), ("--filter=blob:none",)])
@pytest.mark.parametrize("detached", [False, True])
@WAYS
def test_any_checkout_lands_without_a_past_without_files_and_without_a_branch(
    remote: Path, way: Way, options: tuple[str, ...], detached: bool
) -> None:
    git(remote, "config", "uploadpack.allowFilter", "true")
    root = make_clone(remote, "here", *options)
    if detached:
        git(root, "switch", "--quiet", "--detach")
    prepare(root, way)
    push(root, way)
    check_landed(remote, way)
    head = git(root, "rev-parse", "HEAD")
    push(root, way)
    assert git(root, "rev-parse", "HEAD") == head


@WAYS
def test_whoever_was_quicker_is_built_upon_and_never_overwritten(checkout: Checkout, other: Checkout, way: Way) -> None:
    prepare(other.root, way, "theirs")
    prepare(checkout.root, way)
    push(other.root, way)
    theirs = tip(checkout.remote, way)
    push(checkout.root, way)
    assert git(checkout.remote, "merge-base", theirs, way.ref) == theirs
    check_landed(checkout.remote, way)
    if way is COMMIT:  # of two stories of a night the first stays
        assert tip(checkout.remote, way) == theirs
    if way is DRAFT:
        check_landed(checkout.remote, way, "theirs")
