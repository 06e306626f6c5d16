"""The OpenAI SDK: its client as we use it, and what it raises in our words.

One call is one request: the SDK's own retries are off, no redirect is followed, no answer is larger than `most` bytes. A
server that speaks the same API (Ollama, llama.cpp, vLLM) is named by `base_url` in [providers.openai] or OPENAI_BASE_URL.
Nothing that a server says in words is repeated in an error: an answer to a wrong key may hold the key.
"""

import ipaddress
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from math import isfinite
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx2
import openai
from openai import OpenAI

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
from generator.purchase import Desk, Health
from generator.vendors.settings import OPENAI, OPENAI_VARIABLES, text_setting

if TYPE_CHECKING:
    from openai.types import Model

NAME = OPENAI
VARIABLES = OPENAI_VARIABLES
MOST_TEXT, MOST_MEDIA = 2_000_000, 30_000_000  # bytes of an answer
CONNECT = 10.0  # seconds to reach the server
LOOK = 15.0  # seconds for a free look at a model
NO_KEY = "none"  # sent to a server of one's own, which asks for no key but gets a header all the same

_UNPAID = frozenset(
    "insufficient_quota credit_balance_exhausted organization_spend_limit_exceeded project_spend_limit_exceeded"
    " organization_usage_limit_exceeded billing_hard_limit_reached billing_not_active".split()
)
_REFUSED = frozenset(
    "content_policy_violation moderation_blocked content_filter invalid_prompt safety_violation"
    " responsibleaipolicyviolation".split()
)
_GONE = frozenset("model_not_found model_deprecated model_retired model_shutdown deployment_not_found".split())
_CODE = re.compile(r"[a-z][a-z0-9_.]{0,59}")
_SAFETY = re.compile(r"safety system|content policy|usage polic|content management policy", re.IGNORECASE)
_SHUT = re.compile(
    r"has been (?:shut down|deprecated|retired)|(?:was|is) (?:shut down|retired)|no longer (?:available|supported)"
    r"|model\b.{0,120}(?:not found|does not exist)",
    re.IGNORECASE | re.DOTALL,
)
_NOT_SENT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
)


class Unsupported(Unavailable):
    """The server does not take the request as it is written; a plainer one may do."""


class TooLarge(Exception):
    """An answer is larger than anything that was asked for, or packed so that nobody knows how large it is."""


@contextmanager
def calling(desk: Desk, model: str, seconds: float, most: int = MOST_TEXT) -> Iterator[OpenAI]:
    """Lend a client for one request; whatever goes wrong meanwhile is raised as a ProviderError."""
    try:
        with _open_client(desk, seconds, most) as client:
            yield client
    except Exception as error:  # noqa: BLE001 - the SDK lets through what JSON, TLS and sockets raise
        raise translate(error, model) from None


def at_vendor(desk: Desk) -> bool:
    """Return whether requests go to OpenAI itself."""
    host = _host(_address(desk))
    return not host or host == "openai.com" or host.endswith(".openai.com")


def is_free(desk: Desk) -> bool:
    """Return whether the owner has named a server of their own: `base_url` on this machine or in this network."""
    host = _host(text_setting(desk, "base_url", ""))
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return bool(host) and ("." not in host or host.endswith((".local", ".localhost", ".lan", ".internal")))


def form_of(data: bytes) -> str:
    """Return what the first bytes of a picture say it is: "png", "jpeg", "webp", or else "bin"."""
    signs = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"RIFF": "webp"}
    return next((form for sign, form in signs.items() if data.startswith(sign)), "bin")


def token_units(asked: object, answered: object) -> dict[str, float]:
    """Return the tokens a vendor counted as billed units; nothing where it did not count them."""
    if type(asked) is int and type(answered) is int and min(asked, answered) >= 0:
        return {"input_tokens": float(asked), "output_tokens": float(answered)}
    return {}


def examine_model(desk: Desk, model: str, known: str = "") -> tuple[Health, ...]:
    """Ask, for nothing, whether a model lives and for how long (or say what is known of it); raises nothing."""
    try:
        with calling(desk, model, LOOK) as client:
            return (Health(model, True, _shutdown(client.models.retrieve(model)) or known),)
    except ProviderError as error:
        return (Health(model, False, error.message),)


def translate(error: Exception, model: str) -> ProviderError:
    """Return what an exception of the SDK, or of what it is made of, means for us."""
    if isinstance(error, ProviderError):
        return error
    if isinstance(error, openai.APIStatusError):
        return _translate_status(error, model)
    cause = error.__cause__ if isinstance(error, openai.APIConnectionError) else error
    if isinstance(cause, TooLarge):
        return BadReply(f"OpenAI: {cause}", provider=NAME)
    if isinstance(cause, httpx2.DecodingError):
        return BadReply("OpenAI: the answer is packed and cannot be unpacked", provider=NAME)
    if isinstance(cause, httpx2.RequestError | httpx2.InvalidURL) or isinstance(error, openai.APIConnectionError):
        return _translate_broken(cause)
    if isinstance(error, openai.ContentFilterFinishReasonError):
        return Refused(f"OpenAI: {model} was stopped by its content filter", provider=NAME)
    if isinstance(error, openai.OpenAIError) and not isinstance(
        error, openai.APIError | openai.LengthFinishReasonError
    ):
        return CredentialsMissing(
            "OpenAI: no key was found", "Set OPENAI_API_KEY, or take openai off the list.", provider=NAME
        )
    return BadReply(f"OpenAI: the answer of {model} is not what was asked for ({type(error).__name__})", provider=NAME)


