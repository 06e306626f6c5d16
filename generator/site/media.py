"""What a feed says of the files of a story: read once, when the story has changed, and kept with its record."""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from generator.bundle import SOUND, TIMING
from generator.media.pointers import Pointer, read_pointers
from generator.site.pictures import read_size
from generator.sound.mp3 import measure_seconds
from generator.sound.timing import parse_timing
from generator.story import Sentence

SQUARE = "cover-square.jpg"
SIDES = range(1400, 3001)  # pixels of a square picture that apps accept
BITE = (15.0, 60.0)  # seconds a taste of a story may last


@dataclass(frozen=True, slots=True)
class Media:
    """The recording and the square picture; zero or empty where there is none of use."""

    size: int = 0  # bytes of the recording
    hash: str = ""  # of the recording
    seconds: float = 0.0  # of the recording, as it says itself
    art: str = ""  # hash of the picture
    side: int = 0  # pixels of the picture
    timed: bool = False  # whether the times of its sentences are known
    bite: tuple[float, float] | None = None  # seconds: start and length of a taste of the story
    away: tuple[tuple[str, str], ...] = ()  # files that lie in the store: their names here and there


NO_MEDIA = Media()


def read_media(folder: Path) -> Media:
    """Read the files of a story's folder."""
    away, rows = read_pointers(folder), _read_times(folder)
    size, name, seconds = _read_sound(folder, away.get(SOUND))
    art, shape = _read_art(folder, away.get(SQUARE))
    fit = shape is not None and shape[0] == shape[1] and shape[0] in SIDES
    return Media(
        size=size,
        hash=name,
        seconds=seconds,
        art=art if fit else "",
        side=shape[0] if fit and shape else 0,
        timed=bool(rows),
        bite=choose_bite(rows),
        away=tuple((pointer.name, pointer.at) for pointer in away.values()),
    )


def _read_sound(folder: Path, pointer: Pointer | None) -> tuple[int, str, float]:
    """Return bytes, hash and length of the recording."""
    if pointer:
        return pointer.size, pointer.sha256[:12], pointer.seconds
    sound = _read(folder / SOUND)
    return len(sound), _hash(sound) if sound else "", round(measure_seconds(sound), 3)


def _read_art(folder: Path, pointer: Pointer | None) -> tuple[str, tuple[int, int] | None]:
    """Return hash and size in pixels of the square picture."""
    if pointer:
        return pointer.sha256[:12], pointer.shape
    art = _read(folder / SQUARE)
    return (_hash(art), read_size(folder / SQUARE)) if art else ("", None)


def pack_media(media: Media) -> list[Any]:
    """Return the values as JSON knows them."""
    values = [list(value) if isinstance(value, tuple) else value for value in astuple(media)[:-1]]
    return [*values, [list(pair) for pair in media.away]]


def unpack_media(row: Sequence[Any]) -> Media:
    """Make the value of what pack_media() returned."""
    size, name, seconds, art, side, timed, bite, away = row
    pairs = tuple((name, at) for name, at in away)
    return Media(size, name, seconds, art, side, timed, (bite[0], bite[1]) if bite else None, pairs)


def choose_bite(rows: Sequence[Sentence]) -> tuple[float, float] | None:
    """Choose the beginning of the first scene, up to the end of a sentence; None where there is too little of it."""
    scene = [row for row in rows if row.scene]
    if not scene:
        return None
    start = scene[0].start
    lengths = [row.end - start for row in scene]
    fitting = next((length for length in lengths if BITE[0] <= length <= BITE[1]), None)
    return (round(start, 1), math.ceil(fitting * 10) / 10) if fitting else None


def _read_times(folder: Path) -> tuple[Sentence, ...]:
    try:
        return parse_timing((folder / TIMING).read_text("utf-8"))
    except (OSError, ValueError):
        return ()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _hash(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=6).hexdigest()
