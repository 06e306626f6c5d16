"""A desk that sends every purchase once and keeps nothing: for what an adapter does by itself."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from generator.purchase import Purchase

T = TypeVar("T")


@dataclass
class PlainCall:
    """One attempt."""

    seconds: float
    remote: str = ""
    accepted: list[str] = field(default_factory=list)

    def accept(self, remote: str) -> None:
        self.accepted.append(remote)

    def wait(self, seconds: float) -> None:
        time.sleep(min(seconds, 0.05))


@dataclass
class PlainDesk:
    """Buys without a budget, a ledger or a second try; remembers what was bought."""

    settings: Mapping[str, object] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    remote: str = ""
    bought: list[Purchase[object]] = field(default_factory=list)
    calls: list[PlainCall] = field(default_factory=list)

    def buy(self, purchase: Purchase[T]) -> T:
        self.bought.append(purchase)  # type: ignore[arg-type]
        call = PlainCall(purchase.deadline, self.remote)
        self.calls.append(call)
        return purchase.read(purchase.send(call))
