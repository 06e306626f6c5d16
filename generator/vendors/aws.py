"""The AWS SDK: its clients as we use them, and what they raise in our words.

One call is one request: the SDK's own retries are off, and it follows no redirect. Keys, region and endpoint are found by
the SDK itself. Nothing that AWS says in words is repeated in an error: an answer to a wrong key may hold the key.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from email.utils import parsedate_to_datetime
from math import isfinite
from threading import Lock
from typing import Any

import boto3
import urllib3.exceptions
from botocore import exceptions as boto
from botocore.config import Config
from botocore.loaders import create_loader
from botocore.parsers import ResponseParserError
from botocore.session import get_session

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
from generator.vendors.settings import text_setting

VARIABLES = (
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_PROFILE",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_ROLE_ARN",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
)
CONNECT = 10.0  # seconds to reach the service
LOOK = 15.0  # seconds for a free look at a model or the voices
MOST_TEXT, MOST_MEDIA = 2_000_000, 30_000_000  # bytes of an answer

_THROTTLED = frozenset(
    "ThrottlingException Throttling ThrottledException TooManyRequestsException RequestLimitExceeded SlowDown"
    " ServiceUnavailableException ServiceUnavailable ModelNotReadyException".split()
)
_FAILED = frozenset(
    "InternalServerException InternalServerError InternalFailure ServiceFailureException ModelTimeoutException"
    " ModelErrorException ModelStreamErrorException RequestTimeout RequestTimeoutException".split()
)
_DENIED = frozenset(
    "AccessDeniedException AccessDenied UnrecognizedClientException ExpiredTokenException ExpiredToken RequestExpired"
    " InvalidSignatureException SignatureDoesNotMatch InvalidClientTokenId IncompleteSignature OptInRequired"
    " MissingAuthenticationToken MissingAuthenticationTokenException NotAuthorized InvalidIdentityToken".split()
)
_GONE = frozenset(("ResourceNotFoundException", "EngineNotSupportedException"))
_UNPAID = frozenset(("ServiceQuotaExceededException", "LimitExceededException", "BillingException"))
_SHUT = re.compile(
    r"end of (?:its )?life|marked by provider as legacy|model identifier is invalid|deprecated", re.IGNORECASE
)
_DECLINED = re.compile(r"content (?:filter|polic|moderat)|responsible ai|acceptable use|blocked by our", re.IGNORECASE)
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]{2,59}")
_PREFIX = re.compile(r"(?:us-gov|us|eu|apac|ap|jp|au|ca|sa|global)\.(?=[a-z0-9-]+\.)")

_NO_KEY = (
    boto.NoCredentialsError,
    boto.PartialCredentialsError,
    boto.CredentialRetrievalError,
    boto.NoAuthTokenError,
    boto.TokenRetrievalError,
    boto.UnauthorizedSSOTokenError,
    boto.SSOError,
    boto.ProfileNotFound,
    boto.ConfigParseError,
)
_NO_REGION = (boto.NoRegionError, boto.InvalidRegionError, boto.UnknownRegionError)
_NOT_REACHED = (
    boto.EndpointConnectionError,
    boto.ConnectTimeoutError,
    boto.ProxyConnectionError,
    boto.BaseEndpointResolverError,
)
_BROKEN = (boto.HTTPClientError, boto.ConnectionError, boto.IncompleteReadError, urllib3.exceptions.HTTPError, OSError)
_HINTS: Mapping[str, str] = {
    "bedrock": "Allow bedrock:InvokeModel for this model in IAM, and ask for access to it in the Bedrock console.",
    "polly": "Allow polly:SynthesizeSpeech and polly:DescribeVoices in IAM.",
}

# What the SDK knows of its services, read once for all accounts: it is most of what making a client costs.
_LOADER = create_loader()


def read_service(name: str) -> None:
    """Read what the SDK knows of a service, so that its first client is made at once."""
    for about in ("service-2", "endpoint-rule-set-1", "paginators-1", "waiters-2"):
        with suppress(boto.UnknownServiceError, boto.DataNotFoundError):
            _LOADER.load_service_model(name, about)
    for about in ("endpoints", "partitions", "sdk-default-configuration", "_retry"):
        _LOADER.load_data(about)


class Account:
    """The clients of one provider, each made when it is first needed; threads may share one account."""

    def __init__(self, provider: str, desk: Desk) -> None:
        self._provider, self._desk, self._lock = provider, desk, Lock()
        self._session: Any = None
        self._clients: dict[tuple[str, str, float], Any] = {}

    @contextmanager
    def calling(self, service: str, model: str, deadline: float, region: str = "") -> Iterator[Any]:
        """Lend the client of a service; whatever goes wrong meanwhile is raised as a ProviderError."""
        try:
            yield self._client(service, deadline, region)
        except Exception as error:  # noqa: BLE001 - the SDK lets through what JSON, TLS and sockets raise
            raise translate(error, self._provider, model) from None

    def _client(self, service: str, deadline: float, region: str) -> Any:
        with self._lock:  # a session may not make two clients at the same time
            key = (service, region, deadline)
            if key not in self._clients:
                self._clients[key] = self._make_client(service, deadline, region)
            return self._clients[key]

    def _make_client(self, service: str, deadline: float, region: str) -> Any:
        region = region or text_setting(self._desk, "region", self._desk.environment.get("AWS_REGION", ""))
        try:
            self._session = self._session or open_session()
            return open_client(self._session, service, region, deadline)
        except boto.BotoCoreError:
            raise
        except Exception as error:  # noqa: BLE001 - an address that is none is a plain ValueError
            raise Unavailable(
                f"{_title(self._provider)}: the SDK cannot be set up ({type(error).__name__})",
                "Look at the AWS variables, AWS_ENDPOINT_URL among them.",
                provider=self._provider,
            ) from None


def open_client(session: Any, service: str, region: str, deadline: float, tries: int = 1, **settings: object) -> Any:
    """Return the client of a service; only calls that may be repeated for nothing are tried more than once.

    The deadline is that of one read from the socket, in seconds; an empty region is the one the SDK finds.
    """
    config = Config(
        retries={"total_max_attempts": tries, "mode": "standard"},
        connect_timeout=min(CONNECT, deadline),
        read_timeout=deadline,
        user_agent="taleshelf",
        **settings,
    )
    client = session.client(service, region_name=region or None, config=config)
    client.meta.events.register("before-parse", _check_whole)
    return client


def open_session() -> Any:
    """Return a session of the SDK that shares what was read of its services."""
    session = get_session()
    session.register_component("data_loader", _LOADER)
    return boto3.Session(botocore_session=session)


def _check_whole(response_dict: Mapping[str, Any], **_: object) -> None:
    """Break off an answer that is too large, or shorter than it says: the SDK itself would read half of one."""
    if response_dict["status_code"] >= 300:
        return
    body, length = response_dict["body"], str(response_dict["headers"].get("content-length", ""))
    stated = int(length) if length.isdecimal() else None
    if not isinstance(body, bytes):  # a stream, see read_body
        _check_size(stated or 0, MOST_MEDIA)
        return
    _check_size(len(body), MOST_TEXT)
    if stated is not None and stated != len(body):
        raise boto.IncompleteReadError(actual_bytes=len(body), expected_bytes=stated)


class _TooLarge(Exception):
    """An answer is larger than anything that was asked for."""


def _check_size(size: int, most: int) -> None:
    if size > most:
        raise _TooLarge(f"more than {most:,} bytes came")


def read_body(stream: Any, most: int = MOST_MEDIA) -> bytes:
    """Return what a streaming answer holds, as far as it is not too large."""
    parts, size = [], 0
    with closing(stream):
        for part in stream.iter_chunks(65_536):
            parts.append(part)
            size += len(part)
            _check_size(size, most)
    return b"".join(parts)


def label_of(model: str) -> str:
    """Return a model's id without what an ARN says of the account."""
    return model.rpartition("/")[2] if model.startswith("arn:") else model


