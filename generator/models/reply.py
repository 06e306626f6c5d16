"""A model's reply -> Story. The model is not trusted: whatever is not the object that was asked for is a BadReply. Pure.

The reply may be the object alone, in a code fence, or among words, with a comma too many or a comment. Every text in it
becomes plain text of a bounded length; nothing in it can name a file, a template or a key of a page.
"""

import html
import json
import re
import zlib
from collections.abc import Mapping
from enum import StrEnum
from itertools import islice
from typing import TypeVar, cast

from generator.errors import BadReply
from generator.markdown import clean_text
from generator.models.dialogue import NARRATOR, Part, join_parts, typographic
from generator.story import (
    Brief,
    Character,
    Credit,
    Figure,
    PicturePrompt,
    Pose,
    Scene,
    Speech,
    Story,
    TimeOfDay,
    Weather,
)

MOST_CHARACTERS = 200_000  # of a whole reply; the longest story is a tenth of it
MOST_SCENES, MOST_PARAGRAPHS, MOST_PARTS, MOST_WORDS = 12, 60, 60, 3_000
MOST_OBJECTS, MOST_TAGS = 4, 5
LONG, SHORT, TINY = 4_000, 600, 40  # characters of a part, of a line, of a word
DEEPEST = 40  # brackets inside brackets
CANDIDATES = 6  # objects that are looked at

_THOUGHT = re.compile(r"[\s\ufeff]*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_STRING = r'("[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z))'
_LOOSE = re.compile(rf"{_STRING}|//[^\n]*|,(?=\s*[\]}}])", re.DOTALL)
_BRACKET = re.compile(rf"{_STRING}|([\[{{])|([\]}}])", re.DOTALL)
_BEGINS = re.compile(r'\{(?=\s*["}/])')
_EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=[^\s*_])([^*_\n]{1,300})(?<=\S)\1(?![\w*_])")
_TAG = re.compile(r"</?(?:b|i|em|strong|u|q|p)\s*>", re.IGNORECASE)
_PLAIN = re.compile(r"[^\W_]+(?:[ '’-][^\W_]+)*")
_POSES = {
    Pose.SLEEP: r"\b(?:asleep|sleep\w*|doz\w+|nap\w*|snor\w+|curled up)\b",
    Pose.SIT: r"\b(?:sit|sits|sat|sitting|kneel\w*|perch\w*|crouch\w*)\b",
    Pose.HOLD: r"\b(?:holds?|holding|held|carr(?:y|ies|ying)|lifts?|lifting|raises?|raising)\b",
    Pose.WALK: r"\b(?:walks?|walking|runs?|running|climbs?|climbing|hurr(?:y|ies|ying)|follows?|following|strid\w+)\b",
}
T = TypeVar("T", bound=StrEnum)


def parse_story(text: str, brief: Brief, credit: Credit) -> Story:
    """Return the story that a reply holds. Raises BadReply that says what is wrong and where."""
    try:
        return _make_story(_find_object(text), brief, credit)
    except ValueError as error:
        raise BadReply(f"the reply is not the story that was asked for: {error}", provider=credit.provider) from None


def _make_story(data: Mapping[str, object], brief: Brief, credit: Credit) -> Story:
    scenes = tuple(_make_scene(item, number, brief) for number, item in enumerate(_items(data, "scenes", MOST_SCENES)))
    if not scenes:
        raise ValueError("scenes: empty")
    story = Story(
        title=_line(data, "title").strip("“”‘’ "),
        summary=_line(data, "summary"),
        cover=_make_picture(_object(data.get("cover"), "cover"), "cover", "cover", brief),
        scenes=scenes,
        moral=_line(data, "moral"),
        question=_line(data, "question"),
        credit=credit,
        tags=_words(data, "tags", MOST_TAGS),
    )
    if not story.title:
        raise ValueError("title: empty")
    if story.word_count > MOST_WORDS:
        raise ValueError(f"scenes: {story.word_count} words; {brief.words.high:g} at most were asked for")
    return story


def _make_scene(item: object, number: int, brief: Brief) -> Scene:
    where = f"scenes[{number}]"
    data = _object(item, where)
    paragraphs, speeches = list[str](), list[Speech]()
    for at, one in enumerate(_items(data, "paragraphs", MOST_PARAGRAPHS, f"{where}.")):
        spot = f"{where}.paragraphs[{at}]"
        paragraph, said = join_parts(_parts(_object(one, spot), spot, brief), len(paragraphs), _cast(brief))
        if paragraph:
            paragraphs.append(paragraph)
            speeches += said
    if not paragraphs:
        raise ValueError(f"{where}.paragraphs: empty")
    picture = _make_picture(
        _object(data.get("picture"), f"{where}.picture"), f"{where}.picture", f"scene-{number + 1}", brief
    )
    return Scene(_line(data, "heading", f"{where}."), tuple(paragraphs), picture, tuple(speeches))


def _parts(data: Mapping[str, object], where: str, brief: Brief) -> list[Part]:
    parts = []
    for at, item in enumerate(_items(data, "parts", MOST_PARTS, f"{where}.")):
        spot = f"{where}.parts[{at}]"
        part = _object(item, spot)
        speaker = _speaker(_line(part, "speaker", f"{spot}."), brief)
        parts.append(Part(speaker, _plain(_string(part, "text", f"{spot}.", LONG))))
    return parts


