"""The Replicate illustrator through the real SDK, against a real server that goes wrong on demand."""

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from generator.errors import (
    Ambiguous,
    BadReply,
    CredentialsMissing,
    NotSent,
    OutOfCredit,
    Pending,
    ProviderError,
    RateLimited,
    Refused,
    Retired,
    Unavailable,
)
from generator.illustrators.replicate import MODEL, ReplicateIllustrator, make_inputs
from generator.money.budget import Caps
from generator.money.ledger import Book
from generator.money.prices import load_prices
from generator.money.till import open_till
from generator.outside import Outside
from generator.purchase import Desk, Purchase
from generator.story import Character, Figure, PicturePrompt, Place
from generator.vendors.replicate import parse_reference, translate
from tests.fakes.clouds import CANARIES, Clouds
from tests.fakes.desk import PlainCall, PlainDesk
from tests.fakes.faults import Rule, Script
from tests.samples import make_brief

PROMPT = PicturePrompt(
    "scene-1",
    "A small fox holds up a lantern by the river.",
    "A fox with a lantern",
    Place("mill", "the Old Mill", "river"),
    (Figure(Character("pip", "Pip", "fox", look="a small red fox in a blue scarf")),),
    seed=2**40 + 77,
)


@pytest.fixture(scope="module")
def server() -> Iterator[Clouds]:
    with Clouds() as clouds:
        yield clouds


@pytest.fixture
def clouds(server: Clouds, monkeypatch: pytest.MonkeyPatch) -> Clouds:
    server.reset()
    for name, value in server.environment("replicate").items():
        monkeypatch.setenv(name, value)
    return server


def open_desk(clouds: Clouds, **more: object) -> PlainDesk:
    return PlainDesk(environment=clouds.environment("replicate"), **more)  # type: ignore[arg-type]


@dataclass
class QuickCall(PlainCall):
    """An attempt whose clock runs with what it waits for."""

    accepted: list[str] = field(default_factory=list)

    def wait(self, seconds: float) -> None:
        self.seconds = max(0.001, self.seconds - seconds)


class Noted(Exception):
    """What is to be bought was noted."""


class NotingDesk(PlainDesk):
    """A desk that notes what is to be bought and buys nothing."""

    def buy(self, purchase: Purchase[object]) -> object:
        self.bought.append(purchase)
        raise Noted


def order(clouds: Clouds) -> Purchase[object]:
    """Return what the illustrator would buy."""
    desk = NotingDesk(environment=clouds.environment("replicate"))
    with pytest.raises(Noted):
        ReplicateIllustrator(desk).draw(PROMPT)
    return desk.bought[0]


def test_a_picture_is_ordered_once_waited_for_and_fetched(clouds: Clouds) -> None:
    desk = open_desk(clouds)
    picture = ReplicateIllustrator(desk).draw(PROMPT)
    assert (picture.width, picture.height) == (1152, 864)
    assert picture.credit.model == "black-forest-labs/flux-schnell:c846a699"
    kinds = [record.kind for record in clouds.requests]
    assert kinds[0] == "replicate.create"
    assert kinds[-1] == "replicate.file"
    assert set(kinds[1:-1]) == {"replicate.poll"}
    assert len(desk.calls[0].accepted) == 1
    body = clouds.requests[0].body
    assert isinstance(body, dict)
    assert body["version"] == MODEL.partition(":")[2]
    assert body["input"]["seed"] == 77
    assert body["input"]["aspect_ratio"] == "4:3"
    assert body["input"]["disable_safety_checker"] is False
    assert "a small red fox in a blue scarf" in body["input"]["prompt"]
    assert desk.bought[0].units == {"images": 1}


def test_the_id_is_written_down_before_anybody_waits(clouds: Clouds) -> None:
    purchase = order(clouds)
    call = QuickCall(seconds=100)
    asked: list[int] = []
    accept = call.accepted.append

    class Noting(QuickCall):
        def accept(self, remote: str) -> None:
            asked.append(len(clouds.requests))
            accept(remote)

    purchase.send(Noting(seconds=100))
    assert asked == [1]
    assert len(call.accepted) == 1


def test_a_prediction_that_was_ordered_is_asked_for_and_not_paid_again(clouds: Clouds) -> None:
    purchase = order(clouds)
    first = QuickCall(seconds=100)
    clouds.state.polls = 10_000
    with pytest.raises(Pending, match="PROCESSING"):
        purchase.send(first)
    assert first.seconds < 10  # it was waited for as long as there was time
    clouds.state.polls = 1
    reply = purchase.send(QuickCall(seconds=100, remote=first.accepted[0]))
    assert purchase.read(reply) is not None
    assert clouds.paid() == 1


