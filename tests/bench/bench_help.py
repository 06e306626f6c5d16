"""How long a person waits for `taleshelf --help`, next to an interpreter that imports click alone."""

import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median

from tests.bench.figure import Figure

ROUNDS = 15


def measure() -> Iterator[Figure]:
    """Run both in turn and compare their medians."""
    click, help_ = [], []
    for _ in range(ROUNDS):
        click.append(_time([sys.executable, "-c", "import click"]))
        help_.append(_time([sys.executable, "-m", "generator", "--help"]))
    yield Figure("taleshelf --help", median(help_) * 1000, "ms")
    yield Figure(
        "taleshelf --help / an interpreter that imports click", median(help_) / median(click), "times", at_most=3
    )


def _time(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begun
