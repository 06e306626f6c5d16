"""What only the environment knows: the mail server, who reads, where the webhook is. None of it is ever shown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.download import is_loopback, split_address
from generator.errors import ConfigError

RELAY, READERS, FILE, OWNER = "TALESHELF_SMTP_URL", "TALESHELF_MAIL_TO", "TALESHELF_MAIL_FILE", "TALESHELF_MAIL_OWNER"
HOOK, HOOK_SECRET = "TALESHELF_WEBHOOK_URL", "TALESHELF_WEBHOOK_SECRET"
AWS = ("AWS_REGION", "AWS_PROFILE", "AWS_ROLE_ARN", "AWS_ACCESS_KEY_ID")
VARIABLES = {
    "smtp": (RELAY, READERS, FILE, OWNER),
    "ses": (READERS, FILE, OWNER, *AWS),
    "sns": AWS,
    "webhook": (HOOK, HOOK_SECRET),
}
ADDRESS = re.compile(
    r"(?!\.)(?!.*(?:=\?|\.\.|\.@))[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+"
)
PORTS = {"smtps": 465, "smtp": 587}
LARGEST = 1_000_000  # bytes of a file of addresses


@dataclass(frozen=True, slots=True)
class Relay:
    """A mail server; "smtp" begins in the clear and turns to TLS, unless it is on this machine."""

    scheme: str
    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def local(self) -> bool:
        """Whether it is on this machine, so that what is said to it crosses no network."""
        return is_loopback(self.host)


@dataclass(frozen=True, slots=True)
class Access:
    """What the environment knows."""

    relay: Relay | None = None
    readers: tuple[str, ...] = field(default=(), repr=False)
    owners: tuple[str, ...] = field(default=(), repr=False)
    hook: str = field(default="", repr=False)
    hook_secret: bytes = field(default=b"", repr=False)


def read_access(environment: Mapping[str, str], root: Path) -> Access:
    """Read the variables. Raises ConfigError that names them, all problems at once, and repeats no value."""
    problems: list[str] = []

    def take(name: str) -> str:
        return environment.get(name, "").strip()

    def parse(name: str, text: str) -> tuple[str, ...]:
        try:
            return parse_addresses(text)
        except ValueError as error:
            problems.append(f"{name}: {error}")
            return ()

    relay, hook = None, take(HOOK)
    try:
        relay = parse_relay(take(RELAY)) if take(RELAY) else None
    except ValueError as error:
        problems.append(f"{RELAY}: {error}")
    if hook and not is_sound(hook):
        problems.append(f"{HOOK}: not an https address")
    listed = ""
    try:
        listed = _read_list(Path(take(FILE)).expanduser(), root) if take(FILE) else ""
    except (OSError, ValueError) as error:
        problems.append(f"{FILE}: {error.strerror if isinstance(error, OSError) else error}")
    readers = parse(READERS, take(READERS)) + parse(FILE, listed)
    owners = parse(OWNER, take(OWNER))
    if problems:
        raise ConfigError("; ".join(problems), "docs/notify.md says how each of them is written.")
    return Access(relay, unite(readers), owners, hook, take(HOOK_SECRET).encode())


def parse_relay(text: str) -> Relay:
    """Read smtps://user:password@host:465 or smtp://... Raises ValueError that does not repeat it."""
    try:
        parts = urlsplit(text)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        raise ValueError("not an address") from None
    if parts.scheme not in PORTS or not host or parts.path.strip("/") or parts.query or not text.isprintable():
        raise ValueError("write it as smtps://user:password@host or smtp://user:password@host, with signs in it as %40")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) is not bool(password):
        raise ValueError("a user and a password belong together")
    if not (user + password).isascii():
        raise ValueError("user and password must be ASCII")
    return Relay(parts.scheme, host, port or PORTS[parts.scheme], user, password)


def parse_addresses(text: str) -> tuple[str, ...]:
    """Read addresses parted by commas, semicolons, spaces or lines; what follows a # is a remark. Raises ValueError."""
    words = [word for line in text.splitlines() for word in re.split(r"[\s,;]+", line.partition("#")[0]) if word]
    for number, word in enumerate(words, 1):
        if not ADDRESS.fullmatch(word):
            raise ValueError(f"number {number} is not an address of mail")
    return unite(words)


def unite(addresses: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Return each address once, however its letters are written."""
    return tuple({address.casefold(): address for address in reversed(addresses)}.values())[::-1]


def is_sound(address: str) -> bool:
    """Whether an address may be sent to: https, or a server of this machine."""
    try:
        target = split_address(address)
    except ValueError:
        return False
    return target.scheme == "https" or is_loopback(target.host)


def _read_list(path: Path, root: Path) -> str:
    """Read a file of addresses, which must not lie where it could be published. Raises OSError or ValueError."""
    if path.resolve().is_relative_to(root.resolve()):
        raise ValueError("it lies in the archive, and addresses must never be published")
    if path.stat().st_size > LARGEST:
        raise ValueError("it is too large for a list of addresses")
    return path.read_text("utf-8")
