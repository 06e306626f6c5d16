"""The tables of a settings file: known keys are taken out, and all that is wrong or unknown is told at once. Pure."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from generator.errors import ConfigError

T = TypeVar("T")


def unfold(tables: Mapping[str, object], name: str, *plain: str) -> dict[str, object]:
    """Bring the tables inside of a table beside the others, as "publish.s3"; `plain` are its own keys."""
    inner = tables.get(name)
    if not isinstance(inner, dict):
        return dict(tables)
    own = {key for key, value in inner.items() if key in plain or not isinstance(value, dict)}
    rest = {key: values for key, values in tables.items() if key != name}
    rest |= {name: {key: inner[key] for key in inner if key in own}} if own else {}
    return rest | {f"{name}.{key}": values for key, values in inner.items() if key not in own}


class Tables:
    """Takes known keys out of the tables and remembers what is wrong."""

    def __init__(self, tables: Mapping[str, object]) -> None:
        self.problems: list[str] = []
        self.known: dict[str, set[str]] = {}
        self.tables = tables

    def take(self, table: str, key: str, default: object, parse: Callable[[object], T]) -> T:
        """Return the parsed value of a key, or of its default when the key is missing or wrong."""
        self.known.setdefault(table, set()).add(key)
        values = self.tables.get(table)
        if isinstance(values, dict) and key in values:
            try:
                return parse(values[key])
            except ValueError as error:
                self.problems.append(f"[{table}] {key}: {error}")
        return parse(default)

    def take_table(self, table: str, parse: Callable[[object], T]) -> dict[str, T]:
        """Return all of a table whose keys are names that somebody else understands."""
        values = self.tables.get(table)
        names = set(values) if isinstance(values, dict) else set()
        self.known[table] = set()
        taken = {name: self.take(table, name, {}, parse) for name in sorted(names)}
        return {name: value for name, value in taken.items() if name in names}

    def finish(self, name: str) -> None:
        """Raise ConfigError if anything was wrong or unknown in the file of that name."""
        for table, values in self.tables.items():
            if table not in self.known:
                self.problems.append(f"[{table}]: unknown{suggest(table, self.known)}")
            elif not isinstance(values, dict):
                self.problems.append(f"{table}: write it as a table, [{table}]")
            else:
                unknown = (key for key in values if key not in self.known[table])
                self.problems += (f"[{table}] {key}: unknown{suggest(key, self.known[table])}" for key in unknown)
        if self.problems:
            raise ConfigError(f"{name}: {'; '.join(self.problems)}", "Every key is optional: correct it or delete it.")


def suggest(word: str, known: Iterable[str]) -> str:
    """Say what an unknown word may have been meant to be."""
    close = difflib.get_close_matches(word, sorted(known), n=1)
    return f" (did you mean {close[0]!r}?)" if close else f" (known: {', '.join(sorted(known))})"
