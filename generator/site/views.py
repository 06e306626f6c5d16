"""What each page shows: one frozen View for the template to print. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from generator.site.leaves import Leaf, Scale, digest
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
from generator.site.shelf import ROOMS, Card, Shelf, StoryPage

NEWEST = 12
HEADINGS = {"cast": "Characters", "places": "Places", "series": "Series"}
LEADS = {
    "cast": "Everybody who lives in these stories.",
    "places": "Everywhere these stories happen.",
    "series": "Stories that belong together.",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A small link under a story."""

    kind: str  # "cast", "place", "series", "genre", "age", "tag" or "month"
    label: str
    url: str  # empty when there is no such page


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
    newer: StoryPage | None = None
    older: StoryPage | None = None
    chips: tuple[Chip, ...] = ()
    card: Card | None = None
    page: ListingPage | None = None
    stories: tuple[StoryPage, ...] = ()
    tiles: tuple[Tile, ...] = ()
    series: tuple[Tile, ...] = ()
    years: tuple[Year, ...] = ()
    genres: tuple[Listing, ...] = ()
    ages: tuple[Listing, ...] = ()
    tags: tuple[Listing, ...] = ()
    cover: StoryPage | None = None  # whose cover other sites show; None where no cover is painted yet


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
    scale = Scale()
    leaves = {path: scale.leaf(view) for path, view in views.items()}
    for listing in listings:
        leaves |= _old_pages(listing)
    return leaves | dict(_stories(shelf, scale))


def make_plain_view(heading: str, description: str, url: str) -> View:
    """Make the view of a page that is only written by hand."""
    return View("main.html", heading, heading, description, section=url)


def _of(listings: tuple[Listing, ...], kind: str) -> tuple[Listing, ...]:
    return tuple(listing for listing in listings if listing.kind == kind)


def _home(shelf: Shelf, listings: tuple[Listing, ...]) -> View:
    newest = shelf.stories[0] if shelf.stories else None
    return View(
        "home.html",
        heading=newest.title if newest else "The first story is on its way",
        title="",
        description="",
        story=newest,
        stories=shelf.stories[1 : NEWEST + 1],
        tiles=_heroes(shelf, listings),
        series=_tiles(shelf, "series", listings),
        years=_years(listings),
        genres=_of(listings, "genre"),
        ages=_of(listings, "age"),
        cover=_find_cover(shelf.stories),
    )


def _find_cover(stories: tuple[StoryPage, ...]) -> StoryPage | None:
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
    return tuple(_tile(card, found.get(card.key)) for card in shelf.room(room))


def _tile(card: Card, listing: Listing | None) -> Tile:
    if not listing:
        return Tile(card, "", None)
    return Tile(card, say_count(listing.count, "story", "stories"), _find_cover(listing.stories))


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
        return {card.path: replace(_card(card), page=page, stories=page.stories, cover=view.cover)}
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
            description="Every story of this archive, by month, by kind and by age.",
            years=_years(listings),
            genres=_of(listings, "genre"),
            ages=_of(listings, "age"),
            tags=tuple(sorted(_of(listings, "tag"), key=lambda tag: (-tag.count, tag.url))[:18]),
        )
    if listing.kind == "year":
        months = (month for month in _of(listings, "month") if month.url.startswith(listing.url))
        return replace(view, years=(Year(listing, tuple(months)),))
    return view


def _tags(tags: tuple[Listing, ...]) -> View:
    return View("tags.html", "What stories are about", "All tags", "Every tag of this archive.", "stories/", tags=tags)


def _stories(shelf: Shelf, scale: Scale) -> Iterator[tuple[str, Leaf]]:
    titles = Counter(story.title.casefold() for story in shelf.stories)
    faces = {key: scale.weigh(card) for key, card in shelf.by_key.items()}
    newer_ones = (None, *shelf.stories)
    older_ones = (*shelf.stories[1:], None)
    for story, newer, older in zip(shelf.stories, newer_ones, older_ones, strict=False):
        alone = titles[story.title.casefold()] == 1
        keys = (*(("cast", key) for key in story.cast), ("places", story.place), ("series", story.series))
        cards = (faces.get(key, "") for key in keys)
        key = digest(story.mark, newer.mark if newer else "", older.mark if older else "", str(alone), *cards)
        yield story.path, Leaf(key, story.day.isoformat(), partial(_story, story, newer, older, shelf, alone))


def _story(story: StoryPage, newer: StoryPage | None, older: StoryPage | None, shelf: Shelf, alone: bool) -> View:
    return View(
        "story.html",
        story.title,
        story.title if alone else f"{story.title} ({story.page.slot})",
        story.page.description or story.title,
        section="stories/",
        story=story,
        newer=newer,
        older=older,
        chips=_chips(story, shelf),
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
