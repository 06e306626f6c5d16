"""Front matter: the YAML between two lines of three hyphens at the top of a page."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml

from generator.errors import ArchiveError

Value = TypeVar("Value")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times as fast where it is there
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Front:
    """The front matter of one page; every getter raises ArchiveError with the file, the key and a hint."""

    path: Path
    values: dict[str, Any]
    body: str

    def text(self, key: str, default: str | None = None) -> str:
        """Give a line of text; `default` when the key is absent, an error when there is no default."""
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, str | int | float | date) or not (value or default == ""):
            raise self._error(key, "must be text", f'write it in quotes, as in {key}: "..."')
        return " ".join(str(value).split())

    def number(self, key: str) -> float:
        """Give a number that is not negative; 0 when the key is absent."""
        value = self.values.get(key, 0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e6:
            raise self._error(key, "must be a number", "write digits without quotes")
        return float(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts; empty when the key is absent."""
        value = self.values.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._error(key, "must be a list of texts", f'write it as {key}: ["...", "..."]')
        return tuple(" ".join(item.split()) for item in value)

    def one(self, key: str, parse: Callable[[str], Value], choices: str) -> Value:
        """Give what `parse` makes of a text; its ValueError becomes ours, with the choices as the hint."""
        try:
            return parse(self.text(key))
        except ValueError:
            raise self._error(key, f"cannot be {self.values[key]!r}", f"use {choices}") from None

    def _error(self, key: str, problem: str, hint: str) -> ArchiveError:
        return ArchiveError(f"{self.path}: {key!r} {problem}", hint, path=self.path)


def read_front(path: Path) -> Front:
    """Read the front matter and the body of a page. Raises ArchiveError for anything that is not one."""
    try:
        return parse_front(path.read_text("utf-8-sig"), path)
    except (OSError, UnicodeDecodeError) as error:
        raise ArchiveError(f"{path} cannot be read: {error}", "save it as UTF-8 text", path=path) from error


def parse_front(text: str, path: Path) -> Front:
    """Split a page into front matter and body. Raises ArchiveError when the front matter is missing or broken."""
    text = text.replace("\r\n", "\n")
    match = _FRONT.match(text)
    if not match:
        raise ArchiveError(f"{path} has no front matter", "begin it with a line ---, the keys, and --- again", path=path)
    try:
        values = yaml.load(match[1], _LOADER)  # noqa: S506 - both loaders are safe ones
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        where = f" (line {error.problem_mark.line + 2})" if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark else ""
        hint = "look for a missing quote, a tab or a colon without quotes around the text"
        raise ArchiveError(f"{path}: the front matter is not valid YAML{where}", hint, path=path) from error
    if not isinstance(values, dict):
        raise ArchiveError(f"{path}: the front matter has no keys", "write one `key: value` a line", path=path)
    return Front(path, values, text[match.end() :])
