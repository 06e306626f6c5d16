"""Things that travel, and what one needs on the way."""

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.drawing import Ground
from generator.illustrators.embedded.objects.paper import (
    BRASS,
    CREAM,
    FLAME,
    GRASS,
    IRON,
    LIGHT,
    RED,
    STONE,
    WOOD,
    cord,
    crescent,
    flat,
    line,
    oval,
    panel,
    put,
    shade,
    sheet,
    shine,
    spikes,
)
from generator.illustrators.embedded.objects.shelf import sketch


@sketch("boat", box=(-35, -68, 36, 6), ground=Ground.WATER, grip=(0, -10))
def _boat(accent: str) -> str:
    hull = "M-35 -15C-22 -10 20 -10 35 -17C33 -6 27 4 20 5H-19C-28 4 -33 -6 -35 -15Z"
    return "".join(
        (
            cord("M3 -8V-60", WOOD, 2.2),
            sheet("M0 -57C-12 -46 -23 -30 -27 -18C-18 -16 -8 -16 0 -17Z", CREAM),
            shade("M0 -30C-8 -24 -16 -20 -26 -19.4L-27 -18C-18 -16 -8 -16 0 -17Z", 0.1),
            sheet("M6 -54C14 -46 24 -32 28 -20C20 -17.6 12 -17 6 -17.6Z", accent),
            shine("M6 -54C11 -48 16 -42 19 -36C14 -39 9 -41 6 -41Z", 0.25),
            sheet("M3 -61L17 -64.5L3 -68Z", accent, 0.5),
            sheet(hull, WOOD),
            shade("M-33 -8C-20 -3 18 -3 32.6 -8.6C30 -1 25.6 4.4 20 5H-19C-27 4 -31 -2 -33 -8Z"),
            line("M-33.6 -13C-20 -8.4 19 -8.6 33.6 -14.6", lighten(WOOD, 0.45), 1.5),
            line("M-30 -4.4C-18 -1 18 -1 29.4 -5", darken(WOOD, 0.3), 0.8),
            flat(oval(-18, -6.6, 1.7) + oval(18, -7, 1.7), lighten(accent, 0.3)),
        )
    )


@sketch("sail", box=(-32, -89, 34, 6), ground=Ground.WATER, grip=(0, -6))
def _sail(accent: str) -> str:
    stripes = "M-3 -62C-11 -54 -17 -46 -21 -38C-14 -36 -8 -35 -3 -35ZM-27 -24C-29 -18 -30 -14 -31 -9C-20 -6 -11 -6 -3 -7V-21C-12 -21 -20 -22 -27 -24Z"
    return "".join(
        (
            cord("M0 -4V-82", WOOD, 2.4),
            sheet("M-3 -78C-18 -62 -29 -34 -31 -9C-20 -6 -11 -6 -3 -7Z", CREAM),
            flat(stripes, accent),
            shade("M-3 -78C-9 -71 -13.4 -63 -17 -55C-12 -60 -8 -62 -3 -63Z", 0.1),
            sheet("M4 -72C18 -56 28 -34 32 -11C22 -8 12 -7.4 4 -8Z", lighten(accent, 0.5)),
            shade("M4 -24C14 -22 24 -18 31 -14L32 -11C22 -8 12 -7.4 4 -8Z", 0.1),
            sheet("M0 -82L13 -85.5L0 -89Z", accent, 0.5),
            sheet("M-32 -6C-14 -3.6 14 -3.6 33 -7C30 2 25 5 18 5H-18C-26 5 -30 1 -32 -6Z", darken(WOOD, 0.1)),
            line("M-30.6 -4C-14 -1.8 14 -1.8 31 -5", lighten(WOOD, 0.4), 1.3),
        )
    )


