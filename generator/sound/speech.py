"""What is read aloud, and in which order: a story becomes the lines of its reading. Pure.

Headings are not read. A line knows its text as it stands on the page and the form that is sent to the voice. Where a
character has a voice of its own, what it says is a line apart from who says it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.errors import ConfigError
from generator.sound.sentences import split_sentences
from generator.story import Character, Place, Scene, Speech, Story

WORDS_PER_MINUTE = 150  # of a story's text in its finished narration, pauses and closing line included (measured)
LONGEST_PAUSE = 3.5  # seconds; a narration never falls silent for four


@dataclass(frozen=True, slots=True)
class Pauses:
    """The silence after a line, in seconds. Raises ConfigError for more than 3.5 or less than 0."""

    sentence: float = 0.4
    verse: float = 0.25  # where a long sentence of verse is cut at the end of a line
    speech: float = 0.15  # inside a sentence, between what a character says and who says it
    paragraph: float = 0.7
    scene: float = 1.3
    title: float = 1.0

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if not 0 <= getattr(self, name) <= LONGEST_PAUSE:
                raise ConfigError(
                    f"the pause {name!r} is {getattr(self, name)} seconds", f"Give 0 to {LONGEST_PAUSE} seconds"
                )


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the reading."""

    scene: int  # 1 for the first scene, 0 outside of them
    text: str  # as on the page
    spoken: str  # as sent to the voice
    pause_after: float  # seconds
    voice: str = ""  # of the character that says it; empty for the narrator


def make_script(
    story: Story,
    cast: Iterable[Character] = (),
    places: Iterable[Place] = (),
    *,
    show: str = "",
    opening: str = "{title}",
    closing: str = "",
    pauses: Pauses = Pauses(),
    voices: Mapping[str, str] = {},
) -> tuple[Line, ...]:
    """List what is read: the title, the scenes, the moral, the question and the closing line.

    Opening and closing may hold {title} and {show}; an empty text is not read. Names of cast and places are spoken as
    their cards say. `voices` gives characters a voice by the key of their card; the narrator reads everything else.
    """
    cards: list[Character | Place] = [*cast, *places]
    sayings = {card.name: card.say for card in cards if card.say not in ("", card.name)}

    def lines(scene: int, paragraph: str, pause_after: float, speeches: Sequence[Speech] = ()) -> Iterator[Line]:
        sentences = split_sentences(paragraph)
        speakers = _speakers(paragraph, speeches, voices)
        place = 0
        for number, text in enumerate(sentences, 1):
            place = paragraph.index(text, place)
            *pieces, (last, voice) = _split_voices(text, speakers[place : place + len(text)])
            place += len(text)
            for piece, speaker in pieces:
                yield Line(scene, piece, spoken_form(piece, sayings, _link(piece)), pauses.speech, speaker)
            inside = pauses.sentence if _is_closed(text) else pauses.verse
            end = "." if number == len(sentences) else ","
            pause = inside if number < len(sentences) else pause_after
            yield Line(scene, last, spoken_form(last, sayings, end), pause, voice)

    def scene_lines(number: int, scene: Scene) -> Iterator[Line]:
        for index, paragraph in enumerate(scene.paragraphs, 1):
            pause = pauses.paragraph if index < len(scene.paragraphs) else pauses.scene
            yield from lines(number, paragraph, pause, [row for row in scene.speeches if row.paragraph == index - 1])

    def fill(text: str) -> str:
        return text.replace("{title}", story.title).replace("{show}", show)

    script = [*lines(0, fill(opening), pauses.title)]
    for number, scene in enumerate(story.scenes, 1):
        script += scene_lines(number, scene)
    script += lines(0, story.moral, pauses.paragraph)
    script += lines(0, story.question, pauses.scene)
    script += lines(0, fill(closing), pauses.paragraph)
    return tuple(script)


def _speakers(paragraph: str, speeches: Iterable[Speech], voices: Mapping[str, str]) -> list[str]:
    """Give the voice of every character of a paragraph; the marks around a speech belong to it."""
    speakers = [""] * len(paragraph)
    for speech in speeches:
        start, end = max(speech.start, 0), min(speech.end, len(paragraph))
        if start < end:
            start = next(_OPENING.finditer(paragraph, 0, start)).start()
            end = next(_CLOSING.finditer(paragraph, end)).end()
            speakers[start:end] = [voices.get(speech.who, "")] * (end - start)
    return speakers


