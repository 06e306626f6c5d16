"""The fake clouds, seen through the real SDKs: whole answers from every endpoint, and every fault as it is on the wire."""

import base64
import contextlib
import http.client
import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from generator.errors import BadReply
from generator.judging.quality import check_story
from generator.models.gates import read_pcm, read_picture
from generator.models.prompts import make_messages
from generator.models.reply import parse_story
from generator.story import AgeBand, Brief, Credit
from tests.fakes.clouds import CANARIES, KINDS, Clouds, Remote, Rule, Script, faults_of
from tests.samples import make_brief, make_starter_brief

CREDIT = Credit("fake", "fake")
TEXT = "Pip ran to the “mill”. Who was there? Nobody!"


@pytest.fixture(scope="module")
def server() -> Iterator[Clouds]:
    with Clouds() as clouds:
        yield clouds


@pytest.fixture
def clouds(server: Clouds, monkeypatch: pytest.MonkeyPatch) -> Clouds:
    server.reset()
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)
    return server


@pytest.fixture
def openai(clouds: Clouds) -> Iterator[Any]:
    import openai

    with openai.OpenAI(max_retries=0, timeout=5) as client:
        yield client


@pytest.fixture(scope="module")
def session() -> Any:
    """A session of AWS: what it has read of its own data is kept from test to test."""
    import boto3

    return boto3.Session()


@pytest.fixture
def aws(clouds: Clouds, session: Any) -> Iterator[Callable[[str], Any]]:
    """Make clients of AWS, and close them."""
    from botocore.config import Config

    config = Config(retries={"total_max_attempts": 1}, read_timeout=5)
    with contextlib.ExitStack() as stack:
        yield lambda service: stack.enter_context(contextlib.closing(session.client(service, config=config)))


@pytest.fixture
def speak(aws: Callable[[str], Any]) -> Callable[..., Any]:
    """Ask Polly for a sentence."""
    asked = {"VoiceId": "Joanna", "Engine": "neural", "Text": TEXT, "OutputFormat": "pcm"}
    polly = aws("polly")
    return lambda **more: polly.synthesize_speech(**asked | more)


@pytest.fixture
def replicate(clouds: Clouds) -> Iterator[Any]:
    from replicate.client import Client

    client = Client()
    client.poll_interval = 0.01
    yield client
    client._client.close()


def draw(openai: Any, **more: str) -> bytes:
    made = openai.images.generate(model="gpt-image-1", prompt="a fox", size="1536x1024", **more)
    return base64.b64decode(made.data[0].b64_json)


def chat(openai: Any, brief: Brief) -> str:
    told = make_messages(brief)
    messages = [{"role": "system", "content": told.system}, {"role": "user", "content": told.user}]
    return str(openai.chat.completions.create(model="gpt-5-mini", messages=messages).choices[0].message.content)


def ask(clouds: Clouds, door: str, method: str, path: str, body: bytes = b"{}") -> tuple[int, dict[str, str], bytes]:
    """Ask without an SDK."""
    connection = http.client.HTTPConnection(clouds.url(door).removeprefix("http://"), timeout=5)
    try:
        connection.request(method, path, body, {"Authorization": CANARIES["OPENAI_API_KEY"]})
        reply = connection.getresponse()
        return reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read()
    finally:
        connection.close()


