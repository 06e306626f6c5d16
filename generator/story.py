"""The values a story is made of: frozen, slotted, and without I/O.

Times inside a narration are seconds from its start (float). Colours are "#rrggbb". Texts are plain text, never
Markdown or HTML. A paragraph is one string; a line break inside it is a line of verse.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Genre(StrEnum):
    """What kind of story it is."""

    BEDTIME = "bedtime"
    ADVENTURE = "adventure"
    FANTASY = "fantasy"
    MYSTERY = "mystery"
    SCIENCE = "science"
    SPOOKY = "spooky"


class Form(StrEnum):
    """How it is told."""

    PROSE = "prose"
    COUPLETS = "couplets"


@dataclass(frozen=True, slots=True)
class Span:
    """A closed range of numbers: `low <= x <= high`."""

    low: float
    high: float

    def __contains__(self, number: float) -> bool:
        return self.low <= number <= self.high


class AgeBand(StrEnum):
    """Who it is for; decides length, sentence length and how eerie a spooky story may be."""

    YOUNG = "3-5"
    MIDDLE = "6-8"
    OLDER = "9-12"

    @property
    def words(self) -> Span:
        """The length of a story in words, headings excluded."""
        return {"3-5": Span(200, 300), "6-8": Span(400, 500), "9-12": Span(600, 700)}[self.value]

    @property
    def grade(self) -> Span:
        """The Flesch-Kincaid grade a story of this band stays inside."""
        return {"3-5": Span(-1.5, 2.9), "6-8": Span(0.8, 4.6), "9-12": Span(2.0, 6.8)}[self.value]


class TimeOfDay(StrEnum):
    """The light in a picture."""

    DAWN = "dawn"
    DAY = "day"
    DUSK = "dusk"
    NIGHT = "night"


class Weather(StrEnum):
    """The air in a picture."""

    CLEAR = "clear"
    CLOUDY = "cloudy"
    RAIN = "rain"
    SNOW = "snow"
    FOG = "fog"
    WIND = "wind"


class Pose(StrEnum):
    """What a figure does in a picture. HOLD raises a hand with the first object of the picture in it."""

    STAND = "stand"
    WALK = "walk"
    HOLD = "hold"
    SIT = "sit"
    SLEEP = "sleep"


@dataclass(frozen=True, slots=True)
class Character:
    """One card of the cast (content/cast/<key>.md)."""

    key: str
    name: str
    kind: str  # the figure that is drawn: "fox", "owl", "child" ...
    pronouns: str = "they"  # "he", "she", "they" or "it"
    traits: tuple[str, ...] = ()  # adjectives: "curious"
    wishes: tuple[str, ...] = ()  # "to see where the river ends"
    look: str = ""  # one line for a picture prompt
    colours: tuple[str, str, str] = ("#b5651d", "#f4e3c8", "#2f6f73")  # coat, belly, what it wears
    wears: str = ""  # "scarf", "hat", "cape", "bow", "glasses", "boots", "apron" or nothing
    voice: str = ""  # a voice name some narrators understand
    say: str = ""  # how the name is spoken, as a respelling: "mee-koh"
    about: str = ""  # the words under the front matter


@dataclass(frozen=True, slots=True)
class Place:
    """One setting (content/places/<key>.md)."""

    key: str
    name: str
    kind: str  # the stage that is drawn: "forest", "harbour", "attic" ...
    at: str = ""  # the name with its preposition: "in Amber Hollow", "on Lantern Hill"
    details: tuple[str, ...] = ()  # things seen, heard or smelled there: "the smell of warm bark"
    look: str = ""  # one line for a picture prompt
    say: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A shelf of stories that belong together (content/series/<key>.md)."""

    key: str
    name: str
    genre: Genre | None = None
    form: Form | None = None
    cast: tuple[str, ...] = ()  # keys; empty means everybody
    places: tuple[str, ...] = ()
    weekday: int | None = None  # 0 is Monday: the night on which this series is due
    about: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """When a story is due: a night in the site's time zone, or one request of that day."""

    day: date
    extra: str = ""  # eight hexadecimal digits that name a request; empty for the night's own story

    def __str__(self) -> str:
        return f"{self.day}-x-{self.extra}" if self.extra else f"{self.day}"

    @classmethod
    def parse(cls, text: str) -> "Slot":
        """Read the text that str() gives. Raises ValueError for anything else."""
        match = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:-x-([0-9a-f]{8}))?", text)
        if not match:
            raise ValueError(f"not a slot: {text!r}")
        return cls(date.fromisoformat(match[1]), match[2] or "")


@dataclass(frozen=True, slots=True)
class Turns:
    """Who has had a turn in the current round, by key; a round ends when everybody has."""

    heroes: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """What a writer needs to know of an earlier story so as not to tell it again."""

    slot: Slot
    title: str
    hero: str  # keys of cards
    helper: str
    place: str
    plot: str = ""  # the writer's name for what happens
    telling: int = 0  # the number of that telling: a plot told again takes the next
    opening: str = ""  # the first sentence
    turns: Turns = Turns()  # as they stood after this story


