"""What the tests of the OpenAI adapters share: the fake clouds, a desk, and one job for each adapter."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from generator.illustrators.openai import OpenAIIllustrator
from generator.moderators.openai import OpenAIModerator
from generator.narrators.openai import OpenAINarrator
from generator.purchase import Desk, Purchase
from generator.story import Passage
from generator.writers.openai import OpenAIWriter
from tests.fakes.clouds import Clouds
from tests.fakes.desk import PlainDesk
from tests.samples import make_prompt, make_starter_brief

T = TypeVar("T")
SENTENCE = Passage("The lamp went out, and Pip held her breath.", name="narrate-1")


@dataclass
class HurriedDesk(PlainDesk):
    """Gives a call a moment."""

    moment: float = 0.3

    def buy(self, purchase: Purchase[T]) -> T:
        return super().buy(replace(purchase, deadline=self.moment))


def make_desk(clouds: Clouds, **settings: object) -> PlainDesk:
    """Return a desk whose provider finds the fake clouds."""
    return PlainDesk(settings, clouds.environment("openai"))


def write(desk: Desk) -> object:
    return OpenAIWriter(desk).write(make_starter_brief())


def draw(desk: Desk) -> object:
    return OpenAIIllustrator(desk).draw(make_prompt("scene-1"))


def speak(desk: Desk) -> object:
    return OpenAINarrator(desk).speak(SENTENCE)


def moderate(desk: Desk) -> object:
    return OpenAIModerator(desk).check("Once there was a fox.")


JOBS: dict[str, Callable[[Desk], object]] = {
    "openai.chat": write,
    "openai.image": draw,
    "openai.speech": speak,
    "openai.moderation": moderate,
}
