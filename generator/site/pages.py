"""The heading that stands in the text of an authored page."""

import re
from html import unescape

_HEADING = re.compile(r"\s*<h1\b[^>]*>(.*?)</h1>\s*", re.DOTALL)


def find_heading(html: str) -> str:
    """Give the text of the first heading of rendered Markdown, or nothing."""
    match = _HEADING.search(html)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", match[1])).split()) if match else ""


def drop_heading(html: str) -> str:
    """Take the first heading out: the template prints it."""
    return _HEADING.sub("", html, count=1)
