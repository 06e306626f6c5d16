"""Directories that look at a feed when they are told that it changed: WebSub and the Podcast Index."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from generator.notify.bulletin import Bulletin
from generator.notify.channel import Fate, Outcome
from generator.notify.post import send
from generator.notify.settings import PODCAST_INDEX, WEBSUB


@dataclass(frozen=True, slots=True)
class WebSub:
    """A hub that hands the feeds on to those who listen there."""

    hub: str
    name: str = WEBSUB
    harmless: bool = True

    def tell(self, bulletin: Bulletin, left: tuple[str, ...]) -> Outcome:
        """Name every feed that has changed, one in each request: not every hub takes more."""
        failed: list[str] = []
        worst = Outcome(Fate.TOLD)
        for feed in left or bulletin.feeds:
            body = urlencode({"hub.mode": "publish", "hub.url": feed}).encode()
            done = send(self.hub, "POST", body, {"Content-Type": "application/x-www-form-urlencoded"})
            if done.fate is not Fate.TOLD:
                failed.append(feed)
                worst = done
        return replace(worst, left=tuple(failed))


@dataclass(frozen=True, slots=True)
class PodcastIndex:
    """The Podcast Index, which asks for no key."""

    address: str
    name: str = PODCAST_INDEX
    harmless: bool = True

    def tell(self, bulletin: Bulletin, left: tuple[str, ...]) -> Outcome:  # noqa: ARG002
        """Name the podcast, if it has changed."""
        if not bulletin.podcast:
            return Outcome(Fate.TOLD)
        mark = "&" if "?" in self.address else "?"
        return send(f"{self.address}{mark}{urlencode({'url': bulletin.podcast})}", "GET")
