"""A mail server that at times refuses, and at times takes a mail and never says so."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER, PASSWORD = "tales", "canary-smtp-9d27a1f04c"
AGAIN = "451 Try again later"


@dataclass
class Post:
    """What was handed over, and how often somebody was turned away."""

    rng: random.Random
    rate: float
    mails: list[tuple[str, str, bytes]] = field(default_factory=list)  # to whom, its Message-ID, and all of it
    faults: dict[str, int] = field(default_factory=dict)
    port: int = 0

    @property
    def address(self) -> str:
        """What a sender is told of this server."""
        return f"smtp://{USER}:{PASSWORD}@127.0.0.1:{self.port}"

    def strikes(self, what: str) -> bool:
        """Tell whether a fault is due, and count it."""
        if self.rng.random() >= self.rate:
            return False
        self.faults[what] = self.faults.get(what, 0) + 1
        return True

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        """Take a reader, or ask to come again."""
        if self.strikes("smtp 451"):
            return AGAIN
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a mail, or not, or take it and hang up."""
        if self.strikes("smtp 451"):
            return AGAIN
        name = str(message_from_bytes(envelope.content, policy=policy.default)["Message-ID"])
        self.mails += [(address, name, envelope.content) for address in envelope.rcpt_tos]
        if self.strikes("smtp answer lost"):
            server.transport.abort()
        return "250 OK"


@contextmanager
def open_post(rng: random.Random, rate: float) -> Iterator[Post]:
    """Open a mail server on loopback."""
    post = Post(rng, rate)

    def admit(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        known = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=known)

    options = {"authenticator": admit, "auth_require_tls": False, "auth_required": True}
    controller = Controller(post, hostname="127.0.0.1", port=0, **options)
    controller.start()
    assert controller.server
    post.port = controller.server.sockets[0].getsockname()[1]
    try:
        yield post
    finally:
        controller.stop()
