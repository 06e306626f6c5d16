"""What readers see, after every single change of the bucket: no page that can be reached may link to what is not there."""

import re
import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from tests.fakes.gate import Done

HOME, FEED = "index.html", "podcast.xml"
LINK = re.compile(rb"""\s(?:href|src|poster)=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
PARTS = re.compile(rb'\ssrcset="([^"]*)"')
KEY = re.compile(rb"<Key>([^<]*)</Key>")
UNSEEN = ("404.html",)  # answers what is not there; its links are of the whole host


@dataclass
class Shelf:
    """The site in the bucket."""

    bucket: str
    site_url: str
    links: dict[str, frozenset[str]] = field(default_factory=dict)  # of every file that is there
    linked: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # who links to it
    missing: set[tuple[str, str]] = field(default_factory=set)  # links of files that are there, to others that are not
    broken: list[str] = field(default_factory=list)  # what a reader could have seen
    changes: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def hear(self, done: Done) -> None:
        """Hear of a request to S3 that was answered."""
        where = urlsplit(done.path)
        bucket, _, key = unquote(where.path).lstrip("/").partition("/")
        if bucket != self.bucket or done.status >= 300:
            return
        with self.lock:
            if done.method == "PUT":
                self._put(key, done.body)
            elif done.method == "DELETE":
                self._drop(key)
            elif done.method == "POST" and "delete" in where.query:
                for name in KEY.findall(done.body):
                    self._drop(name.decode())

    def _put(self, path: str, body: bytes) -> None:
        if path.endswith(".html") and not body.rstrip().endswith(b"</html>"):
            self.broken.append(f"{path} is cut off")
        self._forget_links(path)
        found = frozenset(self._list_links(path, body))
        self.links[path] = found
        for target in found:
            self.linked[target].add(path)
            if target not in self.links:
                self.missing.add((path, target))
        self.missing -= {(source, path) for source in self.linked[path]}
        self._look()

    def _drop(self, path: str) -> None:
        self._forget_links(path)
        self.links.pop(path, None)
        self.missing |= {(source, path) for source in self.linked[path]}
        self._look()

    def _forget_links(self, path: str) -> None:
        for target in self.links.get(path, ()):
            self.linked[target].discard(path)
            self.missing.discard((path, target))

    def _list_links(self, path: str, body: bytes) -> Iterator[str]:
        if path in UNSEEN:
            return
        if path.endswith(".xml"):
            found = re.findall(re.escape(self.site_url).encode() + rb"[^\s\"'<>]*", body)
        elif path.endswith(".html"):
            found = [b"".join(groups) for groups in LINK.findall(body)]
            found += [part.split()[0] for parts in PARTS.findall(body) for part in parts.split(b",") if part.split()]
        else:
            return
        for link in found:
            if target := self._resolve(path, link.decode("utf-8", "replace").replace("&amp;", "&")):
                yield target

    def _resolve(self, path: str, link: str) -> str:
        """Return the file that a link leads to, empty for one that leads elsewhere or nowhere."""
        if link.startswith(self.site_url):
            link = "/" + link.removeprefix(self.site_url)
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or not parts.path:
            return ""
        name = unquote(parts.path)
        target = normpath(name.lstrip("/") if name[0] == "/" else join(dirname(path), name)).removeprefix("./")
        if name.endswith("/") or target == ".":
            target = HOME if target == "." else f"{target}/{HOME}"
        return target if "." in target.rpartition("/")[2] else f"{target}/{HOME}"

    def _look(self) -> None:
        self.changes += 1
        for source, target in self.missing:
            if self._is_seen(source):
                self.broken.append(f"{source} -> {target}")

    def _is_seen(self, path: str) -> bool:
        """Whether links lead from the home page or the feed to it."""
        seen, waiting = {path}, [path]
        while waiting:
            one = waiting.pop()
            if one in (HOME, FEED):
                return HOME in self.links  # before the first home page nobody knows of the site
            for source in self.linked[one]:
                if source not in seen and source in self.links:
                    seen.add(source)
                    waiting.append(source)
        return False
