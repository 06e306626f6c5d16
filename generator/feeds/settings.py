"""What an owner may say about the podcast, and what is said when nobody does; checked when the settings are read. Pure."""

import re
import uuid
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator.feeds.check.terms import lists

CATEGORIES = lists("categories")
KNOWN_LICENSE = re.compile(r"[a-z0-9]+(?:[.+-][a-z0-9]+)+")  # cc-by-4.0: how the podcast namespace names them


@dataclass(frozen=True, slots=True)
class Category:
    """A category of Apple's, and the one inside of it or nothing."""

    name: str
    inner: str = ""


@dataclass(frozen=True, slots=True)
class Podcast:
    """The table [podcast] of taleshelf.toml. Empty texts are left out of the feeds or made of the site's own."""

    title: str = ""  # the name of the site unless told
    description: str = ""  # that of the site unless told
    author: str = ""  # the name of the site unless told
    owner: str = ""  # who answers for it; the author unless told
    email: str = ""  # of the owner; Apple and Spotify ask there whether the feed is theirs
    categories: tuple[Category, ...] = (Category("Kids & Family", "Stories for Kids"),)
    explicit: bool = False
    cover: str = ""  # a file of content/; ours is drawn where there is none
    copyright: str = ""
    license: str = ""  # an identifier such as cc-by-4.0, or a name with a license_url
    license_url: str = ""
    funding: str = ""  # what the link says
    funding_url: str = ""
    locked: bool = False  # whether other hosts may not import it; said when there is an email
    frequency: str = "Every night"  # to people
    rrule: str = "FREQ=DAILY"  # the same to programs
    verify: str = ""  # a code that proves to a directory whose feed it is
    apple_verify: str = ""
    hub: str = ""  # of WebSub
    moved_to: str = ""  # the address of the site that the feeds are on now
    guid: str = ""  # of the podcast, where it had one before it came here
    series: tuple[str, ...] = ()  # the keys of cards that have a feed of their own
    cast: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """The kind and the key of every feed beside that of all stories."""
        named = (
            ("series", self.series),
            ("cast", self.cast),
            ("genres", self.genres),
            ("languages", self.languages),
        )
        return tuple(
            (kind, key.lower().replace("_", "-") if kind == "languages" else key)
            for kind, keys in named
            for key in keys
        )


def parse_category(value: object) -> Category:
    """Read "Kids & Family > Stories for Kids"; Apple knows no other spelling."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not text; put it in quotes")
    name, inner = (part.strip() for part in (value if ">" in value else f"{value}>").split(">", 1))
    if name not in CATEGORIES:
        raise ValueError(f"{name!r} is none of Apple's categories: {', '.join(CATEGORIES)}")
    if inner and inner not in CATEGORIES[name]:
        raise ValueError(f"{inner!r} is not in {name!r}, which has: {', '.join(CATEGORIES[name]) or 'nothing inside'}")
    return Category(name, inner)


def parse_categories(value: object) -> tuple[Category, ...]:
    """Read a list of one to three categories; Apple looks at the first."""
    if not isinstance(value, list) or not 1 <= len(value) <= 3:
        raise ValueError('give a list of one to three, as ["Kids & Family > Stories for Kids"]')
    return tuple(map(parse_category, value))


def parse_url(value: object) -> str:
    """Read an address of the web, or nothing."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not text; put it in quotes")
    text = value.strip()
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"]", text)
    except ValueError:
        good = False
    if text and not good:
        raise ValueError(f"{text!r} is not an address such as 'https://example.org/tales/'")
    return text


def parse_base_url(value: object) -> str:
    """Read the address of a folder, without parameters; it ends with a slash."""
    text = parse_url(value)
    if "?" in text or "#" in text:
        raise ValueError(f"{text!r} is not the address of a folder")
    return f"{text.rstrip('/')}/" if text else ""


def parse_email(value: object) -> str:
    """Read an address of mail, or nothing."""
    if not isinstance(value, str) or (value and not re.fullmatch(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+", value)):
        raise ValueError(f"{value!r} is not an address such as 'you@example.org'")
    return value


def parse_guid(value: object) -> str:
    """Read a UUID, or nothing."""
    try:
        return str(uuid.UUID(value)) if isinstance(value, str) and value else _nothing(value)
    except ValueError:
        raise ValueError(f"{value!r} is not a UUID such as '9b024349-ccf0-5f69-a609-6b82873eab3c'") from None


def parse_rrule(value: object) -> str:
    """Read a rule of RFC 5545, or nothing."""
    if not isinstance(value, str) or (value and not re.fullmatch(r"FREQ=[A-Z]+(?:;[A-Z]+=[A-Z0-9,+-]+)*", value)):
        raise ValueError(f"{value!r} is not a rule such as 'FREQ=DAILY'")
    return value


def parse_keys(value: object) -> tuple[str, ...]:
    """Read a list of names, which may be empty."""
    if not isinstance(value, list) or not all(isinstance(key, str) and re.fullmatch(r"[\w-]+", key) for key in value):
        raise ValueError("give a list of names in quotes")
    return tuple(dict.fromkeys(value))


def parse_cover(value: object) -> str:
    """Read the path of a picture under content/, or nothing."""
    if not isinstance(value, str) or (value and not re.fullmatch(r"(?!/)(?!.*\.\.)[\w./-]+\.(?:jpe?g|png)", value)):
        raise ValueError(f"{value!r} is not a JPEG or PNG in content/, such as 'podcast.jpg'")
    return value


def list_problems(podcast: Podcast) -> list[str]:
    """Name what lacks the setting that belongs to it."""
    lacking = (
        ("license", podcast.license and not KNOWN_LICENSE.fullmatch(podcast.license), "license_url"),
        ("funding", podcast.funding, "funding_url"),
    )
    return [
        f"[podcast] {key}: needs a {other}" for key, lacks, other in lacking if lacks and not getattr(podcast, other)
    ]


def _nothing(value: object) -> str:
    if value != "":
        raise ValueError
    return ""
