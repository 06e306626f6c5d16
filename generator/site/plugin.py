"""The MkDocs plugin: each hook hands over to a pure function."""

from collections.abc import Mapping, Sequence
from html import escape, unescape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, cast

from mkdocs.config import config_options as options
from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator.feeds.outlet import Outlet
from generator.feeds.transcript import render_captions, render_chapters, render_transcript_page
from generator.media.pointers import read_pointers
from generator.site.app import write_app
from generator.site.catalogue import AwayFile
from generator.site.feeds import find_outlet, find_store, make_feeds, write_feeds
from generator.site.leaves import Leaf
from generator.site.linked import render_linked
from generator.site.listen import (
    CHAPTERS,
    CUES,
    LISTEN,
    TRANSCRIPT,
    TRANSCRIPT_PAGE,
    Following,
    read_sentences,
    render_listen,
)
from generator.site.pages import drop_heading, find_heading
from generator.site.phrases import GENRES, say_genres
from generator.site.pictures import Size, frame_pictures, read_size
from generator.site.readalong import Marked, mark_page
from generator.site.sanitise import sanitise
from generator.site.shelf import NOTES, Shelf, read_shelf
from generator.site.story_page import StoryPage, publish_path
from generator.site.verse import break_verses
from generator.site.view import View, make_plain_view
from generator.site.views import make_leaves
from generator.sound.timing import render_vtt
from generator.story import Form, Genre, Sentence
from generator.tombstones import FOLDER as TOMBSTONES

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
        self._shelf: Shelf | None = None  # where MkDocs was called by somebody else
        self._outlet: Outlet | None = None
        self._store = ""  # where readers find the store of recordings and pictures
        self._views: dict[str, View] = {}
        self._marked: dict[str, Marked] = {}

    @property
    def notes(self) -> tuple[str, ...]:
        """The genres whose stories carry a content note."""
        return tuple(self.config.content_notes)

    def show(self, leaves: Mapping[str, Leaf], outlet: Outlet | None, store: str) -> None:
        """Be told what the pages show, by a build that has read the archive itself."""
        self._leaves, self._outlet, self._store = leaves, outlet, store

    @event_priority(100)
    def on_files(self, files: Files, *, config: "MkDocsConfig") -> Files:
        """Read the archive and add the pages that list stories, for those who call MkDocs themselves."""
        root = Path(config.docs_dir).resolve()
        for file in [file for file in files if _leads_away(file, root) or file.src_uri.startswith(f"{TOMBSTONES}/")]:
            files.remove(file)
        for file in files:
            if there := publish_path(file.src_uri):
                file.dest_uri = there
        self._shelf = read_shelf(Path(config.docs_dir), self.notes, find_outlet(config), find_store(config))
        self.show(make_leaves(self._shelf), self._shelf.outlet, self._shelf.store)
        for story in self._shelf.stories:
            for name, _ in story.away:
                files.append(
                    AwayFile(f"{story.folder}/{name}", config.docs_dir, config.site_dir, use_directory_urls=True)
                )
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
        html = self._frame(sanitise(html), view.story, folder)
        if not (view.story and view.following):
            return html
        return self._mark(html, view.story, view.following, folder, Path(page.file.abs_dest_path).parent)

    def _frame(self, html: str, story: StoryPage | None, folder: Path) -> str:
        if not story:
            return frame_pictures(html, lambda _name: None)
        away = read_pointers(folder)

        def find_size(name: str) -> Size | None:
            if name in away:
                return away[name].shape
            return read_size(folder / name) if name in story.files else None

        return frame_pictures(html, find_size, story.small, place_of=lambda name: story.beside(name, self._store))

    def _mark(self, html: str, story: StoryPage, following: Following, folder: Path, target: Path) -> str:
        """Mark the sentences that are read, and write what the player asks for."""
        sentences = read_sentences(folder)
        target.mkdir(parents=True, exist_ok=True)
        (target / CUES).write_text(render_vtt(sentences, words=True), "utf-8")
        (target / LISTEN).write_text(render_listen(story, sentences, following, self._store), "utf-8")
        if sentences and self._outlet:
            _write_for_apps(story, sentences, self._outlet, target)
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
        return _extend(
            context, view=view, marked=marked, text=text, linked=_link(view, config, self._store), store=self._store
        )

    def on_template_context(self, context: "TemplateContext", *, template_name: str, **_: object) -> "TemplateContext":
        """Give the page for what is not found a view, too."""
        if template_name != "404.html":
            return context
        heading, words = (
            "This page is not on the shelf",
            "There is no such page in this archive, or its story was taken down.",
        )
        return _extend(context, view=View("404.html", heading, "Not found", words))

    def on_post_build(self, *, config: "MkDocsConfig", **_: object) -> None:
        """Write the feeds, and what a phone and the service worker are told, for those who call MkDocs themselves."""
        if self._shelf:
            content = Path(config.docs_dir)
            taken = {path.relative_to(content).as_posix() for path in content.rglob("*")}
            feeds = make_feeds(self._shelf, content, {}, taken)
            write_feeds(feeds, feeds, Path(config.site_dir))
        write_app(config, Path(config.site_dir))


def _write_for_apps(story: StoryPage, sentences: Sequence[Sentence], outlet: Outlet, target: Path) -> None:
    """Write what the podcast feeds lead to beside a recording."""
    (target / TRANSCRIPT).write_text(render_captions(sentences), "utf-8")
    (target / TRANSCRIPT_PAGE).write_text(render_transcript_page(story, sentences, outlet), "utf-8")
    (target / CHAPTERS).write_text(render_chapters(story, sentences, outlet), "utf-8")


def _leads_away(file: File, root: Path) -> bool:
    """Whether a file is a link to somewhere outside the archive, which must not be published."""
    path = file.abs_src_path
    return path is not None and file.src_dir == str(root) and not Path(path).resolve().is_relative_to(root)


def _link(view: View, config: "MkDocsConfig", store: str) -> str:
    """Return what other programs read of a story; nothing where the site does not know its own address."""
    if view.template != "story.html" or not view.story or not config.site_url:
        return ""
    series = next((chip for chip in view.chips if chip.kind == "series" and chip.url), None)
    return render_linked(view.story, series, config.site_url, config.site_name, store)


def _extend(context: "TemplateContext", **more: object) -> "TemplateContext":
    return cast("TemplateContext", {**context, **more})
