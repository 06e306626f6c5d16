"""Chance that repeats itself: the same story from the same seed, and no wording twice while others wait."""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_TIMES = ((0, 0, 0, 0), (0, 1, 2, 3), (0, 2, 3, 1), (0, 3, 1, 2))  # multiplication in the field of four elements


def deal(deck: str, turn: int, count: int) -> int:
    """Give the card of a turn from a deck of `count` cards, which is shuffled anew when it has run out."""
    shuffle, place = divmod(turn, count)
    order = list(range(count))
    random.Random(f"{deck}#{shuffle}").shuffle(order)
    return order[place]


def chosen(options: Sequence[T], deck: str, turn: int) -> T:
    """Give the option a deck deals at a turn."""
    return options[deal(deck, turn, len(options))]


def rotate(deck: str, turn: int, count: int, lane: int) -> int:
    """Give the wording of a turn so that any two turns share about one in `count` of their wordings, spread over lanes.

    A deck shuffled anew can by bad luck repeat half of an old telling; here the lanes (the moves of a plot, numbered) step
    through their wordings at different rates instead.
    """
    near, far = turn // count, turn // count**2
    start = random.Random(deck).randrange(count)
    if count == 4:  # four is no prime: steps of two would meet every other lane again, so count in the field of four
        step = _TIMES[lane % 4][near % 4] ^ _TIMES[lane // 4 % 4][far % 4]
        return (start ^ turn % 4) ^ step
    return (start + turn + lane * near + (lane // count) * far) % count
