from dataclasses import replace
from datetime import date

import pytest

from generator.site.leaves import Scale
from generator.site.listings import (
    count_old_pages,
    make_listings,
    make_newest_page,
    make_old_page,
    month_url,
    tag_url,
)
from generator.site.phrases import make_slug, say_clock, say_count, say_date, say_minutes
from generator.site.records import lighten
from generator.site.shelf import Card, Shelf, make_shelf
from generator.site.story_page import StoryPage
from generator.site.verse import break_verses
from generator.site.views import make_leaves, make_views
from generator.story import Slot
from tests.site.sample import make_page

CARDS = [
    Card("cast", "pip", "Pip", "fox", "A fox."),
    Card("cast", "moss", "Moss", "bear", "A bear."),
    Card("cast", "quill", "Quill", "owl", "An owl."),
    Card("places", "amber-hollow", "Amber Hollow", "forest", "A wood.", at="in Amber Hollow"),
    Card("series", "lantern-nights", "Lantern Nights", "", "Quiet."),
]


def make_story(number: int, files: tuple[str, ...] = ("cover.webp",), **changes: object) -> StoryPage:
    page = replace(make_page(number), **changes)  # type: ignore[arg-type]
    return StoryPage(f"stories/{page.slot.day:%Y/%m/%d}-story-{number}{page.slot.extra}", page, files)


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return make_shelf([make_story(number) for number in range(60)], list(CARDS))


def test_every_story_is_on_its_month_year_genre_and_age(shelf: Shelf) -> None:
    listings = make_listings(shelf)
    for kind in ("all", "year", "month", "genre", "age", "length", "language"):
        found = [story for listing in listings if listing.kind == kind for story in listing.stories]
        assert sorted(story.path for story in found) == sorted(story.path for story in shelf.stories)


def test_no_listing_is_empty_and_none_has_the_address_of_another(shelf: Shelf) -> None:
    listings = make_listings(shelf)
    assert all(listing.stories for listing in listings)
    assert len({listing.url for listing in listings}) == len(listings)
    assert not any(listing.url == "cast/quill/" for listing in listings), "Quill has no story"


def test_stories_are_listed_newest_first(shelf: Shelf) -> None:
    for listing in make_listings(shelf):
        days = [story.day for story in listing.stories]
        assert days == sorted(days, reverse=True)


def test_the_nights_own_story_comes_before_the_extra_ones_of_its_day() -> None:
    day = date(2026, 11, 21)
    extra = make_story(0, slot=Slot(day, "1a2b3c4d"))
    assert make_shelf([extra, make_story(0), make_story(1)], []).stories[1] == extra


@pytest.mark.parametrize(
    ("stories", "pages"), [(0, [0]), (1, [1]), (24, [24]), (47, [47]), (48, [24, 24]), (60, [36, 24]), (72, [24] * 3)]
)
def test_an_old_page_holds_twenty_four_stories_and_the_newest_the_others(stories: int, pages: list[int]) -> None:
    shelf = make_shelf([make_story(number) for number in range(stories)], list(CARDS))
    listing = make_listings(shelf)[0]
    found = [make_newest_page(listing), *(make_old_page(listing, n) for n in range(count_old_pages(listing), 0, -1))]
    assert [len(page.stories) for page in found] == pages
    assert tuple(story for page in found for story in page.stories) == shelf.stories


def test_the_pages_of_a_listing_lead_to_each_other_and_are_counted_from_the_oldest() -> None:
    listing = make_listings(make_shelf([make_story(number) for number in range(75)], list(CARDS)))[0]
    newest, second, first = make_newest_page(listing), make_old_page(listing, 2), make_old_page(listing, 1)
    assert (newest.previous, newest.url, newest.next) == ("", "stories/", "stories/page/2/")
    assert (second.previous, second.next) == ("stories/", "stories/page/1/")
    assert (first.previous, first.url, first.next) == ("stories/page/2/", "stories/page/1/", "")
    assert (newest.heading, second.heading) == ("All stories", "All stories, page 2")
    assert first.span == "8 September 2026 to 1 October 2026"


