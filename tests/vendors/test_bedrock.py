"""Bedrock through the real boto3, against a real server."""

import base64
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PIL import Image

from generator.errors import (
    Ambiguous,
    BadReply,
    CredentialsMissing,
    NotSent,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Refused,
    Retired,
    Unavailable,
)
from generator.illustrators.bedrock import BedrockIllustrator
from generator.purchase import Health
from generator.story import Figure, PicturePrompt
from generator.vendors.aws import Account, foundation_of, label_of, read_lifecycle, translate
from generator.writers.bedrock import BedrockWriter
from tests.fakes.clouds import Clouds
from tests.fakes.desk import PlainDesk
from tests.fakes.faults import Rule, Script
from tests.fakes.records import CANARIES
from tests.samples import MOSS, PIP, make_brief, make_prompt

NOVA = "global.amazon.nova-2-lite-v1:0"
CORE = "stability.stable-image-core-v1:1"
MINE = "arn:aws:bedrock:us-west-2:123456789012:application-inference-profile/ab12cd34ef56"
END = datetime(2026, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def server() -> Iterator[Clouds]:
    with Clouds() as clouds:
        yield clouds


@pytest.fixture
def clouds(server: Clouds, monkeypatch: pytest.MonkeyPatch) -> Clouds:
    server.reset()
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_BEARER_TOKEN_BEDROCK"):
        monkeypatch.delenv(name, raising=False)
    for name, value in server.environment("aws").items():
        monkeypatch.setenv(name, value)
    return server


def bodies(clouds: Clouds, kind: str) -> list[dict[str, object]]:
    return [one.body for one in clouds.requests if one.kind == kind and isinstance(one.body, dict)]


def picture_prompt() -> PicturePrompt:
    return replace(make_prompt("scene-1"), figures=(Figure(PIP), Figure(MOSS)), seed=11)


def write(settings: dict[str, object] | None = None) -> PlainDesk:
    desk = PlainDesk(settings or {})
    BedrockWriter(desk).write(make_brief())
    return desk


def test_a_story_is_handed_in_through_the_tool_and_its_tokens_are_counted(clouds: Clouds) -> None:
    desk = PlainDesk()
    story = BedrockWriter(desk).write(make_brief())
    assert story.title
    assert story.credit.model == NOVA
    (asked,) = bodies(clouds, "bedrock.converse")
    assert asked["toolConfig"]["toolChoice"] == {"tool": {"name": "story"}}  # type: ignore[index]
    assert "additionalProperties" not in json.dumps(asked)
    (bought,) = desk.bought
    assert (bought.step, bought.provider, bought.model, bought.again) == ("write-1", "bedrock", NOVA, False)
    reply = bought.send(desk.calls[0])
    assert 0 < reply.units["input_tokens"] < bought.units["input_tokens"]
    assert 0 < reply.units["output_tokens"] < bought.units["output_tokens"]
    assert bought.read(reply) == story, "a kept reply reads the same again"


def test_a_model_without_tools_is_asked_in_words(clouds: Clouds) -> None:
    for settings in ({"writer_model": "meta.llama4-scout-17b-instruct-v1:0"}, {"structured": "text"}):
        write(settings)
    assert all("toolConfig" not in asked for asked in bodies(clouds, "bedrock.converse"))


@pytest.mark.parametrize("fault", ["prose", "fenced"])
def test_a_story_among_words_is_read_at_once(clouds: Clouds, fault: str) -> None:
    clouds.script = Script(Rule("bedrock.converse", fault))
    write()
    assert clouds.paid() == 1


def test_a_guardrail_goes_with_every_request(clouds: Clouds) -> None:
    write({"guardrail": "gr1234", "guardrail_version": "3"})
    assert bodies(clouds, "bedrock.converse")[0]["guardrailConfig"] == {
        "guardrailIdentifier": "gr1234",
        "guardrailVersion": "3",
    }


@pytest.mark.parametrize("fault", ["cut", "wrong-schema"])
def test_an_unreadable_story_is_sent_back_once_to_be_mended(clouds: Clouds, fault: str) -> None:
    clouds.script = Script(Rule("bedrock.converse", fault, on=(1,)))
    desk = write()
    first, second = bodies(clouds, "bedrock.converse")
    assert "could not be read" in json.dumps(second)
    assert "could not be read" not in json.dumps(first)
    assert [one.step for one in desk.bought] == ["write-1", "write-1"]


@pytest.mark.parametrize("argument", [None, "guardrail", "error"])
def test_a_refused_story_is_asked_for_once_in_milder_words(clouds: Clouds, argument: str | None) -> None:
    clouds.script = Script(Rule("bedrock.converse", "refusal", argument, on=(1,)))
    write()
    first, second = bodies(clouds, "bedrock.converse")
    assert first != second
    clouds.script = Script(Rule("bedrock.converse", "refusal", argument))
    with pytest.raises(Refused):
        write()
    assert clouds.paid() == 4


FAULTS: list[tuple[str, object, type[ProviderError]]] = [
    ("refuse", None, NotSent),
    ("reset", None, Ambiguous),
    ("close-after-accept", None, Ambiguous),
    ("truncated", None, Ambiguous),
    ("400", None, Unavailable),
    ("401", None, CredentialsMissing),
    ("403", None, CredentialsMissing),
    ("404", None, Retired),
    ("408", None, Ambiguous),
    ("429", 7, RateLimited),
    ("500", None, Ambiguous),
    ("502", None, Ambiguous),
    ("503", 3, RateLimited),
    ("504", None, Ambiguous),
    ("model-gone", None, Retired),
    ("model-gone", "id", Retired),
    ("quota", None, OutOfCredit),
    ("redirect", None, Unavailable),
    ("empty", None, BadReply),
    ("garbage", None, BadReply),
    ("html", None, BadReply),
    ("oversize", None, BadReply),
]


def draw(settings: dict[str, object] | None = None) -> PlainDesk:
    desk = PlainDesk(settings or {})
    BedrockIllustrator(desk).draw(picture_prompt())
    return desk


@pytest.mark.parametrize(("fault", "argument", "kind"), FAULTS)
@pytest.mark.parametrize(("endpoint", "work"), [("bedrock.converse", write), ("bedrock.invoke", draw)])
def test_every_fault_has_its_error_and_is_sent_once(
    clouds: Clouds,
    endpoint: str,
    work: Callable[[], PlainDesk],
    fault: str,
    argument: object,
    kind: type[ProviderError],
) -> None:
    clouds.script = Script(Rule(endpoint, fault, argument))
    with pytest.raises(ProviderError) as caught:
        work()
    error = caught.value
    assert type(error).__name__.lstrip("_") in (kind.__name__, "Unreadable")
    assert isinstance(error, kind)
    # The desk does not repeat an unreadable story: the writer itself asks a second time.
    posts = 0 if kind is NotSent else 2 if kind is BadReply and work is write else 1
    assert clouds.paid() == posts
    assert len(clouds.requests) == posts, "nothing else was asked, no redirect followed"
    if isinstance(error, RateLimited):
        assert error.retry_after == argument
    said = f"{error.message} {error.hint} {error!r} {error.__cause__!r}"
    assert not any(secret in said for secret in CANARIES.values())


@pytest.mark.parametrize("fault", ["html-as-image", "pixel-bomb", "wrong-schema"])
def test_what_is_no_picture_is_thrown_away(clouds: Clouds, fault: str) -> None:
    clouds.script = Script(Rule("bedrock.invoke", fault))
    with pytest.raises(BadReply):
        draw()
    assert clouds.paid() == 1


def test_a_read_that_takes_too_long_may_be_billed(clouds: Clouds) -> None:
    clouds.script = Script(Rule("bedrock.converse", "slow", 20))
    account = Account("bedrock", PlainDesk())
    with pytest.raises(Ambiguous), account.calling("bedrock-runtime", NOVA, 0.3) as client:
        client.converse(modelId=NOVA, messages=[{"role": "user", "content": [{"text": "Hello"}]}])
    assert clouds.paid() == 1


@pytest.mark.parametrize(
    ("model", "shape"),
    [
        (CORE, "aspect_ratio"),
        ("us.stability.stable-image-ultra-v1:1", "aspect_ratio"),
        ("amazon.titan-image-generator-v2:0", "taskType"),
        ("amazon.nova-canvas-v1:0", "taskType"),
        ("arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-canvas-v1:0", "taskType"),
        ("stability.stable-diffusion-xl-v1", "text_prompts"),
    ],
)
def test_each_family_is_asked_in_its_own_shape(clouds: Clouds, model: str, shape: str) -> None:
    desk = PlainDesk({"illustrator_model": model})
    illustrator = BedrockIllustrator(desk)
    picture = illustrator.draw(picture_prompt())
    assert Image.open(io.BytesIO(picture.data)).size == (picture.width, picture.height)
    assert 1.2 < picture.width / picture.height < 1.4
    (asked,) = bodies(clouds, "bedrock.invoke")
    assert shape in asked
    config = asked.get("imageGenerationConfig", asked)
    assert isinstance(config, dict)
    assert config["seed"] == 12
    assert picture.credit.model == label_of(model)
    again = illustrator.draw(picture_prompt())
    assert again == picture, "the same seed and words make the same picture"


@pytest.mark.parametrize("seed", [0, 858_993_459, 2**31 - 1, 2**32 - 1, 2**63])
def test_every_seed_is_brought_into_the_range_of_the_family(clouds: Clouds, seed: int) -> None:
    for model, highest in ((CORE, 4_294_967_294), ("amazon.nova-canvas-v1:0", 858_993_459)):
        BedrockIllustrator(PlainDesk({"illustrator_model": model})).draw(replace(picture_prompt(), seed=seed))
        asked = bodies(clouds, "bedrock.invoke")[-1]
        config = asked.get("imageGenerationConfig", asked)
        assert isinstance(config, dict)
        assert 1 <= config["seed"] <= highest


@pytest.mark.parametrize(
    ("model", "longest"),
    [(CORE, 9_000), ("amazon.titan-image-generator-v2:0", 512), ("amazon.nova-canvas-v1:0", 1_024)],
)
def test_a_prompt_fits_the_family_also_after_it_was_softened(clouds: Clouds, model: str, longest: int) -> None:
    prompt = replace(picture_prompt(), text="Two children find a sword near an old witch and run. " * 400)
    clouds.script = Script(Rule("bedrock.invoke", "refusal", on=(1,)))
    BedrockIllustrator(PlainDesk({"illustrator_model": model})).draw(prompt)
    texts = [
        asked["textToImageParams"]["text"] if "textToImageParams" in asked else asked["prompt"]  # type: ignore[index]
        for asked in bodies(clouds, "bedrock.invoke")
    ]
    assert len(texts) == 2
    assert all(isinstance(text, str) and 100 < len(text) <= longest for text in texts)
    assert texts[0] != texts[1]


@pytest.mark.parametrize("model", [CORE, "amazon.nova-canvas-v1:0", "stability.stable-diffusion-xl-v1"])
@pytest.mark.parametrize("argument", [None, "error"])
def test_a_picture_is_softened_once_and_then_refused(clouds: Clouds, model: str, argument: str | None) -> None:
    clouds.script = Script(Rule("bedrock.invoke", "refusal", argument))
    with pytest.raises(Refused):
        draw({"illustrator_model": model})
    assert clouds.paid() == 2


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"images": [], "finish_reasons": ["Inference error"]}, BadReply),
        ({"finish_reasons": ["Filter reason: output image"]}, Refused),
        ({"images": ["not base64!"], "finish_reasons": [None]}, BadReply),
        ({"images": [base64.b64encode(b"\x89PNG").decode()], "finish_reasons": [None]}, BadReply),
        ({"images": 7}, BadReply),
        ([], BadReply),
    ],
)
def test_a_stored_answer_of_stability_is_read_strictly(clouds: Clouds, answer: object, kind: type[Exception]) -> None:
    desk = draw()
    reply = desk.bought[0].send(desk.calls[0])
    with pytest.raises(kind):
        desk.bought[0].read(replace(reply, body=json.dumps(answer).encode()))


