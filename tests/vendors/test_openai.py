"""The four adapters against the real SDK and a real server: what is asked, and what comes back."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from generator.errors import CredentialsMissing, ProviderError, Refused, Unavailable
from generator.illustrators.openai import OpenAIIllustrator
from generator.judging.quality import check_story
from generator.moderators.openai import LIMITS, OpenAIModerator
from generator.narrators.openai import ENDING, TONE, OpenAINarrator
from generator.purchase import Health
from generator.story import Credit, Genre, Passage
from generator.vendors.openai import is_free
from generator.writers.openai import MOST_TOKENS, OpenAIWriter
from tests.fakes.clouds import Clouds
from tests.fakes.desk import PlainDesk
from tests.fakes.faults import Rule, Script
from tests.fakes.media import Media
from tests.fakes.records import CANARIES
from tests.samples import make_prompt, make_starter_brief
from tests.vendors.openai_setting import JOBS, SENTENCE, make_desk


@pytest.fixture
def clouds(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clouds]:
    with Clouds() as clouds:
        for name in [name for name in os.environ if name.startswith("OPENAI_")]:
            monkeypatch.delenv(name)
        for name, value in clouds.environment("openai").items():
            monkeypatch.setenv(name, value)
        yield clouds


def asked(clouds: Clouds, number: int = -1) -> dict[str, object]:
    body = clouds.requests[number].body
    assert isinstance(body, dict)
    return body


def test_a_story_is_asked_for_with_a_strict_schema_and_comes_back_whole(clouds: Clouds) -> None:
    desk, brief = make_desk(clouds), make_starter_brief()
    story = OpenAIWriter(desk).write(brief)
    assert check_story(story, brief) == ()
    assert story.credit == Credit("openai", "gpt-6-luna")
    body, (purchase,) = asked(clouds), desk.bought
    assert body["response_format"]["json_schema"]["strict"] is True  # type: ignore[index]
    assert (body["reasoning_effort"], body["max_completion_tokens"]) == ("low", MOST_TOKENS)
    assert purchase.step == "write-1"
    assert not purchase.again
    assert json.loads(json.dumps(purchase.request)) == body


def test_a_kept_reply_reads_as_the_same_story_and_says_what_was_used(clouds: Clouds) -> None:
    desk = make_desk(clouds)
    story = OpenAIWriter(desk).write(make_starter_brief())
    (purchase,), (call,) = desk.bought, desk.calls
    reply = purchase.send(call)
    assert purchase.read(replace(reply, units={}, model="")) == story
    assert 0 < reply.units["output_tokens"] <= purchase.units["output_tokens"]
    assert 0 < reply.units["input_tokens"] <= purchase.units["input_tokens"]


@pytest.mark.parametrize("fault", ["prose", "fenced"])
def test_a_server_that_wraps_the_story_is_understood_at_once(clouds: Clouds, fault: str) -> None:
    clouds.script = Script(Rule("openai.chat", fault))
    brief = make_starter_brief()
    assert check_story(OpenAIWriter(make_desk(clouds)).write(brief), brief) == ()
    assert clouds.paid() == 1


def test_a_server_without_schemas_is_asked_once_more_in_plain_words(clouds: Clouds) -> None:
    clouds.script = Script(Rule("openai.chat", "400", on=(1,)))
    OpenAIWriter(make_desk(clouds, writer_model="llama3.2")).write(make_starter_brief())
    first, second = asked(clouds, 0), asked(clouds, 1)
    assert "response_format" in first
    assert "reasoning_effort" not in first
    assert set(second) == {"model", "messages", "max_tokens"}


@pytest.mark.parametrize("fault", ["wrong-schema", "cut"])
def test_a_reply_that_cannot_be_read_is_sent_back_once_to_be_mended(clouds: Clouds, fault: str) -> None:
    clouds.script = Script(Rule("openai.chat", fault, on=(1,)))
    desk = make_desk(clouds)
    OpenAIWriter(desk).write(make_starter_brief())
    assert clouds.paid() == 2
    messages = asked(clouds)["messages"]
    assert isinstance(messages, list)
    assert [message["role"] for message in messages] == ["system", "user", "user"]
    assert "could not be read" in messages[-1]["content"]
    assert [purchase.step for purchase in desk.bought] == ["write-1", "write-1"]


@pytest.mark.parametrize("how", ["", "error"])
def test_a_refused_story_is_asked_for_once_in_milder_words(clouds: Clouds, how: str) -> None:
    clouds.script = Script(Rule("openai.chat", "refusal", how, on=(1,)))
    brief = replace(make_starter_brief(), genre=Genre.SPOOKY, idea="a lantern and a sword")
    OpenAIWriter(make_desk(clouds)).write(brief)
    assert "sword" in str(asked(clouds, 0)["messages"])
    assert "sword" not in str(asked(clouds, 1)["messages"])


def test_a_story_that_is_refused_twice_is_refused(clouds: Clouds) -> None:
    clouds.script = Script(Rule("openai.chat", "refusal"))
    with pytest.raises(Refused):
        OpenAIWriter(make_desk(clouds)).write(make_starter_brief())
    assert clouds.paid() == 2


def test_a_picture_is_asked_for_at_the_size_of_a_page_and_is_decoded(clouds: Clouds) -> None:
    desk = make_desk(clouds)
    picture = OpenAIIllustrator(desk).draw(make_prompt("cover"))
    assert (picture.width, picture.height) == (1600, 1200)
    assert picture.credit == Credit("openai", "gpt-image-2.5-flare")
    body, (purchase,) = asked(clouds), desk.bought
    assert (body["quality"], body["output_format"], body["n"]) == ("low", "webp", 1)
    assert purchase.step == "cover"
    units = purchase.send(desk.calls[0]).units
    assert units["images"] == 1
    assert 0 < units["output_tokens"] <= purchase.units["output_tokens"]


def test_an_older_model_draws_at_a_size_it_knows(clouds: Clouds) -> None:
    picture = OpenAIIllustrator(make_desk(clouds, illustrator_model="gpt-image-1.5")).draw(make_prompt("cover"))
    assert (picture.width, picture.height) == (1536, 1024)


def test_a_server_that_knows_less_draws_what_it_can(clouds: Clouds) -> None:
    clouds.script = Script(Rule("openai.image", "400", on=(1,)))
    OpenAIIllustrator(make_desk(clouds)).draw(make_prompt("cover"))
    assert set(asked(clouds)) == {"model", "prompt", "n", "size", "response_format"}


def test_a_refused_picture_is_asked_for_once_in_milder_words(clouds: Clouds) -> None:
    clouds.script = Script(Rule("openai.image", "refusal", on=(1,)))
    prompt = replace(make_prompt("scene-2"), text="Pip lifts a sword.")
    desk = make_desk(clouds)
    OpenAIIllustrator(desk).draw(prompt)
    assert "sword" in str(asked(clouds, 0)["prompt"])
    assert "sword" not in str(asked(clouds, 1)["prompt"])
    assert [purchase.step for purchase in desk.bought] == ["scene-2", "scene-2"]


def test_a_sentence_is_spoken_with_the_tone_of_the_house(clouds: Clouds) -> None:
    desk = make_desk(clouds)
    clip = OpenAINarrator(desk).speak(SENTENCE)
    assert clip.pcm == Media().pcm(SENTENCE.text, 24000)
    assert clip.rate == 24000
    assert clip.credit == Credit("openai", "gpt-4o-mini-tts sage")
    body, (purchase,) = asked(clouds), desk.bought
    assert (body["input"], body["instructions"], body["response_format"]) == (SENTENCE.text, TONE, "pcm")
    assert "speed" not in body
    units = purchase.send(desk.calls[0]).units
    assert units["seconds"] == pytest.approx(clip.seconds, abs=0.001)
    assert units["seconds"] <= purchase.units["seconds"]


@pytest.mark.parametrize(
    ("model", "asks", "setting", "voice"),
    [
        ("gpt-4o-mini-tts", "marin", "", "marin"),
        ("gpt-4o-mini-tts", "Joanna", "", "sage"),
        ("gpt-4o-mini-tts", "", "coral", "coral"),
        ("tts-1", "marin", "", "sage"),
        ("kokoro", "", "af_heart", "af_heart"),
    ],
)
def test_a_voice_is_the_models_own_or_the_usual_one(
    clouds: Clouds, model: str, asks: str, setting: str, voice: str
) -> None:
    narrator = OpenAINarrator(make_desk(clouds, narrator_model=model, voice=setting))
    narrator.speak(replace(SENTENCE, voice=asks))
    assert asked(clouds)["voice"] == voice
    assert ("instructions" in asked(clouds)) == (model != "tts-1")


def test_the_pace_of_a_reading_is_passed_on_within_what_the_model_can(clouds: Clouds) -> None:
    OpenAINarrator(make_desk(clouds)).speak(replace(SENTENCE, speed=0.9))
    assert asked(clouds)["speed"] == 0.9


def test_a_passage_too_long_for_the_model_is_not_sent(clouds: Clouds) -> None:
    with pytest.raises(Unavailable, match="4,096"):
        OpenAINarrator(make_desk(clouds)).speak(Passage("word " * 900, name="narrate-1"))
    assert clouds.requests == []


def test_the_voices_are_listed_for_nothing(clouds: Clouds) -> None:
    names = [card.name for card in OpenAINarrator(make_desk(clouds)).voices()]
    assert "sage" in names
    assert names == sorted(names)
    plain = OpenAINarrator(make_desk(clouds, narrator_model="tts-1-hd")).voices()
    assert "marin" not in [card.name for card in plain]
    assert clouds.requests == []


def test_a_gentle_text_and_its_picture_pass_for_nothing(clouds: Clouds) -> None:
    desk = make_desk(clouds)
    assert OpenAIModerator(desk).check("Pip slept.", (Media().picture("a fox", 320, 320, "webp"),)) == ()
    assert [purchase.step for purchase in desk.bought] == ["moderate-text", "moderate-picture-1"]
    assert all(purchase.units == {} for purchase in desk.bought)
    assert str(asked(clouds)["input"]).count("data:image/webp;base64,") == 1
    assert clouds.paid() == 0


@pytest.mark.parametrize("category", LIMITS)
def test_every_category_is_measured_with_a_limit_for_children(clouds: Clouds, category: str) -> None:
    clouds.state.scores = {category: LIMITS[category] + 0.02}
    (said,) = OpenAIModerator(make_desk(clouds)).check("Once there was a fox.")
    assert category in said
    clouds.state.scores = {category: LIMITS[category] - 0.005}
    assert OpenAIModerator(make_desk(clouds)).check("Once there was a fox.") == ()


def test_each_model_is_looked_at_for_nothing_and_its_end_is_told(clouds: Clouds) -> None:
    clouds.state.retiring = {"gpt-6-luna": "2027-09-30"}
    clouds.state.retired = {"gpt-image-2.5-flare": "2026-11-01"}
    desk = make_desk(clouds)
    assert OpenAIWriter(desk).examine() == (Health("gpt-6-luna", True, "is shut down on 2027-09-30"),)
    assert OpenAINarrator(desk).examine() == (Health("gpt-4o-mini-tts", True, ENDING),)
    assert OpenAIModerator(desk).examine() == (Health("omni-moderation-latest", True),)
    (dead,) = OpenAIIllustrator(desk).examine()
    assert not dead.alive
    assert "gone" in dead.remark
    assert clouds.paid() == 0
    assert desk.bought == []


@pytest.mark.parametrize("kind", JOBS)
def test_without_a_key_nothing_is_sent(clouds: Clouds, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.delenv("OPENAI_BASE_URL")
    with pytest.raises(CredentialsMissing, match="no key"):
        JOBS[kind](PlainDesk())


def test_a_server_of_ones_own_needs_no_key_and_costs_nothing(clouds: Clouds, monkeypatch: pytest.MonkeyPatch) -> None:
    address = os.environ["OPENAI_BASE_URL"]
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.delenv("OPENAI_BASE_URL")
    desk = PlainDesk({"base_url": address, "writer_model": "llama3.2"})
    assert OpenAIWriter(desk).write(make_starter_brief()).credit.model == "llama3.2"
    assert desk.bought[0].units == {}
    assert not clouds.requests[0].canary


@pytest.mark.parametrize(
    ("address", "free"),
    [
        ("http://127.0.0.1:11434/v1", True),
        ("http://localhost:8080/v1", True),
        ("http://ollama:11434/v1", True),
        ("http://192.168.1.20:8000/v1", True),
        ("http://attic.local/v1", True),
        ("https://api.openai.com/v1", False),
        ("https://models.example.com/v1", False),
        ("https://8.8.8.8/v1", False),
        ("", False),
    ],
)
def test_only_a_server_in_ones_own_network_is_free(address: str, free: bool) -> None:
    assert is_free(PlainDesk({"base_url": address})) is free


@pytest.mark.parametrize("kind", JOBS)
def test_no_error_tells_the_key_or_what_the_server_said_about_it(clouds: Clouds, kind: str) -> None:
    clouds.script = Script(Rule(kind, "401"))
    with pytest.raises(ProviderError) as caught:
        JOBS[kind](make_desk(clouds))
    told = f"{caught.value.message} {caught.value.hint} {caught.value!r} {caught.value.__cause__!r}"
    assert CANARIES["OPENAI_API_KEY"] not in told
    assert "Incorrect" not in told
    assert clouds.requests[0].canary
