from collections import Counter
from datetime import date, timedelta

import pytest

from generator.briefs import IDEA_LENGTH, Choices, Wish, deal, make_brief, parse_idea, serve, waiting, words_for
from generator.cards import Cards
from generator.errors import ConfigError
from generator.slots import request_slot
from generator.story import AgeBand, Brief, Character, Form, Genre, Past, Place, Series, Slot, Span

CAST = tuple(Character(f"c{n}", f"Name{n}", "fox") for n in range(16))
PLACES = tuple(Place(f"p{n}", f"Place {n}", "forest") for n in range(16))
SERIES = (Series("rhymes", "Rhyme Time", form=Form.COUPLETS, weekday=6),)
CARDS = Cards(CAST, PLACES, SERIES)
CHOICES = Choices(tuple(Genre), (Form.PROSE,) * 5 + (Form.COUPLETS,), tuple(AgeBand))
NIGHT = Slot(date(2026, 11, 21))


def year(nights: int = 400, cards: Cards = CARDS, salt: str = "a") -> list[Brief]:
    past: list[Past] = []
    briefs = []
    for n in range(nights):
        slot = Slot(date(2026, 1, 1) + timedelta(days=n))
        brief = make_brief(slot, cards, CHOICES, salt=salt, past=past[:6])
        past.insert(0, Past(slot, f"t{n}", brief.hero.key, brief.helper.key, brief.place.key, turns=brief.turns))
        briefs.append(brief)
    return briefs


def test_nobody_comes_again_before_everybody_else_has_been() -> None:
    briefs = year(400)
    for role in ("hero", "helper", "place"):
        keys = [getattr(brief, role).key for brief in briefs]
        for begin in range(0, 400, 16):
            assert len(set(keys[begin : begin + 16])) == 16, (role, begin)


@pytest.mark.parametrize("size", [2, 3, 5, 12])
def test_small_casts_take_turns_too(size: int) -> None:
    briefs = year(size * 6, Cards(CAST[:size], PLACES[:size], ()))
    assert all(brief.hero != brief.helper for brief in briefs)
    assert set(Counter(brief.hero.key for brief in briefs).values()) == {6}


def test_nobody_comes_twice_within_five_nights() -> None:
    briefs = year(400)
    for role in ("hero", "place"):
        keys = [getattr(brief, role).key for brief in briefs]
        assert all(key not in keys[n + 1 : n + 6] for n, key in enumerate(keys))


def test_the_same_arguments_give_the_same_brief_and_another_archive_another_one() -> None:
    assert make_brief(NIGHT, CARDS, CHOICES, salt="a") == make_brief(NIGHT, CARDS, CHOICES, salt="a")
    assert [b.hero for b in year(16)] != [b.hero for b in year(16, salt="b")]


def test_a_deck_deals_every_item_once_a_round() -> None:
    first = date.fromordinal(NIGHT.day.toordinal() // 6 * 6)
    dealt = [deal(tuple(Genre), Slot(first + timedelta(days=n)), "s") for n in range(6)]
    assert set(dealt) == set(Genre)


def test_a_series_decides_on_its_weekday_only() -> None:
    sunday, monday = date(2026, 11, 22), date(2026, 11, 23)
    assert make_brief(Slot(sunday), CARDS, CHOICES, salt="a").form is Form.COUPLETS
    assert make_brief(Slot(sunday), CARDS, CHOICES, salt="a").series == SERIES[0]
    assert make_brief(Slot(monday), CARDS, CHOICES, salt="a").series is None
    assert make_brief(request_slot(sunday, "x"), CARDS, CHOICES, salt="a").series is None


def test_a_wish_is_granted_in_every_part() -> None:
    wish = Wish(
        "a lost kite", Genre.SPOOKY, Form.COUPLETS, AgeBand.OLDER, 3, ("c3", "Name7"), "place 2", "Rhyme Time", 99
    )
    brief = make_brief(request_slot(NIGHT.day, "x"), CARDS, CHOICES, salt="a", wish=wish)
    assert (brief.idea, brief.genre, brief.form, brief.age) == (
        "a lost kite",
        Genre.SPOOKY,
        Form.COUPLETS,
        AgeBand.OLDER,
    )
    assert (brief.hero.key, brief.helper.key, brief.place.key, brief.seed) == ("c3", "c7", "p2", 99)
    assert brief.words == words_for(3, 150) == Span(405, 495)
    assert brief.series == SERIES[0]


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (Wish(cast=("nobody",)), "cast: there is no 'nobody'"),
        (Wish(cast=("c1", "c1")), "named twice"),
        (Wish(cast=("c1", "c2", "c3")), "3 characters"),
        (Wish(place="the moon"), "place: there is no"),
        (Wish(series="x"), "series: there is no"),
        (Wish(idea="  \t"), "idea is empty"),
        (Wish(form=Form.COUPLETS, minutes=5), "couplets last 4 minutes at most"),
        (Wish(idea="x" * (IDEA_LENGTH + 1)), "at most 400"),
    ],
)
def test_a_bad_wish_is_one_clear_sentence(wish: Wish, words: str) -> None:
    with pytest.raises(ConfigError, match=words) as caught:
        make_brief(NIGHT, CARDS, CHOICES, salt="a", wish=wish)
    assert caught.value.hint


def test_an_idea_becomes_one_line_without_control_characters() -> None:
    assert parse_idea("  a\nred\x00 kite\u202e ") == "a red kite"


def test_a_newcomer_is_waiting_and_a_card_that_was_removed_is_forgotten() -> None:
    served = [card.key for card in CAST[:15]]
    assert waiting(CAST, served, served) == (CAST[15],)
    assert waiting(CAST[:15], [*served, "gone"], served[:5]) == CAST[5:15]
    assert serve(CAST[:2], ("c0", "c1"), CAST[0]) == ("c0",)
    assert serve(CAST[:2], ("c0",), CAST[0]) == ("c0",)
