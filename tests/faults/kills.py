"""kill -9 at every named failpoint, and at system calls: what must be left, and what one more run must make of it."""

import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from generator.archive import Archive
from generator.money.ledger import LEDGER, Book, State, parse_ledger
from tests.fakes.clouds import Rule, Script
from tests.faults.cells import Result
from tests.faults.stage import CLOUDY, OFFLINE, OTHER, Stage, Studio, strace
from tests.faults.verdict import (
    check_archive,
    check_output,
    check_paid,
    check_secrets,
    check_whole,
    group_paid,
    read_told,
)
from tests.running import snapshot
from tests.samples import ROOT

KILLED = -9
ELSEWHERE = tuple(
    ROOT / "tests" / room for room in ("delivery", "media", "notify")
)  # rooms that kill in their own tests
CALLS = ("rename", "fsync", "unlink", "unlinkat", "rmdir", "mkdir", "sendto", "connect")
MODERATED = Studio(("openai",), ("openai",), ("sketch",), ("openai",))
PROFILES: Mapping[str, Studio] = {
    "cloud": CLOUDY,
    "cloud 2": OTHER,
    "moderated": MODERATED,
    "offline": OFFLINE,
    "pictures later": Studio(illustrators=("replicate",)),
    "voice later": Studio(narrators=("polly",)),
}
LATER = {"pictures later": Script(Rule("replicate.poll", "401"))}


@dataclass(frozen=True, slots=True)
class Point:
    """Where a run is killed: at a failpoint ("cover.landed:3") or at a system call ("rename 3")."""

    profile: str
    name: str

    @property
    def call(self) -> tuple[str, int] | None:
        """The system call and its number; None for a failpoint."""
        call, _, number = self.name.partition(" ")
        return (call, int(number)) if number else None


@dataclass
class Reference:
    """What each profile comes to without a kill."""

    files: dict[str, dict[str, bytes | None]] = field(default_factory=dict)
    counts: dict[str, Counter[str]] = field(default_factory=dict)  # paid requests by endpoint


def make_failpoints() -> tuple[Point, ...]:
    """Return every named failpoint, where it is reached often more than once."""
    assets = [f"illustrate.{state}:{n}" for state in ("reserved", "answered", "landed") for n in range(1, 6)]
    once = ["story.kept", "pictures.made", "narration.made", "bundle.staged", "bundle.renamed", "slot.closed"]
    wrote = [f"write.{state}" for state in ("reserved", "answered", "landed")]
    read = [f"narrate.{state}:{{}}" for state in ("reserved", "answered", "landed")]
    pictures = ("cover", "scene-1", "scene-2", "scene-3")
    files = (
        *pictures,
        *(f"{name}-small" for name in pictures),
        "cover-square",
        "cover-thumb",
        "share",
        "story",
        "index",
    )
    names = {
        "cloud": [*wrote, *assets, *(name.format(n) for name in read for n in (1, 2)), *once],
        "cloud 2": [
            *wrote,
            *assets,
            *(f"accepted:{n}" for n in range(1, 6)),
            *(name.format(n) for name in read for n in (1, 4, 12, 20)),
            *once,
        ],
        "moderated": [f"check.{state}:{n}" for state in ("reserved", "answered", "landed") for n in (1, 2, 5)],
        "offline": once,
        "pictures later": [*(f"backfill.{name}" for name in files), "slot.closed"],
        "voice later": [f"backfill.{name}" for name in ("narration", "timing", "story", "index")],
    }
    return tuple(Point(profile, name) for profile, found in names.items() for name in found)


def list_forgotten(points: tuple[Point, ...]) -> list[str]:
    """Return the failpoints in the sources at which nobody is killed, neither here nor in the tests of the room they are in."""
    played = {point.name.partition(":")[0] for point in points}
    found: set[str] = set()
    for path in (ROOT / "generator").rglob("*.py"):
        if (tests := ROOT / "tests" / path.parent.name) in ELSEWHERE:
            played |= {
                name for test in tests.glob("*.py") for name in re.findall(r'"([\w.-]+)(?::\d+)?"', test.read_text())
            }
        texts = re.findall(r'reach\(f?"((?:[^"{]|\{[^}]*\})+)"\)', path.read_text(encoding="utf-8"))
        found |= {re.sub(r"\{[^}]*\}", "*", text) for text in texts if "." in text}  # others are files, each a point
    return sorted(text for text in found if not any(fnmatch(name, text) for name in played))


