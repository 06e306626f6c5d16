"""Publish into a folder that somebody else serves: what changed, in an order that keeps readers' pages whole.

    note -> waves of files -> waves of removals -> note

The note in the folder lists what is ours, so that what an owner or a host keeps beside the site is never removed. Before
the first change it lists what was ours and what will be: a run that was cut off is ended by the next one.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from filecmp import cmp
from pathlib import Path
from shutil import copyfile

from generator.delivery.order import make_removals, make_waves
from generator.delivery.sitefiles import HOME, MAP, list_site
from generator.durable import write_durably
from generator.errors import ConfigError, PublishError, PublishRefused

NOTE, ASIDE = ".taleshelf.json", ".taleshelf.new"  # in the folder: the note, and a file that is being written
THEIRS = "assets/taleshelf"  # a folder that every site of ours has


@dataclass(frozen=True, slots=True)
class Report:
    """What a publication did."""

    files: int  # that the site has
    sent: int
    size: int  # bytes of what was sent
    removed: int


def publish_folder(site: Path, target: Path, *, reach: Callable[[str], None] = lambda _name: None) -> Report:
    """Make a folder hold what a site holds. Raises ConfigError for a folder that is none, PublishError otherwise."""
    files = list_site(site)
    target = target.resolve()
    with _explained(target):
        known = _read_note(target, site.resolve())
        target.mkdir(parents=True, exist_ok=True)
        (target / ASIDE).unlink(missing_ok=True)
        gone = known - files.keys()
        new, replaced = _compare(site, target, files)
        if new or replaced or gone or not (target / NOTE).exists():
            _write_note(target, known | files.keys())
            reach("note")
            for name in _find_obstacles(target, files, gone):
                _remove(target, name)
            for name in (name for wave in make_waves(new, replaced) for name in wave):
                _put(site / name, target, name)
                reach(name)
            for name in (name for wave in make_removals(gone) for name in wave):
                _remove(target, name)
                reach(f"-{name}")
            _write_note(target, set(files))
    sent = [*new, *replaced]
    return Report(len(files), len(sent), sum(files[name].st_size for name in sent), len(gone))


@contextmanager
def _explained(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PublishError(
            f"{target.name!r} was not written to: {error.strerror or error}",
            "Free some space there or make it writable, and run it again; it goes on where it stopped.",
        ) from error


def _read_note(target: Path, site: Path) -> set[str]:
    """Return what is ours in a folder. Raises ConfigError for one that holds something else than a site."""
    if target == site or site in target.parents or target in site.parents:
        raise ConfigError(f"{target.name!r} holds the built site, or lies in it", "Name a folder elsewhere.")
    if target.exists() and not target.is_dir():
        raise ConfigError(f"{target.name!r} is no folder", "Name a folder.")
    if not target.is_dir() or not any(target.iterdir()):
        return set()
    try:
        listed = json.loads((target / NOTE).read_text("utf-8"))["files"]
        return {name for name in listed if isinstance(name, str) and _is_inside(name)}
    except (ValueError, KeyError, TypeError):
        return set()  # what is ours is not known; nothing is removed
    except FileNotFoundError:
        if all((target / name).exists() for name in (HOME, MAP, THEIRS)):
            return set()  # a site that was put there by hand
        raise ConfigError(f"{target.name!r} holds something else than a site", "Name a new or empty folder.") from None


def _is_inside(name: str) -> bool:
    return bool(name) and not name.startswith("/") and not {"", ".", ".."} & set(name.split("/"))


def _write_note(target: Path, names: set[str]) -> None:
    write_durably(target / NOTE, (json.dumps({"files": sorted(names)}, indent=0) + "\n").encode())


def _compare(site: Path, target: Path, files: dict[str, os.stat_result]) -> tuple[list[str], list[str]]:
    """Return what is new and what differs. File times mean nothing."""
    new, replaced = [], []
    for name, status in files.items():
        there = target / name
        if there.is_symlink() or not there.is_file():
            new.append(name)
        elif there.lstat().st_size != status.st_size or not cmp(site / name, there, shallow=False):
            replaced.append(name)
    return new, replaced


def _find_obstacles(target: Path, files: dict[str, os.stat_result], gone: set[str]) -> list[str]:
    """Return what is ours and stands where a folder or a file has to be. Raises PublishRefused for what is not ours."""
    folders = {name for path in files for name in _parents(path)}
    blocked = [name for name in folders if (target / name).is_symlink() or (target / name).is_file()]
    if foreign := [name for name in blocked if name not in gone]:
        raise PublishRefused(f"{foreign[0]!a} is in the way of a folder of the site", "Move it out of the folder.")
    inside = [name for name in gone if any(parent in files for parent in _parents(name))]
    return [*blocked, *inside]


def _parents(name: str) -> list[str]:
    parts = name.split("/")[:-1]
    return ["/".join(parts[: number + 1]) for number in range(len(parts))]


def _put(source: Path, target: Path, name: str) -> None:
    """Have a file appear whole, for everybody to read."""
    place = target / name
    place.parent.mkdir(parents=True, exist_ok=True)
    copyfile(source, target / ASIDE)
    (target / ASIDE).chmod(0o644)
    (target / ASIDE).replace(place)


def _remove(target: Path, name: str) -> None:
    place = target / name
    if any((target / parent).is_symlink() for parent in _parents(name)):
        return  # it leads to a place that is not ours
    if place.is_symlink() or place.is_file():
        place.unlink()
    folder = place.parent
    while folder != target and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
