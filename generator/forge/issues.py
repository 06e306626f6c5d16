"""Issues and their comments as values, and the few things done to them.

Strangers write issues and comments too. What a hidden mark says counts only in words of whoever may write to the
repository or of a program with its token.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.forge.api import Forge, Missing, part, pick, pick_number, pick_text
from generator.forge.words import hide

TRUSTED = ("OWNER", "MEMBER", "COLLABORATOR")


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue, or the talk of a pull request."""

    number: int
    title: str
    body: str
    open: bool
    ours: bool  # whether its words are of somebody we trust


def read_issues(forge: Forge, label: str, *, state: str) -> Iterator[Issue]:
    """Yield the issues with a label, or all of them without, newest first; `state` is "open" or "all"."""
    wanted = {"labels": label} if label else {}
    for row in forge.list("issues", **wanted, state=state, sort="created", direction="desc"):
        if "pull_request" not in row:
            yield parse_issue(row)


def parse_issue(row: object) -> Issue:
    """Read what GitHub says of an issue."""
    return Issue(
        number=pick_number(row, "number"),
        title=pick_text(row, "title"),
        body=pick_text(row, "body"),
        open=pick_text(row, "state") == "open",
        ours=_is_ours(row),
    )


def _is_ours(row: object) -> bool:
    return pick_text(row, "user", "type") == "Bot" or pick_text(row, "author_association") in TRUSTED


def read_comments(forge: Forge, number: int) -> tuple[str, ...]:
    """Return the comments on an issue that are of somebody we trust, oldest first."""
    rows = forge.list(f"issues/{number}/comments")
    return tuple(pick_text(row, "body") for row in rows if _is_ours(row))


def open_issue(forge: Forge, title: str, body: str, label: str) -> int:
    """Open an issue and return its number."""
    return pick_number(forge.send("POST", "issues", {"title": title, "body": body, "labels": [label]}), "number")


def comment_once(forge: Forge, number: int, mark: str, text: str) -> bool:
    """Say something on an issue unless a comment with that mark stands there; tell whether it was said now."""
    if was_said(forge, number, mark):
        return False
    forge.send("POST", f"issues/{number}/comments", {"body": f"{hide(mark)}\n{text}"})
    return True


def was_said(forge: Forge, number: int, mark: str) -> bool:
    """Whether a comment with that mark stands on an issue."""
    return any(hide(mark) in said for said in read_comments(forge, number))


def close_issue(forge: Forge, number: int) -> None:
    """Close an issue as done."""
    forge.send("PATCH", f"issues/{number}", {"state": "closed", "state_reason": "completed"})


def take_label(forge: Forge, number: int, label: str) -> None:
    """Take a label off an issue; no error when it is off."""
    try:
        forge.send("DELETE", f"issues/{number}/labels/{part(label)}")
    except Missing:
        return


def may_write(forge: Forge, login: str) -> bool:
    """Whether somebody may write to the repository."""
    try:
        found = forge.get(f"collaborators/{part(login)}/permission")
    except Missing:
        return False
    return pick(found, "permission") in {"admin", "write"}
