"""Rehearse a year of nights; exit 1 when anything is off.

python -m tests.rehearsal --nights 365 --seed 1
"""

import argparse
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.rehearsal.table import render_year
from tests.rehearsal.verdict import judge
from tests.rehearsal.world import open_world
from tests.rehearsal.year import Plan, Year

MEMORY = Path("/dev/shm")
ROOM = 4_000_000_000  # bytes that a year may take, at most


def rehearse(folder: Path, plan: Plan, *, aloud: bool = False) -> tuple[Year, str, list[str]]:
    """Live through a year in a new folder; return it, its table, and what is wrong."""
    started = time.monotonic()
    with open_world(folder / "world", plan.seed, plan.faults) as world:
        year = Year(folder, world, plan)
        try:
            if aloud:
                year.hear = _say
            year.live()
            wrong = judge(year)
        finally:
            year.close()
        return year, render_year(year, time.monotonic() - started, wrong), wrong


def make_folder() -> Path:
    """Make a folder where a year may live; in memory, if there is room."""
    there = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return Path(tempfile.mkdtemp(prefix="rehearsal-", dir=MEMORY if there else None))


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def main() -> int:
    """Read what is wanted, rehearse, and print."""
    parser = argparse.ArgumentParser(prog="rehearsal")
    parser.add_argument("--nights", type=int, default=365)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ticks", type=int, default=3, help="how many of a night's ticks come")
    parser.add_argument("--faults", type=float, default=0.05, help="part of the requests that go wrong")
    parser.add_argument("--kills", type=float, default=0.02, help="part of the jobs whose machine is lost")
    parser.add_argument("--keep", action="store_true", help="keep the folder, and say where it is")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the servers are to end with us
    folder = make_folder()
    plan = Plan(options.nights, options.seed, options.ticks, options.faults, options.kills)
    try:
        _, table, wrong = rehearse(folder, plan, aloud=True)
        sys.stdout.write(f"{table}\n")
    finally:
        if options.keep:
            sys.stdout.write(f"{folder}\n")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
