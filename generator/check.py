"""Verify every bundle and the built site. Reads only; one finding a fault."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.archive import Archive, read_made, read_page
from generator.bundle import MADE, PAGE, SOUND, TIMING, slot_of
from generator.cards import read_cards
from generator.config import Config
from generator.errors import ArchiveError
from generator.findings import Finding
from generator.media.pointers import Pointer, parse_pointers
from generator.page import Page
from generator.sound.timing import parse_timing
from generator.tombstones import check_tombstones

ALT_LENGTH = 250  # characters
COVERS = ("cover.webp", "cover-thumb.webp", "cover-small.webp", "cover-square.jpg", "share.jpg")
FRAME = 1152  # samples in a frame of MPEG-1 Layer III
DRIFT = 0.3  # seconds that the MP3 may differ from what the page and the times say
PICTURE_LIMIT = 150_000  # bytes
PICTURE_SIZE = (1600, 1200)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at and what was wrong."""

    stories: int
    site: bool  # whether there was a built site to check
    findings: tuple[Finding, ...]

    @property
    def summary(self) -> str:
        """What was looked at, in words."""
        site = "and the built site" if self.site else "(no site is built yet)"
        return f"{self.stories} {'story' if self.stories == 1 else 'stories'} {site}"

    def as_json(self) -> dict[str, object]:
        """Return the report for programs."""
        rows = [{"path": f.path, "rule": f.rule, "message": f.message} for f in self.findings]
        return {"stories": self.stories, "site": self.site, "findings": rows}


def check_all(config: Config) -> Checked:
    """Check all stories, and the site if it is built. Raises ConfigError for unreadable cards."""
    read_cards(config.content)
    archive = Archive(config.content / "stories")
    folders = archive.folders()
    findings = [*_check_strangers(archive, folders), *_check_slots(folders)]
    findings += check_tombstones(config.content, frozenset(slot for folder in folders if (slot := slot_of(folder))))
    for folder in folders:
        place = folder.relative_to(config.root).as_posix()
        findings += [Finding(f"{place}/{name}", rule, message) for name, rule, message in check_bundle(folder)]
    site = (config.site / "index.html").is_file()
    if site:
        from generator.site.check import check_site

        findings += check_site(config.site, config.base_path, config.store_url)
    return Checked(len(folders), site, tuple(findings))


