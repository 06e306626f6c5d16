"""The fault script: which request goes wrong, and how.

Faults of the vendor, each in its own wire shape (an adapter has to tell them apart):
  "400" "401" "403" "404" "408" "429" "500" "502" "503" "504"   that status; the argument of 429 and 503 is Retry-After in seconds
  model-gone     the model was shut down
  refusal        the request was declined for what it asks; argument "error" for the vendor's other way of saying so
  quota          the account is empty
  wrong-schema   200 and JSON of another shape; argument "outer" (chat, converse) for the envelope instead of the story
  prose fenced   200 and the story inside prose, or inside a code fence (chat, responses, converse)
  cut            200 and half a story: the model came to its token limit (chat, responses, converse)
  retiring       the model lives until the day of the argument (openai.model, bedrock.model)
  flag           moderation scores of the argument, a mapping (openai.moderation)
  failed         the prediction failed for another reason than its content (replicate.poll)
  foreign        the output lies at the address of the argument, on another host (replicate.poll)
Faults of the media (pictures, sound and the file of a prediction):
  html-as-image  an HTML page in the vendor's envelope; silent short-sound pixel-bomb wav-stream
Faults of the wire, the same everywhere:
  refuse         the connection is refused: every door of that vendor stops listening while the rule stands. Argument: for
                 so many seconds; `after`: only once that kind was answered. It is about a whole vendor, so the kind may be
                 "openai.*"; no request arrives, none is recorded
  reset          the request is read, then the connection reset (SO_LINGER 0)
  close-after-accept   the request is read, then the connection closed without a byte
  slow           the answer comes after so many seconds (30)
  drip           a byte every so many seconds (0.2), for ever
  empty garbage truncated oversize html redirect
                 as they are called; all of them 200, but for redirect: 302, to a
                 trap on loopback or to the argument ("http://169.254.169.254/latest/meta-data/")
"""

import fnmatch
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from tests.fakes.wire import KINDS, Asked

STATUS = ("400", "401", "403", "404", "408", "429", "500", "502", "503", "504")
WIRE = (
    *("refuse", "reset", "close-after-accept", "slow", "drip"),
    *("empty", "garbage", "truncated", "oversize", "html", "redirect"),
)
_TEXT = ("openai.chat", "openai.responses", "bedrock.converse")
_PICTURE = ("openai.image", "bedrock.invoke", "replicate.file")
_SOUND = ("openai.speech", "polly.speech")
_ONLY: Mapping[str, tuple[str, ...]] = {
    "refusal": (*_TEXT, "openai.image", "bedrock.invoke", "openai.speech", "replicate.create", "replicate.poll"),
    "prose": _TEXT,
    "fenced": _TEXT,
    "cut": _TEXT,
    "wrong-schema": tuple(sorted(KINDS - {*_SOUND, "replicate.file"})),
    "model-gone": tuple(sorted(KINDS - {"replicate.file", "polly.voices", "openai.models", "bedrock.models"})),
    "quota": tuple(sorted(KINDS - {"replicate.file"})),
    "retiring": ("openai.model", "bedrock.model"),
    "flag": ("openai.moderation",),
    "failed": ("replicate.poll",),
    "foreign": ("replicate.poll",),
    "html-as-image": (*_PICTURE, *_SOUND),
    "pixel-bomb": _PICTURE,
    "silent": _SOUND,
    "short-sound": _SOUND,
    "wav-stream": ("openai.speech",),
}
FAULTS = (*WIRE, *STATUS, *_ONLY)


def faults_of(kind: str) -> tuple[str, ...]:
    """Return every fault that can befall an endpoint."""
    return tuple(fault for fault in FAULTS if kind in _ONLY.get(fault, (kind,)))


@dataclass(frozen=True, slots=True)
class Rule:
    """Requests to `kind` (a pattern: "openai.image", "openai.*", "*") go wrong in the way of `fault`.

    `on` names the occurrences, counted from 1 among the requests the rule is about; empty means all of them. `text` limits
    it to requests whose body has these words. `after` is of "refuse" alone.
    """

    kind: str
    fault: str
    argument: object = None
    on: tuple[int, ...] = ()
    text: str = ""
    after: str = ""

    def __post_init__(self) -> None:
        kinds = fnmatch.filter(sorted(KINDS), self.kind)
        if not kinds:
            raise ValueError(f"no endpoint is called {self.kind!r}")
        if not any(self.fault in faults_of(kind) for kind in kinds):
            raise ValueError(f"{self.kind} cannot have the fault {self.fault!r}")

    def covers(self, asked: Asked) -> bool:
        """Tell whether the rule is about this request."""
        able = self.fault in faults_of(asked.kind) and self.fault != "refuse"
        return able and fnmatch.fnmatch(asked.kind, self.kind) and (self.text in asked.text or self.text in asked.path)

    def number(self, default: float) -> float:
        """Return the argument as a number."""
        return float(self.argument) if isinstance(self.argument, int | float | str) else default


@dataclass
class Script:
    """The rules of a test; the first that is about a request decides, and each rule keeps its own count."""

    rules: tuple[Rule, ...] = ()
    _seen: dict[int, int] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __init__(self, *rules: Rule) -> None:
        self.rules, self._seen, self._lock = rules, {}, threading.Lock()

    def rule_for(self, asked: Asked) -> Rule | None:
        """Return what befalls this request, and count it."""
        with self._lock:
            for number, rule in enumerate(self.rules):
                if not rule.covers(asked):
                    continue
                self._seen[number] = self._seen.get(number, 0) + 1
                if not rule.on or self._seen[number] in rule.on:
                    return rule
        return None

    def refusals(self) -> tuple[Rule, ...]:
        """Return the rules that close doors."""
        return tuple(rule for rule in self.rules if rule.fault == "refuse")


def render_script(script: Script) -> list[dict[str, object]]:
    """Return a script as JSON values."""
    return [asdict(rule) for rule in script.rules]


def parse_script(rows: Sequence[Mapping[str, object]]) -> Script:
    """Return the script that render_script wrote. Raises ValueError or TypeError."""
    fixed = [{**row, "on": tuple(row.get("on", ()))} for row in rows]  # type: ignore[arg-type]
    return Script(*(Rule(**row) for row in fixed))  # type: ignore[arg-type]
