"""What only the command line knows, handed to those who need it: time, chance, variables, and where a test wants a crash."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime


def _pass(_name: str) -> None:
    """Reach a point of no interest."""


@dataclass(frozen=True, slots=True)
class Outside:
    """The world around a run."""

    moment: Callable[[], datetime]  # in the archive's time zone
    clock: Callable[[], float]  # seconds that never go back
    sleep: Callable[[float], None]  # seconds
    rng: random.Random  # spreads the tries of runs that meet; nothing of a story depends on it
    environment: Mapping[str, str] = field(default_factory=dict)
    reach: Callable[[str], None] = _pass  # hears the name of every point where a crash is worth a test