PATHS = {
    "openai.chat": ("openai", "POST", "/v1/chat/completions"),
    "openai.responses": ("openai", "POST", "/v1/responses"),
    "openai.image": ("openai", "POST", "/v1/images/generations"),
    "openai.speech": ("openai", "POST", "/v1/audio/speech"),
    "openai.moderation": ("openai", "POST", "/v1/moderations"),
    "openai.models": ("openai", "GET", "/v1/models"),
    "openai.model": ("openai", "GET", "/v1/models/gpt-image-1"),
    "bedrock.converse": ("bedrock-runtime", "POST", "/model/amazon.nova-lite-v1%3A0/converse"),
    "bedrock.invoke": ("bedrock-runtime", "POST", "/model/stability.stable-image-core-v1%3A1/invoke"),
    "bedrock.models": ("bedrock", "GET", "/foundation-models"),
    "bedrock.model": ("bedrock", "GET", "/foundation-models/amazon.nova-lite-v1%3A0"),
    "polly.speech": ("polly", "POST", "/v1/speech"),
    "polly.marks": ("polly", "POST", "/v1/speech"),
    "polly.voices": ("polly", "GET", "/v1/voices"),
    "replicate.create": ("replicate", "POST", "/v1/predictions"),
    "replicate.poll": ("replicate", "GET", "/v1/predictions/p"),
    "replicate.cancel": ("replicate", "POST", "/v1/predictions/p/cancel"),
    "replicate.model": ("replicate", "GET", "/v1/models/black-forest-labs/flux-dev"),
    "replicate.version": ("replicate", "GET", "/v1/models/black-forest-labs/flux-dev/versions/abc"),
    "replicate.file": ("replicate", "GET", "/files/p/out-0.webp"),
}
BODIES = {"polly.marks": b'{"OutputFormat": "json"}'}


# Whole answers


@pytest.mark.parametrize("age", list(AgeBand))
def test_chat_writes_a_story_that_passes_every_check(openai: Any, age: AgeBand) -> None:
    brief = make_starter_brief()
    brief = Brief(brief.slot, 3, brief.genre, brief.form, age, age.words, brief.hero, brief.helper, brief.place)
    story = parse_story(chat(openai, brief), brief, CREDIT)
    assert check_story(story, brief) == ()
    assert brief.hero.name in story.scenes[0].paragraphs[0] + story.scenes[0].paragraphs[1]
    assert any(scene.speeches for scene in story.scenes)


def test_every_brief_gets_its_own_story(openai: Any) -> None:
    briefs = (make_brief(), make_starter_brief())
    first, second = (parse_story(chat(openai, brief), brief, CREDIT) for brief in briefs)
    assert first.title != second.title


def test_responses_give_the_same_story_in_their_own_shape(openai: Any) -> None:
    told = make_messages(make_brief())
    made = openai.responses.create(model="gpt-5-mini", instructions=told.system, input=told.user)
    assert parse_story(made.output_text, make_brief(), CREDIT).scenes
    assert made.usage.output_tokens > 100


@pytest.mark.parametrize("form", ["png", "jpeg", "webp"])
def test_images_are_real_and_depend_on_the_prompt(openai: Any, form: str) -> None:
    data = draw(openai, output_format=form)
    picture = read_picture(data, CREDIT)
    assert (picture.width, picture.height) == (1536, 1024)
    assert Image.open(io.BytesIO(data)).format == form.upper()
    other = openai.images.generate(model="gpt-image-1", prompt="an owl", size="1536x1024", output_format=form)
    assert base64.b64decode(other.data[0].b64_json) != data


def test_speech_is_as_long_as_its_text(openai: Any) -> None:
    text = " ".join(f"{TEXT}" for _ in range(6))
    made = {
        form: openai.audio.speech.create(model="tts-1", voice="alloy", input=text, response_format=form).content
        for form in ("pcm", "wav", "mp3")
    }
    clip = read_pcm(made["pcm"], 24000, text, CREDIT)
    assert 120 <= 60 * len(text.split()) / clip.seconds <= 180
    with wave.open(io.BytesIO(made["wav"])) as file:
        assert file.readframes(file.getnframes()) == made["pcm"]
    assert made["mp3"][:3] == b"ID3" or made["mp3"][0] == 0xFF


def test_moderation_scores_are_those_the_test_sets(clouds: Clouds, openai: Any) -> None:
    parts = [
        {"type": "text", "text": "a fox"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}},
    ]
    assert not openai.moderations.create(model="omni-moderation-latest", input=parts).results[0].flagged
    clouds.state.scores = {"violence": 0.7}
    result = openai.moderations.create(model="omni-moderation-latest", input=parts).results[0]
    assert result.flagged
    assert result.category_scores.violence == 0.7


