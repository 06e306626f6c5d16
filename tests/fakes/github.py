"""A GitHub on loopback: the parts of its REST API that are used here, over real HTTP, and what can go wrong with it.

Faults, each for one request or more: a status ("403", "500" ..., with headers), "reset" before anything is done, "lost"
after it was done, "slow", "garbage", "truncated", "huge".
"""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from tests.fakes.doors import reset

TOKEN = "ghs_canaryGitHub6e1f0a9d2b47c358"
REPOSITORY = "owner/tales"
OWNER, STRANGER, BOT = "owner", "stranger", "github-actions[bot]"
EACH = 100

Row = dict[str, object]


@dataclass
class Fault:
    """What befalls requests of a method ("*" for any) to paths that match; `times` of them, after `skip` more."""

    method: str
    path: str
    what: str
    times: int = 1_000_000
    skip: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: object = None

    def befalls(self, method: str, path: str) -> bool:
        """Tell whether it befalls this request, and count it."""
        if self.method not in {"*", method} or not re.search(self.path, path) or self.times < 1:
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.times -= 1
        return True


@dataclass
class GitHub:
    """What it knows; a test may read and write all of it."""

    address: str = ""
    issues: list[Row] = field(default_factory=list)
    comments: dict[int, list[Row]] = field(default_factory=dict)
    pulls: list[Row] = field(default_factory=list)
    branches: Callable[[], Mapping[str, str]] = dict  # those a pull request may be opened for, with their commits
    permissions: dict[str, str] = field(default_factory=lambda: {OWNER: "admin"})
    runs: list[Row] = field(default_factory=list)
    workflow: Row = field(default_factory=lambda: {"name": "Nightly", "state": "active"})
    repository: Row = field(default_factory=lambda: {"full_name": REPOSITORY, "size": 1000, "default_branch": "main"})
    artifacts: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    requests: list[tuple[str, str]] = field(default_factory=list)
    passed: Callable[[int], None] = lambda _number: None  # hears the number of each request once it was done
    lock: threading.RLock = field(default_factory=threading.RLock)

    def environment(self) -> dict[str, str]:
        """Return the variables of a workflow."""
        return {
            "GITHUB_API_URL": self.address,
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_TOKEN": TOKEN,
            "GITHUB_SERVER_URL": "https://github.com",
        }

    def writes(self) -> list[tuple[str, str]]:
        """Return the requests that were no reads."""
        return [(method, path) for method, path in self.requests if method != "GET"]

    def open_issue(self, body: str, *labels: str, title: str = "A story, please", login: str = STRANGER) -> int:
        """Have somebody open an issue and return its number."""
        with self.lock:
            row = self._post(login) | {"number": self._number(), "title": title, "body": body, "state": "open"}
            self.issues.append(row | {"labels": [{"name": label} for label in labels]})
            return int(str(row["number"]))

    def comment(self, number: int, body: str, login: str = STRANGER) -> None:
        """Have somebody comment."""
        with self.lock:
            self.comments.setdefault(number, []).append(self._post(login) | {"body": body})

    def issue(self, number: int) -> Row:
        """Return an issue, or the pull request of that number."""
        return next(row for row in (*self.issues, *self.pulls) if row["number"] == number)

    def labels(self, number: int) -> list[str]:
        """Return the labels of an issue."""
        return [row["name"] for row in self.issue(number)["labels"]]  # type: ignore[attr-defined]

    def said(self, number: int) -> list[str]:
        """Return the comments on an issue."""
        return [str(row["body"]) for row in self.comments.get(number, ())]

    def event(self, number: int, label: str, sender: str = OWNER, action: str = "labeled") -> str:
        """Return the event file of a label that was put on an issue."""
        event = {"action": action, "issue": self.issue(number), "label": {"name": label}, "sender": {"login": sender}}
        return json.dumps(event)

    def _number(self) -> int:
        return len(self.issues) + len(self.pulls) + 1

    def _post(self, login: str) -> Row:
        role = "OWNER" if login == OWNER else "NONE"
        kind = "Bot" if login.endswith("[bot]") else "User"
        return {"user": {"login": login, "type": kind}, "author_association": role}

    def answer(self, method: str, path: str, query: Mapping[str, str], value: Row) -> tuple[int, object]:
        """Do what is asked and return status and value."""
        with self.lock:
            for verb, pattern, do in self._routes():
                if verb == method and (match := re.fullmatch(pattern, path)):
                    return do(*match.groups(), query if method == "GET" else value)
        return 404, {"message": "Not Found"}

    def _routes(self) -> Iterator[tuple[str, str, Callable[..., tuple[int, object]]]]:
        yield "GET", "", lambda _query: (200, self.repository)
        yield "GET", r"/collaborators/([^/]+)/permission", self._permission
        yield "GET", "/issues", self._list_issues
        yield "POST", "/issues", self._open
        yield "PATCH", r"/issues/(\d+)", self._patch
        yield "GET", r"/issues/(\d+)/comments", lambda n, query: (200, page(self.comments.get(int(n), []), query))
        yield "POST", r"/issues/(\d+)/comments", self._comment
        yield "DELETE", r"/issues/(\d+)/labels/(.+)", self._unlabel
        yield "GET", "/pulls", self._list_pulls
        yield "POST", "/pulls", self._open_pull
        yield "GET", "/actions/workflows/nightly.yml", lambda _query: (200, self.workflow)
        yield (
            "GET",
            "/actions/workflows/nightly.yml/runs",
            lambda query: (200, {"workflow_runs": page(self.runs, query)}),
        )
        yield "GET", "/actions/artifacts", lambda query: (200, {"artifacts": page(self.artifacts, query)})

    def _permission(self, login: str, _query: object) -> tuple[int, object]:
        found = self.permissions.get(unquote(login))
        return (200, {"permission": found}) if found else (404, {"message": f"{login} is not a user"})

    def _list_issues(self, query: Mapping[str, str]) -> tuple[int, object]:
        wanted, state = query.get("labels"), query.get("state", "open")
        rows = [row for row in self.issues if state in {"all", row["state"]}]
        rows = [row for row in rows if not wanted or wanted in self.labels(int(str(row["number"])))]
        return 200, page(rows[::-1], query)

    def _open(self, value: Row) -> tuple[int, object]:
        labels = value.get("labels")
        assert isinstance(labels, list)
        number = self.open_issue(str(value["body"]), *labels, title=str(value["title"]), login=BOT)
        return 201, self.issue(number)

    def _patch(self, number: str, value: Row) -> tuple[int, object]:
        row = self.issue(int(number))
        row.update(value)
        return 200, row

    def _comment(self, number: str, value: Row) -> tuple[int, object]:
        self.comment(int(number), str(value["body"]), BOT)
        return 201, {}

    def _unlabel(self, number: str, label: str, _value: object) -> tuple[int, object]:
        row, name = self.issue(int(number)), unquote(label)
        if name not in self.labels(int(number)):
            return 404, {"message": "Label does not exist"}
        row["labels"] = [{"name": other} for other in self.labels(int(number)) if other != name]
        return 200, row["labels"]

    def _list_pulls(self, query: Mapping[str, str]) -> tuple[int, object]:
        state, head = query.get("state", "open"), query.get("head", "")
        for row in self.pulls:  # an open one shows what its branch has now
            if row["state"] == "open":
                row["head"]["sha"] = self.branches().get(row["head"]["ref"], row["head"]["sha"])  # type: ignore[index]
        rows = [row for row in self.pulls if state in {"all", row["state"]}]
        rows = [row for row in rows if not head or head == f"owner:{row['head']['ref']}"]  # type: ignore[index]
        return 200, page(rows[::-1], query)

    def _open_pull(self, value: Row) -> tuple[int, object]:
        head = str(value["head"])
        there = any(row["state"] == "open" and row["head"]["ref"] == head for row in self.pulls)  # type: ignore[index]
        if there or head not in self.branches():
            return 422, {"message": "Validation Failed"}
        row = self._post(BOT) | {"number": self._number(), "title": value["title"], "body": value["body"]}
        row |= {"state": "open", "merged_at": None, "base": {"ref": value["base"]}, "labels": []}
        row |= {"head": {"ref": head, "sha": self.branches()[head], "repo": {"full_name": REPOSITORY}}}
        row["html_url"] = f"https://github.com/{REPOSITORY}/pull/{row['number']}"
        self.pulls.append(row)
        return 201, row


