"""Story + assets <-> one folder, put in place by one atomic rename.

A bundle is content/stories/<year>/<month>/<day>[-x-<request>]-<slug>/. It is written whole into a staging folder on the
same file system, flushed to disk, and then renamed, so that the archive has all of a story or nothing of it.
"""

import errno
import hashlib
import json
import re
import shutil
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from generator.durable import sync_folder, write_durably, write_new
from generator.errors import ArchiveError
from generator.markdown import clean_text
from generator.money.budget import DOLLAR
from generator.money.ledger import Record, role_of
from generator.page import Page, Section, render_page
from generator.pictures import COVER, Illustration
from generator.reading import make_slug
from generator.sharing import SHARE, draw_share
from generator.sound.timing import render_timing
from generator.story import Brief, Credit, Narration, PicturePrompt, Slot, Story
from generator.values import to_json

PAGE, MADE, TIMING, SOUND = "index.md", "story.json", "timing.json", "narration.mp3"
GUIDS = uuid.UUID("6a0f3a5e-3f57-5d0c-9a53-0c9b9b0a7d11")  # the namespace of all story guids
FOLDER = re.compile(r"(?P<day>\d\d)(?:-x-(?P<extra>[0-9a-f]{8}))?-(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)")


def bundle_path(stories: Path, slot: Slot, title: str) -> Path:
    """Return the folder of a story."""
    extra = f"-x-{slot.extra}" if slot.extra else ""
    slug = make_slug(title)
    if re.match(r"x-[0-9a-f]{8}-", slug):  # would read as a request's number
        slug = f"the-{slug}"
    return stories / f"{slot.day:%Y}" / f"{slot.day:%m}" / f"{slot.day:%d}{extra}-{slug}"


def slot_of(folder: Path) -> Slot | None:
    """Return the slot a folder's path stands for, or None when it is no bundle."""
    match = FOLDER.fullmatch(folder.name)
    try:
        return match and Slot.parse(
            f"{folder.parent.parent.name}-{folder.parent.name}-{match['day']}"
            + (f"-x-{match['extra']}" if match["extra"] else "")
        )
    except ValueError:
        return None


def make_page(
    brief: Brief, story: Story, drawn: Mapping[str, Credit], narration: Narration | None, *, show: str
) -> Page:
    """Put together what the reader sees; `drawn` says who made each picture that there is."""
    sections = (Section(s.heading, *_shown(s.picture, drawn), s.paragraphs) for s in story.scenes)
    cover, cover_alt = _shown(story.cover, drawn)
    return Page(
        slot=brief.slot,
        title=story.title,
        description=story.summary,
        genre=brief.genre,
        form=brief.form,
        age=brief.age,
        language=brief.language,
        cast=_cast_of(brief, story),
        place=brief.place.key,
        series=brief.series.key if brief.series else "",
        tags=story.tags,
        seconds=round(narration.seconds, 3) if narration else 0,
        moral=story.moral,
        question=story.question,
        guid=str(uuid.uuid5(GUIDS, f"{show}\n{brief.slot}\n{brief.seed}")),
        written_by=render_credit(story.credit),
        drawn_by=_drawn_by(story, drawn),
        read_by=render_credit(narration.credit) if narration else "",
        cover=cover,
        cover_alt=cover_alt,
        sections=tuple(sections),
        pending=list_pending(story, drawn, narration),
    )


def list_pending(story: Story, drawn: Mapping[str, Credit], narration: Narration | None) -> tuple[str, ...]:
    """Return what a story still lacks: "pictures", "narration"."""
    lacking = (("pictures", any(prompt.name not in drawn for prompt in story.prompts)), ("narration", not narration))
    return tuple(name for name, lacks in lacking if lacks)


def _shown(prompt: PicturePrompt, drawn: Mapping[str, Credit]) -> tuple[str, str]:
    """Return file and alt text of a picture, or nothing while there is none."""
    return (f"{prompt.name}.webp", prompt.alt) if prompt.name in drawn else ("", "")


