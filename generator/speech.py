"""What is read aloud, and in which order: a story becomes the lines of its reading. Pure.

Headings are not read. A line knows its text as it stands on the page and the form that is sent to the voice.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.errors import ConfigError
from generator.sentences import split_sentences
from generator.story import Character, Place, Story

WORDS_PER_MINUTE = 150  # of a story's text in its finished narration, pauses and closing line included (measured)
LONGEST_PAUSE = 3.5  # seconds; a narration never falls silent for four


@dataclass(frozen=True, slots=True)
class Pauses:
    """The silence after a line, in seconds. Raises ConfigError for more than 3.5 or less than 0."""

    sentence: float = 0.4
    verse: float = 0.25  # where a long sentence of verse is cut at the end of a line
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


def make_script(
    story: Story,
    cast: Iterable[Character] = (),
    places: Iterable[Place] = (),
    *,
    show: str = "",
    opening: str = "{title}",
    closing: str = "",
    pauses: Pauses = Pauses(),
) -> tuple[Line, ...]:
    """List what is read: the title, the scenes, the moral, the question and the closing line.

    Opening and closing may hold {title} and {show}; an empty text is not read. Names of cast and places are spoken as
    their cards say.
    """
    cards: list[Character | Place] = [*cast, *places]
    sayings = {card.name: card.say for card in cards if card.say not in ("", card.name)}

    def lines(scene: int, paragraph: str, pause_after: float) -> Iterator[Line]:
        sentences = split_sentences(paragraph)
        for number, text in enumerate(sentences, 1):
            inside = pauses.sentence if _is_closed(text) else pauses.verse
            end = "." if number == len(sentences) else ","
            yield Line(scene, text, spoken_form(text, sayings, end), inside if number < len(sentences) else pause_after)

    def fill(text: str) -> str:
        return text.replace("{title}", story.title).replace("{show}", show)

    script = [*lines(0, fill(opening), pauses.title)]
    for number, scene in enumerate(story.scenes, 1):
        for paragraph in scene.paragraphs[:-1]:
            script += lines(number, paragraph, pauses.paragraph)
        script += lines(number, scene.paragraphs[-1] if scene.paragraphs else "", pauses.scene)
    script += lines(0, story.moral, pauses.paragraph)
    script += lines(0, story.question, pauses.scene)
    script += lines(0, fill(closing), pauses.paragraph)
    return tuple(script)


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
    return text.rstrip("”’\"')] ").endswith((".", "!", "?", "…"))


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
_SHOUTED = re.compile(r"\b[A-Z]{4,}\b")  # "STOP" is a word, "AI" and "TV" are letters
