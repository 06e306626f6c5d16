import hashlib
import random
import subprocess
import sys
from pathlib import Path

import pytest

from generator.durable import make_folder, write_durably

WRITER = """
import hashlib, itertools, sys
from pathlib import Path
from generator.durable import write_durably
sys.stdin.readline()
print("ready", flush=True)
for number in itertools.count():
    body = str(number).encode() * 50_000
    write_durably(Path(sys.argv[1]), hashlib.sha256(body).hexdigest().encode() + body)
"""


def test_a_file_is_whole_at_whatever_moment_its_writer_is_killed(tmp_path: Path) -> None:
    path, rng = tmp_path / "ledger.json", random.Random(3)
    seen = set()
    starting = [start(path) for _ in range(2)]
    for _ in range(30):
        writer = starting.pop(0)
        starting.append(start(path))
        assert writer.stdin
        assert writer.stdout
        writer.stdin.write(b"go\n")
        writer.stdin.flush()
        writer.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            writer.wait(rng.uniform(0.001, 0.03))
        end(writer)
        if path.exists():
            data = path.read_bytes()
            assert hashlib.sha256(data[64:]).hexdigest().encode() == data[:64]
            seen.add(data[:64])
    for writer in starting:
        end(writer)
    assert len(seen) > 1
    write_durably(path, b"after all")
    assert path.read_bytes() == b"after all"


def start(path: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "ledger.json"
    write_durably(path, b"old")
    with pytest.raises(TypeError):
        write_durably(path, None)  # type: ignore[arg-type]
    assert path.read_bytes() == b"old"
    write_durably(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_folders_are_made_with_those_above_them_and_may_be_there(tmp_path: Path) -> None:
    for _ in range(2):
        make_folder(tmp_path / "slots" / "2026-11-21" / "inbox")
    assert (tmp_path / "slots" / "2026-11-21" / "inbox").is_dir()
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        make_folder(tmp_path / "file" / "inbox")
