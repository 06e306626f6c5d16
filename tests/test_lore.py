from dataclasses import replace
from pathlib import Path

import pytest

from generator.errors import ConfigError
from generator.judging.safety import check_text
from generator.lore import PIECE, PIECES, choose_lore, parse_lore, read_lore
from generator.story import AgeBand
from tests.samples import ROOT, make_brief

PAGE = """---
title: The Bell
---

# A heading is no piece

The bell hung in the *old* tower.
It rang by itself.

A turtle lived under it.
"""


def test_a_page_is_cut_into_its_paragraphs_and_each_names_the_page() -> None:
    assert parse_lore(PAGE) == (
        "The Bell: The bell hung in the old tower. It rang by itself.",
        "The Bell: A turtle lived under it.",
    )


def test_a_long_paragraph_is_cut_at_the_ends_of_sentences() -> None:
    pieces = parse_lore("---\ntitle: T\n---\n\n" + " ".join(f"“Sentence {n} goes on,” it said." for n in range(90)))
    assert len(pieces) > 3
    assert all(len(piece) <= PIECE and piece.endswith(".") for piece in pieces)
    assert "".join(piece.removeprefix("T: ") for piece in pieces).count("“") == 90


def test_a_sentence_without_an_end_is_cut_off() -> None:
    assert len(parse_lore("---\ntitle: T\n---\n\n" + "word " * 900)[0]) <= PIECE


def test_an_idea_brings_the_lore_that_speaks_of_it() -> None:
    pieces = ("Of umbrellas that come by air.", "Of a bell in a tower.", "Of soup and bread.")
    assert choose_lore(pieces, replace(make_brief(), idea="a bell that is lost"))[0] == pieces[1]


def test_a_place_brings_its_own_lore_and_strangers_bring_none() -> None:
    pieces = ("Of a harbour.", "The moles of Amber Hollow.", "Of soup.")
    assert choose_lore(pieces, make_brief()) == (pieces[1],)
    assert choose_lore(pieces[::2], make_brief()) == ()
    assert choose_lore((), make_brief()) == ()


def test_at_most_five_pieces_are_chosen_and_always_the_same() -> None:
    pieces = tuple(f"A fox in Amber Hollow, number {n}." for n in range(12))
    chosen = choose_lore(pieces, make_brief())
    assert len(chosen) == PIECES
    assert chosen == choose_lore(pieces, make_brief())


def test_the_lore_of_the_house_is_read_and_fit_for_the_youngest() -> None:
    pieces = read_lore(ROOT / "content" / "lore")
    assert len(pieces) >= 20
    assert all(len(piece) <= PIECE and not check_text(piece, AgeBand.YOUNG) for piece in pieces)


def test_a_broken_page_is_named(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("not read")
    (tmp_path / "bell.md").write_text("no front matter")
    with pytest.raises(ConfigError, match=r"content/lore/bell\.md: line 1"):
        read_lore(tmp_path)


def test_no_folder_means_no_lore(tmp_path: Path) -> None:
    assert read_lore(tmp_path / "lore") == ()
