import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ArchiveError
from generator.money.budget import Entry
from generator.money.ledger import (
    INBOX,
    LEDGER,
    STORY,
    Book,
    Ledger,
    Record,
    State,
    make_entries,
    make_key,
    merge_bytes,
    merge_ledgers,
    parse_ledger,
    render_ledger,
    role_of,
    settle_interrupted,
)
from generator.story import Slot
from tests.samples import make_brief, make_story

SLOT = Slot(date(2026, 11, 21))
KEY = "0123456789abcdef"
OTHER = "fedcba9876543210"
SENT = Record("k-1", "cover", "cloud", "m1", KEY, "2026-11-21T02:10:00+01:00", State.SENT, reserved=100)
ACCEPTED = replace(SENT, state=State.ACCEPTED, remote="remote-1")
LANDED = replace(SENT, state=State.LANDED, cost=70, units={"images": 1.0})
FREE = replace(SENT, state=State.FAILED, error="NotSent")
LOST = replace(SENT, state=State.FAILED, error="Ambiguous", doubt=True, cost=100)


def ledger(*records: Record) -> Ledger:
    return Ledger(SLOT, records=records)


def test_a_record_takes_the_place_of_its_earlier_state_and_keeps_the_order() -> None:
    first, second, third = (replace(SENT, id=name) for name in "abc")
    whole = ledger().put(first).put(second).put(third)
    assert whole.records == (first, second, third)
    done = replace(second, state=State.LANDED)
    assert whole.put(done).records == (first, done, third)
    assert whole.records == (first, second, third)


def test_an_asset_counts_as_paid_for_unless_it_surely_was_not() -> None:
    assert [one.billed for one in (SENT, ACCEPTED, LANDED, LOST, FREE)] == [True, True, True, True, False]
    several = ledger(LANDED, replace(LOST, id="2"), replace(FREE, id="3"))
    assert several.billed("cover", "cloud") == 2
    assert several.billed("scene-1", "cloud") == several.billed("cover", "other") == 0


def test_a_call_that_is_still_being_worked_on_is_found_by_its_request() -> None:
    other = replace(ACCEPTED, id="2", key=OTHER)
    assert ledger(LANDED, other, replace(ACCEPTED, id="3")).accepted(KEY) == replace(ACCEPTED, id="3")
    assert ledger(SENT, other, replace(LOST, id="4")).accepted(KEY) is None


def test_a_request_is_known_by_all_it_is_made_of_in_any_order_and_script() -> None:
    request = {"text": "a fox", "seed": 7, "who": {"name": "Łucja", "age": 6}}
    key = make_key("cover", "cloud", "m1", request)
    assert re.fullmatch("[0-9a-f]{16}", key)
    assert make_key("cover", "cloud", "m1", {"seed": 7, "who": {"age": 6, "name": "Łucja"}, "text": "a fox"}) == key
    others = {
        make_key("scene-1", "cloud", "m1", request),
        make_key("cover", "other", "m1", request),
        make_key("cover", "cloud", "m2", request),
        make_key("cover", "cloud", "m1", {**request, "seed": 8}),
        make_key("cover", "cloud", "m1", {**request, "who": {"name": "Lucja", "age": 6}}),
    }
    assert len(others | {key}) == 6


def test_the_key_of_a_request_is_the_same_for_ever() -> None:
    # Replies that were paid for lie under this name on somebody's disk.
    text = '["cover", "cloud", "m1", {"seed": 7, "text": "ein Füchslein"}]'
    expected = hashlib.sha256(text.encode()).hexdigest()[:16]
    assert make_key("cover", "cloud", "m1", {"text": "ein Füchslein", "seed": 7}) == expected


@pytest.mark.parametrize(
    ("step", "role"),
    [
        ("write-1", "write"),
        ("cover", "illustrate"),
        ("scene-12", "illustrate"),
        ("narrate-3-marks", "narrate"),
        ("moderate-text", "check"),
        ("voices", "check"),
    ],
)
def test_a_step_belongs_to_a_role(step: str, role: str) -> None:
    assert role_of(step) == role


@pytest.mark.parametrize(
    ("record", "spent", "in_doubt", "reserved"),
    [(SENT, 0, 0, 100), (ACCEPTED, 0, 0, 100), (LANDED, 70, 0, 0), (LOST, 0, 100, 0), (FREE, 0, 0, 0)],
)
def test_the_budget_counts_a_call_by_how_far_it_came(record: Record, spent: int, in_doubt: int, reserved: int) -> None:
    (entry,) = make_entries("2026-11-21", [record])
    assert entry == Entry("2026-11-21 k-1", "2026-11-21", date(2026, 11, 21), spent, in_doubt, reserved)


