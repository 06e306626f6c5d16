"""One edition of the site: what changed is found, printed beside it, and put in its place."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.site.app import write_app
from generator.site.crew import Crew, Job, not_collecting
from generator.site.feeds import Feed, find_outlet, find_store, make_feeds, write_feeds
from generator.site.fingerprints import hash_file
from generator.site.indexing import Indexer
from generator.site.inventory import Inventory, list_files, read_inventory
from generator.site.keep import STAMP, Last, State, forget_years, read_times, render_state, write_state, write_times
from generator.site.leaves import Leaf, digest
from generator.site.library import Library, gather, recall
from generator.site.order import Before, Order, complain
from generator.site.placing import Left, merge, swap
from generator.site.plan import EXCLUDED, Plan, find_dead_anchors, make_keys, make_plan
from generator.site.press import Press, Trace, open_templates, warm_up
from generator.site.search import FOLDER, PARTS, render_parts
from generator.site.settings import digest_settings, find_notes
from generator.site.shelf import Shelf, make_shelf, read_site_cards
from generator.site.sitemap import render_sitemap
from generator.site.survey import Survey, survey_folder
from generator.site.times import is_untouched, take_times
from generator.site.views import make_leaves

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig

WARNING = 30  # the level of logging from which on a finding is an error


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that lies ready before the first page is printed."""

    order: Order
    inventory: Inventory
    leaves: Mapping[str, Leaf]
    press: Press
    crew: Crew
    feeds: Mapping[str, Feed]
    new: State


def make_edition(
    order: Order, before: Before, config: "MkDocsConfig", problems: list[str], stack: ExitStack
) -> tuple[Survey, int, bool]:
    """Bring the site up to date and return its survey, how many pages were printed, and whether it was all of them."""
    last = before.last
    settings = digest_settings(config)
    old = last.state if last and last.state.settings == settings else State()
    with not_collecting():
        recalled = recall(order.cache, old)  # while git is at work
        left = _find_left(order, last) if last and last.state is old else None
        templates = open_templates(config)

        def ask_git() -> Mapping[str, str] | None:
            warm_up(templates, config, before.is_git_done)
            return before.ask_git()

        inventory = read_inventory(Path(config.docs_dir), ask_git)
        crew = Crew(stack, order.workers)
        library = gather(inventory, old, recalled, order.cache, crew.read)
        indexer = _open_indexer(order, config, inventory, library, stack)
        parts = indexer.make_keys()
        if old.parts:
            indexer.begin(year for year, key in parts.items() if old.parts.get(year) != key)
        desk = _set_up(order, config, inventory, library, indexer.shelf, crew, templates)
    new = desk.new
    new.settings, new.parts = settings, parts
    fits = left is not None and old.navigation == new.navigation
    whole = not fits or not library.sound or _uncovers_theme(desk.press, old, new)
    base = State() if whole else old
    plan = make_plan(base, new.pages, inventory, library, desk.press.catalogue.has)
    changed = [year for year, key in parts.items() if base.parts.get(year) != key]
    indexing = {year: indexer.write(year, order.staging, None if whole else order.site) for year in changed}
    _print(desk, plan, base, problems)
    if problems:
        for future in indexing.values():
            future.cancel()
        raise complain(problems)
    _copy(desk, plan, whole)
    rendered = render_state(new)
    lost = [*_find_lost(desk, plan), *(path for path in base.feeds if path not in new.feeds)]
    _write_rest(desk, rendered[0])
    write_feeds(desk.feeds, [path for path, key in new.feeds.items() if base.feeds.get(path) != key], order.staging)
    write_app(config, order.staging, None if whole else order.site, lost)
    indexed = {year: future.result() for year, future in indexing.items()}  # last, for it takes longest
    survey, times = _place(desk, plan, base, None if whole else left, indexed, lost)
    forget_years(order.cache, set(new.records))
    write_times(order.cache, rendered[0], times)
    write_state(order.cache, rendered, survey)
    return survey, len(plan.pages), whole


def write_whole_index(order: Order, before: Before, config: "MkDocsConfig") -> None:
    """Add the search index to a site that MkDocs has built on its own."""
    inventory = read_inventory(Path(config.docs_dir), before.ask_git)
    with ExitStack() as stack:
        library = gather(inventory, State(), {}, order.cache, Crew(stack, order.workers).read)
        indexer = _open_indexer(order, config, inventory, library, stack)
        for year in library.years:
            indexer.write(year, order.staging, None).result()
    _write(order.staging / PARTS, render_parts(library.years).encode())


def _open_indexer(
    order: Order, config: "MkDocsConfig", inventory: Inventory, library: Library, stack: ExitStack
) -> Indexer:
    stories = [kept.story for kept in library.kept.values()]
    cards = read_site_cards(inventory.content)
    shelf = make_shelf(stories, cards, find_notes(config), find_outlet(config), find_store(config))
    thread = stack.enter_context(ThreadPoolExecutor(1, "index"))
    return Indexer(library, shelf, order.cache, inventory.content, thread)


