"""OpenAI as its SDK sees it: chat and responses, images, speech, moderations, models."""

import base64
import json
import re
from collections.abc import Mapping

from tests.fakes import media as sound
from tests.fakes.faults import Rule
from tests.fakes.media import BIG, Media
from tests.fakes.wire import Answer, Asked, State, answer_json, strings

ROUTES = (
    ("POST", r"/v1/chat/completions", "openai.chat"),
    ("POST", r"/v1/responses", "openai.responses"),
    ("POST", r"/v1/images/generations", "openai.image"),
    ("POST", r"/v1/audio/speech", "openai.speech"),
    ("POST", r"/v1/moderations", "openai.moderation"),
    ("GET", r"/v1/models", "openai.models"),
    ("GET", r"/v1/models/([^/]+)", "openai.model"),
)
MODELS = (
    *("gpt-5-mini", "gpt-5.1", "gpt-4o-mini", "gpt-image-1", "gpt-image-1-mini", "gpt-image-1.5"),
    *("gpt-4o-mini-tts", "tts-1", "omni-moderation-latest"),
)
RATE = 24_000
MADE = 1_790_000_000
SCORES = (
    *("harassment", "harassment/threatening", "hate", "hate/threatening", "illicit", "illicit/violent", "self-harm"),
    *("self-harm/intent", "self-harm/instructions", "sexual", "sexual/minors", "violence", "violence/graphic"),
)
SEEN = frozenset(("self-harm", "self-harm/intent", "self-harm/instructions", "sexual", "violence", "violence/graphic"))
_STATUS = {
    400: ("invalid_request_error", None, "We could not parse the JSON body of your request."),
    401: ("invalid_request_error", "invalid_api_key", "Incorrect API key provided: {secret}."),
    403: (
        "invalid_request_error",
        "unsupported_country_region_territory",
        "Country, region, or territory not supported",
    ),
    404: ("invalid_request_error", None, "Not found"),
    429: (
        "requests",
        "rate_limit_exceeded",
        "Rate limit reached for {model} on requests per min (RPM): Limit 3, Used 3.",
    ),
    500: ("server_error", None, "The server had an error while processing your request. Sorry about that!"),
    503: (
        "service_unavailable_error",
        "engine_overloaded",
        "The engine is currently overloaded, please try again later",
    ),
}
Body = Mapping[str, object]


def answer(asked: Asked, state: State, media: Media, rule: Rule | None) -> Answer:
    """Return what OpenAI answers, with the fault of the rule where it is one of the vendor's."""
    model = str(asked.json.get("model") or (asked.names or ("",))[0])
    if rule and (failed := fail(asked, rule, model)):
        return failed
    if model in state.retired:
        return _gone(model)
    if asked.kind in ("openai.chat", "openai.responses"):
        return _write(asked, state, rule, model)
    if asked.kind == "openai.image":
        return _draw(asked.json, media, model)
    if asked.kind == "openai.speech":
        return _speak(asked.json, media, streamed=bool(rule and rule.fault == "wav-stream"))
    if asked.kind == "openai.moderation":
        return _moderate(asked.json, state, rule, model)
    if asked.kind == "openai.models":
        return answer_json({"object": "list", "data": [_model(name, state, None) for name in MODELS]})
    return answer_json(_model(model, state, rule))


def fail(asked: Asked, rule: Rule, model: str) -> Answer | None:
    """Return the vendor's way of saying no; None where the fault is not one."""
    if rule.fault == "model-gone":
        return _gone(model)
    if rule.fault == "quota":
        text = "You exceeded your current quota, please check your plan and billing details."
        return _error(429, text, "insufficient_quota", "insufficient_quota")
    if rule.fault == "refusal" and (asked.kind in ("openai.image", "openai.speech") or rule.argument == "error"):
        if rule.argument == "error" or asked.kind == "openai.speech":
            text = "Your request was rejected as a result of our safety system."
            return _error(400, text, "invalid_request_error", "content_policy_violation")
        text = "Your request was rejected by the safety system. safety_violations=[violence]."
        return _error(400, text, "image_generation_user_error", "moderation_blocked")
    if rule.fault == "wrong-schema" and (
        asked.kind not in ("openai.chat", "openai.responses") or rule.argument == "outer"
    ):
        return answer_json({"object": "greeting", "items": [{"hello": "there"}], "count": 1})
    if rule.fault.isdigit():
        return _status(int(rule.fault), asked, rule, model)
    return None


def _status(status: int, asked: Asked, rule: Rule, model: str) -> Answer:
    kind, code, text = _STATUS.get(status, ("server_error", None, f"Status {status}"))
    headers = {"retry_after": f"{rule.number(0.2):g}"} if status in (429, 503) else {}
    return _error(status, text.format(secret=asked.secret, model=model), kind, code, **headers)


def _gone(model: str) -> Answer:
    text = f"The model `{model}` does not exist or you do not have access to it."
    return _error(404, text, "invalid_request_error", "model_not_found")


def _error(status: int, message: str, kind: str, code: str | None, **headers: str) -> Answer:
    error = {"message": message, "type": kind, "param": None, "code": code}
    return answer_json({"error": error}, status, **headers)


