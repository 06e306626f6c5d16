"""A rehearsal: write many nights, text only, and measure what a year of reading would be like."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from generator.errors import TaleshelfError
from generator.judging.quality import check_story, shingles, text_of
from generator.reading import grade, make_slug
from generator.story import Brief, Story


@dataclass(frozen=True, slots=True)
class Figures:
    """What a rehearsal measured."""

    nights: int
    written: int
    distinct_titles: int
    lengths_outside: int
    grades_outside: int
    max_jaccard: float
    mean_jaccard: float
    worst_pair: tuple[str, str]  # titles
    hero_gap: int  # the fewest nights between two stories with the same hero; 0 if none returned
    place_gap: int
    failures: tuple[str, ...]  # "2026-11-21: what is wrong"


def rehearse(write: Callable[[Brief], Story], briefs: Iterable[Brief]) -> Figures:
    """Write a story for each brief and measure them all. An error of a writer counts as a failure of that night."""
    told: list[tuple[Brief, Story]] = []
    failures: list[str] = []
    nights = 0
    for brief in briefs:
        nights += 1
        try:
            story = write(brief)
        except TaleshelfError as error:
            failures.append(f"{brief.slot}: {error.message}")
            continue
        told.append((brief, story))
        failures += [f"{brief.slot}: {finding}" for finding in check_story(story, brief)]
    return _measure(nights, told, tuple(failures))


def render_figures(figures: Figures) -> str:
    """Write the figures as lines of text, the failures last."""
    lines = [
        f"nights            {figures.nights} ({figures.written} written)",
        f"distinct titles   {figures.distinct_titles}",
        f"lengths outside   {figures.lengths_outside}",
        f"grades outside    {figures.grades_outside}",
        f"similarity        at most {figures.max_jaccard:.3f}, on average {figures.mean_jaccard:.4f}",
        f"most alike        {' / '.join(figures.worst_pair) or 'none'}",
        f"nights between    {figures.hero_gap} (hero), {figures.place_gap} (place)",
        f"failures          {len(figures.failures)}",
    ]
    return "\n".join([*lines, *(f"  {failure}" for failure in figures.failures)]) + "\n"


def _measure(nights: int, told: Sequence[tuple[Brief, Story]], failures: tuple[str, ...]) -> Figures:
    most, mean, pair = _measure_likeness([shingles(text_of(story)) for _, story in told])
    return Figures(
        nights=nights,
        written=len(told),
        distinct_titles=len({make_slug(story.title) for _, story in told}),
        lengths_outside=sum(story.word_count not in brief.words for brief, story in told),
        grades_outside=sum(grade(text_of(story)) not in brief.age.grade for brief, story in told),
        max_jaccard=most,
        mean_jaccard=mean,
        worst_pair=(told[pair[0]][1].title, told[pair[1]][1].title) if pair else ("", ""),
        hero_gap=_shortest_gap([brief.hero.key for brief, _ in told]),
        place_gap=_shortest_gap([brief.place.key for brief, _ in told]),
        failures=failures,
    )


def _measure_likeness(texts: Sequence[frozenset[int]]) -> tuple[float, float, tuple[int, int] | None]:
    """Give the largest and the mean Jaccard similarity of all pairs and the largest pair, through an inverted index."""
    seen: dict[int, list[int]] = {}
    most, total, worst = 0.0, 0.0, None
    for number, text in enumerate(texts):
        shared: Counter[int] = Counter()
        for shingle in text:
            earlier = seen.setdefault(shingle, [])
            shared.update(earlier)
            earlier.append(number)
        for other, count in shared.items():
            likeness = count / (len(text) + len(texts[other]) - count)
            total += likeness
            if likeness > most:
                most, worst = likeness, (other, number)
    pairs = len(texts) * (len(texts) - 1) // 2
    return most, total / pairs if pairs else 0.0, worst


def _shortest_gap(keys: Sequence[str]) -> int:
    last: dict[str, int] = {}
    gaps = []
    for night, key in enumerate(keys):
        if key in last:
            gaps.append(night - last[key])
        last[key] = night
    return min(gaps, default=0)