def test_models_tell_when_they_are_shut_down(clouds: Clouds, openai: Any) -> None:
    import openai as sdk

    assert openai.models.retrieve("gpt-image-1").shutdown_date is None
    clouds.state.retiring = {"gpt-image-1": "2027-01-06"}
    assert openai.models.retrieve("gpt-image-1").shutdown_date == "2027-01-06"
    clouds.state.retired = {"dall-e-3": "2026-05-12"}
    with pytest.raises(sdk.NotFoundError):
        openai.models.retrieve("dall-e-3")
    assert "gpt-image-1" in [model.id for model in openai.models.list()]


def test_converse_writes_text_or_fills_in_the_tool(clouds: Clouds, aws: Callable[[str], Any]) -> None:
    told, client = make_messages(make_brief()), aws("bedrock-runtime")
    asked: dict[str, Any] = {
        "modelId": "amazon.nova-lite-v1:0",
        "messages": [{"role": "user", "content": [{"text": told.user}]}],
    }
    plain = client.converse(**asked)
    assert plain["stopReason"] == "end_turn"
    text = plain["output"]["message"]["content"][0]["text"]
    tool = {"toolSpec": {"name": "story", "inputSchema": {"json": {"type": "object"}}}}
    filled = client.converse(**asked, toolConfig={"tools": [tool]})
    assert filled["stopReason"] == "tool_use"
    assert filled["output"]["message"]["content"][0]["toolUse"]["input"].keys() == json.loads(text).keys()


@pytest.mark.parametrize(
    ("body", "find"),
    [
        ({"prompt": "fox", "aspect_ratio": "3:2"}, lambda reply: reply["images"][0]),
        ({"taskType": "TEXT_IMAGE", "textToImageParams": {"text": "fox"}}, lambda reply: reply["images"][0]),
        ({"text_prompts": [{"text": "fox"}]}, lambda reply: reply["artifacts"][0]["base64"]),
    ],
    ids=["stability", "canvas", "sdxl"],
)
def test_invoke_draws_in_the_shape_of_the_request(
    clouds: Clouds, body: dict[str, object], find: Any, aws: Callable[[str], Any]
) -> None:
    reply = aws("bedrock-runtime").invoke_model(modelId="any.model", body=json.dumps(body))
    assert read_picture(base64.b64decode(find(json.loads(reply["body"].read()))), CREDIT).width >= 1024


def test_bedrock_tells_the_life_of_a_model(clouds: Clouds, aws: Callable[[str], Any]) -> None:
    client = aws("bedrock")
    life = client.get_foundation_model(modelIdentifier="amazon.nova-lite-v1:0")["modelDetails"]["modelLifecycle"]
    assert life["status"] == "ACTIVE"
    clouds.script = Script(Rule("bedrock.model", "retiring", "2027-01-06"))
    life = client.get_foundation_model(modelIdentifier="amazon.nova-lite-v1:0")["modelDetails"]["modelLifecycle"]
    assert (life["status"], life["endOfLifeTime"].year) == ("LEGACY", 2027)
    assert client.list_foundation_models()["modelSummaries"]


def test_polly_speaks_and_marks_the_bytes_of_the_text(clouds: Clouds, speak: Callable[..., Any]) -> None:
    spoken = speak(SampleRate="16000")
    clip = read_pcm(spoken["AudioStream"].read(), 16000, TEXT, CREDIT)
    assert spoken["RequestCharacters"] == len(TEXT)
    marked = speak(OutputFormat="json", SpeechMarkTypes=["sentence", "word"])["AudioStream"].read()
    rows = [json.loads(line) for line in marked.splitlines()]
    assert all(TEXT.encode()[row["start"] : row["end"]].decode() == row["value"] for row in rows)
    assert [row["value"] for row in rows if row["type"] == "sentence"][1] == "Who was there?"
    times = [row["time"] for row in rows]
    assert times == sorted(times)
    assert times[-1] < clip.seconds * 1000


