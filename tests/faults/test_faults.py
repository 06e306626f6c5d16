"""A part of `python -m tests.faults`: every tenth or so of its scenes, two at a time."""

from pathlib import Path

import pytest

from tests.fakes.clouds import FAULTS
from tests.faults import cells, kills
from tests.faults.cells import Result
from tests.faults.runner import make_scenes, play_all
from tests.faults.stage import install_sketch
from tests.faults.table import render_cells, render_failures, render_points


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install_sketch(tmp_path_factory.mktemp("package"))


@pytest.mark.parametrize(("group", "step", "least"), [("http", 13, 20), ("kill", 12, 8), ("machine", 9, 3)])
def test_whatever_fails_nothing_is_lost_and_nothing_paid_again(
    group: str, step: int, least: int, library: Path, tmp_path: Path
) -> None:
    scenes, _ = make_scenes(group, tmp_path, library, step=step)
    results = play_all(scenes, tmp_path / "stages", library)
    assert len(results) >= least
    assert not render_failures(results)


def test_the_table_has_every_fault_of_every_adapter_and_both_ways_it_comes() -> None:
    played = [*cells.make_cells()]
    assert len(played) >= 235
    assert len({(cell.kind, cell.fault) for cell in played}) == len(played)
    assert {cell.always for cell in played} == {True, False}
    assert {cell.fault for cell in played} >= set(FAULTS) - {"retiring"}


def test_no_failpoint_is_forgotten() -> None:
    assert kills.list_forgotten(kills.make_failpoints()) == []
    assert "story.kept" in kills.list_forgotten(())


def test_a_failure_is_seen_in_the_tables() -> None:
    good = Result("500 once", "openai.chat", "own", 1.0, ())
    bad = Result("reset always", "openai.chat", "next", 1.0, ("a key was printed",))
    assert "ok 1" in render_cells([good, bad])
    assert "FAILED" in render_cells([good, bad])
    assert "a key was printed" in render_failures([good, bad])
    row = render_points(
        [Result("fsync 3", "cloud", "kept", 1.0, ()), Result("fsync 5", "cloud", "repeat 1", 1.0, ("x",))]
    )
    assert row.splitlines()[-1].split()[-1] == "1"
