import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.archive import Archive
from generator.bundle import MADE, bundle_path
from generator.errors import ArchiveError
from generator.money.ledger import LEDGER, Book, Ledger, Record, State
from generator.money.spending import as_json, make_costs, read_all_calls, read_calls, read_entries, render_costs
from generator.story import Slot
from generator.values import to_json

NIGHT = Slot(date(2026, 11, 21))
PAID = Record(
    "k-1", "cover", "openai", "painter", "0" * 16, "2026-11-21T02:10:00+01:00", State.LANDED, reserved=100, cost=70
)
LOST = replace(PAID, id="k-2", state=State.FAILED, doubt=True, cost=100)
BEGUN = replace(PAID, id="k-3", state=State.SENT, cost=0)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "stories")


@pytest.fixture
def slots(tmp_path: Path) -> Path:
    return tmp_path / "slots"


def file(archive: Archive, slot: Slot, calls: Sequence[Record]) -> Path:
    folder = bundle_path(archive.stories, slot, "A story")
    folder.mkdir(parents=True)
    (folder / MADE).write_text(json.dumps({"calls": [to_json(call) for call in calls]}))
    return folder


def begin(slots: Path, slot: Slot, *calls: Record) -> Path:
    book = Book(slots / str(slot))
    book.write(Ledger(slot, records=calls))
    return book.folder


def total(archive: Archive, slots: Path, today: date = NIGHT.day) -> int:
    return sum(entry.amount for entry in {one.id: one for one in read_entries(archive, slots, today)}.values())


def test_what_is_filed_and_what_is_begun_counts_once(archive: Archive, slots: Path) -> None:
    assert total(archive, slots) == 0
    file(archive, NIGHT, [PAID, LOST])
    assert total(archive, slots) == 170
    begin(slots, NIGHT, PAID, LOST, BEGUN)
    assert total(archive, slots) == 270
    begin(slots, Slot(NIGHT.day, "0123abcd"), BEGUN)  # of another story
    assert total(archive, slots) == 370


def test_last_months_stories_may_hold_calls_of_this_month_and_older_ones_only_unfinished(
    archive: Archive, slots: Path
) -> None:
    file(archive, Slot(date(2026, 10, 31)), [PAID])
    old = Slot(date(2026, 9, 30))
    file(archive, old, [PAID])
    assert total(archive, slots) == 70
    begin(slots, old, PAID)
    assert total(archive, slots) == 140
    assert total(archive, slots, date(2027, 1, 5)) == 70
    file(archive, Slot(date(2026, 12, 24)), [PAID])
    assert total(archive, slots, date(2027, 1, 5)) == 140


def test_a_story_from_before_there_were_costs_has_none(archive: Archive, slots: Path) -> None:
    assert read_calls({}) == read_calls({"calls": []}) == ()
    folder = file(archive, NIGHT, [])
    (folder / MADE).write_text("{}")
    assert total(archive, slots) == 0
    assert list(read_all_calls(archive, slots)) == []


@pytest.mark.parametrize("calls", ['{"calls": {"a": 1}}', '{"calls": "x"}', '{"calls": [{"id": 1}]}', "{", "[]"])
def test_nothing_is_bought_while_a_record_cannot_be_read(archive: Archive, slots: Path, calls: str) -> None:
    folder = file(archive, NIGHT, [])
    (folder / MADE).write_text(calls)
    for read in (lambda: total(archive, slots), lambda: list(read_all_calls(archive, slots))):
        with pytest.raises(ArchiveError, match=f"{folder.name}/story.json: ") as caught:
            read()
        assert "from git" in caught.value.hint


@pytest.mark.parametrize("text", ["", "{", '{"slot": {"day": "2026-11-21"}, "records": [{"at": "never"}]}'])
def test_nothing_is_bought_while_a_ledger_cannot_be_read(archive: Archive, slots: Path, text: str) -> None:
    folder = begin(slots, NIGHT, PAID)
    (folder / LEDGER).write_text(text)
    for read in (lambda: total(archive, slots), lambda: list(read_all_calls(archive, slots))):
        with pytest.raises(ArchiveError, match="the ledger of 2026-11-21 cannot be read") as caught:
            read()
        assert caught.value.path == folder / LEDGER


def test_a_ledger_with_a_call_of_no_day_cannot_be_counted(archive: Archive, slots: Path) -> None:
    begin(slots, NIGHT, replace(PAID, at="yesterday"))
    with pytest.raises(ArchiveError, match="the ledger of 2026-11-21 cannot be read"):
        total(archive, slots)


def test_costs_are_summed_up_by_month_provider_and_model_the_newest_first(archive: Archive, slots: Path) -> None:
    file(archive, NIGHT, [PAID, LOST, replace(PAID, id="k-4", reserved=0, cost=0)])
    begin(slots, NIGHT, PAID, LOST)
    file(archive, Slot(date(2026, 11, 20)), [replace(PAID, cost=30), replace(PAID, id="p", provider="polly", cost=5)])
    file(archive, Slot(date(2026, 10, 20)), [replace(PAID, at="2026-10-20T02:00:00+02:00", cost=12_500)])
    calls = list(read_all_calls(archive, slots))
    costs = make_costs(calls)
    assert [(c.month, c.provider, c.model, c.calls, c.stories, c.spent, c.in_doubt) for c in costs] == [
        ("2026-11", "openai", "painter", 3, 2, 100, 100),
        ("2026-11", "polly", "painter", 1, 1, 5, 0),
        ("2026-10", "openai", "painter", 1, 1, 12_500, 0),
    ]
    assert make_costs(calls, "2026-10") == costs[2:]
    rows = json.loads(as_json(costs))
    assert rows[2] == {
        "month": "2026-10",
        "provider": "openai",
        "model": "painter",
        "calls": 1,
        "stories": 1,
        "spent": 0.0125,
        "in_doubt": 0,
    }
    assert rows[0]["in_doubt"] == 0.0001
    lines = render_costs(costs, 10_000_000).splitlines()
    assert len(lines) == 4
    assert "3 calls" in lines[0]
    assert "2 stories" in lines[0]
    assert lines[0].endswith("$0.0001  and $0.0001 in doubt")
    assert lines[2].endswith("$0.0125")
    assert lines[3] == "$0.012705 in all; the cap for a month is $10.00"


def test_without_purchases_there_is_nothing_to_sum_up() -> None:
    assert render_costs(make_costs([]), 10_000_000) == "Nothing was bought."
    assert json.loads(as_json(())) == []
