"""One run at a time in an archive."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from generator.errors import ArchiveError


@contextlib.contextmanager
def locked(state: Path) -> Iterator[None]:
    """Hold the archive's lock; it goes with the process, however that ends. Raises ArchiveError while another run has it."""
    try:
        state.mkdir(parents=True, exist_ok=True)
        file = (state / "lock").open("w")
    except OSError as error:
        raise ArchiveError(
            f"{state.name} cannot be written: {error.strerror}", "Make the folder of the archive writable.", path=state
        ) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ArchiveError(
                "another run is at work in this archive", "Wait for it to end, then run this again.", path=state
            ) from None
        yield
