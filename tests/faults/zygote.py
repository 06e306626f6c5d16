"""A process that has imported everything and forks one child a run, so that a whole night costs what it does and no more.

    python -m tests.faults.zygote

It reads a line of JSON for each run: {"arguments", "environment", "folder", "out", "err", "limit", "stopped", "files",
"moment"}. The child is `taleshelf` with those arguments; with `stopped` it waits for SIGCONT before its first step, with
`files` it may open no more than so many, with `moment` its clock begins there. Two lines are answered: {"pid"} at once,
{"code", "seconds", "cpu"} at the end. A run that is not over after `limit` seconds is killed and has the code "late".
With "shell" in the place of the arguments a command is run instead, in whatever namespace this process lives in.
"""

import gc
import importlib
import json
import os
import pkgutil
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

PAUSE = 0.01  # seconds between two looks at a child


def load_everything() -> None:
    """Import what a night may import; no thread may be started by it, because threads do not survive a fork."""
    import generator

    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in ("boto3", "botocore.endpoint", "botocore.parsers", "botocore.auth", "openai.resources.images"):
        importlib.import_module(name)
    for name in ("openai.resources.chat", "openai.resources.audio", "openai.resources.moderations", "pydub", "numpy"):
        importlib.import_module(name)
    for name in ("PIL.Image", "PIL.PngImagePlugin", "PIL.WebPImagePlugin", "PIL.JpegImagePlugin", "PIL.ImageOps"):
        importlib.import_module(name)
    from generator.writers.embedded.plots import load_plots

    load_plots()
    gc.collect()
    gc.freeze()  # a child neither copies what is here nor takes it apart when it ends


def serve() -> None:
    """Serve until the input ends; in a child this returns with the night as what is left to do."""
    for line in sys.stdin:
        asked = json.loads(line)
        if "shell" in asked:
            done = subprocess.run(["sh", "-c", asked["shell"]], capture_output=True, text=True, check=False)
            _say({"code": done.returncode, "text": done.stdout + done.stderr})
            continue
        started = time.monotonic()
        pid = os.fork()
        if not pid:
            become(asked)
            return
        _say({"pid": pid})
        code, cpu = wait_for(pid, asked["limit"])
        _say({"code": code, "seconds": time.monotonic() - started, "cpu": cpu})
    os._exit(0)


def _say(values: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def wait_for(pid: int, limit: float) -> tuple[int | str, float]:
    """Return the code with which a child ends and its seconds of processor; whatever is left of its session is killed."""
    deadline = time.monotonic() + limit
    code: int | str = "late"
    cpu = 0.0
    while time.monotonic() < deadline:
        ended, status, used = os.wait4(pid, os.WNOHANG)
        if ended:
            code, cpu = os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime
            break
        time.sleep(PAUSE)
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    if code == "late":
        os.waitpid(pid, 0)
    return code, cpu


def become(asked: Mapping[str, Any]) -> None:
    """Turn this child into a run of the command line."""
    os.setsid()
    for target, mode, path in ((0, os.O_RDONLY, os.devnull), (1, _WRITE, asked["out"]), (2, _WRITE, asked["err"])):
        descriptor = os.open(path, mode, 0o600)
        os.dup2(descriptor, target)
        os.close(descriptor)
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["folder"])
    sys.argv = ["taleshelf", *asked["arguments"]]
    if asked.get("files"):
        resource.setrlimit(resource.RLIMIT_NOFILE, (asked["files"], asked["files"]))
    if asked.get("moment"):
        import time_machine

        time_machine.travel(datetime.fromisoformat(asked["moment"]), tick=True).start()
    if asked.get("stopped"):
        os.kill(os.getpid(), signal.SIGSTOP)


_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC

if __name__ == "__main__":
    load_everything()
    serve()
    from generator.cli import main

    main()