def foundation_of(model: str) -> str:
    """Return the foundation model behind an id, an inference profile ("us.amazon.nova-lite-v1:0") or the ARN of one."""
    return _PREFIX.sub("", label_of(model), count=1)


def examine_model(account: Account, model: str, region: str = "") -> tuple[Health, ...]:
    """Ask, for nothing, whether a model of Bedrock lives and for how long; raises nothing."""
    label, known = label_of(model), foundation_of(model)
    if "." not in known:
        return (Health(label, True, "a profile or model of your own, which is not looked up"),)
    try:
        with account.calling("bedrock", label, LOOK, region) as client:
            answer = client.get_foundation_model(modelIdentifier=known)
            life = answer["modelDetails"].get("modelLifecycle", {})
            return (read_lifecycle(label, life, answer["ResponseMetadata"]["HTTPHeaders"].get("date", "")),)
    except ProviderError as error:
        return (Health(label, False, error.message),)


def read_lifecycle(model: str, life: Mapping[str, Any], date: str) -> Health:
    """Return whether a model lives at the date of the answer (as HTTP writes dates; empty for one that is not known)."""
    ends = life.get("endOfLifeTime")
    if ends and date and ends <= parsedate_to_datetime(date):
        return Health(model, False, f"was shut down on {ends.date()}")
    if ends:
        return Health(model, True, f"is shut down on {ends.date()}")
    return Health(model, True, "is marked as legacy" if life.get("status") == "LEGACY" else "")


