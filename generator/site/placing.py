"""Put what was built into the place of what was there."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from generator.errors import BuildError
from generator.site.keep import STAMP
from generator.site.survey import Survey, survey_folder, weigh_file


def swap(staging: Path, target: Path) -> None:
    """Put the new folder in the place of the old one, or leave the old one where it is. Raises BuildError."""
    old = target.with_name(f".{target.name}.old")
    if target.exists():
        shutil.rmtree(old, ignore_errors=True)
        target.rename(old)
    try:
        staging.rename(target)
    except OSError as error:
        if old.exists():
            old.rename(target)
        raise BuildError(f"the site could not be put in place: {error}", "Check the folder's permissions") from error
    shutil.rmtree(old, ignore_errors=True)


def merge(staging: Path, target: Path, survey: Survey, folders: Iterable[str], files: Iterable[str]) -> Survey:
    """Remove folders and files from a site, move what is new into it, and return the survey of what there is then.

    The stamp goes first and comes last: a site that was left half done is known by its absence.
    """
    for name in (STAMP, *files):
        survey -= _drop_file(target, name)
    for folder in folders:
        survey -= survey_folder(target / folder, f"{folder}/")
        shutil.rmtree(target / folder, ignore_errors=True)
        _prune((target / folder).parent, target)
    found = (path for path in staging.rglob("*") if path.is_file())
    for path in sorted(found, key=lambda path: (path.name == STAMP, path)):
        survey += _move(path, target, path.relative_to(staging).as_posix())
    return survey


def _move(path: Path, target: Path, name: str) -> Survey:
    goal = target / name
    change = weigh_file(name, path.stat().st_size)
    if goal.is_file():
        change -= weigh_file(name, goal.stat().st_size)
    goal.parent.mkdir(parents=True, exist_ok=True)
    path.replace(goal)
    return change


def _drop_file(target: Path, name: str) -> Survey:
    path = target / name
    if not path.is_file():
        return Survey()
    gone = weigh_file(name, path.stat().st_size)
    path.unlink()
    _prune(path.parent, target)
    return gone


def _prune(folder: Path, target: Path) -> None:
    """Remove a folder that became empty, and those around it."""
    while folder != target and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
    if folder != target and not folder.exists() and target in folder.parents:
        _prune(folder.parent, target)
