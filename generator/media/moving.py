"""Between the bundles and a store, both ways, and from one store to another; every byte is read back before one is let go.

    there: send -> read back, hash -> story.json points to it -> the file leaves the bundle
    back:  read, hash -> the files are in the bundle -> story.json points nowhere

Some stories at a time. Killed anywhere, the next run goes on: what is stored already is not sent again, a file that lies in a
bundle comes before its pointer, and nothing is ever removed from a store here, for published pages may still show it.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from generator.archive import read_made
from generator.bundle import MADE, render_json, slot_of
from generator.durable import explained, sync_folder, write_durably
from generator.errors import ArchiveError, PublishRefused
from generator.media.pointers import (
    Pointer,
    is_media,
    is_whole,
    make_pointer,
    parse_pointers,
    read_pointers,
    render_pointer,
)
from generator.media.store import UNKNOWN, Store
from generator.story import Slot

AT_ONCE = 8  # stories, whose files are in memory together
HINT = "Free some space or make the archive writable, and run it again; it goes on where it stopped."
T = TypeVar("T")
Reach = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved, or would be."""

    stories: int = 0
    files: int = 0
    size: int = 0  # bytes
    sent: int = 0  # files that were not there yet
    left: tuple[str, ...] = ()  # why something stays where it is

    def __add__(self, other: "Moved") -> "Moved":
        return Moved(
            self.stories + other.stories,
            self.files + other.files,
            self.size + other.size,
            self.sent + other.sent,
            (*self.left, *other.left),
        )


@dataclass(frozen=True, slots=True)
class _Bundle:
    """The files of a story that lie in its folder."""

    folder: Path
    made: dict[str, object]
    files: dict[str, tuple[Pointer, bytes]]
    left: tuple[str, ...]


def put_away(folders: Iterable[Path], store: Store, reach: Reach = lambda _name: None, *, dry: bool = False) -> Moved:
    """Bring the files of stories into a store, and leave pointers. Raises PublishError or ArchiveError.

    A file that is not what story.json knows stays: somebody has changed it. With `dry` nothing is touched.
    """
    total = Moved()
    for some in _take(AT_ONCE, folders):
        bundles = [_read_bundle(folder) for folder in some]
        pointers = [pointer for bundle in bundles for pointer, _ in bundle.files.values()]
        stored = {at: data for bundle in bundles for pointer, data in bundle.files.values() for at in [pointer.at]}
        sent = 0 if dry else store_files(store, {pointer.at: pointer for pointer in pointers}, stored, reach)
        for bundle in bundles if not dry else ():
            _leave_pointers(bundle, reach)
        stories = sum(bool(bundle.files) for bundle in bundles)
        left = tuple(line for bundle in bundles for line in bundle.left)
        total += Moved(stories, len(pointers), sum(pointer.size for pointer in pointers), sent, left)
    return total


def store_bundle(
    slot: Slot, files: Mapping[str, bytes], store: Store, reach: Reach = lambda _name: None
) -> dict[str, bytes]:
    """Bring the files of a story that is not filed yet into a store; return the others, with pointers. Raises PublishError."""
    away = {name: make_pointer(slot, name, data) for name, data in files.items() if is_media(name)}
    store_files(
        store, {one.at: one for one in away.values()}, {one.at: files[one.name] for one in away.values()}, reach
    )
    made = json.loads(files[MADE])
    made["files"] = made["files"] | {name: render_pointer(pointer) for name, pointer in away.items()}
    return {name: data for name, data in files.items() if name not in away} | {MADE: render_json(made).encode()}


def bring_back(folders: Iterable[Path], store: Store, reach: Reach = lambda _name: None, *, dry: bool = False) -> Moved:
    """Bring the files of stories back into their folders. Raises PublishError or ArchiveError, and then nothing is lost."""
    total = Moved()
    for folder in folders:
        pointers = read_pointers(folder)
        if pointers and not dry:
            _fill(folder, fetch_files(store, pointers.values()), reach)
        if not dry and b'"at"' in (folder / MADE).read_bytes():
            _forget_pointers(folder, reach)
        total += Moved(bool(pointers), len(pointers), sum(pointer.size for pointer in pointers.values()))
    return total


def copy_over(folders: Iterable[Path], source: Store, target: Store, reach: Reach, *, dry: bool = False) -> Moved:
    """Bring the files of stories from a store into another one as well. Raises PublishError."""
    total = Moved()
    for some in _take(AT_ONCE, folders):
        pointers = {pointer.at: pointer for folder in some for pointer in read_pointers(folder).values()}
        sent = 0
        if pointers and not dry:
            missing = {at: pointers[at] for at in _find_missing(target, pointers)}
            sent = store_files(target, pointers, dict(fetch_files(source, missing.values())), reach)
        total += Moved(len(some), len(pointers), sum(pointer.size for pointer in pointers.values()), sent)
    return total