def test_what_was_interrupted_is_complete_if_it_landed_and_else_in_doubt_at_the_full_price() -> None:
    assert settle_interrupted(ledger(SENT), frozenset({KEY})) == ledger(replace(SENT, state=State.LANDED, cost=100))
    lost = replace(SENT, state=State.FAILED, error="Interrupted", doubt=True, cost=100)
    assert settle_interrupted(ledger(SENT), frozenset({OTHER})) == ledger(lost)
    assert settle_interrupted(ledger(ACCEPTED), frozenset()) == ledger(ACCEPTED)
    arrived = replace(ACCEPTED, state=State.LANDED, cost=100)
    assert settle_interrupted(ledger(ACCEPTED), frozenset({KEY})) == ledger(arrived)
    settled = ledger(LANDED, replace(FREE, id="2"), replace(LOST, id="3"))
    assert settle_interrupted(settled, frozenset({KEY})) == settled


records = st.builds(
    Record,
    id=st.sampled_from(["a", "b", "c"]),
    step=st.just("cover"),
    provider=st.just("cloud"),
    model=st.just("m1"),
    key=st.just(KEY),
    at=st.just("2026-11-21T02:10:00+01:00"),
    state=st.sampled_from(State),
    reserved=st.just(100),
    cost=st.sampled_from([0, 70, 100]),
    doubt=st.booleans(),
    error=st.sampled_from(["", "Interrupted", "NotSent"]),
    remote=st.sampled_from(["", "remote-1"]),
    units=st.sampled_from([{}, {"images": 1.0}]),
)
ledgers = st.builds(
    Ledger,
    slot=st.just(SLOT),
    records=st.lists(records, max_size=3, unique_by=lambda record: record.id).map(tuple),
    tries=st.integers(0, 3),
)


def by_id(one: Ledger) -> dict[str, Record]:
    return {record.id: record for record in one.records}


@given(ledgers, ledgers, ledgers)
def test_ledgers_that_meet_give_the_same_whoever_comes_first_and_how_often(
    one: Ledger, two: Ledger, three: Ledger
) -> None:
    both = merge_ledgers(one, two)
    assert by_id(both) == by_id(merge_ledgers(two, one))
    assert merge_ledgers(both, two) == merge_ledgers(both, both) == merge_ledgers(both, one) == both
    assert both.tries == max(one.tries, two.tries)
    left, right = merge_ledgers(both, three), merge_ledgers(one, merge_ledgers(two, three))
    assert by_id(left) == by_id(right)


@given(ledgers, ledgers)
def test_ledgers_that_meet_lose_no_call_and_no_bill(one: Ledger, two: Ledger) -> None:
    merged = by_id(merge_ledgers(one, two))
    assert merged.keys() == by_id(one).keys() | by_id(two).keys()
    for known in (*one.records, *two.records):
        assert not (known.state is State.LANDED and merged[known.id].state is not State.LANDED)
        assert not (known.state is merged[known.id].state and known.cost > merged[known.id].cost)


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (SENT, ACCEPTED),
        (SENT, LOST),
        (ACCEPTED, LOST),
        (LOST, LANDED),
        (FREE, LOST),
        (ACCEPTED, LANDED),
        (FREE, LANDED),
    ],
)
def test_of_the_same_call_the_state_that_is_further_on_stays(less: Record, more: Record) -> None:
    assert merge_ledgers(ledger(less), ledger(more)) == merge_ledgers(ledger(more), ledger(less)) == ledger(more)


def test_of_two_runs_at_a_slot_the_first_says_what_is_told() -> None:
    ours, theirs = Ledger(SLOT, make_brief(), (SENT,)), Ledger(SLOT, replace(make_brief(), seed=8), (LOST,))
    assert merge_ledgers(ours, theirs).brief == ours.brief
    assert merge_ledgers(ledger(), theirs).brief == theirs.brief
    # On a branch theirs were there before.
    merged = parse_ledger(merge_bytes(render_ledger(ours), render_ledger(theirs)))
    assert merged == Ledger(SLOT, theirs.brief, (LOST,))
    with pytest.raises(ValueError, match="Expecting value"):
        merge_bytes(render_ledger(ours), b"")


