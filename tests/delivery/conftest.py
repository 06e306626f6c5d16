import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import pytest

from tests.delivery.sites import read_bucket
from tests.delivery.warm import become
from tests.fakes.aws import KEYS, make_bucket, make_distribution, make_variables, open_moto
from tests.fakes.gate import Gate, open_gate

BUCKET = "tales-of-the-test"
SETTINGS = """
[publish.s3]
bucket = "{bucket}"
prefix = "{prefix}"
region = "eu-central-1"
distribution = "{distribution}"
"""


@pytest.fixture(scope="session")
def moto() -> Iterator[str]:
    with open_moto() as address:
        yield address


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
