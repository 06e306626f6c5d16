"""What the workflows promise: least privilege, pins, no expression in a script, one queue, commands that there are."""

import re
import tomllib
from collections import defaultdict
from typing import Any

import pytest

from generator import wishes
from generator.config import load_config
from generator.story import AgeBand, Form, Genre
from tests.workflows.reading import ACTIONS, FOLDER, NAMES, ROOT, Step, list_steps, parse_command, read

QUEUE = {"group": "archive", "queue": "max", "cancel-in-progress": "false"}
READ, WRITE = {"contents": "read"}, {"contents": "write"}
TOKEN = {"id-token": "write"}
DELIVERED = WRITE | TOKEN | {"pages": "write", "pull-requests": "write"}
PERMISSIONS = {
    "nightly/write": WRITE | TOKEN | {"pull-requests": "read"},
    "nightly/deliver": DELIVERED,
    "publish/check": READ,
    "publish/deliver": DELIVERED,
    "request/tell": WRITE | TOKEN,
    "request/deliver": DELIVERED,
    "request/answer": READ | {"issues": "write"},
    "deliver/review": READ | {"pull-requests": "write"},
    "deliver/build": READ,
    "deliver/pages": TOKEN | {"pages": "write"},
    "deliver/branch": WRITE,
    "deliver/s3": READ | TOKEN,
    "deliver/news": WRITE | TOKEN,
    "watchdog/look": READ | {"actions": "read", "issues": "write"},
    "ci/static": READ,
    "ci/test": READ,
}
SECRET_ENVIRONMENTS = {"nightly/write": "stories", "request/tell": "stories", "deliver/news": "site"}
OURS = [step for step in list_steps("nightly", "deliver", "publish", "request", "watchdog") if step.script]


def test_every_job_has_just_the_permissions_it_needs() -> None:
    found = {f"{name}/{key}": job["permissions"] for name in NAMES for key, job in read(name)["jobs"].items()}
    assert found == PERMISSIONS
    assert {name: read(name)["permissions"] for name in NAMES} == {name: {} for name in NAMES}


def test_the_job_that_builds_holds_no_secret_and_no_token() -> None:
    build = str(read("deliver")["jobs"]["build"])
    assert not re.search(r"secrets\.|github\.token|environment|id-token|aws", build)
    assert "TOKEN" not in str(read("deliver")["env"])


def test_secrets_are_given_to_single_steps_of_jobs_with_an_environment() -> None:
    for name in NAMES:
        workflow = read(name)
        assert "secrets." not in str(workflow.get("env", ""))
        for key, job in workflow["jobs"].items():
            around = {field: value for field, value in job.items() if field not in {"steps", "secrets"}}
            assert not re.search(r"secrets\.|github\.token", str(around))
            if "secrets." in str(job.get("steps", "")):
                assert job["environment"]["name"] == SECRET_ENVIRONMENTS[f"{name}/{key}"]


def test_a_checkout_leaves_no_credentials_behind() -> None:
    checkouts = [step for step in list_steps() if step.uses.startswith("actions/checkout@")]
    assert len(checkouts) >= 10
    assert all(step.values["with"]["persist-credentials"] == "false" for step in checkouts)


def test_every_action_is_pinned_to_one_commit_with_its_version_beside_it() -> None:
    pins = defaultdict(set)
    for path in (*FOLDER.glob("*.yml"), *ACTIONS):
        for line in re.findall(r"uses: (.+)", path.read_text()):
            if line.startswith("$/"):
                assert (ROOT / line.removeprefix("$/")).exists()
                continue
            match = re.fullmatch(r"([\w-]+/[\w/-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)", line)
            assert match, line
            pins["/".join(match[1].split("/")[:2])].add(match.group(2, 3))
    assert {action: len(found) for action, found in pins.items()} == dict.fromkeys(pins, 1)
    assert len(pins) >= 8


def test_no_script_holds_an_expression() -> None:
    assert [step.script for step in list_steps() if "${{" in step.script] == []


@pytest.mark.parametrize("step", OURS, ids=lambda step: f"{step.job}: {step.script}")
def test_a_step_is_one_command_that_there_is(step: Step) -> None:
    words, command, strangers = parse_command(step.script)
    assert command, words
    assert not strangers
    assert "shell" not in step.values, "with the usual shell, exec puts the command where an interrupt arrives"


def test_one_queue_holds_everything_that_changes_the_archive() -> None:
    for name in ("nightly", "publish", "request"):
        assert read(name)["concurrency"] == QUEUE
    assert "concurrency" not in read("deliver")


