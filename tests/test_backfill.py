from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from generator.archive import read_made, read_page
from generator.backfill import list_missing, make_completed, parse_credit, read_unfinished, recall_calls
from generator.bundle import MADE, PAGE, bundle_path, complete_bundle, make_files, write_bundle
from generator.errors import ArchiveError
from generator.making import Assets, tag_narration
from generator.money.ledger import Book, Ledger, Record, State
from generator.money.spending import read_calls
from generator.page import render_page
from generator.pictures import Illustration, illustrate
from generator.story import Credit, Narration, Picture, PicturePrompt, Sentence, Slot, Speech, Story, Word
from tests.fakes.media import Media, as_mp3
from tests.samples import make_brief, make_story

SLOT = Slot(date(2026, 11, 21))
BRIEF = make_brief(SLOT)
PAINTER, READER = Credit("cloud", "painter 2"), Credit("cloud", "reader 1")
SHOW = "Lantern Nights"
WRITTEN = Record("w", "write-1", "cloud", "m", "0" * 16, "2026-11-21T02:00:00+00:00", State.LANDED, 900, cost=800)
DRAWN = replace(WRITTEN, id="d", step="cover", cost=400)
READ = replace(WRITTEN, id="r", step="narrate-1", cost=100)


def tale() -> Story:
    """Return a story in which somebody is heard."""
    story = make_story()
    first, second = story.scenes
    return replace(story, scenes=(replace(first, speeches=(Speech(1, 1, 5, "pip"),)), second))


class Painter:
    name = "cloud"

    def draw(self, prompt: PicturePrompt) -> Picture:
        return Picture(Media().picture(prompt.name, 64, 48), 64, 48, PAINTER)


@cache
def pictures() -> tuple[Illustration, ...]:
    return illustrate(Painter(), tale().prompts, workers=2)


@cache
def narration() -> Narration:
    pcm = Media().pcm("Pip had a lantern.", 48_000)
    seconds = len(pcm) / 96_000
    row = Sentence("s1", 1, 0.0, round(seconds, 3), "Pip had a lantern.", (Word("Pip", 0.0, 0.3),))
    return Narration(as_mp3(pcm, 48_000), seconds, (row,), READER)


def make_assets(*names: str, voice: bool) -> Assets:
    """Return the named pictures and the narration as the main path hands them on."""
    drawn = tuple(picture for picture in pictures() if picture.name in names)
    return Assets(drawn, tag_narration(BRIEF, tale(), narration(), drawn, SHOW) if voice else None)


ALL = ("cover", "scene-1", "scene-2")


def file(root: Path, *names: str, voice: bool, calls: tuple[Record, ...] = (WRITTEN,)) -> Path:
    assets = make_assets(*names, voice=voice)
    files = make_files(BRIEF, tale(), assets.pictures, assets.narration, show=SHOW, calls=calls)
    folder = bundle_path(root / "content" / "stories", SLOT, tale().title)
    write_bundle(folder, files, staging=root / "staging" / "night")
    return folder


def complete(folder: Path, *, calls: tuple[Record, ...] = (WRITTEN,), voice: bool | None = None) -> dict[str, bytes]:
    """Make what a bundle lacks, as the main path does, and return its files."""
    page = read_page(folder)
    brief, story = read_unfinished(folder)
    missing, unread = list_missing(page, story)
    drawn = tuple(picture for picture in pictures() if picture.name in missing)
    if voice is not None:
        unread = voice
    spoken = tag_narration(brief, story, narration(), drawn, SHOW) if unread else None
    return make_completed(folder, brief, story, Assets(drawn, spoken), calls, show=SHOW)


def put(folder: Path, files: dict[str, bytes]) -> None:
    complete_bundle(folder, files, reach=lambda _name: None)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


LACKING = [((), False), (("cover", "scene-2"), False), (ALL, False), ((), True), (("scene-1",), True)]


