"""Expressions mean here what they mean to GitHub; and what is not known is an error."""

import pytest

from tests.rehearsal.expressions import Open, Scope, Unknown, contains, decide, evaluate, fill, form

SCOPE = Scope(
    {
        "github": {"event_name": "schedule", "event": {"label": {"name": "tell"}}},
        "inputs": {"commit": "", "published": False, "delivery": "s3"},
        "needs": {"build": {"result": "success", "outputs": Open(commit="abc")}, "s3": {"result": "skipped"}},
        "vars": Open(),
        "env": Open(ARRIVED="true"),
    },
    {
        "contains": contains,
        "format": form,
        "success": lambda: True,
        "failure": lambda: False,
        "always": lambda: True,
        "cancelled": lambda: False,
    },
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("github.event_name == 'SCHEDULE'", True),
        ("inputs.commit != '' && !inputs.published", False),
        ("inputs.commit || github.event_name", "schedule"),
        ("inputs.published == 'true'", False),
        ("inputs.delivery == 'branch' || inputs.delivery == 's3'", True),
        ("contains(needs.*.result, 'skipped')", True),
        ("!contains(needs.*.result, 'failure') && !contains(needs.*.result, 'cancelled')", True),
        ("vars.NOTHING != ''", False),
        ("(failure() || env.ARRIVED != 'true')", False),
        ("needs.build.outputs.nothing", None),
        ("null == ''", True),
        ("'it''s'", "it's"),
        ("3 == '3'", True),
        ("github.event_name == 'push' && 'a' || format('b-{0}', inputs.delivery)", "b-s3"),
    ],
)
def test_an_expression_has_the_value_it_has_on_github(text: str, value: object) -> None:
    assert evaluate(text, SCOPE) == value


@pytest.mark.parametrize(
    "text",
    ["nothing.x", "needs.nobody.result", "inputs.other", "hashFiles('x')", "github.actor", "1 > 2", "a &", "(true", ""],
)
def test_what_is_not_known_is_an_error(text: str) -> None:
    with pytest.raises(Unknown):
        evaluate(text, SCOPE)


def test_a_text_is_filled_and_a_lone_expression_keeps_its_type() -> None:
    assert fill("site-${{ needs.build.outputs.commit }}", SCOPE) == "site-abc"
    assert fill("${{ inputs.published }}", SCOPE) is False
    assert fill("${{ 'a' }}-${{ 'b' }}", SCOPE) == "a-b"
    assert fill(7, SCOPE) == 7


def test_a_condition_that_asks_for_no_status_wants_success() -> None:
    failed = Scope(SCOPE.contexts, {**SCOPE.functions, "success": lambda: False, "failure": lambda: True})
    assert decide(None, SCOPE)
    assert not decide(None, failed)
    assert not decide("inputs.delivery == 's3'", failed)
    assert decide("${{ !cancelled() }}", failed)
    assert decide("always()", failed)
    assert not decide("${{ always() && inputs.commit != '' }}", failed)
