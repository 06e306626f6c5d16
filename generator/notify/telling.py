"""The way news take: claimed, told, settled, one channel after the other, and no channel keeps another from telling.

    notice: smtp claimed -> mails -> notice: smtp told, sns claimed -> message -> notice: sns told

What is claimed and not settled is in doubt for ever after: the run that claimed it died, and nobody is told by it again
unless the owner wants it so.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from generator.notify.board import Board
from generator.notify.bulletin import Bulletin
from generator.notify.channel import Channel, Fate, Outcome
from generator.notify.notices import Claimant, Notice, claim, settle


@dataclass(frozen=True, slots=True)
class Report:
    """How it went with one channel."""

    key: str
    channel: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Telling:
    """What it takes to tell news."""

    board: Board = field(repr=False)
    who: Claimant
    channels: Sequence[Channel]
    reach: Callable[[str], None] = field(repr=False, default=lambda _name: None)

    def tell(self, bulletin: Bulletin) -> Iterator[Report]:
        """Tell one piece of news by every channel that has not, and yield how each went. Raises PublishError."""
        before: Report | None = None
        wanted = tuple(channel.name for channel in self.channels)
        for channel in self.channels:
            ours = self._turn(bulletin.key, before, channel, wanted)
            before = None
            if ours is None:
                continue
            self.reach("notify.claimed")
            outcome = self._weigh(channel, channel.tell(bulletin, ours))
            self.reach("notify.told")
            before = Report(bulletin.key, channel.name, outcome)
            yield before
        self._turn(bulletin.key, before, None, wanted)
        self.reach("notify.settled")

    def _turn(
        self, key: str, before: Report | None, channel: Channel | None, wanted: tuple[str, ...]
    ) -> tuple[str, ...] | None:
        """Settle the channel before and claim the next in one step; return who is left of it, or None if it is not ours."""

        def change(notice: Notice | None) -> Notice:
            notice = notice or Notice()
            if before:
                notice = settle(notice, before.channel, self.who, before.outcome)
            return claim(notice, channel.name, self.who, wanted, harmless=channel.harmless) if channel else notice

        if not (before or channel):
            return None
        notice = self.board.update({key: change})[key]
        mark = notice.marks.get(channel.name) if channel else None
        return mark.left if mark and mark.by == self.who.by and mark.state == "claimed" else None

    def _weigh(self, channel: Channel, outcome: Outcome) -> Outcome:
        """Tell again what may have arrived, where that does no harm or is wanted."""
        again = outcome.fate is Fate.DOUBT and (channel.harmless or self.who.resend)
        return replace(outcome, fate=Fate.LATER) if again else outcome


def pass_over(board: Board, keys: Sequence[str]) -> None:
    """Note of stories that nobody is to be told of them: they were there before anybody wanted to know."""
    if keys:
        board.update({key: lambda notice: notice or Notice() for key in keys})
