"""The words the site says about dates, lengths and kinds of story; and slugs."""

import math
import re
import unicodedata
import zlib
from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import pairwise

from generator.story import AgeBand, Genre

MONTHS = (
    "January February March April May June July August September October November December"
).split()  # not strftime: the page must not depend on the locale of the machine

_NUMBERS = "No One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve".split()
_SOON = "one of the next nights"

GENRES = {
    Genre.BEDTIME: "Bedtime stories",
    Genre.ADVENTURE: "Adventures",
    Genre.FANTASY: "Tales of wonder",
    Genre.MYSTERY: "Mysteries",
    Genre.SCIENCE: "Science stories",
    Genre.SPOOKY: "Spooky stories",
}
GENRE = {
    Genre.BEDTIME: "Bedtime story",
    Genre.ADVENTURE: "Adventure",
    Genre.FANTASY: "Tale of wonder",
    Genre.MYSTERY: "Mystery",
    Genre.SCIENCE: "Science story",
    Genre.SPOOKY: "Spooky story",
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LENGTHS = (3, 5, 10)  # minutes: what a story is said to last, about
_BETWEEN = tuple(
    30 * (one + next_one) for one, next_one in pairwise(LENGTHS)
)  # seconds up to which the shorter is nearer
LANGUAGES = {
    "ar": "العربية", "cs": "Čeština", "da": "Dansk", "de": "Deutsch", "el": "Ελληνικά", "en": "English", "es": "Español",
    "fi": "Suomi", "fr": "Français", "he": "עברית", "hi": "हिन्दी", "hu": "Magyar", "it": "Italiano", "ja": "日本語",
    "ko": "한국어", "nl": "Nederlands", "no": "Norsk", "pl": "Polski", "pt": "Português", "ro": "Română", "ru": "Русский",
    "sv": "Svenska", "tr": "Türkçe", "uk": "Українська", "zh": "中文",
}  # fmt: skip
_VERSION = re.compile(r"v?\d+(?:\.\d+)+\S*")


def say_date(day: date) -> str:
    """Say a day in full: 21 November 2026."""
    return f"{day.day} {say_month(day.year, day.month)}"


def say_month(year: int, month: int) -> str:
    """Say a month: November 2026."""
    return f"{MONTHS[month - 1]} {year}"


def say_ages(age: AgeBand) -> str:
    """Say an age band: ages 6 to 8."""
    return "ages " + age.value.replace("-", " to ")


def say_clock(seconds: float) -> str:
    """Say a length as a player does: 3:11."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def say_minutes(seconds: float) -> str:
    """Say a length as a parent does: 4 minutes; rounded to the nearest, never none."""
    minutes = max(1, math.floor(seconds / 60 + 0.5))
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def round_length(seconds: float) -> int:
    """Say about how many minutes a story lasts: the nearest of LENGTHS."""
    return LENGTHS[bisect_left(_BETWEEN, seconds)]


def say_about(minutes: int) -> str:
    """Say a rounded length: About 5 minutes."""
    return f"About {minutes} minutes"


def say_language(code: str) -> str:
    """Name a language as those who speak it do; one we cannot name is called by its code."""
    plain, _, region = code.replace("_", "-").partition("-")
    name = LANGUAGES.get(plain.lower(), "")
    return f"{name} ({region})" if name and region else name or code


@lru_cache(1_000)
def say_narrator(credit: str) -> str:
    """Name who reads, as pages credit it, without the numbers of versions: a voice keeps its listeners."""
    return " ".join(word for word in credit.split() if not _VERSION.fullmatch(word))


def say_genres(genres: Iterable[Genre]) -> str:
    """Name kinds of story in the middle of a sentence: spooky stories and mysteries."""
    return " and ".join(GENRES[genre].lower() for genre in genres)


def say_count(number: int, one: str, many: str) -> str:
    """Say how many: 1 story, 12 stories."""
    return f"{number} {one if number == 1 else many}"


def say_promise(missing: int, pictures: int, *, narration: bool) -> str:
    """Say what is still being made of a story: so many of its pictures, the narration; empty when nothing is."""
    painted = "The pictures" if missing == pictures > 1 else say_number(missing, "picture", "pictures")
    if missing and narration:
        return f"{painted} and the reading of this story are still being made; they will be here after {_SOON}."
    if missing:
        they = ("is", "it") if missing == 1 else ("are", "they")
        return f"{painted} {they[0]} still being painted; {they[1]} will be here after {_SOON}."
    return f"The reading of this story is still being made; it will be here after {_SOON}." if narration else ""


def say_number(number: int, one: str, many: str) -> str:
    """Say how many at the start of a sentence: One picture, Two pictures, 13 pictures."""
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{word} {one if number == 1 else many}"


@lru_cache(20_000)
def make_slug(text: str) -> str:
    """Make a name for a URL of a-z, 0-9 and hyphens; a text without any such sign gets a stable number."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    return slug or f"t{zlib.crc32(text.strip().lower().encode()):08x}"
