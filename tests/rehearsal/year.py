"""A simulated year: which runs start when, what befalls them, and an archive that lives through it."""

import os
import random
import shutil
import signal
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.fakes.aws import REGION
from tests.faults.stage import Zygote, install_sketch
from tests.races.field import git
from tests.rehearsal.remote import make_remote
from tests.rehearsal.runner import Ended, Event, Runner
from tests.rehearsal.store import Store
from tests.rehearsal.world import World
from tests.samples import ROOT
from tests.workflows.reading import read

FIRST = date(2028, 2, 20)  # the year has a leap day
PACE = 0.13  # seconds the cheap voice takes for a word: small files for many nights
LIMIT = 300.0  # seconds of a command
# Where a crash is worth a test: the points of commands that every year comes to, one after the other; a number is a request.
POINTS = (
    ("notify", "notify.told"),
    ("commit", "commit.pushed"),
    ("publish s3", "20"),
    ("tonight", "bundle.renamed"),
    ("notify", "notify.claimed"),
    ("tonight", "write.landed"),
    ("commit", "commit.made"),
    ("notify", "notice.pushed"),
    ("publish s3", "45"),
    ("tonight", "story.kept"),
    ("notify", "notify.settled"),
    ("tonight", "write.answered"),
    ("tonight", "pictures.made"),
    ("tonight", "slot.closed"),
    ("notify", "notice.made"),
    ("tonight", "bundle.staged"),
)
EVERY = 2  # so many nights from one of them to the next
IDEAS = ("A lantern that is afraid of the dark", "A very small whale", "The day the wind slept in", "")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a year is to be like."""

    nights: int = 365
    seed: int = 1
    ticks: int = 3  # of those in the workflow, how many come in a night; the others GitHub drops
    faults: float = 0.05
    kills: float = 0.02
    dropped: float = 3 / 30  # of a night: a further tick that never comes
    extras: float = 0.06  # of a night
    removal: int = 7  # the night on which a story is taken down


@dataclass
class Diary:
    """What happened."""

    ticks: int = 0
    dropped: int = 0
    runs: int = 0
    reruns: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    lost_runs: int = 0
    failed: Counter[str] = field(default_factory=Counter)  # steps that ended badly
    extras: list[int] = field(default_factory=list)  # runs of extra stories
    removed: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))  # by command
    processor: dict[str, float] = field(default_factory=lambda: defaultdict(float))  # seconds, by command
    commands: Counter[str] = field(default_factory=Counter)
    output: Path = field(default_factory=Path)
    tracebacks: list[str] = field(default_factory=list)


@dataclass
class Doom:
    """Where the machine of a job is lost."""

    left: int  # commands until then; negative for never


class Year:
    """An archive, its remote, and the runs of a year."""

    def __init__(self, folder: Path, world: World, plan: Plan) -> None:
        self.folder, self.world, self.plan = folder, world, plan
        self.rng = random.Random(f"year {plan.seed}")
        self.diary = Diary(output=folder / "output.log")
        self.remote = make_remote(folder, world)
        self.ahead = 0.0
        self.doom = Doom(-1)
        self.armed: tuple[str, ...] = ()
        self.points = list(POINTS)
        self.run_id = 4_000_000
        self.zygote = Zygote(install_sketch(folder, PACE))
        self.store = Store(folder / "store")
        self.hear: Callable[[str], None] = lambda _line: None
        self.runner = Runner(
            folder / "machines",
            self.remote,
            self.store,
            self.execute,
            self._base(),
            world.secrets(),
            {
                "AWS_MAKE_ROLE": "arn:aws:iam::123456789012:role/make",
                "AWS_PUBLISH_ROLE": "arn:aws:iam::123456789012:role/publish",
                "AWS_REGION": REGION,
            },
            self._begin_job,
            self._hear_action,
        )

    def close(self) -> None:
        """End the process that commands are forked from."""
        self.zygote.close()

    def _base(self) -> dict[str, str]:
        path = os.pathsep.join((str(self.zygote.library), str(ROOT)))
        return {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "PYTHONPATH": path,
            "PYTHONWARNINGS": "ignore",
            "GIT_CONFIG_NOSYSTEM": "1",
            "OPENBLAS_NUM_THREADS": "1",
            **self.world.variables(),
        }

    def live(self) -> None:
        """Live through the year."""
        for number in range(self.plan.nights):
            self._live_night(number, FIRST + timedelta(days=number))
        self._end(FIRST + timedelta(days=self.plan.nights - 1))

    def _live_night(self, number: int, day: date) -> None:
        rng = self.rng
        if self.points and self.plan.kills and number % EVERY == 1:
            self.armed = self.points.pop(0)
        moments = sorted(rng.sample(list_ticks(day), self.plan.ticks))
        if rng.random() < self.plan.dropped:
            moments.pop(rng.randrange(len(moments)))
            self.diary.dropped += 1
        for moment in moments:
            self.tick(moment)
        if rng.random() < self.plan.extras or number == 1:
            self.ask(datetime(day.year, day.month, day.day, 17, 30, tzinfo=UTC))
        if number == self.plan.removal:
            self.take_down(day, datetime(day.year, day.month, day.day, 18, 11, tzinfo=UTC))
        if number == self.plan.nights // 2:
            self.move_to_ses(datetime(day.year, day.month, day.day, 18, 41, tzinfo=UTC))
        diary = self.diary
        self.hear(
            f"{day}: {diary.runs} runs, {sum(diary.kills.values())} kills, {sum(diary.failed.values())} steps failed"
        )

    def _end(self, day: date) -> None:
        """Let one more tick of the last night come, without a fault or a kill, so that the year can be judged."""
        self.world.faults.quiet = True
        self.plan = replace(self.plan, kills=0.0)
        self.armed = ()
        self.world.host.faults[:] = [fault for fault in self.world.host.faults if not fault.times]
        self.world.clouds.script = type(self.world.clouds.script)()
        self.tick(datetime(day.year, day.month, day.day, 20, 13, tzinfo=UTC))

    def tick(self, moment: datetime) -> None:
        """Let the schedule start the nightly workflow."""
        self.diary.ticks += 1
        self.start("nightly", Event("schedule"), moment)

    def ask(self, moment: datetime) -> None:
        """Have a person ask for an extra story, and press "re-run" as long as the run was lost or has failed."""
        inputs = {"idea": self.rng.choice(IDEAS), "genre": "", "form": "", "age": "", "minutes": "", "cast": ""}
        inputs |= {"place": "", "series": "", "language": "", "seed": str(self.rng.randrange(1000))}
        event = Event("workflow_dispatch", {"inputs": inputs})
        ended = self.start("nightly", event, moment)
        run_id = self.run_id
        self.diary.extras.append(run_id)
        for attempt in range(2, 6):
            if not (ended.failed or ended.lost):
                break
            self.diary.reruns += 1
            ended = self.start("nightly", event, moment + timedelta(minutes=20 * attempt), run_id, attempt)

    def take_down(self, day: date, moment: datetime) -> None:
        """Have a person take a story down, and push."""
        slot = str(day - timedelta(days=3))
        variables = self._base() | {"HOME": str(self.folder)}
        with self._by_hand(moment) as clone:
            for words in (["remove", slot], ["commit"]):
                code = self.execute(words, variables, clone)
                assert code == 0, f"{words}: {code}"
        self.diary.removed.append(slot)
        self.start("publish", Event("push"), moment)

    def move_to_ses(self, moment: datetime) -> None:
        """Have a person write in the settings that SES sends the mails from now on, and push."""
        with self._by_hand(moment) as clone:
            settings = clone / "taleshelf.toml"
            text = settings.read_text()
            assert text.count('"smtp"') == 1
            settings.write_text(text.replace('"smtp"', '"ses"'))
            git(clone, "commit", "--quiet", "--all", "-m", "Send mails by SES")
            git(clone, "push", "--quiet", "origin", "main")
        self.start("publish", Event("push"), moment)

    @contextmanager
    def _by_hand(self, moment: datetime) -> Iterator[Path]:
        """Give a person a clone; its machine is never lost."""
        clone = self.folder / "person"
        git(self.folder, "clone", "--quiet", f"file://{self.remote}", str(clone))
        self._set_clock(moment)
        self.doom, armed, self.armed = Doom(-1), self.armed, ()
        yield clone
        self.armed = armed
        shutil.rmtree(clone)

    def start(self, workflow: str, event: Event, moment: datetime, run_id: int = 0, attempt: int = 1) -> Ended:
        """Run a workflow at a moment."""
        self.diary.runs += 1
        self._set_clock(moment)
        if not run_id:
            self.run_id += 1
        self.runner.gone = self.rng.random() < 0.5
        ended = self.runner.run(workflow, event, run_id or self.run_id, attempt)
        self.diary.failed.update(ended.failed)
        self.diary.lost_runs += bool(ended.lost) and self.runner.gone
        return ended

    def _set_clock(self, moment: datetime) -> None:
        self.ahead = (moment - datetime.now(UTC)).total_seconds()

    def _begin_job(self, _name: str, commands: int) -> None:
        doomed = commands and self.rng.random() < self.plan.kills
        self.doom = Doom(self.rng.randrange(commands) if doomed else -1)

    def _hear_action(self, name: str, seconds: float) -> None:
        self.diary.commands[name] += 1
        self.diary.seconds[name] += seconds

    def execute(self, words: list[str], variables: Mapping[str, str], folder: Path) -> int | None:
        """Run a command in a process of its own; None if its machine was lost."""
        started = time.monotonic()
        environment = dict(variables)
        doomed = self.doom.left == 0
        self.doom.left -= 1
        name = " ".join(words[:2] if words[0] in ("publish", "review", "request") else words[:1])
        out, err = self.folder / "out", self.folder / "err"
        killer = self._choose_killer(name) if doomed else self._arm(name, environment)
        pid = self.zygote.begin(
            arguments=words,
            environment=environment,
            folder=str(folder),
            out=str(out),
            err=str(err),
            limit=LIMIT,
            moment=(datetime.now(UTC) + timedelta(seconds=self.ahead)).isoformat(),
        )
        if killer:
            killer(pid)
        watching = self.world.watcher.watch() if name == "publish s3" else None
        code, _ = self.zygote.end()
        if watching:
            self.world.watcher.stop(watching)
        self.world.hear = lambda _done: None
        self._note(name, code, out.read_bytes() + err.read_bytes(), time.monotonic() - started)
        if not doomed and code == -signal.SIGKILL:
            name, self.armed, doomed = " at ".join(self.armed), (), True
        if not doomed:
            return int(code) if code != "late" else 1
        self.diary.kills[name if code == -signal.SIGKILL else f"{name} (after its end)"] += 1
        return None

    def _note(self, name: str, code: object, said: bytes, seconds: float) -> None:
        self.diary.processor[name] += self.zygote.cpu
        self.diary.commands[name] += 1
        self.diary.seconds[name] += seconds
        with self.diary.output.open("ab") as log:
            log.write(f"--- {name}: {code}\n".encode() + said)
        if b"Traceback" in said or code == "late":
            self.diary.tracebacks.append(f"{name}: {code} {said[-300:].decode(errors='replace')}")

    def _arm(self, name: str, environment: dict[str, str]) -> Callable[[int], None] | None:
        """Have a command killed at the point whose turn it is, if it comes there."""
        if not self.armed or self.armed[0] != name:
            return None
        point = self.armed[1]
        if not point.isdigit():
            environment["TALESHELF_FAILPOINT"] = point
            return None
        left = [int(point)]

        def at_request(pid: int) -> None:
            def hear(_done: object) -> None:
                left[0] -= 1
                if left[0] == 0:
                    kill(pid)

            self.world.hear = hear

        return at_request

    def _choose_killer(self, name: str) -> Callable[[int], None]:
        """Choose a moment at which a command is killed."""
        usual = self.diary.seconds[name] / max(1, self.diary.commands[name])
        moment = self.rng.uniform(0, usual or 1)

        def later(pid: int) -> None:
            threading.Timer(moment, kill, (pid,)).start()

        return later


def kill(pid: int) -> None:
    """Kill a process and all it has started."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def list_ticks(day: date) -> list[datetime]:
    """Return the moments of a day at which the schedule of the nightly workflow ticks."""
    found = []
    for row in read("nightly")["on"]["schedule"]:
        minute, hour, *rest = row["cron"].split()
        assert rest == ["*", "*", "*"], row
        assert row["timezone"] == "UTC", row
        found.append(datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=UTC))
    return found
