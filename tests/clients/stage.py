"""Where the clients play: an archive, its site as nginx serves it, and a home for each of them."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.site.build import build_site
from tests.clients.archive import Archive, write_archive
from tests.clients.nginx import Server, plan_server, serving
from tests.clients.processes import Failed
from tests.clients.tools import Tools
from tests.clients.truth import Episode, Row, compare, tell_episodes

Step = tuple[str, Callable[[], str]]  # what is shown, and what shows it: it returns the figures or raises Failed


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything a client may use."""

    folder: Path
    archive: Archive
    server: Server
    tools: Tools

    @property
    def feed(self) -> str:
        """The address of the feed of all stories."""
        return f"{self.server.site_url}podcast.xml"

    @property
    def site(self) -> Path:
        """The folder of the built site."""
        return self.archive.root / "site"

    @property
    def players(self) -> Path:
        """The folder of pages that are shown beside the site."""
        return self.folder / "players"

    def episodes(self, media_url: str = "") -> list[Episode]:
        """Return what the feed must say of the stories."""
        return tell_episodes(self.archive, media_url)

    def home(self, name: str) -> Path:
        """Return the home of a client; it is made when it is not there."""
        home = self.folder / "homes" / name
        home.mkdir(parents=True, exist_ok=True)
        return home

    def build(self) -> None:
        """Build the site on top of what is there."""
        build_site(self.archive.settings, cache=self.folder / "cache")


@dataclass(frozen=True, slots=True)
class Check:
    """A row of the table."""

    client: str
    what: str
    said: str  # the figures, or what is wrong
    good: bool
    seconds: float

    def __str__(self) -> str:
        return f"{'ok  ' if self.good else 'FAIL'} {self.client:<17} {self.seconds:6.1f} s  {self.what}: {self.said}"


@contextmanager
def setting(folder: Path, tools: Tools) -> Iterator[Stage]:
    """Write an archive, build its site and serve it."""
    server = plan_server(folder / "nginx")
    stage = Stage(folder, write_archive(folder / "archive", server.site_url), server, tools)
    stage.build()
    stage.players.mkdir()
    with serving(server, stage.site, stage.players):
        yield stage


def play(client: str, steps: Iterator[Step]) -> Iterator[Check]:
    """Play the steps of a client. The one that fails is its last, for the others build on it."""
    for what, step in steps:
        started = time.monotonic()
        try:
            said, good = step(), True
        except (Failed, OSError, ValueError, KeyError) as error:
            said, good = f"{error}" if isinstance(error, Failed) else f"{type(error).__name__}: {error}", False
        yield Check(client, what, said, good, time.monotonic() - started)
        if not good:
            return


def agree(told: Iterable[Episode], rows: Sequence[Row]) -> str:
    """Compare all that a client says of the stories with what they are, and say how much that was."""
    check_all(compare((episode.row for episode in told), rows))
    return f"{len(rows)} stories, {len(rows[0])} fields each"


def check_all(problems: list[str]) -> None:
    """Raise Failed when there are problems."""
    if problems:
        raise Failed("; ".join(problems))
