import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator.briefs import IDEA_LENGTH, Wish
from generator.errors import WishRefused
from generator.forge.form import HEADINGS, PROMISE, parse_form, render_form
from generator.story import AgeBand, Form, Genre
from generator.wishes import FIELDS, check_wish, parse_wish
from tests.samples import ROOT

FORM = ROOT / ".github/ISSUE_TEMPLATE/story.yml"
FILLED = {
    "idea": "A lantern that is afraid of the dark",
    "genre": "bedtime",
    "form": "prose",
    "age": "6-8",
    "minutes": "4",
    "cast": "Pip, Moss",
    "place": "Amber Hollow",
    "series": "Lantern Nights",
    "language": "en-GB",
}


def test_the_form_asks_for_what_is_read_and_offers_what_there_is() -> None:
    form = yaml.safe_load(FORM.read_text())
    fields = [part for part in form["body"] if part["type"] != "markdown"]
    assert [(part["attributes"]["label"], part["id"]) for part in fields] == [*HEADINGS.items(), (PROMISE, "public")]
    assert tuple(HEADINGS.values()) == FIELDS
    offers = {part["id"]: part["attributes"].get("options") for part in fields}
    assert offers["genre"] == list(Genre)
    assert offers["form"] == list(Form)
    assert offers["age"] == list(AgeBand)
    assert "labels" not in form  # GitHub would put them on for anybody
    assert "public" in form["body"][0]["attributes"]["value"]
    assert "no real names" in form["body"][0]["attributes"]["value"]


def test_a_filled_form_is_a_wish() -> None:
    assert parse_wish(parse_form(render_form(FILLED))) == Wish(
        idea="A lantern that is afraid of the dark",
        genre=Genre.BEDTIME,
        form=Form.PROSE,
        age=AgeBand.MIDDLE,
        minutes=4,
        cast=("Pip", "Moss"),
        place="Amber Hollow",
        series="Lantern Nights",
        language="en-GB",
    )


def test_what_is_left_out_is_chosen_as_on_any_night() -> None:
    body = render_form({"idea": "A sea of tea"})
    assert body.count("_No response_") == 8
    assert parse_wish(parse_form(body.replace("\n", "\r\n"))) == Wish(idea="A sea of tea")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Tell me a story!",
        render_form(FILLED)[: -len("- [X] I know.")] + "- [ ] I know.",
        "before\n" + render_form(FILLED),
        render_form(FILLED) + "\n\n### Genre\n\nspooky",
        render_form(FILLED | {"idea": "x\n\n### Kind of story\n\nspooky"}),
        render_form(FILLED).replace("### Minutes\n\n4\n\n", ""),
        "x" * 80_000,
    ],
)
def test_a_body_the_form_did_not_make_is_refused_whole(body: str) -> None:
    with pytest.raises(WishRefused):
        parse_form(body)


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("idea", "x " * IDEA_LENGTH, "at most 400 are read"),
        ("genre", "crime", "genre: 'crime' is none of bedtime"),
        ("age", "99", "age: '99' is none of 3-5"),
        ("minutes", "1e9", "'1e9' is not a number"),
        ("minutes", "٤", "is not a number"),
        ("minutes", "-4", "is not a number"),
        ("language", "klingon please", "is not a language code"),
        ("place", "x" * 101, "place: at most 100 characters"),
        ("colour", "red", "no field 'colour'"),
    ],
)
def test_a_field_that_cannot_be_read_is_named(field: str, text: str, words: str) -> None:
    with pytest.raises(WishRefused, match=words):
        parse_wish(FILLED | {field: text})


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(WishRefused, match=r"genre.*minutes.*language"):
        parse_wish({"genre": "crime", "minutes": "soon", "language": "?"})


HOSTILE = st.text(st.sampled_from("aA0,.#\n\r @`<>|:-[]()!\u202e\u200b\u2028\x00\x1b\ud800é字\U0001f98a"), max_size=80)


@given(st.dictionaries(st.sampled_from(FIELDS), HOSTILE))
@example({"idea": "\u202e\x00 hello"})
def test_whatever_is_typed_into_the_form_is_a_sound_wish_or_refused(fields: dict[str, str]) -> None:
    try:
        wish = parse_wish(parse_form(render_form(fields)))
    except WishRefused:
        return
    texts = (wish.idea, *wish.cast, wish.place, wish.series)
    assert all(text.isprintable() and len(text) <= IDEA_LENGTH for text in texts)


@given(HOSTILE)
def test_whatever_an_issue_says_is_read_or_refused(body: str) -> None:
    try:
        fields = parse_form(body)
    except WishRefused:
        return
    assert set(fields) <= set(FIELDS)


@pytest.mark.parametrize(
    "idea", ["write to me: pip@example.org", "see www.example.com", "call +44 20 7946 0958 please"]
)
def test_nobody_can_be_reached_through_an_idea(idea: str) -> None:
    with pytest.raises(WishRefused, match="stands in it"):
        check_wish(Wish(idea=idea), "en", ("embedded",))


def test_another_language_needs_a_writer_that_knows_it() -> None:
    with pytest.raises(WishRefused, match="in English, not in 'de'"):
        check_wish(Wish(idea="Ein Licht", language="de"), "en", ("embedded",))
    check_wish(Wish(idea="Ein Licht", language="de"), "en", ("openai", "embedded"))
    check_wish(Wish(idea="A light", language="en-GB"), "en", ("embedded",))
