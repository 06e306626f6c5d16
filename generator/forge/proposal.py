"""A story that waits on its branch -> the pull request that shows it: its words, its pictures, what it cost. Pure but for `read_proposal`."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from generator.archive import Archive
from generator.bundle import MADE, PAGE, slot_of
from generator.drafts import PREFIX, make_message
from generator.errors import ArchiveError
from generator.forge.words import hide, quote_text
from generator.page import Page, Section, parse_page
from generator.repository import Repository
from generator.story import Slot

LARGEST = 60_000  # characters; GitHub takes 65,536
TOO_LONG = "The story is too long to be shown here: read it on its branch.\n"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A story as its branch has it."""

    slot: Slot
    commit: str
    folder: str  # from the top of the repository
    page: Page
    cost: float  # US dollars


def read_proposal(repository: Repository, stories: Path, slot: Slot) -> Proposal:
    """Fetch what a slot's branch proposes. Raises ArchiveError when that cannot be read."""
    commit = repository.fetch(f"{PREFIX}{slot}")
    prefix = repository.run("rev-parse", "--show-prefix").decode().removesuffix("\n")
    month = f"{prefix}{stories.relative_to(repository.root).as_posix()}/{slot.day:%Y}/{slot.day:%m}"
    files = {entry.path: entry.oid for entry in repository.list(commit, month, sizes=False)} if commit else {}
    page = next((path for path in files if path.endswith(f"/{PAGE}") and slot_of(Path(path).parent) == slot), "")
    folder = page.rpartition("/")[0]
    try:
        if not commit or not page:
            raise ValueError("there is no story of it")
        made = files.get(f"{folder}/{MADE}")
        cost = sum_cost(json.loads(repository.read(made))) if made else 0.0
        return Proposal(slot, commit, folder, parse_page(repository.read(files[page]).decode()), cost)
    except ValueError as error:
        raise ArchiveError(f"drafts/{slot}: {error}", "Look at the branch.", path=Archive(stories).stories) from error


def sum_cost(made: object) -> float:
    """Return what the steps of story.json cost together, in US dollars."""
    steps = made.get("steps") if isinstance(made, dict) else None
    rows = steps.values() if isinstance(steps, dict) else ()
    costs = (row.get("cost") for row in rows if isinstance(row, dict))
    return sum(float(cost) for cost in costs if isinstance(cost, int | float))


def render_title(proposal: Proposal) -> str:
    """Return the title: words that no git host acts on."""
    return make_message(proposal.slot, proposal.page.title).strip()


def render_proposal(proposal: Proposal, home: str) -> str:
    """Return the body; `home` is the address of the repository."""
    base = f"{home}/blob/{proposal.commit}/{proposal.folder}"
    edit = f"{home}/edit/drafts/{proposal.slot}/{proposal.folder}/{PAGE}"
    head = (
        f"{hide(f'review {proposal.slot}')}\n"
        f"**Merge** this, and the story is published. [Edit it]({edit}) first, if you like. "
        "**Close** it, and there is no story of it; it is not told again.\n"
    )
    page = proposal.page
    shown = "\n\n".join(
        [
            f"## {quote_text(page.title)}",
            *_picture(base, page.cover, page.cover_alt),
            f"*{quote_text(page.description)}*",
        ]
        + [block for section in page.sections for block in _render_section(base, section)]
    )
    text = f"{head}\n{shown}\n\n---\n\n{_render_facts(proposal, base)}\n"
    return text if len(text) <= LARGEST else f"{head}\n{TOO_LONG}"


def _render_section(base: str, section: Section) -> Iterator[str]:
    if section.heading:
        yield f"### {quote_text(section.heading)}"
    yield from _picture(base, section.picture, section.alt)
    for paragraph in section.paragraphs:
        yield "<br>\n".join(quote_text(line) for line in paragraph.split("\n"))


def _picture(base: str, file: str, alt: str) -> tuple[str, ...]:
    return (f"![{quote_text(alt)}]({base}/{quote(file)}?raw=true)",) if file else ()


def _render_facts(proposal: Proposal, base: str) -> str:
    page = proposal.page
    minutes = f"[{page.seconds / 60:.1f} minutes]({base}/narration.mp3?raw=true)" if page.seconds else "not read as yet"
    rows = {
        "For ages": f"{page.age}, {page.genre}, {page.form}",
        "Length": f"{page.word_count} words, {minutes}",
        "Written by": quote_text(page.written_by),
        "Drawn by": quote_text(page.drawn_by or "nobody as yet"),
        "Read by": quote_text(page.read_by or "nobody as yet"),
        "Cost": f"${proposal.cost:.2f}",
        "Still missing": " and ".join(page.pending) or "nothing",
    }
    return "\n".join(["| | |", "| --- | --- |", *(f"| {name} | {text} |" for name, text in rows.items())])
