from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.slots import due_slots, make_seed, request_slot
from generator.story import Slot

TODAY = date(2026, 3, 1)


def days(*back: int) -> set[date]:
    return {TODAY - timedelta(days=n) for n in back}


def test_the_first_night_of_an_archive_has_nothing_to_catch_up() -> None:
    assert due_slots(TODAY, set(), catch_up=3) == (Slot(TODAY),)


def test_a_night_that_is_told_is_not_due_again() -> None:
    assert due_slots(TODAY, days(0, 1, 2), catch_up=3) == ()


def test_missed_nights_come_first_and_only_the_latest_within_the_cap() -> None:
    told = days(9, 8)
    assert due_slots(TODAY, told, catch_up=2) == tuple(Slot(TODAY - timedelta(days=n)) for n in (2, 1, 0))
    assert due_slots(TODAY, told, catch_up=0) == (Slot(TODAY),)
    assert len(due_slots(TODAY, told, catch_up=31)) == 8
    assert due_slots(TODAY, days(9, 2, 1, 0), catch_up=2) == ()


def test_a_missed_night_is_due_even_when_tonight_is_told() -> None:
    assert due_slots(TODAY, days(0, 2), catch_up=3) == (Slot(TODAY - timedelta(days=1)),)


@given(st.sets(st.integers(0, 60)), st.integers(0, 31))
def test_due_nights_are_untold_in_order_and_never_in_the_future(back: set[int], catch_up: int) -> None:
    told = days(*back)
    due = [slot.day for slot in due_slots(TODAY, told, catch_up=catch_up)]
    assert due == sorted(set(due) - told)
    assert len(due) <= catch_up + 1
    assert all(day <= TODAY for day in due)
    assert (TODAY in due) == (TODAY not in told)
    assert due_slots(TODAY, told | set(due), catch_up=catch_up) == ()


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.text())
def test_a_slot_reads_back(day: date, request: str) -> None:
    for slot in (Slot(day), request_slot(day, request)):
        assert Slot.parse(str(slot)) == slot


@pytest.mark.parametrize(
    "text", ["", "2026-13-01", "2026-1-1", "2026-01-01-x-12", "2026-01-01-x-1234567g", "2026-02-30"]
)
def test_what_is_no_slot_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Slot.parse(text)


def test_a_seed_belongs_to_one_archive_and_one_slot() -> None:
    slots = [Slot(TODAY), Slot(TODAY - timedelta(days=1)), request_slot(TODAY, "a"), request_slot(TODAY, "b")]
    seeds = {make_seed(salt, slot) for salt in ("a", "b") for slot in slots}
    assert len(seeds) == 8
    assert make_seed("a", slots[0]) == make_seed("a", slots[0])
