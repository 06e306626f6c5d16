"""OpenAI's chat models, and every server that speaks the same API: a whole story in one JSON object.

A server that knows no schemas is asked again without one, and what it wraps around the story is taken off by models/reply.py.
"""

import json
import re
from collections.abc import Mapping

from generator.errors import Refused
from generator.models.asking import ask_for_story, read_story
from generator.models.prompts import SCHEMA
from generator.purchase import Call, Desk, Health, Purchase, Reply
from generator.story import Brief, Credit, Story
from generator.vendors.openai import (
    NAME,
    VARIABLES,
    Unsupported,
    at_vendor,
    calling,
    examine_model,
    is_free,
    token_units,
)
from generator.vendors.settings import deadline_of, text_setting

MODEL = "gpt-6-luna"
EFFORT = "low"  # enough to plan a story; what is thought is billed as output
MOST_TOKENS = 10_000  # of an answer: the longest story is 3,000, the rest is for thinking
DEADLINE = 150.0
FORMAT = {"type": "json_schema", "json_schema": {"name": "story", "strict": True, "schema": SCHEMA}}
_THINKS = re.compile(r"(?:gpt-[5-9]|o\d)")
_MODEL = re.compile(r"[\w.:/@+-]{1,80}")
Talk = list[dict[str, str]]


class OpenAIWriter:
    """Writes a story in one call; a reply that cannot be read is sent back once to be mended."""

    name = NAME
    buys = True
    variables = VARIABLES
    usual: Mapping[str, Mapping[str, float]] = {
        model: {"input_tokens": 3_500.0, "output_tokens": 4_000.0}
        for model in (MODEL, "gpt-6-sol", "gpt-5.6-luna", "gpt-5.6-terra", "gpt-5.6-sol")
    }

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._model = text_setting(desk, "writer_model", MODEL)

    def write(self, brief: Brief) -> Story:
        """Return the story a brief asks for."""
        return ask_for_story(brief, self._ask)

    def examine(self) -> tuple[Health, ...]:
        """Ask whether the model lives."""
        return examine_model(self._desk, self._model)

    def _ask(self, brief: Brief, system: str, texts: tuple[str, ...]) -> Story:
        talk = [{"role": "system", "content": system}, *({"role": "user", "content": text} for text in texts)]
        try:
            return self._desk.buy(self._make_purchase(brief, self._make_request(talk)))
        except Unsupported:  # turned away, and not billed
            return self._desk.buy(self._make_purchase(brief, self._make_plain_request(talk)))

    def _make_purchase(self, brief: Brief, request: dict[str, object]) -> Purchase[Story]:
        return Purchase(
            f"write-{brief.draft}",
            NAME,
            self._model,
            request,
            {} if is_free(self._desk) else _most_units(request),
            deadline_of(self._desk, DEADLINE),
            lambda call: self._send(request, call),
            lambda reply: _read_story(reply.body, brief, self._model),
            again=False,
        )

    def _make_request(self, talk: Talk) -> dict[str, object]:
        effort = text_setting(self._desk, "effort", EFFORT if _THINKS.match(self._model) else "")
        request = {**self._base(talk), "max_completion_tokens": MOST_TOKENS, "response_format": FORMAT}
        return {**request, "reasoning_effort": effort} if effort else request

    def _make_plain_request(self, talk: Talk) -> dict[str, object]:
        """Return what every server of this API understands."""
        limit = "max_completion_tokens" if at_vendor(self._desk) else "max_tokens"
        return {**self._base(talk), limit: MOST_TOKENS}

    def _base(self, talk: Talk) -> dict[str, object]:
        return {"model": self._model, "messages": talk}

    def _send(self, request: dict[str, object], call: Call) -> Reply:
        with calling(self._desk, self._model, call.seconds) as client:
            answer = client.chat.completions.create(**request)  # type: ignore[call-overload]
            choice, used = answer.choices[0], answer.usage
            kept = {
                "text": choice.message.content,
                "refusal": choice.message.refusal,
                "finish": choice.finish_reason,
                "model": answer.model,
                "usage": used.model_dump(mode="json") if used else None,
            }
            units = token_units(used.prompt_tokens, used.completion_tokens) if used else {}
            return Reply(json.dumps(kept).encode(), "json", units, str(answer.model or ""))


def _read_story(body: bytes, brief: Brief, model: str) -> Story:
    """Return the story of a kept reply. Raises Refused or BadReply."""
    kept = json.loads(body)
    text = kept["text"] if isinstance(kept["text"], str) else ""
    if kept["refusal"] or kept["finish"] == "content_filter":
        raise Refused(f"OpenAI: {model} declined to write this story", provider=NAME)
    answered = kept["model"] if isinstance(kept["model"], str) and _MODEL.fullmatch(kept["model"]) else model
    return read_story(text, brief, Credit(NAME, answered), whole=kept["finish"] != "length")


def _most_units(request: Mapping[str, object]) -> dict[str, float]:
    """Return the most that can be billed: a token is hardly ever less than two characters."""
    asked = json.dumps([request["messages"], request.get("response_format")], ensure_ascii=False)
    return {"input_tokens": len(asked) / 2 + 100, "output_tokens": float(MOST_TOKENS)}
