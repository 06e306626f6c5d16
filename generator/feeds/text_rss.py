"""feed.xml: every story to read, also those that nobody has read aloud yet. The newest stand in it with all their words. Pure."""

from lxml import etree

from generator.feeds.channel import Channel
from generator.feeds.paging import Sheet
from generator.feeds.post import Post
from generator.feeds.rss import add_head
from generator.feeds.tree import ATOM, CONTENT, escape_xml, make_root, print_item, render, write_cdata

DC = "http://purl.org/dc/elements/1.1/"


def render_text_feed(channel: Channel, sheet: Sheet[Post]) -> bytes:
    """Write one page of the feed for reading."""
    root = make_root({"atom": ATOM, "content": CONTENT, "dc": DC})
    top = etree.SubElement(root, "channel")
    add_head(top, channel, sheet, sheet.items[0].date if sheet.items else "")
    return render(root, channel.root, map(_print_item, sheet.items))


def _print_item(post: Post) -> str:
    rows = [
        f"<title>{escape_xml(post.title)}</title>",
        f"<link>{escape_xml(post.url)}</link>",
        f'<guid isPermaLink="false">{escape_xml(post.guid)}</guid>',
        f"<pubDate>{post.date}</pubDate>",
        f"<description>{escape_xml(post.about)}</description>",
        post.words and f"<content:encoded>{write_cdata(post.words)}</content:encoded>",
        *(f"<category>{escape_xml(tag)}</category>" for tag in post.tags),
        post.author and f"<dc:creator>{escape_xml(post.author)}</dc:creator>",
    ]
    return print_item(rows)
