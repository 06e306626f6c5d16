"""The commands about what is kept in the archive's repository: commit, and its way back, remove."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.outside import load, make_outside, open_repository, today_of
from generator.cli.site import pin
from generator.markdown import printable

if TYPE_CHECKING:
    from generator.config import Config
    from generator.outside import Outside
    from generator.removal import Removed


@click.command()
@click.option(
    "--branch", metavar="NAME", default="", help="The branch to push to; the one that is checked out unless told."
)
@click.option("--no-push", is_flag=True, help="Commit here only.")
@click.pass_obj
def commit(root: Path, branch: str, no_push: bool) -> None:
    """Commit stories and cards and push them, never by force; exit 4 if the remote is away, 5 if it refuses."""
    from generator.delivery.commit import Committing, commit_content

    config = load(root)
    pin(config)
    outside = make_outside(config)
    work = Committing(
        open_repository(config, outside), config.content, config.state, outside.sleep, outside.rng, outside.reach
    )
    done = commit_content(work, branch=branch, push=not no_push)
    for line in done.said:
        click.echo(printable(line), err=True)
    where = f"{config.remote}/{done.branch}" if done.pushed else done.branch or "the detached head"
    click.echo(f"{where}: {done.commit[:12]}" if done.commit else f"{where}: nothing new")


@click.command()
@click.argument("slot")
@click.pass_obj
def remove(root: Path, slot: str) -> None:
    """Take a story down for good and leave a tombstone, so that its night is not told again."""
    from generator.removal import parse_slot, remove_story, render_removed

    config = load(root)
    removed = remove_story(config, parse_slot(slot), today_of(config))
    for line in render_removed(removed, count_commits(config, make_outside(config), removed)):
        click.echo(printable(line))


def count_commits(config: "Config", outside: "Outside", removed: "Removed") -> int:
    """Return how many commits of the archive's history hold files of a story; 0 where there is no history."""
    from generator.errors import ArchiveError

    places = [folder.as_posix() for folder in removed.folders]
    try:
        counted = open_repository(config, outside).run("rev-list", "--count", "HEAD", "--", *places) if places else b""
    except ArchiveError:
        return 0
    return int(counted or 0)
