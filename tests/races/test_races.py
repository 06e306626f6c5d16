from pathlib import Path

import pytest

from tests.races.field import CLONES, run_race


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("clones", CLONES)
def test_of_checkouts_that_publish_one_night_the_first_wins_and_nothing_is_left_over(
    tmp_path: Path, clones: int, seed: int
) -> None:
    run_race(tmp_path / "race", clones, seed, same=True)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("clones", CLONES)
def test_all_nights_of_checkouts_that_publish_at_once_land(tmp_path: Path, clones: int, seed: int) -> None:
    run_race(tmp_path / "race", clones, seed, same=False)
