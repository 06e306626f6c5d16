"""Things that grow, fall from trees, or lie on a path."""

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.drawing import Ground
from generator.illustrators.embedded.objects.paper import (
    BRASS,
    CREAM,
    GRASS,
    LIGHT,
    RED,
    STONE,
    cord,
    flat,
    line,
    oval,
    put,
    shade,
    sheet,
    shine,
)
from generator.illustrators.embedded.objects.shelf import sketch


@sketch("acorn", box=(-9.5, -23.5, 10, 0), grip=(0, -20))
def _acorn(_accent: str) -> str:
    return "".join(
        (
            cord("M0 -17C0 -20 1.6 -22 3.6 -22.6", "#6b4a30", 1.7),
            sheet("M-7.6 -12C-7.6 -5 -3 -3 0 -.8C3 -3 7.6 -5 7.6 -12Z", "#c98b45"),
            shade("M3 -12C4.4 -7 2.6 -4 0 -.8C3 -3 7.6 -5 7.6 -12Z"),
            shine("M-5.6 -10.4C-5.4 -7 -4 -5 -2.4 -3.8C-3.6 -6 -3.8 -8 -3.6 -10.4Z", 0.5),
            sheet("M-9.4 -11C-9.6 -19 9.6 -19 9.4 -11C5 -9 -5 -9 -9.4 -11Z", "#7d5a3a"),
            line(
                "M-7 -11.4L-3 -16M-2.6 -10.4L2 -16.4M2.2 -10.4L5.4 -14.6M-3.4 -10.6L-6.6 -13.6M1.4 -10.6L-3 -16M5.8 -11L1.6 -16.4",
                "#5d4129",
                0.6,
            ),
        )
    )


@sketch("pumpkin", box=(-21, -32.5, 21.5, 0), grip=(0, -28))
def _pumpkin(_accent: str) -> str:
    skin = "#e08a34"
    return "".join(
        (
            sheet(oval(-11, -13, 9.6, 11.6) + oval(11, -13, 9.6, 11.6), darken(skin, 0.14)),
            sheet(oval(-5.6, -13.4, 9, 12.4), skin, 0.6) + sheet(oval(6, -13.4, 9, 12.4), darken(skin, 0.06), 0.6),
            sheet(oval(0, -13.4, 6.8, 12.8), lighten(skin, 0.14), 0.6),
            shine("M-15.6 -14C-15.6 -18 -13.6 -20.6 -11 -21.6C-12.6 -19 -13 -16 -12.8 -11Z", 0.35),
            cord("M0 -25C0 -29 -2 -30 -4.4 -31", "#5f7d3f", 3),
            line("M1 -26C6 -31 10 -25 14 -29C16 -31 13 -33 12 -31", "#5f7d3f", 0.9),
            sheet("M1.6 -25C6 -31 14 -29 16 -24C12 -22 8 -25 1.6 -25Z", GRASS, 0.5),
        )
    )


@sketch("mushroom", box=(-17, -31, 18, 0), grip=(0, -8))
def _mushroom(accent: str) -> str:
    cap = mix(accent, RED, 0.85)
    return "".join(
        (
            sheet("M-5 -15C-4 -9 -6.4 -5 -7 -2C-4 -.4 4 -.4 7 -2C6.4 -5 4 -9 5 -15Z", CREAM),
            shade("M1.6 -15C1.4 -9 3 -5 3 -1C4.6 -1.2 6 -1.4 7 -2C6.4 -5 4 -9 5 -15Z", 0.14),
            sheet("M-6 -13C-3 -10.4 3 -10.4 6 -13L4 -16H-4Z", "#efdcba", 0.4),
            sheet("M-17 -14C-17 -24 -9 -31 0 -31S17 -24 17 -14C10 -16.4 -10 -16.4 -17 -14Z", cap),
            shade("M7 -29.4C13 -26 17 -20.6 17 -14C12.6 -15.4 7 -16 2 -15.8C9 -18 10 -24 7 -29.4Z", 0.15),
            flat(
                oval(-8.6, -20, 2.6, 2.3)
                + oval(0.4, -25.4, 3, 2.6)
                + oval(8.4, -19.4, 2.3, 2)
                + oval(-1, -18, 1.5, 1.2)
                + oval(-6.6, -26.4, 1.3, 1.1)
                + oval(12.6, -16.6, 1.1, 0.9),
                "#fff6e4",
            ),
            line("M-12 -1C-12 -5 -14 -6 -14 -8M-10 -1C-9.6 -4 -10 -5 -9 -7M11 -1C11 -4 13 -6 13 -7.6", GRASS, 1.2),
        )
    )


