"""What waits at home: a bed and its pillow, a cauldron, a globe, a sock; and the way there, in footprints."""

from generator.illustrators.embedded.colour import darken, lighten
from generator.illustrators.embedded.objects.paper import (
    BRASS,
    CREAM,
    IRON,
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


@sketch("bed", box=(-54, -56.5, 54, 0), grip=(0, -29))
def _bed(accent: str) -> str:
    quilt = "M-18 -16C-10 -23 20 -22 33 -15V-7H-18Z"
    parts = "".join(
        (
            sheet(panel(-36, -8, 4, 7, 1) + panel(31, -8, 4, 7, 1), darken(WOOD, 0.2)),
            sheet("M-36 -6V-30C-36 -41 -26 -41 -26 -30V-6Z", WOOD),
            sheet("M30 -6V-20C30 -28 36 -28 36 -20V-6Z", WOOD),
            sheet(panel(-34, -10, 68, 6, 1.5), darken(WOOD, 0.1)),
            sheet(panel(-27, -16, 58, 8, 2), CREAM, 0.5),
            sheet("M-27 -16C-29 -25 -11 -25 -11 -16C-14 -14 -24 -14 -27 -16Z", "#f8f6f4", 0.6),
            sheet(quilt, accent),
            flat("M-18 -16C-15 -18.6 -12 -19.6 -8 -20.3L-10 -7H-18Z", lighten(accent, 0.5)),
            line("M2 -20.8V-7.6M14 -20.4V-7.6M25 -18V-7.6M-9 -13.6H33", lighten(accent, 0.4), 0.8),
            shade("M-18 -10H33V-7H-18Z", 0.14),
        )
    )
    return put(parts, scale=1.45)


@sketch("pillow", box=(-22.5, -23, 23, 0), grip=(0, -6))
def _pillow(accent: str) -> str:
    body = "M-21 -3C-23 -9 -18.6 -12 -21 -19.4C-12 -23 12 -23 21 -19.4C18.6 -12 23 -9 21 -3C12 -.4 -12 -.4 -21 -3Z"
    return "".join(
        (
            sheet(body, lighten(accent, 0.62)),
            shade(
                "M-21 -3C-21.8 -5.4 -21.6 -7.2 -21 -9C-12 -3.6 12 -3.6 21 -9C21.6 -7.2 21.8 -5.4 21 -3C12 -.4 -12 -.4 -21 -3Z"
            ),
            flat(spikes(0, -12, 6, 2.8, 5), accent),
            line("M-18.6 -17.6L-15 -15M18.6 -17.6L15 -15M-18.6 -5L-15 -7M18.6 -5L15 -7", lighten(accent, 0.25), 1),
            shine("M-17 -19C-9 -21 6 -21.2 13 -20.4C4 -19 -8 -18.6 -16.4 -16.6Z", 0.5),
        )
    )


@sketch("cauldron", box=(-22, -35, 22.6, 0), grip=(0, -29))
def _cauldron(_accent: str) -> str:
    iron = darken(IRON, 0.35)
    return "".join(
        (
            cord("M-12 -6L-14 -2.2M12 -6L14 -2.2", iron, 2.4),
            sheet("M-18 -27C-25 -14 -20 -3 0 -3S25 -14 18 -27Z", iron),
            shine("M-16.6 -22C-19 -14 -16 -9 -12.6 -7C-14 -12 -14 -17 -12.6 -22Z", 0.25),
            sheet(oval(0, -27, 20, 4.4), lighten(iron, 0.14)),
            flat(oval(0, -27.2, 16.6, 3), "#8fbf6a"),
            flat(oval(-5, -27.6, 2.6, 1.2) + oval(6, -26.8, 1.8, 0.9), "#c8e39a"),
            sheet(oval(-3, -31.6, 2.2), "#a9d381", 0.4) + sheet(oval(4.6, -33, 1.6), "#c8e39a", 0.4),
        )
    )


@sketch("globe", box=(-15.4, -42, 15.8, 0), grip=(0, -10))
def _globe(_accent: str) -> str:
    return "".join(
        (
            sheet("M-10 -1C-10 -4 -3 -4 -2 -8H2C3 -4 10 -4 10 -1Z", WOOD),
            cord("M-3 -40.6A15 15 0 1 0 11 -14", BRASS, 1.8),
            sheet(oval(2, -26, 12.6), "#5fa3c4"),
            flat("M-4 -35C2 -38 4 -34 1 -31C-1 -28 -6 -27 -8 -29C-8.6 -31.6 -6 -34 -4 -35Z", "#8fb866"),
            flat("M4 -28C9 -30 13 -27 12.4 -23C11 -18 7 -17 5 -20C4 -22 2 -26 4 -28Z", "#8fb866"),
            flat("M-5 -22C-2 -23 1 -20 -1 -17C-4 -16.6 -7 -19 -5 -22Z", "#a8c777"),
            shade(crescent(2, -26, 12.6), 0.16),
            shine(oval(-3, -31.6, 2.6, 1.6), 0.45),
        )
    )


@sketch("sock", box=(-15, -33, 15.6, 0), grip=(-6, -30))
def _sock(accent: str) -> str:
    return "".join(
        (
            sheet("M-11 -32H4V-15C6 -11 15 -10 15 -5C15 -2 12 -1 9 -1H-6C-12 -1 -11.6 -8 -11 -14Z", accent),
            flat("M15 -5C15 -2 12 -1 9 -1H6.6C6 -4.6 8 -8 11 -9.4C13.4 -8.4 15 -7 15 -5Z", lighten(accent, 0.55)),
            flat("M-11.4 -10C-8 -10 -4.4 -6 -5 -1H-6C-11 -1 -11.8 -5 -11.4 -10Z", lighten(accent, 0.55)),
            line("M-10.6 -24H3.6M-10.8 -19.6H3.6", CREAM, 1.6),
            sheet(panel(-12.4, -32.4, 17.6, 5.4, 1.6), lighten(accent, 0.55), 0.5),
        )
    )


@sketch("footprint", box=(-30, -8, 30.6, 0), grip=(0, -3))
def _footprint(_accent: str) -> str:
    paw = oval(0, 0, 4.6, 1.7) + "".join(oval(5.6 + 0.5 * (1 - abs(k)), k * 1.4, 1.2, 0.6) for k in (-1.1, 0, 1.1))
    rims = "".join(
        put(flat(paw, "#fff4dc", 0.55), x, y + 0.45) for x, y in ((-24, -2.4), (-8, -5), (8, -2.4), (22, -5))
    )
    return rims + "".join(
        put(flat(paw, "#2b2140", 0.72), x, y) for x, y in ((-24, -2.4), (-8, -5), (8, -2.4), (22, -5))
    )
