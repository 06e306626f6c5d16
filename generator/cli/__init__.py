"""The commands: the only place that prints, exits, and reads clock, randomness or environment."""

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click

from generator import __version__
from generator.cli import (
    feed,
    infra,
    keeping,
    nights,
    notify,
    publish,
    request,
    review,
    site,
    studio,
    watchdog,
    workflow,
)
from generator.cli.outside import settle_address
from generator.cli.record import recording
from generator.errors import TaleshelfError
from generator.markdown import printable

INTERRUPTED = 130


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
    if context.obj:
        context.obj(context)  # whoever keeps a record of it
    context.obj = root


for _command in (
    nights.tonight,
    nights.write,
    workflow.extra,
    nights.finish,
    site.portraits,
    site.build,
    site.serve,
    keeping.commit,
    publish.publish,
    notify.notify,
    keeping.remove,
    workflow.keep,
    workflow.plan,
    workflow.summary,
    site.check,
    feed.feed,
    site.status,
    studio.doctor,
    studio.providers,
    studio.voices,
    studio.costs,
    nights.rehearse,
    site.shelf,
    publish.publish,
    infra.infra,
    request.request,
    review.review,
    watchdog.watchdog,
):
    cli.add_command(_command)


def main() -> NoReturn:
    """Run the command line.

    Exit codes: 0 done, 1 failed, 2 bad input or setting, 3 something is pending, 4 it has not reached its readers yet or
    nobody answers, 5 nor will it until somebody changes something, 130 interrupted.
    """
    # A kill is handled like Ctrl-C: what is unfinished is cleaned away before the process ends.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with recording(sys.argv[1:]) as meet:
        _run(meet)


def _run(meet: Callable[[click.Context], None]) -> NoReturn:
    try:
        settle_address()
        sys.exit(cli.main(standalone_mode=False, obj=meet))
    except TaleshelfError as error:
        _complain(error.message, error.hint)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except OSError as error:  # no descriptors, no memory for a process: nothing that more code would do better
        where = f" ({Path(error.filename).name})" if isinstance(error.filename, str) else ""
        _complain(
            f"this machine cannot go on: {error.strerror or error}{where}",
            "Every story that was filed is whole, and what was paid for is kept; mend it and run the command again.",
        )
        sys.exit(TaleshelfError.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _complain(
            "interrupted; every story that was filed is whole, and what was paid for is kept",
            "Run it again when you like.",
        )
        sys.exit(INTERRUPTED)


def _complain(message: str, hint: str) -> None:
    click.echo(f"Error: {printable(message)}", err=True)
    if hint:
        click.echo(f"Hint: {printable(hint)}", err=True)
