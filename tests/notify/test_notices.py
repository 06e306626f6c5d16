"""What a notice allows, whatever the clock says."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.notify.channel import Fate, Outcome
from generator.notify.notices import (
    CLAIMED,
    DEAD,
    STATES,
    Claimant,
    Mark,
    Notice,
    claim,
    list_open,
    parse_notice,
    render_notice,
    settle,
)

NOW = datetime(2026, 11, 21, 19, tzinfo=UTC)
TAGS = st.lists(st.from_regex(r"\A[0-9a-f]{12}\Z"), max_size=3).map(tuple)
MARKS = st.builds(Mark, st.sampled_from(STATES), st.text("0123456789abcdef", max_size=16), st.text(max_size=30), TAGS)
NOTICES = st.builds(
    Notice,
    st.lists(st.sampled_from(("smtp", "sns")), max_size=2).map(tuple),
    st.dictionaries(st.sampled_from(("smtp", "sns", "webhook")), MARKS),
)


def who(by: str = "us", moment: datetime = NOW, *, resend: bool = False) -> Claimant:
    return Claimant(by, moment, resend)


def take(notice: Notice, claimant: Claimant, *, harmless: bool = False) -> Notice:
    return claim(notice, "smtp", claimant, ("smtp",), harmless=harmless)


@given(NOTICES)
def test_a_notice_is_read_as_it_was_written(notice: Notice) -> None:
    assert parse_notice(render_notice(notice)) == notice


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"channels": {"smtp": {"state": "odd"}}}', b"\xff"])
def test_what_is_no_notice_is_not_read_as_one(text: bytes) -> None:
    with pytest.raises(ValueError):
        parse_notice(text)


def test_who_claims_second_tells_nobody() -> None:
    first = take(Notice(), who("one"))
    assert take(first, who("two")) == first
    assert first.marks["smtp"].by == "one"


@pytest.mark.parametrize("hours", [-10_000, -1, 0, 1, 5])
def test_a_claim_holds_while_its_run_may_live_and_when_the_clock_was_put_back(hours: int) -> None:
    first = take(Notice(), who("one"))
    later = who("two", NOW + timedelta(hours=hours), resend=True)
    assert take(first, later) == first
    assert take(first, later, harmless=True) == first


def test_a_claim_in_doubt_is_taken_over_where_that_is_wanted_or_harmless() -> None:
    first = take(Notice(), who("one"))
    later = NOW + DEAD + timedelta(minutes=1)
    assert take(first, who("two", later)) == first
    assert take(first, who("two", later, resend=True)).marks["smtp"].by == "two"
    assert take(first, who("two", later), harmless=True).marks["smtp"].by == "two"
    odd = Notice(first.wanted, {"smtp": Mark(CLAIMED, "one", "not a time")})
    assert take(odd, who("two", later, resend=True)) == odd


@pytest.mark.parametrize("fate", [Fate.TOLD, Fate.DOUBT, Fate.REFUSED])
def test_what_is_settled_is_settled_for_ever(fate: Fate) -> None:
    done = settle(take(Notice(), who("one")), "smtp", who("one"), Outcome(fate))
    assert take(done, who("two", NOW + timedelta(days=400), resend=True)) == done


def test_only_who_claimed_settles() -> None:
    first = take(Notice(), who("one"))
    assert settle(first, "smtp", who("two"), Outcome(Fate.TOLD)) == first


def test_who_is_left_is_told_later() -> None:
    first = settle(take(Notice(), who("one")), "smtp", who("one"), Outcome(Fate.LATER, left=("ab",)))
    second = take(first, who("two"))
    assert second.marks["smtp"] == Mark(CLAIMED, "two", NOW.isoformat(timespec="seconds"), ("ab",))


def test_a_notice_is_open_for_the_channels_that_were_set_when_it_was_new() -> None:
    begun = claim(Notice(), "smtp", who("one"), ("smtp", "sns"), harmless=False)
    names = ("smtp", "sns", "webhook")
    assert list_open(None, names, who("two"), frozenset()) == names
    assert list_open(begun, names, who("two"), frozenset()) == ("sns",)
    assert list_open(Notice(), names, who("two"), frozenset()) == ()


@pytest.mark.parametrize("state", [state for state in STATES if state != Fate.LATER])
def test_what_one_way_of_mail_has_told_or_may_have_told_the_other_does_not_tell(state: str) -> None:
    told = Notice(("ses", "sns"), {"smtp": Mark(state, "us", NOW.isoformat())})
    assert list_open(told, ("ses", "sns"), who("two"), frozenset()) == ("sns",)
    assert claim(told, "ses", who("two"), ("ses",), harmless=False) is told


def test_whom_one_way_of_mail_could_not_reach_the_other_tells_and_nobody_else() -> None:
    later = Notice(("ses",), {"smtp": Mark(Fate.LATER, "us", NOW.isoformat(), ("0123456789ab",))})
    assert list_open(later, ("ses",), who("two"), frozenset()) == ("ses",)
    mark = claim(later, "ses", who("two"), ("ses",), harmless=False).marks["ses"]
    assert (mark.state, mark.left) == (CLAIMED, ("0123456789ab",))
