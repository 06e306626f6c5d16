"""Several runs of one slot at once, each in a process and a checkout of its own: nothing that was bought is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.drafts import Drafts
from generator.repository import Repository
from generator.story import Slot

SLOT = Slot.parse("2026-03-14")
ROOT = Path(__file__).parents[2]

# A run: waits for the others, then buys five assets and checkpoints each; or proposes its story.
RUN = """
import os, random, sys, time
from pathlib import Path
from generator.drafts import Drafts
from generator.repository import Repository
from generator.story import Slot

root, name, verb = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
slot = Slot.parse("2026-03-14")
join = lambda ours, theirs: b"\\n".join(sorted({*ours.split(b"\\n"), *theirs.split(b"\\n")}))
drafts = Drafts(Repository(root, dict(os.environ)), time.sleep, random.Random(name), join)
folder = root / ".taleshelf/slots/2026-03-14"
(folder / "inbox").mkdir(parents=True)
print("ready", flush=True)
sys.stdin.readline()
if verb == "propose":
    print(drafts.propose(slot, {"index.md": name.encode()}, f"content/stories/{name}", "A story"))
else:
    for number in range(int(verb)):
        (folder / "inbox" / f"{name}-{number}.png").write_bytes(f"{name} paid {number}".encode())
        (folder / "inbox" / f"same-{number}.png").write_bytes(f"{name} paid the same {number}".encode())
        (folder / "ledger.json").write_text("\\n".join(f"{name}-{done}" for done in range(number + 1)))
        drafts.push(slot, folder)
        print("pushed", flush=True)
"""


def environment(home: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1", "PYTHONPATH": str(ROOT)}


def git(root: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Owner", "-c", "user.email=owner@example.org", "-c", "init.defaultBranch=main")
    return subprocess.run(
        ["git", *who, *arguments], cwd=root, env=environment(root), check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    seed = tmp_path / "seed"
    seed.mkdir()
    git(seed, "init", "--quiet")
    (seed / "index.md").write_text("Welcome\n")
    git(seed, "add", ".")
    git(seed, "commit", "--quiet", "-m", "Welcome")
    git(tmp_path, "clone", "--quiet", "--bare", str(seed), "remote.git")
    return tmp_path / "remote.git"


def start(remote: Path, name: str, verb: str, *, checkout: str = "", run: str = RUN) -> "subprocess.Popen[str]":
    """Start a run, in a new checkout unless one is named, and wait until it is about to begin."""
    if not checkout:
        git(remote.parent, "clone", "--quiet", "--depth=1", f"file://{remote}", name)
    process = subprocess.Popen(
        [sys.executable, "-c", run, str(remote.parent / (checkout or name)), name, verb],
        env=environment(remote.parent),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def race(processes: "list[subprocess.Popen[str]]") -> list[str]:
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    ends = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes), [err for _, err in ends]
    return [out for out, _ in ends]


def pulled(remote: Path, name: str) -> dict[str, bytes]:
    """What the next run finds."""
    git(remote.parent, "clone", "--quiet", "--depth=1", f"file://{remote}", name)
    repository = Repository(remote.parent / name, environment(remote.parent))
    folder = remote.parent / name / "slot"
    assert Drafts(repository, time.sleep, random.Random(0)).pull(SLOT, folder)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_four_runs_of_one_slot_lose_no_asset_of_any(remote: Path) -> None:
    main = git(remote, "rev-parse", "main")
    names, assets = ("amber", "birch", "clover", "dune"), range(2)
    race([start(remote, name, "2") for name in names])
    found = pulled(remote, "next")
    for name in names:
        for number in assets:
            assert found[f"inbox/{name}-{number}.png"] == f"{name} paid {number}".encode()
    assert set(found["ledger.json"].decode().split("\n")) == {f"{name}-{number}" for name in names for number in assets}
    for number in assets:  # the first to arrive stayed, and was never replaced
        path = f".taleshelf/slots/{SLOT}/inbox/same-{number}.png"
        assert len(git(remote, "log", "--format=%H", f"drafts/{SLOT}", "--", path).split()) == 1
    git(remote, "fsck", "--strict", "--no-dangling")
    assert git(remote, "rev-parse", "main") == main
    for name in names:
        assert git(remote.parent / name, "rev-parse", "HEAD") == main
        git(remote.parent / name, "fsck", "--strict", "--no-dangling")


def test_of_four_runs_that_propose_at_once_one_does(remote: Path) -> None:
    said = race([start(remote, name, "propose") for name in ("amber", "birch", "clover", "dune")])
    assert sorted(said) == ["False\n", "False\n", "False\n", "True\n"]
    assert git(remote, "rev-list", "--count", f"main..drafts/{SLOT}") == "1"


def test_runs_that_share_one_checkout_get_along(remote: Path) -> None:
    first = start(remote, "amber", "3")
    second = start(remote, "birch", "3", checkout="amber", run=RUN.replace(".taleshelf/slots", "other"))
    race([first, second])
    found = pulled(remote, "next")
    assert {f"inbox/{name}-{number}.png" for name in ("amber", "birch") for number in range(3)} <= set(found)


@pytest.mark.parametrize("seed", range(3))
def test_a_killed_run_leaves_every_asset_it_checkpointed(remote: Path, seed: int) -> None:
    process = start(remote, "amber", "40")
    assert process.stdin
    assert process.stdout
    process.stdin.write("go\n")
    process.stdin.flush()
    rng = random.Random(seed)
    count = rng.randint(1, 3)
    for _ in range(count):
        assert process.stdout.readline() == "pushed\n"
    time.sleep(rng.uniform(0, 0.08))  # somewhere in the next push
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate(timeout=60)
    count += rest.count("pushed\n")
    found = pulled(remote, "next")
    for number in range(count):
        assert found[f"inbox/amber-{number}.png"] == f"amber paid {number}".encode()
    git(remote, "fsck", "--strict", "--no-dangling")
    repository = Repository(remote.parent / "amber", environment(remote.parent))
    folder = remote.parent / "amber" / ".taleshelf" / "slots" / str(SLOT)
    (folder / "inbox" / "last.png").write_bytes(b"last")
    assert Drafts(repository, time.sleep, rng).push(SLOT, folder)
    git(remote.parent / "amber", "fsck", "--strict", "--no-dangling")
