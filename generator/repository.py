"""The archive's git repository: objects, and branches of its remote, without touching worktree, index or HEAD.

Trees are composed with plumbing, one level at a time, so that adding a folder costs the same in any archive. Commits get
no local branch: they are pushed by their id, and only onto what was last seen of the remote's branch.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.errors import ArchiveError, PushRefused
from generator.git import TIMEOUT, Answer, ask_git, run_git

FILE, FOLDER = "100644", "040000"
PROBE = 60.0  # seconds after which a remote that does not even list its branches is given up
LOOKS = 8  # times a branch is looked up again when it moves while it is fetched
BUSY = re.compile(rb"cannot lock ref|failed to update ref|unable to create .*\.lock|incoming update")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a tree."""

    mode: str
    kind: str  # "blob", "tree" or "commit"
    oid: str
    path: str  # from the top of the tree; bytes that are not UTF-8 as surrogates
    size: int = 0  # bytes of a blob


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository that `root` lies in, and one remote of it."""

    root: Path
    environment: Mapping[str, str]
    remote: str = "origin"
    timeout: float = TIMEOUT  # seconds for each command
    address: str = ""  # to push to, instead of the remote's name, so that nothing here notes what was pushed
    settings: tuple[str, ...] = ()  # of git, for every command: "core.autocrlf=false"
    own: Mapping[str, str] = field(default_factory=dict)  # variables of git that are ours: an index file

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\w[\w.-]*", self.remote, re.ASCII):
            raise ArchiveError(f"{self.remote!r} is not the name of a remote", "git remote lists them.", path=self.root)

    def run(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """Run git and return its standard output. Raises ArchiveError."""
        told = (*self._settings, *arguments)
        return run_git(self.root, *told, environment=self.environment, stdin=stdin, timeout=self.timeout, own=self.own)

    def ask(self, *arguments: str) -> Answer:
        """Run git and return how it ended. Raises ArchiveError when it hangs or is missing."""
        told = (*self._settings, *arguments)
        return ask_git(self.root, *told, environment=self.environment, timeout=self.timeout, own=self.own)

    @property
    def _settings(self) -> tuple[str, ...]:
        return tuple(part for setting in self.settings for part in ("-c", setting))

    # Objects

    def store(self, data: bytes) -> str:
        """Keep bytes as they are and return their id."""
        return self.run("hash-object", "-w", "--stdin", stdin=data).decode().strip()

    def read(self, oid: str) -> bytes:
        """Return the bytes of a blob."""
        return self.run("cat-file", "blob", oid)

    def tree_of(self, commit: str) -> str:
        """Return the id of a commit's tree."""
        return self.run("rev-parse", "--verify", f"{commit}^{{tree}}").decode().strip()

    def list(self, tree: str, folder: str = "", *, sizes: bool = True) -> tuple[Entry, ...]:
        """Return the entries of a tree, or every file below one folder of it; empty where there is no such folder.

        A partial clone fetches every file whose size is asked for.
        """
        below = ["-r", tree, "--", f"{folder}/"] if folder else [tree]
        lines = self.run("ls-tree", "--full-tree", "-z", *(["-l"] if sizes else []), *below).split(b"\0")
        return tuple(parse_entry(line) for line in lines if line)

    def plant(self, tree: str | None, files: Mapping[tuple[str, ...], str | None]) -> str:
        """Return the tree with blobs at paths (names from the top), beside or instead of what it has there.

        None takes a file away, and with the last one its folder.
        """
        return self._plant(tree, files) or self._write_tree(())

    def _plant(self, tree: str | None, files: Mapping[tuple[str, ...], str | None]) -> str | None:
        """Return the tree, or None when nothing is in it."""
        entries = {entry.path: entry for entry in self.list(tree, sizes=False)} if tree else {}
        below: dict[str, dict[tuple[str, ...], str | None]] = {}
        for (name, *rest), oid in files.items():
            below.setdefault(name, {})[tuple(rest)] = oid
        for name, inside in below.items():
            there = entries.pop(name, None)
            old = there.oid if there and there.kind == "tree" else None
            if oid := inside.pop((), None):
                entries[name] = Entry(FILE, "blob", oid, name)
            elif planted := self._plant(old, inside):
                entries[name] = Entry(FOLDER, "tree", planted, name)
        return self._write_tree(entries.values()) if entries else None

    def _write_tree(self, entries: Iterable[Entry]) -> str:
        lines = "".join(f"{entry.mode} {entry.kind} {entry.oid}\t{entry.path}\0" for entry in entries)
        # --missing: a partial clone need not have the files beside ours.
        done = self.run("mktree", "-z", "--missing", stdin=lines.encode(errors="surrogateescape"))
        return done.decode().strip()

    def commit(self, tree: str, message: str, parent: str | None) -> str:
        """Return the id of a new commit that no branch names yet."""
        parents = ["-p", parent] if parent else []
        return self.run("commit-tree", *parents, "-F", "-", tree, stdin=message.encode()).decode().strip()

    # Branches of the remote

    def refs(self, *patterns: str) -> dict[str, str]:
        """Return the remote's refs that match, with their commits. Raises ArchiveError when it cannot be reached."""
        asking = replace(self, timeout=min(self.timeout, PROBE))
        lines = asking.run("ls-remote", "--quiet", "--", self.remote, *patterns).decode(errors="replace").splitlines()
        pairs = (line.split("\t") for line in lines)
        return {name: oid for oid, name in pairs if re.fullmatch(r"[0-9a-f]{40,64}", oid)}

    def tip(self, ref: str) -> str | None:
        """Return the commit a ref of the remote names now, or None without one."""
        return self.refs(ref).get(ref)

    def fetch(self, ref: str, *, past: bool = False) -> str | None:
        """Return the commit a ref of the remote names, with everything in it here, or None without one.

        `past`: with the commits that lead to it from what is here, in a shallow clone, too.
        """
        for _ in range(LOOKS):
            tip = self.tip(ref)
            if tip is None or self._has(tip):
                return tip
            answer = self.ask(*self._fetching(ref, past=past))
            if self._has(tip):
                return tip
            if answer.status and self.tip(ref) == tip:
                raise ArchiveError(f"git fetch: {answer.reason}", "Look at the branch on the remote.", path=self.root)
        raise ArchiveError(f"{ref} moves faster than it can be fetched", "Try again later.", path=self.root)

    def _fetching(self, ref: str, *, past: bool) -> tuple[str, ...]:
        # One pack appears whole, so a commit that is here is here with its files. No ref, no FETCH_HEAD is written.
        shallow = not past and self.run("rev-parse", "--is-shallow-repository").strip() == b"true"
        quiet = ("--quiet", "--no-tags", "--no-write-fetch-head", "--refmap=", "--no-recurse-submodules")
        return (
            *("-c", "fetch.unpackLimit=1", "fetch", *quiet),
            *(("--depth=1",) if shallow else ()),  # or the whole past would come along
            *("--", self.remote, ref),
        )

    def _has(self, commit: str) -> bool:
        return self.ask("cat-file", "-e", f"{commit}^{{commit}}").status == 0

    def send(self, ref: str, commit: str, seen: str | None, *, forward: bool = False) -> bool:
        """Let a ref of the remote name a commit if it still is what was seen of it; False when somebody was quicker.

        `forward`: without any force, so that the remote itself refuses what does not come after what it has.
        Raises PushRefused when the remote does not take it.
        """
        answer = self.ask(
            *_pushing(ref, seen, forced=not forward), "--", self.address or self.remote, f"{commit}:{ref}"
        )
        if not answer.status:
            return True
        now = self.tip(ref)
        if now == commit:
            return True  # it arrived, and the answer was lost
        if now == seen and not BUSY.search(answer.out + answer.err.encode()):
            reason = f"{ref} was not pushed: {_reject(answer)}"
            raise PushRefused(reason, "See whether the remote lets you push.", path=self.root)
        return False

    def delete(self, ref: str) -> None:
        """Delete a ref of the remote; no error when there is none."""
        for _ in range(LOOKS):
            seen = self.tip(ref)
            if seen is None or self._deleted(ref, seen):
                return
        raise ArchiveError(
            f"{ref} is still being written to", "Delete it once no other run is at work.", path=self.root
        )

    def _deleted(self, ref: str, seen: str) -> bool:
        answer = self.ask(*_pushing(ref, seen), "--", self.remote, f":{ref}")
        if answer.status and self.tip(ref) == seen and not BUSY.search(answer.out + answer.err.encode()):
            raise ArchiveError(
                f"{ref} was not deleted: {_reject(answer)}", "Delete the branch on the remote by hand.", path=self.root
            )
        return not answer.status


def _pushing(ref: str, seen: str | None, *, forced: bool = True) -> tuple[str, ...]:
    # --no-thin: a thin pack is made by reading files that need not be here.
    quiet = ("--porcelain", "--no-verify", "--no-signed", "--no-follow-tags", "--no-recurse-submodules", "--no-thin")
    return ("push", *quiet, *((f"--force-with-lease={ref}:{seen or ''}",) if forced else ()))


def _reject(answer: Answer) -> str:
    """Return why a push failed: what the remote says of the ref, else what git says."""
    found = re.search(r"^!\t.*\t\[[a-z ]+\] \((.*)\)$", answer.out.decode("utf-8", "replace"), re.MULTILINE)
    return f"{found[1]}; {answer.reason}" if found else answer.reason


def parse_entry(line: bytes) -> Entry:
    """Read a line of ls-tree, with the size or without."""
    head, _, path = line.partition(b"\t")
    mode, kind, oid, *size = head.decode().split()
    return Entry(mode, kind, oid, path.decode(errors="surrogateescape"), int(size[0]) if size and size[0] != "-" else 0)
