"""feed.xml: every story to read, also those that nobody has read aloud yet. The newest stand in it with all their words. Pure."""

from lxml import etree

from generator.feeds.channel import Channel
from generator.feeds.paging import Sheet
from generator.feeds.post import Post
from generator.feeds.rss import add_head
from generator.feeds.text import clean_xml
from generator.feeds.tree import ATOM, CONTENT, add, make_root, render

DC = "http://purl.org/dc/elements/1.1/"


def render_text_feed(channel: Channel, sheet: Sheet[Post]) -> bytes:
    """Write one page of the feed for reading."""
    root = make_root({"atom": ATOM, "content": CONTENT, "dc": DC})
    top = etree.SubElement(root, "channel")
    add_head(top, channel, sheet, sheet.items[0].date if sheet.items else "")
    for post in sheet.items:
        item = etree.SubElement(top, "item")
        add(item, "title", post.title)
        add(item, "link", post.url)
        add(item, "guid", post.guid, isPermaLink="false")
        add(item, "pubDate", post.date)
        add(item, "description", etree.CDATA(clean_xml(post.about)))
        if post.words:
            add(item, f"{{{CONTENT}}}encoded", etree.CDATA(clean_xml(post.words)))
        for tag in post.tags:
            add(item, "category", tag)
        if post.author:
            add(item, f"{{{DC}}}creator", post.author)
    return render(root, channel.root)
