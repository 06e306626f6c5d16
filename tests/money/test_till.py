import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from generator import errors
from generator.money.budget import Caps, Entry
from generator.money.ledger import INBOX, LEDGER, Book, Record, State
from generator.money.till import Stopped, Till
from generator.purchase import Call, Purchase
from generator.story import Slot
from tests.samples import make_story
from tests.tills import CAPS, NOW, PRICELESS, Vendor, make_fast_folder, open_over, order

SLOT = Slot(date(2026, 11, 21))
SAID = {"provider": "cloud"}
UNSURE = errors.Ambiguous("cut off", **SAID)
BUSY = errors.RateLimited("slow down", retry_after=0, **SAID)
LATER = errors.Pending("still at work", **SAID)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A slot's folder, in memory where that can be: every change is flushed."""
    root = make_fast_folder()
    yield root / "slot"
    shutil.rmtree(root)


def buy(till: Till, purchase: Purchase[bytes]) -> bytes:
    return till.desk({}).buy(purchase)


def on_disk(folder: Path) -> tuple[Record, ...]:
    return Book(folder).read(SLOT).records


def states(folder: Path) -> list[str]:
    return [record.state.value for record in on_disk(folder)]


def money(folder: Path) -> list[tuple[int, bool]]:
    return [(record.cost, record.doubt) for record in on_disk(folder)]


def test_a_reply_that_landed_is_never_bought_again(folder: Path) -> None:
    vendor = Vendor()
    till = open_over(folder)
    assert [buy(till, order(vendor)) for _ in range(3)] == [b"picture"] * 3
    assert buy(open_over(folder), order(vendor)) == b"picture"
    assert len(vendor.calls) == 1
    assert states(folder) == ["landed"]


def test_another_request_step_or_model_is_another_purchase(folder: Path) -> None:
    vendor = Vendor()
    till = open_over(folder)
    for purchase in (
        order(vendor),
        order(vendor, request="an owl"),
        order(vendor, "scene-1"),
        order(vendor, "scene-2", model="m2"),
    ):
        buy(till, purchase)
    assert len(vendor.calls) == 4
    assert len({record.key for record in on_disk(folder)}) == 4
    assert len({record.id for record in on_disk(folder)}) == 4


def test_a_call_is_on_the_disk_with_its_price_before_it_is_made(folder: Path) -> None:
    seen: list[Record] = []

    def send(call: Call) -> bytes:
        seen.extend(on_disk(folder))
        return b"picture"

    buy(open_over(folder), order(Vendor([send], bill={"images": 70}), price=100))
    (before,), (after,) = seen, on_disk(folder)
    assert (before.state, before.reserved, before.cost) == (State.SENT, 100, 0)
    assert (before.step, before.provider, before.model, before.at) == (
        "cover",
        "cloud",
        "m1",
        "2026-11-21T02:10:00+00:00",
    )
    assert (after.id, after.state, after.cost, after.units) == (before.id, State.LANDED, 70, {"images": 70.0})


def test_what_a_vendor_does_not_count_costs_what_was_reserved(folder: Path) -> None:
    till = open_over(folder)
    buy(till, order(Vendor()))
    buy(till, order(Vendor(bill={"wishes": 3}), "scene-1"))
    assert money(folder) == [(100, False)] * 2


def test_an_ambiguous_answer_is_asked_for_once_more(folder: Path) -> None:
    vendor = Vendor([UNSURE, b"picture"])
    assert buy(open_over(folder), order(vendor)) == b"picture"
    assert len(vendor.calls) == 2
    assert money(folder) == [(100, True), (100, False)]


def test_nothing_is_sent_a_third_time_whatever_the_run_the_request_or_the_price(folder: Path) -> None:
    vendor = Vendor([UNSURE])
    with pytest.raises(errors.Ambiguous):
        buy(open_over(folder), order(vendor))
    for till in (open_over(folder), open_over(folder)):
        for request in ("a fox", "a milder fox"):
            with pytest.raises(errors.BudgetExceeded, match="paid for 2 times"):
                buy(till, order(vendor, request=request, price=1))
    assert len(vendor.calls) == 2
    assert money(folder) == [(100, True)] * 2


def test_a_useless_reply_is_paid_for_and_bought_once_more(folder: Path) -> None:
    vendor = Vendor([b"bad"])
    with pytest.raises(errors.BadReply):
        buy(open_over(folder), order(vendor))
    assert len(vendor.calls) == 2
    assert money(folder) == [(100, True)] * 2
    assert not list((folder / INBOX).iterdir())


