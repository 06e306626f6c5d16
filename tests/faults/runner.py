"""Plays scenes, some at a time, each worker on a stage of its own."""

import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue

from tests.faults import cells, disks, kills
from tests.faults.cells import Result
from tests.faults.stage import PLAIN, Stage, open_stage
from tests.faults.verdict import Told, read_told

GROUPS = ("http", "kill", "machine")
WORKERS = 2  # scenes at a time
SPREAD = 14  # points of each system call in each profile
TRACED = ("cloud", "cloud 2", "offline")
NAMESPACE = ("unshare", "-m", "--propagation", "private")
Scene = Callable[[Stage], Result]


def make_scenes(group: str, folder: Path, library: Path, *, step: int = 1) -> tuple[list[Scene], int]:
    """Return the scenes of a group, or every so many of them, and how many this machine cannot play."""
    make = {"http": _make_cells, "kill": _make_kills, "machine": _make_machine}[group]
    return make(folder, library, step)


def _make_cells(folder: Path, library: Path, step: int) -> tuple[list[Scene], int]:
    reference = _tell_plainly(folder / "reference", library)
    return [partial(cells.play, one, reference=reference) for one in [*cells.make_cells()][::step]], 0


def _tell_plainly(folder: Path, library: Path) -> Told:
    """Return the story of a night without a fault."""
    with open_stage(folder, library) as stage:
        root = stage.open_archive(PLAIN)
        night = stage.tonight(root)
        told = read_told(root)
        assert told, night.err
        return told


def _make_kills(folder: Path, library: Path, step: int) -> tuple[list[Scene], int]:
    points, traced = [*kills.make_failpoints()], kills.can_trace()
    if traced:
        # A part of the scenes needs no count of its own: only the first profile is counted for it.
        with open_stage(folder / "counting", library) as stage:
            for profile in TRACED if step == 1 else TRACED[:1]:
                points += kills.make_call_points(profile, stage, SPREAD)
    reference = kills.Reference()
    return [partial(kills.play, one, reference=reference) for one in points[::step]], 0 if traced else len(TRACED)


def _make_machine(folder: Path, library: Path, step: int) -> tuple[list[Scene], int]:
    mounts, traces = disks.can_mount(), kills.can_trace()
    every = [*disks.make_scenes(hanging=step == 1)]
    able = [one for one in every if (mounts or not disks.needs_mount(one)) and (traces or one.fault != "error")]
    return [partial(disks.play, one) for one in able[::step]], len(every) - len(able)


def play_all(
    scenes: Sequence[Scene],
    folder: Path,
    library: Path,
    *,
    workers: int = WORKERS,
    hear: Callable[[Result], None] = lambda _result: None,
) -> list[Result]:
    """Play scenes and return what came of them in their order; `hear` is told of each as it ends."""
    waiting: SimpleQueue[int] = SimpleQueue()
    for number in range(len(scenes)):
        waiting.put(number)
    found: dict[int, Result] = {}
    before = NAMESPACE if disks.can_mount() else ()

    def work(name: str) -> None:
        with open_stage(folder / name, library, *before) as stage:
            while True:
                try:
                    number = waiting.get_nowait()
                except Empty:
                    return
                found[number] = _play(scenes[number], stage)
                hear(found[number])

    threads = [threading.Thread(target=work, args=(str(number),)) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [found[number] for number in sorted(found)]


def _play(scene: Scene, stage: Stage) -> Result:
    try:
        return scene(stage)
    except Exception as error:  # noqa: BLE001 - one broken scene is a failure, and not the end of the others
        return Result("broken scene", type(error).__name__, "broken", 0.0, (f"{scene}: {error}"[:600],))
