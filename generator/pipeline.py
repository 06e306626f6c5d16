"""The main path: slot -> Brief -> Story -> (Pictures || Narration) -> Bundle.

Each function adds one concern. A story is in the archive with its whole text or not at all; pictures or a voice that
cannot be had tonight are added to the same folder by a later run.
"""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from generator.archive import Archive, read_page
from generator.backfill import is_unfinished, lacks_share, list_missing, make_completed, make_share, read_unfinished
from generator.briefs import Choices, Wish, make_brief, renew_brief
from generator.bundle import bundle_path, complete_bundle, make_files, slot_of, write_bundle
from generator.cards import Cards, read_cards
from generator.config import Config
from generator.drafting import write_story
from generator.drafts import Drafts
from generator.errors import ArchiveError, TaleshelfError, WishRefused
from generator.lock import locked
from generator.lore import choose_lore, read_lore
from generator.making import Hears, make_assets, warm_up
from generator.media.moving import bring_back, store_bundle
from generator.media.store import Store
from generator.money.ledger import Book, Ledger
from generator.money.till import Till
from generator.outside import Outside
from generator.slots import due_slots, request_slot
from generator.sound.speech import WORDS_PER_MINUTE
from generator.story import Brief, Slot, Story
from generator.wishes import check_wish
from generator.workshop import Workshop, open_workshop

PAST = 400  # stories a writer hears of: more than a year, so that no plot is told again in the same words
MOST_TRIES = 14  # runs that take up the same unfinished slot
BACK = 14  # nights: how far back a story that lacks something is looked for

Opening = Callable[[str], AbstractContextManager[Hears]]


@dataclass(frozen=True, slots=True)
class Run:
    """What every function of the main path needs."""

    config: Config
    outside: Outside
    opening: Opening
    note: Callable[[str], None]  # hears what belongs to no single story
    drafts: Drafts | None = None  # where unfinished work is kept, and stories wait for their owner's word
    store: Store | None = None  # where recordings and pictures are kept instead of git

    @property
    def archive(self) -> Archive:
        """The archive of the run."""
        return Archive(self.config.content / "stories")

    def book(self, slot: Slot) -> Book:
        """Return the folder of an unfinished slot."""
        return Book(self.config.state / "slots" / str(slot))


@dataclass(frozen=True, slots=True)
class Told:
    """A slot that has its story."""

    slot: Slot
    title: str
    folder: Path | None  # None while it waits for its owner's word
    new: bool  # told or completed by this run
    pending: tuple[str, ...] = ()  # "pictures", "narration": what a later run adds
    removed: bool = False  # it was taken down


def tell_nights(run: Run, today: date, *, only: date | None) -> Iterator[Told]:
    """Finish what is unfinished, tell the nights that are due, oldest first, or only one; yield each that is filed.

    A slot that cannot be told does not keep the next from being told; the first failure is raised at the end.
    """
    with _working(run):
        past = run.archive.past_nights()
        due = (Slot(only),) if only else due_slots(today, past, catch_up=run.config.catch_up)
        said = () if due else (Slot(today if today in past else min(past)),)  # so that it is said that it is told
        yield from _tell_all(run, (*list_unfinished(run, today), *due, *said))


def finish_slots(run: Run, today: date) -> Iterator[Told]:
    """Finish every slot that an earlier run left unfinished; yield each, whole now or not."""
    with _working(run):
        yield from _tell_all(run, list_unfinished(run, today))


def draw_shares(run: Run) -> Iterator[Path]:
    """Draw the share cards of stories that were filed without one, newest first; yield the folder of each."""
    with locked(run.config.state):
        for folder in run.archive.folders():
            try:
                if lacks_share(folder):
                    complete_bundle(folder, make_share(folder, show=run.config.show), reach=run.outside.reach)
                    yield folder
            except ArchiveError as error:  # `taleshelf check` says more about it
                run.note(f"no share card: {error.message}")


def tell_wish(run: Run, day: date, wish: Wish) -> Told:
    """Tell an extra story; the same wish with the same seed on the same day is told once."""
    return tell_request(run, request_slot(day, repr(wish)), wish)


def tell_request(run: Run, slot: Slot, wish: Wish) -> Told:
    """Tell an extra story for a slot of its own. Raises WishRefused for a wish that cannot be told."""
    check_wish(wish, run.config.language, run.config.writers)
    with _working(run):
        return tell_slot(run, slot, wish)