def test_a_writer_repairs_once_and_pays_for_no_third_draft(folder: Path) -> None:
    vendor = Vendor([b"bad"])
    desk = open_over(folder).desk({})
    for request in ("tell", "mend"):
        with pytest.raises(errors.BadReply):
            desk.buy(order(vendor, "write-1", request=request, again=False))
    assert len(vendor.calls) == 2
    with pytest.raises(errors.BadReply):
        desk.buy(order(vendor, "write-2", again=False))
    assert len(vendor.calls) == 2


@pytest.mark.parametrize("error", [errors.NotSent("nobody there", **SAID), BUSY])
def test_what_cost_nothing_is_tried_three_times_and_stays_free(folder: Path, error: errors.ProviderError) -> None:
    vendor = Vendor([error])
    with pytest.raises(type(error)):
        buy(open_over(folder), order(vendor))
    assert len(vendor.calls) == 3
    assert states(folder) == ["failed"] * 3
    assert money(folder) == [(0, False)] * 3
    assert {record.error for record in on_disk(folder)} == {type(error).__name__}
    again = Vendor([BUSY, BUSY, b"picture"])
    assert buy(open_over(folder), order(again)) == b"picture"


@pytest.mark.parametrize("kind", [errors.CredentialsMissing, errors.OutOfCredit, errors.Retired, errors.Unavailable])
def test_what_would_get_the_same_answer_is_asked_once_and_free(folder: Path, kind: type[errors.ProviderError]) -> None:
    vendor = Vendor([kind("no", **SAID)])
    with pytest.raises(kind):
        buy(open_over(folder), order(vendor))
    assert len(vendor.calls) == 1
    assert money(folder) == [(0, False)]


def test_a_call_that_never_returns_ends_at_its_deadline_and_stays_in_doubt(folder: Path) -> None:
    release = threading.Event()
    vendor = Vendor([lambda call: b"late" if release.wait(30) else b""])
    with pytest.raises(errors.Ambiguous, match=r"cover within 0\.2 seconds"):
        buy(open_over(folder), order(vendor, deadline=0.2))
    assert len(vendor.calls) == 2
    assert money(folder) == [(100, True)] * 2
    before = (folder / LEDGER).read_bytes()
    release.set()
    for thread in threading.enumerate():
        if thread.name == "call cover":
            thread.join(10)
    assert (folder / LEDGER).read_bytes() == before
    assert not list((folder / INBOX).iterdir())


def test_nothing_is_accepted_after_the_deadline(folder: Path) -> None:
    release, ended = threading.Event(), threading.Event()
    raised: list[BaseException] = []

    def send(call: Call) -> bytes:
        release.wait(30)
        try:
            call.accept("remote-1")
        except Stopped as error:
            raised.append(error)
        try:
            call.wait(60)
        except Stopped as error:
            raised.append(error)
        ended.set()
        raise LATER

    desk = open_over(folder).desk({})
    with pytest.raises(errors.Ambiguous):
        desk.buy(order(Vendor([send, UNSURE]), deadline=0.2))
    before = (folder / LEDGER).read_bytes()
    release.set()
    assert ended.wait(10)
    assert [type(error) for error in raised] == [Stopped, Stopped]
    assert (folder / LEDGER).read_bytes() == before
    assert states(folder) == ["failed", "failed"]


def test_a_call_sees_what_is_left_of_its_deadline(folder: Path) -> None:
    left: list[float] = []

    def send(call: Call) -> bytes:
        left.append(call.seconds)
        call.wait(0.05)
        left.append(call.seconds)
        return b"picture"

    buy(open_over(folder), order(Vendor([send]), deadline=30))
    assert 0 < left[1] <= left[0] - 0.05 < 30


def work(call: Call) -> bytes:
    """Order once, and be at work on it until asked again."""
    if call.remote:
        return b"picture"
    call.accept("remote-1")
    raise LATER


