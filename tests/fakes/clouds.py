"""One real HTTP server on loopback that speaks OpenAI, Bedrock, Polly and Replicate, and follows a fault script.

    with Clouds() as clouds:
        clouds.script = Script(Rule("openai.image", "429", 0.2, on=(1,)))
        run(environment=clouds.environment())
        assert clouds.paid("openai.image") == 5

The real SDKs find it by the variables of `environment()`; nothing is patched. In a process of its own:

    python -m tests.fakes.clouds --port-file F [--script JSON] [--log F]

writes {"control": url, "environment": {...}} to F once it listens, appends each request to the log as a line of JSON
before it is answered, and lives until it is ended. `Remote.read(F)` steers such a server: POST /-/script, /-/settings and
/-/reset, GET /-/requests, at a door of its own that no script can shut. Whoever follows a redirect ends in a trap: a
picture is served there, and the request is recorded under the kind "trap".
"""

import argparse
import fnmatch
import json
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from types import TracebackType

from tests.fakes import tales
from tests.fakes.doors import Door
from tests.fakes.faults import FAULTS, Rule, Script, faults_of, parse_script
from tests.fakes.records import CANARIES, Record, count_paid, make_environment, make_record
from tests.fakes.remote import Remote
from tests.fakes.visit import TRAP, Visit, make_answer, send
from tests.fakes.wire import FREE, KINDS, PAID, Answer, Asked, State

__all__ = ["CANARIES", "FAULTS", "FREE", "KINDS", "PAID", "Clouds", "Record", "Remote", "Rule", "Script", "faults_of"]

DOORS = ("openai", "bedrock-runtime", "bedrock", "polly", "replicate", "control", TRAP)


