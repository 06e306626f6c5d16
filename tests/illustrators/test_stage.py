import io
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from random import Random
from xml.etree import ElementTree

import pytest
import resvg_py
from PIL import Image, ImageChops

from generator.illustrators.embedded.compose import Actor, Placed, Prop, Spot, compose
from generator.illustrators.embedded.figures import KINDS, draw_figure
from generator.illustrators.embedded.objects import OBJECTS, draw_object
from generator.illustrators.embedded.places import ALIASES, PLACES, resolve_place
from generator.illustrators.embedded.scenery import Scenery
from generator.illustrators.embedded.stage import aim, make_props, make_sheet, render_svg
from generator.illustrators.embedded.terrain import floor_line, level
from generator.story import Character, Figure, Genre, PicturePrompt, Place, Pose, TimeOfDay, Weather

PIP = Character("pip", "Pip", "fox", wears="scarf")
MOTH = Character("moth", "Moth", "owl", wears="glasses")
FIGURES = (Figure(PIP, Pose.HOLD), Figure(MOTH))


def make_prompt(kind: str = "forest", **changes: object) -> PicturePrompt:
    fields: dict[str, object] = {
        "name": "scene-1",
        "text": "",
        "alt": "",
        "place": Place("here", "Here", kind),
        "figures": FIGURES,
        "objects": ("lantern",),
        "seed": 7,
    }
    return PicturePrompt(**(fields | changes))  # type: ignore[arg-type]


def render(prompt: PicturePrompt, width: int = 160) -> Image.Image:
    data = resvg_py.svg_to_bytes(svg_string=render_svg(prompt), skip_system_fonts=True, width=width)
    return Image.open(io.BytesIO(bytes(data))).convert("RGB")


@cache
def drawn(kind: str, pose: Pose) -> Actor:
    character = Character(kind, kind, kind)
    return Actor(kind, draw_figure(character, pose), draw_figure(character, Pose.STAND).height, pose)


@cache
def thing(name: str) -> Prop:
    return Prop(name, draw_object(name, "#2f6f73"))


def place_at_random(seed: int, *, cover: bool = False) -> tuple[Scenery, Sequence[Placed]]:
    """Compose a group such as a story may ask for."""
    rng = Random(seed)
    actors = [drawn(rng.choice(KINDS), rng.choice(list(Pose))) for _ in range(rng.randint(1, 3))]
    props = [thing(name) for name in rng.sample(OBJECTS, rng.randint(0, 3))]
    scenery = Scenery(
        floor_line(rng, 948), water=level(840) if rng.random() < 0.4 else None, indoors=rng.random() < 0.3
    )
    return scenery, compose(actors, props, scenery, rng, cover=cover)


@pytest.mark.parametrize("kind", PLACES)
@pytest.mark.parametrize("time", TimeOfDay)
def test_every_place_is_drawn_at_every_time(kind: str, time: TimeOfDay) -> None:
    genre = list(Genre)[(list(PLACES).index(kind) + list(TimeOfDay).index(time)) % len(Genre)]
    picture = render(make_prompt(kind, time=time, genre=genre), 80)
    assert picture.size == (80, 60)
    colours = picture.getcolors(80 * 60)
    assert colours
    assert len(colours) > 300, "the picture is nearly empty"


@pytest.mark.parametrize("kind", PLACES)
def test_every_place_looks_different_with_every_seed(kind: str) -> None:
    first, second = (render_svg(make_prompt(kind, figures=(), objects=(), seed=seed)) for seed in (1, 2))
    assert first != second


def test_the_svg_is_well_formed_and_holds_no_text_and_no_reference_to_elsewhere() -> None:
    for kind in PLACES:
        svg = render_svg(make_prompt(kind))
        tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg).iter()}
        assert not tags & {"text", "image", "script", "foreignObject"}
        defined = set(re.findall(r'id="([^"]+)"', svg))
        assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= defined


def test_no_two_gradients_share_an_id() -> None:
    for kind in PLACES:
        ids = re.findall(r'id="([^"]+)"', render_svg(make_prompt(kind, weather=Weather.FOG)))
        assert len(ids) == len(set(ids))


def test_the_same_prompt_gives_the_same_svg() -> None:
    assert render_svg(make_prompt("harbour")) == render_svg(make_prompt("harbour"))


