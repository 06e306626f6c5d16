"""The commands about providers and money; none of them spends but `voices --sample`."""

import json
import re
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.outside import load, make_outside, option_json, show
from generator.errors import CheckFailed, ConfigError

if TYPE_CHECKING:
    from generator.studio import Role


@click.command()
@option_json
@click.pass_obj
def doctor(root: Path, as_json: bool) -> None:
    """Say of each provider what is set, whether its model lives and what a story costs; nothing is spent."""
    from generator.cli.notify import gather_means
    from generator.desks import open_free_desks
    from generator.doctor import as_json as render_json
    from generator.doctor import examine_studio, render_examined
    from generator.money.prices import load_prices
    from generator.notify.desks import examine_channels
    from generator.studio import open_provider, open_studio

    config = load(root)
    outside = make_outside(config)
    studio = open_studio(config.writers, config.illustrators, config.narrators, config.moderators)

    def make_provider(_role: "Role", entry: EntryPoint) -> object:
        return open_provider(entry, open_free_desks(config, outside))

    roles = (studio.writers, studio.illustrators, studio.narrators, studio.moderators)
    examined = examine_studio(roles, make_provider, outside.environment, load_prices(config.prices))
    channels = examine_channels(gather_means(config, outside), outside.environment) if config.notify.channels else ()
    examined += channels
    click.echo(json.dumps(render_json(examined), indent=2) if as_json else render_examined(examined), nl=as_json)
    # A moderator is asked where its key is present; that one has none keeps nobody from telling stories.
    if bad := [one.name for one in examined if not one.ready and one.role not in ("moderators", "notify")]:
        raise CheckFailed(
            f"not ready: {', '.join(dict.fromkeys(bad))}",
            "The next of each list, at last the embedded one, does the work.",
        )
    if bad := [one.name for one in channels if not one.ready]:
        raise CheckFailed(f"not ready: {', '.join(bad)}", "Nobody is told of stories by these; docs/notify.md helps.")


@click.command()
@option_json
def providers(as_json: bool) -> None:
    """List the providers that are installed, also those of other packages."""
    from dataclasses import asdict

    from generator.doctor import list_providers, render_providers

    found = list_providers()
    rows = [asdict(one) for one in found]
    click.echo(json.dumps(rows, indent=2) if as_json else render_providers(found), nl=as_json)


@click.command()
@click.option("--all", "every_language", is_flag=True, help="Voices of every language, not only the archive's.")
@click.option("--sample", metavar="NAME", help="Speak two sentences in this voice into an MP3 here; it costs a little.")
@click.pass_obj
def voices(root: Path, every_language: bool, sample: str | None) -> None:
    """List the voices your narrators can speak with, or hear one."""
    from generator.lock import locked
    from generator.money.budget import render_money
    from generator.voices import list_voices, render_voices, speak_sample

    config = load(root)
    outside = make_outside(config)
    if not sample:
        click.echo(render_voices(list_voices(config, outside, every_language=every_language)))
        return
    path = Path(f"voice-{re.sub(r'[^A-Za-z0-9]+', '-', sample).strip('-').lower() or 'sample'}.mp3")
    if path.exists():
        raise ConfigError(f"{show(path)} is there already", "Move it away first.")
    with locked(config.state):
        mp3, narrator, cost = speak_sample(config, outside, sample)
    path.write_bytes(mp3)
    click.echo(f"{show(path)}: {sample}, spoken by {narrator} for {render_money(cost)}")


@click.command()
@click.option("--month", metavar="YYYY-MM", default="", help="One month only.")
@option_json
@click.pass_obj
def costs(root: Path, month: str, as_json: bool) -> None:
    """Show what was spent, by month, provider and model."""
    from generator.archive import Archive
    from generator.money.spending import as_json as render_json
    from generator.money.spending import make_costs, read_all_calls, render_costs

    config = load(root)
    if month and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise ConfigError(f"{month!r} is no month", "Write it as year-month, for example 2026-11.")
    found = make_costs(read_all_calls(Archive(config.content / "stories"), config.state / "slots"), month)
    click.echo(render_json(found) if as_json else render_costs(found, config.caps.month))