def test_a_model_nobody_knows_is_not_sent_anything(clouds: Clouds) -> None:
    with pytest.raises(Unavailable, match=r"some\.picture-model"):
        draw({"illustrator_model": "some.picture-model-v1:0"})
    assert not clouds.requests


def test_keys_and_region_that_are_missing_are_named(clouds: Clouds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(CredentialsMissing) as caught:
        write()
    assert "AWS_ACCESS_KEY_ID" in caught.value.hint
    monkeypatch.delenv("AWS_REGION")
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    with pytest.raises(CredentialsMissing) as caught:
        write()
    assert "region" in caught.value.hint
    assert not clouds.requests


def test_an_address_that_is_none_is_a_setting_to_look_at(clouds: Clouds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "not an address")
    with pytest.raises(Unavailable) as caught:
        write()
    assert "AWS_ENDPOINT_URL" in caught.value.hint


def test_examining_tells_whether_a_model_lives_without_buying(clouds: Clouds) -> None:
    writer, illustrator = BedrockWriter(PlainDesk()), BedrockIllustrator(PlainDesk())
    assert writer.examine() == (Health(NOVA, True, ""),)
    assert illustrator.examine() == (Health(CORE, True, ""),)
    assert {one.path for one in clouds.requests} == {
        "/foundation-models/amazon.nova-2-lite-v1%3A0",
        "/foundation-models/stability.stable-image-core-v1%3A1",
    }
    clouds.script = Script(Rule("bedrock.model", "retiring", "2036-01-06"))
    assert illustrator.examine() == (Health(CORE, True, "is shut down on 2036-01-06"),)
    clouds.script = Script(Rule("bedrock.model", "model-gone"))
    assert [one.alive for one in illustrator.examine()] == [False]
    assert [one.alive for one in BedrockWriter(PlainDesk({"writer_model": MINE})).examine()] == [True]
    assert clouds.paid() == 0


@pytest.mark.parametrize(
    ("life", "date", "health"),
    [
        ({"status": "ACTIVE"}, "", Health(CORE, True, "")),
        ({"status": "LEGACY"}, "", Health(CORE, True, "is marked as legacy")),
        ({"endOfLifeTime": END}, "", Health(CORE, True, "is shut down on 2026-09-30")),
        ({"endOfLifeTime": END}, "Tue, 29 Sep 2026 23:00:00 GMT", Health(CORE, True, "is shut down on 2026-09-30")),
        ({"endOfLifeTime": END}, "Sat, 21 Nov 2026 02:00:00 GMT", Health(CORE, False, "was shut down on 2026-09-30")),
    ],
)
def test_a_model_lives_until_its_last_day_by_the_clock_of_the_service(
    life: dict[str, object], date: str, health: Health
) -> None:
    assert read_lifecycle(CORE, life, date) == health


@pytest.mark.parametrize(
    ("model", "label", "foundation"),
    [
        ("amazon.nova-lite-v1:0", "amazon.nova-lite-v1:0", "amazon.nova-lite-v1:0"),
        ("eu.amazon.nova-lite-v1:0", "eu.amazon.nova-lite-v1:0", "amazon.nova-lite-v1:0"),
        ("us-gov.amazon.nova-lite-v1:0", "us-gov.amazon.nova-lite-v1:0", "amazon.nova-lite-v1:0"),
        ("deepseek.v3.2", "deepseek.v3.2", "deepseek.v3.2"),
        (
            "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-pro-v1:0",
            "us.amazon.nova-pro-v1:0",
            "amazon.nova-pro-v1:0",
        ),
        (MINE, "ab12cd34ef56", "ab12cd34ef56"),
    ],
)
def test_profiles_and_arns_name_a_model_and_no_account(model: str, label: str, foundation: str) -> None:
    assert (label_of(model), foundation_of(model)) == (label, foundation)


def test_what_the_service_says_in_words_is_never_repeated(clouds: Clouds) -> None:
    from botocore.exceptions import ClientError

    said = {
        "Error": {"Code": "Odd\nCode AKIACANARYCLOUDS0001", "Message": "your key is AKIACANARYCLOUDS0001"},
        "ResponseMetadata": {"HTTPStatusCode": 418, "HTTPHeaders": {}},
    }
    error = translate(ClientError(said, "Converse"), "bedrock", NOVA)  # type: ignore[arg-type]
    assert type(error) is Unavailable
    assert "AKIA" not in f"{error} {error.hint}"


@pytest.mark.parametrize(
    ("status", "code", "words", "kind"),
    [
        (400, "ThrottlingException", "Rate exceeded", RateLimited),
        (429, "ModelNotReadyException", "", RateLimited),
        (424, "ModelErrorException", "", Ambiguous),
        (403, "ExpiredTokenException", "", CredentialsMissing),
        (404, "ResourceNotFoundException", "Access denied. This Model is marked by provider as Legacy", Retired),
        (403, "AccessDeniedException", "denied due to INVALID_PAYMENT_INSTRUMENT: a valid one is needed", OutOfCredit),
        (400, "ValidationException", "blocked by our content filters", Refused),
        (400, "ValidationException", "with on-demand throughput isn't supported", Unavailable),
        (400, "ValidationException", "Malformed input request", Unavailable),
    ],
)
def test_an_error_of_the_service_is_told_by_its_name_its_status_and_known_words(
    status: int, code: str, words: str, kind: type[ProviderError]
) -> None:
    from botocore.exceptions import ClientError

    said = {"Error": {"Code": code, "Message": words}, "ResponseMetadata": {"HTTPStatusCode": status}}
    assert type(translate(ClientError(said, "Converse"), "bedrock", NOVA)) is kind  # type: ignore[arg-type]
