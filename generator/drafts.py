"""Unfinished stories on a branch of their own, for runs whose disk is thrown away; and the same branch as a proposal.

The branch drafts/<slot> holds either of two things. A checkpoint is the slot's folder at .taleshelf/slots/<slot>/, each
one on top of the last. A proposal is one commit on top of the published branch that adds the finished story, so that a
pull request shows exactly that. Files are written once; of two runs' files of one name the branch's stays, and only
the ledger is merged: `merge(ours, theirs)` must be a join, record by record, that lets the further state win, because
theirs may be an older one of our own; it raises ValueError for a ledger that cannot be read.
"""

import contextlib
import random
import re
import stat
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.durable import make_folder, write_durably
from generator.errors import ArchiveError
from generator.repository import FILE, Entry, Repository
from generator.story import Slot

PREFIX = "refs/heads/drafts/"
SLOTS, LEDGER = ".taleshelf/slots", "ledger.json"
PATH = re.compile(r"(?:[a-z0-9][a-z0-9-]{0,40}/)?[a-z0-9][a-z0-9._-]{0,150}")  # a file of a slot's folder
PART = re.compile(r"\w[\w.-]*")  # a name on the way to a file of a bundle
TRIES = 8
FIRST_WAIT = 0.05  # seconds; doubles with every try
LARGEST, MOST = 32 * 2**20, 256 * 2**20  # bytes of one file, and of a draft
FILES = 500


def _ours(ours: bytes, theirs: bytes) -> bytes:  # noqa: ARG001
    return ours


@dataclass(frozen=True, slots=True)
class Drafts:
    """The draft branches of the archive's remote. Every method raises ArchiveError when the remote cannot be used."""

    repository: Repository
    wait: Callable[[float], None]  # sleeps so many seconds
    rng: random.Random  # spreads the tries of runs that meet
    merge: Callable[[bytes, bytes], bytes] = _ours  # ledgers: (ours, theirs) -> what both know
    published: str = ""  # the branch readers see; empty for the remote's default branch
    _tips: dict[Slot, str] = field(default_factory=dict, init=False, repr=False, compare=False)  # as last seen
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False, compare=False)

    def push(self, slot: Slot, folder: Path) -> bool:
        """Add what is new in a slot's folder to its branch; False when nothing is. Safe from several threads."""
        with self._lock:
            tip = self._tips.get(slot) or self.repository.fetch(_ref(slot))
            for number in range(TRIES):
                self._pause(number)
                tree = self._tree(slot, folder, tip)
                if tree is None or (tip and self.repository.tree_of(tip) == tree):
                    return False
                commit = self.repository.commit(tree, f"Draft of {slot}", tip)
                if self.repository.send(_ref(slot), commit, tip):
                    self._tips[slot] = commit
                    return True
                self._tips.pop(slot, None)
                tip = self.repository.fetch(_ref(slot))
        raise self._crowded(slot)

    def pull(self, slot: Slot, folder: Path) -> bool:
        """Write a slot's checkpoint into its folder, the ledger last; False when there is none."""
        with self._lock:
            tip = self.repository.fetch(_ref(slot))
            files = self._checkpoint(slot, tip) if tip else {}
            if not tip or not files:
                return False
            for name in sorted(files, key=lambda name: name == LEDGER):
                self._land(slot, folder / name, self.repository.read(files[name]))
            self._tips[slot] = tip
            return True

    def drop(self, slot: Slot) -> None:
        """Delete a slot's branch, checkpoint or proposal; no error when it is gone."""
        with self._lock:
            self._tips.pop(slot, None)
            self.repository.delete(_ref(slot))

    def propose(self, slot: Slot, bundle: Mapping[str, bytes], folder: str, title: str) -> bool:
        """Replace a slot's branch by one commit that adds a finished story; False when one is proposed or published.

        `folder` is the bundle's path below the archive's root: "content/stories/2026/11/21-the-lantern".
        """
        with self._lock:
            self._tips.pop(slot, None)
            _check_names(folder, bundle)
            files = self._store(bundle, folder)
            for number in range(TRIES):
                self._pause(number)
                tip = self.repository.fetch(_ref(slot))
                if tip and not self._checkpoint(slot, tip):
                    return False
                base = self._published()
                before = self.repository.tree_of(base)
                tree = self.repository.plant(before, files)
                if tree == before:
                    return False
                if self.repository.send(_ref(slot), self.repository.commit(tree, make_message(slot, title), base), tip):
                    return True
        raise self._crowded(slot)

    def proposed(self, slot: Slot) -> bool:
        """Tell whether a slot's branch holds a proposal already."""
        with self._lock:
            tip = self.repository.fetch(_ref(slot))
            return tip is not None and not self._checkpoint(slot, tip)

    def waiting(self) -> tuple[Slot, ...]:
        """Return the slots that have a branch, a day's extras after its night."""
        names = (ref.removeprefix(PREFIX) for ref in self.repository.refs(f"{PREFIX}*"))
        return tuple(sorted((slot for name in names if (slot := _parse_slot(name))), key=str))

    def _pause(self, number: int) -> None:
        if number:
            self.wait(FIRST_WAIT * 2**number * self.rng.uniform(0.5, 1.5))

    def _crowded(self, slot: Slot) -> ArchiveError:
        return ArchiveError(
            f"drafts/{slot} was pushed to by others {TRIES} times in a row",
            "Let one run at a time work on a story.",
            path=self.repository.root,
        )

    def _checkpoint(self, slot: Slot, commit: str) -> dict[str, str]:
        """Return the files of a checkpoint and their ids; empty for a proposal. Raises ArchiveError for what is unsafe."""
        top = self._place(f"{SLOTS}/{slot}")
        entries = {entry.path.removeprefix(f"{top}/"): entry for entry in self.repository.list(commit, top)}
        odd = next((name for name, entry in entries.items() if not _is_sound(name, entry)), None)
        if odd is not None or len(entries) > FILES or sum(entry.size for entry in entries.values()) > MOST:
            raise ArchiveError(
                f"drafts/{slot} holds {odd!a}" if odd is not None else f"drafts/{slot} is too large",
                "It was not written by a run; look at the branch on the remote and delete it.",
                path=self.repository.root,
            )
        return {name: entry.oid for name, entry in entries.items()}

    def _tree(self, slot: Slot, folder: Path, tip: str | None) -> str | None:
        """Return the tree of the next checkpoint, or None while there is nothing to keep."""
        there = self._checkpoint(slot, tip) if tip else {}
        if tip and not there:
            raise ArchiveError(
                f"drafts/{slot} holds a story that waits for review",
                "Merge it or delete the branch.",
                path=self.repository.root,
            )
        try:
            new = dict(_read_folder(folder, known=frozenset(there)))
        except OSError as error:
            raise ArchiveError(
                f"the draft {folder.name} cannot be read: {error.strerror}", "See to the folder.", path=folder
            ) from error
        if LEDGER in new and LEDGER in there:
            theirs = self.repository.read(there[LEDGER])
            new[LEDGER] = self._join(slot, new[LEDGER], theirs)
        if not new and not tip:
            return None
        return self.repository.plant(tip and self.repository.tree_of(tip), self._store(new, f"{SLOTS}/{slot}"))

    def _store(self, files: Mapping[str, bytes], folder: str) -> dict[tuple[str, ...], str]:
        """Keep files as blobs and return their ids by their paths from the top of the repository."""
        top = self._place(folder)
        paths = {name: tuple(f"{top}/{name}".split("/")) for name in files}
        return {paths[name]: self.repository.store(data) for name, data in files.items()}

    def _place(self, folder: str) -> str:
        """Return a path below the archive's root as one from the top of the repository."""
        return self.repository.run("rev-parse", "--show-prefix").decode().removesuffix("\n") + folder

    def _published(self) -> str:
        """Return the tip of the branch that readers see."""
        tip = self.repository.fetch(f"refs/heads/{self.published}" if self.published else "HEAD")
        if tip is None:
            raise ArchiveError(
                f"the remote {self.repository.remote!r} has no branch {self.published or 'HEAD'!r}",
                "Push the archive once by hand.",
                path=self.repository.root,
            )
        return tip

    def _land(self, slot: Slot, path: Path, data: bytes) -> None:
        """Write a file so that it appears whole, unless it has these bytes already."""
        if path.is_symlink() or path.parent.is_symlink():
            raise ArchiveError(f"{path.parent.name}/{path.name} is a link", "Delete it and run this again.", path=path)
        try:
            old = path.read_bytes() if path.exists() else None
            if old is not None and path.name == LEDGER:
                data = self._join(slot, old, data)
            if old != data:
                make_folder(path.parent)
                write_durably(path, data)
        except OSError as error:
            raise ArchiveError(
                f"{path.name} of the draft {slot} was not written: {error.strerror}",
                "Free some space or make the folder writable.",
                path=path,
            ) from error

    def _join(self, slot: Slot, ours: bytes, theirs: bytes) -> bytes:
        try:
            return ours if ours == theirs else self.merge(ours, theirs)
        except ValueError as error:
            raise ArchiveError(
                f"the ledger of drafts/{slot} cannot be read: {error}",
                "Look at the branch on the remote; without it the story is made anew, and paid again.",
                path=self.repository.root,
            ) from error