def test_what_a_vendor_is_still_at_work_on_stays_reserved_and_is_asked_for_by_the_next_run(folder: Path) -> None:
    vendor, kept = Vendor([work]), list[str]()
    with pytest.raises(errors.Pending):
        buy(open_over(folder, keep=lambda: kept.append(states(folder)[0])), order(vendor))
    (record,) = on_disk(folder)
    assert (record.state, record.remote, record.reserved) == (State.ACCEPTED, "remote-1", 100)
    assert kept == ["accepted"]
    assert buy(open_over(folder, caps=Caps(0, 0, 0)), order(vendor)) == b"picture"
    assert vendor.calls == ["", "remote-1"]
    (record,) = on_disk(folder)
    assert (record.state, record.remote, record.cost) == (State.LANDED, "remote-1", 100)


@pytest.mark.parametrize(
    "error",
    [
        LATER,
        BUSY,
        errors.NotSent("nobody there", **SAID),
        errors.CredentialsMissing("the key is gone", **SAID),
        errors.Unavailable("the SDK is gone", **SAID),
    ],
)
def test_what_keeps_us_from_asking_does_not_lose_what_was_accepted(folder: Path, error: errors.ProviderError) -> None:
    with pytest.raises(errors.Pending):
        buy(open_over(folder), order(Vendor([work])))
    with pytest.raises(type(error)):
        buy(open_over(folder), order(Vendor([error])))
    assert [(one.state, one.remote) for one in on_disk(folder)] == [(State.ACCEPTED, "remote-1")]
    assert buy(open_over(folder), order(vendor := Vendor([work]))) == b"picture"
    assert vendor.calls == ["remote-1"]


@pytest.mark.parametrize("error", [UNSURE, errors.BadReply("it came to nothing", **SAID)])
def test_what_was_accepted_and_is_lost_stays_on_the_bill_and_is_ordered_once_more(
    folder: Path, error: errors.ProviderError
) -> None:
    with pytest.raises(errors.Pending):
        buy(open_over(folder), order(Vendor([work])))
    vendor = Vendor([error, b"picture"])
    assert buy(open_over(folder), order(vendor)) == b"picture"
    assert vendor.calls == ["remote-1", ""]
    assert money(folder) == [(100, True), (100, False)]


def test_an_accepted_call_that_takes_too_long_is_pending(folder: Path) -> None:
    release = threading.Event()

    def send(call: Call) -> bytes:
        call.accept("remote-1")
        release.wait(30)
        return b"never"

    with pytest.raises(errors.Pending, match="within"):
        buy(open_over(folder), order(Vendor([send]), deadline=0.2))
    release.set()
    assert states(folder) == ["accepted"]


def test_a_pending_asset_does_not_keep_the_others_from_being_bought(folder: Path) -> None:
    desk = open_over(folder).desk({})
    with pytest.raises(errors.Pending):
        desk.buy(order(Vendor([work])))
    assert desk.buy(order(Vendor(), "scene-1")) == b"picture"


def test_declined_at_the_door_is_free_and_in_an_answer_it_is_not(folder: Path) -> None:
    till = open_over(folder)
    for step, answer in (("cover", errors.Refused("no", **SAID)), ("scene-1", b"no, in many words")):
        with pytest.raises(errors.Refused):
            buy(till, order(Vendor([answer]), step))
    assert money(folder) == [(0, False), (100, True)]


def test_a_refused_request_is_softened_once(folder: Path) -> None:
    vendor = Vendor([errors.Refused("no", **SAID)])
    desk = open_over(folder).desk({})
    for request in ("a fox", "a milder fox", "the mildest fox"):
        with pytest.raises(errors.Refused):
            desk.buy(order(vendor, request=request))
    assert len(vendor.calls) == 2
    with pytest.raises(errors.Refused):
        desk.buy(order(vendor, "scene-1"))
    assert len(vendor.calls) == 2


def test_a_refused_request_that_was_softened_may_still_be_repaired(folder: Path) -> None:
    vendor = Vendor([errors.Refused("no", **SAID), b"bad", b"a story"])
    desk = open_over(folder).desk({})
    for request, ends in (("tell", errors.Refused), ("tell mildly", errors.BadReply)):
        with pytest.raises(ends):
            desk.buy(order(vendor, "write-1", request=request, again=False))
    assert desk.buy(order(vendor, "write-1", request="mend", again=False)) == b"a story"


def test_a_server_that_cannot_do_what_is_asked_may_be_asked_more_plainly(folder: Path) -> None:
    vendor = Vendor([errors.Unavailable("no schemas here", **SAID)] * 2 + [b"a story"])
    desk = open_over(folder).desk({})
    for request in ("schema", "schema, too"):
        with pytest.raises(errors.Unavailable):
            desk.buy(order(vendor, "write-1", request=request, again=False))
    assert desk.buy(order(vendor, "write-1", request="plain", again=False)) == b"a story"