def test_polly_marks_the_bytes_of_ssml_as_it_was_sent(clouds: Clouds, speak: Callable[..., Any]) -> None:
    text = '<speak><prosody rate="90%">Tea &amp; “cake”.</prosody></speak>'
    marked = speak(Text=text, TextType="ssml", OutputFormat="json", SpeechMarkTypes=["word"])["AudioStream"].read()
    rows = [json.loads(line) for line in marked.splitlines()]
    assert [text.encode()[row["start"] : row["end"]].decode() for row in rows] == ["Tea", "cake"]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"Engine": "long-form"}, "EngineNotSupportedException"),
        ({"LanguageCode": "de-DE"}, "LanguageNotSupportedException"),
        ({"Text": "word " * 700}, "TextLengthExceededException"),
        ({"TextType": "ssml", "Text": "<speak>a & b</speak>"}, "InvalidSsmlException"),
        ({"SampleRate": "44100"}, "InvalidSampleRateException"),
    ],
)
def test_polly_turns_down_what_the_vendor_turns_down(
    clouds: Clouds, wrong: dict[str, object], named: str, speak: Callable[..., Any]
) -> None:
    from botocore.exceptions import ClientError

    with pytest.raises(ClientError) as caught:
        speak(**wrong)
    assert caught.value.response["Error"]["Code"] == named


def test_polly_lists_its_voices(clouds: Clouds, aws: Callable[[str], Any]) -> None:
    client = aws("polly")
    voices = {voice["Id"]: voice for voice in client.describe_voices()["Voices"]}
    assert voices["Aditi"]["AdditionalLanguageCodes"] == ["hi-IN"]
    assert "generative" in voices["Joanna"]["SupportedEngines"]
    german = client.describe_voices(LanguageCode="de-DE", Engine="generative")["Voices"]
    assert {voice["Id"] for voice in german} == {"Vicki", "Daniel"}


def test_replicate_takes_its_time_and_hands_out_a_file(clouds: Clouds, replicate: Any) -> None:
    made = replicate.predictions.create(version="abc", input={"prompt": "fox", "aspect_ratio": "3:2"})
    states = [made.status]
    while made.status not in ("succeeded", "failed"):
        made.reload()
        states.append(made.status)
    assert states == ["starting", "processing", "succeeded"]
    assert made.output
    url = made.output[0]
    assert url.startswith(clouds.environment()["REPLICATE_BASE_URL"])
    with urllib.request.urlopen(url, timeout=5) as reply:
        assert read_picture(reply.read(), CREDIT).width == 1216
    assert replicate.models.get("black-forest-labs/flux-dev").versions.get("abc").id == "abc"
    assert clouds.paid() == 1


# Faults


def test_every_endpoint_can_have_every_fault_that_is_listed_for_it(clouds: Clouds) -> None:
    cells = [(kind, fault) for kind in sorted(KINDS) for fault in faults_of(kind)]
    for kind, fault in cells:
        if fault in ("refuse", "slow", "drip", "oversize"):  # these have tests of their own
            continue
        clouds.reset()
        clouds.script = Script(Rule(kind, fault))
        door, method, path = PATHS[kind]
        try:
            ask(clouds, door, method, path, BODIES.get(kind, b"{}"))
        except (http.client.HTTPException, OSError):
            assert fault in ("reset", "close-after-accept", "truncated"), (kind, fault)
        (record,) = clouds.requests
        assert (record.kind, record.fault) == (kind, fault)
    assert len(cells) > 300


def test_a_refused_vendor_gets_no_request_and_the_others_stay(clouds: Clouds, openai: Any) -> None:
    import openai as sdk

    openai.models.list()
    clouds.script = Script(Rule("openai.*", "refuse"))
    with pytest.raises(sdk.APIConnectionError) as caught:
        openai.models.list()
    assert "refused" in str(caught.value.__cause__)
    assert ask(clouds, "polly", "GET", "/v1/voices")[0] == 200
    assert len(clouds.requests) == 2
    clouds.script = Script()
    assert openai.models.list().data


def test_a_vendor_can_be_refused_once_another_answer_went_out(clouds: Clouds, openai: Any) -> None:
    import openai as sdk

    clouds.script = Script(Rule("openai.*", "refuse", after="openai.model"))
    assert openai.models.retrieve("gpt-image-1").id
    with pytest.raises(sdk.APIConnectionError):
        draw(openai)
    assert clouds.paid() == 0


