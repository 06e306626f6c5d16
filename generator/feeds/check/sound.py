"""Narrations: what the MP3 itself says of its length."""

import io
from collections.abc import Iterator
from typing import Any

from generator.feeds.check.rules import Said
from generator.feeds.check.wanted import Wanted
from generator.sound.mp3 import parse_frames

FRAME = 1152  # samples in a frame of MPEG-1 Layer III
DRIFT = 1.0  # seconds the feed may be off
LOUD = (-17.0, -13.5)  # LUFS


def check_sound(wanted: Wanted, data: bytes, *, listen: bool = False) -> Iterator[Said]:
    """Report what is wrong with a sound; `listen` decodes it to measure how loud it is."""
    name = wanted.address[-80:]
    if wanted.length is not None and wanted.length != len(data):
        yield Said("M02", wanted.line, f"The enclosure says {wanted.length:,} bytes, {name} has {len(data):,}.")
    if wanted.type != "audio/mpeg":
        return
    try:
        seconds, title, constant = _measure(data)
    except ValueError as error:
        yield Said("M04", wanted.line, f"{name} cannot be read: {error}.")
        return
    if wanted.seconds and abs(wanted.seconds - seconds) > DRIFT:
        yield Said("M03", wanted.line, f"The feed says {wanted.seconds} s, {name} lasts {seconds:.1f} s.")
    if not title:
        yield Said("M05", wanted.line, f"{name} has no title in its tags.")
    if not constant:
        yield Said("M06", wanted.line, f"The bit rate of {name} changes.")
    if listen:
        yield from _check_loudness(wanted, data)


def _measure(data: bytes) -> tuple[float, str, bool]:
    """Return seconds, title, and whether the bit rate is constant. Raises ValueError."""
    from mutagen import MutagenError
    from mutagen.mp3 import MP3, BitrateMode

    try:
        sound: Any = MP3(io.BytesIO(data))
    except MutagenError as error:
        raise ValueError(f"it is no MP3 ({type(error).__name__})") from error
    except Exception as error:  # tags are written by strangers: whatever mutagen stumbles over is theirs
        raise ValueError(f"its tags are broken ({type(error).__name__})") from error
    title = str(sound.tags.get("TIT2", "")) if sound.tags else ""
    try:
        frames = parse_frames(data)
    except ValueError:  # MPEG-2, or something behind the last frame: mutagen's word counts
        info = sound.info
        return info.length, title, info.bitrate_mode not in {BitrateMode.VBR, BitrateMode.ABR}
    return frames.count * FRAME / frames.rate, title, len(frames.bitrates) == 1


def _check_loudness(wanted: Wanted, data: bytes) -> Iterator[Said]:
    from generator.errors import BadReply
    from generator.sound.mp3 import measure_mp3

    try:
        lufs = measure_mp3(data).lufs
    except BadReply as error:
        yield Said("M04", wanted.line, f"{wanted.address[-80:]} cannot be decoded: {error.message}.")
        return
    if not LOUD[0] <= lufs <= LOUD[1]:
        yield Said("M07", wanted.line, f"{wanted.address[-80:]} has {lufs:.1f} LUFS.")
