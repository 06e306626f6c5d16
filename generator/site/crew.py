"""Who does the work of a build: this process when there is little, a process for each core when there is much."""

import gc
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from generator.processes import closing_pool, deaf_to_interrupts, make_process_pool
from generator.site.feeds import find_outlet
from generator.site.hearing import hearing, load_settings, say
from generator.site.inventory import Inventory
from generator.site.keep import read_records
from generator.site.press import Press, Trace
from generator.site.settings import find_notes
from generator.site.shelf import Shelf, make_shelf, read_site_cards
from generator.site.views import make_leaves

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

MANY = 300  # pages or stories from which on other processes are worth their start
BATCH = 60
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Printed:
    """What came of printing: traces by page, None for an excluded one; and the first things that went wrong."""

    traces: dict[str, Trace | None]
    problems: list[str]


def count_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Crew:
    """Opens processes when they are first worth it, or when their number was asked for; closes them with the stack."""

    def __init__(self, stack: ExitStack, workers: int | None = None) -> None:
        self._stack = stack
        self._workers = workers or count_cores()
        self._many = BATCH if workers else MANY
        self._pool: Executor | None = None

    def read(self, reader: Callable[[str], T], folders: list[str]) -> Iterable[T]:
        """Call the reader for each folder, in order."""
        pool = self._open(len(folders)) if self._pool is None else self._pool
        if pool is None or len(folders) < BATCH:
            return map(reader, folders)
        with deaf_to_interrupts():
            return pool.map(reader, folders, chunksize=BATCH // 2)

    def print_pages(self, press: Press, job: "Job", pages: Sequence[str], bundles: Sequence[str]) -> Printed:
        """Print pages and copy the files of bundles."""
        pool = self._open(len(pages))
        if pool is None:
            return print_batch(press, pages, bundles)
        job.write()
        tasks = [(batch, ()) for batch in _cut(pages)] + [((), batch) for batch in _cut(bundles)]
        with deaf_to_interrupts():
            futures = [pool.submit(_print_elsewhere, str(job.path), *task) for task in tasks]
        done = [future.result() for future in futures]
        job.path.unlink()
        traces = {path: trace for one in done for path, trace in one.traces.items()}
        return Printed(traces, [problem for one in done for problem in one.problems])

    def _open(self, amount: int) -> Executor | None:
        if amount < self._many or self._workers < 2:
            return None
        if self._pool is None:
            self._pool = make_process_pool(self._workers)
            self._stack.enter_context(closing_pool(self._pool))
        return self._pool


@dataclass(frozen=True, slots=True)
class Job:
    """What another process needs to set up the same press, written into a file of the cache."""

    staging: Path
    config_file: str
    cache: str
    records: dict[str, str]  # year -> digest
    inventory: Inventory

    @property
    def path(self) -> Path:
        """Where it is written down."""
        return Path(self.cache, "job.json")

    def write(self) -> None:
        """Write it down."""
        values = (self.config_file, str(self.staging), self.cache, self.records)
        stock = (str(self.inventory.content), dict(self.inventory.bundles), dict(self.inventory.loose))
        self.path.write_text(json.dumps([values, stock]), "utf-8")


def print_batch(press: Press, pages: Iterable[str], bundles: Iterable[str]) -> Printed:
    """Print in this process; the first failure ends it."""
    traces: dict[str, Trace | None] = {}
    with hearing() as problems:
        try:
            for folder in bundles:
                press.copy_bundle(folder)
            for path in pages:
                traces[path] = press.print_page(path)
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001 - MkDocs raises whatever an extension raises
            problems.append(say(error))
    return Printed(traces, problems)


def _print_elsewhere(job: str, pages: Sequence[str], bundles: Sequence[str]) -> Printed:
    return print_batch(_open_press(job), pages, bundles)


@lru_cache(1)
def _open_press(job: str) -> Press:
    """Set up the press of a job; a worker does so once."""
    (config_file, site_dir, cache, records), stock = json.loads(Path(job).read_text("utf-8"))
    with hearing(), not_collecting():
        config = load_settings(Path(config_file), [])
        config.site_dir = site_dir
        inventory = Inventory(Path(stock[0]), stock[1], stock[2])
        shelf = read_kept(config, inventory.content, Path(cache), records)
        return Press(config, inventory, make_leaves(shelf), shelf.outlet)


def read_kept(config: "MkDocsConfig", content: Path, cache: Path, records: dict[str, str]) -> Shelf:
    """Make the shelf of an archive whose records were just written."""
    years = [read_records(cache, year, digest) or {} for year, digest in records.items()]
    stories = [kept.story for year in years for kept in year.values()]
    return make_shelf(stories, read_site_cards(content), find_notes(config), find_outlet(config))


@contextmanager
def not_collecting() -> Iterator[None]:
    """Do not look for garbage among the half a million values of a library, which stay; nor afterwards."""
    collects = gc.isenabled()
    try:
        yield
    finally:
        gc.freeze()
        if collects:
            gc.enable()


def _cut(items: Sequence[str]) -> Iterable[tuple[str, ...]]:
    rest = iter(items)
    while batch := tuple(islice(rest, BATCH)):
        yield batch
