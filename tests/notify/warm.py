"""What `taleshelf notify` imports, read once by the process that others are forked from."""

from generator.cli import notify  # noqa: F401 - read here, so that a fork need not
from generator.notify import alarm, amazon, board, desks, pings, rounds, smtp, webhook  # noqa: F401
from generator.vendors.aws import read_service

for _service in ("sns", "sesv2"):
    read_service(_service)
