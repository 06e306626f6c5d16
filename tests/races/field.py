"""Several checkouts that publish at once to one bare remote, each in a process of its own, and what must be true afterwards."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from generator.archive import Archive
from generator.bundle import slot_of
from generator.check import check_all
from generator.config import load_config
from generator.synthetic import Stock, make_stock, write_night
from tests.samples import ROOT, make_archive

CANARY = "sk-canary-0a91f7c2e5d3"
NIGHT = date(2026, 3, 14)
CLONES = (2, 4, 8)
IGNORED = "/.taleshelf/\n/site/\n"

# Checkouts that publish, each in a process of its own: all wait until everybody is there, then commit what is new.
RUN = """
import json, os, random, sys, time
from pathlib import Path
from generator.delivery.commit import Committing, commit_content
from generator.repository import Repository

def publish(root, seed):
    rng = random.Random(seed)
    work = Committing(Repository(root, dict(os.environ)), root / "content", root / ".taleshelf", time.sleep, rng)
    time.sleep(rng.uniform(0, 0.1))
    done = commit_content(work)
    return json.dumps({"pushed": done.pushed, "lost": list(map(str, done.lost)), "said": done.said})

begin, go = os.pipe()
ends = []
for root, seed in zip(sys.argv[1::2], sys.argv[2::2]):
    read, write = os.pipe()
    ends.append((os.fork(), read))
    if not ends[-1][0]:
        os.close(go)
        os.read(begin, 1)
        os.write(write, publish(Path(root), seed).encode())
        os._exit(0)
    os.close(write)
os.close(go)
for pid, read in ends:
    print(open(read).read())
    if os.waitpid(pid, 0)[1]:
        sys.exit(1)
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """How one that published ended."""

    pushed: bool
    lost: tuple[str, ...]
    said: tuple[str, ...]


def variables(home: Path, **extra: str) -> dict[str, str]:
    """Return an environment without the settings of this machine, with a secret in it."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
        "PYTHONPATH": str(ROOT),
        "OPENAI_API_KEY": CANARY,
        **extra,
    }


def git(root: Path, *arguments: str, stdin: bytes = b"") -> str:
    """Run git as an owner does."""
    who = ("-c", "user.name=Owner", "-c", "user.email=owner@example.org", "-c", "init.defaultBranch=main")
    command = ["git", *who, *arguments]
    done = subprocess.run(command, cwd=root, input=stdin, env=variables(root.parent), check=True, capture_output=True)
    return done.stdout.decode().strip()


@cache
def stock(seed: int) -> Stock:
    """Return what stories are made of; another seed tells others."""
    return make_stock(load_config(ROOT), 4, seed)


def make_remote(folder: Path) -> Path:
    """Make a bare remote whose main is an archive with one story, and return it."""
    work, bare = folder / "seed", folder / "remote.git"
    make_archive(work)
    for picture in work.glob("content/*/*.webp"):
        picture.unlink()
    (work / ".gitignore").write_text(IGNORED)
    write_night(stock(1), work / "content/stories", NIGHT - timedelta(days=1))
    git(work, "init", "--quiet")
    git(work, "add", ".")
    git(work, "commit", "--quiet", "-m", "Welcome")
    git(folder, "clone", "--quiet", "--bare", str(work), str(bare))
    shutil.rmtree(work)
    return bare


def make_clone(remote: Path, name: str, *options: str) -> Path:
    """Clone the remote beside it."""
    git(remote.parent, "clone", "--quiet", *options, f"file://{remote}", name)
    return remote.parent / name


def tell(root: Path, day: date, seed: int = 1) -> Path:
    """File the story of a night in a checkout and return its folder."""
    return write_night(stock(seed), root / "content/stories", day)


def race(roots: list[Path], seed: str) -> list[Ended]:
    """Let checkouts publish at once and return how each ended."""
    told = [word for root in roots for word in (str(root), f"{seed} {root.name}")]
    done = subprocess.run(
        [sys.executable, "-c", RUN, *told], env=variables(roots[0].parent), check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    rows = map(json.loads, done.stdout.splitlines())
    return [Ended(row["pushed"], tuple(row["lost"]), tuple(row["said"])) for row in rows]


def run_race(folder: Path, clones: int, seed: int, *, same: bool) -> None:
    """Have so many checkouts publish at once, the same night or one each, and check everything that must be true."""
    rng = random.Random(f"{clones} {seed} {same}")
    folder.mkdir(parents=True)
    remote = make_remote(folder)
    roots = [make_clone(remote, f"clone-{number}", *_choose_depth(rng)) for number in range(clones)]
    told: dict[Path, list[Path]] = {}
    for number, root in enumerate(roots):
        if rng.random() < 0.3:
            git(root, "switch", "--quiet", "--detach")
        days = [NIGHT] if same else [NIGHT + timedelta(days=number * 2 + more) for more in range(rng.randint(1, 2))]
        told[root] = [tell(root, day, rng.choice((1, 2, 3)) if same else 1) for day in days]
    ends = race(roots, str(seed))
    check_remote(remote, {day for folders in told.values() for day in map(_day_of, folders)})
    if same:
        check_one_winner(remote, ends, told)
    check_clones(remote, roots)


def _choose_depth(rng: random.Random) -> tuple[str, ...]:
    return rng.choice(((), ("--depth=1",)))


def _day_of(folder: Path) -> date:
    slot = slot_of(folder)
    assert slot
    return slot.day


def check_one_winner(remote: Path, ends: list[Ended], told: Mapping[Path, list[Path]]) -> None:
    """Check that the first one's story is there byte for byte, and that the others know that theirs is not."""
    winners = [folders[0] for (_, folders), end in zip(told.items(), ends, strict=True) if end.pushed]
    place = _place(winners[0])
    theirs = dict(_published(remote, place))
    for folder in winners:  # two of them where both made the same commit, byte for byte and in the same second
        assert (_place(folder), _read(folder)) == (place, theirs)
    for (_, (folder,)), end in zip(told.items(), ends, strict=True):
        assert bool(end.lost) is (_place(folder) != place)
        assert folder.is_dir() is not bool(end.lost)


