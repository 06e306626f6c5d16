"""What worker processes bring: a stage of four pictures against the same four drawn one after another."""

import os
import time
from collections.abc import Iterator
from statistics import median

from generator.illustrators.embedded import EmbeddedIllustrator
from generator.pictures import encode_square, encode_thumb, encode_webp, illustrate
from generator.story import Brief, PicturePrompt
from generator.writers.embedded import EmbeddedWriter
from tests.bench.figure import Figure
from tests.samples import make_starter_brief

ROUNDS = 3


def measure() -> Iterator[Figure]:
    """Draw a cover and three scenes, alone and together, in turn."""
    prompts = _four(make_starter_brief())
    alone, together = [], []
    for _ in range(ROUNDS):
        alone.append(sum(_draw_alone(prompt, cover=prompt is prompts[0]) for prompt in prompts))
        together.append(_draw_together(prompts))
    yield Figure("one picture: drawn, encoded, checked", median(alone) / len(prompts), "s")
    yield Figure("four pictures, wall time", median(together), "s")
    yield Figure(
        "four pictures: wall time / sum of the pictures",
        median(t / a for t, a in zip(together, alone, strict=True)),
        "times",
        at_most=0.6,
    )


def _four(brief: Brief) -> tuple[PicturePrompt, ...]:
    return EmbeddedWriter().write(brief).prompts[:4]


def _draw_alone(prompt: PicturePrompt, *, cover: bool) -> float:
    """Do what a worker does for one picture, in this process."""
    begun = time.perf_counter()
    data = EmbeddedIllustrator().draw(prompt).data
    encode_webp(data)
    if cover:
        encode_square(data)
        encode_thumb(data)
    return time.perf_counter() - begun


def _draw_together(prompts: tuple[PicturePrompt, ...]) -> float:
    begun = time.perf_counter()
    illustrate(EmbeddedIllustrator(), prompts, workers=os.cpu_count() or 1)
    return time.perf_counter() - begun
