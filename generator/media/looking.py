"""Is everything in the store that stories point to, and do readers get it? One look that changes nothing."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from generator.archive import Archive
from generator.media.pointers import Pointer, is_whole, read_pointers, slot_of_at
from generator.media.public import ask_public
from generator.media.settings import resolve
from generator.media.store import UNKNOWN, Store

THREADS = 8


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen."""

    files: int = 0  # that stories point to
    size: int = 0  # bytes
    read: int = 0  # files whose bytes were compared
    problems: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()  # names in the store that no story points to

    def as_json(self) -> dict[str, object]:
        """Return the report for programs."""
        lists = {"problems": list(self.problems), "strangers": list(self.strangers)}
        return {"files": self.files, "bytes": self.size, "read": self.read, **lists}


@dataclass(slots=True)
class _Notes:
    problems: list[str] = field(default_factory=list)
    read: int = 0


def look(archive: Archive, store: Store, *, public: str = "", whole: bool = False) -> Looked:
    """Compare the pointers of all stories with the store. Raises PublishError when it cannot be asked.

    `public`: ask the address where readers find it, too. `whole`: read all bytes and compare them.
    """
    pointers = find_pointers(archive)
    years = sorted({at[:4] for at in pointers})
    stored = {at: size for year in years for at, size in store.list(f"{year}/").items()}
    notes = _Notes([*_compare(pointers, stored)])
    if whole:
        _read_all(pointers, {at: pointers[at] for at in pointers if at in stored}, store, notes)
    if public:
        _ask_all(pointers, public, notes, whole=whole)
    strangers = tuple(sorted(stored.keys() - pointers.keys()))
    size = sum(pointer.size for pointer in pointers.values())
    return Looked(len(pointers), size, notes.read, tuple(notes.problems), strangers)


def find_pointers(archive: Archive) -> dict[str, Pointer]:
    """Return what all stories point to, by its names in the store."""
    found = (pointer for folder in archive.folders() for pointer in read_pointers(folder).values())
    return {pointer.at: pointer for pointer in found}


def find_orphans(archive: Archive, store: Store) -> list[str]:
    """Return the names in the store of files of stories that were taken down."""
    removed = archive.removed() - {slot_of_at(at) for at in find_pointers(archive)}
    years = sorted({f"{slot.day:%Y}" for slot in removed})
    return [at for year in years for at in sorted(store.list(f"{year}/")) if slot_of_at(at) in removed]


def _compare(pointers: Mapping[str, Pointer], stored: Mapping[str, int]) -> Iterator[str]:
    for at, pointer in sorted(pointers.items()):
        if at not in stored:
            yield f"{at}: is not in the store"
        elif stored[at] not in {UNKNOWN, pointer.size}:
            yield f"{at}: has {stored[at]} bytes in the store instead of {pointer.size}"


def _read_all(pointers: Mapping[str, Pointer], wanted: Mapping[str, Pointer], store: Store, notes: _Notes) -> None:
    for at, data in store.read(sorted(wanted)):
        notes.read += 1
        if not is_whole(pointers[at], data):
            notes.problems.append(f"{at}: the store has other bytes under this name")


def _ask_all(pointers: Mapping[str, Pointer], base: str, notes: _Notes, *, whole: bool) -> None:
    def ask(pointer: Pointer) -> str:
        return ask_public(resolve(base, pointer.at), pointer, whole=whole)

    with ThreadPoolExecutor(THREADS) as pool:
        said = pool.map(ask, pointers.values())
        notes.problems += [f"{at}: {problem}" for at, problem in zip(pointers, said, strict=True) if problem]