def _translate_broken(cause: BaseException | None) -> ProviderError:
    """Tell a server that was not reached from one that was and did not answer."""
    what = type(cause).__name__
    if isinstance(cause, (*_NOT_SENT, httpx2.InvalidURL)):
        return NotSent(
            f"OpenAI: the server was not reached ({what})", "Look at the network and at base_url.", provider=NAME
        )
    return Ambiguous(f"OpenAI: no whole answer came ({what})", provider=NAME)


def _translate_status(error: openai.APIStatusError, model: str) -> ProviderError:
    status, code = error.status_code, _code(error)
    said = f"OpenAI: {model}: {status}" + (f" {code}" if code else "")
    words = error.message if status in (400, 404, 410, 422) else ""
    if code in _UNPAID or status == 402:
        return OutOfCredit(
            f"{said}: the account is empty or over its limit", "Look at the account's billing page.", provider=NAME
        )
    if code in _GONE or status == 410 or _SHUT.search(words):
        return Retired(
            f"{said}: there is no such model, or it is gone", "Name a living one in [providers.openai].", provider=NAME
        )
    if code in _REFUSED or (status == 400 and _SAFETY.search(words)):
        return Refused(f"{said}: declined for its content", provider=NAME)
    if status in (401, 403):
        return CredentialsMissing(
            f"{said}: the key is not accepted, or may not do this",
            "Look at OPENAI_API_KEY and at what its project allows.",
            provider=NAME,
        )
    if status in (409, 429, 503):
        return RateLimited(
            f"{said}: too busy, or asked too often", provider=NAME, retry_after=retry_after(error.response)
        )
    if status == 408 or status >= 500:
        return Ambiguous(f"{said}: the server failed on the request", provider=NAME)
    if status in (400, 422):
        return Unsupported(f"{said}: the request is not accepted as it is", provider=NAME)
    if 300 <= status < 400:
        return Unavailable(f"{said}: a redirect, which is not followed", "Look at base_url.", provider=NAME)
    return Unavailable(f"{said}: this server cannot do it", "Look at base_url.", provider=NAME)


def retry_after(response: httpx2.Response) -> float | None:
    """Return how many seconds the server asks to wait; a date counts from the date of the answer."""
    asked = response.headers.get("retry-after", "").strip()
    try:
        seconds = float(asked)
    except ValueError:
        try:
            gap = parsedate_to_datetime(asked) - parsedate_to_datetime(response.headers.get("date", ""))
        except (ValueError, TypeError):
            return None
        seconds = gap.total_seconds()
    return max(0.0, seconds) if isfinite(seconds) else None


def _code(error: openai.APIStatusError) -> str:
    """Return the vendor's word for the error if it is one, the telling one of `code` and `type` first."""
    words = [word for word in (error.code, error.type) if isinstance(word, str)]
    known = [word.lower() for word in words if _CODE.fullmatch(word.lower())]
    telling = [word for word in known if word in _UNPAID | _REFUSED | _GONE]
    return next(iter((*telling, *known)), "")


def _shutdown(model: "Model") -> str:
    day = model.shutdown_date
    return f"is shut down on {day}" if isinstance(day, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", day) else ""


def _address(desk: Desk) -> str:
    return text_setting(desk, "base_url", "") or desk.environment.get("OPENAI_BASE_URL", "")


def _host(address: str) -> str:
    """Return the host of an address; the SDK complains of one that is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return "not.an.address"


def _open_client(desk: Desk, seconds: float, most: int) -> OpenAI:
    """Open a client that sends a request once and reads at most so much of the answer."""

    def limit(response: httpx2.Response) -> None:
        _check_size(response, most)
        if isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = _Limited(response.stream, most)

    keyless = not at_vendor(desk) and not desk.environment.get("OPENAI_API_KEY")
    timeout = httpx2.Timeout(seconds, connect=min(CONNECT, seconds))
    http = httpx2.Client(follow_redirects=False, timeout=timeout, event_hooks={"response": [limit]})
    try:
        return OpenAI(
            api_key=NO_KEY if keyless else None,
            base_url=text_setting(desk, "base_url", "") or None,
            max_retries=0,
            timeout=timeout,
            http_client=http,
            default_headers={"Accept-Encoding": "identity"},
        )
    except BaseException:
        http.close()
        raise


def _check_size(response: httpx2.Response, most: int) -> None:
    if response.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise TooLarge("a packed answer came, which was not asked for")
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length) > most:
        raise TooLarge(f"an answer of {int(length):,} bytes came")


class _Limited(httpx2.SyncByteStream):
    """A stream that breaks off after so many bytes."""

    def __init__(self, stream: httpx2.SyncByteStream, most: int) -> None:
        self.stream, self.most = stream, most

    def __iter__(self) -> Iterator[bytes]:
        seen = 0
        for part in self.stream:
            seen += len(part)
            if seen > self.most:
                raise TooLarge(f"an answer of more than {self.most:,} bytes came")
            yield part

    def close(self) -> None:
        self.stream.close()
