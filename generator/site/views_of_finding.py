"""The pages that lead to a story in another way than a list: tonight's, the search, the calendars. Pure."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from generator.site.calendar import ROOT as CALENDAR
from generator.site.calendar import CalendarYear, Month, make_calendar
from generator.site.listings import Listing, of_kind
from generator.site.search import FACETS, KINDS
from generator.site.shelf import Shelf
from generator.site.story_page import StoryPage
from generator.site.view import Chip, Facet, View, find_cover

T = TypeVar("T")


def make_today(newest: StoryPage) -> View:
    """Make the page that leads to the newest story."""
    title = f"Tonight: {newest.title}"
    about = newest.page.description or newest.title
    return View("today.html", newest.title, title, about, story=newest, cover=find_cover((newest,)))


def make_search(listings: tuple[Listing, ...]) -> View:
    """Make the search. It says of the listings that they are there, not how long they are, and so it rarely changes."""
    facets = []
    for name, question in FACETS.items():
        kind = KINDS.get(name, name)
        chips = tuple(Chip(kind, listing.name, listing.url) for listing in of_kind(listings, kind))
        facets += [Facet(name, question, chips)] if chips else []
    about = "Search every story by its words, and by kind, age, length, character, place, series, language and voice."
    years = tuple((Chip("year", year.name, year.url),) for year in of_kind(listings, "year"))
    return View("find.html", "Find a story", "Find a story", about, "find/", facets=tuple(facets), almanac=years)


def make_calendars(shelf: Shelf) -> dict[str, View]:
    """Make the calendars. Of its neighbours one knows the name only, so that tonight's story changes no older one."""
    years = make_calendar(shelf.stories)
    months = [month for year in years for month in year.months]
    almanac = tuple(
        (_chip_year(year), *(Chip("month", month.name, month.url) for month in year.months)) for year in years
    )
    about = "Every night of this archive in its month."
    views = {f"{CALENDAR}index.md": View("calendar.html", "Calendar", "Calendar", about, "stories/", almanac=almanac)}
    for month, earlier, later in _with_neighbours(months, [Chip("month", month.name, month.url) for month in months]):
        views[f"{month.url}index.md"] = _calendar(month.heading, (month,), earlier, later)
    for year, earlier, later in _with_neighbours(years, [_chip_year(year) for year in years]):
        views[f"{year.url}index.md"] = _calendar(str(year.number), year.months, earlier, later)
    return views if shelf.stories else {}


def _calendar(name: str, months: tuple[Month, ...], earlier: Chip | None, later: Chip | None) -> View:
    about = f"The stories of {name}, each on its day."
    title = f"Calendar of {name}"
    cover = find_cover(months[0].stories)
    return View(
        "calendar.html", name, title, about, "stories/", months=months, earlier=earlier, later=later, cover=cover
    )


def _chip_year(year: CalendarYear) -> Chip:
    return Chip("year", str(year.number), year.url)


def _with_neighbours(items: Sequence[T], chips: list[Chip]) -> Iterator[tuple[T, Chip | None, Chip | None]]:
    """Yield each item, newest first, with the chips of the one before it in time and of the one after it."""
    return zip(items, (*chips[1:], None), (None, *chips), strict=False)
