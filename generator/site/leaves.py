"""The pages of the site as the plan sees them: where each lies, what it depends on, and how its View is made."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import is_dataclass
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from generator.site.listings import Listing
from generator.site.story_page import StoryPage

if TYPE_CHECKING:
    from generator.site.view import View


MARK = attrgetter("mark")  # quicker than a function of ours: there are a quarter of a million to be asked for


_NOTHING = {None: "NoneType None", (): "[]"}


class Leaf(NamedTuple):
    """A page that shows a View. It is printed again when its key or the file at its path changes."""

    key: str  # of everything the View is made of
    day: str  # of the newest story on it, as 2026-11-21, or nothing
    make: "Callable[[], View]"


def digest(*parts: str) -> str:
    """Return a short text that changes with any of the parts."""
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()


class Scale:
    """Weighs values: what weighs the same prints the same. It remembers listings, which are large and shared."""

    def __init__(self) -> None:
        self._listings: dict[int, tuple[Listing, str]] = {}
        self._readers: dict[type, Callable[[object], Iterable[object]]] = {}  # of all fields of a class at once

    def leaf(self, view: "View") -> Leaf:
        """Make the leaf of a view, which then depends on all there is in the view."""
        newest = max((story.day_text for story in (view.story, *view.stories) if story), default="")
        return Leaf(self.weigh(view), newest, lambda: view)

    def weigh(self, value: object) -> str:
        """Return a text that changes with the value. What most values are is asked first: there are many thousands."""
        kind = type(value)
        if kind is str:
            return f"str {value}"
        if value is None or value == ():
            return _NOTHING[value]
        if isinstance(value, StoryPage):
            return value.mark
        if isinstance(value, Listing):
            return self._weigh_listing(value)
        if isinstance(value, tuple | list):
            return digest("[", *[part.mark if type(part) is StoryPage else self.weigh(part) for part in value])
        if is_dataclass(value):
            read = self._readers.get(kind) or self._readers.setdefault(kind, _make_reader(kind))
            return digest(kind.__name__, *map(self.weigh, read(value)))
        if isinstance(value, dict):
            return digest("{", *(self.weigh(part) for item in value.items() for part in item))
        if isinstance(value, str | int | float | date):
            return f"{kind.__name__} {value}"
        raise TypeError(f"a view cannot hold {kind.__name__}: nobody could tell when it changes")

    def _weigh_listing(self, listing: Listing) -> str:
        known = self._listings.get(id(listing))
        if not known:
            marks = map(MARK, listing.stories)
            weight = digest(listing.kind, listing.url, listing.name, listing.heading, *marks)
            known = self._listings[id(listing)] = (listing, weight)  # the listing is kept so that its id stays taken
        return known[1]


def _make_reader(kind: type) -> Callable[[object], Iterable[object]]:
    """Make what reads the fields of a dataclass, in one call where there are more than one."""
    names = list(kind.__dataclass_fields__)  # type: ignore[attr-defined]
    return attrgetter(*names) if len(names) > 1 else lambda value: [getattr(value, name) for name in names]
