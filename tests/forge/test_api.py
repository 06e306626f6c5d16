import random
from collections.abc import Callable
from typing import Any

import pytest

from generator.errors import ConfigError, PublishError, PublishRefused
from generator.forge.api import LONGEST_WAIT, TRIES, Forge, Missing, make_forge
from generator.forge.issues import may_write
from tests.fakes.github import TOKEN, Fault, GitHub

ASKING: list[Callable[[Forge], object]] = [
    lambda forge: forge.get("issues"),
    lambda forge: forge.send("POST", "issues", {"title": "t", "body": "b", "labels": []}),
]


def test_a_read_is_tried_again_while_github_is_in_trouble(hub: GitHub, forge: Forge, waits: list[float]) -> None:
    for what in ("500", "502", "503", "429", "reset", "lost", "garbage", "truncated", "huge"):
        hub.faults, hub.requests, waits[:] = [Fault("GET", "issues", what, times=TRIES - 1)], [], []
        assert forge.get("issues") == []
        assert (len(hub.requests), len(waits)) == (TRIES, TRIES - 1)
        assert waits == sorted(waits)
    hub.faults = [Fault("GET", "issues", "slow", times=1)]  # longer than an answer may take
    assert forge.get("issues") == []
    assert len(hub.requests) == TRIES + 2


@pytest.mark.parametrize("what", ["500", "reset", "lost", "garbage", "truncated", "429", "slow"])
def test_a_write_is_tried_once(hub: GitHub, forge: Forge, waits: list[float], what: str) -> None:
    hub.faults = [Fault("POST", "issues", what)]
    with pytest.raises(PublishError) as caught:
        ASKING[1](forge)
    assert not isinstance(caught.value, PublishRefused)
    assert (len(hub.requests), waits) == (1, [])


def test_github_is_given_up_after_so_many_tries(hub: GitHub, forge: Forge, waits: list[float]) -> None:
    for what in ("503", "reset", "garbage"):
        hub.faults, hub.requests = [Fault("GET", "issues", what)], []
        with pytest.raises(PublishError, match="GET issues") as caught:
            forge.get("issues")
        assert caught.value.exit_code == 4
        assert len(hub.requests) == TRIES


def test_the_wait_github_asks_for_is_kept(hub: GitHub, forge: Forge, waits: list[float]) -> None:
    hub.faults = [Fault("GET", "issues", "403", times=1, headers={"Retry-After": "7"})]
    assert forge.get("issues") == []
    assert 7 <= waits[0] <= 10.5


@pytest.mark.parametrize("headers", [{"Retry-After": "3600"}, {"X-RateLimit-Remaining": "0"}])
def test_a_longer_wait_is_left_to_the_next_run(
    hub: GitHub, forge: Forge, waits: list[float], headers: dict[str, str]
) -> None:
    hub.faults = [Fault("GET", "issues", "403", headers=headers)]
    with pytest.raises(PublishError) as caught:
        forge.get("issues")
    assert (caught.value.exit_code, waits, len(hub.requests)) == (4, [], 1)
    assert LONGEST_WAIT < 3600


@pytest.mark.parametrize(
    ("status", "hint"), [("401", "GITHUB_TOKEN"), ("403", "docs/requests.md"), ("422", "as it is")]
)
@pytest.mark.parametrize("ask", ASKING)
def test_what_a_person_has_to_mend_is_said_once_and_without_the_token(
    hub: GitHub, forge: Forge, status: str, hint: str, ask: Callable[[Forge], object]
) -> None:
    hub.faults = [Fault("*", "issues", status)]
    with pytest.raises(PublishRefused, match=f"with {status}: It is {status} for \\*\\*\\* ::error::x") as caught:
        ask(forge)
    assert caught.value.exit_code == 5
    assert hint in caught.value.hint
    assert TOKEN not in f"{caught.value} {caught.value.hint} {forge!r}"
    assert len(hub.requests) == 1


def test_what_is_not_there_is_an_error_of_its_own(forge: Forge) -> None:
    with pytest.raises(Missing, match="404: Not Found"):
        forge.get("nothing/of/the/kind")


def test_a_repository_that_has_moved_is_not_followed(hub: GitHub, forge: Forge) -> None:
    hub.faults = [Fault("GET", "issues", "301", headers={"Location": f"{hub.address}/elsewhere"})]
    with pytest.raises(PublishRefused, match="301") as caught:
        forge.get("issues")
    assert "GITHUB_REPOSITORY" in caught.value.hint
    assert len(hub.requests) == 1


def test_a_long_list_is_read_page_by_page_and_only_as_far_as_it_is_wanted(hub: GitHub, forge: Forge) -> None:
    for number in range(250):
        hub.open_issue(f"{number}")
    assert [row["body"] for row in forge.list("issues")] == [str(number) for number in reversed(range(250))]
    assert len(hub.requests) == 3
    next(iter(forge.list("issues")))
    assert len(hub.requests) == 4


def test_a_list_that_is_none_is_an_error(hub: GitHub, forge: Forge) -> None:
    hub.faults = [Fault("GET", "issues", "200", body={"message": "no list"})]
    with pytest.raises(PublishError, match="something else than a list"):
        list(forge.list("issues"))


@pytest.mark.parametrize(("role", "may"), [("admin", True), ("write", True), ("read", False), ("none", False)])
def test_only_who_may_write_is_a_maintainer(hub: GitHub, forge: Forge, role: str, may: bool) -> None:
    hub.permissions["somebody"] = role
    assert may_write(forge, "somebody") is may
    assert not may_write(forge, "nobody")
    assert not may_write(forge, "../../../user")


VARIABLES = {"GITHUB_REPOSITORY": "owner/tales", "GITHUB_TOKEN": TOKEN}


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"GITHUB_TOKEN": ""}, "GITHUB_TOKEN is not set"),
        ({"GITHUB_TOKEN": "a\nb"}, "GITHUB_TOKEN is not set, or is none"),
        ({"GITHUB_REPOSITORY": ""}, "GITHUB_REPOSITORY is not set"),
        ({"GITHUB_REPOSITORY": "owner"}, "'owner' is no repository"),
        ({"GITHUB_REPOSITORY": "owner/tales/../../user"}, "is no repository"),
        ({"GITHUB_API_URL": "http://api.example.org"}, "no address with https"),
        ({"GITHUB_API_URL": "ftp://api.example.org"}, "no address with https"),
        ({"GITHUB_API_URL": "https://me:secret@api.example.org"}, "no address with https"),
    ],
)
def test_variables_that_lead_nowhere_are_a_sentence(variables: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigError, match=words) as caught:
        make_forge(VARIABLES | variables, lambda _seconds: None, random.Random(1))
    assert TOKEN not in str(caught.value)


def test_githubs_own_address_is_asked_unless_told(hub: GitHub) -> None:
    make: Any = make_forge(VARIABLES, lambda _seconds: None, random.Random(1))
    assert make.base == "https://api.github.com"
