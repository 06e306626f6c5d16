"""Which older stories belong to a story: of the same series, with the same cast, in the same place. Pure.

Only older ones, so that tonight's story changes no old page. All answers are found in one walk from the oldest story to
the newest that remembers the last few stories of every card; nobody is compared with everybody.
"""

from collections import deque
from collections.abc import Container, Sequence

from generator.site.story_page import StoryPage

MOST = 3  # shown with a story
REMEMBERED = 3  # the last stories of a card that are looked at
SERIES, CAST, PLACE = 3, 2, 1  # what it weighs to share them
NOBODY = {(SERIES, ""), (PLACE, ""), (CAST, "")}

Found = tuple[StoryPage, ...]


def find_related(stories: Sequence[StoryPage], notes: Container[str]) -> dict[str, Found]:
    """Find the related stories of each story, by its folder, the nearest first; `stories` are given newest first.

    A story of a genre in `notes` follows after the others and is one at most, unless the story itself is of such a
    genre: who reads that one has chosen. The night before is left out, for the page leads there anyway.
    """
    seen: dict[tuple[int, str], deque[int]] = {}
    related: dict[str, Found] = {}
    noted = [story.genre in notes for story in stories]
    for place in range(len(stories) - 1, -1, -1):
        story = stories[place]
        scores: dict[int, int] = {}
        for key in {(SERIES, story.series), (PLACE, story.place), *[(CAST, name) for name in story.cast]} - NOBODY:
            if last := seen.get(key):
                for other in last:
                    scores[other] = scores.get(other, 0) - key[0]
                last.append(place)
            else:
                seen[key] = deque((place,), REMEMBERED)
        scores.pop(place + 1, None)
        order = [other for _, other in sorted(zip(scores.values(), scores, strict=True))]
        chosen = order[:MOST] if noted[place] else _part(order, noted)
        related[story.folder] = tuple([stories[other] for other in chosen])
    return related


def _part(order: Sequence[int], noted: Sequence[bool]) -> Sequence[int]:
    """Put the others first, and one with a note behind them."""
    last = [other for other in order if noted[other]][:1]
    return [*[other for other in order if not noted[other]][:MOST], *last] if last else order[:MOST]