@sketch("paper-plane", box=(-40.5, -25, 23, 0), ground=Ground.AIR, grip=(-4, -8))
def _paper_plane(accent: str) -> str:
    white = lighten(accent, 0.85)
    return "".join(
        (
            line(
                "M-34 -8C-31 -10 -29 -10 -27 -9.6M-23 -8.6C-20 -7.6 -18 -7 -15 -7.4M-40 -3C-39 -4.6 -38 -5.6 -36.6 -6.6",
                lighten(accent, 0.75),
                1,
            ),
            sheet("M22 -25L-20 -17L-8 -11Z", white),
            sheet("M22 -25L-8 -11L-11 0Z", darken(lighten(accent, 0.3), 0.18), 0.4),
            flat("M22 -25L-11 0L-3.6 -7.6Z", darken(accent, 0.25)),
            sheet("M22 -25L-3.6 -7.6L9 -1Z", lighten(accent, 0.65), 0.6),
            line("M19 -22.6L9 -4", accent, 0.9),
            line("M17 -23.4L-16 -16.8", accent, 0.9),
        )
    )


@sketch("rocket", box=(-22.5, -72, 23, 0), grip=(0, -30), glow="")
def _rocket(accent: str) -> str:
    body = "M0 -72C11 -62 14 -46 13 -33C12.6 -24 10 -17 8 -13H-8C-10 -17 -12.6 -24 -13 -33C-14 -46 -11 -62 0 -72Z"
    return "".join(
        (
            sheet("M-11 -31C-20 -26 -23 -14 -22 -1C-17 -7 -13 -10 -7 -12Z", accent),
            sheet("M11 -31C20 -26 23 -14 22 -1C17 -7 13 -10 7 -12Z", darken(accent, 0.15)),
            flat("M-6 -12C-8 -7 -4 -4 -4.4 -1C-2 -2 -1 -1 0 -.4C1 -1 2 -2 4.4 -1C4 -4 8 -7 6 -12Z", FLAME),
            flat("M-3.4 -12C-4 -8 -1 -6 0 -2.6C1 -6 4 -8 3.4 -12Z", LIGHT),
            sheet(panel(-7, -14.4, 14, 4, 1), IRON),
            sheet(body, CREAM),
            shade("M4 -67.6C12 -59 14 -46 13 -33C12.6 -24 10 -17 8 -13H2C8 -28 9.6 -50 4 -67.6Z", 0.13),
            flat("M0 -72C5.6 -67 9 -60.6 11 -54C4 -51.6 -4 -51.6 -11 -54C-9 -60.6 -5.6 -67 0 -72Z", accent),
            shade("M0 -72C5.6 -67 9 -60.6 11 -54C8.6 -53.2 6 -52.8 4 -52.5C5 -60 4 -67 0 -72Z", 0.14),
            sheet(oval(0, -40.5, 6.6), BRASS),
            flat(oval(0, -40.5, 4.7), "#5b9bb5"),
            shine("M-3.8 -41C-3.6 -43.4 -2 -44.6 0 -44.8C-1.6 -43 -2.4 -41.4 -2.6 -38.6Z", 0.7),
            line("M-11.7 -24.6C-5 -22.8 5 -22.8 11.7 -24.6", accent, 1.8),
            sheet("M0 -29C2.4 -22 2.4 -10 0 -3C-2.4 -10 -2.4 -22 0 -29Z", darken(accent, 0.25), 0.4),
        )
    )


