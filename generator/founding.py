"""A new archive from the template: content to begin with, settings as they were answered, the program, the first commit.

It is written beside its place and renamed into it: the folder is there whole or not at all, and nothing is overwritten.
"""

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generator.cards import read_cards
from generator.config import load_config
from generator.durable import explained
from generator.errors import ConfigError
from generator.feeds.settings import parse_base_url
from generator.git import run_git
from generator.markdown import clean_text
from generator.story import AgeBand
from generator.template_names import LEFT_OUT, NAMES, PACKED

NIGHTLY = "nightly.yml"  # the workflow that makes stories
HOURS = 8  # after which the story of a night is missed
PROGRAM = Path(__file__).resolve().parent


def find_template(program: Path = PROGRAM) -> Path:
    """Return the folder with the template. Raises ConfigError where the program was taken out of its place."""
    packed = program / PACKED
    found = packed if packed.is_dir() else program.parent
    if not (found / "mkdocs.yml").is_file() or not (found / "site_template").is_dir():
        raise ConfigError(
            "this installation has no template of an archive", "Install the package anew, or run it from a checkout."
        )
    return found


@dataclass(frozen=True, slots=True)
class Answers:
    """What an owner says of the archive that is to be."""

    name: str
    site_url: str = ""
    language: str = "en"
    timezone: str = "UTC"
    hour: int = 0  # from which on the story of a night is made, on the site's clock
    ages: tuple[AgeBand, ...] = tuple(AgeBand)
    cast: tuple[str, ...] = ()  # keys of the starter cast that stay; empty for all


def parse_name(text: str) -> str:
    """Read the name of an archive. Raises ValueError."""
    name = clean_text(text).replace("\n", " ")
    if not name or len(name) > 80:
        raise ValueError("give it a name of 1 to 80 characters")
    return name


def parse_language(text: str) -> str:
    """Read a language. Raises ValueError."""
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", text):
        raise ValueError(f"{text!r} is not a language code such as 'en' or 'en-GB'")
    return text


def parse_timezone(text: str) -> str:
    """Read a time zone. Raises ValueError."""
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{text!r} is not a time zone; write it as 'Europe/Berlin'") from None


def parse_hour(text: str) -> int:
    """Read an hour of the day. Raises ValueError."""
    if not re.fullmatch(r"\d{1,2}", text, re.ASCII) or int(text) > 23:
        raise ValueError(f"{text!r} is not an hour from 0 to 23")
    return int(text)


def parse_ages(text: str) -> tuple[AgeBand, ...]:
    """Read ages, separated by commas. Raises ValueError."""
    names = _split(text)
    if wrong := [name for name in names if name not in list(AgeBand)] or (not names and ["nothing"]):
        raise ValueError(f"{wrong[0]!r} is none of {', '.join(AgeBand)}")
    return tuple(AgeBand(name) for name in names)


def parse_cast(text: str) -> tuple[str, ...]:
    """Read who of the starter cast stays: keys, separated by commas, or "all". Raises ValueError."""
    known = [card.key for card in read_cards(find_template() / "content").cast]
    names = () if text.strip() in {"", "all"} else _split(text)
    if wrong := [name for name in names if name not in known]:
        raise ValueError(f"{wrong[0]!r} is none of {', '.join(known)}")
    if len(names) == 1:
        raise ValueError("a story needs a hero and a helper: name two or more")
    return names


def parse_site_url(text: str) -> str:
    """Read the address of a site; empty when nobody knows it yet. Raises ValueError."""
    return parse_base_url(text)


def _split(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


def check_target(target: Path) -> None:
    """Refuse a place where something is already. Raises ConfigError."""
    if target.is_symlink() or (target.exists() and (not target.is_dir() or any(target.iterdir()))):
        raise ConfigError(f"there is something in {target.name!r} already", "Name a new or empty folder.")


def found_archive(target: Path, answers: Answers, environment: Mapping[str, str]) -> None:
    """Make an archive at a place where nothing is yet. Raises ConfigError or ArchiveError, and then nothing is there."""
    check_target(target)
    target = target.absolute()
    template, aside = find_template(), target.parent / f".{target.name}.new"
    with explained(f"{target.name!r} was not made", "Make the place writable, or name another one.", target):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(aside, ignore_errors=True)
        try:
            _copy(template, aside)
            _settle(aside, answers)
            load_config(aside)
            read_cards(aside / "content")
            _commit(aside, environment)
            _put(aside, target)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _put(aside: Path, target: Path) -> None:
    """Have an archive appear at its place; an empty folder stays the one it is, for somebody may stand in it."""
    if not target.exists():
        aside.rename(target)
        return
    moved: list[Path] = []
    try:
        for path in sorted(aside.iterdir(), key=lambda path: (path.name == "mkdocs.yml", path.name)):
            moved += [path.rename(target / path.name)]
    except OSError:
        for path in moved:
            path.rename(aside / path.name)
        raise


def _copy(template: Path, target: Path) -> None:
    target.mkdir()
    ignore = shutil.ignore_patterns(*LEFT_OUT)
    for name in NAMES:
        source = template / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=ignore)
        elif source.is_file():
            shutil.copy(source, target / name)
    shutil.copytree(PROGRAM, target / "generator", ignore=ignore)


