import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from generator.delivery.commit import Committed, Committing, commit_content
from generator.repository import Repository
from tests.races.field import git, make_clone, make_remote, variables


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a bare remote; not to be changed."""
    return make_remote(tmp_path_factory.mktemp("first")).parent


@pytest.fixture
def remote(first: Path, tmp_path: Path) -> Path:
    """A bare remote of one's own, an archive with one story."""
    return Path(shutil.copytree(first / "remote.git", tmp_path / "remote.git"))


@dataclass
class Checkout:
    """A checkout that publishes."""

    remote: Path
    root: Path
    waits: list[float] = field(default_factory=list)

    def commit(
        self,
        *,
        branch: str = "",
        push: bool = True,
        timeout: float = 60,
        reach: Callable[[str], None] = lambda _name: None,
        **extra: str,
    ) -> Committed:
        repository = Repository(self.root, variables(self.root.parent, **extra), timeout=timeout)
        content, state = self.root / "content", self.root / ".taleshelf"
        work = Committing(repository, content, state, self.waits.append, random.Random(1), reach)
        return commit_content(work, branch=branch, push=push)

    def git(self, *arguments: str) -> str:
        return git(self.root, *arguments)

    def is_level(self) -> bool:
        """Whether it is what the remote has, with nothing left over."""
        level = self.git("rev-parse", "HEAD") == git(self.remote, "rev-parse", "main")
        return level and self.git("status", "--porcelain") == "" and self.git("fsck", "--no-dangling") == ""


@pytest.fixture
def checkout(remote: Path) -> Checkout:
    return Checkout(remote, make_clone(remote, "here"))


@pytest.fixture
def other(remote: Path) -> Checkout:
    """Another checkout of the same remote."""
    return Checkout(remote, make_clone(remote, "there"))


def edit(checkout: Checkout, path: str, old: str, new: str) -> None:
    """Change a file as its owner does, on the remote: in a checkout of their own, pushed."""
    file = checkout.root / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    checkout.git("commit", "--quiet", "--all", "-m", "An edit")
    checkout.git("push", "--quiet")
