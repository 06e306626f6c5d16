"""The library: shelves, a tall window, a ladder."""

from generator.illustrators.embedded.colour import darken
from generator.illustrators.embedded.paper import HEIGHT, WIDTH, arch, blob, box, ellipse, limb, num, pair, polygon
from generator.illustrators.embedded.places.rooms import BOOKS, WALLPAPER, draw_pile, draw_shaft, draw_view, lay_boards
from generator.illustrators.embedded.scenery import Scenery
from generator.illustrators.embedded.sheet import Sheet


def library(sheet: Sheet) -> Scenery:
    """Draw high shelves, a tall window, a ladder and a hanging lamp."""
    rng = sheet.rng
    sheet.palette = sheet.palette.indoors()
    wood = "#7d5238"
    back = sheet.tone(WALLPAPER[sheet.genre], 0.1)
    sheet.paint(box(0, 0, WIDTH, HEIGHT), sheet.vertical(0, 900, (0, darken(back, 0.28), 1), (1, back, 1)))
    x = 800.0 if sheet.cover else 800 + rng.uniform(-90, 90)
    sheet.light = (x, 330)
    outline = arch(x, 640, 300, 500)
    draw_view(sheet, outline, x, 390, 230)
    frame = sheet.tone("#e6d3b0", 0.05)
    sheet.line(outline, frame, 20)
    sheet.line(f"M{num(x)} 640V140M{num(x - 150)} 480h300M{num(x - 150)} 310h300", frame, 9)
    sheet.cut(box(x - 185, 638, 370, 26), frame, lift=0.7)
    draw_shaft(sheet, x, 420, 150)
    for left, right in ((-20, x - 230), (x + 230, WIDTH + 20)):
        _shelves(sheet, left, right, wood)
    side = rng.choice((-1, 1))
    _rolling_ladder(sheet, x + side * 470)
    for k in (-1, 1):
        _hanging_lamp(sheet, x + k * rng.uniform(290, 380), rng.uniform(190, 250))
    floor = lay_boards(sheet, "#8a5f3f")
    draw_pile(sheet, rng.uniform(120, 200), 968)
    _globe(sheet, rng.uniform(1400, 1480), 968)
    return Scenery(floor, frame="none", indoors=True, ceiling=330)


def _shelves(sheet: Sheet, left: float, right: float, local: str) -> None:
    """Fill a wall from `left` to `right` with rows of books."""
    rng = sheet.rng
    wood = sheet.tone(local, 0.06)
    sheet.cut(box(left, -30, right - left, 930), darken(wood, 0.42), lift=1.2)
    spines: dict[str, list[str]] = {}
    for row in range(6):
        foot = 122 + row * 148
        x = left + 18
        while x < right - 44:
            if rng.random() < 0.08:
                x += rng.uniform(20, 50)
                continue
            wide, tall = rng.uniform(15, 34), rng.uniform(84, 122)
            spines.setdefault(rng.choice(BOOKS), []).append(box(x, foot - tall, wide - 2, tall))
            if rng.random() < 0.5:
                spines.setdefault("#f0d9a0", []).append(box(x + 3, foot - tall * 0.82, wide - 8, 5))
            x += wide
    gold = spines.pop("#f0d9a0", [])
    for colour, outlines in spines.items():
        sheet.cut("".join(outlines), sheet.tone(colour, 0.1), lift=0.35)
    sheet.paint("".join(gold), sheet.tone("#f0d9a0", 0.1), opacity=0.8)
    boards = "".join(box(left, 122 + row * 148, right - left, 16) for row in range(6))
    posts = box(left, -30, 18, 930) + box(right - 18, -30, 18, 930)
    sheet.cut(boards + posts, wood, lift=0.7)


def _rolling_ladder(sheet: Sheet, x: float) -> None:
    wood = sheet.tone("#b98a52", 0.04)
    rails = limb([(x - 60, 905), (x - 48, 520), (x - 36, 130)], 14, 12) + limb(
        [(x + 60, 905), (x + 48, 520), (x + 36, 130)], 14, 12
    )
    sheet.cut(rails + "".join(box(x - 56 + k * 2, 840 - k * 76, 112 - k * 4, 11) for k in range(10)), wood, lift=0.8)


def _hanging_lamp(sheet: Sheet, x: float, y: float) -> None:
    sheet.line(f"M{num(x)} -10V{num(y)}", sheet.tone("#3a2f3a"), 4)
    sheet.glow(x, y + 40, 250, sheet.palette.lamp, 0.6 if sheet.dark else 0.3)
    sheet.cut(ellipse(x, y + 40, 20, 20), sheet.palette.lamp, lift=0.3)
    sheet.cut(
        f"M{pair((x - 66, y + 36))}Q{pair((x - 50, y - 20))} {pair((x, y - 24))}Q{pair((x + 50, y - 20))} {pair((x + 66, y + 36))}Z",
        sheet.tone("#3f7a66"),
        lift=0.7,
    )


def _globe(sheet: Sheet, x: float, y: float) -> None:
    brass = sheet.tone("#c99a4a")
    sheet.cut(polygon(((x - 54, y), (x - 10, y - 60), (x + 10, y - 60), (x + 54, y))), brass, lift=0.6)
    sheet.cut(ellipse(x, y - 130, 82, 82), sheet.tone("#4f93b0"), lift=0.7)
    rng = sheet.rng
    for dx, dy, size in ((-30, -24, 34), (30, 10, 28), (-14, 40, 20)):
        sheet.paint(blob(rng, x + dx, y - 130 + dy, size, size * 0.7), sheet.tone("#8fb060"))
    sheet.line(f"M{num(x - 60)} {num(y - 200)}A92 92 0 0 0 {num(x + 60)} {num(y - 60)}", brass, 8)
