"""`taleshelf request`: the story that an issue asks for, and the answer the issue gets."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.nights import announce_all
from generator.cli.outside import find_home, load, open_forge, open_run, option_pending, today_of
from generator.errors import ConfigError, PublishError, WishRefused
from generator.markdown import printable

if TYPE_CHECKING:
    from generator.briefs import Wish
    from generator.forge.api import Forge
    from generator.forge.issues import Issue
    from generator.forge.requests import Labelled
    from generator.pipeline import Run
    from generator.story import Slot

option_event = click.option(
    "--event",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="GITHUB_EVENT_PATH",
    help="The event file; GITHUB_EVENT_PATH unless told.",
)


@click.group()
def request() -> None:
    """Tell the story that an issue asks for, and answer it."""


@request.command()
@option_event
@option_pending
@click.pass_obj
def tell(root: Path, event: Path | None, pending_ok: bool) -> None:
    """Tell the story of the issue that a maintainer has put the label on.

    An idea that cannot be told is no failure: `taleshelf request answer` says why on the issue.
    """
    from generator.forge.requests import find_slot
    from generator.pipeline import known_slots, tell_request

    run = open_run(load(root))
    if not event:
        raise ConfigError("there is no event file", "A workflow has one; elsewhere name it with --event.")
    asked, why = _read_asked(run, open_forge(run.outside), event)
    if not asked:
        click.echo(printable(f"nothing to do: {why}"))
        return
    slot = find_slot(asked.number, known_slots(run), today_of(run.config))
    try:
        told = tell_request(run, slot, _parse_body(asked.body))
    except WishRefused as error:
        click.echo(printable(f"issue {asked.number} is not told: {error.message}"))
        return
    announce_all(iter([told]), pending_ok=pending_ok)


@request.command()
@option_event
@click.option("--wait", type=float, default=180, show_default=True, help="Seconds until the story's page must answer.")
@click.pass_obj
def answer(root: Path, event: Path | None, wait: float) -> None:
    """Answer every open issue with the label, each once: with a link when the page answers, or why there is no story."""
    from generator.forge.issues import read_issues

    run = open_run(load(root))
    if not run.config.site_url:
        raise ConfigError("the site has no address to link", "Set site_url in mkdocs.yml.")
    forge, deadline = open_forge(run.outside), run.outside.clock() + wait
    asked = _read_asked(run, forge, event)[0] if event else None
    late = [
        issue.number
        for issue in read_issues(forge, run.config.request_label, state="open")
        if not _answer(run, forge, issue, asked if asked and asked.number == issue.number else None, deadline)
    ]
    if late:
        raise PublishError(f"the story of issue {late[0]} is not on the site as yet", "Run it again when it is.")


def _answer(run: "Run", forge: "Forge", issue: "Issue", asked: "Labelled | None", deadline: float) -> bool:
    """Answer an issue; False when its story's page does not. `asked`: the event was about it."""
    from generator.forge.answers import answer_missed, choose_answer, give_answer
    from generator.forge.requests import find_slot
    from generator.forge.site import is_live
    from generator.pipeline import known_slots

    slot = find_slot(issue.number, known_slots(run), today_of(run.config))
    waits = bool(run.config.review and run.drafts and run.drafts.proposed(slot))
    body = asked.body if asked else issue.body
    words = choose_answer(run.config, slot, body, waits=waits, check=partial(_check_body, run))
    if not words and asked:
        words = answer_missed(*_find_run(run, forge))
    if words and words.page and not is_live(words.page, run.outside, deadline):
        return False
    if words and give_answer(forge, issue, words, run.config.request_label):
        click.echo(printable(f"issue {issue.number}: {words.mark}"))
    return True


def _read_asked(run: "Run", forge: "Forge", event: Path) -> "tuple[Labelled | None, str]":
    """Return the issue an event is about if it is a maintainer's label, and why not otherwise."""
    from generator.forge.issues import may_write
    from generator.forge.requests import parse_event

    try:
        asked = parse_event(event.read_bytes())
    except OSError as error:
        raise ConfigError(f"the event file cannot be read: {error.strerror}", "Name it with --event.") from error
    if not asked or asked.label != run.config.request_label:
        return None, f"no issue was given the label {run.config.request_label!r}"
    if not may_write(forge, asked.sender):
        return None, f"{asked.sender} put the label there and may not write to {forge.repository}"
    return asked, ""


def _parse_body(body: str) -> "Wish":
    from generator.forge.form import parse_form
    from generator.wishes import parse_wish

    return parse_wish(parse_form(body))


def _check_body(run: "Run", slot: "Slot", body: str) -> None:
    """Raise WishRefused for what a run would not tell."""
    from generator.briefs import make_brief
    from generator.cards import read_cards
    from generator.pipeline import make_choices
    from generator.wishes import check_wish

    wish, config = _parse_body(body), run.config
    check_wish(wish, config.language, config.writers)
    make_brief(slot, read_cards(config.content), make_choices(config), salt=config.show, wish=wish)


def _find_run(run: "Run", forge: "Forge") -> tuple[str, str]:
    """Return the address of this run of a workflow and its number; nothing outside of one."""
    number = run.outside.environment.get("GITHUB_RUN_ID", "")
    return (f"{find_home(run.outside, forge)}/actions/runs/{number}" if number else ""), number
