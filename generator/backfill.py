"""Adding to a filed story what it lacked: the folder, the address and the words stay, also words changed by hand."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from generator.archive import read_made, read_page
from generator.bundle import (
    MADE,
    PAGE,
    SOUND,
    TIMING,
    make_assets_files,
    make_page,
    make_share_file,
    record_file,
    render_json,
    render_made,
)
from generator.errors import ArchiveError
from generator.making import Assets, tag_narration
from generator.money.ledger import Book, Ledger, Record, merge_ledgers
from generator.money.spending import read_calls
from generator.page import Page, keep_edits, render_page
from generator.sharing import SHARE, draw_share
from generator.sound.mp3 import parse_frames
from generator.sound.timing import parse_timing
from generator.story import Brief, Credit, Narration, Scene, Slot, Story
from generator.values import from_json

EXTRAS = ("cover-square.jpg", "cover-thumb.webp", SHARE)  # files of a cover that no page shows


def read_unfinished(folder: Path) -> tuple[Brief, Story]:
    """Return the brief and the story of a bundle that lacks something, the words as they stand on the page now.

    Raises ArchiveError.
    """
    kept = read_made(folder).get("unfinished")
    try:
        if not isinstance(kept, Mapping):
            raise ValueError("it does not say how the story is to be finished")
        brief, story = from_json(Brief, kept.get("brief")), from_json(Story, kept.get("story"))
    except ValueError as error:
        raise ArchiveError(
            f"{folder.name}/{MADE}: {error}",
            "Restore the file from git, or remove the line 'pending' from the page to leave it as it is.",
            path=folder / MADE,
        ) from error
    return brief, _as_edited(story, read_page(folder))


def recall_calls(folder: Path, book: Book, slot: Slot) -> None:
    """Put the calls that a bundle records into the ledger of its slot, for a run that has lost it. Raises ArchiveError.

    So a call that the vendor is still at work on is asked for, and no asset is paid for a third time, on any machine.
    """
    try:
        filed = Ledger(slot, records=read_calls(read_made(folder)))
        known = book.read(slot)
        merged = merge_ledgers(filed, known)
        if merged != known:
            book.write(merged)
    except (OSError, ValueError) as error:
        raise ArchiveError(
            f"{folder.name}/{MADE}: {error}", "Restore the file from git.", path=folder / MADE
        ) from error


def _as_edited(story: Story, page: Page) -> Story:
    """Return the story with the words of its page; who says what is forgotten where a paragraph was changed."""
    if len(page.sections) != len(story.scenes):
        return replace(story, title=page.title, moral=page.moral, question=page.question)
    scenes = (
        scene if scene.paragraphs == section.paragraphs else _with_paragraphs(scene, section.paragraphs)
        for scene, section in zip(story.scenes, page.sections, strict=True)
    )
    return replace(story, title=page.title, moral=page.moral, question=page.question, scenes=tuple(scenes))


def _with_paragraphs(scene: Scene, paragraphs: tuple[str, ...]) -> Scene:
    return replace(scene, paragraphs=paragraphs, speeches=())


def list_missing(page: Page, story: Story) -> tuple[frozenset[str], bool]:
    """Return the names of the pictures that are still to be drawn, and whether the narration is."""
    if "pictures" not in page.pending:
        return frozenset(), "narration" in page.pending
    there = {file.removesuffix(".webp") for file, _ in page.pictures}
    return frozenset({prompt.name for prompt in story.prompts} - there), "narration" in page.pending


def make_completed(
    folder: Path, brief: Brief, story: Story, assets: Assets, calls: tuple[Record, ...], *, show: str
) -> dict[str, bytes]:
    """Return the files that complete a bundle, or bring it nearer to that: new assets, story.json and the page."""
    before = read_page(folder)
    drawn = {file.removesuffix(".webp"): parse_credit(before.drawn_by) for file, _ in before.pictures}
    drawn |= {picture.name: picture.credit for picture in assets.pictures}
    narration = assets.narration or _read_narration(folder, before)
    page = make_page(brief, story, drawn, narration, show=show)
    if narration and (assets.narration or assets.pictures):
        narration = tag_narration(
            brief, story, narration, assets.pictures, show, drawn_by=page.drawn_by, cover=_read_cover(folder)
        )
    files = make_assets_files(assets.pictures, narration)
    files |= make_share_file(assets.pictures, before.title, show)
    filed_made = read_made(folder)
    known = _read_known(folder, filed_made, page)
    filed = Ledger(brief.slot, records=read_calls(filed_made))
    calls = merge_ledgers(filed, Ledger(brief.slot, records=calls)).records
    made = render_made(brief, story, page, known | files, calls)
    return files | {MADE: made.encode(), PAGE: render_page(keep_edits(before, page)).encode()}


def is_unfinished(folder: Path) -> bool:
    """Return whether a story lacks something, or was being completed when a run ended. Raises ArchiveError."""
    return bool(read_page(folder).pending) or "unfinished" in read_made(folder)


def lacks_share(folder: Path) -> bool:
    """Whether the share card of a story that is whole is missing: it was filed before there were any."""
    return not (folder / SHARE).is_file() and (folder / "cover.webp").is_file() and not is_unfinished(folder)


def make_share(folder: Path, *, show: str) -> dict[str, bytes]:
    """Return the share card of a filed story, and the story.json that knows it. Raises ArchiveError."""
    made = read_made(folder)
    recorded = made.get("files")
    try:
        card = draw_share((folder / "cover.webp").read_bytes(), read_page(folder).title, show)
    except (OSError, ValueError) as error:
        path = folder / "cover.webp"
        raise ArchiveError(f"{folder.name}/cover.webp: {error}", "Restore the file from git.", path=path) from error
    known = dict(recorded) if isinstance(recorded, Mapping) else {}
    made["files"] = dict(sorted((known | {SHARE: record_file(card)}).items()))
    return {SHARE: card, MADE: render_json(made).encode()}


def _read_known(folder: Path, made: Mapping[str, object], page: Page) -> dict[str, bytes]:
    """Return the files that belong to a bundle: those on record, and those a run added before it could record them."""
    recorded = made.get("files")
    names = {*(recorded if isinstance(recorded, Mapping) else ()), *(file for file, _ in page.pictures)}
    names |= {*EXTRAS, SOUND, TIMING, *(file.replace(".webp", "-small.webp") for file, _ in page.pictures)}
    paths = (folder / str(name) for name in sorted(map(str, names)))
    return {path.name: path.read_bytes() for path in paths if path.is_file()}


def parse_credit(text: str) -> Credit:
    """Return the credit that a page shows."""
    provider, _, model = text.partition(" ")
    return Credit(provider, model)


def _read_narration(folder: Path, page: Page) -> Narration | None:
    """Return the narration that is filed; nothing where there is none, or none that can be played to its end."""
    try:
        mp3 = (folder / SOUND).read_bytes()
        parse_frames(mp3)
        sentences = parse_timing((folder / TIMING).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Narration(mp3, page.seconds, sentences, parse_credit(page.read_by)) if page.seconds else None


def _read_cover(folder: Path) -> bytes:
    """Return the square cover that is filed, or nothing."""
    path = folder / EXTRAS[0]
    return path.read_bytes() if path.is_file() else b""
