"""What all pages show: the home page itself, and the leaves of all others from where they are made. Pure."""

from generator.site.leaves import Leaf, Scale
from generator.site.listings import Listing, make_listings, of_kind
from generator.site.shelf import ROOMS, Shelf
from generator.site.view import View, find_cover
from generator.site.views_of_cards import choose_heroes, make_card, make_room, make_tiles
from generator.site.views_of_finding import make_calendars, make_search, make_today
from generator.site.views_of_lists import make_list, make_old_leaves, make_tag_list, make_years
from generator.site.views_of_stories import make_story_leaves

NEWEST = 12
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
    views |= {f"{room}/index.md": make_room(shelf, room, listings) for room in ROOMS}
    views |= {card.path: make_card(card) for card in shelf.cards}
    for listing in listings:
        views |= make_list(listing, shelf, listings)
    if tags := of_kind(listings, "tag"):
        views["tags/index.md"] = make_tag_list(tags)
    if shelf.stories:
        views["today/index.md"] = make_today(shelf.stories[0])
    views["find/index.md"] = make_search(listings)
    views["offline/index.md"] = OFFLINE
    views |= make_calendars(shelf)
    scale = Scale()
    leaves = {path: scale.leaf(view) for path, view in views.items()}
    for listing in listings:
        leaves |= make_old_leaves(listing)
    return leaves | dict(make_story_leaves(shelf, scale))


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
        tiles=choose_heroes(shelf, listings),
        series=make_tiles(shelf, "series", listings),
        years=make_years(listings),
        genres=of_kind(listings, "genre"),
        ages=of_kind(listings, "age"),
        lengths=of_kind(listings, "length"),
        cover=find_cover(tuple(plain)),
    )
