"""A reader who looks at the served site all the time: whatever is named on the home page and in the feed must be whole."""

import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin

STORY = re.compile(r'href="((?:[^":]*/)?stories/\d{4}/\d{2}/[^"/]+/)"')
ITEM = re.compile(r"<item>.*?<link>([^<]*)</link>.*?<enclosure url=\"([^\"]*)\"", re.DOTALL)
SHOWN = re.compile(r'(?:src|href)="([^":]+\.(?:mp3|webp|jpg)(?:\?[^"]*)?)"')
NAMING = ("", "podcast.xml")
NEWEST = 3  # items of the feed that are looked at
PAUSE = 0.8  # seconds between two looks


@dataclass
class Watcher:
    """What one who looks has found."""

    address: str  # where the site answers
    site_url: str  # what the site calls itself
    looks: int = 0
    asked: int = 0
    problems: list[str] = field(default_factory=list)
    fine: dict[str, bytes] = field(default_factory=dict)  # what was there at an earlier look of the same watch
    _over: threading.Event = field(default_factory=threading.Event)

    def look(self) -> None:
        """Read the home page, the feed, and what they name."""
        self.looks += 1
        home, feed = named = self._read_names()
        if home is None:
            return  # nothing was ever published
        for problem in self._find(home, feed or ""):
            if self._read_names() == named:  # else they were replaced meanwhile
                self.problems.append(problem)

    def _read_names(self) -> tuple[str | None, str | None]:
        for path in NAMING:
            self.fine.pop(path, None)
        home, feed = map(self._read, NAMING)
        return home, feed

    def watch(self) -> "threading.Thread":
        """Look until told to stop."""
        self._over.clear()
        self.fine.clear()

        def work() -> None:
            while not self._over.is_set():
                self.look()
                time.sleep(PAUSE)

        thread = threading.Thread(target=work)
        thread.start()
        return thread

    def stop(self, thread: threading.Thread) -> None:
        """End the looking, and look once more."""
        self._over.set()
        thread.join()
        self.fine.clear()
        self.look()

    def _find(self, home: str, feed: str) -> Iterator[str]:
        items = [(unescape(page), unescape(sound)) for page, sound in ITEM.findall(feed)][:NEWEST]
        if feed and not feed.rstrip().endswith("</rss>"):
            yield "podcast.xml is cut off"
        for page, sound in items:
            if self._read(self._path(page)) is None:
                yield f"the feed names {page}, which is not there"
            if not self._sounds(self._path(sound)):
                yield f"the feed names {sound}, which is not there"
        for path in dict.fromkeys(unescape(found) for found in STORY.findall(home)):
            text = self._read(path)
            if text is None:
                yield f"the home page names {path}, which is not there"
            elif not text.rstrip().endswith("</html>"):
                yield f"{path} is cut off"
            else:
                for shown in dict.fromkeys(map(unescape, SHOWN.findall(text))):
                    if not self._sounds(urljoin(path, shown)):
                        yield f"{path} shows {shown}, which is not there"

    def _path(self, address: str) -> str:
        return address.removeprefix(self.site_url)

    def _read(self, path: str) -> str | None:
        answer = self._ask(path, {})
        return None if answer is None else answer.decode()

    def _sounds(self, path: str) -> bool:
        return bool(self._ask(path, {"Range": "bytes=0-1"}))

    def _ask(self, path: str, headers: dict[str, str]) -> bytes | None:
        if path in self.fine:
            return self.fine[path]
        self.asked += 1
        request = urllib.request.Request(f"{self.address}/{path.lstrip('/')}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                self.fine[path] = reply.read()
        except urllib.error.HTTPError:
            return None
        return self.fine[path]