def test_a_refused_vendor_comes_back_after_its_time(clouds: Clouds) -> None:
    clouds.script = Script(Rule("bedrock.converse", "refuse", 0.05))
    deadline = time.monotonic() + 5
    with pytest.raises(ConnectionRefusedError):
        ask(clouds, "bedrock-runtime", "POST", "/")
    assert ask(clouds, "bedrock", "GET", "/foundation-models")[0] == 200
    while time.monotonic() < deadline:
        with contextlib.suppress(ConnectionRefusedError):
            assert ask(clouds, "bedrock-runtime", "POST", "/")[0] == 404
            break
        time.sleep(0.01)
    else:
        raise AssertionError("the door stayed shut")


def test_a_reset_is_a_reset_and_a_close_is_an_end(clouds: Clouds) -> None:
    clouds.script = Script(Rule("openai.models", "reset", on=(1,)), Rule("openai.models", "close-after-accept"))
    with pytest.raises(ConnectionResetError) as caught:
        ask(clouds, "openai", "GET", "/v1/models")
    assert not isinstance(caught.value, http.client.RemoteDisconnected)
    with pytest.raises(http.client.RemoteDisconnected):
        ask(clouds, "openai", "GET", "/v1/models")


def test_a_truncated_answer_promises_more_than_it_sends(clouds: Clouds) -> None:
    clouds.script = Script(Rule("polly.voices", "truncated"))
    with pytest.raises(http.client.IncompleteRead) as caught:
        ask(clouds, "polly", "GET", "/v1/voices")
    assert len(caught.value.partial) in (caught.value.expected, (caught.value.expected or 0) - 1)


def test_a_drip_sends_a_byte_at_a_time_and_goes_on(clouds: Clouds) -> None:
    clouds.script = Script(Rule("openai.models", "drip", 0.01))
    with socket.create_connection(("127.0.0.1", int(clouds.url("openai").rpartition(":")[2])), timeout=5) as guest:
        guest.sendall(b"GET /v1/models HTTP/1.1\r\nHost: x\r\n\r\n")
        seen = b""
        while seen.count(b"1\r\n") < 20:
            seen += guest.recv(100)
        assert b"\r\n1\r\n{\r\n1\r\n" in seen


def test_slow_and_delay_hold_an_answer_back(clouds: Clouds) -> None:
    clouds.script, clouds.delay = Script(Rule("openai.models", "slow", 0.1)), {"polly.*": 0.1}
    for door, path in (("openai", "/v1/models"), ("polly", "/v1/voices")):
        start = time.monotonic()
        assert ask(clouds, door, "GET", path)[0] == 200
        assert time.monotonic() - start >= 0.1


def test_a_throttled_request_says_when_to_come_back_and_succeeds_then(clouds: Clouds, openai: Any) -> None:
    import openai as sdk

    clouds.script = Script(Rule("openai.image", "429", 1, on=(1,)))
    with pytest.raises(sdk.RateLimitError) as caught:
        draw(openai)
    assert caught.value.response.headers["retry-after"] == "1"
    assert caught.value.code == "rate_limit_exceeded"
    assert draw(openai)
    assert clouds.paid("openai.image") == 2


@pytest.mark.parametrize(
    ("fault", "named", "code"),
    [
        ("401", "AuthenticationError", "invalid_api_key"),
        ("500", "InternalServerError", None),
        ("model-gone", "NotFoundError", "model_not_found"),
        ("refusal", "BadRequestError", "moderation_blocked"),
        ("quota", "RateLimitError", "insufficient_quota"),
    ],
)
def test_openai_says_no_in_its_own_words(clouds: Clouds, openai: Any, fault: str, named: str, code: str | None) -> None:
    import openai as sdk

    clouds.script = Script(Rule("openai.image", fault))
    with pytest.raises(sdk.APIStatusError) as caught:
        draw(openai)
    assert (type(caught.value).__name__, caught.value.code) == (named, code)


