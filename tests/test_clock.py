"""The real command at other times: the process is told another time, and its clock may be set while it runs."""

import json
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.archive import Archive
from generator.config import load_config
from generator.slots import due_slots
from generator.story import Slot
from generator.synthetic import write_night
from tests.races.field import stock
from tests.running import Ran, environment
from tests.samples import make_archive

# `taleshelf` at the first of some moments; the clock is set to the next one as soon as it has said what it is making.
AT = """
import json, sys
from datetime import datetime
import time_machine
from generator.cli import main

first, *later = map(datetime.fromisoformat, json.loads(sys.argv.pop(1)))

class Heard:
    def __init__(self, out):
        self.out = out
    def write(self, text):
        if later and text.strip():
            clock.move_to(later.pop())
        return self.out.write(text)
    def __getattr__(self, name):
        return getattr(self.out, name)

with time_machine.travel(first, tick=True) as clock:
    sys.stdout = Heard(sys.stdout)
    main()
"""
BERLIN, SANTIAGO = "Europe/Berlin", "America/Santiago"
MARCH = date(2026, 3, 14)


def run_at(root: Path, *moments: str, zone: str = BERLIN, **extra: str) -> Ran:
    """Run `taleshelf tonight` when the clock of a zone shows a moment; "+" after it means the second time it does."""
    there = [
        datetime.fromisoformat(text.rstrip("+")).replace(tzinfo=ZoneInfo(zone), fold="+" in text) for text in moments
    ]
    plan = json.dumps([moment.astimezone(UTC).isoformat() for moment in there])
    done = subprocess.run(
        [sys.executable, "-c", AT, plan, "tonight"],
        env=environment(root, **extra),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def tell_at(root: Path, *moments: str, zone: str = BERLIN) -> list[date]:
    """Let the command tell what it finds due, and return the nights it told.

    It ends itself as soon as a story is written, and a story from the stock is filed in its place, for drawing and reading
    aloud take long and know no clock.
    """
    told = []
    while (ran := run_at(root, *moments, zone=zone, TALESHELF_FAILPOINT="story.kept")).code:
        assert ran.code == -signal.SIGKILL, ran.err
        (begun,) = (root / ".taleshelf/slots").iterdir()
        told.append(Slot.parse(begun.name).day)
        write_night(stock(1), root / "content/stories", told[-1])
        shutil.rmtree(begun)
    return told


def make_told(folder: Path, zone: str, *nights: date) -> Path:
    """Make an archive of a zone with the stories of some nights, and short ones from then on."""
    root = make_archive(folder)
    file = root / "taleshelf.toml"
    text = re.sub(r'(?m)^timezone = ".*?"', f'timezone = "{zone}"', file.read_text())
    file.write_text(re.sub(r"(?m)^ages = \[.*?\]", 'ages = ["3-5"]', text))
    assert load_config(root).timezone.key == zone
    assert load_config(root).ages == ("3-5",)
    for night in nights:
        write_night(stock(1), root / "content/stories", night)
    return root


def nights(root: Path) -> list[date]:
    """Return the nights that have a story; one that has two stands there twice."""
    return sorted(Slot.parse("-".join([*folder.parts[-3:-1], folder.name[:2]])).day for folder in Archive(root / "content/stories").folders())  # fmt: skip


def days(first: date, count: int) -> list[date]:
    return [first + timedelta(days=number) for number in range(count)]


@pytest.mark.parametrize(
    ("zone", "told", "ticks", "expected"),
    [
        # A tick of 00:43 that comes six hours late, and the ticks after it.
        (BERLIN, [MARCH], ["2026-03-15T06:43", "2026-03-15T07:07", "2026-03-15T23:59"], days(MARCH, 2)),
        # The clock goes from 02:00 to 03:00: the tick of 02:17 comes at 03:17.
        (BERLIN, [date(2026, 3, 28)], ["2026-03-29T01:59", "2026-03-29T03:17"], days(date(2026, 3, 28), 2)),
        # The hour from 02:00 to 03:00 comes twice.
        (BERLIN, [date(2026, 10, 24)], ["2026-10-25T02:17", "2026-10-25T02:17+"], days(date(2026, 10, 24), 2)),
        # The last hour of the day comes twice: at midnight it is 23:00 again.
        (SANTIAGO, [date(2026, 4, 3)], ["2026-04-04T23:40", "2026-04-04T23:40+"], days(date(2026, 4, 3), 2)),
        # The day has no midnight: it begins at 01:00.
        (SANTIAGO, [date(2026, 9, 5)], ["2026-09-05T23:59", "2026-09-06T01:00"], days(date(2026, 9, 5), 2)),
        (BERLIN, [date(2028, 2, 28)], ["2028-02-29T00:43", "2028-02-29T23:59"], days(date(2028, 2, 28), 2)),
        # The clock is set back by an hour, over midnight, between two runs.
        (BERLIN, [MARCH], ["2026-03-15T00:10", "2026-03-14T23:50", "2026-03-15T00:43"], days(MARCH, 2)),
        # A machine without a battery wakes up in 1970, and later learns what day it is.
        (BERLIN, [MARCH], ["1970-01-01T00:01", "2026-03-14T12:00"], [MARCH]),
    ],
)
def test_every_night_is_told_once_whatever_the_clock_does_between_two_runs(
    tmp_path: Path, zone: str, told: list[date], ticks: list[str], expected: list[date]
) -> None:
    root = make_told(tmp_path / "archive", zone, *told)
    again = [night for tick in ticks for night in tell_at(root, tick, zone=zone)]
    assert sorted((*told, *again)) == nights(root) == expected


@pytest.mark.parametrize(
    ("begin", "then", "after"),
    [
        ("2026-03-15T23:59:58", "2026-03-16T00:01", "2026-03-15T23:59:59"),  # midnight
        ("2026-03-15T00:00:30", "2026-03-14T23:59", "2026-03-15T00:43"),  # set back over midnight
        ("2026-03-15T00:43", "2020-01-01T00:00", "2026-03-15T02:17"),  # set back by years
    ],
)
def test_a_run_tells_the_night_on_which_it_began_whatever_the_clock_does_meanwhile(
    tmp_path: Path, begin: str, then: str, after: str
) -> None:
    root = make_told(tmp_path / "archive", BERLIN, MARCH)
    assert tell_at(root, begin, then) == [date(2026, 3, 15)]
    assert tell_at(root, after) == []
    assert nights(root) == days(MARCH, 2)


def test_a_whole_run_over_midnight_files_the_night_on_which_it_began(tmp_path: Path) -> None:
    root = make_told(tmp_path / "archive", BERLIN, MARCH)
    ran = run_at(root, "2026-03-15T23:59:58", "2026-03-16T00:01")
    assert ran.code == 0, ran.err
    assert nights(root) == days(MARCH, 2)
    assert "already told" in run_at(root, "2026-03-15T23:59:59").out


DAYS = st.dates(date(2026, 3, 1), date(2026, 3, 20))


@settings(deadline=None)
@given(st.lists(DAYS, min_size=1, max_size=12), st.integers(0, 31))
def test_of_any_clock_a_night_is_due_once_and_never_before_its_day(clock: list[date], catch_up: int) -> None:
    told: set[date] = set()
    for today in clock:
        due = [slot.day for slot in due_slots(today, told, catch_up=catch_up)]
        assert due == sorted(set(due))
        assert not told & set(due)
        assert all(day <= today for day in due)
        assert not told or all(day >= min(told) for day in due)
        told |= set(due)
        assert today in told or today < min(told)


@settings(deadline=None)
@given(st.sets(DAYS, min_size=1), st.integers(0, 31))
def test_a_clock_that_is_right_again_catches_up_with_what_was_missed(told: Iterable[date], catch_up: int) -> None:
    first, today = min(told), date(2026, 3, 21)
    due = {slot.day for slot in due_slots(today, set(told), catch_up=catch_up)}
    wanted = {today - timedelta(days=back) for back in range(catch_up + 1)}
    assert due == {day for day in wanted if day >= first} - set(told)
