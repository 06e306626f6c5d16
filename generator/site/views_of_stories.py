"""The pages of the stories. Pure."""

from collections import Counter
from collections.abc import Iterator
from functools import partial

from generator.site.leaves import Leaf, Scale, digest
from generator.site.listen import Following, find_following
from generator.site.listings import month_url, tag_url
from generator.site.phrases import GENRES, make_slug, say_month
from generator.site.related import find_related
from generator.site.shelf import ROOMS, Shelf
from generator.site.story_page import StoryPage
from generator.site.view import Chip, View, find_cover

# The other stories that a story's page leads to: the newer, the older, what may be heard after it, the related ones.
Near = tuple[StoryPage | None, StoryPage | None, Following | None, tuple[StoryPage, ...]]


def make_story_leaves(shelf: Shelf, scale: Scale) -> Iterator[tuple[str, Leaf]]:
    """Make the leaves of all stories, by path. What follows here is done for each story of the archive on each build."""
    names = [story.title.casefold() for story in shelf.stories]
    titles = Counter(names)
    cast, places, series = ({card.key: scale.weigh(card) for card in shelf.room(room)} for room in ROOMS)
    following = find_following(shelf)
    related = find_related(shelf.stories, shelf.notes)
    newer_ones = (None, *shelf.stories)
    older_ones = (*shelf.stories[1:], None)
    for story, name, newer, older in zip(shelf.stories, names, newer_ones, older_ones, strict=False):
        alone = titles[name] == 1
        nexts = following.get(story.folder)
        alike = related[story.folder]
        key = digest(
            story.mark,
            newer.mark if newer else "",
            older.mark if older else "",
            str(alone),
            *(nexts or ()),
            *[cast.get(key, "") for key in story.cast],
            places.get(story.place, ""),
            series.get(story.series, ""),
            *[other.mark for other in alike],
        )
        near = (newer, older, nexts, alike)
        yield story.path, Leaf(key, story.day_text, partial(_story, story, near, shelf, alone))


def _story(story: StoryPage, near: Near, shelf: Shelf, alone: bool) -> View:
    newer, older, following, related = near
    return View(
        "story.html",
        story.title,
        story.title if alone else f"{story.title} ({story.page.slot})",
        story.page.description or story.title,
        section="stories/",
        story=story,
        newer=newer,
        older=older,
        following=following,
        chips=_chips(story, shelf),
        related=related,
        cover=find_cover((story,)),
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
