"""What an issue is told of its story, said once: the hidden mark of a comment tells that it was said.

Whatever was cut off between the comment and what follows it is ended by the next run.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.archive import Archive, read_page
from generator.config import Config
from generator.errors import WishRefused
from generator.forge.api import Forge
from generator.forge.issues import Issue, close_issue, comment_once, take_label
from generator.forge.words import quote_text
from generator.story import Slot

MADE = "Computer programs wrote it, drew it and read it aloud."
AGAIN = "Edit what is written above, and a maintainer can put the label on again."


@dataclass(frozen=True, slots=True)
class Answer:
    """What an issue is told."""

    mark: str  # by which the comment is known again
    text: str  # Markdown
    page: str = ""  # the address that has to answer before it is said
    close: bool = False
    unlabel: bool = False


def choose_answer(
    config: Config, slot: Slot, body: str, *, waits: bool, check: Callable[[Slot, str], None]
) -> Answer | None:
    """Return what the issue with that body is told, None while there is nothing to say.

    `waits`: the story waits for its owner's word. `check` raises WishRefused for what is not told.
    """
    archive = Archive(config.content / "stories")
    if slot in archive.removed():
        return answer_removed()
    if folder := archive.find(slot):
        page = read_page(folder)
        return answer_told(page.title, find_address(config, folder), pending=page.pending)
    if waits:
        return answer_waiting()
    try:
        check(slot, body)
    except WishRefused as error:
        return answer_refused(body, f"{error.message}. {error.hint}")
    return None


def find_address(config: Config, folder: Path) -> str:
    """Return where the page of a story is published."""
    return f"{config.site_url.rstrip('/')}/{folder.relative_to(config.content).as_posix()}/"


def answer_told(title: str, address: str, *, pending: tuple[str, ...] = ()) -> Answer:
    """Return the answer that links the story."""
    later = f" {' and '.join(pending).capitalize()} will follow." if pending else ""
    text = f"Your story is here: **[{quote_text(title)}]({address})**\n\n{MADE}{later}\n"
    return Answer("answer told", text, address, close=True)


def answer_removed() -> Answer:
    """Return the answer to a request whose story was taken down or turned away."""
    return Answer("answer removed", "There is no story of this any more, and it is not told again.\n", close=True)


def answer_waiting() -> Answer:
    """Return the answer while the story waits for its owner's word."""
    return Answer("answer waiting", "Your story is written. A grown-up reads it before it is published.\n")


def answer_refused(body: str, reason: str) -> Answer:
    """Return the answer to an idea that is not told; another one is judged anew."""
    digest = hashlib.sha256(body.encode(errors="replace")).hexdigest()[:8]
    text = (
        "Thank you for the idea. It cannot become a story as it stands:\n\n"
        f"> {quote_text(reason)}\n\nStories here are for children, and everybody can read them. {AGAIN}\n"
    )
    return Answer(f"answer refused {digest}", text, unlabel=True)


def answer_missed(address: str, run: str) -> Answer:
    """Return the answer to a request whose story did not come about; `address` is that of the run, or empty."""
    where = f"[What happened]({address}) is for a maintainer to see. " if address else ""
    text = f"The story did not come about this time. {where}A maintainer can take the label off and put it on again.\n"
    return Answer(f"answer missed {run}", text)


def give_answer(forge: Forge, issue: Issue, answer: Answer, label: str) -> bool:
    """Say it once, then close the issue or take the label off; tell whether it was said now."""
    said = comment_once(forge, issue.number, answer.mark, answer.text)
    if answer.unlabel:
        take_label(forge, issue.number, label)
    if answer.close and issue.open:
        close_issue(forge, issue.number)
    return said
