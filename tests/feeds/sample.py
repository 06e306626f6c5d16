"""A small podcast as it should be: two pages, five episodes, and every file they link. Written by hand, not by our writer."""

import io
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from mutagen.id3 import ID3, TIT2
from PIL import Image

from generator.sound.ffmpeg import run_ffmpeg

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FIRST_PAGE, SECOND_PAGE = "podcast.xml", "podcast-2.xml"
TITLES = ("The Lantern That Stayed", "A Boat of Leaves", "Moss Counts the Stars", "The Quiet Drum", "Gus & the Snow")
PODCASTS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")

VTT = """WEBVTT

00:00:00.000 --> 00:00:09.500
<v Narrator>Pip had a lantern.

00:00:09.500 --> 00:00:19.900
<v Narrator>It would not go out, however hard the wind blew.
"""
HTML = "<!doctype html><html lang='en'><title>Transcript</title><p>Pip had a lantern.</p></html>"

CHANNEL = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>Lantern &amp; Ink</title>
<link>{base}</link>
<description>One bedtime story every night, written, drawn and read by AI.</description>
<language>en</language>
<copyright>Lantern and Ink</copyright>
<lastBuildDate>{built}</lastBuildDate>
<ttl>60</ttl>
<image>
<url>{base}cover.jpg</url>
<title>Lantern &amp; Ink</title>
<link>{base}</link>
</image>
<atom:link rel="self" type="application/rss+xml" href="{base}{page}"/>
<atom:link rel="hub" href="{base}hub"/>
{links}
<itunes:image href="{base}cover.jpg"/>
<itunes:category text="Kids &amp; Family">
<itunes:category text="Stories for Kids"/>
</itunes:category>
<itunes:explicit>false</itunes:explicit>
<itunes:author>The Lantern Makers</itunes:author>
<itunes:owner>
<itunes:name>The Lantern Makers</itunes:name>
<itunes:email>owner@example.org</itunes:email>
</itunes:owner>
<itunes:type>episodic</itunes:type>
<podcast:guid>{guid}</podcast:guid>
<podcast:locked owner="owner@example.org">yes</podcast:locked>
<podcast:medium>podcast</podcast:medium>
<podcast:license url="https://creativecommons.org/licenses/by/4.0/">cc-by-4.0</podcast:license>
<podcast:txt purpose="ai-content">true</podcast:txt>
<podcast:updateFrequency rrule="FREQ=DAILY">Every night</podcast:updateFrequency>
<podcast:funding url="https://example.org/give">Buy us a candle</podcast:funding>
<podcast:person role="narrator" group="cast" href="https://example.org/narrator">The Narrator</podcast:person>
"""

ITEM = """<item>
<title>{title}</title>
<link>{base}stories/{number}/</link>
<guid isPermaLink="false">{guid}</guid>
<pubDate>{date}</pubDate>
<description><![CDATA[<p>A story about a <b>lantern</b>. <a href="{base}stories/{number}/">Read it</a>.</p>]]></description>
<content:encoded><![CDATA[<h2>One</h2><p>Pip had a lantern.</p>]]></content:encoded>
<enclosure url="{base}{number}-{digest}.mp3" length="{length}" type="audio/mpeg"/>
<itunes:duration>20</itunes:duration>
<itunes:explicit>false</itunes:explicit>
<itunes:image href="{base}{number}.png"/>
<itunes:season>1</itunes:season>
<itunes:episode>{number}</itunes:episode>
<itunes:episodeType>full</itunes:episodeType>
<podcast:season name="The first year">1</podcast:season>
<podcast:episode display="Night {number}">{number}</podcast:episode>
<podcast:transcript url="{base}{number}.vtt" type="text/vtt" language="en" rel="captions"/>
<podcast:transcript url="{base}{number}.html" type="text/html"/>
<podcast:chapters url="{base}{number}.json" type="application/json+chapters"/>
<podcast:soundbite startTime="1.5" duration="15">It would not go out</podcast:soundbite>
<podcast:txt purpose="ai-content">true</podcast:txt>
</item>
"""


@cache
def make_sound(title: str) -> bytes:
    """Return an MP3 of twenty seconds with a title in its tags."""
    file = io.BytesIO(make_tone())
    tags = ID3()
    tags.add(TIT2(encoding=3, text=[title]))
    tags.save(file)
    return file.getvalue()


@cache
def make_tone(*, changing: bool = False) -> bytes:
    """Return twenty seconds of sound without tags, `changing` with a bit rate that does."""
    rate = ["-q:a", "7"] if changing else ["-b:a", "64k"]
    tone = "sine=frequency=330:duration=20" if not changing else "anoisesrc=duration=20:amplitude=0.3:seed=1,agate"
    arguments = [
        "-f",
        "lavfi",
        "-i",
        tone,
        "-ar",
        "44100",
        "-ac",
        "1",
        "-c:a",
        "libmp3lame",
        *rate,
        "-f",
        "mp3",
        "pipe:1",
    ]
    return run_ffmpeg(arguments, b"").data


@cache
def make_art(form: str = "JPEG", size: tuple[int, int] = (1400, 1400), mode: str = "RGB", dpi: int = 72) -> bytes:
    """Return a picture of one colour."""
    file = io.BytesIO()
    Image.new(mode, size).save(file, form, dpi=(dpi, dpi))
    return file.getvalue()


def make_guid(address: str) -> str:
    """Return the podcast:guid of an address, reckoned apart from the check."""
    return str(uuid5(PODCASTS, address.partition("://")[2].rstrip("/")))


def make_files(base: str) -> dict[str, bytes]:
    """Return every file of a podcast that is published at `base`, by its name."""
    files = {"cover.jpg": make_art()}
    for number, title in enumerate(TITLES, 1):
        sound = make_sound(title)
        marks = [{"startTime": 0, "title": "One", "img": f"{base}cover.jpg"}, {"startTime": 9.5, "title": "Two"}]
        files |= {
            f"{number}-{uuid5(NAMESPACE_URL, title).hex[:8]}.mp3": sound,
            f"{number}.png": make_art("PNG"),
            f"{number}.vtt": VTT.encode(),
            f"{number}.html": HTML.encode(),
            f"{number}.json": json.dumps({"version": "1.2.0", "chapters": marks}).encode(),
        }
    files[FIRST_PAGE] = make_page(base, FIRST_PAGE, (5, 4, 3), f'<atom:link rel="next" href="{base}{SECOND_PAGE}"/>')
    files[SECOND_PAGE] = make_page(base, SECOND_PAGE, (2, 1), f'<atom:link rel="prev" href="{base}{FIRST_PAGE}"/>')
    return files


def make_page(base: str, page: str, numbers: tuple[int, ...], link: str) -> bytes:
    """Return one page of the feed."""
    links = "\n".join(
        [
            f'<atom:link rel="first" href="{base}{FIRST_PAGE}"/>',
            link,
            f'<atom:link rel="last" href="{base}{SECOND_PAGE}"/>',
        ]
    )
    built = _date(5)
    text = CHANNEL.format(base=base, page=page, links=links, built=built, guid=make_guid(base + FIRST_PAGE))
    for number in numbers:
        title = TITLES[number - 1]
        text += ITEM.format(
            base=base,
            number=number,
            title=title.replace("&", "&amp;"),
            guid=uuid5(NAMESPACE_URL, f"story {number}"),
            date=_date(number),
            digest=uuid5(NAMESPACE_URL, title).hex[:8],
            length=len(make_sound(title)),
        )
    return (text + "</channel>\n</rss>\n").encode()


def _date(number: int) -> str:
    return format_datetime(datetime(2026, 11, 16, 18, tzinfo=UTC) + timedelta(days=number))


def write_site(folder: Path, base: str) -> Path:
    """Write the podcast into a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in make_files(base).items():
        (folder / name).write_bytes(data)
    return folder
