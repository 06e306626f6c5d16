"""The parts of the search index that a build makes: beside other work, one after the other, for each takes 100 MB."""

from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from generator.site.library import Library, find_texts
from generator.site.search import FOLDER, key_part, make_part
from generator.site.shelf import Shelf

FEW = 2  # parts that may be held in memory until it is known whether the site can be kept


@dataclass(frozen=True, slots=True)
class Indexer:
    """What parts are made of, and those that are being made."""

    library: Library
    shelf: Shelf
    cache: Path
    content: Path
    thread: ThreadPoolExecutor
    early: dict[str, Future[dict[str, bytes]]] = field(default_factory=dict)

    def make_keys(self) -> dict[str, str]:
        """Return the key of each part, by year."""
        years = self.library.years.items()
        return {year: key_part([(one.name, one.story) for one in kept.values()], self.shelf) for year, kept in years}

    def begin(self, years: Iterable[str]) -> None:
        """Begin with the parts that will be needed in any case, when they are few, as on every night."""
        years = list(years)
        if len(years) <= FEW:
            self.early.update({year: self.thread.submit(self.make, year) for year in years})

    def write(self, year: str, staging: Path, site: Path | None) -> Future[set[str]]:
        """Write a part; the result is the names of its files. Those that `site` has already are not written again."""
        return self.thread.submit(self._write, year, staging, site)

    def make(self, year: str) -> dict[str, bytes]:
        """Make the files of a part."""
        kept = self.library.years[year]
        texts = find_texts(self.cache, year, kept, self.content)
        return make_part([kept[folder].story for folder in sorted(kept)], texts, self.shelf)

    def _write(self, year: str, staging: Path, site: Path | None) -> set[str]:
        early = self.early.get(year)
        files = early.result() if early else self.make(year)
        write_part(files, staging, year, site)
        return {f"{FOLDER}/{year}/{name}" for name in files}


def write_part(files: Mapping[str, bytes], staging: Path, year: str, site: Path | None) -> None:
    """Write the files of a part, but for those a site has with the same bytes."""
    for name, data in files.items():
        path = f"{FOLDER}/{year}/{name}"
        if not (site and (site / path).is_file() and (site / path).read_bytes() == data):
            (staging / path).parent.mkdir(parents=True, exist_ok=True)
            (staging / path).write_bytes(data)
