"""Plots: what they are, how they are read from their files, and what makes one wrong."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from generator.errors import ConfigError
from generator.story import Form, Genre, Pose, TimeOfDay, Weather
from generator.writers.embedded.banks import BANKS, MARKS
from generator.writers.embedded.couplets import check_couplet
from generator.writers.embedded.grammar import check_template
from generator.writers.embedded.script import Move, Paragraph, parse_script, walk
from generator.writers.embedded.words import KNOWN

FOLDER = Path(__file__).parent / "plots"
_TEXTS = {"name", "form", "obstacle", "planted", "lesson"}
_LISTS = {"genres", "needs", "avoids", "weather", "titles", "summaries", "morals", "questions"}
_ALLOWED = _TEXTS | _LISTS | {"slots", "theme", "cover", "scene"}


@dataclass(frozen=True, slots=True)
class Shot:
    """What a picture shows: a sentence in the present tense, who stands how, and which things."""

    show: str
    figures: tuple[tuple[str, Pose], ...]  # ("hero", Pose.HOLD)
    objects: tuple[str, ...]  # names of slots or of things


@dataclass(frozen=True, slots=True)
class PlotScene:
    """A scene as its author wrote it."""

    headings: tuple[str, ...]
    time: TimeOfDay
    shot: Shot
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot: everything an author decided, in all its wordings."""

    name: str
    genres: tuple[Genre, ...]
    form: Form
    obstacle: str
    planted: str
    lesson: str
    titles: tuple[str, ...]
    summaries: tuple[str, ...]
    morals: tuple[str, ...]
    questions: tuple[str, ...]
    cover: Shot
    scenes: tuple[PlotScene, ...]
    slots: Mapping[str, tuple[Mapping[str, str], ...]]
    theme: str = "thing"  # the slot an idea may take over
    any: Mapping[str, str] | None = None  # what is said of the theme when an idea names something unforeseen
    needs: tuple[str, ...] = ()  # marks the place must have
    avoids: tuple[str, ...] = ()  # marks it must not have
    weather: tuple[Weather, ...] = (Weather.CLEAR,)

    @property
    def travels(self) -> bool:
        """Whether there is a walk on which one can meet others, which is how a story becomes long."""
        return any(move.bank == "travel" for scene in self.scenes for move in walk(scene.paragraphs))

    @property
    def slot_keys(self) -> frozenset[str]:
        """The slots of this plot with their attributes, as templates write them."""
        keys = set(self.slots)
        keys |= {f"{name}.{key}" for name, choices in self.slots.items() for key in choices[0] if key != "is"}
        return frozenset(keys)


@cache
def load_plots(folder: Path = FOLDER) -> tuple[Plot, ...]:
    """Read and check all plots below a folder, sorted by name. Raises ConfigError with all findings at once."""
    plots = sorted((read_plot(path) for path in folder.rglob("*.toml")), key=lambda plot: plot.name)
    findings = [f"{plot.name}: {finding}" for plot in plots for finding in check_plot(plot)]
    names = [plot.name for plot in plots]
    findings += [f"{name}: two plots have this name" for name in sorted(set(names)) if names.count(name) > 1]
    if findings:
        raise ConfigError("plots are wrong:\n" + "\n".join(findings), "See plots/AUTHORS.md")
    return tuple(plots)


def read_plot(path: Path) -> Plot:
    """Read one plot. Raises ConfigError naming the file and what is missing or mistyped."""
    try:
        return parse_plot(path.read_text("utf-8"), path.name)
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError) as error:
        raise ConfigError(f"{path.name}: {type(error).__name__}: {error}", "See plots/AUTHORS.md") from error


def parse_plot(text: str, where: str) -> Plot:
    """Make a plot of the text of its file."""
    data = tomllib.loads(text)
    if unknown := sorted(data.keys() - _ALLOWED):
        raise ValueError(f"unknown keys {unknown}")
    slots, any_theme = _parse_slots(data.get("slots", {}))
    return Plot(
        name=data["name"],
        genres=tuple(Genre(genre) for genre in data["genres"]),
        form=Form(data.get("form", "prose")),
        obstacle=data["obstacle"],
        planted=data["planted"],
        lesson=data["lesson"],
        titles=tuple(data["titles"]),
        summaries=tuple(data["summaries"]),
        morals=tuple(data["morals"]),
        questions=tuple(data["questions"]),
        cover=_parse_shot(data["cover"]),
        scenes=tuple(_parse_scene(scene, f"{where}, scene {n}") for n, scene in enumerate(data["scene"], 1)),
        slots=slots,
        theme=data.get("theme", "thing"),
        any=any_theme,
        needs=tuple(data.get("needs", ())),
        avoids=tuple(data.get("avoids", ())),
        weather=tuple(Weather(weather) for weather in data.get("weather", ["clear"])),
    )


