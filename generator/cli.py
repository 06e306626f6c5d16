"""The commands: the only place that prints, exits, and reads clock, randomness or environment."""

import contextlib
import json
import secrets
import signal
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator import __version__
from generator.errors import CheckFailed, ConfigError, TaleshelfError
from generator.story import AgeBand, Form, Genre

if TYPE_CHECKING:
    from generator.config import Config
    from generator.pipeline import Told
    from generator.progress import Progress

INTERRUPTED = 130
option_date = click.option("--date", "day", metavar="YYYY-MM-DD", help="A day of the past instead of today.")
option_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="taleshelf")
@click.option(
    "--root",
    type=click.Path(path_type=Path),
    default=Path(),
    envvar="TALESHELF_ROOT",
    help="The folder of the archive (with mkdocs.yml).",
)
@click.pass_context
def cli(context: click.Context, root: Path) -> None:
    """Write, draw, read aloud and publish one new story every night."""
    context.obj = root


@cli.command()
@option_date
@click.pass_obj
def tonight(root: Path, day: str | None) -> None:
    """Write the story that is due tonight, and the nights that were missed."""
    from generator.pipeline import tell_nights

    config = _load(root)
    today = _today(config)
    only = _parse_day(day, today) if day else None
    for told in tell_nights(config, today, only=only, opening=_progress):
        _announce(told)


@cli.command()
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
@click.option("--seed", type=click.IntRange(0, 2**48 - 1), help="The same seed and options give the same story.")
@option_date
@click.pass_obj
def write(
    root: Path, /, idea: str | None, day: str | None, seed: int | None, cast: str | None, **options: object
) -> None:
    """Write an extra story, as you wish it."""
    from generator.briefs import Wish, parse_idea
    from generator.pipeline import tell_wish

    config = _load(root)
    today = _today(config)
    wish = Wish(
        idea=parse_idea(idea) if idea is not None else "",
        genre=Genre(str(options["genre"])) if options["genre"] else None,
        form=Form(str(options["form"])) if options["form"] else None,
        age=AgeBand(str(options["age"])) if options["age"] else None,
        minutes=None if options["minutes"] is None else float(str(options["minutes"])),
        cast=tuple(name.strip() for name in cast.split(",")) if cast else (),
        place=str(options["place"] or ""),
        series=str(options["series"] or ""),
        seed=secrets.randbits(48) if seed is None else seed,
    )
    _announce(tell_wish(config, _parse_day(day, today) if day else today, wish, opening=_progress))


@cli.command()
@click.pass_obj
def portraits(root: Path) -> None:
    """Draw a portrait for every character and place that has none."""
    from generator.portraits import draw_portraits

    for path in draw_portraits(_load(root)):
        click.echo(_show(path))
    click.echo("Everybody has a portrait.")


@cli.command()
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="The folder to build into; site/ unless told."
)
@click.pass_obj
def build(root: Path, out: Path | None) -> None:
    """Build the site with MkDocs."""
    from generator.lock import locked
    from generator.site.build import build_site

    config = _load(root)
    with locked(config.state):
        report = build_site(config.mkdocs, _check_target(config, out) if out else config.site)
    click.echo(f"Built {report.pages} pages ({report.size / 1e6:.1f} MB) into {_show(report.site_dir)}/")


@cli.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free one.")
@click.pass_obj
def serve(root: Path, port: int) -> None:
    """Show the built site on this machine."""
    from generator.site.serve import make_server

    config = _load(root)
    if not (config.site / "index.html").is_file():
        raise ConfigError(f"there is no site in {_show(config.site)}", "Build it first: taleshelf build")
    try:
        server = make_server(config.site, port, config.base_path)
    except OSError as error:
        raise ConfigError(
            f"port {port} cannot be used: {error.strerror}", "Take another: --port 0 finds a free one."
        ) from None
    with server, contextlib.suppress(KeyboardInterrupt):
        click.echo(
            f"Reading room open at http://127.0.0.1:{server.server_address[1]}{config.base_path}  (Ctrl-C closes it)"
        )
        server.serve_forever()


