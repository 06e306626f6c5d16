"""Frozen values <-> JSON: what a run decided, kept for the run after it. Pure.

Any dataclass of story.py goes in and comes out equal. Enums are their values, dates ISO texts, tuples and sets lists.
"""

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast

T = TypeVar("T")


def to_json(value: object) -> object:
    """Return a value as JSON knows it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(to_json(item) for item in value)  # type: ignore[type-var]
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    return value


def from_json(kind: type[T], data: object) -> T:
    """Return the value of that type. Raises ValueError that names the field for anything else; unknown keys are errors."""
    return cast("T", _read(kind, data, kind.__name__))


def _read(kind: Any, data: object, where: str) -> object:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return None if data is None else _read(next(arg for arg in inner if arg is not types.NoneType), data, where)
    if origin in (tuple, frozenset):
        return _read_items(origin, inner, data, where)
    if origin is dict and isinstance(data, dict):
        return {str(key): _read(inner[1], item, f"{where}[{key!r}]") for key, item in data.items()}
    if dataclasses.is_dataclass(kind):
        return _read_fields(cast("type", kind), data, where)
    if kind is float and type(data) is int:
        return data  # 400 stays 400, so that what is written again is the same text
    if kind in (str, int, float, bool) and type(data) is kind:
        return data
    if isinstance(kind, type) and issubclass(kind, date | Enum) and isinstance(data, str):
        try:
            return date.fromisoformat(data) if issubclass(kind, date) else kind(data)
        except ValueError as error:
            raise ValueError(f"{where}: {error}") from None
    raise ValueError(f"{where}: {data!r} is not a {getattr(kind, '__name__', kind)}")


def _read_items(origin: Any, inner: tuple[Any, ...], data: object, where: str) -> object:
    if not isinstance(data, list):
        raise ValueError(f"{where}: not a list")
    kinds = [inner[0]] * len(data) if origin is frozenset or inner[1:] == (Ellipsis,) else list(inner)
    if len(kinds) != len(data):
        raise ValueError(f"{where}: {len(data)} items instead of {len(kinds)}")
    items = (_read(kind, item, f"{where}[{at}]") for at, (kind, item) in enumerate(zip(kinds, data, strict=True)))
    return origin(items)


def _read_fields(kind: type, data: object, where: str) -> object:
    if not isinstance(data, dict):
        raise ValueError(f"{where}: not an object")
    hints = _hints(kind)
    if unknown := data.keys() - hints.keys():
        raise ValueError(f"{where}: unknown {', '.join(sorted(unknown))}")
    values = {name: _read(hints[name], item, f"{where}.{name}") for name, item in data.items()}
    try:
        return kind(**values)
    except TypeError as error:
        raise ValueError(f"{where}: {error}") from None


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
