"""The last resort for an idea that no plot has room for: it is quoted, word for word, near the beginning of the story."""

import random
import re
from dataclasses import replace

from generator.story import Form, Span, count_words
from generator.writers.embedded.banks import Texture
from generator.writers.embedded.plan import Plan
from generator.writers.embedded.prose import realise

Texts = tuple[tuple[str, ...], ...]  # the paragraphs of each scene

LONGEST = 24  # words that are quoted
SAID = 0.6  # of the telling words of an idea that a story must have without it
PROSE = (
    "On the first page of {hero}’s notebook stood: “{idea}.” It is how everything began.",
    "“{idea},” somebody had once written above a door. Nobody could say who, or why, but everybody knew it by heart.",
    "There is an old song about it. It begins: “{idea},” and nobody can remember how it goes on.",
    "“{idea},” said {hero}, to nobody in particular. It had been that sort of dream.",
)
VERSE = (
    "Somebody wrote, on a very old wall,\n“{idea}.” And that was all.",
    "A song that they sang there begins, so they say,\n“{idea},” and goes on all day.",
    "“{idea},” it said on a sign,\nin letters both crooked and ever so fine.",
)


def realise_idea(plan: Plan, texture: Texture) -> Texts:
    """Tell the plan; when the words of its idea have not found a place, quote them in the second paragraph."""
    texts = realise(plan, texture)
    if not plan.brief.idea or _is_said(plan.brief.idea, " ".join(text for scene in texts for text in scene)):
        return texts
    line = _inscribe(plan)
    room, span = count_words(line), plan.span
    shorter = replace(plan.brief, words=Span(max(span.low - room, 1), span.high - room))
    first, *others = realise(replace(plan, brief=shorter), texture)
    return ((first[0], line, *first[1:]), *others)


def _is_said(idea: str, text: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]+", idea.lower()) if len(word) > 3]
    return sum(word[: max(4, len(word) - 3)] in text.lower() for word in words) >= SAID * len(words)


def _inscribe(plan: Plan) -> str:
    plain = re.sub(r"[^\w\s,’-]|_", " ", plan.brief.idea.replace("'", "’"))
    quoted = " ".join(plain.split()[:LONGEST]).strip(" ,-")
    quoted = quoted[:1].upper() + quoted[1:]
    lines = VERSE if plan.plot.form is Form.COUPLETS else PROSE
    return random.Random(f"idea {plan.brief.seed}").choice(lines).format(idea=quoted, hero=plan.hero.name)
