"""The HTML a story may contain. Everything else is dropped or shown as the text it is.

The input is parsed and written anew, so what comes out is well-formed and only ever has the tags and attributes below.
"""

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img"})
ALLOWED = VOID | frozenset("p h2 h3 em strong a blockquote ul ol li span figure figcaption".split())
_INSTEAD = {"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "b": "strong", "i": "em"}
_HIDDEN = frozenset(
    "script style iframe object template noscript noembed noframes svg math textarea title select option "
    "audio video canvas xmp plaintext head frameset applet".split()
)  # what stands inside of these is not text of the story

_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\\]")
_SCHEME = re.compile(r"[^/?#]*:")


def sanitise(html: str) -> str:
    """Keep what a story may contain. Doing it twice changes nothing more."""
    cleaner = _Cleaner()
    cleaner.feed(html)
    cleaner.close()
    return cleaner.finish()


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


class _Cleaner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._open: list[str] = []
        self._hidden: list[str] = []
        self._ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden.append(tag)
        tag = _INSTEAD.get(tag, tag)
        if self._hidden or tag not in ALLOWED:
            return
        kept = self._keep(tag, attrs)
        if tag == "img" and "src" not in kept:
            return
        if tag not in VOID:
            self._open.append(tag)
        self._out.append(f"<{tag}" + "".join(f' {name}="{escape(value)}"' for name, value in kept.items()) + ">")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _HIDDEN or tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            if tag in self._hidden:
                del self._hidden[self._hidden.index(tag) :]
            return
        tag = _INSTEAD.get(tag, tag)
        if tag in self._open:
            while self._open:
                last = self._open.pop()
                self._out.append(f"</{last}>")
                if last == tag:
                    break

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._out.append(escape(data, quote=False))

    def finish(self) -> str:
        """Close what is still open and return the whole."""
        self._out += [f"</{tag}>" for tag in reversed(self._open)]
        self._open.clear()
        return "".join(self._out)

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
