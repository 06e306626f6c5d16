"""Small sites to publish."""

import hashlib
import os
from pathlib import Path

FILES = {
    "index.html": "<a href='stories/a/'>home</a>",
    "sitemap.xml": "<urlset/>",
    "404.html": "lost",
    "assets/taleshelf/frame.css": "a{}",
    "stories/a/index.html": "<img src='cover.webp'>",
    "stories/a/cover.webp": "cover a",
    "find/2026/index.json": "{}",
}


def make_site(folder: Path, **more: str) -> Path:
    """Write a site, with other files than usual where they are named; slashes as two underscores."""
    for name, text in {**FILES, **{name.replace("__", "/"): text for name, text in more.items()}}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / ".taleshelf").write_text(hashlib.sha256(str(more).encode()).hexdigest())  # the stamp of the build
    return folder


def read_folder(folder: Path, *without: str) -> dict[str, str]:
    """Return the files of a folder and what is in them."""
    found = (Path(here) / name for here, _, names in os.walk(folder) for name in names)
    named = {path.relative_to(folder).as_posix(): path.read_text() for path in found}
    return {name: text for name, text in sorted(named.items()) if name not in without}


def as_published(site: Path) -> dict[str, str]:
    """Return what readers of a site should find."""
    return read_folder(site, ".taleshelf")