def _parse_slots(data: Mapping[str, Any]) -> tuple[dict[str, tuple[dict[str, str], ...]], dict[str, str] | None]:
    slots = {
        name: tuple({"is": choice} if isinstance(choice, str) else dict(choice) for choice in choices)
        for name, choices in data.items()
        if name != "any"
    }
    return slots, dict(data["any"]) if "any" in data else None


def _parse_shot(data: Mapping[str, Any]) -> Shot:
    figures = tuple((role, Pose(pose)) for role, _, pose in (entry.partition(" ") for entry in data["figures"]))
    return Shot(data["show"], figures, tuple(data.get("objects", ())))


def _parse_scene(data: Mapping[str, Any], where: str) -> PlotScene:
    shot = _parse_shot(data["picture"])
    return PlotScene(tuple(data["headings"]), TimeOfDay(data["time"]), shot, parse_script(data["text"], where))


def check_plot(plot: Plot) -> Iterator[str]:
    """Report everything in a plot that would spoil a story."""
    yield from _check_counts(plot)
    known = KNOWN | plot.slot_keys
    for choices in plot.slots.values():
        if len({tuple(sorted(choice)) for choice in choices}) != 1:
            yield f"the choices of a slot have different attributes: {[choice['is'] for choice in choices]}"
    short = (*plot.titles, *plot.summaries, *plot.morals, *plot.questions, plot.cover.show)
    for text in (*short, *(text for scene in plot.scenes for text in (*scene.headings, scene.shot.show))):
        yield from (f"{text!r}: {finding}" for finding in check_template(text, known))
    for scene in plot.scenes:
        if any(len(part) > 1 and any(move.bank == "travel" for move in part) for part in scene.paragraphs):
            yield f"{scene.headings[0]!r}: @travel stands in a paragraph of its own"
        for move in walk(scene.paragraphs):
            yield from (f"{move.where}: {finding}" for finding in _check_move(move, known, plot.form))
    if bad := sorted({*plot.needs, *plot.avoids} - MARKS):
        yield f"unknown marks {bad}"


def _check_counts(plot: Plot) -> Iterator[str]:
    for what, texts, least in (
        ("titles", plot.titles, 6),
        ("summaries", plot.summaries, 3),
        ("morals", plot.morals, 3),
        ("questions", plot.questions, 3),
        *((f"headings of scene {n}", scene.headings, 3) for n, scene in enumerate(plot.scenes, 1)),
    ):
        if len(texts) < least:
            yield f"{what}: {len(texts)}, at least {least} are needed"
    if not 3 <= len(plot.scenes) <= 6:
        yield f"{len(plot.scenes)} scenes; 3 to 6 are needed"
    if plot.theme not in plot.slots or len(plot.slots[plot.theme]) < 4:
        yield f"the theme slot {plot.theme!r} needs at least 4 choices"
    elif plot.any is None or set(plot.any) != set(plot.slots[plot.theme][0]) - {"is", "draw"}:
        yield f"slots.any must have the attributes of {plot.theme!r} (without is and draw)"


def _check_move(move: Move, known: frozenset[str], form: Form) -> Iterator[str]:
    if move.bank:
        if move.bank not in BANKS:
            yield f"unknown bank @{move.bank}"
        return
    least = 2 if move.extra or move.marks else 3
    if len(move.options) < least:
        yield f"{len(move.options)} wordings, at least {least} are needed: {move.options[0][:50]!r}"
    if bad := sorted({mark.lstrip("!") for mark in move.marks} - MARKS):
        yield f"unknown marks {bad}"
    for text in move.options:
        yield from (f"{text[:60]!r}: {finding}" for finding in check_template(text, known))
        if form is Form.COUPLETS:
            yield from (f"{text[:60]!r}: {finding}" for finding in check_couplet(text))
        elif not text.endswith((".", "!", "?", "…", "”", ":")):
            yield f"{text[-40:]!r} does not end like a sentence"
