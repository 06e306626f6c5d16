"""What each page shows: one frozen View for the template to print. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from generator.feeds.outlet import PODCAST
from generator.feeds.shows import make_shows
from generator.feeds.subscribe import PAGE as SUBSCRIBE
from generator.feeds.subscribe import TEXTS, Offer, Subscription, make_offers, make_subscription
from generator.site.calendar import ROOT as CALENDAR
from generator.site.calendar import CalendarYear, Month, make_calendar
from generator.site.leaves import Leaf, Scale, digest
from generator.site.listen import Following, find_following
from generator.site.listings import (
    Listing,
    ListingPage,
    count_old_pages,
    make_listings,
    make_newest_page,
    make_old_page,
    month_url,
    slice_old_page,
    tag_url,
)
from generator.site.phrases import GENRES, make_slug, say_count, say_month
from generator.site.related import find_related
from generator.site.search import FACETS, KINDS
from generator.site.shelf import ROOMS, Card, Shelf, StoryPage

NEWEST = 12
T = TypeVar("T")
HEADINGS = {"cast": "Characters", "places": "Places", "series": "Series"}
LEADS = {
    "cast": "Everybody who lives in these stories.",
    "places": "Everywhere these stories happen.",
    "series": "Stories that belong together.",
}


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
class Near:
    """The other stories that a story's page leads to."""

    newer: StoryPage | None
    older: StoryPage | None
    following: Following | None
    related: tuple[StoryPage, ...]


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


OFFLINE = View(
    "offline.html",
    "Saved stories",
    "Saved stories",
    "The stories that are kept in this browser, to read and to hear without a connection.",
)


def make_views(shelf: Shelf) -> dict[str, View]:
    """Make the views of all pages but those that are only written by hand, by their path under content/."""
    return {path: leaf.make() for path, leaf in make_leaves(shelf).items()}


def make_leaves(shelf: Shelf) -> dict[str, Leaf]:
    """Make the leaves of all pages but those that are only written by hand, by their path under content/.

    A new kind of page is one more entry of `views`: it is printed again when anything in its View changes. Kinds that
    have thousands of pages make their leaves themselves, so that a View is made only for a page that is printed.
    """
    listings = make_listings(shelf)
    views = {"index.md": _home(shelf, listings)}
    views |= {f"{room}/index.md": _room(shelf, room, listings) for room in ROOMS}
    views |= {card.path: _card(card) for card in shelf.cards}
    for listing in listings:
        views |= _listing(listing, shelf, listings)
    if tags := _of(listings, "tag"):
        views["tags/index.md"] = _tags(tags)
    if shelf.stories:
        views["today/index.md"] = _today(shelf.stories[0])
    views["find/index.md"] = _find(listings)
    views["offline/index.md"] = OFFLINE
    views |= _calendars(shelf)
    scale = Scale()
    leaves = {path: scale.leaf(view) for path, view in views.items()}
    for listing in listings:
        leaves |= _old_pages(listing)
    if shelf.outlet:
        leaves[SUBSCRIBE] = _subscribe(shelf.outlet.url + PODCAST, make_offers(make_shows(shelf.outlet, shelf)))
    return leaves | dict(_stories(shelf, scale))


def make_plain_view(heading: str, description: str, url: str) -> View:
    """Make the view of a page that is only written by hand."""
    return View("main.html", heading, heading, description, section=url)


def _of(listings: tuple[Listing, ...], kind: str) -> tuple[Listing, ...]:
    return tuple(listing for listing in listings if listing.kind == kind)


def _home(shelf: Shelf, listings: tuple[Listing, ...]) -> View:
    plain = [story for story in shelf.stories[: 2 * NEWEST] if not shelf.has_note(story)] or shelf.stories[:1]
    tonight = plain[0] if plain else None
    last = plain[: NEWEST + 1][-1] if plain else None
    return View(
        "home.html",
        heading=tonight.title if tonight else "The first story is on its way",
        title="",
        description="",
        story=tonight,
        noted=shelf.stories[0] if shelf.stories and shelf.stories[0] != tonight else None,
        stories=shelf.stories[1 : shelf.stories.index(last) + 1] if last else (),
        tiles=_heroes(shelf, listings),
        series=_tiles(shelf, "series", listings),
        years=_years(listings),
        genres=_of(listings, "genre"),
        ages=_of(listings, "age"),
        lengths=_of(listings, "length"),
        cover=_find_cover(tuple(plain)),
    )


def _find_cover(stories: Iterable[StoryPage]) -> StoryPage | None:
    """Return the first of the stories whose cover is painted."""
    return next((story for story in stories if story.cover), None)


