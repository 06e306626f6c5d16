"""Outlines as plain points: ovals, eggs, tubes and drawn paths, moved, clipped and measured without a renderer."""

import math
import re
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]
Outline = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """An affine map: (x, y) becomes (a x + c y + e, b x + d y + f)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, point: Point) -> Point:
        """Map one point."""
        x, y = point
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def inside(self, outer: "Frame") -> "Frame":
        """Return the map that applies this one first and `outer` after it."""
        (e, f) = outer.at((self.e, self.f))
        return Frame(
            outer.a * self.a + outer.c * self.b,
            outer.b * self.a + outer.d * self.b,
            outer.a * self.c + outer.c * self.d,
            outer.b * self.c + outer.d * self.d,
            e,
            f,
        )


def place(x: float, y: float, turn: float = 0.0, scale: float = 1.0, stretch: float = 1.0) -> Frame:
    """Make a map that scales (`stretch` widens), turns clockwise by degrees, then moves."""
    cos, sin = math.cos(math.radians(turn)) * scale, math.sin(math.radians(turn)) * scale
    return Frame(cos * stretch, sin * stretch, -sin, cos, x, y)


def move(outline: Outline, dx: float, dy: float, scale: float = 1.0) -> Outline:
    """Scale an outline about the middle of its points, then move it."""
    cx = sum(x for x, _ in outline) / len(outline)
    cy = sum(y for _, y in outline) / len(outline)
    return tuple((cx + (x - cx) * scale + dx, cy + (y - cy) * scale + dy) for x, y in outline)


def oval(x: float, y: float, rx: float, ry: float, turn: float = 0.0) -> Outline:
    """Return an ellipse, turned clockwise by degrees."""
    return egg(x, y, rx, ry, 0.0, turn)


def egg(x: float, y: float, rx: float, ry: float, swell: float = 0.15, turn: float = 0.0) -> Outline:
    """Return an ellipse that is wider at its lower end by the share `swell` (and narrower at the top)."""
    count = max(16, min(56, round(10 + 2.2 * max(rx, ry))))
    frame = place(x, y, turn)
    angles = [2 * math.pi * step / count for step in range(count)]
    return tuple(frame.at((rx * math.cos(t) * (1 + swell * math.sin(t)), ry * math.sin(t))) for t in angles)


def box(x: float, y: float, rx: float, ry: float, corner: float) -> Outline:
    """Return a rectangle about a middle point, with round corners."""
    points: list[Point] = []
    for sx, sy, start in ((1, 1, 0), (-1, 1, 90), (-1, -1, 180), (1, -1, 270)):
        cx, cy = x + sx * (rx - corner), y + sy * (ry - corner)
        for step in range(7):
            angle = math.radians(start + 15 * step)
            points.append((cx + corner * math.cos(angle), cy + corner * math.sin(angle)))
    return tuple(points)


def blob(*points: Point) -> Outline:
    """Return a smooth closed outline through the points."""
    count = len(points)
    return tuple(
        _between(points[i - 1], points[i], points[(i + 1) % count], points[(i + 2) % count], step / 8)
        for i in range(count)
        for step in range(8)
    )


def curve(points: tuple[Point, ...], steps: int = 8) -> Outline:
    """Return a smooth open line through the points."""
    ends = (points[0], *points, points[-1])
    line = [
        _between(ends[i], ends[i + 1], ends[i + 2], ends[i + 3], step / steps)
        for i in range(len(points) - 1)
        for step in range(steps)
    ]
    return (*line, points[-1])


def _between(p: Point, q: Point, r: Point, s: Point, t: float) -> Point:
    """Return the point at share `t` between q and r on the Catmull-Rom curve."""

    def along(a: float, b: float, c: float, d: float) -> float:
        return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)

    return along(p[0], q[0], r[0], s[0]), along(p[1], q[1], r[1], s[1])


def path(drawn: str) -> Outline:
    """Flatten one contour of path data: absolute M, L, Q, C and Z only."""
    points: list[Point] = []
    for command, numbers in re.findall(r"([MLQCZ])([^MLQCZ]*)", drawn):
        values = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        pairs = list(zip(values[::2], values[1::2], strict=True))
        size = {"M": 1, "L": 1, "Q": 2, "C": 3, "Z": 1}[command]
        for start in range(0, len(pairs), size):
            points.extend(_bend(points[-1], pairs[start : start + size]) if size > 1 else pairs[start : start + 1])
    return tuple(points)


def _bend(start: Point, controls: list[Point]) -> list[Point]:
    """Flatten one quadratic or cubic curve, its start left out."""
    steps = 12
    flat: list[Point] = []
    for step in range(1, steps + 1):
        t = step / steps
        row = [start, *controls]
        while len(row) > 1:
            row = [(p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t) for p, q in pairwise(row)]
        flat.append(row[0])
    return flat


def tube(points: tuple[Point, ...], *radii: float) -> Outline:
    """Return a soft tube along a smooth line; its radii are spread evenly from the first end to the last."""
    left, right = _sides(points, radii, 0.0, 1.0)
    tip = _cap(left[-1], right[-1])
    base = _cap(right[0], left[0])
    return (*left, *tip, *reversed(right), *base)


def ring(points: tuple[Point, ...], radii: tuple[float, ...], start: float, end: float, jag: float = 0.0) -> Outline:
    """Return the part of a tube between two shares of its length; `jag` cuts teeth into the edge at `start`."""
    left, right = _sides(points, radii, start, end)
    tip = _cap(left[-1], right[-1]) if end >= 1 else ()
    teeth = _teeth(right[0], left[0], jag) if jag else ()
    return (*left, *tip, *reversed(right), *teeth)


def _sides(
    points: tuple[Point, ...], radii: tuple[float, ...], start: float, end: float
) -> tuple[list[Point], list[Point]]:
    """Return the two edges of a tube."""
    line = curve(points)
    last = len(line) - 1
    first, final = round(start * last), round(end * last)
    left: list[Point] = []
    right: list[Point] = []
    for i in range(first, final + 1):
        (ax, ay), (bx, by) = line[max(0, i - 1)], line[min(last, i + 1)]
        length = math.hypot(bx - ax, by - ay) or 1.0
        nx, ny = (by - ay) / length, (ax - bx) / length
        at = i / last * (len(radii) - 1)
        low = min(int(at), len(radii) - 2) if len(radii) > 1 else 0
        high = min(low + 1, len(radii) - 1)
        radius = radii[low] + (radii[high] - radii[low]) * (at - low)
        x, y = line[i]
        left.append((x + nx * radius, y + ny * radius))
        right.append((x - nx * radius, y - ny * radius))
    return left, right


def _cap(start: Point, end: Point) -> tuple[Point, ...]:
    """Return the half circle that rounds a tube's end off."""
    cx, cy = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    dx, dy = start[0] - cx, start[1] - cy
    turns = [math.pi * step / 8 for step in range(1, 8)]
    return tuple((cx + dx * math.cos(t) - dy * math.sin(t), cy + dx * math.sin(t) + dy * math.cos(t)) for t in turns)


