"""What pushing to a remote has in common: tries, waits, and failures as the exit codes say them."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from generator.delivery.worktree import find_branch, find_head
from generator.errors import ArchiveError, PublishError, PublishRefused, PushRefused
from generator.repository import Repository

TRIES = 12
FIRST_WAIT, LONGEST_WAIT = 0.05, 5.0  # seconds; doubles with every try up to the longest


@contextmanager
def reaching(repository: Repository) -> Iterator[None]:
    """Tell a remote that refuses from one that is away. Raises PublishRefused or PublishError."""
    try:
        yield
    except PushRefused as error:
        hint = f"Let {repository.remote} take pushes of whoever runs this, or name another branch; nothing is lost."
        raise PublishRefused(error.message, hint) from error
    except ArchiveError as error:
        hint = "What was made is whole here. Run the same again when the remote can be reached."
        raise PublishError(f"{repository.remote}: {error.message}", hint) from error


def list_tries(wait: Callable[[float], None], rng: random.Random) -> Iterator[int]:
    """Yield the number of each try, after a wait that no two runs share."""
    for number in range(TRIES):
        if number:
            wait(min(FIRST_WAIT * 2**number, LONGEST_WAIT) * rng.uniform(0.5, 1.5))
        yield number


def has_remote(repository: Repository) -> bool:
    """Whether there is the remote to push to; False where there is none at all. Raises PublishRefused for another one."""
    known = repository.run("remote").decode(errors="replace").split()
    if known and repository.remote not in known:
        raise PublishRefused(
            f"there is no remote {repository.remote!r} here, only {', '.join(known)}",
            "Set `remote` under [drafts] in taleshelf.toml, or add it: git remote add.",
        )
    return bool(known)


def find_default(repository: Repository) -> str:
    """Return the branch that the remote shows when nobody names one. Raises ArchiveError."""
    out = repository.run("ls-remote", "--symref", "--", repository.remote, "HEAD").decode(errors="replace")
    refs = (line.removeprefix("ref: ").partition("\t")[0] for line in out.splitlines() if line.startswith("ref: "))
    return next((ref.removeprefix("refs/heads/") for ref in refs), "main")


def find_tip(repository: Repository, branch: str = "") -> str:
    """Return the commit that a branch of the remote names now, the one that is checked out here unless told; or nothing.

    Without a remote it is the commit that is checked out. Raises PublishError when the remote cannot be reached.
    """
    if not has_remote(repository):
        return find_head(repository) or ""
    with reaching(repository):
        name = branch or find_branch(repository) or find_default(repository)
        return repository.tip(f"refs/heads/{name}") or ""
