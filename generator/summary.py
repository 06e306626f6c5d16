"""A page about a run in Markdown, as git hosts show it: the stories, what they cost, how long it took, what fell back and why.

Whatever is said in it may come from a model or a stranger: all of it is escaped, so that it can be neither markup nor a link.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from generator.archive import Archive, read_made
from generator.config import Config
from generator.errors import ArchiveError
from generator.feeds.outlet import read_outlet
from generator.journal import Entry
from generator.markdown import escape_markdown
from generator.money.budget import Entry as Spent
from generator.money.budget import render_money
from generator.money.ledger import make_entries
from generator.money.spending import read_calls, read_entries
from generator.progress import STAGES
from generator.site.media import read_media
from generator.site.shelf import read_story
from generator.site.story_page import StoryPage
from generator.story import Slot

STAGE = re.compile(rf"(?:{'|'.join(STAGES.values())}): \d+ of \d+, (?P<seconds>[\d.]+) s")
ENDINGS: dict[int | None, str] = {
    0: "done",
    2: "**a setting is wrong**",
    3: "something is pending",
    4: "**not reached, try again**",
}
ENDINGS |= {5: "**refused**", 130: "**interrupted**", None: "**did not end**"}
MOST = 25  # stories and remarks that are shown


@dataclass(frozen=True, slots=True)
class Shown:
    """A story of the run."""

    slot: str
    title: str = ""
    about: str = ""
    facts: tuple[str, ...] = ()  # kind, age, minutes; who made it
    pending: tuple[str, ...] = ()
    cost: str = ""
    url: str = ""  # of its page
    cover: str = ""  # the address of its picture
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What the page says."""

    entries: tuple[Entry, ...]
    stories: tuple[Shown, ...]
    month: str  # what was spent this month, and the cap
    zone: tzinfo
    deployed: str = ""  # how the deployment to GitHub Pages ended: "success", "failure", "skipped" or nothing


def make_report(config: Config, entries: tuple[Entry, ...], deployed: str = "") -> Report:
    """Gather what the page says of a run. Raises ArchiveError for a ledger that cannot be read."""
    slots = dict.fromkeys(slot for entry in entries for slot in entry.slots)
    stories = tuple(_show(config, slot) for slot in list(slots)[:MOST])
    return Report(entries, stories, _sum_month(config, entries), config.timezone, deployed)


def _show(config: Config, name: str) -> Shown:
    """Return what is shown of a slot: less where its story is not in the archive."""
    try:
        folder = Archive(config.content / "stories").find(Slot.parse(name))
        if not folder:
            return Shown(name)
        light = read_story(folder, config.content)
        story = StoryPage(light.folder, light.page, light.files, media=read_media(folder))
        calls = make_entries(name, read_calls(read_made(folder)))
    except (ArchiveError, ValueError) as error:
        return Shown(name, about=str(error))
    outlet = read_outlet(config.root, config.show, config.site_url, "")
    page = story.page
    return Shown(
        slot=name,
        title=page.title,
        about=page.description,
        facts=tuple(_list_facts(story)),
        pending=page.pending,
        cost=render_money(sum(call.amount for call in calls)),
        url=outlet.url + story.url if outlet else "",
        cover=outlet.media_url(story, story.cover) if outlet and story.cover else "",
        alt=page.cover_alt,
    )


def _list_facts(story: StoryPage) -> Iterator[str]:
    page = story.page
    yield f"{story.genre_text}, {story.age_text}, {story.minutes}"
    makers = (("written", page.written_by), ("drawn", page.drawn_by), ("read", page.read_by))
    yield ", ".join(f"{verb} by {who}" for verb, who in makers if who)


def _sum_month(config: Config, entries: tuple[Entry, ...]) -> str:
    if not entries:
        return ""
    today = _local(entries[-1], config.timezone).date()
    calls: dict[str, Spent] = {
        call.id: call
        for call in read_entries(Archive(config.content / "stories"), config.state / "slots", today)
        if _same_month(call.day, today)
    }
    return f"{render_money(sum(call.amount for call in calls.values()))} of {render_money(config.caps.month)}"


def _same_month(one: date, other: date) -> bool:
    return (one.year, one.month) == (other.year, other.month)


def render_report(report: Report) -> str:
    """Return the page."""
    parts = [*_render_stories(report), *_render_remarks(report.entries), _render_steps(report)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _render_stories(report: Report) -> Iterator[str]:
    if not report.stories:
        yield "## Nothing was due"
    for story in report.stories:
        title = _text(story.title) or f"The story of {_text(story.slot)}"
        yield f"## [{title}]({story.url})" if story.url else f"## {title}"
        if story.cover:
            yield f'<img src="{_attribute(story.cover)}" width="480" alt="{_attribute(story.alt)}">'
        yield _text(story.about) or "It is not in the archive: it waits for your word, or did not come about."
        rows = [("Slot", story.slot), *(("", fact) for fact in story.facts), ("Cost", story.cost)]
        rows += [("Still to come", " and ".join(story.pending))]
        yield "\n".join(f"- {f'{name}: ' if name else ''}{_text(value)}" for name, value in rows if value)
    if report.month:
        yield f"Spent this month: {_text(report.month)}"


def _render_steps(report: Report) -> str:
    rows = [
        f"| {_local(entry, report.zone):%H:%M} | {_text(entry.command)} | {_say_end(entry.status)} | "
        f"{_say_seconds(entry.seconds)} | {'<br>'.join(_list_said(entry))} |"
        for entry in report.entries
        if entry.status is not None or entry.command != "summary"  # the one that writes this
    ]
    if report.deployed in {"success", "failure", "cancelled"}:
        rows.append(f"| | GitHub Pages | {'done' if report.deployed == 'success' else '**failed**'} | | |")
    head = f"| {_text(str(report.zone))} | step | how it ended | time | what it said |\n|---|---|---|---|---|"
    return "\n".join(["## Steps", "", head, *rows]) if rows else ""


def _list_said(entry: Entry) -> list[str]:
    """Return the last things a step said, how long its stages took first."""
    stages = [line for line in entry.err if STAGE.fullmatch(line)]
    return [_text(line) for line in (*stages, *entry.out[-3:])]


def _render_remarks(entries: Iterable[Entry]) -> Iterator[str]:
    """Return what went another way than it should, and why, in the words of the steps."""
    lines = [(entry, line) for entry in entries for line in entry.err if not STAGE.fullmatch(line)]
    if not lines:
        return
    yield "## What went another way"
    yield "\n".join(f"- **{_text(entry.command)}**: {_text(line)}" for entry, line in lines[-MOST:])


def _say_end(status: int | None) -> str:
    return ENDINGS.get(status, "**failed**")


def _say_seconds(seconds: float) -> str:
    return f"{int(seconds) // 60} min {int(seconds) % 60} s" if seconds >= 60 else f"{seconds:.1f} s"


def _local(entry: Entry, zone: tzinfo) -> datetime:
    return datetime.fromisoformat(entry.begun).astimezone(zone)


def _text(text: str) -> str:
    """Return Markdown for one line that shows just this text, also in a table, and links nowhere."""
    return re.sub(r"(?i)\bwww(?=\.)", "ww&#119;", escape_markdown(" ".join(text.split())))


def _attribute(text: str) -> str:
    """Return a text for inside of quotes in a tag."""
    return "".join(c if c.isalnum() or c in " ./-_?=,:%" else f"&#{ord(c)};" for c in " ".join(text.split()))
