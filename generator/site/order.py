"""What a build is asked for, what there was before it, and how it says that it cannot be done."""

from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from generator.errors import BuildError
from generator.site.keep import Last


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for, and the folders of the work."""

    config_file: Path
    site: Path
    staging: Path  # what is new; beside the site, so that it can be renamed into it
    cache: Path
    workers: int | None


@dataclass(frozen=True, slots=True)
class Before:
    """What there was before this build; git is asked beside other work, for its answer takes a while."""

    last: Last | None
    known: Future[dict[str, str] | None] | None

    def is_git_done(self) -> bool:
        """Whether git has answered, or is not asked."""
        return self.known is None or self.known.done()

    def ask_git(self) -> dict[str, str] | None:
        """Return the fingerprints git knows of folders of the archive."""
        return self.known.result() if self.known else None


def complain(problems: list[str]) -> BuildError:
    """Make the error of a build that ran into problems."""
    different = list(dict.fromkeys(problems))
    more = f" (and {len(different) - 1} more)" if len(different) > 1 else ""
    return BuildError(f"the site could not be built: {different[0]}{more}", "Mend that page and build again")
