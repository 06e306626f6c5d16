"""Two weeks of the nightly workflow, with more faults and kills than a year has."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rehearsal.__main__ import make_folder, rehearse
from tests.rehearsal.year import Plan

PLAN = Plan(nights=14, seed=5, ticks=2, faults=0.08, kills=0.1)


@pytest.fixture
def folder() -> Iterator[Path]:
    folder = make_folder()
    yield folder
    shutil.rmtree(folder)


def test_a_fortnight_of_faults_and_lost_machines_tells_every_story_once_and_shows_no_half_one(folder: Path) -> None:
    year, table, wrong = rehearse(folder, PLAN)
    assert not wrong, table
    # It was no quiet fortnight.
    assert sum(year.diary.kills.values()) > 4, table
    assert sum(year.world.count_faults().values()) > 40, table
    assert year.diary.extras, table
    assert year.diary.removed, table
    assert year.world.shelf.changes > 500, table
    assert year.world.letters, table
    assert len(year.world.mails) > 14, table
