"""What a file of the site is served with: its type, and how long others may keep it. Pure.

- A name that holds the hash of its bytes never changes: kept for a year, and not asked for again.
- A page is asked for again by every browser; edges keep it for five minutes, unless they are told that it changed.
- Pictures and recordings may be made anew under their name, which is rare: a browser keeps them an hour, edges a day.
- The worker of saved stories must never be an old one. Everything else is kept for five minutes.
"""

import hashlib
import re
from dataclasses import astuple, dataclass
from mimetypes import MimeTypes
from pathlib import PurePosixPath

from generator.site.serve import TYPES

MORE_TYPES = {
    ".avif": "image/avif",
    ".epub": "application/epub+zip",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".m4a": "audio/mp4",
    ".m4b": "audio/mp4",
    ".map": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".ogg": "audio/ogg",
    ".opml": "text/x-opml; charset=utf-8",
    ".opus": "audio/ogg",
    ".pdf": "application/pdf",
    ".srt": "application/x-subrip; charset=utf-8",
    ".wasm": "application/wasm",
    ".xml": "application/xml; charset=utf-8",
    ".xsl": "application/xslt+xml; charset=utf-8",
}
KNOWN = MimeTypes().types_map[True]  # Python's own, the same on every machine
MEDIA = frozenset(".mp3 .m4a .m4b .opus .ogg .webp .avif .jpg .jpeg .png .gif .svg .ico .woff2 .epub .pdf".split())
# Material's own files, those of the search index, and any other that carries 16 digits of a hash before its ending.
HASHED = re.compile(
    r"assets/.+\.[0-9a-f]{8}\.min\.(?:css|js)(?:\.map)?|find/.+_[0-9a-f]{7,}\.pf_\w+|.+[._-][0-9a-f]{16,64}\.\w+"
)
WORKERS = frozenset(("sw.js", "assets/taleshelf/sw.js"))

FOREVER = "public, max-age=31536000, immutable"
PAGE = "public, max-age=0, s-maxage=300, must-revalidate"
RARELY = "public, max-age=3600, s-maxage=86400"
SHORTLY = "public, max-age=300"
NEVER = "no-cache"


@dataclass(frozen=True, slots=True)
class Headers:
    """Two headers of an answer."""

    content_type: str
    cache_control: str


def make_headers(path: str) -> Headers:
    """Return the headers of a file by its path under the site."""
    return Headers(_find_type(path), _find_lifetime(path))


def is_hashed(path: str) -> bool:
    """Whether the name of a file says its bytes, so that it never changes."""
    return HASHED.fullmatch(path) is not None


def _find_type(path: str) -> str:
    suffix = PurePosixPath(path).suffix.lower()
    return MORE_TYPES.get(suffix) or TYPES.get(suffix) or KNOWN.get(suffix, "application/octet-stream")


def _find_lifetime(path: str) -> str:
    suffix = PurePosixPath(path).suffix.lower()
    if path in WORKERS:
        return NEVER
    if is_hashed(path):
        return FOREVER
    if suffix == ".html":
        return PAGE
    return RARELY if suffix in MEDIA else SHORTLY


def _digest_rules() -> str:
    samples = [f"x{suffix}" for suffix in sorted({*TYPES, *MORE_TYPES, *MEDIA, ".pf_meta", ""})]
    rules = [astuple(make_headers(path)) for path in samples]
    return hashlib.sha256(repr((rules, HASHED.pattern, sorted(WORKERS), FOREVER)).encode()).hexdigest()[:16]


RULES = _digest_rules()  # objects that were sent under other rules are sent again
