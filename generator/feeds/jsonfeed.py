"""feed.json: the feed for reading as JSON Feed 1.1. Pure."""

import json

from generator.feeds.channel import Channel
from generator.feeds.paging import Sheet
from generator.feeds.post import Post

VERSION = "https://jsonfeed.org/version/1.1"


def render_json_feed(channel: Channel, sheet: Sheet[Post]) -> bytes:
    """Write one page of the feed."""
    feed: dict[str, object] = {
        "version": VERSION,
        "title": channel.title,
        "home_page_url": channel.link,
        "feed_url": channel.root + sheet.path,
        "description": channel.about,
        "icon": channel.cover,
        "language": channel.language,
        "authors": [{"name": channel.author, "url": channel.root}],
    }
    if sheet.next:
        feed["next_url"] = channel.root + sheet.next
    if channel.told.hub:
        feed["hubs"] = [{"type": "WebSub", "url": channel.told.hub}]
    feed["items"] = [_make_item(post) for post in sheet.items]
    return (json.dumps(feed, ensure_ascii=False) + "\n").encode()


def _make_item(post: Post) -> dict[str, object]:
    item: dict[str, object] = {
        "id": post.guid,
        "url": post.url,
        "title": post.title,
        **({"content_html": post.words} if post.words else {"content_text": post.about}),
        "summary": post.about,
        "image": post.picture,
        "date_published": post.moment,
        "authors": [{"name": post.author}] if post.author else [],
        "tags": list(post.tags),
        "language": post.language,
    }
    if post.sound:
        sound = {"url": post.sound, "mime_type": "audio/mpeg", "size_in_bytes": post.size}
        item["attachments"] = [sound | {"duration_in_seconds": post.seconds}]
    return {key: value for key, value in item.items() if value}
