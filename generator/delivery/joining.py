"""Put what changed here onto what the remote has by now: story by story, card by card.

A story is taken whole or not at all. Of two stories of one slot the one that was pushed first stays. What an owner
changed there stays, and what was made here is joined to it where that can be done without asking; where it cannot, it is
handed back to be kept elsewhere, so that nothing is lost.
"""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from generator.bundle import MADE, PAGE, slot_of
from generator.delivery.worktree import Files, compare_trees, read_ids
from generator.page import keep_edits, parse_page, render_page
from generator.repository import Repository
from generator.story import Slot
from generator.tombstones import FOLDER as TOMBSTONES
from generator.tombstones import slot_of_name

STORIES, DEPTH = "stories/", 4  # names of "stories/2026/11/21-the-lantern"


@dataclass(slots=True)
class Joined:
    """What is to be pushed, and what became of the rest."""

    files: dict[str, str | None] = field(default_factory=dict)  # to be planted on what the remote has
    kept: dict[str, str | None] = field(default_factory=dict)  # what gave way to an owner's edit
    said: list[str] = field(default_factory=list)
    lost: list[Slot] = field(default_factory=list)  # whose story another run had pushed before


@dataclass(frozen=True, slots=True)
class Sides:
    """The commit that is checked out, the one that the remote has, and what lies between them."""

    repository: Repository
    content: str  # "content/", from the top of the repository
    base: str | None
    onto: str | None
    theirs: Files
    lifted: frozenset[Slot]  # whose tombstone is taken away here

    def folders_of(self, slot: Slot) -> tuple[str, ...]:
        """Return the folders that hold a slot's story there."""
        month = f"{self.content}{STORIES}{slot.day:%Y}/{slot.day:%m}/"
        if not self.onto:
            return ()
        rows = self.repository.run("ls-tree", "--full-tree", "-d", "-z", "--name-only", self.onto, "--", month)
        names = (os.fsdecode(row) for row in rows.split(b"\0") if row)
        return tuple(name for name in names if slot_of(Path(name)) == slot)

    def files_in(self, folder: str, tree: str | None) -> dict[str, str]:
        """Return the files of a story in one of the commits."""
        entries = self.repository.list(tree, folder, sizes=False) if tree else ()
        return {entry.path: entry.oid for entry in entries}

    def removed(self, slot: Slot) -> bool:
        """Whether the story of a slot was taken down there."""
        path = f"{self.content}{TOMBSTONES}/{slot}.md"
        return bool(self.onto and slot not in self.lifted and read_ids(self.repository, self.onto, [path]))


def join(repository: Repository, content: str, ours: Files, base: str | None, onto: str | None) -> Joined:
    """Decide for everything that changed here since `base` what of it goes onto `onto`."""
    theirs = compare_trees(repository, base, onto, content) if onto and onto != base else {}
    stories, others = _group(ours, content)
    stones = {slot: oid for path, oid in others.items() if (slot := _slot_of_stone(path, content))}
    buried = frozenset(slot for slot, oid in stones.items() if oid)
    sides, joined = Sides(repository, content, base, onto, theirs, frozenset(stones) - buried), Joined()
    for folder, files in stories.items():
        slot = slot_of(Path(folder))
        if slot and slot not in buried:
            _join_story(sides, folder, slot, files, joined)
    for path, oid in others.items():
        _join_file(sides, path, oid, joined)
    for slot in buried:  # with whatever was added to the story meanwhile
        for folder in sides.folders_of(slot):
            joined.files |= dict.fromkeys(sides.files_in(folder, onto))
    return joined


def _group(ours: Files, content: str) -> tuple[dict[str, dict[str, str | None]], dict[str, str | None]]:
    """Sort files into stories, by their folders, and all others."""
    stories: dict[str, dict[str, str | None]] = {}
    others: dict[str, str | None] = {}
    for path, oid in ours.items():
        names = path.removeprefix(content).split("/")
        folder = content + "/".join(names[:DEPTH])
        if path.startswith(content + STORIES) and len(names) > DEPTH and slot_of(Path(folder)):
            stories.setdefault(folder, {})[path] = oid
        else:
            others[path] = oid
    return stories, others


