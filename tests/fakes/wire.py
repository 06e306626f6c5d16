"""What the fake clouds say to each other: a request as it came, an answer as it goes out."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

PAID = frozenset(
    {
        "openai.chat",
        "openai.responses",
        "openai.image",
        "openai.speech",
        "bedrock.converse",
        "bedrock.invoke",
        "polly.speech",
        "polly.marks",
        "replicate.create",
    }
)
FREE = frozenset(
    {
        "openai.moderation",
        "openai.models",
        "openai.model",
        "bedrock.models",
        "bedrock.model",
        "polly.voices",
        "replicate.poll",
        "replicate.cancel",
        "replicate.model",
        "replicate.version",
        "replicate.file",
    }
)
KINDS = PAID | FREE


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: which endpoint it reached, the parts of its path that vary, and its body."""

    kind: str
    method: str
    path: str
    names: tuple[str, ...]
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    origin: str  # "http://127.0.0.1:port" of the door it came through

    @property
    def json(self) -> dict[str, object]:
        """The body as a JSON object; empty when it is none."""
        try:
            value = json.loads(self.body or b"{}")
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    @property
    def text(self) -> str:
        """Every text of the body, a line each."""
        return "\n".join(strings(self.json))

    @property
    def secret(self) -> str:
        """What was sent to prove who asks; empty for nothing."""
        return self.headers.get("authorization", "")


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


def answer_json(value: object, status: int = 200, **headers: str) -> Answer:
    """Return an answer with a JSON body; an underscore in a header's name stands for a hyphen."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Answer(status, json.dumps(value).encode(), headers=named)


def strings(value: object) -> Iterator[str]:
    """Give every text inside a JSON value, in its order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


@dataclass
class State:
    """What the clouds know, and what a test may set."""

    story: Callable[[dict[str, object]], str]  # the text a model answers to the body of a request
    scores: dict[str, float] = field(default_factory=dict)  # moderation: category -> score
    polls: int = 2  # how often a prediction is asked for before it is done
    retired: dict[str, str] = field(default_factory=dict)  # models that are gone -> the day
    retiring: dict[str, str] = field(default_factory=dict)  # models that live until that day
    jobs: dict[str, "Job"] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass
class Job:
    """A prediction."""

    id: str
    model: str
    version: str
    input: dict[str, object]
    polled: int = 0
    error: str = ""
    canceled: bool = False
