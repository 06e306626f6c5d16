import dataclasses
import errno
import json
import resource
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive import Archive, read_made, read_page
from generator.bundle import bundle_path, make_files, make_slug, slot_of, write_bundle
from generator.errors import ArchiveError
from generator.pictures import Illustration
from generator.slots import request_slot
from generator.story import Slot, Turns
from tests.samples import CREDIT, make_brief, make_narration, make_story

DAY = date(2026, 11, 21)


def files_of(title: str = "The Lantern That Stayed", slot: Slot | None = None) -> dict[str, bytes]:
    pictures = tuple(
        Illustration(p.name, p.alt, p.name.encode(), CREDIT, *((b"square", b"thumb") if p.name == "cover" else ()))
        for p in make_story().prompts
    )
    brief = dataclasses.replace(make_brief(slot), turns=Turns(("pip",), ("moss",), ("amber-hollow",)))
    return make_files(brief, make_story(title), pictures, make_narration(), show="Show")


def snapshot(folder: Path) -> dict[str, bytes | None]:
    return {str(p.relative_to(folder)): p.read_bytes() if p.is_file() else None for p in sorted(folder.rglob("*"))}


def tell(root: Path, slot: Slot, title: str = "The Lantern That Stayed") -> Path:
    folder = bundle_path(root / "content" / "stories", slot, title)
    write_bundle(folder, files_of(title, slot), staging=root / ".taleshelf" / "staging" / str(slot))
    return folder


def test_a_bundle_is_whole_and_reads_back(tmp_path: Path) -> None:
    folder = tell(tmp_path, Slot(DAY))
    assert folder.relative_to(tmp_path).as_posix() == "content/stories/2026/11/21-the-lantern-that-stayed"
    names = {
        "index.md",
        "story.json",
        "timing.json",
        "narration.mp3",
        "cover.webp",
        "cover-square.jpg",
        "cover-thumb.webp",
        "scene-1.webp",
        "scene-2.webp",
    }
    assert {path.name for path in folder.iterdir()} == names
    page = read_page(folder)
    assert (page.title, page.cast, page.seconds) == ("The Lantern That Stayed", ("pip", "moss"), 2.5)
    assert page.sections[0].paragraphs == make_story().scenes[0].paragraphs
    assert set(read_made(folder)["files"]) == names - {"index.md", "story.json"}  # type: ignore[arg-type]
    assert list((tmp_path / ".taleshelf" / "staging").iterdir()) == []


def test_the_same_values_give_the_same_bytes() -> None:
    assert files_of() == files_of()
    assert json.loads(files_of()["story.json"])["seed"] == 7


def test_a_story_keeps_its_identity_when_it_is_retitled() -> None:
    guids = {
        line
        for title in ("One", "Two")
        for line in files_of(title)["index.md"].decode().splitlines()
        if line.startswith("guid:")
    }
    assert len(guids) == 1


@given(st.text())
def test_a_slug_is_a_safe_folder_name_that_leads_back_to_its_slot(title: str) -> None:
    slug = make_slug(title)
    assert 0 < len(slug) <= 64
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    for slot in (Slot(DAY), request_slot(DAY, title)):
        assert slot_of(bundle_path(Path("stories"), slot, title)) == slot


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("..", "story"),
        ("\U0001f431", "story"),
        ("Pip’s Café!", "pips-cafe"),
        ("-" * 99, "story"),
    ],
)
def test_titles_that_are_no_names_become_some(title: str, slug: str) -> None:
    assert make_slug(title) == slug


