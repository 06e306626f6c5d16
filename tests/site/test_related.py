from collections.abc import Sequence
from random import Random

from generator.site.related import MOST, find_related
from generator.site.shelf import make_shelf
from generator.site.story_page import StoryPage
from generator.site.views import make_views
from generator.story import Genre
from tests.site.test_listings import CARDS, make_story

NOTES = ("spooky",)


def alone(number: int, **changes: object) -> StoryPage:
    """A story that shares nothing with any other, but what is given."""
    facts = {"cast": (f"c{number}",), "place": f"p{number}", "series": "", "genre": Genre.FANTASY} | changes
    return make_story(number, **facts)


def related(stories: Sequence[StoryPage], of: int = 0) -> list[str]:
    return [story.folder.rpartition("-")[2] for story in find_related(stories, NOTES)[stories[of].folder]]


def test_a_story_that_shares_nothing_has_no_related_stories() -> None:
    assert related([alone(number) for number in range(9)]) == []


def test_a_series_weighs_more_than_the_cast_and_the_cast_more_than_the_place() -> None:
    new = alone(0, series="s", cast=("pip",), place="hill")
    others = [alone(1), alone(2, place="hill"), alone(3, cast=("pip",)), alone(4, series="s")]
    assert related([new, *others]) == ["4", "3", "2"]


def test_who_shares_more_comes_first_and_then_the_newer() -> None:
    new = alone(0, cast=("pip", "moss"), place="hill")
    others = [alone(1), alone(2, cast=("pip",)), alone(3, cast=("moss",)), alone(4, cast=("pip",), place="hill")]
    assert related([new, *others]) == ["4", "2", "3"]


def test_the_night_before_is_not_shown_twice() -> None:
    assert related([alone(0, place="hill"), alone(1, place="hill"), alone(2, place="hill")]) == ["2"]


def test_a_story_with_a_note_comes_last_and_is_one_at_most_beside_stories_without() -> None:
    spooky = [alone(number, place="hill", genre=Genre.SPOOKY) for number in (2, 3)]
    plain = alone(4, place="hill")
    assert related([alone(0, place="hill"), alone(1), *spooky, plain]) == ["4", "2"]
    assert related([alone(0, place="hill", genre=Genre.SPOOKY), alone(1), *spooky, plain]) == ["2", "3", "4"]


def test_a_new_story_changes_the_answer_of_no_older_one() -> None:
    random = Random(7)
    stories: list[StoryPage] = []
    known: dict[str, tuple[StoryPage, ...]] = {}
    for number in reversed(range(120)):
        cast = tuple(random.sample(["pip", "moss", "quill", "gus", "dot"], 2))
        place, series = random.choice(["hill", "sea", "wood"]), random.choice(["", "", "s", "t"])
        story = alone(number, cast=cast, place=place, series=series, genre=random.choice(list(Genre)))
        stories.insert(0, story)
        now = find_related(stories, NOTES)
        assert {folder: now[folder] for folder in known} == known
        assert all(other.day < story.day for other in now[story.folder])
        known = now
    assert max(len(found) for found in known.values()) == MOST + 1


def test_a_key_that_is_named_twice_or_empty_weighs_nothing_more() -> None:
    new = alone(0, cast=("pip", "pip"), place="")
    assert related([new, alone(1), alone(2, place=""), alone(3, cast=("pip",), place="")]) == ["3"]


def test_the_page_of_a_story_shows_them() -> None:
    shelf = make_shelf([make_story(number) for number in range(30)], list(CARDS))
    view = make_views(shelf)[shelf.stories[0].path]
    assert view.related == find_related(shelf.stories, NOTES)[shelf.stories[0].folder]
