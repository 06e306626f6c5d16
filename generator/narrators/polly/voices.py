"""Polly's voices: what the vendor's list says of them, and which one speaks a passage. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.errors import BadReply, Unavailable
from generator.story import Passage

NAME = "polly"
ENGINE = "neural"
ENGINES = (
    "neural",
    "standard",
    "long-form",
    "generative",
)  # after the one that is set; long-form costs six times neural
VOICES: Mapping[str, str] = {
    "ar": "Hala",
    "ca": "Arlet",
    "cs": "Jitka",
    "da": "Sofie",
    "de": "Vicki",
    "en": "Ruth",
    "en-au": "Olivia",
    "en-gb": "Amy",
    "es": "Lucia",
    "es-mx": "Mia",
    "fi": "Suvi",
    "fr": "Lea",
    "fr-ca": "Gabrielle",
    "hi": "Kajal",
    "it": "Bianca",
    "ja": "Kazuha",
    "ko": "Seoyeon",
    "nl": "Laura",
    "no": "Ida",
    "pl": "Ola",
    "pt": "Camila",
    "pt-pt": "Ines",
    "sv": "Elin",
    "tr": "Burcu",
    "zh": "Zhiyu",
}
_USUAL_NAMES = {"arb": "ar", "cmn": "zh", "nb": "no"}  # what Polly calls them -> what everybody does


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice as Polly describes it."""

    name: str
    codes: tuple[str, ...]  # languages, its own first: "en-IN", "hi-IN"
    engines: tuple[str, ...]
    gender: str = ""

    @property
    def remark(self) -> str:
        """What an owner wants to know of it."""
        more = f"; also {', '.join(self.codes[1:])}" if self.codes[1:] else ""
        return f"{self.gender.lower()}, {' and '.join(self.engines)}{more}".removeprefix(", ")

    def choose_engine(self, wanted: str) -> str:
        """Return the engine that is wanted, or the next best of those the voice has."""
        return next((engine for engine in (wanted, *ENGINES) if engine in self.engines), self.engines[0])

    def code_for(self, language: str) -> str:
        """Return the code under which the voice speaks a language; empty where it does not."""
        exact = (code for code in self.codes if code.lower() == language.lower())
        near = (code for code in self.codes if _base(code) == _base(language))
        return next(exact, "") or next(near, "")


def parse_voices(body: bytes) -> tuple[Voice, ...]:
    """Return the voices of a kept list. Raises BadReply for one that holds none."""
    rows = json.loads(body)
    read = (_parse_voice(row) for row in rows if isinstance(row, dict))
    voices = tuple(voice for voice in read if voice)
    if not voices:
        raise BadReply("Amazon Polly: no voice is on its list", provider=NAME)
    return voices


def _parse_voice(row: Mapping[str, object]) -> Voice | None:
    name, own, gender = (row.get(key) for key in ("Id", "LanguageCode", "Gender"))
    engines = _texts(row.get("SupportedEngines"))
    if not (isinstance(name, str) and name and isinstance(own, str) and own and engines):
        return None
    more = (code for code in _texts(row.get("AdditionalLanguageCodes")) if code != own)
    return Voice(name, (own, *more), engines, gender if isinstance(gender, str) else "")


def _texts(items: object) -> tuple[str, ...]:
    return tuple(item for item in items if isinstance(item, str)) if isinstance(items, list) else ()


def choose_voice(known: Sequence[Voice], passage: Passage, usual: str = "") -> Voice:
    """Return the voice of the passage if Polly knows it, the usual one, or the language's. Raises Unavailable."""
    language = passage.language
    fitting = sorted(one.name for one in known if one.code_for(language))
    hint = f"Voices that do: {', '.join(fitting[:12])}." if fitting else "`taleshelf voices` lists what it speaks."
    if not fitting:
        raise Unavailable(f"Amazon Polly has no voice for {language!r} in this region", hint, provider=NAME)
    found = find_voice(known, passage.voice)
    if found is None and usual:
        found = find_voice(known, usual)
        if found is None:
            raise Unavailable(f"Amazon Polly has no voice {usual!r} in this region", hint, provider=NAME)
    if found is None:
        wished = VOICES.get(language.lower()) or VOICES.get(_base(language), "")
        found = find_voice([one for one in known if one.code_for(language)], wished) or find_voice(known, fitting[0])
    if found is None or not found.code_for(language):
        name = found.name if found else passage.voice
        raise Unavailable(f"the voice {name} of Amazon Polly does not speak {language!r}", hint, provider=NAME)
    return found


def find_voice(known: Sequence[Voice], name: str) -> Voice | None:
    """Return the voice of that name, capitals or not; None where there is none."""
    return next((one for one in known if one.name.lower() == name.lower()), None)


def _base(code: str) -> str:
    first = code.lower().partition("-")[0]
    return _USUAL_NAMES.get(first, first)
