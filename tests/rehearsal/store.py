"""What GitHub keeps between jobs: artifacts of a run, and caches."""

import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

MOST_CACHES = 4  # of those with the same paths; GitHub has room for 10 GB


@dataclass
class Store:
    """Artifacts and caches as folders."""

    folder: Path
    caches: dict[tuple[str, str], Path] = field(default_factory=dict)  # by paths and key, the oldest first
    machines: int = 0

    def next_machine(self) -> int:
        """Return a number no machine has had."""
        self.machines += 1
        return self.machines

    def tip(self, remote: Path) -> str:
        """Return the commit of main."""
        done = subprocess.run(["git", "rev-parse", "main"], cwd=remote, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def artifacts(self, run_id: int) -> Path:
        """Return where the artifacts of a run lie, a folder each."""
        return self.folder / f"run-{run_id}"

    def open_run(self, run_id: int) -> None:
        """Make room for a run, and remove what others have left; what another attempt of the same has left stays."""
        for old in self.folder.glob("run-*"):
            if old != self.artifacts(run_id):
                shutil.rmtree(old)

    def find_cache(self, paths: str, key: str, prefixes: Iterable[str]) -> tuple[str, Path | None]:
        """Return the key and the folder of what was kept under a key, or of the newest whose key begins so."""
        if (paths, key) in self.caches:
            return key, self.caches[paths, key]
        for prefix in prefixes:
            found = [name for of, name in self.caches if of == paths and name.startswith(prefix)]
            if found:
                return found[-1], self.caches[paths, found[-1]]
        return "", None

    def keep_cache(self, paths: str, key: str) -> Path | None:
        """Return a new folder for what is kept under a key; None where that is taken, for a cache never changes."""
        if (paths, key) in self.caches:
            return None
        place = self.folder / "caches" / f"{len(self.caches)}-{self.next_machine()}"
        place.mkdir(parents=True)
        self.caches[paths, key] = place
        mine = [name for of, name in self.caches if of == paths]
        for old in mine[:-MOST_CACHES]:
            shutil.rmtree(self.caches.pop((paths, old)))
        return place
