"""python -m tests.faults [--quick] [--json FILE] [--only GROUP]: play every fault and print the tables; exit 1 if one fails.

Groups are "http", "kill" and "machine". Kills at system calls need strace, and disks of their own need root; what a machine
cannot do is said, and not played.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.faults.cells import Result
from tests.faults.runner import GROUPS, WORKERS, make_scenes, play_all
from tests.faults.stage import install_sketch
from tests.faults.table import render_cells, render_failures, render_points

QUICK = 10  # one scene of so many


def main() -> int:
    """Play what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--quick", action="store_true", help=f"play one of {QUICK} scenes")
    parser.add_argument("--json", type=Path, help="write every result to this file")
    parser.add_argument("--only", choices=GROUPS, action="append", help="play this group")
    parser.add_argument("--workers", type=int, default=WORKERS, help="scenes at a time")
    options = parser.parse_args()
    started, found = time.monotonic(), {}
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        library = install_sketch(Path(name))
        for group in options.only or GROUPS:
            scenes, unable = make_scenes(group, Path(name), library, step=QUICK if options.quick else 1)
            found[group] = play_all(scenes, Path(name) / group, library, workers=options.workers, hear=_complain)
            _say(_render(group, found[group]))
            if unable:
                _say(f"Not played, because this machine lets nobody trace or mount: {unable}")
    results = [result for some in found.values() for result in some]
    failed = sum(bool(result.problems) for result in results)
    counts = ", ".join(f"{len(some)} {group}" for group, some in found.items())
    _say(f"\n{len(results)} scenes ({counts}), {failed} failed, {time.monotonic() - started:.0f} s")
    if options.json:
        rows = {group: [asdict(result) for result in some] for group, some in found.items()}
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 1 if failed else 0


def _complain(result: Result) -> None:
    if result.problems:
        sys.stderr.write(f"{render_failures([result])}\n")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _render(group: str, results: Sequence[Result]) -> str:
    return f"\n{group}\n{render_cells(results) if group == 'http' else render_points(results)}"


if __name__ == "__main__":
    sys.exit(main())
