import io
import re
from functools import cache
from itertools import product
from math import ceil
from xml.etree import ElementTree

import pytest
import resvg_py
from PIL import Image

from generator.illustrators.embedded.drawing import Drawing, Ground
from generator.illustrators.embedded.figures import KINDS, draw_figure, resolve_kind
from generator.story import Character, Pose

COLOURS = ("#b5651d", "#f4e3c8", "#2f6f73")
CLOTHES = ("scarf", "hat", "cape", "bow", "glasses", "boots", "apron")
SCALE = 2  # pixels to a unit
MARGIN = 12  # units about the declared box


@cache
def draw(kind: str, pose: Pose = Pose.STAND, wears: str = "", colours: tuple[str, str, str] = COLOURS) -> Drawing:
    return draw_figure(Character(key=kind, name=kind, kind=kind, colours=colours, wears=wears), pose)


def render(drawing: Drawing) -> Image.Image:
    """Render a drawing without its shadows, its box in the middle of a margin."""
    left, top = drawing.left - MARGIN, drawing.top - MARGIN
    width, height = ceil(drawing.width) + 2 * MARGIN, ceil(drawing.bottom - drawing.top) + 2 * MARGIN
    plain = drawing.svg.replace(' filter="url(#cut)"', "")
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}">{plain}</svg>'
    data = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width * SCALE, height=height * SCALE))
    return Image.open(io.BytesIO(data)).getchannel("A")


@cache
def painted_box(kind: str, pose: Pose) -> tuple[float, float, float, float]:
    """Return what the pixels of a drawing cover, as left, top, right and bottom in its units."""
    drawing = draw(kind, pose, "scarf")
    box = render(drawing).point(lambda alpha: 255 if alpha > 40 else 0).getbbox()
    assert box
    left, top = drawing.left - MARGIN, drawing.top - MARGIN
    return box[0] / SCALE + left, box[1] / SCALE + top, box[2] / SCALE + left, box[3] / SCALE + top


@pytest.mark.parametrize("pose", list(Pose))
@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_fills_the_box_it_declares_and_stays_inside(kind: str, pose: Pose) -> None:
    drawing = draw(kind, pose, "scarf")
    left, top, right, bottom = painted_box(kind, pose)
    pixel = 1.5 / SCALE
    assert left >= drawing.left - pixel
    assert top >= drawing.top - pixel
    assert right <= drawing.right + pixel
    assert bottom <= drawing.bottom + pixel
    assert drawing.width <= (right - left) * 1.12 + pixel
    assert drawing.height <= -top * 1.12 + pixel
    assert drawing.left == pytest.approx(-drawing.right, abs=0.2)


@pytest.mark.parametrize("pose", list(Pose))
@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_stands_on_its_ground(kind: str, pose: Pose) -> None:
    drawing = draw(kind, pose, "scarf")
    bottom = painted_box(kind, pose)[3]
    if drawing.ground is Ground.LAND:
        assert drawing.bottom == 0
        assert bottom == pytest.approx(0, abs=1)
    elif drawing.ground is Ground.WATER:
        assert 5 < drawing.bottom < 60
        assert drawing.height > 1.2 * drawing.bottom
    else:
        assert -20 < bottom < -3


@pytest.mark.parametrize("kind", KINDS)
def test_a_sleeper_looks_different_and_takes_less_height(kind: str) -> None:
    awake, asleep = draw(kind), draw(kind, Pose.SLEEP)
    assert asleep.svg != awake.svg
    assert asleep.height < awake.height


@pytest.mark.parametrize("kind", KINDS)
def test_who_holds_something_has_a_hand_inside_the_box_and_nobody_else_does(kind: str) -> None:
    drawing = draw(kind, Pose.HOLD)
    assert drawing.hand
    x, y = drawing.hand
    assert drawing.left <= x <= drawing.right
    assert drawing.top <= y <= drawing.bottom
    assert x > 0
    assert drawing.svg != draw(kind).svg
    assert all(draw(kind, pose).hand is None for pose in Pose if pose is not Pose.HOLD)