def _drawn_by(story: Story, drawn: Mapping[str, Credit]) -> str:
    first = next((drawn[prompt.name] for prompt in story.prompts if prompt.name in drawn), None)
    return render_credit(first) if first else ""


def _cast_of(brief: Brief, story: Story) -> tuple[str, ...]:
    """Return the keys of those who are in the story and have a card; an idea may bring heroes of its own."""
    seen = dict.fromkeys(figure.character.key for prompt in story.prompts for figure in prompt.figures)
    carded = (brief.hero.key, brief.helper.key)
    return tuple(key for key in seen if key in carded) if seen else carded


def render_credit(credit: Credit) -> str:
    """Return who made something, as the page says it."""
    return clean_text(f"{credit.provider} {credit.model}")


def make_files(
    brief: Brief,
    story: Story,
    illustrations: tuple[Illustration, ...],
    narration: Narration | None,
    *,
    show: str,
    calls: tuple[Record, ...] = (),
) -> dict[str, bytes]:
    """Return every file of a bundle by its name. Pure: the same values give the same bytes."""
    share = make_share_file(illustrations, story.title, show)
    return make_shared_files(brief, story, illustrations, narration, share, show=show, calls=calls)


def make_shared_files(
    brief: Brief,
    story: Story,
    illustrations: tuple[Illustration, ...],
    narration: Narration | None,
    share: dict[str, bytes],
    *,
    show: str,
    calls: tuple[Record, ...] = (),
) -> dict[str, bytes]:
    """Return the same of a story whose share card is drawn already; it is given by its name."""
    files = make_assets_files(illustrations, narration) | share
    drawn = {picture.name: picture.credit for picture in illustrations}
    page = make_page(brief, story, drawn, narration, show=show)
    made = render_made(brief, story, page, files, calls)
    return files | {PAGE: render_page(page).encode(), MADE: made.encode()}


def make_assets_files(illustrations: tuple[Illustration, ...], narration: Narration | None) -> dict[str, bytes]:
    """Return the files of pictures and sound by their names."""
    files: dict[str, bytes] = {}
    for picture in illustrations:
        files[f"{picture.name}.webp"] = picture.webp
        files |= {f"{picture.name}-square.jpg": picture.square} if picture.square else {}
        files |= {f"{picture.name}-thumb.webp": picture.thumb} if picture.thumb else {}
        files |= {f"{picture.name}-small.webp": picture.small} if picture.small else {}
    if narration:
        files[SOUND] = narration.mp3
        files[TIMING] = render_timing(narration.sentences).encode()
    return files


def make_share_file(illustrations: tuple[Illustration, ...], title: str, show: str) -> dict[str, bytes]:
    """Return the share card by its name, or nothing while there is no cover it could be drawn from."""
    for picture in illustrations:
        if picture.name == COVER:
            with suppress(ValueError):  # no story waits for its card: the cover itself is shared then
                return {SHARE: draw_share(picture.webp, title, show)}
    return {}


def render_made(
    brief: Brief, story: Story, page: Page, assets: Mapping[str, bytes], calls: tuple[Record, ...] = ()
) -> str:
    """Return story.json: how the story was made, what it cost, and what its files must be.

    While something is pending it also holds the whole brief and story, so that any machine can finish it.
    """
    made: dict[str, object] = {
        "slot": str(brief.slot),
        "seed": brief.seed,
        "brief": {
            "genre": brief.genre,
            "form": brief.form,
            "age": brief.age,
            "words": [round(brief.words.low), round(brief.words.high)],
            "hero": brief.hero.key,
            "helper": brief.helper.key,
            "place": brief.place.key,
            "series": brief.series.key if brief.series else "",
            "idea": brief.idea,
            "language": brief.language,
        },
        "plot": clean_text(story.plot),
        "telling": story.telling,
        "turns": {"heroes": brief.turns.heroes, "helpers": brief.turns.helpers, "places": brief.turns.places},
        "steps": {
            "write": _step(page.written_by, calls, "write", pending=False),
            "illustrate": _step(page.drawn_by, calls, "illustrate", pending="pictures" in page.pending),
            "narrate": _step(page.read_by, calls, "narrate", pending="narration" in page.pending),
        },
        "calls": [to_json(call) for call in calls],
        "pictures": [{"name": p.name, "prompt": p.text, "seed": p.seed, "objects": p.objects} for p in story.prompts],
        "files": {name: record_file(data) for name, data in sorted(assets.items())},
    }
    if page.pending:
        made["unfinished"] = {"brief": to_json(replace(brief, past=(), titles=frozenset())), "story": to_json(story)}
    return render_json(made)


