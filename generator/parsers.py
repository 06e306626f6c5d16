"""The values of taleshelf.toml, each read by a function that says in a few words what is wrong with it. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import time
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generator.briefs import MINUTES
from generator.money.budget import DOLLAR

AUTO, DELIVERIES = "auto", ("pages", "branch", "s3", "none")
E = TypeVar("E", bound=StrEnum)


def parse_text(value: object) -> str:
    """Read a text, on one line. Raises ValueError, as all of these do."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not text; put it in quotes")
    return " ".join(value.split())


def _matched(value: object, pattern: str, what: str) -> str:
    text = parse_text(value)
    if not re.fullmatch(pattern, text):
        raise ValueError(f"{text!r} is not {what}")
    return text


def parse_flag(value: object) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is neither true nor false")
    return value


def parse_number(value: object, low: float, high: float) -> float:
    """Read a number from `low` to `high`."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise ValueError(f"{value!r} is not a number from {low:g} to {high:g}")
    return float(value)


def parse_speed(value: object) -> float:
    """Read the speed of a voice."""
    return parse_number(value, 0.5, 2.0)


def parse_minutes(value: object) -> float | None:
    """Read the length of a story; None for 0, which leaves it to the age band."""
    return None if value == 0 and not isinstance(value, bool) else parse_number(value, *MINUTES)


def up_to(most: int) -> Callable[[object], int]:
    """Return what reads a whole number from 0 to `most`."""

    def parse(value: object) -> int:
        if not isinstance(value, int):
            raise ValueError(f"{value!r} is not a whole number")
        return int(parse_number(value, 0, most))

    return parse


def parse_timezone(value: object) -> ZoneInfo:
    """Read the name of a time zone."""
    try:
        return ZoneInfo(parse_text(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{value!r} is not a time zone; write it as 'Europe/Berlin'") from None


def parse_language(value: object) -> str:
    """Read the code of a language."""
    return _matched(value, r"[a-z]{2,3}(-[A-Z]{2})?", "a language code such as 'en' or 'en-GB'")


def list_of(kind: type[E]) -> Callable[[object], tuple[E, ...]]:
    """Return what reads a list of at least one of the values of an enum."""

    def parse(value: object) -> tuple[E, ...]:
        names = parse_names(value)
        for name in names:
            if name not in list(kind):
                raise ValueError(f"{name!r} is none of {', '.join(kind)}")
        return tuple(kind(name) for name in names)

    return parse


def some_of(kind: type[E]) -> Callable[[object], tuple[E, ...]]:
    """Return what reads a list of the values of an enum, which may be empty."""
    return lambda value: () if value == [] else list_of(kind)(value)


def parse_names(value: object) -> tuple[str, ...]:
    """Read a list of at least one text."""
    if not isinstance(value, list) or not value or not all(isinstance(name, str) for name in value):
        raise ValueError("give a list of at least one text in quotes")
    return tuple(value)


def parse_some_names(value: object) -> tuple[str, ...]:
    """Read a list of texts, which may be empty."""
    return () if value == [] else parse_names(value)


def parse_money(value: object) -> int:
    """Read dollars as micro-dollars."""
    return round(parse_number(value, 0, 10_000) * DOLLAR)


def parse_remote(value: object) -> str:
    """Read the name of a git remote."""
    return _matched(value, r"[A-Za-z0-9][A-Za-z0-9._/-]*", "the name of a git remote")


def parse_branch(value: object) -> str:
    """Read the name of a git branch."""
    return _matched(value, r"[A-Za-z0-9](?:[A-Za-z0-9_-]|[./](?=[A-Za-z0-9_-]))*(?<!\.lock)", "the name of a branch")


def parse_delivery(value: object) -> str:
    """Read where workflows publish to."""
    if value not in (AUTO, *DELIVERIES):
        raise ValueError(f"{value!r} is none of {', '.join((AUTO, *DELIVERIES))}")
    return str(value)


def parse_label(value: object) -> str:
    """Read the name of a label on GitHub."""
    return _matched(value, r"[\w .:/+-]{1,50}", "the name of a label")


def parse_time(value: object) -> time:
    """Read a time of day."""
    return time.fromisoformat(_matched(value, r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", "a time of day such as '08:00'"))


def take_anything(value: object) -> object:
    """Take a value as it is."""
    return value


def parse_provider(value: object) -> Mapping[str, object]:
    """Read a provider's own table; the provider knows its keys."""
    if not isinstance(value, dict):
        raise ValueError("write it as a table of its own, [providers.openai]")
    for key, setting in value.items():
        if re.search(r"key|token|secret|password", key, re.IGNORECASE) and not key.endswith("_tokens"):
            raise ValueError(f"{key} does not belong into a file: the provider reads it from a variable")
        if not isinstance(setting, str | int | float | bool):
            raise ValueError(f"{key}: {setting!r} is neither text nor number nor true or false")
    if "deadline" in value:
        parse_number(value["deadline"], 1, 3_600)
    return value
