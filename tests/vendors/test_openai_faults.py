"""Every fault of a vendor and of a wire, through the real SDK: the class of the error, and how often it was asked."""

import json
import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

import httpx2
import pytest

from generator.errors import (
    Ambiguous,
    BadReply,
    CredentialsMissing,
    NotSent,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Refused,
    Retired,
    Unavailable,
)
from generator.illustrators.openai import OpenAIIllustrator
from generator.purchase import Purchase, Reply
from generator.vendors.openai import MOST_MEDIA, Unsupported, retry_after
from tests.fakes.clouds import Clouds
from tests.fakes.desk import PlainDesk
from tests.fakes.faults import Rule, Script, faults_of
from tests.fakes.records import CANARIES
from tests.fakes.tales import tell
from tests.samples import make_prompt
from tests.vendors.openai_setting import JOBS, HurriedDesk, make_desk

T = TypeVar("T")
CLASSES: dict[str, type[ProviderError]] = {
    "refuse": NotSent,
    "reset": Ambiguous,
    "close-after-accept": Ambiguous,
    "slow": Ambiguous,
    "empty": BadReply,
    "garbage": BadReply,
    "truncated": Ambiguous,
    "oversize": BadReply,
    "html": BadReply,
    "redirect": Unavailable,
    "400": Unsupported,
    "401": CredentialsMissing,
    "403": CredentialsMissing,
    "404": Unavailable,
    "408": Ambiguous,
    "429": RateLimited,
    "500": Ambiguous,
    "502": Ambiguous,
    "503": RateLimited,
    "504": Ambiguous,
    "model-gone": Retired,
    "quota": OutOfCredit,
    "refusal": Refused,
    "wrong-schema": BadReply,
    "cut": BadReply,
    "html-as-image": BadReply,
    "silent": BadReply,
    "short-sound": BadReply,
    "pixel-bomb": BadReply,
}
HARMLESS = {"prose", "fenced", "flag", "wav-stream"}
ENDLESS = {"drip"}  # no SDK ends it; the wall clock of the till does
CELLS = [(kind, fault) for kind in JOBS for fault in faults_of(kind) if fault not in HARMLESS | ENDLESS]


@pytest.fixture(scope="module")
def served() -> Iterator[Clouds]:
    with pytest.MonkeyPatch.context() as patch, Clouds() as clouds:
        for name in [name for name in os.environ if name.startswith("OPENAI_")]:
            patch.delenv(name)
        for name, value in clouds.environment("openai").items():
            patch.setenv(name, value)
        yield clouds


@pytest.fixture
def clouds(served: Clouds) -> Clouds:
    served.reset()
    return served


def expected_requests(kind: str, fault: str) -> int:
    """Once; again, at most once, for a request that was declined, not taken as it was, or a story to be mended."""
    if fault == "refuse":
        return 0
    writes, draws = kind == "openai.chat", kind == "openai.image"
    error = CLASSES[fault]
    again = (writes and error is BadReply) or ((writes or draws) and error in (Refused, Unsupported))
    return 2 if again else 1


@pytest.mark.parametrize(("kind", "fault"), CELLS)
def test_each_fault_is_one_class_of_error_and_one_request(clouds: Clouds, kind: str, fault: str) -> None:
    clouds.script = Script(Rule(kind, fault, 5 if fault == "slow" else None))
    desk = make_desk(clouds)
    if fault == "slow":
        desk = HurriedDesk(desk.settings, desk.environment)
    with pytest.raises(ProviderError) as caught:
        JOBS[kind](desk)
    assert type(caught.value) is CLASSES[fault] or type(caught.value).__mro__[1] is CLASSES[fault]
    assert caught.value.provider == "openai"
    assert len(clouds.requests) == expected_requests(kind, fault)
    assert CANARIES["OPENAI_API_KEY"] not in f"{caught.value.message} {caught.value.hint} {caught.value!r}"


def test_every_fault_of_the_script_has_its_class() -> None:
    faults = {fault for kind in JOBS for fault in faults_of(kind)}
    assert faults == CLASSES.keys() | HARMLESS | ENDLESS


def test_a_vendor_that_is_too_busy_says_when_to_come_back(clouds: Clouds) -> None:
    clouds.script = Script(Rule("openai.speech", "429", 7))
    with pytest.raises(RateLimited) as caught:
        JOBS["openai.speech"](make_desk(clouds))
    assert caught.value.retry_after == 7


def test_a_name_that_does_not_exist_is_not_reached() -> None:
    desk = PlainDesk({"base_url": "http://nowhere.invalid/v1"})
    with pytest.raises(NotSent):
        JOBS["openai.speech"](desk)


