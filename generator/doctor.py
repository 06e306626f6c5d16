"""What `taleshelf doctor` and `taleshelf providers` say: who is installed, what is set, what lives, what a story costs.

Nothing here spends: of a provider only its class attributes are read and its free calls made. A provider of a third party
may have none of them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Protocol

from generator.errors import ProviderError
from generator.money.budget import render_money
from generator.purchase import Health
from generator.studio import EMBEDDED, Role

ROLES = ("writers", "illustrators", "narrators", "moderators")


class Prices(Protocol):
    """What calls cost."""

    def cost(self, provider: str, model: str, units: Mapping[str, float]) -> int:
        """Return the price in micro-dollars. Raises BudgetExceeded for one that is not known."""
        ...


@dataclass(frozen=True, slots=True)
class Cost:
    """What one usual story takes of a model."""

    model: str
    amount: int | None  # micro-dollars; None where nobody knows the price
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """What there is to say of one provider in one role."""

    role: str
    name: str
    installed: bool = True
    found: tuple[str, ...] = ()  # names of variables that are set; never their values
    missing: tuple[str, ...] = ()  # names of variables that are not
    models: tuple[Health, ...] = ()
    costs: tuple[Cost, ...] = ()
    remark: str = ""  # what went wrong
    hint: str = ""

    @property
    def ready(self) -> bool:
        """Whether nothing is known that would keep it from working."""
        return self.installed and not self.remark and all(model.alive for model in self.models)


@dataclass(frozen=True, slots=True)
class Installed:
    """One entry point."""

    role: str
    name: str
    package: str
    version: str
    target: str = field(default="", compare=False)  # "module:Class"


def examine_studio(
    roles: Iterable[Role],
    make_provider: Callable[[Role, EntryPoint], object],
    environment: Mapping[str, str],
    prices: Prices,
) -> tuple[Examined, ...]:
    """Look at every provider that is listed; `make_provider` constructs one, at a desk that sells nothing."""
    return tuple(_examine(role, entry, make_provider, environment, prices) for role in roles for entry in role.entries)


def _examine(
    role: Role,
    entry: EntryPoint,
    make_provider: Callable[[Role, EntryPoint], object],
    environment: Mapping[str, str],
    prices: Prices,
) -> Examined:
    try:
        provider = make_provider(role, entry)
    except (ProviderError, ImportError) as error:
        return Examined(role.name, entry.name, installed=False, remark=_say(error), hint=_hint(error, entry.name))
    except Exception as error:  # noqa: BLE001 - a stranger's class may do anything
        return Examined(role.name, entry.name, remark=_say(error))
    names: tuple[str, ...] = tuple(getattr(provider, "variables", ()))
    models, problem, hint = _ask(provider)
    return Examined(
        role.name,
        entry.name,
        found=tuple(name for name in names if environment.get(name)),
        missing=tuple(name for name in names if not environment.get(name)),
        models=models,
        costs=make_costs(entry.name, models, getattr(provider, "usual", {}), prices),
        remark=problem,
        hint=hint,
    )


def _ask(provider: Any) -> tuple[tuple[Health, ...], str, str]:
    """Return what a provider's free calls tell, and what went wrong with them, with a hint."""
    examine = getattr(provider, "examine", None)
    if not callable(examine):
        return (), "", ""
    try:
        return tuple(examine()), "", ""
    except ProviderError as error:
        return (), error.message, error.hint
    except Exception as error:  # noqa: BLE001 - whatever it is, the report goes on
        return (), _say(error), ""


def make_costs(
    provider: str, models: Iterable[Health], usual: Mapping[str, Mapping[str, float]], prices: Prices
) -> tuple[Cost, ...]:
    """Return what a story costs with each model that is set; one whose use nobody has counted is taken for a usual one."""
    if not usual:
        return ()
    names = dict.fromkeys(model.model for model in models) or dict.fromkeys(list(usual)[:1])
    costs = []
    for name in names:
        try:
            costs.append(Cost(name, prices.cost(provider, name, usual.get(name) or next(iter(usual.values())))))
        except ProviderError as error:
            costs.append(Cost(name, None, f"{error.message}. {error.hint}"))
    return tuple(costs)


def _say(error: Exception) -> str:
    """Return what went wrong; of an error that is not ours only its kind, since its words may hold anything."""
    if isinstance(error, ProviderError):
        return error.message
    return (
        f"{error.name} is not installed" if isinstance(error, ImportError) else f"it failed with {type(error).__name__}"
    )


def _hint(error: Exception, name: str) -> str:
    known = "Install it with make cloud, or take it off the list."
    return known if name in ("openai", "bedrock", "polly", "replicate") else getattr(error, "hint", "")


def list_providers() -> tuple[Installed, ...]:
    """Return every provider an installed package registers, ours and those of others, in the order of roles and names."""
    found = {
        Installed(
            role,
            entry.name,
            entry.dist.name if entry.dist else "",
            entry.dist.version if entry.dist else "",
            entry.value,
        )
        for role in ROLES
        for entry in entry_points(group=f"taleshelf.{role}")
    }
    return tuple(sorted(found, key=lambda one: (ROLES.index(one.role), one.name != EMBEDDED, one.name, one.package)))


def render_examined(examined: Iterable[Examined]) -> str:
    """Return the report as text: a block a role, a line or a few a provider."""
    lines: list[str] = []
    role = ""
    for one in examined:
        if one.role != role:
            role = one.role
            lines += [*([""] if lines else []), role]
        lines.append(f"  {one.name:<12} {'ready' if one.ready else 'not ready'}")
        lines += [f"    {line}" for line in _details(one)]
    return "\n".join(lines) + "\n" if lines else ""


def _details(one: Examined) -> Iterable[str]:
    if one.remark:
        yield f"{one.remark}. {one.hint}".removesuffix(" ")
    if one.found:
        yield f"set: {', '.join(one.found)}"
    if one.missing:
        yield f"not set: {', '.join(one.missing)}"
    for model in one.models:
        yield f"model {model.model} {'lives' if model.alive else 'does not answer'}" + (
            f": {model.remark}" if model.remark else ""
        )
    for cost in one.costs:
        price = render_money(cost.amount) if cost.amount is not None else cost.remark
        yield f"a usual story with {cost.model}: {price}"


def render_providers(installed: Iterable[Installed]) -> str:
    """Return the list of what is installed as text."""
    return "".join(f"{one.role:<13} {one.name:<12} {one.package} {one.version}\n" for one in installed)


def as_json(examined: Iterable[Examined]) -> list[dict[str, object]]:
    """Return the report as JSON values; money in micro-dollars."""
    return [
        {
            "role": one.role,
            "name": one.name,
            "ready": one.ready,
            "installed": one.installed,
            "set": list(one.found),
            "missing": list(one.missing),
            "models": [{"model": m.model, "alive": m.alive, "remark": m.remark} for m in one.models],
            "costs": [{"model": c.model, "micro_dollars": c.amount, "remark": c.remark} for c in one.costs],
            "remark": one.remark,
            "hint": one.hint,
        }
        for one in examined
    ]
