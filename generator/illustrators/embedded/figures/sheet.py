"""A sheet of paper shapes: collects painted outlines in order and renders them as one measured SVG fragment."""

from collections.abc import Iterator
from contextlib import contextmanager

from generator.illustrators.embedded.drawing import Drawing, Ground
from generator.illustrators.embedded.figures.geometry import Frame, Outline, Point, clip, move

Mark = tuple[str, float, tuple[Outline, ...]]  # colour, opacity, outlines


class Sheet:
    """Paint outlines back to front, each inside the current frame."""

    def __init__(self, scale: float = 1.0) -> None:
        self._frame = Frame(scale, 0.0, 0.0, scale)
        self._marks: list[Mark | str] = []

    @contextmanager
    def inside(self, frame: Frame) -> Iterator[None]:
        """Paint inside a frame of the current frame."""
        outer = self._frame
        self._frame = frame.inside(outer)
        yield
        self._frame = outer

    @contextmanager
    def layer(self) -> Iterator[None]:
        """Paint one piece of paper that throws a soft shadow on what lies under it."""
        self._marks.append('<g filter="url(#cut)">')
        start = len(self._marks)
        yield
        if len(self._marks) == start:
            self._marks.pop()
        else:
            self._marks.append("</g>")

    def at(self, point: Point) -> Point:
        """Return where a point of the current frame lies on the sheet."""
        return self._frame.at(point)

    def paint(self, colour: str, *outlines: Outline, opacity: float = 1.0) -> None:
        """Fill outlines; where two of one call overlap, there is a hole."""
        placed = tuple(tuple(self._frame.at(point) for point in outline) for outline in outlines if len(outline) > 2)
        if placed:
            self._marks.append((colour, opacity, placed))

    def shade(self, colour: str, outline: Outline, dx: float, dy: float, scale: float = 1.0) -> None:
        """Paint the rim of a convex outline that its own copy, moved by (dx, dy), leaves uncovered."""
        self.paint(colour, outline, clip(move(outline, dx, dy, scale), outline))

    def drawing(self, ground: Ground, hand: Point | None) -> Drawing:
        """Render the sheet, moved sideways so that its middle stands over the origin.

        On land the paper is cut straight where it meets the ground, so that nothing sinks into it.
        """
        marks = [_cut_at_ground(mark) if ground is Ground.LAND else mark for mark in self._marks]
        points = [point for mark in marks if not isinstance(mark, str) for line in mark[2] for point in line]
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        middle = round((left + right) / 2, 2)
        svg = "".join(mark if isinstance(mark, str) else _render(mark, middle) for mark in marks)
        return Drawing(
            svg=svg,
            left=round(left - middle - 0.05, 2),
            right=round(right - middle + 0.05, 2),
            top=round(min(y for _, y in points) - 0.05, 2),
            bottom=round(max(0.0, *(y for _, y in points)), 2),
            ground=ground,
            hand=hand and (round(hand[0] - middle, 2), round(hand[1], 2)),
        )


def _cut_at_ground(mark: Mark | str) -> Mark | str:
    """Return a mark without what lies below the ground."""
    if isinstance(mark, str):
        return mark
    colour, opacity, outlines = mark
    return colour, opacity, tuple(tuple((x, min(y, 0.0)) for x, y in outline) for outline in outlines)


def _render(mark: Mark, middle: float) -> str:
    """Render one painted mark as a path element."""
    colour, opacity, outlines = mark
    data = "".join("M" + "L".join(f"{_short(x - middle)} {_short(y)}" for x, y in line) + "Z" for line in outlines)
    rule = ' fill-rule="evenodd"' if len(outlines) > 1 else ""
    veil = f' fill-opacity="{opacity:g}"' if opacity < 1 else ""
    return f'<path fill="{colour}"{rule}{veil} d="{data}"/>'


def _short(number: float) -> str:
    """Write a coordinate with at most two decimals."""
    return f"{round(number, 2) + 0.0:g}" if abs(number) < 1000 else f"{number:.0f}"
