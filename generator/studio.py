"""The providers a run may use, in order, and how one failure moves to the next.

Providers are found through entry points and imported only when it is their turn, so an offline run loads no SDK and a
third party can ship one as a package. Every list ends in the embedded provider, which needs no key and no network.

An entry point names a callable without arguments, or, if it has `buys = True`, with one: the provider's desk. One that has
`prepare` is told early that it may soon be wanted, so that it can load what takes a while.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Protocol, TypeVar, cast

from generator.errors import ConfigError, Pending, ProviderError, Unavailable
from generator.purchase import Desk
from generator.story import Brief, Clip, Passage, Picture, PicturePrompt, Story

EMBEDDED = "embedded"
P = TypeVar("P")
T = TypeVar("T")


class Writer(Protocol):
    """Writes a whole story."""

    name: str

    def write(self, brief: Brief) -> Story:
        """Return the story a brief asks for. Raises ProviderError."""
        ...


class Illustrator(Protocol):
    """Draws one picture; `processes` says that drawing keeps a core busy and is shared out to worker processes."""

    name: str
    processes: bool

    def draw(self, prompt: PicturePrompt) -> Picture:
        """Return the picture a prompt asks for. Raises ProviderError."""
        ...


class Narrator(Protocol):
    """Speaks one passage."""

    name: str
    languages: tuple[str, ...]

    def speak(self, passage: Passage) -> Clip:
        """Return the sound of a passage. Raises ProviderError."""
        ...


class Moderator(Protocol):
    """Judges ideas, texts and pictures."""

    name: str

    def check(self, text: str, pictures: tuple[bytes, ...] = ()) -> tuple[str, ...]:
        """Return what is wrong, in sentences; nothing for what a child may see. Raises ProviderError."""
        ...


class OpenDesk(Desk, Protocol):
    """A desk that can be closed once its provider has failed."""

    def close(self, error: ProviderError) -> None:
        """Sell nothing more: whatever this provider still makes is of no use."""


Desks = Callable[[str], OpenDesk]  # by the provider's name


@dataclass(frozen=True, slots=True)
class Role:
    """The providers for one job, in the order in which they are asked."""

    name: str  # "writers", "illustrators", "narrators" or "moderators"
    entries: tuple[EntryPoint, ...]

    @property
    def buys(self) -> bool:
        """Whether anybody but the embedded provider may be asked."""
        return any(entry.name != EMBEDDED for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Studio:
    """Everybody who may work on a story."""

    writers: Role
    illustrators: Role
    narrators: Role
    moderators: Role

    @property
    def buys(self) -> bool:
        """Whether a night may cost anything."""
        return self.writers.buys or self.illustrators.buys or self.narrators.buys


def open_studio(
    writers: Sequence[str] = (),
    illustrators: Sequence[str] = (),
    narrators: Sequence[str] = (),
    moderators: Sequence[str] = (),
) -> Studio:
    """Find the named providers without importing them. Raises ConfigError for a name that is not installed."""
    return Studio(
        _open_role("writers", writers, EMBEDDED),
        _open_role("illustrators", illustrators, EMBEDDED),
        _open_role("narrators", narrators, EMBEDDED),
        _open_role("moderators", moderators),
    )


def _open_role(role: str, names: Sequence[str], *last: str) -> Role:
    installed = {entry.name: entry for entry in entry_points(group=f"taleshelf.{role}")}
    for name in names:
        if name not in installed:
            raise ConfigError(
                f"taleshelf.toml: [studio] {role}: there is no {name!r}",
                f"Installed are {', '.join(sorted(installed))}.",
            )
    ordered = dict.fromkeys((*names, *last))
    return Role(role, tuple(installed[name] for name in ordered))


def ask(role: Role, work: Callable[[P], T], note: Callable[[str], None], desks: Desks | None = None) -> T:
    """Return what the first provider delivers that can; `note` hears of every one that could not.

    Raises the last ProviderError when none can, and Pending at once: what is still being made is not made again.
    """
    for turn, entry in enumerate(role.entries, 1):
        desk: OpenDesk | None = None
        try:
            factory = load(entry)
            desk = desks(entry.name) if desks and getattr(factory, "buys", False) else None
            with _installed(entry):
                provider = cast("P", factory(desk) if desk else factory())
            return work(provider)
        except ProviderError as error:
            if desk:
                desk.close(error)
            if turn == len(role.entries) or isinstance(error, Pending):
                raise
            note(f"{role.name}: {entry.name} did not deliver ({error.message}); the next is asked")
    raise AssertionError("a role has at least one provider")


def open_provider(entry: EntryPoint, desks: Callable[[str], Desk]) -> Any:
    """Make the provider an entry point names, at its desk if it buys. Raises Unavailable when it is not installed."""
    factory = load(entry)
    with _installed(entry):
        return factory(desks(entry.name)) if getattr(factory, "buys", False) else factory()


def load(entry: EntryPoint) -> Callable[..., Any]:
    """Import what an entry point names. Raises Unavailable when it, or what it needs, is not installed."""
    collects = gc.isenabled()
    gc.disable()  # the SDKs are thousands of classes that stay: looking for garbage among them is a sixth of the time
    try:
        with _installed(entry):
            return cast("Callable[..., Any]", entry.load())
    finally:
        if collects:
            gc.enable()


@contextmanager
def _installed(entry: EntryPoint) -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise Unavailable(
            f"the package for {entry.name!r} is not installed: {error}",
            "Install what it needs, or take it off the list.",
            provider=entry.name,
        ) from error
