"""The pages of the cast, the places and the series. Pure."""

from generator.site.listings import Listing, of_kind
from generator.site.phrases import say_count
from generator.site.shelf import Card, Shelf
from generator.site.view import Tile, View, find_cover

HEADINGS = {"cast": "Characters", "places": "Places", "series": "Series"}
LEADS = {
    "cast": "Everybody who lives in these stories.",
    "places": "Everywhere these stories happen.",
    "series": "Stories that belong together.",
}


def make_room(shelf: Shelf, room: str, listings: tuple[Listing, ...]) -> View:
    """Make the page of all cards of a room."""
    heading = HEADINGS[room]
    return View(
        "cards.html",
        heading,
        heading,
        LEADS[room],
        section=f"{room}/",
        tiles=make_tiles(shelf, room, listings),
        cover=find_cover(shelf.stories),
    )


def make_tiles(shelf: Shelf, room: str, listings: tuple[Listing, ...]) -> tuple[Tile, ...]:
    """Make a tile of each card of a room."""
    found = {listing.key: listing for listing in of_kind(listings, room)}
    return tuple(_tile(card, found.get(card.key), shelf) for card in shelf.room(room))


def _tile(card: Card, listing: Listing | None, shelf: Shelf) -> Tile:
    if not listing:
        return Tile(card, "", None)
    plain = (story for story in listing.stories if not shelf.has_note(story))  # they are shown before the others
    cover = find_cover(plain) or find_cover(listing.stories)
    return Tile(card, say_count(listing.count, "story", "stories"), cover)


def choose_heroes(shelf: Shelf, listings: tuple[Listing, ...]) -> tuple[Tile, ...]:
    """Choose eight of the cast: those who appeared last come first."""
    left = {card.key for card in shelf.room("cast")} & {listing.key for listing in of_kind(listings, "cast")}
    order: dict[str, int] = {}
    for story in shelf.stories:
        if not left:
            break  # everybody was met, mostly within a month
        for key in story.cast:
            order.setdefault(key, len(order))
        left.difference_update(story.cast)
    tiles = sorted(make_tiles(shelf, "cast", listings), key=lambda tile: order.get(tile.card.key, len(order)))
    return tuple(tiles[:8])


def make_card(card: Card) -> View:
    """Make the page of a card that no story is listed on."""
    about = card.about or f"{card.name}: {HEADINGS[card.room].lower()} of this archive."
    return View("card.html", card.name, _card_title(card), about, section=f"{card.room}/", card=card)


def _card_title(card: Card) -> str:
    if card.room == "cast":
        return (
            f"{card.name}, the {card.kind}" if card.kind and card.kind.lower() not in card.name.lower() else card.name
        )
    return f"{card.name}, a series" if card.room == "series" else f"{card.name}, a place"
