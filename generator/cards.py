"""The authored cards: cast, places and series. Text in, frozen values out; every problem names file and key."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar

from generator.errors import ConfigError
from generator.markdown import plain_text, split_front_matter
from generator.story import Character, Form, Genre, Place, Series

PRONOUNS = ("he", "she", "they", "it")
T = TypeVar("T", Character, Place, Series)
E = TypeVar("E", Genre, Form)


@dataclass(frozen=True, slots=True)
class Cards:
    """Everything the owner has authored, each in the order of its file names."""

    cast: tuple[Character, ...]
    places: tuple[Place, ...]
    series: tuple[Series, ...]


def read_cards(content: Path) -> Cards:
    """Read all cards under a content folder. Raises ConfigError with all problems at once."""
    problems: list[str] = []
    cards = Cards(
        _read_folder(content / "cast", parse_character, problems),
        _read_folder(content / "places", parse_place, problems),
        _read_folder(content / "series", parse_series, problems),
    )
    for folder, found, needed in (("cast", cards.cast, 2), ("places", cards.places, 1)):
        if len(found) < needed and not problems:
            problems.append(f"content/{folder}: a story needs at least {needed}, found {len(found)}")
    for series in cards.series:
        known = (("cast", series.cast, cards.cast), ("places", series.places, cards.places))
        for key, named, there in known:
            strangers = [name for name in named if name not in {card.key for card in there}]
            problems += (f"content/series/{series.key}.md: {key}: there is no card {name!r}" for name in strangers)
    if problems:
        raise ConfigError("; ".join(problems), "Edit the file, or compare it with another card of the same folder.")
    return cards


def _read_folder(folder: Path, parse: Callable[[str, str], T], problems: list[str]) -> tuple[T, ...]:
    found = []
    for path in sorted(folder.glob("*.md")):
        if path.stem == "index":
            continue
        try:
            found.append(parse(path.stem, path.read_text(encoding="utf-8")))
        except (ValueError, OSError) as error:
            problems.append(f"content/{folder.name}/{path.name}: {error}")
    return tuple(found)


def parse_character(key: str, text: str) -> Character:
    """Read a card of the cast. Raises ValueError that names the key."""
    values, body = _parse_card(key, text, Character)
    colours = _texts(values, "colours") or Character("", "", "").colours
    if len(colours) != 3 or not all(re.fullmatch(r"#[0-9a-fA-F]{6}", colour) for colour in colours):
        raise ValueError('colours: give three, as ["#c8602b", "#f6e2c4", "#2f7f86"] (coat, belly, what it wears)')
    pronouns = _text(values, "pronouns") or "they"
    if pronouns not in PRONOUNS:
        raise ValueError(f"pronouns: {pronouns!r} is none of {', '.join(PRONOUNS)}")
    return Character(
        key=key,
        name=_required(values, "name"),
        kind=_required(values, "kind").lower(),
        pronouns=pronouns,
        traits=_texts(values, "traits"),
        wishes=_texts(values, "wishes"),
        look=_text(values, "look"),
        colours=(colours[0], colours[1], colours[2]),
        wears=_text(values, "wears").lower(),
        voice=_text(values, "voice"),
        say=_text(values, "say"),
        about=body,
    )


def parse_place(key: str, text: str) -> Place:
    """Read the card of a place. Raises ValueError that names the key."""
    values, body = _parse_card(key, text, Place)
    name = _required(values, "name")
    return Place(
        key=key,
        name=name,
        kind=_required(values, "kind").lower(),
        at=_text(values, "at") or f"in {name}",
        details=_texts(values, "details"),
        look=_text(values, "look"),
        say=_text(values, "say"),
        about=body,
    )


def parse_series(key: str, text: str) -> Series:
    """Read the card of a series. Raises ValueError that names the key."""
    values, body = _parse_card(key, text, Series)
    weekday = values.get("weekday")
    if weekday is not None and (isinstance(weekday, bool) or not isinstance(weekday, int) or not 0 <= weekday <= 6):
        raise ValueError(f"weekday: {weekday!r} is not a number from 0 (Monday) to 6 (Sunday)")
    return Series(
        key=key,
        name=_required(values, "name"),
        genre=_choice(values, "genre", Genre),
        form=_choice(values, "form", Form),
        cast=_texts(values, "cast"),
        places=_texts(values, "places"),
        weekday=weekday,
        about=body,
    )


def _parse_card(key: str, text: str, kind: type) -> tuple[dict[str, object], str]:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
        raise ValueError("the file name may have small letters, digits and single hyphens only")
    values, body = split_front_matter(text)
    # "title" and "description" are what MkDocs and its themes know; an owner may set them on any page.
    known = {field.name for field in fields(kind)} - {"key", "about"} | {"title", "description"}
    for unknown in values.keys() - known:
        raise ValueError(f"{unknown}: unknown; known are {', '.join(sorted(known))}")
    return values, plain_text(body)


def _text(values: Mapping[str, object], key: str) -> str:
    value = values.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{key}: {value!r} is not text; put it in quotes")
    return plain_text(value)


def _required(values: Mapping[str, object], key: str) -> str:
    value = _text(values, key)
    if not value:
        raise ValueError(f"{key}: missing")
    if len(value) > 80 or "\n" in value:
        raise ValueError(f"{key}: longer than 80 characters or a line")
    return value


def _texts(values: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = values.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"{key}: not a list of texts")
    return tuple(plain_text(item) for item in value)


def _choice(values: Mapping[str, object], key: str, kind: type[E]) -> E | None:
    value = _text(values, key)
    if not value:
        return None
    if value not in list(kind):
        raise ValueError(f"{key}: {value!r} is none of {', '.join(kind)}")
    return kind(value)
