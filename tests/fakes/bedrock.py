"""Amazon Bedrock as boto3 sees it: Converse and InvokeModel, and the two free calls about models."""

import base64
import json
from collections.abc import Mapping
from urllib.parse import unquote

from tests.fakes.faults import Rule
from tests.fakes.media import Media
from tests.fakes.openai import spoil
from tests.fakes.wire import Answer, Asked, State, answer_json

ROUTES = (
    ("POST", r"/model/([^/]+)/converse", "bedrock.converse"),
    ("POST", r"/model/([^/]+)/invoke", "bedrock.invoke"),
    ("GET", r"/foundation-models", "bedrock.models"),
    ("GET", r"/foundation-models/([^/]+)", "bedrock.model"),
)
MODELS = (
    *("amazon.nova-micro-v1:0", "amazon.nova-lite-v1:0", "amazon.nova-pro-v1:0", "amazon.nova-2-lite-v1:0"),
    *("stability.stable-image-core-v1:1", "stability.stable-image-ultra-v1:1", "stability.sd3-5-large-v1:0"),
)
_ERRORS = {
    400: ("ValidationException", "Malformed input request, please reformat your input and try again."),
    401: ("UnrecognizedClientException", "The security token included in the request is invalid. {secret}"),
    403: ("AccessDeniedException", "You don't have access to the model with the specified model ID. {secret}"),
    404: ("ResourceNotFoundException", "Could not resolve the foundation model from the provided model identifier."),
    408: ("ModelTimeoutException", "The request took too long to process."),
    429: ("ThrottlingException", "Too many requests, please wait before trying again."),
    500: ("InternalServerException", "The system encountered an unexpected error during processing. Try again."),
    503: ("ServiceUnavailableException", "Bedrock is unable to process your request."),
}
_ASPECTS = {"16:9": (1344, 768), "1:1": (1024, 1024), "3:2": (1216, 832), "5:4": (1088, 896), "4:5": (896, 1088)}
_ASPECTS |= {"2:3": (832, 1216), "9:16": (768, 1344), "21:9": (1536, 640), "9:21": (640, 1536)}
Body = dict[str, object]


def answer(asked: Asked, state: State, media: Media, rule: Rule | None) -> Answer:
    """Return what Bedrock answers, with the fault of the rule where it is one of the vendor's."""
    model = unquote((asked.names or ("",))[0])
    if rule and (failed := fail(asked, rule)):
        return failed
    if model in state.retired:
        return gone(rule)
    if asked.kind == "bedrock.converse":
        return _converse(asked, state, rule)
    if asked.kind == "bedrock.invoke":
        return _invoke(asked.json, media, refused=bool(rule and rule.fault == "refusal"))
    if asked.kind == "bedrock.models":
        return answer_json({"modelSummaries": [_model(name, state, None) for name in MODELS]})
    return answer_json({"modelDetails": _model(model, state, rule)})


def fail(asked: Asked, rule: Rule) -> Answer | None:
    """Return the vendor's way of saying no; None where the fault is not one."""
    if rule.fault == "model-gone":
        return gone(rule)
    if rule.fault == "quota":
        text = "Your request exceeds the service quota for your account."
        return error(400, "ServiceQuotaExceededException", text)
    if rule.fault == "refusal" and rule.argument == "error":
        text = "This request has been blocked by our content filters. Our filters automatically flagged this prompt."
        return error(400, "ValidationException", text)
    if rule.fault == "wrong-schema" and (asked.kind != "bedrock.converse" or rule.argument == "outer"):
        return answer_json({"greeting": {"hello": "there"}, "count": 1})
    if rule.fault.isdigit():
        return status(int(rule.fault), asked, rule, _ERRORS)
    return None


def status(number: int, asked: Asked, rule: Rule, errors: Mapping[int, tuple[str, str]]) -> Answer:
    """Return an AWS error; what is 401 elsewhere is 403 there."""
    name, text = errors.get(number, ("InternalFailure", f"Status {number}"))
    headers = {"retry_after": f"{rule.number(0.2):g}"} if number in (429, 503) else {}
    return error(403 if number == 401 else number, name, text.format(secret=asked.secret), **headers)


def gone(rule: Rule | None) -> Answer:
    """Return the answer for a model that was shut down; argument "id" for one nobody ever heard of."""
    if rule and rule.argument == "id":
        return error(400, "ValidationException", "The provided model identifier is invalid.")
    text = "This model version has reached the end of its life. Please refer to the AWS documentation for more details."
    return error(404, "ResourceNotFoundException", text)


def error(status: int, name: str, message: str, **headers: str) -> Answer:
    """Return an error in the shape of AWS REST-JSON: its name in a header."""
    return answer_json({"message": message}, status, x_amzn_errortype=f"{name}:http://internal.amazon.com/", **headers)


