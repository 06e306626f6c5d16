"""The providers a run may use, in order, and how one failure moves to the next.

Providers are found through entry points and imported only when it is their turn, so an offline run loads no SDK and a
third party can ship one as a package. Every list ends in the embedded provider, which needs no key and no network.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol, TypeVar, cast

from generator.errors import ConfigError, ProviderError, Unavailable
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


@dataclass(frozen=True, slots=True)
class Role:
    """The providers for one job, in the order in which they are asked."""

    name: str  # "writers", "illustrators" or "narrators"
    entries: tuple[EntryPoint, ...]


@dataclass(frozen=True, slots=True)
class Studio:
    """Everybody who may work on a story."""

    writers: Role
    illustrators: Role
    narrators: Role


def open_studio(writers: Sequence[str], illustrators: Sequence[str], narrators: Sequence[str]) -> Studio:
    """Find the named providers without importing them. Raises ConfigError for a name that is not installed."""
    return Studio(
        _open_role("writers", writers), _open_role("illustrators", illustrators), _open_role("narrators", narrators)
    )


def _open_role(role: str, names: Sequence[str]) -> Role:
    installed = {entry.name: entry for entry in entry_points(group=f"taleshelf.{role}")}
    for name in names:
        if name not in installed:
            raise ConfigError(
                f"taleshelf.toml: [studio] {role}: there is no {name!r}",
                f"Installed are {', '.join(sorted(installed))}.",
            )
    ordered = dict.fromkeys((*names, EMBEDDED))
    return Role(role, tuple(installed[name] for name in ordered))


def ask(role: Role, work: Callable[[P], T], note: Callable[[str], None]) -> T:
    """Return what the first provider delivers that can; `note` hears of every one that could not.

    Raises the last ProviderError when none can.
    """
    for turn, entry in enumerate(role.entries, 1):
        try:
            return work(cast("P", _load(entry)()))
        except ProviderError as error:
            if turn == len(role.entries):
                raise
            note(f"{role.name}: {entry.name} did not deliver ({error.message}); the next is asked")
    raise AssertionError("a role has at least one provider")


def _load(entry: EntryPoint) -> Callable[[], object]:
    try:
        return cast("Callable[[], object]", entry.load())
    except ImportError as error:
        raise Unavailable(
            f"the package for {entry.name!r} is not installed: {error}",
            "Install what it needs, or take it off the list.",
            provider=entry.name,
        ) from error
