import io
import pickle
from dataclasses import replace

import pytest
from PIL import Image

from generator.illustrators.embedded import EmbeddedIllustrator
from generator.story import Credit, Figure, Genre, PicturePrompt, Pose, TimeOfDay, Weather
from tests.illustrators.test_stage import MOTH, PIP, make_prompt

PROMPTS = (
    make_prompt("harbour", time=TimeOfDay.NIGHT, objects=("boat", "lantern")),
    make_prompt("forest", name="cover", time=TimeOfDay.DUSK, genre=Genre.SPOOKY),
    make_prompt("library", figures=(Figure(PIP, Pose.SLEEP), Figure(MOTH, Pose.SIT)), objects=("book",)),
    make_prompt("mountain", time=TimeOfDay.DAY, weather=Weather.SNOW, genre=Genre.ADVENTURE),
)


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda prompt: prompt.place.kind)
def test_a_picture_is_a_png_of_full_size_that_fits_into_its_share_of_the_page(prompt: PicturePrompt) -> None:
    picture = EmbeddedIllustrator().draw(prompt)
    assert (picture.width, picture.height) == (1600, 1200)
    assert picture.credit == Credit("embedded", "paper-cut 1")
    with Image.open(io.BytesIO(picture.data)) as image:
        assert image.format == "PNG"
        assert image.size == (1600, 1200)
        webp = io.BytesIO()
        image.convert("RGB").save(webp, "WEBP", quality=80, method=4)
    assert len(webp.getvalue()) < 150 * 1024


def test_the_same_prompt_gives_the_same_bytes() -> None:
    first, second = (EmbeddedIllustrator().draw(PROMPTS[0], width=400) for _ in range(2))
    assert first == second


def test_another_seed_gives_another_picture() -> None:
    first, second = (EmbeddedIllustrator().draw(replace(PROMPTS[0], seed=seed), width=400) for seed in (1, 2))
    assert first.data != second.data


def test_the_illustrator_travels_to_another_process() -> None:
    prompt = PROMPTS[1]
    copy = pickle.loads(pickle.dumps(EmbeddedIllustrator()))
    assert copy.processes
    assert copy.name == "embedded"
    assert copy.draw(prompt, width=200) == EmbeddedIllustrator().draw(prompt, width=200)


def test_a_picture_without_figures_and_objects_is_still_a_picture() -> None:
    picture = EmbeddedIllustrator().draw(make_prompt("meadow", figures=(), objects=()), width=400)
    assert (picture.width, picture.height) == (400, 300)
