"""`taleshelf media`: recordings and pictures off git, and `taleshelf expire`: stories that go after a time."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.outside import load, make_outside, option_json, today_of
from generator.errors import CheckFailed, ConfigError
from generator.markdown import printable

if TYPE_CHECKING:
    from generator.config import Config
    from generator.media.moving import Moved
    from generator.media.store import Store
    from generator.outside import Outside

GIT = "git"
MOST_LINES = 50
option_dry = click.option("--dry-run", "dry", is_flag=True, help="Say what would be done, and do nothing.")


@click.group()
def media() -> None:
    """Keep recordings and pictures in a store instead of git."""


@media.command()
@click.option(
    "--to", "wanted", type=click.Choice([GIT, "folder", "s3", "pages"]), help="Instead of the store that is set."
)
@option_dry
@option_json
@click.pass_obj
def move(root: Path, wanted: str | None, dry: bool, as_json: bool) -> None:
    """Bring what is in the bundles into the store, or with --to into another one or back; all bytes are read back."""
    from generator.archive import Archive
    from generator.lock import locked

    config = load(root)
    outside = make_outside(config)
    folders = Archive(config.content / "stories").folders()
    with locked(config.state):
        moved = _move(config, outside, folders, wanted or (config.media.store or GIT), dry=dry)
    for line in moved.left[:MOST_LINES]:
        click.echo(printable(line), err=True)
    where = wanted or config.media.store or GIT
    click.echo(json.dumps(_as_json(moved)) if as_json else _summarise(moved, str(where), dry=dry))


def _move(config: "Config", outside: "Outside", folders: tuple[Path, ...], wanted: str, *, dry: bool) -> "Moved":
    from generator.media.moving import bring_back, copy_over, put_away
    from generator.media.pointers import read_pointers
    from generator.media.settings import Kind
    from generator.media.stores import open_store

    here = config.media.store
    if wanted == GIT:
        away = any(read_pointers(folder) for folder in folders)
        return bring_back(folders, _open(config, outside), outside.reach, dry=dry) if away or here else _nothing()
    if not here:
        raise ConfigError("[media] store is not set", f"Set store = {wanted!r} with its address in taleshelf.toml.")
    moved = put_away(folders, _open(config, outside), outside.reach, dry=dry)
    if wanted != here:
        target = open_store(config, Kind(wanted), outside)
        return copy_over(folders, _open(config, outside), target, outside.reach, dry=dry)
    return moved


def _nothing() -> "Moved":
    from generator.media.moving import Moved

    return Moved()


def _open(config: "Config", outside: "Outside") -> "Store":
    from generator.media.stores import open_store

    if not config.media.store:
        raise ConfigError("[media] store is not set", "docs/media.md tells of the three stores.")
    return open_store(config, config.media.store, outside)


def put_new_away(config: "Config", outside: "Outside") -> None:
    """Bring what new stories have into the store, where there is one, so that git never sees it."""
    from generator.archive import Archive
    from generator.lock import locked
    from generator.media.moving import put_away

    if not config.media.store:
        return
    folders = Archive(config.content / "stories").folders()
    with locked(config.state):
        moved = put_away(folders, _open(config, outside), outside.reach)
    for line in moved.left[:MOST_LINES]:
        click.echo(printable(line), err=True)
    if moved.files:
        click.echo(_summarise(moved, config.media.store.value, dry=False))


@media.command("check")
@click.option("--public", is_flag=True, help="Ask the address where readers find the store, too.")
@click.option("--bytes", "whole", is_flag=True, help="Read every byte and compare it.")
@option_json
@click.pass_obj
def check_media(root: Path, public: bool, whole: bool, as_json: bool) -> None:
    """Look whether the store has what stories point to; exit 1 if anything is wrong."""
    from generator.archive import Archive
    from generator.media.looking import look

    config = load(root)
    store = _open(config, make_outside(config))
    seen = look(Archive(config.content / "stories"), store, public=config.store_url if public else "", whole=whole)
    if as_json:
        click.echo(json.dumps(seen.as_json(), indent=2))
    else:
        for line in seen.problems[:MOST_LINES]:
            click.echo(printable(line), err=True)
        others = f"; {len(seen.strangers)} files there belong to no story" if seen.strangers else ""
        click.echo(f"{seen.files} files ({seen.size / 1e6:.1f} MB) in the store, {seen.read} read whole{others}.")
    if seen.problems:
        raise CheckFailed(f"{len(seen.problems)} of them are not as they must be", "The lines above name them.")


@media.command()
@option_dry
@click.pass_obj
def prune(root: Path, dry: bool) -> None:
    """Remove from the store what belongs to stories that were taken down, once the site without them is published."""
    from generator.archive import Archive
    from generator.lock import locked
    from generator.media.looking import find_orphans

    config = load(root)
    store = _open(config, make_outside(config))
    with locked(config.state):
        orphans = find_orphans(Archive(config.content / "stories"), store)
        if orphans and not dry:
            store.remove(orphans)
    click.echo(f"{len(orphans)} files of stories that were taken down {'would be' if dry else 'are'} removed.")


@click.command()
@click.option(
    "--keep", type=click.IntRange(1, 36_500), metavar="NIGHTS", help="Instead of keep_nights under [archive]."
)
@option_dry
@click.pass_obj
def expire(root: Path, keep: int | None, dry: bool) -> None:
    """Take down every story that is older than the archive keeps them, and leave tombstones."""
    from generator.expiry import expire_stories, find_expired

    config = load(root)
    nights, today = keep or config.keep_nights, today_of(config)
    if not nights:
        click.echo("Stories are kept for ever: [archive] keep_nights is 0.")
        return
    slots = find_expired(config, today, nights)
    for slot in slots if dry else expire_stories(config, slots, today):
        click.echo(f"{slot}: {'would be taken down' if dry else 'taken down'}")
    if not slots:
        click.echo(f"Nothing is older than {nights} nights.")
    elif not dry:
        click.echo("Readers lose them with: taleshelf commit, taleshelf build, and publishing the site again.")
        if config.media.store:
            click.echo("What they have in the store goes with: taleshelf media prune, after that.")


def _as_json(moved: "Moved") -> dict[str, object]:
    from dataclasses import asdict

    return asdict(moved)


def _summarise(moved: "Moved", where: str, *, dry: bool) -> str:
    if not moved.files:
        return f"{where}: nothing to move"
    what = f"{moved.files} files of {moved.stories} stories ({moved.size / 1e6:.1f} MB)"
    return f"{where}: {what} would be moved" if dry else f"{where}: {what} are there, {moved.sent} of them new"
