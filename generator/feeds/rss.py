"""podcast.xml: RSS 2.0 with the tags of Apple and of the podcast namespace, one page of it at a time. Pure."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from lxml import etree

from generator.feeds.channel import Channel
from generator.feeds.episode import Episode
from generator.feeds.paging import Sheet
from generator.feeds.tree import (
    ATOM,
    CONTENT,
    ITUNES,
    PODCAST,
    add,
    escape_xml,
    make_root,
    print_item,
    render,
    write_cdata,
)

GENERATOR = "Taleshelf"
SEASON = "Nights of {0}"


def render_podcast(channel: Channel, sheet: Sheet[Episode]) -> bytes:
    """Write one page of a podcast's feed."""
    root = make_root({"itunes": ITUNES, "podcast": PODCAST, "atom": ATOM, "content": CONTENT})
    top = etree.SubElement(root, "channel")
    add_head(top, channel, sheet, sheet.items[0].date if sheet.items else "")
    _add_apple(top, channel)
    _add_podcast(top, channel)
    return render(root, channel.root, (_print_item(episode, channel) for episode in sheet.items))


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


def _add_in(space: str, parent: etree._Element, name: str, value: str = "", /, **attributes: str) -> etree._Element:
    return add(parent, f"{{{space}}}{name}", value, **attributes)


def _print_item(episode: Episode, channel: Channel) -> str:
    """Write an item as text, which is many times faster than making elements of it."""
    title, season, art = escape_xml(episode.title), episode.season, escape_xml(episode.art)
    here, number = escape_xml(episode.url), episode.number
    explicit = "true" if channel.told.explicit else "false"
    rows = [
        f"<title>{title}</title>",
        f"<link>{here}</link>",
        f'<guid isPermaLink="false">{escape_xml(episode.guid)}</guid>',
        f"<pubDate>{episode.date}</pubDate>",
        f"<description>{write_cdata(episode.about)}</description>",
        f"<content:encoded>{write_cdata(episode.notes)}</content:encoded>",
        f'<enclosure url="{escape_xml(episode.sound)}" length="{episode.size}" type="audio/mpeg"/>',
        f"<itunes:title>{title}</itunes:title>",
        f"<itunes:duration>{episode.seconds}</itunes:duration>",
        f"<itunes:explicit>{explicit}</itunes:explicit>",
        f"<itunes:author>{escape_xml(channel.author)}</itunes:author>",
        art and f'<itunes:image href="{art}"/>',
        f"<itunes:season>{season}</itunes:season>",
        f"<itunes:episode>{number}</itunes:episode>" if number else "",
        f"<itunes:episodeType>{'full' if number else 'bonus'}</itunes:episodeType>",
        f'<podcast:season name="{SEASON.format(season)}">{season}</podcast:season>',
        f'<podcast:episode display="{episode.night}">{number}</podcast:episode>' if number else "",
        *_print_companions(episode),
        *(
            f'<podcast:person group="{maker.group}" role="{maker.role}">{escape_xml(maker.name)}</podcast:person>'
            for maker in episode.makers
        ),
        art and _print_image(art, escape_xml(episode.art_alt), episode.art_side),
        '<podcast:txt purpose="ai-content">true</podcast:txt>',
    ]
    return print_item(rows)


def _print_companions(episode: Episode) -> Iterator[str]:
    if episode.transcript:
        yield f'<podcast:transcript url="{escape_xml(episode.transcript)}" type="text/vtt"/>'
        yield f'<podcast:transcript url="{escape_xml(episode.transcript_page)}" type="text/html"/>'
        yield f'<podcast:chapters url="{escape_xml(episode.chapters)}" type="application/json+chapters"/>'
    if episode.bite:
        yield f'<podcast:soundbite startTime="{episode.bite[0]:.1f}" duration="{episode.bite[1]:.1f}"/>'


def _print_image(url: str, alt: str, side: int) -> str:
    return f'<podcast:image href="{url}" alt="{alt}" aspect-ratio="1/1" width="{side}" type="image/jpeg"/>'
