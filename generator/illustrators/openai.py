"""OpenAI's pictures (the gpt-image family), which come inside the answer; no address is ever fetched."""

import base64
from collections.abc import Mapping

from generator.errors import BadReply, Refused
from generator.models.gates import read_picture
from generator.models.prompts import picture_text, soften_picture
from generator.purchase import Call, Desk, Health, Purchase, Reply
from generator.story import Credit, Picture, PicturePrompt
from generator.vendors.openai import (
    MOST_MEDIA,
    NAME,
    VARIABLES,
    Unsupported,
    at_vendor,
    calling,
    examine_model,
    form_of,
    is_free,
    token_units,
)
from generator.vendors.settings import deadline_of, text_setting

MODEL = "gpt-image-2.5-flare"
QUALITY = "low"  # a paper-cut picture at half the size of a page shows no more at "medium", which costs twice as much
SIZE, PLAIN_SIZE = "1600x1200", "1536x1024"
FIXED = ("gpt-image-1", "chatgpt-image")  # models that know only a few sizes, PLAIN_SIZE among them
DEADLINE = 180.0

# The most output tokens for 1024 x 1024 pixels at each quality, with room: the models differ.
TOKENS: Mapping[str, int] = {"low": 900, "medium": 2000, "high": 6500, "xhigh": 8000, "max": 8000, "auto": 8000}


class OpenAIIllustrator:
    """Draws one picture a call; threads may share one."""

    name = NAME
    buys = True
    processes = False
    workers = 4
    variables = VARIABLES
    usual: Mapping[str, Mapping[str, float]] = {
        model: {"input_tokens": 1_500.0, "output_tokens": 1_800.0, "images": 5.0}
        for model in (MODEL, "gpt-image-2.5-sunburst", "gpt-image-2.6-flare", "gpt-image-2.6-sunburst")
    }

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._model = text_setting(desk, "illustrator_model", MODEL)

    def draw(self, prompt: PicturePrompt) -> Picture:
        """Return the picture a prompt asks for; one that is refused is asked for once in milder words."""
        text = picture_text(prompt)
        try:
            return self._draw(prompt.name, text)
        except Refused:
            return self._draw(prompt.name, soften_picture(text))

    def examine(self) -> tuple[Health, ...]:
        """Ask whether the model lives."""
        return examine_model(self._desk, self._model)

    def _draw(self, step: str, text: str) -> Picture:
        try:
            return self._desk.buy(self._make_purchase(step, self._make_request(text)))
        except Unsupported:  # turned away, and not billed
            return self._desk.buy(self._make_purchase(step, self._make_plain_request(text)))

    def _make_purchase(self, step: str, request: dict[str, object]) -> Purchase[Picture]:
        credit = Credit(NAME, self._model)
        return Purchase(
            step,
            NAME,
            self._model,
            request,
            {} if is_free(self._desk) else _most_units(request),
            deadline_of(self._desk, DEADLINE),
            lambda call: self._send(request, call),
            lambda reply: read_picture(reply.body, credit),
        )

    def _make_request(self, text: str) -> dict[str, object]:
        return {
            "model": self._model,
            "prompt": text,
            "n": 1,
            "size": PLAIN_SIZE if self._model.startswith(FIXED) else SIZE,
            "quality": text_setting(self._desk, "quality", QUALITY),
            "output_format": "webp",
            "moderation": "auto",
        }

    def _make_plain_request(self, text: str) -> dict[str, object]:
        """Return what every server of this API understands; those of others have to be told to send no link."""
        plain: dict[str, object] = {"model": self._model, "prompt": text, "n": 1, "size": PLAIN_SIZE}
        return plain if at_vendor(self._desk) else {**plain, "response_format": "b64_json"}

    def _send(self, request: dict[str, object], call: Call) -> Reply:
        with calling(self._desk, self._model, call.seconds, MOST_MEDIA) as client:
            answer = client.images.generate(**request)  # type: ignore[call-overload]
            code = answer.data[0].b64_json
            if not code:
                raise BadReply("OpenAI: no picture came in the answer, and links are not followed", provider=NAME)
            data = base64.b64decode(code, validate=True)
            used = answer.usage
            units = token_units(used.input_tokens, used.output_tokens) if used else {}
            return Reply(data, form_of(data), {**units, "images": 1.0} if units else {})


def _most_units(request: Mapping[str, object]) -> dict[str, float]:
    width, height = map(int, str(request["size"]).split("x"))
    most = TOKENS.get(str(request.get("quality", "auto")), TOKENS["auto"]) * width * height / 1024**2
    return {"input_tokens": len(str(request["prompt"])) / 2 + 50, "output_tokens": round(most), "images": 1.0}