def test_a_401_echoes_the_key_so_that_a_message_with_it_is_found(clouds: Clouds) -> None:
    for door, path in (("openai", "/v1/models"), ("polly", "/v1/voices"), ("replicate", "/v1/models/a/b")):
        clouds.script = Script(Rule("*", "401"))
        assert CANARIES["OPENAI_API_KEY"].encode() in ask(clouds, door, "GET", path)[2]


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ("401", 403, "UnrecognizedClientException"),
        ("429", 429, "ThrottlingException"),
        ("500", 500, "InternalServerException"),
        ("503", 503, "ServiceUnavailableException"),
        ("model-gone", 404, "ResourceNotFoundException"),
        ("quota", 400, "ServiceQuotaExceededException"),
    ],
)
def test_bedrock_says_no_in_its_own_words(
    clouds: Clouds, fault: str, status: int, code: str, aws: Callable[[str], Any]
) -> None:
    from botocore.exceptions import ClientError

    clouds.script = Script(Rule("bedrock.*", fault))
    with pytest.raises(ClientError) as caught:
        aws("bedrock-runtime").invoke_model(modelId="any.model", body='{"prompt": "fox"}')
    assert caught.value.response["Error"]["Code"] == code
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == status


def test_polly_throttles_with_a_status_of_its_own(clouds: Clouds, speak: Callable[..., Any]) -> None:
    from botocore.exceptions import ClientError

    clouds.script = Script(Rule("polly.speech", "429", on=(1,)), Rule("polly.speech", "quota"))
    for code, status in (("ThrottlingException", 400), ("ServiceQuotaExceededException", 402)):
        with pytest.raises(ClientError) as caught:
            speak()
        assert caught.value.response["Error"]["Code"] == code
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == status


def test_refusals_inside_an_answer_are_those_of_the_vendor(
    clouds: Clouds, openai: Any, aws: Callable[[str], Any]
) -> None:
    clouds.script = Script(Rule("*", "refusal"))
    said = openai.chat.completions.create(model="gpt-5-mini", messages=[{"role": "user", "content": "x"}]).choices[0]
    assert (said.message.content, bool(said.message.refusal)) == (None, True)
    client = aws("bedrock-runtime")
    messages = [{"role": "user", "content": [{"text": "x"}]}]
    assert client.converse(modelId="m", messages=messages)["stopReason"] == "content_filtered"
    drawn = json.loads(client.invoke_model(modelId="m", body='{"prompt": "fox"}')["body"].read())
    assert drawn["finish_reasons"] == ["Filter reason: prompt"]
    sdxl = json.loads(client.invoke_model(modelId="m", body='{"text_prompts": [{"text": "x"}]}')["body"].read())
    assert sdxl["artifacts"][0]["finishReason"] == "CONTENT_FILTERED"


def test_replicate_fails_where_the_vendor_fails(clouds: Clouds, replicate: Any) -> None:
    from replicate.exceptions import ReplicateError

    clouds.script = Script(Rule("replicate.create", "refusal"))
    made = replicate.predictions.create(version="abc", input={"prompt": "fox"})
    made.wait()
    assert (made.status, "NSFW" in str(made.error)) == ("failed", True)
    for fault, status in (("quota", 402), ("model-gone", 422), ("401", 401)):
        clouds.script = Script(Rule("replicate.create", fault))
        with pytest.raises(ReplicateError) as caught:
            replicate.predictions.create(version="abc", input={"prompt": "fox"})
        assert caught.value.status == status


@pytest.mark.parametrize("fault", ["html-as-image", "pixel-bomb", "oversize"])
def test_pictures_that_are_none_arrive_and_are_turned_down(clouds: Clouds, openai: Any, fault: str) -> None:
    clouds.script = Script(Rule("openai.image", fault))
    data = draw(openai)
    assert (len(data) > 25_000_000) == (fault == "oversize")
    with pytest.raises(BadReply):
        read_picture(data, CREDIT)


def test_the_pixel_bomb_is_small_and_has_400_megapixels(clouds: Clouds, openai: Any) -> None:
    clouds.script = Script(Rule("openai.image", "pixel-bomb"))
    data = draw(openai)
    assert len(data) < 1_000_000
    assert int.from_bytes(data[16:20]) * int.from_bytes(data[20:24]) == 400_000_000


@pytest.mark.parametrize("fault", ["silent", "short-sound", "html-as-image", "garbage", "empty"])
def test_sound_that_is_none_arrives_and_is_turned_down(clouds: Clouds, fault: str, speak: Callable[..., Any]) -> None:
    clouds.script = Script(Rule("polly.speech", fault))
    with pytest.raises(BadReply):
        read_pcm(speak()["AudioStream"].read(), 16000, TEXT, CREDIT)