@cli.command()
@option_json
@click.pass_obj
def check(root: Path, as_json: bool) -> None:
    """Verify every story and the built site; exit 1 if anything is wrong."""
    from generator.check import check_all

    config = _load(root)
    report = check_all(config)
    if as_json:
        click.echo(json.dumps(report.as_json(), indent=2))
    else:
        for finding in report.findings:
            click.echo(str(finding))
    if report.findings:
        raise CheckFailed(
            f"{len(report.findings)} findings in {report.summary}",
            "Each line above names the file and what is wrong with it.",
        )
    if not as_json:
        click.echo(f"All is well: {report.summary}.")


@cli.command()
@option_json
@click.pass_obj
def status(root: Path, as_json: bool) -> None:
    """Show the slots, their states and sizes."""
    from generator.status import make_status, render_status

    config = _load(root)
    found = make_status(config, _today(config))
    click.echo(json.dumps(found.as_json(), indent=2, ensure_ascii=False) if as_json else render_status(found))


@cli.command()
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

    config = _load(root)
    if out.exists() and any(out.iterdir()):
        raise ConfigError(f"the folder {_show(out)} is not empty", "Name a new one.")
    figures = rehearse_nights(config, _today(config), nights, out)
    click.echo(
        json.dumps(asdict(figures), indent=2, ensure_ascii=False) if as_json else render_figures(figures), nl=as_json
    )
    if figures.failures:
        raise CheckFailed(
            f"{len(figures.failures)} of {nights} nights fall short", "The lines above name each of them."
        )


def main() -> NoReturn:
    """Run the command line. Exit codes: 0 done, 1 failed, 2 bad input or setting, 130 interrupted."""
    # A kill is handled like Ctrl-C: what is unfinished is cleaned away before the process ends.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        sys.exit(cli.main(standalone_mode=False))
    except TaleshelfError as error:
        _complain(error.message, error.hint)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _complain(
            "interrupted; what was unfinished is gone, every story that was filed is whole",
            "Run it again when you like.",
        )
        sys.exit(INTERRUPTED)


def _complain(message: str, hint: str) -> None:
    click.echo(f"Error: {message}", err=True)
    if hint:
        click.echo(f"Hint: {hint}", err=True)


def _load(root: Path) -> "Config":
    from generator.config import load_config

    return load_config(root)


def _check_target(config: "Config", out: Path) -> Path:
    """Return the folder to build into; what is built replaces it whole, so it may hold nothing but an earlier build."""
    target = out.resolve()
    ours = (config.root.resolve(), config.content.resolve())
    if (
        any(target == folder or target in folder.parents for folder in ours)
        or config.content.resolve() in target.parents
    ):
        raise ConfigError(f"the site cannot be built into {str(out)!r}, where the archive is", "Name a new folder.")
    if target.is_file() or (target.is_dir() and any(target.iterdir()) and not (target / "sitemap.xml").is_file()):
        raise ConfigError(f"{str(out)!r} holds something else than a site", "Name a new or empty folder.")
    return target


def _today(config: "Config") -> date:
    return datetime.now(config.timezone).date()


def _parse_day(text: str, today: date) -> date:
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        if len(text) != 10 or day.year < 2000:
            raise ValueError(text)
    except ValueError:
        raise ConfigError(f"{text!r} is no date", f"Write it as year-month-day, for example {today}.") from None
    if day > today:
        raise ConfigError(f"{text} is still to come; today is {today}", "A story is told on its day or later.")
    return day


@contextlib.contextmanager
def _progress(headline: str) -> "Iterator[Progress]":
    from generator.progress import Progress

    click.echo(headline)
    progress = Progress(sys.stderr, time.monotonic, sys.stderr.isatty())
    try:
        yield progress
    finally:
        progress.stop()


def _announce(told: "Told") -> None:
    where = _show(told.folder)
    if told.new:
        click.echo(f"{told.slot}: “{told.title}” is in {where}")
    else:
        click.echo(f"{told.slot}: already told, nothing to do: “{told.title}” is in {where}")


def _show(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


if __name__ == "__main__":
    main()
