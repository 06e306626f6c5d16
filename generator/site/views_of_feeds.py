"""The page to subscribe on. Pure."""

from dataclasses import replace

from generator.feeds.outlet import PODCAST, Outlet
from generator.feeds.shows import make_shows
from generator.feeds.subscribe import TEXTS, make_offers, make_subscription
from generator.site.leaves import Leaf, digest
from generator.site.shelf import Shelf
from generator.site.view import View

ABOUT = "Every story by itself, in a podcast app or a feed reader."


def make_subscribe_leaf(outlet: Outlet, shelf: Shelf) -> Leaf:
    """Make the leaf of the page, whose code to scan is drawn only when it is printed."""
    url, podcasts = outlet.url + PODCAST, make_offers(make_shows(outlet, shelf))
    view = View("subscribe.html", "Subscribe", "Subscribe", ABOUT)
    return Leaf(
        digest("subscribe", url, repr(podcasts), repr(TEXTS)),
        "",
        lambda: replace(view, subscription=make_subscription(url, podcasts)),
    )
