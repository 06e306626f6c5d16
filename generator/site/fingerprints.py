"""Fingerprints that do not depend on file times: the ids git gives to files and folders, with or without git.

A checkout knows the ids of all folders without reading them; only what git calls changed is read. Elsewhere every file
is read and hashed in the same way, so that a cache made in one place is good in the other.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from generator.errors import ArchiveError
from generator.git import ask_git

UNKNOWN = ""  # of what can change without its fingerprint: it is always read again


def hash_file(path: Path) -> str:
    """Return git's id of a file with these bytes."""
    return _hash_object(b"blob", path.read_bytes())


def hash_folder(folder: Path) -> str:
    """Return git's id of a folder with everything in it; UNKNOWN when it is or holds a symbolic link."""
    rows = []
    if folder.is_symlink():
        return UNKNOWN
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_symlink():
                return UNKNOWN
            is_folder = entry.is_dir()
            name = hash_folder(Path(entry.path)) if is_folder else hash_file(Path(entry.path))
            if is_folder and name in (UNKNOWN, EMPTY):
                if name == UNKNOWN:
                    return UNKNOWN
                continue  # git knows no empty folders
            mode = b"40000" if is_folder else b"100755" if entry.stat().st_mode & stat.S_IXUSR else b"100644"
            raw = os.fsencode(entry.name)
            rows.append((raw + b"/" if is_folder else raw, mode + b" " + raw + b"\0" + bytes.fromhex(name)))
    return _hash_object(b"tree", b"".join(row for _, row in sorted(rows)))


def _hash_object(kind: bytes, data: bytes) -> str:
    return hashlib.sha1(kind + b" %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


EMPTY = _hash_object(b"tree", b"")


def read_known(content: Path, environment: Mapping[str, str]) -> dict[str, str] | None:
    """Ask git for the fingerprints of all stories it has as they lie there; None outside of a checkout."""
    months = (content / "stories").glob("[0-9]*/[0-9]*")
    return read_checkout(content, [month.relative_to(content).as_posix() for month in months], environment)


def read_checkout(root: Path, parents: Iterable[str], environment: Mapping[str, str]) -> dict[str, str] | None:
    """Return the ids of the folders in some folders under `root` that are in git as they lie there.

    A folder with anything changed, added, ignored or lost in it is left out. None outside of a checkout.
    """
    asked = ("--porcelain=v1", "-z", "--no-renames", "--untracked-files=normal", "--ignored=matching", "--", ".")
    try:
        with ThreadPoolExecutor(1) as aside:  # what has changed takes git half a second, so it is asked that first
            asking = aside.submit(ask_git, root, "--no-optional-locks", "status", *asked, environment=environment)
            inside = ask_git(root, "rev-parse", "--show-prefix", environment=environment)
            prefix = inside.out.rstrip(b"\n")
            named = [(parent, b"HEAD:" + prefix + os.fsencode(parent)) for parent in parents if "\n" not in parent]
            wanted = b"".join(name.rstrip(b"/") + b"\n" for _, name in named)
            trees = ask_git(root, "cat-file", "--batch", environment=environment, stdin=wanted)
            prefixes = [f"{parent}/" if parent else "" for parent, _ in named]
            ids = dict(_parse_trees(trees.out, prefixes)) if not trees.status else {}
            status = asking.result()
    except ArchiveError:
        return None
    if inside.status or trees.status or status.status:
        return None
    changed = [row[3:].removeprefix(prefix).rstrip(b"/") for row in status.out.split(b"\0") if row]
    if any(not path or prefix.startswith(path + b"/") for path in changed):
        return None  # the whole of it is new
    for path in map(os.fsdecode, changed):
        _forget(ids, path)
    return ids


def _parse_trees(out: bytes, prefixes: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Read what `cat-file --batch` says of folders, in the order they were asked for: a line and the folder's rows."""
    at = 0
    for prefix in prefixes:
        line, _, _ = out[at : at + 300].partition(b"\n")
        at += len(line) + 1
        facts = line.split(b" ")
        if facts[1:2] != [b"tree"]:
            continue  # git does not know it
        end, length = at + int(facts[2]), len(facts[0]) // 2
        while at < end:
            zero = out.index(b"\0", at)
            mode, _, name = out[at:zero].partition(b" ")
            at = zero + 1 + length
            if mode == b"40000":
                yield prefix + os.fsdecode(name), out[zero + 1 : at].hex()
        at += 1


def _forget(ids: dict[str, str], path: str) -> None:
    """Take out a path, what it lies in and what lies in it."""
    for inner in [name for name in ids if name.startswith(path + "/")]:
        del ids[inner]
    while path:
        ids.pop(path, None)
        path = path.rpartition("/")[0]