@sketch("sled", box=(-32.5, -23.5, 37, 0), grip=(33, -14))
def _sled(accent: str) -> str:
    return "".join(
        (
            line("M26 -13C31 -17 35 -16 36 -12C37 -8 33 -5 36 -2", lighten(WOOD, 0.4), 1.1),
            line("M-21 -2V-12M14 -2V-12M-4 -2V-12", darken(WOOD, 0.3), 2.4),
            cord("M-31 -2H20C30 -2 33 -9 29 -14C27 -16.6 24 -15 24.6 -12.4", darken(WOOD, 0.12), 2.6),
            sheet(panel(-29, -14.4, 52, 4.2, 1.6), accent),
            shine(panel(-26.6, -13.6, 36, 1, 0.5), 0.3),
            sheet("M-26 -15.4C-27 -24 -18 -23.6 -10 -22.6S6 -24.6 9 -21.6C10.4 -19.8 10 -16.6 9.6 -15.4Z", CREAM, 0.7),
            flat(
                "M-26.2 -18.6C-14 -17 -2 -17.4 10 -18.8L9.9 -16.8C-2 -15.4 -14 -15.2 -26.1 -16.6Z",
                lighten(accent, 0.25),
            ),
        )
    )


def _wheel_art(x: float, y: float, r: float, rim: str, spokes: int = 8) -> str:
    bars = "".join(
        f'<g transform="translate({x} {y}) rotate({360 * step / spokes:.0f})">{line(f"M0 0V{-r * 0.86:.2f}", lighten(rim, 0.15), r * 0.12)}</g>'
        for step in range(spokes)
    )
    outer = sheet(oval(x, y, r) + oval(x, y, r * 0.76), rim, 0.7)
    return bars + outer + sheet(oval(x, y, r * 0.24), darken(rim, 0.15), 0.4) + flat(oval(x, y, r * 0.1), BRASS)


@sketch("wagon", box=(-28, -35, 42, 0), grip=(38, -26))
def _wagon(accent: str) -> str:
    return "".join(
        (
            cord("M23 -11L37 -26", darken(WOOD, 0.2), 1.7),
            cord("M33.4 -29L40.4 -23", darken(WOOD, 0.2), 1.9),
            sheet(
                "M-24 -26C-22 -34 -14 -30 -11 -33C-6 -38 -1 -32 4 -33C10 -35 14 -29 19 -29C22 -29 22 -25 22 -25Z",
                "#d9b25f",
                0.6,
            ),
            line("M-18 -28L-12 -31M-6 -29L0 -33M6 -29L12 -31", "#b88c3d", 0.9),
            sheet("M-28 -27H26L23 -10H-25Z", accent),
            shade("M-26.2 -17H24.3L23 -10H-25Z"),
            shine(panel(-27, -26, 52, 1.6, 0.6), 0.3),
            line("M-27.4 -21.4H25M-26.4 -15.6H24", darken(accent, 0.3), 0.8),
            _wheel_art(-15, -8.4, 7.8, darken(WOOD, 0.25)),
            _wheel_art(14, -8.4, 7.8, darken(WOOD, 0.25)),
        )
    )


@sketch("wheel", box=(-17.5, -35.5, 18, 0), grip=(0, -34))
def _wheel(accent: str) -> str:
    return _wheel_art(0, -18, 17.4, mix(WOOD, accent, 0.25), 10)


@sketch("toy-train", box=(-25, -52, 37.5, 0), grip=(-10, -18))
def _toy_train(accent: str) -> str:
    dark = darken(accent, 0.3)
    return "".join(
        (
            flat(oval(21, -43, 3.4) + oval(15.6, -47.4, 4.4), "#fff8ea", 0.85),
            sheet("M17 -25L15 -37H25L23 -25Z", dark, 0.6),
            sheet(panel(-2, -26, 32, 17, 7), accent),
            shine(panel(3, -24.4, 21, 2.4, 1.2), 0.35),
            flat(panel(8, -26, 2.4, 17) + panel(17, -26, 2.4, 17), BRASS),
            sheet(panel(4, -30.4, 6, 4.6, 2), BRASS, 0.5),
            sheet(panel(-22, -36, 21, 28, 1.4), mix(accent, RED, 0.65)),
            flat(panel(-18, -32, 12.6, 9.6, 1.6), "#ffe3a0"),
            shade("M-5.4 -32V-22.4H-18L-5.4 -32Z", 0.08),
            sheet(panel(-25, -39.6, 27, 4.4, 1.6), dark),
            sheet(panel(-25, -12, 56, 5, 1.2), darken(WOOD, 0.1)),
            sheet("M30 -11L37 -2H28Z", IRON, 0.5),
            _wheel_art(-14, -7.6, 7.4, BRASS),
            _wheel_art(6, -5.8, 5.6, BRASS, 6),
            _wheel_art(21, -5.8, 5.6, BRASS, 6),
            line("M-14 -6L6 -4.6L21 -4.6", IRON, 1.5),
        )
    )


