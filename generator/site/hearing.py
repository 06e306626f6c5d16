"""How MkDocs is loaded and heard: quietly, and strictly."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import BuildError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


def load_settings(config_file: Path, problems: list[str]) -> "MkDocsConfig":
    """Load a configuration file; problems are what is heard meanwhile. Raises BuildError."""
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError

    try:
        return load_config(str(config_file), strict=True)
    except (Abort, ConfigurationError, OSError) as error:
        hint = "Compare it with the file that came with the project"
        raise BuildError(f"{config_file.name} cannot be used: {(problems or [say(error)])[0]}", hint) from error


@contextmanager
def hearing() -> Iterator[list[str]]:
    """Collect what MkDocs warns of instead of printing it. Material's banners appear under the `mkdocs` command only."""
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


def say(problem: object) -> str:
    """Say a problem in one line."""
    return " ".join(str(problem).split())


class _Collector(logging.Handler):
    def __init__(self, problems: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._problems = problems

    def emit(self, record: logging.LogRecord) -> None:
        self._problems.append(say(record.getMessage()))
