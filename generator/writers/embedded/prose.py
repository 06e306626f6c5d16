"""Put a plan into words: choose wordings, then fit the length with extras, meetings and shorter or longer wordings."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from generator.reading import grade
from generator.story import AgeBand, Form, count_words
from generator.writers.embedded.banks import Texture
from generator.writers.embedded.couplets import lay_out
from generator.writers.embedded.dealing import chosen, rotate
from generator.writers.embedded.grammar import render
from generator.writers.embedded.plan import Plan, with_level
from generator.writers.embedded.plots import Plot
from generator.writers.embedded.script import Move, Paragraph, walk

_LEVELS = tuple(AgeBand)
SHORT = 12  # words before a paragraph may end for a speaker
LONG = 50  # words after which it ends with the move
MARGIN = 0.1  # grades inside the band
AMONG = 8  # wordings to choose from when one must be longer or shorter


@dataclass(slots=True)
class _Line:
    """A move of the story at hand, rendered in every wording; `choice` is the one that is told."""

    scene: int
    paragraph: int
    options: tuple[str, ...]
    choice: int
    told: bool
    extra: bool
    group: int = -1  # the meeting it belongs to
    grown: bool = False  # not for the youngest
    words: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.words = tuple(map(count_words, self.options))

    @property
    def text(self) -> str:
        return self.options[self.choice]

    @property
    def length(self) -> int:
        return self.words[self.choice] if self.told else 0


def realise(plan: Plan, texture: Texture) -> tuple[tuple[str, ...], ...]:
    """Tell the plan: the paragraphs of each scene, as many words as the span asks for if the plot has them."""
    best: tuple[float, list[_Line]] | None = None
    for age in _levels(plan):
        lines = _fit(plan, with_level(plan, age), texture)
        missed = _missed(plan, lines)
        if best is None or missed < best[0]:
            best = missed, lines
        if missed == 0:
            break
    return _lay_out(plan, best[1] if best else [])


def _levels(plan: Plan) -> Iterator[AgeBand]:
    """Give the ages whose wordings to try: the own, then those whose usual length is nearer to the span."""
    middle = (plan.span.low + plan.span.high) / 2
    yield plan.age
    others = (age for age in _LEVELS if age is not plan.age)
    yield from sorted(others, key=lambda age: abs((age.words.low + age.words.high) / 2 - middle))


def _fit(plan: Plan, told_as: Plan, texture: Texture) -> list[_Line]:
    rng = random.Random(f"prose {plan.brief.seed}")
    lines = _make_lines(told_as, texture, rng)
    low, high = plan.span.low, plan.span.high
    target = rng.uniform(low + (high - low) * 0.2, high - (high - low) * 0.15)
    extras = [line for line in lines if line.extra and line.group < 0]
    rng.shuffle(extras)
    if told_as.age is AgeBand.OLDER:
        extras.sort(key=lambda line: not line.grown)
    for line in extras:
        if _total(lines) + line.words[line.choice] <= target:
            line.told = True
    _add_meetings(lines, target, rng)
    for line in sorted(extras, key=lambda line: line.words[line.choice]):
        if _total(lines) < low and _total(lines) + line.words[line.choice] <= high:
            line.told = True
    _trim(lines, low, high)
    if plan.span == plan.age.words:
        _tune(lines, plan)
    return lines


def _add_meetings(lines: list[_Line], target: float, rng: random.Random) -> None:
    groups = sorted({line.group for line in lines if line.group >= 0})
    rng.shuffle(groups)
    for group in groups:
        members = [line for line in lines if line.group == group]
        if _total(lines) + sum(line.words[line.choice] for line in members) <= target:
            for line in members:
                line.told = True


def _trim(lines: list[_Line], low: float, high: float) -> None:
    """Change wordings, the most helpful first, until the total lies in the span or nothing helps."""
    while not low <= (total := _total(lines)) <= high:
        sign = 1 if total < low else -1
        gains = [
            (sign * (words - line.length), number, option)
            for number, line in enumerate(lines)
            if line.told
            for option, words in enumerate(line.words)
        ]
        gain, number, option = max(gains, default=(0, 0, 0))
        if gain <= 0:
            return
        lines[number].choice = option


def _tune(lines: list[_Line], plan: Plan) -> None:
    """Change wordings to longer or shorter sentences until the reading grade suits the age."""
    band = plan.age.grade
    rng = random.Random(f"tune {plan.brief.seed}")
    for _ in range(16):
        level = grade(" ".join(line.text for line in lines if line.told))
        if band.low + MARGIN <= level <= band.high - MARGIN:
            return
        sign = 1 if level < band.low + MARGIN else -1
        gains = [
            (sign * (grade(text) - grade(line.text)), number, option)
            for number, line in enumerate(lines)
            if line.told
            for option, text in enumerate(line.options)
            if _total(lines) - line.length + line.words[option] in plan.span
        ]
        # One of the best, not the best: else every telling for that age would end in the same few sentences.
        best = [gain for gain in sorted(gains, reverse=True)[:AMONG] if gain[0] > 0]
        if not best:
            return
        _, number, option = rng.choice(best)
        lines[number].choice = option


def _make_lines(plan: Plan, texture: Texture, rng: random.Random) -> list[_Line]:
    meetings = list(range(len(texture.interludes)))
    rng.shuffle(meetings)
    points = sum(move.bank == "travel" for scene in plan.plot.scenes for para in scene.paragraphs for move in para)
    share = -(-len(meetings) // max(points, 1))
    used: set[str] = set()
    lines: list[_Line] = []
    for scene_number, scene in enumerate(plan.plot.scenes):
        here = replace(plan, marks=plan.marks | {str(plan.times[scene_number])})
        number = 0
        for paragraph in scene.paragraphs:
            if paragraph[0].bank == "travel":
                for meeting in (meetings.pop() for _ in range(min(share, len(meetings)))):
                    for part in texture.interludes[meeting]:
                        number += 1
                        lines += _paragraph(here, part, texture, rng, used, (scene_number, number, meeting))
                continue
            number += 1
            lines += _paragraph(here, paragraph, texture, rng, used, (scene_number, number, -1))
    return lines


def _paragraph(
    plan: Plan, moves: Paragraph, texture: Texture, rng: random.Random, used: set[str], at: tuple[int, int, int]
) -> Iterator[_Line]:
    scene, number, group = at
    lanes = _lanes(plan.plot)
    for move in moves:
        if not move.fits(plan.age, plan.marks):
            continue
        if move.bank:
            options = _from_bank(plan, texture, move.bank, rng, used)
            if not options:
                continue
            texts, choice = options, 0
        else:
            texts = tuple(_render(plan, text, f"{move.where} {n}") for n, text in enumerate(move.options))
            choice = (
                rotate(move.where, plan.telling, len(texts), lanes[move.where])
                if group < 0
                else rng.randrange(len(texts))
            )
        grown = AgeBand.YOUNG not in move.ages
        yield _Line(scene, number, texts, choice, group < 0 and not move.extra, move.extra, group, grown)


def _lanes(plot: Plot) -> dict[str, int]:
    """Give each move of a plot its number."""
    moves = (move for scene in plot.scenes for move in walk(scene.paragraphs) if not move.bank)
    return {move.where: number for number, move in enumerate(moves)}


def _from_bank(plan: Plan, texture: Texture, bank: str, rng: random.Random, used: set[str]) -> tuple[str, ...]:
    fitting = [move for move in texture.lines[bank] if move.fits(plan.age, plan.marks) and move.where not in used]
    fitting = (
        [move for move in fitting if AgeBand.YOUNG not in move.ages] or fitting
        if plan.age is not AgeBand.YOUNG and rng.random() < 0.6
        else fitting
    )
    if not fitting:
        return ()
    move: Move = rng.choice(fitting)
    used.add(move.where)
    return (_render(plan, move.options[0], move.where),)


def _render(plan: Plan, text: str, deck: str) -> str:
    return render(text, plan.words, lambda count: chosen(range(count), deck, plan.telling))


def _total(lines: list[_Line]) -> int:
    return sum(line.length for line in lines)


def _missed(plan: Plan, lines: list[_Line]) -> float:
    total = _total(lines)
    return max(plan.span.low - total, total - plan.span.high, 0)


def _lay_out(plan: Plan, lines: list[_Line]) -> tuple[tuple[str, ...], ...]:
    scenes: list[dict[int, list[str]]] = [{} for _ in plan.plot.scenes]
    for line in lines:
        if line.told:
            scenes[line.scene].setdefault(line.paragraph, []).append(line.text)
    if plan.plot.form is Form.COUPLETS:
        return tuple(tuple(lay_out(parts) for parts in scene.values()) for scene in scenes)
    return tuple(tuple(text for parts in scene.values() for text in _break(parts)) for scene in scenes)


def _break(parts: list[str]) -> Iterator[str]:
    """Break an author's paragraph where somebody new may be speaking and where it grows long."""
    paragraph: list[str] = []
    for part in parts:
        words = sum(map(count_words, paragraph))
        if words >= LONG or (words >= SHORT and part.startswith("“")):
            yield " ".join(paragraph)
            paragraph = []
        paragraph.append(part)
    yield " ".join(paragraph)
