"""Which feeds there are: one of all stories, and one for each card, kind and language that the settings name. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.errors import ConfigError
from generator.feeds.outlet import PODCAST, Outlet
from generator.site.phrases import GENRES, make_slug, say_language
from generator.site.shelf import Shelf
from generator.site.story_page import StoryPage
from generator.story import Genre


@dataclass(frozen=True, slots=True)
class Show:
    """One podcast: its feed and what is in it."""

    path: str  # of its feed under the site
    name: str  # of what is in it: "Lantern Nights"
    title: str
    about: str  # plain text; of a part only what is special about it
    link: str  # the page of the site that shows the same stories
    language: str
    has: Callable[[StoryPage], bool]
    whole: bool = False  # whether it is the feed of all stories


def make_shows(outlet: Outlet, shelf: Shelf) -> tuple[Show, ...]:
    """Make all shows, that of all stories first. Raises ConfigError for a name that means nothing."""
    whole = Show(
        PODCAST, "All stories", outlet.title, outlet.about, "", outlet.language, lambda _story: True, whole=True
    )
    return (whole, *_cards(outlet, shelf), *_genres(outlet), *_languages(outlet))


def _cards(outlet: Outlet, shelf: Shelf) -> Iterator[Show]:
    for room, keys in (("series", outlet.podcast.series), ("cast", outlet.podcast.cast)):
        for key in keys:
            card = shelf.by_key.get((room, key))
            if not card:
                known = ", ".join(sorted(card.key for card in shelf.room(room)))
                raise ConfigError(f"[podcast] {room}: there is no card {key!r}", f"Those there are: {known}.")
            yield _part(outlet, f"{room}/{key}", card.name, card.about, card.url, _with_card(room, key))


def _with_card(room: str, key: str) -> Callable[[StoryPage], bool]:
    if room == "series":
        return lambda story: story.series == key
    return lambda story: key in story.cast


def _genres(outlet: Outlet) -> Iterator[Show]:
    for key in outlet.podcast.genres:
        name = GENRES[Genre(key)]
        yield _part(outlet, f"genres/{key}", name, "Every story of this kind.", f"genres/{key}/", _of_genre(key))


def _of_genre(key: str) -> Callable[[StoryPage], bool]:
    return lambda story: story.genre == key


def _languages(outlet: Outlet) -> Iterator[Show]:
    for code in outlet.podcast.languages:
        slug, name = make_slug(code), say_language(code)
        about = f"Every story in {name}."
        yield _part(outlet, f"languages/{slug}", name, about, f"languages/{slug}/", _in_language(slug), code)


def _in_language(slug: str) -> Callable[[StoryPage], bool]:
    return lambda story: make_slug(story.page.language) == slug


def _part(
    outlet: Outlet, place: str, name: str, about: str, link: str, has: Callable[[StoryPage], bool], language: str = ""
) -> Show:
    title = f"{name} · {outlet.title}"
    return Show(f"podcast/{place}.xml", name, title, about, link, language or outlet.language, has)
