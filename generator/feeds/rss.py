"""podcast.xml: RSS 2.0 with the tags of Apple and of the podcast namespace, one page of it at a time. Pure."""

from functools import partial
from typing import Any

from lxml import etree

from generator.feeds.channel import Channel
from generator.feeds.episode import Episode
from generator.feeds.paging import Sheet
from generator.feeds.text import clean_xml
from generator.feeds.tree import ATOM, CONTENT, ITUNES, PODCAST, add, make_root, render

GENERATOR = "Taleshelf"
SEASON = "Nights of {0}"


def render_podcast(channel: Channel, sheet: Sheet[Episode]) -> bytes:
    """Write one page of a podcast's feed."""
    root = make_root({"itunes": ITUNES, "podcast": PODCAST, "atom": ATOM, "content": CONTENT})
    top = etree.SubElement(root, "channel")
    add_head(top, channel, sheet, sheet.items[0].date if sheet.items else "")
    _add_apple(top, channel)
    _add_podcast(top, channel)
    for episode in sheet.items:
        _add_item(top, episode, channel)
    return render(root, channel.root)


def add_head(top: etree._Element, channel: Channel, sheet: Sheet[Any], newest: str) -> None:
    """Add what every RSS feed says of itself, and where its other pages are."""
    add(top, "title", channel.title)
    add(top, "link", channel.link)
    add(top, "description", channel.about)
    add(top, "language", channel.language)
    add(top, "generator", GENERATOR)
    if newest:
        add(top, "lastBuildDate", newest)
    if channel.told.copyright:
        add(top, "copyright", channel.told.copyright)
    link = partial(add, top, f"{{{ATOM}}}link", type="application/rss+xml")
    link(rel="self", href=channel.root + sheet.path)
    pages = (
        ("first", sheet.last and sheet.first),
        ("prev", sheet.previous),
        ("next", sheet.next),
        ("last", sheet.last),
    )
    for name, path in pages:
        if path:
            link(rel=name, href=channel.root + path)
    if channel.told.hub:
        add(top, f"{{{ATOM}}}link", rel="hub", href=channel.told.hub)
    image = etree.SubElement(top, "image")
    add(image, "url", channel.cover)
    add(image, "title", channel.title)
    add(image, "link", channel.link)


def _add_apple(top: etree._Element, channel: Channel) -> None:
    told = channel.told
    apple = partial(_add_in, ITUNES, top)
    apple("image", href=channel.cover)
    for category in channel.categories:
        outer = apple("category", text=category.name)
        if category.inner:
            _add_in(ITUNES, outer, "category", text=category.inner)
    apple("explicit", "true" if told.explicit else "false")
    apple("author", channel.author)
    apple("type", "episodic")
    if channel.email:
        owner = apple("owner")
        _add_in(ITUNES, owner, "name", channel.owner)
        _add_in(ITUNES, owner, "email", channel.email)
    if channel.moved_to:
        apple("new-feed-url", channel.moved_to)


def _add_podcast(top: etree._Element, channel: Channel) -> None:
    told = channel.told
    tag = partial(_add_in, PODCAST, top)
    tag("guid", channel.guid)
    tag("medium", "podcast")
    tag("txt", "true", purpose="ai-content")
    if told.verify:
        tag("txt", told.verify, purpose="verify")
    if told.apple_verify:
        tag("txt", told.apple_verify, purpose="applepodcastsverify")
    if channel.email:
        tag("locked", "yes" if told.locked else "no", owner=channel.email)
    if told.license:
        tag("license", told.license, **({"url": told.license_url} if told.license_url else {}))
    if told.funding_url:
        tag("funding", told.funding or told.funding_url, url=told.funding_url)
    if channel.nightly and told.frequency:
        tag("updateFrequency", told.frequency, **({"rrule": told.rrule} if told.rrule else {}))


def _add_item(top: etree._Element, episode: Episode, channel: Channel) -> None:
    item = etree.SubElement(top, "item")
    add(item, "title", episode.title)
    add(item, "link", episode.url)
    add(item, "guid", episode.guid, isPermaLink="false")
    add(item, "pubDate", episode.date)
    add(item, "description", etree.CDATA(clean_xml(episode.about)))
    add(item, f"{{{CONTENT}}}encoded", etree.CDATA(clean_xml(episode.notes)))
    add(item, "enclosure", url=episode.sound, length=str(episode.size), type="audio/mpeg")
    apple = partial(_add_in, ITUNES, item)
    apple("title", episode.title)
    apple("duration", str(episode.seconds))
    apple("explicit", "true" if channel.told.explicit else "false")
    apple("author", channel.author)
    if episode.art:
        apple("image", href=episode.art)
    apple("season", str(episode.season))
    if episode.number:
        apple("episode", str(episode.number))
    apple("episodeType", "full" if episode.number else "bonus")
    _add_item_podcast(item, episode)


def _add_item_podcast(item: etree._Element, episode: Episode) -> None:
    tag = partial(_add_in, PODCAST, item)
    tag("season", str(episode.season), name=SEASON.format(episode.season))
    if episode.number:
        tag("episode", str(episode.number), display=episode.night)
    if episode.transcript:
        tag("transcript", url=episode.transcript, type="text/vtt")
        tag("transcript", url=episode.transcript_page, type="text/html")
    if episode.chapters:
        tag("chapters", url=episode.chapters, type="application/json+chapters")
    if episode.bite:
        tag("soundbite", startTime=f"{episode.bite[0]:.1f}", duration=f"{episode.bite[1]:.1f}")
    for maker in episode.makers:
        tag("person", maker.name, group=maker.group, role=maker.role)
    if episode.art:
        tag("image", href=episode.art, alt=episode.art_alt, **{"aspect-ratio": "1/1"}, width="1400", type="image/jpeg")
    tag("txt", "true", purpose="ai-content")


def _add_in(space: str, parent: etree._Element, name: str, value: str = "", /, **attributes: str) -> etree._Element:
    return add(parent, f"{{{space}}}{name}", value, **attributes)
