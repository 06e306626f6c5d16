"""Addresses: whether they are whole, and what apps make of them."""

import re
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from generator.feeds.check.rules import Said

PLAIN = re.compile(r"[!-~]+")  # ASCII without blanks
MAILBOX = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+")


def is_address(text: str) -> bool:
    """Return whether a text is a whole http or https address."""
    try:
        parts = urlsplit(text.strip())
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def is_mailbox(text: str) -> bool:
    """Return whether a text looks like a mail address."""
    return bool(MAILBOX.fullmatch(text.strip()))


def ending(address: str) -> str:
    """Return what stands behind the last dot of the path, in lower case."""
    try:
        name = unquote(urlsplit(address.strip()).path).rpartition("/")[2]
    except ValueError:
        return ""
    return name.rpartition(".")[2].lower() if "." in name else ""


def is_local(address: str) -> bool:
    """Return whether an address is of this machine or a private network, where nobody encrypts."""
    try:
        host = urlsplit(address).hostname or ""
        return host == "localhost" or host.endswith(".localhost") or not ip_address(host).is_global
    except ValueError:
        return False


def check_address(text: str, line: int, name: str) -> Iterator[Said]:
    """Report a whole address that some apps cannot follow."""
    if not PLAIN.fullmatch(text.strip()):
        yield Said(
            "I21", line, f"The address of {name} has blanks or letters that need encoding: {text.strip()[:80]!r}."
        )
    if text.strip().startswith("http:") and not is_local(text.strip()):
        yield Said("I24", line, f"The address of {name} goes without encryption: {text.strip()[:80]!r}.")
