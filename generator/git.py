"""Run git: argument lists only, no hooks, no prompts, a time limit, and failures as one sentence.

Nothing of the caller's repository variables (GIT_DIR, GIT_INDEX_FILE, GIT_TRACE ...) reaches git, only what tells it how
to reach a remote: its configuration, its credentials, ssh.
"""

import base64
import contextlib
import os
import re
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from generator.errors import ArchiveError

TIMEOUT = 120.0  # seconds
NAME, ADDRESS = "Taleshelf", "noreply@taleshelf.invalid"  # who every commit is by
ALWAYS = (
    "core.hooksPath=/dev/null",
    "credential.interactive=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "i18n.commitEncoding=UTF-8",
    "core.safecrlf=false",
)
REACHES = re.compile(r"GIT_(?:ASKPASS|SSH|SSH_COMMAND|SSH_VARIANT|SSL_\w+|EXEC_PATH|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|(?:KEY|VALUE)_\d+))")  # fmt: skip
LONGEST = 300  # characters of a reason
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Answer:
    """How a command ended."""

    status: int
    out: bytes
    err: str

    @property
    def reason(self) -> str:
        """Why it failed, in one sentence without credentials or control characters."""
        return explain(self.err) or f"git ended with status {self.status}"


def run_git(
    root: Path,
    *arguments: str,
    environment: Mapping[str, str],
    stdin: bytes = b"",
    timeout: float = TIMEOUT,
    own: Mapping[str, str] = NOTHING,
) -> bytes:
    """Run git in `root` and return its standard output. Raises ArchiveError when it fails, hangs or is not installed."""
    answer = ask_git(root, *arguments, environment=environment, stdin=stdin, timeout=timeout, own=own)
    if answer.status:
        raise ArchiveError(f"git {_verb(arguments)}: {answer.reason}", _advise(answer.err), path=root)
    return answer.out


def ask_git(
    root: Path,
    *arguments: str,
    environment: Mapping[str, str],
    stdin: bytes = b"",
    timeout: float = TIMEOUT,
    own: Mapping[str, str] = NOTHING,
) -> Answer:
    """Run git in `root` and return how it ended. Raises ArchiveError when it hangs or is not installed.

    `own` are variables of git's that we set ourselves, such as an index file of our own.
    """
    settings = [part for setting in ALWAYS for part in ("-c", setting)]
    try:
        with subprocess.Popen(
            ["git", "--literal-pathspecs", *settings, *arguments],
            cwd=root,
            env=make_environment(environment) | dict(own),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # so that ssh or a helper of git's ends with it
        ) as process:
            out, err = _converse(process, stdin, timeout)
    except subprocess.TimeoutExpired:
        raise ArchiveError(
            f"git {_verb(arguments)} did not finish within {timeout:g} seconds", "Try again later.", path=root
        ) from None
    except OSError as error:
        raise ArchiveError(
            f"git cannot be started: {error.strerror}", "Install git, or see to the archive's folder.", path=root
        ) from error
    return Answer(process.returncode, out, err.decode("utf-8", "replace"))


def _verb(arguments: tuple[str, ...]) -> str:
    """Return the name of the command among what is told to git itself."""
    told = iter(arguments)
    return next((word for word in told if not (word.startswith("-") and (word != "-c" or next(told, "")))), "")


def _converse(process: "subprocess.Popen[bytes]", stdin: bytes, timeout: float) -> tuple[bytes, bytes]:
    try:
        return process.communicate(stdin, timeout)
    except BaseException:  # also an interrupt: git has a session of its own and does not hear Ctrl-C
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        raise


def make_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables git is given: the caller's without its repository, ours for language, prompts and author."""
    kept = {
        name: value
        for name, value in environment.items()
        if (not name.startswith("GIT_") or REACHES.fullmatch(name)) and name not in {"SSH_ASKPASS", "LANGUAGE"}
    }
    who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in _WHO.items()}
    return (
        kept
        | make_login(environment)
        | who
        | {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "SSH_ASKPASS_REQUIRE": "never"}
    )


def make_login(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that let git reach a workflow's own repository with its token, which so stands in no file or address."""
    server, repository = environment.get("GITHUB_SERVER_URL", ""), environment.get("GITHUB_REPOSITORY", "")
    token = environment.get("GITHUB_TOKEN", "")
    if not token or not repository or not server.startswith("https://"):
        return {}
    number = environment.get("GIT_CONFIG_COUNT", "")
    first = int(number) if number.isdecimal() else 0
    login = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    made = {"GIT_CONFIG_COUNT": f"{first + 2}"}
    for at, ending in enumerate(("", ".git"), first):
        made[f"GIT_CONFIG_KEY_{at}"] = f"http.{server.rstrip('/')}/{repository}{ending}.extraheader"
        made[f"GIT_CONFIG_VALUE_{at}"] = f"Authorization: Basic {login}"
    return made


_WHO = {"NAME": NAME, "EMAIL": ADDRESS}


def explain(report: str) -> str:
    """Fold what git wrote to its standard error into one sentence, or nothing."""
    lines = [clean for line in report.splitlines() if (clean := _clean(line)) and not clean.startswith("hint:")]
    said = [line for line in lines if "failed to push some refs" not in line] or lines
    best = next((line for line in said if line.startswith(("fatal:", "error:", "remote:"))), next(iter(said), ""))
    return re.sub(r"^(?:(?:fatal|error|remote):\s*)+", "", best)[:LONGEST]


def _clean(line: str) -> str:
    without_credentials = re.sub(r"://[^/\s]*@", "://", line)
    return " ".join("".join(c if c.isprintable() else " " for c in without_credentials).split())


def _advise(report: str) -> str:
    if "git repository" in report:
        return "Make the archive a git repository with a remote that can be reached; without one turn the drafts off."
    if "dubious ownership" in report:
        return "Tell git that the folder is yours: git config --global --add safe.directory <folder>."
    return "Try the same with git by hand in the archive's folder."