@pytest.mark.parametrize("kind", KINDS)
def test_the_hand_is_where_the_paper_is(kind: str) -> None:
    drawing = draw(kind, Pose.HOLD)
    assert drawing.hand
    x = round((drawing.hand[0] - drawing.left + MARGIN) * SCALE)
    y = round((drawing.hand[1] - drawing.top + MARGIN) * SCALE)
    near = render(drawing).crop((x - 4, y - 4, x + 5, y + 5))
    assert near.getextrema()[1] > 200


@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_is_made_of_paths_and_shadows_only(kind: str) -> None:
    for pose, wears in product(Pose, ("", "scarf")):
        svg = draw(kind, pose, wears).svg
        elements = [element for element in ElementTree.fromstring(f"<svg>{svg}</svg>").iter() if element.tag != "svg"]
        assert {element.tag for element in elements} <= {"path", "g"}
        assert {name for element in elements for name in element.attrib} <= {
            "d", "fill", "fill-opacity", "fill-rule", "filter",
        }  # fmt: skip
        assert {element.get("filter") for element in elements if element.tag == "g"} == {"url(#cut)"}
        assert svg.count("url(") <= 6
        assert not re.search(r"nan|inf|e-", "".join(element.get("d", "") for element in elements))


@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_has_the_colours_of_its_card(kind: str) -> None:
    coat, belly, wear = COLOURS
    svg = draw(kind, wears="scarf").svg
    assert f'"{coat}"' in svg
    assert f'"{belly}"' in svg
    assert f'"{wear}"' in svg
    assert draw(kind, colours=("#556677", belly, wear)).svg != draw(kind).svg


@pytest.mark.parametrize("wears", CLOTHES)
@pytest.mark.parametrize("kind", KINDS)
def test_clothes_are_drawn_awake_and_asleep(kind: str, wears: str) -> None:
    for pose in (Pose.STAND, Pose.SLEEP):
        assert draw(kind, pose, wears).svg != draw(kind, pose).svg


def test_the_same_card_gives_the_same_bytes() -> None:
    for kind in KINDS:
        character = Character(key=kind, name=kind, kind=kind, colours=COLOURS, wears="scarf")
        assert draw_figure(character, Pose.WALK) == draw(kind, Pose.WALK, "scarf")


def test_no_two_kinds_look_alike() -> None:
    assert len({draw(kind).svg for kind in KINDS}) == len(KINDS) >= 32


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("bunny", "rabbit"),
        ("Puppy", "dog"),
        ("kitten", "cat"),
        ("girl", "child"),
        ("boy", "child"),
        ("tortoise", "turtle"),
        ("wolf-cub", "wolf"),
        ("bear cub", "bear"),
        ("cub", "bear"),
        ("little owls", "owl"),
        ("red fox", "fox"),
        ("  Old  Badger ", "badger"),
    ],
)
def test_other_names_of_a_kind_are_understood(name: str, figure: str) -> None:
    assert resolve_kind(name) == figure


@pytest.mark.parametrize("name", ["zorblax", "", "   ", "ß-äö", "s"])
def test_a_kind_nobody_knows_is_drawn_as_the_sprite(name: str) -> None:
    assert resolve_kind(name) == "sprite"
    assert draw(name).svg == draw("sprite").svg


def test_every_kind_is_its_own_figure() -> None:
    assert [resolve_kind(kind) for kind in KINDS] == list(KINDS)


def test_sizes_are_those_of_a_storybook() -> None:
    heights = {kind: draw(kind).height for kind in KINDS}
    assert 90 <= heights["child"] <= 105
    for kind in ("mouse", "snail", "frog", "bat", "hedgehog"):
        assert 55 <= heights[kind] <= 76
    for kind in ("bear", "lion", "deer", "elephant", "dragon"):
        assert 115 <= heights[kind] <= 145
    assert 180 <= draw("whale").width <= 230