def _speaker(said: str, brief: Brief) -> str:
    """Return the key of the card that is meant; a stranger is left as it is: it has a voice, but no card."""
    by_name = {name.casefold(): one.key for one in (brief.helper, brief.hero) for name in (one.name, one.key)}
    return NARRATOR if said.casefold() in {"", NARRATOR} else by_name.get(said.casefold(), said)


def _make_picture(data: Mapping[str, object], where: str, name: str, brief: Brief) -> PicturePrompt:
    description, cast = _line(data, "description", f"{where}."), _cast(brief)
    shown = dict.fromkeys(_speaker(key, brief) for key in _words(data, "cast", MOST_PARTS, f"{where}."))
    names = [one.name for one in cast.values()]
    return PicturePrompt(
        name=name,
        text=description,
        alt=_line(data, "alt", f"{where}."),
        place=brief.place,
        figures=tuple(Figure(cast[key], _pose(cast[key].name, names, description)) for key in shown if key in cast),
        objects=tuple(word.lower() for word in _words(data, "objects", MOST_OBJECTS, f"{where}.")),
        time=_choice(data, "time", TimeOfDay.NIGHT),
        weather=_choice(data, "weather", Weather.CLEAR),
        genre=brief.genre,
        seed=zlib.crc32(f"{brief.seed} {name}".encode()) & 0x7FFFFFFF,
    )


def _pose(name: str, names: list[str], description: str) -> Pose:
    """Guess what a figure does from the words that follow its name, up to the next name."""
    _, found, after = description.partition(name)
    for other in names:
        after = after.partition(other)[0] if other != name else after
    poses = (pose for pose, words in _POSES.items() if found and re.search(words, after, re.IGNORECASE))
    return next(poses, Pose.STAND)


def _cast(brief: Brief) -> dict[str, Character]:
    return {one.key: one for one in (brief.hero, brief.helper)}


def _choice(data: Mapping[str, object], key: str, usual: T) -> T:
    value = data.get(key)
    return type(usual)(value) if isinstance(value, str) and value in list(type(usual)) else usual


def _object(value: object, where: str) -> Mapping[str, object]:
    if value is None:
        raise ValueError(f"{where}: missing")
    if not isinstance(value, dict):
        raise ValueError(f"{where}: not an object")
    return value


def _items(data: Mapping[str, object], key: str, most: int, where: str = "") -> list[object]:
    value = data.get(key)
    if value is None:
        raise ValueError(f"{where}{key}: missing")
    if not isinstance(value, list):
        raise ValueError(f"{where}{key}: not a list")
    if len(value) > most:
        raise ValueError(f"{where}{key}: {len(value)} items; {most} at most are read")
    return value


def _string(data: Mapping[str, object], key: str, where: str, most: int) -> str:
    value = data.get(key)
    if value is None:
        raise ValueError(f"{where}{key}: missing")
    if not isinstance(value, str):
        raise ValueError(f"{where}{key}: not a text")
    if len(value) > most:
        raise ValueError(f"{where}{key}: {len(value)} characters; {most} at most are read")
    return value


def _line(data: Mapping[str, object], key: str, where: str = "") -> str:
    """Return one line of plain text, which may be empty."""
    return typographic(" ".join(clean_text(_plain(_string(data, key, where, SHORT))).split()))


def _words(data: Mapping[str, object], key: str, most: int, where: str = "") -> tuple[str, ...]:
    """Return the first of a list of plain words; what is no word is left out."""
    items = (item for item in _items(data, key, MOST_PARTS, where) if isinstance(item, str) and len(item) <= TINY)
    words = dict.fromkeys(clean_text(item) for item in items)
    return tuple(word for word in words if _PLAIN.fullmatch(word))[:most]


def _plain(text: str) -> str:
    """Take off what a model adds for emphasis; any other markup stays, and is found by the checks of quality."""
    text = _TAG.sub("", html.unescape(text))
    return _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", text))


def _find_object(text: str) -> Mapping[str, object]:
    """Return the first JSON object of the reply that can be a story, whatever stands before and after it."""
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"{len(text):,} characters; {MOST_CHARACTERS:,} at most are read")
    problem = ""
    thought = _THOUGHT.match(text)
    for begin in islice(_BEGINS.finditer(text, thought.end() if thought else 0), CANDIDATES):
        try:
            value = _read_json(text[begin.start() :])
        except ValueError as error:
            problem = problem or f"the JSON breaks {error}"
        else:
            if "scenes" in value:
                return value
            problem = problem or "scenes: missing"
    raise ValueError(problem or "there is no JSON object in it")


def _read_json(text: str) -> dict[str, object]:
    """Return the object at the beginning of a text; a comma too many and comments are read over."""
    problem: ValueError | None = None
    for attempt in (text, _LOOSE.sub(lambda match: match[1] or "", text)):
        _check_depth(attempt)
        try:
            return cast("dict[str, object]", json.JSONDecoder(strict=False).raw_decode(attempt)[0])
        except json.JSONDecodeError as error:
            # Where the strict reading broke is what the writer can mend.
            problem = problem or ValueError(f"at character {error.pos} ({error.msg[0].lower()}{error.msg[1:]})")
        except ValueError:
            problem = problem or ValueError("at a number of thousands of digits")
    raise problem or ValueError


def _check_depth(text: str) -> None:
    depth = 0
    for match in _BRACKET.finditer(text):
        depth += bool(match[2]) - bool(match[3])
        if depth > DEEPEST:
            raise ValueError(f"at character {match.start()} (brackets {DEEPEST} deep)")