@sketch("nut", box=(-9.5, -19, 10, 0), grip=(0, -8))
def _nut(_accent: str) -> str:
    shell = "#b98149"
    return "".join(
        (
            sheet("M0 -18C5 -17 9.4 -13 9.4 -8C9.4 -3 5 -.8 0 -.8S-9.4 -3 -9.4 -8C-9.4 -13 -5 -17 0 -18Z", shell),
            shade("M3 -16.8C7 -15 9.4 -12 9.4 -8C9.4 -3 5 -.8 0 -.8C6 -4 7 -11 3 -16.8Z"),
            line(
                "M0 -17.4C-2 -12 -2 -6 0 -1.4M-4.6 -14.6C-6 -10 -6 -6.6 -4.4 -3.4M4.4 -14.4C5.6 -10 5.6 -7 4.4 -3.6",
                darken(shell, 0.35),
                0.7,
            ),
            shine("M-7.6 -8.4C-7.4 -11.6 -5.6 -14 -3.4 -15C-4.8 -12 -5.6 -10 -5.8 -6.4Z", 0.45),
            flat("M0 -18.6C-3 -18.6 -3.6 -16 -3 -15C-1 -16 1 -16 3 -15C3.6 -16 3 -18.6 0 -18.6Z", "#e3c28c"),
        )
    )


@sketch("leaf", box=(-13, -26.5, 16, 0), grip=(-8, -3))
def _leaf(accent: str) -> str:
    colour = mix("#d98a3a", accent, 0.35)
    return "".join(
        (
            cord("M-12 -1.4C-9 -3 -8 -5 -6 -7", darken(colour, 0.4), 1.2),
            sheet("M-7 -6C-13 -16 -4 -27 15 -26C17 -10 6 -1 -7 -6Z", colour),
            flat("M-7 -6C-2 -13 5 -20 15 -26C17 -10 6 -1 -7 -6Z", darken(colour, 0.16)),
            line(
                "M-7 -6C-1 -14 6 -20 12 -23.6M-3 -11L-5 -17M1.4 -15.4L1 -21.6M6 -19.4L6.6 -23.6M-2 -11.6L4 -10M2.4 -16L9 -14.6M7 -20L12 -19",
                lighten(colour, 0.5),
                0.7,
            ),
        )
    )


@sketch("flower", box=(-12, -38, 11.5, 0), grip=(0, -10))
def _flower(accent: str) -> str:
    petal = "M0 0C-6 -3 -5.4 -11 0 -12C5.4 -11 6 -3 0 0Z"
    return "".join(
        (
            cord("M0 -1C-2 -9 1 -16 0 -25", "#5f8a4a", 1.8),
            sheet("M-.6 -5C-7 -4 -11 -8 -12 -13C-6 -13 -2 -10 -.6 -5Z", GRASS, 0.5)
            + sheet("M0 -9C5 -8 9 -11 10 -16C5 -16 1 -13 0 -9Z", GRASS, 0.5),
            *(put(sheet(petal, accent, 0.5), 0, -26, 72 * step) for step in range(5)),
            *(put(flat(petal, lighten(accent, 0.35)), 0, -26, 72 * step, 0.6) for step in range(5)),
            sheet(oval(0, -26, 3.8), BRASS, 0.4) + flat(oval(-0.6, -26.6, 2), LIGHT),
        )
    )


@sketch("feather", box=(-16, -33.5, 23, -0.5), grip=(-12, -4))
def _feather(accent: str) -> str:
    pale, deep = lighten(accent, 0.4), darken(accent, 0.25)
    upper = "M-10 -4.6C-13 -12 -9 -20 -2.6 -25L-3.4 -20.6L2.6 -29C8 -32 15 -33 22 -33.4C15 -26 3 -16 -10 -4.6Z"
    lower = "M-10 -4.6C3 -16 15 -26 22 -33.4C22.6 -26 20 -19 16 -14.6L12.4 -15L12.6 -11.4C6 -6 -2 -3.6 -10 -4.6Z"
    return "".join(
        (
            sheet(upper, accent),
            sheet(lower, pale),
            flat("M10 -32C14 -33 18 -33.2 22 -33.4C22.4 -29 21.6 -25 20 -21.4L16.6 -24.4L14.8 -27.2Z", deep, 0.9),
            line("M-6 -9L-8.6 -15M-1 -13.4L-3.4 -18M5 -18.6L3.6 -24.6M10 -23L9.6 -28.6", deep, 0.8),
            line("M-4 -9.4L3 -7.6M2 -14.4L9.4 -12.6M7.6 -19.4L14 -18", darken(pale, 0.22), 0.8),
            line("M-15 -1.4C-6 -8 6 -18 17.6 -29.4", CREAM, 1.3),
        )
    )