def page(rows: list[Row], query: Mapping[str, str]) -> list[Row]:
    """Return a page of a list."""
    each, number = int(query.get("per_page", "30")), int(query.get("page", "1"))
    assert each <= EACH
    return rows[each * (number - 1) : each * number]


class _Desk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: GitHub

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = urlsplit(self.path)
        path = parts.path.removeprefix(f"/repos/{REPOSITORY}")
        self.close_connection = True
        with self.hub.lock:
            self.hub.requests.append((self.command, path))
            number = len(self.hub.requests)
            fault = next((one for one in self.hub.faults if one.befalls(self.command, path)), None)
        what = fault.what if fault else ""
        if what == "reset":
            reset(self.connection)
            return
        if what == "slow":
            time.sleep(3)
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self._send(401, {"message": f"Bad credentials {self.headers.get('Authorization')}"})
        elif fault and what.isdigit():
            self._send(int(what), fault.body or {"message": f"It is {what} for {TOKEN}\n::error::x"}, fault.headers)
        else:
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            status, value = self.hub.answer(self.command, path, query, json.loads(body) if body else {})
            self.hub.passed(number)
            self._finish(what, status, value)

    def _finish(self, what: str, status: int, value: object) -> None:
        if what == "lost":
            reset(self.connection)
        elif what == "garbage":
            self._send(status, b"<html>\xff\x00 Unicorn!</html>")
        elif what == "huge":
            self._send(status, b"[" + b" " * (17 << 20) + b"]")
        else:
            self._send(status, value, cut=what == "truncated")

    def _send(self, status: int, value: object, headers: Mapping[str, str] | None = None, *, cut: bool = False) -> None:
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response_only(status)
        for name, text in (headers or {}).items():
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if cut else data)

    do_GET = do_POST = do_PATCH = do_DELETE = _serve  # noqa: N815 - the names the base class looks for


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args: object) -> None:
        """Say nothing: who came has left."""


@contextmanager
def open_github() -> Iterator[GitHub]:
    """Let a GitHub answer on loopback."""
    desk = type("Desk", (_Desk,), {})
    with _Server(("127.0.0.1", 0), desk) as server:
        hub = GitHub(f"http://127.0.0.1:{server.server_address[1]}")
        desk.hub = hub  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield hub
        server.shutdown()
        thread.join()
