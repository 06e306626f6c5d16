"""Files that are whole or not there, also after the power went: written aside, flushed, renamed, and the folder flushed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import ArchiveError


@contextmanager
def explained(what: str, hint: str, path: Path) -> Iterator[None]:
    """Say in a sentence what the system will not do with a file or folder. Raises ArchiveError where it was OSError."""
    try:
        yield
    except OSError as error:
        raise ArchiveError(f"{what}: {error.strerror or error}", hint, path=path) from error


def write_durably(path: Path, data: bytes) -> None:
    """Put a file in place so that a crash leaves the old one or the new one. Raises OSError."""
    beside = path.with_name(f".{path.name}.new")
    write_new(beside, data)
    beside.rename(path)
    sync_folder(path.parent)


def write_new(path: Path, data: bytes) -> None:
    """Write a file and flush it to the disk; its name is durable once the folder is flushed, too. Raises OSError."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Make a folder with those above it, durably. Raises OSError."""
    for path in reversed([path for path in (folder, *folder.parents) if not path.exists()]):
        path.mkdir(exist_ok=True)
        sync_folder(path.parent)
