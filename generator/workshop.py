"""Everything at hand for one slot: its till, its providers, and whoever judges what they make."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from generator.archive import Archive
from generator.cards import Cards
from generator.config import Config
from generator.drafting import Judges, make_moderation
from generator.drafts import Drafts
from generator.errors import ArchiveError
from generator.judging.shelf import read_fingerprints
from generator.making import Hears, Job
from generator.money.budget import Entry
from generator.money.ledger import Book
from generator.money.prices import load_prices
from generator.money.spending import read_entries
from generator.money.till import Counter, Till, open_till
from generator.outside import Outside
from generator.story import Brief, Slot
from generator.studio import open_studio

MOST_FAILURES = 2  # of pushes in a night: a remote that hangs is not waited for again and again
REMEMBERED = 20  # stories of the past that a recorded brief keeps: those a paid writer is told of


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the main path works with."""

    till: Till
    job: Job
    judges: Judges
    moderate: Callable[[str, tuple[bytes, ...]], tuple[str, ...]]


class Keeper:
    """Keeps what was paid for where it outlives this machine; that it fails costs nobody the story.

    While one thread pushes, others go on: what they bought meanwhile goes with the next push of that thread.
    """

    def __init__(self, slot: Slot, book: Book, drafts: Drafts, hears: Hears) -> None:
        self.slot, self.book, self.drafts, self.hears = slot, book, drafts, hears
        self.new = threading.Event()
        self.pushing = threading.Lock()
        self.failures = 0

    def keep(self) -> None:
        """Push what is new, or leave it to whoever is pushing already."""
        self.new.set()
        while self.new.is_set() and self.failures < MOST_FAILURES and self.pushing.acquire(blocking=False):
            try:
                self.new.clear()
                self.drafts.push(self.slot, self.book.folder)
            except ArchiveError as error:
                self.failures += 1
                self.hears.note(f"what was made so far is kept on this disk only: {error.message}")
            finally:
                self.pushing.release()


def open_workshop(
    config: Config,
    outside: Outside,
    archive: Archive,
    cards: Cards,
    book: Book,
    brief: Brief,
    hears: Hears,
    drafts: Drafts | None,
    *,
    buying: bool,
) -> Workshop:
    """Open the till of a slot and find its providers; only the embedded ones unless `buying` is wanted and safe.

    Raises ConfigError and ArchiveError.
    """
    studio = open_studio(config.writers, config.illustrators, config.narrators, config.moderators)
    elsewhere: tuple[Entry, ...] = ()
    if studio.buys:
        try:
            elsewhere = read_entries(archive, config.state / "slots", outside.moment().date())
        except ArchiveError as error:
            hears.note(f"nothing is bought, because nobody can tell what was spent: {error.message}")
            buying = False
    if not buying:
        studio = open_studio(moderators=config.moderators)

    till = open_till(
        book,
        replace(brief, past=brief.past[:REMEMBERED], titles=frozenset()),
        caps=config.caps,
        prices=load_prices(config.prices),
        elsewhere=elsewhere,
        outside=outside,
        keep=Keeper(brief.slot, book, drafts, hears).keep if drafts else lambda: None,
    )

    def desks(name: str) -> Counter:
        return till.desk(config.providers.get(name, {}))

    moderate = make_moderation(
        studio.moderators, desks, lambda name: bool(outside.environment.get(name)), hears.note, strict=bool(brief.idea)
    )
    job = Job(config, cards, studio, desks, hears, moderate, outside.reach, till.stop)
    known = frozenset((*(card.name for card in cards.cast), *(card.name for card in cards.places)))
    shelf = read_fingerprints(archive, config.state)
    return Workshop(till, job, Judges(shelf, known, lambda text: moderate(text, ())), moderate)
