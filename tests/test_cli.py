"""The commands, run as a person runs them."""

import json
import os
import re
import signal
import subprocess
from pathlib import Path
from urllib.request import urlopen

import pytest

from generator.archive import Archive, read_page
from generator.pictures import open_picture
from tests.conftest import NIGHT
from tests.running import command, environment, hear_interrupts, run, snapshot


def folder_of(root: Path) -> Path:
    return Archive(root / "content" / "stories").folders()[0]


def test_tonight_files_a_whole_story_and_says_where(told: Path) -> None:
    folder = folder_of(told)
    page = read_page(folder)
    assert folder.parent == told / "content/stories/2026/03"
    assert folder.name.startswith("14-")
    assert page.word_count in page.age.words
    assert 3 <= len(page.sections) <= 6
    assert len(page.pictures) == len(page.sections) + 1
    assert all(alt for _, alt in page.pictures)
    assert page.moral
    assert page.question.endswith("?")
    assert page.written_by.startswith("embedded ")


def test_the_same_night_again_changes_nothing_and_says_so(lent: Path) -> None:
    before = snapshot(lent)
    ran = run(lent, "tonight", "--date", NIGHT)
    assert ran.code == 0
    assert "already told, nothing to do" in ran.out
    assert snapshot(lent) == before


def test_two_archives_of_the_same_name_tell_the_same_night_byte_for_byte(told: Path, archive: Path) -> None:
    assert run(archive, "tonight", "--date", NIGHT).code == 0
    assert snapshot(archive) == snapshot(told)


@pytest.fixture
def bare(tmp_path: Path) -> str:
    """A PYTHONPATH on which no SDK of a vendor can be imported, as after an install without extras."""
    folder = tmp_path / "bare"
    folder.mkdir()
    for name in ("openai", "httpx2", "boto3", "botocore", "replicate"):
        (folder / f"{name}.py").write_text(f"raise ModuleNotFoundError(\"No module named '{name}'\", name='{name}')\n")
    return os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))


def test_a_night_needs_no_sdk_and_asks_for_none(told: Path, archive: Path, bare: str) -> None:
    ran = run(archive, "tonight", "--date", NIGHT, PYTHONPATH=bare)
    assert ran.code == 0, ran.err
    assert "installed" not in ran.err
    assert snapshot(archive) == snapshot(told)


def test_an_sdk_that_is_wanted_and_missing_is_named_and_keeps_nobody_from_a_story(archive: Path, bare: str) -> None:
    lists = 'writers = ["openai"]\nillustrators = ["bedrock"]\nnarrators = ["polly"]\n'
    (archive / "taleshelf.toml").write_text(f"[studio]\n{lists}")
    ran = run(archive, "tonight", "--date", NIGHT, PYTHONPATH=bare, OPENAI_API_KEY="canary")
    assert ran.code == 0, ran.err
    for said in (
        "moderators: openai was not heard",
        "writers: openai did not",
        "illustrators: bedrock",
        "narrators: polly",
    ):
        assert said in ran.err
    assert "the package for 'openai' is not installed" in ran.err
    assert "embedded" in read_page(folder_of(archive)).written_by
    ran = run(archive, "doctor", PYTHONPATH=bare)
    assert ran.code == 1
    assert "not ready: openai, bedrock, polly" in ran.err
    assert "Traceback" not in ran.err


def test_check_finds_nothing_wrong_with_what_was_made(told: Path) -> None:
    ran = run(told, "check")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("All is well: 1 story")


def spoil_sound(folder: Path) -> None:
    (folder / "narration.mp3").write_bytes((folder / "narration.mp3").read_bytes()[:-30_000])


def spoil_page(folder: Path, old: str, new: str) -> None:
    text, found = re.subn(old, new, (folder / "index.md").read_text(), count=1)
    assert found
    (folder / "index.md").write_text(text)


