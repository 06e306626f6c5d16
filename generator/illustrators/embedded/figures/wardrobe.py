"""What the cast wears, cut from the third colour of the card: scarf, hat, cape, bow, glasses, boots and apron."""

import math

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.figures.art import Art
from generator.illustrators.embedded.figures.geometry import Outline, Point, box, clip, oval, path, place, ring, tube
from generator.illustrators.embedded.figures.tones import WHITE
from generator.story import Pose


def draw_scarf(art: Art, x: float, y: float, half: float, turn: float = 0.0, drop: float = 22.0) -> None:
    """Wind a scarf about a neck `half` wide to each side; its ends hang down `drop` (0: none) on the left."""
    tones, paint = art.tones, art.sheet.paint
    size = min(1.0, half / 11)
    half, drop = half / size, drop / size
    band = ((-half - 1.5, -2.2), (-half * 0.4, 2.6), (half * 0.4, 2.6), (half + 1.5, -2.2))
    ends = drop > 0 and not art.asleep
    with art.sheet.inside(place(x, y, turn, size)):
        if ends:
            sway = 7.0 if art.pose is Pose.WALK else 0.0
            _draw_end(art, (-half * 0.62, 2.0), (-half * 0.85 - sway, drop * 0.85 - sway * 0.6), tones.wear_shade)
            _draw_end(art, (-half * 0.35, 2.5), (-half * 0.2 - sway * 0.6, drop - sway * 0.3), tones.wear)
        paint(tones.wear, tube(band, 4.2, 5.0, 4.2))
        for share in (0.18, 0.42, 0.66, 0.88):
            stripe = ring(band, (4.2, 5.0, 4.2), share - 0.04, share + 0.04)
            paint(tones.wear_light, stripe, opacity=0.85)
        paint(tones.wear_shade, tube(tuple((px, py + 4.0) for px, py in band), 0.5, 0.9, 0.5), opacity=0.6)
        if ends:
            paint(tones.wear_shade, oval(-half * 0.42, 2.6, 4.0, 4.4))
            paint(tones.wear, oval(-half * 0.42 + 0.5, 2.0, 3.4, 3.7))


def _draw_end(art: Art, start: Point, end: Point, colour: str) -> None:
    """Draw a hanging end of the scarf with a stripe and a fringe."""
    middle = ((start[0] + end[0]) / 2 - 1, (start[1] + end[1]) / 2)
    line, radii = (start, middle, end), (2.8, 3.8, 4.2)
    art.sheet.paint(colour, ring(line, radii, 0.0, 0.94))
    art.sheet.paint(art.tones.wear_light, ring(line, radii, 0.7, 0.8), opacity=0.85)
    way = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0])) - 90
    with art.sheet.inside(place(*end, way)):
        for dx in (-3.1, -1.05, 1.05, 3.1):
            art.sheet.paint(colour, tube(((dx, -1.5), (dx, 2.2)), 0.75, 0.6))


def draw_hat(art: Art, x: float, y: float, half: float) -> None:
    """Put a small felt hat with a band and a feather on a head, a little askew."""
    tones, paint = art.tones, art.sheet.paint
    with art.sheet.inside(place(x, y, -7, half / 11)):
        paint(tones.wear_shade, oval(0, 0.6, 15.5, 3.6))
        paint(tones.wear, oval(0, -0.3, 15.5, 3.1))
        paint(
            tones.wear,
            path(
                "M-10 0 C-10.5 -9 -8.5 -14.5 -4 -14.5 C-1.5 -14.5 -1 -12.8 1 -13 C3.5 -13.4 5 -14.5 6.6 -13.2 C9.6 -10.5 10 -5 10 0 Q0 3.2 -10 0 Z"
            ),
        )
        paint(
            tones.wear_shade,
            path("M-10 0 C-10.5 -9 -8.5 -14.5 -4 -14.5 C-7 -10 -6.5 -4 -5.2 1.2 Q-8 0.9 -10 0 Z"),
            opacity=0.6,
        )
        paint(tones.wear_light, path("M-10.1 -4.4 Q0 -1.4 10 -4.4 L10 0 Q0 3.2 -10 0 Z"))
        with art.sheet.inside(place(8.2, -3, 22)):
            paint(tones.belly, path("M0 1 C-4.5 -5 -3.5 -13 1.5 -18 C5 -11 4.5 -4 0 1 Z"))
            paint(tones.belly_shade, tube(((0, 1), (0.4, -7), (1.3, -15)), 0.5, 0.3))


