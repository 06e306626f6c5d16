"""OpenAI's speech: one sentence a call, raw samples back, any of its voices. No times of words come with it."""

from collections.abc import Mapping

from generator.errors import BadReply, Unavailable
from generator.models.gates import read_pcm
from generator.purchase import Call, Desk, Health, Purchase, Reply, VoiceCard
from generator.story import Clip, Credit, Passage, count_words
from generator.vendors.openai import MOST_MEDIA, NAME, VARIABLES, calling, examine_model, is_free
from generator.vendors.settings import deadline_of, text_setting

MODEL = "gpt-4o-mini-tts"
VOICE = "sage"
RATE = 24000  # samples a second of its "pcm"
LONGEST = 4096  # characters of one request
DEADLINE = 60.0
SLOWEST, FASTEST = 0.25, 4.0
TONE = (
    "Read a bedtime story to a small child: warm, calm and unhurried, clear in every word, with a gentle smile in the"
    " voice. Keep the same voice, pace and loudness in every sentence. Read exactly the words given and add nothing."
)
# The vendor's notice of 2026-10-01. What it recommends instead, gpt-realtime-2.1-mini, does not speak this API.
ENDING = "is shut down on 2027-01-06 without a successor: list another narrator after it"
ENDS = ("gpt-4o-mini-tts", "tts-1")
PLAIN_VOICES = {
    "alloy": "even and neutral",
    "ash": "clear and firm",
    "coral": "bright and friendly",
    "echo": "low and level",
    "fable": "lively, British",
    "nova": "young and bright",
    "onyx": "deep",
    "sage": "soft and calm",
    "shimmer": "light and clear",
}
VOICES = PLAIN_VOICES | {
    "ballad": "melodic",
    "cedar": "warm and full",
    "marin": "natural and warm",
    "verse": "expressive",
}


class OpenAINarrator:
    """Speaks sentences as 24 kHz mono sound; threads may share one."""

    name = NAME
    buys = True
    processes = False
    workers = 4
    languages = ("*",)  # the voices speak whatever the text is written in
    variables = VARIABLES
    usual: Mapping[str, Mapping[str, float]] = {
        model: {"input_tokens": 3_300.0, "seconds": 190.0, "characters": 2_600.0}
        for model in (MODEL, "tts-1", "tts-1-hd")
    }

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._model = text_setting(desk, "narrator_model", MODEL)

    def speak(self, passage: Passage) -> Clip:
        """Speak a passage. Raises ProviderError."""
        if len(passage.text) > LONGEST:
            raise Unavailable(f"OpenAI reads at most {LONGEST:,} characters at once", provider=NAME)
        request = self._make_request(passage)
        credit = Credit(NAME, f"{self._model} {request['voice']}")
        return self._desk.buy(
            Purchase(
                passage.name,
                NAME,
                self._model,
                request,
                {} if is_free(self._desk) else _most_units(passage.text),
                deadline_of(self._desk, DEADLINE),
                lambda call: self._send(request, call),
                lambda reply: read_pcm(reply.body, RATE, passage.text, credit),
            )
        )

    def voices(self) -> tuple[VoiceCard, ...]:
        """Return the voices the model has."""
        return tuple(VoiceCard(name, "", remark) for name, remark in sorted(self._known().items()))

    def examine(self) -> tuple[Health, ...]:
        """Ask whether the model lives."""
        return examine_model(self._desk, self._model, ENDING if self._model.startswith(ENDS) else "")

    def _make_request(self, passage: Passage) -> dict[str, object]:
        request: dict[str, object] = {
            "model": self._model,
            "input": passage.text,
            "voice": self._voice(passage.voice),
            "response_format": "pcm",
        }
        if not self._model.startswith("tts-1"):
            request["instructions"] = TONE
        if passage.speed != 1:
            request["speed"] = min(FASTEST, max(SLOWEST, passage.speed))
        return request

    def _known(self) -> Mapping[str, str]:
        return PLAIN_VOICES if self._model.startswith("tts-1") else VOICES

    def _voice(self, asked: str) -> str:
        """Return the voice that is asked for if it is one of ours; a card may name the voice of another narrator."""
        return asked if asked in self._known() else text_setting(self._desk, "voice", VOICE)

    def _send(self, request: dict[str, object], call: Call) -> Reply:
        with calling(self._desk, self._model, call.seconds, MOST_MEDIA) as client:
            answer = client.audio.speech.create(**request)  # type: ignore[arg-type]
            kind = answer.response.headers.get("content-type", "").lower()
            if kind.startswith("text/") or "json" in kind:
                raise BadReply("OpenAI: words came back instead of sound", provider=NAME)
            return Reply(answer.content, "pcm", _units(str(request["input"]), len(answer.content) / 2 / RATE))


def _most_units(text: str) -> dict[str, float]:
    """Return the most that can be billed: the longest sound that is accepted (see models/gates.py)."""
    return _units(text, 4 + 2.5 * count_words(text))


def _units(text: str, seconds: float) -> dict[str, float]:
    # The vendor does not say how many tokens it counted: a token is hardly ever less than two characters.
    return {"input_tokens": (len(text) + len(TONE)) / 2, "seconds": round(seconds, 3), "characters": float(len(text))}
