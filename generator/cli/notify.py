"""`taleshelf notify`: the news of a story to whoever wants them, and of a failure to the owner."""

import os
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from generator.cli.outside import load, make_outside, open_repository, show
from generator.cli.record import read_records
from generator.errors import ConfigError
from generator.markdown import printable

if TYPE_CHECKING:
    from generator.config import Config
    from generator.feeds.outlet import Outlet
    from generator.notify.desks import Means
    from generator.notify.rounds import Round
    from generator.outside import Outside

DEADLINE = 120.0  # seconds for one command of git
MOST = 4_000_000  # bytes of a log


@click.command()
@click.argument("slots", metavar="[SLOT]...", nargs=-1)
@click.option(
    "--wait", type=click.IntRange(0, 240), help="Minutes until it must be on the site, instead of the setting."
)
@click.option("--dry-run", is_flag=True, help="Write the mail into a folder and send nothing.")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="The folder; letters/ unless told.")
@click.option("--failure", is_flag=True, help="Tell the owner that a run has failed, once a day for each reason.")
@click.option("--step", default="", help="What has failed; the last failure on record unless told.")
@click.option("--log", type=click.File("rb"), help="What it said, of which the last lines are sent; - for the input.")
@click.pass_obj
def notify(
    root: Path,
    slots: tuple[str, ...],
    wait: int | None,
    dry_run: bool,
    folder: Path | None,
    failure: bool,
    step: str,
    log: "IO[bytes] | None",
) -> None:
    """Tell readers of new stories, once, when the site shows them; exit 4 if it does not, or a channel failed."""
    from dataclasses import replace

    config = load(root)
    outlet = _read_outlet(config)
    if dry_run:
        _write_letters(config, outlet, slots, folder or Path("letters"))
        return
    if not config.notify.channels:
        click.echo("nobody is to be told: [notify] in taleshelf.toml names no channel")
        return
    if failure:
        _tell_failure(config, outlet, step, log.read(MOST).decode("utf-8", "replace") if log else "")
        return
    from generator.notify.rounds import tell_stories
    from generator.removal import parse_slot

    work = _open_round(config, outlet, owners=False)
    work = replace(work, notify=replace(work.notify, wait=work.notify.wait if wait is None else wait))
    if not tell_stories(work, [parse_slot(slot) for slot in slots]):
        click.echo("nothing new to tell")


def _read_outlet(config: "Config") -> "Outlet":
    from generator.feeds.outlet import read_outlet

    outlet = read_outlet(config.root, config.show, config.site_url, "")
    if not outlet:
        raise ConfigError("mkdocs.yml has no site_url", "Nobody can be told of a story that has no address.")
    return outlet


def _open_round(config: "Config", outlet: "Outlet", *, owners: bool) -> "Round":
    from generator.archive import Archive
    from generator.notify.board import open_board
    from generator.notify.desks import open_channels
    from generator.notify.rounds import Round

    outside = make_outside(config)
    means = gather_means(config, outside)
    repository = open_repository(config, outside, DEADLINE)
    board = open_board(repository, config.state / "notices", outside.sleep, outside.rng, outside.reach)
    return Round(
        config.notify,
        Archive(config.content / "stories"),
        outlet,
        board,
        open_channels(means, owners=owners),
        means.access.owners if owners else means.access.readers,
        outside,
        lambda text: click.echo(printable(text), err=True),
    )


def gather_means(config: "Config", outside: "Outside") -> "Means":
    """Return what channels are opened with. Raises ConfigError for a variable that is written wrong."""
    from generator.notify.access import read_access
    from generator.notify.desks import Means
    from generator.notify.mail import Desk

    region = os.environ.get("AWS_REGION", "")
    access = read_access(outside.environment, config.root)
    desk = Desk(config.notify, config.show, outside.moment())
    return Means(config.notify, access, desk, config.podcast.hub, region, outside.sleep)


def _tell_failure(config: "Config", outlet: "Outlet", step: str, log: str) -> None:
    from generator.delivery.secrets import redact
    from generator.journal import find_failure, parse_journal
    from generator.notify.alarm import Failure, read_lines
    from generator.notify.board import FolderBoard
    from generator.notify.rounds import tell_failure

    work = _open_round(config, outlet, owners=True)
    outside = work.outside
    failed = None if step or log else find_failure(parse_journal(read_records(config.root)))
    if failed:
        step, log = failed.command, "\n".join((*failed.out, *failed.err))
    lines = read_lines(redact(log, outside.environment))
    name = redact(step or os.environ.get("GITHUB_JOB", "") or "the run", outside.environment)
    found = Failure(
        outside.moment().date(), " ".join(name.split())[:80], lines, _find_run(), config.show, config.site_url
    )
    folder = config.state / "notices"
    tell_failure(work, found, work.readers, lambda: FolderBoard(folder, outside.sleep, outside.rng, outside.reach))


def _find_run() -> str:
    """Return the address of the workflow's run, where there is one."""
    parts = [os.environ.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "REPOSITORY", "RUN_ID")]
    return f"{parts[0]}/{parts[1]}/actions/runs/{parts[2]}" if all(parts) else ""


def _write_letters(config: "Config", outlet: "Outlet", slots: tuple[str, ...], folder: Path) -> None:
    from generator.archive import Archive
    from generator.notify.letter import make_bulletin
    from generator.notify.mail import Desk, make_message, personalise
    from generator.notify.news import read_news
    from generator.notify.rounds import write_letters
    from generator.removal import parse_slot

    archive, outside = Archive(config.content / "stories"), make_outside(config)
    folders = [archive.find(parse_slot(slot)) for slot in slots] or list(archive.folders()[:1])
    reader = "reader@example.org"
    for found in folders:
        if not found:
            raise ConfigError("there is no such story", "taleshelf status lists the slots.")
        news = read_news(found, config.content, outlet)
        bulletin = make_bulletin(news, (reader,))
        desk = Desk(config.notify, config.show, outside.moment())
        message = bytes(make_message(bulletin, desk, reader))
        html = personalise(bulletin.letter.html, desk.find_leaving(reader))
        for path in write_letters(news, message, folder, html):
            click.echo(show(path))
