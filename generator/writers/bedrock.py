"""Amazon Bedrock's text models through the Converse API: Nova, or any other by setting.

Models that can be made to call a tool hand the story in as the arguments of one; the others are asked for JSON in words.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from generator.errors import Refused
from generator.models.asking import ask_for_story, read_story
from generator.models.prompts import SCHEMA
from generator.purchase import Desk, Health, Purchase, Reply
from generator.story import Brief, Credit, Story
from generator.vendors.aws import VARIABLES, Account, examine_model, label_of
from generator.vendors.settings import deadline_of, text_setting

NAME = "bedrock"
MODEL = "global.amazon.nova-2-lite-v1:0"  # the profile that every region knows
MOST_TOKENS = 6_000  # of an answer: the longest story is 3,000
DEADLINE = 150.0
TOOL = "story"
_FORCED = ("amazon.nova", "anthropic.claude")  # families that can be made to call a tool
_REFUSED = ("content_filtered", "guardrail_intervened")
_CUT = ("max_tokens", "model_context_window_exceeded")


class BedrockWriter:
    """Writes a story in one call; a reply that cannot be read is sent back once to be mended."""

    name = NAME
    buys = True
    variables = (*VARIABLES, "AWS_BEARER_TOKEN_BEDROCK")
    usual: Mapping[str, Mapping[str, float]] = {
        model: {"input_tokens": 4_000.0, "output_tokens": 2_500.0}
        for model in (MODEL, "us.amazon.nova-2-lite-v1:0", "us.amazon.nova-lite-v1:0", "us.amazon.nova-pro-v1:0")
    }

    def __init__(self, desk: Desk) -> None:
        self._desk, self._account = desk, Account(NAME, desk)
        self._id = text_setting(desk, "writer_model", MODEL)
        self._model = label_of(self._id)
        self._deadline = deadline_of(desk, DEADLINE)

    def write(self, brief: Brief) -> Story:
        """Return the story a brief asks for."""
        return ask_for_story(brief, self._ask)

    def examine(self) -> tuple[Health, ...]:
        """Ask whether the model lives."""
        return examine_model(self._account, self._id)

    def _ask(self, brief: Brief, system: str, texts: Sequence[str]) -> Story:
        request = self._make_request(system, texts)
        return self._desk.buy(
            Purchase(
                f"write-{brief.draft}",
                NAME,
                self._model,
                request,
                _most_units(request),
                self._deadline,
                lambda _: self._send(request),
                lambda reply: _read_story(reply.body, brief, Credit(NAME, self._model)),
                again=False,
            )
        )

    def _make_request(self, system: str, texts: Sequence[str]) -> dict[str, object]:
        request: dict[str, object] = {
            "modelId": self._id,
            "system": [{"text": system}],
            "messages": [{"role": "user", "content": [{"text": text} for text in texts]}],
            "inferenceConfig": {"maxTokens": MOST_TOKENS},
        }
        usual = "tool" if any(family in self._model for family in _FORCED) else "text"
        if text_setting(self._desk, "structured", usual) == "tool":
            tool = {"name": TOOL, "description": "Hand in the story.", "inputSchema": {"json": _loosen(SCHEMA)}}
            request["toolConfig"] = {"tools": [{"toolSpec": tool}], "toolChoice": {"tool": {"name": TOOL}}}
        if guardrail := text_setting(self._desk, "guardrail"):
            version = text_setting(self._desk, "guardrail_version", "DRAFT")
            request["guardrailConfig"] = {"guardrailIdentifier": guardrail, "guardrailVersion": version}
        return request

    def _send(self, request: Mapping[str, object]) -> Reply:
        with self._account.calling("bedrock-runtime", self._model, self._deadline) as client:
            answer = client.converse(**request)
            kept = {key: answer.get(key) for key in ("output", "stopReason", "usage")}
            return Reply(json.dumps(kept).encode(), "json", _used(kept["usage"]))


def _loosen(schema: object) -> object:
    """Return a schema without the one word that Nova does not take; models/reply.py reads strictly in any case."""
    if isinstance(schema, Mapping):
        return {key: _loosen(value) for key, value in schema.items() if key != "additionalProperties"}
    return [_loosen(item) for item in schema] if isinstance(schema, list | tuple) else schema


def _used(usage: object) -> dict[str, float]:
    """Return what is billed; nothing where the answer does not say."""
    if not isinstance(usage, dict):
        return {}
    made, used = usage.get("outputTokens"), usage.get("inputTokens")
    if not isinstance(made, int) or not isinstance(used, int):
        return {}
    return {"input_tokens": float(used), "output_tokens": float(made)}


def _read_story(body: bytes, brief: Brief, credit: Credit) -> Story:
    """Return the story of a kept reply. Raises Refused or BadReply."""
    kept: dict[str, Any] = json.loads(body)
    ended, text = kept["stopReason"], _text_of(kept["output"])
    if ended in _REFUSED:
        raise Refused(f"Amazon Bedrock: {credit.model} declined to write this story", provider=NAME)
    return read_story(text, brief, credit, whole=ended not in _CUT)


def _text_of(output: object) -> str:
    """Return what a message says: the arguments of the tool where it calls one, or else its texts."""
    message = output.get("message") if isinstance(output, dict) else None
    content = message.get("content") if isinstance(message, dict) else None
    blocks = [block for block in content if isinstance(block, dict)] if isinstance(content, list) else []
    calls = (block["toolUse"].get("input") for block in blocks if isinstance(block.get("toolUse"), dict))
    handed = next((value for value in calls if value), None)
    if handed is not None:
        return handed if isinstance(handed, str) else json.dumps(handed, ensure_ascii=False)
    return "\n".join(block["text"] for block in blocks if isinstance(block.get("text"), str))


def _most_units(request: Mapping[str, object]) -> dict[str, float]:
    """Return the most that can be billed: a token is hardly ever less than two characters."""
    return {"input_tokens": len(json.dumps(request, ensure_ascii=False)) / 2 + 600, "output_tokens": float(MOST_TOKENS)}
