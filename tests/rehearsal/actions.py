"""What stands here for the actions of others: the same on this machine, by git and by copies of folders."""

import fnmatch
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fakes.aws import KEYS
from tests.races.field import git
from tests.rehearsal.expressions import Unknown
from tests.rehearsal.store import Store

SETUP = ("requirements",)


@dataclass
class Place:
    """The machine of a job."""

    root: Path
    remote: Path
    store: Store
    run_id: int

    @property
    def workspace(self) -> Path:
        """Where a job works."""
        return self.root / "work"

    def open(self) -> None:
        """Make it, empty."""
        self.workspace.mkdir(parents=True)
        (self.root / "temp").mkdir()


def check_out(place: Place, given: Mapping[str, str]) -> dict[str, Any]:
    """Fetch one commit and no history."""
    _allow(given, "ref", "persist-credentials")
    ref = given.get("ref") or "refs/heads/main"
    git(place.workspace, "init", "--quiet", "--initial-branch=main")
    git(place.workspace, "remote", "add", "origin", f"file://{place.remote}")
    # The objects of the remote are lent: to carry them over and to add them up again is most of a night that is rehearsed.
    (place.workspace / ".git/objects/info/alternates").write_text(f"{place.remote}/objects\n")
    branch = ref.removeprefix("refs/heads/")
    if branch != ref:
        git(
            place.workspace,
            "fetch",
            "--quiet",
            "--no-tags",
            "--depth=1",
            "origin",
            f"+{ref}:refs/remotes/origin/{branch}",
        )
        git(place.workspace, "checkout", "--quiet", "--force", "-B", branch, f"refs/remotes/origin/{branch}")
    else:
        git(place.workspace, "fetch", "--quiet", "--no-tags", "--depth=1", "origin", ref)
        git(place.workspace, "checkout", "--quiet", "--force", ref)
    return {}


def set_up(place: Place, given: Mapping[str, str]) -> dict[str, Any]:
    """Find the lock file that would be installed; the packages are those of this Python."""
    _allow(given, *SETUP)
    lock = place.workspace / given.get("requirements", "requirements.txt")
    return {"ok": "--hash=sha256:" in lock.read_text()}


def restore(place: Place, given: Mapping[str, str]) -> dict[str, Any]:
    """Bring back what was kept."""
    _allow(given, "path", "key", "restore-keys", "lookup-only")
    key, kept = place.store.find_cache(given["path"], given["key"], given.get("restore-keys", "").split())
    if kept and given.get("lookup-only") != "true":
        shutil.copytree(kept, place.workspace, dirs_exist_ok=True, symlinks=True)
    return {"outputs": {"cache-hit": "" if not kept else "true" if key == given["key"] else "false"}}


def save(place: Place, given: Mapping[str, str]) -> dict[str, Any]:
    """Keep something under a key; where that is taken nothing is kept."""
    _allow(given, "path", "key")
    paths = [path for path in given["path"].split() if (place.workspace / path).exists()]
    kept = place.store.keep_cache(given["path"], given["key"]) if paths else None
    for path in paths if kept else ():
        assert kept
        _copy(place.workspace / path, kept / path)
    return {}


def upload(place: Place, given: Mapping[str, str]) -> dict[str, Any]:
    """Hand something on to the jobs that follow."""
    _allow(
        given,
        *("name", "path", "include-hidden-files", "compression-level", "if-no-files-found", "overwrite"),
        "retention-days",
    )
    source, target = place.workspace / given["path"], place.store.artifacts(place.run_id) / given["name"]
    hidden = given.get("include-hidden-files") == "true"
    if not source.exists() or (not hidden and any(part[0] == "." for part in Path(given["path"]).parts)):
        return {"ok": given.get("if-no-files-found", "warn") != "error"}
    if target.exists():
        if given.get("overwrite") != "true":
            return {"ok": False}
        shutil.rmtree(target)
    _copy(source, target if source.is_dir() else target / source.name, hidden=hidden)
    return {}


def download(place: Place, given: Mapping[str, str]) -> dict[str, Any]:
    """Take what other jobs have handed on: one artifact, or all that a pattern names, each in a folder."""
    _allow(given, "name", "pattern", "path")
    folder, target = place.store.artifacts(place.run_id), place.workspace / given["path"]
    if "name" in given:
        if not (folder / given["name"]).is_dir():
            return {"ok": False}
        shutil.copytree(folder / given["name"], target, dirs_exist_ok=True)
        return {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if fnmatch.fnmatch(path.name, given["pattern"]):
            shutil.copytree(path, target / path.name, dirs_exist_ok=True)
    return {}


def become_role(place: Place, given: Mapping[str, str]) -> dict[str, Any]:
    """Give the rest of the job the keys of a role."""
    _allow(given, "role-to-assume", "aws-region")
    if not given["role-to-assume"].startswith("arn:aws:iam::"):
        return {"ok": False}
    return {"env": {**KEYS, "AWS_REGION": given["aws-region"], "AWS_DEFAULT_REGION": given["aws-region"]}}


def _allow(given: Mapping[str, str], *names: str) -> None:
    if strange := set(given) - set(names):
        raise Unknown(f"an action is given {sorted(strange)}")


def _copy(source: Path, target: Path, *, hidden: bool = True) -> None:
    if source.is_dir():
        ignore = None if hidden else shutil.ignore_patterns(".*")
        shutil.copytree(source, target, symlinks=True, ignore=ignore)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)


ACTIONS: Mapping[str, Callable[[Place, Mapping[str, str]], dict[str, Any]]] = {
    "actions/checkout": check_out,
    "$/.github/actions/setup": set_up,
    "actions/cache/restore": restore,
    "actions/cache/save": save,
    "actions/upload-artifact": upload,
    "actions/download-artifact": download,
    "aws-actions/configure-aws-credentials": become_role,
}
