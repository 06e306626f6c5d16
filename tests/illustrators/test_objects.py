"""Objects: that they are drawn as they say, and found by the words stories use."""

import io
import re

import pytest
import resvg_py
from PIL import Image

from generator.illustrators.embedded.drawing import Ground
from generator.illustrators.embedded.objects import OBJECTS, draw_object, find_objects, resolve_object

SCALE = 4  # pixels a unit
CANVAS = (-80, -140, 160, 180)  # left, top, width, height in units


def render(svg: str) -> Image.Image:
    left, top, width, height = CANVAS
    page = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width * SCALE}" height="{height * SCALE}" '
        f'viewBox="{left} {top} {width} {height}">{svg.replace("url(#cut)", "none")}</svg>'
    )
    return Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=page))))


def measure(svg: str) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of what is visible, in units."""
    seen = render(svg).getchannel("A").point(lambda value: 255 if value > 8 else 0).getbbox()
    assert seen, "nothing is drawn"
    left, top, right, bottom = (at / SCALE for at in seen)
    return left + CANVAS[0], top + CANVAS[1], right + CANVAS[0], bottom + CANVAS[1]


@pytest.mark.parametrize("name", OBJECTS)
def test_an_object_fills_the_box_it_declares(name: str) -> None:
    drawing = draw_object(name, "#c8553d")
    left, top, right, bottom = measure(drawing.svg)
    assert drawing.left - 0.3 <= left
    assert right <= drawing.right + 0.3
    assert drawing.top - 0.3 <= top
    assert bottom <= drawing.bottom + 0.6
    assert drawing.width <= 1.15 * (right - left)
    assert drawing.bottom - drawing.top <= 1.15 * (bottom - top)


@pytest.mark.parametrize("name", OBJECTS)
def test_what_belongs_on_land_stands_on_the_ground_and_what_floats_lies_in_the_water(name: str) -> None:
    drawing = draw_object(name, "#c8553d")
    bottom = measure(drawing.svg)[3]
    if drawing.ground is Ground.WATER:
        assert 2 < bottom < 10
    else:
        assert -1.3 <= bottom <= 0.6


@pytest.mark.parametrize("name", OBJECTS)
def test_an_object_is_a_plain_fragment_that_is_the_same_every_time(name: str) -> None:
    drawing = draw_object(name, "#2f6f73")
    assert drawing == draw_object(name, "#2f6f73")
    assert not re.search(r"\bid=|<script|<text|<image|href|\bon\w+=|<!", drawing.svg)
    assert set(re.findall(r"url\([^)]*\)", drawing.svg)) == {"url(#cut)"}
    assert drawing.svg.count("url(#cut)") <= 6


@pytest.mark.parametrize("name", OBJECTS)
def test_the_grip_is_on_the_object(name: str) -> None:
    drawing = draw_object(name, "#2f6f73")
    x, y = drawing.grip
    assert drawing.left - 1 <= x <= drawing.right + 1
    assert drawing.top - 1 <= y <= drawing.bottom + 1


@pytest.mark.parametrize("name", ["kite", "boat", "balloon", "umbrella", "book", "lantern", "tent", "scarf", "hat"])
def test_cloth_and_paint_take_the_accent(name: str) -> None:
    assert draw_object(name, "#2f6f73").svg != draw_object(name, "#c8553d").svg


def test_there_is_plenty_to_draw_and_each_but_once() -> None:
    assert len(OBJECTS) >= 90
    assert len(set(OBJECTS)) == len(OBJECTS)


def test_lights_glow_and_stones_do_not() -> None:
    for name in ("lantern", "candle", "star", "firefly", "jar", "moon-lamp", "window-light"):
        assert re.fullmatch("#[0-9a-f]{6}", draw_object(name, "#2f6f73").glow)
    assert draw_object("stone", "#2f6f73").glow == ""


def test_an_unknown_object_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        draw_object("sorrow", "#2f6f73")


@pytest.mark.parametrize("name", OBJECTS)
def test_every_object_answers_to_its_own_name_in_any_writing(name: str) -> None:
    assert resolve_object(name) == name
    assert resolve_object(name.upper().replace("-", " ")) == name
    assert find_objects(f"There it was: the {name.replace('-', ' ')}.") == (name,)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("paper boat", "boat"),
        ("lamp", "lantern"),
        ("Storybook", "book"),
        ("fireflies", "firefly"),
        ("leaves", "leaf"),
        ("scarves", "scarf"),
        ("pennies", "coin"),
        ("loaves", "bread"),
        ("treasure chest", "box"),
        ("a little brass key", "key"),
        ("the old paper lanterns", "lantern"),
        ("jars of light", "jar"),
        ("top_hat", "hat"),
        ("message in a bottle", "bottle"),
        ("mug", "cup"),
        ("cushion", "pillow"),
        ("a warm bed", "bed"),
        ("monkey", None),
        ("starfish", None),
        ("sorrow", None),
        ("", None),
        ("  ", None),
    ],
)
def test_a_word_means_the_object_a_child_would_point_at(word: str, name: str | None) -> None:
    assert resolve_object(word) == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The monkey saw a starfish.", ()),
        ("Two boats, a lantern and another boat.", ("boat", "lantern")),
        ("She found a key in the teapot, under the old quilt.", ("key", "teapot", "blanket")),
        ("A paper plane flew over the toy train.", ("paper-plane", "toy-train")),
        ("They sail at noon and she leaves the harbour.", ()),
        ("The sail was torn, and leaves fell on it.", ("sail", "leaf")),
        ("KEYS! And the fox’s kite, and a moon-lamp.", ("key", "kite", "moon-lamp")),
        ("Pip waved at Rocky.", ()),
        ("A bottle-green door.", ("door",)),
        ("", ()),
    ],
)
def test_a_text_names_its_objects_in_order_and_each_once(text: str, names: tuple[str, ...]) -> None:
    assert find_objects(text) == names
