"""The tables of what came of every scene. Pure."""

from collections.abc import Sequence

from tests.faults.cells import COLUMNS, Result

SHORT = {"own": "ok", "next": "ok >", "pending": "ok ..", "none": "ok x", "kept": "ok"}
LEGEND = (
    "ok: the same provider delivered; ok >: the next one did; ok ..: filed, and finished by the next run;",
    "ok x: no story that night, nothing lost. 1: the first request failed, *: all of them did.",
)


def render_cells(results: Sequence[Result]) -> str:
    """Return the table of faults and endpoints."""
    cells = {(result.row.rpartition(" ")[0], result.column): result for result in results}
    rows = list(dict.fromkeys(row for row, _ in cells))
    columns = [column for column in COLUMNS if any(column == found for _, found in cells)]
    lines = [["", *columns]]
    for row in rows:
        found = (cells.get((row, column)) for column in columns)
        lines.append([row, *(_render_cell(result) if result else "" for result in found)])
    return f"{_render_rows(lines)}\n" + "\n".join(LEGEND)


def _render_cell(result: Result) -> str:
    if result.problems:
        return "FAILED"
    return f"{SHORT.get(result.outcome, result.outcome)} {'*' if result.row.endswith('always') else '1'}"


def render_points(results: Sequence[Result]) -> str:
    """Return the table of what was done to whole runs: one row a profile and kind."""
    kinds = list(dict.fromkeys((result.column, _kind(result)) for result in results))
    lines = [["", "", "scenes", "what came of them", "failed"]]
    for profile, kind in kinds:
        found = [result for result in results if (result.column, _kind(result)) == (profile, kind)]
        outcomes = sorted({result.outcome for result in found})
        counted = ", ".join(f"{sum(one.outcome == name for one in found)} {name}" for name in outcomes)
        failed = sum(bool(result.problems) for result in found)
        lines.append([profile, kind, str(len(found)), counted, str(failed)])
    return _render_rows(lines)


def _kind(result: Result) -> str:
    """Return what a row is about: "fsync 3" and "fsync 5" are one, "cover.landed:2" is its own."""
    first, _, rest = result.row.partition(" ")
    return first.partition(":")[0] if rest else first.partition(":")[0].partition(".")[0]


def render_failures(results: Sequence[Result]) -> str:
    """Return every failure with its reasons."""
    bad = (result for result in results if result.problems)
    return "\n".join(f"{result.column} / {result.row}: {'; '.join(result.problems)}" for result in bad)


def _render_rows(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
