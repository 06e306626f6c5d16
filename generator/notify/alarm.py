"""A run that failed, as a mail to whoever looks after the archive: what, why, where to look. Pure."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape

from generator.feeds.text import clean_line, clean_xml
from generator.notify.bulletin import Bulletin, Letter, make_subject
from generator.notify.letter import DISPLAY, INK, PLAIN, SOFT, render_button, render_sheet
from generator.site.phrases import say_date

LINES, LONGEST = 40, 300  # of what the run said last, and characters of each
CHANGING = re.compile(r"0x[0-9a-f]+|[0-9a-f]{7,64}|\d+", re.IGNORECASE)  # what differs between two failures of one kind
REST = "What was made so far is kept, and the next run goes on where this one stopped. If this comes again, it wants a person."


@dataclass(frozen=True, slots=True)
class Failure:
    """A run that failed. Nothing in it is secret any more."""

    day: date
    step: str  # "publish"
    lines: tuple[str, ...]  # the last of what it said
    link: str  # to the run, or empty
    show: str
    site: str

    @property
    def reason(self) -> str:
        """The sentence that says why: the last one that begins with Error, or the last of all."""
        errors = [line for line in self.lines if re.match(r"\W*error\b", line, re.IGNORECASE)]
        return clean_line((errors or [*self.lines] or ["it did not say why"])[-1])

    @property
    def key(self) -> str:
        """What it is known by: the day, and the kind of failure."""
        kind = CHANGING.sub("#", f"{self.step}\n{self.reason}".lower())
        return f"failures/{self.day}-{hashlib.sha256(kind.encode()).hexdigest()[:12]}"


def read_lines(log: str) -> tuple[str, ...]:
    """Return the last lines of what a run said, without colours and control characters."""
    plain = re.sub(r"\x1b\[[0-9;?]*[ -/]*[@-~]", "", clean_xml(log))
    lines = (" ".join(line.split("\r")[-1].split())[:LONGEST] for line in plain.split("\n"))
    return tuple(line for line in lines if line)[-LINES:]


def make_alarm(failure: Failure, to: tuple[str, ...]) -> Bulletin:
    """Make what an owner is told."""
    subject = make_subject(f"{failure.show}: {failure.step} failed on {say_date(failure.day)}")
    text = "\n".join(_write_text(failure)) + "\n"
    facts = {
        "event": "run.failed",
        "day": str(failure.day),
        "step": failure.step,
        "reason": failure.reason,
        "run": failure.link,
        "show": failure.show,
        "site": failure.site,
        "lines": list(failure.lines),
    }
    return Bulletin(failure.key, Letter(subject, text, _render(failure, subject)), text, facts, to=to, listed=False)


def _write_text(failure: Failure) -> Iterable[str]:
    yield from (f"The step {failure.step!r} failed on {say_date(failure.day)}:", "", f"    {failure.reason}", "")
    if failure.link:
        yield from (f"The run: {failure.link}", "")
    yield from (REST, "", "What it said last:", *(f"    {line}" for line in failure.lines))


def _render(failure: Failure, subject: str) -> str:
    lines = "<br>".join(map(escape, failure.lines))
    body = (
        f'<h1 class="t i" style="margin:0 0 14px;font:700 24px/1.25 {DISPLAY};color:{INK}">“{escape(failure.step)}” failed</h1>'
        f'<p class="i" style="margin:0 0 14px;font:17px/1.5 {PLAIN};color:{INK}">{escape(failure.reason)}</p>'
        f'<p class="m" style="margin:0 0 18px;font:15px/1.5 {PLAIN};color:{SOFT}">{escape(say_date(failure.day))}. {escape(REST)}</p>'
        + (render_button("Open the run", failure.link) if failure.link else "")
        + f'<p class="m" style="margin:14px 0 0;font:12px/1.55 ui-monospace,Menlo,Consolas,monospace;color:{SOFT};word-break:break-word">{lines}</p>'
    )
    return render_sheet(subject, failure.show, failure.site, failure.reason, body)
