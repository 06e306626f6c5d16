"""What lies in the folder of a site: names and sizes of all files in one figure that can be kept up to date.

It tells whether somebody else has changed the folder. `python -m generator.site.survey FOLDER` prints it, so that a
large folder can be looked through beside other work.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

BITS = 128
MANY = 5_000  # files


@dataclass(frozen=True, slots=True)
class Survey:
    """A sum over files: each adds a hash of its path and size, so that files can be added and taken away."""

    files: int = 0
    pages: int = 0  # files of HTML
    size: int = 0  # bytes
    total: int = 0  # of the hashes, modulo 2**BITS

    def __add__(self, other: "Survey") -> "Survey":
        total = (self.total + other.total) % (1 << BITS)
        return Survey(self.files + other.files, self.pages + other.pages, self.size + other.size, total)

    def __sub__(self, other: "Survey") -> "Survey":
        total = (self.total - other.total) % (1 << BITS)
        return Survey(self.files - other.files, self.pages - other.pages, self.size - other.size, total)


def weigh_file(path: str, size: int) -> Survey:
    """Return what one file adds; its path is relative to the site."""
    digest = hashlib.blake2b(b"%d %s" % (size, os.fsencode(path)), digest_size=BITS // 8).digest()
    return Survey(1, int(path.endswith(".html")), size, int.from_bytes(digest))


def survey_folder(folder: Path, prefix: str = "") -> Survey:
    """Look through a folder; one that is not there is empty. Links are not followed."""
    files = pages = size = total = 0
    for path, length in _walk(folder, prefix):
        one = weigh_file(path, length)
        files, pages, size, total = files + 1, pages + one.pages, size + length, total + one.total
    return Survey(files, pages, size, total % (1 << BITS))


def look_through(folder: Path, expected: int) -> Survey:
    """Survey a folder that is thought to hold so many files: a large one in a process of its own."""
    if expected < MANY:
        return survey_folder(folder)
    asked = [sys.executable, "-m", __spec__.name, str(folder)]
    done = subprocess.run(asked, capture_output=True, check=False)
    return Survey(*json.loads(done.stdout)) if done.returncode == 0 else survey_folder(folder)


def _walk(folder: Path | str, prefix: str) -> Iterator[tuple[str, int]]:
    if not os.path.isdir(folder):  # noqa: PTH112 - a hundred thousand of them
        return
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name, entry.stat(follow_symlinks=False).st_size


if __name__ == "__main__":
    sys.stdout.write(json.dumps(astuple(survey_folder(Path(sys.argv[1])))))
