"""The pictures inside a story's text: framed, with their size, loaded when they are near."""

import io
import re
from collections.abc import Callable
from html import escape, unescape
from pathlib import Path

Size = tuple[int, int]  # pixels: width, height
SIZES = "(min-width: 48em) 740px, 100vw"  # the room of a picture in a text, see story.css
_IMAGE = re.compile(r"(<p>\s*)?<img ([^>]*)>(\s*</p>)?")
_PLAIN = re.compile(r"[\w-]+\.webp")  # a name that can stand in a srcset as it is
_SOURCE = re.compile(r'src="([^"]*)"')


def frame_pictures(
    html: str,
    size_of: Callable[[str], Size | None],
    small_of: Callable[[str], str] = lambda _name: "",
    cover: str = "cover.webp",
    place_of: Callable[[str], str] = lambda name: name,
) -> str:
    """Frame the pictures of sanitised HTML; the cover is taken out, for it stands at the top of the page.

    `small_of` names the file with the same picture at half the width, where there is one; `place_of` says where a file is.
    """

    def frame(match: re.Match[str]) -> str:
        before, attributes, after = match.groups(default="")
        source = _SOURCE.search(attributes)
        name = unescape(source[1]) if source else ""
        alone = bool(before and after)
        if name == cover and alone:
            return ""
        size = size_of(name)
        attributes = re.sub(r' ?\b(?:width|height|loading|decoding)="[^"]*"', "", attributes)
        room = f' width="{size[0]}" height="{size[1]}"' if size else ""
        small = small_of(name) if size and _PLAIN.fullmatch(name) else ""
        there, small = place_of(name), small and place_of(small)
        attributes = _SOURCE.sub(lambda _: f'src="{escape(there)}"', attributes) if there != name else attributes
        choice = f' srcset="{small} {size[0] // 2}w, {there} {size[0]}w" sizes="{SIZES}"' if size and small else ""
        image = f'<img {attributes}{room}{choice} loading="lazy" decoding="async">'
        return f"<figure>{image}</figure>" if alone else f"{before}{image}{after}"

    return _IMAGE.sub(frame, html)


def parse_webp_size(head: bytes) -> Size | None:
    """Take the size from the first 30 bytes of a WebP picture with one lossy frame, as ours are; None for any other."""
    plain = head[:4] == b"RIFF" and head[8:16] == b"WEBPVP8 " and head[23:26] == b"\x9d\x01\x2a"
    if plain:
        return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF
    extended = head[:4] == b"RIFF" and head[8:16] == b"WEBPVP8X" and len(head) == 30
    if extended:
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    return None


def parse_size(data: bytes) -> Size | None:
    """Take the size from the bytes of a picture; None where they are none."""
    from PIL import Image, UnidentifiedImageError

    try:
        return parse_webp_size(data[:30]) or Image.open(io.BytesIO(data)).size
    except (UnidentifiedImageError, OSError):
        return None


def read_size(path: Path) -> Size | None:
    """Read the size of a picture; None where there is none."""
    from PIL import Image, UnidentifiedImageError

    if path.suffix not in {".webp", ".jpg", ".jpeg", ".png"}:
        return None
    try:
        with path.open("rb") as file:
            head = file.read(30)
        if size := parse_webp_size(head):
            return size
        with Image.open(path) as picture:
            return picture.size
    except (UnidentifiedImageError, OSError):
        return None  # the check of the archive reports it; the page merely lacks the two numbers
