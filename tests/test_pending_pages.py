"""Stories that are filed while pictures or the narration are still being made: what check and status say of them."""

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from generator.bundle import PAGE, bundle_path, make_files, write_bundle
from generator.check import FRAME, check_bundle
from generator.config import load_config
from generator.money.ledger import Book, Ledger, Record, State
from generator.pictures import Illustration
from generator.sound.ffmpeg import run_ffmpeg
from generator.sound.mp3 import parse_frames
from generator.status import Row, Status, make_status, render_status
from generator.story import Narration, Sentence, Slot
from tests.running import run
from tests.samples import CREDIT, make_brief, make_story
from tests.site.sample import draw

DAY = date(2026, 11, 21)
PICTURES = ("cover", "scene-1", "scene-2")


@cache
def make_narration() -> Narration:
    """Make two and a half seconds of sound that nothing is wrong with."""
    quiet = ["-f", "s16le", "-ar", "44100", "-ac", "1", "-i", "pipe:0", "-c:a", "libmp3lame", "-b:a", "64k"]
    mp3 = run_ffmpeg([*quiet, "-f", "mp3", "pipe:1"], bytes(220_500)).data
    frames = parse_frames(mp3)
    return Narration(mp3, frames.count * FRAME / frames.rate, (Sentence("s1", 1, 0.2, 2.0, "Pip."),), CREDIT)


def files_of(
    pictures: tuple[str, ...] = PICTURES, *, narration: bool = True, slot: Slot | None = None
) -> dict[str, bytes]:
    """Make the files of a story of which only some pictures, and perhaps no narration, are there."""
    webp, square, thumb = draw(0, (1600, 1200)), draw(0, (140, 140), "JPEG"), draw(0, (48, 36))
    drawn = tuple(
        Illustration(p.name, p.alt, webp, CREDIT, *((square, thumb) if p.name == "cover" else ()))
        for p in make_story().prompts
        if p.name in pictures
    )
    return make_files(make_brief(slot), make_story(), drawn, make_narration() if narration else None, show="Show")


def file(root: Path, files: dict[str, bytes], slot: Slot | None = None) -> Path:
    """Put a story into the archive under `root` and return its folder."""
    folder = bundle_path(root / "content/stories", slot or Slot(DAY), "The Lantern That Stayed")
    write_bundle(folder, files, staging=root / ".taleshelf/staging/x")
    return folder


def add(folder: Path, files: dict[str, bytes], *names: str) -> None:
    """Put some of the files into a folder, as a run does that is interrupted then."""
    for name in names:
        (folder / name).write_bytes(files[name])


@pytest.mark.parametrize(
    ("pictures", "narration"),
    [(PICTURES, True), ((), False), ((), True), (PICTURES, False), (("cover",), True), (("scene-1",), False)],
)
def test_what_is_pending_is_nothing_wrong(tmp_path: Path, pictures: tuple[str, ...], narration: bool) -> None:
    folder = file(tmp_path, files_of(pictures, narration=narration))
    assert list(check_bundle(folder)) == []


def test_what_is_missing_and_not_pending_is_found(tmp_path: Path) -> None:
    folder = file(tmp_path, files_of(("scene-1",), narration=False))
    page = folder / PAGE
    page.write_text(page.read_text().replace('pending: ["pictures", "narration"]\n', ""))
    assert [(name, rule) for name, rule, _ in check_bundle(folder)] == [(PAGE, "incomplete")] * 2


@pytest.mark.parametrize(
    ("pictures", "narration", "written"),
    [
        (PICTURES, False, ["narration.mp3"]),
        (PICTURES, False, ["narration.mp3", "timing.json"]),
        (PICTURES, False, ["narration.mp3", "timing.json", "story.json"]),
        ((), True, ["cover-square.jpg"]),
        (("cover",), True, ["scene-1.webp", "scene-2.webp", "story.json"]),
    ],
)
def test_a_story_whose_completion_was_interrupted_is_sent_to_finish(
    tmp_path: Path, pictures: tuple[str, ...], narration: bool, written: list[str]
) -> None:
    folder, whole = file(tmp_path, files_of(pictures, narration=narration)), files_of()
    add(folder, whole, *written)
    ((name, rule, message),) = check_bundle(folder)
    assert (name, rule) == (PAGE, "unfinished")
    assert written[0] in message
    assert "`taleshelf finish` completes the story" in message
    add(folder, whole, *whole)
    assert list(check_bundle(folder)) == []


def test_a_recording_that_got_its_new_cover_before_an_interruption_is_sent_to_finish_too(tmp_path: Path) -> None:
    folder = file(tmp_path, files_of(("scene-1",)))
    sound = (folder / "narration.mp3").read_bytes()
    (folder / "narration.mp3").write_bytes(b"ID3\x04\0\0\0\0\0\0" + sound[sound.index(b"\xff\xfb") :])
    ((name, rule, message),) = check_bundle(folder)
    assert (name, rule) == ("narration.mp3", "hash")
    assert "`taleshelf finish`" in message


