"""Real pictures and real sound, made in milliseconds, different for every prompt and text; and the ones that are wrong."""

import io
import re
import struct
import subprocess
import wave
import zlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

PAGE = (
    b"<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in to the network</h1>"
    b"<script>document.title='here'</script><p>This page is not what was asked for.</p></body></html>"
)
WORD = 0.34  # seconds of a spoken word of usual length; with the pauses about 150 words a minute
GAP = 0.3  # seconds of quiet after a sentence
BIG = 26_000_000  # bytes
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


class Media:
    """Makes what a healthy vendor would send."""

    def picture(self, prompt: str, width: int = 1536, height: int = 1024, form: str = "png") -> bytes:
        """Return an encoded picture ("png", "jpeg" or "webp") of this size that depends on the prompt."""
        return _picture(zlib.crc32(prompt.encode()), width, height, form)

    def pcm(self, text: str, rate: int) -> bytes:
        """Return 16-bit mono samples as long as it takes to say the text."""
        return _sound(text, rate)


class PageMedia(Media):
    """An HTML page where a picture or sound should be."""

    def picture(self, prompt: str, width: int = 1536, height: int = 1024, form: str = "png") -> bytes:
        return PAGE

    def pcm(self, text: str, rate: int) -> bytes:
        return PAGE


class SilentMedia(Media):
    """Sound of the right length in which nobody speaks."""

    def pcm(self, text: str, rate: int) -> bytes:
        return bytes(len(_sound(text, rate)))


class ShortMedia(Media):
    """Sound that stops after a twentieth of a second."""

    def pcm(self, text: str, rate: int) -> bytes:
        return _sound(text, rate)[: rate // 20 * 2]


class BombMedia(Media):
    """A picture of 400 megapixels in half a megabyte."""

    def picture(self, prompt: str, width: int = 1536, height: int = 1024, form: str = "png") -> bytes:
        return _bomb(20_000, 20_000)


class BigMedia(Media):
    """A real picture, and real sound, of more bytes than anybody needs."""

    def picture(self, prompt: str, width: int = 1536, height: int = 1024, form: str = "png") -> bytes:
        whole = super().picture(prompt, width, height, "png")
        return whole[:33] + _chunk(b"juNk", bytes(BIG)) + whole[33:]

    def pcm(self, text: str, rate: int) -> bytes:
        once = _sound(text, rate)
        return (once * (BIG // len(once) + 1))[:BIG]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word, or a sentence, of a text and when it is said."""

    start: int  # characters of the text
    end: int
    begins: float  # seconds
    ends: float


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Return where each sentence of a text begins and ends."""
    return [
        (match.start(), match.end()) for match in re.finditer(r"\S(?:.*?[.!?…]+[”’\"')]*(?=\s|$)|.*$)", text, re.DOTALL)
    ]


def say(text: str) -> tuple[list[Spoken], list[Spoken], float]:
    """Return the words and the sentences of a text with their times, and how long it all takes."""
    words, sentences, now = [], [], 0.1
    for first, last in sentences_of(text):
        began = now
        for match in _TOKEN.finditer(text, first, last):
            length = WORD * (0.55 + 0.1 * min(9, len(match[0])))
            words.append(Spoken(match.start(), match.end(), now, now + length * 0.9))
            now += length
        sentences.append(Spoken(first, last, began, now))
        now += GAP
    return words, sentences, now


@lru_cache(maxsize=128)
def _sound(text: str, rate: int) -> bytes:
    words, _, seconds = say(text)
    samples = np.zeros(int(seconds * rate), np.float32)
    for word in words:
        part = samples[int(word.begins * rate) : int(word.ends * rate)]
        time = np.arange(len(part), dtype=np.float32) / rate
        pitch = 110 + zlib.crc32(text[word.start : word.end].lower().encode()) % 90
        wave_ = sum(np.sin(2 * np.pi * pitch * n * time) / n for n in (1, 2, 3, 5))
        part += np.asarray(wave_ * np.sin(np.pi * np.arange(len(part)) / max(1, len(part))), np.float32)
    return (samples * 6000).astype("<i2").tobytes()


@lru_cache(maxsize=48)
def _picture(seed: int, width: int, height: int, form: str) -> bytes:
    rng = np.random.default_rng(seed)
    coarse = Image.fromarray(rng.integers(40, 216, (8, 12, 3), np.uint8), "RGB")
    picture = coarse.resize((width, height), Image.Resampling.BILINEAR)
    draw = ImageDraw.Draw(picture)
    for _ in range(7):
        x, y = int(rng.integers(width)), int(rng.integers(height))
        side = int(rng.integers(min(width, height) // 16, min(width, height) // 4))
        draw.ellipse((x - side, y - side, x + side, y + side), tuple(int(c) for c in rng.integers(0, 256, 3)))
    out = io.BytesIO()
    options: dict[str, dict[str, int]] = {"png": {"compress_level": 1}, "jpeg": {"quality": 85}, "webp": {"method": 0}}
    picture.save(out, form.upper(), **options[form])
    return out.getvalue()


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


@lru_cache(maxsize=1)
def _bomb(width: int, height: int) -> bytes:
    packer, rows = zlib.compressobj(9), list[bytes]()
    row = bytes(1 + (width + 7) // 8)  # one bit a pixel
    rows.extend(packer.compress(row) for _ in range(height))
    data = b"".join((*rows, packer.flush()))
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def as_wav(pcm: bytes, rate: int, *, streamed: bool = False) -> bytes:
    """Put samples into a WAV file; a streamed one does not know its own length, as OpenAI's does not."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm)
    whole = out.getvalue()
    return whole[:4] + b"\xff" * 4 + whole[8:40] + b"\xff" * 4 + whole[44:] if streamed else whole


@lru_cache(maxsize=32)
def as_mp3(pcm: bytes, rate: int) -> bytes:
    """Encode samples as an MP3."""
    import imageio_ffmpeg

    source = ("-f", "s16le", "-ar", str(rate), "-ac", "1", "-i", "pipe:0")
    command = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *source, "-b:a", "48k", "-f", "mp3", "pipe:1")
    return subprocess.run(command, input=pcm, capture_output=True, check=True, timeout=60).stdout
