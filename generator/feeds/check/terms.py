"""The words that are agreed on, from terms.toml."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def _tables() -> dict[str, dict[str, object]]:
    return tomllib.loads(Path(__file__).with_name("terms.toml").read_text(encoding="utf-8"))


@cache
def lists(table: str) -> dict[str, tuple[str, ...]]:
    """Return a table of lists: "categories", "roles", "enclosures"."""
    return {key: tuple(values) for key, values in _tables()[table].items()}  # type: ignore[arg-type]


@cache
def words(table: str, key: str) -> frozenset[str]:
    """Return a set of words: ("other", "mediums"), ("once", "item")."""
    return frozenset(str(_tables()[table][key]).split())


@cache
def elements(namespace: str, parent: str) -> frozenset[str]:
    """Return the local names that may stand in a "channel" or an "item"."""
    table = _tables()["elements"][namespace]
    return frozenset(str(table[parent]).split()) if isinstance(table, dict) else frozenset()
