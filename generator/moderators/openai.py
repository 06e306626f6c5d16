"""OpenAI's moderation of texts and pictures, which is free, measured with limits for small children.

It is on the list of every archive and asked where its key is set, so the SDK is loaded only when it is wanted.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from math import isfinite
from typing import TYPE_CHECKING

from generator.errors import BadReply
from generator.purchase import Call, Desk, Health, Purchase, Reply
from generator.vendors.settings import OPENAI as NAME
from generator.vendors.settings import OPENAI_VARIABLES, deadline_of, text_setting

if TYPE_CHECKING:
    from openai.types import ModerationMultiModalInputParam as Part

MODEL = "omni-moderation-latest"
DEADLINE = 30.0

# The highest score a story for children may have. Tales have wolves, witches and quarrels; of some things they have nothing.
LIMITS: Mapping[str, float] = {
    "harassment": 0.4,
    "harassment/threatening": 0.2,
    "hate": 0.1,
    "hate/threatening": 0.05,
    "illicit": 0.3,
    "illicit/violent": 0.1,
    "self-harm": 0.05,
    "self-harm/instructions": 0.05,
    "self-harm/intent": 0.05,
    "sexual": 0.01,
    "sexual/minors": 0.01,
    "violence": 0.3,
    "violence/graphic": 0.05,
}
NEEDED = ("sexual", "violence", "self-harm")  # an answer without these is none


class OpenAIModerator:
    """Says what in a text or a picture is not for children."""

    name = NAME
    buys = True
    variables = OPENAI_VARIABLES

    def __init__(self, desk: Desk) -> None:
        import generator.vendors.openai  # noqa: F401 - what is not installed is said before anything is asked

        self._desk = desk
        self._model = text_setting(desk, "moderator_model", MODEL)

    def check(self, text: str, pictures: tuple[bytes, ...] = ()) -> tuple[str, ...]:
        """Return what is wrong, a sentence each; nothing for what may be published. Raises ProviderError."""
        found = self._ask("text", "the text", text, {"type": "text", "text": text}) if text.strip() else ()
        # The vendor takes one picture a request.
        for number, data in enumerate(pictures, 1):
            part: Part = {"type": "image_url", "image_url": {"url": _data_url(data)}}
            digest = hashlib.sha256(data).hexdigest()
            found += self._ask(f"picture-{number}", f"picture {number}", digest, part)
        return found

    def examine(self) -> tuple[Health, ...]:
        """Ask whether the model lives."""
        from generator.vendors.openai import examine_model

        return examine_model(self._desk, self._model)

    def _ask(self, name: str, what: str, identity: str, part: "Part") -> tuple[str, ...]:
        return self._desk.buy(
            Purchase(
                f"moderate-{name}",
                NAME,
                self._model,
                {"model": self._model, "of": identity},
                {},
                deadline_of(self._desk, DEADLINE),
                lambda call: self._send(part, call),
                lambda reply: _read_scores(reply.body, what),
            )
        )

    def _send(self, part: "Part", call: Call) -> Reply:
        from generator.vendors.openai import calling

        with calling(self._desk, self._model, call.seconds) as client:
            answer = client.moderations.create(model=self._model, input=[part])
            results = [result.model_dump(mode="json", by_alias=True) for result in answer.results]
            return Reply(json.dumps(results).encode(), "json")


def _read_scores(body: bytes, what: str) -> tuple[str, ...]:
    """Return what is over its limit. Raises BadReply for an answer without scores."""
    try:
        results = json.loads(body)
        highest = {key: max(_number(result["category_scores"].get(key)) for result in results) for key in LIMITS}
        flagged = any(result["flagged"] is True for result in results)
        whole = all(key in result["category_scores"] for result in results for key in NEEDED)
    except (ValueError, KeyError, TypeError, AttributeError):
        whole = False
    if not whole:
        raise BadReply("OpenAI: the moderation came back without its scores", provider=NAME)
    over = [
        f"{what} has {key} ({highest[key]:.2f}, at most {limit:.2f})"
        for key, limit in LIMITS.items()
        if highest[key] > limit
    ]
    return tuple(over or ([f"{what} is flagged by the vendor"] if flagged else []))


def _number(value: object) -> float:
    if value is None:
        return 0.0
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise ValueError("not a score")
    return float(value)


def _data_url(data: bytes) -> str:
    from generator.vendors.openai import form_of

    return f"data:image/{form_of(data)};base64,{base64.b64encode(data).decode()}"
