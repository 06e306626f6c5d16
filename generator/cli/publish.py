"""`taleshelf publish`: the built site, to where readers find it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.outside import load, make_outside, open_repository, option_json, show
from generator.cli.publish_s3 import s3

if TYPE_CHECKING:
    from generator.delivery.folder import Report


@click.group()
def publish() -> None:
    """Publish the built site."""


@publish.command()
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
@click.pass_obj
def folder(root: Path, target: Path) -> None:
    """Publish into a folder: what changed, removals last; files that are not the site's stay."""
    from generator.delivery.folder import publish_folder
    from generator.lock import locked

    config = load(root)
    with locked(config.state):
        report = publish_folder(config.site, target, reach=make_outside(config).reach)
    click.echo(_summarise(report, f"{show(target)}/"))


@publish.command()
@click.option("--branch", metavar="NAME", help="The branch, instead of the one in taleshelf.toml.")
@click.pass_obj
def branch(root: Path, branch: str | None) -> None:
    """Publish to a branch of the remote, such as gh-pages: only what changed is sent."""
    from generator.delivery.branch import Publishing, publish_branch
    from generator.lock import locked

    config = load(root)
    outside = make_outside(config)
    work = Publishing(open_repository(config, outside), config.state, outside.sleep, outside.rng)
    name = branch or config.pages_branch
    with locked(config.state):
        report = publish_branch(work, config.site, name, history=config.pages_history)
    click.echo(_summarise(report, f"{config.remote}/{name}"))


@publish.command()
@click.option("--tar", type=click.Path(path_type=Path, dir_okay=False), help="Write the artifact as this tar, too.")
@option_json
@click.pass_obj
def pages(root: Path, tar: Path | None, as_json: bool) -> None:
    """Prepare the site for actions/upload-pages-artifact; exit 5 if it is too large for GitHub Pages."""
    from dataclasses import asdict

    from generator.delivery.pages import SHARE, prepare_pages, render_prepared
    from generator.lock import locked

    config = load(root)
    with locked(config.state):
        prepared = prepare_pages(config.site, tar)
    if as_json:
        click.echo(json.dumps(asdict(prepared) | {"share": round(prepared.share, 4)}))
    else:
        click.echo(render_prepared(prepared))
    if prepared.share > SHARE:
        click.echo(
            "Hint: it is soon too large for GitHub Pages; docs/publishing.md tells what else there is.", err=True
        )


publish.add_command(s3)


def _summarise(report: "Report", where: str) -> str:
    sent = f"{report.sent} of {report.files} files ({report.size / 1e6:.1f} MB)" if report.sent else "nothing new"
    return f"{where}: {sent}" + (f", {report.removed} removed" if report.removed else "")
