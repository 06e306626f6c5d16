"""Replicate through its SDK: one request at a time, sent once, and everything that can go wrong in our words.

The SDK repeats a GET ten times and forgets Retry-After, so what is no answer is turned into one of our errors below it, in
the transport, before the SDK sees it. A prediction is paid for when it is created; to ask for it afterwards is free.
"""

import json
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from generator.errors import (
    Ambiguous,
    BadReply,
    CredentialsMissing,
    NotSent,
    OutOfCredit,
    Pending,
    ProviderError,
    RateLimited,
    Refused,
    Retired,
    Unavailable,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # pydantic.v1, on which the SDK is built, warns of the newest Pythons
    import httpx
    from replicate.client import Client
    from replicate.prediction import Prediction
    from replicate.version import Versions

PROVIDER = "replicate"
LARGEST = 2_000_000  # bytes of an answer; pictures come from elsewhere
PATIENCE = {"POST": 30.0, "GET": 10.0}  # seconds, at most, for the next bytes of an answer
DECLINED = ("nsfw", "sensitive", "flagged", "safety", "moderat", "content policy", "inappropriate", "e005")
GONE = ("version does not exist", "invalid version")


class Progress(StrEnum):
    """How far a prediction has come, in our words."""

    STARTED = "STARTED"
    PROCESSING = "PROCESSING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"


_PROGRESS = {
    "starting": Progress.STARTED,
    "processing": Progress.PROCESSING,
    "succeeded": Progress.COMPLETED,
    "failed": Progress.FAILED,
    "canceled": Progress.FAILED,
}


@dataclass(frozen=True, slots=True)
class Work:
    """What the vendor says of a prediction."""

    id: str
    progress: Progress
    output: str = ""  # the address of the picture once it is COMPLETED
    error: str = ""
    canceled: bool = False

    @property
    def finished(self) -> bool:
        """Whether nothing more will come of it."""
        return self.progress in (Progress.COMPLETED, Progress.FAILED)


@dataclass(frozen=True, slots=True)
class Reference:
    """A model as it is written in a setting: "owner/name" or "owner/name:version"."""

    owner: str
    name: str
    version: str = ""

    @property
    def credit(self) -> str:
        """The model for a reader: with the first digits of its version."""
        return f"{self.owner}/{self.name}" + (f":{self.version[:8]}" if self.version else "")


def parse_reference(model: str) -> Reference:
    """Read the setting. Raises Unavailable."""
    path, _, version = model.partition(":")
    owner, _, name = path.partition("/")
    if not owner or not name or "/" in name:
        raise Unavailable(
            f"{model!r} is no model of Replicate",
            'Write illustrator_model = "owner/name:version" under [providers.replicate].',
            provider=PROVIDER,
        )
    return Reference(owner, name, version)


@contextmanager
def open_client(left: Callable[[], float]) -> Iterator[Client]:
    """Yield a client for one attempt of `left()` seconds; the SDK finds key and address in the environment by itself."""
    with _OnceTransport(left) as transport:
        yield Client(transport=transport)


def create(client: Client, model: Reference, inputs: Mapping[str, object]) -> Work:
    """Order a picture: the one call that is paid for. Raises a ProviderError."""
    try:
        if model.version:
            made = client.predictions.create(version=model.version, input=dict(inputs))
        else:
            made = client.models.predictions.create((model.owner, model.name), input=dict(inputs))
        return _work(made)
    except ProviderError:
        raise
    except Exception as error:
        raise Ambiguous(
            f"the answer to the order cannot be understood ({type(error).__name__})",
            "Look at replicate.com/predictions for what was made.",
            provider=PROVIDER,
        ) from error


def ask(client: Client, remote: str) -> Work | None:
    """Return what the vendor says of a prediction, or None when it says nothing of use now. Free.

    Raises Ambiguous when the vendor does not know the prediction any more, and Pending when it tells us nothing about it.
    """
    try:
        return _work(client.predictions.get(remote))
    except Retired as error:
        raise Ambiguous(
            f"Replicate does not know the prediction {remote!r} any more, so its picture is lost",
            "It may be on the bill; it is not asked for again.",
            provider=PROVIDER,
        ) from error
    except (CredentialsMissing, OutOfCredit) as error:
        raise Pending(
            f"the prediction {remote!r} cannot be asked for: {error.message}", error.hint, provider=PROVIDER
        ) from error
    except Exception:  # noqa: BLE001 - whatever it is, asking again later costs nothing
        return None


def examine(client: Client, model: Reference) -> str:
    """Ask whether a model lives and return what there is to say about it. Free. Raises a ProviderError."""
    try:
        if model.version:
            Versions(client, (model.owner, model.name)).get(model.version)
            return ""
        client.models.get(f"{model.owner}/{model.name}")
    except ProviderError:
        raise
    except Exception as error:
        raise BadReply(f"the answer cannot be understood ({type(error).__name__})", provider=PROVIDER) from error
    return "no version is pinned: pictures change when its owner changes the model"


def is_declined(text: str) -> bool:
    """Return whether what the vendor wrote says that it declines the content."""
    return any(word in text.lower() for word in DECLINED)


def _work(made: Prediction) -> Work:
    output = made.output[0] if isinstance(made.output, list) and made.output else made.output
    return Work(
        made.id,
        _PROGRESS[made.status],
        output if isinstance(output, str) else "",
        made.error or "",
        made.status == "canceled",
    )


class _OnceTransport(httpx.BaseTransport):
    """Sends a request once and returns a whole answer of success; everything else is raised in our words."""

    def __init__(self, left: Callable[[], float]) -> None:
        self._left = left
        self._wire = httpx.HTTPTransport()

    def close(self) -> None:
        self._wire.close()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        wait = max(0.001, min(PATIENCE.get(request.method, 10.0), self._left()))
        request.extensions["timeout"] = {"connect": min(10.0, wait), "read": wait, "write": wait, "pool": wait}
        try:
            answer = self._wire.handle_request(request)
            try:
                body = b"".join(self._pieces(answer))
            finally:
                answer.close()
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol) as error:
            raise NotSent(
                f"Replicate cannot be reached ({type(error).__name__})",
                "Look at the network and at REPLICATE_BASE_URL.",
                provider=PROVIDER,
            ) from error
        except httpx.HTTPError as error:
            raise Ambiguous(
                f"no whole answer came from Replicate ({type(error).__name__})", provider=PROVIDER
            ) from error
        if answer.status_code >= 300:
            raise translate(answer.status_code, answer.headers, body)
        return httpx.Response(answer.status_code, headers={"Content-Type": "application/json"}, content=body)

    def _pieces(self, answer: httpx.Response) -> Iterator[bytes]:
        """Yield the body, as long as it is of a sensible size and comes in time."""
        size = 0
        for piece in answer.iter_bytes():
            size += len(piece)
            if size > LARGEST:
                raise httpx.DecodingError("too large")
            if self._left() <= 0.01:
                raise httpx.ReadTimeout("too slow")
            yield piece


