"""Chapters as JSON: their shape, their times, and where they lead."""

import json
from collections.abc import Iterator

from generator.feeds.check.addresses import is_address
from generator.feeds.check.rules import Said
from generator.feeds.check.wanted import Wanted

LONGEST = 1e7  # seconds; no episode is as long
SLACK = 1.0  # seconds that a chapter may begin after the episode


def check_chapters(wanted: Wanted, data: bytes) -> Iterator[Said]:
    """Report what is wrong with a file of chapters."""
    name = wanted.address[-80:]
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        yield Said("L05", wanted.line, f"{name} is no JSON: {type(error).__name__}.")
        return
    marks = found.get("chapters") if isinstance(found, dict) else None
    if not isinstance(marks, list) or not isinstance(found.get("version"), str):
        yield Said("L05", wanted.line, f"{name} has no version or no chapters.")
        return
    starts = [_start(mark) for mark in marks]
    if not marks or None in starts:
        yield Said("L05", wanted.line, f"A chapter of {name} has no startTime." if marks else f"{name} has no chapter.")
        return
    times = [start for start in starts if start is not None]
    if times != sorted(times) or (wanted.seconds and times[-1] > wanted.seconds + SLACK):
        yield Said(
            "L06", wanted.line, f"The chapters of {name} begin at {', '.join(f'{time:g}' for time in times[:9])}."
        )
    yield from _check_marks(wanted, marks)


def _start(mark: object) -> float | None:
    """Return where a chapter begins, None for what is none."""
    value = mark.get("startTime") if isinstance(mark, dict) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < LONGEST:
        return None
    return float(value)


def _check_marks(wanted: Wanted, marks: list[dict[str, object]]) -> Iterator[Said]:
    name = wanted.address[-80:]
    for key in ("img", "url"):
        for value in (mark[key] for mark in marks if key in mark):
            if not isinstance(value, str) or not is_address(value):
                yield Said("L07", wanted.line, f"{key} of a chapter of {name} is no full address: {str(value)[:60]!r}.")
                break
    if any(not mark.get("title") and mark.get("toc") is not False for mark in marks):
        yield Said("L08", wanted.line, f"A chapter of {name} has no title.")
