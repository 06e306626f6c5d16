"""What the watchdog writes to an owner, who may be a parent and no programmer: what is, what was seen, what to do. Pure."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time

from generator.forge.host import WORKFLOW, Host, Night
from generator.forge.site import Seen
from generator.forge.words import quote_text

SHOWN = 3  # runs in a letter
WORDS = {
    "success": "ended well",
    "failure": "failed",
    "cancelled": "was cancelled",
    "timed_out": "took too long and was ended",
    "in progress": "is still at work",
}
OFF = {
    "disabled_inactivity": "GitHub has switched the nightly schedule off, because nothing had happened here for 60 days.",
    "disabled_fork": "The nightly schedule is off, as it is in every new copy (fork) of a repository.",
    "disabled_manually": "Somebody has switched the nightly schedule off.",
}
ENDS = "This issue closes by itself once that is over."


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an owner should know."""

    kind: str
    since: str  # what makes it another occurrence: the night
    reason: str  # stays the same as long as there is nothing new to say
    title: str
    text: str  # Markdown

    @property
    def digest(self) -> str:
        """The reason in a few letters."""
        return hashlib.sha256(self.reason.encode()).hexdigest()[:8]


def write_story(due: date, by: time, now: datetime, seen: Seen, host: Host, home: str, *, review: bool) -> Finding:
    """Say that the story of a night is not on the site."""
    newest = next(iter(seen.nights), None)
    last = next(iter(host.runs or ()), None)
    what = _judge_site(seen) if seen.silent else f"The story of {name_day(due)} is not on the site."
    rows = [("The site", f"{seen.feed} answered {quote_text(seen.answer)}.")]
    if newest:
        rows.append(("The newest story", f"“{quote_text(newest.title)}”, of {name_day(newest.night)}"))
    elif not seen.silent:
        rows.append(("The newest story", "There is none as yet."))
    rows += [("The run before" if n else "The last run", _tell_run(run, now)) for n, run in enumerate(_show(host))]
    if host.runs == ():
        rows.append(("The last run", "There was none."))
    steps = _advise(seen, host, last, home, review=review)
    text = (
        f"**{what}** It should have been there by {by:%H:%M} ({now.tzname()}).\n\n"
        f"{_table(rows, now)}\n\n**What to do**\n\n{steps}\n\n"
        f"Nothing is lost: the next run tells the nights that are missing. {ENDS}\n"
    )
    state = f"{host.schedule} {last.state if last else host.runs}" if home else ""
    reason = f"{seen.answer if seen.silent else newest and newest.night} {state}"
    return Finding("story", str(due), reason, f"No story on the site for {name_day(due)}", text)


def _judge_site(seen: Seen) -> str:
    return "The site does not answer as it should." if seen.answer[:1].isdigit() else "The site does not answer."


def _show(host: Host) -> tuple[Night, ...]:
    return (host.runs or ())[:SHOWN]


def _tell_run(run: Night, now: datetime) -> str:
    began = run.began.astimezone(now.tzinfo)
    said = WORDS.get(run.state) or quote_text(run.state.replace("_", " "))
    link = f"[{said}]({run.address})" if run.address else said
    return f"It {link}; it began on {name_day(began.date())} at {began:%H:%M}."


def _advise(seen: Seen, host: Host, last: Night | None, home: str, *, review: bool) -> str:
    """Return what to do, as a numbered list."""
    night = f"[Actions › Nightly]({home}/actions/workflows/{WORKFLOW})" if home else "the page of your nightly job"
    if host.schedule in OFF:
        return _steps(OFF[host.schedule], f"Open {night} and press **Enable workflow**, then **Run workflow**.")
    if review:
        pulls = f"[the pull requests]({home}/pulls)" if home else "the branches that begin with drafts/"
        return _steps(f"Stories wait for your word here: look at {pulls}, read the story, and press **Merge**.")
    if last and last.state in {"failure", "timed_out", "startup_failure"}:
        where = f"[the last run]({last.address})" if last.address else "the last run"
        return _steps(
            f"Open {where}. The step with a red mark says what went wrong and, after “Hint:”, what helps.",
            f"Then open {night} and press **Run workflow**.",
        )
    if last and last.state == "success":
        pages = f"[Settings › Pages]({home}/settings/pages)" if home else "the settings of your host"
        return _steps(
            f"The last run ended well, and yet the site shows nothing new: look at {pages}.",
            f"Open {night}, press **Run workflow**, and see whether its last step names the address of this site.",
        )
    if last and last.state == "in progress":
        return _steps("A run is at work. Wait until it has ended.")
    first = (
        "Look whether your host is in trouble." if seen.silent else "No run has told it: GitHub may have dropped it."
    )
    return _steps(first, f"Open {night} and press **Run workflow**.")


