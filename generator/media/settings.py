"""The table [media] of taleshelf.toml: where recordings and pictures lie when they are not in git. Pure."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from generator.delivery.place import Place

YEAR = "{year}"
REMOTE = re.compile(r"(?:(?:https?|ssh|file|git)://|[\w.-]+@[\w.-]+:|/)[^\s'\"<>\\]+", re.ASCII)


class Kind(StrEnum):
    """A sort of store."""

    FOLDER = "folder"
    S3 = "s3"
    PAGES = "pages"


@dataclass(frozen=True, slots=True)
class MediaSettings:
    """What an owner has set."""

    store: Kind | None = None  # None: in git, with the bundles
    base_url: str = ""  # where readers find the store, with a slash at its end; "{year}" stands for the year of a story
    folder: str = ""  # from the archive's folder, or absolute
    place: Place = field(default_factory=Place)
    remote: str = ""  # of a second repository; "{year}" stands for the year of a story
    branch: str = "gh-pages"


def parse_kind(value: object) -> Kind | None:
    """Read the sort of store; empty for none."""
    if value == "":
        return None
    if value not in list(Kind):
        raise ValueError(f"{value!r} is none of {', '.join(Kind)}")
    return Kind(str(value))


def parse_folder(value: object) -> str:
    """Read the path of a folder, or nothing."""
    if not isinstance(value, str) or not value.isprintable():
        raise ValueError(f"{value!r} is not a folder such as '../tales-media'")
    return value


def parse_remote(value: object) -> str:
    """Read where a repository is pushed to, or nothing."""
    if not isinstance(value, str) or (value and not REMOTE.fullmatch(value)):
        raise ValueError(f"{value!r} is not an address such as 'https://github.com/you/tales-media-{YEAR}.git'")
    if re.search(r"://[^/]*:[^/]*@", value if isinstance(value, str) else ""):
        raise ValueError("a password does not belong into a file; let git find it")
    return value


def list_problems(media: MediaSettings) -> list[str]:
    """Name what lacks the setting that belongs to it."""
    if not media.store:
        return [f"[media] base_url: {YEAR} needs a store"] if YEAR in media.base_url else []
    needs = {
        Kind.FOLDER: ("folder", media.folder),
        Kind.S3: ("bucket", media.place.bucket),
        Kind.PAGES: ("remote", media.remote),
    }
    missing = [name for name, value in (needs[media.store], ("base_url", media.base_url)) if not value]
    return [f"[media] store: {media.store.value!r} needs a {name}" for name in missing]


def resolve(base_url: str, at: str) -> str:
    """Return the address of a file in the store."""
    return base_url.replace(YEAR, at[:4]) + at
