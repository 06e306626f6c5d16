"""Whole nights with the cloud's own SDKs against servers on loopback: what is asked, paid, kept and taken up again."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import NIGHT
from tests.fakes.clouds import CANARIES, Clouds, Rule, Script
from tests.running import Ran, run
from tests.samples import make_archive

STUDIO = """
[stories]
ages = ["3-5"]
[studio]
writers = ["{writer}"]
illustrators = ["{illustrator}"]
narrators = ["{narrator}"]
"""


@pytest.fixture
def clouds() -> Iterator[Clouds]:
    with Clouds() as running:
        yield running


def settle(
    root: Path, more: str = "", *, writer: str = "bedrock", illustrator: str = "openai", narrator: str = "polly"
) -> Path:
    """Write the settings of an archive."""
    text = STUDIO.format(writer=writer, illustrator=illustrator, narrator=narrator)
    (root / "taleshelf.toml").write_text(text + more)
    return root


def tell(root: Path, clouds: Clouds, *arguments: str, **extra: str) -> Ran:
    ran = run(root, *(arguments or ("tonight", "--date", NIGHT)), **clouds.environment(), **extra)
    assert not any(secret in ran.out + ran.err for secret in CANARIES.values())
    return ran


def read_made(root: Path) -> dict[str, object]:
    (path,) = root.glob("content/stories/*/*/*/story.json")
    made: dict[str, object] = json.loads(path.read_text())
    return made


@pytest.mark.parametrize(
    ("writer", "illustrator", "narrator"),
    [("openai", "openai", "openai"), ("bedrock", "bedrock", "polly"), ("openai", "replicate", "polly")],
)
def test_a_night_in_the_cloud_is_a_whole_story_that_says_who_made_it_and_what_it_cost(
    archive: Path, clouds: Clouds, writer: str, illustrator: str, narrator: str
) -> None:
    settle(archive, writer=writer, illustrator=illustrator, narrator=narrator)
    ran = tell(archive, clouds)
    assert ran.code == 0, ran.err
    assert "did not deliver" not in ran.err
    made = read_made(archive)
    steps = made["steps"]
    assert isinstance(steps, dict)
    assert [steps[step]["by"].split()[0] for step in ("write", "illustrate", "narrate")] == [
        writer,
        illustrator,
        narrator,
    ]
    assert all(step["cost"] > 0 for step in steps.values())
    assert tell(archive, clouds, "check").code == 0
    told = json.loads(tell(archive, clouds, "costs", "--json").out)
    assert sum(row["spent"] for row in told) == pytest.approx(sum(step["cost"] for step in steps.values()))
    before = len(clouds.requests)
    again = tell(archive, clouds)
    assert "nothing to do" in again.out
    assert len(clouds.requests) == before


def test_over_the_cap_the_embedded_providers_take_over_and_say_why(archive: Path, clouds: Clouds) -> None:
    settle(archive, "[money]\nmonth = 0.01\n")
    ran = tell(archive, clouds)
    assert ran.code == 0, ran.err
    assert "of the $0.01 for a month" in ran.err
    assert clouds.paid("openai.image") == 0
    assert clouds.paid("polly.*") == 0
    steps = read_made(archive)["steps"]
    assert isinstance(steps, dict)
    assert steps["illustrate"]["by"].startswith("embedded")


def test_a_picture_that_its_vendor_is_still_at_work_on_is_added_later_and_paid_once(
    archive: Path, clouds: Clouds
) -> None:
    settle(
        archive,
        "[providers.replicate]\ndeadline = 2\n",
        writer="embedded",
        illustrator="replicate",
        narrator="embedded",
    )
    clouds.state.polls = 1000
    ran = tell(archive, clouds)
    assert ran.code == 3, ran.err
    assert "without pictures as yet" in ran.out
    (page,) = archive.glob("content/stories/*/*/*/index.md")
    assert 'pending: ["pictures"]' in page.read_text()
    assert tell(archive, clouds, "check").code == 0
    ordered = clouds.paid("replicate.create")
    guid = [line for line in page.read_text().splitlines() if line.startswith("guid")]
    clouds.state.polls = 1
    settle(archive, writer="embedded", illustrator="replicate", narrator="embedded")
    done = tell(archive, clouds, "finish")
    assert done.code == 0, done.err
    assert clouds.paid("replicate.create") == ordered
    assert "pending" not in page.read_text()
    assert [line for line in page.read_text().splitlines() if line.startswith("guid")] == guid
    assert (page.parent / "cover-square.jpg").is_file()
    assert tell(archive, clouds, "check").code == 0
    assert not any((archive / ".taleshelf/slots").iterdir())
    assert "Nothing is unfinished" in tell(archive, clouds, "finish").out


def test_words_changed_by_hand_while_the_voice_was_missing_stay_and_are_read(archive: Path, clouds: Clouds) -> None:
    settle(archive, writer="embedded", illustrator="embedded", narrator="embedded")
    missing = archive / "no-ffmpeg"
    ran = run(archive, "tonight", "--date", NIGHT, IMAGEIO_FFMPEG_EXE=str(missing))
    assert ran.code == 3, ran.err
    assert "without narration as yet" in ran.out
    (page,) = archive.glob("content/stories/*/*/*/index.md")
    text = page.read_text()
    last = [line for line in text.splitlines() if line and not line.startswith(("#", "!", "-"))][-1]
    page.write_text(text.replace(last, "And that was the end, dear reader."))
    assert run(archive, "finish").code == 0
    assert "And that was the end, dear reader." in page.read_text()
    timing = json.loads((page.parent / "timing.json").read_text())
    assert "And that was the end, dear reader." in [row["text"] for row in timing]


def test_the_doctor_names_what_lives_what_is_missing_and_what_a_story_costs_without_spending(
    archive: Path, clouds: Clouds
) -> None:
    settle(archive)
    ran = tell(archive, clouds, "doctor", "--json")
    assert ran.code == 0, ran.err
    examined = {(one["role"], one["name"]): one for one in json.loads(ran.out)}
    assert examined["illustrators", "openai"]["set"] == ["OPENAI_API_KEY", "OPENAI_BASE_URL"]
    assert all(model["alive"] for model in examined["writers", "bedrock"]["models"])
    assert examined["narrators", "polly"]["costs"][0]["micro_dollars"] > 0
    assert clouds.paid("*") == 0
    clouds.script = Script(Rule("openai.model", "model-gone"))
    sick = tell(archive, clouds, "doctor")
    assert sick.code == 1
    assert "not ready: openai" in sick.err


def test_voices_are_listed_and_one_is_heard_and_paid_for_once(archive: Path, clouds: Clouds, tmp_path: Path) -> None:
    settle(archive)
    listed = tell(archive, clouds, "voices")
    assert listed.code == 0, listed.err
    assert "Ruth" in listed.out
    name = next(line.split()[1] for line in listed.out.splitlines() if line.startswith("polly"))
    sample = Path(f"voice-{name.lower()}.mp3")
    try:
        heard = tell(archive, clouds, "voices", "--sample", name)
        assert heard.code == 0, heard.err
        assert sample.stat().st_size > 10_000
        paid = clouds.paid("polly.*")
        sample.unlink()
        assert tell(archive, clouds, "voices", "--sample", name).code == 0
        assert clouds.paid("polly.*") == paid
        costs = json.loads(tell(archive, clouds, "costs", "--json").out)
        assert costs[0]["provider"] == "polly"
    finally:
        sample.unlink(missing_ok=True)
    assert tell(archive, clouds, "voices", "--sample", "Nobody").code == 2


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=Owner", "-c", "user.email=owner@example.invalid", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A bare remote with an archive on its main branch."""
    work = make_archive(tmp_path / "work")
    (work / ".gitignore").write_text("/.taleshelf/\n/site/\n")
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "remote.git")
    git(work, "init", "--quiet", "--initial-branch=main")
    return tmp_path / "remote.git"


