"""The commands around the podcast feed."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.outside import load, option_json, show
from generator.errors import CheckFailed, ConfigError, Unreachable
from generator.markdown import printable

if TYPE_CHECKING:
    from generator.feeds.check.feed import Demands, Published
    from generator.feeds.check.report import Report
    from generator.feeds.check.source import Source
    from generator.feeds.check.web import Silence

FEED = "podcast.xml"
NEWEST = 10  # episodes whose files are fetched over the network


@click.group()
def feed() -> None:
    """Check podcast feeds: yours on this disk or on its server, or anybody's."""


@feed.command()
@click.argument("place", metavar="[URL or file]", required=False)
@click.option("--site", type=click.Path(path_type=Path, file_okay=False), help="The built site; site/ unless told.")
@click.option("--site-url", help="Where the site is published; from mkdocs.yml unless told.")
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
    place: str | None,
    site: Path | None,
    site_url: str | None,
    before: str | None,
    guid: str,
    newest: int | None,
    listen: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """Check a podcast feed, all its pages and files; exit 1 if anything is wrong, 4 if nobody answers.

    Without an argument it is podcast.xml of the built site, with every file it links.
    """
    from generator.feeds.check.feed import Demands

    first, source = _open_source(root, place, site, site_url, listen=listen)
    online = _is_url(first)
    demands = Demands(
        moment=datetime.now(UTC),
        guid=guid,
        before=_read_before(before) if before else None,
        newest=NEWEST if newest is None and online else newest,
    )
    report = _check(first, source, demands)
    if as_json:
        click.echo(json.dumps(report.as_json(), indent=2, ensure_ascii=False))
    else:
        for line in report.lines():
            click.echo(printable(line))
    _conclude(report, strict=strict, quiet=as_json)


def _open_source(
    root: Path, place: str | None, site: Path | None, site_url: str | None, *, listen: bool
) -> tuple[str, "Source"]:
    """Return what is checked and where it comes from. Raises ConfigError or Unreachable."""
    from generator.feeds.check.online import Online
    from generator.feeds.check.source import Folder
    from generator.feeds.check.web import Silence, Web

    if place and _is_url(place):
        try:
            return place, Online(Web(place), listen)
        except Silence as silence:
            raise _unreachable(silence) from silence
    if (site is None or site_url is None) and (place is None or (root / "mkdocs.yml").is_file()):
        config = load(root)
        site, site_url = site or config.site, site_url if site_url is not None else config.site_url
    path = Path(place) if place else (site or root) / FEED
    if not path.is_file():
        hint = "Build the site first: taleshelf build" if place is None else "Name a file, or an address with https."
        raise ConfigError(f"there is no feed {show(path)}", hint)
    known = site if site is not None and path.resolve().is_relative_to(site.resolve()) else None
    return str(path), Folder(known, site_url or "", show, listen)


def _check(first: str, source: "Source", demands: "Demands") -> "Report":
    """Check a feed whose first page may not be there. Raises Unreachable when nobody answers."""
    from generator.feeds.check.feed import check_feed
    from generator.feeds.check.report import Report
    from generator.feeds.check.rules import Said, make_fault
    from generator.feeds.check.web import Silence

    try:
        return check_feed(first, source, demands)
    except Silence as silence:
        if silence.code == "H02":
            raise _unreachable(silence) from silence
        return Report(first, 0, 0, 0, 0, (make_fault(first, Said(silence.code, 0, silence.why)),))


def _read_before(place: str) -> "Published":
    """Read the feed to compare with. Raises ConfigError or Unreachable."""
    from generator.feeds.check.feed import read_published
    from generator.feeds.check.online import Online
    from generator.feeds.check.source import Folder
    from generator.feeds.check.web import Silence, Web

    try:
        return read_published(place, Online(Web(place)) if _is_url(place) else Folder(None, "", show))
    except Silence as silence:
        if _is_url(place):
            raise _unreachable(silence) from silence
        raise ConfigError(silence.why.rstrip("."), "--before takes a file or an address.") from silence


def _conclude(report: "Report", *, strict: bool, quiet: bool) -> None:
    """Say how it went. Raises CheckFailed when something has to be mended."""
    from generator.feeds.check.rules import Severity

    errors, warnings = report.count(Severity.ERROR), report.count(Severity.WARNING)
    counts = f"{errors} errors, {warnings} warnings and {report.count(Severity.HINT)} hints in {report.summary}"
    if errors or (strict and warnings):
        raise CheckFailed(counts, "Each line above names the line of the feed, the rule, and who made it.")
    if not quiet:
        click.echo(f"{'No errors' if report.faults else 'All is well'}: {counts}.")


def _unreachable(silence: "Silence") -> Unreachable:
    return Unreachable(silence.why.rstrip("."), "Try again later, or look whether the address is right.")


def _is_url(place: str) -> bool:
    return place.startswith(("http://", "https://"))
