import json
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.story import Brief, Passage, Past, Slot, Story, Turns
from generator.values import from_json, to_json
from generator.writers.embedded import EmbeddedWriter
from tests.samples import make_starter_brief


def carried(kind: type, value: object) -> object:
    return from_json(kind, json.loads(json.dumps(to_json(value))))


def test_a_brief_and_its_story_come_back_equal() -> None:
    brief = make_starter_brief()
    story = EmbeddedWriter().write(brief)
    assert carried(Brief, brief) == brief
    assert carried(Story, story) == story


@given(st.builds(Past, slot=st.builds(Slot, st.dates()), title=st.text(), turns=st.builds(Turns)))
def test_every_value_comes_back_equal(past: Past) -> None:
    assert carried(Past, past) == past


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"text": 1}, "Passage.text"),
        ({"text": "a", "speed": "fast"}, "Passage.speed"),
        ({"text": "a", "lines": "b"}, r"Passage.lines: not a list"),
        ({"text": "a", "lines": [1]}, r"Passage.lines\[0\]"),
        ({"text": "a", "colour": "red"}, "unknown colour"),
        ({}, "text"),
        ([], "not an object"),
    ],
)
def test_what_does_not_fit_is_named(data: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        from_json(Passage, data)


@dataclass(frozen=True)
class Pair:
    both: tuple[int, str]
    counts: dict[str, float]


def test_pairs_and_counts_keep_their_types() -> None:
    pair = Pair((1, "a"), {"images": 1.0})
    assert carried(Pair, pair) == pair
    with pytest.raises(ValueError, match="1 items instead of 2"):
        from_json(Pair, {"both": [1], "counts": {}})