def _set_up(
    order: Order,
    config: "MkDocsConfig",
    inventory: Inventory,
    library: Library,
    shelf: Shelf,
    crew: Crew,
    templates: "Environment",
) -> Desk:
    leaves = make_leaves(shelf)
    press = Press(config, inventory, leaves, shelf.outlet, shelf.store, templates)
    prints = {
        folder: kept.name or hash_file(inventory.content / kept.story.path) for folder, kept in library.kept.items()
    }
    feeds = make_feeds(shelf, inventory.content, prints, inventory.loose)
    new = State(
        navigation=digest(*(part for item in press.navigation for part in item)),
        loose=dict(inventory.loose),
        pages=make_keys(leaves, inventory, library),
        records=library.digests,
        feeds={path: feed.key for path, feed in feeds.items()},
    )
    return Desk(order, inventory, leaves, press, crew, feeds, new)


def _find_left(order: Order, last: Last) -> Left | None:
    """Return how the last build left the site, if it is still so."""
    try:
        stamp = (order.site / STAMP).read_text("utf-8")
    except (OSError, ValueError):
        return None
    if stamp.strip() != last.stamp:
        return None
    times = read_times(order.cache, last.stamp)
    if is_untouched(order.site, times):
        return Left(last.survey, times)
    alike = survey_folder(order.site, sized=False).is_like(last.survey)
    return Left(last.survey, take_times(order.site)) if alike else None


def _uncovers_theme(press: Press, old: State, new: State) -> bool:
    """Whether a file of the archive that stood in front of one of the theme came or went."""
    return any(press.catalogue.find_theme(path) for path in old.loose.keys() ^ new.loose.keys())


def _print(desk: Desk, plan: Plan, base: State, problems: list[str]) -> None:
    """Print the pages of the plan, and take down in the new state who links to whom."""
    new, order = desk.new, desk.order
    job = Job(order.staging, str(order.config_file), str(order.cache), new.records, desk.inventory)
    printed = desk.crew.print_pages(desk.press, job, plan.pages, plan.bundles)
    problems += printed.problems
    traces = printed.traces
    for path in new.pages.keys() - traces.keys():
        if base.pages.get(path, "").endswith(EXCLUDED):
            new.pages[path] += EXCLUDED
        new.asked |= {path: base.asked[path]} if path in base.asked else {}
        new.anchors |= {path: base.anchors[path]} if path in base.anchors else {}
    for path, trace in traces.items():
        _note(new, path, trace)
    if problems:
        return
    _note_ids(desk, base, traces)
    if desk.press.config.validation.links.anchors >= WARNING:
        problems += find_dead_anchors(new)


def _note(state: State, path: str, trace: Trace | None) -> None:
    if trace is None:
        state.pages[path] += EXCLUDED
        return
    state.asked |= {path: trace.asked} if trace.asked else {}
    state.anchors |= {path: trace.anchors} if trace.anchors else {}


def _note_ids(desk: Desk, base: State, traces: dict[str, Trace | None]) -> None:
    """Take down the anchors of pages that are linked to by anchor; one that nobody knows yet is printed once more."""
    for target in sorted({target for targets in desk.new.anchors.values() for target in targets}):
        trace = traces.get(target)
        if target not in desk.new.pages:
            continue
        if trace is None and target in base.ids:
            desk.new.ids[target] = base.ids[target]
        elif trace := trace or desk.press.print_page(target):
            desk.new.ids[target] = trace.ids


def _copy(desk: Desk, plan: Plan, whole: bool) -> None:
    if whole:
        desk.press.copy_theme()
    for path in plan.files:
        desk.press.copy_file(path)
    desk.press.print_templates()


def _find_lost(desk: Desk, plan: Plan) -> list[str]:
    """Return the files of the site whose page or file is gone from the archive."""
    targets = (desk.press.target(path) for path in (*plan.lost_pages, *plan.lost_files))
    return [target for target in targets if target]


def _write_rest(desk: Desk, stamp: str) -> None:
    """Write what is about the site as a whole."""
    shown = (
        (path, desk.leaves.get(path)) for path, key in sorted(desk.new.pages.items()) if not key.endswith(EXCLUDED)
    )
    pages = [(path, leaf.day if leaf else "") for path, leaf in shown]
    _write(desk.order.staging / "sitemap.xml", render_sitemap(pages, desk.press.config.site_url or "").encode())
    _write(desk.order.staging / PARTS, render_parts(desk.new.parts).encode())
    _write(desk.order.staging / STAMP, f"{stamp}\n".encode())


def _place(
    desk: Desk, plan: Plan, base: State, left: Left | None, parts: Mapping[str, set[str]], lost: list[str]
) -> Left:
    """Put the new files into the site that the last build left, or the new site into its place."""
    order = desk.order
    if left is None:
        swap(order.staging, order.site)
        return Left(survey_folder(order.site), take_times(order.site))
    lost = [name for name in lost if not (order.staging / name).exists()]  # what stood there may stand there anew
    for year, names in parts.items():
        found = (f"{FOLDER}/{year}/{name}" for name in list_files(order.site / FOLDER / year))
        lost += [name for name in found if name not in names]
    gone = [f"{FOLDER}/{year}" for year in base.parts.keys() - desk.new.parts.keys()]
    return merge(order.staging, order.site, left, [*plan.lost_bundles, *plan.bundles, *gone], lost)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
