"""A store that is a bucket of S3, or a folder in one: the objects are sent with the name of their type, to be kept for ever."""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING

from generator.delivery.crowd import do_all
from generator.delivery.headers import FOREVER, Headers, make_headers
from generator.delivery.place import Place
from generator.errors import PublishRefused
from generator.media.pointers import AT, LARGEST

if TYPE_CHECKING:
    from generator.delivery.bucket import Bucket

THREADS = 8


class BucketStore:
    """Objects by their names below the prefix of a place."""

    def __init__(self, place: Place, region: str = "") -> None:
        self._place, self._region = place, region

    @cached_property
    def _bucket(self) -> "Bucket":
        try:
            from generator.delivery.bucket import Bucket
        except ModuleNotFoundError as error:
            if error.name not in {"boto3", "botocore"}:
                raise
            raise PublishRefused("the SDK of AWS is not installed", "Install it: make cloud") from None
        return Bucket(self._place, THREADS, self._region)

    def list(self, start: str) -> dict[str, int]:
        """Return the objects whose names begin so, and their bytes."""
        return {at: stored.size for at, stored in self._bucket.list_all(start).items() if AT.fullmatch(at)}

    def put(self, files: Mapping[str, bytes]) -> None:
        """Store files, some at a time."""
        do_all(self._send, files.items(), THREADS)

    def _send(self, item: tuple[str, bytes]) -> None:
        at, data = item
        self._bucket.send_bytes(at, data, Headers(make_headers(at).content_type, FOREVER))

    def read(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the bytes of objects, some read at a time."""
        listed = list(names)
        with ThreadPoolExecutor(THREADS) as pool:
            for start in range(0, len(listed), THREADS):
                some = listed[start : start + THREADS]
                for at, data in zip(some, pool.map(self._read, some), strict=True):
                    if data:
                        yield at, data

    def _read(self, at: str) -> bytes:
        return self._bucket.read(at, LARGEST)

    def remove(self, names: Iterable[str]) -> None:
        """Remove objects."""
        self._bucket.remove(list(names))