def _teeth(start: Point, end: Point, depth: float) -> tuple[Point, ...]:
    """Return a zigzag between two points, as fur is cut into paper."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy) or 1.0
    nx, ny = dy / length * depth, -dx / length * depth
    return tuple((start[0] + dx * i / 6 + nx * (i % 2), start[1] + dy * i / 6 + ny * (i % 2)) for i in range(1, 6))


def scallop(x: float, y: float, rx: float, ry: float, count: int, depth: float, turn: float = 0.0) -> Outline:
    """Return an ellipse with a wavy edge of `count` round bumps."""
    frame = place(x, y, turn)
    points: list[Point] = []
    for step in range(count * 8):
        t = 2 * math.pi * step / (count * 8)
        swell = 1 + depth * (abs(math.sin(t * count / 2)) - 0.6)
        points.append(frame.at((rx * swell * math.cos(t), ry * swell * math.sin(t))))
    return tuple(points)


def spikes(
    x: float, y: float, rx: float, ry: float, count: int, depth: float, start: float = 0.0, end: float = 360.0
) -> Outline:
    """Return an ellipse (or its arc between two angles, degrees clockwise from the right) with a pointed edge."""
    points: list[Point] = []
    for step in range(count * 2 + 1):
        t = math.radians(start + (end - start) * step / (count * 2))
        swell = 1 + depth * (step % 2)
        points.append((x + rx * swell * math.cos(t), y + ry * swell * math.sin(t)))
    return tuple(points)


def clip(outline: Outline, window: Outline) -> Outline:
    """Return the part of an outline inside a convex window (nothing, if they do not meet)."""
    area = sum(p[0] * q[1] - q[0] * p[1] for p, q in zip(window, (*window[1:], window[0]), strict=True))
    edge = window if area > 0 else tuple(reversed(window))
    rest = list(outline)
    for p, q in zip(edge, (*edge[1:], edge[0]), strict=True):
        rest = _cut(rest, p, q)
    return tuple(rest)


def _cut(outline: list[Point], p: Point, q: Point) -> list[Point]:
    """Keep what lies to the inner side of the line from p to q."""

    def side(point: Point) -> float:
        return (q[0] - p[0]) * (point[1] - p[1]) - (q[1] - p[1]) * (point[0] - p[0])

    kept: list[Point] = []
    for here, after in zip(outline, (*outline[1:], *outline[:1]), strict=True):
        now, then = side(here), side(after)
        if now >= 0:
            kept.append(here)
        if (now > 0 > then) or (now < 0 < then):
            share = now / (now - then)
            kept.append((here[0] + (after[0] - here[0]) * share, here[1] + (after[1] - here[1]) * share))
    return kept
