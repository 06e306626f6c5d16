"""What the machine does to a night: a full or broken disk, no descriptors, a folder that is read-only, an ffmpeg that is none."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.clouds import Script
from tests.faults.cells import Result
from tests.faults.stage import CLOUDY, LIMIT, OFFLINE, Night, Stage, Studio, strace
from tests.faults.verdict import check_archive, check_bodies, check_output, check_secrets, check_whole, read_told

PROFILES = {"cloud": CLOUDY, "offline": OFFLINE}
FFMPEG = {
    "missing": "",
    "crashing": "#!/bin/sh\necho 'Segmentation something' >&2\nexit 139\n",
    "silent": "#!/bin/sh\nexit 0\n",
    "rubbish": "#!/bin/sh\ncat >/dev/null\nhead -c 5000 /dev/urandom\n",
    "hanging": "#!/bin/sh\nexec sleep 1000\n",
}
HANGS = 150.0  # seconds in which a night with a hanging ffmpeg is over
ERRORS = {  # a system call that fails, and in which of its occurrences in a thread
    ("cloud", "fsync:error=EIO"): (1, 2, 3, 5, 8, 12, 20, 26),
    ("cloud", "rename:error=EIO"): (1, 2, 3, 5),
    ("cloud", "write:error=ENOSPC"): (),
    ("offline", "fsync:error=EIO"): (1, 3, 5, 8, 16, 20),
    ("offline", "rename:error=EIO"): (1, 2, 3),
    ("cloud", "connect:error=ENETUNREACH"): (1, 2),
}
SIZES = {"cloud": (0, 16, 120, 500, 1000, 1500, 2000), "offline": (0, 16, 100, 300, 600)}  # KB of free space
NODES = {"cloud": (0, 3, 6, 9, 15, 22), "offline": (0, 3, 6, 12)}  # files that may be made
FILES = {"cloud": (8, 12, 16, 20, 26, 40), "offline": (8, 12, 16, 20, 26)}  # open at the same time
SHUT = ("content/stories", ".taleshelf", ".")


@dataclass(frozen=True, slots=True)
class Scene:
    """One way in which a machine fails."""

    profile: str
    fault: str  # "ffmpeg", "error", "size", "nodes", "files", "shut"
    argument: str


def make_scenes(*, hanging: bool = True) -> Iterator[Scene]:
    """Yield every scene; those with a disk of their own need a machine that lets somebody mount one."""
    for profile in PROFILES:
        yield from (Scene(profile, "ffmpeg", kind) for kind in FFMPEG if hanging or kind != "hanging")
        yield from (Scene(profile, "files", str(number)) for number in FILES[profile])
        yield from (Scene(profile, "size", f"{size}k") for size in SIZES[profile])
        yield from (Scene(profile, "nodes", str(number)) for number in NODES[profile])
        yield from (Scene(profile, "shut", folder) for folder in SHUT)
    for (profile, error), numbers in ERRORS.items():
        yield from (Scene(profile, "error", f"{error}:when={number}") for number in numbers)


def needs_mount(scene: Scene) -> bool:
    """Tell whether a scene needs a namespace in which something can be mounted."""
    return scene.fault in ("size", "nodes", "shut")


def can_mount() -> bool:
    """Tell whether this machine lets us mount."""
    probe = ["unshare", "-m", "sh", "-c", "mount -t tmpfs none /mnt"]
    try:
        return subprocess.run(probe, check=False, capture_output=True, timeout=20).returncode == 0
    except OSError:
        return False


def play(scene: Scene, stage: Stage) -> Result:
    """Tell a night on a machine that fails and one on a sound one, and judge what is there."""
    stage.clouds.reset()
    stage.clouds.script = Script()
    with _failing(scene, stage) as (root, fail, mend, look):
        night = fail(root)
        seen = look(root)
        problems = [*check_output(night.code, night.err), *check_archive(seen)]
        if night.code not in (0, 1, 3):
            problems.append(f"ended with {night.code}: {night.err[-300:]}")
        told = read_told(seen)
        if (night.code == 1 and told) or (night.code in (0, 3) and not told):
            problems.append(f"ended with {night.code}, and {'there is a' if told else 'there is no'} story")
        mend(root)
        after = stage.tonight(root)
        seen = look(root)
        if after.code != 0:
            problems.append(f"the next run ends with {after.code}: {after.err[-300:]}")
        problems += [*check_output(after.code, after.err), *check_archive(seen), *check_whole(seen, None)]
        problems += check_bodies_of(stage, night)
        problems += check_secrets(seen, night.out, night.err, after.out, after.err)
        outcome = {0: "went on", 1: "failed", 3: "pending"}.get(
            night.code if isinstance(night.code, int) else -1, "bad"
        )
    return Result(f"{scene.fault} {scene.argument}", scene.profile, outcome, night.seconds, tuple(problems))


def check_bodies_of(stage: Stage, night: Night) -> Iterator[str]:
    """Find what was paid for too often: what could not be kept is bought again, once."""
    for problem in check_bodies(stage.clouds.requests):
        if "was bought again" not in problem or night.code == 0:
            yield problem


Steps = tuple[Path, Callable[[Path], Night], Callable[[Path], object], Callable[[Path], Path]]


@contextmanager
def _failing(scene: Scene, stage: Stage) -> Iterator[Steps]:
    """Yield an archive, how its night fails, how the machine is mended, and where the archive is seen from here."""
    studio = PROFILES[scene.profile]
    if needs_mount(scene):
        with _mounted(scene, stage, studio) as steps:
            yield steps
        return
    root = stage.open_archive(studio)

    def fail(root: Path) -> Night:
        if scene.fault == "ffmpeg":
            limit = HANGS if scene.argument == "hanging" else LIMIT
            return stage.tonight(root, extra={"IMAGEIO_FFMPEG_EXE": str(_make_ffmpeg(scene, stage))}, limit=limit)
        if scene.fault == "files":
            return stage.tonight(root, files=int(scene.argument))
        return _inject(scene, stage, root)

    yield root, fail, lambda _: None, lambda root: root
    stage.drop(root)


def _make_ffmpeg(scene: Scene, stage: Stage) -> Path:
    path = stage.folder / f"ffmpeg-{scene.argument}"
    if text := FFMPEG[scene.argument]:
        path.write_text(text)
        path.chmod(0o755)
    return path


def _inject(scene: Scene, stage: Stage, root: Path) -> Night:
    pid = stage.begin(root, "tonight", "--date", stage.day, stopped=True)
    call = scene.argument.partition(":")[0]
    follow = () if scene.profile == "offline" else ("-f",)
    tracer = strace(pid, Path("/dev/null"), *follow, "-e", f"trace={call}", "-e", f"inject={scene.argument}")
    night = stage.end()
    tracer.wait(timeout=60)
    return night


@contextmanager
def _mounted(scene: Scene, stage: Stage, studio: Studio) -> Iterator[Steps]:
    """Yield the steps of a scene on a disk of its own, which is there only for the forking process and its children."""
    source = stage.open_archive(studio)
    (source / ".taleshelf").mkdir(exist_ok=True)
    (source / "content" / "stories").mkdir(exist_ok=True)
    disk = stage.folder / "disk"
    disk.mkdir(exist_ok=True)
    root = disk / "archive"
    limits = {"size": "size=64m", "nodes": "size=64m"}.get(scene.fault, "size=64m")
    stage.zygote.shell(f"mount -t tmpfs -o {limits} none {disk} && cp -r {source} {root}")
    inner = Path(f"/proc/{stage.zygote.pid}/root")

    def fail(root: Path) -> Night:
        shell = stage.zygote.shell
        if scene.fault == "size":
            used = int(shell(f"df --output=used -k {disk}").split()[-1])
            shell(f"mount -o remount,size={used + int(scene.argument.rstrip('k'))}k {disk}")
        elif scene.fault == "nodes":
            used = int(shell(f"df --output=iused {disk}").split()[-1])
            shell(f"mount -o remount,nr_inodes={used + int(scene.argument)} {disk}")
        else:
            place = root / scene.argument
            shell(f"mount --bind {place} {place} && mount -o remount,bind,ro {place}")
        return stage.tonight(root)

    def mend(root: Path) -> None:
        if scene.fault == "shut":
            stage.zygote.shell(f"umount {root / scene.argument}")
        else:
            stage.zygote.shell(f"mount -o remount,size=64m,nr_inodes=100000 {disk}")

    def look(_: Path) -> Path:
        """Copy the archive to where everybody sees it."""
        seen = stage.folder / "seen"
        shutil.rmtree(seen, ignore_errors=True)
        shutil.copytree(Path(f"{inner}{root}"), seen, symlinks=True)
        return seen

    try:
        yield root, fail, mend, look
    finally:
        stage.zygote.shell(f"umount -l {disk}")
        stage.drop(source)