@pytest.mark.parametrize("weather", [w for w in Weather if w is not Weather.CLEAR])
@pytest.mark.parametrize("time", [TimeOfDay.DAY, TimeOfDay.NIGHT])
def test_every_weather_is_seen(weather: Weather, time: TimeOfDay) -> None:
    clear, other = (render(make_prompt("meadow", weather=w, time=time), 160) for w in (Weather.CLEAR, weather))
    apart = ImageChops.difference(clear, other).convert("L").point(lambda value: 255 if value > 6 else 0)
    assert sum(1 for value in apart.tobytes() if value) > 0.1 * 160 * 120


def test_time_and_genre_change_the_colours() -> None:
    pictures = {make_sheet(make_prompt(time=t, genre=g), Random(1)).palette.sky for t in TimeOfDay for g in Genre}
    assert len(pictures) == len(TimeOfDay) * len(Genre)


@pytest.mark.parametrize("kind", ["forest", "harbour", "attic", "moon", "underwater"])
def test_every_object_and_figure_that_is_asked_for_is_in_the_picture(kind: str) -> None:
    names = ("lantern", "boat", "kite", "book")
    svg = render_svg(make_prompt(kind, objects=names))
    for name in names:
        assert svg.count(f'data-object="{name}"') == 1
    assert svg.count('data-figure="pip"') == svg.count('data-figure="moth"') == 1


def test_an_object_nobody_can_draw_is_left_out() -> None:
    assert "data-object" not in render_svg(make_prompt(objects=("parliament",)))


@pytest.mark.parametrize("seed", range(100))
def test_everything_is_whole_and_inside_the_picture(seed: int) -> None:
    _, placed = place_at_random(seed)
    for item in placed:
        left, top, right, bottom = item.box
        assert 150 <= left < right <= 1450, item.name
        assert top >= 20, item.name
        assert bottom <= (1200 if item.spot is Spot.POND else 1190), item.name


@pytest.mark.parametrize("seed", range(100))
def test_feet_are_on_the_ground_and_keels_in_the_water(seed: int) -> None:
    scenery, placed = place_at_random(seed)
    for item in placed:
        if item.spot is Spot.LAND:
            assert 0 < item.y - scenery.floor.at(item.x) <= (5 if item.figure else 20)
        elif item.spot is Spot.WATER:
            assert scenery.water
            assert item.y == scenery.water.at(item.x)
        elif item.spot is Spot.AIR:
            assert item.y < scenery.floor.at(item.x) - 100


@pytest.mark.parametrize("seed", range(100))
def test_nothing_in_the_row_hides_anything_else(seed: int) -> None:
    _, placed = place_at_random(seed)
    row = sorted(p.box for p in placed if p.spot is not Spot.HELD and (p.figure or p.spot is not Spot.AIR))
    for one, other in pairwise(row):
        assert one[2] <= other[0]


@pytest.mark.parametrize("seed", range(100))
def test_a_cover_survives_the_cut_to_a_square(seed: int) -> None:
    _, placed = place_at_random(seed, cover=True)
    for item in placed:
        assert 200 <= item.box[0] < item.box[2] <= 1400


@pytest.mark.parametrize("kind", KINDS)
def test_a_hero_who_stands_is_as_large_as_a_hero(kind: str) -> None:
    actor = drawn(kind, Pose.STAND)
    (hero,) = compose([actor], [], Scenery(level(948)), Random(1))
    wide = actor.drawing.width > 100  # a whale is large by its length
    assert 300 <= (hero.box[2] - hero.box[0] if wide else hero.box[3] - hero.box[1]) <= (640 if wide else 490)


def test_figures_face_each_other() -> None:
    for seed in range(30):
        pair = compose([drawn("fox", Pose.STAND), drawn("owl", Pose.STAND)], [], Scenery(level(948)), Random(seed))
        left, right = sorted((p for p in pair if p.figure), key=lambda p: p.x)
        assert not left.mirrored
        assert right.mirrored