@sketch("map", box=(-24, -32.5, 25, 0), grip=(0, -2))
def _map(accent: str) -> str:
    page = "#f0d9a6"
    return "".join(
        (
            sheet("M-24 -28L-8 -32V-4.4L-24 -.6ZM8 -32L24 -28V-.6L8 -4.4Z", page),
            flat("M-8 -32L8 -32V-4.4H-8Z", darken(page, 0.09)),
            flat(
                "M-24 -14C-18 -19 -12 -11 -8 -13V-4.4L-24 -.6ZM24 -24C18 -27 14 -22 15 -18C16 -15 21 -16 24 -15Z",
                "#8fbcc0",
                0.9,
            ),
            flat("M-20 -22L-16.6 -28L-13 -22.8ZM-16 -22L-13 -27L-9.6 -23Z", "#8ea266"),
            line("M-15 -9C-9 -16 -3 -8 1 -13S5 -22 12 -20", "#a0452f", 1.2).replace(
                "/>", ' stroke-dasharray="2.4 2.2"/>'
            ),
            line("M13.6 -12.4L18.6 -7.4M18.6 -12.4L13.6 -7.4", RED, 1.8),
            line("M-8 -32V-4.4M8 -32V-4.4", darken(page, 0.25), 0.6),
            flat(spikes(1, -26.6, 3.6, 1.2, 4), darken(accent, 0.1)),
            flat(oval(-15, -8.8, 1.6), darken(accent, 0.1)),
        )
    )


@sketch("telescope", box=(-25.5, -55.5, 27, 0), grip=(-10, -40))
def _telescope(accent: str) -> str:
    tube = "".join(
        (
            sheet(panel(-27, -2.6, 9, 5.2, 1), darken(accent, 0.35)),
            sheet(panel(-19, -4, 18, 8, 1), BRASS),
            shine(panel(-18, -2.8, 16, 1.6, 0.6), 0.5),
            sheet(panel(-2, -5.4, 24, 10.8, 1.2), accent),
            shine(panel(-1, -4, 22, 1.8, 0.8), 0.35),
            sheet(panel(20, -6.6, 6, 13.2, 1.4), BRASS),
            flat(panel(25, -5.2, 1.8, 10.4, 0.9), "#d4f0f2"),
            flat(panel(4, -5.4, 2, 10.8), BRASS),
        )
    )
    return "".join(
        (
            cord("M0 -32L-15 -1.4M0 -32L15 -1.4", WOOD, 2.4),
            cord("M0 -32V-1.4", darken(WOOD, 0.2), 2.4),
            line("M-8 -15.6H8", darken(WOOD, 0.3), 1.2),
            put(tube, 0, -39, -24),
            sheet(oval(0, -34, 3.8), BRASS, 0.5),
        )
    )


