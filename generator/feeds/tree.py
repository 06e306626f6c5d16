"""Elements of a feed: made of texts that XML can hold, and written as bytes. Pure."""

from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import urlsplit

from lxml import etree

from generator.feeds.text import clean_xml

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
SHEET = "feed.xsl"  # for people who open a feed
STYLE = "assets/taleshelf/feed-plain.css"  # the same for browsers that know no XSL any more


def make_root(spaces: Mapping[str, str]) -> etree._Element:
    """Make the element of an RSS feed with these namespaces by their prefix."""
    return etree.Element("rss", {"version": "2.0"}, nsmap=dict(spaces))


def add(parent: etree._Element, name: str, value: str | etree.CDATA = "", /, **attributes: str) -> etree._Element:
    """Add an element; what XML forbids is dropped from its text and its attributes."""
    for key, text in attributes.items():
        attributes[key] = clean_xml(text)
    element = etree.SubElement(parent, name, attributes)
    if value:
        element.text = clean_xml(value) if isinstance(value, str) else value
    return element


def render(root: etree._Element, site_url: str, items: Iterable[str]) -> bytes:
    """Write a feed of these items, given as XML, with what a browser shows of it."""
    base = urlsplit(site_url).path
    for kind, name in (("text/xsl", SHEET), ("text/css", STYLE)):
        root.addprevious(etree.ProcessingInstruction("xml-stylesheet", f'type="{kind}" href="{base}{name}"'))
    head, end, tail = print_tree(root).rpartition(b"  </channel>")
    return b"".join((head, "".join(items).encode(), end, tail))


def print_tree(root: etree._Element) -> bytes:
    """Write a document with its root."""
    return bytes(etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", pretty_print=True))


def print_item(rows: Iterable[str]) -> str:
    """Write an item of elements that are XML already; empty ones are left out."""
    inside = "".join(f"      {row}\n" for row in rows if row)
    return f"    <item>\n{inside}    </item>\n"


def escape_xml(text: str) -> str:
    """Return the text as it may stand in an element or in an attribute."""
    return escape(clean_xml(text))


def write_cdata(html: str) -> str:
    """Enclose HTML whose text is escaped, so that it cannot hold the end of the section."""
    return f"<![CDATA[{clean_xml(html)}]]>"
