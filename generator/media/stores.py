"""Where files of stories may lie: one class a sort of store, all of them with the same four verbs.

Names are those of pointers.py. What a store says of itself is never believed: who puts something there reads it back.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from generator.errors import ConfigError
from generator.media.settings import Kind

if TYPE_CHECKING:
    from generator.config import Config
    from generator.outside import Outside

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


def open_store(config: "Config", kind: Kind, outside: "Outside") -> Store:
    """Return the store of a sort, as the settings describe it. Raises ConfigError or PublishError."""
    if kind is Kind.FOLDER:
        from generator.media.folder import FolderStore

        return FolderStore(_choose_folder(config))
    if kind is Kind.S3:
        from generator.media.bucket import BucketStore

        return BucketStore(config.media.place, outside.environment.get("AWS_REGION", ""))
    from generator.media.branch import BranchStore

    return BranchStore(config.media.remote, config.media.branch, config.state / "media", outside)


def _choose_folder(config: "Config") -> Path:
    """Return the folder of a store. Raises ConfigError for one that a build or a commit would take for its own."""
    folder = (config.root / config.media.folder).resolve()
    for ours in (config.content, config.site, config.state):
        if not config.media.folder or folder == ours.resolve() or ours.resolve() in folder.parents:
            raise ConfigError(
                f"[media] folder: {config.media.folder!r} cannot be the store",
                "Name a folder outside of content/, site/ and .taleshelf/, such as '../tales-media'.",
            )
    return folder
