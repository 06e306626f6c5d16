"""What calls of the vendors' APIs cost: a dated table in the repository, and what an owner puts in its place. Pure.

Money is counted in micro-dollars (int), rounded up. The table is in US dollars: tokens and characters for a million of
them, pictures and seconds of sound each.
"""

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from typing import Any

from generator.errors import BudgetExceeded, ConfigError

BY_THE_MILLION = frozenset({"input_tokens", "output_tokens", "characters"})
UNITS = BY_THE_MILLION | {"images", "seconds"}
MILLION = Decimal(1_000_000)

# What may follow the name of a row in the name of a model: a date, a version, a digest, "latest"; not another model's name.
_SNAPSHOT = re.compile(r"(-\d{4}-\d\d-\d\d|-\d{8}|-latest)?(-v\d+)?(:[\w.]+){0,2}")
_REGION = re.compile(r"^(?:us-gov|us|eu|apac|ap|jp|au|ca|sa|global)\.")

Row = Mapping[str, Decimal]  # unit -> US dollars


@dataclass(frozen=True, slots=True)
class Prices:
    """The prices of every model that has a row."""

    as_of: date
    sources: Mapping[str, str]  # provider -> where its rows were read, and when
    rows: Mapping[str, Mapping[str, Row]]  # provider -> name of a model or of the family it is a snapshot of

    def cost(self, provider: str, model: str, units: Mapping[str, float]) -> int:
        """Return what so many units cost. Raises BudgetExceeded for a model of which none of them has a price.

        A unit that the row does not name is not billed; nor is what is no count (not a number, or below 0).
        """
        row = self.find(provider, model)
        if units and not row.keys() & units.keys():
            raise BudgetExceeded(
                f"nobody knows what {model!r} costs",
                f'Add its price under [prices.{provider}] in taleshelf.toml: "{model}" = {{ {min(units)} = ... }}',
                provider=provider,
            )
        counts = {unit: count for unit, count in units.items() if math.isfinite(count) and count > 0 and unit in row}
        million = {unit: 1 if unit in BY_THE_MILLION else MILLION for unit in counts}
        return math.ceil(sum(Decimal(count) * row[unit] * million[unit] for unit, count in counts.items()))

    def find(self, provider: str, model: str) -> Row:
        """Return the row of a model: its own, else that of the family it is a snapshot of, in its region or in any.

        Empty where there is none.
        """
        rows = self.rows.get(provider, {})
        name = model.rpartition("/")[2] if model.startswith("arn:") else model
        for one in (name, _REGION.sub("", name, count=1)):
            fits = [row for row in rows if one.startswith(row) and _SNAPSHOT.fullmatch(one, len(row))]
            if fits:
                return rows[max(fits, key=len)]
        return {}


def load_prices(overrides: Mapping[str, Any] | None = None) -> Prices:
    """Return the table with an owner's rows ([prices] of taleshelf.toml) in their places. Raises ConfigError."""
    table = _read_table()
    rows = dict(table.rows)
    for provider, models in (overrides or {}).items():
        if not isinstance(models, Mapping):
            raise ConfigError(f"taleshelf.toml: [prices] {provider}: not a table", "Write [prices.openai] above rows.")
        new = {str(name): _read_row(f"[prices.{provider}] {name!r}", row) for name, row in models.items()}
        rows[provider] = {**rows.get(provider, {}), **new}
    return Prices(table.as_of, table.sources, rows)


@cache
def _read_table() -> Prices:
    text = files("generator.money").joinpath("prices.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text, parse_float=Decimal)
    as_of = table.pop("as_of")
    sources = {provider: f"{part['source']} ({part['read']})" for provider, part in table.items()}
    rows = {
        provider: {name: _read_row(f"prices.toml: {name!r}", row) for name, row in part["models"].items()}
        for provider, part in table.items()
    }
    return Prices(as_of, sources, rows)


def _read_row(where: str, row: object) -> Row:
    """Read the prices of a model. Raises ConfigError."""
    if not isinstance(row, Mapping) or not row or row.keys() - UNITS:
        raise ConfigError(f"taleshelf.toml: {where}: not a price", f"Give US dollars for {', '.join(sorted(UNITS))}.")
    return {str(unit): _read_dollars(f"{where} {unit}", amount) for unit, amount in row.items()}


def _read_dollars(where: str, amount: object) -> Decimal:
    try:
        dollars = Decimal("nan") if isinstance(amount, bool) else Decimal(str(amount))
    except InvalidOperation:
        dollars = Decimal("nan")
    if not dollars.is_finite() or dollars < 0:
        raise ConfigError(f"taleshelf.toml: {where}: {amount!r} is not an amount", "Write US dollars, as 0.25.")
    return dollars