def translate(error: Exception, provider: str, model: str) -> ProviderError:
    """Return what an exception of the SDK, or of what it is made of, means for us."""
    if isinstance(error, ProviderError):
        return error
    if isinstance(error, boto.ClientError):
        return _translate_answer(error.response, provider, model)
    said, what = f"{_title(provider)}: {model}", type(error).__name__
    if isinstance(error, _NO_KEY):
        hint = f"Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or AWS_PROFILE, or take {provider} off the list."
        return CredentialsMissing(f"{said}: no usable key was found ({what})", hint, provider=provider)
    if isinstance(error, _NO_REGION):
        hint = f"Set `region` under [providers.{provider}], or AWS_REGION."
        return CredentialsMissing(f"{said}: no region is set, or none of that name exists", hint, provider=provider)
    if isinstance(error, _NOT_REACHED) or (isinstance(error, boto.SSLError) and "CERTIFICATE" in str(error).upper()):
        return NotSent(
            f"{said}: AWS was not reached ({what})", "Look at the network and the region.", provider=provider
        )
    if isinstance(error, _BROKEN):
        return Ambiguous(f"{said}: no whole answer came ({what})", provider=provider)
    if isinstance(error, _TooLarge):
        return BadReply(f"{said}: {error}", provider=provider)
    if isinstance(error, boto.BotoCoreError) and not isinstance(error, ResponseParserError):
        return Unavailable(f"{said}: the SDK cannot make this call ({what})", provider=provider)
    return BadReply(f"{said}: the answer is not what was asked for ({what})", provider=provider)


def _translate_answer(answer: Mapping[str, Any], provider: str, model: str) -> ProviderError:
    """Return what an error of the service means; its words are read, and never repeated."""
    meta, stated = answer.get("ResponseMetadata", {}), answer.get("Error", {})
    status, code = int(meta.get("HTTPStatusCode", 0)), str(stated.get("Code", ""))
    words = str(stated.get("Message", ""))
    said = f"{_title(provider)}: {model}: {status}" + (f" {code}" if _CODE.fullmatch(code) else "")
    place = f"[providers.{provider}]"
    if code in _THROTTLED or status in (429, 503):
        wait = _retry_after(meta.get("HTTPHeaders", {}))
        return RateLimited(f"{said}: too busy, or asked too often", provider=provider, retry_after=wait)
    if code in _UNPAID or status == 402 or "PAYMENT_INSTRUMENT" in words:
        return OutOfCredit(
            f"{said}: the account's quota or credit is used up", "Look at quotas and billing in AWS.", provider=provider
        )
    if code in _GONE or _SHUT.search(words) or (status == 404 and code != "LexiconNotFoundException"):
        return Retired(
            f"{said}: it is gone, or not offered in this region", f"Name a living one in {place}.", provider=provider
        )
    if code in _DENIED or status in (401, 403):
        hint = _HINTS.get(provider, "Look at the keys and the IAM policy.")
        return CredentialsMissing(f"{said}: the key is not accepted, or may not do this", hint, provider=provider)
    if status == 400 and _DECLINED.search(words):
        return Refused(f"{said}: declined for its content", provider=provider)
    if code in _FAILED or status in (408, 424) or status >= 500:
        return Ambiguous(f"{said}: the service failed on the request", provider=provider)
    if 300 <= status < 400:
        return Unavailable(f"{said}: a redirect, which is not followed", "Look at AWS_ENDPOINT_URL.", provider=provider)
    if "on-demand throughput" in words:
        hint = f'Name an inference profile in {place}, such as "us.{model}".'
        return Unavailable(f"{said}: the model is only reached through a profile", hint, provider=provider)
    return Unavailable(f"{said}: the request is not accepted", f"Look at {place} in taleshelf.toml.", provider=provider)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Return how many seconds the service asks to wait; a date counts from the date of the answer."""
    asked = str(headers.get("retry-after", "")).strip()
    try:
        seconds = float(asked)
    except ValueError:
        try:
            gap = parsedate_to_datetime(asked) - parsedate_to_datetime(str(headers.get("date", "")))
        except (ValueError, TypeError):
            return None
        seconds = gap.total_seconds()
    return max(0.0, seconds) if isfinite(seconds) else None


def _title(provider: str) -> str:
    return f"Amazon {provider.capitalize()}"