def test_where_one_of_eight_fails_the_others_spend_nothing_more(folder: Path) -> None:
    desk = open_over(folder).desk({})
    failed = threading.Event()
    first = errors.OutOfCredit("the account is empty", **SAID)
    vendors = {f"scene-{number}": Vendor() for number in range(1, 8)}

    def rest(step: str) -> bytes:
        assert failed.wait(30)
        return desk.buy(order(vendors[step], step))

    with ThreadPoolExecutor(8) as pool:
        rests = [pool.submit(rest, step) for step in vendors]
        with pytest.raises(errors.OutOfCredit):
            pool.submit(desk.buy, order(Vendor([first]))).result()
        failed.set()
        assert {one.exception() for one in rests} == {first}
    assert [vendor.calls for vendor in vendors.values()] == [[]] * 7
    assert states(folder) == ["failed"]


def test_who_waits_for_another_try_hears_of_a_failure_and_spends_nothing_more(folder: Path) -> None:
    desk = open_over(folder).desk({})
    asked = threading.Event()
    long = errors.RateLimited("slow down", retry_after=100, **SAID)

    def send(call: Call) -> bytes:
        asked.set()
        raise long

    waiting = Vendor([send])
    with ThreadPoolExecutor(1) as pool:
        rest = pool.submit(desk.buy, order(waiting))
        assert asked.wait(30)
        with pytest.raises(errors.Retired):
            desk.buy(order(Vendor([errors.Retired("gone", **SAID)]), "scene-1"))
        assert isinstance(rest.exception(30), errors.Retired)
    assert len(waiting.calls) == 1


def test_what_landed_is_given_out_by_a_closed_desk_too(folder: Path) -> None:
    desk = open_over(folder).desk({})
    desk.buy(order(Vendor()))
    desk.close(errors.Retired("gone", **SAID))
    desk.close(errors.OutOfCredit("a later reason", **SAID))
    assert desk.buy(order(Vendor([UNSURE]))) == b"picture"
    with pytest.raises(errors.Retired):
        desk.buy(order(Vendor(), "scene-1"))


def test_the_desk_of_another_provider_stays_open(folder: Path) -> None:
    till = open_over(folder)
    with pytest.raises(errors.Retired):
        buy(till, order(Vendor([errors.Retired("gone", **SAID)])))
    desk = till.desk({"quality": "low"})
    assert desk.buy(order(Vendor())) == b"picture"
    assert (desk.settings, desk.environment) == ({"quality": "low"}, {"CLOUD_KEY": "set"})


def test_a_run_that_is_stopped_waits_for_nobody_and_spends_nothing_more(folder: Path) -> None:
    till = open_over(folder)
    sent, release = threading.Barrier(3), threading.Event()

    def send(call: Call) -> bytes:
        sent.wait(30)
        release.wait(30)
        return b"too late"

    with ThreadPoolExecutor(2) as pool:
        desk = till.desk({})
        calls = [pool.submit(desk.buy, order(Vendor([send]), step)) for step in ("cover", "scene-1")]
        sent.wait(30)
        till.stop()
        assert [type(call.exception(30)) for call in calls] == [Stopped, Stopped]
    for other in (desk, till.desk({})):
        vendor = Vendor()
        with pytest.raises(Stopped):
            other.buy(order(vendor, "scene-2"))
        assert not vendor.calls
    assert states(folder) == ["sent", "sent"]
    release.set()
    open_over(folder)
    assert money(folder) == [(100, True)] * 2
    assert [record.error for record in on_disk(folder)] == ["Interrupted"] * 2


DAY = date(2026, 11, 21)
SPENT = {
    "story": [Entry("a", "2026-11-21", date(2026, 10, 30), spent=950)],
    "day": [Entry("a", "2026-11-20", DAY, in_doubt=1_950)],
    "month": [Entry("a", "2026-11-01", date(2026, 11, 1), reserved=8_950)],
}


