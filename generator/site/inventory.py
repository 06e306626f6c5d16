"""What lies in content/: every bundle and every other file, with its fingerprint."""

import os
from calendar import monthrange
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.bundle import FOLDER, slot_of
from generator.media.pointers import is_media, read_pointers
from generator.site.fingerprints import hash_file, hash_folder
from generator.tombstones import FOLDER as TOMBSTONES

BUNDLE_DEPTH = 4  # stories/2026/11/21-the-lantern-that-stayed


@dataclass(frozen=True, slots=True)
class Inventory:
    """The archive's files; paths are relative to content/, with forward slashes."""

    content: Path
    bundles: Mapping[str, str]  # folder -> fingerprint, which is empty for one that must be read each time
    loose: Mapping[str, str]  # all other files -> fingerprint

    def has(self, path: str) -> bool:
        """Whether a file of the archive lies at a path, inside a bundle or not."""
        if path in self.loose:
            return True
        return bundle_of(path) in self.bundles and is_ours(self.content / path, self.content)

    def points_to(self, path: str) -> bool:
        """Whether a story has a file at a path that lies in the store."""
        folder, _, name = path.rpartition("/")
        return folder in self.bundles and is_media(name) and name in read_pointers(self.content / folder)


def bundle_of(path: str) -> str:
    """Return the folder that is a story's, should the path lie in one."""
    return "/".join(path.split("/", BUNDLE_DEPTH)[:BUNDLE_DEPTH])


def read_inventory(content: Path, ask: Callable[[], Mapping[str, str] | None]) -> Inventory:
    """Take stock. Git is asked for the fingerprints it knows, last, for it may still be at work; the others are made."""
    folders = sorted(find_bundles(content))
    loose = _read_loose(content, set(folders))
    known = ask() or {}
    return Inventory(content, {folder: known.get(folder) or hash_folder(content / folder) for folder in folders}, loose)


def find_bundles(content: Path) -> Iterator[str]:
    """Yield the folders of all stories, as the archive knows them; but ten thousand in a moment."""
    for month in (content / "stories").glob("[0-9]*/[0-9]*"):
        if month.is_dir() and slot_of(month / "01-a"):
            last = monthrange(int(month.parent.name), int(month.name))[1]
            with os.scandir(month) as found:
                named = ((entry, FOLDER.fullmatch(entry.name)) for entry in found)
                dated = (entry for entry, match in named if match and 1 <= int(match["day"]) <= last)
                yield from [
                    f"stories/{month.parent.name}/{month.name}/{entry.name}" for entry in dated if entry.is_dir()
                ]


def list_files(root: Path) -> Iterator[str]:
    """Yield the files under a folder, with forward slashes."""
    for folder, _, names in os.walk(root, followlinks=True):
        here = os.path.relpath(folder, root).replace(os.sep, "/")
        yield from (name if here == "." else f"{here}/{name}" for name in names)


def list_ours(root: Path, content: Path) -> list[str]:
    """List the files under a folder of the archive that are no links to somewhere outside of it."""
    with os.scandir(root) as found:
        plain = [entry.name for entry in found if entry.is_file(follow_symlinks=False)]
    names = list(list_files(root))
    ours = set(plain) if is_ours(root / "index.md", content) and not _is_linked(root, content) else set()
    return [name for name in names if name in ours or is_ours(root / name, content)]


def is_ours(path: Path, content: Path) -> bool:
    """Whether a path under content/ is a file that is no link to somewhere outside of the archive."""
    if not path.is_file():
        return False
    return not _is_linked(path, content) or path.resolve().is_relative_to(content.resolve())


def _is_linked(path: Path, content: Path) -> bool:
    """Whether a path under content/ is a link or leads through one."""
    inside = len(path.parts) - len(content.parts) - 1
    return any(os.path.islink(part) for part in (path, *path.parents[:inside]))  # noqa: PTH114


def _read_loose(content: Path, bundles: Container[str]) -> dict[str, str]:
    loose = {}
    for folder, folders, names in os.walk(content, followlinks=True):
        here = "" if folder == str(content) else os.path.relpath(folder, content).replace(os.sep, "/") + "/"
        if here.count("/") == BUNDLE_DEPTH - 1:
            folders[:] = [name for name in folders if here + name not in bundles]
        folders[:] = [name for name in folders if not name.startswith(".") and here + name != TOMBSTONES]
        for name in names:
            if not name.startswith(".") and is_ours(path := Path(folder, name), content):
                loose[here + name] = hash_file(path)
    return dict(sorted(loose.items()))
