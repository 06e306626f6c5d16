"""Is a story long enough, in its language, plain, safe and readable? Pure checks; novelty.py asks whether it is new."""

import re
from collections import Counter
from collections.abc import Iterator
from zlib import crc32

from generator.judging.language import detect_language
from generator.judging.safety import check_text
from generator.reading import grade, make_slug, split_sentences
from generator.story import Brief, Form, Scene, Story, count_words

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_MARKUP = re.compile(r"<[^>]*>|&#?\w+;|[*_`#\[\]{}|\\~^]|https?:|www\.|\s-{3,}\s")

REFRAIN = 5  # words; what comes back on purpose ("“Get in,” it said.") is short

_COMMON = (
    "about after again along also always another around because been before being could does done each even every find "
    "finds found from gets give goes have having help helps into just keep keeps learn learns like likes little look "
    "looks lost made make makes many meet meets more most much must named called need needs never other over please "
    "really should some someone something story tale tell tells than that their them then there these they thing this "
    "those through tries trying under until very want wants were what when where which while who whose will with "
    "without would write wrote your live lives lived once upon cannot"
)
COMMON = frozenset(_COMMON.split())


def shingles(text: str, n: int = 3) -> frozenset[int]:
    """Give the runs of `n` words of a text, each as one number (the same in every process)."""
    words = [crc32(word.encode()) for word in re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text.lower())]
    return frozenset(_mix(words[i : i + n]) for i in range(len(words) - n + 1))


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    """Give the shared part of two sets, 0 to 1; two empty sets share nothing."""
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if shared else 0.0


def text_of(story: Story) -> str:
    """Give the text of a story without headings, a blank line between paragraphs."""
    return "\n\n".join(paragraph for scene in story.scenes for paragraph in scene.paragraphs)


def check_story(story: Story, brief: Brief) -> tuple[str, ...]:
    """Report everything that keeps a story off the shelf; nothing means that it is good."""
    return (
        *_check_length(story, brief),
        *_check_title(story, brief),
        *_check_scenes(story.scenes),
        *_check_form(story, brief),
        *_check_wording(story, brief),
        *_check_pictures(story),
        *_check_safety(story, brief),
    )


def _check_length(story: Story, brief: Brief) -> Iterator[str]:
    words = story.word_count
    if words not in brief.words:
        yield f"{words} words; {brief.words.low:g} to {brief.words.high:g} were asked for"
    usual = brief.words == brief.age.words and brief.language.startswith("en")  # syllables are counted in English
    if usual and (level := grade(text_of(story))) not in brief.age.grade:
        yield f"reading grade {level:.1f}; {brief.age.grade.low:g} to {brief.age.grade.high:g} suits ages {brief.age}"


def _check_title(story: Story, brief: Brief) -> Iterator[str]:
    if not story.title.strip() or len(story.title) > 60:
        yield f"a title of {len(story.title)} characters; 1 to 60 are possible"
    if make_slug(story.title) in brief.titles:
        yield f"the archive has a story called {story.title!r}"
    if not 0 < len(story.summary) <= 160:
        yield f"a summary of {len(story.summary)} characters; 1 to 160 are possible"
    for what, text in (("moral", story.moral), ("question", story.question)):
        if not text.strip():
            yield f"no {what}"


def _check_scenes(scenes: tuple[Scene, ...]) -> Iterator[str]:
    if not 3 <= len(scenes) <= 6:
        yield f"{len(scenes)} scenes; 3 to 6 are asked for"
    headings = [scene.heading.strip().lower() for scene in scenes]
    if len(set(headings)) < len(headings) or "" in headings:
        yield "headings that are empty or alike"
    for number, scene in enumerate(scenes, 1):
        if not scene.paragraphs or any(not paragraph.strip() for paragraph in scene.paragraphs):
            yield f"scene {number} has an empty paragraph"


def _check_form(story: Story, brief: Brief) -> Iterator[str]:
    paragraphs = [paragraph for scene in story.scenes for paragraph in scene.paragraphs]
    if brief.form is Form.COUPLETS and 2 * sum("\n" in paragraph for paragraph in paragraphs) < len(paragraphs):
        yield "prose; rhyming couplets were asked for, with a line break after each line"
    if other := detect_language(text_of(story), brief.language):
        yield f"written in {other!r}; {brief.language!r} was asked for"


def _check_wording(story: Story, brief: Brief) -> Iterator[str]:
    text = text_of(story)
    fields = (*_lines(story), text, *(prompt.alt for prompt in story.prompts))
    if found := next((match[0] for field in fields if (match := _MARKUP.search(field))), ""):
        yield f"markup in the text: {found!r}"
    often = Counter(
        sentence.strip("“”‘’ ").lower() for sentence in split_sentences(text) if count_words(sentence) > REFRAIN
    )
    for sentence, times in often.items():
        if times > 1:
            yield f"a sentence that comes {times} times: {sentence[:60]!r}"
    named = brief.hero.name.lower() in text.lower()
    if not named and not brief.idea:
        yield f"the hero {brief.hero.name} is not named"
    if brief.idea and (missing := missing_words(brief.idea, f"{story.title} {text}")):
        yield f"the idea is not honoured: {', '.join(missing)} nowhere in the story"


def missing_words(idea: str, text: str) -> tuple[str, ...]:
    """Give the telling words of an idea that a text lacks, if it lacks more than half of them or one of its names."""
    text = text.lower()
    wanted = [word for word in dict.fromkeys(_WORD.findall(idea)) if len(word) > 3 and word.lower() not in COMMON]
    missing = [word for word in wanted if word.lower()[: max(4, len(word) - 3)] not in text]
    names = {match[1] for match in re.finditer(r"\b(?:named|called)\s+([^\W\d_]+)", idea)}
    return tuple(missing) if 2 * len(missing) > len(wanted) or names & set(missing) else ()


def _check_pictures(story: Story) -> Iterator[str]:
    for prompt in story.prompts:
        if not 0 < len(prompt.alt.strip()) <= 180:
            yield f"{prompt.name} has an alt text of {len(prompt.alt)} characters; 1 to 180 are possible"
        if not prompt.text.strip():
            yield f"{prompt.name} has no prompt"


def _check_safety(story: Story, brief: Brief) -> Iterator[str]:
    told = "\n".join((*_lines(story), text_of(story), *(prompt.alt for prompt in story.prompts)))
    yield from check_text(told, brief.age, brief.language)
    shown = "\n".join(prompt.text for prompt in story.prompts)
    yield from (f"in a picture: {problem}" for problem in check_text(shown, brief.age))


def _lines(story: Story) -> tuple[str, ...]:
    """Give every line of a story that is not of its text."""
    return (
        story.title,
        story.summary,
        story.moral,
        story.question,
        *(scene.heading for scene in story.scenes),
        *story.tags,
    )


def _mix(words: list[int]) -> int:
    mixed = 0
    for word in words:
        mixed = (mixed * 1_000_003 + word) & 0xFFFFFFFFFFFFFFF
    return mixed
