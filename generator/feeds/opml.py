"""feeds.opml: all feeds in one file that every podcast app and feed reader can take in. Pure."""

from collections.abc import Iterable

from lxml import etree

from generator.feeds.channel import Channel
from generator.feeds.tree import add, print_tree


def render_opml(title: str, feeds: Iterable[tuple[str, Channel]]) -> bytes:
    """Write the feeds, each given with its address."""
    root = etree.Element("opml", {"version": "2.0"})
    add(etree.SubElement(root, "head"), "title", title)
    body = etree.SubElement(root, "body")
    for url, channel in feeds:
        names = {"text": channel.title, "title": channel.title, "description": channel.about}
        add(body, "outline", type="rss", **names, xmlUrl=url, htmlUrl=channel.link, language=channel.language)
    return print_tree(root)
