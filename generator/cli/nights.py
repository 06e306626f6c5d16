"""The commands that tell stories."""

import json
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.outside import load, open_run, option_date, option_json, option_pending, parse_day, show, today_of
from generator.cli.record import note_slot
from generator.errors import CheckFailed, ConfigError
from generator.markdown import printable
from generator.story import AgeBand, Form, Genre

if TYPE_CHECKING:
    from generator.pipeline import Told

PENDING = 3  # exit code: told, but something is still missing


@click.command()
@option_date
@option_pending
@click.pass_obj
def tonight(root: Path, day: str | None, pending_ok: bool) -> None:
    """Write the story that is due tonight, and the nights that were missed."""
    from generator.pipeline import tell_nights

    run = open_run(load(root))
    today = today_of(run.config)
    only = parse_day(day, today) if day else None
    announce_all(tell_nights(run, today, only=only), pending_ok=pending_ok)


@click.command()
@click.pass_obj
def finish(root: Path) -> None:
    """Finish what earlier runs left unfinished, without paying again for what is there."""
    from generator.pipeline import draw_shares, finish_slots

    run = open_run(load(root))
    drawn = sum(1 for _ in draw_shares(run))
    if drawn:
        click.echo(f"Share cards drawn: {drawn}.")
    if not announce_all(finish_slots(run, today_of(run.config))) and not drawn:
        click.echo("Nothing is unfinished.")


@click.command()
@click.option("--idea", metavar="TEXT", help="What it should be about, at most 400 characters.")
@click.option("--genre", type=click.Choice([genre.value for genre in Genre]), help="The kind of story.")
@click.option("--form", type=click.Choice([form.value for form in Form]), help="How it is told.")
@click.option("--age", type=click.Choice([age.value for age in AgeBand]), help="Who it is for.")
@click.option(
    "--minutes", type=float, help="How long the narration should be, instead of the length usual for the age."
)
@click.option("--cast", metavar="NAMES", help="A hero and perhaps a helper, separated by a comma.")
@click.option("--place", metavar="NAME", help="Where it happens.")
@click.option("--series", metavar="NAME", help="The series it belongs to.")
@click.option("--language", metavar="CODE", help="The language it is told in, if a writer and a narrator speak it.")
@click.option("--seed", type=click.IntRange(0, 2**48 - 1), help="The same seed and options give the same story.")
@option_date
@click.pass_obj
def write(root: Path, /, day: str | None, **options: object) -> None:
    """Write an extra story, as you wish it."""
    from generator.briefs import parse_idea
    from generator.pipeline import tell_wish
    from generator.wishes import parse_wish

    run = open_run(load(root))
    today = today_of(run.config)
    asked = {name: str(value) for name, value in options.items() if value is not None}
    if "idea" in asked:
        parse_idea(asked["idea"])  # in a form an empty one is none; here it is a mistake
    wish = parse_wish({"seed": str(secrets.randbits(48))} | asked)
    announce_all(iter([tell_wish(run, parse_day(day, today) if day else today, wish)]))


@click.command()
@click.option(
    "--nights", type=click.IntRange(1, 3650), default=365, show_default=True, help="How many stories to write."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="A new or empty folder for the texts.",
)
@option_json
@click.pass_obj
def rehearse(root: Path, nights: int, out: Path, as_json: bool) -> None:
    """Write many nights as text only and print figures on them; the archive is left alone."""
    from dataclasses import asdict

    from generator.nights import rehearse_nights
    from generator.rehearse import render_figures

    config = load(root)
    if out.exists() and any(out.iterdir()):
        raise ConfigError(f"the folder {show(out)} is not empty", "Name a new one.")
    figures = rehearse_nights(config, today_of(config), nights, out)
    click.echo(
        json.dumps(asdict(figures), indent=2, ensure_ascii=False) if as_json else render_figures(figures), nl=as_json
    )
    if figures.failures:
        raise CheckFailed(
            f"{len(figures.failures)} of {nights} nights fall short", "The lines above name each of them."
        )


def announce_all(stories: "Iterator[Told]", *, pending_ok: bool = False) -> int:
    """Say what became of each story and return how many there were; exit 3 when one still lacks something.

    Each is noted for the record of the run.
    """
    lacking, count = 0, 0
    for told in stories:
        _announce(told)
        note_slot(str(told.slot))
        count += 1
        lacking += bool(told.pending)
    if lacking and not pending_ok:
        sys.exit(PENDING)
    return count


def _announce(told: "Told") -> None:
    title = f"“{printable(told.title)}”" if told.title else "its story"
    if told.removed:
        click.echo(
            f"{told.slot}: taken down, nothing to do: delete content/tombstones/{told.slot}.md to have it told again"
        )
    elif told.folder is None:
        where = f"{title} waits on the branch drafts/{told.slot}"
        click.echo(f"{told.slot}: {where if told.new else f'nothing to do: {where}'} for your word")
    elif told.pending:
        click.echo(f"{told.slot}: {title} is in {show(told.folder)}, without {' and '.join(told.pending)} as yet")
        click.echo("Hint: taleshelf finish adds what is missing; so does the next night.", err=True)
    elif told.new:
        click.echo(f"{told.slot}: {title} is in {show(told.folder)}")
    else:
        click.echo(f"{told.slot}: already told, nothing to do: {title} is in {show(told.folder)}")
