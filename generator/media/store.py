"""Where files of stories may lie: one class a sort of store, all of them with the same four verbs.

Names are those of pointers.py. What a store says of itself is never believed: who puts something there reads it back.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

UNKNOWN = -1  # bytes of a file whose store does not say it


class Store(Protocol):
    """A place for files that never change."""

    def list(self, start: str) -> dict[str, int]:
        """Return the files whose names begin so, and their bytes. Raises PublishError."""

    def put(self, files: Mapping[str, bytes]) -> None:
        """Store files, all of them for good before it returns. Raises PublishError."""

    def read(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the bytes of files as they are stored now; those that are not there are left out. Raises PublishError."""

    def remove(self, names: Iterable[str]) -> None:
        """Remove files; those that are gone are none too few. Raises PublishError."""
