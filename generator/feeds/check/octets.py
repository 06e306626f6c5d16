"""The bytes of a document: encoding, size, and letters that were read wrongly."""

import re
from collections.abc import Iterator

from generator.feeds.check.rules import Said

LARGE, LARGEST = 1 << 20, 16 << 20  # bytes
BOMS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
READABLE = {"utf-16": "utf-16", "windows-1252": "cp1252", "iso-8859-1": "cp1252", "us-ascii": "cp1252"}
# Controls of Latin-1, the sign for what could not be read, and UTF-8 that was read as Windows-1252.
STRAY = re.compile(
    "[\u0080-\u009f\ufffd]|\u00c3[\u0080-\u00bf\u0192\u201a-\u203a]|\u00e2\u20ac[\u2018-\u201e\u2122\u0153\u00a6\u00a2]"
)


def decode(data: bytes) -> str:
    """Return the text of a document, guessing where it is not UTF-8; never fails."""
    mark = next((mark for mark in BOMS if data.startswith(mark)), b"")
    if mark and BOMS[mark] == "utf-16":
        return data.decode("utf-16", "replace")
    try:
        return data.removeprefix(mark).decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(READABLE.get(parse_declaration(data), "cp1252"), "replace")


def parse_declaration(data: bytes) -> str:
    """Return the encoding an XML declaration names, in lower case; empty when it names none."""
    found = re.match(rb"\s*(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z][\w.-]*)", data[:200])
    return found[1].decode("ascii", "replace").lower() if found else ""


def parse_charset(content_type: str) -> str:
    """Return the charset of a Content-Type, in lower case; empty when it names none."""
    found = re.search(r";\s*charset\s*=\s*[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    return found[1].lower() if found else ""


def check_octets(data: bytes, content_type: str = "") -> Iterator[Said]:
    """Report what is wrong with the bytes of a feed."""
    if not data.strip():
        yield Said("B01", 0)
        return
    if any(data.startswith(mark) for mark in BOMS):
        yield Said("B02", 1)
    if len(data) > LARGEST:
        yield Said("B07", 0)
    elif len(data) > LARGE:
        yield Said("B06", 0, f"The page of the feed has {len(data):,} bytes.")
    yield from _check_encoding(data, parse_charset(content_type))


def _check_encoding(data: bytes, charset: str) -> Iterator[Said]:
    declared = parse_declaration(data)
    if declared and declared not in {"utf-8", "utf8"}:
        yield Said("B04", 1, f"The XML declaration names the encoding {declared}.")
    if charset and charset.replace("utf8", "utf-8") != (declared or "utf-8").replace("utf8", "utf-8"):
        yield Said("B05", 0, f"Content-Type says {charset}, the document {declared or 'utf-8'}.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        yield Said("B03", line, f"Byte {error.start} of the document, {data[error.start]:#04x}, is not UTF-8.")
        return
    if stray := STRAY.search(text):
        line = text.count("\n", 0, stray.start()) + 1
        yield Said("B08", line, f"{stray[0]!a} was left behind by a wrong decoding.")
