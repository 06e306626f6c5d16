"""Amazon Bedrock's picture models through InvokeModel: what is sent and what comes back differs by family.

Stability's text-to-image models are the ones that live (in us-west-2). Titan Image, Nova Canvas and Stable Diffusion XL
are gone for most accounts; whoever still has one names it by setting.
"""

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from generator.errors import BadReply, Refused, Unavailable
from generator.models.gates import read_picture
from generator.models.prompts import NEGATIVE, picture_text, soften_picture
from generator.purchase import Desk, Health, Purchase, Reply
from generator.story import Credit, Picture, PicturePrompt
from generator.vendors.aws import (
    VARIABLES,
    Account,
    examine_model,
    foundation_of,
    label_of,
    read_body,
    read_service,
)
from generator.vendors.settings import deadline_of, text_setting

NAME = "bedrock"
MODEL = "stability.stable-image-core-v1:1"
REGION = "us-west-2"  # the only one with Stability's text-to-image models
DEADLINE = 120.0
WIDTH, HEIGHT = 1152, 896  # pixels; the size nearest to 4:3 that all families with sizes know
_UNWANTED = ", ".join(NEGATIVE)


class BedrockIllustrator:
    """Draws one picture a call; threads may share one."""

    name = NAME
    buys = True
    processes = False
    workers = 4
    variables = (*VARIABLES, "AWS_BEARER_TOKEN_BEDROCK")
    usual: Mapping[str, Mapping[str, float]] = {
        model: {"images": 5.0} for model in (MODEL, "stability.stable-image-ultra-v1:1", "stability.sd3-5-large-v1:0")
    }

    @staticmethod
    def prepare() -> None:
        """Load what the SDK knows of the service."""
        read_service("bedrock-runtime")

    def __init__(self, desk: Desk) -> None:
        self._desk, self._account = desk, Account(NAME, desk)
        self._id = text_setting(desk, "illustrator_model", MODEL)
        self._model = label_of(self._id)
        self._deadline = deadline_of(desk, DEADLINE)
        usual = REGION if foundation_of(self._id).startswith("stability.") else ""
        self._region = text_setting(desk, "illustrator_region", usual)

    def draw(self, prompt: PicturePrompt) -> Picture:
        """Return the picture a prompt asks for; one that is refused is asked for once in milder words."""
        family = _family_of(self._id)
        text = picture_text(prompt, family.longest)
        try:
            return self._draw(prompt, family, text)
        except Refused:
            return self._draw(prompt, family, soften_picture(text)[: family.longest])

    def examine(self) -> tuple[Health, ...]:
        """Ask whether the model lives."""
        return examine_model(self._account, self._id, self._region)

    def _draw(self, prompt: PicturePrompt, family: "_Family", text: str) -> Picture:
        body = family.ask(text, 1 + prompt.seed % family.seeds)
        return self._desk.buy(
            Purchase(
                prompt.name,
                NAME,
                self._model,
                {"modelId": self._id, "body": body},
                {"images": 1.0},
                self._deadline,
                lambda _: self._send(body),
                lambda reply: _read(reply.body, family, Credit(NAME, self._model)),
            )
        )

    def _send(self, body: Mapping[str, object]) -> Reply:
        with self._account.calling("bedrock-runtime", self._model, self._deadline, self._region) as client:
            answer = client.invoke_model(
                modelId=self._id, body=json.dumps(body), contentType="application/json", accept="application/json"
            )
            return Reply(read_body(answer["body"]), "json", {"images": 1.0})


@dataclass(frozen=True, slots=True)
class _Family:
    """How one kind of model is asked, and how it answers."""

    longest: int  # characters of a prompt
    seeds: int  # the highest seed; 0 would let some of them roll dice
    ask: Callable[[str, int], Mapping[str, object]]
    answer: Callable[[Mapping[str, object]], tuple[object, object]]  # the picture in base64, and what was wrong


def _ask_stability(text: str, seed: int) -> Mapping[str, object]:
    return {
        "prompt": text,
        "negative_prompt": _UNWANTED,
        "mode": "text-to-image",
        "aspect_ratio": "5:4",  # nearest to 4:3 of those it knows
        "output_format": "png",
        "seed": seed,
    }


def _answer_stability(answer: Mapping[str, object]) -> tuple[object, object]:
    return _first(answer.get("images")), _first(answer.get("finish_reasons"))


def _ask_canvas(text: str, seed: int) -> Mapping[str, object]:
    return {
        "taskType": "TEXT_IMAGE",
        "textToImageParams": {"text": text, "negativeText": _UNWANTED},
        "imageGenerationConfig": {
            "numberOfImages": 1,
            "quality": "standard",
            "width": WIDTH,
            "height": HEIGHT,
            "cfgScale": 7.0,
            "seed": seed,
        },
    }


def _answer_canvas(answer: Mapping[str, object]) -> tuple[object, object]:
    return _first(answer.get("images")), answer.get("error")


def _ask_sdxl(text: str, seed: int) -> Mapping[str, object]:
    return {
        "text_prompts": [{"text": text, "weight": 1.0}, {"text": _UNWANTED, "weight": -1.0}],
        "width": WIDTH,
        "height": HEIGHT,
        "cfg_scale": 7,
        "steps": 40,
        "samples": 1,
        "seed": seed,
    }


def _answer_sdxl(answer: Mapping[str, object]) -> tuple[object, object]:
    artifact = _first(answer.get("artifacts"))
    if not isinstance(artifact, dict):
        return None, None
    reason = artifact.get("finishReason")
    return artifact.get("base64"), None if reason == "SUCCESS" else reason


# The first that a model's id begins with is its family.
FAMILIES: Mapping[str, _Family] = {
    "stability.stable-diffusion-xl": _Family(2_000, 4_294_967_294, _ask_sdxl, _answer_sdxl),
    "stability.": _Family(9_000, 4_294_967_293, _ask_stability, _answer_stability),
    "amazon.nova-canvas": _Family(1_024, 858_993_458, _ask_canvas, _answer_canvas),
    "amazon.titan-image": _Family(512, 2_147_483_645, _ask_canvas, _answer_canvas),
}


def _family_of(model: str) -> _Family:
    known = foundation_of(model)
    family = next((family for start, family in FAMILIES.items() if known.startswith(start)), None)
    if family is None:
        raise Unavailable(
            f"Amazon Bedrock: nobody here knows how to ask {label_of(model)} for a picture",
            f"Name {MODEL} or another model of Stability as illustrator_model in [providers.bedrock].",
            provider=NAME,
        )
    return family


def _read(body: bytes, family: _Family, credit: Credit) -> Picture:
    """Return the picture of a reply. Raises Refused for one that was held back, and BadReply."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise BadReply(f"Amazon Bedrock: {credit.model} sent no JSON object", provider=NAME)
    code, problem = family.answer(answer)
    if problem:
        words = str(problem).lower()
        if "filter" in words or "responsible ai" in words or "blocked" in words:
            raise Refused(f"Amazon Bedrock: {credit.model} held the picture back for its content", provider=NAME)
        raise BadReply(f"Amazon Bedrock: {credit.model} failed on the picture", provider=NAME)
    if not isinstance(code, str):
        raise BadReply(f"Amazon Bedrock: {credit.model} sent no picture", provider=NAME)
    try:
        data = base64.b64decode(code, validate=True)
    except (binascii.Error, ValueError):
        raise BadReply(f"Amazon Bedrock: the picture of {credit.model} is no base64", provider=NAME) from None
    return read_picture(data, credit)


def _first(items: object) -> object:
    return items[0] if isinstance(items, Sequence) and not isinstance(items, str) and items else None