def make_message(slot: Slot, title: str) -> str:
    """Return the one line of a proposal's commit: the title as words, without what a git host would act on.

    A host may read "#3" and "ABC-3" as issues, "@name" as a person and "[skip ci]" as an order.
    """
    plain = "".join(c if c.isalnum() or c in " '’,.!?-–—" else " " for c in title)
    words = " ".join(re.sub(r"-(?=\d)|-{2,}", " ", plain).split())
    return f"Story of {slot}: {words[:100].strip()}\n"


def _check_names(folder: str, bundle: Mapping[str, bytes]) -> None:
    names = [*folder.split("/"), *(part for name in bundle for part in name.split("/"))]
    odd = next((name for name in names if not PART.fullmatch(name)), None)
    if odd is not None:
        raise ArchiveError(f"{odd!a} is no name for a file of a story", "Rename it.", path=Path(folder))


def _ref(slot: Slot) -> str:
    return f"{PREFIX}{slot}"


def _parse_slot(text: str) -> Slot | None:
    try:
        return Slot.parse(text)
    except ValueError:
        return None


def _is_sound(name: str, entry: Entry) -> bool:
    return entry.mode == FILE and entry.size <= LARGEST and PATH.fullmatch(name) is not None


def _read_folder(folder: Path, known: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the ledger and every file that is not known, by its path in the folder.

    The ledger comes first: what it says is finished was on disk before. Left out is what a run would not take back: names
    that begin with a dot, as files have while they are written, links, and what is over LARGEST.
    """
    later = (path.relative_to(folder).as_posix() for path in sorted([*folder.glob("*"), *folder.glob("*/*")]))
    for name in (LEDGER, *(name for name in later if name not in known and name != LEDGER)):
        path = folder / name
        with contextlib.suppress(FileNotFoundError):
            status = path.lstat()
            if PATH.fullmatch(name) and stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST:
                yield name, path.read_bytes()