@pytest.mark.parametrize(("names", "voice"), LACKING)
def test_a_story_that_is_completed_later_is_the_story_made_at_once(
    tmp_path: Path, names: tuple[str, ...], voice: bool
) -> None:
    whole = file(tmp_path / "whole", *ALL, voice=True, calls=(WRITTEN, DRAWN, READ))
    folder = file(tmp_path / "later", *names, voice=voice)
    assert read_page(folder).pending
    put(folder, complete(folder, calls=(WRITTEN, DRAWN, READ)))
    assert bytes_of(folder) == bytes_of(whole)
    assert not read_page(folder).pending
    assert "unfinished" not in read_made(folder)


def test_a_story_may_be_completed_one_step_at_a_time(tmp_path: Path) -> None:
    whole = file(tmp_path / "whole", *ALL, voice=True)
    folder = file(tmp_path / "later", voice=False)
    guid = read_page(folder).guid
    put(folder, complete(folder, voice=False))
    page = read_page(folder)
    assert (page.pending, page.guid, len(page.pictures)) == (("narration",), guid, 3)
    assert "unfinished" in read_made(folder)
    put(folder, complete(folder))
    assert bytes_of(folder) == bytes_of(whole)


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    cases: dict[tuple[str, ...], frozenset[str]] = {
        (): frozenset(ALL),
        ("cover",): frozenset({"scene-1", "scene-2"}),
        ALL: frozenset(),
    }
    for number, (names, missing) in enumerate(cases.items()):
        for voice in (False, True):
            folder = file(tmp_path / f"{number}{voice}", *names, voice=voice)
            assert list_missing(read_page(folder), tale()) == (missing, not voice)


def edit(folder: Path, old: str, new: str) -> None:
    page = folder / PAGE
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_whatever_an_owner_changed_by_hand_stays(tmp_path: Path) -> None:
    folder = file(tmp_path, "cover", voice=False)
    before = read_page(folder)
    edit(folder, 'title: "The Lantern That Stayed"', 'title: "The Lamp That Stayed"')
    edit(folder, "Pip had a lantern.", "Pip had a lamp.")
    edit(folder, "![Pip stands in the wood.](cover.webp)", "![Pip alone in the wood.](cover.webp)")
    edit(folder, "## A Wind", "## A Storm")
    edit(folder, 'moral: "Light', 'moral: "A light')
    edit(folder, "tags: []", 'tags: ["quiet"]')
    brief, story = read_unfinished(folder)
    assert brief == BRIEF
    assert (story.title, story.moral) == ("The Lamp That Stayed", "A light is for sharing.")
    assert story.scenes[0].paragraphs[0] == "Pip had a lamp."
    assert story.scenes[0].speeches == ()  # who says what is no longer known there
    assert story.scenes[1] == tale().scenes[1]
    put(folder, complete(folder))
    after = read_page(folder)
    assert (after.title, after.tags, after.moral) == ("The Lamp That Stayed", ("quiet",), "A light is for sharing.")
    assert after.sections[0].paragraphs == ("Pip had a lamp.", before.sections[0].paragraphs[1])
    assert (after.sections[1].heading, after.cover_alt) == ("A Storm", "Pip alone in the wood.")
    assert (after.guid, after.slot, folder.name) == (before.guid, SLOT, "21-the-lantern-that-stayed")
    assert [file for file, _ in after.pictures] == ["cover.webp", "scene-1.webp", "scene-2.webp"]
    assert after.drawn_by == "cloud painter 2"
    assert after.read_by == "cloud reader 1"
    assert not after.pending


def test_an_unchanged_paragraph_keeps_who_says_it(tmp_path: Path) -> None:
    folder = file(tmp_path, voice=False)
    edit(folder, "It was 3 o", "It was 4 o")
    assert read_unfinished(folder)[1].scenes[0].speeches == (Speech(1, 1, 5, "pip"),)