def publish(remote: Path, more: str) -> None:
    work = settle(remote.parent / "work", more, writer="openai", illustrator="bedrock", narrator="polly")
    git(work, "add", ".")
    git(work, "commit", "--quiet", "-m", "An archive")
    git(work, "push", "--quiet", str(remote), "main")


def clone(remote: Path, name: str) -> Path:
    """Return a fresh clone: the disk of a machine that is thrown away after the run."""
    git(remote.parent, "clone", "--quiet", "--depth=1", f"file://{remote}", name)
    return remote.parent / name


def test_what_was_paid_for_survives_a_machine_that_is_thrown_away(remote: Path, clouds: Clouds) -> None:
    publish(remote, "[drafts]\ncheckpoint = true\n")
    first = clone(remote, "first")
    killed = tell(first, clouds, TALESHELF_FAILPOINT="narration.made")
    assert killed.code == -9
    shutil.rmtree(first)
    paid = clouds.paid("*")
    assert paid > 5
    second = clone(remote, "second")
    ran = tell(second, clouds)
    assert ran.code == 0, ran.err
    assert clouds.paid("*") == paid
    assert git(second, "status", "--porcelain").split() == ["??", "content/stories/"]
    git(second, "add", ".")
    git(second, "commit", "--quiet", "-m", "A story")
    git(second, "push", "--quiet", "origin", "main")
    third = clone(remote, "third")
    assert tell(third, clouds).code == 0
    assert clouds.paid("*") == paid
    assert "drafts/" not in git(remote, "branch", "--list")
    assert not any(
        secret.encode() in path.read_bytes()
        for secret in CANARIES.values()
        for path in remote.rglob("*")
        if path.is_file()
    )


def test_under_review_a_story_waits_on_its_branch_and_is_neither_told_nor_paid_again(
    remote: Path, clouds: Clouds
) -> None:
    publish(remote, "[drafts]\nreview = true\n")
    first = clone(remote, "first")
    ran = tell(first, clouds)
    assert ran.code == 0, ran.err
    assert f"waits on the branch drafts/{NIGHT}" in ran.out
    assert not list(first.glob("content/stories/**/index.md"))
    paid = clouds.paid("*")
    again = tell(clone(remote, "second"), clouds)
    assert again.code == 0, again.err
    assert "nothing to do" in again.out
    assert clouds.paid("*") == paid
    changed = git(remote, "diff", "--name-only", "main", f"drafts/{NIGHT}").split()
    assert {Path(name).name for name in changed} >= {"index.md", "cover.webp", "narration.mp3", "story.json"}
    assert all(name.startswith("content/stories/2026/03/14-") for name in changed)


def test_without_its_remote_a_night_buys_nothing_and_is_told_all_the_same(remote: Path, clouds: Clouds) -> None:
    publish(remote, "[drafts]\ncheckpoint = true\n")
    first = clone(remote, "first")
    remote.rename(remote.with_suffix(".gone"))
    ran = tell(first, clouds)
    assert ran.code == 0, ran.err
    assert "nothing is bought" in ran.err
    assert clouds.paid("*") == 0