@pytest.mark.parametrize("cap", SPENT)
def test_over_a_cap_nothing_is_sent_and_the_cap_is_named(folder: Path, cap: str) -> None:
    vendor = Vendor()
    desk = open_over(folder, elsewhere=SPENT[cap]).desk({})
    assert desk.buy(order(vendor, "scene-1", price=50)) == b"picture"
    with pytest.raises(
        errors.BudgetExceeded, match=f"cover is not bought: it may cost .* for a {cap} are gone"
    ) as caught:
        desk.buy(order(vendor, price=51))
    assert "[money]" in caught.value.hint
    assert len(vendor.calls) == 1
    with pytest.raises(errors.BudgetExceeded):
        desk.buy(order(vendor, "scene-2", price=0))  # the others are of no use without it
    assert len(vendor.calls) == 1


def test_what_is_being_bought_counts_before_it_has_come(folder: Path) -> None:
    till = open_over(folder, caps=Caps(150, 2_000, 9_000))
    tried: list[str] = []

    def send(call: Call) -> bytes:
        with pytest.raises(errors.BudgetExceeded) as caught:
            buy(till, order(Vendor(), "scene-1", price=51))
        tried.append(caught.value.message)
        return b"picture"

    buy(till, order(Vendor([send], bill={"images": 10}), price=100))
    assert len(tried) == 1
    assert buy(till, order(Vendor(), "scene-1", price=140)) == b"picture"


def test_a_model_without_a_price_is_not_used(folder: Path) -> None:
    vendor = Vendor()
    with pytest.raises(errors.BudgetExceeded, match="nobody knows what 'priceless' costs"):
        buy(open_over(folder), order(vendor, model=PRICELESS))
    assert not vendor.calls
    assert not on_disk(folder)


def test_a_free_call_needs_no_price_and_is_under_no_cap(folder: Path) -> None:
    kept: list[int] = []
    till = open_over(folder, caps=Caps(0, 0, 0), keep=lambda: kept.append(1))
    vendor = Vendor([b"bad", b"bad", b"fine"])
    assert buy(till, order(vendor, "moderate-text", price=0, model=PRICELESS)) == b"fine"
    assert len(vendor.calls) == 3
    assert money(folder) == [(0, False)] * 3
    assert not kept


def test_whatever_was_paid_for_is_kept_at_once(folder: Path) -> None:
    kept: list[list[str]] = []
    till = open_over(folder, keep=lambda: kept.append(states(folder)))
    buy(till, order(Vendor()))
    buy(till, order(Vendor(), "scene-1"))
    assert kept == [["landed"], ["landed", "landed"]]


def test_a_broken_reply_on_the_disk_is_removed_and_bought_once_more_at_most(folder: Path) -> None:
    vendor = Vendor()
    buy(open_over(folder), order(vendor))
    for bought in (2, 2):
        (landed,) = (folder / INBOX).iterdir()
        landed.write_bytes(bytes([landed.read_bytes()[0] ^ 1]) + landed.read_bytes()[1:])
        till = open_over(folder)
        if len(vendor.calls) < bought:
            assert buy(till, order(vendor)) == b"picture"
    with pytest.raises(errors.BudgetExceeded):
        buy(open_over(folder), order(vendor))
    assert not list((folder / INBOX).iterdir())
    assert len(vendor.calls) == 2


def test_a_kept_reply_that_nobody_can_read_any_more_is_bought_once_more(folder: Path) -> None:
    buy(open_over(folder), order(Vendor([b"old ways"])))

    def read(reply: object) -> bytes:
        if getattr(reply, "body", b"") == b"old ways":
            raise errors.BadReply("not as we read it today", **SAID)
        return b"new"

    vendor = Vendor([b"new ways"])
    for _ in range(2):
        assert buy(open_over(folder), order(vendor, read=read)) == b"new"
    assert len(vendor.calls) == 1


def test_without_a_ledger_nothing_is_bought(folder: Path) -> None:
    till, vendor = open_over(folder), Vendor()
    (folder / f".{LEDGER}.new").mkdir()
    with pytest.raises(errors.ArchiveError, match="the ledger of 2026-11-21 cannot be written") as caught:
        buy(till, order(vendor))
    assert caught.value.path == folder
    assert not vendor.calls
    with pytest.raises(errors.ArchiveError, match="slot cannot be written"):
        open_over(folder)


def test_a_reply_that_cannot_be_kept_is_a_failure_of_the_archive_and_stays_in_doubt(folder: Path) -> None:
    till, vendor = open_over(folder), Vendor()

    def send(call: Call) -> bytes:
        (folder / INBOX).rmdir()
        (folder / INBOX).write_text("in the way")
        return b"picture"

    with pytest.raises(errors.ArchiveError, match="the answer for cover cannot be kept"):
        buy(till, order(Vendor([send])))
    (folder / INBOX).unlink()
    till = open_over(folder)
    assert money(folder) == [(100, True)]
    assert buy(till, order(vendor)) == b"picture"


