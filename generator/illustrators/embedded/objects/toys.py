"""Things to play with, to make music with and to look through."""

from generator.illustrators.embedded.colour import darken, lighten, mix
from generator.illustrators.embedded.drawing import Ground
from generator.illustrators.embedded.objects.paper import (
    BRASS,
    CREAM,
    LIGHT,
    PINK,
    RED,
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


@sketch("kite", box=(-23.5, -88.5, 24, 0), ground=Ground.AIR, grip=(8, 0))
def _kite(accent: str) -> str:
    tail = "M0 -36C8 -30 -8 -22 2 -14C8 -9 6 -4 8 0"
    bow = "M0 0L-5 -3.4V3.4ZM0 0L5 -3.4V3.4Z"
    pale, deep = lighten(accent, 0.55), darken(accent, 0.22)
    return "".join(
        (
            line(tail, CREAM, 0.9),
            put(sheet(bow, accent, 0.5), 2, -28.6, 20),
            put(sheet(bow, BRASS, 0.5), -2, -20, -25),
            put(sheet(bow, accent, 0.5), 3.4, -11.6, 30),
            sheet("M0 -88L23 -62L0 -36L-23 -62Z", accent),
            flat("M0 -88V-62H-23Z", pale),
            flat("M0 -36V-62H23Z", BRASS),
            flat("M0 -36V-62H-23Z", deep),
            line("M0 -88V-36M-23 -62H23", darken(WOOD, 0.2), 1),
            shine("M0 -88L23 -62H19L0 -83Z", 0.25),
        )
    )


@sketch("balloon", box=(-19, -74, 20, 0), ground=Ground.AIR, grip=(0, 0))
def _balloon(accent: str) -> str:
    skin = "M0 -74C12 -74 19 -65 19 -55C19 -44 9 -35 2 -31H-2C-9 -35 -19 -44 -19 -55C-19 -65 -12 -74 0 -74Z"
    return "".join(
        (
            line("M0 -28C-6 -20 6 -12 0 0", CREAM, 0.9),
            sheet(skin, accent),
            shade("M12 -70C18 -66 19 -59 19 -55C19 -44 9 -35 2 -31H-2C8 -40 16 -52 12 -70Z", 0.15),
            shine("M-13.6 -56C-14 -64 -8 -69.6 -2.6 -70.4C-7 -66 -9.6 -61 -10 -54Z", 0.5),
            sheet("M0 -32L4 -26.6C1.4 -28 -1.4 -28 -4 -26.6Z", darken(accent, 0.15), 0.5),
        )
    )


@sketch("drum", box=(-22, -38, 21.5, 0), grip=(0, -12))
def _drum(accent: str) -> str:
    zig = "M-18 -22L-13 -6L-6.4 -20.6L0 -4.4L6.4 -20.6L13 -6L18 -22"
    return "".join(
        (
            sheet("M-18 -24V-6C-18 .8 18 .8 18 -6V-24Z", accent),
            shade("M8 -21V-1.4C14 -2.2 18 -3.6 18 -6V-24Z", 0.15),
            line(zig, CREAM, 1.2),
            line("M-18 -6.4C-18 .2 18 .2 18 -6.4", BRASS, 2.4),
            sheet(oval(0, -24, 18.6, 5.4), BRASS, 1),
            flat(oval(0, -24.4, 16.4, 4.2), "#fff3dc"),
            shade(crescent(0, -24.4, 16.4, 4.2, 0.3), 0.1),
            cord("M-9 -24.6L-21 -37", WOOD, 1.7) + cord("M7 -24.6L20 -36.4", WOOD, 1.7),
            sheet(oval(-8.6, -25, 2.4), CREAM, 0.6) + sheet(oval(6.6, -25, 2.4), CREAM, 0.6),
        )
    )


@sketch("flute", box=(-25.5, -28.5, 28, 0), grip=(0, -7))
def _flute(accent: str) -> str:
    holes = "".join(oval(x, -0.8, 1.1, 0.9) for x in (-2, 3, 8, 13, 18))
    body = "".join(
        (
            sheet(panel(-26, -3.4, 54, 6.4, 2.6), WOOD),
            shine(panel(-24, -2.6, 49, 1.4, 0.7), 0.4),
            flat(panel(-19, -3.4, 3, 6.4) + panel(22, -3.4, 2.4, 6.4), BRASS),
            flat(oval(-11.6, -0.8, 2.6, 1.5) + holes, "#3b241c"),
            line("M-17 2.6C-17.6 7 -20 8 -19.4 11M-17 2.6C-15.6 7 -17 9 -15.6 11.6", accent, 1.3),
        )
    )
    return put(body, 0, -17.2, -18)


@sketch("violin", box=(-12, -61, 20, 0), grip=(0, -44))
def _violin(accent: str) -> str:
    wood = "#b9642f"
    body = "M0 -34C7 -35 9.6 -31 9 -27C8.4 -23.4 6 -22 6.6 -19C7.4 -16 12 -15.6 11.6 -9C11.2 -3 6 -1 0 -1S-11.2 -3 -11.6 -9C-12 -15.6 -7.4 -16 -6.6 -19C-6 -22 -8.4 -23.4 -9 -27C-9.6 -31 -7 -35 0 -34Z"
    return "".join(
        (
            cord("M19 -1.6L13 -58", darken(WOOD, 0.3), 1.3) + line("M17.2 -3L11.6 -56.6", CREAM, 0.6),
            sheet(body, wood),
            shade(
                "M3 -34C8 -34.4 9.6 -31 9 -27C8.4 -23.4 6 -22 6.6 -19C7.4 -16 12 -15.6 11.6 -9C11.2 -3 6 -1 0 -1C7 -5 6 -12 3.6 -17C1.6 -22 5 -28 3 -34Z"
            ),
            put(flat(body, lighten(wood, 0.18), 0.6), -0.6, -2.6, 0, 0.84),
            sheet(panel(-1.7, -56, 3.4, 32, 1), "#43302c", 0.5),
            sheet("M-2 -55C-3 -60 3.4 -63 4 -59C4.4 -56.6 1 -56.6 1.4 -59", "#43302c", 0.5),
            line("M-4 -58H-2M2.6 -55.6H4.6M-4 -55H-2", accent, 1.4),
            flat("M-2 -12H2L3.2 -2H-3.2Z", "#43302c"),
            line("M-3.6 -16.4H3.6", CREAM, 1.2),
            line("M-.9 -54V-6M.9 -54V-6", "#fbeed2", 0.4),
            line("M-5.4 -20C-4 -18.6 -6.4 -16.6 -5 -14.6M5.4 -20C4 -18.6 6.4 -16.6 5 -14.6", "#43302c", 0.9),
        )
    )


@sketch("whistle", box=(-29, -17, 19, 0), grip=(-12, -12))
def _whistle(accent: str) -> str:
    return "".join(
        (
            line("M-14 -13C-22 -18 -22 -3 -28 -3", accent, 1.3),
            sheet("M-5 -17H18V-9.6H5.6C4.6 -3.6 .6 -.8 -4.6 -.8C-10.6 -.8 -14 -4.6 -14 -9S-10.4 -17 -5 -17Z", BRASS),
            shade("M18 -12V-9.6H5.6C4.6 -3.6 .6 -.8 -4.6 -.8C-9 -.8 -12 -2.8 -13.2 -5.6C-6 -1 2.6 -5 3.6 -12Z"),
            flat("M3 -17H8L4.6 -12.6Z", "#4b3520"),
            flat(oval(-5, -8.8, 3.4), "#4b3520"),
            flat(oval(-4.4, -7.8, 2), RED),
            shine("M-11.8 -9C-11.6 -13 -8 -15.2 -4 -15.4H1C-6 -14 -9 -12 -9.4 -8Z", 0.55),
            line(oval(-14.6, -12.6, 1.7), darken(BRASS, 0.2), 1.1),
        )
    )


@sketch("music-box", box=(-21, -41, 27.5, 0), grip=(0, -12))
def _music_box(accent: str) -> str:
    gown = "M0 -34C2 -31.4 2 -30 1.6 -28.6C5.6 -27 8 -25 9 -23H-9C-8 -25 -5.6 -27 -1.6 -28.6C-2 -30 -2 -31.4 0 -34Z"
    return "".join(
        (
            cord("M20 -9H25V-14", BRASS, 1.7) + sheet(oval(25, -15, 2), RED, 0.4),
            sheet("M-20 -18L-16 -41H16L20 -18Z", darken(accent, 0.2)),
            flat("M-16.4 -19L-13.4 -38.6H13.4L16.4 -19Z", PINK),
            shine("M-10 -24L-8 -36H2L-4 -24Z", 0.3),
            line("M0 -23V-18", BRASS, 1.2),
            sheet(gown, "#fdf3e4", 0.5),
            line("M-1 -31C-5 -33 -3.4 -38 0 -38.6M1 -31C5 -33 3.4 -38 0 -38.6", "#f3c9a5", 1.1),
            flat(oval(0, -35.2, 1.9), "#f3c9a5")
            + flat("M-2 -35.4C-2 -38 2 -38 2 -35.4C1 -36.6 -1 -36.6 -2 -35.4Z", "#6b4231"),
            sheet(panel(-21, -19, 42, 18, 1.8), accent),
            shade(panel(-21, -7, 42, 6, 1.8)),
            flat(panel(-21, -16.4, 42, 1.8), BRASS),
            flat("M-4 -5.6a1.9 1.5 0 1 0 1.6 -1.5V-12L4 -13.4V-6.6a1.9 1.5 0 1 0 1 -1.5V-15.4L-3.4 -13.4V-7Z", LIGHT),
        )
    )


@sketch("wind-chime", box=(-16, -58, 17, 0), ground=Ground.AIR, grip=(0, -56))
def _wind_chime(accent: str) -> str:
    pipes = ((-12, 22), (-7, 27), (7, 25), (12, 19))
    return "".join(
        (
            line(oval(0, -55, 2), BRASS, 1.1) + line("M0 -53L-13 -44M0 -53L13 -44", CREAM, 0.8),
            line("M-12 -43V-34M-7 -43V-34M7 -43V-34M12 -43V-34M0 -43V-10", CREAM, 0.7),
            *(
                sheet(panel(x - 1.7, -36, 3.4, length, 1.4), "#b7c3cf", 0.6)
                + shine(panel(x - 1.2, -35, 0.9, length - 2, 0.4), 0.6)
                for x, length in pipes
            ),
            sheet(oval(0, -24, 4.4), BRASS, 0.5),
            sheet("M0 -12C5 -9.6 5 -3.6 0 -.8C-5 -3.6 -5 -9.6 0 -12Z", accent, 0.6),
            line("M0 -11V-2", lighten(accent, 0.5), 0.7),
            sheet("M-16 -42C-15 -50 15 -50 16 -42C11 -40 -11 -40 -16 -42Z", accent),
            shine("M-13 -43.4C-11 -46.6 -4 -47.6 2 -47.4C-4 -46.4 -8 -45 -10 -42.6Z", 0.35),
        )
    )


@sketch("puppet", box=(-20.5, -59, 20.5, 0), grip=(0, -54))
def _puppet(accent: str) -> str:
    skin = "#f0c79c"
    return "".join(
        (
            line("M-15 -55L-17 -28M15 -55L17 -30M0 -55V-44", CREAM, 0.7),
            cord("M-17 -55H17M0 -58V-51", WOOD, 2),
            line("M-4 -14L-6 -4M4 -14L6 -4", skin, 3),
            sheet("M-9 -.8C-9 -4.6 -4 -5 -3.4 -.8ZM3.4 -.8C4 -5 9 -4.6 9 -.8Z", "#6b3b32", 0.4),
            line("M-7 -25L-17 -27M7 -25L17 -29", lighten(accent, 0.25), 3.6),
            flat(oval(-18, -27.4, 2.2) + oval(18, -29.4, 2.2), skin),
            sheet("M-7 -28H7L9.4 -12C5 -10 3 -14 0 -11C-3 -14 -5 -10 -9.4 -12Z", accent, 0.7),
            flat(oval(0, -23, 1) + oval(0, -18.4, 1), LIGHT),
            sheet("M-8 -28.6L-4 -31.4L0 -28.8L4 -31.4L8 -28.6L4 -26L0 -28L-4 -26Z", CREAM, 0.4),
            sheet(oval(0, -36, 7.2, 7), skin, 0.6),
            flat(oval(-4.4, -34, 1.6) + oval(4.4, -34, 1.6), "#e88f78", 0.7),
            flat(oval(-2.6, -37, 0.9) + oval(2.6, -37, 0.9), "#2a2030"),
            line("M-2.4 -32.6C-1 -31.4 1 -31.4 2.4 -32.6", "#7a3b34", 0.8),
            flat(oval(0, -34.8, 1.2), RED),
            sheet(
                "M-8 -38.6C-7 -44 -3 -46 1 -49C2 -44 7 -43 8 -38.6C3 -40.6 -3 -40.6 -8 -38.6Z",
                mix(accent, RED, 0.7),
                0.5,
            ),
            flat(oval(1.2, -49, 1.6), LIGHT),
        )
    )


@sketch("bell", box=(-14.5, -33, 15, 0), grip=(0, -30))
def _bell(accent: str) -> str:
    return "".join(
        (
            sheet(oval(0, -3.6, 3.4), darken(BRASS, 0.3), 0.4),
            sheet(
                "M0 -27C9 -27 9.6 -19 10.4 -13C11 -9 13 -7.4 14.4 -5.4C9 -3.4 -9 -3.4 -14.4 -5.4C-13 -7.4 -11 -9 -10.4 -13C-9.6 -19 -9 -27 0 -27Z",
                BRASS,
            ),
            shade(
                "M3 -26.7C9 -25.6 9.6 -19 10.4 -13C11 -9 13 -7.4 14.4 -5.4C11.6 -4.4 8 -4 4 -3.9C7 -10 6 -20 3 -26.7Z"
            ),
            line("M-12.6 -7.4C-6 -5.8 6 -5.8 12.6 -7.4", darken(BRASS, 0.28), 0.9),
            shine("M-7 -12C-7 -18 -6 -23 -2 -25C-3.6 -21 -4 -16 -4 -11Z", 0.6),
            line(oval(0, -29.6, 2.6), darken(BRASS, 0.15), 1.6),
            sheet("M0 -26.6L-9 -31V-22.4ZM0 -26.6L9 -31V-22.4Z", accent, 0.6),
            sheet(oval(0, -26.6, 2), darken(accent, 0.15), 0.4),
        )
    )


@sketch("magnet", box=(-20, -29, 20, 0), grip=(0, -27))
def _magnet(_accent: str) -> str:
    return "".join(
        (
            sheet("M-13 -2V-16C-13 -33 13 -33 13 -16V-2H5.4V-16C5.4 -23.6 -5.4 -23.6 -5.4 -16V-2Z", RED),
            shade("M5 -28C10 -26.6 13 -23 13 -16V-9H9.4V-17C9.4 -22 8 -26 5 -28Z"),
            shine("M-11 -15C-11 -21 -8 -25.6 -3.4 -26.4C-7.4 -23.6 -9 -20 -9 -13Z", 0.45),
            sheet(panel(-13, -9, 7.6, 8, 0.4) + panel(5.4, -9, 7.6, 8, 0.4), "#d7dbe4", 0.6),
            line("M-18.4 -5.4L-16.4 -7.4M-19 -1.6L-16.4 -3M18.4 -5.4L16.4 -7.4M19 -1.6L16.4 -3", LIGHT, 1.2),
        )
    )


@sketch("magnifying-glass", box=(-15, -34.5, 19, 0), grip=(-11, -4))
def _magnifying_glass(accent: str) -> str:
    return "".join(
        (
            cord("M-3.4 -12.4L-12.8 -3.4", accent, 4.4),
            line("M-2 -13.8L-4.6 -11.2", BRASS, 3.6),
            flat(oval(6, -22, 11), "#d6eef0", 0.75),
            shine("M-2 -22.6C-1.6 -27 2 -30.4 6.4 -30.6C2.6 -28 .6 -25 .4 -19.4Z", 0.9),
            sheet(oval(6, -22, 12.4) + oval(6, -22, 9.8), BRASS, 0.7),
        )
    )


@sketch("snowball", box=(-9.5, -19.5, 10, 0), grip=(0, -9))
def _snowball(_accent: str) -> str:
    return "".join(
        (
            sheet(oval(0, -10, 9.2), "#eaf3fa"),
            flat(oval(-1.2, -10.8, 7.2), "#ffffff"),
            flat(oval(3.6, -6, 1.2) + oval(-3, -4.6, 0.8) + oval(5, -11, 0.8), "#c9dcea"),
        )
    )


@sketch("ball", box=(-11, -22, 11.5, 0), grip=(0, -18))
def _ball(accent: str) -> str:
    return "".join(
        (
            sheet(oval(0, -11, 10.6), accent),
            flat("M-10.2 -13.6C-4 -9 5 -8.4 10.4 -10C10.6 -6.6 10 -5 9 -4.4C3 -3 -5 -4.6 -10 -8Z", CREAM),
            shade(crescent(0, -11, 10.6)),
            flat(spikes(1, -7, 2.5, 1.2, 5, 12), BRASS),
            shine(oval(-4.4, -16, 2.6, 1.8), 0.55),
        )
    )


@sketch("teddy-bear", box=(-16, -41.5, 16.5, 0), grip=(-9, -16))
def _teddy_bear(accent: str) -> str:
    fur, pale = "#c08a55", "#e7c79a"
    return "".join(
        (
            sheet(oval(-7.4, -37.4, 4) + oval(7.4, -37.4, 4), fur, 0.5)
            + flat(oval(-7.4, -37.2, 2) + oval(7.4, -37.2, 2), pale),
            put(sheet(oval(0, 0, 4.2, 6.6), fur, 0.6), -11, -17, 28)
            + put(sheet(oval(0, 0, 4.2, 6.6), fur, 0.6), 11, -17, -28),
            sheet(oval(0, -13, 10.6, 11), fur),
            flat(oval(0, -12.4, 6.4, 7.4), pale),
            sheet(oval(-8, -5.4, 5, 4.8), fur, 0.6) + sheet(oval(8, -5.4, 5, 4.8), fur, 0.6),
            flat(oval(-8, -5, 2.8, 2.6) + oval(8, -5, 2.8, 2.6), pale),
            sheet(oval(0, -30, 10.4, 9.4), fur, 0.7),
            flat(oval(0, -26.8, 4.8, 3.8), pale) + flat(oval(0, -28.6, 1.7, 1.2), "#3b2723"),
            line("M0 -27.6V-26C-1 -25 -2 -25 -2.6 -25.6M0 -26C1 -25 2 -25 2.6 -25.6", "#3b2723", 0.6),
            flat(oval(-4.4, -31.6, 1.2) + oval(4.4, -31.6, 1.2), "#2a1d20"),
            sheet("M0 -21L-7 -24.6V-17.6ZM0 -21L7 -24.6V-17.6Z", accent, 0.5)
            + flat(oval(0, -21, 1.7), darken(accent, 0.2)),
        )
    )
