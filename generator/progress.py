"""What a person sees while a story is made: a live line on a terminal, one plain line a stage in a log."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TextIO

from generator.markdown import printable

STAGES = {"write": "Writing", "draw": "Drawing", "narrate": "Reading aloud", "file": "Filing"}
WIDTH = 20  # cells of the bar


@dataclass(slots=True)
class Progress:
    """Hears of every step; several threads may call it."""

    stream: TextIO
    clock: Callable[[], float]  # seconds
    live: bool  # the stream is a terminal
    begun: dict[str, float] = field(default_factory=dict)
    done: dict[str, tuple[int, int]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)  # finished stages and how long they took

    def step(self, stage: str, done: int, total: int) -> None:
        """Say that `done` of `total` parts of a stage are finished; the first call of a stage starts its time."""
        if stage not in self.begun:
            self.begun[stage] = self.clock()
        self.done[stage] = (done, total)
        finished = done >= total and stage not in self.seconds
        if finished:
            self.seconds[stage] = self.clock() - self.begun[stage]
        if self.live:
            self._redraw(ended=finished and len(self.seconds) == len(self.done))
        elif finished:
            self._print(f"{STAGES[stage]}: {done} of {total}, {self.seconds[stage]:.1f} s")

    def note(self, text: str) -> None:
        """Say something that is worth a line of its own."""
        self._print(printable(text))

    def stop(self) -> None:
        """Leave the live line as it is, so that what follows begins on a line of its own."""
        if self.live and len(self.seconds) < len(self.done):
            self.stream.write("\n")

    def _redraw(self, *, ended: bool) -> None:
        running = [stage for stage in self.done if stage not in self.seconds] or [next(reversed(self.done))]
        parts = (f"{STAGES[stage]} {_bar(*self.done[stage])}" for stage in running)
        self.stream.write(f"\r\033[K{'   '.join(parts)}" + ("\n" if ended and running[-1] == "file" else ""))
        self.stream.flush()

    def _print(self, text: str) -> None:
        self.stream.write(f"\r\033[K{text}\n" if self.live else f"{text}\n")
        self.stream.flush()


def _bar(done: int, total: int) -> str:
    cells = WIDTH * done // max(total, 1)
    return f"[{'#' * cells}{'.' * (WIDTH - cells)}] {done}/{total}"
