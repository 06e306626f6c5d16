"""Runs workflows as GitHub does: jobs by their needs, each in an empty folder, their steps in order, with conditions and outputs."""

import json
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.rehearsal.actions import ACTIONS, Place
from tests.rehearsal.expressions import Open, Scope, Unknown, contains, decide, fill, form, render
from tests.rehearsal.store import Store
from tests.workflows.reading import ROOT, read

REPOSITORY = "owner/tales"
SUCCESS, FAILURE, SKIPPED = "success", "failure", "skipped"
LOCAL = "$/"  # what begins the address of a workflow or an action of the same repository
COMMANDS = ("exec", "taleshelf")
JOB_KEYS = frozenset(
    "name if runs-on timeout-minutes environment permissions outputs env steps needs uses with secrets".split()
)
STEP_KEYS = frozenset("name id if env run uses with shell".split())
# How a step's command runs: its words, variables and folder; returns its exit code, or None where the machine was lost.
Execute = Callable[[list[str], Mapping[str, str], Path], int | None]


@dataclass(frozen=True, slots=True)
class Event:
    """What started a run."""

    name: str  # "schedule", "workflow_dispatch", "push"
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Ended:
    """How a run ended."""

    results: dict[str, str] = field(default_factory=dict)  # of jobs, those of a called workflow as "deliver/build"
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)  # steps
    lost: list[str] = field(default_factory=list)  # jobs whose machine vanished
    pages: list[str] = field(default_factory=list)  # what was written for the page of the run


@dataclass
class Runner:
    """Machines that are new for every job, and what GitHub keeps between jobs."""

    folder: Path
    remote: Path
    store: Store
    execute: Execute
    base: Mapping[str, str]  # variables of every machine
    secrets: Mapping[str, str]
    variables: Mapping[str, str]
    begin: Callable[[str, int], None]  # hears of every job: its name, and how many commands it may have
    hear_action: Callable[[str, float], None]  # hears how many seconds each action took
    gone: bool = False  # whether a machine that vanishes takes the rest of its run along

    def run(self, workflow: str, event: Event, run_id: int, attempt: int = 1) -> Ended:
        """Run a workflow to its end."""
        ended = Ended()
        self.store.open_run(run_id)
        sha = self.store.tip(self.remote)
        github = {
            "event": {"repository": {"default_branch": "main"}, **event.payload},
            "event_name": event.name,
            "ref": "refs/heads/main",
            "ref_name": "main",
            "sha": sha,
            "token": self.secrets["GITHUB_TOKEN"],
            "run_id": str(run_id),
            "run_attempt": str(attempt),
            "repository": REPOSITORY,
        }
        run = _Run(self, github, ended, Open(self.secrets), {}, workflow)
        run.walk(read(workflow), "")
        return ended


class Vanished(Exception):
    """The whole run is lost."""


