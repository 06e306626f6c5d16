"""What the form of the nightly workflow hands over: anybody who may start it may type anything."""

import contextlib
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.briefs import IDEA_LENGTH, Wish
from generator.errors import ConfigError, TaleshelfError, WishRefused
from generator.story import AgeBand, Form, Genre
from generator.wishes import FIELDS, SEED, check_wish, parse_dispatch, parse_wish

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
inputs = st.dictionaries(st.sampled_from((*FIELDS, SEED, "other")), values, max_size=6)


def read(**typed: object) -> Wish:
    return parse_wish(parse_dispatch(json.dumps({"inputs": typed}).encode()))


@given(inputs)
def test_whatever_is_typed_is_a_wish_of_plain_text_or_is_refused(typed: dict[str, object]) -> None:
    try:
        wish = read(**typed)
    except WishRefused:
        return
    for text in (wish.idea, wish.place, wish.series, *wish.cast):
        assert text.isprintable()
        assert unicodedata.normalize("NFC", text) == text
        assert len(text) <= IDEA_LENGTH


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode) | values.map(lambda one: json.dumps(one).encode()))
def test_an_event_file_of_any_bytes_is_read_or_refused(event: bytes) -> None:
    with contextlib.suppress(ConfigError):
        assert set(parse_dispatch(event)) <= {*FIELDS, SEED}


@pytest.mark.parametrize("event", [b"[" * 100_000, b'{"inputs": "' + b"x" * 2**21 + b'"}', b"\xff\xfe", b"null"])
def test_an_event_file_that_is_none_is_one_clear_sentence(event: bytes) -> None:
    with pytest.raises(ConfigError, match="the event file is none"):
        parse_dispatch(event)


def test_everything_that_is_filled_in_is_heard() -> None:
    typed = {"idea": "a duck\u202e that\x07 counts\nstars", "genre": "Bedtime", "form": "prose", "age": "3-5"}
    typed |= {"minutes": "2.5", "cast": "pip, gus", "place": "teacup harbour", "series": "lantern-nights"}
    wish = read(**typed, language="en-GB", seed="7")
    assert wish == Wish(
        "a duck that counts stars",
        Genre.BEDTIME,
        Form.PROSE,
        AgeBand.YOUNG,
        2.5,
        ("pip", "gus"),
        "teacup harbour",
        "lantern-nights",
        7,
        "en-GB",
    )


def test_what_is_left_open_is_no_wish() -> None:
    assert parse_dispatch(json.dumps({"inputs": {"idea": " ", "genre": "any", "age": "", "seed": None}}).encode()) == {}
    assert parse_dispatch(b'{"schedule": "43 0 * * *"}') == {}


REFUSED = {
    "a mail": ({"idea": "write to somebody@example.org"}, "an e-mail address"),
    "a telephone": ({"idea": "call +49 170 1234567 at night"}, "a telephone number"),
    "too much": ({"idea": "a" * 401}, "at most 400"),
    "a kind there is not": ({"genre": "horror"}, "genre: 'horror' is none of"),
    "no number": ({"minutes": "nan"}, "minutes: 'nan' is not a number"),
    "no seed": ({"seed": "-1"}, "seed: '-1' is not a whole number"),
    "too large a seed": ({"seed": str(2**48)}, "is not a whole number below"),
    "a language there is not": ({"language": "English"}, "language: 'English'"),
    "a name without an end": ({"place": "x" * 101}, "place: at most 100"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_told_is_named(case: str) -> None:
    typed, words = REFUSED[case]
    with pytest.raises(TaleshelfError, match=words):
        check_wish(read(**typed), "en", ("embedded",))
