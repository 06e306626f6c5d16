"""The commands of the workflows: what was asked for, what is kept, what is to be built. Run as a workflow runs them."""

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from generator.archive import Archive, read_page
from generator.git import make_environment
from generator.money.ledger import Book, Ledger, Record, State
from generator.story import Slot
from tests.races.field import git
from tests.running import Ran, run

SLOT = Slot(date(2026, 3, 15))
IDEA = "a hedge\u202ehog called Bramble\x07 who finds\na violin in the rain"


@pytest.fixture
def checkout(lent: Path, tmp_path: Path) -> Path:
    """The archive with one night, in a repository with a bare remote."""
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "remote.git")
    (lent / ".gitignore").write_text("/.taleshelf/\n/site/\n")
    git(lent, "init", "--quiet", "--initial-branch=main")
    git(lent, "add", "--all")
    git(lent, "commit", "--quiet", "-m", "Start")
    git(lent, "remote", "add", "origin", str(tmp_path / "remote.git"))
    git(lent, "push", "--quiet", "--set-upstream", "origin", "main")
    return lent


def ask(root: Path, number: str = "19283746", **inputs: str) -> Ran:
    """Start the nightly workflow by hand, as its step does."""
    event = root / ".taleshelf" / "event.json"
    event.parent.mkdir(exist_ok=True)
    event.write_text(json.dumps({"inputs": inputs, "ref": "refs/heads/main"}))
    return run(root, "extra", "--pending-ok", GITHUB_EVENT_PATH=str(event), GITHUB_RUN_ID=number)


def set_zone(root: Path, zone: str) -> None:
    (root / "taleshelf.toml").write_text(f'[site]\ntimezone = "{zone}"\n')


def list_extras(root: Path) -> list[Path]:
    return [folder for folder in Archive(root / "content/stories").folders() if "-x-" in folder.name]


def test_a_run_that_is_repeated_on_another_day_is_the_same_story(archive: Path) -> None:
    set_zone(archive, "Pacific/Niue")
    ran = ask(archive, idea=IDEA, age="3-5", place="teacup harbour", seed="7")
    assert ran.code == 0, ran.err
    (extra,) = list_extras(archive)
    page = read_page(extra)
    assert (page.age, page.place) == ("3-5", "teacup-harbour")
    assert "Bramble" in (extra / "index.md").read_text()
    set_zone(archive, "Pacific/Kiritimati")  # where it is always another day
    again = ask(archive, idea=IDEA, age="3-5", place="teacup harbour", seed="7")
    assert (again.code, "already told" in again.out) == (0, True), again.err
    assert list_extras(archive) == [extra]


def test_a_form_left_empty_asks_for_nothing_extra(archive: Path) -> None:
    ran = ask(archive, idea=" ", genre="any", age="", minutes="")
    assert (ran.code, ran.out) == (0, "Nothing extra is asked for.\n")
    assert list_extras(archive) == []