@dataclass
class _Run:
    """A run of a workflow, or of one that it calls."""

    runner: Runner
    github: Mapping[str, Any]
    ended: Ended
    secrets: Mapping[str, str]
    inputs: Mapping[str, Any]
    name: str

    def walk(self, workflow: Mapping[str, Any], prefix: str) -> str:
        """Run the jobs; return how they ended together."""
        env = dict(workflow.get("env") or {})
        try:
            for key, job in _in_order(workflow["jobs"]):
                self.ended.results[prefix + key] = self._run_job(key, job, env, prefix)
        except Vanished:
            return FAILURE
        mine = [self.ended.results.get(prefix + key, SKIPPED) for key in workflow["jobs"]]
        return FAILURE if FAILURE in mine else SUCCESS

    def _run_job(self, key: str, job: Mapping[str, Any], env: Mapping[str, Any], prefix: str) -> str:
        if strange := set(job) - JOB_KEYS:
            raise Unknown(f"{key}: {sorted(strange)}")
        names = _list_needs(job)
        needs = {
            name: {
                "result": self.ended.results[prefix + name],
                "outputs": Open(self.ended.outputs.get(prefix + name, {})),
            }
            for name in names
        }
        states = [self.ended.results[prefix + name] for name in _all_needs(self._jobs(prefix), names)]
        contexts = self._contexts(needs, {}, {})
        functions = _functions(all(state == SUCCESS for state in states), FAILURE in states)
        scope = Scope(contexts, functions)
        if not decide(job.get("if"), scope):
            return SKIPPED
        if "uses" in job:
            return self._call(key, job, scope, prefix)
        return _Job(self, prefix + key, job, env, contexts).work()

    def _jobs(self, prefix: str) -> Mapping[str, Any]:
        return dict(read("deliver" if prefix else self.name)["jobs"])

    def _contexts(self, needs: object, env: Mapping[str, str], steps: object) -> dict[str, Any]:
        return {
            "github": self.github,
            "secrets": self.secrets,
            "vars": Open(self.runner.variables),
            "inputs": self.inputs,
            "needs": needs,
            "env": Open(env),
            "steps": steps,
        }

    def _call(self, key: str, job: Mapping[str, Any], scope: Scope, prefix: str) -> str:
        name = Path(_local(job["uses"])).stem
        workflow = read(name)
        asked = workflow["on"]["workflow_call"]
        given = {word: fill(value, scope) for word, value in (job.get("with") or {}).items()}
        secrets = Open({word: fill(value, scope) for word, value in (job.get("secrets") or {}).items()})
        if strange := (set(given) - set(asked["inputs"])) | (set(secrets) - set(asked["secrets"])):
            raise Unknown(f"{name} takes no {sorted(strange)}")
        inputs = {word: _make_input(spec, given.get(word)) for word, spec in asked["inputs"].items()}
        if missing := [word for word, spec in asked["inputs"].items() if spec.get("required") and word not in given]:
            raise Unknown(f"{name} needs {missing}")
        called = _Run(self.runner, self.github, self.ended, secrets, inputs, self.name)
        return called.walk(workflow, f"{prefix}{key}/")


@dataclass
class _Job:
    """A job on its machine."""

    run: _Run
    name: str
    job: Mapping[str, Any]
    outer: Mapping[str, Any]
    contexts: Mapping[str, Any]
    env: dict[str, str] = field(default_factory=dict)
    status: str = SUCCESS

    def work(self) -> str:
        """Run the steps and return how the job ended."""
        runner = self.run.runner
        number = runner.store.next_machine()
        runner.begin(self.name, sum("run" in step for step in self.job["steps"]))
        self.place = Place(
            runner.folder / f"machine-{number}", runner.remote, runner.store, int(self.run.github["run_id"])
        )
        self.place.open()
        try:
            return self._work()
        finally:
            shutil.rmtree(self.place.root, ignore_errors=True)

    def _work(self) -> str:
        self.steps: dict[str, Any] = {
            step["id"]: {"outputs": Open(), "outcome": None} for step in self.job["steps"] if "id" in step
        }
        scope = self._scope()
        self.env |= {name: render(fill(value, scope)) for name, value in self.outer.items()}
        for name, value in (self.job.get("env") or {}).items():
            self.env[name] = render(fill(value, self._scope()))
        for step in self.job["steps"]:
            if strange := set(step) - STEP_KEYS:
                raise Unknown(f"{self.name}: {sorted(strange)}")
            runs = decide(step.get("if"), self._scope())
            outcome = self._step(step) if runs else None
            if "id" in step:
                self.steps[step["id"]]["outcome"] = (SUCCESS if outcome else FAILURE) if runs else SKIPPED
            if not runs:
                continue
            if outcome is None:
                self.run.ended.lost.append(self.name)
                if self.run.runner.gone:
                    raise Vanished
                return FAILURE
            if not outcome:
                self.status = FAILURE
                self.run.ended.failed.append(f"{self.name}: {step['name']}")
        scope = self._scope()
        found = {name: render(fill(value, scope)) for name, value in (self.job.get("outputs") or {}).items()}
        self.run.ended.outputs[self.name] = found
        return self.status

    def _scope(self, more: Mapping[str, str] | None = None) -> Scope:
        env = Open(self.env | dict(more or {}))
        return Scope(
            {**self.contexts, "env": env, "steps": self.steps},
            _functions(self.status == SUCCESS, self.status == FAILURE),
        )

    def _step(self, step: Mapping[str, Any]) -> bool | None:
        env = {name: render(fill(value, self._scope())) for name, value in (step.get("env") or {}).items()}
        if "run" in step:
            return self._command(step, env)
        return self._use(step, self._scope(env))

    def _use(self, step: Mapping[str, Any], scope: Scope) -> bool:
        """Do what an action does: one of ours by its own steps, one of others by what stands for it here."""
        given = {word: render(fill(value, scope)) for word, value in (step.get("with") or {}).items()}
        name = step["uses"].partition("@")[0]
        if name not in ACTIONS and name.startswith(LOCAL):
            action = yaml.safe_load((ROOT / _local(name) / "action.yml").read_text())
            if strange := set(given) - set(action["inputs"]):
                raise Unknown(f"{name} takes no {sorted(strange)}")
            inner = Scope({**scope.contexts, "inputs": given}, scope.functions)
            return all(self._use(one, inner) for one in action["runs"]["steps"] if decide(one.get("if"), inner))
        if name not in ACTIONS:
            raise Unknown(f"the action {name}")
        started = time.monotonic()
        outputs = ACTIONS[name](self.place, given)
        self.run.runner.hear_action(name, time.monotonic() - started)
        if "id" in step:
            self.steps[step["id"]]["outputs"].update(outputs.pop("outputs", {}))
        self.env |= outputs.pop("env", {})
        return bool(outputs.get("ok", True))

    def _command(self, step: Mapping[str, Any], env: Mapping[str, str]) -> bool | None:
        words = step["run"].split()
        if tuple(words[:2]) != COMMANDS:
            raise Unknown(f"{self.name}: {step['run']!r}")
        code = self.run.runner.execute(words[2:], self._variables(env), self.place.workspace)
        outputs = _read_outputs(self.place.root / "output")
        if "id" in step:
            self.steps[step["id"]]["outputs"].update(outputs)
        (self.place.root / "output").write_text("")
        return None if code is None else code == 0

    def _variables(self, env: Mapping[str, str]) -> dict[str, str]:
        github, place = self.run.github, self.place
        event = place.root / "event.json"
        event.write_text(json.dumps(github["event"]))
        return {
            **self.run.runner.base,
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_NAME": github["event_name"],
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_JOB": self.name.rpartition("/")[2],
            "GITHUB_OUTPUT": str(place.root / "output"),
            "GITHUB_ENV": str(place.root / "env"),
            "GITHUB_STEP_SUMMARY": str(place.root / "summary.md"),
            "GITHUB_REF": github["ref"],
            "GITHUB_REF_NAME": github["ref_name"],
            "GITHUB_REPOSITORY": github["repository"],
            "GITHUB_RUN_ATTEMPT": github["run_attempt"],
            "GITHUB_RUN_ID": github["run_id"],
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_SHA": github["sha"],
            "GITHUB_WORKSPACE": str(place.workspace),
            "HOME": str(place.root),
            "RUNNER_TEMP": str(place.root / "temp"),
            **self.env,
            **env,
        }


