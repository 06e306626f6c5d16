"""Elements of a feed: made of texts that XML can hold, and written as bytes. Pure."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from lxml import etree

from generator.feeds.text import clean_xml

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
SHEET = "feed.xsl"  # for people who open a feed


def make_root(spaces: Mapping[str, str]) -> etree._Element:
    """Make the element of an RSS feed with these namespaces by their prefix."""
    return etree.Element("rss", {"version": "2.0"}, nsmap=dict(spaces))


def add(parent: etree._Element, name: str, value: str | etree.CDATA = "", /, **attributes: str) -> etree._Element:
    """Add an element; what XML forbids is dropped from its text and its attributes."""
    element = etree.SubElement(parent, name, {key: clean_xml(text) for key, text in attributes.items()})
    if value:
        element.text = clean_xml(value) if isinstance(value, str) else value
    return element


def render(root: etree._Element, site_url: str) -> bytes:
    """Write a feed, with the page that a browser shows of it."""
    href = f"{urlsplit(site_url).path}{SHEET}"
    root.addprevious(etree.ProcessingInstruction("xml-stylesheet", f'type="text/xsl" href="{href}"'))
    return print_tree(root)


def print_tree(root: etree._Element) -> bytes:
    """Write a document with its root."""
    return bytes(etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", pretty_print=True))
