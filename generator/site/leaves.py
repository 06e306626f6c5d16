"""The pages of the site as the plan sees them: where each lies, what it depends on, and how its View is made."""

import hashlib
from collections.abc import Callable
from dataclasses import is_dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from generator.site.listings import Listing
from generator.site.shelf import StoryPage

if TYPE_CHECKING:
    from generator.site.view import View


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

    def leaf(self, view: "View") -> Leaf:
        """Make the leaf of a view, which then depends on all there is in the view."""
        newest = max((story.day_text for story in (view.story, *view.stories) if story), default="")
        return Leaf(self.weigh(view), newest, lambda: view)

    def weigh(self, value: object) -> str:
        """Return a text that changes with the value."""
        if isinstance(value, StoryPage):
            return value.mark
        if isinstance(value, Listing):
            return self._weigh_listing(value)
        if isinstance(value, tuple | list):
            return digest("[", *map(self.weigh, value)) if value else "[]"
        if is_dataclass(value):
            names = value.__dataclass_fields__
            return digest(type(value).__name__, *(self.weigh(getattr(value, name)) for name in names))
        if isinstance(value, dict):
            return digest("{", *(self.weigh(part) for item in value.items() for part in item))
        if value is None or isinstance(value, str | int | float | date):
            return f"{type(value).__name__} {value}"
        raise TypeError(f"a view cannot hold {type(value).__name__}: nobody could tell when it changes")

    def _weigh_listing(self, listing: Listing) -> str:
        known = self._listings.get(id(listing))
        if not known:
            marks = (story.mark for story in listing.stories)
            weight = digest(listing.kind, listing.url, listing.name, listing.heading, *marks)
            known = self._listings[id(listing)] = (listing, weight)  # the listing is kept so that its id stays taken
        return known[1]
