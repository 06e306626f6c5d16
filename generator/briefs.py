"""Slot + archive + cards -> Brief. Pure: the same arguments give the same brief.

Genres, forms and ages are dealt from shuffled decks by the date alone. Heroes, helpers and places take turns by what the
archive has told: nobody comes again before everybody else has been, and never twice within five stories.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from generator.cards import Cards
from generator.errors import WishRefused
from generator.slots import make_seed
from generator.story import AgeBand, Brief, Character, Form, Genre, Past, Place, Series, Slot, Span, Turns

REST = 5  # stories
IDEA_LENGTH = 400  # characters
MINUTES = (2.0, 10.0)  # the shortest and the longest narration one may ask for
LONGEST_POEM = 4.0  # minutes


class Keyed(Protocol):
    """A card."""

    @property
    def key(self) -> str: ...  # noqa: D102


K = TypeVar("K", bound=Keyed)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choices:
    """What the owner lets the nights choose from; an entry given twice comes twice as often."""

    genres: tuple[Genre, ...]
    forms: tuple[Form, ...]
    ages: tuple[AgeBand, ...]
    minutes: float | None = None
    language: str = "en"
    words_per_minute: float = 150.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asked for; whatever is missing is chosen as for any other night."""

    idea: str = ""
    genre: Genre | None = None
    form: Form | None = None
    age: AgeBand | None = None
    minutes: float | None = None
    cast: tuple[str, ...] = ()  # keys or names; the first is the hero, the second the helper
    place: str = ""
    series: str = ""
    seed: int | None = None
    language: str = ""


def make_brief(
    slot: Slot,
    cards: Cards,
    choices: Choices,
    *,
    salt: str,
    past: Sequence[Past] = (),
    titles: frozenset[str] = frozenset(),
    wish: Wish | None = None,
) -> Brief:
    """Decide everything about a story before its first word. `past` is newest first. Raises WishRefused for a bad wish."""
    wish = wish or Wish()
    seed = make_seed(salt, slot) if wish.seed is None else wish.seed
    rng = random.Random(seed)
    series = _find(cards.series, wish.series, "series") if wish.series else _series_of(slot, cards.series)
    turns = past[0].turns if past else Turns()
    hero, helper = _choose_cast(cards, wish, series, turns, past, rng)
    place = _choose_place(cards, wish, series, turns, past, rng)
    age = wish.age or deal(choices.ages, slot, f"{salt} age")
    form = wish.form or (series and series.form) or deal(choices.forms, slot, f"{salt} form")
    minutes = _choose_minutes(wish, choices, form)
    return Brief(
        slot=slot,
        seed=seed,
        genre=wish.genre or (series and series.genre) or deal(choices.genres, slot, f"{salt} genre"),
        form=form,
        age=age,
        words=words_for(minutes, choices.words_per_minute) if minutes else age.words,
        hero=hero,
        helper=helper,
        place=place,
        series=series,
        idea=parse_idea(wish.idea) if wish.idea else "",
        language=wish.language or choices.language,
        past=tuple(past),
        titles=titles,
        turns=Turns(
            heroes=serve(cards.cast, turns.heroes, hero),
            helpers=serve(cards.cast, turns.helpers, helper),
            places=serve(cards.places, turns.places, place),
        ),
    )


def renew_brief(brief: Brief, past: Sequence[Past], titles: frozenset[str]) -> Brief:
    """Tell the brief that an earlier run wrote down what was told since; `past` is newest first.

    What a paid writer was told stays in front, so that the same is not asked and paid again.
    """
    known = {one.slot for one in brief.past}
    return replace(brief, past=(*brief.past, *(one for one in past if one.slot not in known)), titles=titles)


def _choose_minutes(wish: Wish, choices: Choices, form: Form) -> float | None:
    if wish.minutes is not None and not MINUTES[0] <= wish.minutes <= MINUTES[1]:
        raise WishRefused(
            f"minutes: {wish.minutes:g} is not between {MINUTES[0]:g} and {MINUTES[1]:g}",
            "Leave it out for the usual length.",
        )
    if form is Form.COUPLETS and (wish.minutes or 0) > LONGEST_POEM:
        raise WishRefused(f"minutes: couplets last {LONGEST_POEM:g} minutes at most", "Ask for prose, or for less.")
    minutes = wish.minutes or choices.minutes
    return min(minutes, LONGEST_POEM) if minutes and form is Form.COUPLETS else minutes


def words_for(minutes: float, words_per_minute: float) -> Span:
    """Return the length in words of a narration of so many minutes, give or take a tenth."""
    words = minutes * words_per_minute
    return Span(round(words * 0.9), round(words * 1.1))


