"""The commands around the site and the state of the archive."""

import contextlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.outside import load, option_json, show, today_of
from generator.errors import CheckFailed, ConfigError
from generator.markdown import printable

if TYPE_CHECKING:
    from generator.config import Config


@click.command()
@click.pass_obj
def portraits(root: Path) -> None:
    """Draw a portrait for every character and place that has none."""
    from generator.portraits import draw_portraits

    for path in draw_portraits(load(root)):
        click.echo(show(path))
    click.echo("Everybody has a portrait.")


@click.command()
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="The folder to build into; site/ unless told."
)
@click.option("--full", is_flag=True, help="Build everything, also what did not change.")
@click.pass_obj
def build(root: Path, out: Path | None, full: bool) -> None:
    """Build the site with MkDocs: what changed since the last time."""
    import atexit
    import gc
    import os

    from generator.lock import locked
    from generator.site.build import build_site

    config = load(root)
    atexit.register(gc.freeze)  # to look for garbage among all stories on the way out is a fifth of the time
    with locked(config.state):
        if out:
            report = build_site(config.mkdocs, _check_target(config, out), environment=os.environ)
        else:
            kept = config.state / "site"
            report = build_site(config.mkdocs, config.site, cache=kept, full=full, environment=os.environ)
            pin(config)
    new = "" if report.whole else f", {report.printed} of them new or changed,"
    click.echo(f"Built {report.pages} pages{new} ({report.size / 1e6:.1f} MB) into {show(report.site_dir)}/")


@click.command()
@click.option("--stories", type=click.IntRange(0, 20_000), default=1_000, show_default=True, help="How many.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="A new or empty folder for the archive.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another number gives another archive.")
@click.pass_obj
def shelf(root: Path, stories: int, out: Path, seed: int) -> None:
    """Write an archive of any size to measure with; this one is left alone."""
    from generator.synthetic import write_shelf

    config = load(root)
    write_shelf(config, out, stories, today_of(config), seed)
    click.echo(f"Wrote {stories} stories into {show(out)}/")


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free one.")
@click.pass_obj
def serve(root: Path, port: int) -> None:
    """Show the built site on this machine."""
    from generator.site.serve import make_server

    config = load(root)
    if not (config.site / "index.html").is_file():
        raise ConfigError(f"there is no site in {show(config.site)}", "Build it first: taleshelf build")
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


@click.command()
@option_json
@click.pass_obj
def check(root: Path, as_json: bool) -> None:
    """Verify every story and the built site; exit 1 if anything is wrong."""
    from generator.check import check_all

    config = load(root)
    report = check_all(config)
    if as_json:
        click.echo(json.dumps(report.as_json(), indent=2))
    else:
        for finding in report.findings:
            click.echo(printable(str(finding)))
    if report.findings:
        raise CheckFailed(
            f"{len(report.findings)} findings in {report.summary}",
            "Each line above names the file and what is wrong with it.",
        )
    if not as_json:
        click.echo(f"All is well: {report.summary}.")


@click.command()
@option_json
@click.pass_obj
def status(root: Path, as_json: bool) -> None:
    """Show the slots, their states and sizes."""
    from generator.status import make_status, render_status

    config = load(root)
    found = make_status(config, today_of(config))
    click.echo(json.dumps(found.as_json(), indent=2, ensure_ascii=False) if as_json else render_status(found))


def pin(config: "Config") -> None:
    """Write down by which ids apps know the podcast, once the site has an address."""
    from generator.feeds.outlet import pin_guids, read_outlet

    outlet = read_outlet(config.root, config.show, config.site_url, "")
    if outlet and pin_guids(outlet, config.content):
        click.echo("Wrote content/.podcast.json, by which apps will know your podcast again: keep it with the stories.")


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