def test_the_nights_come_several_times_at_odd_minutes_in_the_zone_of_the_archive() -> None:
    zone = load_config(ROOT).timezone.key
    for name, least in (("nightly", 4), ("watchdog", 2)):
        ticks = read(name)["on"]["schedule"]
        minutes = [int(tick["cron"].split()[0]) for tick in ticks]
        assert len(ticks) >= least
        assert all(minute % 2 and minute % 5 for minute in minutes)
        assert len(set(minutes)) == len(minutes)
        assert {tick["timezone"] for tick in ticks} == {zone}


def test_the_form_of_an_extra_story_asks_for_what_is_read_of_it() -> None:
    inputs: dict[str, Any] = read("nightly")["on"]["workflow_dispatch"]["inputs"]
    assert tuple(inputs) == (*wishes.FIELDS, wishes.SEED)
    for name, kind in (("genre", Genre), ("form", Form), ("age", AgeBand)):
        assert inputs[name]["options"] == [wishes.ANY, *kind]
    assert "inputs." not in str(read("nightly")["jobs"])


def test_a_request_is_started_by_the_label_of_the_settings() -> None:
    settings = tomllib.loads((ROOT / "taleshelf.toml").read_text())
    label = settings.get("requests", {}).get("label", "tell")
    workflow = read("request")
    assert workflow["on"] == {"issues": {"types": ["labeled"]}}
    assert workflow["jobs"]["tell"]["if"] == f"github.event.label.name == '{label}'"


def test_nothing_is_started_by_what_strangers_write() -> None:
    triggers = {name: set(read(name)["on"]) for name in NAMES}
    assert set().union(*triggers.values()) <= {
        *("schedule", "workflow_dispatch", "workflow_call", "push", "pull_request", "issues")
    }
    assert "pull_request" not in set().union(*(triggers[name] for name in NAMES if name != "ci"))


def test_jobs_pass_on_what_others_take() -> None:
    declared = set(read("deliver")["on"]["workflow_call"]["secrets"])
    taken = set(re.findall(r"secrets\.(\w+)", str(read("deliver")["jobs"])))
    assert declared == taken
    for name in ("nightly", "publish", "request"):
        jobs = read(name)["jobs"]
        assert set(jobs["deliver"]["secrets"]) == declared
        assert set(jobs["deliver"]["with"]) <= set(read("deliver")["on"]["workflow_call"]["inputs"])
        for job, output in re.findall(r"needs\.(\w+)\.outputs\.(\w+)", str(jobs)):
            assert output in jobs[job]["outputs"]


def test_a_commit_is_known_as_published_by_the_name_it_was_noted_under() -> None:
    caches = {
        step.values["with"]["key"].partition("-$")[0]: step.values["with"]["path"]
        for step in list_steps("nightly", "deliver")
        if step.uses.startswith("actions/cache/restore")
    }
    kept = {
        step.values["with"]["key"].partition("-$")[0]: step.values["with"]["path"]
        for step in list_steps("deliver")
        if step.uses.startswith("actions/cache/save")
    }
    assert caches == kept
    assert set(kept) == {"published", "site"}


def test_what_is_whole_is_kept_however_a_run_ends() -> None:
    for job in ("nightly/write", "request/tell"):
        steps = {step.script: step.values.get("if") for step in list_steps(job.partition("/")[0]) if step.job == job}
        assert steps["exec taleshelf commit"] == "always()"
        assert steps["exec taleshelf keep"] == "always()"


def test_the_documents_name_variables_environments_and_commands_that_there_are() -> None:
    yaml = "".join(path.read_text() for path in (*FOLDER.glob("*.yml"), *ACTIONS))
    for name in ("start.md", "workflows.md"):
        text = (ROOT / "docs" / name).read_text()
        named = set(re.findall(r"`((?:TALESHELF|AWS|OPENAI|REPLICATE)_[A-Z_]+)\b", text))
        assert named
        assert {one for one in named if one not in yaml} == set()
        for line in re.findall(r"^    taleshelf ([^#|>\n]+)", text, re.MULTILINE):
            _, command, strangers = parse_command(f"exec taleshelf {line}")
            assert command
            assert not strangers
    ticks = read("nightly")["on"]["schedule"]
    assert f"{['', '', '', '', '', 'five', 'six', 'seven'][len(ticks)]} times a night" in text


def test_a_deployment_takes_the_artifact_of_the_attempt_that_built_it() -> None:
    jobs = read("deliver")["jobs"]
    (upload,) = (step for step in jobs["build"]["steps"] if "upload-pages-artifact" in step.get("uses", ""))
    (deploy,) = jobs["pages"]["steps"]
    assert upload["with"]["name"] == jobs["build"]["outputs"]["pages"]
    assert "github.run_attempt == '1' && 'github-pages' || format(" in upload["with"]["name"], (
        "the watchdog weighs that"
    )
    assert deploy["with"]["artifact_name"] == "${{ needs.build.outputs.pages }}"
