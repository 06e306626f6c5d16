"""Mail by a server of the owner's: one message a person, over TLS whose certificate is checked."""

import contextlib
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from generator.notify.access import Relay
from generator.notify.bulletin import Bulletin
from generator.notify.channel import Fate, Outcome
from generator.notify.mail import Desk, Roster, Told, make_message, tell_each
from generator.notify.post import explain
from generator.notify.settings import RESEND, SMTP

SECONDS = 30.0  # for one answer of the server
OK, PERMANENT = 250, 500  # answers of a server
GOES_ON = (OK, 251, 252, 354)
TRIES = 3  # connections that fail in a row before the others are left for later


class _Away(Exception):
    """No connection that mail can be sent over; `act` when that stays so until somebody changes something."""

    def __init__(self, why: str, *, act: bool = False) -> None:
        super().__init__(why)
        self.why, self.act = why, act


@dataclass(frozen=True, slots=True)
class Smtp:
    """The server, and who writes."""

    relay: Relay
    desk: Desk
    wait: Callable[[float], None] = field(repr=False)
    seconds: float = SECONDS
    name: str = SMTP
    harmless: bool = False

    def roster(self, bulletin: Bulletin) -> Roster:
        """Return the list of people; what the tags are made with is the password."""
        return Roster(bulletin.to, self.relay.password.encode())

    def tell(self, bulletin: Bulletin, left: tuple[str, ...]) -> Outcome:
        """Send everybody their message."""
        with contextlib.ExitStack() as stack:
            line = _Line(self, stack)

            def send(address: str) -> Told:
                return line.send(address, bytes(make_message(bulletin, self.desk, address)))

            outcome = tell_each(self.roster(bulletin), left or None, send, resend=self.desk.notify.in_doubt == RESEND)
        return Outcome(outcome.fate, outcome.why, outcome.left, act=line.act and outcome.fate is Fate.LATER)


class _Line:
    """A connection that is made when it is needed, and made again when it breaks."""

    def __init__(self, smtp: Smtp, stack: contextlib.ExitStack) -> None:
        self._smtp, self._stack = smtp, stack
        self._open: smtplib.SMTP | None = None
        self._failed = ""  # why nobody is tried any more
        self._failures = 0
        self.act = False

    def send(self, address: str, message: bytes) -> Told:
        """Send one message and say how that went."""
        if self._failed:
            return Told(Fate.LATER, self._failed)
        try:
            told = self._transact(self._connect(), address, message)
        except _Away as away:
            self.act, self._failures = away.act, self._failures + 1
            told = Told(Fate.LATER, away.why)
            if away.act or self._failures >= TRIES:
                self._failed = away.why
            else:
                self._smtp.wait(0.5 * self._failures)
        else:
            self._failures = 0
        return told

    def _connect(self) -> smtplib.SMTP:
        if self._open is None:
            self._open = self._stack.enter_context(
                _calling(self._smtp.relay, self._smtp.desk.domain, self._smtp.seconds)
            )
        return self._open

    def _transact(self, server: smtplib.SMTP, address: str, message: bytes) -> Told:
        """Hand one message over. Until its last byte was sent nothing can have arrived. Raises _Away."""
        sent = False
        try:
            code, _ = server.mail(self._smtp.desk.address)
            if code != OK:
                raise _Away(f"the mail server does not take mail of ours ({code})", act=code >= PERMANENT)
            for step, told in ((server.rcpt, address), (server.docmd, "DATA")):
                code, _ = step(told)
                if code not in GOES_ON:
                    server.rset()
                    return _judge(code)
            server.send(_stuff(message))
            sent = True
            code, _ = server.getreply()
            return Told(Fate.TOLD) if code == OK else _judge(code)
        except _Away:
            self._open = None
            raise
        except (OSError, smtplib.SMTPException) as error:
            self._open = None
            if sent:
                return Told(Fate.DOUBT, f"the mail server did not say whether it took the message ({explain(error)})")
            raise _Away(f"the mail server hung up ({explain(error)})") from None


def _stuff(message: bytes) -> bytes:
    """Return a message as it follows DATA: lines end in CRLF, and one that begins with a dot has two."""
    lines = re.sub(rb"\r?\n|\r(?!\n)", b"\r\n", message)
    return re.sub(rb"(?m)^\.", b"..", lines).removesuffix(b"\r\n") + b"\r\n.\r\n"


def _judge(code: int) -> Told:
    return Told(Fate.LATER if code < PERMANENT else Fate.REFUSED, f"the mail server answered {code}")


@contextmanager
def _calling(relay: Relay, name: str, seconds: float) -> Iterator[smtplib.SMTP]:
    """Lend a connection to the server, encrypted and signed in. Raises _Away."""
    context = ssl.create_default_context()
    try:
        server: smtplib.SMTP = (
            smtplib.SMTP_SSL(relay.host, relay.port, name, timeout=seconds, context=context)
            if relay.scheme == "smtps"
            else smtplib.SMTP(relay.host, relay.port, name, timeout=seconds)
        )
    except ssl.SSLCertVerificationError:
        raise _Away("the certificate of the mail server is not its own", act=True) from None
    except (OSError, smtplib.SMTPException) as error:
        raise _Away(f"the mail server was not reached ({explain(error)})") from None
    try:
        _secure(server, relay, context)
        yield server
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


def _secure(server: smtplib.SMTP, relay: Relay, context: ssl.SSLContext) -> None:
    """Turn to TLS and sign in. Nothing is said in the clear to a server that is not on this machine. Raises _Away."""
    try:
        server.ehlo_or_helo_if_needed()
        if relay.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        elif relay.scheme == "smtp" and not relay.local:
            raise _Away("the mail server offers no encryption", act=True)
        if relay.user:
            server.login(relay.user, relay.password)
    except ssl.SSLCertVerificationError:
        raise _Away("the certificate of the mail server is not its own", act=True) from None
    except smtplib.SMTPAuthenticationError as error:
        act = error.smtp_code >= 500
        raise _Away(f"the mail server does not let us in ({error.smtp_code})", act=act) from None
    except smtplib.SMTPNotSupportedError:
        raise _Away("the mail server knows no way to sign in", act=True) from None
    except (OSError, smtplib.SMTPException) as error:
        raise _Away(f"the mail server hung up ({explain(error)})") from None
