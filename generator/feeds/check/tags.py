"""The tags of a piece of HTML, noted in one pass.

The standard library's parser takes minutes over some broken markup and fails on other; a stranger's feed may have both.
"""

import html
import re
from dataclasses import dataclass

# Up to the next sign of a tag, so that no text is read twice: in a feed, < and > in attributes are escaped.
TAG = re.compile(r"<(/?)([a-zA-Z][^\s<>/]*)([^<>]*)(>?)")
ATTRIBUTE = re.compile(r"([^\s=\"'<>/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+)))?")
LONGEST = 8000  # characters of attributes that are looked at
EMPTY = frozenset("br hr img wbr input source link meta base embed area col param track".split())


@dataclass(frozen=True, slots=True)
class Tags:
    """What is in a piece of HTML."""

    names: frozenset[str]
    handlers: frozenset[str]  # attributes that run something: "onclick"
    links: tuple[str, ...]  # what href and src name
    unclosed: str  # an element that is not closed, or closed where it is not open; empty when all are


def find_tags(text: str) -> Tags:
    """Note the tags of a piece of HTML; never fails."""
    names, handlers, links = set(), set(), []
    begun: list[str] = []
    unclosed = ""
    for closing, name, rest, end in TAG.findall(_without_comments(text)):
        tag = name.lower()
        names.add(tag)
        if not end:
            unclosed = unclosed or tag
        if closing:
            if begun and begun[-1] == tag:
                begun.pop()
            elif tag not in EMPTY:
                unclosed = unclosed or tag
            continue
        for key, *values in ATTRIBUTE.findall(rest[:LONGEST]):
            if key.lower().startswith("on"):
                handlers.add(key.lower())
            elif key.lower() in {"href", "src"}:
                links.append(html.unescape("".join(values)))
        if tag not in EMPTY and not rest.endswith("/"):
            begun.append(tag)
    return Tags(frozenset(names), frozenset(handlers), tuple(links), unclosed or (begun[0] if begun else ""))


def _without_comments(text: str) -> str:
    """Return the text without comments; one that does not end stays."""
    kept, place = [], 0
    while (start := text.find("<!--", place)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[place:start])
        place = end + 3
    return "".join((*kept, text[place:]))
