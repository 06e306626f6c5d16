"""Read what a person asked for: names, creatures, things, the place, the time, the weather, a wish."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from generator.story import TimeOfDay, Weather

_Kind = TypeVar("_Kind", TimeOfDay, Weather)
_TOKEN = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|[,.;:!?]")
_PRONOUNS = {"he": "he", "his": "he", "him": "he", "she": "she", "her": "she", "hers": "she"}
_WISH = re.compile(
    r"\b(?:wants?|wish(?:es)?|hopes?|longs?|dreams?|tries|learns?)\s+(to\s+[^.,;!?]{3,90})", re.IGNORECASE
)
_CLAUSE = re.compile(
    r"\b(who\s+(?:is|was|cannot|can|can[’']t|never|always|lost|has|loves|hates|lives)\b[^.,;!?]{2,90})"
)
_NUMBER_WORDS = "two three four five six seven eight nine ten many some"
_NUMBER = frozenset(_NUMBER_WORDS.split())
_DETERMINER_WORDS = "a an the his her their my its our this that some one"
_DETERMINERS = frozenset(_DETERMINER_WORDS.split()) | _NUMBER


@dataclass(frozen=True, slots=True)
class Idea:
    """What an idea asks for; everything is optional."""

    names: tuple[str, ...] = ()  # "Luna"
    creatures: tuple[str, ...] = ()  # kinds: "dragon"
    named: tuple[tuple[str, str], ...] = ()  # ("Ember", "dragon"): a name and the creature it stands next to
    things: tuple[str, ...] = ()  # phrases in the singular: "golden key"
    extras: tuple[str, ...] = ()  # telling words that are none of these
    pronouns: str = ""
    place: str = ""  # a kind of place
    time: TimeOfDay | None = None
    weather: Weather | None = None
    wish: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    drawable: frozenset[str]
    creatures: frozenset[str]
    adjectives: frozenset[str]
    mass: frozenset[str]
    finite: frozenset[str]
    people: frozenset[str]
    stop: frozenset[str]
    places: Mapping[str, str]
    times: Mapping[str, str]
    weather: Mapping[str, str]


def parse_idea(text: str) -> Idea:
    """Read an idea. Never fails: what it does not understand ends among the extras."""
    lexicon, words = load_lexicon(), _TOKEN.findall(text)
    low = [word.lower() for word in words]
    names = _find_names(words, lexicon)
    taken = {name.lower() for name in names}
    creatures = tuple(dict.fromkeys(kind for word in low if (kind := _singular(word, lexicon.creatures))))
    place = next((lexicon.places[word] for word in low if word in lexicon.places), "")
    things = _find_things(low, lexicon, taken)
    known = taken | {part for thing in things for part in thing.split()}
    pronouns = next((_PRONOUNS[word] for word in low if word in _PRONOUNS), "")
    wish, clause = _WISH.search(text), _CLAUSE.search(text)
    said = " ".join(match[1] for match in (wish, clause) if match).lower()
    return Idea(
        names=names,
        creatures=creatures,
        named=tuple((name, kind) for name in names if (kind := _kind_beside(words, name, lexicon))),
        things=things,
        extras=tuple(w for w in dict.fromkeys(low) if _is_telling(w, lexicon) and w not in known and w not in said),
        pronouns=pronouns,
        place=place,
        time=_lookup(low, lexicon.times, TimeOfDay),
        weather=_lookup(low, lexicon.weather, Weather),
        wish=_cut(wish[1], lexicon) if wish else "",
        clause=_cut(clause[1], lexicon) if clause else "",
    )


@cache
def load_lexicon() -> _Lexicon:
    """Read the word lists of the banks."""
    data = tomllib.loads((Path(__file__).parent / "banks" / "nouns.toml").read_text("utf-8"))

    def group(name: str) -> frozenset[str]:
        return frozenset(word.replace("_", " ") for word in data[name].split())

    def table(name: str) -> dict[str, str]:
        return {word: key for key, words in data[name].items() for word in words.split()}

    stop = group("verbs") | group("common")
    return _Lexicon(
        drawable=group("drawable"),
        creatures=group("creatures"),
        adjectives=group("adjectives"),
        mass=group("mass"),
        finite=group("finite"),
        people=group("people"),
        stop=stop,
        places=table("places"),
        times=table("times"),
        weather=table("weather"),
    )


def drawable_in(phrase: str) -> str:
    """Give the thing in a phrase that can be drawn, or its last word."""
    words = phrase.lower().split()
    return next(
        (w for w in (*(" ".join(words[i:]) for i in range(len(words))), *words) if w in load_lexicon().drawable),
        words[-1],
    )


def _find_names(words: list[str], lexicon: _Lexicon) -> tuple[str, ...]:
    names: list[str] = []
    for i, word in enumerate(words):
        before = words[i - 1].lower() if i else "."
        if not word[0].isupper() or word == "I" or word.isupper():
            continue
        opens = before in {".", "!", "?", ":"}
        low = word.lower()
        plain = (
            low in lexicon.stop | lexicon.adjectives | lexicon.creatures | lexicon.drawable or low in lexicon.weather
        )
        if (
            before in {"named", "called"}
            or (not plain and not opens)
            or (not plain and _followed_by_verb(words, i, lexicon))
        ):
            names.append(word)
    return tuple(dict.fromkeys(names))


def _kind_beside(words: list[str], name: str, lexicon: _Lexicon) -> str:
    """Give the creature of "a dragon named Ember", "her dog Toby" or "Ember the little dragon"."""
    at = words.index(name)
    before = [word.lower() for word in words[max(at - 2, 0) : at] if word not in {",", "."}]
    after = [word.lower() for word in words[at + 1 : at + 4]] if words[at + 1 : at + 2] in (["the"], ["a"]) else []
    return next((kind for word in (*reversed(before), *after) if (kind := _singular(word, lexicon.creatures))), "")


def _followed_by_verb(words: list[str], i: int, lexicon: _Lexicon) -> bool:
    after = words[i + 1].lower() if i + 1 < len(words) else ""
    return after in lexicon.stop or after in {",", "the"} or after.endswith("s")


def _find_things(low: list[str], lexicon: _Lexicon, names: set[str]) -> tuple[str, ...]:
    things = []
    for i, word in enumerate(low):
        if word in _DETERMINERS and (phrase := _phrase(low[i + 1 :], lexicon, names)):
            things.append(_one_of(phrase, lexicon, many=word in _NUMBER))
    said = " ".join(things)
    for word in low:
        kind = _singular(word, lexicon.drawable)
        if kind and kind not in said and word not in lexicon.creatures and word not in {"sun", "tree"}:
            things.append(_one_of(word, lexicon, many=word != kind))
    return tuple(dict.fromkeys(things))


def _phrase(rest: list[str], lexicon: _Lexicon, names: set[str]) -> str:
    """Give the noun phrase at the front of the words after a determiner, unless it is a creature or a place."""
    taken: list[str] = []
    while (
        rest
        and len(taken) < 3
        and (rest[0] in lexicon.adjectives or (taken == [] and rest[0].endswith(("ing", "less", "ful"))))
    ):
        taken.append(rest.pop(0))
    if not rest or (not rest[0].isalpha() and "-" not in rest[0]) or rest[0] in lexicon.stop | names:
        return ""
    head = rest[0]
    if _singular(head, lexicon.creatures) and not (len(rest) > 1 and rest[1] in lexicon.drawable):
        return ""
    if head in lexicon.people or head in lexicon.places or head in lexicon.times or head in lexicon.weather:
        return ""
    taken = [word for word in taken if word not in _NUMBER and word not in {"very", "own", "whole"}] + [head]
    if len(rest) > 1 and _singular(rest[1], lexicon.drawable):
        taken.append(rest[1])
    return " ".join(taken)


def _one_of(phrase: str, lexicon: _Lexicon, *, many: bool) -> str:
    """Make one thing of a plural or of stuff: "a basket of mittens", "a jar of honey"."""
    head = phrase.split()[-1]
    if head in lexicon.mass:
        return f"jar of {phrase}"
    plural = head.endswith("s") and not head.endswith(("ss", "us", "is")) and head not in lexicon.drawable
    return f"basket of {phrase}" if plural or (many and plural) else phrase


def _singular(word: str, group: frozenset[str]) -> str:
    for form in (
        word,
        word.removesuffix("s"),
        word.removesuffix("es"),
        word.removesuffix("ies") + "y",
        word.removesuffix("ves") + "f",
    ):
        if form in group:
            return form
    return ""


def _is_telling(word: str, lexicon: _Lexicon) -> bool:
    if len(word) < 4 or not word.isalpha() or word in lexicon.stop or word in lexicon.adjectives:
        return False
    known = word in lexicon.people or word in lexicon.times or word in lexicon.places or word in lexicon.weather
    return not (known or _singular(word, lexicon.creatures))


def _cut(clause: str, lexicon: _Lexicon) -> str:
    """End a clause ("who is afraid of the dark") where the next verb of the sentence begins."""
    words = clause.split()
    cut = next(
        (
            i
            for i, word in enumerate(words[3:], 3)
            if word in lexicon.finite and (words[i - 1] != "to" or word == "with")
        ),
        len(words),
    )
    return " ".join(words[:cut])


def _lookup(low: list[str], table: Mapping[str, str], kind: type[_Kind]) -> _Kind | None:
    return next((kind(table[word]) for word in low if word in table), None)
