from functools import partial

import pytest

from generator import errors
from generator.money.retry import FIRST_WAIT, LONGEST_WAIT, TRIES, may_be_billed, wait_before_retry

said = {"provider": "cloud"}


@pytest.mark.parametrize("kind", [errors.NotSent, errors.RateLimited, errors.Ambiguous, errors.BadReply])
def test_what_may_pass_is_tried_again_after_a_growing_wait_and_not_for_ever(kind: type[errors.ProviderError]) -> None:
    waits = [wait_before_retry(kind("no", **said), tries, key="k") for tries in range(1, TRIES + 2)]
    assert waits[TRIES - 1 :] == [None, None]
    first, second = waits[0], waits[1]
    assert first is not None
    assert second is not None
    most = 2 if kind is errors.RateLimited else 1
    assert FIRST_WAIT / 2 <= first <= FIRST_WAIT * most
    assert FIRST_WAIT <= second <= 2 * FIRST_WAIT * most


@pytest.mark.parametrize(
    "kind",
    [
        errors.Unavailable,
        errors.Refused,
        errors.CredentialsMissing,
        errors.OutOfCredit,
        errors.Retired,
        errors.Pending,
        errors.BudgetExceeded,
    ],
)
def test_what_would_get_the_same_answer_is_not_tried_again(kind: type[errors.ProviderError]) -> None:
    assert wait_before_retry(kind("no", **said), 1, key="k") is None
    assert not may_be_billed(kind("no", **said))


def test_a_vendor_says_how_long_to_wait_but_not_for_hours() -> None:
    limited = partial(errors.RateLimited, "slow down", **said)
    assert wait_before_retry(limited(retry_after=7), 1, key="k") == 7
    assert wait_before_retry(limited(retry_after=0), 2, key="k") == 0
    assert wait_before_retry(limited(retry_after=LONGEST_WAIT), 1, key="k") == LONGEST_WAIT
    assert wait_before_retry(limited(retry_after=LONGEST_WAIT + 1), 1, key="k") is None


def test_what_runs_side_by_side_does_not_come_back_at_the_same_moment() -> None:
    waits = {wait_before_retry(errors.NotSent("no", **said), 1, key=f"k{n}") for n in range(20)}
    assert len(waits) == 20
    again = {wait_before_retry(errors.NotSent("no", **said), 1, key=f"k{n}") for n in range(20)}
    assert again == waits  # and a run that is repeated waits as long


@pytest.mark.parametrize(
    ("kind", "billed"),
    [
        (errors.NotSent, False),
        (errors.RateLimited, False),
        (errors.Ambiguous, True),
        (errors.BadReply, True),
    ],
)
def test_only_what_was_answered_or_may_have_been_is_on_the_bill(kind: type[errors.ProviderError], billed: bool) -> None:
    assert may_be_billed(kind("no", **said)) is billed
