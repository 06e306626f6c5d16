import copy
import json
import random
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import BadReply
from generator.models.dialogue import Part, join_parts, typographic
from generator.models.prompts import SCHEMA
from generator.models.reply import MOST_CHARACTERS, parse_story
from generator.story import Credit, Pose, Scene, Story, TimeOfDay, Weather
from tests.samples import make_brief

BRIEF = make_brief()  # Pip the fox and Moss the turtle in Amber Hollow
CREDIT = Credit("openai", "a-model")


def make_picture(**changes: object) -> dict[str, object]:
    picture: dict[str, object] = {
        "description": "Pip holds a lantern. Moss sleeps.",
        "alt": "Pip and Moss.",
        "cast": ["pip", "moss"],
        "objects": ["lantern"],
        "time": "dusk",
        "weather": "fog",
    }
    return picture | changes


def make_paragraph(*parts: tuple[str, str]) -> dict[str, object]:
    return {"parts": [{"speaker": speaker, "text": text} for speaker, text in parts]}


def make_reply(*paragraphs: dict[str, object], **changes: object) -> dict[str, object]:
    scene = {
        "heading": "A Light",
        "paragraphs": list(paragraphs) or [make_paragraph(("narrator", "It was late."))],
        "picture": make_picture(),
    }
    reply: dict[str, object] = {
        "title": "The Lamp",
        "summary": "A lamp goes out.",
        "scenes": [copy.deepcopy(scene) for _ in range(3)],
        "cover": make_picture(),
        "moral": "Light is shared.",
        "question": "Who lights your lamp?",
        "tags": ["lamp", "courage"],
    }
    return reply | changes


def parse(reply: object) -> Story:
    return parse_story(reply if isinstance(reply, str) else json.dumps(reply), BRIEF, CREDIT)


def test_a_reply_becomes_a_story() -> None:
    story = parse(
        make_reply(make_paragraph(("narrator", "Pip looked up."), ("moss", "Is it far?"), ("narrator", "said Moss.")))
    )
    assert story.title == "The Lamp"
    assert story.credit == CREDIT
    assert story.tags == ("lamp", "courage")
    assert [prompt.name for prompt in story.prompts] == ["cover", "scene-1", "scene-2", "scene-3"]
    assert story.cover.time is TimeOfDay.DUSK
    assert story.cover.weather is Weather.FOG
    assert [(figure.character.key, figure.pose) for figure in story.cover.figures] == [
        ("pip", Pose.HOLD),
        ("moss", Pose.SLEEP),
    ]
    (speech,) = story.scenes[0].speeches
    paragraph = story.scenes[0].paragraphs[0]
    assert paragraph == "Pip looked up. “Is it far?” said Moss."
    assert (paragraph[speech.start : speech.end], speech.who) == ("“Is it far?”", "moss")


def test_each_picture_has_a_seed_of_its_own_and_always_the_same() -> None:
    seeds = [prompt.seed for prompt in parse(make_reply()).prompts]
    assert len(set(seeds)) == 4
    assert seeds == [prompt.seed for prompt in parse(make_reply()).prompts]
    assert all(0 <= seed < 2**31 for seed in seeds)
    other = parse_story(json.dumps(make_reply()), replace(BRIEF, seed=8), CREDIT)
    assert other.cover.seed not in seeds


TEXT = json.dumps(make_reply())


