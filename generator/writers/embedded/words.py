"""What the slots of a plot say in one story: names, pronouns, bodies, the furniture of a place."""

from collections.abc import Mapping

from generator.story import Character, Place

_PRONOUNS = {
    "he": ("he", "him", "his", "his", "himself", "was", "is", "has"),
    "she": ("she", "her", "her", "hers", "herself", "was", "is", "has"),
    "they": ("they", "them", "their", "theirs", "themselves", "were", "are", "have"),
    "it": ("it", "it", "its", "its", "itself", "was", "is", "has"),
}
_FORMS = ("they", "them", "their", "theirs", "themselves", "was", "is", "has")
_BODY = ("paw", "paws", "nose", "went", "go", "kind")
FURNITURE = ("ground", "high", "nook", "path", "edge", "sound", "smell", "small", "light", "noun")

KNOWN = frozenset(
    [f"{who}{'.' * bool(form)}{form}" for who in ("hero", "helper") for form in ("", *_FORMS, *_BODY, "trait")]
    + [f"place{'.' * bool(form)}{form}" for form in ("", "at", "detail", "detail2", *FURNITURE)]
    + ["wish", "trait"]
)


def make_character_words(role: str, who: Character, trait: str, body: Mapping[str, str]) -> dict[str, str]:
    """Name a character and everything said of it; `body` has paw, paws, nose, went and go."""
    forms = dict(zip(_FORMS, _PRONOUNS.get(who.pronouns, _PRONOUNS["they"]), strict=True))
    return {role: who.name} | {f"{role}.{k}": v for k, v in {**forms, **body, "kind": who.kind, "trait": trait}.items()}


def make_place_words(place: Place, details: tuple[str, str], furniture: Mapping[str, str]) -> dict[str, str]:
    """Name a place, two of its details and its furniture."""
    words = {"place": place.name, "place.at": place.at or f"in {place.name}"}
    words |= {"place.detail": details[0], "place.detail2": details[1]}
    return words | {f"place.{key}": furniture[key] for key in FURNITURE}
