"""What is remembered of the requests, and the canary keys that must turn up nowhere else."""

import fnmatch
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.fakes.wire import PAID, Asked

CANARIES: Mapping[str, str] = {
    "OPENAI_API_KEY": "sk-canary-openai-5f0c1d7e93ab",
    "AWS_ACCESS_KEY_ID": "AKIACANARYCLOUDS0001",
    "AWS_SECRET_ACCESS_KEY": "canary+aws/secret/7b1e55d09c2f44aa8e61",
    "REPLICATE_API_TOKEN": "r8_canaryReplicate41d8e0b7c6a95",
}
SECRET = ("authorization", "x-amz-security-token")


@dataclass(frozen=True, slots=True)
class Record:
    """A request that arrived."""

    kind: str  # an endpoint; "unknown" for a path nobody serves; "trap" where a redirect was followed
    method: str
    path: str
    headers: Mapping[str, str]  # names in lower case, without those that carry secrets
    canary: bool  # whether a canary key came with it
    body: object  # JSON
    fault: str  # what befell it; empty for nothing
    time: float  # seconds since the epoch


def make_record(asked: Asked, fault: str) -> Record:
    """Return what is remembered of a request: all but its secrets."""
    sent = " ".join(asked.headers.values())
    canary = any(value in sent for name, value in CANARIES.items() if name != "AWS_SECRET_ACCESS_KEY")
    headers = {name: value for name, value in asked.headers.items() if name not in SECRET}
    return Record(asked.kind, asked.method, asked.path, headers, canary, asked.json, fault, time.time())


def count_paid(records: Sequence[Record], *kinds: str) -> int:
    """Count the requests that reached a paid endpoint, of some kinds or of all."""
    paid = [record.kind for record in records if record.kind in PAID]
    return sum(1 for kind in paid if not kinds or any(fnmatch.fnmatch(kind, pattern) for pattern in kinds))


def make_environment(doors: Mapping[str, str], *vendors: str) -> dict[str, str]:
    """Return the variables that lead the real SDKs to these doors."""
    sets = {
        "openai": {"OPENAI_BASE_URL": f"{doors['openai']}/v1", "OPENAI_API_KEY": CANARIES["OPENAI_API_KEY"]},
        "aws": {
            "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": doors["bedrock-runtime"],
            "AWS_ENDPOINT_URL_BEDROCK": doors["bedrock"],
            "AWS_ENDPOINT_URL_POLLY": doors["polly"],
            "AWS_ACCESS_KEY_ID": CANARIES["AWS_ACCESS_KEY_ID"],
            "AWS_SECRET_ACCESS_KEY": CANARIES["AWS_SECRET_ACCESS_KEY"],
            "AWS_REGION": "us-west-2",
            "AWS_DEFAULT_REGION": "us-west-2",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        },
        "replicate": {"REPLICATE_BASE_URL": doors["replicate"], "REPLICATE_API_TOKEN": CANARIES["REPLICATE_API_TOKEN"]},
    }
    return {name: value for vendor in vendors or sets for name, value in sets[vendor].items()} | {
        "NO_PROXY": "127.0.0.1"
    }
