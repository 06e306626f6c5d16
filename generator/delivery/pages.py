"""Prepare the site for GitHub Pages as actions/upload-pages-artifact and actions/deploy-pages want it.

They take plain files that everybody may read, in one tar, at most a gigabyte of them, and a deployment that is not done
after ten minutes fails.
"""

import os
import re
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.delivery.sitefiles import list_site
from generator.errors import ConfigError, PublishError, PublishRefused

LIMIT = 10**9  # bytes of a published site
SHARE = 0.7  # of the limit, from which on an owner is warned
FILE, FOLDER = 0o644, 0o755
NAME = re.compile(r"[A-Za-z0-9._-]{1,100}")  # of an owner, or of a repository


def make_address(repository: str) -> str:
    """Return where GitHub Pages shows the site of a repository, "owner/name". Raises ConfigError."""
    owner, _, name = repository.partition("/")
    if not NAME.fullmatch(owner) or not NAME.fullmatch(name):
        hint = "GitHub sets GITHUB_REPOSITORY in a workflow; elsewhere write the address itself."
        raise ConfigError(f"there is no repository {repository[:80]!r} whose address could be used", hint)
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A site that can be deployed."""

    files: int
    size: int  # bytes
    hidden: int  # files that begin with a dot, which upload-pages-artifact leaves out unless it is told

    @property
    def share(self) -> float:
        """How much of what GitHub Pages allows it takes, from 0 to 1."""
        return self.size / LIMIT


def prepare_pages(site: Path, tar: Path | None = None) -> Prepared:
    """Make a site fit for Pages: check it, let everybody read it, undo hard links, and write it as a tar if asked to.

    Raises PublishRefused when it is over the limit. The same site gives the same tar, byte for byte.
    """
    files = list_site(site)
    size = sum(status.st_size for status in files.values())
    if size > LIMIT:
        raise PublishRefused(
            f"the site has {size / 1e6:.0f} MB, and GitHub Pages takes {LIMIT / 1e6:.0f} MB",
            "Move the media elsewhere, or publish to another host.",
        )
    try:
        _mend(site, files)
        if tar:
            _write_tar(site, files, tar)
    except OSError as error:
        raise PublishError(
            f"the site was not prepared: {error.strerror or error}",
            "Free some space or see to the folder's permissions.",
        ) from error
    hidden = sum(any(part.startswith(".") for part in name.split("/")) for name in files)
    return Prepared(len(files), size, hidden)


def _mend(site: Path, files: Mapping[str, os.stat_result]) -> None:
    """Give files and folders the permissions that Pages needs, and every file bytes of its own."""
    for folder in {site, *(parent for name in files for parent in (site / name).parents if site in parent.parents)}:
        folder.chmod(FOLDER)
    for name, status in files.items():
        path = site / name
        if status.st_nlink > 1:
            aside = path.with_name(f".{path.name}.new")
            aside.write_bytes(path.read_bytes())
            aside.replace(path)
        path.chmod(FILE)


def _write_tar(site: Path, files: Mapping[str, os.stat_result], tar: Path) -> None:
    tar.parent.mkdir(parents=True, exist_ok=True)
    aside = tar.with_name(f".{tar.name}.new")
    folders = sorted({"/".join(name.split("/")[:depth]) for name in files for depth in range(1, name.count("/") + 1)})
    with tarfile.open(aside, "w", format=tarfile.GNU_FORMAT) as archive:
        for name in folders:
            archive.addfile(_make_entry(f"./{name}", FOLDER, tarfile.DIRTYPE, 0))
        for name in files:
            with (site / name).open("rb") as data:
                archive.addfile(_make_entry(f"./{name}", FILE, tarfile.REGTYPE, os.fstat(data.fileno()).st_size), data)
    aside.replace(tar)


def _make_entry(name: str, mode: int, kind: bytes, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.mode, entry.type, entry.size = mode, kind, size
    return entry


def render_prepared(prepared: Prepared) -> str:
    """Say in a line what there is to deploy."""
    share = f"{prepared.share:.0%} of what GitHub Pages takes"
    hidden = f"; {prepared.hidden} begin with a dot: set include-hidden-files" if prepared.hidden else ""
    return f"{prepared.files} files, {prepared.size / 1e6:.1f} MB, {share}{hidden}"