@sketch("seed", box=(-6, -16, 6.5, 0), grip=(0, -8))
def _seed(_accent: str) -> str:
    drop = "M0 -16C5 -12 6.6 -8 5.6 -4.6C4.6 -1.6 2 -.8 0 -.8S-4.6 -1.6 -5.6 -4.6C-6.6 -8 -5 -12 0 -16Z"
    return "".join(
        (
            sheet(drop, "#4a3a36"),
            flat(
                "M0 -16C-1.6 -11 -1.6 -6 0 -.8C-1 -.8 -2 -1 -3 -1.6C-4.4 -6 -3.6 -11.6 0 -16ZM.6 -15.4C3 -11 3.6 -6 2.6 -1.4C4 -2 5.2 -3.2 5.6 -4.6C6.4 -8 4.6 -12 .6 -15.4Z",
                CREAM,
            ),
            shine("M-4.8 -6C-4.8 -8.4 -4 -10.4 -2.8 -12C-3.6 -9 -3.6 -7 -3.4 -4.4Z", 0.5),
        )
    )


@sketch("shell", box=(-14.5, -22.5, 15, 0), grip=(0, -4))
def _shell(accent: str) -> str:
    tone = mix("#f0b79c", accent, 0.2)
    fan = "M-3 -2.4C-10 -5 -15 -11 -14 -17C-12 -18.6 -11 -18 -10 -17C-9.6 -20 -7 -21.6 -5 -19.6C-4 -22.6 -1 -23 0 -21C1 -23 4 -22.6 5 -19.6C7 -21.6 9.6 -20 10 -17C11 -18 12 -18.6 14 -17C15 -11 10 -5 3 -2.4Z"
    return "".join(
        (
            sheet("M-6 -5L-4 -.8H4L6 -5Z", darken(tone, 0.1), 0.6),
            sheet(fan, tone),
            line(
                "M-1.6 -3.6C-6 -7 -10 -12 -11 -16M-.8 -3.6C-3 -8 -5 -13 -5.6 -18M0 -3.6V-19.6M.8 -3.6C3 -8 5 -13 5.6 -18M1.6 -3.6C6 -7 10 -12 11 -16",
                darken(tone, 0.28),
                0.8,
            ),
            line("M-10.4 -12C-5 -15.6 5 -15.6 10.4 -12M-6.6 -7.6C-3 -9.6 3 -9.6 6.6 -7.6", lighten(tone, 0.5), 0.9),
        )
    )


@sketch("stone", box=(-16.5, -19.5, 17, 0), grip=(0, -9))
def _stone(accent: str) -> str:
    tone = mix(STONE, accent, 0.1)
    return "".join(
        (
            sheet("M-16 -5C-17 -12 -10 -18 -2 -19C7 -20 16 -13 16 -6C16 -1.4 12 -.8 0 -.8S-15 -1 -16 -5Z", tone),
            flat(
                "M-13.6 -8C-13 -13 -8 -16.6 -2 -17.2C3 -17.6 7 -16 9.6 -13.6C4 -14 1 -11 -3 -10.4S-10 -10 -13.6 -8Z",
                lighten(tone, 0.35),
            ),
            shade("M16 -6C16 -1.4 12 -.8 0 -.8S-15 -1 -16 -5C-8 -2 10 -2 14 -10.6C15.4 -9 16 -7.6 16 -6Z"),
            flat("M-16 -4C-14 -7 -11 -3.4 -8 -4.4C-6 -5 -5 -2 -3 -.8C-10 -.8 -15.6 -1 -16 -4Z", GRASS),
            flat(oval(5, -8, 1.2, 0.8) + oval(8.6, -10, 0.8, 0.6) + oval(1.6, -5.4, 0.8, 0.6), darken(tone, 0.25)),
        )
    )


