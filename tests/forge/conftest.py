import random
from collections.abc import Iterator

import pytest

from generator.forge.api import Forge, make_forge
from tests.fakes.github import GitHub, open_github


@pytest.fixture
def hub() -> Iterator[GitHub]:
    """A GitHub of one's own."""
    with open_github() as hub:
        yield hub


@pytest.fixture
def waits() -> list[float]:
    """The pauses that were made."""
    return []


@pytest.fixture
def forge(hub: GitHub, waits: list[float]) -> Forge:
    """The repository there, asked without patience."""
    return make_forge(hub.environment(), waits.append, random.Random(1), seconds=1)
