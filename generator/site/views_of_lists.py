"""The pages of the lists: of all stories, a month, a kind, an age, a tag, a card. Pure."""

from dataclasses import replace
from functools import partial

from generator.site.leaves import MARK, Leaf, digest
from generator.site.listings import (
    Listing,
    ListingPage,
    count_old_pages,
    make_newest_page,
    make_old_page,
    of_kind,
    slice_old_page,
)
from generator.site.phrases import say_count
from generator.site.shelf import ROOMS, Shelf
from generator.site.view import View, Year, find_cover
from generator.site.views_of_cards import make_card


def make_list(listing: Listing, shelf: Shelf, listings: tuple[Listing, ...]) -> dict[str, View]:
    """Make the newest page of a listing; of one that belongs to a card it is the page of the card."""
    room = listing.kind if listing.kind in ROOMS else ""
    page = make_newest_page(listing)
    view = _listing_page(
        page, f"{listing.heading}: {say_count(listing.count, 'story', 'stories')} to read and to hear."
    )
    card = next((card for card in shelf.room(room) if card.url == listing.url), None) if room else None
    if card:
        first = next((story for story in reversed(listing.stories) if story.audio), None)
        return {card.path: replace(make_card(card), page=page, stories=page.stories, first=first, cover=view.cover)}
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
        cover=find_cover(page.stories),
    )


def _with_index(view: View, listing: Listing, listings: tuple[Listing, ...]) -> View:
    """Add what the first page of all stories, or of a year, offers to go on from."""
    if listing.kind == "all":
        return replace(
            view,
            description="Every story of this archive, by month, kind, age and length.",
            years=make_years(listings),
            genres=of_kind(listings, "genre"),
            ages=of_kind(listings, "age"),
            lengths=of_kind(listings, "length"),
            languages=of_kind(listings, "language"),
            narrators=of_kind(listings, "narrator"),
            tags=tuple(sorted(of_kind(listings, "tag"), key=lambda tag: (-tag.count, tag.url))[:18]),
        )
    if listing.kind == "year":
        months = (month for month in of_kind(listings, "month") if month.url.startswith(listing.url))
        return replace(view, years=(Year(listing, tuple(months)),))
    return view


def make_years(listings: tuple[Listing, ...]) -> tuple[Year, ...]:
    """Put the months of each year together."""
    months: dict[str, list[Listing]] = {}
    for month in of_kind(listings, "month"):
        months.setdefault(month.url.split("/")[1], []).append(month)
    return tuple(Year(year, tuple(months[year.key])) for year in of_kind(listings, "year"))


def make_tag_list(tags: tuple[Listing, ...]) -> View:
    """Make the page of all tags."""
    return View("tags.html", "What stories are about", "All tags", "Every tag of this archive.", "stories/", tags=tags)


def make_old_leaves(listing: Listing) -> dict[str, Leaf]:
    """Make the leaves of the full pages behind the newest. They know their stories and their neighbours only."""
    marks = tuple(map(MARK, listing.stories))
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
            slice_old_page(listing.stories, number)[0].day_text,
            partial(_old_page, listing, number),
        )
        for number in range(1, last + 1)
    }


def _old_page(listing: Listing, number: int) -> View:
    page = make_old_page(listing, number)
    return _listing_page(page, f"{page.heading}: stories from {page.span}, to read and to hear.")
