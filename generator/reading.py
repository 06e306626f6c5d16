"""How hard a text is to read, and how its title is filed. Pure; every other module may use it."""

import re
import unicodedata

_SENTENCE_END = re.compile(r"(?<=[.!?…])[”’)]*\s+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def grade(text: str) -> float:
    """Give the Flesch-Kincaid grade of a text; verse lines without an end mark read on to the next."""
    sentences = split_sentences(text)
    words = _WORD.findall(text)
    if not words:
        return 0.0
    syllables = sum(map(count_syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def split_sentences(text: str) -> list[str]:
    """Cut a text after each full stop, question or exclamation mark (a closing quote stays with its sentence)."""
    return [part for part in _SENTENCE_END.split(" ".join(text.split())) if _WORD.search(part)] or [text]


def count_syllables(word: str) -> int:
    """Count the syllables of an English word by its vowels; right for about nine words in ten."""
    word = re.sub(r"[^a-z]", "", word.lower())
    if len(word) <= 3:
        return 1
    word = re.sub(
        r"(?:(?<=[^aeiouylr])le|(?<![aeiouy]l)(?<!t)(?<!d)ed|(?<![sxzcg])(?<!sh)(?<!ch)es|(?<!l)e)$", _tail, word
    )
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def _tail(match: re.Match[str]) -> str:
    return "el" if match[0] == "le" else ""


def make_slug(title: str) -> str:
    """Return the title as a file name: at most 60 of a-z, 0-9 and single hyphens; "story" when nothing is left."""
    plain = unicodedata.normalize("NFKD", re.sub("['’]", "", title)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "story"
