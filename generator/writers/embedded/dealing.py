"""Chance that repeats itself: the same story from the same seed, and no wording twice while others wait."""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def deal(deck: str, turn: int, count: int) -> int:
    """Give the card of a turn from a deck of `count` cards, which is shuffled anew when it has run out."""
    shuffle, place = divmod(turn, count)
    order = list(range(count))
    random.Random(f"{deck}#{shuffle}").shuffle(order)
    return order[place]


def chosen(options: Sequence[T], deck: str, turn: int) -> T:
    """Give the option a deck deals at a turn."""
    return options[deal(deck, turn, len(options))]