REFUSED = {
    "a link": ({"idea": "the story at https://example.org/x", "cast": "pip"}, "a web address"),
    "nobody": ({"cast": "::error::nobody"}, "cast: there is no '::error::nobody'"),
    "all at once": ({"age": "4", "seed": "-1", "language": "English"}, "language: 'English'"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_told_is_said_in_one_line_that_no_runner_obeys(archive: Path, case: str) -> None:
    inputs, words = REFUSED[case]
    ran = ask(archive, **inputs)
    assert (ran.code, words in ran.err) == (2, True), ran.err
    assert not any(line.startswith("::") for line in (ran.out + ran.err).splitlines())
    assert list_extras(archive) == []


def test_a_run_is_named_by_letters_and_digits(archive: Path) -> None:
    named = ask(archive, number="1; rm -rf .", idea="a duck")
    assert (named.code, "does not name a run" in named.err) == (2, True)


def test_what_was_paid_for_is_kept_on_a_branch_and_nothing_else_is(checkout: Path) -> None:
    assert run(checkout, "keep").code == 0
    assert git(checkout, "ls-remote", "origin", "refs/heads/drafts/*") == ""
    call = Record("k-1-0", "write", "openai", "m", "0" * 16, "2026-03-15T02:10:07+01:00", State.LANDED, 500, 400)
    free = Slot(date(2026, 3, 16))
    Book(checkout / ".taleshelf/slots" / str(SLOT)).write(Ledger(SLOT, records=(call,)))
    Book(checkout / ".taleshelf/slots" / str(free)).write(Ledger(free))
    ran = run(checkout, "keep")
    assert (ran.code, ran.out) == (0, f"{SLOT}: kept on origin/drafts/{SLOT}\n"), ran.err
    assert f"refs/heads/drafts/{SLOT}" in git(checkout, "ls-remote", "origin")
    assert str(free) not in git(checkout, "ls-remote", "origin")
    assert "was kept already" in run(checkout, "keep").out


def test_work_that_cannot_be_kept_is_said_with_an_exit_code_that_means_again(checkout: Path) -> None:
    call = Record("k-1-0", "write", "openai", "m", "0" * 16, "2026-03-15T02:10:07+01:00", State.LANDED, 500, 400)
    Book(checkout / ".taleshelf/slots" / str(SLOT)).write(Ledger(SLOT, records=(call,)))
    git(checkout, "remote", "set-url", "origin", str(checkout.parent / "gone.git"))
    ran = run(checkout, "keep")
    assert (ran.code, "Traceback" in ran.err) == (4, False)


def test_the_plan_names_the_commit_that_the_remote_has_and_where_it_goes(checkout: Path, tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    (checkout / "content" / "about.md").write_text("# About\n\nAnother word.\n")
    assert run(checkout, "commit").code == 0
    ran = run(checkout, "plan", GITHUB_OUTPUT=str(outputs))
    tip = git(tmp_path / "remote.git", "rev-parse", "main").strip()
    assert ran.code == 0, ran.err
    assert outputs.read_text() == ran.out == f"commit={tip}\ndelivery=pages\nreview=false\n"
    (checkout / "taleshelf.toml").write_text('[publish.s3]\nbucket = "tales-of-mine"\n[drafts]\nreview = true\n')
    assert run(checkout, "plan").out == f"commit={tip}\ndelivery=s3\nreview=true\n"
    (checkout / "taleshelf.toml").write_text('[publish]\nto = "branch"\n[publish.s3]\nbucket = "tales-of-mine"\n')
    assert "delivery=branch" in run(checkout, "plan").out


def test_a_schedule_in_another_zone_than_the_nights_is_pointed_out(checkout: Path) -> None:
    workflows = checkout / ".github" / "workflows"
    workflows.mkdir(parents=True)
    text = 'on:\n  schedule:\n    - cron: "43 0 * * *"\n      timezone: "{}"\n'
    (workflows / "nightly.yml").write_text(text.format("UTC"))
    assert run(checkout, "plan").err == ""
    (workflows / "nightly.yml").write_text(text.format("Europe/Berlin"))
    assert "nightly.yml goes by Europe/Berlin" in run(checkout, "plan").err


def test_a_checkpoint_is_switched_on_by_the_workflow_and_needs_no_setting(checkout: Path) -> None:
    git(checkout, "remote", "set-url", "origin", str(checkout.parent / "gone.git"))
    assert "are left alone" not in run(checkout, "tonight", "--date", "2026-03-14").err
    assert (
        "the drafts on origin are left alone"
        in run(checkout, "tonight", "--date", "2026-03-14", TALESHELF_CHECKPOINT="1").err
    )


def test_git_reaches_the_repository_of_the_workflow_with_its_token_and_no_other_one() -> None:
    given = {
        "GITHUB_TOKEN": "ghs_canary",
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_REPOSITORY": "owner/tales",
        "PATH": "/usr/bin:/bin",
    }
    given |= {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.name", "GIT_CONFIG_VALUE_0": "Somebody"}

    def look(url: str) -> str:
        told = ["git", "config", "--get-urlmatch", "http.extraheader", url]
        environment = make_environment(given) | {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
        return subprocess.run(
            told, env=environment, capture_output=True, text=True, check=False, cwd="/"
        ).stdout.strip()

    assert look("https://github.com/owner/tales") == "Authorization: Basic eC1hY2Nlc3MtdG9rZW46Z2hzX2NhbmFyeQ=="
    assert look("https://github.com/owner/tales.git") == look("https://github.com/owner/tales/") != ""
    assert look("https://github.com/owner/tales-media-2026.git") == ""
    assert look("https://example.org/owner/tales") == ""
    assert look("http://github.com/owner/tales") == ""
    kept = make_environment(given)
    assert kept["GIT_CONFIG_KEY_0"] == "user.name"
    assert "GIT_CONFIG_KEY_0" not in make_environment({"GITHUB_TOKEN": "ghs_canary"})


def test_a_fork_needs_no_address_where_github_pages_has_one_for_it(lent: Path) -> None:
    def ask_address(repository: str) -> str:
        ran = run(lent, "summary", str(record), TALESHELF_SITE_URL="pages", GITHUB_REPOSITORY=repository)
        return ran.out if ran.code == 0 else ran.err

    record = lent / "record.jsonl"
    assert run(lent, "tonight", "--date", "2026-03-14", TALESHELF_RECORD=str(record)).code == 0
    assert "](https://anna.github.io/Tales/stories/2026/03/14-" in ask_address("Anna/Tales")
    assert "](https://anna.github.io/stories/2026/03/14-" in ask_address("anna/Anna.github.io")
    assert "Hint: " in ask_address("anna/../x")
    (lent / "mkdocs.yml").write_text("site_name: Tales\nsite_url: https://tales.example.org/\n")
    assert "](https://tales.example.org/stories/2026/03/14-" in ask_address("Anna/Tales")


def test_the_ids_of_a_podcast_are_committed_once_it_has_an_address(checkout: Path) -> None:
    assert run(checkout, "commit").out.endswith("nothing new\n")
    ran = run(checkout, "commit", TALESHELF_SITE_URL="pages", GITHUB_REPOSITORY="anna/tales")
    assert ran.code == 0, ran.err
    assert "content/.podcast.json" in git(checkout, "ls-tree", "-r", "--name-only", "HEAD")
