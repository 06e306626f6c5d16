"""The HTML a story may contain. Everything else is dropped or shown as the text it is.

The input is parsed and written anew, so what comes out is well-formed and only ever has the tags and attributes below.
What is opened and never closed takes nothing with it: the text behind it stays.
"""

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from itertools import takewhile
from typing import NamedTuple

VOID = frozenset({"br", "hr", "img"})
ALLOWED = VOID | frozenset("p h2 h3 em strong a blockquote ul ol li span figure figcaption".split())
_INSTEAD = {"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "b": "strong", "i": "em"}
_HIDDEN = frozenset(
    "script style iframe object template noscript noembed noframes svg math textarea title select option "
    "audio video canvas xmp plaintext head frameset applet".split()
)  # what stands inside of these is not text of the story
_RAW = "script style iframe noembed noframes textarea title xmp".split()  # nothing inside of these is a tag
_RAW_START = re.compile(rf"<(?:(?P<name>{'|'.join(_RAW)}|plaintext)(?=[\s/>])|!--)", re.IGNORECASE | re.ASCII)
_RAW_END = re.compile(rf"</(?P<name>{'|'.join(_RAW)})\s*>|--!?>", re.IGNORECASE | re.ASCII)
_BREAKS_OUT = frozenset({"svg", "math", "select"})  # a block ends these
_BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 blockquote ul ol li hr figure div table pre".split())
_EMPTY = VOID | frozenset("area base col embed input link meta param source track wbr".split())  # have no end tag

_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\\]")
_SCHEME = re.compile(r"[^/?#]*:")


def sanitise(html: str) -> str:
    """Keep what a story may contain. Doing it twice changes nothing more."""
    reader = _Reader()
    reader.feed(_show_endless(html))
    reader.close()
    return _Writer().write(reader.events)


def _show_endless(html: str) -> str:
    """Escape what would take the rest of the page with it: a script, a comment or a tag without an end; and declarations."""
    html = re.sub(r"<(?=\?|!(?!--))", "&lt;", html)
    last = html.rfind(">") + 1
    html = html[:last] + html[last:].replace("<", "&lt;")
    ends = {(match["name"] or "").lower(): match.start() for match in _RAW_END.finditer(html)}

    def show(match: re.Match[str]) -> str:
        closed = match.start() < ends.get((match["name"] or "").lower(), -1)
        return match[0] if closed else "&lt;" + match[0][1:]

    return _RAW_START.sub(show, html)


def is_local(url: str) -> bool:
    """Tell whether a URL can only mean something on this site."""
    return bool(url) and not _UNSAFE.search(url) and not url.startswith("//") and not _SCHEME.match(url)


def is_safe_link(url: str) -> bool:
    """Tell whether a link may stand in a story: on this site, or to a page over HTTPS."""
    return is_local(url) or (url.lower().startswith("https://") and not _UNSAFE.search(url))


def _is_id(value: str) -> bool:
    return bool(re.fullmatch(r"(?!ts-|md-)[a-z][a-z0-9_-]*", value))


def _is_size(value: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,5}", value))


def _always(_: str) -> bool:
    return True


_ATTRIBUTES: dict[str, dict[str, Callable[[str], bool]]] = {
    "a": {"href": is_safe_link, "title": _always},
    "img": {
        "src": is_local,
        "alt": _always,
        "width": _is_size,
        "height": _is_size,
        "loading": {"lazy", "eager"}.__contains__,
        "decoding": {"async"}.__contains__,
    },
    "h2": {"id": _is_id},
    "h3": {"id": _is_id},
    "span": {"class": _is_id, "id": _is_id},
}


class _Event(NamedTuple):
    kind: str  # "start", "end" or "text"
    text: str  # of a tag its name
    attributes: list[tuple[str, str | None]]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[_Event] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.events.append(_Event("start", tag, attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self.events.append(_Event("end", tag, []))

    def handle_data(self, data: str) -> None:
        self.events.append(_Event("text", data, []))


def _find_hidden(events: list[_Event]) -> dict[int, int]:
    """Return where each hidden element begins and ends; one that is not closed where it stands is none."""
    spans: dict[int, int] = {}
    opened: list[tuple[str, int]] = []
    for at, event in enumerate(events):
        if event.kind == "start":
            if event.text in _BLOCKS:
                opened = list(takewhile(lambda one: one[0] not in _BREAKS_OUT, opened))
            if event.text not in _EMPTY:
                opened.append((event.text, at))
        elif event.kind == "end":
            depth = next((n for n in range(len(opened) - 1, -1, -1) if opened[n][0] == event.text), None)
            if depth is not None:
                if event.text in _HIDDEN:
                    spans[opened[depth][1]] = at
                del opened[depth:]
    return spans


class _Writer:
    def __init__(self) -> None:
        self._out: list[str] = []
        self._open: list[str] = []
        self._ids: set[str] = set()

    def write(self, events: list[_Event]) -> str:
        """Write what is allowed, close what is still open and return the whole."""
        hidden, until = _find_hidden(events), -1
        for at, (kind, text, attributes) in enumerate(events):
            until = max(until, hidden.get(at, -1))
            if at <= until:
                continue
            if kind == "start":
                self._start(_INSTEAD.get(text, text), attributes)
            elif kind == "end":
                self._end(_INSTEAD.get(text, text))
            else:
                self._out.append(escape(text, quote=False))
        self._out += [f"</{tag}>" for tag in reversed(self._open)]
        return "".join(self._out)

    def _start(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            return
        kept = self._keep(tag, attributes)
        if tag == "img" and "src" not in kept:
            return
        if tag not in VOID:
            self._open.append(tag)
        self._out.append(f"<{tag}" + "".join(f' {name}="{escape(value)}"' for name, value in kept.items()) + ">")

    def _end(self, tag: str) -> None:
        if tag in self._open:
            while self._open:
                last = self._open.pop()
                self._out.append(f"</{last}>")
                if last == tag:
                    break

    def _keep(self, tag: str, attrs: list[tuple[str, str | None]]) -> dict[str, str]:
        rules = _ATTRIBUTES.get(tag, {})
        kept: dict[str, str] = {}
        for name, value in attrs:
            value = (value or "").strip()
            if name in kept or name not in rules or not rules[name](value):
                continue
            if name == "id" and value in self._ids:
                continue
            if name == "id":
                self._ids.add(value)
            kept[name] = value
        if tag == "img":
            kept.setdefault("alt", "")
        return kept