def _split_voices(text: str, speakers: Iterable[str]) -> list[tuple[str, str]]:
    """Split a sentence into what each voice says of it; marks alone stay with their neighbour."""
    pieces: list[tuple[str, str]] = []
    piece, place = "", 0
    for voice, run in groupby(speakers):
        begin, place = place, place + len(list(run))
        piece += text[begin:place]
        is_said = re.search(r"[^\W_]", spoken_form(piece))
        if pieces and (not is_said or voice == pieces[-1][1]):
            pieces[-1] = (pieces[-1][0] + piece, pieces[-1][1])
        elif is_said:
            pieces.append((piece, voice))
        else:
            continue
        piece = ""
    return [(piece.strip(), voice) for piece, voice in pieces] or [(text, "")]


def _link(piece: str) -> str:
    """Return the mark a voice needs so as not to close a sentence that goes on."""
    return "" if piece.rstrip(_QUOTES).endswith((",", ";", ":", "—", "–", "-")) else ","


def spoken_form(text: str, sayings: dict[str, str] | None = None, end: str = ".") -> str:
    """Write a sentence for a voice: names as they are said, plain marks, no symbol a voice would stumble over.

    `end` is added where the sentence closes with no mark of its own.
    """
    spoken = unicodedata.normalize("NFC", text)
    spoken = re.sub(r"(?<=\w)[^\S\n]*\n", ",\n", spoken)  # a line of verse is not glued to the next
    spoken = _say_names(spoken, sayings or {})
    for pattern, plain in _PLAIN:
        spoken = pattern.sub(plain, spoken)
    spoken = _SHOUTED.sub(lambda match: match[0].capitalize(), spoken)
    spoken = " ".join(spoken.split())
    return spoken if _is_closed(spoken) or spoken.endswith((",", ";", ":", "—")) else spoken + end


def _say_names(text: str, sayings: dict[str, str]) -> str:
    if not sayings:
        return text
    names = sorted(sayings, key=len, reverse=True)  # "Amber Hollow" before "Amber"
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)"
    # Capitals inside a respelling ("MEE-koh") would be read letter by letter.
    return re.sub(pattern, lambda match: sayings[match[0]].lower().capitalize(), text)


def _is_closed(text: str) -> bool:
    return text.rstrip(_QUOTES).endswith((".", "!", "?", "…"))


# Applied in this order. Quotation marks become straight ones, apostrophes stay.
_PLAIN = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"\{[^{}]*\}|</?[A-Za-z][^<>]*>|https?://\S+", " "),  # what an editor by hand may have left
        (r"\.(?:\s?\.){2,}", "…"),
        (r"(?<=\d)\s?[-–]\s?(?=\d)", " to "),
        (r"\s*[—–―]+(?=[”’\"]|\s*$)|(?:\s+-{1,3}|--+)(?=[”’\"]|\s*$)", " —"),
        (r"\s*[—–―]+\s*(?![”’\"]|$)|\s+-{1,3}\s+|\s*--+\s*", " — "),
        (r"[“”„«»″]|‘(?!tis|twas)|(?<=[.!?,…—])’", '"'),
        (r"[’‘ʼ′´]", "'"),
        (r"\s*&\s*", " and "),
        (r"\s*%", " percent"),
        (r"\s*°\s?C\b", " degrees Celsius"),
        (r"\s*°\s?F\b", " degrees Fahrenheit"),
        (r"\s*°", " degrees"),
        (r"(?<=[\w\s])\s*\+\s*(?=\w)", " plus "),
        (r"(?<=\w)\s*=\s*(?=\w)", " equals "),
        (r"(?<=\w)\s*[×]\s*(?=\w)", " times "),
        (r"[^\w\s.,;:!?…—\"'()/$£€-]|_", " "),
        (r"([!?])[!?.]*\?[!?.]*|\?[!.]+", "?"),
        (r"!{2,}", "!"),
        (r"\s+(?=[.,;:!?…])", ""),
    )
)
_QUOTES = "”’\"')] "
# What belongs to a speech although its borders leave it out: the rest of a word, and the marks around it.
_OPENING = re.compile(r"[“‘\"'«(\[]*(?:\w|(?<=\w)['’])*$")
_CLOSING = re.compile(r"(?:\w|['’](?=\w))*(?:[^\w\s]*[”’\"'»)\]]|[.,;:!?…]*)")
_SHOUTED = re.compile(r"\b[A-Z]{4,}\b")  # "STOP" is a word, "AI" and "TV" are letters
