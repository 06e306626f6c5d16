"""Polly through the real boto3, against a real server."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import (
    Ambiguous,
    BadReply,
    CredentialsMissing,
    NotSent,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Retired,
    Unavailable,
)
from generator.narrators.polly import PollyNarrator
from generator.narrators.polly.markup import clean_line, make_markup, parse_marks, time_clip
from generator.narrators.polly.voices import VOICES, Voice, choose_voice
from generator.sound.passages import cut_clip
from generator.story import Clip, Credit, Passage
from tests.fakes.clouds import Clouds
from tests.fakes.desk import PlainDesk
from tests.fakes.faults import Rule, Script
from tests.fakes.records import CANARIES

LINES = ("“Où est la clé?” asked Zoë & Pip <3.", "Nobody knew — not even the 猫.", "So they went home.")
PASSAGE = Passage(" ".join(LINES), lines=LINES, name="narrate-3")
SHORT = Passage("The lantern stayed lit all night.", name="narrate-1")


@pytest.fixture(scope="module")
def server() -> Iterator[Clouds]:
    with Clouds() as clouds:
        yield clouds


@pytest.fixture
def clouds(server: Clouds, monkeypatch: pytest.MonkeyPatch) -> Clouds:
    server.reset()
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name, value in server.environment("aws").items():
        monkeypatch.setenv(name, value)
    return server


def asked(clouds: Clouds, kind: str = "polly.speech") -> list[dict[str, object]]:
    return [one.body for one in clouds.requests if one.kind == kind and isinstance(one.body, dict)]


def test_a_passage_of_several_lines_comes_back_with_its_words_and_its_beginnings(clouds: Clouds) -> None:
    desk = PlainDesk()
    clip = PollyNarrator(desk).speak(PASSAGE)
    assert clip.rate == 16_000
    assert clip.credit == Credit("polly", "Ruth neural")
    assert len(clip.starts) == 3
    words = [word.text for word in clip.words]
    assert words == re.findall(r"[^\W_]+", PASSAGE.text)
    for start, first in zip(clip.starts, ("Où", "Nobody", "So"), strict=True):
        assert next(word.text for word in clip.words if word.start == start) == first
    assert all(word.start < word.end <= clip.seconds for word in clip.words)
    parts = cut_clip(clip, PASSAGE, "polly")
    assert [len(part.words) for part in parts] == [len(re.findall(r"[^\W_]+", line)) for line in LINES]
    bought = {one.step: one for one in desk.bought}
    assert set(bought) == {"voices", "narrate-3", "narrate-3-marks"}
    assert (bought["voices"].units, bought["narrate-3"].model) == ({}, "neural")
    for step in ("narrate-3", "narrate-3-marks"):
        reply = bought[step].send(desk.calls[0])
        assert 0 < reply.units["characters"] <= bought[step].units["characters"] <= len(PASSAGE.text) + 20
        assert bought[step].read(reply) == bought[step].read(reply)


def test_a_single_line_has_words_and_no_beginnings(clouds: Clouds) -> None:
    clip = PollyNarrator(PlainDesk()).speak(SHORT)
    assert clip.starts == ()
    assert [word.text for word in clip.words] == SHORT.text.rstrip(".").split()


def test_sound_and_times_are_asked_for_the_same_ssml_with_the_same_voice(clouds: Clouds) -> None:
    PollyNarrator(PlainDesk()).speak(replace(PASSAGE, speed=0.9))
    (sound,), (marks,) = asked(clouds), asked(clouds, "polly.marks")
    same = ("Text", "TextType", "VoiceId", "Engine")
    assert [sound[key] for key in same] == [marks[key] for key in same]
    assert 'rate="90%"' in str(sound["Text"])
    assert (sound["OutputFormat"], sound["SampleRate"]) == ("pcm", "16000")
    assert marks["SpeechMarkTypes"] == ["sentence", "word"]


def test_the_voices_are_looked_up_once(clouds: Clouds) -> None:
    narrator = PollyNarrator(PlainDesk())
    for _ in range(3):
        narrator.speak(SHORT)
    assert sum(one.kind == "polly.voices" for one in clouds.requests) == 1


def test_the_generative_engine_gives_no_times_and_is_asked_for_one_line_at_a_time(clouds: Clouds) -> None:
    narrator = PollyNarrator(PlainDesk({"engine": "generative"}))
    assert narrator.longest == 0
    clip = narrator.speak(SHORT)
    assert (clip.words, clip.starts) == ((), ())
    assert clip.credit.model == "Ruth generative"
    with pytest.raises(Unavailable, match="no times"):
        narrator.speak(PASSAGE)
    assert clouds.paid() == 1
    assert PollyNarrator.longest == 2_900


FAULTS: list[tuple[str, object, type[ProviderError]]] = [
    ("refuse", None, NotSent),
    ("reset", None, Ambiguous),
    ("close-after-accept", None, Ambiguous),
    ("truncated", None, Ambiguous),
    ("400", None, Unavailable),
    ("401", None, CredentialsMissing),
    ("403", None, CredentialsMissing),
    ("429", 7, RateLimited),
    ("500", None, Ambiguous),
    ("502", None, Ambiguous),
    ("503", 3, RateLimited),
    ("504", None, Ambiguous),
    ("model-gone", None, Retired),
    ("quota", None, OutOfCredit),
    ("redirect", None, Unavailable),
    ("empty", None, BadReply),
    ("garbage", None, BadReply),
    ("html", None, BadReply),
    ("oversize", None, BadReply),
]


@pytest.mark.parametrize(
    ("endpoint", "fault", "argument", "kind"),
    [
        *(("polly.speech", *row) for row in FAULTS),
        *(("polly.marks", *row) for row in FAULTS),
        ("polly.marks", "wrong-schema", None, BadReply),
    ],
)
def test_every_fault_has_its_error_and_is_sent_once(
    clouds: Clouds, endpoint: str, fault: str, argument: object, kind: type[ProviderError]
) -> None:
    narrator = PollyNarrator(PlainDesk())
    if fault == "refuse":
        narrator.speak(SHORT)
        clouds.reset()
    clouds.script = Script(Rule(endpoint, fault, argument))
    with pytest.raises(ProviderError) as caught:
        narrator.speak(PASSAGE)
    error = caught.value
    assert type(error) is kind
    assert clouds.paid(endpoint) == (0 if kind is NotSent else 1)
    if isinstance(error, RateLimited):
        assert error.retry_after == argument
    said = f"{error.message} {error.hint} {error!r} {error.__cause__!r}"
    assert not any(secret in said for secret in CANARIES.values())


@pytest.mark.parametrize("fault", ["html-as-image", "silent", "short-sound"])
def test_what_is_no_speech_is_thrown_away(clouds: Clouds, fault: str) -> None:
    clouds.script = Script(Rule("polly.speech", fault))
    with pytest.raises(BadReply):
        PollyNarrator(PlainDesk()).speak(PASSAGE)


def test_a_list_of_voices_that_is_none_is_a_bad_reply(clouds: Clouds) -> None:
    clouds.script = Script(Rule("polly.voices", "wrong-schema"))
    with pytest.raises(BadReply):
        PollyNarrator(PlainDesk()).speak(SHORT)
    assert clouds.paid() == 0


KNOWN = (
    Voice("Ruth", ("en-US",), ("generative", "neural")),
    Voice("Amy", ("en-GB",), ("neural", "standard")),
    Voice("Kajal", ("en-IN", "hi-IN"), ("neural",)),
    Voice("Aditi", ("en-IN", "hi-IN"), ("standard",)),
    Voice("Zeina", ("arb",), ("standard",)),
    Voice("Zhiyu", ("cmn-CN",), ("neural",)),
)


@pytest.mark.parametrize(
    ("voice", "language", "usual", "chosen"),
    [
        ("", "en", "", "Ruth"),
        ("", "en-GB", "", "Amy"),
        ("", "en-NZ", "", "Ruth"),
        ("amy", "en", "", "Amy"),
        ("alloy", "en", "", "Ruth"),
        ("alloy", "en", "Amy", "Amy"),
        ("Ruth", "en", "Amy", "Ruth"),
        ("", "hi", "", "Kajal"),
        ("", "ar", "", "Zeina"),
        ("", "zh", "", "Zhiyu"),
    ],
)
def test_the_voice_is_the_passages_the_owners_or_the_languages(
    voice: str, language: str, usual: str, chosen: str
) -> None:
    assert choose_voice(KNOWN, Passage("Hello.", voice, 1.0, language), usual).name == chosen


@pytest.mark.parametrize(
    ("voice", "language", "usual"), [("Ruth", "hi", ""), ("", "hi", "Amy"), ("", "is", ""), ("", "en", "Nobody")]
)
def test_a_voice_that_cannot_speak_the_language_is_named_with_those_that_can(
    voice: str, language: str, usual: str
) -> None:
    with pytest.raises(Unavailable) as caught:
        choose_voice(KNOWN, Passage("Hello.", voice, 1.0, language), usual)
    assert ("Kajal" in caught.value.hint) == (language != "is")


def test_the_language_is_named_only_to_a_voice_that_has_another_one_of_its_own(clouds: Clouds) -> None:
    narrator = PollyNarrator(PlainDesk())
    narrator.speak(replace(SHORT, language="hi", voice="Kajal"))
    narrator.speak(replace(SHORT, language="en", voice="Kajal"))
    narrator.speak(replace(SHORT, language="de"))
    assert [one.get("LanguageCode") for one in asked(clouds)] == ["hi-IN", None, None]
    assert [one["VoiceId"] for one in asked(clouds)] == ["Kajal", "Kajal", "Vicki"]


@pytest.mark.parametrize(
    ("engines", "wanted", "chosen"),
    [
        (("standard", "neural"), "neural", "neural"),
        (("standard",), "neural", "standard"),
        (("generative", "neural"), "long-form", "neural"),
        (("generative",), "neural", "generative"),
    ],
)
def test_the_engine_is_one_the_voice_has(engines: tuple[str, ...], wanted: str, chosen: str) -> None:
    assert Voice("Any", ("en-US",), engines).choose_engine(wanted) == chosen


def test_voices_and_health_are_free(clouds: Clouds) -> None:
    narrator = PollyNarrator(PlainDesk())
    cards = {card.name: card for card in narrator.voices()}
    assert cards["Ruth"].language == "en-US"
    assert "neural" in cards["Ruth"].remark
    assert "hi-IN" in cards["Kajal"].remark
    assert [(one.model, one.alive) for one in narrator.examine()] == [("neural", True)]
    (aditi,) = PollyNarrator(PlainDesk({"voice": "Aditi"})).examine()
    assert (aditi.model, aditi.alive) == ("standard", True)
    assert "neural" in aditi.remark
    assert not PollyNarrator(PlainDesk({"voice": "Nobody"})).examine()[0].alive
    clouds.script = Script(Rule("polly.voices", "401"))
    (health,) = narrator.examine()
    assert not health.alive
    assert not any(secret in health.remark for secret in CANARIES.values())
    assert clouds.paid() == 0


def test_every_usual_voice_is_one_the_sdk_knows() -> None:
    import botocore.session

    known = botocore.session.get_session().get_service_model("polly").shape_for("VoiceId").enum
    assert set(VOICES.values()) <= set(known)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=4), st.floats(0.1, 4))
def test_any_text_is_well_formed_ssml_that_says_the_text(lines: list[str], speed: float) -> None:
    markup = make_markup(lines, speed)
    root = ET.fromstring(markup.ssml.encode())
    assert root.tag == "speak"
    assert {one.tag for one in root.iter()} <= {"speak", "prosody"}
    assert "".join(root.itertext()) == " ".join(map(clean_line, lines))
    sent = markup.ssml.encode()
    for line, start in zip(lines, markup.starts, strict=True):
        assert ET.fromstring(b"<p>" + sent[start:].partition(b"</")[0] + b"</p>").text or not clean_line(line)
    assert markup.billed >= len(" ".join(map(clean_line, lines)))


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "Z", "S")), max_size=80))
def test_cleaning_takes_nothing_from_ordinary_text_but_spaces(text: str) -> None:
    assert clean_line(text) == " ".join(text.replace("\ufffe", "").replace("\uffff", "").split())


def marks_of(lines: tuple[str, ...]) -> bytes:
    """Return word marks half a second apart, with offsets counted in the bytes of the SSML."""
    sent, rows = make_markup(lines).ssml, []
    at = sent.index(">") + 1
    for number, word in enumerate(re.findall(r"[^\W_]+", " ".join(lines))):
        at = sent.index(word, at)
        start = len(sent[:at].encode())
        row = {"time": 500 * number, "type": "word", "start": start, "end": start + len(word.encode()), "value": "x"}
        rows.append(json.dumps(row))
        at += len(word)
    return "\n".join(rows).encode()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(["猫", "clé", "Zoë", "🦊a", "b&c", "d<e"]), min_size=1), min_size=1, max_size=4)
)
def test_bytes_lead_to_the_right_word_and_line_whatever_a_character_weighs(rows: list[list[str]]) -> None:
    lines = tuple(" ".join(row) for row in rows)
    marks = parse_marks(marks_of(lines), make_markup(lines))
    assert [mark.word for mark in marks] == re.findall(r"[^\W_]+", " ".join(lines))
    for number, line in enumerate(lines):
        assert sum(mark.line == number for mark in marks) == len(re.findall(r"[^\W_]+", line))


def test_a_line_without_words_begins_with_its_sentence() -> None:
    lines = ("One.", "…!")
    start = make_markup(lines).starts[1]
    row = {"time": 700, "type": "sentence", "start": start, "end": start + 4, "value": "…!"}
    marks = parse_marks(marks_of(lines) + b"\n" + json.dumps(row).encode(), make_markup(lines))
    assert [(mark.line, mark.seconds) for mark in marks] == [(0, 0.0), (1, 0.7)]


@pytest.mark.parametrize(
    "row",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"time":1.5,"type":"word","start":7,"end":9}',
        b'{"time":true,"type":"word","start":7,"end":9}',
        b'{"time":-1,"type":"word","start":7,"end":9}',
        b'{"time":0,"type":"word","start":9,"end":7}',
        b'{"time":0,"type":"word","start":7,"end":99999}',
        b'{"time":0,"type":"viseme","start":7,"end":9}',
        b'{"time":9,"type":"word","start":7,"end":9}\n{"time":3,"type":"word","start":10,"end":12}',
        b'{"time":1e400,"type":"word","start":7,"end":9}',
    ],
)
def test_marks_that_cannot_be_are_thrown_away(row: bytes) -> None:
    with pytest.raises(BadReply):
        parse_marks(row, make_markup(("Pip ran home.",)))


def test_lines_that_begin_at_the_same_time_or_beyond_the_sound_are_thrown_away() -> None:
    lines = ("One.", "Two.")
    same = marks_of(lines).replace(b'"time": 500', b'"time": 0')
    with pytest.raises(BadReply):
        parse_marks(same, make_markup(lines))
    marks = parse_marks(marks_of(lines), make_markup(lines))
    clip = Clip(b"\1\1" * 8_000, 16_000, Credit("polly", "Ruth neural"))
    with pytest.raises(BadReply, match="beyond"):
        time_clip(clip, marks, 2)
    assert time_clip(replace(clip, pcm=clip.pcm * 2), marks, 2).starts == (0.0, 0.5)
