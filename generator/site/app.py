"""What makes the site an app of the reader's: the manifest for the home screen, and the service worker."""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from generator.site.manifest import write_manifest
from generator.site.shell import WORKER, write_shell

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


def write_app(config: "MkDocsConfig", out: Path, old: Path | None = None, gone: Collection[str] = ()) -> None:
    """Write both into the folder of a site, unless the archive has a worker of its own.

    `old` is the site that `out` will be put upon, and `gone` are the files of it that will not stay.
    """
    write_manifest(out, config.site_name, config.site_description or "", str(config.theme["language"]))
    if not (Path(config.docs_dir) / WORKER).is_file():
        write_shell(out, old, gone)
