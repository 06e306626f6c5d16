"""The MkDocs plugin: each hook hands over to a pure function."""

from dataclasses import replace
from html import escape, unescape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, cast

from mkdocs.config import config_options as options
from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator.site.linked import render_linked
from generator.site.pages import drop_heading, find_heading
from generator.site.phrases import say_genres
from generator.site.pictures import frame_pictures, read_sizes
from generator.site.sanitise import sanitise
from generator.site.search import write_parts
from generator.site.shelf import Shelf, read_shelf
from generator.site.verse import break_verses
from generator.site.views import View, make_plain_view, make_views
from generator.story import Form, Genre

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext


class Settings(Config):  # type: ignore[no-untyped-call]
    """What an owner may set in mkdocs.yml."""

    content_notes = options.ListOfItems(options.Choice(list(Genre)), default=[Genre.SPOOKY])


class TaleshelfPlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]
    """Show the archive."""

    def __init__(self) -> None:
        self._shelf = Shelf((), ())
        self._views: dict[str, View] = {}

    @event_priority(100)
    def on_files(self, files: Files, *, config: "MkDocsConfig") -> Files:
        """Read the archive and add the pages that list stories."""
        root = Path(config.docs_dir).resolve()
        for file in [file for file in files if _leads_away(file, root)]:
            files.remove(file)
        self._shelf = replace(read_shelf(Path(config.docs_dir)), notes=tuple(self.config.content_notes))
        self._views = make_views(self._shelf)
        for path in self._views:
            if path not in files.src_uris:
                files.append(File.generated(config, path, content=""))
        return files

    def on_page_markdown(self, markdown: str, *, page: "Page", config: "MkDocsConfig", **_: object) -> str:
        """Hand the page to its template, with nothing left in it that the theme would print unescaped."""
        view = self._views.get(page.file.src_uri)
        if not view:
            description = page.meta.get("description") or config.site_description or ""
            view = make_plain_view(str(page.meta.get("title") or ""), str(description), page.url)
            self._views[page.file.src_uri] = view
        page.meta = {"template": view.template, "title": escape(view.title), "description": escape(view.description)}
        if newest := view.story or next(iter(view.stories or self._shelf.stories), None):
            page.update_date = newest.day.isoformat()  # and not the day of the build: same archive, same site
        return break_verses(markdown) if view.story and view.story.page.form is Form.COUPLETS else markdown

    def on_page_content(self, html: str, *, page: "Page", config: "MkDocsConfig", **_: object) -> str:
        """Keep of a story or a card only what is allowed there, and frame its pictures."""
        view = self._views[page.file.src_uri]
        if view.template not in {"story.html", "card.html"}:
            return html
        folder = Path(config.docs_dir) / PurePosixPath(page.file.src_uri).parent
        sizes = read_sizes(folder, view.story.files if view.story else ())
        return frame_pictures(sanitise(html), sizes.get)

    def on_page_context(
        self, context: "TemplateContext", *, page: "Page", config: "MkDocsConfig", **_: object
    ) -> "TemplateContext":
        """Give the template its view and the text of the page without its heading."""
        view = self._views[page.file.src_uri]
        if view.template == "main.html" and not view.heading:
            heading = find_heading(page.content or "") or unescape(str(page.title or "")) or config.site_name
            view = make_plain_view(heading, view.description, page.url)
        page.toc = TableOfContents([AnchorLink(view.heading, "ts-content", 1)])  # where the theme's skip link leads
        text = drop_heading(page.content or "")
        context = _extend(context, notes=self.config.content_notes, note_names=self._note_names())
        return _extend(context, view=view, text=text, linked=self._link(view, config))

    def _link(self, view: View, config: "MkDocsConfig") -> str:
        if view.template != "story.html" or not view.story or not config.site_url:
            return ""
        return render_linked(view.story, self._shelf, config.site_url, config.site_name)

    def _note_names(self) -> str:
        return say_genres(Genre(genre) for genre in self.config.content_notes)

    def on_post_build(self, *, config: "MkDocsConfig") -> None:
        """Write the search index."""
        write_parts(Path(config.site_dir), self._shelf)

    def on_template_context(self, context: "TemplateContext", *, template_name: str, **_: object) -> "TemplateContext":
        """Give the page for what is not found a view, too."""
        if template_name != "404.html":
            return context
        heading = "This page is not on the shelf"
        return _extend(context, view=View("404.html", heading, "Not found", "There is no such page in this archive."))


def _leads_away(file: File, root: Path) -> bool:
    """Whether a file is a link to somewhere outside the archive, which must not be published."""
    path = file.abs_src_path
    return path is not None and file.src_dir == str(root) and not Path(path).resolve().is_relative_to(root)


def _extend(context: "TemplateContext", **more: object) -> "TemplateContext":
    return cast("TemplateContext", {**context, **more})