@dataclass(frozen=True, slots=True)
class Brief:
    """What is asked of a writer: everything decided before the first word."""

    slot: Slot
    seed: int
    genre: Genre
    form: Form
    age: AgeBand
    words: Span  # headings excluded
    hero: Character
    helper: Character
    place: Place
    series: Series | None = None
    idea: str = ""  # what a person asked for, at most 400 characters
    language: str = "en"
    past: tuple[Past, ...] = ()  # newest first
    titles: frozenset[str] = frozenset()  # slugs of every title in the archive
    turns: Turns = Turns()  # as they stand with this story's hero, helper and place
    lore: tuple[str, ...] = ()  # at most five pieces of background a writer may draw on
    draft: int = 1  # of the same writer: 2 for the rewrite after a draft that was put aside
    avoid: tuple[str, ...] = ()  # what was wrong with the draft before, in sentences


@dataclass(frozen=True, slots=True)
class Credit:
    """Who made something: the provider's name and its model with version."""

    provider: str
    model: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A character in a picture."""

    character: Character
    pose: Pose = Pose.STAND


@dataclass(frozen=True, slots=True)
class PicturePrompt:
    """What is asked of an illustrator: words for a model, and the same as data for one that draws."""

    name: str  # "cover", "scene-1" ...: the stem of the file
    text: str
    alt: str
    place: Place
    figures: tuple[Figure, ...]  # the most important first
    objects: tuple[str, ...] = ()  # "lantern", "boat": the most important first
    time: TimeOfDay = TimeOfDay.NIGHT
    weather: Weather = Weather.CLEAR
    genre: Genre = Genre.BEDTIME
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Speech:
    """Words of a paragraph that a character says, as the writer attributes them."""

    paragraph: int  # index in the scene's paragraphs
    start: int  # characters of the paragraph: paragraph[start:end] is said
    end: int
    who: str  # key of a card


@dataclass(frozen=True, slots=True)
class Scene:
    """A part of a story, with its picture."""

    heading: str
    paragraphs: tuple[str, ...]
    picture: PicturePrompt
    speeches: tuple[Speech, ...] = ()  # in the order of the text, not overlapping; empty where the writer names nobody


@dataclass(frozen=True, slots=True)
class Story:
    """A whole story as a writer returns it."""

    title: str
    summary: str  # one sentence, at most 160 characters
    cover: PicturePrompt
    scenes: tuple[Scene, ...]
    moral: str
    question: str
    credit: Credit
    plot: str = ""  # the writer's name for what happens, where it has one
    telling: int = 0
    tags: tuple[str, ...] = ()

    @property
    def prompts(self) -> tuple[PicturePrompt, ...]:
        """All pictures of the story, the cover first."""
        return (self.cover, *(scene.picture for scene in self.scenes))

    @property
    def word_count(self) -> int:
        """The words of the text, headings excluded."""
        return sum(count_words(paragraph) for scene in self.scenes for paragraph in scene.paragraphs)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as an illustrator returns it: encoded bytes that were decoded once to check them."""

    data: bytes
    width: int  # pixels
    height: int
    credit: Credit


@dataclass(frozen=True, slots=True)
class Passage:
    """What is asked of a narrator: one sentence, or for a narrator that takes more a few of them."""

    text: str  # the lines joined by single spaces
    voice: str = ""
    speed: float = 1.0
    language: str = "en"
    lines: tuple[str, ...] = ()  # the sentences whose beginnings are wanted; empty for one
    name: str = ""  # "narrate-3": unlike any other passage of the story


@dataclass(frozen=True, slots=True)
class Word:
    """A spoken word and its times in seconds from the start of its clip."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Clip:
    """Spoken sound as a narrator returns it."""

    pcm: bytes  # 16-bit little-endian samples, mono
    rate: int  # samples a second
    credit: Credit
    words: tuple[Word, ...] = ()  # where the voice gives them
    starts: tuple[float, ...] = ()  # seconds: when each line of the passage begins; empty for one line

    @property
    def seconds(self) -> float:
        """The length of the clip."""
        return len(self.pcm) / 2 / self.rate


@dataclass(frozen=True, slots=True)
class Sentence:
    """One row of timing.json."""

    id: str  # "s1", "s2" ... in the order of reading
    scene: int  # 1 for the first scene; 0 for the spoken title, the moral, the question and the closing line
    start: float  # seconds from the start of the MP3
    end: float
    text: str  # as it stands on the page, not as it was respelled for the voice
    words: tuple[Word, ...] = ()  # as they are spoken, in seconds of the MP3; empty where the voice gives none


@dataclass(frozen=True, slots=True)
class Narration:
    """A finished narration."""

    mp3: bytes
    seconds: float
    sentences: tuple[Sentence, ...]
    credit: Credit


def count_words(text: str) -> int:
    """Count the words of a text as a reader would: runs of letters and digits, apostrophes and hyphens inside."""
    return len(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text))
