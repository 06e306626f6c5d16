"""Things that give light."""

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.drawing import Ground
from generator.illustrators.embedded.objects.paper import (
    BRASS,
    CREAM,
    LIGHT,
    WOOD,
    cord,
    flame,
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


@sketch("lantern", box=(-12, -39.5, 13, 0), grip=(0, -38), glow="#ffc663")
def _lantern(accent: str) -> str:
    metal = darken(accent, 0.35)
    return "".join(
        (
            cord("M-8 -28C-9 -42 9 -42 8 -28", BRASS, 1.6),
            sheet("M-8.4 -27H8.4L10.4 -6H-10.4Z", "#f2a93c"),
            flat("M-6.4 -25.4H6.4L8 -7H-8Z", "#ffc95e"),
            flat(oval(0, -14.5, 6, 8.6), "#ffe08c"),
            flame(0, -7.6, 13),
            line("M-8.4 -27L-10 -6M8.4 -27L10 -6", metal, 1.8),
            line("M-9.2 -16.5H9.2", metal, 1.1),
            sheet("M-10.4 -26.4Q-5 -28 -4.6 -33H4.6Q5 -28 10.4 -26.4Z", accent),
            shade("M1 -33H4.6Q5 -28 10.4 -26.4H3Z"),
            sheet(panel(-2.6, -35.2, 5.2, 2.6, 1), metal),
            sheet(panel(-12, -6.4, 24, 5.6, 1.6), accent),
            shine(panel(-10.8, -5.6, 12, 1.3, 0.6)),
        )
    )


@sketch("candle", box=(-13, -41, 17.5, 0), grip=(12, -7), glow="#ffc663")
def _candle(accent: str) -> str:
    return "".join(
        (
            cord("M10 -3.5C17 -3 17.5 -9.5 12 -9C9.6 -8.8 9 -6 10 -4", accent, 2),
            sheet("M-13 -6C-12 -1.5 -8 -1 0 -1S12 -1.5 13 -6Z", accent),
            sheet(oval(0, -6, 13, 2.4), lighten(accent, 0.25), 0.5),
            sheet("M-5 -6V-24C-5 -27 5 -27 5 -24V-6C5 -4.6 -5 -4.6 -5 -6Z", CREAM),
            shade("M1.6 -26.2C3.6 -26 5 -25.4 5 -24V-6C5 -5.4 3.4 -5 1.6 -5Z", 0.12),
            flat(
                "M-5 -23C-5 -27 5 -27 5 -24C5 -20 2.6 -21 2.6 -17.6C2.6 -15 .4 -15 .4 -18C.4 -21.6 -1.8 -22 -2.4 -19.4C-3 -17.4 -5 -18 -5 -20Z",
                "#fffaf0",
            ),
            line("M0 -25.6V-28.4", "#4a3a36", 0.9),
            flame(0, -27, 14),
        )
    )


@sketch("star", box=(-17.5, -33.5, 17, 0), ground=Ground.AIR, glow="#ffe08a", grip=(0, -2))
def _star(_accent: str) -> str:
    outline, core = spikes(0, -15, 16, 7.6, 5), spikes(0, -15, 10, 4.8, 5)
    return "".join(
        (
            line(outline, darken("#f2b63c", 0.25), 3.4),
            put(line(outline, "#f7c64e", 3) + flat(outline, "#f7c64e"), -0.4, -0.6),
            flat(
                "M0 -31V-15L4.6 -21.2ZM15.2 -20L0 -15L7.2 -12.6ZM9.4 -2L0 -15V-7.4ZM-9.4 -2L0 -15L-7.2 -12.6ZM-15.2 -20L0 -15L-4.6 -21.2Z",
                mix("#f7c64e", "#c9822a", 0.4),
                0.65,
            ),
            put(line(core, LIGHT, 1.2) + flat(core, LIGHT), -0.4, -0.6),
            flat(spikes(-0.4, -15.6, 5, 2.6, 5), mix(LIGHT, "#ffffff", 0.65)),
        )
    )


@sketch("moon-lamp", box=(-17, -43.5, 16, 0), grip=(0, -3), glow="#ffe9ad")
def _moon_lamp(accent: str) -> str:
    moon = "M4 -43A17 17 0 1 0 15 -18A14 14 0 1 1 4 -43Z"
    return "".join(
        (
            sheet(panel(-13, -4.6, 26, 4, 1.6), WOOD),
            shine(panel(-11.6, -4, 14, 1, 0.5)),
            sheet(panel(-8, -8, 16, 3.8, 1.4), darken(WOOD, 0.15)),
            sheet(moon, "#f6c65a"),
            put(flat(moon, "#ffe08c"), -0.4, -4.6, 0, 0.87),
            put(flat(moon, "#fff3c4"), -3.2, -10, 0, 0.66),
            flat(oval(-9.6, -22, 1.7) + oval(-6, -15.6, 1.1) + oval(-9.5, -30, 1), "#f2bd55"),
            line("M9 -39.5V-33", BRASS, 0.6),
            sheet(spikes(9, -30.6, 4.2, 2, 5), lighten(accent, 0.3), 0.5),
        )
    )


@sketch("firefly", box=(-15.5, -29, 14, 0), ground=Ground.AIR, glow="#e9ff8a", grip=(0, -10))
def _firefly(accent: str) -> str:
    wing = "M0 0C-7 -3 -12 -10 -9 -13C-4 -14 1 -6 0 0Z"
    return "".join(
        (
            flat(oval(-6, -9.5, 9.5), "#f4ff9c", 0.25),
            flat(oval(-6, -9.5, 6.8), "#f4ff9c", 0.4),
            put(flat(wing, "#dff0f2", 0.8), 3, -13, -4),
            put(flat(wing, "#f6fdff", 0.9), 5, -13, 32),
            sheet("M3 -14C-3 -15 -11 -13 -11 -9C-11 -5 -4 -5 2 -9Z", "#f0f06a", 0.5),
            flat("M-3 -13.2C-8 -13 -10.4 -11 -10.2 -9C-9.4 -7 -6 -7.4 -3.4 -8.4Z", "#fffed0"),
            sheet("M-1.6 -14.6C4 -16.4 8 -14 7 -10.4C6 -7.6 2 -7.4 -.6 -8.2Z", darken(accent, 0.45), 0.5),
            line("M1 -14.6C2 -12.6 2 -10 1.4 -8.4", lighten(accent, 0.2), 0.8),
            sheet(oval(8.4, -11.6, 3.6), "#5a3b36", 0.5),
            line("M9.6 -14.6C10 -17.4 11.6 -18.6 13.4 -18.4M7.6 -15C7 -18 8.4 -19.6 10 -20", "#5a3b36", 0.7),
            flat(oval(9.8, -12.2, 1.25), "#ffffff"),
            flat(oval(10.1, -12.1, 0.65), "#1d1a2c"),
        )
    )


@sketch("jar", box=(-12, -32, 13, 0), grip=(0, -28), glow="#ffe68f")
def _jar(accent: str) -> str:
    glass = "M-8 -26C-8.4 -23.6 -12 -23 -12 -18V-5C-12 -1.6 -10 -.8 -7 -.8H7C10 -.8 12 -1.6 12 -5V-18C12 -23 8.4 -23.6 8 -26Z"
    lights = ((-5, -8, 1.9), (4.5, -6.5, 1.6), (1, -13, 2.3), (-6.5, -16, 1.5), (6.4, -17, 1.8), (-1.5, -20, 1.3))
    return "".join(
        (
            sheet(glass, "#8fc3c4"),
            put(flat(glass, "#35617a"), 0, -1.8, 0, 0.87),
            flat(oval(0, -11, 8.6, 8.8), "#f4d27a", 0.35),
            *(
                flat(oval(x, y, r * 1.7), "#ffe08c", 0.45)
                + flat(spikes(x, y, r * 1.5, r * 0.7, 4, 45 * r), "#ffd65c")
                + flat(oval(x, y, r * 0.66), "#fffbe0")
                for x, y, r in lights
            ),
            shine(
                "M-10.4 -17.5C-10.4 -20.6 -8.4 -21 -7.4 -22C-8.6 -19 -8.4 -9 -8.8 -5C-10.8 -5 -10.4 -9 -10.4 -17.5Z",
                0.6,
            ),
            sheet(
                "M-9 -27C-12 -24.4 -11.4 -23.4 -10 -23.6C-7.6 -24.2 -7 -22.6 -5 -23S-2 -24 0 -23.2S4 -22.4 5.6 -23S8.6 -23.2 10 -23.6C11.4 -23.4 12 -24.4 9 -27L8.6 -30.6C5 -32.2 -5 -32.2 -8.6 -30.6Z",
                accent,
            ),
            flat(
                oval(-3, -29.4, 0.9)
                + oval(3.4, -29.6, 0.9)
                + oval(0.4, -25, 0.8)
                + oval(-6.4, -25.4, 0.8)
                + oval(6.8, -25.4, 0.8),
                lighten(accent, 0.55),
            ),
            line("M-9 -27Q0 -25.4 9 -27", CREAM, 1.3),
        )
    )


@sketch("window-light", box=(-20, -47, 21, 0), grip=(0, -20), glow="#ffcf70")
def _window_light(accent: str) -> str:
    arch = "M-17 -4V-32C-17 -52 17 -52 17 -32V-4Z"
    return "".join(
        (
            sheet(arch, darken(WOOD, 0.2)),
            flat("M-14 -5V-31.6C-14 -48 14 -48 14 -31.6V-5Z", "#ffbf55"),
            flat("M-11 -5V-30C-10 -43 10 -43 11 -30V-5Z", "#ffd87c"),
            flat("M-7 -5V-26C-6 -37 6 -37 7 -26V-5Z", "#ffedb0"),
            sheet("M-14 -31.6C-13.4 -40 -7 -43.6 -1 -44C-2 -33 -7 -25 -14 -21Z", accent, 0.6),
            sheet("M14 -31.6C13.4 -40 7 -43.6 1 -44C2 -33 7 -25 14 -21Z", accent, 0.6),
            shade(
                "M-14 -31.6C-13.4 -38 -10 -41 -6 -43C-7 -35 -10 -28 -14 -25ZM14 -31.6C13.4 -38 10 -41 6 -43C7 -35 10 -28 14 -25Z",
                0.14,
            ),
            line("M0 -44V-5M-14 -19H14", darken(WOOD, 0.05), 1.9),
            flat("M3.6 -5V-9H8.8V-5ZM3 -10H9.4V-8.6H3Z", "#b55b3c"),
            line("M6.2 -10C6 -13 4 -14 3.6 -15.4M6.2 -11C7 -13.4 8.6 -14 9.4 -16", "#6d8b4b", 0.9),
            flat(oval(3.4, -16, 1.5) + oval(9.6, -16.6, 1.5), "#e2604e"),
            sheet(panel(-20, -5, 40, 4.2, 1.2), WOOD),
            shine(panel(-18, -4.4, 24, 1, 0.5)),
        )
    )


@sketch("snow-globe", box=(-15.5, -38.5, 16, 0), grip=(0, -4))
def _snow_globe(accent: str) -> str:
    flakes = "".join(
        oval(x, y, 0.8)
        for x, y in (
            (-9, -26),
            (-4, -31),
            (2, -27.4),
            (7, -31),
            (10.4, -22.6),
            (-11, -19.6),
            (8.6, -16.4),
            (-1, -35),
            (-7.6, -22.4),
            (5, -22.4),
        )
    )
    return "".join(
        (
            sheet(oval(0, -23, 15.4), "#a9d3e4"),
            flat(oval(-0.8, -24, 13.4), "#c9e7ef"),
            sheet("M-5 -26L-2 -19H-8ZM-5 -22L-1.4 -14H-8.6Z", "#4f8062", 0.4),
            sheet(panel(-1, -20, 8.6, 8), "#c7604a", 0.4),
            flat(panel(2, -16.4, 2.8, 4) + panel(4.6, -19, 1.6, 1.8), "#ffd87c"),
            sheet("M-2.4 -19.6L3.4 -25L9 -19.6Z", "#ffffff", 0.4),
            flat(
                "M-13.6 -15.4C-8 -18.4 -2 -12 4 -14.6C8 -16.2 11 -14.6 13.4 -15.2C11 -10.4 6 -7.6 0 -7.6S-11 -10.4 -13.6 -15.4Z",
                "#fffdf8",
            ),
            flat(flakes, "#ffffff"),
            shine("M-12.6 -24C-12.6 -31 -8 -35.4 -3 -36.4C-8 -33 -10 -29 -10.2 -23Z", 0.8),
            sheet("M-12 -10H12L14.6 -1H-14.6Z", accent),
            shade("M4 -10H12L14.6 -1H5Z"),
            sheet(panel(-13, -11.4, 26, 3, 1.4), darken(accent, 0.2), 0.5),
            flat(spikes(0, -4.6, 2.6, 1.2, 5), BRASS),
        )
    )
