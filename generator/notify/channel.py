"""What a channel is: it tells a bulletin, and says how that went."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from generator.notify.bulletin import Bulletin


class Fate(StrEnum):
    """How it went."""

    TOLD = "told"
    LATER = "later"  # it surely did not arrive; a later run tries again
    DOUBT = "doubt"  # it may have arrived
    REFUSED = "refused"  # it did not arrive, and never will


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went with a channel."""

    fate: Fate
    why: str = ""  # in a few words, without a secret or an address
    left: tuple[str, ...] = ()  # the tags of those who are to be told again; empty means everybody
    act: bool = False  # whether another try is of no use until a person changes something


class Channel(Protocol):
    """One way of telling. What is in doubt of a harmless one is told again."""

    @property
    def name(self) -> str:
        """What it is called in the settings."""
        ...

    @property
    def harmless(self) -> bool:
        """Whether telling twice does no harm."""
        ...

    def tell(self, bulletin: Bulletin, left: tuple[str, ...]) -> Outcome:
        """Tell everybody, or those who are left. Raises nothing that has to do with the channel."""
        ...