DAMAGES = {
    "a missing picture": (lambda f: (f / "scene-1.webp").unlink(), "scene-1.webp: file: is missing"),
    "a changed picture": (
        lambda f: (f / "cover.webp").write_bytes((f / "scene-1.webp").read_bytes()),
        "cover.webp: hash: ",
    ),
    "a broken picture": (lambda f: (f / "cover.webp").write_bytes(b"RIFF"), "cover.webp: picture: cannot be shown"),
    "a short recording": (spoil_sound, "narration.mp3: sound: "),
    "lost times": (lambda f: (f / "timing.json").write_text("[]x"), "timing.json: times: "),
    "a picture without words": (lambda f: spoil_page(f, r"!\[[^\]]+\]", "![]"), "index.md: alt: "),
    "a file of somebody else": (lambda f: (f / "notes.html").write_text("x"), "notes.html: stranger: "),
    "broken front matter": (lambda f: spoil_page(f, "genre: ", "genre: 'x"), "index.md: unreadable: "),
    "lost notes": (lambda f: (f / "story.json").unlink(), "story.json: unreadable: "),
    "another slot": (
        lambda f: spoil_page(f, 'slot: "2026-03-14"\ndate: "2026-03-14"', "slot: 2026-03-13"),
        "index.md: slot: ",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_check_names_every_damage_on_a_line_and_fails(lent: Path, damage: str) -> None:
    spoil, line = DAMAGES[damage]
    spoil(folder_of(lent))
    ran = run(lent, "check")
    assert ran.code == 1
    assert any(line in row for row in ran.out.splitlines()), ran.out
    assert run(lent, "check", "--json").code == 1


def test_status_counts_what_is_told_due_and_missed(lent: Path) -> None:
    ran = run(lent, "status", "--json")
    status = json.loads(ran.out)
    assert (ran.code, status["stories"], status["extras"], status["unfinished"]) == (0, 1, 0, 0)
    assert [row["state"] for row in status["rows"] if row["slot"] == NIGHT] == ["told"]
    assert status["bytes"] > 500_000
    assert "1 story (0 extra)" in run(lent, "status").out


def test_an_extra_story_is_what_was_wished_for(lent: Path) -> None:
    wish = [
        "--idea",
        "a hedgehog called Bramble who finds a violin in the rain",
        "--genre",
        "adventure",
        "--age",
        "3-5",
    ]
    options = [*wish, "--form", "prose", "--place", "teacup harbour", "--seed", "5", "--date", NIGHT]
    ran = run(lent, "write", *options)
    assert ran.code == 0, ran.err
    extra = next(f for f in Archive(lent / "content/stories").folders() if "-x-" in f.name)
    page = read_page(extra)
    text = " ".join(p for s in page.sections for p in s.paragraphs)
    assert (page.genre, page.age, page.form, page.place) == ("adventure", "3-5", "prose", "teacup-harbour")
    assert text.count("Bramble") >= 5
    assert "violin" in text
    again = run(lent, "write", *options)
    assert (again.code, "already told" in again.out) == (0, True)


BAD = {
    "tonight --date yesterday": (2, "'yesterday' is no date"),
    "tonight --date 2026-02-30": (2, "'2026-02-30' is no date"),
    "tonight --date 2999-01-01": (2, "still to come"),
    "write --idea": (2, "requires an argument"),
    "write --idea ''": (2, "the idea is empty"),
    "write --genre romance": (2, "'romance' is not one of"),
    "write --age 4": (2, "'4' is not one of"),
    "write --minutes 90": (2, "90"),
    "write --cast pip,pip": (2, "named twice"),
    "write --cast nobody": (2, "there is no 'nobody'"),
    "write --place Atlantis": (2, "there is no 'Atlantis'"),
    "write --series none": (2, "there is no 'none'"),
    "write --seed minus": (2, "'minus' is not a valid"),
    "tell": (2, "No such command 'tell'"),
    "serve": (2, "Build it first"),
    "rehearse": (2, "Missing option '--out'"),
}


@pytest.mark.parametrize("line", BAD)
def test_bad_input_is_one_clear_sentence_and_changes_nothing(archive: Path, line: str) -> None:
    import shlex

    before = snapshot(archive)
    ran = run(archive, *shlex.split(line))
    code, words = BAD[line]
    assert ran.code == code
    assert words in ran.err
    assert "Traceback" not in ran.err
    assert snapshot(archive) == before


def test_an_idea_of_401_characters_is_too_long(archive: Path) -> None:
    ran = run(archive, "write", "--idea", "a" * 401)
    assert (ran.code, "at most 400" in ran.err) == (2, True)


FILES = {
    "mistyped setting": (
        "taleshelf.toml",
        "[stories]\ncatchup = 3\n",
        2,
        "[stories] catchup: unknown (did you mean 'catch_up'?)",
    ),
    "unknown provider": ("taleshelf.toml", '[studio]\nwriters = ["quill"]\n', 2, "there is no 'quill'"),
    "settings that are none": ("taleshelf.toml", "catch up", 2, "taleshelf.toml: "),
    "a character without a name": (
        "content/cast/pip.md",
        "---\nkind: fox\n---\n",
        2,
        "content/cast/pip.md: name: missing",
    ),
    "no mkdocs.yml": ("mkdocs.yml", None, 2, "there is no mkdocs.yml"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_wrong_file_is_named_with_a_hint_and_nothing_is_written(archive: Path, case: str) -> None:
    name, text, code, words = FILES[case]
    (archive / name).unlink() if text is None else (archive / name).write_text(text)
    before = snapshot(archive)
    ran = run(archive, "tonight")
    assert (ran.code, words in ran.err, "Hint: " in ran.err, "Traceback" in ran.err) == (code, True, True, False), (
        ran.err
    )
    assert snapshot(archive) == before


def test_a_page_broken_by_hand_stops_the_night_with_file_and_line(lent: Path) -> None:
    spoil_page(folder_of(lent), 'title: "', "title: '")
    before = snapshot(lent)
    ran = run(lent, "tonight", "--date", "2026-03-15")
    assert ran.code == 1
    assert re.search(r"Error: stories/2026/03/14-.*/index\.md: line \d+: ", ran.err), ran.err
    assert "Hint: " in ran.err
    assert snapshot(lent) == before


def test_portraits_are_drawn_for_those_who_have_none_and_for_nobody_else(lent: Path) -> None:
    missing = {lent / "content/cast/pip.webp": (480, 480), lent / "content/places/amber-hollow.webp": (480, 360)}
    for path in missing:
        path.unlink()
    before = snapshot(lent)
    assert run(lent, "portraits").code == 0
    for path, size in missing.items():
        assert open_picture(path.read_bytes()).size == size
        assert len(path.read_bytes()) <= 40_000
    assert {name: data for name, data in snapshot(lent).items() if lent / name not in missing} == before
    after = snapshot(lent)
    assert "Everybody has a portrait." in run(lent, "portraits").out
    assert snapshot(lent) == after


def test_a_rehearsal_writes_texts_and_figures_and_leaves_the_archive_alone(archive: Path, tmp_path: Path) -> None:
    before = snapshot(archive)
    ran = run(archive, "rehearse", "--nights", "40", "--out", str(tmp_path / "texts"), "--json")
    figures = json.loads(ran.out)
    assert ran.code == 0, ran.err
    assert (figures["nights"], figures["written"], figures["distinct_titles"]) == (40, 40, 40)
    assert (figures["lengths_outside"], figures["grades_outside"], figures["failures"]) == (0, 0, [])
    assert figures["max_jaccard"] <= 0.30
    assert figures["mean_jaccard"] <= 0.08
    assert min(figures["hero_gap"], figures["place_gap"]) > 5
    assert len(list((tmp_path / "texts").glob("*.md"))) == 40
    assert snapshot(archive) == before
    again = run(archive, "rehearse", "--nights", "2", "--out", str(tmp_path / "texts"))
    assert (again.code, "is not empty" in again.err) == (2, True)


def test_the_reading_room_opens_answers_and_closes_on_ctrl_c(lent: Path) -> None:
    assert run(lent, "build").code == 0
    assert run(lent, "check").out.startswith("All is well: 1 story and the built site")
    with subprocess.Popen(
        command("serve", "--port", "0"),
        env=environment(lent),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hear_interrupts,
    ) as process:
        assert process.stdout
        address = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
        assert address
        with urlopen(address[0]) as answer:
            assert b"<title>" in answer.read()
        taken = run(lent, "serve", "--port", address[1])
        assert (taken.code, f"port {address[1]} cannot be used" in taken.err) == (2, True)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert process.stderr
        assert process.stderr.read() == ""


def test_missed_nights_are_caught_up_oldest_first(lent: Path) -> None:
    (lent / "taleshelf.toml").write_text('[site]\ntimezone = "UTC"\n[stories]\ncatch_up = 1\n')
    ran = run(lent, "tonight")
    assert ran.code == 0, ran.err
    told = [line for line in ran.out.splitlines() if " is in content/" in line or " is in " in line]
    due = json.loads(run(lent, "status", "--json").out)
    assert due["due"] <= 1
    assert 1 <= len(told) <= 2
    assert told == sorted(told)


@pytest.mark.parametrize("out", [".", "content", "content/stories", "kept"])
def test_a_build_replaces_nothing_but_a_site(lent: Path, out: str) -> None:
    (lent / "kept").mkdir()
    (lent / "kept" / "mine.txt").write_text("mine")
    before = snapshot(lent)
    ran = run(lent, "build", "--out", str(lent / out))
    assert (ran.code, "Hint: " in ran.err, "Traceback" in ran.err) == (2, True, False), ran.err
    assert snapshot(lent) == before


def test_a_build_goes_where_it_is_told_and_there_again(lent: Path, tmp_path: Path) -> None:
    for _ in range(2):
        assert run(lent, "build", "--out", str(tmp_path / "public")).code == 0
    assert (tmp_path / "public" / "index.html").is_file()


def test_what_leads_out_of_the_archive_is_not_published(lent: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (folder_of(lent) / "out.txt").symlink_to(tmp_path / "secret.txt")
    assert run(lent, "build").code == 0
    assert list((lent / "site").rglob("out.txt")) == []
    assert "out.txt: stranger: " in run(lent, "check").out


def test_a_card_may_be_removed_without_harm_to_old_stories(lent: Path) -> None:
    key = read_page(folder_of(lent)).cast[0]
    (lent / "content" / "cast" / f"{key}.md").unlink()
    (lent / "content" / "cast" / f"{key}.webp").unlink()
    assert run(lent, "build").code == 0
    assert run(lent, "check").code == 0