class Clouds:
    """The server; it lives from `with` to the end of the block.

    Attributes a test may set at any time: script, story, scores, polls, retired, retiring (see State in wire.py) and
    delay, a mapping from a pattern of kinds to the seconds an answer takes.
    """

    def __init__(self, script: Script | None = None, *, log: Path | None = None) -> None:
        self.state = State(tales.tell)
        self.delay: dict[str, float] = {}
        self._script, self._log = script or Script(), log
        self._records: list[Record] = []
        self._doors: dict[str, Door] = {}
        self._lock, self._ended = threading.RLock(), threading.Event()
        self._timers: list[threading.Timer] = []

    def __enter__(self) -> "Clouds":
        self._doors = {name: Door(partial(self._welcome, name)) for name in DOORS}
        self.script = self._script
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._ended.set()
        for timer in self._timers:
            timer.cancel()
        for door in self._doors.values():
            door.close()

    @property
    def script(self) -> Script:
        """The faults of the requests to come; setting it starts the counts of its rules anew."""
        return self._script

    @script.setter
    def script(self, script: Script) -> None:
        with self._lock:
            self._script = script
            for timer in self._timers:
                timer.cancel()
            now = [rule for rule in script.refusals() if not rule.after]
            for name, door in self._doors.items():
                if any(_closes(rule, name) for rule in now):
                    door.shut()
                else:
                    door.open()
            self._timers = [threading.Timer(rule.number(0), self._reopen, (rule,)) for rule in now if rule.argument]
            for timer in self._timers:
                timer.daemon = True
                timer.start()

    def _reopen(self, rule: Rule) -> None:
        with self._lock:
            if rule in self._script.rules:
                for name, door in self._doors.items():
                    if _closes(rule, name):
                        door.open()

    @property
    def story(self) -> Callable[[dict[str, object]], str]:
        """What the writers' models answer to the body of a request; a whole story that fits the prompt."""
        return self.state.story

    @story.setter
    def story(self, story: Callable[[dict[str, object]], str]) -> None:
        self.state.story = story

    @property
    def requests(self) -> list[Record]:
        """Every request that arrived so far."""
        with self._lock:
            return list(self._records)

    def paid(self, *kinds: str) -> int:
        """Count the requests that reached a paid endpoint, of some kinds ("openai.*") or of all."""
        return count_paid(self.requests, *kinds)

    def reset(self) -> None:
        """Forget requests, predictions, faults and delays."""
        with self._lock:
            self._records.clear()
            self.state = State(self.state.story)
            self.delay = {}
            self.script = Script()

    def url(self, door: str = "control") -> str:
        """Return the address of a door: one of DOORS."""
        return f"http://127.0.0.1:{self._doors[door].port}"

    def environment(self, *vendors: str) -> dict[str, str]:
        """Return the variables that lead the real SDKs here with canary keys: for all vendors, or for some.

        Names of vendors are "openai", "aws" and "replicate".
        """
        return make_environment({name: self.url(name) for name in DOORS}, *vendors)

    def _welcome(self, door: str, connection: socket.socket) -> None:
        Visit(connection, door, self._answer)

    def _answer(self, visit: Visit) -> None:
        """Record a request, and answer it as the script has it."""
        asked = visit.read()
        if asked.path.startswith("/-/"):
            visit.send(self._steer(asked))
            return
        begun, rule = time.monotonic(), self._script.rule_for(asked)
        self._note(make_record(asked, rule.fault if rule else ""))
        seconds = next((wait for kinds, wait in self.delay.items() if fnmatch.fnmatch(asked.kind, kinds)), 0.0)
        seconds += rule.number(30) if rule and rule.fault == "slow" else 0
        whole = make_answer(asked, self.state, rule, f"{self.url(TRAP)}/latest/meta-data/")
        # What this machine took to make the answer is part of the vendor's time, and not added to it.
        if seconds and self._ended.wait(max(0.0, begun + seconds - time.monotonic())):
            return
        last = [one for one in self._script.refusals() if one.after and fnmatch.fnmatch(asked.kind, one.after)]
        visit.shuts = [door for name, door in self._doors.items() if any(_closes(one, name) for one in last)]
        send(visit, whole, rule, self._ended)

    def _note(self, record: Record) -> None:
        with self._lock:
            self._records.append(record)
            if self._log:
                with self._log.open("a", encoding="utf-8") as log:
                    log.write(json.dumps(asdict(record)) + "\n")

    def _steer(self, asked: Asked) -> Answer:
        """Serve the control door."""
        what = asked.path.removeprefix("/-/")
        if asked.method == "GET" and what == "requests":
            return Answer(200, json.dumps([asdict(record) for record in self.requests]).encode())
        try:
            value = json.loads(asked.body or b"null")
            if what == "reset":
                self.reset()
            elif what == "script":
                self.script = parse_script(value)
            elif what == "settings":
                self._set(value)
            else:
                return Answer(404, b'"nothing is here"')
        except (ValueError, TypeError, KeyError) as error:
            return Answer(400, json.dumps(str(error)).encode())
        return Answer(200, b"null")

    def _set(self, values: Mapping[str, object]) -> None:
        for name, value in values.items():
            if name == "delay" and isinstance(value, dict):
                self.delay = value
            elif name == "story" and isinstance(value, str):
                self.story = partial(_repeat, value)
            elif name in ("scores", "polls", "retired", "retiring"):
                setattr(self.state, name, value)
            else:
                raise KeyError(name)


def _repeat(text: str, _: Mapping[str, object]) -> str:
    return text


def _closes(rule: Rule, door: str) -> bool:
    """Tell whether a refusal shuts a door: Bedrock has two, one for what is paid and one for what is free."""
    vendor = door.removesuffix("-runtime")
    kinds = [kind for kind in KINDS if kind.split(".")[0] == vendor and fnmatch.fnmatch(kind, rule.kind)]
    if vendor == "bedrock":
        return any((kind in PAID) == (door == "bedrock-runtime") for kind in kinds)
    return bool(kinds)


def main(arguments: Sequence[str]) -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(prog="clouds")
    parser.add_argument("--port-file", type=Path, required=True)
    parser.add_argument("--script", default="[]")
    parser.add_argument("--log", type=Path)
    options = parser.parse_args(arguments)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    with Clouds(parse_script(json.loads(options.script)), log=options.log) as clouds:
        found = {"control": clouds.url(), "environment": clouds.environment()}
        draft = options.port_file.with_suffix(".part")
        draft.write_text(json.dumps(found), encoding="utf-8")
        draft.replace(options.port_file)
        signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    main(sys.argv[1:])
