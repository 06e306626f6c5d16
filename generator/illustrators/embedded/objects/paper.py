"""Coloured paper and scissors: outlines are SVG path data, sheets are outlines with a colour and a cut edge.

Lengths are units (a standing child is 100), x grows to the right and y downwards, as in every drawing.
"""

import math

from generator.illustrators.embedded.colour import darken, lighten

BRASS = "#dba63f"
BREAD = "#d29a55"
CREAM = "#f8ecd2"
FLAME = "#ff9f3d"
GLASS = "#b9dfe3"
GRASS = "#7fa65a"
IRON = "#596079"
LIGHT = "#ffe596"
PINK = "#e79a9a"
RED = "#cc5340"
STONE = "#989cab"
WOOD = "#ad7642"


def number(value: float) -> str:
    """Write a length with at most two decimals and no trailing zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def oval(x: float, y: float, rx: float, ry: float | None = None) -> str:
    """Outline an ellipse (a circle without `ry`) around a point."""
    ry = rx if ry is None else ry
    arc = f"a{number(rx)} {number(ry)} 0 1 0"
    return f"M{number(x - rx)} {number(y)}{arc} {number(2 * rx)} 0{arc} {number(-2 * rx)} 0Z"


def panel(x: float, y: float, width: float, height: float, r: float = 0) -> str:
    """Outline a rectangle from its upper left corner, with round corners of radius `r`."""
    w, h, q = number(width - 2 * r), number(height - 2 * r), number(r)
    if not r:
        return f"M{number(x)} {number(y)}h{w}v{h}h-{w}Z"
    arc = f"a{q} {q} 0 0 1"
    start = f"M{number(x + r)} {number(y)}"
    return f"{start}h{w}{arc} {q} {q}v{h}{arc} -{q} {q}h-{w}{arc} -{q} -{q}v-{h}{arc} {q} -{q}Z"


def spikes(x: float, y: float, outer: float, inner: float, count: int, turn: float = 0) -> str:
    """Outline a star with `count` points, the first one up unless turned (degrees)."""
    points = []
    for step in range(2 * count):
        angle = math.radians(turn - 90 + 180 * step / count)
        reach = inner if step % 2 else outer
        points.append(f"{number(x + reach * math.cos(angle))} {number(y + reach * math.sin(angle))}")
    return "M" + "L".join(points) + "Z"


def crescent(x: float, y: float, rx: float, ry: float | None = None, depth: float = 0.35) -> str:
    """Outline the shaded lower right rim of an ellipse; `depth` 0 is nothing, 1 half of it."""
    ry = rx if ry is None else ry
    dx, dy = rx * math.cos(math.radians(-50)), ry * math.sin(math.radians(-50))
    start, end = f"{number(x + dx)} {number(y + dy)}", f"{number(x - dx)} {number(y - dy)}"
    wide = 1 / max(1 - depth, 0.01)
    bow = f"A{number(rx * wide)} {number(ry * wide)} 0 0 0"
    return f"M{start}A{number(rx)} {number(ry)} 0 0 1 {end}{bow} {start}Z"


def flat(outline: str, colour: str, opacity: float = 1) -> str:
    """Lay an outline down without an edge: print on the paper rather than another sheet."""
    veil = "" if opacity == 1 else f' opacity="{number(opacity)}"'
    return f'<path d="{outline}" fill="{colour}" fill-rule="evenodd"{veil}/>'


def sheet(outline: str, colour: str, edge: float = 0.8) -> str:
    """Lay down a sheet of paper: its darker thickness shows below and to the right."""
    under = f'<path d="{outline}" fill="{darken(colour, 0.38)}" fill-rule="evenodd" transform="translate({number(edge * 0.7)} {number(edge)})"/>'
    return under + flat(outline, colour)


def shade(outline: str, strength: float = 0.16) -> str:
    """Darken a part of a sheet."""
    return flat(outline, "#1b1638", strength)


def shine(outline: str, strength: float = 0.4) -> str:
    """Brighten a part of a sheet."""
    return flat(outline, "#fff8ea", strength)


def line(path: str, colour: str, width: float) -> str:
    """Lay a cord or a fold of a width along a path."""
    style = f'stroke-width="{number(width)}" stroke-linecap="round" stroke-linejoin="round"'
    return f'<path d="{path}" fill="none" stroke="{colour}" {style}/>'


def cord(path: str, colour: str, width: float) -> str:
    """Lay a round bar of paper along a path: a dark one below, a light streak on top."""
    low = f'<g transform="translate({number(width * 0.18)} {number(width * 0.24)})">{line(path, darken(colour, 0.38), width)}</g>'
    return low + line(path, colour, width) + line(path, lighten(colour, 0.28), width * 0.25)


def put(svg: str, x: float = 0, y: float = 0, turn: float = 0, scale: float = 1) -> str:
    """Move, turn (degrees) and scale a part."""
    moves = f"translate({number(x)} {number(y)})"
    if turn:
        moves += f" rotate({number(turn)})"
    if scale != 1:
        moves += f" scale({number(scale)})"
    return f'<g transform="{moves}">{svg}</g>'


def flame(x: float, y: float, height: float) -> str:
    """Lay a flame whose foot is at a point."""
    outer = "M0 0C-5 -1 -4.6 -6 -2.2 -9C-1 -10.6 -.2 -12.4 0 -14C2.6 -11.4 5 -8 4.6 -4.4C4.4 -1.8 2.6 0 0 0Z"
    return put(
        flat(outer, FLAME)
        + put(flat(outer, LIGHT), 0.1, -0.5, 0, 0.62)
        + put(flat(outer, "#fffbe8"), 0.1, -0.7, 0, 0.3),
        x,
        y,
        0,
        height / 14,
    )
