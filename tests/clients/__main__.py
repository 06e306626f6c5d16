"""python -m tests.clients [--only CLIENT]: show the feeds of a site to real podcast apps; exit 1 if one of them fails.

The site is built of an archive with a second page of stories and served by nginx on loopback. Clients come from Debian where
this is root's machine, from PyPI and npm otherwise; those it lacks are named, and not played.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.clients import archiver, browser, gpodder, identity, links, mails, newsboat, podget, readers
from tests.clients.stage import Check, Stage, Step, play, setting
from tests.clients.tools import Tools, install, say_missing

CLIENTS: dict[str, tuple[tuple[str, ...], Callable[[Stage], Iterator[Step]]]] = {
    "links": (links.NEEDS, links.steps),
    "gpo": (gpodder.NEEDS, gpodder.steps),
    "newsboat": (newsboat.NEEDS, newsboat.steps),
    "podget": (podget.NEEDS, podget.steps),
    "podcast-archiver": (archiver.NEEDS, archiver.steps),
    "rss2email": (mails.NEEDS, mails.steps),
    "partytime": (readers.NEEDS, readers.steps_partytime),
    "feedsmith": (readers.NEEDS, readers.steps_feedsmith),
    "chromium": (browser.NEEDS, browser.steps),
    "identity": (identity.NEEDS, identity.steps),  # the last, for it changes the archive
}


def main() -> int:
    """Show the feeds to the clients that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.clients")
    parser.add_argument("--only", choices=CLIENTS, action="append", help="show them to this client")
    names = list(dict.fromkeys(parser.parse_args().only or CLIENTS))
    started = time.monotonic()
    tools = install({"nginx"}.union(*(CLIENTS[name][0] for name in names)))
    if tools.missing:
        _say(say_missing(tools.missing))
    ready = [name for name in names if not tools.missing & {"nginx", *CLIENTS[name][0]}]
    checks = list(_play(ready, tools)) if ready else []
    failed = sum(not check.good for check in checks)
    _say(f"{len(ready)} clients, {len(checks)} checks, {failed} failed, {time.monotonic() - started:.0f} s")
    return 1 if failed else 0


def _play(names: list[str], tools: Tools) -> Iterator[Check]:
    with tempfile.TemporaryDirectory(prefix="clients-") as folder, setting(Path(folder), tools) as stage:
        for name in names:
            for check in play(name, CLIENTS[name][1](stage)):
                _say(f"{check}")
                yield check


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