@contextmanager
def _working(run: Run) -> Iterator[None]:
    """Hold the archive's lock, and clear what an interrupted run left half written; nobody looks at that again."""
    with locked(run.config.state):
        shutil.rmtree(run.config.state / "staging", ignore_errors=True)
        yield


def list_unfinished(run: Run, today: date) -> tuple[Slot, ...]:
    """Return the slots with a ledger here or on a branch, and the latest stories that lack something, oldest first."""
    slots = (_parse_slot(path.name) for path in (run.config.state / "slots").glob("*"))
    begun = {slot for slot in slots if slot and run.book(slot).tries() < MOST_TRIES}
    first = today - timedelta(days=BACK)
    recent = dict.fromkeys((*run.archive.month(first), *run.archive.month(today)))
    lacking = {read_page(folder).slot for folder in recent if is_unfinished(folder)}
    return tuple(sorted({*begun, *lacking, *_list_drafts(run)} - run.archive.removed(), key=str))


def known_slots(run: Run) -> frozenset[Slot]:
    """Return the slots that have a story, had one, or were begun, here or on a branch. Raises ArchiveError."""
    begun = (_parse_slot(path.name) for path in (run.config.state / "slots").glob("*"))
    told = (slot_of(folder) for folder in run.archive.folders())
    drafted = run.drafts.waiting() if run.drafts else ()
    return frozenset(slot for slot in (*told, *begun, *drafted) if slot) | run.archive.removed()


def _list_drafts(run: Run) -> tuple[Slot, ...]:
    """Return the slots whose branch holds unfinished work; one whose story is published or taken down is deleted."""
    if not run.drafts:
        return ()
    try:
        waiting = run.drafts.waiting()
        done = {slot for slot in waiting if (folder := run.archive.find(slot)) and not is_unfinished(folder)}
        done |= run.archive.removed() & set(waiting)
        for slot in done:
            run.drafts.drop(slot)
        return tuple(slot for slot in waiting if slot not in done and not run.drafts.proposed(slot))
    except ArchiveError as error:
        run.note(f"the drafts on {run.config.remote} are left alone: {error.message}")
        return ()


def _fetch_draft(run: Run, slot: Slot, book: Book) -> bool:
    """Bring what another machine left of a slot; False when nobody can tell what was paid for there."""
    try:
        if run.drafts:
            run.drafts.pull(slot, book.folder)
    except ArchiveError as error:
        run.note(f"nothing is bought for {slot}, because its draft cannot be read: {error.message}")
        return False
    return True


def _parse_slot(name: str) -> Slot | None:
    try:
        return Slot.parse(name)
    except ValueError:
        return None


def _tell_all(run: Run, slots: tuple[Slot, ...]) -> Iterator[Told]:
    failures: list[TaleshelfError] = []
    for slot in dict.fromkeys(slots):
        try:
            told = tell_slot(run, slot, Wish())
        except TaleshelfError as error:
            failures.append(error)
        else:
            yield told
    if failures:
        raise failures[0]


def tell_slot(run: Run, slot: Slot, wish: Wish) -> Told:
    """Return the story of a slot; make it first if it is untold, and what it lacks if it is not whole."""
    book, folder = run.book(slot), run.archive.find(slot)
    if slot in run.archive.removed():
        return Told(slot, "", folder, new=False, removed=True)
    if folder and not is_unfinished(folder):
        book.close()
        return Told(slot, read_page(folder).title, folder, new=False)
    if run.config.review and run.drafts and run.drafts.proposed(slot):
        return Told(slot, "", None, new=False)
    buying = _fetch_draft(run, slot, book)
    cards = read_cards(run.config.content)
    if folder:
        if run.store:
            bring_back([folder], run.store, run.outside.reach)
        brief, story = read_unfinished(folder)
        with _opened(run, book, brief, cards, buying=buying) as (shop, hears):
            return _complete(run, shop, folder, brief, story, hears)
    brief = _make_brief(run, book.read(slot), cards, slot, wish)
    with _opened(run, book, brief, cards, buying=buying) as (shop, hears):
        return _tell(run, shop, brief, hears)


@contextmanager
def _opened(run: Run, book: Book, brief: Brief, cards: Cards, *, buying: bool) -> Iterator[tuple[Workshop, Hears]]:
    """Open the workshop of a slot; when the work fails before anything was paid for, nothing of it is kept."""
    with run.opening(_headline(brief)) as hears:
        shop = open_workshop(run.config, run.outside, run.archive, cards, book, brief, hears, run.drafts, buying=buying)
        try:
            yield shop, hears
        except BaseException:
            if not any(record.billed and record.reserved for record in shop.till.ledger.records):
                book.close()
            raise


