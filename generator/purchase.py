"""What a provider asks to be bought, and what it may use of the house. Values and protocols, without I/O.

A provider never calls its vendor's paid API by itself: it describes the call as a Purchase and hands it to its desk. The
desk reserves the money, writes down durably that the call is about to be made, sends it, keeps the reply where a later
run finds it, and decides by the class of the error whether it is sent once more. Money is counted in micro-dollars
(millionths of a US dollar, int).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a vendor answered, as it came."""

    body: bytes
    kind: str  # what the bytes are: "json", "png", "pcm" ...; a-z and 0-9
    units: Mapping[str, float] = field(default_factory=dict)  # what is billed, by the names of the price table
    model: str = ""  # the model that answered, where the vendor says so


class Call(Protocol):
    """One attempt at a purchase, as its `send` sees it."""

    @property
    def remote(self) -> str:
        """The vendor's id of this request when an earlier attempt was accepted and not finished; else empty."""

    @property
    def seconds(self) -> float:
        """What is left of the deadline, more than 0."""

    def accept(self, remote: str) -> None:
        """Write down durably under which id the vendor works on the request; a later run asks for it again."""

    def wait(self, seconds: float) -> None:
        """Sleep, but no longer than to the deadline and no longer than the run lasts."""


@dataclass(frozen=True, slots=True)
class Purchase(Generic[T]):
    """One call of a paid (or metered) API.

    `send` makes the call once, without retries of its own, and raises a ProviderError; it runs in a thread of its own
    that is left behind at the deadline. `read` turns the reply into a value, or raises BadReply or Refused; it is pure,
    and is asked again when a later run finds the reply.
    """

    step: str  # the asset: "write-1", "cover", "scene-2", "narrate-3"; a-z, 0-9 and hyphens
    provider: str
    model: str
    request: Mapping[str, object]  # JSON values: everything the reply depends on
    units: Mapping[str, float]  # the most that can be billed, by the names of the price table; empty for a free call
    deadline: float  # seconds of wall clock for one attempt
    send: Callable[[Call], Reply]
    read: Callable[[Reply], T]
    again: bool = (
        True  # whether an unusable reply is worth the same request once more; a writer asks for a repair instead
    )


class Desk(Protocol):
    """What a provider may use of the house."""

    @property
    def settings(self) -> Mapping[str, object]:
        """The provider's own table of taleshelf.toml."""

    @property
    def environment(self) -> Mapping[str, str]:
        """The variables of the process; an SDK reads its keys by itself."""

    def buy(self, purchase: Purchase[T]) -> T:
        """Return what the purchase reads from its reply, paying at most once for it. Raises ProviderError."""


@dataclass(frozen=True, slots=True)
class Health:
    """What a provider's free calls tell about one model."""

    model: str
    alive: bool
    remark: str = ""  # "is shut down on 2027-01-06"


@dataclass(frozen=True, slots=True)
class VoiceCard:
    """A voice a narrator can be asked for."""

    name: str  # as written in a card or in taleshelf.toml
    language: str  # "en-US"; empty where it speaks any
    remark: str = ""  # "female, neural and generative"
