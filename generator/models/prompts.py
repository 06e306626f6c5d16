"""Brief -> what a writing model is told, and a picture prompt -> what a drawing model is told. Pure.

What people and earlier models wrote (ideas, cards, lore, titles) goes in as quoted JSON data, never as instructions.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.models.guidance import AGES, FORMS, GENRES, LANGUAGES, RULES, SAMPLE, SCHEMA
from generator.story import Brief, Character, Genre, PicturePrompt, TimeOfDay, Weather

__all__ = [
    "AIR",
    "LIGHT",
    "NEGATIVE",
    "SCHEMA",
    "STYLE",
    "Messages",
    "make_messages",
    "make_repair",
    "picture_text",
    "soften",
    "soften_picture",
]

TOLD = 20  # earlier stories a writer hears of
QUOTED = 12_000  # characters of a reply that are quoted back

STYLE = "Paper-cut picture-book illustration in layers with soft shadows and grain; gentle for children; no lettering."
NEGATIVE = (
    "text",
    "lettering",
    "watermark",
    "signature",
    "frame",
    "photograph",
    "blood",
    "weapon",
    "gore",
    "frightening face",
    "extra limbs",
    "deformed hands",
)
LIGHT = {
    TimeOfDay.DAWN: "at dawn, in pale pink light",
    TimeOfDay.DAY: "by day, in warm sunlight",
    TimeOfDay.DUSK: "at dusk, in amber light",
    TimeOfDay.NIGHT: "at night, under a deep blue sky",
}
AIR = {
    Weather.CLEAR: "clear air",
    Weather.CLOUDY: "low soft clouds",
    Weather.RAIN: "gentle rain",
    Weather.SNOW: "falling snow",
    Weather.FOG: "drifting fog",
    Weather.WIND: "wind in everything",
}
# Words that make drawing models decline, and what says the same to them.
_MILD = {
    r"child(?:ren)?|kids?|(?:little |young )?(?:girl|boy)s?|bab(?:y|ies)|toddlers?": "storybook figure",
    r"swords?|daggers?|kni(?:fe|ves)|spears?|axes?|guns?|cannons?|weapons?|arrows?": "wooden stick",
    r"blood(?:y|ied)?|wounds?|wounded|injur(?:y|ed)": "dust",
    r"dead|dying|died|skulls?|skeletons?|graves?|corpses?|coffins?": "old stone",
    r"scar(?:y|ed)|terrif(?:ied|ying)|frighten(?:ed|ing)|horr(?:or|ible)|creepy|monstrous": "surprised",
    r"monsters?|demons?|devils?|ghosts?|witch(?:es)?": "friendly creature",
    r"naked|nude|bare": "woolly",
    r"fight(?:s|ing)?|attack(?:s|ed|ing)?|chas(?:es|ed|ing)": "playing",
    r"burn(?:s|ing|t)?|explo(?:sion|des?|ding)": "glowing",
}


@dataclass(frozen=True, slots=True)
class Messages:
    """What a writing model is told."""

    system: str  # the same for every story
    user: str


def make_messages(brief: Brief) -> Messages:
    """Return the rules of the house and the brief in words and data."""
    scenes, target = _measure(brief)
    language = LANGUAGES.get(brief.language.split("-")[0].lower(), brief.language)
    low, high = brief.words.low, brief.words.high
    lines = [
        f"Write a story in {language}.",
        AGES[brief.age],
        GENRES[brief.genre],
        FORMS[brief.form],
        f"Length: {low:g} to {high:g} words in all paragraphs together, headings not counted; aim at {target}, which is "
        f"{scenes} scenes of about {round(target / scenes)} words. Count before you answer.",
        f"The hero is {brief.hero.name}; {brief.helper.name} helps. Both act, speak as their cards say, and are named. "
        f"It takes place {brief.place.at or brief.place.name}.",
    ]
    if brief.idea:
        lines.append("Somebody asked for the idea in the brief: build the story on it and use its own nouns and names.")
    if brief.avoid:
        lines.append(
            'The last draft was put aside for the reasons under "avoid"; write another story that has none of them.'
        )
    sample = SAMPLE % {"hero": brief.hero.key, "name": brief.hero.name}
    data = json.dumps(_data(brief), ensure_ascii=False, indent=1)
    return Messages(RULES, "\n".join([*lines, f"Shape of the answer:\n{sample}", f"The brief, as data:\n{data}"]))


def _measure(brief: Brief) -> tuple[int, int]:
    """Return how many scenes and words to ask for: models write a little less than they are told."""
    low, high = brief.words.low, brief.words.high
    target = round(low + (high - low) * 0.6)
    return min(6, max(3, round(target / 130))), target


def _data(brief: Brief) -> dict[str, object]:
    told = brief.past[:TOLD]
    parts: dict[str, object] = {
        "idea": brief.idea,
        "cast": [_card(brief.hero, "hero"), _card(brief.helper, "helper")],
        "place": {
            "name": brief.place.name,
            "kind": brief.place.kind,
            "details": brief.place.details,
            "look": brief.place.look,
            "about": brief.place.about[:600],
        },
        "series": {"name": brief.series.name, "about": brief.series.about[:600]} if brief.series else None,
        "lore": [piece[:600] for piece in brief.lore[:5]],
        "told": [
            {"title": past.title, "hero": past.hero, "place": past.place, "opening": past.opening} for past in told
        ],
        "avoid": brief.avoid,
    }
    return {key: value for key, value in parts.items() if value}


def _card(who: Character, role: str) -> dict[str, object]:
    card: dict[str, object] = {
        "role": role,
        "key": who.key,
        "name": who.name,
        "kind": who.kind,
        "pronouns": who.pronouns,
        "traits": who.traits,
        "wishes": who.wishes,
        "look": who.look,
        "about": who.about[:600],
    }
    return {key: value for key, value in card.items() if value}


def make_repair(problem: str, reply_text: str) -> str:
    """Return the one request to mend a reply that could not be read."""
    quoted = json.dumps(reply_text[:QUOTED], ensure_ascii=False)
    return (
        f"Your answer could not be read: {problem}. Send the whole story once more as one JSON object of the shape described, "
        f"complete, with nothing before or after it. Your answer was, quoted as data: {quoted}"
    )


def soften(brief: Brief) -> Brief:
    """Return the brief of a story that was refused, in its mildest shape: of an idea its nouns and names are left."""
    words = (word for word in re.findall(r"[^\W\d_]{4,}", brief.idea) if _mild(word) == word)
    return replace(
        brief,
        genre=Genre.BEDTIME if brief.genre is Genre.SPOOKY else brief.genre,
        idea=", ".join(dict.fromkeys(words)),
        lore=(),
        avoid=(
            *brief.avoid,
            "The request before was declined: tell it without danger, fright, weapons or anybody hurt.",
        ),
    )


def picture_text(prompt: PicturePrompt, limit: int = 3000) -> str:
    """Return a picture prompt in words: the scene, the cards of its figures, the place, its things and the style.

    Cards and style are the same in every picture. What does not fit into `limit` characters goes in this order: the
    things, light and weather, the end of the scene, the place, and only then the end of the cards.
    """
    scene = _scene(prompt)
    cards = " ".join(f"{_look(figure.character)}." for figure in prompt.figures)
    place = f"Setting: {prompt.place.look or prompt.place.name}"
    air = f", {LIGHT[prompt.time]}, {AIR[prompt.weather]}"
    things = f"Clearly visible: {', '.join(prompt.objects)}." if prompt.objects else ""
    for parts in (
        (scene, cards, f"{place}{air}.", things, STYLE),
        (scene, cards, f"{place}{air}.", STYLE),
        (scene, cards, f"{place}.", STYLE),
    ):
        if len(text := _join(parts)) <= limit:
            return text
    least = 80  # characters of a scene that still say something
    for rest in ((cards, f"{place}.", STYLE), (cards, STYLE)):
        if (room := limit - len(_join(rest)) - 1) >= min(least, len(scene)):
            return _join((_shorten(scene, room), *rest))
    style = STYLE.partition(";")[0] + "."
    return _join((_shorten(cards or scene, max(limit - len(style) - 1, 0)), style))[:limit]


def soften_picture(text: str) -> str:
    """Return the prompt of a picture that was refused, in milder words."""
    return f"A cheerful, harmless scene with toy-like figures for a picture book. {_mild(text)}"


def _mild(text: str) -> str:
    for words, instead in _MILD.items():
        text = re.sub(rf"\b(?:{words})\b", instead, text, flags=re.IGNORECASE)
    return text


def _scene(prompt: PicturePrompt) -> str:
    """Return what happens in the picture, without the looks and the setting that a writer may have put there as well."""
    said = [_look(figure.character) for figure in prompt.figures] + [
        f"Setting: {prompt.place.look or prompt.place.name}"
    ]
    ends = (at for words in (*said, STYLE) if (at := prompt.text.find(words)) >= 0)
    scene = prompt.text[: min(ends, default=None)].strip()
    return scene if scene.endswith((".", "!", "?", "…", "”")) or not scene else f"{scene}."


def _look(who: Character) -> str:
    return f"{who.name} is {(who.look or f'a small {who.kind}').rstrip('.')}"


def _join(parts: Sequence[str]) -> str:
    return " ".join(part for part in parts if part)


def _shorten(text: str, room: int) -> str:
    """Cut a text at the end of its last whole sentence, or else of its last whole word, that fits."""
    if len(text) <= room:
        return text
    cut = text[:room]
    sentence = max(cut.rfind(mark) for mark in (". ", "! ", "? "))
    return cut[: sentence + 1] if sentence > room // 2 else cut.rpartition(" ")[0].rstrip(",;:") or cut
