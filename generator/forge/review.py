"""Pull requests for stories that wait for their owner's word: one for each, and what its end means.

Merged, the story is on the published branch, and that push publishes the site. Closed without that, the slot gets a
tombstone, so that nobody tells it again; its branch goes with the next run. The comment on the closed pull request comes
last and settles it: who deletes the tombstone afterwards has the slot told anew.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.archive import Archive
from generator.config import Config
from generator.drafts import PREFIX, Drafts
from generator.errors import ArchiveError
from generator.forge.api import Forge, pick, pick_number, pick_text
from generator.forge.issues import comment_once, was_said
from generator.forge.proposal import read_proposal, render_proposal, render_title
from generator.removal import skip_slot
from generator.story import Slot

BRANCH = PREFIX.removeprefix("refs/heads/")
FAR = 100  # closed pull requests that are looked through, the latest first
SKIPPED = (
    "There is no story of this, and it is not told again. "
    "To have it told anew, delete content/tombstones/{slot}.md; the next night tells it.\n"
)


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request for a draft."""

    number: int
    slot: Slot
    head: str  # the commit it shows
    open: bool
    merged: bool


def open_reviews(forge: Forge, drafts: Drafts, config: Config, home: str) -> Iterator[str]:
    """Open a pull request for every story that waits and has none; yield a line for each story that waits."""
    base = ""
    for slot in drafts.waiting():
        if not drafts.proposed(slot):
            continue
        try:
            proposal = read_proposal(drafts.repository, Archive(config.content / "stories").stories, slot)
        except ArchiveError as error:
            yield f"{slot}: {error.message}"
            continue
        pulls = [
            pull for pull in read_pulls(forge, head=f"{forge.owner}:{BRANCH}{slot}", state="all") if pull.slot == slot
        ]
        known = next((pull for pull in pulls if pull.open or pull.head == proposal.commit), None)
        if known:
            yield f"{slot}: pull request {known.number} {'waits' if known.open else 'was closed'}"
            continue
        base = base or pick_text(forge.get(""), "default_branch")
        value = {"head": f"{BRANCH}{slot}", "base": base, "title": render_title(proposal)}
        made = forge.send("POST", "pulls", value | {"body": render_proposal(proposal, home)})
        yield f"{slot}: pull request {pick_number(made, 'number')} is open"


def settle_reviews(forge: Forge, config: Config, today: date) -> Iterator[str]:
    """Leave a tombstone for every story whose pull request was closed and not merged; yield a line for each.

    The tombstone is a file of the archive: `taleshelf commit` brings it to the remote, and what asks for a word next says
    so on the pull request, which settles it for good.
    """
    removed = Archive(config.content / "stories").removed()
    for pull in _find_closed(forge, config):
        if pull.slot not in removed and not was_said(forge, pull.number, _mark(pull)):
            skip_slot(config, pull.slot, today)
            yield f"{pull.slot}: has a tombstone now, because pull request {pull.number} was closed"


def conclude_reviews(forge: Forge, config: Config) -> Iterator[str]:
    """Say on every pull request that was closed, and whose story has its tombstone, what became of it."""
    removed = Archive(config.content / "stories").removed()
    for pull in _find_closed(forge, config):
        saying = SKIPPED.format(slot=pull.slot)
        if pull.slot in removed and comment_once(forge, pull.number, _mark(pull), saying):
            yield f"{pull.slot}: is not told; pull request {pull.number} was closed"


def _mark(pull: Pull) -> str:
    return f"review skipped {pull.slot}"


def _find_closed(forge: Forge, config: Config) -> Iterator[Pull]:
    """Yield the latest pull requests that were closed and not merged, and whose slot has no story and no other one open."""
    archive = Archive(config.content / "stories")
    recent = list(itertools.islice(read_pulls(forge, state="all", sort="updated", direction="desc"), FAR))
    waiting = {pull.slot for pull in recent if pull.open}
    for pull in recent:
        if not (pull.open or pull.merged or pull.slot in waiting or archive.find(pull.slot)):
            yield pull


def read_pulls(forge: Forge, **query: str) -> Iterator[Pull]:
    """Yield the pull requests whose branch is a draft of this repository; a copy's branch of that name is none."""
    for row in forge.list("pulls", **query):
        branch = pick_text(row, "head", "ref")
        if (
            branch.startswith(BRANCH)
            and pick_text(row, "head", "repo", "full_name").lower() == forge.repository.lower()
        ):
            try:
                slot = Slot.parse(branch.removeprefix(BRANCH))
            except ValueError:
                continue
            yield Pull(
                number=pick_number(row, "number"),
                slot=slot,
                head=pick_text(row, "head", "sha"),
                open=pick_text(row, "state") == "open",
                merged=pick(row, "merged_at") is not None,
            )