def draw_bow(art: Art, x: float, y: float, size: float = 1.0, turn: float = -18.0) -> None:
    """Tie a bow."""
    tones, paint = art.tones, art.sheet.paint
    with art.sheet.inside(place(x, y, turn, size)):
        for way in (-1, 1):
            with art.sheet.inside(place(0, 0, 0, 1, way)):
                paint(tones.wear_shade, path("M1 1 C4 3 6 7 6.5 10 L3.6 8.6 L1.2 10.2 C0.8 6 0 4 -0.5 1 Z"))
                paint(tones.wear, path("M0.5 0 C4 -7 10 -8 12 -5.5 C13.4 -2 13 3.5 11 5.4 C8 6.8 3 4 0.5 0 Z"))
                paint(tones.wear_shade, path("M1 0 C4 -1.8 7 -2.2 9 -1.6 C7 0.4 4 1 1 0 Z"), opacity=0.8)
                paint(
                    tones.wear_light,
                    path("M3 -3.4 C5.6 -6 8.8 -6.8 10.6 -5.4 C8.4 -5.4 5.6 -4.6 3 -3.4 Z"),
                    opacity=0.8,
                )
        paint(tones.wear_shade, oval(0, 0, 3.3, 3.6))
        paint(tones.wear, oval(0.3, -0.4, 2.6, 2.9))


def draw_glasses(art: Art, near: Point, far: Point, radius: float) -> None:
    """Put round glasses before the eyes."""
    paint, wear = art.sheet.paint, art.tones.wear
    bridge = (
        (near[0] + radius - 0.4, near[1] - 0.6),
        ((near[0] + far[0]) / 2, near[1] - 2.0),
        (far[0] - radius + 0.8, far[1] - 0.6),
    )
    paint(wear, tube(bridge, 0.85))
    paint(wear, tube(((near[0] - radius, near[1] - 0.8), (near[0] - radius - 5.5, near[1] - 2.4)), 0.85, 0.6))
    for (x, y), squeeze in ((near, 1.0), (far, 0.94)):
        rx = radius * squeeze
        paint(WHITE, oval(x, y, rx - 0.5, radius - 0.5), opacity=0.22)
        paint(wear, oval(x, y, rx + 0.8, radius + 0.8), oval(x, y, rx - 0.8, radius - 0.8))
        paint(WHITE, tube(((x - rx * 0.6, y - radius * 0.2), (x - rx * 0.3, y - radius * 0.62)), 0.5), opacity=0.8)


def draw_cape(art: Art, x: float, y: float, half: float, length: float) -> None:
    """Hang a cape down the back; drawn before the body."""
    tones, paint = art.tones, art.sheet.paint
    flow = -22.0 if art.pose is Pose.WALK else -9.0
    with art.sheet.inside(place(x, y)):
        hem = length
        left, right = -half * 1.35 + flow, half * 1.45 + flow * 0.3
        paint(
            tones.wear_shade,
            path(
                f"M{-half} -2 C{-half * 1.5} {hem * 0.3} {left} {hem * 0.6} {left - 3} {hem - 3} Q{left * 0.6} {hem + 2} {left * 0.3} {hem - 2} Q{right * 0.3} {hem + 3} {right * 0.6} {hem - 1} Q{right * 0.85} {hem + 1} {right} {hem - 3} C{right} {hem * 0.5} {half * 1.2} {hem * 0.3} {half} -2 Z"
            ),
        )
        paint(
            tones.wear,
            path(
                f"M{-half} -2 C{-half * 1.5} {hem * 0.3} {left} {hem * 0.6} {left - 3} {hem - 3} Q{left * 0.6} {hem + 2} {left * 0.3} {hem - 2} C{-half} {hem * 0.6} {-half * 0.6} {hem * 0.3} {-half * 0.2} 0 Z"
            ),
        )
        paint(
            tones.wear_light,
            tube(((left - 2.2, hem - 4), (left * 0.62, hem - 1.2), (left * 0.35, hem - 3.6)), 0.8),
            opacity=0.8,
        )


