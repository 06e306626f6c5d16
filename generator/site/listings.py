"""Which stories stand together on which page: by day, tag, card, genre, age, length, language and narrator. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from generator.site.phrases import GENRES, make_slug, say_about, say_ages, say_date, say_language, say_month
from generator.site.shelf import Shelf
from generator.site.story_page import StoryPage
from generator.story import AgeBand, Genre

PER_PAGE = 24
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Listing:
    """Stories that belong together, newest first."""

    kind: str  # "all", "year", "month", "tag", "genre", "age", "length", "language", "narrator" or one of ROOMS
    url: str  # of its first page: "stories/2026/11/"
    name: str  # what a link to it says: "November"
    heading: str
    stories: tuple[StoryPage, ...]

    @property
    def count(self) -> int:
        """How many stories it holds."""
        return len(self.stories)

    @property
    def key(self) -> str:
        """The last part of its address: of a card its key."""
        return self.url.rstrip("/").rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class ListingPage:
    """One page of a listing.

    Pages are counted from the oldest, so that a full one never changes again; what is left stands on the newest page,
    at the address of the listing itself. Only the newest page knows how long the listing is: an older one has a
    listing without stories.
    """

    listing: Listing
    number: int  # from 1, the oldest; 0 is the newest
    older: int  # the number of the page with older stories; 0 when there is none
    newer: int  # the number of the page with newer stories; 0 is the newest, -1 when there is none
    stories: tuple[StoryPage, ...]

    @property
    def url(self) -> str:
        """The address of this page."""
        return self._url(self.number)

    @property
    def previous(self) -> str:
        """The address of the page with newer stories, or nothing."""
        return self._url(self.newer) if self.newer >= 0 else ""

    @property
    def next(self) -> str:
        """The address of the page with older stories, or nothing."""
        return self._url(self.older) if self.older else ""

    @property
    def heading(self) -> str:
        """The heading, with the number of the page unless it is the newest."""
        return f"{self.listing.heading}, page {self.number}" if self.number else self.listing.heading

    @property
    def span(self) -> str:
        """From when its stories are: 3 March 2026 to 28 March 2026."""
        days = list(dict.fromkeys(say_date(story.day) for story in reversed(self.stories)))
        return " to ".join(dict.fromkeys((days[0], days[-1]))) if days else ""

    def _url(self, number: int) -> str:
        return f"{self.listing.url}page/{number}/" if number else self.listing.url


def make_listings(shelf: Shelf) -> tuple[Listing, ...]:
    """Make every listing that holds a story, and the one of all stories even when it holds none."""
    stories = shelf.stories
    days = [(story.day_text, story) for story in stories]
    return (
        Listing("all", "stories/", "All stories", "All stories", stories),
        *(_year(int(year), group) for year, group in _group((day[:4], story) for day, story in days)),
        *(_month(int(day[:4]), int(day[5:]), group) for day, group in _group((day[:7], story) for day, story in days)),
        *_tags(stories),
        *(_genre(Genre(genre), group) for genre, group in sorted(_group((story.genre, story) for story in stories))),
        *(
            _age(AgeBand(age), group)
            for age, group in sorted(
                _group((story.age, story) for story in stories), key=lambda item: int(item[0].split("-")[0])
            )
        ),
        *(_length(minutes, group) for minutes, group in sorted(_group((s.about_minutes, s) for s in stories))),
        *_languages(stories),
        *_narrators(stories),
        *_cards(shelf),
    )


def of_kind(listings: tuple[Listing, ...], kind: str) -> tuple[Listing, ...]:
    """Return the listings of one kind."""
    return tuple(listing for listing in listings if listing.kind == kind)


def count_old_pages(listing: Listing, size: int = PER_PAGE) -> int:
    """Count the full pages behind the newest one, which holds more than `size` stories so that it never looks bare."""
    return max(0, len(listing.stories) // size - 1)


def make_newest_page(listing: Listing, size: int = PER_PAGE) -> ListingPage:
    """Make the page at the address of the listing; the one of an empty listing is empty."""
    old = count_old_pages(listing, size)
    return ListingPage(listing, 0, old, -1, listing.stories[: len(listing.stories) - old * size])


def make_old_page(listing: Listing, number: int, size: int = PER_PAGE) -> ListingPage:
    """Make one of the full pages behind the newest, counted from the oldest, which is 1."""
    newer = number + 1 if number < count_old_pages(listing, size) else 0
    return ListingPage(
        replace(listing, stories=()), number, number - 1, newer, slice_old_page(listing.stories, number, size)
    )


def slice_old_page(stories: tuple[Key, ...], number: int, size: int = PER_PAGE) -> tuple[Key, ...]:
    """Return what stands on an old page, newest first."""
    return stories[len(stories) - number * size : len(stories) - (number - 1) * size]


def tag_url(tag: str) -> str:
    """Say where the stories with a tag are listed."""
    return f"tags/{make_slug(tag)}/"


def month_url(story: StoryPage) -> str:
    """Say where the stories of the same month are listed."""
    return f"stories/{story.day_text[:7].replace('-', '/')}/"


def _group(pairs: Iterable[tuple[Key, StoryPage]]) -> list[tuple[Key, tuple[StoryPage, ...]]]:
    groups: defaultdict[Key, list[StoryPage]] = defaultdict(list)
    for key, story in pairs:
        groups[key].append(story)
    return [(key, tuple(group)) for key, group in groups.items()]


def _year(year: int, stories: tuple[StoryPage, ...]) -> Listing:
    return Listing("year", f"stories/{year}/", str(year), f"Stories of {year}", stories)


def _month(year: int, month: int, stories: tuple[StoryPage, ...]) -> Listing:
    name = say_month(year, month)
    return Listing("month", f"stories/{year}/{month:02d}/", name, f"Stories of {name}", stories)


def _genre(genre: Genre, stories: tuple[StoryPage, ...]) -> Listing:
    return Listing("genre", f"genres/{genre}/", GENRES[genre], GENRES[genre], stories)


def _age(age: AgeBand, stories: tuple[StoryPage, ...]) -> Listing:
    name = say_ages(age)
    return Listing("age", f"ages/{age}/", name.capitalize(), f"Stories for {name}", stories)


def _length(minutes: int, stories: tuple[StoryPage, ...]) -> Listing:
    name = say_about(minutes)
    return Listing("length", f"lengths/{make_slug(name)}/", name, f"Stories of {name.lower()}", stories)


def _languages(stories: tuple[StoryPage, ...]) -> list[Listing]:
    groups = sorted(_group((make_slug(story.language), story) for story in stories))
    names = {slug: say_language(group[0].language) for slug, group in groups}
    return [
        Listing("language", f"languages/{slug}/", names[slug], f"Stories in {names[slug]}", group)
        for slug, group in groups
    ]


def _narrators(stories: tuple[StoryPage, ...]) -> list[Listing]:
    groups = sorted(_group((make_slug(story.narrator), story) for story in stories if story.narrator))
    names = {slug: group[0].narrator for slug, group in groups}
    return [
        Listing("narrator", f"narrators/{slug}/", names[slug], f"Stories read by {names[slug]}", group)
        for slug, group in groups
    ]


def _tags(stories: tuple[StoryPage, ...]) -> list[Listing]:
    names: dict[str, str] = {}
    pairs: list[tuple[str, StoryPage]] = []
    for story in stories:
        slugs = {make_slug(tag): tag for tag in reversed(story.tags)}
        for slug, tag in slugs.items():
            pairs.append((slug, story))
            names.setdefault(slug, tag)
    return [
        Listing("tag", f"tags/{slug}/", names[slug], f"Stories about {names[slug]}", group)
        for slug, group in sorted(_group(pairs))
    ]


def _cards(shelf: Shelf) -> list[Listing]:
    rooms = {
        "cast": dict(_group((key, story) for story in shelf.stories for key in story.cast)),
        "places": dict(_group((story.place, story) for story in shelf.stories)),
        "series": dict(_group((story.series, story) for story in shelf.stories)),
    }
    headings = {"cast": "Stories with {0}", "places": "Stories {1}", "series": "Stories of {0}"}
    return [
        Listing(
            card.room, card.url, card.name, headings[card.room].format(card.name, card.at), rooms[card.room][card.key]
        )
        for card in shelf.cards
        if card.key in rooms[card.room]
    ]