@sketch("compass", box=(-12.5, -31, 13, 0), grip=(0, -29))
def _compass(accent: str) -> str:
    return "".join(
        (
            line(oval(0, -27.4, 2.6), darken(BRASS, 0.2), 1.4),
            sheet(oval(0, -12.6, 12.2), BRASS),
            shade(crescent(0, -12.6, 12.2)),
            sheet(oval(0, -12.6, 9.6), CREAM, 0.3),
            shade(oval(0, -12.6, 9.6) + oval(0.5, -12, 9.1), 0.2),
            flat(spikes(0, -12.6, 7.8, 1.8, 4), mix(accent, CREAM, 0.55)),
            line("M0 -21V-19.4M0 -5.8V-4.2M-8.4 -12.6H-6.8M6.8 -12.6H8.4", "#5b4636", 0.9),
            put(sheet("M0 -8.4L2 0H-2Z", RED, 0.4) + sheet("M0 8.4L2 0H-2Z", IRON, 0.4), 0, -12.6, 32),
            flat(oval(0, -12.6, 1.2), BRASS),
            sheet(panel(-2.2, -26.4, 4.4, 3, 1), BRASS, 0.4),
        )
    )


@sketch("suitcase", box=(-21.5, -33.5, 22, 0), grip=(0, -32))
def _suitcase(accent: str) -> str:
    return "".join(
        (
            cord("M-6 -27C-6 -34 6 -34 6 -27", darken(WOOD, 0.3), 2.2),
            sheet(panel(-21, -28, 42, 27, 4), accent),
            shade("M-21 -10H21V-5C21 -2.4 19.6 -1 17 -1H-17C-19.6 -1 -21 -2.4 -21 -5Z"),
            line("M-20.6 -17.4H20.6", darken(accent, 0.35), 1),
            flat(panel(-14, -28, 4.6, 27) + panel(9.4, -28, 4.6, 27), darken(WOOD, 0.1)),
            flat(
                panel(-14.4, -19.6, 5.4, 4.6, 1) + panel(9, -19.6, 5.4, 4.6, 1) + panel(-2.6, -19.4, 5.2, 4.2, 1), BRASS
            ),
            flat(
                "M-21 -22V-24C-21 -26.6 -19.6 -28 -17 -28H-15ZM21 -22V-24C21 -26.6 19.6 -28 17 -28H15Z",
                darken(WOOD, 0.1),
            ),
            put(flat(oval(0, 0, 3.4), CREAM) + flat(spikes(0, 0, 2.8, 1.2, 5), BRASS), 2.4, -9),
            put(flat(panel(-3.6, -2.4, 7.2, 4.8, 0.5), CREAM) + flat("M-3 1.8L0 -1.4L3 1.8Z", GRASS), -4.6, -23.4, -10),
        )
    )


@sketch("tent", box=(-60.5, -121, 60.5, 0), grip=(0, -60))
def _tent(accent: str) -> str:
    light = lighten(accent, 0.18)
    return "".join(
        (
            line("M-60 -1L-46 -16M60 -1L46 -16", CREAM, 0.9),
            cord("M-5 -110L4 -98M5 -110L-4 -98", WOOD, 2.4),
            sheet("M0 -104C-12 -66 -32 -24 -52 -1H52C32 -24 12 -66 0 -104Z", accent),
            flat(
                "M0 -104C-8 -66 -20 -24 -34 -1H-17C-10 -24 -4 -66 0 -104ZM0 -104C8 -66 20 -24 34 -1H17C10 -24 4 -66 0 -104Z",
                CREAM,
                0.85,
            ),
            shade("M0 -104C12 -66 32 -24 52 -1H34C20 -24 8 -66 0 -104Z", 0.13),
            flat("M0 -70C-6 -46 -13 -20 -22 -1H22C13 -20 6 -46 0 -70Z", "#2c2647"),
            flat("M0 -40C-6 -26 -10 -14 -15 -1H15C10 -14 6 -26 0 -40Z", "#f2b45a", 0.85),
            flat("M0 -26C-4 -18 -7 -10 -9 -1H9C7 -10 4 -18 0 -26Z", "#ffdf90", 0.9),
            sheet(
                "M0 -72C-8 -46 -17 -22 -30 -1C-26 -3 -22 -1 -19 -1C-18 -12 -22 -18 -17 -26C-11 -38 -3 -52 0 -72Z",
                light,
                0.6,
            ),
            sheet("M0 -72C8 -46 17 -22 30 -1C26 -3 22 -1 19 -1C18 -12 22 -18 17 -26C11 -38 3 -52 0 -72Z", light, 0.6),
            line("M-23 -24L-17 -26M23 -24L17 -26", BRASS, 1.8),
            sheet("M0 -110L17 -115L0 -120Z", mix(accent, RED, 0.6), 0.6),
            line("M0 -104V-120", WOOD, 1.5),
        )
    )


