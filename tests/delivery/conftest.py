import os
import random
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import pytest

from generator.delivery.commit import Committed, Committing, commit_content
from generator.repository import Repository
from tests.delivery.sites import read_bucket
from tests.delivery.warm import become
from tests.fakes.aws import KEYS, make_bucket, make_distribution, make_variables
from tests.fakes.gate import Gate, open_gate
from tests.races.field import git, make_clone, make_remote, variables

BUCKET = "tales-of-the-test"
SETTINGS = """
[publish.s3]
bucket = "{bucket}"
prefix = "{prefix}"
region = "eu-central-1"
distribution = "{distribution}"
"""


@pytest.fixture(scope="session")
def bucket(moto: str) -> Any:
    return make_bucket(moto, BUCKET)


@pytest.fixture
def gate(moto: str) -> Iterator[Gate]:
    with open_gate(moto) as gate:
        yield gate


@dataclass
class Publisher:
    """An archive whose site is published through the gate to a prefix of its own."""

    root: Path
    gate: Gate
    moto: str
    client: Any
    prefix: str
    distribution: str

    @property
    def site(self) -> Path:
        return self.root / "site"

    @property
    def said(self) -> str:
        return (self.root / "said.txt").read_text()

    def start(self, *arguments: str) -> ForkServerProcess:
        """Start `taleshelf publish s3`."""
        context = get_context("forkserver")
        context.set_forkserver_preload(["tests.delivery.warm"])
        variables = os.environ | make_variables(self.gate.address)
        line: Sequence[str] = ("--root", str(self.root), "publish", "s3", *arguments)
        process = context.Process(target=become, args=(line, variables, str(self.root / "said.txt")))
        process.start()
        return process

    def run(self, *arguments: str) -> int:
        """Run it to its end and return its exit code; whatever it says holds no key."""
        process = self.start(*arguments)
        process.join(120)
        assert process.exitcode is not None, "it does not end"
        assert not any(secret in self.said for secret in KEYS.values())
        assert "Traceback" not in self.said, self.said
        return process.exitcode

    def read(self) -> dict[str, str]:
        """Return what lies there, without the note."""
        files = read_bucket(self.client, BUCKET, self.prefix)
        files.pop(".taleshelf/publish.json", None)
        return files

    def again(self, name: str) -> "Publisher":
        """Return one that publishes the same site to a place of another name."""
        return open_publisher(self.root, self.gate, self.moto, self.client, name)


def open_publisher(root: Path, gate: Gate, moto: str, client: Any, name: str) -> Publisher:
    distribution = make_distribution(moto, name)
    root.mkdir(exist_ok=True)
    (root / "mkdocs.yml").write_text("site_name: Tales\nsite_url: https://tales.example.org/\n")
    settings = SETTINGS.format(bucket=BUCKET, prefix=name, distribution=distribution)
    (root / "taleshelf.toml").write_text(settings)
    return Publisher(root, gate, moto, client, f"{name}/", distribution)


@pytest.fixture
def publisher(tmp_path: Path, gate: Gate, moto: str, bucket: Any, request: pytest.FixtureRequest) -> Publisher:
    name = re.sub(r"[^a-z0-9]+", "-", request.node.name)[:90].strip("-")
    return open_publisher(tmp_path / "archive", gate, moto, bucket, name)


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