@given(ledgers)
def test_a_ledger_reads_back(found: Ledger) -> None:
    assert parse_ledger(render_ledger(found)) == found


def test_a_ledger_is_text_a_person_can_read() -> None:
    text = render_ledger(ledger(replace(SENT, model="Füchslein"))).decode()
    assert "Füchslein" in text
    assert text.endswith("}\n")
    assert text.count("\n") > 10


def test_a_ledger_that_cannot_be_counted_is_none() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        parse_ledger(render_ledger(ledger(replace(SENT, at="yesterday"))))


def test_an_empty_folder_has_an_empty_ledger_and_nothing_landed(tmp_path: Path) -> None:
    book = Book(tmp_path / "slots" / "2026-11-21")
    assert book.read(SLOT) == Ledger(SLOT)
    assert book.landed() == frozenset()
    assert list(book.find("cover", KEY)) == []
    assert book.read_story() is None
    book.close()
    assert list(tmp_path.iterdir()) == []


def test_a_book_keeps_ledger_replies_and_story_until_it_is_closed(tmp_path: Path) -> None:
    book = Book(tmp_path / "slots" / "2026-11-21")
    book.write(Ledger(SLOT, make_brief(), (LANDED,)))
    assert book.read(SLOT) == Ledger(SLOT, make_brief(), (LANDED,))
    book.land("cover", KEY, "webp", b"a fox")
    book.land("cover", OTHER, "json", b"an owl")
    book.land("scene-1", KEY, "png", b"a hare")
    assert list(book.find("cover", KEY)) == [(b"a fox", "webp")]
    assert list(book.find("scene-1", KEY)) == [(b"a hare", "png")]
    assert book.landed() == {KEY, OTHER}
    assert book.read_story() is None
    book.write_story(make_story("Łucja’s Lantern"))
    assert book.read_story() == make_story("Łucja’s Lantern")
    assert "Łucja" in (book.folder / STORY).read_text(encoding="utf-8")
    assert {path.name for path in book.folder.iterdir()} == {LEDGER, INBOX, STORY}
    book.close()
    assert list((tmp_path / "slots").iterdir()) == []


def test_the_runs_that_took_up_a_slot_are_counted(tmp_path: Path) -> None:
    book = Book(tmp_path)
    assert book.tries() == 0
    book.write(Ledger(SLOT, tries=3))
    assert book.tries() == 3
    (tmp_path / LEDGER).write_text("{")
    assert book.tries() == 0


def test_a_story_may_be_the_first_thing_that_is_kept(tmp_path: Path) -> None:
    book = Book(tmp_path / "slots" / "2026-11-21")
    book.write_story(make_story())
    assert book.read_story() == make_story()
    (book.folder / STORY).write_text("{")
    assert book.read_story() is None


def test_a_reply_that_is_not_what_its_name_says_is_removed(tmp_path: Path) -> None:
    book = Book(tmp_path)
    (tmp_path / INBOX).mkdir()
    book.land("cover", KEY, "webp", b"a fox")
    book.land("cover", KEY, "webp", b"a hare")
    whole, broken = (f"cover-{KEY}-{hashlib.sha256(body).hexdigest()}.webp" for body in (b"a fox", b"a hare"))
    (tmp_path / INBOX / broken).write_bytes(b"a hart")
    (tmp_path / INBOX / f"cover-{KEY}-short.webp").write_bytes(b"a fox")
    (tmp_path / INBOX / f"scene-1-{KEY}-short.webp").write_bytes(b"of another step")
    assert list(book.find("cover", KEY)) == [(b"a fox", "webp")]
    assert {path.name for path in (tmp_path / INBOX).iterdir()} == {whole, f"scene-1-{KEY}-short.webp"}


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"slot": 1}', b"\xff", json.dumps({"slots": {}}).encode()])
def test_a_ledger_that_cannot_be_read_is_named_with_what_to_do(tmp_path: Path, data: bytes) -> None:
    folder = tmp_path / "2026-11-21"
    folder.mkdir()
    (folder / LEDGER).write_bytes(data)
    with pytest.raises(ArchiveError, match=r"the ledger of 2026-11-21 cannot be read: .") as caught:
        Book(folder).read(SLOT)
    assert caught.value.path == folder / LEDGER
    assert "2026-11-21/ledger.json" in caught.value.hint
