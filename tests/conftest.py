import shutil
from pathlib import Path

import pytest

from tests.running import run
from tests.samples import make_archive

NIGHT = "2026-03-14"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of one's own without a story."""
    return make_archive(tmp_path / "archive")


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with one night, made by the real command; not to be changed."""
    root = make_archive(tmp_path_factory.mktemp("told") / "archive")
    ran = run(root, "tonight", "--date", NIGHT)
    assert ran.code == 0, ran.err
    return root


@pytest.fixture
def lent(told: Path, tmp_path: Path) -> Path:
    """A copy of the archive with one night, to do with as one likes."""
    return Path(shutil.copytree(told, tmp_path / "lent"))
