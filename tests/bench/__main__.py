"""Run all benchmarks and print one line a figure; exit 1 when a ratio misses its target."""

import sys

from tests.bench import (
    bench_clouds,
    bench_feeds,
    bench_help,
    bench_narration,
    bench_pictures,
    bench_s3,
    bench_site,
    bench_tonight,
)
from tests.bench.figure import Figure

BENCHES = {
    "help": bench_help,
    "pictures": bench_pictures,
    "narration": bench_narration,
    "tonight": bench_tonight,
    "clouds": bench_clouds,
    "feeds": bench_feeds,
    "site": bench_site,
    "s3": bench_s3,
}


def main(names: list[str]) -> int:
    """Measure the named benchmarks, or all of them."""
    figures: list[Figure] = []
    for name in names or BENCHES:
        for figure in BENCHES[name].measure():
            figures.append(figure)
            print(figure, flush=True)
    missed = [figure for figure in figures if not figure.met]
    print(f"{len(figures)} figures, {len(missed)} miss their target")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
