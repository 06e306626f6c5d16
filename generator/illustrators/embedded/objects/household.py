"""Things of a house: kitchen, bed, writing desk and door."""

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.drawing import Ground
from generator.illustrators.embedded.objects.paper import (
    BRASS,
    BREAD,
    CREAM,
    GLASS,
    GRASS,
    IRON,
    LIGHT,
    PINK,
    RED,
    STONE,
    WOOD,
    cord,
    crescent,
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


@sketch("book", box=(-23, -23, 24, 0), grip=(0, -3))
def _book(accent: str) -> str:
    lines = "M-16 -16.4C-11 -18 -7 -17.6 -4 -16M-16 -12.6C-11 -14.2 -7 -13.8 -4 -12.2M-16 -8.8C-11 -10.4 -7 -10 -4 -8.4M4 -8.4C7 -10 11 -10.4 16 -8.8"
    return "".join(
        (
            sheet("M-23 -20L0 -15L23 -20V-3.4L2 -.8H-2L-23 -3.4Z", accent),
            sheet("M0 -17.4C-6 -23 -14 -23.4 -21 -21.6V-5C-14 -6.8 -6 -6.4 0 -2.4Z", "#fff6e2", 0.6),
            sheet("M0 -17.4C6 -23 14 -23.4 21 -21.6V-5C14 -6.8 6 -6.4 0 -2.4Z", "#f7e6c4", 0.6),
            shade("M0 -17.4C2 -19.4 4 -20.6 6 -21.2V-5.6C4 -5 2 -3.8 0 -2.4Z", 0.12),
            line(lines, "#c7ab84", 0.9),
            flat(oval(11.4, -15.4, 3.2), BRASS) + flat("M5.4 -11.4L9 -15L12 -11.8L14.4 -14L17.4 -11.4Z", GRASS),
            sheet("M-1.4 -16.4H1.8V.4L.2 -1.4L-1.4 .4Z".replace(".4", "-.4"), RED, 0.3),
        )
    )


@sketch("blanket", box=(-30, -28, 30.5, 0), grip=(0, -14))
def _blanket(accent: str) -> str:
    tones = (BRASS, lighten(accent, 0.35), PINK, CREAM, accent, GRASS, lighten(accent, 0.6))

    def corner(column: float, row: float) -> str:
        return f"{(column / 4 - 0.5) * (36 + 6.6 * row):.1f} {-26 + 8 * row:.1f}"

    patches = "".join(
        flat(
            f"M{corner(column, row)}L{corner(column + 1, row)}L{corner(column + 1, row + 1)}L{corner(column, row + 1)}Z",
            tones[(row * 4 + column * 2) % len(tones)],
        )
        for row in range(3)
        for column in range(4)
    )
    seams = "".join(f"M{corner(0, row)}L{corner(4, row)}" for row in (1, 2))
    seams += "".join(f"M{corner(column, 0)}L{corner(column, 3)}" for column in (1, 2, 3))
    return "".join(
        (
            sheet(
                "M-18 -28H18C19.6 -28 20.4 -27 20.8 -26L29.6 -2.6C30 -1.4 29 -.8 28 -.8H-28C-29 -.8 -30 -1.4 -29.6 -2.6L-20.8 -26C-20.4 -27 -19.6 -28 -18 -28Z",
                darken(accent, 0.12),
            ),
            patches,
            line(seams, lighten(accent, 0.8), 0.6),
            sheet("M-18 -28H-4C-5 -21 -11 -14 -24.6 -15Z", lighten(accent, 0.5), 0.9),
            line("M-7 -26.4C-9 -20.6 -14 -16.6 -21.6 -16.8", accent, 0.8),
        )
    )


@sketch("bottle", box=(-10, -38, 11, 0), grip=(0, -26))
def _bottle(accent: str) -> str:
    glass = "#7fb7a4"
    return "".join(
        (
            sheet(panel(-2.8, -38, 5.6, 6, 1), BREAD),
            sheet(
                "M-3.6 -33H3.6V-26C3.6 -22 10 -21 10 -15V-4C10 -2 9 -.8 7 -.8H-7C-9 -.8 -10 -2 -10 -4V-15C-10 -21 -3.6 -22 -3.6 -26Z",
                glass,
            ),
            put(
                flat(
                    "M-3.6 -33H3.6V-26C3.6 -22 10 -21 10 -15V-4C10 -2 9 -.8 7 -.8H-7C-9 -.8 -10 -2 -10 -4V-15C-10 -21 -3.6 -22 -3.6 -26Z",
                    lighten(glass, 0.3),
                ),
                -0.4,
                -2.2,
                0,
                0.83,
            ),
            put(
                sheet(panel(-3.4, -7.4, 6.8, 14.8, 1.4), "#fff1cf", 0.5)
                + line("M-1.8 -5H1.8M-1.8 -2.6H1.4M-1.8 3.2H1.8M-1.8 5.4H1", "#b99a6b", 0.7)
                + flat(panel(-3.4, -0.9, 6.8, 2.4), accent)
                + flat(oval(0, 0.3, 1.7), darken(accent, 0.25)),
                0.6,
                -10.6,
                16,
            ),
            shine("M-8 -14C-8 -18 -5 -19.6 -3.4 -21.6C-4.6 -17 -5 -10 -4.8 -4H-7.4C-8 -7 -8 -11 -8 -14Z", 0.5),
            sheet(panel(-4.6, -33.6, 9.2, 2.6, 1.1), lighten(glass, 0.1), 0.5),
        )
    )


@sketch("box", box=(-25, -41.5, 26, 0), grip=(0, -16))
def _box(accent: str) -> str:
    wood = mix(WOOD, accent, 0.12)
    return "".join(
        (
            sheet("M-23 -19L-25 -34C-22 -43 22 -43 25 -34L23 -19Z", darken(wood, 0.35)),
            sheet("M-25 -32C-24 -44 24 -44 25 -32L23 -30C19 -37 -19 -37 -23 -30Z", wood),
            line("M-13 -40V-35M13 -40V-35", BRASS, 3),
            flat("M-22 -20C-19 -29 -12 -24 -8 -28S0 -31 4 -27S16 -29 22 -20Z", "#f2bd3e"),
            flat(
                oval(-12, -24, 2.8)
                + oval(-2, -26.6, 3)
                + oval(8, -25, 2.8)
                + oval(15, -22.4, 2.3)
                + oval(-6, -22, 2.5),
                "#ffdd78",
            ),
            sheet("M1.6 -24L5 -28.4L8.6 -24L5 -20Z", "#5bb0a8", 0.4)
            + sheet("M-17 -22L-15 -25L-12.6 -22L-15 -19.4Z", RED, 0.4),
            sheet(panel(-23, -20, 46, 19, 1.2), wood),
            shade(panel(-23, -8, 46, 7, 1)),
            line("M-22 -14H22M-22 -7.6H22", darken(wood, 0.3), 0.8),
            flat(panel(-17, -20, 4.4, 19) + panel(12.6, -20, 4.4, 19) + panel(-23, -20, 46, 2.4), BRASS),
            sheet(panel(-4, -20, 8, 8.4, 1.6), BRASS, 0.6),
            flat(oval(0, -16.8, 1.4) + "M-.7 -16.6H.7L1.2 -13.4H-1.2Z", "#4a3024"),
        )
    )


@sketch("broom", box=(-13, -73.5, 14, 0), grip=(-1, -40))
def _broom(accent: str) -> str:
    straw = "#ddb35c"
    return "".join(
        (
            cord("M0 -24V-72", WOOD, 2.6),
            sheet(
                "M-4 -27H4C6 -18 11 -10 13 -2C9 -3 8 -.8 4.4 -1.4C2 -3 0 -.6 -3 -1.2C-6 -2.6 -8 -.8 -13 -2C-11 -10 -6 -18 -4 -27Z",
                straw,
            ),
            line(
                "M-2 -22C-4 -14 -7 -8 -8.4 -4M0 -22V-4M2 -22C4 -14 7 -8 8.4 -4M-1 -14L-3.4 -5M1 -14L3.6 -5",
                darken(straw, 0.3),
                0.8,
            ),
            shade("M1.6 -27H4C6 -18 11 -10 13 -2C11.4 -2.4 10.4 -2 9.4 -1.6C8 -10 4 -18 1.6 -27Z", 0.13),
            line("M-4.6 -25H4.6M-5.2 -21.4H5.2", accent, 1.8),
        )
    )


@sketch("bucket", box=(-14.5, -36.5, 15, 0), grip=(0, -35))
def _bucket(accent: str) -> str:
    return "".join(
        (
            line("M-13 -22C-14 -40 14 -40 13 -22", "#8b90a0", 1.3) + cord("M-4 -35H4", WOOD, 2.4),
            sheet(oval(0, -22, 14.4, 4), darken(accent, 0.3)),
            flat(oval(0, -21.4, 12, 2.6), "#6fb0c4"),
            shine(oval(-3, -21.8, 5, 0.9), 0.6),
            sheet("M-14.4 -22C-12 -18 12 -18 14.4 -22L10.6 -2C8 -.4 -8 -.4 -10.6 -2Z", accent),
            shade("M6 -19.2C10 -19.6 13.6 -20.6 14.4 -22L10.6 -2C9 -1.2 7 -.9 5 -.8Z", 0.16),
            line("M-13 -14.4C-7 -12 7 -12 13 -14.4M-11.6 -7C-6 -5 6 -5 11.6 -7", lighten(accent, 0.4), 1.5),
            flat(oval(-12.6, -20.6, 1.5) + oval(12.6, -20.6, 1.5), IRON),
        )
    )


@sketch("crown", box=(-22, -29.5, 22, 0), grip=(0, -4))
def _crown(accent: str) -> str:
    gold = "#eab842"
    return "".join(
        (
            sheet("M-15 -8C-14 -16 -8 -20 0 -20S14 -16 15 -8Z", darken(accent, 0.25)),
            sheet("M-16 -5L-20 -21L-10.6 -13.4L0 -26L10.6 -13.4L20 -21L16 -5C8 -2.6 -8 -2.6 -16 -5Z", gold),
            flat("M0 -26L-4 -21.2L2 -8L10 -6.6L5 -19.8ZM20 -21L13 -15.4L13 -5L16 -5Z", darken(gold, 0.18), 0.7),
            sheet("M-16.4 -7.4C-8 -5 8 -5 16.4 -7.4L15.6 -2C8 -.2 -8 -.2 -15.6 -2Z", lighten(gold, 0.25), 0.6),
            flat(oval(-20, -21.6, 2) + oval(20, -21.6, 2) + oval(0, -26.8, 2.3), CREAM),
            sheet("M0 -13.6L3 -9.8L0 -6.2L-3 -9.8Z", RED, 0.4),
            flat(oval(-8.4, -9.6, 1.7) + oval(8.4, -9.6, 1.7), "#4e9ea3"),
            flat(oval(-11, -4, 1) + oval(11, -4, 1) + oval(-5, -3.2, 1) + oval(5, -3.2, 1) + oval(0, -3, 1), accent),
        )
    )


def _steam(x: float, y: float) -> str:
    return line(f"M{x} {y}c-3 -3 3 -5 0 -8s2 -4 1 -6", "#fff8ea", 1.4).replace("/>", ' opacity=".75"/>')


@sketch("cup", box=(-11.5, -37, 17, 0), grip=(13, -10))
def _cup(accent: str) -> str:
    return "".join(
        (
            _steam(-3, -22) + _steam(3, -21),
            cord("M9.6 -15C17.4 -16 17.4 -5.4 9 -6", accent, 2.4),
            sheet("M-11 -18H11V-5C11 -2 9 -.8 7 -.8H-7C-9 -.8 -11 -2 -11 -5Z", accent),
            shade("M4.6 -18H11V-5C11 -2 9 -.8 7 -.8H3C5 -4 5 -12 4.6 -18Z"),
            flat(
                "M-11 -11.4L-7.4 -8L-3.6 -11.4L0 -8L3.6 -11.4L7.4 -8L11 -11.4V-8.4L7.4 -5L3.6 -8.4L0 -5L-3.6 -8.4L-7.4 -5L-11 -8.4Z",
                CREAM,
                0.9,
            ),
            sheet(oval(0, -18, 11.2, 2.6), lighten(accent, 0.35), 0.4),
            flat(oval(0, -17.8, 9.4, 1.8), "#7d4a32"),
        )
    )


@sketch("teapot", box=(-22.5, -39, 28, 0), grip=(-16, -12))
def _teapot(accent: str) -> str:
    return "".join(
        (
            _steam(26, -24),
            cord("M-12 -20C-24 -22 -23 -7 -12 -7", accent, 2.8),
            sheet("M11 -9C18 -9 17 -19 23 -22L26.6 -20C22 -15 21 -5 11 -4Z", accent, 0.7),
            sheet(
                "M0 -26C10 -26 15 -20 15 -13C15 -6 11 -.8 5 -.8H-5C-11 -.8 -15 -6 -15 -13C-15 -20 -10 -26 0 -26Z",
                accent,
            ),
            shade("M7 -24.6C12.4 -22.4 15 -18 15 -13C15 -6 11 -.8 5 -.8H-3C6 -3 11 -12 7 -24.6Z"),
            shine("M-12 -14C-12 -19 -8 -22.6 -4 -23C-8 -20 -9 -16 -9 -11Z", 0.45),
            sheet("M-9 -24.6C-8 -29.6 8 -29.6 9 -24.6C5 -23 -5 -23 -9 -24.6Z", lighten(accent, 0.3), 0.6),
            sheet(oval(0, -30, 2), BRASS, 0.4),
            *(put(flat(oval(0, -2.3, 1.6, 2.2), CREAM), 0, -12, turn) for turn in (0, 72, 144, 216, 288)),
            flat(oval(0, -12, 1.5), BRASS),
        )
    )


@sketch("kettle", box=(-16.5, -39, 31, 0), grip=(0, -36))
def _kettle(accent: str) -> str:
    metal = mix("#c77d4e", accent, 0.25)
    return "".join(
        (
            _steam(24, -24) + _steam(29, -22),
            line("M-11 -22C-14 -40 14 -40 11 -22", IRON, 2) + cord("M-6 -35.4C-2 -36.6 2 -36.6 6 -35.4", WOOD, 2.8),
            sheet("M10 -8C17 -9 15 -17 21 -22.6L25.4 -20.4C21 -15 21 -6 11 -3Z", metal, 0.7),
            sheet(
                "M-9 -23H9C14 -18 17 -10 16.4 -3C16 -1.4 15 -.8 13 -.8H-13C-15 -.8 -16 -1.4 -16.4 -3C-17 -10 -14 -18 -9 -23Z",
                metal,
            ),
            shade("M4 -23H9C14 -18 17 -10 16.4 -3C16 -1.4 15 -.8 13 -.8H5C9 -7 9 -16 4 -23Z"),
            shine("M-13 -7C-13 -13 -10.6 -17.6 -7 -20.4C-9 -15 -9.6 -10 -9.6 -4.6Z", 0.5),
            sheet("M-9.6 -22.6C-8 -27 8 -27 9.6 -22.6C5 -21 -5 -21 -9.6 -22.6Z", lighten(metal, 0.2), 0.6),
            sheet(oval(0, -27, 2), IRON, 0.4),
            line("M-16 -5.4H16", darken(metal, 0.3), 0.9),
        )
    )


@sketch("cake", box=(-21, -36, 21.5, -0.5), grip=(0, -6))
def _cake(accent: str) -> str:
    icing = "M-16 -21C-12 -24 12 -24 16 -21V-15C16 -11.6 12.6 -11.6 12 -14.6C11.4 -17 9 -17 8.4 -14C8 -10.6 4.4 -10.6 4 -14C3.4 -17 1 -17 .4 -14.6C-.4 -10 -4 -10 -4.4 -14C-5 -17 -7.4 -17 -8 -14.6C-8.6 -11.6 -11.6 -11.6 -12 -14.6C-12.6 -16.6 -15.4 -12.6 -16 -15Z"
    return "".join(
        (
            *(
                line(f"M{x} -23V-30", colour, 1.7) + flame(x, -30, 6)
                for x, colour in ((-8, accent), (0, CREAM), (8, accent))
            ),
            sheet("M-21 -4C-15 -1.6 15 -1.6 21 -4C17 -.4 -17 -.4 -21 -4Z", CREAM, 0.4),
            sheet("M-16 -20H16V-4C12 -2 -12 -2 -16 -4Z", "#c78a56"),
            flat("M-16 -10.4C-10 -8.4 10 -8.4 16 -10.4V-7.6C10 -5.6 -10 -5.6 -16 -7.6Z", "#fff2dd"),
            shade("M9 -20H16V-4C14 -3 11.6 -2.6 9 -2.6Z", 0.14),
            sheet(icing, lighten(accent, 0.6), 0.7),
            flat(oval(-11, -19.6, 1.7) + oval(11, -19.4, 1.7) + oval(0, -19, 1.7), RED),
            flat(oval(-5.6, -20, 0.8) + oval(5.6, -20, 0.8), BRASS),
        )
    )


@sketch("bread", box=(-20.5, -19, 21, 0), grip=(0, -7))
def _bread(_accent: str) -> str:
    return "".join(
        (
            sheet("M-20 -6C-22 -15 -10 -19 0 -19S22 -15 20 -6C19 -1 12 -.8 0 -.8S-19 -1 -20 -6Z", BREAD),
            shade("M20 -6C19 -1 12 -.8 0 -.8S-19 -1 -20 -6C-12 -2 12 -2 20 -6Z", 0.2),
            *(
                sheet(
                    f"M{x - 3} -7C{x - 1} -11 {x} -14 {x + 3.4} -17.4C{x + 6} -14 {x + 4} -9 {x + 1} -6Z",
                    "#f3d9a3",
                    0.5,
                )
                for x in (-11, -1.5, 8)
            ),
            shine("M-17.6 -8C-17.6 -13 -12 -16 -7 -17C-11 -14 -13.6 -12 -14.6 -7Z", 0.3),
        )
    )


@sketch("cloud-pillow", box=(-28.5, -28, 32, 0), ground=Ground.AIR, grip=(0, -6))
def _cloud_pillow(accent: str) -> str:
    cloud = "M-20 -1C-30 -1 -31 -13 -22 -14.6C-23 -24 -11 -28 -6 -22C-1 -31 15 -29 15 -19C25 -21 31 -12 27 -6C25 -2 22 -1 19 -1Z"
    return "".join(
        (
            sheet(cloud, "#dfe6f3", 1),
            put(flat(cloud, "#f8f6f4"), -0.8, -2.6, 0, 0.88),
            line("M-13 -12C-11 -9.6 -8 -9.6 -6 -12M4 -12C6 -9.6 9 -9.6 11 -12", "#7d83a3", 1.2),
            line("M-3 -7.4C-2 -6 0 -6 1 -7.4", "#7d83a3", 1),
            flat(oval(-14, -8, 2.4, 1.6) + oval(12, -8, 2.4, 1.6), PINK, 0.7),
            sheet(
                "M20 -19L16 -24L22 -23L25 -28L26.6 -22L31.6 -21L27 -17.6L28 -12.6L23.4 -15.4L19 -13Z",
                lighten(accent, 0.25),
                0.5,
            ),
        )
    )


@sketch("door", box=(-26.5, -55.5, 25.5, 0), grip=(9, -24))
def _door(accent: str) -> str:
    return "".join(
        (
            sheet("M-21 -2V-36C-21 -62 21 -62 21 -36V-2Z", STONE),
            line(
                "M-20 -14H-16M-20 -26H-16M16 -14H20M16 -26H20M-19 -38L-15.6 -37M19 -38L15.6 -37M-13 -49L-11 -46M13 -49L11 -46M0 -55V-51.6",
                darken(STONE, 0.3),
                0.9,
            ),
            sheet("M-15.6 -2V-35C-15.6 -54 15.6 -54 15.6 -35V-2Z", accent),
            line("M-8 -47V-3M0 -49.6V-3M8 -47V-3", darken(accent, 0.3), 0.9),
            shade("M8 -46C13 -43.6 15.6 -40 15.6 -35V-2H8Z", 0.13),
            line("M-15 -12H-2M-15 -34H-2", IRON, 2.2),
            sheet(oval(0, -39, 4.6), BRASS, 0.5)
            + flat(oval(0, -39, 3.2), "#ffe19a")
            + line("M0 -42V-36M-3 -39H3", BRASS, 0.7),
            flat(oval(10, -24, 2), BRASS) + flat(oval(10, -20.6, 0.7), "#33222a"),
            sheet(panel(-24, -4, 48, 3.2, 1), lighten(STONE, 0.25)),
            line("M21.6 -4C24 -10 20 -14 23 -18M-22 -4C-25 -9 -21 -12 -24 -16", GRASS, 1.1),
            flat(
                oval(23.6, -19, 1.8, 1.2)
                + oval(20.6, -12, 1.8, 1.2)
                + oval(-24.4, -17, 1.8, 1.2)
                + oval(-22, -10, 1.8, 1.2),
                GRASS,
            ),
        )
    )


@sketch("mirror", box=(-15, -48.5, 15.5, 0), grip=(0, -6))
def _mirror(accent: str) -> str:
    return "".join(
        (
            cord("M0 -18V-3", BRASS, 3.6) + sheet(oval(0, -3, 2.4), BRASS, 0.5),
            sheet(oval(0, -31, 12.6, 14.6), BRASS),
            *(
                sheet(oval(x, y, 2.2), accent, 0.4)
                for x, y in ((0, -46), (-9, -42.4), (9, -42.4), (-12.8, -33), (12.8, -33))
            ),
            flat(oval(0, -31, 9.8, 11.8), "#a9cfd8"),
            shade(oval(0, -31, 9.8, 11.8) + oval(0.7, -30.2, 9.1, 11), 0.18),
            flat("M-8 -28L4 -41.6C6 -40.8 7 -39.6 7.8 -38.2L-6 -22.6C-7.4 -24 -8 -26 -8 -28Z", "#d9f0f2"),
            flat("M-3.6 -20.6L9.2 -35C9.6 -33.6 9.7 -32.2 9.6 -31L-1.6 -19.6Z", "#d9f0f2"),
        )
    )


@sketch("clock", box=(-15, -37, 15.5, 0), grip=(0, -34))
def _clock(accent: str) -> str:
    return "".join(
        (
            cord("M-9 -6L-13 -1.8M9 -6L13 -1.8", BRASS, 2.6),
            line("M-3 -33C-2.6 -37.4 2.6 -37.4 3 -33", BRASS, 1.4),
            line("M-8 -28L-5 -31.6M8 -28L5 -31.6", BRASS, 1.6),
            sheet("M-15 -27C-14 -34 -7 -35 -4 -31.4ZM15 -27C14 -34 7 -35 4 -31.4Z", BRASS, 0.6),
            sheet(oval(0, -16, 14.6), accent),
            shade(crescent(0, -16, 14.6)),
            sheet(oval(0, -16, 11.4), CREAM, 0.3),
            shade(oval(0, -16, 11.4) + oval(0.6, -15.3, 10.8), 0.18),
            line("M0 -25.6V-23.6M0 -8.4V-6.4M-9.6 -16H-7.6M7.6 -16H9.6", "#5b4636", 1.2),
            line(
                "M-4.8 -24.3l.6 1M4.8 -24.3l-.6 1M-4.8 -7.7l.6 -1M4.8 -7.7l-.6 -1M-8.3 -20.8l1 .6M8.3 -20.8l-1 .6M-8.3 -11.2l1 -.6M8.3 -11.2l-1 -.6",
                "#a58a6c",
                0.8,
            ),
            line("M0 -16V-22.6", "#3a2c3f", 1.5)
            + line("M0 -16L4.6 -13", "#3a2c3f", 1.8)
            + flat(oval(0, -16, 1.5), RED),
        )
    )


@sketch("hourglass", box=(-14, -37, 15, 0), grip=(0, -18))
def _hourglass(accent: str) -> str:
    glass = "M-9 -32H9C9 -24 2 -21 2 -18S9 -12 9 -4H-9C-9 -12 -2 -15 -2 -18S-9 -24 -9 -32Z"
    return "".join(
        (
            cord("M-11 -33V-3M11 -33V-3", darken(WOOD, 0.2), 1.8),
            sheet(glass, GLASS, 0.5),
            flat(
                "M-7.4 -26C-4 -27 4 -25 7.4 -26.4C6 -23 1.4 -21 .9 -18H-.9C-1.4 -21 -6 -23 -7.4 -26ZM-8.6 -4C-7 -9 -3 -9 0 -11.6C3 -9 7 -9 8.6 -4Z",
                "#eab55a",
            ),
            line("M0 -18V-10", "#eab55a", 0.9),
            shine(
                "M-7.4 -31H-5C-5 -26 -2 -22 -1 -19C-4 -22 -7 -25 -7.4 -31ZM-7.6 -5C-7.4 -10 -4 -13 -2 -15C-4.4 -11 -5.4 -8 -5.6 -5Z",
                0.7,
            ),
            sheet(panel(-14, -37, 28, 4.6, 1.6), accent),
            sheet(panel(-14, -5.2, 28, 4.4, 1.6), accent),
            shine(panel(-12.6, -36.2, 14, 1.1, 0.5), 0.35),
        )
    )


@sketch("letter", box=(-17, -23, 18, 0), grip=(0, -3))
def _letter(accent: str) -> str:
    return "".join(
        (
            sheet(panel(-17, -23, 34, 22, 1.6), "#f6e3bd"),
            flat("M-16.6 -1.6L-3 -13H3L16.6 -1.6C16 -1.2 15.6 -1 15 -1H-15C-15.6 -1 -16 -1.2 -16.6 -1.6Z", "#ecd2a0"),
            sheet(
                "M-17 -22C-16.6 -22.8 -16 -23 -15 -23H15C16 -23 16.6 -22.8 17 -22L2 -9.4Q0 -8 -2 -9.4Z", "#fff3d9", 0.8
            ),
            sheet(oval(0, -10, 4.6), mix(accent, RED, 0.75), 0.6),
            flat("M0 -7.6C-4 -10 -2.4 -13 0 -11.2C2.4 -13 4 -10 0 -7.6Z", "#f4b7a6"),
        )
    )


@sketch("key", box=(-20, -13, 14.5, 0), grip=(-7, -6))
def _key(accent: str) -> str:
    bow = oval(-7.4, -6.8, 6) + oval(-9.4, -8.6, 1.5) + oval(-5.4, -8.6, 1.5) + oval(-7.4, -4.8, 1.6)
    return "".join(
        (
            line("M-12 -4C-16 -3 -17 -1.6 -18.6 -1M-12 -4C-15 -5 -17 -5 -19 -4.4", accent, 1.2),
            sheet("M-2 -8.4H14V-.8H11.4V-3.4H9.4V-1.6H6.6V-5.2H-2Z", BRASS, 0.6),
            sheet(bow, BRASS, 0.6),
            shine(
                "M-1 -7.8H13V-6.8H-1ZM-12.4 -7C-12.4 -10 -10 -11.8 -7.4 -11.8C-9.6 -10.8 -11.2 -9.4 -11.4 -6.4Z", 0.55
            ),
            sheet(panel(-1.8, -9.4, 2.4, 5.2, 0.8), darken(BRASS, 0.12), 0.4),
        )
    )


@sketch("spoon", box=(-19, -20, 20.5, 0), grip=(-8, -7))
def _spoon(accent: str) -> str:
    wood = mix(WOOD, accent, 0.15)
    art = (
        cord("M-20 0H8", wood, 2.8)
        + sheet(oval(12, 0, 7.6, 5.2), wood, 0.7)
        + flat(oval(12, -0.2, 5.6, 3.6), darken(wood, 0.25))
        + shine("M8 -1.4C9 -2.8 12 -3.4 15 -2.6C12 -2.2 10 -1.6 9 .2Z", 0.35)
    )
    return put(art, 1, -9.6, -22)


@sketch("button", box=(-8, -17, 9, 0), grip=(0, -8))
def _button(accent: str) -> str:
    return "".join(
        (
            sheet(oval(0, -8.8, 8), accent),
            shade(oval(0, -8.8, 6) + oval(0, -8.8, 5.2), 0.3),
            shine("M-6.4 -9C-6.4 -12.6 -3.6 -15.2 0 -15.4C-3 -14 -5 -12 -5.4 -8Z", 0.5),
            flat(
                oval(-1.8, -10.6, 1.1) + oval(1.8, -10.6, 1.1) + oval(-1.8, -7, 1.1) + oval(1.8, -7, 1.1),
                darken(accent, 0.6),
            ),
            line("M-1.8 -10.6L1.8 -7M1.8 -10.6L-1.8 -7", CREAM, 0.9),
        )
    )


@sketch("coin", box=(-8, -17, 9, 0), grip=(0, -8))
def _coin(_accent: str) -> str:
    return "".join(
        (
            sheet(oval(0, -8.8, 8), BRASS),
            flat(oval(0, -8.8, 6.4), "#f3cd6a"),
            shade(oval(0, -8.8, 6.4) + oval(0.5, -8.2, 5.9), 0.22),
            sheet(spikes(0, -8.8, 4.2, 1.9, 5), "#b9812d", 0.2),
            shine("M-6.8 -9C-6.8 -12.6 -4 -15.4 0 -15.8C-3.6 -14.4 -5.4 -12 -5.8 -8Z", 0.6),
        )
    )


@sketch("thread", box=(-9.5, -24, 34, 0), grip=(0, -12))
def _thread(accent: str) -> str:
    return "".join(
        (
            sheet(panel(-9.4, -5, 18.8, 4.2, 1.6), WOOD),
            sheet("M-7 -20H7C8.6 -15 8.6 -9 7 -4.6H-7C-8.6 -9 -8.6 -15 -7 -20Z", accent),
            line(
                "M-7.4 -17.4L7.4 -18.8M-7.8 -14.4L7.8 -15.8M-8 -11.4L8 -12.8M-7.8 -8.4L7.8 -9.8",
                darken(accent, 0.28),
                0.9,
            ),
            shine("M-6 -19H-3C-4 -14 -4 -10 -3 -5.6H-5.8C-7 -10 -7 -14 -6 -19Z", 0.28),
            sheet(panel(-9.4, -23.6, 18.8, 4.2, 1.6), WOOD),
            shine(panel(-8, -23, 9, 1, 0.5), 0.4),
            line("M8 -9C14 -8 11 -2 18 -2S24 -6 26 -4", accent, 1.1),
            line("M26 -4L33 -15", "#cfd4de", 1.1),
        )
    )


@sketch("flowerpot", box=(-11, -32, 11.5, 0), grip=(0, -4))
def _flowerpot(accent: str) -> str:
    return (
        sheet("M-9 -12H9L7 -.8H-7Z", mix("#c0673f", accent, 0.2))
        + sheet(panel(-10.6, -15, 21.2, 4.4, 1.2), mix("#c0673f", accent, 0.2), 0.6)
        + flat("M0 -15C-1 -20 0 -24 0 -27", GRASS)
        + line("M0 -15V-26M0 -18C-6 -18 -8 -21 -8 -24M0 -17C6 -17 8 -20 8 -23", GRASS, 1.4)
        + sheet(oval(0, -28, 4), accent, 0.5)
        + sheet(oval(-8, -25.4, 3), PINK, 0.4)
        + sheet(oval(8, -24.4, 3), BRASS, 0.4)
        + flat(oval(0, -28, 1.4) + oval(-8, -25.4, 1) + oval(8, -24.4, 1), LIGHT)
    )