def _write(asked: Asked, state: State, rule: Rule | None, model: str) -> Answer:
    refused = bool(rule and rule.fault == "refusal")
    text = spoil(state.story(asked.json) if not refused else "", rule)
    ended = "length" if rule and rule.fault == "cut" else "stop"
    refusal = "I'm sorry, I can't help with that." if refused else None
    used, made = len(asked.text) // 4 + 1, len(text) // 4 + 1
    if asked.kind == "openai.responses":
        return _respond(model, text, refusal, ended, used, made)
    message: Body = {"role": "assistant", "content": None if refused else text, "refusal": refusal, "annotations": []}
    usage = {"prompt_tokens": used, "completion_tokens": made, "total_tokens": used + made}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": ended}
    whole = {"id": "chatcmpl-fake", "object": "chat.completion", "created": MADE, "model": model, "choices": [choice]}
    return answer_json({**whole, "usage": usage, "service_tier": "default"})


def _respond(model: str, text: str, refusal: str | None, ended: str, used: int, made: int) -> Answer:
    said: Body = (
        {"type": "refusal", "refusal": refusal} if refusal else {"type": "output_text", "text": text, "annotations": []}
    )
    message: Body = {"type": "message", "id": "msg_fake", "status": "completed", "role": "assistant", "content": [said]}
    usage = {"input_tokens": used, "output_tokens": made, "total_tokens": used + made}
    details = {"input_tokens_details": {"cached_tokens": 0}, "output_tokens_details": {"reasoning_tokens": 0}}
    whole = {"id": "resp_fake", "object": "response", "created_at": MADE, "model": model, "output": [message]}
    whole |= {"status": "incomplete" if ended == "length" else "completed", "error": None, "metadata": {}}
    whole |= {"incomplete_details": {"reason": "max_output_tokens"} if ended == "length" else None}
    whole |= {"instructions": None, "tools": [], "tool_choice": "auto", "parallel_tool_calls": True}
    return answer_json({**whole, "usage": usage | details})


def spoil(text: str, rule: Rule | None) -> str:
    """Return a model's text as the rule has it: of another shape, inside prose or a code fence, or cut."""
    fault = rule.fault if rule else ""
    if fault == "wrong-schema":
        return json.dumps({"chapters": [{"name": "One", "words": 12}], "author": "nobody"})
    if fault == "oversize":
        return json.dumps({"title": "la " * (BIG // 3), "scenes": []})
    if fault == "prose":
        return f"Of course! Here is the story you asked for:\n\n{text}\n\nLet me know if {{anything}} should change."
    if fault == "fenced":
        return f"```json\n{text}\n```"
    return text[: len(text) // 2] if fault == "cut" else text


def _draw(body: Body, media: Media, model: str) -> Answer:
    size = re.fullmatch(r"(\d+)x(\d+)", str(body.get("size") or "")) or re.fullmatch(r"(\d+)x(\d+)", "1024x1024")
    assert size
    form = str(body.get("output_format") or "png")
    count, prompt = int(str(body.get("n") or 1)), str(body.get("prompt") or "")
    pictures = [media.picture(f"{prompt} {turn}", int(size[1]), int(size[2]), form) for turn in range(count)]
    data = [{"b64_json": base64.b64encode(picture).decode()} for picture in pictures]
    tokens = {
        "input_tokens": len(prompt) // 4 + 1,
        "output_tokens": 1584 * count,
        "total_tokens": len(prompt) // 4 + 1585,
    }
    usage = {**tokens, "input_tokens_details": {"text_tokens": tokens["input_tokens"], "image_tokens": 0}}
    facts = {"background": "opaque", "output_format": form, "quality": "medium", "size": size[0]}
    return answer_json({"created": MADE, "data": data, "usage": usage, **facts})


def _speak(body: Body, media: Media, *, streamed: bool) -> Answer:
    text, form = str(body.get("input") or ""), str(body.get("response_format") or "mp3")
    if not text or len(text) > 4096:
        return _error(400, f"input: {len(text)} characters; 1 to 4096 are possible", "invalid_request_error", None)
    pcm = media.pcm(text, RATE)
    if pcm == sound.PAGE:
        return Answer(200, pcm, "audio/mpeg")
    if form == "pcm":
        return Answer(200, pcm, "audio/pcm")
    if form == "wav":
        return Answer(200, sound.as_wav(pcm, RATE, streamed=streamed), "audio/wav")
    if form == "mp3":
        return Answer(200, sound.as_mp3(pcm, RATE), "audio/mpeg")
    return _error(400, f"response_format {form!r} is not one the fake speaks", "invalid_request_error", None)


def _moderate(body: Body, state: State, rule: Rule | None, model: str) -> Answer:
    given = body.get("input")
    plain = isinstance(given, list) and all(isinstance(part, str) for part in given)
    raised = dict(state.scores)
    if rule and rule.fault == "flag":
        raised |= rule.argument if isinstance(rule.argument, dict) else {"violence": 0.9}
    pictured = any(text == "image_url" for text in strings(given))
    result = _verdict(raised, pictured=pictured)
    results = [result] * (len(given) if plain and isinstance(given, list) else 1)
    return answer_json({"id": "modr-fake", "model": model or "omni-moderation-latest", "results": results})


def _verdict(raised: Mapping[str, float], *, pictured: bool) -> Body:
    scores = {name: raised.get(name, 1e-5) for name in SCORES}
    flags = {name: score >= 0.5 for name, score in scores.items()}
    kinds = {name: ["text", "image"] if pictured and name in SEEN else ["text"] for name in SCORES}
    return {
        "flagged": any(flags.values()),
        "categories": flags,
        "category_scores": scores,
        "category_applied_input_types": kinds,
    }


def _model(name: str, state: State, rule: Rule | None) -> Body:
    day = state.retiring.get(name)
    if rule and rule.fault == "retiring":
        day = str(rule.argument or "2027-01-06")
    return {"id": name, "object": "model", "created": MADE, "owned_by": "system", "shutdown_date": day}
