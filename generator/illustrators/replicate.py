"""The Replicate illustrator: Flux or Stable Diffusion, of a version that does not change.

A prediction is ordered once, its id is written down before anybody waits for it, and a run that finds the id asks for the
result instead of ordering again. The vendor deletes results after an hour, so the picture is fetched the moment it is there.
"""

import re
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import TYPE_CHECKING

from generator.download import fetch_picture
from generator.errors import (
    Ambiguous,
    BadReply,
    CredentialsMissing,
    NotSent,
    Pending,
    Refused,
    Retired,
    Unavailable,
)
from generator.models.gates import read_picture
from generator.models.prompts import NEGATIVE, picture_text, soften_picture
from generator.purchase import Call, Desk, Health, Purchase, Reply
from generator.story import Credit, Picture, PicturePrompt
from generator.vendors.settings import deadline_of

if TYPE_CHECKING:
    from generator.vendors.replicate import Work

MODEL = "black-forest-labs/flux-schnell:c846a69991daf4c0e5d016514849d14ee5b2e6846ce6b9d6f21369e564cfe51e"
TOKEN, BASE = "REPLICATE_API_TOKEN", "REPLICATE_BASE_URL"
HOSTS = ("replicate.delivery",)
DEADLINE = 150.0  # seconds: a model that sleeps takes a minute or two to wake up
MARGIN = 2.0  # seconds before the deadline at which we stop waiting by ourselves
FIRST_POLL, LAST_POLL = 0.5, 5.0  # seconds between two questions: doubled from one to the other
UNHEARD = 6  # questions without a useful answer, one after the other, after which the next run asks
DOWNLOADS = 3  # times the file is asked for in one run
EXAMINE = 15.0  # seconds for the free calls

# What the models of a family take besides the prompt; the first whose name fits. Pictures are cropped to 4:3 later on.
FAMILIES: tuple[tuple[str, Mapping[str, object]], ...] = (
    (
        r"flux-(schnell|dev)",
        {"aspect_ratio": "4:3", "output_format": "png", "num_outputs": 1, "disable_safety_checker": False},
    ),
    (r"flux-2-.*", {"aspect_ratio": "4:3", "output_format": "png", "disable_safety_checker": False}),
    (r"flux-.*", {"aspect_ratio": "4:3", "output_format": "png", "safety_tolerance": 1}),
    (r"stable-diffusion-3.*", {"aspect_ratio": "5:4", "output_format": "png"}),
    (
        r"sdxl.*",
        {"width": 1152, "height": 896, "num_outputs": 1, "negative_prompt": True, "disable_safety_checker": False},
    ),
    (r"stable-diffusion.*", {"width": 768, "height": 576, "num_outputs": 1, "negative_prompt": True}),
    (r".*", {"aspect_ratio": "4:3"}),
)