def test_a_slot_is_found_by_its_folder_alone(tmp_path: Path) -> None:
    extra = request_slot(DAY, "x")
    archive = Archive(tmp_path / "content" / "stories")
    assert archive.find(Slot(DAY)) is None
    night, more = tell(tmp_path, Slot(DAY)), tell(tmp_path, extra, "Another")
    (tmp_path / "content/stories/2026/11/notes").mkdir()
    assert archive.find(Slot(DAY)) == night
    assert archive.find(extra) == more
    assert archive.folders() == (more, night)
    assert archive.told_nights() == {DAY}
    assert archive.titles() == {"the-lantern-that-stayed", "another"}
    past = archive.past(5)
    assert [p.title for p in past] == ["Another", "The Lantern That Stayed"]
    assert (past[0].hero, past[0].helper, past[0].turns) == (
        "pip",
        "moss",
        Turns(("pip",), ("moss",), ("amber-hollow",)),
    )


def test_a_page_broken_by_hand_is_named_with_line_and_hint(tmp_path: Path) -> None:
    folder = tell(tmp_path, Slot(DAY))
    page = folder / "index.md"
    page.write_text(page.read_text().replace('title: "', "title: '", 1))
    with pytest.raises(ArchiveError, match=r"21-the-lantern-that-stayed/index\.md: line \d+") as caught:
        read_page(folder)
    assert caught.value.hint
    page.unlink()
    with pytest.raises(ArchiveError, match=r"index\.md is missing"):
        read_page(folder)


def test_a_story_never_replaces_another(tmp_path: Path) -> None:
    tell(tmp_path, Slot(DAY))
    before = snapshot(tmp_path)
    with pytest.raises(ArchiveError):
        tell(tmp_path, Slot(DAY))
    assert snapshot(tmp_path) == before


FULL_DISK = """
import sys
from pathlib import Path
from generator.bundle import write_bundle
from generator.errors import ArchiveError
root = Path(sys.argv[1])
try:
    write_bundle(root / "content/stories/2026/11/21-x", {"a": b"x" * 9000, "b": b"x" * 90000}, staging=root / "s/n")
except ArchiveError as error:
    print(error.message, "|", error.hint)
    print(sorted(str(path.relative_to(root)) for path in root.rglob("*")))
"""


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    mount = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o size=64k none "$1" && exec "$2" -c "$3" "$1"', "sh"]
    try:
        subprocess.run([*mount[:4], "mount -t tmpfs none /mnt"], check=True, capture_output=True)
        done = subprocess.run(
            [*mount, str(tmp_path), sys.executable, FULL_DISK], check=True, capture_output=True, text=True
        )
        output = done.stdout
    except (FileNotFoundError, subprocess.CalledProcessError):
        # No name spaces here: let the file size limit refuse the write instead.
        limit = f"import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))\n{FULL_DISK}"
        output = subprocess.run(
            [sys.executable, "-c", limit, str(tmp_path)], check=True, capture_output=True, text=True
        ).stdout
        assert "was not filed" in output
    else:
        assert output.startswith("the disk is full")
        assert "Free some space" in output
    assert output.splitlines()[1] == "['s']"


def test_what_the_disk_does_not_confirm_is_taken_back(tmp_path: Path) -> None:
    folder, limits = tmp_path / "stories/2026/11/21-x", resource.getrlimit(resource.RLIMIT_NOFILE)

    def reach(point: str) -> None:
        if point == "bundle.renamed":
            assert folder.is_dir()
            resource.setrlimit(resource.RLIMIT_NOFILE, (0, limits[1]))  # its folder cannot be opened to be flushed

    try:
        with pytest.raises(ArchiveError, match="'21-x' was not filed"):
            write_bundle(folder, {"a": b"x"}, staging=tmp_path / "staging/n", reach=reach)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert not (tmp_path / "stories").exists()
    write_bundle(folder, {"a": b"x"}, staging=tmp_path / "staging/n")
    assert (folder / "a").read_bytes() == b"x"
    assert not (tmp_path / "staging/n").exists()


def test_every_expected_failure_of_a_disk_has_advice() -> None:
    from generator.bundle import _advise

    assert (
        len({_advise(OSError(code, "x")) for code in (errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EXDEV, errno.EIO)})
        == 5
    )
