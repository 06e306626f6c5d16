"""Amazon Polly: a passage is bought twice at the same time, as sound and as the times of its words.

The times (speech marks) name bytes of the SSML that was sent; each is billed like the sound. The generative engine gives
none, so it is asked for one line at a time.
"""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

from generator.errors import BadReply, ProviderError, Unavailable
from generator.models.gates import read_pcm
from generator.narrators.polly.markup import Mark, Markup, make_markup, parse_marks, time_clip
from generator.narrators.polly.voices import (
    ENGINE,
    ENGINES,
    NAME,
    VOICES,
    Voice,
    choose_voice,
    find_voice,
    parse_voices,
)
from generator.purchase import Desk, Health, Purchase, Reply, VoiceCard
from generator.story import Clip, Credit, Passage
from generator.vendors.aws import LOOK, MOST_MEDIA, MOST_TEXT, VARIABLES, Account, read_body, read_service
from generator.vendors.settings import deadline_of, text_setting

UNTIMED = "generative"  # the engine that gives no speech marks
RATE = 16_000  # samples a second: the most Polly gives as PCM
DEADLINE = 60.0
MOST_PAGES = 20  # of the list of voices


class PollyNarrator:
    """Speaks passages of several lines; threads may share one."""

    name = NAME
    buys = True
    longest = 2_900  # billed characters of a passage; Polly takes 3,000
    workers = 4
    languages = tuple(sorted({language.partition("-")[0] for language in VOICES}))
    variables = VARIABLES
    usual: Mapping[str, Mapping[str, float]] = {
        engine: {"characters": 2_600.0 if engine == UNTIMED else 5_200.0} for engine in ENGINES
    }

    @staticmethod
    def prepare() -> None:
        """Load what the SDK knows of the service."""
        read_service("polly")

    def __init__(self, desk: Desk) -> None:
        self._desk, self._account, self._lock = desk, Account(NAME, desk), Lock()
        self._engine = text_setting(desk, "engine", ENGINE)
        self._deadline = deadline_of(desk, DEADLINE)
        self._look = deadline_of(desk, LOOK)
        self._known: tuple[Voice, ...] = ()
        if self._engine == UNTIMED:
            self.longest = 0

    def speak(self, passage: Passage) -> Clip:
        """Return the sound of a passage with the times of its words and lines. Raises ProviderError."""
        voice = choose_voice(self._voices(), passage, text_setting(self._desk, "voice"))
        engine = voice.choose_engine(self._engine)
        markup = make_markup(passage.lines or (passage.text,), passage.speed)
        request = _make_request(voice, engine, markup, passage.language)
        credit = Credit(NAME, f"{voice.name} {engine}")
        if engine == UNTIMED:
            _check_single(passage, voice)
            return self._desk.buy(self._make_sound(passage, request, markup, credit))
        with ThreadPoolExecutor(2, "polly") as pool:
            sound = pool.submit(self._desk.buy, self._make_sound(passage, request, markup, credit))
            marks = pool.submit(self._desk.buy, self._make_marks(passage, request, markup))
            return time_clip(sound.result(), marks.result(), len(passage.lines))

    def voices(self) -> tuple[VoiceCard, ...]:
        """Return every voice of the account. Free."""
        known = parse_voices(self._list_voices().body)
        return tuple(VoiceCard(one.name, one.codes[0], one.remark) for one in known)

    def examine(self) -> tuple[Health, ...]:
        """Ask whether the voice that is set, or the usual English one, speaks with the engine; raises nothing."""
        name = text_setting(self._desk, "voice", VOICES["en"])
        try:
            found = find_voice(parse_voices(self._list_voices().body), name)
        except ProviderError as error:
            return (Health(self._engine, False, error.message),)
        if found is None:
            return (Health(self._engine, False, f"Polly has no voice {name} in this region"),)
        engine = found.choose_engine(self._engine)
        remark = "" if engine == self._engine else f"{name} does not speak {self._engine}; {engine} is used"
        return (Health(engine, True, remark),)

    def _voices(self) -> tuple[Voice, ...]:
        with self._lock:
            if not self._known:
                self._known = self._desk.buy(
                    Purchase(
                        "voices",
                        NAME,
                        "voices",
                        {"region": text_setting(self._desk, "region")},
                        {},
                        self._look,
                        lambda _: self._list_voices(),
                        lambda reply: parse_voices(reply.body),
                    )
                )
            return self._known

    def _list_voices(self) -> Reply:
        voices: list[object] = []
        with self._account.calling("polly", "voices", LOOK) as client:
            asked: dict[str, object] = {"IncludeAdditionalLanguageCodes": True}
            for _ in range(MOST_PAGES):
                answer = client.describe_voices(**asked)
                voices += answer["Voices"]
                if not answer.get("NextToken"):
                    break
                asked["NextToken"] = answer["NextToken"]
            return Reply(json.dumps(voices).encode(), "json")

    def _make_sound(
        self, passage: Passage, request: Mapping[str, object], markup: Markup, credit: Credit
    ) -> Purchase[Clip]:
        asked = {**request, "OutputFormat": "pcm", "SampleRate": str(RATE)}
        return Purchase(
            passage.name,
            NAME,
            str(request["Engine"]),
            asked,
            {"characters": float(markup.billed)},
            self._deadline,
            lambda _: self._send(asked, "pcm"),
            lambda reply: read_pcm(reply.body, RATE, passage.text, credit),
        )

    def _make_marks(
        self, passage: Passage, request: Mapping[str, object], markup: Markup
    ) -> Purchase[tuple[Mark, ...]]:
        asked = {**request, "OutputFormat": "json", "SpeechMarkTypes": ["sentence", "word"]}
        return Purchase(
            f"{passage.name}-marks",
            NAME,
            str(request["Engine"]),
            asked,
            {"characters": float(markup.billed)},
            self._deadline,
            lambda _: self._send(asked, "json"),
            lambda reply: parse_marks(reply.body, markup),
        )

    def _send(self, asked: Mapping[str, object], kind: str) -> Reply:
        engine = str(asked["Engine"])
        with self._account.calling("polly", f"{asked['VoiceId']} {engine}", self._deadline) as client:
            answer: dict[str, Any] = client.synthesize_speech(**asked)
            body = read_body(answer["AudioStream"], MOST_MEDIA if kind == "pcm" else MOST_TEXT)
            billed = answer.get("RequestCharacters")
            form = str(answer.get("ContentType", ""))
        if kind == "pcm" and not form.startswith("audio/"):
            raise BadReply("Amazon Polly: something that is no sound came back", provider=NAME)
        return Reply(body, kind, {"characters": float(billed)} if isinstance(billed, int) and billed > 0 else {})


def _make_request(voice: Voice, engine: str, markup: Markup, language: str) -> dict[str, object]:
    request: dict[str, object] = {"VoiceId": voice.name, "Engine": engine, "Text": markup.ssml, "TextType": "ssml"}
    code = voice.code_for(language)
    return request if code == voice.codes[0] else {**request, "LanguageCode": code}


def _check_single(passage: Passage, voice: Voice) -> None:
    if len(passage.lines) > 1:
        raise Unavailable(
            f"the voice {voice.name} of Amazon Polly gives no times for several lines at once",
            f'Set engine = "{UNTIMED}" in [providers.{NAME}], or another voice.',
            provider=NAME,
        )
