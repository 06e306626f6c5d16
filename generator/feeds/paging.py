"""The pages of a feed (RFC 5005). Pure.

The newest items stand on the first page, at the feed's own address, as many as fit. Those behind it are counted from the
oldest: a full page never changes again, and a new item changes the first page and the newest of the old ones.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

T = TypeVar("T")
PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """One page of a feed. Paths are under the site; those of pages that are not there are empty."""

    path: str
    first: str
    last: str  # the oldest; empty when there is but one page
    previous: str  # with newer items
    next: str  # with older items
    items: Sequence[T]  # newest first

    def fill(self, items: Sequence[Any]) -> "Sheet[Any]":
        """Return the same page with other items."""
        return replace(self, items=items)


def split_pages(path: str, items: Sequence[T], first: int = PER_PAGE, size: int = PER_PAGE) -> Iterator[Sheet[T]]:
    """Cut items, newest first, into the pages of a feed at a path such as "podcast.xml" ("podcast/1.xml" is the oldest).

    `first` and `size` are the most that stand on the first page and on each of the others.
    """
    count = max(0, -(-(len(items) - first) // size))
    stem, dot, ending = path.rpartition(".")

    def name(number: int) -> str:
        return "" if number < 1 else path if number > count else f"{stem}/{number}{dot}{ending}"

    last = name(1) if count else ""
    yield Sheet(path, path, last, "", name(count), items[:first])
    for number in range(count, 0, -1):
        start = max(first, len(items) - number * size)
        stop = len(items) - (number - 1) * size
        yield Sheet(name(number), path, last, name(number + 1), name(number - 1), items[start:stop])
