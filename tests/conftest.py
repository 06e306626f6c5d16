import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.fakes.aws import open_moto
from tests.running import run
from tests.samples import make_archive

settings.register_profile("taleshelf", deadline=None)  # a busy machine is no fault of an example
settings.load_profile("taleshelf")

NIGHT = "2026-03-14"
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


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


@pytest.fixture(scope="session")
def moto() -> Iterator[str]:
    """The address of AWS on this machine."""
    with open_moto() as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser, one for all tests: two of them do not get along in one process."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium")
    if not path:
        message = "no chromium found; `apt-get install chromium` gives one"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