@sketch("pebble", box=(-10, -12, 10.5, 0), grip=(0, -6))
def _pebble(accent: str) -> str:
    tone = mix(STONE, accent, 0.3)
    return "".join(
        (
            sheet(
                "M-9.6 -4.6C-10 -8.6 -5 -11.6 0 -11.6S10 -8.4 9.6 -4.6C9.2 -1.4 5 -.8 0 -.8S-9.2 -1.4 -9.6 -4.6Z", tone
            ),
            line("M-9 -6.6C-3 -4 3 -9.6 9 -7", lighten(tone, 0.65), 1.3),
            shade("M9.6 -4.6C9.2 -1.4 5 -.8 0 -.8S-9.2 -1.4 -9.6 -4.6C-4 -1.6 5 -1.6 9.6 -4.6Z"),
            shine(oval(-3.6, -9.2, 2.8, 1), 0.5),
        )
    )


@sketch("sprout", box=(-15, -28, 15.5, 0), grip=(0, -3))
def _sprout(_accent: str) -> str:
    green = "#84b356"
    return "".join(
        (
            sheet("M-14 -.8C-12 -6 -6 -6.6 0 -6.6S12 -6 14 -.8Z", "#7a5237"),
            flat(oval(-6, -3.4, 1.2, 0.8) + oval(4, -2.8, 1, 0.7) + oval(8, -3.6, 0.8, 0.6), "#a47a55"),
            cord("M0 -5C-1 -10 1 -12 0 -17", "#6a9a45", 1.8),
            sheet("M0 -16C-3 -24 -11 -25 -15 -23C-14 -17 -8 -13 0 -16Z", green, 0.6),
            sheet("M0 -16C2 -26 10 -29 15 -27C15 -20 9 -14 0 -16Z", lighten(green, 0.15), 0.6),
            line("M-1 -16.6C-5 -19 -9 -21 -12 -21.6M1 -17C5 -20 9 -23 12.4 -24.6", darken(green, 0.3), 0.7),
        )
    )


@sketch("nest", box=(-24.5, -22, 24, 0), grip=(0, -5))
def _nest(accent: str) -> str:
    egg = mix("#b9d6d2", accent, 0.15)
    twigs = "M-19 -9C-10 -5 6 -6 18 -10M-17 -5C-8 -1.6 8 -2 16 -6M-20 -11L-24 -13.6M18 -9L23.4 -12M-14 -3L-19 -1.6M-12 -10C-4 -7 4 -8 12 -7M14 -3.6L19 -2.4M-6 -4L8 -9M-10 -8L2 -2.6"
    return "".join(
        (
            sheet(oval(0, -11.6, 17, 4.4), "#5a3f2c", 0.4),
            *(
                put(
                    sheet(oval(0, 0, 5, 6.4), egg, 0.5)
                    + flat(
                        oval(-1, -2, 0.6) + oval(1.6, 0.4, 0.7) + oval(0.4, -4, 0.5) + oval(-2.4, 0.6, 0.5), "#7b8f86"
                    ),
                    x,
                    y,
                    turn,
                )
                for x, y, turn in ((-8, -14, -14), (8.6, -14, 14), (0.4, -15.4, 3))
            ),
            sheet("M-20 -12C-14 -8 14 -8 20 -12C20 -5 12 -.8 0 -.8S-20 -5 -20 -12Z", "#9a7046"),
            line(twigs, "#c99f68", 1),
            line("M-18 -7C-8 -4 8 -4.6 17 -8M-9 -2.4C-2 -1 6 -1.2 11 -3.4M-3 -9L11 -4", "#6d4b2e", 0.9),
        )
    )


@sketch("egg", box=(-8.5, -21, 9, 0), grip=(0, -6))
def _egg(accent: str) -> str:
    tone = lighten(mix("#e9cfa8", accent, 0.35), 0.35)
    shape = "M0 -21C5 -21 8.4 -13.6 8.4 -8.6C8.4 -3.6 4.6 -.8 0 -.8S-8.4 -3.6 -8.4 -8.6C-8.4 -13.6 -5 -21 0 -21Z"
    return "".join(
        (
            sheet(shape, tone),
            shade("M3.4 -20C6.8 -17.6 8.4 -12.4 8.4 -8.6C8.4 -3.6 4.6 -.8 0 -.8C6 -4 6.6 -12 3.4 -20Z", 0.13),
            flat(
                oval(-3.6, -8, 1.4)
                + oval(2.4, -12.4, 1.2)
                + oval(0.4, -5, 1)
                + oval(-2, -14.6, 0.9)
                + oval(4.6, -7.4, 1),
                darken(accent, 0.05),
                0.75,
            ),
            shine("M-6 -11C-5.6 -14 -4 -17.4 -1.8 -18.6C-3.4 -15.6 -4 -13 -4.2 -9.6Z", 0.8),
        )
    )


