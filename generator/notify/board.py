"""Where notices stay: on the branch `notices` of the archive's remote, or without a remote in the folder of unfinished work.

A claim is in force once `update` has returned, also when this machine is gone the moment after: it was pushed, and never
by force, so that of two runs one learns that it came second.
"""

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from generator.delivery.remote import has_remote, list_tries, reaching
from generator.delivery.worktree import read_ids
from generator.durable import explained, make_folder, write_durably
from generator.errors import ArchiveError, PublishError, PublishRefused
from generator.lock import locked
from generator.notify.notices import Notice, parse_notice, render_notice
from generator.repository import Repository

REF = "refs/heads/notices"
Change = Callable[[Notice | None], Notice]
CROWDED = PublishError("others write notices all the time", "Run it again in a minute.")


class Board(Protocol):
    """All notices."""

    def read(self, keys: Iterable[str]) -> Mapping[str, Notice]:
        """Return those of the notices that there are. Raises PublishError."""
        ...

    def is_empty(self) -> bool:
        """Whether nobody has ever been told anything."""
        ...

    def update(self, changes: Mapping[str, Change]) -> Mapping[str, Notice]:
        """Change notices, all at once, and return them as they are then. Raises PublishError."""
        ...


@dataclass(frozen=True, slots=True)
class RemoteBoard:
    """Notices on a branch, a file each; worktree, index and local branches are not touched."""

    repository: Repository
    wait: Callable[[float], None] = field(repr=False)
    rng: random.Random = field(repr=False)
    reach: Callable[[str], None] = field(repr=False, default=lambda _name: None)

    def read(self, keys: Iterable[str]) -> Mapping[str, Notice]:
        """Look at the branch as it is now."""
        return self._read(self._fetch(), keys)

    def is_empty(self) -> bool:
        """Whether there is no such branch."""
        with reaching(self.repository):
            return self.repository.tip(REF) is None

    def update(self, changes: Mapping[str, Change]) -> Mapping[str, Notice]:
        """Push a commit on top of what the branch is, as often as somebody is quicker."""
        for _ in list_tries(self.wait, self.rng):
            tip = self._fetch()
            before = self._read(tip, changes)
            after = {key: change(before.get(key)) for key, change in changes.items()}
            new = {key: notice for key, notice in after.items() if before.get(key) != notice}
            if not new:
                return after
            with reaching(self.repository):
                made = self._commit(tip, new)
                self.reach("notice.made")
                sent = self.repository.send(REF, made, tip, forward=True)
            if sent:
                self.reach("notice.pushed")
                return after
        raise CROWDED

    def _fetch(self) -> str | None:
        with reaching(self.repository):
            return self.repository.fetch(REF)

    def _read(self, tip: str | None, keys: Iterable[str]) -> Mapping[str, Notice]:
        if tip is None:
            return {}
        with reaching(self.repository):
            paths = {key: "/".join(self._place(key)) for key in keys}
            ids = read_ids(self.repository, tip, paths.values())
            found = {key: self.repository.read(ids[path]) for key, path in paths.items() if path in ids}
        return {key: _parse(key, data) for key, data in found.items()}

    def _commit(self, tip: str | None, notices: Mapping[str, Notice]) -> str:
        stored = {self._place(key): self.repository.store(render_notice(notice)) for key, notice in notices.items()}
        tree = self.repository.plant(self.repository.tree_of(tip) if tip else None, stored)
        return self.repository.commit(tree, f"Notice of {', '.join(sorted(notices))}\n", tip)

    def _place(self, key: str) -> tuple[str, ...]:
        """Return the path of a notice. Several archives in one repository have a folder each."""
        prefix = self.repository.run("rev-parse", "--show-prefix").decode().strip("/\n")
        return (*filter(None, prefix.split("/")), *name_of(key).split("/"))


@dataclass(frozen=True, slots=True)
class FolderBoard:
    """Notices in a folder of this machine."""

    folder: Path
    wait: Callable[[float], None] = field(repr=False)
    rng: random.Random = field(repr=False)
    reach: Callable[[str], None] = field(repr=False, default=lambda _name: None)

    def read(self, keys: Iterable[str]) -> Mapping[str, Notice]:
        """Read the files."""
        paths = {key: self.folder / name_of(key) for key in keys}
        return {key: _parse(key, path.read_bytes()) for key, path in paths.items() if path.is_file()}

    def is_empty(self) -> bool:
        """Whether there is no notice."""
        return not any(self.folder.glob("*/*.json"))

    def update(self, changes: Mapping[str, Change]) -> Mapping[str, Notice]:
        """Write files, one run after the other."""
        for _ in list_tries(self.wait, self.rng):
            try:
                with locked(self.folder):
                    return self._write(changes)
            except ArchiveError as error:
                if error.path != self.folder or self.folder.is_file():
                    raise
        raise CROWDED

    def _write(self, changes: Mapping[str, Change]) -> Mapping[str, Notice]:
        before = self.read(changes)
        after = {key: change(before.get(key)) for key, change in changes.items()}
        for key, notice in after.items():
            path = self.folder / name_of(key)
            if before.get(key) != notice:
                with explained(f"the notice of {key} was not written", "Make room for it.", path):
                    make_folder(path.parent)
                    self.reach("notice.made")
                    write_durably(path, render_notice(notice))
                    self.reach("notice.pushed")
        return after


def open_board(
    repository: Repository,
    folder: Path,
    wait: Callable[[float], None],
    rng: random.Random,
    reach: Callable[[str], None],
) -> Board:
    """Return the board of the remote, or without a remote that of this machine. Raises PublishError."""
    if repository.ask("rev-parse", "--git-dir").status or not has_remote(repository):
        return FolderBoard(folder, wait, rng, reach)
    return RemoteBoard(repository, wait, rng, reach)


def name_of(key: str) -> str:
    """Return the path of the notice of a key: those of stories lie in their year."""
    return f"{key}.json" if "/" in key else f"{key[:4]}/{key}.json"


def _parse(key: str, data: bytes) -> Notice:
    try:
        return parse_notice(data)
    except (ValueError, AttributeError, TypeError) as error:
        raise PublishRefused(
            f"the notice of {key} cannot be read: {error}",
            "Mend or delete its file on the branch notices; without it everybody is told again.",
        ) from None