def _converse(asked: Asked, state: State, rule: Rule | None) -> Answer:
    body, refused = asked.json, bool(rule and rule.fault == "refusal")
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages or messages[0].get("role") != "user":
        return error(400, "ValidationException", "A conversation must start with a user message.")
    text = "" if refused else spoil(state.story(body), rule)
    tool = _tool_of(body)
    if refused:
        content: list[Body] = [{"text": "Sorry, I am unable to assist you with this request."}]
        ended = "guardrail_intervened" if rule and rule.argument == "guardrail" else "content_filtered"
    elif tool and (value := _object(text)) is not None:
        content, ended = [{"toolUse": {"toolUseId": "tooluse_fake", "name": tool, "input": value}}], "tool_use"
    else:
        content, ended = [{"text": text}], "end_turn"
    ended = "max_tokens" if rule and rule.fault == "cut" else ended
    used, made = len(asked.text) // 4 + 1, len(text) // 4 + 1
    usage = {"inputTokens": used, "outputTokens": made, "totalTokens": used + made}
    message = {"role": "assistant", "content": content}
    return answer_json(
        {"output": {"message": message}, "stopReason": ended, "usage": usage, "metrics": {"latencyMs": 9}}
    )


def _tool_of(body: Body) -> str:
    config = body.get("toolConfig")
    if not isinstance(config, dict):
        return ""
    return next((str(tool["toolSpec"]["name"]) for tool in config.get("tools", []) if "toolSpec" in tool), "")


def _object(text: str) -> Body | None:
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _invoke(body: Body, media: Media, *, refused: bool) -> Answer:
    if body.get("taskType") == "TEXT_IMAGE":
        return _invoke_canvas(body, media, refused=refused)
    if "text_prompts" in body:
        return _invoke_sdxl(body, media, refused=refused)
    if not isinstance(body.get("prompt"), str):
        return error(400, "ValidationException", "Malformed input request: #: required key [prompt] not found")
    seed = body.get("seed", 7)
    if refused:
        return answer_json({"seeds": [], "finish_reasons": ["Filter reason: prompt"], "images": []})
    width, height = _ASPECTS.get(str(body.get("aspect_ratio", "1:1")), (1024, 1024))
    picture = media.picture(f"{body['prompt']} {seed}", width, height, str(body.get("output_format", "png")))
    return answer_json({"seeds": [seed], "finish_reasons": [None], "images": [_b64(picture)]})


def _invoke_canvas(body: Body, media: Media, *, refused: bool) -> Answer:
    config, params = body.get("imageGenerationConfig"), body.get("textToImageParams")
    config = config if isinstance(config, dict) else {}
    if not isinstance(params, dict) or not params.get("text") or len(params["text"]) > 1024:
        return error(400, "ValidationException", "textToImageParams.text: 1 to 1024 characters are possible")
    if refused:
        text = "This request has been blocked by our content filters. Our filters automatically flagged this prompt."
        return answer_json({"images": [], "error": text})
    width, height = int(config.get("width", 1024)), int(config.get("height", 1024))
    return answer_json(
        {"images": [_b64(media.picture(f"{params['text']} {config.get('seed')}", width, height))], "error": None}
    )


def _invoke_sdxl(body: Body, media: Media, *, refused: bool) -> Answer:
    width, height = int(str(body.get("width", 1024))), int(str(body.get("height", 1024)))
    picture = media.picture(json.dumps([body["text_prompts"], body.get("seed")]), width, height)
    reason = "CONTENT_FILTERED" if refused else "SUCCESS"
    artifact = {"seed": body.get("seed", 7), "base64": _b64(picture), "finishReason": reason}
    return answer_json({"result": "success", "artifacts": [artifact]})


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _model(name: str, state: State, rule: Rule | None) -> Body:
    day = state.retiring.get(name)
    if rule and rule.fault == "retiring":
        day = str(rule.argument or "2027-01-06")
    life: Body = {"status": "ACTIVE", "startOfLifeTime": "2025-03-04T00:00:00Z"}
    if day:
        life |= {"status": "LEGACY", "endOfLifeTime": f"{day}T00:00:00Z", "legacyTime": "2026-06-01T00:00:00Z"}
    made = "IMAGE" if name.startswith("stability") or "image" in name or "canvas" in name else "TEXT"
    return {
        "modelArn": f"arn:aws:bedrock:us-west-2::foundation-model/{name}",
        "modelId": name,
        "modelName": name.split(".")[-1],
        "providerName": name.split(".")[0],
        "inputModalities": ["TEXT"],
        "outputModalities": [made],
        "responseStreamingSupported": made == "TEXT",
        "customizationsSupported": [],
        "inferenceTypesSupported": ["ON_DEMAND"],
        "modelLifecycle": life,
    }