@pytest.mark.parametrize(
    "wrapped",
    [
        "\ufeff" + TEXT,
        f"```json\n{TEXT}\n```",
        f"```\n{TEXT}```",
        f"Here is your story, as {{asked}}:\n\n{TEXT}\n\nI hope that {{you}} like it!",
        f'<think>A {{short}} story? {{"scenes": []}}</think>{TEXT}',
        TEXT[:-1] + ",}",
        TEXT.replace('["lamp", "courage"]', '["lamp", "courage", ] // two are enough\n'),
        json.dumps(make_reply(), indent=2).replace("\n", "\r\n"),
        json.dumps({"story": make_reply()}),
        json.dumps(make_reply(note="an unknown key", file="../../etc/passwd", template="main.html")),
    ],
    ids=["mark", "fence", "open fence", "prose", "thought", "comma", "comment", "lines", "wrapped", "more keys"],
)
def test_what_stands_around_a_story_does_not_matter(wrapped: str) -> None:
    assert parse(wrapped) == parse(make_reply())


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        ("", "there is no JSON object"),
        ("I cannot do that.", "there is no JSON object"),
        ("[1, 2]", "there is no JSON object"),
        (TEXT[: len(TEXT) // 2], "the JSON breaks at character"),
        ("{}", "scenes: missing"),
        (make_reply(title=None), "title: missing"),
        (make_reply(title="“ ”"), "title: empty"),
        (make_reply(title=7), "title: not a text"),
        (make_reply(title="x" * 700), "title: 700 characters"),
        (make_reply(scenes="three"), "scenes: not a list"),
        (make_reply(scenes=[]), "scenes: empty"),
        (make_reply(scenes=[{}] * 10_000), "scenes: 10000 items"),
        (make_reply(scenes=[7]), r"scenes\[0\]: not an object"),
        (make_reply(scenes=[{"paragraphs": []}]), r"scenes\[0\]\.paragraphs: empty"),
        (make_reply(scenes=[{"paragraphs": ["text"]}]), r"scenes\[0\]\.paragraphs\[0\]: not an object"),
        (make_reply(make_paragraph(("narrator", " \n "))), r"scenes\[0\]\.paragraphs: empty"),
        (make_reply(make_paragraph(("narrator", "x" * 5_000))), r"paragraphs\[0\]\.parts\[0\]\.text: 5000 characters"),
        (make_reply(*[make_paragraph(("narrator", "word " * 700))] * 3), "words; 500 at most were asked for"),
        (make_reply(cover=make_picture(alt=None)), r"cover\.alt: missing"),
        (make_reply(cover=None), "cover: missing"),
        (make_reply(cover=make_picture(cast="pip")), r"cover\.cast: not a list"),
        ("{" + '"a":{' * 30_000, "the JSON breaks"),
        ("{" + '"a":[' * 30_000 + "]" * 30_000 + "}", "brackets 40 deep"),
        ('{"a": // "\n' + "[" * 20_000 + "]" * 20_000 + ' // "\n}', "breaks"),
        ('{"scenes": ' + "9" * 10_000 + "}", "thousands of digits"),
        ("x" * (MOST_CHARACTERS + 1), "characters; 200,000 at most"),
        ("{" * 10_000, "there is no JSON object"),
        ('{"' + '\\"' * 90_000, "the JSON breaks"),
        ("<think>" * 20_000, "there is no JSON object"),
    ],
)
def test_anything_else_is_a_bad_reply_that_says_what_and_where(reply: object, problem: str) -> None:
    with pytest.raises(BadReply, match=problem) as caught:
        parse(reply)
    assert caught.value.provider == "openai"
    assert len(caught.value.message) < 300


def test_a_missing_field_deep_down_is_named_with_its_place() -> None:
    reply = make_reply()
    del reply["scenes"][2]["picture"]["alt"]  # type: ignore[index]
    with pytest.raises(BadReply, match=r"scenes\[2\]\.picture\.alt: missing"):
        parse(reply)


def test_strangers_in_a_picture_and_things_that_are_no_words_are_left_out() -> None:
    picture = make_picture(
        cast=["a-stranger", "Pip", "pip", "narrator", 7],
        objects=["Lantern", "<img src=x>", "a" * 50, "../boat", "tin star", "key", "door", "cup"],
        time="teatime",
        weather=None,
    )
    cover = parse(make_reply(cover=picture)).cover
    assert [figure.character.key for figure in cover.figures] == ["pip"]
    assert cover.objects == ("lantern", "tin star", "key", "door")
    assert (cover.time, cover.weather) == (TimeOfDay.NIGHT, Weather.CLEAR)


