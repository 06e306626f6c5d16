"""Pull requests for stories that wait for their owner's word: one for each, and what its end means.

Merged, the story is on the published branch, and that push publishes the site. Closed without that, the slot gets a
tombstone, so that nobody tells it again. The comment on the closed pull request comes last and says that this was done:
who deletes the tombstone afterwards has the slot told anew.
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


def settle_reviews(forge: Forge, drafts: Drafts, config: Config, today: date) -> Iterator[str]:
    """Leave a tombstone for every story whose pull request was closed and not merged; yield a line for each.

    The tombstone is a file of the archive: `taleshelf commit` brings it to the remote, and a later run, which finds it
    there, deletes the branch and says so on the pull request.
    """
    archive = Archive(config.content / "stories")
    pulls = read_pulls(forge, state="all", sort="updated", direction="desc")
    recent = list(itertools.islice(pulls, FAR))
    waiting = {pull.slot for pull in recent if pull.open}
    for pull in recent:
        if pull.open or pull.merged or pull.slot in waiting or archive.find(pull.slot):
            continue
        mark = f"review skipped {pull.slot}"
        if pull.slot in archive.removed():
            if not was_said(forge, pull.number, mark):
                drafts.drop(pull.slot)
                comment_once(forge, pull.number, mark, SKIPPED.format(slot=pull.slot))
                yield f"{pull.slot}: is not told; pull request {pull.number} was closed"
        elif not was_said(forge, pull.number, mark):
            skip_slot(config, pull.slot, today)
            yield f"{pull.slot}: has a tombstone now, because pull request {pull.number} was closed"


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
