"""What lies in the folder of a site: the names of all files and the sizes of pages, in one figure that can be kept up to date.

It tells whether somebody else has changed the site, where times (times.py) cannot tell.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

BITS = 128


@dataclass(frozen=True, slots=True)
class Survey:
    """A sum over folders: each adds a hash of what lies in it, so that one can be taken away and added again."""

    files: int = 0
    pages: int = 0  # files of HTML
    size: int = 0  # bytes; of pages only where a folder was just looked through
    total: int = 0  # of the hashes, modulo 2**BITS

    def is_like(self, other: "Survey") -> bool:
        """Whether both are of the same files, with pages of the same size."""
        return (self.files, self.pages, self.total) == (other.files, other.pages, other.total)

    def __add__(self, other: "Survey") -> "Survey":
        total = (self.total + other.total) % (1 << BITS)
        return Survey(self.files + other.files, self.pages + other.pages, self.size + other.size, total)

    def __sub__(self, other: "Survey") -> "Survey":
        total = (self.total - other.total) % (1 << BITS)
        return Survey(self.files - other.files, self.pages - other.pages, self.size - other.size, total)


def survey_folder(folder: Path, prefix: str = "", *, deep: bool = True, sized: bool = True) -> Survey:
    """Look through a folder, and those in it if `deep`; one that is not there is empty. Links are not followed.

    The sizes of files that are no pages, ten for each page, are only asked for when the folder is to be `sized`.

    The prefix is the path of the folder under the site, with a slash at its end.
    """
    whole = Survey()
    waiting = [(str(folder), prefix)] if folder.is_dir() else []
    while waiting:
        path, here = waiting.pop()
        rows, pages, size = [], 0, 0
        with os.scandir(path) as found:
            for entry in found:
                if entry.is_dir(follow_symlinks=False):
                    if deep:
                        waiting.append((entry.path, f"{here}{entry.name}/"))
                else:
                    name = entry.name
                    page = name.endswith(".html")
                    length = entry.stat(follow_symlinks=False).st_size if page or sized else 0
                    rows.append(f"{name} {length}" if page else name)
                    pages += page
                    size += length
        if rows:
            whole += Survey(len(rows), pages, size, _hash("\0".join([here, *sorted(rows)])))
    return whole


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(os.fsencode(text), digest_size=BITS // 8).digest())
