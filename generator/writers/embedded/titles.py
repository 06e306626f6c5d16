"""Find a title no other story has."""

from collections.abc import Iterator

from generator.reading import make_slug
from generator.writers.embedded.dealing import deal
from generator.writers.embedded.grammar import render, title_case
from generator.writers.embedded.plan import Plan

_MAKES = ("Quiet", "Patient", "Borrowed", "Stubborn", "Wandering", "Polite", "Second", "Unlikely", "Humming", "Famous",
          "Sleepless", "Crooked", "Faithful", "Lopsided", "Curious", "Homeward")  # fmt: skip


def make_title(plan: Plan) -> str:
    """Give the first title of the plot's patterns that is at most 60 characters and not in the archive yet."""
    for title in _candidates(plan):
        if len(title) <= 60 and make_slug(title) not in plan.brief.titles:
            return title
    return f"{plan.hero.name}, {plan.brief.slot}"


def _candidates(plan: Plan) -> Iterator[str]:
    patterns = plan.plot.titles
    start = deal(f"{plan.plot.name} titles", plan.telling, len(patterns))
    for pattern in (*patterns[start:], *patterns[:start]):
        yield title_case(render(pattern, plan.words, lambda _: 0))
    first = plan.brief.seed % len(_MAKES)
    for make in (*_MAKES[first:], *_MAKES[:first]):
        yield title_case(f"{plan.hero.name} and the {make} {plan.theme}")
    for make in _MAKES:
        yield title_case(f"The {make} {plan.theme} of {plan.place.name.removeprefix('the ')}")
