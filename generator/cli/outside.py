"""What the commands share: settings, the time, the variables, and how progress and paths are shown."""

import contextlib
import itertools
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.errors import ConfigError
from generator.markdown import printable

if TYPE_CHECKING:
    from generator.config import Config
    from generator.drafts import Drafts
    from generator.forge.api import Forge
    from generator.outside import Outside
    from generator.pipeline import Run
    from generator.progress import Progress
    from generator.repository import Repository

DEADLINE = 900.0  # seconds for one command of git; the first push sends everything there is
option_date = click.option("--date", "day", metavar="YYYY-MM-DD", help="A day of the past instead of today.")
option_pending = click.option(
    "--pending-ok", is_flag=True, help="End well (exit code 0) also when a later run has to add something."
)
option_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


def load(root: Path) -> "Config":
    """Read the settings of the archive. Raises ConfigError."""
    from generator.config import load_config

    return load_config(root)


def settle_address() -> None:
    """Put the address of the repository's own site on GitHub Pages where a workflow says "pages" for it, for mkdocs.yml to read."""
    if os.environ.get("TALESHELF_SITE_URL") == "pages":
        from generator.delivery.pages import make_address

        os.environ["TALESHELF_SITE_URL"] = make_address(os.environ.get("GITHUB_REPOSITORY", ""))


def today_of(config: "Config") -> date:
    """Return the day it is in the archive's time zone."""
    return datetime.now(config.timezone).date()


def parse_day(text: str, today: date) -> date:
    """Read a day of the past or today. Raises ConfigError."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        if len(text) != 10 or day.year < 2000:
            raise ValueError(text)
    except ValueError:
        raise ConfigError(f"{text!r} is no date", f"Write it as year-month-day, for example {today}.") from None
    if day > today:
        raise ConfigError(f"{text} is still to come; today is {today}", "A story is told on its day or later.")
    return day


@contextlib.contextmanager
def open_progress(headline: str) -> "Iterator[Progress]":
    """Say what is being made, and show how it goes on."""
    from generator.progress import Progress

    click.echo(printable(headline))
    progress = Progress(sys.stderr, time.monotonic, sys.stderr.isatty())
    try:
        yield progress
    finally:
        progress.stop()


def open_run(config: "Config") -> "Run":
    """Return what the main path needs to know of the world."""
    from generator.media.stores import open_store
    from generator.pipeline import Run

    outside = make_outside(config)
    return Run(
        config,
        outside,
        open_progress,
        lambda text: click.echo(printable(text), err=True),
        _open_drafts(config, outside),
        open_store(config, config.media.store, outside) if config.media.store else None,
    )


def make_outside(config: "Config") -> "Outside":
    """Return the world around this process."""
    from generator.outside import Outside

    return Outside(
        moment=lambda: datetime.now(config.timezone),
        clock=time.monotonic,
        sleep=time.sleep,
        rng=random.Random(),
        environment=dict(os.environ),
        reach=_make_failpoint(os.environ.get("TALESHELF_FAILPOINT", "")),
    )


def open_repository(config: "Config", outside: "Outside", deadline: float = DEADLINE) -> "Repository":
    """Return the archive's repository and the remote that its settings name; `deadline` is in seconds, for each command."""
    from generator.repository import Repository

    return Repository(config.root, outside.environment, config.remote, timeout=deadline)


def open_forge(outside: "Outside") -> "Forge":
    """Return the repository on its git host that the variables name. Raises ConfigError."""
    from generator.forge.api import make_forge

    return make_forge(outside.environment, outside.sleep, outside.rng)


def find_home(outside: "Outside", forge: "Forge") -> str:
    """Return the address of the repository for people."""
    return f"{outside.environment.get('GITHUB_SERVER_URL') or 'https://github.com'}/{forge.repository}"


def _open_drafts(config: "Config", outside: "Outside") -> "Drafts | None":
    # A workflow says so by a variable, because its disk is thrown away whatever the settings are.
    if not (config.checkpoint or config.review or os.environ.get("TALESHELF_CHECKPOINT")):
        return None
    return open_drafts(config, outside)


def open_drafts(config: "Config", outside: "Outside") -> "Drafts":
    """Return the branches where unfinished work is kept."""
    from generator.drafts import Drafts
    from generator.money.ledger import merge_bytes

    return Drafts(open_repository(config, outside, 30), outside.sleep, outside.rng, merge_bytes)


def _make_failpoint(wanted: str) -> "Callable[[str], None]":
    """Return what is called at every point where a crash is worth a test; it kills this process at the wanted one.

    "cover.landed" kills at the first time, "scene.landed:3" at the third.
    """
    name, _, number = wanted.partition(":")
    times = itertools.count(1)

    def reach(point: str) -> None:
        if point == name and next(times) == int(number or 1):
            os.kill(os.getpid(), signal.SIGKILL)

    return reach


def show(path: Path) -> str:
    """Return a path as a person reads it: from where they are."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
