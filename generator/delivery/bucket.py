"""S3 and CloudFront as a publication uses them; what goes wrong is a PublishError, refused where another try is of no use.

What AWS says in words is never repeated. Every call may be repeated without harm, so the SDK itself tries some times. Keys
are found by the SDK.
"""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from generator.delivery.headers import Headers
from generator.delivery.place import Place
from generator.errors import (
    Ambiguous,
    CredentialsMissing,
    NotSent,
    ProviderError,
    PublishError,
    PublishRefused,
    RateLimited,
    Retired,
)
from generator.vendors.aws import open_client, open_session, read_body, translate

TRIES = 5
DEADLINE = 60.0  # seconds for one read from the socket
MOST_REMOVED = 1_000  # keys in one request, by S3's rule
LONGEST_NOTE = 2_000_000  # bytes

_AGAIN = "Run it again: what has arrived is not sent twice."
_PASSING = (NotSent, RateLimited, Ambiguous)
_HINTS: Mapping[type[ProviderError], str] = {
    CredentialsMissing: "Look at AWS_ROLE_ARN, AWS_PROFILE or AWS_ACCESS_KEY_ID, and at the permissions in docs/aws.md.",
    Retired: "Look at the bucket, the region and the distribution under [publish.s3] in taleshelf.toml.",
}


@dataclass(frozen=True, slots=True)
class Stored:
    """What a listing tells of an object."""

    etag: str  # the MD5 of its bytes, where it was sent in one piece
    size: int


class Bucket:
    """The place in a bucket a site lies in. Paths are those under the site; threads may share one."""

    def __init__(self, place: Place, threads: int, region: str = "") -> None:
        self._place = place
        with _explained("s3", place.bucket):
            # The MD5 that is sent along lets S3 turn away what was damaged on its way; its own sums on top are not needed.
            self._client = open_client(
                open_session(),
                "s3",
                place.region or region,
                DEADLINE,
                TRIES,
                max_pool_connections=threads,
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            )

    def list_all(self, start: str = "") -> dict[str, Stored]:
        """Return every object of the place whose path begins so, by its path, a thousand for each request."""
        return dict(self._list_pages(start))

    def _list_pages(self, start: str) -> Iterator[tuple[str, Stored]]:
        asked = {"Bucket": self._place.bucket, "Prefix": self._place.key(start)}
        while True:
            with self._explained():
                answer = self._client.list_objects_v2(**asked)
                found = answer.get("Contents", [])
                rows = [(row["Key"], Stored(row["ETag"].strip('"'), row["Size"])) for row in found]
            yield from ((key.removeprefix(self._place.prefix), stored) for key, stored in rows)
            if not answer.get("IsTruncated"):
                return
            asked["ContinuationToken"] = answer["NextContinuationToken"]

    def read(self, path: str, most: int = LONGEST_NOTE) -> bytes:
        """Return the bytes of an object that has no more than `most`; nothing when it is gone."""
        with self._explained():
            try:
                answer = self._client.get_object(Bucket=self._place.bucket, Key=self._place.key(path))
            except ClientError as error:
                if error.response["Error"].get("Code") == "NoSuchKey":
                    return b""
                raise
            return read_body(answer["Body"], most)

    def send_file(self, path: str, file: Path, headers: Headers) -> None:
        """Store a file, a part of it in memory at a time."""
        with file.open("rb") as data:
            digest = hashlib.file_digest(data, _md5)
            data.seek(0)
            self._put(path, data, digest.digest(), headers)

    def send_bytes(self, path: str, data: bytes, headers: Headers) -> None:
        """Store a few bytes."""
        self._put(path, data, _md5(data).digest(), headers)

    def _put(self, path: str, body: Any, digest: bytes, headers: Headers) -> None:
        with self._explained():
            answer = self._client.put_object(
                Bucket=self._place.bucket,
                Key=self._place.key(path),
                Body=body,
                ContentMD5=base64.b64encode(digest).decode(),
                ContentType=headers.content_type,
                CacheControl=headers.cache_control,
            )
        if answer["ETag"].strip('"') != digest.hex():
            raise PublishRefused(
                f"S3 does not say the MD5 of what {self._place.bucket!r} stores, so changes could not be told",
                "Set the bucket's default encryption to SSE-S3 (AES256); with KMS keys an ETag is no MD5.",
            )

    def remove(self, paths: Sequence[str]) -> None:
        """Remove objects; those that are gone are none too few."""
        for at in range(0, len(paths), MOST_REMOVED):
            keys = [{"Key": self._place.key(path)} for path in paths[at : at + MOST_REMOVED]]
            with self._explained():
                answer = self._client.delete_objects(Bucket=self._place.bucket, Delete={"Objects": keys, "Quiet": True})
            if left := answer.get("Errors"):
                raise PublishError(f"S3 did not remove {len(left)} of {len(keys)} objects", _AGAIN)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        with _explained("s3", self._place.bucket):
            yield


def forget(distribution: str, addresses: Sequence[str], reference: str) -> None:
    """Have a distribution forget addresses. The same reference twice is one request to CloudFront. Raises PublishError."""
    with _explained("cloudfront", distribution):
        client = open_client(open_session(), "cloudfront", "us-east-1", DEADLINE, TRIES)
        paths = {"Quantity": len(addresses), "Items": list(addresses)}
        client.create_invalidation(
            DistributionId=distribution, InvalidationBatch={"Paths": paths, "CallerReference": reference}
        )


def hash_file(file: Path) -> str:
    """Return the ETag a file has when it was sent in one piece."""
    with file.open("rb") as data:
        return hashlib.file_digest(data, _md5).hexdigest()


def _md5(data: bytes = b"") -> "hashlib._Hash":
    return hashlib.md5(data, usedforsecurity=False)


@contextmanager
def _explained(service: str, name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.filename is None:  # a socket; a file of ours says its name
            raise _translate(error, service, name) from None
        raise
    except Exception as error:  # noqa: BLE001 - the SDK lets through what JSON, TLS and sockets raise
        raise _translate(error, service, name) from None


def _translate(error: Exception, service: str, name: str) -> PublishError:
    known = translate(error, service, name)
    busy = isinstance(error, ClientError) and error.response["Error"].get("Code") == "TooManyInvalidationsInProgress"
    if busy or isinstance(known, _PASSING):
        return PublishError(known.message, _AGAIN)
    return PublishRefused(known.message, _HINTS.get(type(known), "Look at [publish.s3] in taleshelf.toml."))