def test_a_new_story_leaves_every_old_page_but_the_last_as_it_is() -> None:
    stories = [lighten(make_story(number)) for number in range(100)]
    before, after = (make_leaves(make_shelf(given, list(CARDS))) for given in (stories[1:], stories))
    changed = {path for path in before if before[path].key != after[path].key}
    assert stories[1].path in changed
    assert not [path for path in changed if "/page/" in path]
    assert {path for path in after.keys() - before.keys() if "/page/" in path} <= {
        path for path in after if path.endswith(("page/3/index.md", "page/2/index.md", "page/1/index.md"))
    }


def test_what_a_view_holds_must_be_weighable() -> None:
    with pytest.raises(TypeError, match="set"):
        Scale().weigh({1, 2})


def test_tags_that_differ_only_in_their_writing_are_one() -> None:
    shelf = make_shelf([make_story(1, tags=("Night & day", "night DAY")), make_story(2, tags=("night-day", "海"))], [])
    tags = {listing.url: listing for listing in make_listings(shelf) if listing.kind == "tag"}
    assert tags["tags/night-day/"].count == 2
    assert tags["tags/night-day/"].name == "Night & day"
    assert tags[tag_url("海")].count == 1


def test_titles_of_documents_are_unique_even_when_stories_share_one() -> None:
    shelf = make_shelf([make_story(number, title="The Same Night") for number in range(30)], list(CARDS))
    titles = [view.title for view in make_views(shelf).values()]
    assert len(set(titles)) == len(titles)


def test_a_story_leads_to_the_night_before_and_the_night_after(shelf: Shelf) -> None:
    views = make_views(shelf)
    newest, second, *_, oldest = (views[story.path] for story in shelf.stories)
    assert (newest.newer, newest.older) == (None, second.story)
    assert second.newer == newest.story
    assert oldest.older is None


def test_chips_lead_to_pages_that_exist_and_a_missing_card_is_named_without_a_link(shelf: Shelf) -> None:
    lone = make_shelf([make_story(1, cast=("pip", "old-tom"))], list(CARDS))
    views = make_views(lone)
    chips = views[lone.stories[0].path].chips
    assert {chip.label: chip.url for chip in chips}["Old Tom"] == ""
    pages = {path.removesuffix("index.md").removesuffix(".md").rstrip("/") + "/" for path in views}
    assert {chip.url for chip in chips if chip.url} <= pages


def test_an_empty_archive_has_a_home_and_an_empty_shelf_but_no_other_listing() -> None:
    views = make_views(make_shelf([], list(CARDS)))
    assert views["index.md"].story is None
    assert views["stories/index.md"].stories == ()
    assert "tags/index.md" not in views
    assert {path for path in views if path.startswith("stories/")} == {"stories/index.md"}


def test_home_shows_the_newest_story_and_the_twelve_before_it(shelf: Shelf) -> None:
    home = make_views(replace(shelf, notes=()))["index.md"]
    assert home.story == shelf.stories[0]
    assert home.stories == shelf.stories[1:13]


def test_months_have_the_address_of_their_folder(shelf: Shelf) -> None:
    assert month_url(shelf.stories[0]) == "stories/2026/11/"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Friendship", "friendship"),
        ("Night & day", "night-day"),
        ("Ça va", "ca-va"),
        ("../../etc", "etc"),
        ("a" * 99, "a" * 60),
    ],
)
def test_slugs_are_plain(text: str, slug: str) -> None:
    assert make_slug(text) == slug


def test_a_slug_is_never_empty() -> None:
    assert make_slug("!!!") != make_slug("???")
    assert make_slug("!!!").isalnum()


def test_lengths_and_dates_are_said_in_words() -> None:
    assert (say_clock(191.4), say_clock(59.6), say_clock(5)) == ("3:11", "1:00", "0:05")
    assert (say_minutes(191.4), say_minutes(20), say_minutes(90)) == ("3 minutes", "1 minute", "2 minutes")
    assert (say_count(1, "story", "stories"), say_count(2, "story", "stories")) == ("1 story", "2 stories")
    assert say_date(date(2026, 3, 1)) == "1 March 2026"


def test_line_breaks_of_verse_become_hard_breaks_and_nothing_else_does() -> None:
    page = "![a](cover.webp)\n\n## One\n\nA moon,  \na spoon,\na tune.\n\nLast line.\n"
    assert break_verses(page) == "![a](cover.webp)\n\n## One\n\nA moon,  \na spoon,  \na tune.\n\nLast line."
