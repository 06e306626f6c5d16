"""XML -> elements, safely: no document type, no depth without end, and every element with its line.

Names are written with the prefix everybody uses ("itunes:image"), whatever prefix the document has bound.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from generator.feeds.check.rules import Said

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
PODCAST_OLD = "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"
ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
NAMESPACES = {ITUNES: "itunes", PODCAST: "podcast", PODCAST_OLD: "podcast", ATOM: "atom", CONTENT: "content"}
DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Node:
    """An element."""

    name: str  # "title", "itunes:image", "{http://other}name"
    line: int
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple["Node", ...] = ()
    text: str = ""  # what stands directly in it
    cdata: bool = False  # whether some of the text stood in a CDATA section

    @property
    def value(self) -> str:
        """The text without what is around it."""
        return self.text.strip()

    def all(self, name: str) -> tuple["Node", ...]:
        """Return the children of that name."""
        return tuple(child for child in self.children if child.name == name)

    def first(self, name: str) -> "Node | None":
        """Return the first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def get(self, name: str) -> str:
        """Return an attribute, empty when it is not there."""
        return self.attributes.get(name, "")

    def walk(self) -> Iterator["Node"]:
        """Yield this element and all below, in the order of the document."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.children)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What came of a document."""

    root: Node | None  # None when it is not well-formed
    declared: str  # the encoding the XML declaration names, empty when it names none
    bound: tuple[tuple[str, str, int], ...]  # prefix, namespace, line
    said: tuple[Said, ...]


class _Refused(Exception):
    """The document is not to be read any further."""


def parse_markup(data: bytes) -> Parsed:
    """Read a document that is UTF-8, whatever its declaration says."""
    reader = _Reader()
    said: tuple[Said, ...] = ()
    root = None
    try:
        reader.parser.Parse(data, True)
        root = reader.open[0].end()[0]
    except _Refused as refusal:
        code, what = refusal.args
        said = (Said(code, reader.parser.CurrentLineNumber, what),)
    except expat.ExpatError as error:
        said = (Said("X01", error.lineno, f"The XML is not well-formed: {expat.ErrorString(error.code)}."),)
    return Parsed(root, reader.declared, tuple(reader.bound), said)


class _Open:
    """An element whose end has not come yet."""

    __slots__ = ("attributes", "cdata", "children", "line", "name", "pieces")

    def __init__(self, name: str, line: int, attributes: Mapping[str, str]) -> None:
        self.name, self.line, self.attributes = name, line, attributes
        self.children: list[Node] = []
        self.pieces: list[str] = []
        self.cdata = False

    def end(self) -> tuple[Node, ...]:
        """Return what stands in it, and itself where it is an element."""
        if not self.name:
            return tuple(self.children)
        text = "".join(self.pieces)
        return (Node(self.name, self.line, self.attributes, tuple(self.children), text, self.cdata),)


class _Reader:
    """What the parser calls while it reads."""

    def __init__(self) -> None:
        self.open = [_Open("", 0, {})]
        self.declared = ""
        self.bound: list[tuple[str, str, int]] = []
        self.parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartCdataSectionHandler = self._cdata
        self.parser.StartNamespaceDeclHandler = self._bind
        self.parser.XmlDeclHandler = self._declare
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if len(self.open) > DEEPEST:
            raise _Refused("X08", f"Elements are nested more than {DEEPEST} deep.")
        named = {_name(key): value for key, value in attributes.items()}
        self.open.append(_Open(_name(name), self.parser.CurrentLineNumber, named))

    def _end(self, _name: str) -> None:
        self.open[-2].children += self.open.pop().end()

    def _text(self, text: str) -> None:
        self.open[-1].pieces.append(text)

    def _cdata(self) -> None:
        self.open[-1].cdata = True

    def _bind(self, prefix: str | None, address: str | None) -> None:
        self.bound.append((prefix or "", address or "", self.parser.CurrentLineNumber))

    def _declare(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self.declared = encoding or ""

    def _refuse(self, name: str, *_more: object) -> None:
        raise _Refused("X02", f"There is a document type declaration, <!DOCTYPE {name[:40]}.")


def _name(name: str) -> str:
    """Return "itunes:image" for "http://www.itunes.com/dtds/podcast-1.0.dtd image"."""
    address, separator, local = name.rpartition(" ")
    if not separator:
        return local
    prefix = NAMESPACES.get(address)
    return f"{prefix}:{local}" if prefix else f"{{{address}}}{local}"
