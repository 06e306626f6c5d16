"""The MkDocs plugin: each hook hands over to a pure function."""

from collections.abc import Mapping
from html import escape, unescape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, cast

from mkdocs.config import config_options as options
from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator.site.app import write_app
from generator.site.leaves import Leaf
from generator.site.linked import render_linked
from generator.site.listen import CUES, LISTEN, Following, read_sentences, render_listen
from generator.site.pages import drop_heading, find_heading
from generator.site.phrases import GENRES, say_genres
from generator.site.pictures import frame_pictures, read_size
from generator.site.readalong import Marked, mark_page
from generator.site.sanitise import sanitise
from generator.site.shelf import NOTES, StoryPage, read_shelf
from generator.site.verse import break_verses
from generator.site.view import View, make_plain_view
from generator.site.views import make_leaves
from generator.story import Form, Genre
from generator.timing import render_vtt

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext


class Settings(Config):  # type: ignore[no-untyped-call]
    """What an owner may set in mkdocs.yml."""

    content_notes = options.ListOfItems(options.Choice(list(Genre)), default=list(NOTES))


class TaleshelfPlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]
    """Show the archive."""

    def __init__(self) -> None:
        self._leaves: Mapping[str, Leaf] = {}
        self._views: dict[str, View] = {}
        self._marked: dict[str, Marked] = {}

    @property
    def notes(self) -> tuple[str, ...]:
        """The genres whose stories carry a content note."""
        return tuple(self.config.content_notes)

    def show(self, leaves: Mapping[str, Leaf]) -> None:
        """Be told what the pages show, by a build that has read the archive itself."""
        self._leaves = leaves

    @event_priority(100)
    def on_files(self, files: Files, *, config: "MkDocsConfig") -> Files:
        """Read the archive and add the pages that list stories, for those who call MkDocs themselves."""
        root = Path(config.docs_dir).resolve()
        for file in [file for file in files if _leads_away(file, root)]:
            files.remove(file)
        self.show(make_leaves(read_shelf(Path(config.docs_dir), self.notes)))
        for path in self._leaves:
            if path not in files.src_uris:
                files.append(File.generated(config, path, content=""))
        return files

    def on_page_markdown(self, markdown: str, *, page: "Page", config: "MkDocsConfig", **_: object) -> str:
        """Hand the page to its template, with nothing left in it that the theme would print unescaped."""
        if leaf := self._leaves.get(page.file.src_uri):
            view = leaf.make()
        else:
            description = page.meta.get("description") or config.site_description or ""
            view = make_plain_view(str(page.meta.get("title") or ""), str(description), page.url)
        self._views[page.file.src_uri] = view
        page.meta = {"template": view.template, "title": escape(view.title), "description": escape(view.description)}
        page.update_date = leaf.day if leaf and leaf.day else ""  # not the day of the build: same archive, same site
        return break_verses(markdown) if view.story and view.story.page.form is Form.COUPLETS else markdown

    def on_page_content(self, html: str, *, page: "Page", config: "MkDocsConfig", **_: object) -> str:
        """Keep of a story or a card only what is allowed there, and frame its pictures."""
        view = self._views[page.file.src_uri]
        if view.template not in {"story.html", "card.html"}:
            return html
        folder = Path(config.docs_dir) / PurePosixPath(page.file.src_uri).parent
        names = view.story.files if view.story else ()
        html = frame_pictures(
            sanitise(html),
            lambda name: read_size(folder / name) if name in names else None,
            view.story.small if view.story else lambda _name: "",
        )
        if not (view.story and view.following):
            return html
        return self._mark(html, view.story, view.following, folder, Path(page.file.abs_dest_path).parent)

    def _mark(self, html: str, story: StoryPage, following: Following, folder: Path, target: Path) -> str:
        """Mark the sentences that are read, and write what the player asks for."""
        sentences = read_sentences(folder)
        target.mkdir(parents=True, exist_ok=True)
        (target / CUES).write_text(render_vtt(sentences, words=True), "utf-8")
        (target / LISTEN).write_text(render_listen(story, sentences, following), "utf-8")
        marked = mark_page(story.title, html, story.page.moral, story.page.question, sentences)
        self._marked[story.path] = marked
        return marked.text

    def on_page_context(
        self, context: "TemplateContext", *, page: "Page", config: "MkDocsConfig", **_: object
    ) -> "TemplateContext":
        """Give the template its view and the text of the page without its heading."""
        view = self._views.pop(page.file.src_uri)
        if view.template == "main.html" and not view.heading:
            heading = find_heading(page.content or "") or unescape(str(page.title or "")) or config.site_name
            view = make_plain_view(heading, view.description, page.url)
        marked = self._marked.pop(page.file.src_uri, None)
        page.toc = TableOfContents([AnchorLink(view.heading, "ts-content", 1)])  # where the theme's skip link leads
        text = drop_heading(page.content or "")
        notes = {genre: GENRES[Genre(genre)] for genre in self.notes}
        context = _extend(context, notes=notes, note_names=say_genres(map(Genre, self.notes)))
        return _extend(context, view=view, marked=marked, text=text, linked=_link(view, config))

    def on_template_context(self, context: "TemplateContext", *, template_name: str, **_: object) -> "TemplateContext":
        """Give the page for what is not found a view, too."""
        if template_name != "404.html":
            return context
        heading = "This page is not on the shelf"
        return _extend(context, view=View("404.html", heading, "Not found", "There is no such page in this archive."))

    def on_post_build(self, *, config: "MkDocsConfig", **_: object) -> None:
        """Write what a phone and the service worker are told, for those who call MkDocs themselves."""
        write_app(config, Path(config.site_dir))


def _leads_away(file: File, root: Path) -> bool:
    """Whether a file is a link to somewhere outside the archive, which must not be published."""
    path = file.abs_src_path
    return path is not None and file.src_dir == str(root) and not Path(path).resolve().is_relative_to(root)


def _link(view: View, config: "MkDocsConfig") -> str:
    """Return what other programs read of a story; nothing where the site does not know its own address."""
    if view.template != "story.html" or not view.story or not config.site_url:
        return ""
    series = next((chip for chip in view.chips if chip.kind == "series" and chip.url), None)
    return render_linked(view.story, series, config.site_url, config.site_name)


def _extend(context: "TemplateContext", **more: object) -> "TemplateContext":
    return cast("TemplateContext", {**context, **more})
