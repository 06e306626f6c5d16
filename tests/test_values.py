import dataclasses
import json
import typing
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import story
from generator.money.ledger import Ledger
from generator.story import Brief, Genre, Passage, Past, Slot, Span, Story
from generator.values import from_json, to_json
from generator.writers.embedded import EmbeddedWriter
from tests.samples import make_starter_brief

# What is written down; sound and pictures are files.
KINDS = [
    kind
    for kind in vars(story).values()
    if dataclasses.is_dataclass(kind) and isinstance(kind, type) and bytes not in typing.get_type_hints(kind).values()
]


def carried(kind: type, value: object) -> object:
    return from_json(kind, json.loads(json.dumps(to_json(value))))


def test_a_brief_and_its_story_come_back_equal() -> None:
    brief = make_starter_brief()
    story = EmbeddedWriter().write(brief)
    assert carried(Brief, brief) == brief
    assert carried(Story, story) == story


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_value_of_a_story_comes_back_equal(kind: type) -> None:
    @settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
    @given(st.from_type(kind).filter(lambda value: "NaN" not in json.dumps(to_json(value))))
    def check(value: object) -> None:
        assert carried(kind, value) == value

    check()


def test_everything_that_is_not_bytes_is_tried() -> None:
    assert {kind.__name__ for kind in KINDS} >= {"Brief", "Story", "Past", "Turns", "Slot", "PicturePrompt", "Passage"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"text": 1}, "Passage.text: 1 is not a str"),
        ({"text": None}, "Passage.text: None"),
        ({"text": "a", "speed": "fast"}, "Passage.speed: 'fast' is not a float"),
        ({"text": "a", "speed": True}, "Passage.speed: True"),
        ({"text": "a", "lines": "b"}, r"Passage.lines: not a list"),
        ({"text": "a", "lines": [1]}, r"Passage.lines\[0\]"),
        ({"text": "a", "colour": "red", "age": 1}, "Passage: unknown age, colour"),
        ({}, "Passage: .*text"),
        ([], "Passage: not an object"),
    ],
)
def test_what_does_not_fit_is_named(data: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        from_json(Passage, data)


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        (Slot, {"day": "yesterday"}, "Slot.day: .*yesterday"),
        (Slot, {"day": 20261121}, "Slot.day: 20261121"),
        (Past, {"slot": {"day": "2026-11-21", "extra": 1}}, "Past.slot.extra: 1"),
        (story.Series, {"key": "a", "name": "A", "genre": "opera"}, "Series.genre: 'opera'"),
        (story.Series, {"key": "a", "name": "A", "weekday": True}, "Series.weekday: True"),
        (
            story.Character,
            {"key": "a", "name": "A", "kind": "fox", "colours": ["#000"]},
            "colours: 1 items instead of 3",
        ),
        (Ledger, {"slot": {"day": "2026-11-21"}, "records": [{"units": {"images": "1"}}]}, r"units\['images'\]: '1'"),
        (
            Ledger,
            {"slot": {"day": "2026-11-21"}, "records": [{"units": []}]},
            r"records\[0\].units: \[\] is not a dict",
        ),
    ],
)
def test_a_mistake_deep_inside_is_named_with_its_place(kind: type, data: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        from_json(kind, data)


def test_values_look_as_a_person_would_write_them() -> None:
    assert to_json(Slot(date(2026, 11, 21))) == {"day": "2026-11-21", "extra": ""}
    assert to_json((Genre.SPOOKY, frozenset({"b", "a"}), {1: (2,)}, None)) == ["spooky", ["a", "b"], {"1": [2]}, None]
    assert from_json(Span, {"low": 1, "high": 2.5}) == Span(1.0, 2.5)
    assert from_json(story.Series, {"key": "a", "name": "A", "genre": None}).genre is None
    assert from_json(story.Series, {"key": "a", "name": "A", "genre": "spooky"}).genre is Genre.SPOOKY


@dataclass(frozen=True)
class Pair:
    both: tuple[int, str]
    counts: dict[str, float]


def test_pairs_and_counts_keep_their_types() -> None:
    pair = Pair((1, "a"), {"images": 1.0})
    assert carried(Pair, pair) == pair
    with pytest.raises(ValueError, match="1 items instead of 2"):
        from_json(Pair, {"both": [1], "counts": {}})