def record_file(data: bytes) -> dict[str, object]:
    """Return what story.json notes of a file."""
    return {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


def render_json(made: Mapping[str, object]) -> str:
    """Write story.json."""
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _step(by: str, calls: tuple[Record, ...], role: str, *, pending: bool) -> dict[str, object]:
    """Return the state of a step; the cost, in US dollars, is that of all calls for it, those in doubt included."""
    cost = sum(call.cost for call in calls if role_of(call.step) == role)
    return {"state": "pending" if pending else "done", "by": by, "cost": cost / DOLLAR if cost else 0}


def write_bundle(
    target: Path, files: Mapping[str, bytes], *, staging: Path, reach: Callable[[str], None] = lambda _name: None
) -> None:
    """Write a bundle so that it appears whole or not at all. Raises ArchiveError, and then nothing has changed."""
    made: list[Path] = []
    try:
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True)
        for name, data in files.items():
            write_new(staging / name, data)
        sync_folder(staging)
        reach("bundle.staged")
        _make_parents(target.parent, made)
        _put_in_place(staging, target, reach)
    except OSError as error:
        raise ArchiveError(_explain(error, target), _advise(error), path=target) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        for folder in reversed(made):
            with suppress(OSError):  # it holds something
                folder.rmdir()


def _put_in_place(staging: Path, target: Path, reach: Callable[[str], None]) -> None:
    """Rename a folder durably; where the disk does not confirm it, take it back. Raises OSError."""
    staging.rename(target)
    reach("bundle.renamed")
    try:
        sync_folder(target.parent)
    except OSError:
        with suppress(OSError):
            target.rename(staging)
        raise


def complete_bundle(folder: Path, files: Mapping[str, bytes], *, reach: Callable[[str], None]) -> None:
    """Add files to a bundle: what is shown, then the page, then story.json. Raises ArchiveError.

    So the page never shows what is not there, and story.json knows how the story is to be finished until it is. After a
    crash on the way a later run ends in the same folder.
    """
    order = sorted(files, key=lambda name: (name == MADE, name == PAGE, name))
    try:
        for name in order:
            write_durably(folder / name, files[name])
            reach(f"backfill.{name.partition('.')[0]}")
    except OSError as error:
        raise ArchiveError(_explain(error, folder), _advise(error), path=folder) from error


def _make_parents(folder: Path, made: list[Path]) -> None:
    for path in reversed([path for path in (folder, *folder.parents) if not path.exists()]):
        path.mkdir()
        made.append(path)


def _explain(error: OSError, target: Path) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"the disk is full; the story {target.name!r} was not filed"
    return f"the story {target.name!r} was not filed: {error.strerror or error}"


def _advise(error: OSError) -> str:
    advice = {
        errno.ENOSPC: "Free some space and run it again; nothing was lost but the time.",
        errno.EACCES: "Make the folder writable for you and run it again.",
        errno.EROFS: "The disk is read-only; move the archive to one that is not.",
        errno.EXDEV: "Keep content/ and .taleshelf/ on the same disk.",
    }
    return advice.get(error.errno or 0, "Look at the disk and run it again.")
