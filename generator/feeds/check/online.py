"""A feed on its servers: what HEAD, GET, Range and conditional requests are answered with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.feeds.check.extras import plain_type
from generator.feeds.check.octets import LARGEST, parse_charset
from generator.feeds.check.rules import Said
from generator.feeds.check.source import Opened, check_file
from generator.feeds.check.wanted import Kind, Wanted
from generator.feeds.check.web import Answer, Silence, Web

FEED_TYPES = {"application/rss+xml", "application/xml", "text/xml"}
PART = 1024  # bytes that are asked of a sound
MOST = {Kind.SOUND: 200_000_000, Kind.ART: 20_000_000, Kind.TRANSCRIPT: 5_000_000, Kind.CHAPTERS: 5_000_000}
ALIKE = {"audio/x-m4a": "audio/mp4", "audio/m4a": "audio/mp4", "video/x-m4v": "video/mp4", "audio/mp3": "audio/mpeg"}
# By which a GET and a HEAD must agree.
AGREED = ("content-type", "content-length", "etag")


@dataclass(frozen=True, slots=True)
class Online:
    """The servers of a feed and its files."""

    web: Web
    listen: bool = False
    threads: int = 4

    def open(self, address: str) -> Opened:
        """Return a page of the feed. Raises Silence."""
        answer = self.web.ask(address, most=LARGEST + 1)
        if answer.status != 200:
            raise Silence("H01", f"{address[:100]} is answered with {answer.status}.")
        said = [*check_hops(answer, 0), *_check_feed_type(answer), *self._check_again(address, answer)]
        said += self._check_head(address, answer, 0)
        if answer.short:
            said.append(Said("H26", 0, f"{address[:100]} ends after {len(answer.body):,} bytes."))
        return Opened(address, answer.hops[-1], answer.body, answer.get("content-type"), tuple(said))

    def sees(self, address: str) -> bool:  # noqa: ARG002 - every source is asked in the same way
        """Return whether what lies at an address can be looked at: anybody can be asked."""
        return True

    def fetch(self, address: str) -> bytes | None:
        """Return the file at an address, None when it cannot be had."""
        try:
            answer = self.web.ask(address, most=MOST[Kind.ART])
        except Silence:
            return None
        return answer.body if answer.status == 200 and not answer.short else None

    def look(self, wanted: Wanted) -> Iterator[Said]:
        """Report what is wrong with a file and with the way it comes."""
        try:
            if wanted.kind is Kind.SOUND:
                yield from self._check_part(wanted)
            answer = self.web.ask(wanted.address, most=MOST[wanted.kind], patience=5)
        except Silence as silence:
            yield Said(silence.code, wanted.line, silence.why)
            return
        if answer.status != 200:
            yield Said(
                "H01", wanted.line, f"The {wanted.kind} is answered with {answer.status}: {wanted.address[:100]}."
            )
            return
        yield from check_hops(answer, wanted.line)
        if answer.short:
            yield Said("H26", wanted.line, f"{wanted.address[:100]} ends after {len(answer.body):,} bytes.")
            return
        if wanted.kind in {Kind.SOUND, Kind.ART}:
            yield from self._check_head(wanted.address, answer, wanted.line)
        yield from check_headers(wanted, answer)
        yield from check_file(wanted, answer.body, listen=self.listen)

    def _check_head(self, address: str, answer: Answer, line: int) -> Iterator[Said]:
        """Compare HEAD with the GET that went before."""
        try:
            head = self.web.ask(address, "HEAD")
        except Silence as silence:
            yield Said("H11", line, silence.why)
            return
        if head.status != answer.status:
            yield Said("H11", line, f"HEAD {address[:100]} is answered with {head.status}.")
            return
        for name in AGREED:
            one, other = head.get(name), answer.get(name)
            if one != other and (one or name != "content-length"):
                yield Said(
                    "H11",
                    line,
                    f"HEAD {address[-80:]} says {name}: {one[:60] or 'nothing'}, GET {other[:60] or 'nothing'}.",
                )

    def _check_again(self, address: str, answer: Answer) -> Iterator[Said]:
        """Ask for the page as one does who has it already."""
        tag, date = answer.get("etag"), answer.get("last-modified")
        asked = {"If-None-Match": tag} if tag else {}
        asked |= {"If-Modified-Since": date} if date else {}
        if not asked:
            yield Said("H09", 0)
            return
        try:
            again = self.web.ask(address, headers=asked, most=PART)
        except Silence as silence:
            yield Said("H10", 0, silence.why)
            return
        if again.status != 304:
            yield Said("H10", 0, f"Asked with {' and '.join(asked)}, the server answers {again.status} instead of 304.")

    def _check_part(self, wanted: Wanted) -> Iterator[Said]:
        """Ask for the beginning of a sound. Raises Silence."""
        answer = self.web.ask(wanted.address, headers={"Range": f"bytes=0-{PART - 1}"}, most=PART + 1)
        if answer.status == 200:
            yield Said(
                "H22", wanted.line, f"Asked for the first bytes of {wanted.address[:100]}, the server sends all."
            )
        elif answer.status == 206:
            found = re.fullmatch(r"bytes 0-(\d{1,15})/(\d{1,15}|\*)", answer.get("content-range"), re.ASCII)
            size = wanted.length or 0
            right = found and int(found[1]) + 1 == len(answer.body) <= PART and found[2] in {"*", str(size)}
            if not right:
                yield Said(
                    "H23",
                    wanted.line,
                    f"{len(answer.body)} bytes came with Content-Range {answer.get('content-range')[:60]!r}.",
                )
            yield from _check_sound_type(wanted, answer)


def check_hops(answer: Answer, line: int) -> Iterator[Said]:
    """Report a redirect."""
    if len(answer.hops) > 1:
        yield Said("H29", line, f"{answer.hops[0][:100]} leads to {answer.hops[-1][:100]}.")


def check_headers(wanted: Wanted, answer: Answer) -> Iterator[Said]:
    """Report headers of a file that players stumble over."""
    kind = plain_type(answer.get("content-type"))
    if wanted.kind is Kind.SOUND:
        yield from _check_sound_type(wanted, answer)
        size = answer.get("content-length")
        if wanted.length is not None and size and size != str(wanted.length):
            yield Said("H25", wanted.line, f"The server says {size[:20]} bytes, the enclosure {wanted.length}.")
    elif wanted.kind is Kind.ART:
        if kind not in {"image/jpeg", "image/png"}:
            yield Said("H30", wanted.line, f"The server says {kind[:40] or 'nothing'} of {wanted.address[-80:]}.")
    else:
        if wanted.type and kind != wanted.type:
            yield Said("H28", wanted.line, f"The server says {kind[:40] or 'nothing'}, the feed {wanted.type[:40]}.")
        if not answer.get("access-control-allow-origin"):
            yield Said("H27", wanted.line)


def _check_sound_type(wanted: Wanted, answer: Answer) -> Iterator[Said]:
    kind = plain_type(answer.get("content-type"))
    if ALIKE.get(kind, kind) != ALIKE.get(wanted.type, wanted.type):
        yield Said(
            "H24",
            wanted.line,
            f"Answer {answer.status} has the type {kind[:40] or 'nothing'}, the enclosure {wanted.type[:40]}.",
        )


def _check_feed_type(answer: Answer) -> Iterator[Said]:
    header = answer.get("content-type")
    kind = plain_type(header)
    if kind not in FEED_TYPES or (kind == "text/xml" and not parse_charset(header)):
        yield Said("H07", 0, f"The Content-Type of the feed is {header[:60] or 'not there'}.")
