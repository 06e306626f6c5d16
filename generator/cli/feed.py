"""The commands around the podcast feed."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.outside import load, option_json, show
from generator.errors import CheckFailed, ConfigError, Unreachable
from generator.markdown import printable

if TYPE_CHECKING:
    from generator.feeds.check.chain import Published
    from generator.feeds.check.feed import Demands
    from generator.feeds.check.report import Report
    from generator.feeds.check.source import Folder, Source
    from generator.feeds.check.web import Silence

FEED = "podcast.xml"
MOST = 2000  # files that are fetched over the network, whatever a feed links
NEWEST = 10  # episodes whose files are fetched over the network


@click.group()
def feed() -> None:
    """Check podcast feeds: yours on this disk or on its server, or anybody's."""


@feed.command()
@click.argument("places", metavar="[URL or file]...", nargs=-1)
@click.option("--site", type=click.Path(path_type=Path, file_okay=False), help="The built site; site/ unless told.")
@click.option("--site-url", help="Where the site is published; from mkdocs.yml unless told.")
@click.option("--media-url", multiple=True, help="Where its media is published, by the same paths as in the site.")
@click.option("--before", metavar="URL or file", help="The feed as it was published before: what has changed since?")
@click.option("--guid", default="", help="The podcast:guid the show was given once.")
@click.option(
    "--newest",
    type=click.IntRange(min=0),
    help=f"Look at the files of so many episodes; {NEWEST} over the network, all of a folder.",
)
@click.option("--listen", is_flag=True, help="Decode the sounds and measure how loud they are.")
@click.option("--strict", is_flag=True, help="Fail on warnings, too.")
@option_json
@click.pass_obj
def check(
    root: Path,
    places: tuple[str, ...],
    site: Path | None,
    site_url: str | None,
    media_url: tuple[str, ...],
    before: str | None,
    guid: str,
    newest: int | None,
    listen: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """Check podcast feeds, all their pages and files; exit 1 if anything is wrong, 4 if nobody answers.

    Without an argument these are podcast.xml and the other podcast feeds of the built site, with every file they link.
    What --before and --guid say is of the first feed.
    """
    from generator.feeds.check.feed import Demands

    folder = _open_folder(root, places, site, site_url, media_url, listen=listen)
    demands = Demands(datetime.now(UTC), guid, _read_before(before) if before else None, newest)
    known = {} if places else _read_guids(root, folder)
    reports = []
    for place in places or _find_feeds(folder):
        demands = replace(demands, guid=demands.guid or known.get(place, ""))
        reports.append(_check(place, folder, demands, listen=listen))
        demands = replace(demands, guid="", before=None)
    if as_json:
        click.echo(json.dumps({"feeds": [report.as_json() for report in reports]}, indent=2))
    else:
        for line in (line for report in reports for line in report.lines()):
            click.echo(printable(line))
    _conclude(reports, strict=strict, quiet=as_json)


def _open_folder(
    root: Path,
    places: Sequence[str],
    site: Path | None,
    site_url: str | None,
    media_urls: tuple[str, ...],
    *,
    listen: bool,
) -> "Folder":
    """Return the site that files are looked for in. Raises ConfigError."""
    from generator.feeds.check.source import Folder

    files = [place for place in places if not _is_url(place)]
    if (site is None or site_url is None) and (not places or (files and (root / "mkdocs.yml").is_file())):
        config = load(root)
        site, site_url = site or config.site, config.site_url if site_url is None else site_url
        media_urls = media_urls or ((config.media_url,) if config.media_url else ())
    return Folder(site, (*([site_url] if site_url else []), *media_urls), show, listen)


def _find_feeds(folder: "Folder") -> tuple[str, ...]:
    """Return the podcast feeds of the built site. Raises ConfigError when there is none."""
    from generator.feeds.check.source import find_feeds

    site = folder.site or Path()
    if not (site / FEED).is_file():
        raise ConfigError(f"there is no feed {show(site / FEED)}", "Build the site first: taleshelf build")
    return tuple(map(str, find_feeds(site, site / FEED)))


def _read_guids(root: Path, folder: "Folder") -> dict[str, str]:
    """Read the podcast:guid of each feed that has been published before, as it is pinned or set. Raises ConfigError."""
    from generator.feeds.outlet import read_guids

    config = load(root)
    return {
        str((folder.site or Path()) / path): guid for path, guid in read_guids(config.content, config.podcast).items()
    }


def _check(place: str, folder: "Folder", demands: "Demands", *, listen: bool) -> "Report":
    """Check one feed. Raises ConfigError for a file that is not there, Unreachable when nobody answers."""
    from generator.feeds.check.feed import check_feed
    from generator.feeds.check.online import Online
    from generator.feeds.check.report import Report
    from generator.feeds.check.rules import Said, make_fault
    from generator.feeds.check.web import Silence, Web

    try:
        if _is_url(place):
            newest = NEWEST if demands.newest is None else demands.newest
            return check_feed(place, Online(Web(place), listen), replace(demands, newest=newest, most=MOST))
        return check_feed(place, _belonging(place, folder), demands)
    except Silence as silence:
        if silence.code == "H02":
            raise _unreachable(silence) from silence
        if not _is_url(place):
            raise ConfigError(silence.why.rstrip("."), "Name a file, or an address with https.") from silence
        return Report(place, 0, 0, 0, 0, (make_fault(place, Said(silence.code, 0, silence.why)),))


def _belonging(place: str, folder: "Folder") -> "Folder":
    """Return where the files of a feed are: nowhere when the feed is not one of the site."""
    inside = folder.site is not None and Path(place).resolve().is_relative_to(folder.site.resolve())
    return folder if inside else replace(folder, site=None)


def _read_before(place: str) -> "Published":
    """Read the feed to compare with. Raises ConfigError or Unreachable."""
    from generator.feeds.check.chain import read_published
    from generator.feeds.check.online import Online
    from generator.feeds.check.source import Folder
    from generator.feeds.check.web import Silence, Web

    try:
        source: Source = Online(Web(place)) if _is_url(place) else Folder(None, (), show)
        return read_published(place, source)
    except Silence as silence:
        if _is_url(place):
            raise _unreachable(silence) from silence
        raise ConfigError(silence.why.rstrip("."), "--before takes a file or an address.") from silence


def _conclude(reports: Sequence["Report"], *, strict: bool, quiet: bool) -> None:
    """Say how it went. Raises CheckFailed when something has to be mended."""
    from generator.feeds.check.report import sum_up
    from generator.feeds.check.rules import Severity

    report = sum_up(reports)
    errors, warnings, hints = (report.count(severity) for severity in Severity)
    feeds = f"{len(reports)} feeds: " if len(reports) > 1 else ""
    counts = f"{errors} errors, {warnings} warnings and {hints} hints in {feeds}{report.summary}"
    if errors or (strict and warnings):
        raise CheckFailed(counts, "Each line above names the line of the feed, the rule, and who made it.")
    if not quiet:
        click.echo(f"{'No errors' if report.faults else 'All is well'}: {counts}.")


def _unreachable(silence: "Silence") -> Unreachable:
    return Unreachable(silence.why.rstrip("."), "Try again later, or look whether the address is right.")


def _is_url(place: str) -> bool:
    return place.startswith(("http://", "https://"))