def _tell(run: Run, shop: Workshop, brief: Brief, hears: Hears) -> Told:
    """Write, draw, read aloud and file the story of a brief."""
    till = shop.till
    story = till.book.read_story() or _write(run, shop, brief, hears)
    wanted = frozenset(prompt.name for prompt in story.prompts)
    assets = make_assets(brief, story, shop.job, pictures=wanted, narration=True)
    files = make_files(brief, story, assets.pictures, assets.narration, show=run.config.show, calls=till.calls)
    return _file(run, till, brief, story, files, hears)


def _write(run: Run, shop: Workshop, brief: Brief, hears: Hears) -> Story:
    hears.step("write", 0, 1)
    if brief.idea and (problems := shop.moderate(brief.idea, ())):
        raise WishRefused(f"the idea is not for children: {'; '.join(problems)}", "Ask for something gentler.")
    studio = shop.job.studio
    if studio.writers.buys:
        threading.Thread(target=warm_up, args=(studio,), name="warm up", daemon=True).start()
    story = write_story(brief, studio, shop.judges, hears.note, shop.job.desks)
    shop.till.keep_story(story)
    hears.step("write", 1, 1)
    run.outside.reach("story.kept")
    return story


def _file(run: Run, till: Till, brief: Brief, story: Story, files: dict[str, bytes], hears: Hears) -> Told:
    """Put a new story into the archive, or on a branch where its owner looks at it first."""
    folder = bundle_path(run.archive.stories, brief.slot, story.title)
    hears.step("file", 0, 1)
    if run.config.review and run.drafts:
        if run.store:
            files = store_bundle(brief.slot, files, run.store, run.outside.reach)
        place = folder.relative_to(run.config.root).as_posix()
        run.drafts.propose(brief.slot, files, place, story.title)
        hears.step("file", 1, 1)
        till.book.close()
        return Told(brief.slot, story.title, None, new=True)
    write_bundle(folder, files, staging=run.config.state / "staging" / str(brief.slot), reach=run.outside.reach)
    hears.step("file", 1, 1)
    return _close(run, till, folder)


def _complete(run: Run, shop: Workshop, folder: Path, brief: Brief, story: Story, hears: Hears) -> Told:
    """Make what a filed story lacks and put it into its folder."""
    page = read_page(folder)
    pictures, narration = list_missing(page, story)
    assets = make_assets(brief, story, shop.job, pictures=pictures, narration=narration)
    hears.step("file", 0, 1)
    if assets.pictures or assets.narration or not page.pending:
        files = make_completed(folder, brief, story, assets, shop.till.calls, show=run.config.show)
        complete_bundle(folder, files, reach=run.outside.reach)
    hears.step("file", 1, 1)
    return _close(run, shop.till, folder)


def _close(run: Run, till: Till, folder: Path) -> Told:
    """Forget the unfinished work of a story that is whole."""
    page = read_page(folder)
    if not page.pending:
        till.book.close()
        run.outside.reach("slot.closed")
    return Told(page.slot, page.title, folder, new=True, pending=page.pending)


def _make_brief(run: Run, ledger: Ledger, cards: Cards, slot: Slot, wish: Wish) -> Brief:
    """Return the brief of a slot: the one an earlier run wrote down, or a new one."""
    past, titles = run.archive.past(PAST), run.archive.titles()
    if ledger.brief:
        return renew_brief(ledger.brief, past, titles)
    choices = make_choices(run.config)
    brief = make_brief(slot, cards, choices, salt=run.config.show, past=past, titles=titles, wish=wish)
    return replace(brief, lore=choose_lore(read_lore(run.config.content / "lore"), brief))


def make_choices(config: Config) -> Choices:
    """Return what the settings let the nights choose from."""
    return Choices(
        config.genres, config.forms, config.ages, config.minutes, config.language, WORDS_PER_MINUTE * config.speed
    )


def _headline(brief: Brief) -> str:
    idea = f", about {brief.idea!r}" if brief.idea else ""
    kind = f"{brief.genre} story in {brief.form} for {brief.age}"
    return f"{brief.slot}: {kind}, with {brief.hero.name} and {brief.helper.name} {brief.place.at}{idea}"
