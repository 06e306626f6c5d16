"""Paper shapes: outlines as SVG path data, without colour.

All outlines run clockwise, so that shapes joined into one piece of paper never cut holes into each other.
"""

import math
from collections.abc import Iterable, Sequence
from random import Random

Point = tuple[float, float]
WIDTH, HEIGHT = 1600, 1200


def num(value: float) -> str:
    """Write a number with one decimal at most."""
    text = f"{value:.1f}"
    return text.removesuffix(".0")


def pair(point: Point) -> str:
    """Write a point."""
    return f"{num(point[0])} {num(point[1])}"


def polygon(points: Iterable[Point]) -> str:
    """Join points by straight cuts and close the outline."""
    return "M" + "L".join(pair(p) for p in points) + "Z"


def polyline(points: Iterable[Point]) -> str:
    """Join points by straight lines."""
    return "M" + "L".join(pair(p) for p in points)


def smooth(points: Sequence[Point], *, closed: bool = True) -> str:
    """Lay a soft curve through the points."""
    count = len(points)
    parts = ["M" + pair(points[0])]
    for i in range(count if closed else count - 1):
        if closed:
            a, b, c, d = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        else:
            a, b, c, d = (points[min(max(i + k, 0), count - 1)] for k in (-1, 0, 1, 2))
        one = (b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6)
        two = (c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6)
        parts.append(f"C{pair(one)} {pair(two)} {pair(c)}")
    return "".join(parts) + ("Z" if closed else "")


def ellipse(x: float, y: float, rx: float, ry: float) -> str:
    """Return an ellipse around (x, y)."""
    return (
        f"M{pair((x - rx, y))}A{num(rx)} {num(ry)} 0 1 1 {pair((x + rx, y))}"
        f"A{num(rx)} {num(ry)} 0 1 1 {pair((x - rx, y))}Z"
    )


def box(x: float, y: float, width: float, height: float) -> str:
    """Return a rectangle with its upper left corner at (x, y)."""
    return polygon(((x, y), (x + width, y), (x + width, y + height), (x, y + height)))


def arch(x: float, y: float, width: float, height: float) -> str:
    """Return a door or window with a round top; (x, y) is the middle of its sill."""
    half = width / 2
    return (
        f"M{pair((x - half, y))}V{num(y - height + half)}A{num(half)} {num(half)} 0 0 1 "
        f"{pair((x + half, y - height + half))}V{num(y)}Z"
    )


def blob(rng: Random, x: float, y: float, rx: float, ry: float, *, corners: int = 9, wobble: float = 0.12) -> str:
    """Return a pebble: an ellipse cut by a hand that is not quite steady."""
    turn = rng.uniform(0, math.tau)
    points = []
    for i in range(corners):
        angle = turn + math.tau * i / corners
        reach = 1 + rng.uniform(-wobble, wobble)
        points.append((x + math.cos(angle) * rx * reach, y + math.sin(angle) * ry * reach))
    return smooth(points)


def scallops(points: Sequence[Point], *, bulge: float = 0.62) -> str:
    """Close an outline whose edges swell outwards like the rim of a cloud (points run clockwise)."""
    parts = ["M" + pair(points[0])]
    for i, start in enumerate(points):
        end = points[(i + 1) % len(points)]
        radius = math.dist(start, end) * bulge
        parts.append(f"A{num(radius)} {num(radius)} 0 0 1 {pair(end)}")
    return "".join(parts) + "Z"


def tuft(rng: Random, x: float, y: float, rx: float, ry: float, *, bumps: int = 9) -> str:
    """Return a leafy crown with round bumps around (x, y)."""
    turn = rng.uniform(0, math.tau)
    points = []
    for i in range(bumps):
        angle = turn + math.tau * (i + rng.uniform(-0.18, 0.18)) / bumps
        points.append((x + math.cos(angle) * rx * 0.86, y + math.sin(angle) * ry * 0.86))
    return scallops(points)


def leaf(x: float, y: float, length: float, width: float, angle: float) -> str:
    """Return a pointed leaf that grows from (x, y) at `angle` radians (0 is right, clockwise)."""
    ux, uy = math.cos(angle), math.sin(angle)
    tip = (x + ux * length, y + uy * length)
    one = (x + ux * length * 0.4 - uy * width, y + uy * length * 0.4 + ux * width)
    two = (x + ux * length * 0.4 + uy * width, y + uy * length * 0.4 - ux * width)
    return f"M{pair((x, y))}Q{pair(two)} {pair(tip)}Q{pair(one)} {pair((x, y))}Z"


def star(x: float, y: float, radius: float, *, rays: int = 4, waist: float = 0.28, turn: float = 0.0) -> str:
    """Return a star with sharp rays."""
    points = []
    for i in range(rays * 2):
        angle = turn - math.pi / 2 + math.pi * i / rays
        reach = radius if i % 2 == 0 else radius * waist
        points.append((x + math.cos(angle) * reach, y + math.sin(angle) * reach))
    return polygon(points)


def limb(points: Sequence[Point], thick: float, thin: float) -> str:
    """Return a trunk or branch along the points, tapering from `thick` to `thin`."""
    left, right = [], []
    last = len(points) - 1
    for i, (x, y) in enumerate(points):
        before, after = points[max(i - 1, 0)], points[min(i + 1, last)]
        length = math.dist(before, after) or 1
        nx, ny = -(after[1] - before[1]) / length, (after[0] - before[0]) / length
        half = (thick + (thin - thick) * i / last) / 2
        left.append((x + nx * half, y + ny * half))
        right.append((x - nx * half, y - ny * half))
    return smooth([*right, *reversed(left)])


def waves(
    y: float, left: float, right: float, *, length: float = 80, height: float = 14, bottom: float = HEIGHT
) -> str:
    """Return a band of water from `left` to `right` whose upper edge runs in paper waves."""
    count = max(1, round((right - left) / length))
    step = (right - left) / count
    parts = [f"M{pair((left, bottom))}V{num(y)}"]
    for i in range(count):
        x = left + step * i
        parts.append(
            f"C{pair((x + step * 0.35, y + height * 0.2))} {pair((x + step * 0.45, y - height))} {pair((x + step * 0.62, y - height))}"
            f"C{pair((x + step * 0.52, y - height * 0.1))} {pair((x + step * 0.75, y + height * 0.35))} {pair((x + step, y))}"
        )
    return "".join(parts) + f"V{num(bottom)}Z"