@sketch("apple", box=(-11, -23, 12, 0), grip=(0, -19))
def _apple(_accent: str) -> str:
    body = "M0 -15.4C3 -18 11 -17.6 11 -9.6C11 -4 6.4 -.4 3.4 -.8C1.6 -1.4 -1.6 -1.4 -3.4 -.8C-6.4 -.4 -11 -4 -11 -9.6C-11 -17.6 -3 -18 0 -15.4Z"
    return "".join(
        (
            sheet(body, "#cf4a3a"),
            shade(
                "M6 -16.6C9 -15.6 11 -13.4 11 -9.6C11 -4 6.4 -.4 3.4 -.8C2.4 -1.1 1.4 -1.3 0 -1.3C7 -4 8.6 -11 6 -16.6Z"
            ),
            shine("M-8.6 -9.6C-8.6 -13 -7 -14.8 -4 -15.2C-6 -13 -6.6 -11 -6.4 -7.4Z", 0.5),
            cord("M0 -14.6C0 -18 .6 -19.6 2 -21", "#6b4a30", 1.4),
            sheet("M1 -18C3 -23 8.6 -23.6 11.4 -21.6C9.6 -18 5 -16.6 1 -18Z", GRASS, 0.5),
        )
    )


@sketch("pear", box=(-11, -30, 11.5, 0), grip=(0, -24))
def _pear(_accent: str) -> str:
    body = "M0 -24C4.6 -24 5 -19 6 -15.6C7 -12.4 10.6 -11.6 10.6 -7C10.6 -2.4 6 -.8 0 -.8S-10.6 -2.4 -10.6 -7C-10.6 -11.6 -7 -12.4 -6 -15.6C-5 -19 -4.6 -24 0 -24Z"
    return "".join(
        (
            sheet(body, "#c9bd4c"),
            shade(
                "M2.4 -23.4C4.8 -22 5.2 -18.4 6 -15.6C7 -12.4 10.6 -11.6 10.6 -7C10.6 -2.4 6 -.8 0 -.8C8 -4.6 6 -11 4 -14.4C2.6 -17 3 -20 2.4 -23.4Z",
                0.14,
            ),
            shine("M-8 -6.4C-8 -9.4 -5.6 -11 -4.6 -13.6C-4.4 -10.4 -5.8 -8.4 -5.6 -4.4Z", 0.55),
            flat(oval(2, -7, 0.6) + oval(4, -10, 0.5) + oval(0, -4.4, 0.6) + oval(-1.4, -11, 0.5), "#8f8433"),
            cord("M0 -23.4C0 -26 -.6 -27.6 -2 -29", "#6b4a30", 1.4),
            sheet("M-.6 -25.6C2 -30 7 -30 9.4 -28C7.4 -25 3.4 -24 -.6 -25.6Z", GRASS, 0.5),
        )
    )


@sketch("berry", box=(-14, -22, 13.5, 0), grip=(0, -12))
def _berry(_accent: str) -> str:
    fruit = "".join(
        sheet(oval(x, y, 4.4), "#5a4a9c", 0.5) + shine(oval(x - 1.4, y - 1.6, 1.2, 1), 0.55)
        for x, y in ((-7, -5.4), (7, -5.4), (0, -5.2), (-3.6, -11), (3.8, -11))
    )
    return (
        cord("M0 -14C0 -18 3 -20 5 -21", "#6b4a30", 1.2)
        + sheet("M0 -14C-4 -20 -12 -19 -14 -16C-10 -12 -5 -12 0 -14Z", GRASS, 0.5)
        + sheet("M1 -14C4 -19 11 -18 13 -15C10 -12 5 -12 1 -14Z", lighten(GRASS, 0.15), 0.5)
        + fruit
    )


