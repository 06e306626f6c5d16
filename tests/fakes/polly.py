"""Amazon Polly as boto3 sees it: PCM and speech marks, and the list of voices."""

import html
import json
import re
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

from tests.fakes.bedrock import error, status
from tests.fakes.faults import Rule
from tests.fakes.media import PAGE, Media, as_mp3, say
from tests.fakes.wire import Answer, Asked, State, answer_json

ROUTES = (("POST", r"/v1/speech", "polly.speech"), ("GET", r"/v1/voices", "polly.voices"))
# Voice: language, gender, engines, further languages.
_VOICES = """
Joanna en-US Female generative,neural,standard
Matthew en-US Male generative,neural,standard
Ruth en-US Female generative,long-form,neural
Danielle en-US Female generative,long-form,neural
Stephen en-US Male generative,neural
Ivy en-US Female neural,standard
Kevin en-US Male neural
Amy en-GB Female generative,neural,standard
Arthur en-GB Male neural
Olivia en-AU Female generative,neural
Kajal en-IN Female generative,neural hi-IN
Aditi en-IN Female standard hi-IN
Vicki de-DE Female generative,neural,standard
Daniel de-DE Male generative,neural
Lea fr-FR Female generative,neural,standard
Lucia es-ES Female generative,neural,standard
Zeina arb Female standard
"""
VOICES = {row.split()[0]: row.split() for row in _VOICES.strip().splitlines()}
RATES = {"pcm": ("8000", "16000"), "mp3": ("8000", "16000", "22050", "24000")}
_ERRORS = {
    400: ("InvalidSsmlException", "Invalid SSML request"),
    401: ("UnrecognizedClientException", "The security token included in the request is invalid. {secret}"),
    403: ("AccessDeniedException", "User is not authorized to perform: polly:SynthesizeSpeech {secret}"),
    404: ("LexiconNotFoundException", "Lexicon not found"),
    429: ("ThrottlingException", "Rate exceeded"),
    500: ("ServiceFailureException", "An unknown condition has caused a service failure."),
    503: ("ServiceUnavailableException", "The service is currently unavailable."),
}
_TAG = re.compile(r"<[^>]*>")


def answer(asked: Asked, state: State, media: Media, rule: Rule | None) -> Answer:
    """Return what Polly answers, with the fault of the rule where it is one of the vendor's."""
    if rule and (failed := fail(asked, rule)):
        return failed
    if asked.kind == "polly.voices":
        return _list(asked.path)
    body = asked.json
    voice, engine = VOICES.get(str(body.get("VoiceId"))), str(body.get("Engine", "standard"))
    if not voice:
        return error(
            400, "ValidationException", f"Value {body.get('VoiceId')!r} at 'voiceId' failed to satisfy constraint"
        )
    if engine not in voice[3].split(","):
        return error(400, "EngineNotSupportedException", "This voice does not support the selected engine: " + engine)
    if body.get("LanguageCode") not in (None, voice[1], *voice[4:]):
        return error(400, "LanguageNotSupportedException", "This voice does not support one of the used languages")
    text = str(body.get("Text", ""))
    ssml = body.get("TextType") == "ssml"
    if ssml and not _well_formed(text):
        return error(400, "InvalidSsmlException", "Invalid SSML request")
    spoken = _spoken(text) if ssml else text
    billed = len(_TAG.sub("", text)) if ssml else len(text)
    if billed > 3000 or len(text) > 6000:
        return error(400, "TextLengthExceededException", "Maximum text length has been exceeded")
    return _marks(body, text, spoken, billed) if asked.kind == "polly.marks" else _sound(body, spoken, billed, media)


def fail(asked: Asked, rule: Rule) -> Answer | None:
    """Return the vendor's way of saying no; None where the fault is not one."""
    if rule.fault == "model-gone":
        engine = asked.json.get("Engine", "standard")
        return error(400, "EngineNotSupportedException", f"This voice does not support the selected engine: {engine}")
    if rule.fault == "quota":
        return error(402, "ServiceQuotaExceededException", "The quota of the account is used up")
    if rule.fault == "wrong-schema":
        return answer_json({"greeting": {"hello": "there"}, "count": 1})
    if rule.fault == "429":  # Polly throttles with status 400 and the name of the error
        return error(400, *_ERRORS[429], retry_after=f"{rule.number(0.2):g}")
    return status(int(rule.fault), asked, rule, _ERRORS) if rule.fault.isdigit() else None


def _well_formed(text: str) -> bool:
    try:
        root = ET.fromstring(re.sub(r"<(/?)amazon:", r"<\1amazon-", text))
    except ET.ParseError:
        return False
    return root.tag == "speak"


def _spoken(text: str) -> str:
    """Blank out the tags, so that every character keeps its place."""
    plain = _TAG.sub(lambda match: " " * len(match[0]), text)
    return re.sub(r"&#?\w+;", lambda match: html.unescape(match[0]).ljust(len(match[0])), plain)


def _sound(body: dict[str, object], spoken: str, billed: int, media: Media) -> Answer:
    form = str(body.get("OutputFormat"))
    if form not in RATES:
        return error(400, "ValidationException", f"Value {form!r} at 'outputFormat' failed to satisfy constraint")
    rate = str(body.get("SampleRate") or RATES[form][-1])
    if rate not in RATES[form]:
        return error(400, "InvalidSampleRateException", "The specified sample rate is not valid")
    if body.get("SpeechMarkTypes"):
        return error(400, "MarksNotSupportedForFormatException", "Speech marks are only supported for json output")
    pcm = media.pcm(spoken, int(rate))
    headers = {"x-amzn-RequestCharacters": str(billed)}
    if form == "mp3" and pcm != PAGE:
        return Answer(200, as_mp3(pcm, int(rate)), "audio/mpeg", headers)
    return Answer(200, pcm, f"audio/{form}", headers)


def _marks(body: dict[str, object], text: str, spoken: str, billed: int) -> Answer:
    wanted = body.get("SpeechMarkTypes")
    if not isinstance(wanted, list) or not wanted:
        return error(400, "ValidationException", "SpeechMarkTypes are needed for json output")
    words, sentences, _ = say(spoken)
    rows = [(span, "sentence") for span in sentences] + [(span, "word") for span in words]
    lines = [
        {
            "time": round(span.begins * 1000),
            "type": kind,
            "start": len(text[: span.start].encode()),
            "end": len(text[: span.end].encode()),
            "value": text[span.start : span.end],
        }
        for span, kind in sorted(rows, key=lambda row: (row[0].begins, row[1]))
        if kind in wanted
    ]
    whole = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
    return Answer(200, whole.encode(), "application/x-json-stream", {"x-amzn-RequestCharacters": str(billed)})


def _list(path: str) -> Answer:
    query = parse_qs(urlsplit(path).query)
    rows = []
    for name, language, gender, engines, *more in VOICES.values():
        asked_engine, asked_language = query.get("Engine", [""])[0], query.get("LanguageCode", [""])[0]
        if asked_engine and asked_engine not in engines.split(","):
            continue
        if asked_language and asked_language not in (language, *more):
            continue
        row: dict[str, object] = {"Id": name, "Name": name, "Gender": gender, "LanguageCode": language}
        row |= {"LanguageName": language, "SupportedEngines": engines.split(",")}
        rows.append(row | ({"AdditionalLanguageCodes": more} if more else {}))
    return answer_json({"Voices": rows})
