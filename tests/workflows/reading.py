"""The workflows as values."""

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import yaml

from generator.cli import cli

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".github" / "workflows"
ACTIONS = tuple(sorted((ROOT / ".github" / "actions").glob("*/action.yml")))
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.yml")))


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a job."""

    job: str  # "nightly/write"
    values: Mapping[str, Any]

    @property
    def script(self) -> str:
        return str(self.values.get("run", ""))

    @property
    def uses(self) -> str:
        return str(self.values.get("uses", ""))


class Loader(yaml.SafeLoader):
    """Reads `on` as a word: to YAML 1.1 it is true."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(name: str) -> dict[str, Any]:
    """Return a workflow; every scalar that is no number is text."""
    return dict(yaml.load((FOLDER / f"{name}.yml").read_text(), Loader=Loader))


def list_steps(*names: str) -> Iterator[Step]:
    """Yield the steps of workflows; unless told, of all, and those of our own actions."""
    for name in names or NAMES:
        for key, job in read(name)["jobs"].items():
            yield from (Step(f"{name}/{key}", step) for step in job.get("steps", ()))
            if "uses" in job:
                yield Step(f"{name}/{key}", job)
    if not names:
        for path in ACTIONS:
            yield from (Step(path.parent.name, step) for step in yaml.safe_load(path.read_text())["runs"]["steps"])


def parse_command(script: str) -> tuple[list[str], click.Command | None, set[str]]:
    """Return the words of a command of ours, the command as click knows it or None, and the options that are not its."""
    words = shlex.split(script)
    assert words[:2] == ["exec", "taleshelf"], script
    command: click.Command | None = cli
    for at, word in enumerate(words[2:], 2):
        if not isinstance(command, click.Group):
            break
        command = command.commands.get(word)
        if command is None:
            return words[2 : at + 1], None, set()
    known = {option for parameter in command.params for option in parameter.opts} if command else set()
    return words[2:], command, {word for word in words if re.match(r"--\w", word)} - known
