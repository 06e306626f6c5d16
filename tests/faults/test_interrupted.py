"""A night that is interrupted leaves the archive as it was, and one more run reaches the state of a run without it."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.conftest import NIGHT
from tests.running import command, environment, hear_interrupts, run, snapshot


def start(root: Path, **extra: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        command("tonight", "--date", NIGHT),
        env=environment(root, **extra),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=hear_interrupts,
    )


def living(session: int) -> list[int]:
    """Return the processes of a session that have not ended."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def wait_for_workers(process: "subprocess.Popen[str]") -> None:
    """Wait until the run has started the processes that draw."""
    deadline = time.monotonic() + 60
    while len(living(process.pid)) < 3:
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_interrupted_night_leaves_nothing_and_is_told_by_the_next_run(
    archive: Path, told: Path, sent: signal.Signals
) -> None:
    before = snapshot(archive)
    process = start(archive)
    wait_for_workers(process)
    process.send_signal(sent)
    _, err = process.communicate(timeout=60)
    if sent is signal.SIGKILL:
        assert process.returncode == -signal.SIGKILL
    else:
        assert process.returncode == 130
        assert "interrupted" in err
        assert "Traceback" not in err
    assert snapshot(archive) == before
    deadline = time.monotonic() + 30
    while living(process.pid):
        assert time.monotonic() < deadline, "processes were left behind"
        time.sleep(0.05)
    assert run(archive, "tonight", "--date", NIGHT).code == 0
    assert snapshot(archive) == snapshot(told)


def test_two_runs_at_once_are_one_story(archive: Path, told: Path) -> None:
    first = start(archive)
    wait_for_workers(first)
    second = run(archive, "tonight", "--date", NIGHT)
    assert second.code == 1
    assert "another run is at work" in second.err
    assert first.wait(timeout=120) == 0
    first.communicate()
    assert snapshot(archive) == snapshot(told)


def test_a_story_without_ffmpeg_is_filed_and_gets_its_voice_later(archive: Path, told: Path, tmp_path: Path) -> None:
    ran = run(archive, "tonight", "--date", NIGHT, IMAGEIO_FFMPEG_EXE=str(tmp_path / "nothing"))
    assert ran.code == 3, ran.err
    assert "ffmpeg" in ran.err
    assert "without narration as yet" in ran.out
    assert "Traceback" not in ran.err
    assert run(archive, "tonight", "--date", NIGHT).code == 0
    assert snapshot(archive) == snapshot(told)


def test_a_full_disk_is_one_clear_sentence_and_leaves_the_archive_as_it_was(archive: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root for a small disk of its own")
    probe = subprocess.run(["unshare", "-m", "sh", "-c", "mount -t tmpfs none /mnt"], check=False, capture_output=True)
    if probe.returncode:
        pytest.skip("this machine lets nobody mount")
    script = 'mount -t tmpfs -o size=1m none "$0/.taleshelf" && exec "$@"'
    (archive / ".taleshelf").mkdir()
    before = snapshot(archive)
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script, str(archive), *command("tonight", "--date", NIGHT)],
        env=environment(archive),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "Error: the disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    assert snapshot(archive) == before
