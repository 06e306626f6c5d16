"""Text that XML 1.0 can hold and that fits the limits of apps. Pure."""

import re

LONGEST_VALUE = 255  # characters of a title or a name
LONGEST_DESCRIPTION = 4000  # bytes
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean_xml(text: str) -> str:
    """Drop the characters that XML 1.0 forbids; they have no escape either. A carriage return is a line break."""
    if text.isprintable():  # as nearly every text is
        return text
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_line(text: str, longest: int = LONGEST_VALUE) -> str:
    """Return the text on one line, without space around it, in at most so many characters."""
    line = " ".join(clean_xml(text).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def clip_bytes(text: str, most: int = LONGEST_DESCRIPTION) -> str:
    """Return the text, or its beginning up to a word, in at most so many bytes of UTF-8."""
    data = text.encode()
    if len(data) <= most:
        return text
    cut = data[: most - 3].decode(errors="ignore")
    return (cut.rpartition(" ")[0] or cut).rstrip() + "…"
