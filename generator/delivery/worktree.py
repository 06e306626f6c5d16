"""The checkout that stories are written in: what changed in its content/, and how it follows what was pushed.

Paths are from the top of the repository, with forward slashes. What changed is told by git's own bookkeeping, without a
lock, so that a lock that a dead git left behind keeps nobody from publishing.
"""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.errors import PublishRefused
from generator.feeds.guids import PINS
from generator.repository import Entry, Repository, parse_entry

LARGEST = 100 * 2**20  # bytes of a file: hosts take no larger one
UNMERGED = frozenset({"DD", "AU", "UD", "UA", "DU", "AA", "UU"})
STATUS = ("--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--ignore-submodules=all")
# Whatever this machine leaves out of its own repositories, and programs it would ask.
PLAIN = ("core.excludesFile=/dev/null", "core.fsmonitor=false")
LOOKS, LOOK_WAIT = 10, 0.5  # how often another git's lock is looked at again, and seconds between
ZERO = "0" * 40
AT_ONCE = 400  # paths that one command is given

Files = Mapping[str, str | None]  # path -> git's id of its bytes; None where the file is gone


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from the commit that is checked out."""

    files: Files
    left: tuple[str, ...]  # why something is not committed


def open_top(repository: Repository) -> tuple[Repository, str]:
    """Return the same repository at its top, and where the archive lies in it: "" or "tales/". Raises ArchiveError."""
    top, prefix = (
        os.fsdecode(repository.run("rev-parse", told).removesuffix(b"\n"))
        for told in ("--show-toplevel", "--show-prefix")
    )
    return replace(repository, root=Path(top)), prefix


def find_head(repository: Repository) -> str | None:
    """Return the commit that is checked out, or None before the first one."""
    answer = repository.ask("rev-parse", "--quiet", "--verify", "HEAD^{commit}")
    return None if answer.status else answer.out.decode().strip()


def find_branch(repository: Repository) -> str:
    """Return the name of the branch that is checked out, or nothing for a detached head."""
    answer = repository.ask("symbolic-ref", "--quiet", "--short", "HEAD")
    return "" if answer.status else answer.out.decode().strip()


def read_changes(repository: Repository, folder: str, check: Callable[[Mapping[str, Path]], None]) -> Changes:
    """Return what changed below a folder of the repository and keep its bytes, once `check` has seen the files.

    Raises PublishRefused amid a merge, and what `check` raises.
    """
    kept: list[str] = []
    gone: list[str] = []
    left: list[str] = []
    for state, path in _read_status(repository):
        if not path.startswith(folder):
            continue
        if state in UNMERGED:
            raise PublishRefused(f"{path!a} is amid a merge", "Finish the merge in the archive's folder.")
        if state == "??" and path != folder + PINS and any(part.startswith(".") for part in path.split("/")):
            continue  # a file that is being written, or one of the system's own
        found = _look_at(repository.root / path)
        if problem := _object_to(path, found):
            left.append(f"{path!a} is left out: {problem}")
        else:
            (kept if found else gone).append(path)
    check({path: repository.root / path for path in kept})
    head = find_head(repository)
    base = read_ids(repository, head, (*kept, *gone)) if head else {}
    files: dict[str, str | None] = dict(zip(kept, _hash(repository, kept, "-w"), strict=True))
    files |= dict.fromkeys(gone)
    return Changes({path: oid for path, oid in files.items() if base.get(path) != oid}, tuple(left))


def _read_status(repository: Repository) -> Iterator[tuple[str, str]]:
    """Yield the two letters git has for every path that is not as it was checked out, and the path."""
    settings = (part for setting in PLAIN for part in ("-c", setting))
    rows = repository.run(*settings, "--no-optional-locks", "status", *STATUS).split(b"\0")
    yield from ((os.fsdecode(row[:2]), os.fsdecode(row[3:])) for row in rows if row)


def _look_at(path: Path) -> os.stat_result | None:
    try:
        return path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _object_to(path: str, found: os.stat_result | None) -> str:
    """Return why a file cannot be committed, or nothing."""
    if not path.isprintable():
        return "its name has characters that nobody can read"
    if found and not stat.S_ISREG(found.st_mode):
        return "it is no plain file"
    if found and found.st_size > LARGEST:
        return f"it has {found.st_size} bytes, and hosts take at most {LARGEST}"
    return ""


def _hash(repository: Repository, paths: list[str], *options: str) -> list[str]:
    """Return the ids of files as git makes them, with what .gitattributes says of them; "-w" keeps their bytes."""
    if not paths:
        return []
    names = "".join(f"{path}\n" for path in paths)
    return repository.run("hash-object", *options, "--stdin-paths", stdin=os.fsencode(names)).decode().split()


def read_ids(repository: Repository, tree: str, paths: Iterable[str]) -> dict[str, str]:
    """Return the ids of those of the paths that are files in a tree."""
    return {path: entry.oid for path, entry in _read_entries(repository, tree, paths).items()}


def _read_entries(repository: Repository, tree: str, paths: Iterable[str]) -> dict[str, Entry]:
    listed = list(paths)
    found = {}
    for start in range(0, len(listed), AT_ONCE):
        lines = repository.run("ls-tree", "--full-tree", "-z", tree, "--", *listed[start : start + AT_ONCE])
        for line in filter(None, lines.split(b"\0")):
            entry = parse_entry(line)
            if entry.kind == "blob":
                found[entry.path] = entry
    return found


def compare_trees(repository: Repository, old: str | None, new: str, folder: str = "") -> dict[str, str | None]:
    """Return what is new, changed or gone in the second tree, below a folder or everywhere."""
    before = old or repository.plant(None, {})
    if before == new:
        return {}
    told = ("diff-tree", "-r", "-z", "--no-renames", "--full-index", before, new)
    rows = repository.run(*told, *(("--", folder) if folder else ())).split(b"\0")
    pairs = zip(rows[::2], rows[1::2], strict=False)
    return {os.fsdecode(path): oid if (oid := row.split()[3].decode()).strip("0") else None for row, path in pairs}


def follow(repository: Repository, head: str | None, final: str, ours: Files, wait: Callable[[float], None]) -> str:
    """Bring the checkout to a commit: `ours` as it is there, everything else forward. Return why it stays, or nothing.

    What somebody is at work on outside of `ours` is never overwritten; the checkout stays as it is then. A crash on the
    way leaves what the next call completes.
    """
    if head == final and not ours:
        return ""
    if lock := _wait_for_lock(repository, wait):
        return f"another git is at work here, or died and left {lock} (delete it if none is running)"
    moved = compare_trees(repository, head, final)
    others = [path for _, path in _read_status(repository) if path not in ours and path in moved]
    there = _read_lying(repository, others)
    entries = _read_entries(repository, final, (*ours, *others))
    wrong = [path for path, oid in ours.items() if oid != (entries[path].oid if path in entries else None)]
    late = _read_lying(repository, wrong)  # an owner may have gone on writing
    blocked = [path for path in others if there[path] != moved[path]] + [p for p in wrong if late[p] != ours[p]]
    if blocked:
        return f"{blocked[0]!a} was changed here, and by what was pushed"
    _settle(repository, (*ours, *others), entries, wrong)
    before = head or repository.plant(None, {})
    answer = repository.ask("read-tree", "-m", "-u", before, final)
    if answer.status:
        return answer.reason
    repository.run("update-ref", "-m", "taleshelf commit", "HEAD", final, head or ZERO)
    repository.ask("update-index", "-q", "--refresh")
    return ""


def _read_lying(repository: Repository, paths: list[str]) -> dict[str, str | None]:
    """Return git's ids of files as they lie there; None for what is gone or no plain file."""
    seen = ((path, _look_at(repository.root / path)) for path in paths)
    plain = [path for path, found in seen if found and stat.S_ISREG(found.st_mode) and path.isprintable()]
    return {**dict.fromkeys(paths), **dict(zip(plain, _hash(repository, plain), strict=True))}


