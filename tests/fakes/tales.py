"""What the fake models write: a whole story that fits the prompt, told by the embedded writer and put into JSON.

The prompt is the one of generator/models/prompts.py: who and where is read from its data, length, age, genre and form from its
words. A prompt without data gets the story of a fox and a turtle.
"""

import json
import re
import zlib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from generator.judging.quality import check_story
from generator.models.guidance import AGES, FORMS, GENRES
from generator.reading import make_slug
from generator.story import AgeBand, Brief, Character, Form, Genre, PicturePrompt, Place, Slot, Span, Story
from generator.writers.embedded import EmbeddedWriter
from tests.fakes.wire import strings

DATA = "The brief, as data:\n"
_PIP = {"key": "pip", "name": "Pip", "kind": "fox", "pronouns": "she"}
_MOSS = {"key": "moss", "name": "Moss", "kind": "turtle", "pronouns": "he"}
_HOLLOW = {"name": "Amber Hollow", "kind": "forest"}
_QUOTED = re.compile(r"(“[^”]*”)")
Data = Mapping[str, object]


def tell(body: Data) -> str:
    """Return the story a request asks for, as the JSON text a good model would answer."""
    return _tell("\n".join(strings(dict(body))))


@lru_cache(maxsize=32)
def _tell(prompt: str) -> str:
    findings: tuple[str, ...] = ()
    for turn in range(24):
        brief = read_brief(prompt, turn)
        story = EmbeddedWriter().write(brief)
        findings = check_story(story, brief)
        if not findings:
            return json.dumps(make_story_json(story, brief), ensure_ascii=False)
    raise AssertionError(f"no good story for this prompt: {findings}")


def read_brief(prompt: str, turn: int = 0) -> Brief:
    """Return the brief behind a prompt; a turn more gives the brief of another story."""
    data = _find_data(prompt)
    cast, place, told = data.get("cast", ()), data.get("place"), data.get("told", ())
    cards = [card for card in cast if isinstance(card, dict)] if isinstance(cast, list) else []
    hero, helper = [*cards, _PIP, _MOSS][:2] if len(cards) != 1 else (cards[0], _MOSS)
    words = re.search(r"(\d{2,4}) (?:to|-|–) (\d{2,4}) words", prompt)
    age = next((age for age, said in AGES.items() if said in prompt), AgeBand.MIDDLE)
    at = re.search(r"It takes place (.{1,80})\.\n", prompt)
    titles = [str(one.get("title")) for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    return Brief(
        slot=Slot(date(2026, 11, 21)),
        seed=zlib.crc32(f"{turn} {prompt}".encode()),
        genre=next((genre for genre, said in GENRES.items() if said in prompt), Genre.BEDTIME),
        form=next((form for form, said in FORMS.items() if said in prompt), Form.PROSE),
        age=age,
        words=Span(int(words[1]), int(words[2])) if words else age.words,
        hero=_make_character(hero),
        helper=_make_character(helper),
        place=_make_place(place if isinstance(place, dict) else _HOLLOW, at[1] if at else ""),
        idea=str(data.get("idea", "")),
        titles=frozenset(make_slug(title) for title in titles),
    )


def make_story_json(story: Story, brief: Brief) -> dict[str, object]:
    """Return a story as a value of the writers' JSON schema (generator/models/guidance.py)."""
    return {
        "title": story.title,
        "summary": story.summary,
        "scenes": [
            {
                "heading": scene.heading,
                "paragraphs": [{"parts": _make_parts(paragraph, brief)} for paragraph in scene.paragraphs],
                "picture": _make_picture(scene.picture),
            }
            for scene in story.scenes
        ],
        "cover": _make_picture(story.cover),
        "moral": story.moral,
        "question": story.question,
        "tags": list(story.tags),
    }


def _find_data(prompt: str) -> Data:
    _, found, rest = prompt.partition(DATA)
    try:
        value, _ = json.JSONDecoder().raw_decode(rest) if found else ({}, 0)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _make_character(card: Data) -> Character:
    def texts(key: str) -> tuple[str, ...]:
        value = card.get(key, ())
        return tuple(str(item) for item in value) if isinstance(value, list) else ()

    key, name, kind = str(card.get("key")), str(card.get("name")), str(card.get("kind"))
    pronouns, look = str(card.get("pronouns", "they")), str(card.get("look", ""))
    return Character(key, name, kind, pronouns, texts("traits"), texts("wishes"), look)


def _make_place(card: Data, at: str) -> Place:
    name, details = str(card.get("name")), card.get("details", ())
    seen = tuple(str(item) for item in details) if isinstance(details, list) else ()
    return Place(make_slug(name), name, str(card.get("kind")), at or f"in {name}", seen, str(card.get("look", "")))


def _make_picture(prompt: PicturePrompt) -> dict[str, object]:
    return {
        "description": prompt.text,
        "alt": prompt.alt,
        "cast": [figure.character.key for figure in prompt.figures][:2],
        "objects": list(prompt.objects)[:4],
        "time": str(prompt.time),
        "weather": str(prompt.weather),
    }


def _make_parts(paragraph: str, brief: Brief) -> list[dict[str, str]]:
    """Split a paragraph at its quotation marks; what is said goes to whoever the words after it, or around it, name."""
    pieces = [piece for piece in _QUOTED.split(paragraph) if piece.strip()]
    parts = []
    for number, piece in enumerate(pieces):
        if not piece.startswith("“"):
            parts.append({"speaker": "narrator", "text": piece})
            continue
        near = " ".join(pieces[number + 1 : number + 2]) + _QUOTED.sub(" ", paragraph)
        found = sorted((near.find(one.name), one.key) for one in (brief.hero, brief.helper) if one.name in near)
        parts.append({"speaker": found[0][1] if found else "somebody", "text": piece[1:-1]})
    return parts
