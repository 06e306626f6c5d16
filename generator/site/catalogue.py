"""All files a page may link to, made for MkDocs only when somebody asks; and a note of what was asked."""

import fnmatch
from collections.abc import Container
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files, set_exclusions

from generator.site.inventory import Inventory, bundle_of, list_ours
from generator.site.story_page import publish_path

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


class AwayFile(File):
    """A picture that lies in the store: pages may name it, and there is nothing to copy."""

    def copy_file(self, dirty: bool = False) -> None:
        """Leave it where it is."""


class Catalogue(Files):
    """The files of the archive, the pages that only the plan knows, and what the theme brings."""

    def __init__(self, config: "MkDocsConfig", inventory: Inventory, leaves: Container[str]) -> None:
        super().__init__([])
        self.asked: dict[str, bool] = {}  # path -> whether it is there
        self._config = config
        self._inventory = inventory
        self._leaves = leaves
        self._bundle: tuple[str, frozenset[str]] = ("", frozenset())  # the one asked for last, and its files

    def get_file_from_path(self, path: str) -> File | None:
        """Return the file at a path, and take note of the question."""
        path = PurePath(path).as_posix()
        if path not in self._src_uris and (file := self._make(path)):
            set_exclusions([file], self._config)
            self._src_uris[path] = file
        self.asked[path] = path in self._src_uris
        return self._src_uris.get(path)

    def has(self, path: str) -> bool:
        """Whether there is such a file, without a note."""
        there = self._lies_there(path) or self._inventory.points_to(path)
        return there or path in self._leaves or self.find_theme(path) is not None

    def find_theme(self, path: str) -> str | None:
        """Return the folder of the theme that brings a static file."""
        if path.startswith("../") or fnmatch.fnmatch(path, "*.html") or PurePath(path).name.startswith("."):
            return None
        return next((folder for folder in self._config.theme.dirs if Path(folder, path).is_file()), None)

    def forget(self, file: File) -> None:
        """Let go of everything that was made for one page."""
        kept = {path: one for path, one in self._src_uris.items() if one.page is not None and one is not file}
        self._src_uris = kept
        self.asked = {}

    def _make(self, path: str) -> File | None:
        config = self._config
        if self._lies_there(path):
            there = publish_path(path)
            return File(path, config.docs_dir, config.site_dir, config.use_directory_urls, dest_uri=there)
        if self._inventory.points_to(path):
            return AwayFile(path, config.docs_dir, config.site_dir, config.use_directory_urls)
        if path in self._leaves:
            page = File(path, None, config.site_dir, config.use_directory_urls)
            page.generated_by, page.content_string = "taleshelf", ""
            return page
        if folder := self.find_theme(path):
            return File(path, folder, config.site_dir, config.use_directory_urls)
        return None

    def _lies_there(self, path: str) -> bool:
        """Whether the archive has a file; a page asks for many of one bundle, one after the other."""
        folder = bundle_of(path)
        if folder not in self._inventory.bundles or path in self._inventory.loose:
            return self._inventory.has(path)
        if folder != self._bundle[0]:
            content = self._inventory.content
            self._bundle = (folder, frozenset(list_ours(content / folder, content)))
        return path[len(folder) + 1 :] in self._bundle[1]