def _settle(root: Path, answers: Answers) -> None:
    """Write the answers into the files of a new archive."""
    quoted = json.dumps(answers.name, ensure_ascii=False)  # is YAML, too
    _change(root / "mkdocs.yml", "site_name: ", quoted)
    _change(root / "mkdocs.yml", "site_url: ", json.dumps(answers.site_url) if answers.site_url else '""')
    _change(root / "taleshelf.toml", "timezone = ", json.dumps(answers.timezone))
    _change(root / "taleshelf.toml", "language = ", json.dumps(answers.language))
    _change(root / "taleshelf.toml", "ages = ", json.dumps([age.value for age in answers.ages]))
    if answers.hour:
        due = f"{answers.hour + HOURS:02}:00" if answers.hour + HOURS < 24 else "23:59"
        _change(root / "taleshelf.toml", "by = ", json.dumps(due))
    if answers.cast:
        for path in (root / "content" / "cast").iterdir():
            if path.stem not in {*answers.cast, "index"}:
                path.unlink()
    for path in (root / ".github" / "workflows").glob("*.yml"):
        hour = answers.hour if path.name == NIGHTLY else 0
        path.write_text(move_ticks(path.read_text("utf-8"), answers.timezone, hour), "utf-8")
    (root / "README.md").write_text(render_readme(answers), "utf-8")


def _change(path: Path, start: str, value: str) -> None:
    """Put a value behind the first line that starts so; what stands behind it as a comment stays."""
    text, count = re.subn(
        rf"(?m)^{re.escape(start)}(?:\"[^\"\n]*\"|\[[^\]\n]*\]|[^#\n]*?)(?=\s*(?:#.*)?$)",
        lambda _: start + value,
        path.read_text("utf-8"),
        count=1,
    )
    if not count:
        raise ConfigError(f"the template's {path.name} has no line {start.strip()!r}", "Install the package anew.")
    path.write_text(text, "utf-8")


def move_ticks(workflow: str, zone: str, hour: int) -> str:
    """Set the zone of a workflow's schedule, and begin its day at an hour; ticks that would come after midnight go."""

    def move(match: re.Match[str]) -> str:
        later = int(match["hour"]) + hour
        return f'{match["before"]}{match["minute"]} {later} * * *"{match["zone"]}{zone}\n' if later < 24 else ""

    tick = r'(?m)^(?P<before> *- cron: ")(?P<minute>\d+) (?P<hour>\d+) \* \* \*"(?P<zone>\n +timezone: ).*\n'
    return re.sub(tick, move, workflow)


def _commit(root: Path, environment: Mapping[str, str]) -> None:
    """Make it a repository of one commit, by the same author as every later one."""
    for arguments in (
        ("init", "--quiet", "--initial-branch=main", "--template="),
        ("add", "--all", "--force", "."),
        ("commit", "--quiet", "--no-verify", "--no-gpg-sign", "-m", "A new archive of stories"),
    ):
        run_git(root, *arguments, environment=environment)


def render_readme(answers: Answers) -> str:
    """Write what an owner finds at the top of the repository."""
    where = f"Readers find it at <{answers.site_url}>." if answers.site_url else "Set `site_url` in `mkdocs.yml` first."
    return README.format(
        name=clean_text(answers.name).replace("<", "&lt;"), where=where, zone=answers.timezone, hour=answers.hour
    )


README = """# {name}

A story archive that writes itself: every night one new story for children, drawn and read aloud. {where}

    make tonight    write, draw and read tonight's story, then build the site
    make serve      show it at http://127.0.0.1:8000/

The workflows in `.github/` do the same each night from {hour}:00 on ({zone}), once you have pushed this to a repository and
enabled them there. [docs/publishing.md](docs/publishing.md) says how the site gets to readers.

- `content/cast/`, `content/places/` and `content/series/` are cards: copy one and change it. `content/about.md` is yours, too.
- `taleshelf.toml` has every setting; `mkdocs.yml` the name, the address and the look.
- **No names of real children**, schools or streets: neither in cards nor in ideas. Everything here is public, and every model
  you name reads it. Invent somebody.
"""
