"""What a page shows: one frozen View for its template to print, and the small parts it is made of."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.feeds.subscribe import Subscription
from generator.site.calendar import Month
from generator.site.listen import Following
from generator.site.listings import Listing, ListingPage
from generator.site.shelf import Card
from generator.site.story_page import StoryPage


@dataclass(frozen=True, slots=True)
class Chip:
    """A small link under a story."""

    kind: str  # "cast", "places", "series", "genre", "age", "tag", "month" or "year"
    label: str
    url: str  # empty when there is no such page


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing a search can be narrowed by, and the pages that list the same without a search."""

    name: str  # of FACETS
    question: str
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A card on a page that lists cards."""

    card: Card
    count: str  # "3 stories"
    newest: StoryPage | None  # that has a cover to show


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the archive and its months, newest first."""

    listing: Listing
    months: tuple[Listing, ...]


@dataclass(frozen=True, slots=True)
class View:
    """Everything a template prints. All texts are plain: the template escapes them."""

    template: str
    heading: str
    title: str  # of the document, without the name of the site
    description: str
    section: str = ""  # the address of the entry of the main navigation it belongs to
    story: StoryPage | None = None
    noted: StoryPage | None = None  # the newest, where it has a content note and `story` is shown in its place
    newer: StoryPage | None = None
    older: StoryPage | None = None
    following: Following | None = None  # of a story that can be heard: what may be heard after it
    chips: tuple[Chip, ...] = ()
    related: tuple[StoryPage, ...] = ()  # older ones; those with a content note come last
    card: Card | None = None
    page: ListingPage | None = None
    stories: tuple[StoryPage, ...] = ()
    tiles: tuple[Tile, ...] = ()
    series: tuple[Tile, ...] = ()
    years: tuple[Year, ...] = ()
    genres: tuple[Listing, ...] = ()
    ages: tuple[Listing, ...] = ()
    lengths: tuple[Listing, ...] = ()
    languages: tuple[Listing, ...] = ()
    narrators: tuple[Listing, ...] = ()
    tags: tuple[Listing, ...] = ()
    first: StoryPage | None = None  # of a series: where hearing all of it begins
    months: tuple[Month, ...] = ()  # to show as tables
    earlier: Chip | None = None  # the calendar before this one
    later: Chip | None = None
    facets: tuple[Facet, ...] = ()
    almanac: tuple[tuple[Chip, ...], ...] = ()  # of each year its calendar and those of its months
    cover: StoryPage | None = None  # whose cover other sites show; None where no cover is painted yet
    subscription: Subscription | None = None


def make_plain_view(heading: str, description: str, url: str) -> View:
    """Make the view of a page that is only written by hand."""
    return View("main.html", heading, heading, description, section=url)


def find_cover(stories: Iterable[StoryPage]) -> StoryPage | None:
    """Return the first of some stories whose cover is painted."""
    return next((story for story in stories if story.cover), None)
