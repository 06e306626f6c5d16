"""What a person typed into a form -> a Wish, or everything that is wrong with it in one sentence. Pure."""

import json
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeVar

from generator.briefs import Wish, parse_idea
from generator.errors import ConfigError, WishRefused
from generator.judging.safety import check_idea
from generator.markdown import clean_text
from generator.story import AgeBand, Form, Genre

FIELDS = ("idea", "genre", "form", "age", "minutes", "cast", "place", "series", "language")
ANY = "any"  # what a form shows for a choice that is left open
SEED, SEEDS = "seed", 2**48  # a field that only who may start a workflow fills in, and how many there are
LARGEST = 2**20  # bytes of an event file; GitHub takes 64 kB of inputs
LONGEST = 100  # characters of anything but the idea
FAR = 4000  # characters after which nothing is looked at any more
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
GENTLER = "Ask for something gentler, without real names."
E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


def parse_dispatch(event: bytes) -> dict[str, str]:
    """Return the inputs that were filled in, from the event file of a workflow that somebody started by hand.

    Nothing for one that was started by anything else. Raises ConfigError.
    """
    try:
        values = json.loads(event) if len(event) <= LARGEST else None
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise ConfigError("the event file is none", "It is the JSON that GITHUB_EVENT_PATH names, or one like it.")
    inputs = values.get("inputs")
    known = inputs if isinstance(inputs, dict) else {}
    asked = {name: str(known[name]).strip() for name in (*FIELDS, SEED) if known.get(name) is not None}
    return {name: text for name, text in asked.items() if text not in ("", ANY)}


def parse_wish(asked: Mapping[str, str]) -> Wish:
    """Read the fields of a form, each of them text or empty. Raises WishRefused that names everything that is wrong."""
    problems = [f"there is no field {name[:40]!a}" for name in asked if name not in (*FIELDS, SEED)]

    def take(name: str, default: T, parse: Callable[[str], T]) -> T:
        text = " ".join(clean_text(asked.get(name, "")[:FAR]).split())
        try:
            if name != "idea" and len(text) > LONGEST:
                raise ValueError(f"{name}: at most {LONGEST} characters are read")
            return parse(text) if text else default
        except ValueError as error:
            problems.append(str(error))
        except WishRefused as error:
            problems.append(error.message)
        return default

    wish = Wish(
        idea=take("idea", "", parse_idea),
        genre=take("genre", None, _one_of("genre", Genre)),
        form=take("form", None, _one_of("form", Form)),
        age=take("age", None, _one_of("age", AgeBand)),
        minutes=take("minutes", None, _parse_minutes),
        cast=take("cast", (), lambda text: tuple(name for part in text.split(",") if (name := part.strip()))),
        place=take("place", "", str),
        series=take("series", "", str),
        language=take("language", "", _parse_language),
        seed=take(SEED, None, _parse_seed),
    )
    if problems:
        raise WishRefused("; ".join(problems), "Change it and ask again.")
    return wish


def check_wish(wish: Wish, language: str, writers: tuple[str, ...]) -> None:
    """Raise WishRefused for a wish that is not to be told; `language` is the archive's own."""
    wanted = wish.language or language
    if wish.idea and (problems := check_idea(wish.idea, wish.age or AgeBand.MIDDLE, wanted)):
        raise WishRefused(f"the idea cannot be told: {'; '.join(problems)}", GENTLER)
    if wish.language and not wanted.startswith("en") and set(writers) == {"embedded"}:
        raise WishRefused(
            f"language: the embedded writer tells stories in English, not in {wanted!r}", "Ask for one in English."
        )


def _one_of(name: str, kind: type[E]) -> Callable[[str], E]:
    def parse(text: str) -> E:
        try:
            return kind(text.lower())
        except ValueError:
            raise ValueError(f"{name}: {text[:40]!r} is none of {', '.join(kind)}") from None

    return parse


def _parse_minutes(text: str) -> float:
    if not re.fullmatch(r"\d{1,2}(\.\d{1,2})?", text, re.ASCII):
        raise ValueError(f"minutes: {text[:40]!r} is not a number of minutes, such as 5")
    return float(text)


def _parse_seed(text: str) -> int:
    if not re.fullmatch(r"\d{1,15}", text, re.ASCII) or int(text) >= SEEDS:
        raise ValueError(f"seed: {text[:40]!r} is not a whole number below {SEEDS}")
    return int(text)


def _parse_language(text: str) -> str:
    if not LANGUAGE.fullmatch(text):
        raise ValueError(f"language: {text[:40]!r} is not a language code such as 'en' or 'en-GB'")
    return text