def _heroes(shelf: Shelf, listings: tuple[Listing, ...]) -> tuple[Tile, ...]:
    """Choose eight of the cast: those who appeared last come first."""
    left = {card.key for card in shelf.room("cast")} & {listing.key for listing in _of(listings, "cast")}
    order: dict[str, int] = {}
    for story in shelf.stories:
        if not left:
            break  # everybody was met, mostly within a month
        for key in story.cast:
            order.setdefault(key, len(order))
        left.difference_update(story.cast)
    tiles = sorted(_tiles(shelf, "cast", listings), key=lambda tile: order.get(tile.card.key, len(order)))
    return tuple(tiles[:8])


def _years(listings: tuple[Listing, ...]) -> tuple[Year, ...]:
    months: dict[str, list[Listing]] = {}
    for month in _of(listings, "month"):
        months.setdefault(month.url.split("/")[1], []).append(month)
    return tuple(Year(year, tuple(months[year.key])) for year in _of(listings, "year"))


def _tiles(shelf: Shelf, room: str, listings: tuple[Listing, ...]) -> tuple[Tile, ...]:
    found = {listing.key: listing for listing in _of(listings, room)}
    return tuple(_tile(card, found.get(card.key), shelf) for card in shelf.room(room))


def _tile(card: Card, listing: Listing | None, shelf: Shelf) -> Tile:
    if not listing:
        return Tile(card, "", None)
    plain = (story for story in listing.stories if not shelf.has_note(story))  # they are shown before the others
    cover = _find_cover(plain) or _find_cover(listing.stories)
    return Tile(card, say_count(listing.count, "story", "stories"), cover)


def _room(shelf: Shelf, room: str, listings: tuple[Listing, ...]) -> View:
    heading = HEADINGS[room]
    return View(
        "cards.html",
        heading,
        heading,
        LEADS[room],
        section=f"{room}/",
        tiles=_tiles(shelf, room, listings),
        cover=_find_cover(shelf.stories),
    )


def _card(card: Card) -> View:
    about = card.about or f"{card.name}: {HEADINGS[card.room].lower()} of this archive."
    return View("card.html", card.name, _card_title(card), about, section=f"{card.room}/", card=card)


def _card_title(card: Card) -> str:
    if card.room == "cast":
        return (
            f"{card.name}, the {card.kind}" if card.kind and card.kind.lower() not in card.name.lower() else card.name
        )
    return f"{card.name}, a series" if card.room == "series" else f"{card.name}, a place"


def _listing(listing: Listing, shelf: Shelf, listings: tuple[Listing, ...]) -> dict[str, View]:
    """Make the newest page of a listing; of one that belongs to a card it is the page of the card."""
    room = listing.kind if listing.kind in ROOMS else ""
    page = make_newest_page(listing)
    view = _listing_page(
        page, f"{listing.heading}: {say_count(listing.count, 'story', 'stories')} to read and to hear."
    )
    card = next((card for card in shelf.room(room) if card.url == listing.url), None) if room else None
    if card:
        first = next((story for story in reversed(listing.stories) if story.audio), None)
        return {card.path: replace(_card(card), page=page, stories=page.stories, first=first, cover=view.cover)}
    return {page.url + "index.md": _with_index(view, listing, listings)}


def _listing_page(page: ListingPage, description: str) -> View:
    room = page.listing.kind if page.listing.kind in ROOMS else ""
    return View(
        "listing.html",
        page.heading,
        page.heading,
        description,
        section=f"{room}/" if room else "stories/",
        page=page,
        stories=page.stories,
        cover=_find_cover(page.stories),
    )


def _old_pages(listing: Listing) -> dict[str, Leaf]:
    """Make the leaves of the full pages behind the newest. They know their stories and their neighbours only."""
    marks = tuple(story.mark for story in listing.stories)
    last = count_old_pages(listing)
    return {
        f"{listing.url}page/{number}/index.md": Leaf(
            digest(
                listing.kind,
                listing.url,
                listing.name,
                listing.heading,
                str(number),
                str(number == last),
                *slice_old_page(marks, number),
            ),
            slice_old_page(listing.stories, number)[0].day.isoformat(),
            partial(_old_page, listing, number),
        )
        for number in range(1, last + 1)
    }


def _old_page(listing: Listing, number: int) -> View:
    page = make_old_page(listing, number)
    return _listing_page(page, f"{page.heading}: stories from {page.span}, to read and to hear.")


def _with_index(view: View, listing: Listing, listings: tuple[Listing, ...]) -> View:
    """Add what the first page of all stories, or of a year, offers to go on from."""
    if listing.kind == "all":
        return replace(
            view,
            description="Every story of this archive, by month, kind, age and length.",
            years=_years(listings),
            genres=_of(listings, "genre"),
            ages=_of(listings, "age"),
            lengths=_of(listings, "length"),
            languages=_of(listings, "language"),
            narrators=_of(listings, "narrator"),
            tags=tuple(sorted(_of(listings, "tag"), key=lambda tag: (-tag.count, tag.url))[:18]),
        )
    if listing.kind == "year":
        months = (month for month in _of(listings, "month") if month.url.startswith(listing.url))
        return replace(view, years=(Year(listing, tuple(months)),))
    return view