@pytest.mark.parametrize("address", ["ftp://127.0.0.1/v1", "http://[::1/v1"])
def test_an_address_that_is_none_is_not_reached(clouds: Clouds, address: str) -> None:
    with pytest.raises(ProviderError) as caught:
        JOBS["openai.speech"](make_desk(clouds, base_url=address))
    assert not isinstance(caught.value, Ambiguous | BadReply)
    assert clouds.requests == []


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("12", 12),
        ("0.5", 0.5),
        ("-3", 0),
        ("Sat, 21 Nov 2026 15:00:30 GMT", 30),
        ("Sat, 21 Nov 2026 14:00:00 GMT", 0),
        ("soon", None),
        ("inf", None),
        ("", None),
    ],
)
def test_the_time_to_wait_is_seconds_or_a_date(asked: str, seconds: float | None) -> None:
    answer = httpx2.Response(429, headers={"Retry-After": asked, "Date": "Sat, 21 Nov 2026 15:00:00 GMT"})
    assert retry_after(answer) == seconds


def serve_once(head: bytes, body: Iterator[bytes]) -> tuple[str, threading.Thread, list[int]]:
    """Answer one request with these bytes; the list holds how many were taken."""
    listener, sent = socket.create_server(("127.0.0.1", 0)), [0]

    def answer() -> None:
        with listener, listener.accept()[0] as guest:
            guest.settimeout(5)
            while b"\r\n\r\n" not in guest.recv(65536):
                pass
            try:
                guest.sendall(head)
                for part in body:
                    guest.sendall(part)
                    sent[0] += len(part)
            except OSError:
                pass

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}/v1", thread, sent


def test_an_answer_without_an_end_is_broken_off() -> None:
    part = b"10000\r\n" + b" " * 65536 + b"\r\n"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    address, thread, sent = serve_once(head, (part for _ in range(4000)))
    with pytest.raises(BadReply, match="30,000,000"):
        OpenAIIllustrator(PlainDesk({"base_url": address})).draw(make_prompt("cover"))
    thread.join(10)
    assert not thread.is_alive()
    assert sent[0] < 2 * MOST_MEDIA


@dataclass
class KeepingDesk(PlainDesk):
    """Keeps every reply as it was read."""

    kept: list[Reply] = field(default_factory=list)

    def buy(self, purchase: Purchase[T]) -> T:
        def read(reply: Reply) -> T:
            self.kept.append(reply)
            return purchase.read(reply)

        return super().buy(replace(purchase, read=read))


def test_a_link_instead_of_a_picture_is_not_followed(clouds: Clouds) -> None:
    body = b'{"created": 1, "data": [{"url": "%s/picture.png"}]}' % clouds.url("openai").encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    address, thread, _ = serve_once(head, iter((body,)))
    with pytest.raises(BadReply, match="links are not followed"):
        JOBS["openai.image"](PlainDesk({"base_url": address}))
    thread.join(10)
    assert clouds.requests == []


def test_tokens_that_nobody_counted_are_left_to_the_reservation() -> None:
    body = json.dumps({"model": "m", "choices": [{"message": {"content": tell({})}, "finish_reason": "stop"}]}).encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    address, thread, _ = serve_once(head, iter((body,)))
    desk = KeepingDesk({"base_url": address})
    JOBS["openai.chat"](desk)
    thread.join(10)
    assert [reply.units for reply in desk.kept] == [{}]


def test_a_packed_answer_is_not_unpacked() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\n"
    address, thread, _ = serve_once(head, iter((b"\x1f\x8b" + bytes(18),)))
    with pytest.raises(BadReply, match="packed"):
        JOBS["openai.image"](PlainDesk({"base_url": address}))
    thread.join(10)


@pytest.mark.parametrize(
    ("status", "error", "kind"),
    [
        (400, b'{"message": "The model x has been shut down.", "type": "invalid_request_error"}', Retired),
        (400, b'{"message": "Billing hard limit", "code": "billing_hard_limit_reached"}', OutOfCredit),
        (429, b'{"message": "no", "type": "insufficient_quota", "code": "credit_balance_exhausted"}', OutOfCredit),
        (402, b'{"message": "pay"}', OutOfCredit),
        (410, b'{"message": "gone"}', Retired),
        (404, b'{"message": "model \\"llama9\\" not found, try pulling it first"}', Retired),
        (404, b'{"message": "page not found"}', Unavailable),
        (403, b'{"message": "your organization must be verified", "code": null}', CredentialsMissing),
        (409, b'{"message": "conflict"}', RateLimited),
        (413, b'{"message": "too large"}', Unavailable),
        (400, b'{"message": "flagged by our usage policies", "code": "invalid_prompt"}', Refused),
        (418, b"[]", Unavailable),
        (529, b"null", Ambiguous),
    ],
)
def test_the_words_of_the_vendor_decide(status: int, error: bytes, kind: type[ProviderError]) -> None:
    body = b'{"error": ' + error + b"}"
    head = b"HTTP/1.1 %d No\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (status, len(body))
    address, thread, _ = serve_once(head, iter((body,)))
    with pytest.raises(ProviderError) as caught:
        JOBS["openai.speech"](PlainDesk({"base_url": address}))
    thread.join(10)
    assert type(caught.value) is kind
