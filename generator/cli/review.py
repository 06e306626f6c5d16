"""`taleshelf review`: stories that wait for their owner's word, as pull requests."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.outside import find_home, load, open_forge, open_run, today_of
from generator.markdown import printable

if TYPE_CHECKING:
    from generator.drafts import Drafts
    from generator.forge.api import Forge
    from generator.pipeline import Run


@click.group()
def review() -> None:
    """Have a person read every story before it is published ([drafts] review = true)."""


@review.command("open")
@click.pass_obj
def open_(root: Path) -> None:
    """Open a pull request for every story that waits; merging it publishes the story, closing it skips the night."""
    from generator.forge.review import conclude_reviews, open_reviews

    def work(run: "Run", forge: "Forge", drafts: "Drafts") -> "Iterator[str]":
        yield from conclude_reviews(forge, run.config)
        yield from open_reviews(forge, drafts, run.config, find_home(run.outside, forge))

    _say_all(root, work)


@review.command()
@click.pass_obj
def settle(root: Path) -> None:
    """Leave a tombstone where a pull request was closed unmerged; run it before `tonight`, which would tell it again."""
    from generator.forge.review import settle_reviews

    _say_all(root, lambda run, forge, _drafts: settle_reviews(forge, run.config, today_of(run.config)))


def _say_all(root: Path, work: "Callable[[Run, Forge, Drafts], Iterator[str]]") -> None:
    run = open_run(load(root))
    if not run.config.review or not run.drafts:
        click.echo("nothing to do: stories wait for nobody's word ([drafts] review is false)")
        return
    lines = 0
    for line in work(run, open_forge(run.outside), run.drafts):
        click.echo(printable(line))
        lines += 1
    if not lines:
        click.echo("nothing to do")