def test_a_run_that_finds_an_order_in_the_ledger_fetches_it_and_pays_nothing(clouds: Clouds, tmp_path: Path) -> None:
    def open_desk_again() -> Desk:
        outside = Outside(
            moment=lambda: datetime.now(UTC),
            clock=time.monotonic,
            sleep=time.sleep,
            rng=Random(7),
            environment=clouds.environment("replicate"),
        )
        caps = Caps(1_000_000, 1_000_000, 1_000_000)
        till = open_till(
            Book(tmp_path),
            make_brief(),
            caps=caps,
            prices=load_prices(),
            elsewhere=(),
            outside=outside,
            keep=lambda: None,
        )
        return till.desk({})

    clouds.script = Script(Rule("replicate.poll", "401"))
    with pytest.raises(Pending):
        ReplicateIllustrator(open_desk_again()).draw(PROMPT)
    clouds.script = Script()
    assert ReplicateIllustrator(open_desk_again()).draw(PROMPT).width == 1152
    records = Book(tmp_path).read(make_brief().slot).records
    assert [(one.state, one.cost, one.step) for one in records] == [("landed", 3_000, "scene-1")]
    asked = len(clouds.requests)
    assert ReplicateIllustrator(open_desk_again()).draw(PROMPT).width == 1152
    assert len(clouds.requests) == asked  # the reply that landed is read again
    assert clouds.paid() == 1


def test_a_prediction_the_vendor_does_not_know_is_lost(clouds: Clouds) -> None:
    purchase = order(clouds)
    with pytest.raises(Ambiguous, match="any more"):
        purchase.send(QuickCall(seconds=100, remote="rp-long-gone"))
    assert clouds.paid() == 0


@pytest.mark.parametrize(
    ("fault", "argument", "error"),
    [
        ("400", None, Unavailable),
        ("401", None, CredentialsMissing),
        ("403", None, CredentialsMissing),
        ("404", None, Retired),
        ("408", None, Ambiguous),
        ("429", 7, RateLimited),
        ("500", None, Ambiguous),
        ("502", None, Ambiguous),
        ("503", 3, RateLimited),
        ("504", None, Ambiguous),
        ("model-gone", None, Retired),
        ("refusal", "error", Refused),
        ("quota", None, OutOfCredit),
        ("wrong-schema", None, Ambiguous),
        ("refuse", None, NotSent),
        ("reset", None, Ambiguous),
        ("close-after-accept", None, Ambiguous),
        ("empty", None, Ambiguous),
        ("garbage", None, Ambiguous),
        ("truncated", None, Ambiguous),
        ("oversize", None, Ambiguous),
        ("html", None, Ambiguous),
        ("redirect", None, Unavailable),
    ],
)
def test_every_fault_of_an_order_has_its_own_error(
    clouds: Clouds, fault: str, argument: object, error: type[ProviderError]
) -> None:
    purchase = order(clouds)
    clouds.script = Script(Rule("replicate.create", fault, argument))
    with pytest.raises(error) as raised:
        purchase.send(QuickCall(seconds=100))
    assert type(raised.value) is error
    assert clouds.paid() <= 1
    assert CANARIES["REPLICATE_API_TOKEN"] not in f"{raised.value.message} {raised.value.hint}"
    if isinstance(raised.value, RateLimited):
        assert raised.value.retry_after == argument


@pytest.mark.parametrize(
    "fault", ["429", "500", "503", "reset", "garbage", "truncated", "wrong-schema", "html", "empty"]
)
def test_a_question_that_goes_wrong_is_asked_again_and_costs_nothing(clouds: Clouds, fault: str) -> None:
    purchase = order(clouds)
    clouds.script = Script(Rule("replicate.poll", fault, on=(1, 2)))
    purchase.send(QuickCall(seconds=100))
    assert clouds.paid() == 1
    assert sum(record.kind == "replicate.poll" for record in clouds.requests) >= 3


@pytest.mark.parametrize("fault", ["429", "500", "close-after-accept", "401", "quota", "garbage"])
def test_a_question_that_is_never_answered_is_left_to_the_next_run(clouds: Clouds, fault: str) -> None:
    purchase = order(clouds)
    clouds.script = Script(Rule("replicate.poll", fault))
    with pytest.raises(Pending):
        purchase.send(QuickCall(seconds=100))
    assert sum(record.kind == "replicate.poll" for record in clouds.requests) <= 6


@pytest.mark.parametrize(
    ("rule", "error"),
    [
        (Rule("replicate.poll", "refusal"), Refused),
        (Rule("replicate.poll", "failed", "CUDA out of memory"), BadReply),
        (Rule("replicate.poll", "failed", "Output flagged by the safety checker"), Refused),
        (Rule("replicate.poll", "foreign", "http://169.254.169.254/latest/meta-data/"), BadReply),
        (Rule("replicate.poll", "foreign", "https://replicate.delivery.example.net/out.png"), BadReply),
        (Rule("replicate.poll", "404"), Ambiguous),
        (Rule("replicate.file", "404"), BadReply),
        (Rule("replicate.file", "redirect"), BadReply),
        (Rule("replicate.file", "oversize"), BadReply),
        (Rule("replicate.file", "500"), Pending),
        (Rule("replicate.file", "reset"), Pending),
        (Rule("replicate.file", "truncated"), Pending),
        (Rule("replicate.file", "refuse", after="replicate.poll"), Pending),
    ],
)
def test_a_prediction_that_comes_to_nothing_says_why(clouds: Clouds, rule: Rule, error: type[ProviderError]) -> None:
    purchase = order(clouds)
    clouds.script = Script(rule)
    with pytest.raises(error) as raised:
        purchase.send(QuickCall(seconds=100))
    assert type(raised.value) is error
    assert clouds.paid() == 1


