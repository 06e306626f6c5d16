"""The identity of a podcast: a UUID made once of the first address of its feed, and pinned beside the archive.

Whoever subscribed is recognised by it when the feed moves, so it must never be made anew of a later address.
"""

import json
import re
import uuid
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")  # of the podcast namespace, for all podcasts
PINS = ".podcast.json"  # in content/; a name with a dot is never published


def make_guid(url: str) -> str:
    """Make the UUID of a feed by the rule of the podcast namespace: of its address without scheme and last slashes."""
    return str(uuid.uuid5(NAMESPACE, url.partition("://")[2].rstrip("/")))


def read_pins(content: Path) -> dict[str, str]:
    """Read what is pinned: the path of a feed and its UUID. Raises ValueError for a file that somebody has spoilt."""
    try:
        pins = json.loads((content / PINS).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    if not isinstance(pins, dict):
        raise ValueError(f"{PINS} is not a table")
    return {str(path): str(uuid.UUID(str(guid))) for path, guid in pins.items()}


def write_pins(content: Path, pins: Mapping[str, str]) -> None:
    """Write what is pinned."""
    (content / PINS).write_text(json.dumps(dict(sorted(pins.items())), indent=2) + "\n", "utf-8")


def is_public(url: str) -> bool:
    """Whether an address is one that a podcast can be known by, and not that of an example or of this machine."""
    host = urlsplit(url).hostname or ""
    return bool(host) and not re.search(r"(?:^|\.)(?:example(?:\.\w+)?|localhost|test|invalid)$|^[\d.:]+$", host)