def write_feed(seen: Seen) -> Finding:
    """Say that feeds cannot be read."""
    found = "\n".join(f"- {quote_text(fault)}" for fault in seen.faults)
    text = (
        f"**Podcast apps and readers cannot read the feeds of the site**, so their listeners hear of no new story.\n\n"
        f"{found}\n\n**What to do**\n\n"
        f"{_steps('Run `taleshelf build` and `taleshelf feed check` where you have the archive: they name the line.', 'Publish the site again.')}"
        f"\n\n{ENDS}\n"
    )
    return Finding("feed", "-", " ".join(seen.faults), "The podcast feed cannot be read", text)


def write_recording(seen: Seen) -> Finding:
    """Say that the newest recording cannot be played."""
    text = (
        f"**Apps may not be able to play the newest story.** {quote_text(seen.recording)} {quote_text(seen.fault)}.\n\n"
        "**What to do**\n\n"
        f"{_steps('Open the address in a browser: does it play, and can you jump ahead?', 'Publish the site again; if that does not help, docs/publishing.md says what a host has to be able to do.')}"
        f"\n\n{ENDS}\n"
    )
    return Finding("recording", "-", seen.fault, "The newest recording cannot be played everywhere", text)


def write_size(kind: str, size: int, limit: int, band: int) -> Finding:
    """Say that a limit of the host is near."""
    what = {"site": "The site", "repository": "The repository"}[kind]
    allowed = {"site": "GitHub Pages takes", "repository": "GitHub asks repositories like this one to stay below"}[kind]
    time = (
        "There is time: this is said early on purpose."
        if size < limit
        else "Do it soon: from here on the host may refuse it at any time."
    )
    text = (
        f"**{what} has {size / 1e6:,.0f} MB, {size / limit * 100:.0f} % of the {limit / 1e6:,.0f} MB that {allowed}.** "
        "Every night adds about three.\n\n**What to do**\n\n"
        f"{_steps('Keep recordings and pictures elsewhere, or let old stories go: docs/publishing.md tells how.', time)}"
        f"\n\n{ENDS}\n"
    )
    return Finding(kind, "-", str(band), f"{what} has reached {band} % of what its host takes", text)


def write_quiet(commit: datetime, off: datetime, now: datetime) -> Finding:
    """Say that GitHub will switch the schedule off."""
    days = (now - commit).days
    text = (
        f"**Nothing was added here for {days} days.** After 60 days GitHub switches the schedules of a public repository "
        f"off, on {name_day(off.date())}, and then there are no new stories.\n\n**What to do**\n\n"
        f"{_steps('Stories are added every night when all is well: see whether there is another issue of the watchdog.', 'If you pause on purpose, any commit gives another 60 days.')}"
        f"\n\n{ENDS}\n"
    )
    title = f"GitHub switches the nightly schedule off on {name_day(off.date())}"
    return Finding("quiet", f"{commit:%Y-%m-%d}", "quiet", title, text)


def name_day(day: date) -> str:
    """Return a day in words."""
    return f"{day:%A}, {day.day} {day:%B %Y}"


def _steps(*steps: str) -> str:
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))


def _table(rows: list[tuple[str, str]], now: datetime) -> str:
    lines = [f"| What was seen at {now:%H:%M} | |", "| --- | --- |"]
    return "\n".join([*lines, *(f"| {name} | {text.replace('|', '&#124;')} |" for name, text in rows)])