@pytest.mark.parametrize("fault", ["wrong-schema", "cut", "prose", "fenced", "oversize"])
def test_stories_are_spoilt_as_the_script_has_it(clouds: Clouds, openai: Any, fault: str) -> None:
    clouds.script = Script(Rule("openai.chat", fault))
    text = chat(openai, make_brief())
    if fault in ("prose", "fenced"):
        assert not text.startswith("{")
        assert parse_story(text, make_brief(), CREDIT).scenes
    else:
        with pytest.raises(BadReply):
            parse_story(text, make_brief(), CREDIT)


def test_whoever_follows_a_redirect_ends_in_the_trap(clouds: Clouds) -> None:
    clouds.script = Script(Rule("openai.models", "redirect"))
    status, headers, _ = ask(clouds, "openai", "GET", "/v1/models")
    assert (status, headers["location"].startswith(clouds.url("trap"))) == (302, True)
    with urllib.request.urlopen(f"{clouds.url('openai')}/v1/models", timeout=5) as reply:
        reply.read()
    assert [record.kind for record in clouds.requests] == ["openai.models", "openai.models", "trap"]


def test_html_is_a_page_with_status_200(clouds: Clouds) -> None:
    clouds.script = Script(Rule("openai.models", "html"))
    status, headers, body = ask(clouds, "openai", "GET", "/v1/models")
    assert (status, headers["content-type"][:9], body[:15]) == (200, "text/html", b"<!doctype html>")


def test_a_rule_can_mean_one_request_among_many(clouds: Clouds, openai: Any) -> None:
    import openai as sdk

    clouds.script = Script(Rule("openai.image", "500", text="an owl", on=(2,)))
    for prompt in ("a fox", "an owl", "a fox"):
        openai.images.generate(model="gpt-image-1", prompt=prompt)
    with pytest.raises(sdk.InternalServerError):
        openai.images.generate(model="gpt-image-1", prompt="an owl")


@pytest.mark.parametrize("rule", [("openai.picture", "500"), ("openai.chat", "silent"), ("openai.chat", "nonsense")])
def test_a_rule_that_cannot_happen_is_an_error(rule: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match=rule[0] if rule[0] == "openai.picture" else rule[1]):
        Rule(*rule)


# Records, and a server of its own


def test_records_tell_whether_a_key_came_and_keep_no_secret(
    clouds: Clouds, openai: Any, aws: Callable[[str], Any]
) -> None:
    chat(openai, make_brief())
    aws("polly").describe_voices()
    assert [record.canary for record in clouds.requests] == [True, True]
    assert not any(secret in str(clouds.requests) for secret in CANARIES.values())
    assert [record.kind for record in clouds.requests] == ["openai.chat", "polly.voices"]
    assert clouds.paid() == clouds.paid("openai.*") == 1


def test_a_server_in_its_own_process_is_steered_and_keeps_a_log(tmp_path: Path) -> None:
    port, log = tmp_path / "port", tmp_path / "log"
    command = [sys.executable, "-m", "tests.fakes.clouds", "--port-file", str(port), "--log", str(log)]
    with subprocess.Popen(command, env=os.environ) as process:
        try:
            deadline = time.monotonic() + 20
            while not port.exists() and time.monotonic() < deadline:
                time.sleep(0.02)
            remote = Remote.read(port)
            remote.set(story="hello", delay={})
            base = remote.environment()["OPENAI_BASE_URL"]
            request = urllib.request.Request(f"{base}/chat/completions", b'{"messages": []}')
            with urllib.request.urlopen(request, timeout=5) as reply:
                assert json.load(reply)["choices"][0]["message"]["content"] == "hello"
            remote.set_script(Script(Rule("openai.chat", "500", on=(1,))))
            with pytest.raises(urllib.error.HTTPError) as caught:
                urllib.request.urlopen(request, timeout=5)
            caught.value.close()
            assert (remote.paid(), [record.fault for record in remote.requests]) == (2, ["", "500"])
            assert [json.loads(line)["kind"] for line in log.read_text().splitlines()] == ["openai.chat"] * 2
            remote.reset()
            assert remote.requests == []
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