def check_bundle(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield file, rule and message of everything that is wrong with one bundle."""
    try:
        page, made = read_page(folder), read_made(folder)
    except ArchiveError as error:
        yield error.path.name, "unreadable", error.message
        return
    if page.slot != slot_of(folder):
        yield PAGE, "slot", f"the page says {page.slot}, the folder {slot_of(folder)}"
    try:
        away = parse_pointers(made.get("files"), slot_of(folder))
    except ValueError as error:
        yield MADE, "pointer", str(error)
        return
    away = {name: pointer for name, pointer in away.items() if not (folder / name).exists()}
    yield from _check_whole(folder, page, made.get("files"))
    yield from _check_files(folder, page, made.get("files"), away)
    yield from _check_pictures(folder, page, away)
    yield from _check_sound(folder, page, away.get(SOUND))


def _check_strangers(archive: Archive, folders: tuple[Path, ...]) -> Iterator[Finding]:
    known = set(folders)
    for folder in archive.stories.glob("*/*/*"):
        if folder not in known and not folder.name.startswith("."):
            yield Finding(
                folder.relative_to(archive.stories.parents[1]).as_posix(), "stranger", "this is no story's folder"
            )


def _check_slots(folders: tuple[Path, ...]) -> Iterator[Finding]:
    for slot, count in Counter(map(slot_of, folders)).items():
        if count > 1:
            yield Finding("content/stories", "slot", f"{count} stories share the slot {slot}")


def _check_whole(folder: Path, page: Page, recorded: object) -> Iterator[tuple[str, str, str]]:
    """Demand that what is missing is pending, and that nothing pending is there in part."""
    known = recorded if isinstance(recorded, Mapping) else {}
    if page.pictures and not page.cover and "pictures" not in page.pending:
        yield PAGE, "incomplete", "shows no cover, and does not say that pictures are pending"
    if not (folder / SOUND).exists() and SOUND not in known and "narration" not in page.pending:
        yield PAGE, "incomplete", "the story has no narration, and does not say that it is pending"
    if begun := sorted(path.name for path in folder.iterdir() if _is_begun(path.name, page)):
        yield (
            PAGE,
            "unfinished",
            f"does not show {', '.join(begun)} yet: a run was interrupted while it added what was pending; "
            "`taleshelf finish` completes the story",
        )


def _is_begun(name: str, page: Page) -> bool:
    """Whether a file belongs to what the page still waits for."""
    if "narration" in page.pending and name in (SOUND, TIMING):
        return True
    if "pictures" not in page.pending or name.replace("-small.", ".") in {file for file, _ in page.pictures}:
        return False
    return (name in COVERS and not page.cover) or bool(re.fullmatch(r"scene-\d+(-small)?\.webp", name))


def _check_files(
    folder: Path, page: Page, recorded: object, away: Mapping[str, Pointer]
) -> Iterator[tuple[str, str, str]]:
    if not isinstance(recorded, Mapping) or (not recorded and not page.pending):
        yield "story.json", "files", "lists no files"
        return
    for name in {file for file, _ in page.pictures} - set(recorded):
        yield PAGE, "file", f"shows {name}, which story.json does not know"
    shown = {file for file, _ in page.pictures}
    for path in sorted(folder.iterdir()):
        known = path.name in {*recorded, *shown, PAGE, MADE} or _is_begun(path.name, page)
        if not known and not path.name.startswith("."):
            yield path.name, "stranger", "belongs to no story, and would be published"
    for name, facts in sorted(recorded.items()):
        path = folder / name
        if name in away:
            continue  # `taleshelf media check` looks at the store
        if not path.is_file() or path.is_symlink():
            yield name, "file", "is missing"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != (
            facts.get("sha256") if isinstance(facts, Mapping) else None
        ):
            mended = page.pending and name in (SOUND, TIMING)  # a new cover goes into a recording that is filed
            how = "; if a run was interrupted, `taleshelf finish` completes the story" if mended else ""
            yield name, "hash", f"is not the file that was made (sha256 differs){how}"


def _check_pictures(folder: Path, page: Page, away: Mapping[str, Pointer]) -> Iterator[tuple[str, str, str]]:
    from generator.pictures import open_picture

    if not page.pictures and "pictures" not in page.pending:
        yield PAGE, "picture", "the page shows no picture"
    for name, alt in page.pictures:
        if not alt.strip():
            yield PAGE, "alt", f"{name} has no alt text"
        elif len(alt) > ALT_LENGTH:
            yield PAGE, "alt", f"the alt text of {name} has {len(alt)} characters, at most {ALT_LENGTH} are read out"
        if name in away:
            size, weight = away[name].shape or (0, 0), away[name].size
        else:
            try:
                data = (folder / name).read_bytes()
                size, weight = open_picture(data).size, len(data)
            except (OSError, ValueError) as error:
                if not isinstance(error, FileNotFoundError):
                    yield name, "picture", f"cannot be shown: {error}"
                continue
        if size != PICTURE_SIZE:
            yield name, "picture", f"is {size[0]}x{size[1]} pixels instead of {PICTURE_SIZE[0]}x{PICTURE_SIZE[1]}"
        if weight > PICTURE_LIMIT:
            yield name, "picture", f"has {weight} bytes, at most {PICTURE_LIMIT} are allowed"


def _check_sound(folder: Path, page: Page, away: Pointer | None) -> Iterator[tuple[str, str, str]]:
    if not (away or (folder / SOUND).is_file()) or "narration" in page.pending:
        return
    from generator.sound.mp3 import parse_frames

    try:
        frames = None if away else parse_frames((folder / SOUND).read_bytes())
    except ValueError as error:
        yield SOUND, "sound", f"cannot be played to its end: {error}"
        return
    length = frames.count * FRAME / frames.rate if frames else away.seconds if away else 0.0
    if abs(length - page.seconds) > DRIFT:
        yield SOUND, "length", f"is {length:.1f} s long, the page says {page.seconds:.1f} s"
    try:
        sentences = parse_timing((folder / TIMING).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return  # reported among the files
    except (OSError, ValueError) as error:
        yield TIMING, "times", str(error)
        return
    if sentences and sentences[-1].end > length + DRIFT:
        yield TIMING, "times", f"the last sentence ends at {sentences[-1].end:.1f} s, the sound at {length:.1f} s"