@sketch("puddle", box=(-34.5, -17, 35, 0), grip=(0, -2))
def _puddle(accent: str) -> str:
    water = mix("#6aa7c4", accent, 0.12)
    return "".join(
        (
            sheet(
                "M-34 -5C-36 -9 -26 -11 -18 -10C-10 -13 4 -12 10 -10.6C18 -12.6 32 -11 34 -6.4C36 -2 22 -.8 10 -1.6C0 .2 -14 -.4 -20 -1.6C-28 -1 -33 -2 -34 -5Z".replace(
                    " .2", " -.8"
                ),
                water,
            ),
            flat(
                "M-29 -6C-28 -8.4 -20 -8.6 -14 -8C-4 -10.6 6 -9.6 10 -8.6C18 -10 27 -8.6 28 -6.4C24 -3.6 12 -4.4 8 -4C0 -2.4 -12 -3 -18 -4C-24 -3.6 -28 -4 -29 -6Z",
                lighten(water, 0.28),
            ),
            line(oval(-6, -6.2, 8, 1.7), "#f0fbff", 0.8)
            + line(oval(-6, -6.2, 3.4, 0.7), "#f0fbff", 0.7)
            + line(oval(16, -6.6, 4.4, 1), "#f0fbff", 0.7),
            flat("M-6 -7C-8.4 -11 -6.6 -13 -6 -16C-5.4 -13 -3.6 -11 -6 -7Z", "#cdeaf5")
            + flat("M2 -12C.8 -14 1.6 -15 2 -16.6C2.4 -15 3.2 -14 2 -12Z", "#cdeaf5"),
        )
    )


@sketch("rainbow", box=(-54, -50, 55, 0), ground=Ground.AIR, grip=(0, -10))
def _rainbow(_accent: str) -> str:
    bows = ((46, "#d4604f"), (40, "#e8964a"), (34, "#f1cf62"), (28, "#86ad67"), (22, "#5c97b4"), (16, "#8a72ac"))
    arcs = "".join(
        sheet(f"M{-r} -4A{r} {r} 0 0 1 {r} -4H{r - 6.4}A{r - 6.4} {r - 6.4} 0 0 0 {6.4 - r} -4Z", colour, 0.7)
        for r, colour in bows
    )
    cloud = "M-10 -1C-16 -1 -16 -8 -11 -9C-11 -14 -4 -16 -1 -12C3 -16 10 -14 10 -9C16 -9 16 -1 11 -1Z"
    return arcs + put(sheet(cloud, "#f4f2f4", 0.9), -37, 0, 0, 1.15) + put(sheet(cloud, "#fffaf4", 0.9), 37, 0, 0, 1.15)


@sketch("fish", box=(-24.5, -21, 29.5, 4), ground=Ground.WATER, grip=(0, -6))
def _fish(accent: str) -> str:
    return "".join(
        (
            sheet(
                "M-11 -9C-17 -9 -21 -16 -24 -18C-24 -11 -22 -9 -22 -8S-25 -3 -24 1C-19 0 -15 -4 -11 -7Z".replace(
                    "-3 -24 1C-19 0", "-3 -24 1.4C-19 .4"
                ),
                darken(accent, 0.12),
            ),
            sheet("M-4 -15C-1 -22 6 -22 9 -17L8 -13Z", darken(accent, 0.12), 0.6)
            + sheet("M-2 -2C0 4 5 4 7 1L5 -3Z", darken(accent, 0.12), 0.6),
            sheet("M-13 -8C-8 -17 8 -20 20 -9C10 3 -7 1 -13 -8Z", accent),
            flat("M-11.4 -6.4C-4 -3 10 -3 19 -8C10 2 -5 1 -11.4 -6.4Z", lighten(accent, 0.55), 0.8),
            flat(
                "M9 -15.6C6.4 -11 6.4 -5 9 -.9C13 -2.6 17 -5.4 20 -9C16.6 -12.2 12.8 -14.4 9 -15.6Z",
                lighten(accent, 0.25),
            ),
            line(
                "M4 -12C2.6 -10.4 2.6 -8.4 4 -7M-1 -12.4C-2.4 -10.8 -2.4 -8.8 -1 -7.4M-6 -11.4C-7.2 -10 -7.2 -8.4 -6 -7.2M1.6 -9C.4 -7.6 .4 -6 1.6 -4.6",
                darken(accent, 0.3),
                0.9,
            ),
            flat(oval(13, -10.4, 2.3), "#ffffff") + flat(oval(13.5, -10.2, 1.25), "#221c30"),
            line("M19 -7.6C17.6 -6.8 16.4 -6.6 15.4 -6.8", darken(accent, 0.45), 0.8),
            line(oval(25, -14, 1.6), "#d8f0f6", 0.7) + line(oval(28, -19.6, 1.1), "#d8f0f6", 0.6),
        )
    )
