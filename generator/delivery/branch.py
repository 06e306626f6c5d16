"""Publish to a branch that a host shows as it is, such as gh-pages: only what changed is sent, and nothing is checked out.

Of the branch the commits and folders are fetched, not the files, into a place of its own that is thrown away at the end;
the archive's own objects, index, branches and settings are never touched. Where a server cannot leave the files out, they
come along.
"""

import os
import random
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.delivery.folder import Report
from generator.delivery.remote import list_tries, reaching
from generator.delivery.sitefiles import list_site
from generator.delivery.worktree import find_branch, find_head, open_top
from generator.errors import ConfigError, PublishError
from generator.repository import FILE, Repository

PLAIN = ".nojekyll"  # tells GitHub to show the files as they are
SOURCE = "mkdocs.yml"  # lies where an archive is, and in no site
DOMAIN = "CNAME"  # a host writes it when an owner sets a domain; it stays


@dataclass(frozen=True, slots=True)
class Publishing:
    """What publishing to a branch needs to know of the archive and the world."""

    repository: Repository
    state: Path
    wait: Callable[[float], None]  # sleeps so many seconds
    rng: random.Random  # spreads the tries of runs that meet


def publish_branch(work: Publishing, site: Path, branch: str, *, history: int = 0) -> Report:
    """Make a branch hold what a site holds. Raises PublishError, or PublishRefused where the remote takes no push.

    Each time adds a commit to the branch, never by force. `history` is the most commits it may have, 0 for any number:
    when it has them it begins anew with one, if it still is what was seen of it, and the whole site is sent.
    """
    files = list_site(site)
    top, _ = open_top(work.repository)
    if top.ask("check-ref-format", "--branch", branch).status or branch == find_branch(top):
        raise ConfigError(f"{branch!a} cannot be the branch of the site", "Name one that holds nothing else.")
    aside = work.state / "pages"
    shutil.rmtree(aside, ignore_errors=True)
    try:
        return _publish(work, _set_aside(top, aside), top, site.resolve(), files, branch, history=history)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _set_aside(top: Repository, aside: Path) -> Repository:
    """Return the repository with objects and an index of its own, in which files of the remote may be missing."""
    objects = aside / "objects"
    objects.mkdir(parents=True)
    known = top.root / os.fsdecode(top.run("rev-parse", "--git-path", "objects").removesuffix(b"\n"))
    own = {
        "GIT_OBJECT_DIRECTORY": str(objects.resolve()),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(known.resolve()),
        "GIT_INDEX_FILE": str((aside / "index").resolve()),
        "GIT_NO_LAZY_FETCH": "1",
    }
    partial = (f"remote.{top.remote}.promisor=true", f"remote.{top.remote}.partialclonefilter=blob:none")
    return replace(top, own=own, settings=partial)


def _publish(
    work: Publishing,
    apart: Repository,
    top: Repository,
    site: Path,
    files: Mapping[str, os.stat_result],
    branch: str,
    *,
    history: int,
) -> Report:
    ref, ours = f"refs/heads/{branch}", _hash(apart, site, files)
    # By its name the archive would remember what it had pushed there, a commit that it has not got.
    address = os.fsdecode(top.run("remote", "get-url", "--push", top.remote).removesuffix(b"\n"))
    pushing = replace(apart, address=address)
    for _ in list_tries(work.wait, work.rng):
        with reaching(apart):
            tip = apart.fetch(ref, past=True)
        there = _list_tree(apart, tip) if tip else {}
        if any(path.rpartition("/")[2] == SOURCE for path in there):
            raise ConfigError(f"{branch!a} holds an archive and no site", "Name a branch that holds nothing else.")
        ours.update({DOMAIN: there[DOMAIN]} if DOMAIN in there and DOMAIN not in files else {})
        changed = [name for name in files if there.get(name) != ours[name]]
        anew = bool(tip and history) and _count(apart, tip) >= history
        sent = list(files) if anew else changed
        _hash(apart, site, sent, "-w")
        tree = _write_tree(apart, ours)
        gone = there.keys() - ours.keys() - {PLAIN}
        if tip and tree == apart.tree_of(tip):
            return Report(len(files), 0, 0, 0)
        commit = apart.commit(tree, _make_message(top), None if anew else tip)
        with reaching(apart):
            if pushing.send(ref, commit, tip, forward=not anew):
                return Report(len(files), len(sent), sum(files[name].st_size for name in sent), len(gone))
    raise PublishError(f"{branch} on {apart.remote} was pushed to by others all the time", "Run it again in a minute.")


def _count(repository: Repository, commit: str | None) -> int:
    return int(repository.run("rev-list", "--count", str(commit)))


def _make_message(top: Repository) -> str:
    head = find_head(top)
    return f"Site of {head[:12]}\n" if head else "Site\n"


def _hash(repository: Repository, site: Path, names: Mapping[str, object] | list[str], *options: str) -> dict[str, str]:
    """Return git's ids of files as they are, byte for byte; "-w" keeps their bytes."""
    if not names:
        return {}
    paths = os.fsencode("".join(f"{site / name}\n" for name in names))
    ids = repository.run("hash-object", *options, "--no-filters", "--stdin-paths", stdin=paths).decode().split()
    return dict(zip(names, ids, strict=True))


def _list_tree(repository: Repository, commit: str) -> dict[str, str]:
    """Return all files of a commit. Nothing of the files themselves is asked for."""
    rows = repository.run("ls-tree", "-r", "--full-tree", "-z", commit).split(b"\0")
    pairs = (row.partition(b"\t") for row in rows if row)
    return {os.fsdecode(path): head.split()[2].decode() for head, _, path in pairs}


def _write_tree(repository: Repository, files: Mapping[str, str]) -> str:
    """Return the tree of all files and of the one that says that they are to be shown as they are."""
    rows = {**files, PLAIN: repository.store(b"")}
    repository.run("read-tree", "--empty")
    lines = "".join(f"{FILE} {oid}\t{path}\0" for path, oid in rows.items())
    repository.run("update-index", "-z", "--index-info", stdin=os.fsencode(lines))
    return repository.run("write-tree", "--missing-ok").decode().strip()
