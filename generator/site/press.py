"""Print single pages: MkDocs' own steps for a page, over the pages that are asked for and no others."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from jinja2.exceptions import TemplateError
from mkdocs.commands.build import _build_page, _build_theme_template, _populate_page
from mkdocs.structure.files import File, Files, InclusionLevel, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from generator.site.catalogue import Catalogue
from generator.site.inventory import Inventory, bundle_of, list_ours
from generator.site.leaves import Leaf
from generator.site.story_page import publish_path

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig

    from generator.feeds.outlet import Outlet
    from generator.site.plugin import TaleshelfPlugin


@dataclass(frozen=True, slots=True)
class Trace:
    """What printing a page asked of others, and what others may ask of it."""

    asked: dict[str, bool]  # paths outside of its own bundle -> whether they were there
    anchors: dict[str, list[str]]  # path of a page -> the anchors on it that are linked
    ids: list[str]  # the anchors it has


def open_templates(config: "MkDocsConfig") -> "Environment":
    """Return the templates of the theme; each is compiled when it is first asked for."""
    env = config.theme.get_env()
    env.auto_reload = False  # templates stay as they are while one press prints; to ask is dear
    return env


def warm_up(env: "Environment", config: "MkDocsConfig", done: Callable[[], bool]) -> None:
    """Compile our templates while something else is waited for, until that is done; nearly every night needs them all."""
    if not config.theme.custom_dir:
        return
    folder = Path(config.theme.custom_dir)
    for path in sorted(folder.rglob("*.html")):
        if done():
            return
        with suppress(TemplateError):  # whoever prints with it says so
            env.get_template(path.relative_to(folder).as_posix())


class Press:
    """MkDocs set up for one site, printing into the folder the configuration names."""

    def __init__(
        self,
        config: "MkDocsConfig",
        inventory: Inventory,
        leaves: Mapping[str, Leaf],
        outlet: "Outlet | None",
        store: str,
        env: "Environment | None" = None,
    ) -> None:
        self.config = config
        self.catalogue = Catalogue(config, inventory, leaves)
        cast("TaleshelfPlugin", config.plugins["taleshelf"]).show(leaves, outlet, store)
        self._env = env or open_templates(config)
        self._nav = get_navigation(self.catalogue, config)
        for page in self._nav.pages:
            if page.title is None:  # it is named by its own text
                _populate_page(page, config, self.catalogue)
        self.navigation = [
            (str(getattr(item, "title", "")), str(getattr(item, "url", ""))) for item in _flatten(self._nav.items)
        ]

    def print_page(self, path: str) -> Trace | None:
        """Print one page; None when it is excluded from the site. What MkDocs logs is for the caller to hear."""
        file = self.catalogue.get_file_from_path(path)
        if not file or _is_excluded(file):
            return None
        page = file.page or (_Blank if file.generated_by else Page)(None, file, self.config)
        self.catalogue.asked = {}
        _populate_page(page, self.config, self.catalogue)
        _build_page(page, self.config, [], self._nav, self._env)
        own = bundle_of(path) + "/"
        asked = {name: there for name, there in self.catalogue.asked.items() if not name.startswith(own)}
        anchors = {to.src_uri: sorted(links) for to, links in (page.links_to_anchors or {}).items()}
        if page not in self._nav.pages:
            file.page = None
        self.catalogue.forget(file)
        return Trace(asked, anchors, sorted(page.present_anchor_ids or ()))

    def print_templates(self) -> None:
        """Print what belongs to no page: the page for what is not found."""
        _build_theme_template("404.html", self._env, Files([]), self.config, self._nav)

    def copy_theme(self) -> None:
        """Copy the static files of the theme."""
        files = Files([])
        files.add_files_from_theme(self._env, self.config)
        files.copy_static_files()

    def copy_file(self, path: str) -> None:
        """Copy a file of the archive that is no page."""
        file = self._open(path)
        if file and not file.is_documentation_page() and not _is_excluded(file):
            file.copy_file()

    def copy_bundle(self, folder: str) -> None:
        """Copy everything of a story but its pages."""
        content = Path(self.config.docs_dir)
        files = [self._make(f"{folder}/{name}") for name in list_ours(content / folder, content)]
        set_exclusions(files, self.config)  # for all at once: it puts the rules together each time
        made: set[Path] = set()
        for file in files:
            if not file.is_documentation_page() and not _is_excluded(file):
                target = Path(file.abs_dest_path)
                if target.parent not in made:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    made.add(target.parent)
                target.write_bytes((content / file.src_uri).read_bytes())

    def target(self, path: str) -> str | None:
        """Return where the file at a path is published, under the site; None when it is excluded."""
        file = self._open(path)
        return file.dest_uri if not _is_excluded(file) else None

    def _open(self, path: str) -> File:
        file = self._make(path)
        set_exclusions([file], self.config)
        return file

    def _make(self, path: str) -> File:
        config, there = self.config, publish_path(path)
        return File(path, config.docs_dir, config.site_dir, config.use_directory_urls, dest_uri=there)


class _Blank(Page):
    """A page that is all view: it has no text, so nothing is to be rendered."""

    def render(self, config: "MkDocsConfig", files: Files) -> None:  # noqa: ARG002 - MkDocs calls it so
        """Leave it empty."""
        self.content = ""


def _is_excluded(file: File) -> bool:
    return int(file.inclusion.value) <= int(InclusionLevel.DRAFT.value)


def _flatten(items: Iterable[object]) -> Iterable[object]:
    for item in items:
        yield item
        yield from _flatten(getattr(item, "children", None) or ())
