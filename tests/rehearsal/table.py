"""A year as a table that a person reads."""

import resource
from collections.abc import Iterator, Mapping, Sequence

from tests.rehearsal.verdict import count_mails, count_stories
from tests.rehearsal.world import READERS
from tests.rehearsal.year import Year


def render_year(year: Year, seconds: float, wrong: Sequence[str]) -> str:
    """Return the table, and below it what is wrong."""
    rows = [*_list_rows(year, seconds)]
    width = max(len(name) for name, _ in rows)
    lines = [f"{name:<{width}}  {value}" for name, value in rows]
    return "\n".join(
        [*lines, "", *(f"WRONG: {problem}" for problem in wrong)] if wrong else [*lines, "", "All is well."]
    )


def _list_rows(year: Year, seconds: float) -> Iterator[tuple[str, object]]:
    diary, world, plan = year.diary, year.world, year.plan
    counts = count_stories(year.folder / "fresh")
    extras = sum("-x-" in slot for slot in counts)
    readers, owner = count_mails(world)
    kills = sum(diary.kills.values())
    yield "seed", plan.seed
    yield "nights", plan.nights
    yield "ticks of the schedule", f"{diary.ticks}, and {diary.dropped} dropped"
    yield "runs of workflows", f"{diary.runs}, of which {diary.reruns} by hand again"
    yield "kills", f"{kills} ({diary.lost_runs} with the whole run): {_count(diary.kills)}"
    yield "faults", f"{sum(world.count_faults().values())}: {_count(world.count_faults())}"
    yield "requests to providers", len(world.clouds.requests)
    yield "steps that failed", f"{sum(diary.failed.values())}: {_count(diary.failed)}"
    yield "stories", f"{sum(counts.values()) - extras} of nights, {extras} extra ones, {len(diary.removed)} taken down"
    yield "slots with two stories", sum(count > 1 for count in counts.values())
    yield "changes of the site", f"{world.shelf.changes}, and {len(world.shelf.broken)} half pages after one of them"
    yield "looks of a reader", f"{world.watcher.looks}, and {len(world.watcher.problems)} half pages seen"
    yield (
        "mails",
        f"{readers} to {len(READERS)} readers, {owner} to the owner, {len(world.letters)} of both by SES; {len(world.news)} to the topic",
    )
    yield "time", f"{seconds:.0f} s, {seconds / plan.nights:.1f} s a night"
    own, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    commands = sum(diary.processor.values())
    rest = theirs.ru_utime + theirs.ru_stime - commands
    yield "processor", f"{commands:.0f} s in commands, {own.ru_utime + own.ru_stime:.0f} s here, {rest:.0f} s in git"
    yield "processor by step", _list_most(diary.processor)
    yield "time by step", _list_most(diary.seconds)


def _list_most(seconds: Mapping[str, float]) -> str:
    most = sorted(seconds.items(), key=lambda item: -item[1])[:8]
    return ", ".join(f"{name} {spent:.0f} s" for name, spent in most)


def _count(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items()) if count)
