"""Write a search index with Pagefind: our own records in, the same files out for the same records.

Pagefind names filters in the order of a hash table, which is another one in each run. Its files are therefore put in
order after it: filter files, then the file that names them, then the entry. The format is that of VERSION.
"""

import base64
import gzip
import hashlib
import json
import re
import subprocess
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from generator.errors import BuildError
from generator.site.cbor import Value, parse_cbor, render_cbor

VERSION = "1.5.2"
MAGIC = b"pagefind_dcd"
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")  # files are named after it, and Pagefind ends at any other
PLAIN = "en"  # for a page whose owner wrote something else there
UNUSED = re.compile(r"pagefind-(?:.*ui|highlight)\.(?:js|css)")
Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found of one page."""

    url: str  # under the root of the site
    language: str
    text: str
    meta: dict[str, str]
    filters: dict[str, list[str]]
    sort: dict[str, str]


def make_index(entries: Iterable[Entry]) -> Files:
    """Make the index of some pages: every file by its name. Raises BuildError."""
    messages: list[dict[str, object]] = [{"type": "NewIndex", "config": {"write_playground": False}}]
    messages += [_make_record(entry) for entry in entries]
    # It is not asked to write the files: it may end before all it has written is on the disk.
    answers = _converse([*messages, {"type": "GetFiles", "index_id": 0}])
    found = next(answer["files"] for answer in answers if answer["type"] == "GetFiles")
    files = {file["path"]: base64.b64decode(file["content"]) for file in found if not UNUSED.fullmatch(file["path"])}
    try:
        return _put_in_order(files)
    except (ValueError, KeyError, TypeError) as error:
        raise BuildError(f"the search index cannot be put in order: {error}", f"Install pagefind {VERSION}") from error


def _make_record(entry: Entry) -> dict[str, object]:
    language = entry.language if LANGUAGE.fullmatch(entry.language) else PLAIN
    facts = {"url": entry.url, "content": entry.text, "language": language}
    return {
        "type": "AddRecord",
        "index_id": 0,
        **facts,
        "meta": entry.meta,
        "filters": entry.filters,
        "sort": entry.sort,
    }


def _converse(messages: Sequence[dict[str, object]]) -> list[dict[str, Any]]:
    """Send all messages and return the answer to each."""
    sent = b"".join(
        base64.b64encode(json.dumps({"message_id": number, "payload": message}).encode()) + b","
        for number, message in enumerate(messages)
    )
    try:
        from pagefind_bin import get_executable

        process = subprocess.Popen(
            [str(get_executable()), "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except (ImportError, OSError) as error:
        raise BuildError(f"the search index cannot be written: {error}", "Install the project again") from error
    with process:
        answers = _exchange(process, sent, len(messages))
    failed = [answer.get("message") for answer in answers if answer.get("type") == "Error"]
    if failed or len(answers) < len(messages):
        reason = failed[0] if failed else f"it ended with status {process.returncode}"
        raise BuildError(f"the search index cannot be written: {reason}", "Free some space or check the folder")
    return answers


def _exchange(process: "subprocess.Popen[bytes]", sent: bytes, expected: int) -> list[dict[str, Any]]:
    """Write and read at once: both pipes are shorter than what goes through them. It stops working when stdin closes."""
    if not process.stdin or not process.stdout:
        raise BuildError("the search index cannot be written: no pipe", "")
    stdin, stdout = process.stdin, process.stdout

    def write() -> None:
        try:
            stdin.write(sent)
            stdin.flush()
        except OSError:
            pass  # it ended early, which the missing answers tell

    writer = threading.Thread(target=write)
    writer.start()
    received, count = bytearray(), 0
    while count < expected and (more := stdout.read1(1 << 16)):  # type: ignore[attr-defined]
        received += more
        count += more.count(b",")
    writer.join()
    return [json.loads(base64.b64decode(answer))["payload"] for answer in received.split(b",")[:-1]]


def _put_in_order(files: Files) -> Files:
    entry = json.loads(files["pagefind-entry.json"])
    if entry["version"] != VERSION:
        raise ValueError(f"the format of pagefind {entry['version']} is not known")
    for language, facts in sorted(entry["languages"].items()):
        meta = _parse(files.pop(f"pagefind.{facts['hash']}.pf_meta"))
        new = {name: _sort_filter(files, language, name) for _, name in meta[3]}
        meta[3] = sorted([key, new[name]] for key, name in meta[3])
        meta[4] = sorted(meta[4])
        facts["hash"] = _add(files, "pagefind.{}.pf_meta", language, meta, 10)
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return files | {"pagefind-entry.json": text.encode()}


def _sort_filter(files: Files, language: str, name: str) -> str:
    key, values = _parse(files.pop(f"filter/{name}.pf_filter"))
    return _add(files, "filter/{}.pf_filter", language, [key, sorted(values)], 7)


def _parse(data: bytes) -> Any:
    data = gzip.decompress(data)
    if not data.startswith(MAGIC):
        raise ValueError("a file does not begin as we know it")
    return parse_cbor(data.removeprefix(MAGIC))


def _add(files: Files, pattern: str, language: str, value: Value, length: int) -> str:
    """Add a file under a name made of its content, and return the name as other files say it."""
    data = MAGIC + render_cbor(value)
    name = f"{language}_{hashlib.sha256(data).hexdigest()[:length]}"
    files[pattern.format(name)] = gzip.compress(data, 9, mtime=0)
    return name