def test_emphasis_goes_and_other_markup_stays_for_the_checks_to_find() -> None:
    story = parse(
        make_reply(title='"The **Lamp**"', moral="<b>Share</b> &amp; _care_.", question="<script>x</script>?")
    )
    assert story.title == "The Lamp"
    assert story.moral == "Share & care."
    assert story.question == "<script>x</script>?"


def test_control_and_direction_characters_and_lone_surrogates_go() -> None:
    assert parse(make_reply(title="The\u202e La\u0000m\u200bp\ud800")).title == "The Lamp"


@pytest.mark.parametrize(
    ("parts", "paragraph", "said"),
    [
        ((("narrator", "One."), ("narrator", "Two.")), "One. Two.", []),
        ((("pip", "Stop,"), ("narrator", "she said.")), "“Stop,” she said.", ["“Stop,”"]),
        ((("pip", '"Stop,"'), ("narrator", "she said.")), "“Stop,” she said.", ["“Stop,”"]),
        ((("pip", "«Stop»"), ("narrator", ", she said.")), "“Stop”, she said.", ["“Stop”"]),
        ((("pip", '"Go," said Pip, "home."'),), "“Go,” said Pip, “home.”", ["“Go,”", "“home.”"]),
        (
            (("narrator", 'Pip said, "'), ("pip", "Go."), ("narrator", '" And left.')),
            "Pip said, “Go.” And left.",
            ["“Go.”"],
        ),
        ((("the gull", "Mine!"), ("narrator", "it cried.")), "“Mine!” it cried.", []),
        ((("narrator", "“Mine!” cried the gull."),), "“Mine!” cried the gull.", []),
        ((("pip", "One,\ntwo\n"), ("narrator", "she sang.")), "“One,\ntwo”\nshe sang.", ["“One,\ntwo”"]),
        ((("narrator", "A line,\n"), ("moss", "a rhyme.")), "A line,\n“a rhyme.”", ["“a rhyme.”"]),
        ((("pip", "  "), ("narrator", "Nothing.")), "Nothing.", []),
        ((("pip", "He said 'no' and didn't."),), "“He said ‘no’ and didn’t.”", ["“He said ‘no’ and didn’t.”"]),
    ],
)
def test_parts_are_joined_and_speeches_are_found(
    parts: tuple[tuple[str, str], ...], paragraph: str, said: list[str]
) -> None:
    text, speeches = join_parts([Part(*part) for part in parts], 2, {"pip", "moss"})
    assert text == paragraph
    assert [text[speech.start : speech.end] for speech in speeches] == said
    assert all(speech.paragraph == 2 for speech in speeches)


def test_quotation_marks_are_curly_in_every_tradition() -> None:
    assert typographic("\"It's 'late'...\" -- „Ja“, «oui» 'twas") == "“It’s ‘late’…” — “Ja”, “oui” ’twas"


WORDS = st.sampled_from(
    ["Pip", "ran", "home.", "“Oh!”", "didn't", "late,", "*so*", "—", "and", "it…", '"', "(yes)", "’s", "'tis"]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)
PARTS = st.tuples(st.sampled_from(["narrator", "pip", "Moss", "a gull"]), TEXTS | TEXTS.map("{}\n".format))
STORIES = st.lists(st.lists(PARTS, min_size=1, max_size=5), min_size=1, max_size=4)


def render_reply(story: Story) -> dict[str, object]:
    """Return the reply that holds a story."""
    return {
        "title": story.title,
        "summary": story.summary,
        "scenes": [
            {
                "heading": scene.heading,
                "paragraphs": [render_paragraph(scene, number) for number in range(len(scene.paragraphs))],
                "picture": render_picture(scene.picture),
            }
            for scene in story.scenes
        ],
        "cover": render_picture(story.cover),
        "moral": story.moral,
        "question": story.question,
        "tags": story.tags,
    }


