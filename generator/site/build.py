"""Build the site: quietly, strictly, and into place in one step."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.config import parse_base_path
from generator.errors import BuildError, TaleshelfError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build left behind."""

    site_dir: Path
    pages: int
    size: int  # bytes of all files
    base_path: str  # the path of the site's URL: "/" or "/repo/"


def build_site(config_file: Path, site_dir: Path | None = None) -> BuildReport:
    """Build the site of a configuration file into `site_dir`, by default the one it names.

    The old site stays whole until the new one is: it is built next to it and then put in its place. A broken link is
    an error. Raises BuildError, or ArchiveError for a page that cannot be read.
    """
    with _quiet() as problems:
        config = _load(config_file, problems)
        target = (site_dir or Path(config.site_dir)).absolute()
        staging = target.with_name(f".{target.name}.new")
        config.site_dir = str(staging)
        try:
            _run(config, problems)
            _swap(staging, target)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    files = [path for path in target.rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    return BuildReport(
        target, pages, sum(path.stat().st_size for path in files), parse_base_path(config.site_url or "")
    )


def _load(config_file: Path, problems: list[str]) -> "MkDocsConfig":
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError

    try:
        return load_config(str(config_file), strict=True)
    except (Abort, ConfigurationError, OSError) as error:
        hint = "Compare it with the file that came with the project"
        raise BuildError(f"{config_file.name} cannot be used: {(problems or [_one_line(error)])[0]}", hint) from error


def _run(config: "MkDocsConfig", problems: list[str]) -> None:
    from mkdocs.commands.build import build

    try:
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    except TaleshelfError:
        raise
    except OSError as error:
        raise BuildError(f"the site could not be written: {error}", "Free some space or check the folder") from error
    except Exception as error:
        first = problems[0] if problems else _one_line(error)
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise BuildError(f"the site could not be built: {first}{more}", "Mend that page and build again") from error


def _swap(staging: Path, target: Path) -> None:
    """Put the new folder in the place of the old one, or leave the old one where it is."""
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


class _Collector(logging.Handler):
    def __init__(self, problems: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._problems = problems

    def emit(self, record: logging.LogRecord) -> None:
        self._problems.append(_one_line(record.getMessage()))


@contextmanager
def _quiet() -> Iterator[list[str]]:
    """Collect what MkDocs logs instead of printing it. Material's banners appear under the `mkdocs` command only."""
    problems: list[str] = []
    logger = logging.getLogger("mkdocs")
    handler = _Collector(problems)
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield problems
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


def _one_line(problem: object) -> str:
    return " ".join(str(problem).split())
