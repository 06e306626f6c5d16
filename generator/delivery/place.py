"""The place in AWS a site is published to, as its owner sets it; checked when the settings are read. Pure."""

import re
from dataclasses import dataclass

BUCKET = re.compile(r"[a-z0-9](?:[a-z0-9-]|\.(?!\.)){1,61}[a-z0-9]")
PREFIX = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
REGION = re.compile(r"[a-z]{2}(?:-[a-z]+){1,3}-\d{1,2}")
DISTRIBUTION = re.compile(r"[A-Z0-9]{8,32}")


@dataclass(frozen=True, slots=True)
class Place:
    """The table [publish.s3] of taleshelf.toml."""

    bucket: str = ""  # empty: nothing is published
    prefix: str = ""  # in front of every key, with a slash at its end; empty for the whole bucket
    region: str = ""  # empty: what the SDK finds
    distribution: str = ""  # the id of the CloudFront distribution in front of it; empty for none

    def key(self, path: str) -> str:
        """Return the key of a file of the site."""
        return self.prefix + path


def parse_bucket(value: object) -> str:
    """Read the name of a bucket; empty for none."""
    return _match(value, BUCKET, "the name of a bucket: 3 to 63 small letters, digits, dots and hyphens")


def parse_prefix(value: object) -> str:
    """Read the folder in the bucket, written with or without a slash at its end; empty for the whole bucket."""
    text = _match(value.rstrip("/") if isinstance(value, str) else value, PREFIX, "a folder such as 'tales'")
    return f"{text}/" if text else ""


def parse_region(value: object) -> str:
    """Read a region of AWS; empty for what the SDK finds."""
    return _match(value, REGION, "a region such as 'eu-central-1'")


def parse_distribution(value: object) -> str:
    """Read the id of a CloudFront distribution; empty for none."""
    return _match(value, DISTRIBUTION, "the id of a CloudFront distribution, such as 'E2QWRUHAPOMQZL'")


def _match(value: object, shape: re.Pattern[str], what: str) -> str:
    if value == "":
        return ""
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise ValueError(f"{value!r} is not {what}")
    return value
