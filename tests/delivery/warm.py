"""What a publisher imports, read once by the process that others are forked from; and what such a fork does."""

import os
import sys
from collections.abc import Mapping, Sequence

from generator.cli import main, publish_s3  # noqa: F401 - read here, so that a fork need not
from generator.delivery import s3  # noqa: F401
from generator.lock import locked  # noqa: F401
from generator.vendors.aws import read_service

for _service in ("s3", "cloudfront"):
    read_service(_service)


def become(arguments: Sequence[str], environment: Mapping[str, str], said: str) -> None:
    """Be the command line with these arguments and variables; what it says goes into a file."""
    os.environ.clear()
    os.environ.update(environment)
    descriptor = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    sys.argv = ["taleshelf", *arguments]
    main()