def test_a_reply_that_cannot_be_read_from_the_disk_is_not_bought_anew(folder: Path) -> None:
    till, vendor = open_over(folder), Vendor()
    buy(till, order(vendor))
    (landed,) = (folder / INBOX).iterdir()
    landed.unlink()
    landed.mkdir()
    with pytest.raises(errors.ArchiveError, match="the answer for cover cannot be read"):
        buy(till, order(vendor))
    assert len(vendor.calls) == 1


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from generator.errors import ArchiveError
from tests.tills import Vendor, open_over, order
folder, vendor = Path(sys.argv[1]), Vendor()
till = open_over(folder)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ((folder / "ledger.json").stat().st_size,) * 2)
try:
    till.desk({}).buy(order(vendor))
except ArchiveError as error:
    print(error.message, error.hint, len(vendor.calls))
"""


def test_on_a_full_disk_nothing_is_sent_and_the_ledger_stays_whole(folder: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", FULL_DISK, str(folder)], capture_output=True, text=True, check=True)
    assert "cannot be written" in ran.stdout
    assert "make room" in ran.stdout
    assert ran.stdout.split()[-1] == "0"
    assert on_disk(folder) == ()


def test_the_brief_of_the_first_run_stays(folder: Path) -> None:
    first = open_over(folder).ledger.brief
    assert first
    again = open_over(folder).ledger
    assert (again.brief, again.tries) == (first, 2)
    kept = json.loads((folder / LEDGER).read_bytes())
    kept["brief"]["seed"] = 99
    (folder / LEDGER).write_text(json.dumps(kept))
    brief = open_over(folder).ledger.brief
    assert brief
    assert brief.seed == 99


def test_a_story_is_kept_or_the_archive_says_why(folder: Path) -> None:
    till = open_over(folder)
    till.keep_story(make_story())
    assert till.book.read_story() == make_story()
    (folder / ".story.json.new").mkdir()
    with pytest.raises(errors.ArchiveError, match="the story cannot be kept"):
        till.keep_story(make_story("Another"))
    assert till.book.read_story() == make_story()


def test_a_bug_of_a_provider_is_no_failure_of_its_vendor_and_stays_in_doubt(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        buy(open_over(folder), order(Vendor([ZeroDivisionError()])))
    open_over(folder)
    assert money(folder) == [(100, True)]


def test_tests_hear_of_every_point_where_a_crash_matters(folder: Path) -> None:
    points: list[str] = []
    buy(open_over(folder, reach=points.append), order(Vendor(), "narrate-2"))
    assert points == ["narrate.reserved", "narrate.answered", "narrate.landed"]
    points.clear()
    with pytest.raises(errors.Pending):
        buy(open_over(folder, reach=points.append), order(Vendor([work]), "scene-1"))
    assert points == ["illustrate.reserved", "accepted"]


def test_the_day_of_a_call_is_the_day_it_was_made(folder: Path) -> None:
    late = datetime(2026, 12, 1, 0, 1, tzinfo=UTC)
    full = [Entry("a", "2026-11-30", date(2026, 11, 30), spent=CAPS.month)]
    assert buy(open_over(folder, now=late, elsewhere=full), order(Vendor())) == b"picture"
    assert on_disk(folder)[0].at == "2026-12-01T00:01:00+00:00"
    with pytest.raises(errors.BudgetExceeded):
        buy(open_over(folder, now=NOW, elsewhere=full), order(Vendor(), "scene-1"))


def test_side_by_side_every_call_is_on_record(folder: Path) -> None:
    till = open_over(folder, caps=Caps(1_000, 2_000, 9_000))
    desk = till.desk({})

    def send(call: Call) -> bytes:
        call.wait(0.01)
        return b"picture"

    with ThreadPoolExecutor(8) as pool:
        vendors = [Vendor([send]) for _ in range(10)]
        ends = [pool.submit(desk.buy, order(vendor, f"scene-{n}")) for n, vendor in enumerate(vendors)]
        assert [end.result() for end in ends] == [b"picture"] * 10
    assert states(folder) == ["landed"] * 10
    assert on_disk(folder) == till.calls
