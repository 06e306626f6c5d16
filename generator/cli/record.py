"""What each command of a run said and how it ended: a line of JSON each in the file that TALESHELF_RECORD names.

`taleshelf summary` makes a page of it. A command's first line is written when it begins, so that one that was killed is seen.
"""

import contextlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO, cast

import click

from generator.journal import LONGEST, MOST_LINES, Entry

SLOTS = "taleshelf.slots"  # where a command notes the slots it has to do with


def note_slot(slot: str) -> None:
    """Remember a slot that the command told or completed, or found told."""
    context = click.get_current_context(silent=True)
    if context:
        context.meta.setdefault(SLOTS, []).append(slot)


@contextlib.contextmanager
def recording(arguments: list[str]) -> Iterator[Callable[[click.Context], None]]:
    """Write down how the command ends that is run inside, if a record is wanted; yields who is shown its context."""
    path = os.environ.get("TALESHELF_RECORD", "")
    contexts: list[click.Context] = []
    if not path:
        yield contexts.append
        return
    begun, start = datetime.now(UTC).isoformat(timespec="milliseconds"), time.monotonic()
    entry = Entry(command=_name(arguments), begun=begun)
    _append(Path(path), entry)
    out, err, status = _Heard(sys.stdout), _Heard(sys.stderr), 1
    try:
        with contextlib.redirect_stdout(cast("TextIO", out)), contextlib.redirect_stderr(cast("TextIO", err)):
            yield contexts.append
        status = 0
    except SystemExit as exit_:
        status = exit_.code if isinstance(exit_.code, int) else int(exit_.code is not None)
        raise
    finally:
        slots = contexts[0].meta.get(SLOTS, ()) if contexts else ()
        seconds = round(time.monotonic() - start, 1)
        _append(Path(path), Entry(entry.command, begun, seconds, status, tuple(slots), _hide(out), _hide(err)))


def read_records(root: Path, records: tuple[Path, ...] = ()) -> list[str]:
    """Return the texts of records, of files and of all below folders: of this job, and those handed on by others, unless told."""
    own = Path(os.environ.get("TALESHELF_RECORD") or root / ".taleshelf" / "record.jsonl")
    wanted = records or (own, own.parent / "records")
    files = [file for path in wanted for file in ([path] if path.is_file() else sorted(path.rglob("*.jsonl")))]
    return [file.read_text(encoding="utf-8", errors="replace") for file in files]


def _name(arguments: list[str]) -> str:
    """Return the words that name a command, without its options: those may hold what a person wished for."""
    words: list[str] = []
    for word in arguments:
        if not word.isalnum() or not word.isascii() or len(words) == 2:
            break
        words.append(word)
    return " ".join(words)


def _append(path: Path, entry: Entry) -> None:
    with contextlib.suppress(OSError):  # a night is worth more than its record
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as record:
            record.write(json.dumps(asdict(entry), ensure_ascii=True) + "\n")


def _hide(heard: "_Heard") -> tuple[str, ...]:
    """Return what was heard without what variables keep secret: a record is handed on from job to job."""
    from generator.delivery.secrets import redact

    return tuple(redact(line, os.environ) for line in heard.lines())


class _Heard:
    """A stream that passes everything on and remembers the last lines."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.text = ""

    def write(self, text: str) -> int:
        self.text = (self.text + text)[-MOST_LINES * LONGEST :]
        return self.stream.write(text)

    def lines(self) -> tuple[str, ...]:
        """Return what was written, without what a live line wrote over."""
        lines = (line.rpartition("\r\033[K")[2].strip()[:LONGEST] for line in self.text.split("\n"))
        return tuple(line for line in lines if line)[-MOST_LINES:]

    def __getattr__(self, name: str) -> object:
        return getattr(self.stream, name)
