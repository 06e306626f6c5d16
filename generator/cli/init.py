"""`taleshelf init`: an archive of one's own."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from generator.cli.outside import show
from generator.errors import ConfigError

T = TypeVar("T")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help="What the archive is called.")
@click.option("--site-url", metavar="URL", help="Where readers will find it, such as https://you.github.io/tales/.")
@click.option("--language", metavar="CODE", help="The language of the stories; the embedded writer knows English.")
@click.option("--timezone", metavar="ZONE", help="When a night begins, as Europe/Berlin.")
@click.option("--hour", metavar="0-23", help="From which hour on the story of a night is made.")
@click.option("--ages", metavar="LIST", help="For whom: 3-5, 6-8, 9-12, separated by commas.")
@click.option("--cast", metavar="LIST", help="Who of the starter cast stays, by the names of their cards; or all.")
@click.option("--yes", is_flag=True, help="Ask nothing: what is not said is as usual.")
def init(folder: Path, *, yes: bool, **said: str | None) -> None:
    """Start an archive of your own in a new folder: cards, settings, workflows, the program and a first commit."""
    from generator import founding

    founding.check_target(folder)
    asks = not yes and sys.stdin.isatty()
    if asks:
        click.echo(
            "No names of real children, here or in any card or idea: everything will be public. Invent somebody.\n"
        )

    def ask(key: str, question: str, usual: str, parse: Callable[[str], T]) -> T:
        given = said[key]
        if given is not None or not asks:
            return _parse(key, usual if given is None else given, parse)
        return _ask(question, usual, parse)

    answers = founding.Answers(
        name=ask("name", "What is it called?", "Tales of the Lantern Shelf", founding.parse_name),
        site_url=ask("site_url", "Where will readers find it? (empty: not known yet)", "", founding.parse_site_url),
        language=ask("language", "In which language? The embedded writer knows English", "en", founding.parse_language),
        timezone=ask("timezone", "In which time zone does a night begin?", "UTC", founding.parse_timezone),
        hour=ask("hour", "From which hour on is its story made?", "0", founding.parse_hour),
        ages=ask("ages", "For whom?", "3-5, 6-8, 9-12", founding.parse_ages),
        cast=ask("cast", "Who of the cast stays?", "all", founding.parse_cast),
    )
    founding.found_archive(folder, answers, dict(os.environ))
    click.echo(f"{show(folder)}: a new archive, {answers.name!r}, with its first commit.")
    if not answers.language.startswith("en"):
        click.echo(
            "Hint: the embedded writer tells in English; name a model under [studio] in taleshelf.toml.", err=True
        )
    click.echo(f"Next: cd {show(folder)}, then `taleshelf tonight`, `taleshelf build` and `taleshelf serve`.")
    if not asks:
        click.echo("No names of real children in cards or ideas: everything will be public. Invent somebody.")


def _parse(key: str, text: str, parse: Callable[[str], T]) -> T:
    try:
        return parse(text)
    except ValueError as error:
        raise ConfigError(f"--{key.replace('_', '-')}: {error}", "taleshelf init --help lists the options.") from None


def _ask(question: str, usual: str, parse: Callable[[str], T]) -> T:
    while True:
        try:
            return parse(str(click.prompt(question, default=usual, show_default=bool(usual))))
        except ValueError as error:
            click.echo(f"  {error}")
