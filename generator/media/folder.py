"""A store that is a folder: served as it is, or taken elsewhere by its owner."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.durable import make_folder, write_durably
from generator.errors import PublishError
from generator.media.pointers import AT


@dataclass(frozen=True, slots=True)
class FolderStore:
    """Files by their names below a folder."""

    root: Path

    def list(self, start: str) -> dict[str, int]:
        """Return the files whose names begin so, and their bytes. What is no file of ours is left alone."""
        with self._explained():
            year, _, _ = start.partition("/")
            paths = [path for path in (self.root / year).glob("*") if path.is_file() and not path.is_symlink()]
            sizes = {f"{year}/{path.name}": path.stat().st_size for path in paths}
        return {at: size for at, size in sizes.items() if at.startswith(start) and AT.fullmatch(at)}

    def put(self, files: Mapping[str, bytes]) -> None:
        """Store files so that each appears whole, for everybody to read."""
        with self._explained():
            for at, data in files.items():
                path = self.root / at
                make_folder(path.parent)
                write_durably(path, data)
                path.chmod(0o644)

    def read(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the bytes of files."""
        for at in names:
            with self._explained():
                path = self.root / at
                found = path.read_bytes() if path.is_file() else None
            if found is not None:
                yield at, found

    def remove(self, names: Iterable[str]) -> None:
        """Remove files."""
        with self._explained():
            for at in names:
                (self.root / at).unlink(missing_ok=True)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise PublishError(
                f"the folder {self.root.name!r} for recordings and pictures: {error.strerror or error}",
                "Make it writable, or free some space there, and run it again; it goes on where it stopped.",
            ) from error
