"""moto as a real HTTP server on loopback, in a process of its own that ends with the test's.

python -m tests.fakes.aws      prints its port, and serves until its input ends
"""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

KEYS = {"AWS_ACCESS_KEY_ID": "CANARYKEYID00000", "AWS_SECRET_ACCESS_KEY": "canary/secret+key0000000000000000000000"}
REGION = "eu-central-1"


@contextmanager
def open_moto() -> Iterator[str]:
    """Start the server and lend its address."""
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.fakes.aws"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # it writes a line for each request
        text=True,
    ) as process:
        assert process.stdout
        port = process.stdout.readline().strip()
        assert port, "moto did not start"
        yield f"http://127.0.0.1:{port}"


def make_variables(address: str) -> dict[str, str]:
    """Return the variables with which the SDK asks that address and nobody else."""
    services = {f"AWS_ENDPOINT_URL_{name}": address for name in ("S3", "CLOUDFRONT", "SNS", "SES", "SESV2")}
    nothing = {"AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null"}
    return KEYS | services | nothing | {"AWS_REGION": REGION, "AWS_EC2_METADATA_DISABLED": "true"}


def connect(address: str, service: str) -> Any:
    """Return a client of a service, for a test to look behind the scenes with."""
    import boto3

    return boto3.client(
        service,
        endpoint_url=address,
        region_name=REGION,
        aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
    )


def make_bucket(address: str, name: str) -> Any:
    """Make a bucket, and return the client that made it."""
    client = connect(address, "s3")
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
    return client


def make_distribution(address: str, bucket: str) -> str:
    """Make a distribution in front of a bucket and return its id."""
    origin: Mapping[str, object] = {
        "Id": "site",
        "DomainName": f"{bucket}.s3.{REGION}.amazonaws.com",
        "S3OriginConfig": {"OriginAccessIdentity": ""},
    }
    made = connect(address, "cloudfront").create_distribution(
        DistributionConfig={
            "CallerReference": bucket,
            "Comment": "",
            "Enabled": True,
            "Origins": {"Quantity": 1, "Items": [origin]},
            "DefaultCacheBehavior": {
                "TargetOriginId": "site",
                "ViewerProtocolPolicy": "redirect-to-https",
                "MinTTL": 0,
                "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}},
            },
        }
    )
    return str(made["Distribution"]["Id"])


def list_forgotten(address: str, distribution: str) -> list[list[str]]:
    """Return the addresses of every invalidation, the oldest first."""
    client = connect(address, "cloudfront")
    items = client.list_invalidations(DistributionId=distribution)["InvalidationList"].get("Items", [])
    batches = [
        client.get_invalidation(DistributionId=distribution, Id=item["Id"])["Invalidation"]
        for item in sorted(items, key=lambda item: item["CreateTime"])
    ]
    return [sorted(batch["InvalidationBatch"]["Paths"]["Items"]) for batch in batches]


def main() -> None:
    """Serve until the input ends."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    sys.stdout.write(f"{server.get_host_and_port()[1]}\n")
    sys.stdout.flush()
    sys.stdin.read()
    server.stop()


if __name__ == "__main__":
    main()
