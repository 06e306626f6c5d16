"""`taleshelf tonight` from end to end, with its stages, and the build of the site after it."""

import io
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from generator.cli.outside import make_outside
from generator.config import load_config
from generator.pipeline import Run, tell_nights
from generator.progress import STAGES, Progress
from generator.site.build import build_site
from tests.bench.figure import Figure
from tests.samples import make_archive


def measure() -> Iterator[Figure]:
    """Tell one night in an archive of its own and build its site."""
    folder = Path(tempfile.mkdtemp(prefix="taleshelf-bench-"))
    try:
        config = load_config(make_archive(folder))
        progress = Progress(io.StringIO(), time.perf_counter, live=False)

        @contextmanager
        def opening(_headline: str) -> Iterator[Progress]:
            yield progress

        begun = time.perf_counter()
        list(tell_nights(Run(config, make_outside(config), opening, print), date(2026, 11, 21), only=None))
        told = time.perf_counter()
        build_site(config.mkdocs, config.site)
        for stage, seconds in progress.seconds.items():
            yield Figure(f"tonight: {STAGES[stage].lower()} (stages overlap)", seconds, "s")
        yield Figure("tonight, from end to end", told - begun, "s")
        yield Figure("building the site", time.perf_counter() - told, "s")
    finally:
        shutil.rmtree(folder)
