"""Where a feed and its files come from: a built site on this disk, or servers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from generator.feeds.check.art import check_art
from generator.feeds.check.captions import check_transcript
from generator.feeds.check.marks import check_chapters
from generator.feeds.check.markup import ITUNES
from generator.feeds.check.octets import LARGEST
from generator.feeds.check.pages import make_page
from generator.feeds.check.rules import Said
from generator.feeds.check.sound import check_sound
from generator.feeds.check.wanted import Kind, Wanted
from generator.feeds.check.web import Silence
from generator.site.serve import find_file


@dataclass(frozen=True, slots=True)
class Opened:
    """A page of a feed as it came."""

    name: str  # what findings call it
    address: str  # where it is published; empty when nobody knows
    data: bytes
    content_type: str = ""
    said: tuple[Said, ...] = ()  # of the way it came


class Source(Protocol):
    """Where a feed comes from."""

    @property
    def threads(self) -> int:
        """How many may ask it at the same time."""

    def open(self, address: str) -> Opened:
        """Return a page of the feed. Raises Silence."""

    def sees(self, address: str) -> bool:
        """Return whether what lies at an address can be looked at."""

    def fetch(self, address: str) -> bytes | None:
        """Return the file at an address, None when it cannot be had."""

    def look(self, wanted: Wanted) -> Iterator[Said]:
        """Report what is wrong with a file."""


def check_file(wanted: Wanted, data: bytes, *, listen: bool) -> Iterator[Said]:
    """Report what is wrong with the bytes of a file."""
    if wanted.kind is Kind.SOUND:
        yield from check_sound(wanted, data, listen=listen)
    elif wanted.kind is Kind.ART:
        yield from check_art(wanted, data)
    elif wanted.kind is Kind.TRANSCRIPT:
        yield from check_transcript(wanted, data)
    else:
        yield from check_chapters(wanted, data)


@dataclass(frozen=True, slots=True)
class Folder:
    """A built site, or a single file of which nobody knows where it belongs."""

    site: Path | None  # None: only the file itself can be looked at
    bases: tuple[str, ...]  # where the site is published, and where its media is by the same paths
    name: Callable[[Path], str]  # how a path is shown
    listen: bool = False
    threads: int = 1

    def open(self, address: str) -> Opened:
        """Return the file at an address of the site, or at a path. Raises Silence."""
        file = self.find(address) or Path(address)
        try:
            with file.open("rb") as data:
                return Opened(self.name(file), self.address_of(file), data.read(LARGEST + 1))
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or "it is no file"
            raise Silence("M01", f"{address[:100]} cannot be read: {why}.") from error

    def sees(self, address: str) -> bool:
        """Return whether an address is one of the site."""
        return self.site is not None and any(_is_below(address, base) for base in self.bases)

    def find(self, address: str) -> Path | None:
        """Return the file at an address of the site; None when there is none."""
        base = next((base for base in self.bases if _is_below(address, base)), "")
        if self.site is None or not base:
            return None
        return find_file(self.site.resolve(), urlsplit(base).path.rstrip("/") + "/", urlsplit(address).path)

    def address_of(self, file: Path) -> str:
        """Return where a file of the site is published; empty for any other."""
        if self.site is None or not self.bases or not file.resolve().is_relative_to(self.site.resolve()):
            return ""
        return urljoin(self.bases[0].rstrip("/") + "/", file.resolve().relative_to(self.site.resolve()).as_posix())

    def fetch(self, address: str) -> bytes | None:
        """Return a file of the site, None when it is not there or cannot be read."""
        file = self.find(address)
        try:
            return file.read_bytes() if file else None
        except OSError:
            return None

    def look(self, wanted: Wanted) -> Iterator[Said]:
        """Report what is wrong with a file of the site."""
        data = self.fetch(wanted.address)
        if data is None:
            yield Said("M01", wanted.line, f"The site does not have {wanted.address[:200]}.")
        else:
            yield from check_file(wanted, data, listen=self.listen)


def find_feeds(site: Path, first: Path) -> tuple[Path, ...]:
    """Return the podcast feeds of a site, `first` in front, without the pages that follow another one."""
    found = []
    for path in sorted(site.rglob("*.xml")):
        data = path.read_bytes()
        if path != first and b"<rss" in data[:4096] and ITUNES.encode() in data[:4096]:  # feeds for reading have none
            page = make_page("", "", data)
            if page.link("first") in {"", page.link("self")}:
                found.append(path)
    return (first, *found)


def _is_below(address: str, base: str) -> bool:
    """Return whether an address lies under a base address."""
    try:
        there, here = urlsplit(address), urlsplit(base)
    except ValueError:
        return False
    return bool(here.netloc) and there[:2] == here[:2] and there.path.startswith(here.path.rstrip("/") + "/")
