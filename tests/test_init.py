"""`taleshelf init`: an archive of one's own, from a checkout and from an installed package."""

import os
import pty
import shutil
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from generator.cli import cli
from generator.config import load_config
from generator.errors import ConfigError
from generator.founding import find_template, move_ticks
from generator.template_names import NAMES
from tests.running import command, snapshot
from tests.samples import ROOT

WHEEL = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import generator
assert Path(generator.__file__).is_relative_to(sys.argv[1]), generator.__file__
from generator.cli import main
sys.argv = ["taleshelf", *sys.argv[2:]]
main()
"""


TICKING = ("nightly", "watchdog")


def start(where: Path, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run `taleshelf` with no git settings of this machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "TALESHELF"))}
    environment = {**kept, "HOME": str(where), "PYTHONPATH": str(ROOT), **extra}
    return subprocess.run(
        command(*arguments), cwd=where, env=environment, capture_output=True, text=True, timeout=180, check=False
    )


def git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


def test_in_an_empty_folder_a_night_is_told_and_the_site_is_built(tmp_path: Path) -> None:
    (tmp_path / "tales").mkdir()
    made = start(tmp_path, "init", "tales", "--yes", "--name", "Tales of Two Owls", "--cast", "pip,gus")
    assert (made.returncode, made.stderr) == (0, "")
    assert "No names of real children" in made.stdout
    root = tmp_path / "tales"
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "rev-list", "--count", "HEAD") == "1"
    assert git(root, "log", "-1", "--format=%an <%ae>") == "Taleshelf <noreply@taleshelf.invalid>"
    here = {"PYTHONPATH": str(root)}  # the program that came along
    for told in (("tonight", "--date", "2026-03-14"), ("build",), ("check",)):
        ran = start(root, *told, **here)
        assert ran.returncode == 0, ran.stderr
    assert "Tales of Two Owls" in (root / "site/index.html").read_text()
    assert {path.stem for path in (root / "content/cast").glob("*.md")} == {"pip", "gus", "index"}
    assert len(list((root / "site/stories").rglob("*.mp3"))) == 1
    assert git(root, "status", "--porcelain").startswith("?? content/")
    again = start(root, "init", "second", **here)  # and it can found another one, without its own stories
    assert again.returncode == 0, again.stderr
    assert not (root / "second/content/stories").exists()


def test_the_wheel_brings_the_template_along(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in (*NAMES, "README.md", "generator"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (ROOT / name).is_file():
            shutil.copy(ROOT / name, source / name)
    (source / "content/stories/2026/01/01-a-story").mkdir(parents=True)
    (source / "content/stories/2026/01/01-a-story/index.md").write_text("of whoever built it")
    (source / "content/.podcast.json").write_text("{}")
    quiet = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation", "--no-index")
    subprocess.run([sys.executable, "-m", "pip", "wheel", *quiet, "-w", str(tmp_path), str(source)], check=True)
    wheel = next(tmp_path.glob("*.whl"))
    target = tmp_path / "installed"
    subprocess.run([sys.executable, "-m", "pip", "install", *quiet, "--target", str(target), str(wheel)], check=True)
    run = [sys.executable, "-P", "-c", WHEEL, str(target), "init", str(tmp_path / "tales"), "--yes"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    made = snapshot(tmp_path / "tales")
    ours = {path.split("/", 1)[-1] for path in made if not path.startswith(".git/")}
    assert not (tmp_path / "tales/content/stories").exists()
    assert not (tmp_path / "tales/content/.podcast.json").exists()
    assert {"story.html", "taleshelf.toml", "pyproject.toml"} <= ours | {Path(path).name for path in made}
    assert snapshot(ROOT / "site_template") == snapshot(tmp_path / "tales/site_template")
    assert "generator/template" not in made
    assert load_config(tmp_path / "tales").show == "Tales of the Lantern Shelf"


def test_answers_arrive_as_they_were_given(tmp_path: Path) -> None:
    name = 'Nan\'s "Owls": & #1 <b>, é, {x}'
    options = ("--site-url", "https://you.example.org/tales", "--timezone", "Europe/Berlin", "--ages", "6-8,3-5")
    made = start(tmp_path, "init", "a b/tales", "--name", name, *options, "--language", "de", "--hour", "18")
    assert made.returncode == 0, made.stderr
    assert "tells in English" in made.stderr
    root = tmp_path / "a b/tales"
    config = load_config(root)
    assert (config.show, config.site_url, config.language) == (name, "https://you.example.org/tales/", "de")
    assert config.timezone.key == "Europe/Berlin"
    assert [age.value for age in config.ages] == ["6-8", "3-5"]
    assert "from 18:00 on (Europe/Berlin)" in (root / "README.md").read_text()
    nightly, watchdog = (yaml.safe_load((root / f".github/workflows/{name}.yml").read_text())[True] for name in TICKING)
    assert {tick["timezone"] for tick in (*nightly["schedule"], *watchdog["schedule"])} == {"Europe/Berlin"}
    assert [int(tick["cron"].split()[1]) for tick in nightly["schedule"]] == [18, 20, 21, 23]
    assert len(watchdog["schedule"]) == 3
    assert str(config.watch_by) == "23:59:00"
    before, after = ((where / "taleshelf.toml").read_text().splitlines() for where in (find_template(), root))
    assert [line.partition("#")[2] for line in before] == [line.partition("#")[2] for line in after]
    assert sum(old != new for old, new in zip(before, after, strict=True)) == 4


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--name", ""), "1 to 80 characters"),
        (("--name", "x" * 81), "1 to 80 characters"),
        (("--name", "\x1b\x07"), "1 to 80 characters"),
        (("--site-url", "ftp://x.example"), "is not an address"),
        (("--site-url", "https://x.example/?a"), "address of a folder"),
        (("--language", "english"), "not a language code"),
        (("--timezone", "../../etc/passwd"), "not a time zone"),
        (("--timezone", "Berlin"), "not a time zone"),
        (("--hour", "24"), "not an hour"),
        (("--hour", "-1"), "not an hour"),
        (("--ages", "3-99"), "none of 3-5, 6-8, 9-12"),
        (("--ages", ","), "none of 3-5, 6-8, 9-12"),
        (("--cast", "pip"), "a hero and a helper"),
        (("--cast", "pip,../gus"), "none of"),
    ],
)
def test_an_answer_that_cannot_be_meant_founds_nothing(tmp_path: Path, options: tuple[str, str], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        cli.main(["init", str(tmp_path / "tales"), *options], standalone_mode=False)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    before = snapshot(tmp_path)
    for name in ("full", "link"):
        made = start(tmp_path, "init", name)
        assert made.returncode == 2
        assert "already" in made.stderr
    assert start(tmp_path, "init", "file").returncode == 2
    assert snapshot(tmp_path) == before


def test_an_archive_may_be_founded_where_one_stands(tmp_path: Path) -> None:
    here = tmp_path / "tales"
    here.mkdir()
    inode = here.stat().st_ino
    made = start(here, "init", ".")
    assert made.returncode == 0, made.stderr
    assert here.stat().st_ino == inode
    assert git(here, "status", "--porcelain") == ""
    assert [path.name for path in tmp_path.iterdir()] == ["tales"]


def test_without_git_nothing_is_left_behind(tmp_path: Path) -> None:
    made = start(tmp_path, "init", "tales", PATH=str(tmp_path))
    assert made.returncode == 1
    assert "git cannot be started" in made.stderr
    assert list(tmp_path.iterdir()) == []


def test_questions_are_asked_until_they_are_answered(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    environment = os.environ | {"HOME": str(tmp_path), "TERM": "dumb"}
    process = subprocess.Popen(
        command("init", "tales"),
        cwd=tmp_path,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    os.write(ours, b"Owl Tales\n\n\nBerlin\nEurope/Berlin\n21\n6-8\npip\npip, dot\n")
    said = b""
    try:
        while part := _read(ours):
            said += part
        assert process.wait(60) == 0, said.decode()
    finally:
        os.close(ours)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            process.wait()
    text = said.decode()
    assert text.index("No names of real children") < text.index("What is it called?")
    assert "'Berlin' is not a time zone" in text
    assert "a hero and a helper" in text
    config = load_config(tmp_path / "tales")
    assert (config.show, config.timezone.key) == ("Owl Tales", "Europe/Berlin")
    assert {path.stem for path in (tmp_path / "tales/content/cast").glob("*.md")} == {"pip", "dot", "index"}


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # the other side has ended
        return b""


WORKFLOW = """on:
  schedule:
    - cron: "43 0 * * *"
      timezone: UTC
    - cron: "17 2 * * *"
      timezone: UTC
    - cron: "37 12 * * *"
      timezone: UTC
  workflow_dispatch:
"""


def test_the_ticks_of_a_night_begin_at_its_hour_and_stay_within_its_day() -> None:
    moved = move_ticks(WORKFLOW, "Europe/Berlin", 18)
    schedule = yaml.safe_load(moved)[True]["schedule"]
    assert schedule == [
        {"cron": "43 18 * * *", "timezone": "Europe/Berlin"},
        {"cron": "17 20 * * *", "timezone": "Europe/Berlin"},
    ]
    assert move_ticks(WORKFLOW, "UTC", 0) == WORKFLOW
    assert len(yaml.safe_load(move_ticks(WORKFLOW, "UTC", 23))[True]["schedule"]) == 1


def test_everything_that_is_copied_is_named_once_and_the_package_is_told() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert {name for name in NAMES if not name.startswith(".github")} <= {path.name for path in ROOT.iterdir()}
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["name"] == "taleshelf"
