"""Build a sample site, serve it, and hold it to its promises; a line a figure, exit 1 when one of them misses its target."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Protocol

from tests.bench.figure import Figure
from tests.gates import gate_axe, gate_hosts, gate_html, gate_lighthouse, gate_links, gate_search, gate_weight
from tests.gates.sample import BASE, Sample, make_sample
from tests.gates.server import serving

MOST_NOTES = 12  # of one figure


class Gate(Protocol):
    """What yields figures of a site that is served at an address."""

    def __call__(self, sample: Sample, address: str, /) -> Iterator[Figure]:
        """Measure."""


def main(arguments: list[str]) -> int:
    """Open the named gates, or all of them."""
    gates: dict[str, Gate] = {
        "html": gate_html.measure,
        "links": gate_links.measure,
        "weight": gate_weight.measure,
        "hosts": gate_hosts.measure,
        "axe": gate_axe.measure,
        "search": gate_search.measure,
        "lighthouse": gate_lighthouse.measure,
    }
    parser = argparse.ArgumentParser(prog="python -m tests.gates", description=__doc__)
    parser.add_argument("--only", action="append", choices=gates, help="open this gate; may be given more than once")
    parser.add_argument("--nights", type=int, default=40, help="nights of the sample site beside tonight's")
    parser.add_argument("--stories", type=int, default=10_000, help="stories of the archive that is searched")
    chosen = parser.parse_args(arguments)
    gates["search"] = partial(gate_search.measure, stories=chosen.stories)
    with tempfile.TemporaryDirectory(prefix="taleshelf-gates-") as folder:
        sample = make_sample(Path(folder), chosen.nights)
        with serving(sample.site, BASE) as address:
            figures = [show(figure) for name in chosen.only or gates for figure in gates[name](sample, address)]
    missed = [figure for figure in figures if not figure.met]
    print(f"{len(figures)} figures, {len(missed)} miss their target")
    return 1 if missed else 0


def show(figure: Figure) -> Figure:
    """Print a figure, and what is behind it where it misses its target."""
    print(figure, flush=True)
    if not figure.met:
        for note in figure.notes[:MOST_NOTES]:
            print(f"    {note}")
        if left := len(figure.notes[MOST_NOTES:]):
            print(f"    and {left} more")
    return figure


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
