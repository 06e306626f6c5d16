"""The commands that only a workflow needs; they do the same on a laptop that sets the same variables."""

import os
import re
from pathlib import Path

import click

from generator.cli.nights import announce_all
from generator.cli.outside import load, make_outside, open_drafts, open_repository, open_run, option_pending, today_of
from generator.cli.record import read_records
from generator.errors import ConfigError
from generator.markdown import printable

NAME = re.compile(r"[A-Za-z0-9-]{1,40}")  # what names a run
VALUE = re.compile(r"[a-z0-9-]*")  # what may be an output: nothing that a runner would take for more than that


@click.command()
@click.option(
    "--event",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    envvar="GITHUB_EVENT_PATH",
    required=True,
    help="The JSON with the wish as its `inputs`; GITHUB_EVENT_PATH unless told.",
)
@click.option(
    "--run",
    "name",
    envvar="GITHUB_RUN_ID",
    required=True,
    help="What names the request: the same name is the same story. GITHUB_RUN_ID unless told.",
)
@option_pending
@click.pass_obj
def extra(root: Path, event: Path, name: str, pending_ok: bool) -> None:
    """Tell the extra story that somebody asked for who started the nightly workflow by hand."""
    from generator.pipeline import known_slots, tell_request
    from generator.slots import find_request, request_slot
    from generator.wishes import parse_dispatch, parse_wish

    if not NAME.fullmatch(name):
        raise ConfigError(f"{name[:40]!r} does not name a run", "Letters, digits and hyphens, forty at most.")
    asked = parse_dispatch(event.read_bytes())
    if not asked:
        click.echo("Nothing extra is asked for.")
        return
    wish, run = parse_wish(asked), open_run(load(root))
    slot = find_request(request_slot(today_of(run.config), f"run {name}"), known_slots(run))
    announce_all(iter([tell_request(run, slot, wish)]), pending_ok=pending_ok)


@click.command()
@click.pass_obj
def keep(root: Path) -> None:
    """Keep what was paid for and is unfinished on branches of the remote, before the disk is thrown away."""
    from generator.delivery.remote import reaching
    from generator.money.ledger import list_bought

    config = load(root)
    outside = make_outside(config)
    drafts = open_drafts(config, outside)
    for slot, folder in list_bought(config.state / "slots"):
        with reaching(drafts.repository):
            new = drafts.push(slot, folder)
        click.echo(f"{slot}: {'kept' if new else 'was kept already'} on {config.remote}/drafts/{slot}")


@click.command()
@click.option(
    "--branch", metavar="NAME", default="", help="The branch to build; the one that is checked out unless told."
)
@click.pass_obj
def plan(root: Path, branch: str) -> None:
    """Say which commit is to be built and where it goes, also to the jobs of a workflow that follow."""
    from generator.delivery.remote import find_tip

    config = load(root)
    planned = {
        "commit": find_tip(open_repository(config, make_outside(config)), branch),
        "delivery": config.delivery,
        "review": "true" if config.review else "false",
    }
    _compare_zones(root, config.timezone.key)
    lines = [f"{key}={value}" for key, value in planned.items() if VALUE.fullmatch(value)]
    for line in lines:
        click.echo(line)
    if path := os.environ.get("GITHUB_OUTPUT"):
        with Path(path).open("a", encoding="utf-8") as outputs:
            outputs.writelines(f"{line}\n" for line in lines)


def _compare_zones(root: Path, zone: str) -> None:
    """Point out workflows that are started by another clock than the nights go by."""
    from generator.slots import find_zones

    for file in sorted((root / ".github" / "workflows").glob("*.yml")):
        if strange := find_zones(file.read_text(encoding="utf-8", errors="replace")) - {zone}:
            named = printable(", ".join(sorted(strange)))
            click.echo(
                f"Hint: {file.name} goes by {named}, the nights of taleshelf.toml by {zone}: write one in both",
                err=True,
            )


@click.command()
@click.argument("records", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="GITHUB_STEP_SUMMARY",
    help="The file to add the page to; GITHUB_STEP_SUMMARY unless told, else it is printed.",
)
@click.option(
    "--deployed", metavar="RESULT", envvar="PAGES_RESULT", default="", help="How the deployment to GitHub Pages ended."
)
@click.pass_obj
def summary(root: Path, records: tuple[Path, ...], target: Path | None, deployed: str) -> None:
    """Write a page about a run: its stories, what they cost, how long it took, what fell back and why."""
    from generator.journal import parse_journal
    from generator.summary import make_report, render_report

    config = load(root)
    text = render_report(make_report(config, parse_journal(read_records(root, records)), deployed))
    if target:
        with target.open("a", encoding="utf-8") as page:
            page.write(text)
    else:
        click.echo(text, nl=False)
