"""A desk for looking around: it makes free calls and sells nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from generator.config import Config
from generator.errors import Ambiguous, BudgetExceeded
from generator.outside import Outside
from generator.purchase import Purchase

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FreeCall:
    """One free call (purchase.Call)."""

    seconds: float
    sleep: Callable[[float], None]
    remote: str = ""

    def accept(self, remote: str) -> None:
        """Refuse: what takes longer than a call is never free."""
        raise Ambiguous(f"the vendor began {remote!r}, which nobody ordered", provider="")

    def wait(self, seconds: float) -> None:
        """Sleep, but no longer than a free call may take."""
        self.sleep(min(seconds, self.seconds))


@dataclass(frozen=True, slots=True)
class FreeDesk:
    """Sends what costs nothing, once, and keeps no record of it (purchase.Desk)."""

    settings: Mapping[str, object]
    environment: Mapping[str, str]
    sleep: Callable[[float], None]

    def buy(self, purchase: Purchase[T]) -> T:
        """Return what a free call answers. Raises BudgetExceeded for any other, and ProviderError."""
        if purchase.units:
            raise BudgetExceeded(f"{purchase.step} would cost something", provider=purchase.provider)
        return purchase.read(purchase.send(FreeCall(purchase.deadline, self.sleep)))


def open_free_desks(config: Config, outside: Outside) -> Callable[[str], FreeDesk]:
    """Return a function that opens the desk of a provider, by its name."""
    return lambda name: FreeDesk(config.providers.get(name, {}), outside.environment, outside.sleep)