@pytest.mark.parametrize("fault", ["html-as-image", "pixel-bomb", "empty", "garbage", "html"])
def test_a_file_that_is_no_picture_is_not_accepted(clouds: Clouds, fault: str) -> None:
    purchase = order(clouds)
    clouds.script = Script(Rule("replicate.file", fault))
    reply = purchase.send(QuickCall(seconds=100))
    with pytest.raises(BadReply):
        purchase.read(reply)


def test_a_cancelled_prediction_may_be_on_the_bill(clouds: Clouds) -> None:
    purchase = order(clouds)
    call = QuickCall(seconds=3)
    clouds.state.polls = 10_000
    with pytest.raises(Pending):
        purchase.send(call)
    clouds.state.jobs[call.accepted[0]].canceled = True
    with pytest.raises(Ambiguous, match="cancelled"):
        purchase.send(QuickCall(seconds=100, remote=call.accepted[0]))


def test_a_refused_prompt_is_softened_once(clouds: Clouds) -> None:
    clouds.script = Script(Rule("replicate.create", "refusal", "error", on=(1,)))
    desk = open_desk(clouds)
    ReplicateIllustrator(desk).draw(PROMPT)
    assert [purchase.step for purchase in desk.bought] == ["scene-1", "scene-1"]
    assert desk.bought[0].request != desk.bought[1].request
    clouds.script = Script(Rule("replicate.create", "refusal", "error"))
    with pytest.raises(Refused):
        ReplicateIllustrator(open_desk(clouds)).draw(PROMPT)
    assert clouds.paid() == 4


def test_a_model_without_a_version_is_asked_for_by_its_name(clouds: Clouds) -> None:
    desk = open_desk(clouds, settings={"illustrator_model": "black-forest-labs/flux-1.1-pro"})
    assert ReplicateIllustrator(desk).draw(PROMPT).credit.model == "black-forest-labs/flux-1.1-pro"
    assert clouds.requests[0].path == "/v1/models/black-forest-labs/flux-1.1-pro/predictions"


def test_each_family_of_models_is_asked_in_its_own_shape() -> None:
    assert make_inputs("sdxl", "a fox", 5)["width"] == 1152
    assert "lettering" in str(make_inputs("sdxl", "a fox", 5)["negative_prompt"])
    assert make_inputs("stable-diffusion-3.5-large", "a fox", 5)["aspect_ratio"] == "5:4"
    assert "num_outputs" not in make_inputs("flux-1.1-pro", "a fox", 5)
    assert make_inputs("something-new", "a fox", -1)["seed"] == 2**31 - 1


def test_health_tells_a_living_model_from_one_that_is_gone(clouds: Clouds) -> None:
    desk = open_desk(clouds)
    assert [(one.alive, one.remark) for one in ReplicateIllustrator(desk).examine()] == [(True, "")]
    clouds.state.retired = ["black-forest-labs/flux-schnell"]
    assert not ReplicateIllustrator(desk).examine()[0].alive
    named = open_desk(clouds, settings={"illustrator_model": "black-forest-labs/flux-dev"})
    assert "no version is pinned" in ReplicateIllustrator(named).examine()[0].remark
    with pytest.raises(CredentialsMissing, match="REPLICATE_API_TOKEN"):
        ReplicateIllustrator(PlainDesk()).examine()
    clouds.script = Script(Rule("replicate.version", "500"))
    with pytest.raises(Ambiguous):
        ReplicateIllustrator(desk).examine()
    assert clouds.paid() == 0


@pytest.mark.parametrize("model", ["flux-schnell", "a/b/c", "/x", "owner/"])
def test_a_model_that_is_none_is_said_so(model: str) -> None:
    with pytest.raises(Unavailable, match="no model"):
        parse_reference(model)


def test_an_answer_without_sense_is_never_quoted_at_length() -> None:
    error = translate(418, {}, b'{"detail": "' + b"x" * 5000 + b'"}')
    assert type(error) is Unavailable
    assert len(error.message) < 300
    assert translate(429, {"retry-after": "soon"}, b"").retry_after is None  # type: ignore[attr-defined]


def test_reading_the_class_loads_no_sdk_and_a_missing_sdk_is_said_so() -> None:
    code = """
import sys
from generator.illustrators.replicate import ReplicateIllustrator
from generator.errors import Unavailable
from tests.fakes.desk import PlainDesk
assert "replicate" not in sys.modules and "httpx" not in sys.modules
sys.modules["replicate"] = None
try:
    ReplicateIllustrator(PlainDesk()).examine()
except Unavailable as error:
    print(error.hint)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "make cloud" in done.stdout
