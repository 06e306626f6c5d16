"""Where the feeds are published, and under whose name: everything that is the same for all of them. Pure but for `read_outlet`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from generator.config import read_config
from generator.errors import ConfigError
from generator.feeds.guids import PINS, is_public, make_guid, read_pins, write_pins
from generator.feeds.settings import Podcast
from generator.site.fingerprints import hash_file
from generator.site.story_page import StoryPage

PODCAST = "podcast.xml"
COVERS = ("podcast.jpg", "podcast.png")  # an owner's own cover, where no other is named


@dataclass(frozen=True, slots=True)
class Outlet:
    """A site that has an address, and what its owner says about the podcast."""

    url: str  # of the site, with a slash at its end
    media: str  # where its recordings and pictures are, by the same paths
    title: str
    about: str  # plain text
    language: str
    zone: ZoneInfo
    podcast: Podcast
    cover: str = ""  # the address of the owner's own, which changes with the picture
    pins: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)  # path of a feed -> UUID
    store: str = ""  # where files are that lie in no git, by names of their own

    @property
    def author(self) -> str:
        """Who publishes it."""
        return self.podcast.author or self.title

    def find_guid(self, path: str) -> str:
        """Return the UUID of a feed: as it is set, pinned, or made of its address."""
        told = self.podcast.guid if path == PODCAST else ""
        return told or self.pins.get(path) or make_guid(self.url + path)

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all podcasts under the site, that of all stories first."""
        return PODCAST, *(f"podcast/{kind}/{key}.xml" for kind, key in self.podcast.parts)

    def media_url(self, story: StoryPage, name: str, version: str = "") -> str:
        """Return the address of a file of a story. A new version of the file has a new one."""
        folder, there = story.url, story.locate(name, self.store)
        if there != folder + name:
            return there  # by a name that its bytes have given it
        name = name if name.isascii() and name.replace("-", "").replace(".", "").isalnum() else quote(name)
        return f"{self.media}{folder}{name}" + (f"?v={version}" if version else "")


def read_outlet(root: Path, site_name: str, site_url: str, about: str) -> Outlet | None:
    """Read the settings of an archive; None where the site does not know its own address. Raises ConfigError."""
    if not site_url:
        return None
    config = read_config(root, show=site_name, site_url=site_url)
    podcast, url = config.podcast, f"{site_url.rstrip('/')}/"
    return Outlet(
        url=url,
        media=config.media_url or url,
        title=podcast.title or site_name,
        about=podcast.description or about or podcast.title or site_name,
        language=config.language,
        zone=config.timezone,
        podcast=podcast,
        cover=_find_cover(config.content, podcast.cover, url),
        pins=_read_pins(config.content),
        store=config.store_url,
    )


def read_guids(content: Path, podcast: Podcast) -> dict[str, str]:
    """Read the UUIDs of feeds that were published before, by path; what is set comes first. Raises ConfigError."""
    return _read_pins(content) | ({PODCAST: podcast.guid} if podcast.guid else {})


def _read_pins(content: Path) -> dict[str, str]:
    try:
        return read_pins(content)
    except (OSError, ValueError) as error:
        raise ConfigError(f"content/{PINS} cannot be read: {error}", "Restore it from git.") from None


def pin_guids(outlet: Outlet, content: Path) -> bool:
    """Write down the UUIDs of feeds that are published for the first time; whether there were any."""
    pins = {path: outlet.find_guid(path) for path in outlet.paths} | dict(outlet.pins)
    if not is_public(outlet.url) or pins == outlet.pins:
        return False
    write_pins(content, pins)
    return True


def _find_cover(content: Path, named: str, url: str) -> str:
    if named and not (content / named).is_file():
        raise ConfigError(f"[podcast] cover: there is no content/{named}", "Put the picture there, or delete the key.")
    name = named or next((name for name in COVERS if (content / name).is_file()), "")
    return f"{url}{quote(name)}?v={hash_file(content / name)[:12]}" if name else ""
