"""feed.xsl: what a browser shows to a person who opens a feed. Pure."""

from importlib.resources import files
from urllib.parse import urlsplit

from generator.feeds.tree import escape_xml


def render_sheet(site_url: str) -> str:
    """Write the style sheet of all feeds of a site: its addresses are those of the site, without its host."""
    text = (files("generator") / "feeds" / "feed.xsl").read_text("utf-8")
    return text.replace("/BASE/", escape_xml(urlsplit(site_url).path)).replace("ROOT", escape_xml(site_url))
