"""Publish a built site to S3: what changed by its bytes, in an order that keeps readers' pages whole, then the news of it.

    list -> compare -> note -> waves of files -> waves of removals -> CloudFront forgets -> note

One listing decides what is sent. It says the MD5 of every object, which is true of the bucket as it is - after a run that
was cut off, or a hand that was in it - whereas a manifest would be a second opinion that can fall out of step. A fresh
checkout knows nothing and needs to know nothing; file times are never looked at.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.delivery.bucket import Bucket, Stored, forget, hash_file
from generator.delivery.crowd import do_all
from generator.delivery.headers import RULES, Headers, make_headers
from generator.delivery.invalidation import gather, make_addresses, weigh
from generator.delivery.note import KEY, Note, parse_note, render_note
from generator.delivery.order import make_removals, make_waves
from generator.delivery.place import Place
from generator.errors import ConfigError, PublishRefused
from generator.media.pointers import AT

THREADS = 8
_NOTE_HEADERS = Headers("application/json", "no-store")


@dataclass(frozen=True, slots=True)
class Report:
    """What a publication did."""

    files: int  # that the site has
    sent: int
    size: int  # bytes of what was sent
    removed: int
    forgotten: tuple[str, ...]  # what CloudFront was told


@dataclass(frozen=True, slots=True)
class Changes:
    """How a site differs from what is stored."""

    new: tuple[str, ...]
    replaced: tuple[str, ...]
    gone: tuple[str, ...]


def publish_s3(
    site: Path,
    place: Place,
    *,
    base: str,
    reference: str,
    region: str = "",
    adopt: bool = False,
    store: str | None = None,
) -> Report:
    """Make a place in S3 hold what a folder holds, and have CloudFront forget what it held. Raises PublishError.

    `base` is the path of the site's address, `reference` a text that no other publication has. A place that holds files
    and no note of ours is only taken when we are to `adopt` it. `store` is the folder of the place, if it is in there, that
    recordings and pictures off git lie in; they are none of ours.
    """
    files = list_files(site)
    bucket = Bucket(place, THREADS, region)
    stored = {path: one for path, one in bucket.list_all().items() if not _is_stored(path, store)}
    ours = stored.pop(KEY, None) is not None
    # What comes into an empty place comes under our rules; how files of others were sent is not known.
    note = parse_note(bucket.read(KEY), base) if ours else Note("" if stored else RULES)
    changes = compare(site, files, stored, resend=note.rules != RULES)
    if changes.gone and not (ours or adopt):
        raise PublishRefused(
            f"s3://{place.bucket}/{place.prefix} holds {len(changes.gone)} files that are not of this site",
            "Name an empty bucket or a prefix of its own; with --adopt these files are removed.",
        )
    touched = make_addresses((*changes.replaced, *changes.gone), base) if place.distribution else frozenset()
    announced = Note(note.rules, note.stale | touched)
    if announced != note or not ours:
        bucket.send_bytes(KEY, render_note(announced), _NOTE_HEADERS)
    _send(bucket, site, changes)
    told = gather(announced.stale, weigh(files, base)) if place.distribution else ()
    if told:
        forget(place.distribution, told, reference)
    if (final := Note(RULES)) != announced:
        bucket.send_bytes(KEY, render_note(final), _NOTE_HEADERS)
    sent = (*changes.new, *changes.replaced)
    return Report(len(files), len(sent), sum(files[path] for path in sent), len(changes.gone), told)


def list_files(site: Path) -> dict[str, int]:
    """Return the files of a site and their sizes. Hidden ones are not of it. Raises ConfigError and PublishRefused."""
    found, waiting = dict[str, int](), [("", str(site))]
    while waiting:
        prefix, folder = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                path = prefix + entry.name
                if entry.is_symlink():
                    raise PublishRefused(
                        f"{path!r} in the site is a link", "Put the file itself there, and build again."
                    )
                if entry.name.startswith(".") and entry.name != ".well-known":
                    continue
                if entry.is_dir():
                    waiting.append((f"{path}/", entry.path))
                else:
                    found[path] = entry.stat().st_size
    if "index.html" not in found:
        raise ConfigError(f"there is no site in {site.name!r}", "Build it first: taleshelf build")
    return found


def compare(site: Path, files: Mapping[str, int], stored: Mapping[str, Stored], *, resend: bool = False) -> Changes:
    """Find what differs: a size tells at once, else the bytes do. With `resend` everything that is there is replaced."""
    common = sorted(path for path in files if path in stored)
    return Changes(
        new=tuple(sorted(path for path in files if path not in stored)),
        replaced=tuple(path for path in common if resend or _differs(site / path, files[path], stored[path])),
        gone=tuple(sorted(path for path in stored if path not in files)),
    )


def _is_stored(path: str, store: str | None) -> bool:
    return store is not None and path.startswith(store) and AT.fullmatch(path.removeprefix(store)) is not None


def _differs(file: Path, size: int, stored: Stored) -> bool:
    return size != stored.size or hash_file(file) != stored.etag


def _send(bucket: Bucket, site: Path, changes: Changes) -> None:
    for wave in make_waves(changes.new, changes.replaced):
        do_all(partial(_send_file, bucket, site), wave, THREADS)
    for wave in make_removals(changes.gone):
        bucket.remove(wave)


def _send_file(bucket: Bucket, site: Path, path: str) -> None:
    bucket.send_file(path, site / path, make_headers(path))


def summarise(report: Report, place: Place) -> str:
    """Say in a sentence what a publication did."""
    where = f"s3://{place.bucket}/{place.prefix}"
    if not (report.sent or report.removed or report.forgotten):
        return f"Nothing changed: {where} holds the {report.files} files of the site."
    told = f"; CloudFront forgets {_count(report.forgotten)}" if report.forgotten else ""
    removed = f", removed {report.removed}" if report.removed else ""
    return f"Sent {report.sent} of {report.files} files ({report.size / 1e6:.1f} MB) to {where}{removed}{told}."


def _count(addresses: Sequence[str]) -> str:
    return f"{len(addresses)} addresses" if len(addresses) > 1 else addresses[0]