def parse_idea(text: str) -> str:
    """Return an idea as one line of plain text. Raises WishRefused when it is empty or too long."""
    idea = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not idea:
        raise WishRefused(
            "the idea is empty", "Write a few words, for example: --idea 'a lantern that is afraid of the dark'."
        )
    if len(idea) > IDEA_LENGTH:
        raise WishRefused(
            f"the idea has {len(idea)} characters; at most {IDEA_LENGTH} are read",
            "Shorten it to the one thing that matters.",
        )
    return idea


def deal(items: Sequence[T], slot: Slot, salt: str) -> T:
    """Return the item a shuffled deck deals on that day: within each round of len(items) days every item comes once."""
    if slot.extra:
        return random.Random(f"{salt} {slot}").choice(items)
    deck, position = divmod(slot.day.toordinal(), len(items))
    shuffled = list(items)
    random.Random(f"{salt} {deck}").shuffle(shuffled)
    return shuffled[position]


def waiting(cards: Sequence[K], served: Sequence[str], recent: Sequence[str]) -> tuple[K, ...]:
    """Return the cards whose turn it is: those not yet served in this round, rested for REST stories where possible."""
    left = tuple(card for card in cards if card.key not in served) or tuple(cards)
    rested = tuple(card for card in left if card.key not in recent[:REST])
    return rested or left


def serve(cards: Sequence[K], served: Sequence[str], card: K) -> tuple[str, ...]:
    """Return who is served in this round once `card` has had its turn; a full round starts the next one."""
    left = {one.key for one in cards} - set(served)
    return (*(served if left else ()), *((card.key,) if card.key in left or not left else ()))


def _choose_cast(
    cards: Cards, wish: Wish, series: Series | None, turns: Turns, past: Sequence[Past], rng: random.Random
) -> tuple[Character, Character]:
    asked = [_find(cards.cast, name, "cast") for name in wish.cast]
    if len(asked) > len(set(asked)):
        raise WishRefused("cast: the same character is named twice", "Name a hero and a helper, in this order.")
    if len(asked) > 2:
        raise WishRefused(
            f"cast: {len(asked)} characters are named; a story has a hero and a helper", "Name at most two."
        )
    everybody = [c for c in _of_series(cards.cast, series.cast if series else (), least=2) if c not in asked]
    heroes = asked[:1] or waiting(everybody, turns.heroes, [p.hero for p in past])
    helpers = asked[1:] or waiting(everybody, turns.helpers, [p.helper for p in past])
    pairs = [(hero, helper) for hero in heroes for helper in helpers if hero != helper]
    if not pairs:  # one and the same is waiting in both roles: the helper comes out of turn
        pairs = [(heroes[0], helper) for helper in everybody if helper != heroes[0]]
    # Leaving one and the same character over for both roles would force somebody to come out of turn tomorrow.
    good = [pair for pair in pairs if not _leaves_one_for_both(heroes, helpers, pair)]
    return rng.choice(good or pairs)


def _leaves_one_for_both(
    heroes: Sequence[Character], helpers: Sequence[Character], pair: tuple[Character, Character]
) -> bool:
    hero_left = {c.key for c in heroes if c != pair[0]}
    helper_left = {c.key for c in helpers if c != pair[1]}
    return len(hero_left) == 1 and hero_left == helper_left


def _choose_place(
    cards: Cards, wish: Wish, series: Series | None, turns: Turns, past: Sequence[Past], rng: random.Random
) -> Place:
    if wish.place:
        return _find(cards.places, wish.place, "place")
    places = _of_series(cards.places, series.places if series else (), least=1)
    return rng.choice(waiting(places, turns.places, [p.place for p in past]))


def _of_series(cards: Sequence[K], keys: tuple[str, ...], *, least: int) -> tuple[K, ...]:
    chosen = tuple(card for card in cards if card.key in keys)
    return chosen if len(chosen) >= least else tuple(cards)


def _series_of(slot: Slot, series: Iterable[Series]) -> Series | None:
    if slot.extra:
        return None
    return next((one for one in series if one.weekday == slot.day.weekday()), None)


def _find(cards: Sequence[K], name: str, option: str) -> K:
    by_name: Mapping[str, K] = {str(getattr(card, "name", "")).casefold(): card for card in cards} | {
        c.key: c for c in cards
    }
    found = by_name.get(name.strip().casefold())
    if found is None:
        raise WishRefused(f"{option}: there is no {name!r}", f"Known are {', '.join(card.key for card in cards)}.")
    return found