class ReplicateIllustrator:
    """Draws with one model of replicate.com."""

    name = "replicate"
    processes = False
    buys = True
    variables = (TOKEN, BASE)

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._model = str(desk.settings.get("illustrator_model") or MODEL)

    @property
    def usual(self) -> Mapping[str, Mapping[str, float]]:
        """What one usual story takes."""
        return {self._model: {"images": 5}}

    def draw(self, prompt: PicturePrompt) -> Picture:
        """Draw a picture of about a megapixel; one refused is asked for once more in milder words."""
        text = picture_text(prompt)
        try:
            return self._desk.buy(self._order(prompt, text))
        except Refused:
            return self._desk.buy(self._order(prompt, soften_picture(text)))

    def examine(self) -> tuple[Health, ...]:
        """Tell whether the model lives; free. Raises ProviderError when that cannot be found out."""
        vendor = _load_vendor()
        if not self._desk.environment.get(TOKEN):
            raise CredentialsMissing(
                f"{TOKEN} is not set", "Make a token at replicate.com/account/api-tokens.", provider=self.name
            )
        try:
            with vendor.open_client(lambda: EXAMINE) as client:
                remark = vendor.examine(client, vendor.parse_reference(self._model))
        except Retired as error:
            return (Health(self._model, alive=False, remark=error.message),)
        return (Health(self._model, alive=True, remark=remark),)

    def _order(self, prompt: PicturePrompt, text: str) -> Purchase[Picture]:
        """Return the purchase of a picture."""
        vendor = _load_vendor()
        model = vendor.parse_reference(self._model)
        inputs = make_inputs(model.name, text, prompt.seed)
        credit = Credit(self.name, model.credit)

        def send(call: Call) -> Reply:
            return self._send(call, prompt.name, inputs)

        def read(reply: Reply) -> Picture:
            return read_picture(reply.body, credit)

        return Purchase(
            step=prompt.name,
            provider=self.name,
            model=self._model,
            request={"model": self._model, "input": inputs},
            units={"images": 1},
            deadline=deadline_of(self._desk, DEADLINE),
            send=send,
            read=read,
        )

    def _send(self, call: Call, step: str, inputs: Mapping[str, object]) -> Reply:
        """Order the picture unless that was done, wait for it and fetch it."""
        vendor = _load_vendor()
        with vendor.open_client(lambda: call.seconds) as client:
            remote = call.remote
            if not remote:
                remote = vendor.create(client, vendor.parse_reference(self._model), inputs).id
                call.accept(remote)
            work = self._wait(call, step, lambda: vendor.ask(client, remote))
        return Reply(self._fetch(call, step, _output(work)), "image", {"images": 1}, self._model)

    def _wait(self, call: Call, step: str, ask: Callable[[], "Work | None"]) -> "Work":
        """Ask for a prediction until it is finished. Raises Pending when that takes too long."""
        pause, unheard = FIRST_POLL, 0
        while True:
            work = ask()
            if work and work.finished:
                return work
            unheard = 0 if work else unheard + 1
            if unheard == UNHEARD or call.seconds <= MARGIN + pause:
                raise Pending(
                    f"the prediction for {step} is {work.progress if work else 'not heard of'}",
                    "The next run asks for it; it is not paid for again.",
                    provider=self.name,
                )
            call.wait(pause)
            pause = min(2 * pause, LAST_POLL)

    def _fetch(self, call: Call, step: str, address: str) -> bytes:
        """Return the file, which the vendor keeps for an hour. Raises Pending where it cannot be had now."""
        for attempt in range(1, DOWNLOADS + 1):
            try:
                return fetch_picture(
                    address,
                    hosts=HOSTS,
                    left=lambda: call.seconds - MARGIN,
                    provider=self.name,
                    also=self._desk.environment.get(BASE, ""),
                )
            except (NotSent, Ambiguous) as error:
                if attempt == DOWNLOADS or call.seconds <= 2 * MARGIN:
                    raise Pending(
                        f"the picture {step} is COMPLETED and could not be fetched: {error.message}",
                        "The next run fetches it, if it comes within the hour.",
                        provider=self.name,
                    ) from error
                call.wait(attempt)
        raise AssertionError("the last attempt returns or raises")


def make_inputs(name: str, text: str, seed: int) -> dict[str, object]:
    """Return what a model of that name is asked for; the seed fits into 31 bits, which all of them take. Pure."""
    family = next(inputs for pattern, inputs in FAMILIES if re.fullmatch(pattern, name))
    inputs = {"prompt": text, "seed": seed & 0x7FFF_FFFF, **family}
    if "negative_prompt" in inputs:
        inputs["negative_prompt"] = ", ".join(NEGATIVE)
    return inputs


def _output(work: "Work") -> str:
    """Return where the picture lies. Raises for a prediction that came to nothing."""
    if work.canceled:
        raise Ambiguous(f"the prediction {work.id!r} was cancelled at Replicate", provider="replicate")
    if work.output and not work.error:
        return work.output
    said = " ".join(work.error.split())[:200] or "no picture"
    if _load_vendor().is_declined(said):
        raise Refused(f"Replicate declined the picture: {said}", provider="replicate")
    raise BadReply(f"the prediction {work.id!r} came to nothing: {said}", provider="replicate")


def _load_vendor() -> ModuleType:
    """Return the module that knows the SDK. Raises Unavailable where the SDK cannot be used."""
    try:
        from generator.vendors import replicate
    except Exception as error:
        raise Unavailable(
            f"the SDK of Replicate cannot be loaded ({type(error).__name__}: {error})",
            "Install it with make cloud; the SDK needs a Python that pydantic.v1 still runs on.",
            provider="replicate",
        ) from error
    return replicate
