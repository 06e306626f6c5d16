"""What GitHub says of the repository: its runs, its schedule, its size. What may not be read is left out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from generator.errors import PublishRefused
from generator.forge.api import Forge, pick_number, pick_text

WORKFLOW = "nightly.yml"
LATEST = 5  # runs that are shown
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Night:
    """A run of the night's workflow."""

    state: str  # "success", "failure", "cancelled" ...; "in progress" while it runs
    began: datetime  # with its zone
    address: str


@dataclass(frozen=True, slots=True)
class Host:
    """What is known; None for what may not be read."""

    runs: tuple[Night, ...] | None = None  # newest first
    schedule: str = ""  # "active", "disabled_inactivity", "disabled_manually", "disabled_fork" or unknown
    repository: int | None = None  # bytes
    artifact: int | None = None  # bytes of the site as it was handed to Pages last


def look_at_host(forge: Forge) -> Host:
    """Ask GitHub. Raises PublishError while it is away."""
    return Host(
        runs=_try(lambda: _read_runs(forge)),
        schedule=_try(lambda: pick_text(forge.get(f"actions/workflows/{WORKFLOW}"), "state")) or "",
        repository=_try(lambda: pick_number(forge.get(""), "size") * 1024),
        artifact=_try(lambda: _read_artifact(forge)),
    )


def _try(ask: Callable[[], T]) -> T | None:
    """Return the answer, None where the token may not ask for it or there is none."""
    try:
        return ask()
    except PublishRefused:
        return None


def _read_runs(forge: Forge) -> tuple[Night, ...]:
    answer = forge.get(f"actions/workflows/{WORKFLOW}/runs", per_page=LATEST)
    rows = answer.get("workflow_runs") if isinstance(answer, dict) else None
    return tuple(night for row in (rows if isinstance(rows, list) else ()) if (night := parse_run(row)))


def parse_run(row: object) -> Night | None:
    """Read what GitHub says of a run; None for what is none."""
    try:
        began = datetime.fromisoformat(pick_text(row, "created_at"))
    except ValueError:
        return None
    address = pick_text(row, "html_url")
    state = pick_text(row, "conclusion") or "in progress"
    return Night(state, began, address if address.startswith("https://") else "") if began.tzinfo else None


def _read_artifact(forge: Forge) -> int | None:
    answer = forge.get("actions/artifacts", name="github-pages", per_page=1)
    rows = answer.get("artifacts") if isinstance(answer, dict) else None
    return pick_number(rows[0], "size_in_bytes") or None if isinstance(rows, list) and rows else None
