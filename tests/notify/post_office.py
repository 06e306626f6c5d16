"""A mail server on loopback that keeps what it takes, and misbehaves on request; and certificates for it."""

import datetime
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER, PASSWORD = "tales@example.org", "canary-smtp-password-7f3a"
Answer = Callable[[str], str]  # the recipient -> an answer of the server, or nothing for what is usual


@dataclass
class PostOffice:
    """What has arrived, and what the server says at each step."""

    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    at_rcpt: Answer = lambda _address: ""
    at_data: Answer = lambda _address: ""
    drop: Callable[[str], bool] = lambda _address: False  # whether it hangs up once it has taken the message
    slow: threading.Event | None = None  # what it waits for once it has taken a message
    port: int = 0

    @property
    def readers(self) -> list[str]:
        """Who has got a mail, once for each."""
        return sorted(address for address, _ in self.mails)

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if said := self.at_rcpt(address):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        (address,) = envelope.rcpt_tos
        if said := self.at_data(address):
            return said
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.mails.append((address, message))
        if self.slow:
            import asyncio

            await asyncio.to_thread(self.slow.wait, 30)
        if self.drop(address):
            server.transport.abort()
        return "250 OK"


def check_password(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    """Let nobody in but one."""
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


def find_port() -> int:
    """Return a port that is free."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def open_office(tls: ssl.SSLContext | None = None, *, implicit: bool = False) -> Iterator[PostOffice]:
    """Let a server take mail: in the clear, over TLS from the first byte, or by STARTTLS with a password."""
    office = PostOffice(port=find_port())
    if tls and implicit:
        controller = Controller(office, "127.0.0.1", office.port, ssl_context=tls)
    elif tls:
        more = {"authenticator": check_password, "auth_required": True, "require_starttls": True}
        controller = Controller(office, "127.0.0.1", office.port, tls_context=tls, **more)
    else:
        controller = Controller(office, "127.0.0.1", office.port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def make_certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate for 127.0.0.1; return the context of a server, and the file a client has to trust."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail on loopback")])
    day = datetime.datetime(2020, 1, 1)  # noqa: DTZ001 - the library wants a time without a zone
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(day)
        .not_valid_after(day.replace(year=2090))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "mail.pem", folder / "mail.key"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, private)
    return context, certificate
