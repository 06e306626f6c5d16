"""A store that is a second repository, shown by its host as it is: one for each year, or one for all.

It is written to as `publish branch` writes to a site's: folders are fetched and not files, one commit is added, nothing is
forced. What is known of it here is thrown away with each use.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from generator.delivery.branch import PLAIN, SOURCE
from generator.delivery.remote import list_tries, reaching
from generator.errors import ConfigError, PublishError
from generator.media.pointers import AT
from generator.media.settings import YEAR
from generator.media.store import UNKNOWN
from generator.repository import Repository

if TYPE_CHECKING:
    from generator.outside import Outside

PARTIAL = ("remote.origin.promisor=true", "remote.origin.partialclonefilter=blob:none")


@dataclass(frozen=True, slots=True)
class BranchStore:
    """Files by their names in a branch of a repository."""

    remote: str
    branch: str
    aside: Path
    outside: "Outside"

    @property
    def _ref(self) -> str:
        return f"refs/heads/{self.branch}"

    def list(self, start: str) -> dict[str, int]:
        """Return the files whose names begin so; git does not say their bytes without fetching them."""
        with self._opened(start[:4]) as repository:
            tip = self._fetch(repository)
            return {at: UNKNOWN for at in _list_ids(repository, tip) if at.startswith(start)}

    def put(self, files: Mapping[str, bytes]) -> None:
        """Store files: one commit for each year."""
        for year, names in groupby(sorted(files), key=_year_of):
            with self._opened(year) as repository:
                blobs = {at: repository.store(files[at]) for at in names}
                self._change(repository, {**blobs, PLAIN: repository.store(b"")})

    def read(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the bytes of files, as they come from the repository now."""
        for year, group in groupby(sorted(names), key=_year_of):
            with self._opened(year) as repository:
                ids = _list_ids(repository, self._fetch(repository))
                found = {at: ids[at] for at in group if at in ids}
                with reaching(repository):
                    _fetch_files(repository, found.values())
                for at, oid in found.items():
                    yield at, repository.read(oid)

    def remove(self, names: Iterable[str]) -> None:
        """Take files out of the branch; they stay in its history."""
        for year, group in groupby(sorted(names), key=_year_of):
            with self._opened(year) as repository:
                self._change(repository, dict.fromkeys(group))

    def _change(self, repository: Repository, files: Mapping[str, str | None]) -> None:
        """Have the branch hold these files, or no longer."""
        planted = {tuple(at.split("/")): oid for at, oid in files.items()}
        for _ in list_tries(self.outside.sleep, self.outside.rng):
            tip = self._fetch(repository)
            before = repository.tree_of(tip) if tip else None
            if before and any(entry.path == SOURCE for entry in repository.list(before, sizes=False)):
                raise ConfigError(
                    f"{self.branch!a} of that repository holds an archive", "Name one that holds nothing else."
                )
            tree = repository.plant(before, planted)
            if tree == before:
                return
            commit = repository.commit(tree, "Recordings and pictures\n", tip)
            with reaching(repository):
                if repository.send(self._ref, commit, tip, forward=True):
                    return
        raise PublishError(f"{self.branch} was pushed to by others all the time", "Run it again in a minute.")

    def _fetch(self, repository: Repository) -> str | None:
        with reaching(repository):
            return repository.fetch(self._ref, past=True)

    @contextmanager
    def _opened(self, year: str) -> Iterator[Repository]:
        """Lend an empty repository whose remote is that of a year."""
        folder = self.aside / f"{year}.git"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            bare = Repository(folder, self.outside.environment, timeout=900)
            bare.run("init", "--quiet", "--bare", "--template=")
            bare.run("remote", "add", "origin", self.remote.replace(YEAR, year))
            yield replace(bare, settings=PARTIAL, own={"GIT_NO_LAZY_FETCH": "1", "GIT_DIR": str(folder.resolve())})
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _year_of(at: str) -> str:
    return at[:4]


def _list_ids(repository: Repository, tip: str | None) -> dict[str, str]:
    """Return git's ids of the files of ours in a commit."""
    rows = repository.run("ls-tree", "-r", "--full-tree", "-z", tip).split(b"\0") if tip else []
    pairs = (row.partition(b"\t") for row in rows if row)
    named = {os.fsdecode(path): head.split()[2].decode() for head, _, path in pairs}
    return {at: oid for at, oid in named.items() if AT.fullmatch(at)}


def _fetch_files(repository: Repository, ids: Iterable[str]) -> None:
    """Fetch files that came without their bytes."""
    wanted = "".join(f"{oid}\n" for oid in ids)
    plain = replace(repository, settings=())  # so that what is missing is said to be, and nothing else happens
    lines = plain.run("cat-file", "--batch-check", stdin=wanted.encode()).decode().splitlines()
    missing = "".join(f"{line.split()[0]}\n" for line in lines if line.endswith(" missing"))
    if missing:
        quiet = ("--quiet", "--no-tags", "--no-write-fetch-head", "--refmap=", "--no-recurse-submodules")
        noop = ("-c", "fetch.negotiationAlgorithm=noop", "-c", "fetch.unpackLimit=1")
        repository.run(*noop, "fetch", *quiet, "--filter=blob:none", "--stdin", "origin", stdin=missing.encode())
