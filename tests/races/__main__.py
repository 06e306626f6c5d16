"""`python -m tests.races [seeds]`: 2, 4 and 8 checkouts publish at once, the same night and different ones."""

import sys
import tempfile
import time
from pathlib import Path

from tests.races.field import CLONES, run_race

SEEDS = 25


def main(seeds: int) -> None:
    """Run every race and say how long each kind took."""
    for same in (True, False):
        for clones in CLONES:
            begin = time.monotonic()
            for seed in range(seeds):
                with tempfile.TemporaryDirectory() as folder:
                    run_race(Path(folder) / "race", clones, seed, same=same)
            kind = "same night" if same else "different nights"
            print(f"{clones} clones, {kind}: {seeds} of {seeds} sound, {time.monotonic() - begin:.0f} s", flush=True)  # noqa: T201


main(int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS)
