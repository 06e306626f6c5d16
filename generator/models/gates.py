"""What a vendor's bytes must be before they are accepted: decoded wholly, of an allowed format, within limits. Pure."""

import io
import wave

from generator.errors import BadReply
from generator.pictures import open_picture
from generator.story import Clip, Credit, Picture, Word, count_words

MOST_BYTES = 20_000_000  # of one picture or clip
LEAST_SIDE = 256  # pixels
LOUD = 64  # of 32767: a clip whose loudest sample is softer is silence


def read_picture(data: bytes, credit: Credit) -> Picture:
    """Return a vendor's picture once it was decoded to its last pixel. Raises BadReply."""
    if len(data) > MOST_BYTES:
        raise BadReply(f"a picture of {len(data):,} bytes came back", provider=credit.provider)
    try:
        opened = open_picture(data)
    except ValueError as error:
        raise BadReply(str(error), provider=credit.provider) from error
    if min(opened.size) < LEAST_SIDE:
        raise BadReply(f"a picture of {opened.width} x {opened.height} pixels came back", provider=credit.provider)
    return Picture(data, opened.width, opened.height, credit)


def read_pcm(
    data: bytes, rate: int, text: str, credit: Credit, *, words: tuple[Word, ...] = (), starts: tuple[float, ...] = ()
) -> Clip:
    """Return a vendor's sound (16-bit little-endian mono samples) if it can be that text. Raises BadReply."""
    import numpy as np

    def bad(what: str) -> BadReply:
        return BadReply(f"{what} came back for {text[:40]!r}", provider=credit.provider)

    if len(data) > MOST_BYTES or len(data) % 2 or not data:
        raise bad(f"{len(data):,} bytes that are no sound")
    loudest = int(np.abs(np.frombuffer(data, "<i2").astype(np.int32)).max())
    if loudest < LOUD:
        raise bad("silence")
    seconds, spoken = len(data) / 2 / rate, count_words(text)
    if not 0.1 * spoken <= seconds <= 4 + 2.5 * spoken:
        raise bad(f"{seconds:.1f} seconds of sound for {spoken} words")
    return Clip(data, rate, credit, words, starts)


def read_wav(data: bytes, text: str, credit: Credit) -> Clip:
    """Return the sound of a 16-bit mono WAV file if it can be that text. Raises BadReply."""
    try:
        with wave.open(io.BytesIO(data)) as file:
            if (file.getsampwidth(), file.getnchannels()) != (2, 1):
                raise BadReply("a WAV that is not 16-bit mono came back", provider=credit.provider)
            return read_pcm(file.readframes(file.getnframes()), file.getframerate(), text, credit)
    except (wave.Error, EOFError) as error:
        raise BadReply(f"the sound is no WAV: {error}", provider=credit.provider) from error