def render_paragraph(scene: Scene, number: int) -> dict[str, object]:
    paragraph, at, parts = scene.paragraphs[number], 0, list[tuple[str, str]]()
    for speech in (speech for speech in scene.speeches if speech.paragraph == number):
        parts += [("narrator", paragraph[at : speech.start]), (speech.who, paragraph[speech.start : speech.end])]
        at = speech.end
    return make_paragraph(*(part for part in [*parts, ("narrator", paragraph[at:])] if part[1]))


def render_picture(picture: object) -> dict[str, object]:
    return {
        "description": getattr(picture, "text", ""),
        "alt": getattr(picture, "alt", ""),
        "cast": [figure.character.key for figure in getattr(picture, "figures", ())],
        "objects": list(getattr(picture, "objects", ())),
        "time": getattr(picture, "time", ""),
        "weather": getattr(picture, "weather", ""),
    }


@settings(max_examples=150, deadline=None)
@given(STORIES)
def test_speeches_are_exactly_what_is_said(paragraphs: list[list[tuple[str, str]]]) -> None:
    story = parse(make_reply(make_paragraph(("narrator", "Hush.")), *(make_paragraph(*parts) for parts in paragraphs)))
    for scene in story.scenes:
        at = (0, 0)
        for speech in scene.speeches:
            said = scene.paragraphs[speech.paragraph][speech.start : speech.end]
            assert said[0] == "“"
            assert said[-1] == "”"
            assert (speech.paragraph, speech.start) >= at
            at = (speech.paragraph, speech.end)


CALM = st.lists(
    st.sampled_from(["Pip", "ran", "home.", "didn't", "late,", "and", "it…", "yes!"]), min_size=1, max_size=7
)
CALM_PARTS = st.tuples(st.sampled_from(["narrator", "pip", "moss"]), CALM.map(" ".join))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CALM_PARTS, min_size=1, max_size=5), min_size=1, max_size=4))
def test_a_story_that_is_rendered_as_a_reply_is_read_as_the_same_story(paragraphs: list[list[tuple[str, str]]]) -> None:
    story = parse(make_reply(*(make_paragraph(*parts) for parts in paragraphs)))
    assert parse(render_reply(story)) == story


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def spots(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """Return the path of everything inside a JSON value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(spot for key, item in items for spot in spots(item, (*path, key)))]


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False), JSON)
def test_a_reply_with_anything_anywhere_is_a_story_or_a_bad_reply(rng: random.Random, thing: object) -> None:
    reply: object = make_reply()
    *way, last = rng.choice(spots(reply)[1:])
    inner: object = reply
    for key in way:
        inner = inner[key]  # type: ignore[index]
    inner[last] = thing  # type: ignore[index]
    with suppress(BadReply):
        assert isinstance(parse(reply), Story)


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=60) | st.text('{}[]",:\\/ \n`"scenes', max_size=60), st.integers(0, len(TEXT)), st.integers(0, 30)
)
def test_a_reply_with_garbage_in_it_is_a_story_or_a_bad_reply(garbage: str, at: int, gone: int) -> None:
    for text in (garbage, TEXT[:at] + garbage + TEXT[at + gone :], TEXT[:at]):
        with suppress(BadReply):
            assert isinstance(parse(text), Story)


def test_the_schema_is_strict_everywhere() -> None:
    def check(schema: object) -> int:
        if not isinstance(schema, dict):
            return 0
        if schema.get("type") == "object":
            assert schema["additionalProperties"] is False
            assert schema["required"] == list(schema["properties"])
        inner = (*schema.get("properties", {}).values(), schema.get("items"))
        return (schema.get("type") == "object") + sum(map(check, inner))

    assert check(SCHEMA) == 6
    assert set(make_reply()) == set(SCHEMA["required"])  # type: ignore[call-overload]
