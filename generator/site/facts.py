"""What a check needs to know of one built page."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from generator.site.sanitise import VOID

_LOADING_RELS = {
    "stylesheet",
    "icon",
    "preload",
    "modulepreload",
    "manifest",
    "apple-touch-icon",
    "preconnect",
    "prefetch",
}
_ELSEWHERE_RELS = {"canonical", "alternate"}  # absolute on purpose: they name the published site


@dataclass(frozen=True, slots=True)
class Link:
    """A URL on a page, and whether the browser fetches it without being asked."""

    url: str
    loads: bool


@dataclass(slots=True)
class PageFacts:
    """The facts of one page; filled by the parser and only read afterwards."""

    size: int = 0  # bytes
    title: str = ""
    description: str = ""
    language: str = ""
    ids: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    images_without_alt: list[str] = field(default_factory=list)
    story_tags: list[str] = field(default_factory=list)
    story_scripts: list[str] = field(default_factory=list)  # attributes that run or style something


def read_facts(path: Path) -> PageFacts:
    """Read one page."""
    return parse_facts(path.read_text("utf-8", errors="replace"))


def parse_facts(html: str) -> PageFacts:
    """Take the facts from HTML. The text of a story is the element with `data-story-text`."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    parser.facts.size = len(html.encode())
    return parser.facts


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.facts = PageFacts()
        self._in_title = False
        self._in_svg = 0
        self._story_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._in_title = tag == "title" and not self._in_svg
        self._in_svg += tag == "svg"
        if self._story_depth:
            self._note_story(tag, values)
        elif "data-story-text" in values:
            self._story_depth = 1
        if tag == "html":
            self.facts.language = values.get("lang", "")
        if tag == "meta" and values.get("name") == "description":
            self.facts.description = values.get("content", "").strip()
        if values.get("id"):
            self.facts.ids.append(values["id"])
        if tag == "img" and not (values.get("alt") or ("alt" in values and not self._story_depth)):
            self.facts.images_without_alt.append(values.get("src", ""))
        self.facts.links.extend(_links(tag, values))

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False
        self._in_svg -= tag == "svg"
        if self._story_depth and tag not in VOID:
            self._story_depth -= 1

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.facts.title += data.strip()

    def _note_story(self, tag: str, values: dict[str, str]) -> None:
        self.facts.story_tags.append(tag)
        self.facts.story_scripts += [name for name in values if name.startswith("on") or name == "style"]
        if tag not in VOID:
            self._story_depth += 1


def _links(tag: str, values: dict[str, str]) -> list[Link]:
    if tag == "link":
        rels = set(values.get("rel", "").lower().split())
        return (
            []
            if rels & _ELSEWHERE_RELS or not values.get("href")
            else [Link(values["href"], bool(rels & _LOADING_RELS))]
        )
    if tag in {"a", "area"}:
        return [Link(values["href"], loads=False)] if values.get("href") else []
    urls = [values[name] for name in ("src", "poster") if values.get(name)]
    urls += [part.split()[0] for part in values.get("srcset", "").split(",") if part.split()]
    if tag in {"image", "use"}:
        urls += [values[name] for name in ("href", "xlink:href") if values.get(name)]
    return [Link(url, loads=True) for url in urls]