def _in_order(jobs: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield jobs so that each comes after those it needs."""
    left = dict(jobs)
    while left:
        ready = [key for key, job in left.items() if not set(_list_needs(job)) & left.keys()]
        if not ready:
            raise Unknown(f"jobs that need each other: {sorted(left)}")
        yield ready[0], left.pop(ready[0])


def _list_needs(job: Mapping[str, Any]) -> list[str]:
    needs = job.get("needs", [])
    return [needs] if isinstance(needs, str) else list(needs)


def _all_needs(jobs: Mapping[str, Any], names: list[str]) -> list[str]:
    """Return the jobs that are needed, also by those that are needed."""
    found: list[str] = []
    for name in names:
        found += [name, *_all_needs(jobs, _list_needs(jobs[name]))]
    return list(dict.fromkeys(found))


def _functions(fine: bool, failed: bool) -> dict[str, Callable[..., object]]:
    return {
        "success": lambda: fine,
        "failure": lambda: failed,
        "always": lambda: True,
        "cancelled": lambda: False,
        "contains": contains,
        "format": form,
    }


def _local(uses: str) -> str:
    if not uses.startswith(LOCAL):
        raise Unknown(f"the workflow {uses}")
    return uses.removeprefix(LOCAL)


def _make_input(spec: Mapping[str, Any], given: object) -> object:
    if given is None:
        given = spec.get("default", False if spec["type"] == "boolean" else "")
    if spec["type"] == "boolean":
        return given if isinstance(given, bool) else render(given) == "true"
    return render(given)


def _read_outputs(path: Path) -> dict[str, str]:
    text = path.read_text() if path.exists() else ""
    return dict(line.split("=", 1) for line in text.splitlines())
