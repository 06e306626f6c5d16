"""What search engines and other programs read of a story: schema.org as JSON-LD. Pure."""

import json
import math
from urllib.parse import urljoin

from generator.site.story_page import StoryPage
from generator.site.view import Chip

SOURCES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


def render_linked(story: StoryPage, series: Chip | None, site_url: str, site_name: str, store: str = "") -> str:
    """Write the JSON that stands in a script element of a story's page; no text in it can end the element.

    `series` is the link to the story's series, if it has one; `site_url` and `store` end with a
    slash.
    """
    values = _drop_empty(_describe(story, series, site_url, site_name, store))
    return json.dumps(values, separators=(",", ":")).translate(_ESCAPES)  # ASCII only, so U+2028 is escaped as well


def _describe(story: StoryPage, series: Chip | None, site_url: str, site_name: str, store: str) -> dict[str, object]:
    page, url = story.page, site_url + story.url
    pictures = (story.preview, story.share, story.cover)
    least, most = page.age.value.split("-")
    return {
        "@context": "https://schema.org",
        "@type": "ShortStory",
        "@id": url,
        "url": url,
        "name": story.title,
        "description": page.description,
        "inLanguage": page.language,
        "datePublished": story.day.isoformat(),
        "genre": story.genre_text,
        "keywords": ", ".join(page.tags),
        "image": [urljoin(site_url, story.locate(name, store)) for name in dict.fromkeys(pictures) if name],
        "audience": {"@type": "PeopleAudience", "suggestedMinAge": int(least), "suggestedMaxAge": int(most)},
        "isAccessibleForFree": True,
        "creator": _program(page.written_by),
        "digitalSourceType": _source(page.written_by),
        "publisher": {"@type": "Organization", "name": site_name, "url": site_url},
        "isPartOf": {"@type": "CreativeWorkSeries", "name": series.label, "url": site_url + series.url}
        if series
        else {},
        "audio": _sound(story, urljoin(site_url, story.locate(story.published, store))) if story.audio else {},
    }


def _sound(story: StoryPage, address: str) -> dict[str, object]:
    return {
        "@type": "AudioObject",
        "name": story.title,
        "contentUrl": address,
        "encodingFormat": "audio/mpeg",
        "duration": f"PT{math.ceil(story.page.seconds)}S",
        "inLanguage": story.page.language,
        "creator": _program(story.page.read_by),
        "digitalSourceType": f"{SOURCES}trainedAlgorithmicMedia",  # every voice has learned to speak, the embedded one too
    }


def _program(credit: str) -> dict[str, object]:
    return {"@type": "SoftwareApplication", "name": credit} if credit else {}


def _source(credit: str) -> str:
    """Say how a text came to be, in IPTC's terms: the embedded writer follows rules, all others are trained models."""
    return SOURCES + ("algorithmicMedia" if credit.startswith("embedded ") else "trainedAlgorithmicMedia")


def _drop_empty(values: dict[str, object]) -> dict[str, object]:
    return {
        key: _drop_empty(value) if isinstance(value, dict) else value
        for key, value in values.items()
        if value not in ("", {}, [])
    }
