"""All stories of the archive as records: those that did not change come from the cache, the others are read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from generator.errors import TaleshelfError
from generator.site.inventory import Inventory
from generator.site.keep import Kept, State, read_records, read_texts, write_records, write_texts
from generator.site.media import read_media
from generator.site.records import lighten
from generator.site.search import text_of
from generator.site.shelf import read_story
from generator.site.story_page import StoryPage

Recalled = Mapping[str, dict[str, Kept] | None]  # year -> folder -> record
Mapper = Callable[[Callable[[str], "Read | None"], list[str]], Iterable["Read | None"]]


@dataclass(frozen=True, slots=True)
class Read:
    """A story that was just read, and its words."""

    story: StoryPage
    text: str


@dataclass(frozen=True, slots=True)
class Library:
    """The records of all years, and what is new in them."""

    years: dict[str, dict[str, Kept]]  # year -> folder -> record
    digests: dict[str, str]  # year -> digest of its records
    changed: frozenset[str]  # folders that were read
    lost: frozenset[str]  # folders that are gone
    sound: bool  # whether all records of the last build could be used

    @property
    def kept(self) -> dict[str, Kept]:
        """All records by folder."""
        return {folder: kept for year in self.years.values() for folder, kept in year.items()}


def year_of(folder: str) -> str:
    """Return the year of a story's folder."""
    return folder.split("/", 2)[1]


def gather(inventory: Inventory, state: State, recalled: Recalled, cache: Path, mapper: Mapper) -> Library:
    """Make the library of what is recalled of the last state and what has changed since, one year after the other, and keep its records and words. Raises ArchiveError."""
    years: dict[str, dict[str, Kept]] = {}
    digests: dict[str, str] = {}
    changed: set[str] = set()
    lost: set[str] = set()
    sound = True
    for year, group in groupby(sorted(inventory.bundles), year_of):
        folders = list(group)
        found = recalled.get(year, {})
        old, sound = found or {}, sound and found is not None
        fresh = [folder for folder in folders if not _is_same(old.get(folder), inventory.bundles[folder])]
        years[year] = {folder: old[folder] for folder in folders if folder in old}
        lost |= old.keys() - years[year].keys()
        if not fresh and len(old) == len(folders):
            digests[year] = state.records[year]
            continue
        read = {one.story.folder: one for one in _read(fresh, inventory.content, mapper)}
        new = {folder: Kept(inventory.bundles[folder], one.story) for folder, one in read.items()}
        years[year] = {folder: new.get(folder) or old[folder] for folder in folders}
        digests[year] = write_records(cache, year, years[year])
        words = {folder: pair for folder, pair in read_texts(cache, year).items() if folder in years[year]}
        write_texts(cache, year, words | {f: (inventory.bundles[f], one.text) for f, one in read.items()})
        changed.update(fresh)
    for year in state.records.keys() - years.keys():
        found = recalled[year]
        lost |= (found or {}).keys()
        sound = sound and found is not None
    return Library(years, digests, frozenset(changed), frozenset(lost), sound)


def find_texts(cache: Path, year: str, kept: Mapping[str, Kept], content: Path) -> dict[str, str]:
    """Return the words of the stories of a year, by folder; what the cache does not know is read."""
    words = read_texts(cache, year)
    known = {folder: words[folder][1] for folder, one in kept.items() if words.get(folder, ("",))[0] == one.name != ""}
    return {folder: known[folder] if folder in known else read_one(folder, content).text for folder in kept}


def read_one(folder: str, content: Path) -> Read:
    """Read one story. Raises ArchiveError."""
    story = read_story(content / folder, content)
    return Read(lighten(story, read_media(content / folder)), text_of(story))


def recall(cache: Path, state: State) -> Recalled:
    """Return the records of each year as the last build left them; None for a year whose records were lost since."""
    return {year: read_records(cache, year, name) for year, name in state.records.items()}


def _is_same(kept: Kept | None, name: str) -> bool:
    return kept is not None and kept.name == name != ""


def _read(folders: list[str], content: Path, mapper: Mapper) -> Iterable[Read]:
    for folder, read in zip(folders, mapper(_Reader(content), folders), strict=True):
        yield read or read_one(folder, content)  # what another process could not read says here what is wrong


@dataclass(frozen=True, slots=True)
class _Reader:
    content: Path

    def __call__(self, folder: str) -> Read | None:
        try:
            return read_one(folder, self.content)
        except TaleshelfError:
            return None