def _slot_of_stone(path: str, content: str) -> Slot | None:
    pure = PurePosixPath(path.removeprefix(content))
    return slot_of_name(pure.name) if str(pure.parent) == TOMBSTONES else None


def _join_story(sides: Sides, folder: str, slot: Slot, files: dict[str, str | None], joined: Joined) -> None:
    if sides.files_in(folder, sides.base):
        _join_known(sides, folder, slot, files, joined)
        return
    if sides.removed(slot):
        joined.said.append(f"{slot}: the story was taken down meanwhile; this one is dropped")
    elif rivals := sides.folders_of(slot):
        if sides.files_in(rivals[0], sides.onto) != files:
            joined.said.append(f"{slot}: another run has published its story; this one is dropped")
            joined.lost.append(slot)
    else:
        joined.files |= files


def _join_known(sides: Sides, folder: str, slot: Slot, files: dict[str, str | None], joined: Joined) -> None:
    """Join what was done to a story that had been published before."""
    theirs = {path: oid for path, oid in sides.theirs.items() if path.startswith(f"{folder}/")}
    clashes = [path for path, oid in files.items() if path in theirs and theirs[path] != oid]
    page = f"{folder}/{PAGE}"
    if not theirs or (folder in sides.folders_of(slot) and not clashes):
        joined.files |= files
    elif sides.removed(slot):
        joined.said.append(f"{slot}: the story was taken down meanwhile; it stays so")
    elif any(path == f"{folder}/{MADE}" and oid for path, oid in theirs.items()):
        joined.said.append(f"{slot}: another run has completed the story; this one is dropped")
    elif clashes == [page] and (merged := _merge_pages(sides, theirs[page], files[page])):
        joined.files |= files | {page: merged}
        joined.said.append(f"{slot}: the words changed on the remote meanwhile; they stay")
    else:
        _give_way(files, f"{slot}: the story was changed on the remote as well; that stays", joined)


def _join_file(sides: Sides, path: str, oid: str | None, joined: Joined) -> None:
    if path not in sides.theirs:
        joined.files[path] = oid
    elif sides.theirs[path] != oid:
        merged = _merge_texts(sides, path, oid)
        if merged:
            joined.files[path] = merged
        else:
            _give_way({path: oid}, f"{path!a} was changed on the remote as well; that stays", joined)


def _give_way(files: Files, said: str, joined: Joined) -> None:
    joined.said.append(said)
    joined.kept |= {path: oid for path, oid in files.items() if oid}


def _merge_pages(sides: Sides, theirs: str | None, ours: str | None) -> str | None:
    """Return the page an owner changed with what was added to it here; None where one of the two cannot be read."""
    if not theirs or not ours:
        return None
    try:
        edited, made = (parse_page(sides.repository.read(oid).decode()) for oid in (theirs, ours))
    except ValueError:
        return None
    return sides.repository.store(render_page(keep_edits(edited, made)).encode())


def _merge_texts(sides: Sides, path: str, ours: str | None) -> str | None:
    """Return a text with what both sides changed in it; None where they changed the same lines, or it is no text."""
    theirs = sides.theirs[path]
    base = read_ids(sides.repository, sides.base, [path]).get(path) if sides.base else None
    if not (path.endswith(".md") and ours and theirs and base):
        return None
    with tempfile.TemporaryDirectory() as folder:
        names = list(_write_sides(sides, Path(folder), (ours, base, theirs)))
        answer = sides.repository.ask("merge-file", "-p", "--quiet", *names)
    return None if answer.status else sides.repository.store(answer.out)


def _write_sides(sides: Sides, folder: Path, oids: tuple[str, ...]) -> Iterator[str]:
    for number, oid in enumerate(oids):
        path = folder / str(number)
        path.write_bytes(sides.repository.read(oid))
        yield str(path)
