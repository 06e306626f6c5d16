"""What was published before: nothing a subscriber knows may vanish or come a second time."""

from collections.abc import Iterator, Sequence

from generator.feeds.check.pages import Entry, Show
from generator.feeds.check.paging import same
from generator.feeds.check.rules import Said


def check_entries(
    before: Sequence[Entry], after: Sequence[Entry], *, whole: bool
) -> Iterator[tuple[Entry | None, Said]]:
    """Report what changed of the items that were there, each with the item it is said of.

    `whole` tells that all pages of `after` were read; an item that is not there has vanished only then.
    """
    known = {entry.guid: entry for entry in after if entry.guid}
    old = {entry.guid for entry in before}
    fresh = [entry for entry in after if entry.guid not in old]
    marks = {mark: entry for entry in fresh for mark in _marks(entry)}
    renamed = set()
    for entry in before:
        now = known.get(entry.guid)
        twin = next((marks[mark] for mark in _marks(entry) if mark in marks), None)
        if now:
            yield from _check_entry(entry, now)
        elif twin:
            renamed.add(twin.guid)
            yield twin, Said("C02", twin.line, f"{twin.title[:60]!r} had the guid {entry.guid[:80]!r} before.")
        elif entry.guid and whole:
            yield None, Said("C01", 0, f"{entry.title[:60]!r} has vanished; its guid was {entry.guid[:80]!r}.")
    newest = max((entry.date for entry in before if entry.date), default=None)
    for entry in fresh:
        if newest and entry.date and entry.date < newest and entry.guid not in renamed:
            yield entry, Said("C07", entry.line, f"{entry.title[:60]!r} is new and older than what was published.")


def _check_entry(before: Entry, now: Entry) -> Iterator[tuple[Entry, Said]]:
    if before.date and now.date and before.date != now.date:
        yield now, Said("C03", now.line, f"The date of {now.title[:60]!r} was {before.date.isoformat()} before.")
    if before.sound and before.sound == now.sound and before.length != now.length:
        yield (
            now,
            Said(
                "C05",
                now.line,
                f"The sound of {now.title[:60]!r} had {before.length[:20]} bytes under the same address.",
            ),
        )


def _marks(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield by what an episode is known although its guid is another one."""
    if entry.sound:
        yield "sound", entry.sound
    if entry.link:
        yield "link", entry.link
    if entry.title and entry.date:
        yield entry.title, entry.date.isoformat()


def check_show(before: Show, now: Show) -> Iterator[Said]:
    """Report what changed of the show itself."""
    if before.guid and now.guid.lower() != before.guid.lower():
        yield Said("C04", 0, f"podcast:guid was {before.guid[:60]} before, and is {now.guid[:60] or 'gone'}.")
    if before.address and now.address and not same(before.address, now.address) and not now.moved:
        yield Said("C06", 0, f"The address of the feed was {before.address[:100]} before.")
