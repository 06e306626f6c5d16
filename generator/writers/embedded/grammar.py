"""The little language of the plots: `{hero.they}`, `{a:thing}`, `{hero|likes|like}` and `[quick|sudden]`."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping

_REF = re.compile(r"\{([^{}]*)\}")
_CHOICE = re.compile(r"\[([^\[\]|]*(?:\|[^\[\]|]*)+)\]")
_KEY = re.compile(r"(a:)?([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)?)((?:\|[^|{}]+\|[^|{}]+)?)")
_NEW_SENTENCE = re.compile(r"(?:^|[.!?…]\s+[“‘]?|[“‘])$")
_VOWEL_SOUND = re.compile(r"(?:[aeio]|u(?!n[ií]|se|sual|ten)|hour|honest|heir)(?!ne\b)", re.IGNORECASE)
_SMALL_WORDS = "a an and as at by for from in into of on or the to under who with"
_SMALL = frozenset(_SMALL_WORDS.split())


def render(text: str, words: Mapping[str, str], pick: Callable[[int], int]) -> str:
    """Fill a template: `pick(n)` chooses an inline alternative; a slot that opens a sentence gets a capital."""
    text = _CHOICE.sub(lambda match: (options := match[1].split("|"))[pick(len(options))], text)
    done, position = "", 0
    for match in _REF.finditer(text):
        done += text[position : match.start()]
        value = _value(match[1], words)
        done += _capital(value) if _NEW_SENTENCE.search(done) else value
        position = match.end()
    return " ".join((done + text[position:]).split())


def check_template(text: str, known: Collection[str]) -> Iterator[str]:
    """Report what is wrong with a template whose slots may be `known`."""
    bare = _REF.sub("", _CHOICE.sub("", text))
    if re.search(r"[\[\]{}<>*_#`]", bare):
        yield "a stray bracket or a sign of markup"
    if re.search(r"[\"']", bare):
        yield "a straight quote; write “ ” and ’"
    for match in _REF.finditer(text):
        key = _KEY.fullmatch(match[1])
        if not key:
            yield f"{{{match[1]}}} is not a slot"
        elif key[2] not in known:
            yield f"unknown slot {{{key[2]}}}"
        elif key[3] and key[2] not in ("hero", "helper"):
            yield f"only hero and helper have verbs: {{{match[1]}}}"


def with_article(noun: str) -> str:
    """Put "a" or "an" before a noun phrase, unless it has an article of its own."""
    if re.match(r"(?:a|an|the|some|one|his|her|their|its)\s", noun):
        return noun
    return f"{'an' if _VOWEL_SOUND.match(noun) else 'a'} {noun}"


def title_case(text: str) -> str:
    """Write a title with capitals, small words small except at its ends."""
    words = text.split()
    last = len(words) - 1
    return " ".join(w if w in _SMALL and 0 < i < last else _capital(w) for i, w in enumerate(words))


def _value(reference: str, words: Mapping[str, str]) -> str:
    key = _KEY.fullmatch(reference)
    if not key:
        raise KeyError(reference)
    if key[3]:
        _, singular, plural = key[3].split("|")
        return plural if words[f"{key[2]}.was"] == "were" else singular
    return with_article(words[key[2]]) if key[1] else words[key[2]]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
