"""Is a text fit for its age, and does it keep private what is private? Nothing is changed, everything is reported. Pure.

The lists are in themes.py. What is found is weighed for the age band: a single word that is too much for a child of four
may be one of five that are too much for one of ten.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from generator.judging.themes import EXCEPTIONS, FOREIGN, ORDERS, PERSONAL, PRIVATE, RULES
from generator.story import AgeBand

ENOUGH = 1.0  # of one theme
TOO_MUCH = 1.9  # of all themes together
OFTEN = 3  # how many times the same word counts

_WORD = re.compile(r"[^\W\d_]+(?:[’-][^\W\d_]+)*")
_BANDS = tuple(AgeBand)


def check_text(text: str, age: AgeBand, language: str = "en") -> tuple[str, ...]:
    """Report what keeps a text from a child of that age: one sentence for each theme, and one for each private thing."""
    text = text.replace("'", "’")
    return (*_check_themes(text, age, _base(language)), *_check_private(text, PERSONAL))


def check_idea(text: str, age: AgeBand = AgeBand.MIDDLE, language: str = "en") -> tuple[str, ...]:
    """Report what keeps an idea from being told: as for a story, and names, schools and orders to the writer besides."""
    text = text.replace("'", "’")
    orders = ("it gives orders to the writer; an idea says what happens in a story",)
    return (
        *_check_themes(text, age, _base(language)),
        *_check_private(text, PERSONAL | PRIVATE),
        *(orders if any(pattern.search(text) for pattern in _orders()) else ()),
    )


def _check_themes(text: str, age: AgeBand, language: str) -> Iterator[str]:
    weights: Counter[str] = Counter()
    found: dict[str, list[str]] = {}
    for theme, weight, what in _find(text, _BANDS.index(age), language):
        weights[theme] += weight  # type: ignore[assignment]  # a Counter adds fractions as well
        found.setdefault(theme, []).append(what)
    heavy = [theme for theme, weight in weights.items() if weight >= ENOUGH]
    for theme in heavy:
        yield f"{theme}, which is not for ages {age}: {_quote(found[theme])}"
    if not heavy and sum(weights.values()) >= TOO_MUCH:
        yield f"too much at once for ages {age}: {_quote(what for each in found.values() for what in each)}"


def _find(text: str, band: int, language: str) -> Iterator[tuple[str, float, str]]:
    """Give theme, weight and words of everything that weighs something."""
    if language != "en":
        pattern = _foreign(language)
        for word in dict.fromkeys(_WORD.findall(text.lower())):
            if pattern and pattern.fullmatch(word):
                yield "what no child’s story needs", ENOUGH, word
        return
    text = _exceptions().sub(" · ", text)
    for word, count in Counter(_WORD.findall(text.lower())).items():
        for number in _rules_of(word):
            yield RULES[number].theme, RULES[number].weights[band] * min(count, OFTEN), word
    for number, pattern in _phrases():
        for match in dict.fromkeys(match[0].lower() for match in pattern.finditer(text)):
            yield RULES[number].theme, RULES[number].weights[band], match


def _check_private(text: str, kinds: dict[str, str]) -> Iterator[str]:
    yield from (f"{what} stands in it" for what, pattern in kinds.items() if re.search(pattern, text))


def _quote(found: Iterable[str]) -> str:
    return ", ".join(repr(what[:40]) for what in dict.fromkeys(found))


def _base(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()


def _words_pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(
        "|".join(re.escape(word.removesuffix("*")) + (".*" if word.endswith("*") else "") for word in words)
    )


@lru_cache(maxsize=50_000)
def _rules_of(word: str) -> tuple[int, ...]:
    """Return the numbers of the rules a word falls under."""
    return tuple(number for number, pattern in _words() if pattern.fullmatch(word))


@cache
def _words() -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple((number, _words_pattern(rule.words.split())) for number, rule in enumerate(RULES) if rule.words)


@cache
def _phrases() -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple(
        (number, re.compile("|".join(rule.phrases), re.IGNORECASE)) for number, rule in enumerate(RULES) if rule.phrases
    )


@cache
def _exceptions() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(EXCEPTIONS)})\b", re.IGNORECASE)


@cache
def _foreign(language: str) -> re.Pattern[str] | None:
    return _words_pattern(FOREIGN[language].split()) if language in FOREIGN else None


@cache
def _orders() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in ORDERS)