def _place(folder: Path) -> str:
    return "/".join(folder.parts[-5:])


def _published(remote: Path, folder: str) -> Iterator[tuple[str, bytes]]:
    for name in git(remote, "ls-tree", "-r", "--name-only", "main", "--", f"{folder}/").splitlines():
        blob = subprocess.run(["git", "cat-file", "blob", f"main:{name}"], cwd=remote, check=True, capture_output=True)
        yield name.removeprefix(f"{folder}/"), blob.stdout


def _read(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}


def check_remote(remote: Path, nights: set[date]) -> None:
    """Check that the remote is sound and holds each night once, whole, and no secret."""
    assert git(remote, "fsck", "--strict", "--full", "--no-dangling") == ""
    assert git(remote, "rev-list", "--merges", "main") == ""
    assert set(git(remote, "log", "--format=%an %ae %cn", "main", "--skip=0").splitlines()) <= {
        "Owner owner@example.org Owner",
        "Taleshelf noreply@taleshelf.invalid Taleshelf",
    }
    fresh = make_clone(remote, "fresh", "--depth=1")
    days = [_day_of(folder) for folder in Archive(fresh / "content/stories").folders()]
    assert sorted(days) == sorted({*nights, NIGHT - timedelta(days=1)})
    assert check_all(load_config(fresh)).findings == ()
    shutil.rmtree(fresh)
    check_no_secret(remote)


def check_no_secret(root: Path) -> None:
    """Check that no object of a repository holds the canary."""
    told = ("cat-file", "--batch", "--batch-all-objects", "--buffer")
    dump = subprocess.run(["git", *told], cwd=root, check=True, capture_output=True).stdout
    assert CANARY.encode() not in dump


def check_clones(remote: Path, roots: list[Path]) -> None:
    """Check that checkouts, after one more run, are what the remote has, with nothing left over."""
    for again in race(roots, "again"):
        assert (again.pushed, again.said) == (False, ())
    for root in roots:
        assert git(root, "status", "--porcelain") == ""
        assert git(root, "rev-parse", "HEAD") == git(remote, "rev-parse", "main")
        assert git(root, "fsck", "--no-dangling") == ""
        assert not list(root.glob("content/stories/*/*/*/.*"))
