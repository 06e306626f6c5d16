"""Put what was built into the place of what was there."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from generator.errors import BuildError
from generator.site.keep import STAMP
from generator.site.survey import Survey, survey_folder
from generator.site.times import Times, renew_times


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


class Left(NamedTuple):
    """How a build left a site."""

    survey: Survey
    times: Times


def merge(staging: Path, target: Path, left: Left, folders: Iterable[str], files: Iterable[str]) -> Left:
    """Remove folders and files from a site, move what is new into it, and return how it is left then.

    The stamp goes first and comes last: a site that was left half done is known by its absence.
    """
    new = sorted(path.relative_to(staging).as_posix() for path in staging.rglob("*") if path.is_file())
    new.sort(key=STAMP.__eq__)
    files, folders = list(files), list(folders)
    touched = {name.rpartition("/")[0] for name in (*new, *files)}
    inside = {path for path in touched if any(f"{path}/".startswith(f"{folder}/") for folder in folders)}
    survey = _without(left.survey, target, folders, touched - inside)
    (target / STAMP).unlink(missing_ok=True)
    for name in files:
        (target / name).unlink(missing_ok=True)
    for folder in folders:
        shutil.rmtree(target / folder, ignore_errors=True)
    for name in new:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (staging / name).replace(target / name)
    for path in {*touched, *folders}:
        _prune(target / path, target)
    for path in touched:
        survey += _look_at(target, path)
    return Left(survey, renew_times(left.times, target, folders, {*new, *files}))


def _without(survey: Survey, target: Path, folders: Iterable[str], touched: Iterable[str]) -> Survey:
    """Take away what lies in whole folders, and right in others."""
    for folder in folders:
        survey -= survey_folder(target / folder, f"{folder}/")
    for path in touched:
        survey -= _look_at(target, path)
    return survey


def _look_at(target: Path, path: str) -> Survey:
    return survey_folder(target / path, f"{path}/" if path else "", deep=False)


def _prune(folder: Path, target: Path) -> None:
    """Remove a folder that became empty, and those around it."""
    while folder != target:
        if folder.is_dir():
            if any(folder.iterdir()):
                return
            folder.rmdir()
        folder = folder.parent
