"""What the page to subscribe on offers: a link for each app, the address, a code to scan, and all other feeds. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from generator.feeds.qr import Code, make_code
from generator.feeds.shows import Show
from generator.feeds.text import clean_line

PAGE = "subscribe/index.md"
TEXT, JSON, OPML = "feed.xml", "feed.json", "feeds.opml"


@dataclass(frozen=True, slots=True)
class App:
    """A podcast app and the link that opens it."""

    name: str
    where: str  # it runs
    url: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A feed that can be subscribed to."""

    name: str
    about: str
    url: str  # under the site


@dataclass(frozen=True, slots=True)
class Subscription:
    """Everything on the page."""

    url: str  # the whole address of the podcast
    apps: tuple[App, ...]
    code: Code
    podcasts: tuple[Offer, ...]  # but for that of all stories
    texts: tuple[Offer, ...]


def make_offers(shows: Iterable[Show]) -> tuple[Offer, ...]:
    """Make the offers of all podcasts but that of all stories."""
    return tuple(Offer(show.name, clean_line(show.about), show.path) for show in shows if not show.whole)


def make_subscription(url: str, podcasts: tuple[Offer, ...]) -> Subscription:
    """Make the page of a podcast at this address, and of others beside it."""
    return Subscription(url, list_apps(url), make_code(url), podcasts, TEXTS)


TEXTS = (
    Offer(
        "RSS", "Every story with all its words, for any feed reader; also stories that nobody has read aloud yet.", TEXT
    ),
    Offer("JSON Feed", "The same as JSON Feed 1.1.", JSON),
    Offer("OPML", "All feeds of this site in one file, to take into an app at once.", OPML),
)


def list_apps(url: str) -> tuple[App, ...]:
    """Return the apps that can be opened at a feed. Those without a scheme of their own take the address."""
    bare = url.partition("://")[2]
    return (
        App("Apple Podcasts", "iPhone, iPad, Mac", f"podcast://{bare}"),
        App("Overcast", "iPhone, iPad", f"overcast://x-callback-url/add?url={quote(url, safe='')}"),
        App("Pocket Casts", "everywhere", f"pktc://subscribe/{bare}"),
        App("AntennaPod", "Android", f"antennapod-subscribe://{bare}"),
    )
