"""What a person typed into a form -> a Wish. Pure; whoever may fill in the form may write anything into it."""

import json
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeVar

from generator.briefs import IDEA_LENGTH, Wish, parse_idea
from generator.errors import ConfigError
from generator.markdown import clean_text
from generator.story import AgeBand, Form, Genre

FIELDS = ("idea", "genre", "form", "age", "minutes", "cast", "place", "series", "language", "seed")
LARGEST = 2**20  # bytes of an event file; GitHub's inputs have 64 kB at most
SEEDS = 2**48
SHOWN = 40  # characters of a wrong value that are repeated
E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


def parse_dispatch(event: bytes) -> dict[str, str]:
    """Return the inputs that were filled in, from the event file of a workflow that was started by hand.

    Nothing where it was started by anything else. Raises ConfigError.
    """
    try:
        values = json.loads(event) if len(event) <= LARGEST else None
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise ConfigError("the event file is none", "It is the JSON that GITHUB_EVENT_PATH names, or one like it.")
    inputs = values.get("inputs")
    inputs = inputs if isinstance(inputs, dict) else {}
    return {name: str(inputs[name]) for name in FIELDS if inputs.get(name) not in (None, "")}


def parse_wish(fields: Mapping[str, str]) -> Wish | None:
    """Return what is asked for, or None when nothing is. Raises ConfigError with every problem; cards are not looked up."""
    texts = {name: line for name in FIELDS if (line := _clean(fields.get(name, "")))}
    if not texts:
        return None
    problems: list[str] = []

    def take(name: str, parse: Callable[[str], T], default: T) -> T:
        try:
            return parse(texts[name]) if name in texts else default
        except ConfigError as error:
            problems.append(error.message)
        except ValueError as error:
            problems.append(f"{name}: {texts[name][:SHOWN]!r} is {error}")
        return default

    wish = Wish(
        idea=take("idea", parse_idea, ""),
        genre=take("genre", _one_of(Genre), None),
        form=take("form", _one_of(Form), None),
        age=take("age", _one_of(AgeBand), None),
        minutes=take("minutes", _parse_minutes, None),
        cast=take("cast", _parse_names, ()),
        place=take("place", _parse_name, ""),
        series=take("series", _parse_name, ""),
        seed=take("seed", _parse_seed, None),
        language=take("language", parse_language, ""),
    )
    if problems:
        raise ConfigError(f"this cannot be told: {'; '.join(problems)}", "Correct it and ask again; nothing was made.")
    return wish


def parse_language(text: str) -> str:
    """Return the code of a language. Raises ValueError."""
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", text):
        raise ValueError("no language code such as 'en' or 'en-GB'")
    return text


def _clean(text: str) -> str:
    """Return one line in NFC without control and format characters."""
    return " ".join(clean_text(text).split())


def _one_of(kind: type[E]) -> Callable[[str], E | None]:
    def parse(text: str) -> E | None:
        if text.lower() not in list(kind):
            raise ValueError(f"none of {', '.join(kind)}")
        return kind(text.lower())

    return parse


def _parse_minutes(text: str) -> float | None:
    if not re.fullmatch(r"\d{1,2}(?:[.,]\d{1,2})?", text, re.ASCII):
        raise ValueError("no number of minutes")
    return float(text.replace(",", "."))


def _parse_name(text: str) -> str:
    if len(text) > IDEA_LENGTH // 4:
        raise ValueError("far too long for a name")
    return text


def _parse_names(text: str) -> tuple[str, ...]:
    return tuple(_parse_name(name.strip()) for name in text.split(",") if name.strip())


def _parse_seed(text: str) -> int | None:
    if not re.fullmatch(r"\d{1,15}", text, re.ASCII) or int(text) >= SEEDS:
        raise ValueError(f"no whole number below {SEEDS}")
    return int(text)
