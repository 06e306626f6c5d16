"""What was seen -> what an owner should know. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from generator.delivery.pages import LIMIT, SHARE
from generator.forge.host import Host
from generator.forge.letters import (
    Finding,
    write_feed,
    write_quiet,
    write_recording,
    write_size,
    write_story,
)
from generator.forge.site import Seen

KINDS = ("story", "feed", "recording", "site", "repository", "quiet")
DISABLED = timedelta(days=60)  # without a commit, after which GitHub disables schedules
QUIET = timedelta(days=45)  # after which an owner is warned
LARGE = 5 * 10**9  # bytes of a repository that GitHub recommends not to go beyond


@dataclass(frozen=True, slots=True)
class Watched:
    """What the watchdog knows."""

    moment: datetime  # in the archive's zone
    by: time
    seen: Seen
    down: frozenset[date] = frozenset()  # nights whose stories were taken down
    host: Host = field(default_factory=Host)
    home: str = ""  # the address of the repository; empty without GitHub
    size: int | None = None  # bytes of the site; None when there is no limit on it
    pages: bool = True  # whether it is GitHub Pages that publishes
    commit: datetime | None = None  # the last one
    review: bool = False  # whether stories wait for their owner's word

    @property
    def due(self) -> date:
        """The night whose story has to be there by now."""
        today = self.moment.date()
        return today if self.moment.time() >= self.by else today - timedelta(days=1)


def list_findings(watched: Watched) -> Iterator[Finding]:
    """Yield what is wrong, at most one of each kind."""
    seen = watched.seen
    told = {one.night for one in seen.nights}
    if seen.silent or watched.due not in told | watched.down:
        yield write_story(
            watched.due, watched.by, watched.moment, seen, watched.host, watched.home, review=watched.review
        )
    if seen.faults:
        yield write_feed(seen)
    if seen.fault:
        yield write_recording(seen)
    if watched.size is not None and (band := find_band(watched.size, LIMIT)):
        yield write_size("site", watched.size, LIMIT, band)
    large = LIMIT if watched.pages else LARGE
    if watched.host.repository and (band := find_band(watched.host.repository, large)):
        yield write_size("repository", watched.host.repository, large, band)
    if watched.commit and watched.moment - watched.commit >= QUIET:
        yield write_quiet(watched.commit, (watched.commit + DISABLED).astimezone(watched.moment.tzinfo), watched.moment)


def list_looked(watched: Watched) -> frozenset[str]:
    """Return the kinds of findings that would have been found: what nobody could look at is not healed."""
    unseen = {
        "feed": watched.seen.silent,
        "recording": watched.seen.silent or not watched.seen.recording,
        "site": watched.size is None,
        "repository": watched.host.repository is None,
        "quiet": watched.commit is None,
    }
    return frozenset(kind for kind in KINDS if not unseen.get(kind))


def find_band(size: int, limit: int) -> int:
    """Return the tenth of a limit that is reached, in percent; 0 below the share from which on an owner is warned."""
    return min(size * 10 // limit * 10, 100) if size >= limit * SHARE else 0