def _subscribe(url: str, podcasts: tuple[Offer, ...]) -> Leaf:
    """Make the leaf of the page to subscribe on, whose code to scan is drawn only when it is printed."""
    about = "Every story by itself, in a podcast app or a feed reader."
    view = View("subscribe.html", "Subscribe", "Subscribe", about)
    return Leaf(
        digest("subscribe", url, repr(podcasts), repr(TEXTS)),
        "",
        lambda: replace(view, subscription=make_subscription(url, podcasts)),
    )


def _tags(tags: tuple[Listing, ...]) -> View:
    return View("tags.html", "What stories are about", "All tags", "Every tag of this archive.", "stories/", tags=tags)


def _today(newest: StoryPage) -> View:
    title = f"Tonight: {newest.title}"
    about = newest.page.description or newest.title
    return View("today.html", newest.title, title, about, story=newest, cover=_find_cover((newest,)))


def _find(listings: tuple[Listing, ...]) -> View:
    """Make the search. It says of the listings that they are there, not how long they are, and so it rarely changes."""
    facets = []
    for name, question in FACETS.items():
        kind = KINDS.get(name, name)
        chips = tuple(Chip(kind, listing.name, listing.url) for listing in _of(listings, kind))
        facets += [Facet(name, question, chips)] if chips else []
    about = "Search every story by its words, and by kind, age, length, character, place, series, language and voice."
    years = tuple((Chip("year", year.name, year.url),) for year in _of(listings, "year"))
    return View("find.html", "Find a story", "Find a story", about, "find/", facets=tuple(facets), almanac=years)


def _calendars(shelf: Shelf) -> dict[str, View]:
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
    cover = _find_cover(months[0].stories)
    return View(
        "calendar.html", name, title, about, "stories/", months=months, earlier=earlier, later=later, cover=cover
    )


def _chip_year(year: CalendarYear) -> Chip:
    return Chip("year", str(year.number), year.url)


def _with_neighbours(items: Sequence[T], chips: list[Chip]) -> Iterator[tuple[T, Chip | None, Chip | None]]:
    """Yield each item, newest first, with the chips of the one before it in time and of the one after it."""
    return zip(items, (*chips[1:], None), (None, *chips), strict=False)


def _stories(shelf: Shelf, scale: Scale) -> Iterator[tuple[str, Leaf]]:
    titles = Counter(story.title.casefold() for story in shelf.stories)
    faces = {key: scale.weigh(card) for key, card in shelf.by_key.items()}
    following = find_following(shelf)
    related = find_related(shelf.stories, shelf.notes)
    newer_ones = (None, *shelf.stories)
    older_ones = (*shelf.stories[1:], None)
    for story, newer, older in zip(shelf.stories, newer_ones, older_ones, strict=False):
        alone = titles[story.title.casefold()] == 1
        keys = (*(("cast", key) for key in story.cast), ("places", story.place), ("series", story.series))
        cards = (faces.get(key, "") for key in keys)
        nexts = following.get(story.url)
        marks = (newer.mark if newer else "", older.mark if older else "", scale.weigh(nexts))
        alike = related[story.folder]
        key = digest(story.mark, *marks, str(alone), *cards, *(other.mark for other in alike))
        near = Near(newer, older, nexts, alike)
        yield story.path, Leaf(key, story.day.isoformat(), partial(_story, story, near, shelf, alone))


def _story(story: StoryPage, near: Near, shelf: Shelf, alone: bool) -> View:
    return View(
        "story.html",
        story.title,
        story.title if alone else f"{story.title} ({story.page.slot})",
        story.page.description or story.title,
        section="stories/",
        story=story,
        newer=near.newer,
        older=near.older,
        following=near.following,
        chips=_chips(story, shelf),
        related=near.related,
        cover=_find_cover((story,)),
    )


def _chips(story: StoryPage, shelf: Shelf) -> tuple[Chip, ...]:
    tags = {make_slug(tag): tag for tag in reversed(story.page.tags)}
    return (
        *(_card_chip("cast", key, shelf) for key in story.page.cast),
        *(_card_chip("places", key, shelf) for key in (story.page.place,) if key),
        *(_card_chip("series", key, shelf) for key in (story.page.series,) if key),
        Chip("genre", GENRES[story.page.genre], f"genres/{story.page.genre}/"),
        Chip("age", story.age_text.capitalize(), f"ages/{story.page.age}/"),
        Chip("month", say_month(story.day.year, story.day.month), month_url(story)),
        *(Chip("tag", tag, tag_url(tag)) for tag in reversed(tags.values())),
    )


def _card_chip(room: str, key: str, shelf: Shelf) -> Chip:
    """Link a card; a key whose card is gone is named without a link."""
    card = shelf.by_key.get((room, key))
    return Chip(room, card.name, card.url) if card else Chip(room, key.replace("-", " ").title(), "")