def make_call_points(profile: str, stage: Stage, most: int) -> Iterator[Point]:
    """Count the system calls of a night and yield at most so many points of each kind, from the first to the last.

    strace names the thread of each call only where it follows several.
    """
    stage.clouds.reset()
    root = stage.open_archive(PROFILES[profile])
    log = stage.folder / "strace"
    pid = stage.begin(root, "tonight", "--date", stage.day, stopped=True)
    tracer = strace(pid, log, *_follow(profile), "-e", f"trace={','.join(CALLS)}")
    stage.end()
    tracer.wait(timeout=60)
    stage.drop(root)
    rows = re.findall(r"^(?:(\d+) +)?([a-z]+)\(", log.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
    for call in CALLS:
        counts = Counter(thread for thread, name in rows if name == call)
        highest = max(counts.values(), default=0)
        numbers = sorted({1 + round(n * (highest - 1) / max(1, most - 1)) for n in range(most)}) if highest else []
        yield from (Point(profile, f"{call} {number}") for number in numbers if number <= highest)


def _follow(profile: str) -> tuple[str, ...]:
    """Return the option for strace that follows threads; offline it would follow into the processes that draw."""
    return () if profile == "offline" else ("-f",)


def make_reference(stage: Stage, reference: Reference, profile: str) -> None:
    """Tell the night of a profile without a kill."""
    if profile in reference.files:
        return
    stage.clouds.reset()
    root = prepare(profile, stage)
    night = stage.tonight(root)
    assert night.code == 0, night.err
    reference.files[profile] = filed(root)
    reference.counts[profile] = Counter(record.kind for record in stage.clouds.requests)
    stage.drop(root)


def prepare(profile: str, stage: Stage) -> Path:
    """Return the archive in which a run is to be killed: empty, or with a story that lacks something."""
    root = stage.open_archive(PROFILES[profile])
    if profile in LATER:
        stage.clouds.script = LATER[profile]
        night = stage.tonight(root)
        assert night.code == 3, night.err
        stage.clouds.script = Script()
    elif profile == "voice later":
        night = stage.tonight(root, extra={"IMAGEIO_FFMPEG_EXE": str(stage.folder / "nothing")})
        assert night.code == 3, night.err
    return root


def filed(root: Path) -> dict[str, bytes | None]:
    """Return every file of the stories, but for the record of the calls, in which the time stands."""
    calls = read_told(root)
    paid = bool(calls and calls.made.get("calls"))
    return {name: data for name, data in snapshot(root).items() if not (paid and name.endswith("story.json"))}


def play(point: Point, stage: Stage, reference: Reference) -> Result:
    """Kill a night at a point, tell it again, and judge what is there."""
    make_reference(stage, reference, point.profile)
    stage.clouds.reset()
    root = prepare(point.profile, stage)
    code, seconds, err = kill(point, root, stage)
    problems: list[str] = []
    if code != KILLED and not point.call:
        problems.append(f"the point was not reached: {code} {err[-200:]}")
    doubt = count_doubt(root, stage)
    after = stage.tonight(root)
    if after.code != 0:
        problems.append(f"the next run ends with {after.code}: {after.err[-300:]}")
    problems += [*check_output(after.code, after.err), *check_archive(root), *check_whole(root, None)]
    if filed(root) != reference.files[point.profile]:
        there, want = filed(root), reference.files[point.profile]
        differ = sorted(name for name in there.keys() | want.keys() if there.get(name) != want.get(name))
        problems.append(f"not the state of a night without a kill: {differ[:4]}")
    groups = group_paid(stage.clouds.requests)
    repeats = sum(len(group) - 1 for group in groups.values())
    if any(len(group) > 2 for group in groups.values()):
        problems.append("something was paid for three times")
    if repeats > doubt:
        problems.append(f"{repeats} bought again, where {doubt} had not arrived")
    problems += [*check_paid_after(stage, root), *check_secrets(root, err, after.out, after.err)]
    stage.drop(root)
    outcome = "unreached" if code != KILLED else f"repeat {repeats}" if repeats else "kept"
    return Result(point.name, point.profile, outcome, seconds + after.seconds, tuple(problems))


def check_paid_after(stage: Stage, root: Path) -> Iterator[str]:
    """Find what was paid too often; a call cut off by a kill may or may not have reached the vendor."""
    for problem in check_paid(stage.clouds.requests, root):
        if "story.json has" not in problem and "was bought again" not in problem:
            yield problem


def kill(point: Point, root: Path, stage: Stage) -> tuple[int | str, float, str]:
    """Start a night and kill it at the point."""
    found = point.call
    night = ("tonight", "--date", stage.day)
    if not found:
        killed = stage.run(root, *night, extra={"TALESHELF_FAILPOINT": point.name})
        return killed.code, killed.seconds, killed.out + killed.err
    call, number = found
    pid = stage.begin(root, *night, stopped=True)
    inject = f"inject={call}:signal=KILL:when={number}"
    tracer = strace(pid, Path("/dev/null"), *_follow(point.profile), "-e", f"trace={call}", "-e", inject)
    killed = stage.end()
    tracer.wait(timeout=60)
    return killed.code, killed.seconds, killed.out + killed.err


def count_doubt(root: Path, stage: Stage) -> int:
    """Return how many calls a killed run left of which nobody knows how they ended."""
    if any(page for page in Archive(root / "content" / "stories").folders()) and not any(
        (root / ".taleshelf" / "slots").glob("*/ledger.json")
    ):
        return 0
    folder = root / ".taleshelf" / "slots" / stage.day
    try:
        ledger = parse_ledger((folder / LEDGER).read_bytes())
    except FileNotFoundError:
        return 0
    landed = Book(folder).landed()
    return sum(bool(call.reserved) and call.state is State.SENT and call.key not in landed for call in ledger.records)


def can_trace() -> bool:
    """Tell whether this machine lets a process be traced."""
    try:
        done = subprocess.run(["strace", "-o", "/dev/null", "true"], check=False, capture_output=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
