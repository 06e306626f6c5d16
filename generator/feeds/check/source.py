"""Where a feed and its files come from: a built site on this disk, or servers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from generator.feeds.check.art import check_art
from generator.feeds.check.captions import check_transcript
from generator.feeds.check.marks import check_chapters
from generator.feeds.check.octets import LARGEST
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
    site_url: str
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
        try:
            there, here = urlsplit(address), urlsplit(self.site_url)
            inside = there.path.startswith(here.path.rstrip("/") + "/")
        except ValueError:
            return False
        return self.site is not None and bool(here.netloc) and there[:2] == here[:2] and inside

    def find(self, address: str) -> Path | None:
        """Return the file at an address of the site; None when there is none."""
        if self.site is None or not self.sees(address):
            return None
        return find_file(self.site.resolve(), urlsplit(self.site_url).path.rstrip("/") + "/", urlsplit(address).path)

    def address_of(self, file: Path) -> str:
        """Return where a file of the site is published; empty for any other."""
        if self.site is None or not self.site_url or not file.resolve().is_relative_to(self.site.resolve()):
            return ""
        relative = file.resolve().relative_to(self.site.resolve()).as_posix()
        return urljoin(self.site_url.rstrip("/") + "/", relative)

    def look(self, wanted: Wanted) -> Iterator[Said]:
        """Report what is wrong with a file of the site."""
        file = self.find(wanted.address)
        if file is None:
            yield Said("M01", wanted.line, f"The site does not have {wanted.address[:200]}.")
        else:
            yield from check_file(wanted, file.read_bytes(), listen=self.listen)
