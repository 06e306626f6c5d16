from pathlib import Path

import pytest

from generator.cards import parse_character, parse_place, parse_series, read_cards
from generator.errors import ConfigError
from generator.story import Form, Genre

CONTENT = Path(__file__).parents[1] / "content"


def test_the_starter_content_has_a_cast_places_and_series() -> None:
    cards = read_cards(CONTENT)
    assert len(cards.cast) >= 12
    assert len(cards.places) >= 12
    assert len(cards.series) == 3
    assert len({card.kind for card in cards.cast}) >= 12
    assert len({place.kind for place in cards.places}) >= 12
    for card in cards.cast:
        assert card.traits, card.key
        assert card.wishes, card.key
        assert card.look, card.key
        assert card.about, card.key
    for place in cards.places:
        assert place.details, place.key
        assert place.at.lower().endswith(place.name.lower()), place.key


def test_a_card_is_read_as_a_person_writes_it() -> None:
    text = "\ufeff---\r\nname: Moss   \r\nkind: Turtle\r\ntraits: [slow, kind]\r\npronouns: he\r\n---\r\n\r\nMoss *never* hurries.\r\n"
    card = parse_character("moss", text)
    assert (card.name, card.kind, card.traits, card.about) == (
        "Moss",
        "turtle",
        ("slow", "kind"),
        "Moss never hurries.",
    )
    place = parse_place("the-pier", "---\nname: the Pier\nkind: harbour\n---\n")
    assert place.at == "in the Pier"
    series = parse_series("s", "---\nname: S\ngenre: spooky\nform: couplets\nweekday: 0\n---\n")
    assert (series.genre, series.form, series.weekday) == (Genre.SPOOKY, Form.COUPLETS, 0)


@pytest.mark.parametrize(
    ("front", "problem"),
    [
        ("kind: fox", "name: missing"),
        ("name: ''\nkind: fox", "name: missing"),
        ("name: Pip", "kind: missing"),
        ("name: 7\nkind: fox", "name: 7 is not text"),
        ("name: Pip\nkind: fox\npronouns: we", "pronouns: 'we' is none of"),
        ("name: Pip\nkind: fox\ncolours: [red, green, blue]", "colours: give three"),
        ("name: Pip\nkind: fox\ntraits: brave", "traits: not a list"),
        ("name: Pip\nkind: fox\nnmae: Pip", "nmae: unknown"),
        ("name: Pip\nkind: [fox", "line 4: "),
        ("name: " + "x" * 81 + "\nkind: fox", "name: longer"),
    ],
)
def test_a_bad_card_is_named_with_file_and_key(tmp_path: Path, front: str, problem: str) -> None:
    (tmp_path / "cast").mkdir()
    (tmp_path / "cast" / "pip.md").write_text(f"---\n{front}\n---\n")
    with pytest.raises(ConfigError) as caught:
        read_cards(tmp_path)
    assert f"content/cast/pip.md: {problem}" in caught.value.message


def test_a_file_name_that_is_no_key_and_a_cast_of_one_are_refused(tmp_path: Path) -> None:
    (tmp_path / "cast").mkdir()
    (tmp_path / "cast" / "pip.md").write_text("---\nname: Pip\nkind: fox\n---\n")
    with pytest.raises(ConfigError, match="needs at least 2, found 1"):
        read_cards(tmp_path)
    (tmp_path / "cast" / "My Pip.md").write_text("---\nname: Pip\nkind: fox\n---\n")
    with pytest.raises(ConfigError, match="the file name may have"):
        read_cards(tmp_path)
