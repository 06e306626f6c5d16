"""Every fault times every endpoint that an adapter asks: what is played, and what must come of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.fakes.clouds import FAULTS, Rule, Script, faults_of
from tests.faults.stage import Night, Stage, Studio
from tests.faults.verdict import Told, check_archive, check_output, check_paid, check_secrets, check_whole, read_told

# A column of the table: the endpoint, and who works on the story meanwhile.
COLUMNS: dict[str, Studio] = {
    "openai.chat": Studio(writers=("openai",)),
    "openai.image": Studio(illustrators=("openai", "sketch")),
    "openai.speech": Studio(narrators=("openai", "sketch")),
    "openai.moderation": Studio(illustrators=("openai", "sketch"), moderators=("openai",)),
    "bedrock.converse": Studio(writers=("bedrock",)),
    "bedrock.invoke": Studio(illustrators=("bedrock", "sketch")),
    "polly.speech": Studio(narrators=("polly", "sketch")),
    "polly.marks": Studio(narrators=("polly", "sketch")),
    "polly.voices": Studio(narrators=("polly", "sketch")),
    "replicate.create": Studio(illustrators=("replicate", "sketch")),
    "replicate.poll": Studio(illustrators=("replicate", "sketch")),
    "replicate.file": Studio(illustrators=("replicate", "sketch")),
}
EMBEDDED = frozenset(("500",))  # faults after which the embedded provider takes over, and no cheaper one

FINE = frozenset(("prose", "fenced", "wav-stream", "retiring"))  # harmless
FINAL = frozenset(("401", "403", "404", "model-gone", "quota", "redirect"))  # asking once more gets the same answer
STALLS = frozenset(("slow", "drip"))  # end at the deadline of the call
DEADLINE, SHORT = 20.0, 2.0  # seconds of a call; where it is waited for
ALLOWED = 40.0  # seconds of a night besides what is waited for, on a machine with much else to do
WORK = 7.0  # seconds: where a vendor works on a request by itself


@dataclass(frozen=True, slots=True)
class Cell:
    """One fault at one endpoint."""

    kind: str
    fault: str
    always: bool  # every request, or the first

    @property
    def vendor(self) -> str:
        """The provider that is asked."""
        return self.kind.partition(".")[0]

    @property
    def limit(self) -> float:
        """Seconds in which the night must be over: an asset is asked for twice, and the work takes its time."""
        return ALLOWED + 2 * self.deadline

    @property
    def deadline(self) -> float:
        """Seconds of one call."""
        if self.vendor == "replicate" and (self.always or self.fault in STALLS):
            return WORK
        return SHORT if self.fault in STALLS else DEADLINE

    def make_studio(self) -> Studio:
        """Return who works on the story."""
        studio = COLUMNS[self.kind]
        if self.fault in EMBEDDED:
            studio = replace(
                studio,
                illustrators=tuple(name for name in studio.illustrators if name != "sketch") or ("sketch",),
                narrators=tuple(name for name in studio.narrators if name != "sketch") or ("sketch",),
            )
        return replace(studio, settings={self.vendor: {"deadline": self.deadline}})

    def make_script(self) -> Script:
        """Return what the clouds do."""
        on = () if self.always else (1,)
        arguments = {
            "429": 0.2,
            "503": 0.2,
            "slow": 30,
            "flag": {"violence": 0.9},
            "foreign": "https://example.org/a.png",
        }
        if self.fault != "refuse":
            return Script(Rule(self.kind, self.fault, arguments.get(self.fault), on))
        after = {"replicate.poll": "replicate.create", "replicate.file": "replicate.poll"}.get(self.kind, "")
        return Script(Rule(self.kind, "refuse", None if self.always else 1.0, after=after))

    @property
    def outcomes(self) -> frozenset[str]:
        """What may come of it: "own" provider, "next" one, "pending", or "none"."""
        role, free = self.kind.partition(".")[2], {"own", "next", "pending"}
        if self.kind == "openai.moderation":
            if self.fault == "flag":
                return frozenset(("none",) if self.always else ("own",))
            return frozenset(("own", "next") if self.fault == "refuse" else ("own",))
        if self.fault in FINE:
            return frozenset(("own",))
        if self.fault == "refuse":
            return frozenset(free if role in ("poll", "file") else ("next",) if self.always else ("own", "next"))
        if role in ("poll", "file"):
            return frozenset(("next", "pending") if self.always else ("own", "pending"))
        if self.always or (self.fault in FINAL):
            return frozenset(("next",))
        if self.fault == "400":
            return frozenset(("own",) if self.kind in ("openai.chat", "openai.image") else ("next",))
        if self.kind == "openai.speech" and self.fault == "refusal":
            return frozenset(("next",))
        return frozenset(("own",))


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a cell, or of any other scene."""

    row: str
    column: str
    outcome: str
    seconds: float
    problems: tuple[str, ...]


def make_cells(kinds: tuple[str, ...] = tuple(COLUMNS)) -> Iterator[Cell]:
    """Yield every cell; in half of them the fault befalls the first request, in the others all of them.

    Which it is alternates, so that no fault and no column has only one of the two.
    """
    for column, kind in enumerate(COLUMNS):
        for row, fault in enumerate(FAULTS):
            if kind in kinds and fault in faults_of(kind):
                yield Cell(kind, fault, always=(row + column) % 2 == 1)


def play(cell: Cell, stage: Stage, reference: Told) -> Result:
    """Tell a night with the fault and one without, and judge what both leave behind."""
    stage.clouds.reset()
    root = stage.open_archive(cell.make_studio())
    stage.clouds.script = cell.make_script()
    night = stage.tonight(root, limit=cell.limit)
    problems = [*check_output(night.code, night.err), *check_archive(root)]
    outcome = name_outcome(night, read_told(root), cell.vendor)
    if outcome not in cell.outcomes:
        problems.append(f"{outcome} instead of {' or '.join(sorted(cell.outcomes))}: {night.err[-300:]}")
    stage.clouds.script = Script()
    after = stage.tonight(root)
    same = None if cell.kind in ("openai.chat", "bedrock.converse") or cell.fault == "flag" else reference
    if after.code != 0:
        problems.append(f"the next run ends with {after.code}: {after.err[-300:]}")
    problems += [*check_output(after.code, after.err), *check_whole(root, same)]
    if night.code != 0:  # else it has not changed
        problems += check_archive(root)
    requests = stage.clouds.requests
    problems += check_paid(requests, root)
    problems += check_secrets(root, night.out, night.err, after.out, after.err)
    if not requests and cell.fault != "refuse":
        problems.append("the vendor was never asked")
    stage.drop(root)
    variant = "always" if cell.always else "once"
    return Result(f"{cell.fault} {variant}", cell.kind, outcome, night.seconds, tuple(problems))


def name_outcome(night: Night, told: Told | None, vendor: str) -> str:
    """Return what came of a night: who made the story in the end."""
    if night.code == 3 and told and told.page.pending:
        return "pending"
    if night.code == 1 and told is None:
        return "none"
    if night.code != 0 or told is None or told.page.pending:
        return f"code {night.code}"
    return "own" if vendor in told.makers else "next"
