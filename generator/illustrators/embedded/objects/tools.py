"""Things to wear, and tools for field, workshop and weather."""

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.objects.paper import (
    BRASS,
    CREAM,
    GRASS,
    IRON,
    RED,
    STONE,
    WOOD,
    cord,
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


@sketch("umbrella", box=(-34, -59.5, 35, 0), grip=(0, -14))
def _umbrella(accent: str) -> str:
    pale = lighten(accent, 0.5)
    return "".join(
        (
            cord("M0 -54V-6C0 0 -8 0 -8 -5", WOOD, 2),
            sheet(
                "M-34 -36C-30 -60 30 -60 34 -36C29 -41 22 -41 17.4 -36C13 -41 4.6 -41 0 -36C-4.6 -41 -13 -41 -17.4 -36C-22 -41 -29 -41 -34 -36Z",
                accent,
            ),
            flat(
                "M0 -54.2C-10 -53 -16 -46 -17.4 -36C-13 -41 -4.6 -41 0 -36C4.6 -41 13 -41 17.4 -36C16 -46 10 -53 0 -54.2Z",
                pale,
            ),
            flat("M0 -54.2C-3 -50 -3.6 -44 0 -36C3.6 -44 3 -50 0 -54.2Z", accent, 0.35),
            shade("M12 -52.6C24 -50 32.4 -46 34 -36C29 -41 22 -41 17.4 -36C19 -44 16 -49 12 -52.6Z", 0.13),
            cord("M0 -54V-58.6", WOOD, 1.7),
        )
    )


@sketch("basket", box=(-20, -39.5, 20.5, 0), grip=(0, -36))
def _basket(accent: str) -> str:
    cane = "#c99650"
    weave = "".join(
        line(f"M{-17 + y * 0.25:.1f} {-16 + y}H{17 - y * 0.25:.1f}", darken(cane, 0.25), 0.8) for y in (4, 8, 12)
    )
    ribs = "".join(f"M{x} -17L{x * 0.82:.1f} -2" for x in (-13, -8.6, -4.3, 0, 4.3, 8.6, 13))
    return "".join(
        (
            line("M-15 -18C-16 -44 16 -44 15 -18", darken(cane, 0.3), 3.6)
            + line("M-15 -18.6C-16 -44.6 16 -44.6 15 -18.6", lighten(cane, 0.1), 2.2),
            sheet(oval(-7, -19.4, 5.4), RED, 0.5)
            + sheet(oval(8, -19.4, 5), "#c9bd4c", 0.5)
            + sheet(oval(1, -21, 5), RED, 0.5),
            shine(oval(-9, -21.6, 1.5, 1.1) + oval(-0.8, -23.4, 1.4, 1), 0.5),
            sheet("M-18 -18H18L14.6 -2C10 -.4 -10 -.4 -14.6 -2Z", cane),
            line(ribs, lighten(cane, 0.3), 1.5),
            weave,
            shade("M9 -18H18L14.6 -2C12.6 -1.4 10 -1 8 -.9Z", 0.13),
            sheet(panel(-20, -20, 40, 3.6, 1.7), lighten(cane, 0.2), 0.6),
            sheet("M-19.6 -20H2C0 -15 -4 -11 -8.6 -6C-13 -9 -17 -13 -19.6 -20Z", accent, 0.6),
            flat("M-14 -20H-11L-5.6 -9L-7.4 -7.2ZM-6 -20H-3L-13.4 -10L-15 -12Z", CREAM, 0.75),
        )
    )


@sketch("mitten", box=(-9, -27, 15.5, 0), grip=(0, -6))
def _mitten(accent: str) -> str:
    return "".join(
        (
            sheet(
                "M-7.4 -8C-9 -18 -7.4 -27 0 -27C6 -27 8 -22 7.6 -17.6C9 -20.6 13.6 -21.4 14.6 -18C15.4 -14.4 11 -11 7.4 -8Z",
                accent,
            ),
            shade(
                "M3.4 -26.3C6.6 -24.8 7.9 -21 7.6 -17.6C9 -20.6 13.6 -21.4 14.6 -18C15.4 -14.4 11 -11 7.4 -8H3C6 -14 6 -20 3.4 -26.3Z",
                0.14,
            ),
            line("M-7.4 -14.6L-4.6 -17.4L-1.8 -14.6L1 -17.4L3.6 -14.6", CREAM, 1.2),
            flat("M-2 -19C-5.4 -21.2 -4 -23.8 -2 -22.2C0 -23.8 1.4 -21.2 -2 -19Z", CREAM),
            sheet(panel(-9, -9, 18, 8.2, 2.4), lighten(accent, 0.5)),
            line("M-5.4 -7.4V-2.4M-1.8 -7.4V-2.4M1.8 -7.4V-2.4M5.4 -7.4V-2.4", lighten(accent, 0.1), 1),
        )
    )


@sketch("shoe", box=(-15, -29, 18.5, 0), grip=(-8, -20))
def _shoe(accent: str) -> str:
    return "".join(
        (
            sheet("M-13 -27H2L2.6 -14C8 -13 16 -12 17 -5V-3H-14C-15 -10 -12 -18 -13 -27Z", accent),
            shade("M-14 -8C-4 -6 8 -9 16.6 -7C17 -6 17 -5 17 -3H-14Z", 0.14),
            sheet(panel(-14.6, -28.6, 18.4, 5.4, 2.4), CREAM, 0.6),
            line("M-2 -19.6H4M-1.6 -16H4.4", CREAM, 1.3),
            flat(
                "M-13.2 -3C-14 -7 -13 -11 -12.6 -13H-8V-3ZM11 -11.6C14.6 -10.4 16.8 -8.4 17 -5V-3H10C9 -6 9.6 -9.4 11 -11.6Z",
                darken(accent, 0.28),
            ),
            sheet(panel(-15, -3.8, 33, 3, 1.2), "#4d3a36", 0.4),
        )
    )


@sketch("hat", box=(-23, -35, 24, 0), grip=(0, -5))
def _hat(accent: str) -> str:
    felt = mix("#39344f", accent, 0.22)
    return "".join(
        (
            sheet("M-12 -5C-11 -15 -14 -24 -14.6 -32C-8 -34.6 8 -34.6 14.6 -32C14 -24 11 -15 12 -5Z", felt),
            flat(oval(0, -32, 14.4, 2.6), lighten(felt, 0.22)),
            shade("M6 -30C7 -20 5 -12 6 -5H12C11 -15 14 -24 14.6 -32Z", 0.25),
            flat("M-12.5 -14C-6 -12 6 -12 12.5 -14L12 -5H-12Z", accent),
            shine("M-11 -28C-9.6 -22 -9 -19 -9 -15.6H-6.6C-6.8 -20 -8 -25 -8.4 -29Z", 0.25),
            sheet("M-23 -7C-14 -3.6 14 -3.6 23 -7C22 -2 13 -.8 0 -.8S-22 -2 -23 -7Z", felt),
            line("M-21.4 -6C-13 -3 13 -3 21.4 -6", lighten(felt, 0.25), 0.8),
            put(sheet("M0 0C-3 -6 0 -15 7 -17C8 -9 6 -3 0 0Z", lighten(accent, 0.45), 0.4), 8, -9),
        )
    )


@sketch("scarf", box=(-18.5, -30, 21, 0), grip=(0, -18))
def _scarf(accent: str) -> str:
    pale = lighten(accent, 0.55)
    return "".join(
        (
            sheet(
                "M4 -15L20 -2.6L12 1L-2 -11Z".replace("12 1L", "11.6 -1L").replace("20 -2.6", "20 -5"),
                darken(accent, 0.15),
            ),
            flat("M13.6 -9.8L17 -7.2L9.4 -2.6L6.6 -4.9Z", pale),
            sheet("M-5 -15H5L7 -3H-7Z".replace("-3", "-3.4"), accent),
            flat("M-6 -9.6H6L6.4 -6.4H-6.4Z", pale),
            line("M-6 -3.4V-1.4M-3 -3.4V-1.4M0 -3.4V-1.4M3 -3.4V-1.4M6 -3.4V-1.4", accent, 1.3),
            sheet("M-18 -24C-20 -14 -8 -11 0 -11S20 -14 18 -24C16 -29 8 -30 0 -30S-16 -29 -18 -24Z", accent),
            flat(oval(0, -24.6, 11.6, 3.4), darken(accent, 0.5)),
            flat(
                "M-13.6 -15.6L-11 -20.4C-9.6 -19.6 -8 -19 -6.4 -18.8L-8 -13.6C-10 -14 -12 -14.8 -13.6 -15.6ZM13.6 -15.6L11 -20.4C9.6 -19.6 8 -19 6.4 -18.8L8 -13.6C10 -14 12 -14.8 13.6 -15.6ZM-17 -26L-12 -25.4C-12.6 -27 -10 -28 -8.6 -28.2L-11 -29.4C-14 -28.8 -16 -27.8 -17 -26Z",
                pale,
            ),
            sheet(panel(-6, -17, 12, 7.6, 3), lighten(accent, 0.12), 0.6),
        )
    )


@sketch("ribbon", box=(-19.5, -24.5, 20, 0), grip=(0, -16))
def _ribbon(accent: str) -> str:
    return "".join(
        (
            sheet("M-2 -14C-5 -8 -8 -5 -13 -.8L-12 -5L-16 -5.4C-11 -8 -7 -11 -4 -16Z", darken(accent, 0.14))
            + sheet("M2 -14C5 -8 8 -5 13 -.8L12 -5L16 -5.4C11 -8 7 -11 4 -16Z", darken(accent, 0.14)),
            sheet("M0 -16C-6 -26 -18 -27 -19 -20C-20 -12 -8 -11 0 -16Z", accent)
            + sheet("M0 -16C6 -26 18 -27 19 -20C20 -12 8 -11 0 -16Z", accent),
            flat(
                "M-4 -16.6C-8 -21 -14 -23 -15.6 -19.6C-16 -15.4 -9 -14.6 -4 -16.6ZM4 -16.6C8 -21 14 -23 15.6 -19.6C16 -15.4 9 -14.6 4 -16.6Z",
                darken(accent, 0.28),
            ),
            line("M-17.4 -22C-14 -25 -8 -22.6 -4 -19M17.4 -22C14 -25 8 -22.6 4 -19", lighten(accent, 0.45), 1),
            sheet(panel(-4, -19.6, 8, 7.6, 3), lighten(accent, 0.15), 0.6),
        )
    )


@sketch("flag", box=(-21, -61.5, 23, 0), grip=(-12, -22))
def _flag(accent: str) -> str:
    return "".join(
        (
            cord("M-14 -2V-58", WOOD, 2.2),
            sheet("M-13 -56C-4 -62 4 -50 22 -56C20 -49 20 -42 22 -35C6 -29 -4 -41 -13 -35Z", accent),
            flat("M-13 -49C-4 -55 4 -43 20.6 -49L20.5 -43C5 -37 -4 -48.6 -13 -42.6Z", CREAM, 0.9),
            shade(
                "M4 -54.6C8 -53.6 14 -53.6 22 -56C20 -49 20 -42 22 -35C14 -32 8 -32.6 4 -34.2C6 -40 6 -48 4 -54.6Z", 0.1
            ),
            flat(spikes(-3, -46.4, 4.2, 1.9, 5), mix(accent, RED, 0.5)),
            sheet(oval(-14, -59, 2.3), BRASS, 0.4),
            sheet("M-21 -.8C-19 -5.6 -9 -5.6 -7 -.8Z", STONE, 0.2),
        )
    )


@sketch("gear", box=(-14, -29, 14, 0), grip=(0, -12))
def _gear(accent: str) -> str:
    metal = mix(BRASS, accent, 0.15)
    teeth = "".join(put(sheet("M-2.6 -9H2.6L2 -14H-2Z", metal, 0.5), 0, -15.4, 45 * step) for step in range(8))
    wheel = (
        teeth
        + sheet(oval(0, -15.4, 11) + oval(0, -15.4, 4), metal)
        + shade(oval(0, -15.4, 8.6) + oval(0, -15.4, 7.6), 0.25)
        + shine("M-9.4 -16C-9.4 -20.6 -6 -24.4 -1 -24.8C-5 -23 -7.4 -20 -7.6 -14Z", 0.5)
        + flat("".join(oval(x, y, 1) for x, y in ((-6, -15.4), (6, -15.4), (0, -21.4), (0, -9.4))), darken(metal, 0.4))
    )
    return put(wheel, 0, 0.8)


@sketch("paintbrush", box=(-21.5, -29.5, 33.5, -0.5), grip=(-12, -23))
def _paintbrush(accent: str) -> str:
    art = (
        cord("M-22 0C-12 -1 -4 1 5 0", WOOD, 3)
        + sheet("M4 -2.6H12V2.6H4Z", "#c4c9d4", 0.5)
        + line("M6.6 -2.4V2.4M9.4 -2.4V2.4", "#8b90a0", 0.7)
        + sheet("M12 -3C17 -5.6 20 -2 26 -.4C21 2.4 16 5 12 3Z", accent, 0.6)
        + flat("M12 -3C14 -4 15.6 -3.8 17 -3.2L16 3.6C14.6 3.8 13.2 3.6 12 3Z", "#6d4a35")
        + shine("M17 -2.2C19 -2.2 21 -1.4 23 -.6C20 -.6 18.6 -.4 17 0Z", 0.5)
    )
    stroke = flat("M2 -.8C-2 -4 8 -5.6 14 -4.6C20 -6.6 30 -5 33 -2.4C34 -1.4 32 -.8 30 -.8Z", accent)
    return stroke + put(art, -1, -16.6, 31)


@sketch("spade", box=(-10, -55.5, 10.5, 0), grip=(0, -42))
def _spade(accent: str) -> str:
    return "".join(
        (
            cord("M0 -20V-48", WOOD, 2.6),
            line("M-5.4 -54H5.4L3 -48H-3Z", darken(accent, 0.3), 2.4) + line("M-5.4 -54H5.4L3 -48H-3Z", accent, 1.6),
            sheet("M-9.6 -21C-6 -23 6 -23 9.6 -21V-10C9.6 -5 4 -3 0 -.8C-4 -3 -9.6 -5 -9.6 -10Z", "#aab1c0"),
            shade("M3 -22.4C6 -22.2 8.4 -21.8 9.6 -21V-10C9.6 -5 4 -3 0 -.8C4 -6 5 -14 3 -22.4Z", 0.18),
            shine("M-7.6 -18.6H-5V-8C-6 -8.6 -7.4 -9 -7.6 -11Z", 0.6),
            sheet("M-2.4 -25H2.4L3 -17C1 -15.6 -1 -15.6 -3 -17Z", "#8b90a0", 0.4),
        )
    )


@sketch("watering-can", box=(-22.5, -34.5, 41, 0), grip=(-2, -34))
def _watering_can(accent: str) -> str:
    return "".join(
        (
            cord("M-10 -22C-8 -38 8 -36 9 -22", darken(accent, 0.15), 2.4)
            + cord("M-13 -20C-24 -20 -24 -7 -13 -6", darken(accent, 0.15), 2.4),
            sheet("M11 -10L27 -28L30 -25.4L14 -4Z", accent, 0.7),
            sheet(
                "M22.6 -29L33 -22C33.4 -26 28 -31 22.6 -29Z".replace("33 -22", "32.6 -21"), lighten(accent, 0.25), 0.6
            ),
            sheet("M-14 -23H12L15 -3C15 -1.4 14 -.8 12 -.8H-14C-16 -.8 -17 -1.4 -17 -3Z", accent),
            shade("M5 -23H12L15 -3C15 -1.4 14 -.8 12 -.8H7C8 -8 7 -16 5 -23Z"),
            sheet(oval(-1, -23, 13.2, 2.8), darken(accent, 0.3), 0.3),
            line("M-16.4 -7.6H14.4", lighten(accent, 0.35), 1.3),
            *(put(flat(oval(0, -2.2, 1.3, 1.9), CREAM), -4, -14, turn) for turn in (0, 72, 144, 216, 288)),
            flat(oval(-4, -14, 1.3), BRASS),
            line(
                "M33 -20C35 -18 36 -15 36.4 -13M31 -19C32.4 -16 33 -13 33 -10M35 -22.4C38 -21 39.6 -18 40.4 -16",
                "#bfe4ee",
                1,
            ),
        )
    )


@sketch("sundial", box=(-22, -44, 23, 0), grip=(0, -20))
def _sundial(accent: str) -> str:
    stone = mix(STONE, "#d8c09a", 0.45)
    return "".join(
        (
            sheet(panel(-16, -5, 32, 4.2, 1), darken(stone, 0.1)),
            sheet("M-8 -5L-5 -24H5L8 -5Z", stone),
            shade("M1.6 -24H5L8 -5H3Z", 0.14),
            line("M-3 -21L-4.6 -7", lighten(stone, 0.3), 1.1),
            sheet("M-22 -29C-22 -24 -12 -22 0 -22S22 -24 22 -29Z", darken(stone, 0.12)),
            sheet(oval(0, -29.6, 22, 6.4), lighten(stone, 0.25), 0.5),
            line(
                "M-15 -29.6H-18.6M15 -29.6H18.6M-10.4 -32.6L-13 -33.6M10.4 -32.6L13 -33.6M-10.4 -26.6L-13 -25.6M10.4 -26.6L13 -25.6M0 -25.6V-24.4M0 -34V-35",
                "#7c654c",
                1,
            ),
            flat("M-1 -29L-15 -26.6L-1 -28Z", "#3a3044", 0.6),
            sheet("M-9 -29L9 -29L9 -44Z".replace("9 -44", "10 -44"), mix(BRASS, accent, 0.2), 0.6),
            line("M18 -.8C22 -6 17 -10 20 -15M-18 -.8C-22 -5 -16 -9 -18.6 -13", GRASS, 1.1)
            + flat(oval(20.4, -15.6, 1.6, 1) + oval(-19, -13.6, 1.6, 1), GRASS),
        )
    )


@sketch("weathervane", box=(-25, -74, 29.5, 0), grip=(0, -10))
def _weathervane(accent: str) -> str:
    iron = mix(IRON, accent, 0.2)
    bird = "M-15 -52C-19 -56 -20 -64 -15 -68C-14 -62 -10 -58 -5 -58C0 -58 2 -62 3 -66C3.4 -70 6 -71 8 -70.4C9.6 -70 10 -68.6 12.4 -67C10.4 -66 9.6 -66 9 -64C9 -56 6 -49 -2 -48L-2 -44H-5L-5.6 -48C-9 -48 -13 -49.6 -15 -52Z"
    return "".join(
        (
            cord("M0 -3V-46", iron, 2),
            line("M-13 -24H13", iron, 1.5) + line("M-8 -21L8 -27", darken(iron, 0.2), 1.2),
            sheet(oval(-13.6, -24, 2.2) + oval(13.6, -24, 2.2), BRASS, 0.4),
            cord("M-20 -43H22", BRASS, 1.7),
            sheet("M20 -47L29 -43L20 -39Z", BRASS, 0.5) + sheet("M-18 -43L-25 -47.4V-38.6Z", BRASS, 0.5),
            sheet(bird, accent),
            flat("M4 -70C2 -73 5 -74 6 -72C7 -75 10 -74 9 -70.4ZM8.4 -65.6C10 -65 10.4 -63 9 -62Z", RED),
            line("M-11 -54C-7 -51 -2 -51 2 -55M-8 -56C-5 -54 -2 -54 1 -57", lighten(accent, 0.45), 1),
            flat(oval(7, -67.6, 0.8), "#201a2c"),
            sheet(oval(0, -33, 2.8), BRASS, 0.4),
            sheet("M-10 -.8L-3 -9H3L10 -.8Z", darken(iron, 0.15), 0.2),
        )
    )
