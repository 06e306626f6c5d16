"""The files of a built site, as they may be published: plain ones, all of them readable, none that leads elsewhere."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from generator.errors import ConfigError, PublishRefused
from generator.site.keep import STAMP

HOME, MAP = "index.html", "sitemap.xml"  # every site has them


def list_site(site: Path) -> dict[str, os.stat_result]:
    """Return the files of a site by their paths in it, in order. Raises ConfigError where there is no site.

    Raises PublishRefused for a link and for whatever else is no plain file: hosts refuse it, or publish what it leads to.
    """
    if not (site / HOME).is_file() or not (site / MAP).is_file():
        raise ConfigError(f"there is no built site in {site.name!r}", "Build it first: taleshelf build")
    found = {path.relative_to(site).as_posix(): path.lstat() for path in _walk(site)}
    odd = next((name for name, status in found.items() if not stat.S_ISREG(status.st_mode)), None)
    if odd is not None:
        raise PublishRefused(f"{odd!a} in the site is no plain file", "Build the site anew: taleshelf build --full")
    unreadable = next((name for name in found if not name.isprintable()), None)
    if unreadable is not None:
        raise PublishRefused(f"{unreadable!a} is no name that hosts take", "Rename the file in content/.")
    return {name: found[name] for name in sorted(found) if name != STAMP}


def _walk(site: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(site):
        for name in folders:
            if (Path(folder) / name).is_symlink():
                yield Path(folder) / name
        yield from (Path(folder) / name for name in names)