def test_a_part_that_an_owner_took_out_stays_out_and_the_rest_is_completed(tmp_path: Path) -> None:
    folder = file(tmp_path, "cover", "scene-1", "scene-2", voice=False)
    page = read_page(folder)
    (folder / PAGE).write_text(render_page(replace(page, title="Short", sections=page.sections[:1])), encoding="utf-8")
    _, story = read_unfinished(folder)
    assert story.title == "Short"
    put(folder, complete(folder))
    after = read_page(folder)
    assert after.sections == page.sections[:1]
    assert after.seconds == round(narration().seconds, 3)


@pytest.mark.parametrize("crash", range(7))
def test_a_crash_between_two_files_and_the_same_call_again_end_the_same(tmp_path: Path, crash: int) -> None:
    whole = file(tmp_path / "whole", *ALL, voice=True)
    folder = file(tmp_path / "later", "scene-2", voice=False)
    files = complete(folder)
    reached: list[str] = []

    def reach(name: str) -> None:
        reached.append(name)
        if len(reached) == crash:
            raise InterruptedError

    if crash:
        with pytest.raises(ArchiveError):  # an error of the disk
            complete_bundle(folder, files, reach=reach)
        page, there = read_page(folder), {path.name for path in folder.iterdir()}
        assert {name for name, _ in page.pictures} <= there
        assert page.pending
    again = complete(folder)
    assert again == files
    put(folder, again)
    assert bytes_of(folder) == bytes_of(whole)


def test_the_page_comes_after_what_it_shows_and_how_to_finish_it_is_forgotten_last(tmp_path: Path) -> None:
    folder = file(tmp_path, voice=False)
    reached: list[str] = []
    complete_bundle(folder, complete(folder), reach=reached.append)
    assert reached[-2:] == ["backfill.index", "backfill.story"]
    assert len(reached) == 13


@pytest.mark.parametrize("made", ["{}", '{"unfinished": {}}', '{"unfinished": {"brief": {}, "story": {}}}'])
def test_a_bundle_that_does_not_say_how_to_finish_it_is_named_with_what_to_do(tmp_path: Path, made: str) -> None:
    folder = file(tmp_path, voice=False)
    (folder / MADE).write_text(made)
    with pytest.raises(ArchiveError, match=r"21-the-lantern-that-stayed/story\.json: ") as caught:
        read_unfinished(folder)
    assert "remove the line 'pending'" in caught.value.hint


def test_every_call_of_both_runs_is_in_the_books_once(tmp_path: Path) -> None:
    waiting = replace(DRAWN, state=State.ACCEPTED, cost=0, remote="remote-1")
    folder = file(tmp_path, voice=False, calls=(WRITTEN, waiting))
    put(folder, complete(folder, calls=(DRAWN, READ)))
    assert read_calls(read_made(folder)) == (WRITTEN, DRAWN, READ)


def test_a_run_that_lost_its_ledger_knows_the_calls_that_were_filed(tmp_path: Path) -> None:
    waiting = replace(DRAWN, state=State.ACCEPTED, cost=0, remote="remote-1")
    folder = file(tmp_path, voice=False, calls=(WRITTEN, waiting))
    book = Book(tmp_path / "slots" / str(SLOT))
    recall_calls(folder, book, SLOT)
    assert book.read(SLOT) == Ledger(SLOT, records=(WRITTEN, waiting))
    book.write(Ledger(SLOT, BRIEF, (WRITTEN, DRAWN, READ)))
    before = (book.folder / "ledger.json").stat()
    recall_calls(folder, book, SLOT)  # knows more than what was filed
    assert book.read(SLOT) == Ledger(SLOT, BRIEF, (WRITTEN, DRAWN, READ))
    assert (book.folder / "ledger.json").stat() == before
    (folder / MADE).write_text('{"calls": [1]}')
    with pytest.raises(ArchiveError, match=r"story\.json: "):
        recall_calls(folder, book, SLOT)


def test_a_credit_is_read_from_the_page() -> None:
    assert parse_credit("cloud painter 2") == PAINTER
    assert parse_credit("embedded") == Credit("embedded", "")
