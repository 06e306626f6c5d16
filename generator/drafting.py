"""The story of a brief: drafts are judged, written again once with what to avoid, and the next writer is asked after that."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from generator.errors import BadReply, ProviderError
from generator.judging.novelty import Fingerprint, compare, make_fingerprint
from generator.judging.quality import check_story, text_of
from generator.slots import make_seed
from generator.story import Brief, Story
from generator.studio import EMBEDDED, Desks, Moderator, Role, Studio, Writer, ask, load, open_provider

EMBEDDED_TRIES = 6  # another draft costs nothing
TRIES = 2  # of a writer that is paid: a draft, and one rewrite that knows what to avoid


@dataclass(frozen=True, slots=True)
class Judges:
    """What a draft is compared with, and who else is asked about it."""

    shelf: tuple[Fingerprint, ...]  # of every story that is filed
    known: frozenset[str]  # names of cast and places, which come back on purpose
    moderate: Callable[[str], tuple[str, ...]]  # what is wrong with a text


def write_story(
    brief: Brief, studio: Studio, judges: Judges, note: Callable[[str], None], desks: Desks | None
) -> Story:
    """Return a story that passes every check. Raises ProviderError when no writer has one."""

    def write(writer: Writer) -> Story:
        problems: tuple[str, ...] = ()
        drafts: list[Story] = []
        tries = EMBEDDED_TRIES if writer.name == EMBEDDED else TRIES
        for draft in range(1, tries + 1):
            seed = make_seed(f"{brief.seed} {draft - 1}", brief.slot) if draft > 1 else brief.seed
            story = writer.write(replace(brief, seed=seed, draft=draft, avoid=problems))
            problems = judge(story, brief, judges)
            if not problems:
                return story
            note(f"draft {draft} of {writer.name} is put aside: {'; '.join(problems)}")
            drafts.append(story)
        # After some years its plots come back in words that were heard before: rather that than no story tonight.
        alone = replace(judges, shelf=())
        if writer.name == EMBEDDED and (heard := next((one for one in drafts if not judge(one, brief, alone)), None)):
            note(
                f"draft {drafts.index(heard) + 1} is taken all the same: the plots of {writer.name} have been told often"
            )
            return heard
        raise BadReply(
            f"no draft was good enough: {'; '.join(problems)}",
            "Try another seed, idea or length.",
            provider=writer.name,
        )

    return ask(studio.writers, write, note, desks)


def judge(story: Story, brief: Brief, judges: Judges) -> tuple[str, ...]:
    """Return everything that keeps a draft off the shelf; strangers are asked only about what we find good."""
    problems = check_story(story, brief)
    if not problems:
        # A plot of the embedded writer is told again on purpose, in other words; a model has no reason to.
        mark = make_fingerprint(story.title, text_of(story))
        problems = compare(mark, judges.shelf, strict=not story.plot, known=judges.known)
    return problems or judges.moderate(f"{story.title}\n\n{text_of(story)}\n\n{story.moral}\n{story.question}")


def make_moderation(
    role: Role, desks: Desks, has: Callable[[str], bool], note: Callable[[str], None], *, strict: bool
) -> Callable[[str, tuple[bytes, ...]], tuple[str, ...]]:
    """Return a function that asks every moderator with a key about a text and pictures.

    One that cannot be reached is noted; with `strict`, for what a person asked for, its error is raised instead.
    """

    def moderate(text: str, pictures: tuple[bytes, ...] = ()) -> tuple[str, ...]:
        problems: list[str] = []
        for entry in role.entries:
            try:
                if all(map(has, getattr(load(entry), "variables", ())[:1])):
                    moderator: Moderator = open_provider(entry, desks)
                    problems += moderator.check(text, pictures)
            except ProviderError as error:
                if strict:
                    raise
                note(f"moderators: {entry.name} was not heard ({error.message}); our own lists decide")
        return tuple(problems)

    return moderate
