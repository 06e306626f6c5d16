"""Stories and cards -> one commit on top of what the remote has -> pushed, never by force.

The commit is composed with plumbing, as drafts are: no hook, signature, identity or setting of the machine has a say,
and a run that is interrupted has pushed all of it or nothing. Only then does the checkout follow.
"""

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.archive import read_page
from generator.bundle import PAGE, slot_of
from generator.delivery.joining import Joined, join
from generator.delivery.remote import find_default, has_remote, list_tries, reaching
from generator.delivery.secrets import check_secrets
from generator.delivery.worktree import Files, find_branch, find_head, follow, open_top, read_changes
from generator.drafts import make_message
from generator.errors import ArchiveError, PublishError, PublishRefused
from generator.lock import locked
from generator.repository import Repository
from generator.story import Slot
from generator.tombstones import FOLDER as TOMBSTONES
from generator.tombstones import slot_of_name

MOST_LINES = 50  # stories a message names


@dataclass(frozen=True, slots=True)
class Committed:
    """What became of the changes."""

    commit: str  # that the branch names now; empty when nothing was new
    branch: str
    pushed: bool
    said: tuple[str, ...]  # what an owner should know
    lost: tuple[Slot, ...] = ()  # whose story another run had pushed before


@dataclass(frozen=True, slots=True)
class Committing:
    """What committing needs to know of the archive and the world."""

    repository: Repository
    content: Path
    state: Path
    wait: Callable[[float], None]  # sleeps so many seconds
    rng: random.Random  # spreads the tries of runs that meet
    reach: Callable[[str], None] = lambda _name: None


def commit_content(work: Committing, *, branch: str = "", push: bool = True) -> Committed:
    """Commit what changed under content/ and push it to a branch, the one that is checked out unless told.

    Raises PublishError when the remote cannot be reached, PublishRefused when a person has to do something first.
    """
    with locked(work.state):
        repository, prefix = open_top(work.repository)
        content = f"{prefix}{work.content.name}/"
        check = partial(check_secrets, environment=repository.environment)
        changes = read_changes(repository, content, check)
        if push and has_remote(repository):
            done = _push(work, repository, content, changes.files, _choose_branch(repository, branch))
        else:
            done = _keep(work, repository, content, changes.files, push=push)
        return Committed(done.commit, done.branch, done.pushed, (*changes.left, *done.said), done.lost)


def _choose_branch(repository: Repository, wanted: str) -> str:
    here = find_branch(repository)
    if wanted and here and wanted != here:
        raise PublishRefused(
            f"the branch {here!r} is checked out here, not {wanted!r}",
            f"git switch {wanted}, or leave the option out.",
        )
    with reaching(repository):
        name = wanted or here or find_default(repository)
    if repository.ask("check-ref-format", f"refs/heads/{name}").status:
        raise PublishRefused(f"{name!a} is no name for a branch", "Name another one.")
    return name


def _keep(work: Committing, repository: Repository, content: str, files: Files, *, push: bool) -> Committed:
    """Commit without a remote."""
    head = find_head(repository)
    joined = join(repository, content, files, head, head)
    made = _make_commit(repository, content, joined, head)
    said: tuple[str, ...] = (f"there is no remote {repository.remote!r}: nothing was pushed",) if push else ()
    if made:
        said += _follow(work, repository, head, made, files)
    return Committed(made or "", find_branch(repository), pushed=False, said=said)


def _push(work: Committing, repository: Repository, content: str, files: Files, branch: str) -> Committed:
    head, ref = find_head(repository), f"refs/heads/{branch}"
    for _ in list_tries(work.wait, work.rng):
        with reaching(repository):
            tip = repository.fetch(ref, past=True)
        onto = _choose_base(repository, head, tip, branch)
        joined = join(repository, content, files, head, onto)
        made = _make_commit(repository, content, joined, onto)
        said = (*joined.said, *_put_aside(repository, head, joined.kept))
        final = made or onto
        work.reach("commit.made")
        with reaching(repository):
            sent = final is None or final == tip or repository.send(ref, final, tip, forward=True)
        if sent:
            work.reach("commit.pushed")
            said += _follow(work, repository, head, final, files) if final else ()
            pushed = final is not None and final != tip
            return Committed(final if pushed and final else "", branch, pushed, said, tuple(joined.lost))
    raise PublishError(
        f"{branch} on {repository.remote} was pushed to by others all the time", "Run it again in a minute."
    )


def _choose_base(repository: Repository, head: str | None, tip: str | None, branch: str) -> str | None:
    """Return the commit to build on: the further one of what is here and what is there."""
    if not head or not tip or head == tip:
        return tip or head
    if not repository.ask("merge-base", "--is-ancestor", head, tip).status:
        return tip
    if not repository.ask("merge-base", "--is-ancestor", tip, head).status:
        return head
    raise PublishRefused(
        f"{branch} went one way here and another on {repository.remote}",
        "Bring them together in the archive's folder (git stash -u; git pull --rebase; git stash pop), then run this again.",
    )


def _make_commit(repository: Repository, content: str, joined: Joined, onto: str | None) -> str | None:
    """Return a commit that adds the files, or None when they change nothing."""
    before = repository.tree_of(onto) if onto else repository.plant(None, {})
    tree = repository.plant(before, {tuple(path.split("/")): oid for path, oid in joined.files.items()})
    if tree == before:
        return None
    return repository.commit(tree, render_message(repository.root, content, joined.files), onto)


def render_message(top: Path, content: str, files: Files) -> str:
    """Return the message of a commit: a line for each story, in words that no git host acts on."""
    paths = {path.removeprefix(content): oid for path, oid in files.items()}
    stones = (
        slot_of_name(path.partition("/")[2]) for path, oid in paths.items() if oid and path.startswith(TOMBSTONES)
    )
    removed = sorted(str(slot) for slot in stones if slot)
    folders = {path.rpartition("/")[0] for path, oid in paths.items() if oid and path.endswith(f"/{PAGE}")}
    stories = ((slot_of(Path(folder)), top / content / folder) for folder in sorted(folders))
    told = [make_message(slot, _read_title(folder)) for slot, folder in stories if slot]
    lines = [*(f"Take down {slot}\n" for slot in removed), *told] or ["Cards and pages\n"]
    if len(lines) == 1:
        return lines[0]
    return f"{len(lines)} stories\n\n{''.join(lines[:MOST_LINES])}"


def _read_title(folder: Path) -> str:
    try:
        return read_page(folder).title
    except ArchiveError:
        return ""


def _put_aside(repository: Repository, head: str | None, files: Mapping[str, str | None]) -> Iterable[str]:
    """Keep on a branch of its own what gave way, and say where. The same files again give the same branch."""
    if not files:
        return ()
    tree = repository.plant(
        repository.tree_of(head) if head else None, {tuple(p.split("/")): o for p, o in files.items()}
    )
    ref = f"refs/heads/kept/{tree[:12]}"
    with reaching(repository):
        if repository.tip(ref) is None:
            repository.send(ref, repository.commit(tree, "Changes that gave way to others\n", head), None, forward=True)
    return (f"what was made here is on the branch {ref.removeprefix('refs/heads/')} of {repository.remote}",)


def _follow(work: Committing, repository: Repository, head: str | None, final: str, files: Files) -> tuple[str, ...]:
    try:
        stays = follow(repository, head, final, files, work.wait)
    except ArchiveError as error:
        stays = error.message
    return (f"the checkout here was left as it is: {stays}; the next run tries again",) if stays else ()
