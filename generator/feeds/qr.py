"""A QR code as the path of an SVG: an address to take from the screen with a phone. Pure."""

from dataclasses import dataclass
from itertools import groupby

QUIET = 4  # empty squares around the code, which scanners need


@dataclass(frozen=True, slots=True)
class Code:
    """A code on a grid of squares."""

    side: int  # squares, with the quiet ones
    path: str  # of all dark squares


def make_code(text: str) -> Code:
    """Make the code of an address."""
    import segno

    rows = segno.make(text, error="m", micro=False).matrix
    runs = (f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(rows, QUIET) for x, length in _find_runs(row))
    return Code(len(rows) + 2 * QUIET, "".join(runs))


def _find_runs(row: bytearray) -> list[tuple[int, int]]:
    """Return where dark squares begin in a row, and how many stand side by side."""
    found, at = [], QUIET
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            found.append((at, length))
        at += length
    return found
