"""The content security policy that `taleshelf infra aws` gives a site breaks nothing on it."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from generator.infra import read_aws_template
from tests.site.conftest import Visit

pytestmark = pytest.mark.browser

STORY = "stories/2026/11/21-the-lantern-that-stayed/"
Open = Callable[..., Visit]


def read_policy() -> str:
    found = re.search(r"ContentSecurityPolicy: >-\n((?:\s+.+\n)+?)\s+Override", read_aws_template())
    assert found
    return " ".join(found[1].split())


def open_guarded(visit: Open, address: str, policy: str) -> Visit:
    """Open a page through which every answer carries the policy."""
    seen = visit("about:blank")

    def guard(route: Any) -> None:
        reply = route.fetch()
        route.fulfill(response=reply, headers=reply.headers | {"content-security-policy": policy})

    seen.page.route(f"{address}**/*", guard)
    return seen


def test_reading_listening_and_searching_work_under_the_policy(visit: Open, address: str) -> None:
    seen = open_guarded(visit, address, read_policy())
    for path in ("", "calendar/", "offline/", STORY):
        seen.page.goto(address + path, wait_until="networkidle")
    with seen.page.expect_response("**/*.mp3"):
        seen.page.locator(".ts-player .ts-play").first.click()
    seen.page.goto(f"{address}find/", wait_until="networkidle")
    seen.page.get_by_label("What should the story be about?").fill("lantern")
    seen.page.locator(".ts-found__list a").first.wait_for()
    seen.page.wait_for_load_state("networkidle")
    assert seen.problems == []


def test_the_policy_is_obeyed_where_a_page_breaks_it(visit: Open, address: str) -> None:
    seen = open_guarded(visit, address, read_policy())
    seen.page.goto(address, wait_until="networkidle")
    seen.page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))"
    )
    assert seen.page.evaluate("window.ran") is None
    assert any("Content Security Policy" in problem for problem in seen.problems)
