"""Steers clouds that live in another process."""

import json
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from tests.fakes.faults import Script, render_script
from tests.fakes.records import Record, count_paid


class Remote:
    """A server of clouds in another process, steered through its control door."""

    def __init__(self, control: str, environment: Mapping[str, str]) -> None:
        self.control, self._environment = control, dict(environment)

    @classmethod
    def read(cls, path: Path) -> "Remote":
        """Return the server that wrote this port file."""
        found = json.loads(path.read_text(encoding="utf-8"))
        return cls(found["control"], found["environment"])

    def environment(self) -> dict[str, str]:
        """Return the variables that lead the real SDKs there."""
        return dict(self._environment)

    def set_script(self, script: Script) -> None:
        """Replace the script."""
        self._ask("script", render_script(script))

    def set(self, **settings: object) -> None:
        """Set delay, scores, polls, retired, retiring, or story: the text every writer's model answers."""
        self._ask("settings", settings)

    def reset(self) -> None:
        """Forget requests, predictions, faults and delays."""
        self._ask("reset", None)

    @property
    def requests(self) -> list[Record]:
        """Every request that arrived since the last reset."""
        with urllib.request.urlopen(f"{self.control}/-/requests", timeout=10) as reply:
            return [Record(**row) for row in json.load(reply)]

    def paid(self, *kinds: str) -> int:
        """Count the requests that reached a paid endpoint, of some kinds or of all."""
        return count_paid(self.requests, *kinds)

    def _ask(self, what: str, value: object) -> None:
        request = urllib.request.Request(f"{self.control}/-/{what}", json.dumps(value).encode(), method="POST")
        with urllib.request.urlopen(request, timeout=10) as reply:
            reply.read()
