"""The expressions of workflows, as GitHub evaluates them; what is not known here is an error, never ignored."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TOKEN = re.compile(r"\s*(?:('(?:[^']|'')*')|(\|\||&&|==|!=|[!(),.*])|([A-Za-z_][\w-]*)|(\d+))")
MARKED = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
STATUS = re.compile(r"\b(?:success|failure|always|cancelled)\(\)")
WORDS: Mapping[str, object] = {"true": True, "false": False, "null": None}
Functions = Mapping[str, Callable[..., object]]


class Unknown(Exception):
    """An expression, a name or a function that this evaluator does not know."""


class Open(dict[str, Any]):
    """A context in which a name that is missing is nothing, as that of secrets or of variables."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression may speak of."""

    contexts: Mapping[str, Any]
    functions: Functions


def is_true(value: object) -> bool:
    """Tell whether a value counts as true."""
    return not (value is None or value is False or value == 0 or value == "")


def render(value: object) -> str:
    """Return a value as it stands in a text."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def fill(text: object, scope: Scope) -> Any:
    """Return a value of a workflow with its expressions replaced; one that is an expression and no more keeps its type."""
    if not isinstance(text, str):
        return text
    whole = MARKED.fullmatch(text.strip())
    if whole and "}}" not in whole[1]:
        return evaluate(whole[1], scope)
    return MARKED.sub(lambda found: render(evaluate(found[1], scope)), text)


def decide(condition: object, scope: Scope) -> bool:
    """Tell whether an `if` lets a step or a job run; one that asks for no status wants success."""
    text = str(condition).lower() if isinstance(condition, bool) else str(condition or "")
    whole = MARKED.fullmatch(text.strip())
    inner = whole[1] if whole else text
    if "${{" in inner:
        raise Unknown(f"an expression within a condition: {text!r}")
    wanted = is_true(evaluate(inner, scope)) if inner.strip() else True
    if STATUS.search(inner):
        return wanted
    return wanted and is_true(scope.functions["success"]())


def evaluate(text: str, scope: Scope) -> Any:
    """Return the value of an expression. Raises Unknown."""
    reader = _Reader(_split(text), scope)
    value = reader.either()
    if reader.left:
        raise Unknown(f"what is {reader.left[0]!r} in {text!r}")
    return value


def equal(one: object, other: object) -> bool:
    """Compare as GitHub does: texts without their case, and values of different kinds as numbers."""
    if isinstance(one, str) and isinstance(other, str):
        return one.casefold() == other.casefold()
    if type(one) is type(other):
        return one == other
    return _number(one) == _number(other)


def _number(value: object) -> float:
    if value is None or value == "":
        return 0.0
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return math.nan


def contains(where: object, what: object) -> bool:
    """Tell whether a list has a value, or a text a part."""
    if isinstance(where, str):
        return render(what).casefold() in where.casefold()
    return isinstance(where, Sequence) and any(equal(one, what) for one in where)


def form(text: str, *values: object) -> str:
    """Fill the places {0}, {1} ... of a text."""
    return re.sub(r"\{(\d+)\}", lambda found: render(values[int(found[1])]), text)


def _split(text: str) -> list[str]:
    tokens, at = [], 0
    text = text.strip()
    while at < len(text):
        found = TOKEN.match(text, at)
        if not found:
            raise Unknown(f"what is {text[at:]!r}")
        tokens.append(found[0].strip())
        at = found.end()
    return tokens


@dataclass
class _Reader:
    """Reads tokens from left to right."""

    left: list[str]
    scope: Scope

    def take(self, *wanted: str) -> str:
        return self.left.pop(0) if self.left and self.left[0] in wanted else ""

    def either(self) -> Any:
        value = self.both()
        while self.take("||"):
            other = self.both()
            value = value if is_true(value) else other
        return value

    def both(self) -> Any:
        value = self.compared()
        while self.take("&&"):
            other = self.compared()
            value = other if is_true(value) else value
        return value

    def compared(self) -> Any:
        value = self.single()
        while sign := self.take("==", "!="):
            value = equal(value, self.single()) is (sign == "==")
        return value

    def single(self) -> Any:
        if self.take("!"):
            return not is_true(self.single())
        if self.take("("):
            value = self.either()
            self.close()
            return value
        if not self.left:
            raise Unknown("an expression ends too early")
        token = self.left.pop(0)
        if token[0] == "'":
            return token[1:-1].replace("''", "'")
        if token.isdigit():
            return int(token)
        if token in WORDS:
            return WORDS[token]
        return self.call(token) if self.take("(") else self.follow(token)

    def close(self) -> None:
        if not self.take(")"):
            raise Unknown("a bracket is not closed")

    def call(self, name: str) -> Any:
        arguments = []
        while not self.take(")"):
            arguments.append(self.either())
            if not self.take(",") and self.left[:1] != [")"]:
                raise Unknown(f"the arguments of {name}")
        if name not in self.scope.functions:
            raise Unknown(f"the function {name}")
        return self.scope.functions[name](*arguments)

    def follow(self, name: str) -> Any:
        if name not in self.scope.contexts:
            raise Unknown(f"the context {name}")
        value, path = self.scope.contexts[name], name
        while self.take("."):
            if not self.left:
                raise Unknown(f"{path} ends too early")
            key = self.left.pop(0)
            path += f".{key}"
            value = [*value.values()] if key == "*" else _pick(value, key, path)
        return value


def _pick(value: Any, key: str, path: str) -> Any:
    if isinstance(value, list):
        return [_pick(one, key, path) for one in value]
    if value is None:
        return None
    if isinstance(value, Open):
        return value.get(key)
    if not isinstance(value, Mapping) or key not in value:
        raise Unknown(f"there is no {path}")
    return value[key]
