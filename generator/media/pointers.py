"""What a bundle keeps of a file that lies in the store: a few more words in story.json. Pure but for `read_pointers`.

    "narration.mp3": {"sha256": "3f2a...", "bytes": 2412345, "type": "audio/mpeg", "seconds": 301.4,
                      "at": "2026/2026-11-21-3f2a9c0d41b7.mp3"}

The name in the store is made of the bytes, so that it can be kept for ever by whoever has seen it, and is the same in every
store. A file that lies in the bundle itself comes before its pointer: an owner may put another picture there.
"""

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.bundle import MADE
from generator.media.settings import resolve
from generator.site.pictures import parse_size
from generator.sound.mp3 import measure_seconds
from generator.story import Slot

TYPES = {".mp3": "audio/mpeg", ".webp": "image/webp", ".jpg": "image/jpeg", ".png": "image/png"}
AT = re.compile(
    r"(?P<year>\d{4})/(?P<slot>(?P=year)-\d\d-\d\d(?:-x-[0-9a-f]{8})?)-(?P<hash>[0-9a-f]{12})(?P<suffix>\.(?:mp3|webp|jpg|png))",
    re.ASCII,
)
HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
LARGEST = 100 * 2**20  # bytes of a file: hosts take no larger one


@dataclass(frozen=True, slots=True)
class Pointer:
    """A file that lies in the store, and what a site says of it."""

    name: str  # in the bundle: "cover.webp"
    at: str  # in the store: "2026/2026-11-21-3f2a9c0d41b7.webp"
    sha256: str
    size: int  # bytes
    seconds: float = 0.0  # of a recording
    shape: tuple[int, int] | None = None  # of a picture, in pixels

    @property
    def type(self) -> str:
        """What a server should call it."""
        return TYPES[PurePosixPath(self.at).suffix]


def is_media(name: str) -> bool:
    """Whether a file of a bundle may lie in a store."""
    path = PurePosixPath(name)
    return path.suffix in TYPES and path.name == name and not name.startswith(".") and name.isprintable()


def make_at(slot: Slot, name: str, sha256: str) -> str:
    """Return the name a file has in every store."""
    return f"{slot.day:%Y}/{slot}-{sha256[:12]}{PurePosixPath(name).suffix}"


def is_stored(address: str, store: str) -> bool:
    """Whether an address is that of a file in the store that readers find at `store`."""
    match = AT.search(address)
    return bool(store and match) and address == resolve(store, match[0] if match else "")


def slot_of_at(at: str) -> Slot | None:
    """Return the slot whose file a name in a store says it is."""
    match = AT.fullmatch(at)
    try:
        return match and Slot.parse(match["slot"])
    except ValueError:
        return None


def make_pointer(slot: Slot, name: str, data: bytes) -> Pointer:
    """Make the pointer of a file whose bytes are at hand."""
    sha256 = hashlib.sha256(data).hexdigest()
    sound = name.endswith(".mp3")
    seconds = round(measure_seconds(data), 3) if sound else 0.0
    return Pointer(name, make_at(slot, name, sha256), sha256, len(data), seconds, None if sound else parse_size(data))


def is_whole(pointer: Pointer, data: bytes) -> bool:
    """Whether these bytes are the file's."""
    return len(data) == pointer.size and hashlib.sha256(data).hexdigest() == pointer.sha256


def render_pointer(pointer: Pointer) -> dict[str, object]:
    """Return what story.json says of the file."""
    row: dict[str, object] = {"sha256": pointer.sha256, "bytes": pointer.size, "type": pointer.type}
    row |= {"seconds": pointer.seconds} if pointer.seconds else {}
    row |= {"shape": list(pointer.shape)} if pointer.shape else {}
    return row | {"at": pointer.at}


def parse_pointer(name: str, row: Mapping[str, object], slot: Slot | None = None) -> Pointer:
    """Read what story.json says of a file in the store. Raises ValueError for what cannot be one of this story's."""
    at, sha256, size = row.get("at"), row.get("sha256"), row.get("bytes")
    match = AT.fullmatch(at) if isinstance(at, str) else None
    if not match or not is_media(name) or PurePosixPath(name).suffix != match["suffix"]:
        raise ValueError(f"{name}: {at!r} is no name of a file in the store")
    if not isinstance(sha256, str) or not HASH.fullmatch(sha256) or not sha256.startswith(match["hash"]):
        raise ValueError(f"{name}: its sha256 does not fit its name in the store")
    if not isinstance(size, int) or isinstance(size, bool) or not 0 <= size <= LARGEST:
        raise ValueError(f"{name}: {size!r} is no number of bytes")
    if slot and match["slot"] != str(slot):
        raise ValueError(f"{name}: {at!r} is a file of {match['slot']}")
    return Pointer(name, match[0], sha256, size, _parse_seconds(row.get("seconds")), _parse_shape(row.get("shape")))


def _parse_seconds(value: object) -> float:
    good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0
    return float(value) if good else 0.0  # type: ignore[arg-type]


def _parse_shape(value: object) -> tuple[int, int] | None:
    if isinstance(value, list) and len(value) == 2 and all(type(side) is int and 0 < side <= 20_000 for side in value):
        return value[0], value[1]
    return None


def parse_pointers(files: object, slot: Slot | None = None) -> dict[str, Pointer]:
    """Read the pointers among the files of a story.json, by their names. Raises ValueError."""
    rows = files.items() if isinstance(files, Mapping) else ()
    return {
        name: parse_pointer(name, row, slot)
        for name, row in rows
        if isinstance(row, Mapping) and row.get("at") is not None
    }


def read_pointers(folder: Path) -> dict[str, Pointer]:
    """Return the files of a bundle that lie in the store only; none where story.json cannot be read, which a check reports."""
    try:
        data = (folder / MADE).read_bytes()
        made = json.loads(data) if b'"at"' in data else None  # most bundles have none
        found = parse_pointers(made.get("files") if isinstance(made, dict) else None)
    except (OSError, ValueError):
        return {}
    return {name: pointer for name, pointer in found.items() if not (folder / name).exists()}