def _settle(repository: Repository, paths: Iterable[str], entries: Mapping[str, Entry], wrong: list[str]) -> None:
    """Have the index hold paths as they are in a commit, and the worktree those that lie there in another way."""
    rows = (
        f"{entries[path].mode} {entries[path].oid}\t{path}\0" if path in entries else f"0 {ZERO}\t{path}\0"
        for path in sorted(paths, key=entries.__contains__)  # what goes makes room for what comes
    )
    repository.run("update-index", "-z", "--index-info", stdin=os.fsencode("".join(rows)))
    for path in wrong:
        (repository.root / path).unlink(missing_ok=True)
        _prune((repository.root / path).parent, repository.root)
    wanted = "".join(f"{path}\0" for path in wrong if path in entries)
    if wanted:
        repository.run("checkout-index", "--force", "-z", "--stdin", stdin=os.fsencode(wanted))


def _prune(folder: Path, top: Path) -> None:
    """Remove a folder that became empty, and those around it."""
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _wait_for_lock(repository: Repository, wait: Callable[[float], None]) -> str:
    """Wait for another git; return the path of its lock if that stays."""
    name = os.fsdecode(repository.run("rev-parse", "--git-path", "index.lock").removesuffix(b"\n"))
    for _ in range(LOOKS):
        if not (repository.root / name).exists():
            return ""
        wait(LOOK_WAIT)
    return name