def store_files(store: Store, pointers: Mapping[str, Pointer], data: Mapping[str, bytes], reach: Reach) -> int:
    """Have a store hold files and read each of them back; return how many it had not. Raises PublishError."""
    missing = [at for at in _find_missing(store, pointers) if at in data]
    if missing:
        store.put({at: data[at] for at in missing})
    reach("media.sent")
    wrong = _find_wrong(store, pointers)
    if wrong and all(at in data for at in wrong):  # the store had something else under the name
        store.put({at: data[at] for at in wrong})
        wrong = _find_wrong(store, pointers)
    if wrong:
        raise PublishRefused(
            f"the store does not give back {min(wrong)} as it was sent ({len(wrong)} files)",
            "Nothing was removed here. Look at the store's settings and at what lies there under that name.",
        )
    reach("media.verified")
    return len(missing)


def fetch_files(store: Store, pointers: Iterable[Pointer]) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes of files by their names in the store, each as it must be. Raises PublishRefused."""
    wanted = {pointer.at: pointer for pointer in pointers}
    for at, data in store.read(sorted(wanted)):
        if is_whole(wanted[at], data):
            yield at, data
            del wanted[at]
    if wanted:
        raise PublishRefused(
            f"the store does not have {min(wanted)}, or has something else there ({len(wanted)} files)",
            "taleshelf media check names them all; restore them from a copy of the store.",
        )


def _find_missing(store: Store, pointers: Mapping[str, Pointer]) -> list[str]:
    starts = {at.rpartition("-")[0] for at in pointers}
    listed: dict[str, int] = {}
    for start in sorted(starts):
        listed |= store.list(f"{start}-")
    return [at for at, pointer in pointers.items() if listed.get(at) not in {UNKNOWN, pointer.size}]


def _find_wrong(store: Store, pointers: Mapping[str, Pointer]) -> set[str]:
    good = (at for at, data in store.read(sorted(pointers)) if is_whole(pointers[at], data))
    return pointers.keys() - set(good)


def _has_media(folder: Path) -> bool:
    """Whether anything in a folder may have to go; ten thousand times in a moment."""
    with os.scandir(folder) as found:
        return any(is_media(entry.name) for entry in found)


def _read_bundle(folder: Path) -> _Bundle:
    if not _has_media(folder):
        return _Bundle(folder, {}, {}, ())
    made, slot = read_made(folder), slot_of(folder)
    recorded = made.get("files")
    rows = recorded if isinstance(recorded, dict) else {}
    files, left = {}, []
    for name, row in sorted(rows.items()):
        path = folder / name
        if not slot or not is_media(name) or path.is_symlink() or not path.is_file():
            continue
        with explained(f"{folder.name}/{name} cannot be read", HINT, path):
            data = path.read_bytes()
        pointer = make_pointer(slot, name, data)
        if isinstance(row, dict) and row.get("sha256") == pointer.sha256:
            files[name] = pointer, data
        else:
            left.append(f"{folder.name}/{name} is not the file that was made, and stays where it is")
    return _Bundle(folder, made, files, tuple(left))


def _leave_pointers(bundle: _Bundle, reach: Reach) -> None:
    if not bundle.files:
        return
    recorded = bundle.made["files"]
    rows = dict(recorded) if isinstance(recorded, dict) else {}
    rows |= {name: render_pointer(pointer) for name, (pointer, _) in bundle.files.items()}
    with explained(f"{bundle.folder.name} keeps its files", HINT, bundle.folder):
        if rows != recorded:
            write_durably(bundle.folder / MADE, render_json(bundle.made | {"files": rows}).encode())
        reach("media.noted")
        for name in bundle.files:
            (bundle.folder / name).unlink()
            reach("media.freed")
        sync_folder(bundle.folder)


def _fill(folder: Path, files: Iterable[tuple[str, bytes]], reach: Reach) -> None:
    names: dict[str, list[str]] = {}
    for name, pointer in read_pointers(folder).items():
        names.setdefault(pointer.at, []).append(name)
    with explained(f"{folder.name} was not filled", HINT, folder):
        for at, data in files:
            for name in names[at]:
                write_durably(folder / name, data)
                reach("media.filled")


def _forget_pointers(folder: Path, reach: Reach) -> None:
    made = read_made(folder)
    recorded = made.get("files")
    rows = recorded if isinstance(recorded, dict) else {}
    try:
        away = parse_pointers(rows)
    except ValueError as error:
        raise ArchiveError(f"{folder.name}/{MADE}: {error}", "Restore the file from git.", path=folder) from None
    kept = {
        name: {"sha256": away[name].sha256, "bytes": away[name].size} if name in away else row
        for name, row in rows.items()
    }
    with explained(f"{folder.name}/{MADE} was not written", HINT, folder / MADE):
        write_durably(folder / MADE, render_json(made | {"files": kept}).encode())
    reach("media.forgotten")


def _take(number: int, items: Iterable[T]) -> Iterator[Sequence[T]]:
    left = iter(items)
    while some := tuple(islice(left, number)):
        yield some