def translate(status: int, headers: Mapping[str, str], body: bytes) -> ProviderError:
    """Return what an answer that is no success means. Pure. Nothing of a 401 or 403 is quoted."""
    said = _said(body)
    if status in (401, 403):
        return CredentialsMissing(
            "Replicate does not accept the key" if status == 401 else "the key may not use this model of Replicate",
            "Set REPLICATE_API_TOKEN to a token from replicate.com/account/api-tokens.",
            provider=PROVIDER,
        )
    if status == 402:
        return OutOfCredit(
            "the account at Replicate has no credit", "Add credit at replicate.com/account/billing.", provider=PROVIDER
        )
    if status in (429, 503):
        return RateLimited(
            f"Replicate is busy ({status})", provider=PROVIDER, retry_after=_retry_after(headers.get("retry-after", ""))
        )
    if status in (408, 500, 502, 504) or status > 504:
        return Ambiguous(f"Replicate failed ({status}) and may have taken the order", provider=PROVIDER)
    if is_declined(said):
        return Refused(f"Replicate declined the prompt: {said}", provider=PROVIDER)
    if status in (404, 410) or any(words in said.lower() for words in GONE):
        return Retired(
            "Replicate has no such model or version",
            "Set illustrator_model under [providers.replicate] to one that replicate.com still lists.",
            provider=PROVIDER,
        )
    return Unavailable(f"Replicate answered {status}: {said or 'nothing more'}", provider=PROVIDER)


def _said(body: bytes) -> str:
    """Return the vendor's sentence on one short line; empty where there is none."""
    try:
        problem = json.loads(body)
    except ValueError:
        return ""
    text = problem.get("detail") or problem.get("title") if isinstance(problem, dict) else ""
    return " ".join(text.split())[:200] if isinstance(text, str) else ""


def _retry_after(text: str) -> float | None:
    try:
        seconds = float(text)
    except ValueError:
        return None
    return seconds if 0 <= seconds < float("inf") else None
