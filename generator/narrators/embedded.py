"""The narrator that is always there: hibari-tts with the one voice its wheel carries. No key and no network.

hibari is young and has one maintainer, so this file is the only one that knows it.
"""

import re
from functools import partial
from importlib.metadata import version
from threading import Lock
from typing import TYPE_CHECKING

from generator.errors import BadReply, Unavailable
from generator.story import Clip, Credit, Passage, count_words

if TYPE_CHECKING:
    import numpy as np
    from hibari import Hibari
    from numpy.typing import NDArray

VOICE = "heart"
PACE = 0.82  # hibari's speed for Passage.speed 1.0: an unhurried reading, see speech.WORDS_PER_MINUTE
SEED = 0  # of the breath noise in the voice, so that the same passage gives the same samples
LONGEST = 400  # phonemes the model reads in one breath; hibari's own limit

# Sounds of stories that are not words: the dictionary would spell them ("S, H, H").
SOUNDS = {
    r"s*sh+": "ʃː",
    r"z{2,}": "zː",
    r"bz{2,}": "bˈʌz",
    r"br{2,}": "bɹˈɜɹ",
    r"gr{2,}": "ɡɹˈɜɹ",
    r"r{3,}": "ɹˈɜɹ",
    r"s{2,}": "sː",
    r"hm+": "hmm",
    r"mm+": "mˈmm",
    r"p+s+t+": "psst",
    r"t+s+k+": "tsk",
    r"pf+t*": "pft",
    r"a+h{2,}|a{2,}h+": "ˈɑː",
    r"aw{2,}": "ˈɔ",
    r"o{2,}h+": "ˈuː",
    r"e{3,}": "ˈiː",
    r"twoo+": "twˈu",
    r"twas": "twˈʌz",
    r"tis": "tɪz",
}
_SOUND = re.compile("|".join(f"(?P<s{n}>{pattern})" for n, pattern in enumerate(SOUNDS)), re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


class EmbeddedNarrator:
    """Speaks English passages as 24 kHz mono sound. Threads may share one; the same passage gives the same bytes."""

    name = "embedded"
    processes = False
    languages = ("en",)

    def __init__(self) -> None:
        self._lock = Lock()
        self._hibari: Hibari | None = None

    def speak(self, passage: Passage) -> Clip:
        """Speak a passage. Raises Unavailable for what this voice cannot do and BadReply for unusable sound."""
        _check_request(passage)
        hibari = self._load()
        try:
            with self._lock:  # the dictionary is plain Python: nothing is lost by taking turns
                breaths = _breaths(hibari, passage.text)
            speed = PACE * passage.speed
            parts = [hibari.from_phonemes(breath, speed=speed, seed=SEED) for breath in breaths]
        except Exception as error:  # whatever the library throws, the story can be told by another narrator
            raise Unavailable(
                f"hibari failed on {passage.text[:40]!r}: {error or type(error).__name__}", provider=self.name
            ) from error
        samples = _check_sound(parts, passage, hibari.sample_rate)
        return Clip(_pcm(samples), hibari.sample_rate, Credit(self.name, f"hibari-tts {version('hibari-tts')} {VOICE}"))

    def _load(self) -> "Hibari":
        with self._lock:
            if self._hibari is None:
                self._hibari = _make_hibari()
            return self._hibari


def _make_hibari() -> "Hibari":
    """Load voice and dictionaries (0.5 s)."""
    try:
        from hibari import Hibari
        from hibari.voices import voice_path

        # One thread: sentences are spoken two at a time, and pictures are drawn on the other cores meanwhile.
        hibari = Hibari(VOICE, model=voice_path(VOICE, download_missing=False), threads=1)
        _ = hibari.g2p.oov  # loads itself on first use otherwise, which threads may not do together
    except Exception as error:
        raise Unavailable(
            f"hibari cannot be loaded: {error or type(error).__name__}",
            "Reinstall hibari-tts; its wheel carries the voice",
            provider="embedded",
        ) from error
    return hibari


def _check_request(passage: Passage) -> None:
    """Raise Unavailable for a language or a voice that is not in the wheel. Voices of other vendors are not ours."""
    unavailable = partial(Unavailable, provider="embedded")
    if passage.language.partition("-")[0].lower() != "en":
        raise unavailable(f"the embedded narrator speaks English, not {passage.language!r}", "Name another narrator")
    if passage.voice and passage.voice != VOICE and passage.voice in _voices():
        raise unavailable(
            f"the voice {passage.voice!r} would have to be downloaded", f"use {VOICE!r}, which comes with the package"
        )
    if not 0.5 <= passage.speed <= 2:
        raise unavailable(f"the speed {passage.speed:g} is outside 0.5 to 2", "1.0 is a calm reading")


def _voices() -> frozenset[str]:
    try:
        from hibari.voices import VOICES
    except ImportError:
        return frozenset()
    return frozenset(VOICES)


def _breaths(hibari: "Hibari", text: str) -> list[str]:
    """Turn a text into phonemes, as few pieces as the model takes: each piece begins and ends with half a second."""
    breaths: list[str] = []
    for phonemes in hibari.phonemize(_sounded(hibari, text)):
        if breaths and len(breaths[-1]) + len(phonemes) < LONGEST:
            breaths[-1] += f" {phonemes}"
        else:
            breaths.append(phonemes)
    return breaths


def _sounded(hibari: "Hibari", text: str) -> str:
    """Write sounds as phonemes in hibari's own markup and give stretched words their usual spelling."""
    plain = re.sub(r"[\[\]]", " ", text.replace("’", "'"))  # brackets are markup here
    plain = re.sub(r"(?<!\w)'(?=(?:twas|tis)\b)", "", plain, flags=re.IGNORECASE)
    return _WORD.sub(lambda match: _sound(match[0]) or _usual(hibari, match[0]), plain)


def _sound(word: str) -> str:
    match = _SOUND.fullmatch(word)
    if not match or not match.lastgroup:
        return ""
    return f"[{word}](/{list(SOUNDS.values())[int(match.lastgroup[1:])]}/)"


def _usual(hibari: "Hibari", word: str) -> str:
    """Shorten "Goood" to "Good" and "Booo" to "Boo": the dictionary knows which."""
    if not re.search(r"(.)\1\1", word):
        return word
    twice, once = (re.sub(r"(.)\1{2,}", form, word) for form in (r"\1\1", r"\1"))
    return next((form for form in (twice, once) if form.lower() in hibari.g2p.lexicon.golds), twice)


def _check_sound(parts: "list[NDArray[np.float32]]", passage: Passage, rate: int) -> "NDArray[np.float32]":
    """Join the parts. Raises BadReply for no sound, numbers that are none and lengths no reader would need."""
    import numpy as np

    bad = partial(BadReply, provider="embedded")
    samples = np.concatenate(parts) if parts else np.zeros(0, np.float32)
    if not samples.size or not samples.any():
        raise bad(f"no sound came back for {passage.text[:40]!r}")
    if not np.isfinite(samples).all():
        raise bad(f"broken sound came back for {passage.text[:40]!r}")
    seconds, words = samples.size / rate, count_words(passage.text)
    if not 0.12 * words <= seconds * passage.speed <= 4 + 2.5 * words:
        raise bad(f"{words} words became {seconds:.1f} seconds of sound: {passage.text[:40]!r}")
    return samples


def _pcm(samples: "NDArray[np.float32]") -> bytes:
    """16-bit little-endian samples, quieter as a whole where they would not fit."""
    import numpy as np

    peak = max(1.0, float(np.abs(samples).max()))
    return (samples * (32767 / peak)).astype("<i2").tobytes()