@sketch("rope", box=(-17, -19, 30.5, 0), grip=(0, -12))
def _rope(accent: str) -> str:
    hemp = mix("#d8b377", accent, 0.08)
    coil = "".join(
        cord(oval(0, y, rx, ry), hemp, 3.4)
        + line(
            f"M{-rx * 0.8:.1f} {y + ry * 0.62:.1f}l1.6 1.6M{-rx * 0.3:.1f} {y + ry * 0.95:.1f}l1.4 1.4M{rx * 0.3:.1f} {y + ry * 0.9:.1f}l1 1.4M{rx * 0.75:.1f} {y + ry * 0.6:.1f}l.6 1.5",
            darken(hemp, 0.3),
            0.6,
        )
        for y, rx, ry in ((-7.4, 15, 4.6), (-9.6, 14.4, 4.5), (-12.7, 13.6, 4.3))
    )
    return (
        coil
        + cord("M13 -6C18 -3 21 -6 26 -3", hemp, 2.6)
        + line("M26 -3L29.6 -4.4M26 -3L30 -2.4M26 -3L29 -.8", hemp, 0.8)
        + flat(oval(0, -12.7, 11.6, 2.9), "#4a3526", 0.55)
    )


@sketch("ladder", box=(-19, -120, 19.5, 0), grip=(0, -60))
def _ladder(_accent: str) -> str:
    rungs = "".join(
        cord(f"M{-15 + (-y) * 0.035:.1f} {y}H{15 - (-y) * 0.035:.1f}", lighten(WOOD, 0.15), 3)
        for y in range(-110, 0, 14)
    )
    return rungs + cord("M-17 -2.8L-12.4 -118M17 -2.8L12.4 -118", WOOD, 3.6)


@sketch("bridge", box=(-57.5, -47.5, 57.5, 0), grip=(0, -20))
def _bridge(_accent: str) -> str:
    stone = mix(STONE, "#c9a27a", 0.35)
    deck = "M-56 -1V-18C-36 -22 -22 -37 0 -37S36 -22 56 -18V-1H27C26 -16 14 -24 0 -24S-26 -16 -27 -1Z"
    joints = "M-50 -6h8M-40 -12h9M-52 -13h7M-38 -4h7M42 -6h8M32 -12h9M46 -13h7M32 -4h6M-24 -23l-4 -4M-13 -27.4l-2.4 -6M0 -28.6v-6M13 -27.4l2.4 -6M24 -23l4 -4"
    posts = "".join(
        cord(f"M{x} {y}V{y - 11}", WOOD, 2.2)
        for x, y in ((-50, -20), (-30, -26), (-11, -35), (11, -35), (30, -26), (50, -20))
    )
    return "".join(
        (
            posts,
            cord("M-56 -28C-36 -31 -22 -46 0 -46S36 -31 56 -28", WOOD, 2.2),
            sheet(deck, stone),
            line("M-29 -1C-28 -18 -15 -26.4 0 -26.4S28 -18 29 -1", lighten(stone, 0.35), 2),
            line(joints, darken(stone, 0.28), 0.9),
            line("M-55.4 -17.4C-36 -21 -22 -36 0 -36S36 -21 55.4 -17.4", lighten(stone, 0.3), 1.8),
            flat("M-52 -1C-50 -7 -44 -8 -40 -1ZM38 -1C40 -6 47 -8 50 -1Z", GRASS),
        )
    )
