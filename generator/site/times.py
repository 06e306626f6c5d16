"""When the folders and pages of a site were last changed: by that a site is known that nobody has touched.

A folder tells when a name in it came or went, a page when somebody wrote into it. To ask for their times is a third of
the work of looking through the site (survey.py), which is done where they are not those of the last build: in a copy
of the site that was made without them, for instance.
"""

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

Times = Mapping[str, int]  # path under the site, "." for itself -> nanoseconds
ROOT = "."


def take_times(site: Path) -> dict[str, int]:
    """Ask for the times of all folders and pages."""
    with _opened(site) as base:
        return {path: time for path in _list_all(site) if (time := _ask(base, path)) is not None}


def is_untouched(site: Path, times: Times) -> bool:
    """Whether these are still the times of a site; without any nobody can tell."""
    try:
        with _opened(site) as base:
            return bool(times) and all(_ask(base, path) == time for path, time in times.items())
    except (OSError, ValueError):
        return False


def renew_times(times: Times, site: Path, folders: Collection[str], files: Collection[str]) -> dict[str, int]:
    """Return the times after files came or went, or changed, and folders were emptied of what is not among the files."""
    emptied = tuple(f"{folder}/" for folder in folders)
    renewed = {path: time for path, time in times.items() if not path.startswith(emptied)}
    asked = {path for name in (*folders, *files) for path in _find_parents(name)}
    asked |= {*folders, *(name for name in files if _is_page(name))}
    with _opened(site) as base:
        for path in asked:
            time = _ask(base, path)
            renewed.pop(path, None) if time is None else renewed.update({path: time})
    return renewed


@contextmanager
def _opened(site: Path) -> Iterator[int]:
    base = os.open(site, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield base
    finally:
        os.close(base)


def _ask(base: int, path: str) -> int | None:
    """Return the time of a path under an opened folder; None where nothing is."""
    try:
        return os.stat(path, dir_fd=base, follow_symlinks=False).st_mtime_ns
    except (FileNotFoundError, NotADirectoryError):
        return None


def _list_all(site: Path) -> Iterator[str]:
    for folder, _, names in os.walk(site):
        here = os.path.relpath(folder, site).replace(os.sep, "/")
        yield here
        yield from (name if here == ROOT else f"{here}/{name}" for name in names if _is_page(name))


def _find_parents(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path
    yield ROOT


def _is_page(name: str) -> bool:
    return name.endswith(".html")