def test_a_file_of_somebody_else_is_a_stranger_in_a_pending_story(tmp_path: Path) -> None:
    folder = file(tmp_path, files_of((), narration=False))
    for name in ("notes.txt", "scene-x.webp", "cover.png"):
        (folder / name).write_bytes(b"x")
    assert [(name, rule) for name, rule, _ in check_bundle(folder)] == [
        ("cover.png", "stranger"),
        ("notes.txt", "stranger"),
        ("scene-x.webp", "stranger"),
    ]


def test_check_passes_a_pending_story_and_its_built_site(archive: Path) -> None:
    file(archive, files_of((), narration=False))
    assert run(archive, "build").code == 0
    ran = run(archive, "check")
    assert (ran.code, ran.out.startswith("All is well: 1 story and the built site")) == (0, True), ran.out


def record(number: int, state: State, **values: int | bool) -> Record:
    return Record(f"k-{number}", f"scene-{number}", "openai", "m", "k", "2026-11-21T02:00:00+01:00", state, **values)  # type: ignore[arg-type]


RECORDS = (
    record(1, State.LANDED, reserved=50_000, cost=40_000),
    record(2, State.FAILED, reserved=20_000, cost=20_000, doubt=True),
    record(3, State.ACCEPTED, reserved=30_000),
)


def begin(root: Path, slot: Slot, *, story: bool) -> None:
    """Write the ledger of a slot, and perhaps its story."""
    book = Book(root / ".taleshelf/slots" / str(slot))
    book.write(Ledger(slot, make_brief(slot), RECORDS))
    if story:
        book.write_story(make_story("A Begun Story"))


def status_of(root: Path, today: date = DAY) -> Status:
    return make_status(load_config(root), today)


def row_of(status: Status, slot: Slot) -> Row:
    (row,) = (row for row in status.rows if row.slot == str(slot))
    return row


def test_status_says_what_a_pending_story_lacks_and_what_was_bought_for_it(archive: Path) -> None:
    file(archive, files_of(("cover",), narration=False))
    begin(archive, Slot(DAY), story=True)
    status = status_of(archive)
    row = row_of(status, Slot(DAY))
    assert (row.state, row.pending, row.calls) == ("pending", ("pictures", "narration"), 3)
    assert (status.stories, status.pending, status.unfinished) == (1, 1, 0)
    text = render_status(status)
    assert (
        "The Lantern That Stayed, without pictures and narration as yet, 3 calls, $0.06 spent, up to $0.03 open" in text
    )
    assert "1 pending, 0 unfinished" in text


def test_status_lists_a_begun_slot_as_unfinished_and_not_as_due(archive: Path) -> None:
    extra = Slot(DAY, "1a2b3c4d")
    begin(archive, Slot(DAY), story=True)
    begin(archive, extra, story=False)
    status = status_of(archive)
    assert {row.slot: (row.state, row.title) for row in status.rows} == {
        str(Slot(DAY)): ("unfinished", "A Begun Story"),
        str(extra): ("unfinished", ""),
    }
    assert (status.stories, status.due, status.unfinished, status.bytes) == (0, 1, 2, 0)
    assert "A Begun Story, 3 calls, $0.06 spent, up to $0.03 open" in render_status(status)


def test_a_ledger_that_cannot_be_read_is_a_broken_row(archive: Path) -> None:
    begin(archive, Slot(DAY), story=False)
    (archive / ".taleshelf/slots/2026-11-21/ledger.json").write_text("{")
    row = row_of(status_of(archive), Slot(DAY))
    assert (row.state, "cannot be read" in row.title) == ("broken", True)


def test_what_is_no_slot_is_not_listed_and_a_whole_story_with_a_left_ledger_is_told(archive: Path) -> None:
    file(archive, files_of())
    begin(archive, Slot(DAY), story=True)
    (archive / ".taleshelf/slots/notes").mkdir()
    status = status_of(archive)
    assert [(row.slot, row.state, row.calls) for row in status.rows] == [("2026-11-21", "told", 0)]
    assert (status.pending, status.unfinished) == (0, 0)


def test_status_for_programs_has_amounts_in_dollars(archive: Path) -> None:
    file(archive, files_of(narration=False))
    begin(archive, Slot(date(2026, 11, 20)), story=False)
    found = json.loads(run(archive, "status", "--json").out)
    assert (found["pending"], found["unfinished"]) == (1, 1)
    rows = {row["slot"]: row for row in found["rows"]}
    assert rows["2026-11-21"]["pending"] == ["narration"]
    begun = rows["2026-11-20"]
    assert (begun["state"], begun["calls"], begun["spent"], begun["reserved"]) == ("unfinished", 3, 0.06, 0.03)