@pytest.mark.parametrize("kind", ["fox", "owl", "mouse", "bear", "child"])
def test_a_raised_hand_holds_the_first_thing_that_fits(kind: str) -> None:
    actor = drawn(kind, Pose.HOLD)
    placed = compose([actor], [thing("boat"), thing("lantern")], Scenery(level(948)), Random(3))
    (held,) = (p for p in placed if p.spot is Spot.HELD)
    (hero,) = (p for p in placed if p.figure)
    assert held.name == "lantern"
    grip = held.x + (-1 if held.mirrored else 1) * held.drawing.grip[0] * held.scale
    assert abs(grip - hero.hand[0]) < 60
    assert abs(held.y + held.drawing.grip[1] * held.scale - hero.hand[1]) < 2


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("wood", "forest"),
        ("beach", "island"),
        ("town", "village"),
        ("sea", "harbour"),
        ("hill", "meadow"),
        ("bedroom", "attic"),
        ("old stone castle", "castle"),
        ("Snow-Field", "snowfield"),
        ("nowhere at all", "meadow"),
        ("", "meadow"),
    ],
)
def test_unknown_kinds_of_place_find_the_nearest_one(words: str, kind: str) -> None:
    assert resolve_place(words) == kind


def test_every_alias_means_a_place_and_only_one() -> None:
    words = [word for group in ALIASES.values() for word in group.split()]
    assert len(words) == len(set(words))
    assert set(ALIASES) <= set(PLACES)
    assert not set(words) & set(PLACES)


@pytest.mark.parametrize("seed", range(60))
def test_every_scene_has_a_framing_of_its_own_with_everybody_in_sight(seed: int) -> None:
    rng = Random(seed)
    boxes = []
    for _ in range(rng.randint(0, 4)):
        left, top = rng.uniform(45, 1200), rng.uniform(45, 900)
        boxes.append((left, top, left + rng.uniform(20, 300), top + rng.uniform(20, 240)))
    views = set()
    for number in range(1, 5):
        x, y, width, height = aim(make_prompt(seed=seed, name=f"scene-{number}"), boxes)
        assert width / height == pytest.approx(1600 / 1200)
        assert -0.01 <= x <= 1600 - width + 0.01
        assert -0.01 <= y <= 1200 - height + 0.01
        for box in boxes:
            assert x - 0.01 <= box[0]
            assert box[2] <= x + width + 0.01
            assert y - 0.01 <= box[1]
            assert box[3] <= y + height + 0.01
        views.add((x, y, width))
    assert len(views) == 4 or not boxes
    assert aim(make_prompt(seed=seed, name="cover"), boxes) == (0, 0, 1600, 1200)


def test_a_kite_and_a_balloon_hang_on_a_string_that_ends_in_a_raised_hand_or_on_the_ground() -> None:
    for name in ("kite", "balloon"):
        for pose in (Pose.HOLD, Pose.STAND):
            placed = compose([drawn("bear", pose)], [thing(name)], Scenery(level(948)), Random(4))
            (flyer,), (bear,) = ([p for p in placed if p.figure is figure] for figure in (False, True))
            assert flyer.spot is Spot.AIR
            end = bear.hand[1] if pose is Pose.HOLD else 952
            assert flyer.box[3] == pytest.approx(max(end, flyer.y), abs=1)
            loose = replace(flyer, drawing=thing(name).drawing).box
            assert loose[3] <= bear.box[1] or loose[0] >= bear.box[2] or loose[2] <= bear.box[0]


def test_an_umbrella_nobody_holds_lies_down_and_a_held_one_stands_over_the_head() -> None:
    lying, held = (
        next(
            p
            for p in compose([drawn("fox", pose)], [thing("umbrella")], Scenery(level(948)), Random(2))
            if not p.figure
        )
        for pose in (Pose.STAND, Pose.HOLD)
    )
    assert (lying.spot, held.spot) == (Spot.LAND, Spot.HELD)
    assert "rotate(" in lying.drawing.svg
    assert held.drawing == thing("umbrella").drawing


def test_one_who_is_alone_does_not_stand_under_the_sun() -> None:
    for seed in range(20):
        (hero,) = compose([drawn("bear", Pose.STAND)], [], Scenery(level(948)), Random(seed), light=800 - 10 * seed)
        assert abs(hero.x - (800 - 10 * seed)) > 200


def test_a_thing_keeps_its_colour_whoever_is_in_the_scene() -> None:
    one, other = (make_props(make_prompt(objects=("teapot",), figures=figures)) for figures in (FIGURES, FIGURES[::-1]))
    assert one == other
