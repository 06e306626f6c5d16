"""`taleshelf watchdog`: look whether tonight's story is where readers look for it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.outside import find_home, load, make_outside, open_forge, open_repository
from generator.errors import ArchiveError, CheckFailed, ConfigError
from generator.markdown import printable

if TYPE_CHECKING:
    from generator.config import Config
    from generator.forge.api import Forge
    from generator.forge.watch import Watched
    from generator.outside import Outside


@click.command()
@click.option("--issues/--no-issues", default=None, help="Keep issues on GitHub; by default where GITHUB_TOKEN is set.")
@click.pass_obj
def watchdog(root: Path, issues: bool | None) -> None:
    """Look at the published site as readers see it, and say what is wrong: as issues on GitHub, or here with exit 1."""
    from generator.forge.alarms import sound_alarms
    from generator.forge.watch import list_findings, list_looked

    config = load(root)
    if not config.site_url:
        raise ConfigError("the site has no address to look at", "Set site_url in mkdocs.yml.")
    outside = make_outside(config)
    wanted = bool(outside.environment.get("GITHUB_TOKEN")) if issues is None else issues
    forge = open_forge(outside) if wanted else None
    watched = _watch(config, outside, forge)
    findings = tuple(list_findings(watched))
    for finding in findings:
        click.echo(printable(f"{finding.kind}: {finding.title}"))
    if forge:
        for line in sound_alarms(forge, findings, list_looked(watched)):
            click.echo(line)
    elif findings:
        for finding in findings:
            click.echo("\n" + "\n".join(map(printable, finding.text.splitlines())), err=True)
        raise CheckFailed(f"{len(findings)} of what readers see is not as it should be", "Each has its hint above.")
    if not findings:
        click.echo(f"All is well: the story of {watched.due} is on the site.")


def _watch(config: "Config", outside: "Outside", forge: "Forge | None") -> "Watched":
    """Look at the site, and at what GitHub says of the repository."""
    from generator.archive import Archive
    from generator.forge.host import Host, look_at_host
    from generator.forge.site import look_at_site
    from generator.forge.watch import Watched

    seen = look_at_site(config.site_url)
    host = look_at_host(forge) if forge else Host()
    down = Archive(config.content / "stories").removed()
    pages = not config.s3.bucket
    return Watched(
        moment=outside.moment(),
        by=config.watch_by,
        seen=seen,
        down=frozenset(slot.day for slot in down if not slot.extra),
        host=host,
        home=find_home(outside, forge) if forge else "",
        size=(host.artifact or _weigh(config.content)) if pages else None,
        pages=pages,
        commit=_find_commit(config, outside),
        review=config.review,
    )


def _weigh(folder: Path) -> int:
    """Return the bytes of all files below a folder; nearly all of a site are files that are copied from there."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _find_commit(config: "Config", outside: "Outside") -> datetime | None:
    """Return when the commit was made that is checked out; None where there is none."""
    try:
        seconds = open_repository(config, outside).run("log", "-1", "--format=%ct")
    except ArchiveError:
        return None
    return datetime.fromtimestamp(int(seconds), UTC) if seconds.strip() else None
