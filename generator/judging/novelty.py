"""Is a story new to the archive? Each story is boiled down to a fingerprint; fingerprints are compared. Pure.

A fingerprint holds what a retelling would share: the title, the names, the first sentence, a sketch of the runs of three
words (the same words again), one of the runs of eight (whole sentences again), and its most telling words with their counts
(the same events in other words). It is one line of JSON; ten thousand are compared in a second without opening a page.
"""

import base64
import json
import math
import re
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from generator.judging.quality import COMMON, shingles
from generator.reading import make_slug, split_sentences

SKETCH = 128  # runs of words that are kept of a story, the smallest by number: a fair sample
TERMS = 80
RUN, LONG_RUN = 3, 8  # words

SAME_WORDS = 0.5  # shared part of the runs of three words; two stories from one plot of the embedded writer reach 0.34
SAME_SENTENCES = 0.35  # of the runs of eight; there 0.17
SAME_EVENTS = 0.42  # cosine of the telling words; paraphrases measured 0.45 to 0.60, unrelated stories at most 0.37
SAME_OPENING = 0.75  # shared part of the words of the first sentence
SHORT_OPENING = 5  # words: "It was raining." may begin many a story
FEW_TERMS = 20  # a text with fewer telling words tells no events
WORN = 2  # stories that may share an invented name before it is worn out

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_ENDING = re.compile(r"(?<=[^\W\d_]{3})(?:[’']s|ing|ed|s)$")
_INSIDE = re.compile(r"(?<=[^\W\d_,;] )[^\W\d_][\w’'-]*")
_NO_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december christmas easter mother father mum dad mummy daddy grandma grandpa granny grandmother "
    "grandfather aunt uncle mister missus captain king queen prince princess doctor sir lady lord sun moon earth north south "
    "east west god english".split()
)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a story to compare it with others."""

    title: str
    slug: str
    opening: str  # the words of the first sentence, without signs
    names: tuple[str, ...]  # words that are always written with a capital letter
    runs: bytes  # sketch of the runs of three words: numbers of 32 bits
    long_runs: bytes  # of eight
    terms: Mapping[str, int]  # stems and how often they come


def make_fingerprint(title: str, text: str) -> Fingerprint:
    """Boil a story down; `text` has a blank line between paragraphs and no headings."""
    names = _names(text)
    return Fingerprint(
        title=title,
        slug=make_slug(title),
        opening=" ".join(_WORD.findall(split_sentences(text)[0].lower()))[:200],
        names=names,
        runs=_sketch(shingles(text, RUN)),
        long_runs=_sketch(shingles(text, LONG_RUN)),
        terms=_terms(text, names),
    )


def render_fingerprint(fingerprint: Fingerprint) -> str:
    """Return a fingerprint as one line of JSON."""
    values = {name: getattr(fingerprint, name) for name in Fingerprint.__slots__}
    encoded = {
        key: base64.b64encode(value).decode() if isinstance(value, bytes) else value for key, value in values.items()
    }
    return json.dumps(encoded, ensure_ascii=False, separators=(",", ":"))


def parse_fingerprint(line: str) -> Fingerprint:
    """Read what render_fingerprint wrote. Raises ValueError for anything else."""
    try:
        data = json.loads(line)
        return Fingerprint(
            title=str(data["title"]),
            slug=str(data["slug"]),
            opening=str(data["opening"]),
            names=tuple(map(str, data["names"])),
            runs=_parse_sketch(data["runs"]),
            long_runs=_parse_sketch(data["long_runs"]),
            terms={sys.intern(str(term)): int(count) for term, count in data["terms"].items()},
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a fingerprint: {error}") from None


def compare(
    fingerprint: Fingerprint, others: Sequence[Fingerprint], *, strict: bool = False, known: Collection[str] = ()
) -> tuple[str, ...]:
    """Say in sentences what a story repeats of others and should avoid; nothing means that it is new.

    The same words are always reported. With `strict` so are a title, a first sentence and an invented name that are
    almost those of another story, and the same events in other words: for a writer that does not keep count of what it
    has told. `known` are the names of cast and places, which come back on purpose.
    """
    problems = list(_check_words(fingerprint, others))
    if strict:
        problems += _check_title(fingerprint, others)
        problems += _check_opening(fingerprint, others)
        problems += _check_names(fingerprint, others, known)
        problems += _check_events(fingerprint, others)
    return tuple(problems)


def _check_words(one: Fingerprint, others: Sequence[Fingerprint]) -> Iterator[str]:
    same = next((other for other in others if other.slug == one.slug), None)
    if same:
        yield f"the archive has a story called {same.title!r}: find another title"
    for what, sketch, enough in (
        ("words", lambda fingerprint: fingerprint.runs, SAME_WORDS),
        ("sentences", lambda fingerprint: fingerprint.long_runs, SAME_SENTENCES),
    ):
        if nearest := _nearest(sketch, enough, one, others):
            yield f"it is told in the {what} of {nearest.title!r}: write every sentence anew"
            return


def _nearest(
    sketch: Callable[[Fingerprint], bytes], enough: float, one: Fingerprint, others: Sequence[Fingerprint]
) -> Fingerprint | None:
    mine = frozenset(memoryview(sketch(one)).cast("I"))
    best, nearest = enough, None
    for other in others:
        theirs = memoryview(sketch(other)).cast("I")
        # Most stories share next to nothing: count before anything is sorted.
        if (
            2 * sum(map(mine.__contains__, theirs)) >= enough * len(theirs)
            and (likeness := _likeness(mine, frozenset(theirs))) >= best
        ):
            best, nearest = likeness, other
    return nearest


def _likeness(a: frozenset[int], b: frozenset[int]) -> float:
    """Estimate the shared part of two sets from the smallest numbers of both."""
    smallest = sorted(a | b)[: min(SKETCH, max(len(a), len(b)))]
    return sum(number in a and number in b for number in smallest) / len(smallest) if smallest else 0.0


def _check_title(one: Fingerprint, others: Sequence[Fingerprint]) -> Iterator[str]:
    mine = _title_words(one.title)
    alike = next((o for o in others if o.slug != one.slug and len(mine) > 1 and _title_words(o.title) == mine), None)
    if alike:
        yield f"the title is almost that of {alike.title!r}: find another"


def _title_words(title: str) -> frozenset[str]:
    words = (word.lower() for word in _WORD.findall(title))
    return frozenset(_stem(word) for word in words if word not in {"the", "a", "an", "and", "of", "who", "that", "in"})


def _check_opening(one: Fingerprint, others: Sequence[Fingerprint]) -> Iterator[str]:
    mine = frozenset(one.opening.split())
    if len(mine) < SHORT_OPENING:
        return
    for other in others:
        theirs = frozenset(other.opening.split())
        if len(mine & theirs) >= SAME_OPENING * len(mine | theirs):
            yield f"it begins like {other.title!r} (“{one.opening}”): begin with something else"
            return


def _check_names(one: Fingerprint, others: Sequence[Fingerprint], known: Collection[str]) -> Iterator[str]:
    ours = {word.lower() for name in known for word in _WORD.findall(name)} | _NO_NAMES
    invented = {name for name in one.names if name.lower() not in ours}
    times = Counter(name for other in others for name in other.names if name in invented)
    if worn := sorted(name for name, count in times.items() if count > WORN):
        yield f"the name {', '.join(worn)} comes in other stories: invent another, or use none"


def _check_events(one: Fingerprint, others: Sequence[Fingerprint]) -> Iterator[str]:
    if len(one.terms) < FEW_TERMS:
        return
    spread = Counter(term for other in others for term in other.terms)

    def weigh(terms: Mapping[str, int]) -> dict[str, float]:
        return {
            term: (1 + math.log(count)) * math.log(1 + len(others) / (spread[term] or 1))
            for term, count in terms.items()
        }

    mine = weigh(one.terms)
    length = math.hypot(*mine.values())
    best, nearest = SAME_EVENTS, None
    for other in others:
        if 5 * len(shared := mine.keys() & other.terms.keys()) >= len(mine):
            theirs = weigh(other.terms)
            both = length * math.hypot(*theirs.values())
            if both and (cosine := sum(mine[term] * theirs[term] for term in shared) / both) >= best:
                best, nearest = cosine, (other, shared)
    if nearest:
        other, shared = nearest
        things = ", ".join(sorted(sorted(shared), key=lambda term: -mine[term])[:6])
        yield f"it tells the events of {other.title!r} in other words ({things}): find another problem and another way out"


def _sketch(runs: Iterable[int]) -> bytes:
    return array("I", sorted({_scatter(run) for run in runs})[:SKETCH]).tobytes()


def _parse_sketch(text: object) -> bytes:
    data = base64.b64decode(str(text), validate=True)
    if len(data) % 4 or len(data) > 4 * SKETCH:
        raise TypeError("a sketch of another size")
    return data


def _scatter(number: int) -> int:
    """Mix the bits of a number so that the smallest are a fair sample; 32 bits are kept."""
    number = (number ^ (number >> 31)) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    number = (number ^ (number >> 29)) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    return (number ^ (number >> 32)) & 0xFFFFFFFF


def _names(text: str) -> tuple[str, ...]:
    """Give the words that stand with a capital letter inside a sentence and never without one."""
    small = {word for word in _WORD.findall(text) if word[0].islower()}
    inside = {re.split("[’']", word)[0] for word in _INSIDE.findall(text)}
    return tuple(sorted(word for word in inside if len(word) > 2 and word.istitle() and word.lower() not in small))


def _terms(text: str, names: Collection[str]) -> dict[str, int]:
    left_out = {name.lower() for name in names}
    words = (re.split("[’']", word.lower())[0] for word in _WORD.findall(text))
    counts = Counter(_stem(word) for word in words if len(word) > 3 and word not in COMMON and word not in left_out)
    # Among words that come equally often a fair sample is taken, the same in every story.
    ranked = sorted((-count, _scatter(crc32(term.encode())), term) for term, count in counts.items())
    return {sys.intern(term): -count for count, _, term in ranked[:TERMS]}


def _stem(word: str) -> str:
    return _ENDING.sub("", word)