def draw_collar(art: Art, x: float, y: float, half: float) -> None:
    """Close the cape with a collar and a clasp; drawn upon the body."""
    paint, tones = art.sheet.paint, art.tones
    band = ((x - half - 1, y - 3), (x - half * 0.2, y + 2.4), (x + half * 0.5, y + 2.4), (x + half + 1, y - 3))
    paint(tones.wear, tube(band, 3.6, 3.2, 3.6))
    paint(tones.wear_shade, tube(tuple((px, py + 2.8) for px, py in band), 0.6), opacity=0.7)
    paint(mix("#f3c95b", tones.wear_light, 0.2), oval(x + half * 0.2, y + 3.2, 2.9, 2.9))
    paint(WHITE, oval(x + half * 0.2 + 0.7, y + 2.4, 0.9, 0.9), opacity=0.8)


def draw_apron(art: Art, window: Outline, x: float, top: float, half: float) -> None:
    """Tie an apron with a pocket before a convex body."""
    tones, paint = art.tones, art.sheet.paint
    for dx in (-0.5, 0.62):
        paint(tones.wear_shade, tube(((x + dx * half, top + 3), (x + dx * half * 1.5, top - 9)), 1.1))
    bib = path(
        f"M{x - half * 0.58} {top} Q{x} {top + 1.6} {x + half * 0.66} {top} L{x + half * 0.8} {top + 13} L{x - half * 0.74} {top + 13} Z"
    )
    skirt = path(
        f"M{x - half * 1.3} {top + 12} Q{x} {top + 15} {x + half * 1.3} {top + 12} L{x + half * 1.2} {top + 29} Q{x} {top + 34} {x - half * 1.2} {top + 29} Z"
    )
    paint(tones.wear, clip(skirt, window))
    paint(tones.wear, clip(bib, window))
    hem = tube(((x - half * 1.4, top + 28), (x, top + 31), (x + half * 1.4, top + 28)), 1.0)
    paint(tones.wear_light, clip(hem, window), opacity=0.9)
    paint(
        tones.wear_shade,
        clip(tube(((x - half * 1.4, top + 12.4), (x, top + 14.6), (x + half * 1.4, top + 12.4)), 0.9), window),
    )
    paint(
        tones.wear_shade,
        path(f"M{x - 5} {top + 18} L{x + 6} {top + 18} L{x + 5.4} {top + 24} Q{x} {top + 27} {x - 4.4} {top + 24} Z"),
    )
    paint(
        lighten(tones.wear, 0.12),
        path(f"M{x - 5} {top + 18} L{x + 6} {top + 18} L{x + 5.8} {top + 20} L{x - 4.8} {top + 20} Z"),
    )


def draw_blanket(art: Art, x: float, y: float, rx: float, ry: float) -> None:
    """Lay a cape or an apron over a sleeping body (an oval on the ground) as a blanket."""
    tones, paint = art.tones, art.sheet.paint
    body = oval(x, y, rx, ry)
    sheet = clip(box(x - rx * 0.15, y - 1, rx * 0.74, ry + 6, 3), oval(x, y, rx + 1.2, ry + 1.2))
    paint(tones.wear, sheet)
    art.sheet.shade(tones.wear_shade, sheet, 3.0, -2.5)
    for dy in (-0.55, 0.0, 0.55):
        for dx in (-0.5, -0.15, 0.2):
            spot = oval(x + rx * (dx + 0.08 * dy), y + ry * dy, 1.5, 1.5)
            paint(tones.wear_light, clip(spot, body), opacity=0.75)


def draw_boot(art: Art, ankle: Point, foot: Point, turn: float, size: float, near: bool) -> None:
    """Put a boot over a leg: its shaft from `ankle` down, its sole at `foot`."""
    tones, paint = art.tones, art.sheet.paint
    main = tones.wear if near else tones.wear_shade
    dark = darken(main, 0.4)
    paint(main, tube((ankle, (foot[0] - 1, foot[1] - 4)), 5.6 * size, 5.0 * size))
    with art.sheet.inside(place(*foot, turn, size)):
        paint(main, path("M-5.6 -7 C-6.4 -3 -6.2 0 -6 0 L10 0 C11 -4 7 -7 3.5 -7.6 Z"))
        paint(dark, path("M-6.1 -1.6 L10.1 -1.6 L10 0 L-6 0 Z"))
    rim = tube(
        ((ankle[0] - 5.4 * size, ankle[1]), (ankle[0], ankle[1] + 1.2), (ankle[0] + 5.4 * size, ankle[1])), 1.5 * size
    )
    paint(tones.wear_light if near else tones.wear, rim)
